"""What both Bot APIs have in common: finding the bot, planned faults, the record of calls."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from bot.sandbox import wire
from bot.sandbox.faults import Fault
from bot.sandbox.scene import Scene
from bot.sandbox.things import Bot, Json
from bot.sandbox.wire import Answer, Upload


class ApiError(Exception):
    """The platform refuses: code and description as it words them; `parameters` only on Telegram."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class HtmlError(Exception):
    """A gateway answers instead of the API: an HTML page with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(slots=True)
class Call:
    """One call of one bot."""

    scene: Scene
    bot: Bot
    method: str
    params: Json
    files: dict[str, Upload]
    gone: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """Done once the client has left; watched only for calls that wait."""

    def text(self, name: str) -> str:
        """A parameter as text; "" when it is missing."""
        value = self.params.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A parameter as a whole number; ApiError 400 when it is none."""
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError:
            raise ApiError(400, f'Bad Request: invalid {name} "{value}" specified') from None

    def flag(self, name: str) -> bool:
        """A parameter as yes or no."""
        return self.text(name).lower() in ("true", "1", "yes")

    def parsed(self, name: str) -> object:
        """A parameter that is JSON, sent as such or as text; None when it is missing."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise ApiError(400, f"Bad Request: can't parse {name} JSON object") from None
        return parsed


def html_page(status: int, path: str) -> str:
    """An error page such as gateways send: long, and with the path (the token in it) echoed."""
    words = {429: "Too Many Requests", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}
    title = f"{status} {words.get(status, 'Error')}"
    rest = "<!-- padding so that browsers show this page -->\n" * 90
    return (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        f"<p>The request for {path} could not be served.</p><hr><center>nginx</center>\r\n</body>\r\n</html>\r\n{rest}"
    )


class Door:
    """One Bot API under one path prefix. Subclasses say how the platform words its answers."""

    prefix = ""
    platform = ""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request (ASGI)."""
        path = scope["path"][len(self.prefix) :]
        token, _, method = path.partition("/")
        bot = self.scene.world.bots.get(token)
        with contextlib.suppress(ClientDisconnect):
            if bot is not None and bot.platform == self.platform:
                await self._serve(bot, method, scope, receive=receive, send=send)
            else:
                await wire.read_body(receive)
                await wire.answer(send, self.refused(self.unknown_token(token)))

    def refused(self, error: ApiError) -> Answer:
        """The platform's way to say no."""
        raise NotImplementedError

    def unknown_token(self, token: str) -> ApiError:
        """What the platform says to a token that it does not know."""
        raise NotImplementedError

    def faulty(self, fault: Fault, path: str) -> Answer:
        """The platform's way to fail as planned (throttle, status, html, echo_token)."""
        raise NotImplementedError

    async def run(self, call: Call) -> Answer:
        """Do what the call asks."""
        raise NotImplementedError

    async def _serve(self, bot: Bot, method: str, scope: Scope, *, receive: Receive, send: Send) -> None:
        try:
            params, files = await wire.read_params(scope, receive)
        except ValueError:
            await wire.answer(send, self.refused(ApiError(400, "Bad Request: can't parse the request's body")))
            return
        call = Call(self.scene, bot, method, params, files)
        fault = self.scene.faults.for_call(bot, method)
        reply = await self._reply(call, fault, receive, path=scope["path"])
        self._note(call, reply)
        if reply is None or (fault and fault.kind == "drop_after"):
            await wire.hang_up(receive)
        else:
            await wire.answer(send, reply)

    async def _reply(self, call: Call, fault: Fault | None, receive: Receive, *, path: str) -> Answer | None:
        """The answer; None: none at all, the connection breaks."""
        kind = fault.kind if fault else ""
        if kind == "drop_before":
            return None
        if fault and kind in ("throttle", "status", "html", "echo_token"):
            return self.faulty(fault, path)
        if fault or call.method.lower() == "getupdates":
            call.gone = asyncio.ensure_future(wire.left(receive))
            await asyncio.sleep(0)  # it may have left already
        try:
            if fault and kind in ("slow", "timeout"):
                await self._pause(fault.delay, call)
            return None if kind == "timeout" else await self.run(call)
        except ApiError as error:
            return self.refused(error)
        except HtmlError as error:
            return Answer(error.status, html_page(error.status, path))
        finally:
            call.gone.cancel()

    async def _pause(self, seconds: float, call: Call) -> None:
        closing = asyncio.ensure_future(self.scene.closing.wait())
        both: set[asyncio.Future[Any]] = {closing, call.gone}
        await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        closing.cancel()

    def _note(self, call: Call, reply: Answer | None) -> None:
        log, clock = self.scene.calls, self.scene.world.clock
        answer = reply.body if reply else "no answer"
        if not log.in_full:
            log.note(call.bot, call.method, {}, answer=answer, at="")
            return
        uploads = {name: {"name": up.name, "mime": up.mime, "size": len(up.data)} for name, up in call.files.items()}
        log.note(call.bot, call.method, {**call.params, **uploads}, answer=answer, at=clock.iso())

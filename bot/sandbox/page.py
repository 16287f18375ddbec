"""/page/…: the chat page's own calls. Tokens never leave the server; a bot is named by its token_id."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.acting import Attached, chat_for, say
from bot.sandbox.asking import Handler, body_of, guarded, saying_of
from bot.sandbox.control import Control
from bot.sandbox.scene import Scene
from bot.sandbox.things import Bot, Json, Refusal
from bot.sandbox.views import members, messages_view

HEARTBEAT = 15.0
"""Seconds after which a silent event stream sends a comment, so that a dead browser is noticed."""
TEMPLATE = Path(__file__).parent / "templates" / "index.html"


class Page:
    """The routes of the chat page."""

    def __init__(self, scene: Scene, control: Control) -> None:
        self.scene = scene
        self.control = control

    def routes(self) -> list[Route]:
        """All of them."""
        gets: dict[str, Handler] = {"world": self.world, "chat": self.chat, "events": self.events}
        posts: dict[str, Handler] = {"say": self.say, "press": self.press, "block": self.block, "clock": self.clock}
        found = [Route(f"/page/{name}", guarded(act), methods=["GET"]) for name, act in gets.items()]
        found += [Route(f"/page/{name}", guarded(act), methods=["POST"]) for name, act in posts.items()]
        return [*found, Route("/", self.index, methods=["GET"])]

    async def index(self, request: Request) -> Response:
        """The page itself."""
        if not TEMPLATE.exists():
            return PlainTextResponse("The chat page is not installed.", 404)
        return FileResponse(TEMPLATE, media_type="text/html", headers={"Cache-Control": "no-cache"})

    async def world(self, request: Request) -> Response:
        """People, bots and groups."""
        world = self.scene.world
        shown = ("id", "name", "role", "about", "avatar", "kind")
        people = [{name: getattr(person, name) for name in shown} for person in world.people.values()]
        groups = [self._group(chat.id) for chat in world.groups.values() if not chat.migrated_to]
        bots = [_bot(bot) for bot in world.bots.values()]
        return JSONResponse({"people": people, "bots": bots, "groups": groups, **self.control.time()})

    def _group(self, chat_id: str) -> Json:
        chat = self.scene.world.groups[chat_id]
        about = {"platform": chat.platform, "id": chat.id, "title": chat.title, "people": chat.people}
        return {**about, "bot": self.scene.world.bots[chat.bot].token_id, "bot_status": chat.bot_status}

    async def chat(self, request: Request) -> Response:
        """One chat as one person sees it."""
        query, world = request.query_params, self.scene.world
        person, where = world.person(query["person"]), query.get("chat") or "private"
        bot = self._bot(query.get("bot") or "")
        chat = chat_for(self.scene, person, bot, where)
        title = chat.title if chat.is_group else bot.display_name
        shown = {"messages": messages_view(world, chat), "title": title, "members": members(chat)}
        return JSONResponse({**shown, "blocked": chat.blocked, "seq": world.seq, "chat": chat.public_name})

    async def say(self, request: Request) -> Response:
        """A person writes, as JSON or as a form with a file."""
        if not request.headers.get("content-type", "").startswith("multipart/"):
            return JSONResponse(self.control.say(self._known(await body_of(request))))
        async with request.form() as form:
            body: Json = {name: value for name, value in form.items() if isinstance(value, str)}
            upload = form.get("file")
            attached = None
            if isinstance(upload, UploadFile):
                kind = str(body.get("as") or "document")
                attached = Attached(upload.filename or "file", upload.content_type or "", await upload.read(), kind)
        self._known(body)
        person = self.scene.world.person(body["person"])
        chat = chat_for(self.scene, person, self._bot(body), str(body.get("chat") or "private"))
        message, delivered = say(self.scene, chat, person, saying_of(body, attached))
        return JSONResponse({"message_id": message.message_id, "seq": message.seq, "delivered": delivered})

    async def press(self, request: Request) -> Response:
        """A person presses a button."""
        return JSONResponse(self.control.press(self._known(await body_of(request))))

    async def block(self, request: Request) -> Response:
        """A person blocks the bot or lets it in again."""
        return JSONResponse(self.control.block(self._known(await body_of(request))))

    async def clock(self, request: Request) -> Response:
        """Move the clock."""
        return JSONResponse(self.control.set_clock(await body_of(request)))

    async def events(self, request: Request) -> Response:
        """What happens, as server-sent events."""
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(), media_type="text/event-stream", headers=headers)

    async def _stream(self) -> AsyncIterator[bytes]:
        news, closing = self.scene.world.news, self.scene.closing
        queue = news.listen()
        stop = asyncio.ensure_future(closing.wait())
        try:
            yield b": here\n\n"
            while not closing.is_set():
                item = asyncio.ensure_future(queue.get())
                await asyncio.wait({item, stop}, timeout=HEARTBEAT, return_when=asyncio.FIRST_COMPLETED)
                if item.done():
                    event, data = item.result()
                    yield f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
                else:
                    item.cancel()
                    yield b": still here\n\n"
        finally:
            stop.cancel()
            news.forget(queue)

    def _known(self, body: Json) -> Json:
        """The same body; Refusal 404 unless `bot` (or `token_id`) is a token_id."""
        body["bot"] = self._bot(body).token_id
        return body

    def _bot(self, wanted: str | Json) -> Bot:
        name = wanted if isinstance(wanted, str) else str(wanted.get("bot") or wanted.get("token_id") or "")
        for bot in self.scene.world.bots.values():
            if bot.token_id == name:
                return bot
        raise Refusal("no such bot", 404)


def _bot(bot: Bot) -> Json:
    names = ("platform", "token_id", "display_name", "username", "can_join_groups", "commands")
    return {name: getattr(bot, name) for name in names}

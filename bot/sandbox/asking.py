"""How control and page read what they are asked, and how they say no."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.acting import Attached, Saying
from bot.sandbox.things import PLATFORMS, TELEGRAM, Json, Refusal

Handler = Callable[[Request], Awaitable[Response]]


async def body_of(request: Request) -> Json:
    """The JSON object in the body ({} for none); Refusal when it is something else."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        parsed = json.loads(raw)
    except ValueError:
        raise Refusal("the body must be JSON") from None
    if isinstance(parsed, list):
        return {"many": parsed}
    if not isinstance(parsed, dict):
        raise Refusal("the body must be a JSON object")
    return parsed


def guarded(handler: Handler) -> Handler:
    """Refusals, and values of a wrong type, become {"error"} with status 4xx."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except Refusal as refusal:
            return JSONResponse({"error": str(refusal)}, refusal.status)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return answer


def posted(act: Callable[[Json], Json]) -> Handler:
    """A handler that gives the JSON body to `act` and answers what it returns."""

    async def handler(request: Request) -> Response:
        return JSONResponse(act(await body_of(request)))

    return handler


def saying_of(body: Json, attached: Attached | None) -> Saying:
    """What a body says."""
    return Saying(
        text=str(body.get("text") or ""),
        attached=attached,
        reply_to=str(body.get("reply_to") or ""),
        edit=str(body.get("edit") or ""),
        forward=bool(body.get("forward")),
        album=str(body.get("album") or ""),
    )


def attached_of(file: Json | None) -> Attached | None:
    """The file in a JSON body."""
    if not file:
        return None
    try:
        data = base64.b64decode(str(file["base64"]), validate=True)
    except binascii.Error:
        raise Refusal("base64 is not readable") from None
    return Attached(
        str(file.get("name") or "file"), str(file.get("mime") or ""), data, str(file.get("as") or "document")
    )


def platform_of(body: Json) -> str:
    """The platform that a body names (default: telegram)."""
    platform = str(body.get("platform") or TELEGRAM)
    if platform not in PLATFORMS:
        raise Refusal(f"unknown platform: {platform}")
    return platform

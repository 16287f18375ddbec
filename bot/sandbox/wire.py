"""The HTTP edge of both Bot APIs, on bare ASGI because tens of thousands of calls go through it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from bot.sandbox.things import Json

MAX_UPLOAD = 50 * 1024 * 1024
"""Bytes; Telegram's limit for a bot's upload (telegram-notes, Limits)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: `body` as JSON, or as an HTML page when it is text."""

    status: int
    body: Json | str


async def read_params(scope: Scope, receive: Receive) -> tuple[Json, dict[str, Upload]]:
    """Parameters from JSON, form, multipart or the query, and the uploaded files. ValueError: not readable."""
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    query = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    if kind.startswith(b"multipart/"):
        return await _multipart(scope, receive, query)
    body = await read_body(receive)
    if not body.strip():
        return dict(query), {}
    if kind.startswith(b"application/x-www-form-urlencoded"):
        return {**query, **dict(parse_qsl(body.decode(), keep_blank_values=True))}, {}
    parsed = json.loads(body)
    if not isinstance(parsed, dict):
        raise ValueError("the body must be a JSON object")
    return {**query, **parsed}, {}


async def read_body(receive: Receive) -> bytes:
    """The whole body. ClientDisconnect when it never came."""
    parts: list[bytes] = []
    more = True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ClientDisconnect
        parts.append(event.get("body", b""))
        more = event.get("more_body", False)
    return b"".join(parts)


async def _multipart(scope: Scope, receive: Receive, query: Json) -> tuple[Json, dict[str, Upload]]:
    params: Json = dict(query)
    files: dict[str, Upload] = {}
    try:
        async with Request(scope, receive).form(max_part_size=MAX_UPLOAD) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = Upload(value.filename or name, value.content_type or "", await value.read())
                else:
                    params[name] = value
    except MultiPartException as error:
        raise ValueError(error.message) from None
    return params, files


async def answer(send: Send, reply: Answer) -> None:
    """Send a whole answer at once."""
    if isinstance(reply.body, str):
        kind, body = b"text/html", reply.body.encode()
    else:
        kind, body = b"application/json", json.dumps(reply.body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def hang_up(receive: Receive) -> None:
    """Break the connection without an answer.

    ASGI has no word for this; uvicorn's `receive` is a method of the object that holds the transport.
    """
    holder: Any = getattr(receive, "__self__", None)
    transport: asyncio.Transport = holder.transport
    transport.abort()
    await left(receive)


async def left(receive: Receive) -> None:
    """Returns when the client is gone. The body must have been read."""
    while (await receive())["type"] != "http.disconnect":
        pass

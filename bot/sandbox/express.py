"""The fast lane for the two Bot APIs: plain POST requests pass by the general HTTP parser.

Benchmarks send tens of thousands of messages, and h11 with uvicorn's bookkeeping takes most of the time of each. What
is not a whole, plain POST to a Bot API (chunked bodies, big uploads, other paths) takes the ordinary way on the same
connection, so nothing is refused here that HTTP allows.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

import h11
from starlette.types import Message, Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

PREFIXES = (b"POST /telegram/bot", b"POST /zalo/bot")
LONGEST_HEAD = 16 * 1024
LONGEST_BODY = 256 * 1024
"""Bytes; anything longer takes the ordinary way."""
_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n".encode() for status in HTTPStatus}


class Trip:
    """One request and its answer, in ASGI's words."""

    def __init__(self, transport: asyncio.Transport, body: bytes) -> None:
        self.transport = transport
        self.left = asyncio.Event()
        self.answered = False
        self.last = False
        """True when the connection closes after this answer."""
        self._body: bytes | None = body
        self._head = b""

    async def receive(self) -> Message:
        """The body, once; then the news that the client has left."""
        if self._body is not None and not self.left.is_set():
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Head and body leave together."""
        if message["type"] == "http.response.start":
            rows = b"".join(b"%b: %b\r\n" % (name, value) for name, value in message["headers"])
            closing = b"connection: close\r\n" if self.last else b""
            self._head = b"%b%b%b\r\n" % (_LINES[message["status"]], rows, closing)
            return
        self.answered = not message.get("more_body", False)
        if not self.left.is_set():
            self.transport.write(self._head + message.get("body", b""))
        self._head = b""


class ExpressProtocol(H11Protocol):
    """uvicorn's protocol with the fast lane before it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting = b""
        self._trip: Trip | None = None

    def data_received(self, data: bytes) -> None:
        """Bytes from the client."""
        if self._trip is not None or self._waiting:
            self._waiting += data
            if self._trip is None:
                self._begin()
        elif data.startswith(PREFIXES) and self._between_requests():
            self._waiting = data
            self._begin()
        else:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """The client is gone."""
        if self._trip is not None:
            self._trip.left.set()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops: an answer on its way still leaves."""
        if self._trip is not None:
            self._trip.last = True
        else:
            super().shutdown()

    def _between_requests(self) -> bool:
        idle = self.cycle is None or self.cycle.response_complete
        return idle and self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]

    def _begin(self) -> None:
        """Start on the request that waits, once it is whole."""
        end = self._waiting.find(b"\r\n\r\n")
        if end < 0:
            if len(self._waiting) > LONGEST_HEAD:
                self._ordinary_way()
            return
        first, *rows = self._waiting[:end].split(b"\r\n")
        headers = [(name.strip().lower(), value.strip()) for name, _, value in (row.partition(b":") for row in rows)]
        length = _plain_length(first, headers)
        if length is None:
            self._ordinary_way()
            return
        begin = end + 4
        if len(self._waiting) - begin < length:
            return
        body, self._waiting = self._waiting[begin : begin + length], self._waiting[begin + length :]
        self._unset_keepalive_if_required()
        self._trip = Trip(self.transport, body)
        task = self.loop.create_task(self._travel(self._trip, _scope(first.split(b" ")[1], headers)))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def _ordinary_way(self) -> None:
        data, self._waiting = self._waiting, b""
        super().data_received(data)

    async def _travel(self, trip: Trip, scope: Scope) -> None:
        try:
            await self.app(scope, trip.receive, trip.send)
        finally:
            self._trip = None
            if trip.last or not trip.answered:
                self.transport.close()
        data, self._waiting = self._waiting, b""
        if data and not self.transport.is_closing():
            self.data_received(data)


def _plain_length(first: bytes, headers: list[tuple[bytes, bytes]]) -> int | None:
    """The body's length; None when this request is not plain enough for the fast lane."""
    known = dict(headers)
    length = known.get(b"content-length", b"0")
    special = b"transfer-encoding" in known or b"expect" in known or b"upgrade" in known
    closing = known.get(b"connection", b"keep-alive").lower() != b"keep-alive"
    if special or closing or not first.endswith(b" HTTP/1.1") or not length.isdigit():
        return None
    return int(length) if int(length) <= LONGEST_BODY else None


def _scope(target: bytes, headers: list[tuple[bytes, bytes]]) -> Scope:
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "root_path": "",
        "path": unquote_to_bytes(path).decode(errors="replace"),
        "raw_path": path,
        "query_string": query,
        "headers": headers,
    }

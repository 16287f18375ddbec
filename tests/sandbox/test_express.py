"""The fast lane and the ordinary way on one connection, with every shape that HTTP allows."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.desk import TELEGRAM_TOKEN, Desk

PATH = f"/telegram/bot{TELEGRAM_TOKEN}/sendMessage"


class Line:
    """One raw connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20)
        self.file = self.socket.makefile("rb")

    def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.socket.sendall(piece)

    def answer(self) -> Any:
        length, row = 0, self.file.readline()
        while row not in (b"\r\n", b""):
            if row.lower().startswith(b"content-length:"):
                length = int(row.split(b":")[1])
            row = self.file.readline()
        return json.loads(self.file.read(length) or b"{}")


def post(person: Any, text: str, *more: str) -> bytes:
    body = json.dumps({"chat_id": person["telegram_id"], "text": text}).encode()
    rows = [f"POST {PATH} HTTP/1.1", "Host: x", "Content-Type: application/json", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*rows, "", ""]).encode() + body


@pytest.fixture
def line(desk: Desk) -> Iterator[Line]:
    found = Line(desk.url)
    yield found
    found.socket.close()


def test_requests_in_a_row_on_one_connection(line: Line, lan: Any) -> None:
    line.send(post(lan, "một") + post(lan, "hai") + post(lan, "ba"))
    assert [line.answer()["result"]["text"] for _ in range(3)] == ["một", "hai", "ba"]


def test_a_request_in_pieces(line: Line, lan: Any) -> None:
    line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    whole = post(lan, "một")
    line.send(whole[:3], whole[3:30], whole[30:-5], whole[-5:])
    assert line.answer()["result"]["text"] == "một"


def test_both_ways_take_turns(line: Line, lan: Any) -> None:
    line.send(b"GET /control/health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert line.answer() == {"ok": True}
    line.send(post(lan, "nhanh"))
    assert line.answer()["result"]["text"] == "nhanh"
    line.send(post(lan, "thường", "Upgrade: none"))
    assert line.answer()["result"]["text"] == "thường"
    line.send(post(lan, "lại nhanh") + b"GET /control/health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert line.answer()["result"]["text"] == "lại nhanh"
    assert line.answer() == {"ok": True}


def test_a_chunked_body(line: Line, lan: Any) -> None:
    body = json.dumps({"chat_id": lan["telegram_id"], "text": "một"}).encode()
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    line.send(head.encode(), b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
    assert line.answer()["result"]["text"] == "một"


def test_a_client_that_wants_no_more(line: Line, lan: Any) -> None:
    line.send(post(lan, "một", "Connection: close"))
    assert line.answer()["result"]["text"] == "một"
    assert line.file.read() == b""


def test_nonsense_is_refused(line: Line) -> None:
    line.send(b"POST /telegram/bot\r\nxx\r\n\r\n")
    assert line.file.readline().startswith(b"HTTP/1.1 400")

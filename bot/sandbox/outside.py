"""Requests that the stand-ins make themselves: to webhooks, and for pictures by URL. Loopback addresses only.

http.client in worker threads: the project's HTTP libraries belong to the adapters, and the sandbox must not share their
mistakes.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

SECONDS = 10.0
MAX_BYTES = 20 * 1024 * 1024


class Distant(Exception):
    """The address is not on this machine; the sandbox never leaves it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    mime: str
    body: bytes


class Line:
    """A kept-open connection to one loopback host; one thread at a time."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        self._parts = urlsplit(url)
        self._seconds = seconds
        self._open: http.client.HTTPConnection | None = None

    def request(self, method: str, *, body: bytes = b"", headers: dict[str, str] | None = None) -> Reply:
        """One request. Raises OSError or http.client.HTTPException when it fails, Distant when it may not be made."""
        try:
            return self._once(method, body, headers or {})
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # A kept connection may have been closed by the other side in the meantime: once more on a fresh one.
            self.close()
            return self._once(method, body, headers or {})

    def close(self) -> None:
        """Hang up."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _once(self, method: str, body: bytes, headers: dict[str, str]) -> Reply:
        if self._open is None:
            self._open = _connection(self._parts, self._seconds)
        path = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        try:
            self._open.request(method, path, body or None, headers)
            answer = self._open.getresponse()
            return Reply(answer.status, answer.headers.get_content_type(), answer.read(MAX_BYTES + 1))
        except (OSError, http.client.HTTPException):
            self.close()
            raise


def fetch(url: str) -> Reply:
    """GET a loopback URL. Raises like Line.request."""
    line = Line(url)
    try:
        return line.request("GET", headers={"User-Agent": "sandbox"})
    finally:
        line.close()


def is_loopback(host: str) -> bool:
    """Whether this name means this machine, whatever address it has here."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)} if not _is_address(host) else {host}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(each)).is_loopback for each in found)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _connection(parts: SplitResult, seconds: float) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not (host == "localhost" or is_loopback(host)):
        raise Distant(host)
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=seconds)
    return http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=ssl.create_default_context())

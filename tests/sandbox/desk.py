"""What the tests of the sandbox hold in their hands: its doors over HTTP, and a webhook that answers as told."""

from __future__ import annotations

import http.client
import json
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

TELEGRAM_TOKEN = "123456:telegram-secret"
ZALO_TOKEN = "987654:zalo-secret"


class Desk:
    """Calls the sandbox's doors. Every call opens its own connection, so that threads may share a Desk."""

    def __init__(self, url: str) -> None:
        self.url = url

    def http(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=40)
        try:
            line.request(method, path, body or None, headers or {})
            answer = line.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            line.close()

    def json(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        raw = b"" if body is None else json.dumps(body).encode()
        status, _, answer = self.http(method, path, raw, {"Content-Type": "application/json"})
        return status, json.loads(answer)

    def control(self, call: str, body: object) -> Any:
        status, answer = self.json("POST", f"/control/{call}", body)
        assert status == 200, answer
        return answer

    def look(self, call: str, **query: object) -> Any:
        status, answer = self.json("GET", f"/control/{call}?{urlencode(query)}")
        assert status == 200, answer
        return answer

    def telegram(self, method: str, /, **params: object) -> tuple[int, Any]:
        return self.json("POST", f"/telegram/bot{TELEGRAM_TOKEN}/{method}", params)

    def does(self, method: str, /, **params: object) -> Any:
        """A Telegram call that must work; its result."""
        status, answer = self.telegram(method, **params)
        assert (status, answer["ok"]) == (200, True), answer
        return answer["result"]

    def refuses(self, method: str, /, **params: object) -> tuple[int, str]:
        """A Telegram call that must fail; code and description."""
        status, answer = self.telegram(method, **params)
        assert answer["ok"] is False
        assert status == answer["error_code"]
        return status, answer["description"]

    def zalo(self, method: str, /, **params: object) -> Any:
        """A Zalo call; the body, HTTP status 200."""
        status, answer = self.json("POST", f"/zalo/bot{ZALO_TOKEN}/{method}", params)
        assert status == 200
        return answer

    def person(self, name: str, **more: object) -> Any:
        return self.control("people", {"name": name, **more})

    def says(self, person: Any, text: str = "", *, platform: str = "telegram", **more: object) -> Any:
        token = TELEGRAM_TOKEN if platform == "telegram" else ZALO_TOKEN
        body = {"person": person["id"], "platform": platform, "bot": token, "text": text, **more}
        return self.control("say", body)

    def sees(self, person: Any, *, platform: str = "telegram", **query: object) -> list[Any]:
        token = TELEGRAM_TOKEN if platform == "telegram" else ZALO_TOKEN
        found = self.look("messages", person=person["id"], platform=platform, bot=token, **query)
        return list(found["messages"])

    def updates(self, **params: object) -> list[Any]:
        return list(self.does("getUpdates", **params))

    def heard(self, **params: object) -> list[str]:
        """Texts of the messages that wait for the Telegram bot."""
        return [update["message"].get("text") for update in self.updates(**params) if "message" in update]


class Hook:
    """A webhook: keeps what is posted, answers the planned statuses, then 200."""

    def __init__(self) -> None:
        self.posts: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()
        self.statuses: queue.Queue[int] = queue.Queue()
        self.url = ""

    def next(self) -> tuple[dict[str, str], Any]:
        headers, body = self.posts.get(timeout=20)
        return headers, json.loads(body) if body else None


@contextmanager
def listening() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            hook.posts.put(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(200 if hook.statuses.empty() else hook.statuses.get())
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    hook.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield hook
    finally:
        server.shutdown()
        server.server_close()

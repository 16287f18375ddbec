"""What people do in the sandbox, for tests: /control of docs/sandbox.md."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

Json = dict[str, Any]


@dataclass(frozen=True)
class Control:
    """One bot's corner of a sandbox."""

    url: str
    platform: str
    bot: str

    def post(self, call: str, /, **body: object) -> Json:
        data = json.dumps({"platform": self.platform, "bot": self.bot, **body}).encode()
        with urlopen(Request(f"{self.url}/control/{call}", data=data, method="POST")) as answer:
            return dict(json.load(answer))

    def get(self, call: str, /, **query: str) -> Json:
        with urlopen(f"{self.url}/control/{call}?{urlencode({'bot': self.bot, **query})}") as answer:
            return dict(json.load(answer))

    def person(self, name: str) -> Json:
        return self.post("people", name=name)

    def says(self, person: Json, text: str = "", chat: str = "private", **more: object) -> str:
        return str(self.post("say", person=person["id"], chat=chat, text=text, **more)["message_id"])

    def sees(self, person: Json, chat: str = "private") -> list[Json]:
        return list(self.get("messages", platform=self.platform, person=person["id"], chat=chat)["messages"])

    def last(self, person: Json, chat: str = "private") -> Json:
        return self.sees(person, chat)[-1]

    def fault(self, kind: str, **more: object) -> None:
        self.post("faults", kind=kind, **more)

    def calls(self, method: str) -> list[Json]:
        return [call["params"] for call in self.get("calls", method=method)["calls"]]


def file(data: bytes, name: str, *, mime: str = "", kind: str = "document") -> Json:
    return {"name": name, "mime": mime, "base64": base64.b64encode(data).decode(), "as": kind}

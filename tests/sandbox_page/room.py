"""A practice room for one test: two bots, five people, a group on each platform, and the bot's side of the talk."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
TOKENS = {"telegram": "101:telegram", "zalo": "202:zalo"}
NAME = "Trợ lý chi bộ"
GROUP = "Chi bộ thôn 3"
CAST = {
    "lan": ("Nguyễn Thị Lan", "elderly"),
    "hung": ("Trần Văn Hùng", "secretary"),
    "anh": ("Lê Minh Anh", "member"),
    "bao": ("Phạm Quốc Bảo", "volunteer"),
    "huong": ("Hoàng Thị Thu Hương", "officer"),
}
ABOUT = "Đồng chí ở thôn 3. Số thẻ đảng viên: 082 156 034. Mã đăng nhập một lần: 482913, dùng đến ngày 03/12/2026."


def call(url: str, body: Json | None = None) -> Any:
    """POST `body` as JSON (GET without one) and read the JSON that comes back."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


@dataclass
class Room:
    """`people` and `groups` hold ids by short name and by platform."""

    url: str
    people: dict[str, Json] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    confirmed: int = 0

    def control(self, name: str, /, **body: Any) -> Any:
        return call(f"{self.url}/control/{name}", body)

    def furnish(self) -> None:
        """People, bots and groups in an empty world."""
        self.control("reset")
        for platform, token in TOKENS.items():
            self.control("bots", platform=platform, token=token, username="sotay_bot", display_name=NAME)
        for short, (name, kind) in CAST.items():
            self.people[short] = self.control("people", name=name, role="Thôn 3", about=ABOUT, kind=kind)
        for platform, token in TOKENS.items():
            ids = [person["id"] for person in self.people.values()]
            group = self.control("groups", platform=platform, title=GROUP, people=ids, bot=token)
            self.groups[platform] = group["id"]

    def person(self, short: str) -> str:
        """The person's id."""
        return str(self.people[short]["id"])

    def says(self, short: str, text: str, platform: str = "telegram", chat: str = "private", **more: Any) -> str:
        """Somebody writes from elsewhere; the message's id."""
        body = {"person": self.person(short), "platform": platform, "chat": chat, "bot": TOKENS[platform], "text": text}
        return str(self.control("say", **body, **more)["message_id"])

    def telegram(self, method: str, /, **params: Any) -> Any:
        """The Telegram bot calls a method."""
        return call(f"{self.url}/telegram/bot{TOKENS['telegram']}/{method}", params)["result"]

    def zalo(self, method: str, /, **params: Any) -> Any:
        """The Zalo bot calls a method."""
        return call(f"{self.url}/zalo/bot{TOKENS['zalo']}/{method}", params)

    def telegram_hears(self) -> Json:
        """The next update for the Telegram bot, waiting until it comes."""
        updates = self.telegram("getUpdates", offset=self.confirmed, timeout=10, limit=1)
        assert updates, "the bot heard nothing"
        self.confirmed = updates[0]["update_id"] + 1
        found: Json = updates[0]
        return found

    def zalo_hears(self) -> Json:
        """The next message for the Zalo bot, waiting until it comes."""
        answer = self.zalo("getUpdates", timeout=10)
        assert answer["ok"], "the bot heard nothing"
        found: Json = answer["result"]["message"]
        return found

    def forget_updates(self) -> None:
        """What the Telegram bot was told while the room was furnished is of no interest."""
        for update in self.telegram("getUpdates", offset=-1, timeout=0):
            self.confirmed = update["update_id"] + 1

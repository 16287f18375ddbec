from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.sandbox.desk import TELEGRAM_TOKEN, ZALO_TOKEN, Desk


def token_id(desk: Desk, platform: str) -> str:
    bots = desk.json("GET", "/page/world")[1]["bots"]
    return next(str(bot["token_id"]) for bot in bots if bot["platform"] == platform)


def test_tokens_never_reach_the_page(desk: Desk, lan: Any) -> None:
    body = {"platform": "zalo", "title": "Chi bộ", "people": [lan["id"]], "bot": ZALO_TOKEN}
    group = desk.control("groups", body)["id"]
    _, _, raw = desk.http("GET", "/page/world")
    assert b"secret" not in raw
    world = json.loads(raw)
    assert [person["name"] for person in world["people"]] == ["Trần Thị Lan"]
    assert world["groups"][0]["bot"] == token_id(desk, "zalo")
    assert world["groups"][0]["id"] == group
    query = f"person={lan['id']}&platform=telegram&bot={TELEGRAM_TOKEN}&chat=private"
    assert desk.json("GET", f"/page/chat?{query}")[0] == 404


def test_a_person_writes_presses_and_blocks(desk: Desk, lan: Any) -> None:
    bot = token_id(desk, "telegram")
    me = {"person": lan["id"], "platform": "telegram", "bot": bot, "chat": "private"}
    buttons = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="Dự không?", reply_markup=buttons)
    assert desk.json("POST", "/page/say", {**me, "text": "dạ"})[0] == 200
    assert desk.json("POST", "/page/press", {**me, "message_id": sent["message_id"], "data": "y"})[0] == 200
    assert [*desk.updates()[0], *desk.updates()[1]] == ["update_id", "message", "update_id", "callback_query"]
    assert desk.json("POST", "/page/block", {**me, "blocked": True})[0] == 200
    query = "&".join(f"{name}={value}" for name, value in me.items())
    chat = desk.json("GET", f"/page/chat?{query}")[1]
    assert (chat["blocked"], chat["title"], chat["members"]) == (True, "Trợ lý chi bộ", 2)
    assert [message["text"] for message in chat["messages"]] == ["/start", "Dự không?", "dạ"]
    assert desk.json("POST", "/page/say", {**me, "text": "x"})[0] == 409


@pytest.mark.parametrize(
    ("name", "mime", "kept", "place"),
    [
        ("Báo cáo.pdf", "application/pdf", "Báo cáo.pdf", "inline"),
        ("../../etc/pass\nwd.txt", "text/plain", "pass_wd.txt", "inline"),
        ("x.html", "text/html", "x.html", "attachment"),
        ("x.svg", "image/svg+xml", "x.svg", "attachment"),
    ],
)
def test_files_are_served_safely(desk: Desk, lan: Any, name: str, mime: str, kept: str, place: str) -> None:
    edge = "----canh"
    fields = {"person": lan["id"], "platform": "telegram", "bot": token_id(desk, "telegram"), "as": "document"}
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in fields.items()
    ]
    quoted = name.replace("\n", "%0A") if "\n" not in name else name.replace("\n", "\x01")
    parts.append(
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
        f"Content-Type: {mime}\r\n\r\n<b>x</b>\r\n--{edge}--\r\n"
    )
    content = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    status, _, body = desk.http("POST", "/page/say", "".join(parts).encode(), content)
    assert status == 200, body
    file = desk.sees(lan)[-1]["file"]
    assert file["name"] == kept
    status, headers, data = desk.http("GET", file["url"])
    assert (status, data) == (200, b"<b>x</b>")
    assert headers["content-type"].split(";")[0] == mime
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith(place)


def test_a_browser_hears_what_happens(desk: Desk, lan: Any) -> None:
    parts = urlsplit(desk.url)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    line.request("GET", "/page/events")
    stream = line.getresponse()
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.readline().startswith(b":")
    desk.does("sendMessage", chat_id=lan["telegram_id"], text="Chào")
    desk.does("sendChatAction", chat_id=lan["telegram_id"], action="typing")
    desk.control("clock", {"advance": 60})
    heard: list[tuple[str, Any]] = []
    while len(heard) < 3:
        row = stream.readline().decode().rstrip("\n")
        if row.startswith("event: "):
            heard.append((row.removeprefix("event: "), json.loads(stream.readline().removeprefix(b"data: "))))
    line.close()
    assert [event for event, _ in heard] == ["change", "typing", "clock"]
    assert heard[0][1]["people"] == [lan["id"]]
    assert heard[0][1]["chat"] == "private"
    assert TELEGRAM_TOKEN not in str(heard)

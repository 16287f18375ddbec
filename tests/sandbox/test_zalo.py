from __future__ import annotations

import base64
import http.server
import io
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image

from tests.sandbox.desk import ZALO_TOKEN, Desk, Hook

TIMEOUT = {"ok": False, "description": "Request timeout", "error_code": 408}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def attached(name: str, kind: str, data: bytes = b"x", mime: str = "") -> dict[str, str]:
    return {"name": name, "mime": mime, "base64": base64.b64encode(data).decode(), "as": kind}


def poll(desk: Desk, **params: object) -> Any:
    answer = desk.zalo("getUpdates", **{"timeout": 0, **params})
    return answer["result"] if answer["ok"] else answer


@pytest.fixture
def files() -> Iterator[str]:
    """A web server on loopback with one picture; everything else is 404."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path in ("/anh.png", "/giong.aac")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "image/png" if "png" in self.path else "audio/aac")
            self.end_headers()
            self.wfile.write(picture() if found else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def group(desk: Desk, lan: Any, tam: Any) -> str:
    body = {"platform": "zalo", "title": "Chi bộ thôn 3", "people": [lan["id"], tam["id"]], "bot": ZALO_TOKEN}
    return str(desk.control("groups", body)["id"])


def test_get_me(desk: Desk) -> None:
    assert desk.zalo("getMe")["result"] == {
        "id": "987654",
        "account_name": "bot.sotay",
        "account_type": "BASIC",
        "can_join_groups": True,
        "display_name": "Trợ lý chi bộ",
    }


@pytest.mark.parametrize("method", ["sendDocument", "editMessage", "deleteMessage", "getme", "getChatMember", ""])
def test_other_methods_do_not_exist(desk: Desk, method: str) -> None:
    assert desk.zalo(method) == {"ok": False, "description": "Not Found", "error_code": 404}


def test_failures_come_with_status_200(desk: Desk) -> None:
    status, answer = desk.json("POST", "/zalo/bot987654:wrong/getMe", {})
    assert (status, answer) == (200, {"ok": False, "description": "Unauthorized", "error_code": 401})
    words = "Bad request: The chat_id must not be empty"
    assert desk.zalo("sendMessage", chat_id="", text="x") == {"ok": False, "description": words, "error_code": 400}
    assert desk.zalo("getWebhookInfo")["error_code"] == 404


def test_a_poll_brings_one_update_and_removes_it(desk: Desk, tam: Any) -> None:
    said = desk.says(tam, "Có mặt", platform="zalo")
    desk.says(tam, "co mat", platform="zalo")
    first = poll(desk)
    date = first["message"].pop("date")
    assert date > 1_700_000_000_000
    assert first == {
        "event_name": "message.text.received",
        "message": {
            "chat": {"chat_type": "PRIVATE", "id": tam["zalo_id"]},
            "message_id": said["message_id"],
            "from": {"id": tam["zalo_id"], "is_bot": False, "display_name": "Nguyễn Văn Tám"},
            "text": "Có mặt",
        },
    }
    assert poll(desk)["message"]["text"] == "co mat"
    assert poll(desk) == TIMEOUT


def test_a_poll_waits_for_somebody_to_write(desk: Desk, tam: Any, pool: ThreadPoolExecutor) -> None:
    waiting = pool.submit(poll, desk, timeout=30)
    desk.says(tam, "chào", platform="zalo")
    assert waiting.result()["message"]["text"] == "chào"


def test_nothing_is_lost_to_a_poller_that_hung_up(desk: Desk, tam: Any) -> None:
    parts = urlsplit(desk.url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0))) as line:
        body = b'{"timeout":30}'
        head = f"POST /zalo/bot{ZALO_TOKEN}/getUpdates HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body)
        while not desk.look("pending", bot=ZALO_TOKEN)["polling"]:
            pass
    while desk.look("pending", bot=ZALO_TOKEN)["polling"]:
        pass
    desk.says(tam, "chào", platform="zalo")
    assert poll(desk)["message"]["text"] == "chào"


@pytest.mark.parametrize(
    ("kind", "event", "fields"),
    [
        ("photo", "message.image.received", {"photo_url", "caption", "message_type"}),
        ("voice", "message.voice.received", {"voice_url", "message_type"}),
        ("sticker", "message.sticker.received", {"sticker", "url", "message_type"}),
        ("document", "message.unsupported.received", set()),
        ("video", "message.unsupported.received", set()),
    ],
)
def test_what_a_bot_sees_of_files(desk: Desk, tam: Any, kind: str, event: str, fields: set[str]) -> None:
    desk.says(tam, "xem", platform="zalo", file=attached("ho-so.png", kind, picture(), "image/png"))
    update = poll(desk)
    assert update["event_name"] == event
    assert set(update["message"]) - {"date", "chat", "message_id", "from"} == fields
    if kind == "photo":
        path = update["message"]["photo_url"].removeprefix(desk.url)
        assert desk.http("GET", path)[2] == picture()


def test_a_group_reaches_the_bot_by_mention_or_reply_only(desk: Desk, lan: Any, tam: Any, group: str) -> None:
    sent = desk.zalo("sendMessage", chat_id=group, text="Kính mời họp")["result"]["message_id"]
    say = {"platform": "zalo", "chat": group}
    mine = desk.says(tam, "chào cả nhà", **say)
    for text in ("/menu", "@Lan ơi", "gọi @Trợ lý chi bộ"):
        assert not desk.says(tam, text, **say)["delivered"]
    assert not desk.says(lan, "đúng rồi", **say, reply_to=mine["message_id"])["delivered"]
    desk.says(tam, "@Trợ lý chi bộ co mat", **say)
    desk.says(lan, "có mặt", **say, reply_to=sent)
    heard = [poll(desk), poll(desk)]
    assert [update["message"]["text"] for update in heard] == ["@Trợ lý chi bộ co mat", "có mặt"]
    assert heard[0]["message"]["chat"] == {"chat_type": "GROUP", "id": group}
    assert poll(desk) == TIMEOUT
    assert len(desk.sees(lan, platform="zalo", chat=group)) == 8


def test_a_bot_writes_only_to_chats_that_it_has_seen(desk: Desk, tam: Any) -> None:
    assert desk.zalo("sendMessage", chat_id=tam["zalo_id"], text="x")["error_code"] == 400
    desk.says(tam, "chào", platform="zalo")
    result = desk.zalo("sendMessage", chat_id=tam["zalo_id"], text="Chào bác")["result"]
    assert set(result) == {"message_id", "date"}
    desk.control("block", {"person": tam["id"], "bot": ZALO_TOKEN})
    assert desk.zalo("sendMessage", chat_id=tam["zalo_id"], text="x")["error_code"] == 403


@pytest.mark.parametrize(
    ("text", "ok"), [("đ" * 2000, True), ("đ" * 2001, False), ("😀" * 1000, True), ("😀" * 1001, False), ("", False)]
)
def test_two_thousand_characters(desk: Desk, lan: Any, text: str, ok: bool) -> None:
    assert desk.zalo("sendMessage", chat_id=lan["zalo_id"], text=text)["ok"] is ok


def test_styles_are_shown(desk: Desk, lan: Any) -> None:
    styles = [{"start": 0, "len": 3, "st": ["f_20"]}]
    desk.zalo("sendMessage", chat_id=lan["zalo_id"], text="To lên", text_styles=styles)
    assert desk.sees(lan, platform="zalo")[-1]["styles"] == styles


def test_photos_are_downloaded_from_this_machine(desk: Desk, lan: Any, files: str) -> None:
    assert desk.zalo("sendPhoto", chat_id=lan["zalo_id"], photo=f"{files}/anh.png", caption="Ảnh")["ok"]
    shown = desk.sees(lan, platform="zalo")[-1]
    assert (shown["text"], shown["file"]["kind"]) == ("Ảnh", "photo")
    assert desk.http("GET", shown["file"]["url"])[2] == picture()
    assert desk.zalo("sendPhoto", chat_id=lan["zalo_id"], photo=f"{files}/khong.png")["error_code"] == 400
    assert desk.zalo("sendPhoto", chat_id=lan["zalo_id"], photo="data:image/png;base64,AA==")["error_code"] == 400
    assert desk.zalo("sendPhoto", chat_id=lan["zalo_id"], photo="https://192.0.2.1/a.jpg")["ok"]
    assert desk.sees(lan, platform="zalo")[-1]["file"]["url"] == ""


def test_voice_is_for_private_chats_and_aac(desk: Desk, lan: Any, files: str, group: str) -> None:
    url = f"{files}/giong.aac"
    assert desk.zalo("sendVoice", chat_id=lan["zalo_id"], voice_url=url)["ok"]
    assert desk.sees(lan, platform="zalo")[-1]["file"]["kind"] == "voice"
    assert desk.zalo("sendVoice", chat_id=lan["zalo_id"], voice_url=f"{files}/a.mp3")["error_code"] == 400
    assert desk.zalo("sendVoice", chat_id=group, voice_url=url)["ok"]
    assert desk.sees(lan, platform="zalo", chat=group) == []


def test_stickers_and_typing(desk: Desk, lan: Any) -> None:
    assert desk.zalo("sendSticker", chat_id=lan["zalo_id"], sticker="s1")["ok"]
    assert desk.sees(lan, platform="zalo")[-1]["file"]["kind"] == "sticker"
    assert desk.zalo("sendChatAction", chat_id=lan["zalo_id"], action="typing") == {"ok": True}


def test_the_month_s_quota_turns_with_the_clock(desk: Desk, lan: Any) -> None:
    desk.control("clock", {"set": "2026-11-30T23:00:00"})
    desk.control("limits", {"platform": "zalo", "quota": 2})
    send = {"chat_id": lan["zalo_id"], "text": "x"}
    assert [desk.zalo("sendMessage", **send)["ok"] for _ in range(2)] == [True, True]
    refusal = {"ok": False, "description": "Quota exceeded", "error_code": 429}
    assert desk.zalo("sendMessage", **send) == refusal
    desk.control("clock", {"advance": 3600})
    assert desk.zalo("sendMessage", **send)["ok"]


def test_one_user_too_many_is_not_heard(desk: Desk, lan: Any, tam: Any) -> None:
    desk.control("limits", {"platform": "zalo", "users": 1})
    assert not desk.says(tam, "chào", platform="zalo")["delivered"]
    assert desk.says(lan, "chào", platform="zalo")["delivered"]


def test_polling_too_fast_meets_the_gateway(desk: Desk) -> None:
    desk.control("limits", {"platform": "zalo", "per_second": 2})
    path = f"/zalo/bot{ZALO_TOKEN}/getUpdates?timeout=0"
    answers = [desk.http("POST", path) for _ in range(3)]
    assert [status for status, _, _ in answers] == [200, 200, 429]
    assert answers[2][2].startswith(b"<html>")


def test_webhook_with_probe_silence_and_shapes(desk: Desk, tam: Any, hook: Hook) -> None:
    result = desk.zalo("setWebhook", url=hook.url, secret_token="rat-bi-mat")["result"]
    assert (result["url"], result["verification"]["outcome"]) == (hook.url, "webhook.ok")
    probe, body = hook.next()
    assert probe["user-agent"].startswith("Java/")
    assert "x-bot-api-secret-token" not in probe
    assert body is None
    desk.says(tam, "một", platform="zalo")
    headers, flat = hook.next()
    assert headers["x-bot-api-secret-token"] == "rat-bi-mat"
    assert flat["message"]["text"] == "một"
    desk.control("webhook_shape", {"bot": ZALO_TOKEN, "shape": "wrapped"})
    desk.says(tam, "hai", platform="zalo")
    wrapped = hook.next()[1]
    assert (wrapped["ok"], wrapped["result"]["message"]["text"]) == (True, "hai")
    assert poll(desk) == TIMEOUT
    assert desk.zalo("getWebhookInfo")["result"]["url"] == hook.url
    assert desk.zalo("deleteWebhook")["result"]["url"] == ""
    desk.says(tam, "ba", platform="zalo")
    assert poll(desk)["message"]["text"] == "ba"


def test_a_failing_probe_still_saves_the_webhook(desk: Desk, hook: Hook) -> None:
    hook.statuses.put(403)
    result = desk.zalo("setWebhook", url=hook.url, secret_token="rat-bi-mat")["result"]
    assert (result["verification"]["ok"], result["verification"]["outcome"]) == (False, "webhook.http.403")
    assert desk.zalo("getWebhookInfo")["result"]["url"] == hook.url
    assert desk.zalo("testWebhook")["result"]["outcome"] == "webhook.ok"
    assert desk.zalo("setWebhook", url=hook.url, secret_token="ngan")["error_code"] == 400

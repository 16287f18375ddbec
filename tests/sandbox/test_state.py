"""What survives a kill -9: everything up to the last flush."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.sandbox.server import Server
from bot.sandbox.store import EVERY
from tests.sandbox.desk import TELEGRAM_TOKEN, ZALO_TOKEN, Desk, Hook


def begin(folder: Path) -> tuple[subprocess.Popen[str], Desk]:
    command = [sys.executable, "-m", "bot.sandbox", "--port", "0"]
    files = ["--state", str(folder / "world.db"), "--clock-file", str(folder / "clock")]
    process = subprocess.Popen([*command, *files], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Desk(process.stdout.readline().strip())


def end(process: subprocess.Popen[str], *, kill: bool) -> None:
    if kill:
        process.kill()
    else:
        process.terminate()
    process.wait(timeout=20)
    if process.stdout:
        process.stdout.close()


def stored(folder: Path, what: str) -> bool:
    import sqlite3

    with sqlite3.connect(f"file:{folder / 'world.db'}?mode=ro", uri=True) as db:
        return bool(db.execute("SELECT 1 FROM thing WHERE data LIKE ?", (f"%{what}%",)).fetchone())


def fill(desk: Desk) -> Any:
    desk.control("bots", {"platform": "telegram", "token": TELEGRAM_TOKEN, "username": "sotay_bot"})
    desk.control("bots", {"platform": "zalo", "token": ZALO_TOKEN, "username": "bot.sotay"})
    lan = desk.person("Trần Thị Lan")
    file = {"name": "bao-cao.txt", "mime": "text/plain", "base64": "eGluIGNow6Bv", "as": "document"}
    desk.says(lan, "một", file=file)
    desk.says(lan, "hai")
    desk.says(lan, "ba", platform="zalo")
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="bốn", reply_markup={"keyboard": [["Có"]]})
    desk.does("editMessageText", chat_id=lan["telegram_id"], message_id=sent["message_id"], text="năm")
    return lan


def test_the_world_survives_a_kill(tmp_path: Path) -> None:
    process, desk = begin(tmp_path)
    try:
        lan = fill(desk)
        before = desk.sees(lan)
        updates = desk.updates()
        group = desk.control("groups", {"platform": "zalo", "people": [lan["id"]], "bot": ZALO_TOKEN})["id"]
        desk.says(lan, "dấu cuối", platform="zalo", chat=group)
        while not stored(tmp_path, "dấu cuối"):
            desk.look("health")
    finally:
        end(process, kill=True)
    process, desk = begin(tmp_path)
    try:
        assert desk.sees(lan) == before
        assert desk.http("GET", before[0]["file"]["url"])[2].decode() == "xin chào"
        assert desk.updates() == updates
        assert desk.updates(offset=updates[0]["update_id"] + 1) == updates[1:]
        assert desk.zalo("getUpdates", timeout=0)["result"]["message"]["text"] == "ba"
        assert desk.sees(lan, platform="zalo", chat=group)[0]["text"] == "dấu cuối"
        sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="sáu")
        assert str(sent["message_id"]) not in {message["message_id"] for message in before}
    finally:
        end(process, kill=False)
    assert EVERY < 1


def test_what_the_bot_has_got_does_not_come_back(tmp_path: Path) -> None:
    with Server(state=tmp_path / "world.db") as server:
        desk = Desk(server.url)
        lan = fill(desk)
        first, second = desk.updates()
        desk.updates(offset=second["update_id"])
        desk.zalo("getUpdates", timeout=0)
    with Server(state=tmp_path / "world.db") as server:
        desk = Desk(server.url)
        assert desk.updates() == [second]
        assert desk.zalo("getUpdates", timeout=0)["error_code"] == 408
        desk.says(lan, "ba")
        assert desk.updates()[-1]["update_id"] == first["update_id"] + 2


def test_a_webhook_goes_on_after_a_restart(tmp_path: Path, hook: Hook) -> None:
    with Server(state=tmp_path / "world.db") as server:
        desk = Desk(server.url)
        desk.control("bots", {"platform": "telegram", "token": TELEGRAM_TOKEN, "username": "sotay_bot"})
        lan = desk.person("Lan")
        desk.does("setWebhook", url=hook.url)
        desk.control("webhook_pause", {"seconds": 60})
        hook.statuses.put(500)
        desk.says(lan, "một")
        hook.next()
    with Server(state=tmp_path / "world.db") as server:
        assert hook.next()[1]["message"]["text"] == "một"
        Desk(server.url).says(lan, "hai")
        assert hook.next()[1]["message"]["text"] == "hai"


def test_reset_empties_the_file_too(tmp_path: Path) -> None:
    with Server(state=tmp_path / "world.db") as server:
        fill(Desk(server.url))
        Desk(server.url).control("reset", {})
    with Server(state=tmp_path / "world.db") as server:
        assert Desk(server.url).look("counts")["seq"] == 0
        assert Desk(server.url).json("GET", "/page/world")[1]["people"] == []


def test_the_clock_file_holds_the_offset(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    with Server(clock_file=file) as server:
        assert float(file.read_text()) == 0
        Desk(server.url).control("clock", {"advance": 86400})
        assert float(file.read_text()) == 86400

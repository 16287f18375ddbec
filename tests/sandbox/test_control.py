from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.sandbox.desk import TELEGRAM_TOKEN, ZALO_TOKEN, Desk


def test_waiting_for_a_message_needs_no_sleep(desk: Desk, lan: Any, pool: ThreadPoolExecutor) -> None:
    after = desk.sees(lan)[-1]["seq"]
    assert desk.sees(lan, after=after) == []
    waiting = pool.submit(desk.sees, lan, after=after, wait=60)
    desk.does("sendMessage", chat_id=lan["telegram_id"], text="Chào cô Lan")
    assert [message["text"] for message in waiting.result()] == ["Chào cô Lan"]


def test_calls_are_kept_and_counted(desk: Desk, lan: Any) -> None:
    seq = desk.look("calls")["seq"]
    desk.does("sendMessage", chat_id=lan["telegram_id"], text="Chào")
    desk.refuses("sendMessage", chat_id=1, text="x")
    calls = desk.look("calls", bot=TELEGRAM_TOKEN, method="sendMessage", after=seq)["calls"]
    assert [call["answer"]["ok"] for call in calls] == [True, False]
    assert calls[0]["params"] == {"chat_id": lan["telegram_id"], "text": "Chào"}
    desk.control("record", {"calls": False})
    desk.does("sendMessage", chat_id=lan["telegram_id"], text="Chào")
    assert desk.look("calls")["seq"] == calls[-1]["seq"]
    counted = desk.look("counts", bot=TELEGRAM_TOKEN)
    assert (counted["counts"]["sendMessage"], counted["refused"]["sendMessage"]) == (3, 1)
    assert len(desk.sees(lan)) == 2


def test_many_people_and_sayings_at_once(desk: Desk) -> None:
    people = desk.control("people", [{"name": f"Người {n}"} for n in range(3)])["people"]
    says = [{"person": each["id"], "bot": TELEGRAM_TOKEN, "text": str(n)} for n, each in enumerate(people)]
    assert all(each["delivered"] for each in desk.control("say", says)["said"])
    assert desk.heard() == ["0", "1", "2"]
    assert desk.look("pending", bot=TELEGRAM_TOKEN) == {"pending": 3, "polling": False}


def test_mistakes_are_told(desk: Desk, tam: Any) -> None:
    say = {"person": tam["id"], "bot": TELEGRAM_TOKEN}
    assert desk.json("POST", "/control/say", {**say, "person": "nobody", "text": "x"})[0] == 404
    assert desk.json("POST", "/control/say", {**say, "bot": "wrong", "text": "x"}) == (404, {"error": "no such bot"})
    assert desk.json("POST", "/control/say", say)[0] == 400
    assert desk.json("POST", "/control/say", {**say, "text": "x", "reply_to": "99"})[0] == 404
    assert desk.json("POST", "/control/people", {})[0] == 400
    assert desk.json("POST", "/control/people", {"name": "x", "telegram_id": tam["telegram_id"]})[0] == 400
    assert desk.http("POST", "/control/say", b"{broken")[0] == 400


def test_the_clock_moves_for_everything(desk: Desk, tam: Any) -> None:
    desk.control("clock", {"set": "2026-12-03T19:30:00"})
    desk.says(tam, "có mặt")
    assert desk.sees(tam)[-1]["at"].startswith("2026-12-03T19:30:0")
    assert desk.updates()[-1]["message"]["date"] // 60 == 1796301000 // 60
    before = desk.look("clock")["offset"]
    assert desk.control("clock", {"advance": -60})["offset"] == before - 60


def test_a_reset_ends_polls_that_wait(desk: Desk, pool: ThreadPoolExecutor) -> None:
    polls = [pool.submit(desk.updates, timeout=30), pool.submit(desk.zalo, "getUpdates", timeout=30)]
    while not all(desk.look("pending", bot=token)["polling"] for token in (TELEGRAM_TOKEN, ZALO_TOKEN)):
        pass
    desk.control("reset", {})
    assert polls[0].result() == []
    assert polls[1].result()["error_code"] == 408

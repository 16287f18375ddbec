from __future__ import annotations

import http.client
from typing import Any

import pytest

from tests.sandbox.desk import TELEGRAM_TOKEN, ZALO_TOKEN, Desk, Hook


def texts(desk: Desk, person: Any, platform: str = "telegram") -> list[str]:
    return [message["text"] for message in desk.sees(person, platform=platform) if message["from"] == "bot"]


def test_a_throttle_hits_so_many_calls_of_one_method(desk: Desk, lan: Any) -> None:
    plan = {"platform": "telegram", "method": "sendMessage", "kind": "throttle", "times": 2, "retry_after": 7}
    desk.control("faults", plan)
    desk.does("getMe")
    send = {"chat_id": lan["telegram_id"], "text": "x"}
    for _ in range(2):
        status, answer = desk.telegram("sendMessage", **send)
        assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    desk.does("sendMessage", **send)
    assert texts(desk, lan) == ["x"]


def test_faults_can_be_removed(desk: Desk) -> None:
    desk.control(
        "faults", {"platform": "telegram", "kind": "status", "status": 403, "description": "Forbidden: x", "times": -1}
    )
    assert [desk.refuses("getMe") for _ in range(3)] == [(403, "Forbidden: x")] * 3
    desk.json("DELETE", "/control/faults")
    desk.does("getMe")
    assert desk.json("POST", "/control/faults", {"platform": "telegram", "kind": "earthquake"})[0] == 400


@pytest.mark.parametrize(("kind", "delivered"), [("drop_before", []), ("drop_after", ["x"])])
def test_the_connection_breaks_before_or_after_the_effect(
    desk: Desk, lan: Any, kind: str, delivered: list[str]
) -> None:
    for platform, chat in (("telegram", lan["telegram_id"]), ("zalo", lan["zalo_id"])):
        desk.control("faults", {"platform": platform, "kind": kind})
        token = TELEGRAM_TOKEN if platform == "telegram" else ZALO_TOKEN
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            desk.json("POST", f"/{platform}/bot{token}/sendMessage", {"chat_id": str(chat), "text": "x"})
        assert texts(desk, lan, platform) == delivered


def test_a_timeout_has_no_effect_and_ends_without_an_answer(desk: Desk, lan: Any) -> None:
    desk.control("faults", {"platform": "telegram", "kind": "timeout", "delay": 0.01})
    with pytest.raises((http.client.HTTPException, ConnectionError)):
        desk.telegram("sendMessage", chat_id=lan["telegram_id"], text="x")
    assert texts(desk, lan) == []


def test_a_slow_answer_is_an_answer(desk: Desk, lan: Any) -> None:
    desk.control("faults", {"platform": "telegram", "kind": "slow", "delay": 0.01})
    desk.does("sendMessage", chat_id=lan["telegram_id"], text="x")
    assert texts(desk, lan) == ["x"]


def test_html_pages_echo_the_token(desk: Desk) -> None:
    for platform, token, planned, status in (
        ("telegram", TELEGRAM_TOKEN, {"kind": "html"}, 502),
        ("zalo", ZALO_TOKEN, {"kind": "html", "status": 504}, 504),
        ("zalo", ZALO_TOKEN, {"kind": "status", "status": 500}, 500),
        ("zalo", ZALO_TOKEN, {"kind": "throttle"}, 429),
    ):
        desk.control("faults", {"platform": platform, **planned})
        found, headers, body = desk.http("POST", f"/{platform}/bot{token}/getMe")
        assert (found, headers["content-type"]) == (status, "text/html")
        assert token.encode() in body
        assert len(body) > 4000


def test_json_errors_can_echo_the_token_too(desk: Desk) -> None:
    desk.control("faults", {"platform": "", "kind": "echo_token", "times": 2})
    assert TELEGRAM_TOKEN in desk.refuses("getMe")[1]
    assert ZALO_TOKEN in desk.zalo("getMe")["description"]


def test_zalo_errors_keep_status_200(desk: Desk) -> None:
    desk.control("faults", {"platform": "zalo", "kind": "status", "status": 426, "description": "Limit"})
    assert desk.zalo("setWebhook") == {"ok": False, "description": "Limit", "errorCode": 426}


def test_duplicates_and_swapped_updates(desk: Desk, tam: Any) -> None:
    desk.control("faults", {"platform": "telegram", "kind": "duplicate"})
    desk.says(tam, "một")
    first, second = desk.updates()
    assert first == second
    desk.updates(offset=first["update_id"] + 1)
    desk.control("faults", {"platform": "telegram", "kind": "reorder"})
    desk.says(tam, "hai")
    assert desk.heard() == []
    desk.says(tam, "ba")
    assert desk.heard() == ["ba", "hai"]


def test_a_held_update_goes_on_when_faults_are_removed(desk: Desk, tam: Any) -> None:
    desk.control("faults", {"platform": "zalo", "kind": "reorder"})
    desk.says(tam, "một", platform="zalo")
    assert not desk.zalo("getUpdates", timeout=0)["ok"]
    desk.json("DELETE", "/control/faults")
    assert desk.zalo("getUpdates", timeout=0)["result"]["message"]["text"] == "một"


def test_webhooks_get_duplicates_too(desk: Desk, tam: Any, hook: Hook) -> None:
    desk.does("setWebhook", url=hook.url)
    desk.control("faults", {"platform": "telegram", "kind": "duplicate"})
    desk.says(tam, "một")
    assert hook.next()[1] == hook.next()[1]

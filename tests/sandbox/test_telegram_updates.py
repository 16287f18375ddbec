from __future__ import annotations

import json
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import Any

import pytest

from bot.sandbox.couriers import pauses
from tests.sandbox.desk import TELEGRAM_TOKEN, Desk, Hook


def test_updates_stay_until_a_higher_offset_confirms_them(desk: Desk, tam: Any) -> None:
    for text in ("một", "hai", "ba"):
        desk.says(tam, text)
    first = desk.updates()
    assert [update["message"]["text"] for update in first] == ["một", "hai", "ba"]
    assert desk.updates() == first
    assert desk.heard(offset=first[1]["update_id"]) == ["hai", "ba"]
    assert desk.heard(limit=1) == ["hai"]
    assert desk.heard(offset=-1) == ["ba"]
    assert desk.updates(offset=first[2]["update_id"] + 1) == []


def test_a_long_poll_ends_when_somebody_writes(desk: Desk, tam: Any, pool: ThreadPoolExecutor) -> None:
    poll = pool.submit(desk.heard, timeout=30)
    desk.says(tam, "chào")
    assert poll.result() == ["chào"]


def test_of_two_pollers_one_gets_a_conflict(desk: Desk, tam: Any, pool: ThreadPoolExecutor) -> None:
    polls = {pool.submit(desk.telegram, "getUpdates", timeout=30) for _ in range(2)}
    done, waiting = wait(polls, return_when=FIRST_COMPLETED)
    status, answer = done.pop().result()
    assert status == answer["error_code"] == 409
    assert "terminated by other getUpdates request" in answer["description"]
    desk.says(tam, "chào")
    assert waiting.pop().result()[1]["result"][0]["message"]["text"] == "chào"


def test_only_the_wanted_kinds_arrive(desk: Desk, tam: Any) -> None:
    desk.updates(allowed_updates=["edited_message"])
    said = desk.says(tam, "một")
    desk.says(tam, "hai", edit=said["message_id"])
    (update,) = desk.updates()
    assert update["edited_message"]["text"] == "hai"
    assert update["edited_message"]["edit_date"]


def test_start_carries_its_payload_and_replies_their_original(desk: Desk, lan: Any) -> None:
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="Đồng chí dự họp không?")
    desk.says(lan, "/start m12")
    desk.says(lan, "có", reply_to=sent["message_id"])
    start, reply = desk.updates()
    assert start["message"]["text"] == "/start m12"
    assert start["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert reply["message"]["reply_to_message"]["message_id"] == sent["message_id"]


def test_a_webhook_gets_everything_with_the_secret_and_polling_conflicts(desk: Desk, tam: Any, hook: Hook) -> None:
    desk.says(tam, "trước")
    desk.does("setWebhook", url=hook.url, secret_token="bi_mat-1")
    desk.says(tam, "sau")
    headers, first = hook.next()
    assert headers["x-telegram-bot-api-secret-token"] == "bi_mat-1"
    assert [first["message"]["text"], hook.next()[1]["message"]["text"]] == ["trước", "sau"]
    status, description = desk.refuses("getUpdates")
    assert status == 409
    assert "webhook is active" in description
    assert desk.does("getWebhookInfo")["url"] == hook.url
    desk.does("deleteWebhook")
    assert desk.does("getWebhookInfo")["url"] == ""
    assert desk.updates() == []


def test_a_webhook_post_is_repeated_until_it_is_taken(desk: Desk, tam: Any, hook: Hook) -> None:
    for status in (500, 403, 302):
        hook.statuses.put(status)
    desk.does("setWebhook", url=hook.url)
    desk.says(tam, "một")
    desk.says(tam, "hai")
    posts = [hook.next()[1] for _ in range(5)]
    assert [post["message"]["text"] for post in posts] == ["một"] * 4 + ["hai"]
    assert len({post["update_id"] for post in posts}) == 2
    assert "302" in desk.does("getWebhookInfo")["last_error_message"]


def test_pauses_grow_up_to_a_minute() -> None:
    assert list(islice(pauses(1.0), 8)) == [1, 2, 4, 8, 16, 32, 60, 60]


def test_undelivered_updates_come_by_polling_after_the_webhook_is_gone(desk: Desk, tam: Any, hook: Hook) -> None:
    desk.control("webhook_pause", {"seconds": 60})
    hook.statuses.put(500)
    desk.does("setWebhook", url=hook.url)
    desk.says(tam, "một")
    hook.next()
    desk.does("deleteWebhook")
    assert desk.heard() == ["một"]


@pytest.mark.parametrize("secret", ["có dấu", "a" * 257, "a b"])
def test_a_secret_of_other_characters_is_refused(desk: Desk, hook: Hook, secret: str) -> None:
    assert desk.refuses("setWebhook", url=hook.url, secret_token=secret)[0] == 400


def test_a_webhook_away_from_this_machine_needs_https(desk: Desk) -> None:
    assert desk.refuses("setWebhook", url="http://192.0.2.1/hook")[0] == 400


def test_unknown_methods_and_tokens(desk: Desk) -> None:
    assert desk.refuses("sendPigeon") == (404, "Not Found")
    status, answer = desk.json("POST", "/telegram/bot123456:wrong/getMe", {})
    assert (status, answer) == (401, {"ok": False, "error_code": 401, "description": "Unauthorized"})


def test_bodies_may_be_json_form_or_query(desk: Desk) -> None:
    path = f"/telegram/bot{TELEGRAM_TOKEN}/getMe"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for answer in (desk.http("GET", path), desk.http("POST", path, b"a=1", form), desk.http("POST", path)):
        assert json.loads(answer[2])["result"]["username"] == "sotay_bot"
    assert desk.http("POST", path, b"{broken", {"Content-Type": "application/json"})[0] == 400

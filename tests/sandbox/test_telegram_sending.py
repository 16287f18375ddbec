from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import TELEGRAM_TOKEN, Desk


def test_whom_a_bot_may_write_to(desk: Desk, tam: Any) -> None:
    chat = tam["telegram_id"]
    assert desk.refuses("sendMessage", chat_id=chat, text="x")[1].startswith("Forbidden: bot can't initiate")
    assert desk.refuses("sendMessage", chat_id=42, text="x") == (400, "Bad Request: chat not found")
    assert desk.refuses("sendMessage", text="x") == (400, "Bad Request: chat_id is empty")
    desk.says(tam, "/start")
    desk.does("sendMessage", chat_id=chat, text="Chào bác Tám")
    desk.control("block", {"person": tam["id"], "bot": TELEGRAM_TOKEN, "blocked": True})
    assert desk.refuses("sendMessage", chat_id=chat, text="x") == (403, "Forbidden: bot was blocked by the user")
    assert desk.updates()[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    desk.control("block", {"person": tam["id"], "bot": TELEGRAM_TOKEN, "blocked": False})
    desk.does("sendMessage", chat_id=chat, text="Chào lại")
    assert [message["text"] for message in desk.sees(tam)] == ["/start", "Chào bác Tám", "Chào lại"]


@pytest.mark.parametrize(
    ("text", "fits"),
    [("a" * 4096, True), ("a" * 4097, False), ("😀" * 2048, True), ("😀" * 2049, False), ("", False), ("  ", False)],
)
def test_text_is_counted_in_utf16_units(desk: Desk, lan: Any, text: str, fits: bool) -> None:
    status, _ = desk.telegram("sendMessage", chat_id=lan["telegram_id"], text=text)
    assert (status == 200) is fits


def test_buttons_are_seen_pressed_and_answered(desk: Desk, lan: Any) -> None:
    rows = [[{"text": "Dự được", "callback_data": "d:1"}, {"text": "Xin vắng", "callback_data": "v:1"}]]
    markup = {"inline_keyboard": rows}
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="Dự không?", reply_markup=markup)
    shown = desk.sees(lan)[-1]
    assert shown["buttons"] == [["Dự được", "d:1"], ["Xin vắng", "v:1"]]
    where = {"person": lan["id"], "chat": "private", "bot": TELEGRAM_TOKEN, "message_id": sent["message_id"]}
    for way in ({"data": "v:1"}, {"button": 1}, {"button": "Xin vắng"}):
        desk.control("press", {**where, **way})
    queries = [update["callback_query"] for update in desk.updates()]
    assert [query["data"] for query in queries] == ["v:1"] * 3
    assert queries[0]["message"]["message_id"] == sent["message_id"]
    assert desk.does("answerCallbackQuery", callback_query_id=queries[0]["id"], text="Đã ghi") is True
    assert desk.refuses("answerCallbackQuery", callback_query_id=queries[0]["id"])[0] == 400
    assert desk.json("POST", "/control/press", {**where, "data": "x"})[0] == 400


@pytest.mark.parametrize(("data", "status"), [("a" * 64, 200), ("a" * 65, 400), ("đ" * 33, 400), ("", 400)])
def test_callback_data_has_64_bytes(desk: Desk, lan: Any, data: str, status: int) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
    assert desk.telegram("sendMessage", chat_id=lan["telegram_id"], text="x", reply_markup=markup)[0] == status


def test_reply_keyboards_come_and_go(desk: Desk, lan: Any) -> None:
    chat = lan["telegram_id"]
    desk.does("sendMessage", chat_id=chat, text="1", reply_markup={"keyboard": [["Có", {"text": "Không"}]]})
    desk.does("sendMessage", chat_id=chat, text="2")
    desk.does("sendMessage", chat_id=chat, text="3", reply_markup={"remove_keyboard": True})
    assert [message["keyboard"] for message in desk.sees(lan)[1:]] == [[["Có", "Không"]], None, []]


def test_edits_change_the_message_once(desk: Desk, lan: Any) -> None:
    chat = lan["telegram_id"]
    sent = desk.does("sendMessage", chat_id=chat, text="một")["message_id"]
    edited = desk.does("editMessageText", chat_id=chat, message_id=sent, text="hai")
    assert (edited["text"], desk.sees(lan)[-1]["text"], desk.sees(lan)[-1]["edited"]) == ("hai", "hai", True)
    _, description = desk.refuses("editMessageText", chat_id=chat, message_id=sent, text="hai")
    assert "message is not modified" in description
    buttons = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    desk.does("editMessageReplyMarkup", chat_id=chat, message_id=sent, reply_markup=buttons)
    assert desk.sees(lan)[-1]["buttons"] == [["x", "x"]]
    assert desk.refuses("editMessageText", chat_id=chat, message_id=999, text="x")[1].endswith("to edit not found")
    first = desk.sees(lan)[0]["message_id"]
    assert desk.refuses("editMessageText", chat_id=chat, message_id=first, text="x")[1].endswith("can't be edited")


def test_deleting_and_pinning(desk: Desk, lan: Any) -> None:
    chat = lan["telegram_id"]
    sent = desk.does("sendMessage", chat_id=chat, text="một")["message_id"]
    assert desk.does("pinChatMessage", chat_id=chat, message_id=sent) is True
    assert desk.sees(lan)[1]["pinned"]
    assert desk.does("getChat", chat_id=chat)["pinned_message"]["text"] == "một"
    assert desk.does("deleteMessage", chat_id=chat, message_id=sent) is True
    gone = desk.sees(lan)[1]
    assert (gone["deleted"], gone["text"], gone["pinned"]) == (True, "", False)
    assert desk.refuses("deleteMessage", chat_id=chat, message_id=sent)[0] == 400


def test_after_two_days_a_message_stays(desk: Desk, lan: Any) -> None:
    sent = desk.does("sendMessage", chat_id=lan["telegram_id"], text="một")["message_id"]
    desk.control("clock", {"advance": 49 * 3600})
    assert desk.refuses("deleteMessage", chat_id=lan["telegram_id"], message_id=sent)[0] == 400


def test_replying_to_a_missing_message(desk: Desk, lan: Any) -> None:
    to = {"chat_id": lan["telegram_id"], "text": "x"}
    assert desk.refuses("sendMessage", **to, reply_parameters={"message_id": 999})[0] == 400
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in desk.does("sendMessage", **to, reply_parameters=lenient)


def test_limits_are_kept_once_switched_on(desk: Desk, lan: Any) -> None:
    to = {"chat_id": lan["telegram_id"], "text": "x"}
    for _ in range(3):
        desk.does("sendMessage", **to)
    desk.control("limits", {"platform": "telegram", "enforce": True})
    desk.does("sendMessage", **to)
    status, answer = desk.telegram("sendMessage", **to)
    assert (status, answer["parameters"]["retry_after"]) == (429, 1)
    assert answer["description"] == "Too Many Requests: retry after 1"


def test_thirty_a_second_to_all_together(desk: Desk) -> None:
    people = [{"name": f"Người {n}", "starts": [TELEGRAM_TOKEN]} for n in range(4)]
    chats = [person["telegram_id"] for person in desk.control("people", people)["people"]]
    desk.control("limits", {"platform": "telegram", "bot": TELEGRAM_TOKEN, "enforce": True, "per_second": 3})
    statuses = [desk.telegram("sendMessage", chat_id=chat, text="x")[0] for chat in chats]
    assert statuses == [200, 200, 200, 429]


def test_twenty_a_minute_to_a_group(desk: Desk, lan: Any) -> None:
    group = desk.control("groups", {"platform": "telegram", "people": [lan["id"]], "bot": TELEGRAM_TOKEN})["id"]
    desk.control("limits", {"platform": "telegram", "enforce": True})
    statuses = [desk.telegram("sendMessage", chat_id=group, text="x")[0] for _ in range(21)]
    assert statuses == [200] * 20 + [429]

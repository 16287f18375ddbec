from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.desk import TELEGRAM_TOKEN, Desk


@pytest.fixture
def group(desk: Desk, lan: Any, tam: Any) -> str:
    body = {"platform": "telegram", "title": "Chi bộ thôn 3", "people": [lan["id"], tam["id"]], "bot": TELEGRAM_TOKEN}
    return str(desk.control("groups", body)["id"])


def seen(desk: Desk) -> list[str]:
    found = desk.updates()
    if found:
        desk.updates(offset=found[-1]["update_id"] + 1)
    return [update["message"].get("text", "service") for update in found if "message" in update]


def test_the_bot_hears_that_it_was_added(desk: Desk, group: str) -> None:
    joined, service = desk.updates()
    assert joined["my_chat_member"]["chat"] == {"id": int(group), "type": "group", "title": "Chi bộ thôn 3"}
    assert joined["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["username"] == "sotay_bot"


def test_privacy_mode_hides_the_talk_of_a_group(desk: Desk, lan: Any, tam: Any, group: str) -> None:
    seen(desk)
    sent = desk.does("sendMessage", chat_id=group, text="Kính mời họp")
    mine = desk.says(tam, "chào cả nhà", chat=group)
    for text in ("/menu", "/menu@sotay_bot", "/menu@other_bot", "này @sotay_bot ơi", "nói về sotay_bot", "a/menu"):
        desk.says(tam, text, chat=group)
    desk.says(tam, "có mặt", chat=group, reply_to=sent["message_id"])
    desk.says(lan, "bác Tám nói đúng", chat=group, reply_to=mine["message_id"])
    assert seen(desk) == ["/menu", "/menu@sotay_bot", "này @sotay_bot ơi", "có mặt"]
    assert len(desk.sees(lan, chat=group)) == 11


def test_an_administrator_hears_everything(desk: Desk, tam: Any, group: str) -> None:
    desk.control("members", {"chat": group, "bot_status": "administrator"})
    seen(desk)
    desk.says(tam, "chào cả nhà", chat=group)
    assert seen(desk) == ["chào cả nhà"]


def test_pinning_in_a_group_needs_an_administrator(desk: Desk, group: str) -> None:
    sent = desk.does("sendMessage", chat_id=group, text="x")["message_id"]
    assert "not enough rights" in desk.refuses("pinChatMessage", chat_id=group, message_id=sent)[1]
    desk.control("members", {"chat": group, "bot_status": "administrator"})
    assert desk.does("pinChatMessage", chat_id=group, message_id=sent) is True
    assert [each["status"] for each in desk.does("getChatAdministrators", chat_id=group)] == [
        "creator",
        "administrator",
    ]


def test_members_are_known_one_by_one(desk: Desk, lan: Any, tam: Any, group: str) -> None:
    other = desk.person("Người lạ")
    ask = [lan["telegram_id"], tam["telegram_id"], other["telegram_id"], 123456]
    found = [desk.does("getChatMember", chat_id=group, user_id=each)["status"] for each in ask]
    assert found == ["creator", "member", "left", "member"]
    assert desk.json("POST", "/control/say", {"person": other["id"], "chat": group, "text": "x"})[0] == 403
    desk.control("members", {"chat": group, "add": [other["id"]], "remove": [tam["id"]]})
    desk.says(other, "/menu", chat=group)
    assert seen(desk)[-3:] == ["service", "service", "/menu"]


def test_a_kicked_bot_is_refused(desk: Desk, group: str) -> None:
    desk.control("members", {"chat": group, "bot_status": "kicked"})
    refusal = desk.refuses("sendMessage", chat_id=group, text="x")
    assert refusal == (403, "Forbidden: bot was kicked from the group chat")
    assert desk.updates()[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"


def test_migration_to_a_supergroup(desk: Desk, tam: Any, group: str) -> None:
    desk.does("sendMessage", chat_id=group, text="trước")
    seen(desk)
    new = desk.control("migrate", {"chat": group})["chat"]
    moved, arrived = (update["message"] for update in desk.updates())
    assert (moved["chat"]["id"], moved["migrate_to_chat_id"]) == (int(group), int(new))
    assert (arrived["chat"]["type"], arrived["migrate_from_chat_id"]) == ("supergroup", int(group))
    status, answer = desk.telegram("sendMessage", chat_id=group, text="x")
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": int(new)})
    desk.does("sendMessage", chat_id=new, text="sau")
    texts = [message["text"] for message in desk.sees(tam, chat=new) if message["text"]]
    assert texts == ["trước", "sau"]
    desk.says(tam, "/menu", chat=group)
    assert desk.updates()[-1]["message"]["chat"]["id"] == int(new)

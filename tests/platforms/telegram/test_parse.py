"""What the sandbox does not produce: updates as Telegram's documentation describes them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.messages import Attachment, AttachmentKind, Incoming, Kind
from bot.platforms.telegram import TelegramAdapter

NOW = datetime(2026, 12, 3, 19, 30, tzinfo=UTC)
LAN = {"id": 5, "is_bot": False, "first_name": "Lan", "last_name": "Nguyễn"}
PRIVATE = {"id": 5, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Chi bộ"}


def read(update: dict[str, object]) -> Incoming | None:
    adapter = TelegramAdapter("42:secret", channel_id=7, now=lambda: NOW)
    found = adapter.parse(json.dumps({"update_id": 9, **update}).encode())
    return found[0] if found else None


def message(chat: dict[str, object] = PRIVATE, **fields: object) -> Incoming | None:
    return read({"message": {"message_id": 3, "date": 1790000000, "chat": chat, "from": LAN, **fields}})


def some(found: Incoming | None) -> Incoming:
    assert found is not None
    return found


def test_a_mention_without_a_name_is_known_by_the_id_in_the_token() -> None:
    entities = [{"type": "text_mention", "offset": 8, "length": 6, "user": {**LAN, "id": 42, "is_bot": True}}]
    found = some(message(GROUP, text="👍 Chào Trợ lý, tôi dự", entities=entities))
    assert (found.text, found.addressed) == ("👍 Chào , tôi dự", True)


def test_an_answer_to_somebody_else_is_not_for_us() -> None:
    other = {"message_id": 2, "date": 1, "chat": GROUP, "from": LAN, "text": "x"}
    found = some(message(GROUP, text="đúng rồi", reply_to_message=other))
    assert (found.addressed, found.reply_to) == (False, "2")


def test_a_command_to_another_bot_is_not_for_us() -> None:
    entities = [{"type": "bot_command", "offset": 0, "length": 14}]
    assert some(message(GROUP, text="/lich@nguoikia", entities=entities)).addressed is False
    plain = [{"type": "bot_command", "offset": 0, "length": 5}]
    assert some(message(GROUP, text="/lich", entities=plain)).addressed is True


def test_start_with_words_keeps_the_words() -> None:
    found = some(message(text="/start xin chào đồng chí"))
    assert (found.text, found.start_payload) == ("/start xin chào đồng chí", "")


def test_captions_are_text_and_the_largest_photo_is_taken() -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": width, "height": 10, "file_size": width}
        for name, width in (("s", 10), ("l", 90), ("m", 50))
    ]
    found = some(message(photo=sizes, caption="biên bản", media_group_id="g1"))
    assert (found.text, found.album) == ("biên bản", "g1")
    assert found.attachments == (Attachment(AttachmentKind.PHOTO, "l", mime="image/jpeg", size=90),)


def test_a_round_video_is_a_video() -> None:
    note = {"file_id": "n", "file_unique_id": "n", "length": 10, "duration": 3, "file_size": 7}
    assert some(message(video_note=note)).attachments[0].kind is AttachmentKind.VIDEO


def test_an_anonymous_administrator_speaks_as_the_group() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    found = some(message(GROUP, text="x", sender_chat=GROUP, **{"from": anonymous}))
    assert (found.speaker_id, found.speaker_name) == ("-100", "Chi bộ")


def test_other_bots_channels_and_service_messages_are_nothing() -> None:
    assert message(text="x", **{"from": {**LAN, "is_bot": True}}) is None
    assert message({"id": -5, "type": "channel", "title": "t"}, text="x") is None
    assert message(GROUP, new_chat_members=[LAN]) is None
    assert message(GROUP, pinned_message={"message_id": 1, "date": 1, "chat": GROUP}) is None
    assert read({"poll_answer": {"poll_id": "1", "option_ids": [], "user": LAN}}) is None


@pytest.mark.parametrize(
    "content",
    [{"contact": {"phone_number": "1", "first_name": "A"}}, {"location": {"longitude": 105.8, "latitude": 21.0}}],
)
def test_what_we_cannot_use_is_unsupported(content: dict[str, object]) -> None:
    assert some(message(**content)).kind is Kind.UNSUPPORTED


def test_a_press_is_dated_by_us_also_under_an_old_message() -> None:
    gone = {"chat": GROUP, "message_id": 3, "date": 0}
    query = {"id": "q1", "from": LAN, "message": gone, "chat_instance": "c", "data": "rsvp:1"}
    found = some(read({"callback_query": query}))
    assert (found.sent_at, found.callback_id, found.choice) == (NOW, "q1", "rsvp:1")
    assert found.address.is_group
    assert found.addressed
    assert read({"callback_query": {**query, "data": None}}) is None


def member(status: str, **more: object) -> dict[str, object]:
    rights = dict.fromkeys(("can_send_messages", "can_send_audios", "can_send_documents"), False)
    return {"status": status, "user": {**LAN, "id": 42, "is_bot": True}, **({"until_date": 0} | rights), **more}


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (member("left"), member("member"), Kind.JOINED),
        (member("kicked"), {"status": "administrator", "user": LAN}, None),
        (member("member"), member("left"), Kind.LEFT),
        (member("member"), member("kicked"), Kind.LEFT),
    ],
)
def test_membership(old: object, new: object, kind: Kind | None) -> None:
    change = {"chat": GROUP, "from": LAN, "date": 1790000000, "old_chat_member": old, "new_chat_member": new}
    found = read({"my_chat_member": change})
    assert (found.kind if found else None) is kind


def test_promotion_and_unblocking_are_nothing() -> None:
    change = {"from": LAN, "date": 1, "old_chat_member": member("kicked"), "new_chat_member": member("member")}
    assert read({"my_chat_member": {**change, "chat": PRIVATE}}) is None
    promoted = {**change, "chat": GROUP, "old_chat_member": member("member")}
    assert read({"my_chat_member": promoted}) is None

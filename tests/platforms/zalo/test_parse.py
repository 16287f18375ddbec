from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest

from bot.messages import Address, Attachment, AttachmentKind, Incoming, Kind, Platform
from bot.platforms.zalo.client import Update
from bot.platforms.zalo.parse import read, without_mention

NAMES = ("Bot Sổ tay", "bot.VDKyGxQvc")


def incoming(event: str = "text", *, chat_type: str = "PRIVATE", **fields: object) -> Incoming | None:
    chat = {"id": "u1" if chat_type.upper() == "PRIVATE" else "g1", "chat_type": chat_type}
    sender = {"id": "u1", "display_name": "Nguyễn Thị Lan", "is_bot": False}
    message = {"message_id": "abc", "date": 1790000000000, "chat": chat, "from": sender, **fields}
    update = Update.de_json({"event_name": f"message.{event}.received", "message": message})
    assert update is not None
    return read(update, channel_id=7, names=NAMES)


def test_a_private_text() -> None:
    assert incoming(text="co mat") == Incoming(
        key="mabc",
        kind=Kind.MESSAGE,
        platform=Platform.ZALO,
        address=Address(7, "u1"),
        speaker_id="u1",
        speaker_name="Nguyễn Thị Lan",
        sent_at=datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC),
        text="co mat",
        message_id="abc",
    )


@pytest.mark.parametrize("chat_type", ["GROUP", "group", "Group"])
def test_what_reaches_us_in_a_group_is_addressed_to_us(chat_type: str) -> None:
    found = incoming(text="@Bot Sổ tay co mat", chat_type=chat_type)
    assert found is not None
    assert found.address == Address(7, "g1", is_group=True)
    assert found.addressed
    assert found.text == "co mat"


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("@Bot Sổ tay co mat", "co mat"),
        ("@bot sổ tay: có mặt", "có mặt"),
        (unicodedata.normalize("NFD", "@Bot Sổ tay có mặt"), "có mặt"),
        ("@bot.VDKyGxQvc\u00a0/lich", "/lich"),
        ("có mặt @Bot Sổ tay", "có mặt"),
        ("@Bot Sổ tayy co mat", "@Bot Sổ tayy co mat"),
        ("@Tên khác /lich hop", "/lich hop"),
        ("@Tên khác co mat", "@Tên khác co mat"),
        ("ngày 3/12 có mặt", "ngày 3/12 có mặt"),
        ("@Bot Sổ tay ngày 3/12 vắng", "ngày 3/12 vắng"),
        ("@Bot Sổ tay", ""),
    ],
)
def test_the_mention_is_cut_off(written: str, read_as: str) -> None:
    assert without_mention(written, NAMES) == read_as


def test_no_names_known_yet() -> None:
    assert without_mention("@Bot Sổ tay /lich", ()) == "/lich"
    assert without_mention("@Bot", ("", " ")) == "@Bot"


@pytest.mark.parametrize(
    ("event", "fields", "attachment"),
    [
        (
            "image",
            {"photo_url": "https://x/1.jpg"},
            Attachment(AttachmentKind.PHOTO, "https://x/1.jpg", mime="image/jpeg"),
        ),
        ("image", {"photo": "https://x/1.jpg"}, Attachment(AttachmentKind.PHOTO, "https://x/1.jpg", mime="image/jpeg")),
        ("voice", {"voice_url": "https://x/1"}, Attachment(AttachmentKind.VOICE, "https://x/1", mime="audio/aac")),
        ("sticker", {"sticker": "s1"}, Attachment(AttachmentKind.STICKER, "s1")),
    ],
)
def test_files(event: str, fields: dict[str, object], attachment: Attachment) -> None:
    found = incoming(event, **fields)
    assert found is not None
    assert found.kind is Kind.MESSAGE
    assert found.attachments == (attachment,)


def test_a_photo_in_a_group_carries_the_mention_in_its_caption() -> None:
    found = incoming("image", chat_type="GROUP", photo_url="https://x/1.jpg", caption="@Bot Sổ tay báo cáo")
    assert found is not None
    assert found.text == "báo cáo"


def test_nothing_to_see_is_unsupported() -> None:
    for event in ("unsupported", "image"):
        found = incoming(event)
        assert found is not None
        assert found.kind is Kind.UNSUPPORTED


def test_a_mention_alone_is_a_message() -> None:
    found = incoming(text="@Bot Sổ tay", chat_type="GROUP")
    assert found is not None
    assert (found.kind, found.text) == (Kind.MESSAGE, "")


def test_unknown_events_bots_and_halves_are_nothing() -> None:
    assert incoming("reaction", text="x") is None
    assert incoming(text="x", **{"from": {"id": "b", "is_bot": True}}) is None
    assert incoming(text="x", chat=None) is None
    assert incoming(text="x", message_id="") is None
    assert read(Update("message.text.received"), channel_id=1, names=()) is None


def test_a_date_that_is_none_does_not_lose_the_message() -> None:
    for date in (None, "x", 10**30, True):
        found = incoming(text="co mat", date=date)
        assert found is not None
        assert found.sent_at.tzinfo is UTC

from __future__ import annotations

from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.telegram.render import keyboard, parts


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard([(label, "d") for label in labels])
    return [[button.text for button in row] for row in markup.inline_keyboard] if markup else []


def test_two_short_buttons_share_a_row() -> None:
    assert rows("Có", "Không", "Đến muộn") == [["Có", "Không"], ["Đến muộn"]]
    assert rows() == []


def test_a_long_button_has_its_own_row() -> None:
    long, exact = "x" * 21, "x" * 20
    assert rows("Có", long, "Không", exact) == [["Có"], [long], ["Không", exact]]
    assert rows(long, "Có", "Không") == [[long], ["Có", "Không"]]


def test_a_sticker_has_no_caption() -> None:
    sticker = OutgoingFile(AttachmentKind.STICKER, "s", "", handle="h")
    first, second = parts(Outgoing("c", "Chào", file=sticker))
    assert (first.text, first.file, second.text) == ("", sticker, "Chào")


def test_a_caption_of_exactly_the_limit_stays_with_the_file() -> None:
    paper = OutgoingFile(AttachmentKind.DOCUMENT, "a", "", handle="h")
    assert len(parts(Outgoing("c", "👍" * 512, file=paper))) == 1
    assert len(parts(Outgoing("c", "👍" * 512 + "x", file=paper))) == 2

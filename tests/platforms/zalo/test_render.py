from __future__ import annotations

from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.parts import units
from bot.platforms.zalo.render import Part, parts, styles

CHOICES = (("Tôi dự được", "a"), ("Tôi xin vắng", "b"))
LIST = "1 – Tôi dự được\n2 – Tôi xin vắng"


def file(kind: AttachmentKind, url: str) -> OutgoingFile:
    return OutgoingFile(kind, "x", "", path="/x", handle="h", url=url)


def test_choices_become_numbered_lines() -> None:
    assert parts(Outgoing("c", "Đồng chí có dự không?", choices=CHOICES)) == [Part(f"Đồng chí có dự không?\n{LIST}")]


def test_choices_stay_together_in_the_last_part() -> None:
    for length in (1960, 1990, 2000, 2500, 3990):
        pieces = parts(Outgoing("c", "chữ " * (length // 4), choices=CHOICES))
        assert pieces[-1].text.endswith(LIST)
        assert all(units(piece.text) <= 2000 for piece in pieces)
        assert len(pieces) == 1 + (length > 1966) + (length > 3966)


def test_a_photo_goes_by_its_address_with_the_text_as_caption() -> None:
    photo = file(AttachmentKind.PHOTO, "https://x/1.jpg")
    assert parts(Outgoing("c", "Ảnh", file=photo)) == [Part("Ảnh", photo="https://x/1.jpg")]
    assert parts(Outgoing("c", "", file=photo)) == [Part(photo="https://x/1.jpg")]
    long = parts(Outgoing("c", "chữ " * 600, file=photo))
    assert [bool(part.photo) for part in long] == [True, False, False]


def test_voice_goes_to_private_chats_only_and_only_as_aac() -> None:
    voice = file(AttachmentKind.VOICE, "https://x/1.aac")
    assert parts(Outgoing("c", "Bản tin", file=voice)) == [Part(voice="https://x/1.aac"), Part("Bản tin")]
    assert parts(Outgoing("c", "Bản tin", file=voice, is_group=True)) == [Part("Bản tin")]
    assert parts(Outgoing("c", "Bản tin", file=file(AttachmentKind.VOICE, "https://x/1.mp3"))) == [Part("Bản tin")]


def test_other_files_are_text_only() -> None:
    assert parts(Outgoing("c", "Văn bản", file=file(AttachmentKind.DOCUMENT, "https://x/1.pdf"))) == [Part("Văn bản")]
    assert parts(Outgoing("c", "Ảnh", file=file(AttachmentKind.PHOTO, ""))) == [Part("Ảnh")]
    assert parts(Outgoing("c", " ", file=file(AttachmentKind.DOCUMENT, ""))) == []


def test_large_print_covers_the_whole_text_in_utf16_units() -> None:
    (part,) = parts(Outgoing("c", "Chào 👍", large=True, choices=CHOICES))
    assert styles(part) == [{"start": 0, "len": 7 + 1 + len(LIST), "st": ["f_20"]}]
    assert styles(Part("x")) is None

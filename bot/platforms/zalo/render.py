"""How an Outgoing looks on Zalo: numbered choices, parts, pictures and voice by address. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.parts import split, units

TEXT_LIMIT = 2000
CAPTION_LIMIT = 2000

_LARGE = "f_20"


@dataclass(frozen=True, slots=True)
class Part:
    """One API call: a picture with a caption, a voice message, or a text."""

    text: str = ""
    photo: str = ""
    voice: str = ""
    large: bool = False


def parts(message: Outgoing) -> list[Part]:
    """The calls that `message` takes, in order; [] when there is nothing to send.

    Zalo fetches pictures and voice from a public address and takes no other files: of those the text tells where
    they are. Voice works in private chats only and has no caption.
    """
    texts = _texts(message.text, numbered(message.choices))
    photo, voice = _photo(message.file), _voice(message.file, is_group=message.is_group)
    first: list[Part] = []
    if photo and len(texts) == 1 and units(texts[0]) <= CAPTION_LIMIT:
        return [Part(texts[0], photo=photo)]
    if photo or voice:
        first = [Part(photo=photo, voice=voice)]
    return [*first, *(Part(text, large=message.large) for text in texts)]


def numbered(choices: Sequence[tuple[str, str]]) -> str:
    """Choices as lines to be answered by their number: "1 – Tôi dự được"."""
    return "\n".join(f"{number} – {label}" for number, (label, _) in enumerate(choices, start=1))


def styles(part: Part) -> list[dict[str, object]] | None:
    """Large print over the whole text; None for ordinary print. Lengths in UTF-16 units."""
    return [{"start": 0, "len": units(part.text), "st": [_LARGE]}] if part.large else None


def _texts(text: str, choices: str) -> list[str]:
    """The text in parts, its choices whole in the last one."""
    pieces = split(text, TEXT_LIMIT)
    options = split(choices, TEXT_LIMIT)
    if pieces and len(options) == 1:
        together = f"{pieces[-1]}\n{options[0]}"
        if units(together) <= TEXT_LIMIT:
            return [*pieces[:-1], together]
    return pieces + options


def _photo(file: OutgoingFile | None) -> str:
    return file.url if file and file.kind is AttachmentKind.PHOTO and _public(file.url) else ""


def _voice(file: OutgoingFile | None, *, is_group: bool) -> str:
    spoken = file is not None and file.kind in (AttachmentKind.VOICE, AttachmentKind.AUDIO)
    fits = file is not None and _public(file.url) and file.url.lower().endswith(".aac")
    return file.url if file is not None and spoken and fits and not is_group else ""


def _public(url: str) -> bool:
    return url.startswith(("https://", "http://"))

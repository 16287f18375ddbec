"""Telegram's view of text: UTF-16 lengths, and the entities that it finds by itself."""

from __future__ import annotations

import re

from bot.sandbox.things import Json

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("url", re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]")),
)


def units(text: str) -> int:
    """Length in UTF-16 units, which is how both platforms count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def detect(text: str) -> list[Json]:
    """Commands, mentions and links in a plain text, as entities."""
    if not any(mark in text for mark in "/@"):
        return []
    found = [
        {"type": kind, "offset": units(text[: hit.start()]), "length": units(hit.group())}
        for kind, pattern in _FOUND
        for hit in pattern.finditer(text)
    ]
    return sorted(found, key=lambda entity: int(str(entity["offset"])))


def command_for(text: str, username: str) -> bool:
    """Whether the text begins with a command that this bot may take as its own."""
    hit = _FOUND[0][1].match(text)
    if hit is None:
        return False
    _, at, name = hit.group().partition("@")
    return not at or name.lower() == username.lower()


def mentions(text: str, username: str) -> bool:
    """Whether @username occurs."""
    return any(hit.group()[1:].lower() == username.lower() for hit in _FOUND[1][1].finditer(text))

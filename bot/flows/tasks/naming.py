"""Whose name stands in a sentence: "giao đồng chí Lan …", "bác Trần Văn Bình chủ trì …"."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from bot.matching import fold
from storage.members import Member

TITLES = "dong chi|d/c|dc|bac|co|chu|anh|chi|em|ong|ba|bi thu|pho bi thu|thu ky|chi uy vien|to truong"
_TITLE_WORDS = sorted((title.split() for title in TITLES.split("|")), key=len, reverse=True)


class Named(NamedTuple):
    """The members that one name may mean, and where it stands in `flat(text)` (its title included)."""

    members: list[Member]
    start: int
    end: int


def flat(text: str) -> tuple[str, str]:
    """The text on one line, and the same folded: both of one length, so that places in one hold in the other."""
    shown = " ".join(unicodedata.normalize("NFC", text).split())
    return shown, "".join(_one(fold(char)) for char in shown)


def _one(folded: str) -> str:
    return folded if len(folded) == 1 else " "


def find(text: str, people: Sequence[Member]) -> Named | None:
    """The first name in the text; a name of one word only after a title ("bác Lan"), for "lan" is many a word.

    Where the text has marks, those whose name has the same marks go before the others.
    """
    shown, plain = flat(text)
    best: Named | None = None
    words = _words(plain)
    for at in range(len(words)):
        best = _at(shown, plain, words[at:], people)
        if best is not None:
            return best
    return None


def _words(plain: str) -> list[tuple[str, int, int]]:
    """(word, start, end), signs at the edges cut off."""
    found, start = [], 0
    for part in plain.split(" "):
        core = part.strip(".,:;!?()\"'-–")
        if core:
            offset = start + part.index(core)
            found.append((core, offset, offset + len(core)))
        start += len(part) + 1
    return found


def _at(shown: str, plain: str, words: list[tuple[str, int, int]], people: Sequence[Member]) -> Named | None:
    skipped = next((len(title) for title in _TITLE_WORDS if [word for word, _, _ in words[: len(title)]] == title), 0)
    after = words[skipped:]
    for length in (5, 4, 3, 2, 1):
        if length > len(after) or (length == 1 and not skipped):
            continue
        said = [word for word, _, _ in after[:length]]
        if "," in plain[after[0][1] : after[length - 1][2]]:
            continue
        found = [each for each in people if each.name_key.split()[-length:] == said]
        if found:
            start, end = after[0][1], after[length - 1][2]
            return Named(_with_marks(shown[start:end], found, length), words[0][1], end)
    return None


def _with_marks(written: str, found: list[Member], length: int) -> list[Member]:
    """Of several those whose name is written the same, marks and all; all when none is."""
    wanted = written.lower().split()
    same = [
        each for each in found
        if unicodedata.normalize("NFC", each.full_name).lower().split()[-length:] == wanted
    ]  # fmt: skip
    return same or found

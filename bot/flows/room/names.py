"""People as they are named in the room: "bác Lan", "chú Ba", "Nguyễn Văn An"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.courtesy import named
from bot.matching import fold
from storage.members import Member

_TITLES = ("dong chi", "d/c", "dc", "bac", "chu", "co", "anh", "chi", "ong", "ba", "em", "cau", "di", "cu", "thay")
_BETWEEN = re.compile(r"\s*(?:[,;\n+]|(?<!\w)(?:và|va|với|voi)(?!\w))\s*", re.IGNORECASE)
MOST = 12
"""Names of one message at most. [ours]"""


def listed(text: str) -> list[str]:
    """The names of one line: "bác Lan, chú Ba và An" are three."""
    return [part for part in (each.strip(" .!") for each in _BETWEEN.split(text)) if part][:MOST]


def find(people: Sequence[Member], text: str) -> list[Member]:
    """Whom a name may mean; several when it does not tell. The whole name, else the given name, else any part of it;
    diacritics and the title decide between those that are left."""
    name = " ".join(text.split())
    title, rest = _parted(name)
    found = _by_words(people, name) or (_by_words(people, rest) if title else [])
    if len(found) > 1:
        spelled = rest.lower().split()
        found = [each for each in found if set(spelled) <= set(each.full_name.lower().split())] or found
    if len(found) > 1 and title:
        found = [each for each in found if fold(each.title) == title] or found
    return found


def _parted(name: str) -> tuple[str, str]:
    """The title in front and the rest; ("", name) without one."""
    folded = fold(name)
    for title in _TITLES:
        if folded.startswith(title + " "):
            return title, " ".join(name.split()[len(title.split()) :])
    return "", name


def _by_words(people: Sequence[Member], name: str) -> list[Member]:
    words = fold(name).split()
    if not words:
        return []
    keys = [(each, each.name_key.split()) for each in people]
    for fits in (_whole, _ending, _within):
        found = [each for each, key in keys if fits(key, words)]
        if found:
            return found
    return []


def _whole(key: list[str], words: list[str]) -> bool:
    return key == words


def _ending(key: list[str], words: list[str]) -> bool:
    return key[-len(words) :] == words


def _within(key: list[str], words: list[str]) -> bool:
    return len(words) > 1 and set(words) <= set(key)


def shown(members: Sequence[Member]) -> str:
    """Several people in one sentence: "bác Trần Thị Lan, đồng chí Lê Văn Ba"."""
    return ", ".join(named(each) for each in members)

"""What words say in a vote. Only whole phrases count; everything near them is asked back (domain.md: ambiguous →
recorded has to be zero)."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from bot.courtesy import is_bare
from bot.matching import words_only
from bot.matching.tokens import units
from storage.votes import Stand


class Heard(StrEnum):
    """What a line says. `AGREED` ("đồng ý") is an answer only where nothing else could be meant."""

    FOR = Stand.FOR
    AGAINST = Stand.AGAINST
    OTHER = Stand.OTHER
    AGREED = "agreed"
    UNSURE = "unsure"
    BARE = "bare"


_POLITE = frozenset({"i", "kin", "title", "particle", "stop", "sign"})
_SOMEBODY = frozenset({"name", "fullname"})
"""Whoever is named is spoken about: "bác Lan tán thành" is not the speaker's answer."""
_LEAD = frozenset("da vang co xin thua bieu quyet".split())
_FOR = frozenset({"tan thanh", "tan thanh cao", "hoan toan tan thanh", "nhat tri tan thanh", "dong y tan thanh"})
_AGREED = frozenset({"dong y", "hoan toan dong y", "dong y cao", "hoan toan nhat tri", "nhat tri cao"})
_AGAINST = frozenset({"khong tan thanh", "khong dong y", "khong nhat tri", "phan doi", "toi phan doi"})
_OTHER = frozenset({"y kien khac"})
_PHRASES = ((_FOR, Heard.FOR), (_AGREED, Heard.AGREED), (_AGAINST, Heard.AGAINST), (_OTHER, Heard.OTHER))
_NEAR = ("tan thanh", "y kien khac", "dong y", "nhat tri", "phan doi")


@lru_cache(maxsize=2000)
def heard(text: str) -> Heard | None:
    """What the line says about a vote; None when it is about something else."""
    if not text.strip() or len(text) > 200:
        return None
    if is_bare(text) or words_only(text) == "khong":
        return Heard.BARE
    _, line = units(text)
    said = [unit.key for unit in line if unit.concept not in _POLITE]
    while said and said[0] in _LEAD:
        said = said[1:]
    if len(said) > 1 and said[0] == "khong" and said[-1] == "dau":
        said = said[:-1]
    numbered = [unit.key for unit in line if unit.concept == "number"]
    phrase = " ".join(said)
    if numbered and " ".join(key for key in said if key not in numbered) == "khong":
        return Heard.UNSURE
    for words, meaning in (
        (_FOR, Heard.FOR),
        (_AGREED, Heard.AGREED),
        (_AGAINST, Heard.AGAINST),
        (_OTHER, Heard.OTHER),
    ):
        if phrase in words:
            return meaning
    return Heard.UNSURE if any(near in phrase for near in _NEAR) else None

"""Why somebody stays away: the part of a line that says it, as it was written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.acts import Act
from bot.matching.clauses import Clause
from bot.matching.deeds import Deed
from bot.matching.doers import Doer
from bot.matching.grammar import TROUBLES
from bot.matching.readings import SOFT

_COURTEOUS = frozenset({"greeting", "request", "notice"})
_WHO = frozenset({"kin", "family", "spouse", "i", "everyone"})
_EMPTY = SOFT | {"number", "date", "hour", "adverb", "because", "ask", "not", "can", "meeting", "want", "if_so"}


def reason_of(written: str, line: Sequence[Clause], found: Sequence[Act]) -> str:
    """The words that give a reason, "" where there are none."""
    spans: list[tuple[int, int]] = []
    for index, clause in enumerate(line):
        taken = _taken(index, found)
        followed = index + 1 < len(line) and line[index + 1].link == "then"
        others = any(act.clause == index and act.doer is not Doer.SELF for act in found)
        if _tells(clause, taken, followed) and not (others and not clause.has(*TROUBLES)):
            spans += _span(clause, taken)
    if not spans:
        return ""
    return written[min(start for start, _ in spans) : max(end for _, end in spans)].strip(" \t,.;:-–!")


def _taken(index: int, found: Sequence[Act]) -> set[int]:
    return {
        at
        for act in found
        if act.clause == index and act.doer is Doer.SELF and act.deed is not Deed.UNREAD
        for at in range(act.first, act.last + 1)
    }


def _tells(clause: Clause, taken: set[int], followed: bool) -> bool:
    left = [unit for at, unit in enumerate(clause.units) if at not in taken]
    if clause.has("mistake") or _denied(clause):
        return False
    if any(unit.concept in TROUBLES for unit in left):
        return True
    content = [unit for unit in left if unit.concept not in _EMPTY]
    if clause.link == "because" or followed:
        return bool(content)
    if any(unit.concept in _COURTEOUS for unit in left):
        return False
    unknown = [unit for unit in content if unit.concept == "unknown"]
    if unknown:
        unknown = [unit for unit in content if unit.concept in {"unknown", "chatter", "advert", "document"}]
    going = any(unit.concept == "move" for unit in left)
    named = any(unit.concept in {"name", "unknown", "chatter", "advert", "event"} for unit in left)
    return (
        len(unknown) > 1
        or (bool(unknown) and _opens(clause, taken))
        or (going and named)
        or (len(content) > 1 and any(unit.concept == "family" for unit in content))
    )


def _opens(clause: Clause, taken: set[int]) -> bool:
    """ "Suối to không qua được": what stands before the denial hinders."""
    first = next((at for at, unit in enumerate(clause.units) if unit.concept not in SOFT), 0)
    denied = any(clause.units[at].concept == "not" for at in taken)
    return denied and first not in taken and clause.units[first].concept == "unknown"


def _denied(clause: Clause) -> bool:
    """ "Tôi không bận gì": no reason."""
    pairs = zip(clause.units, clause.units[1:], strict=False)
    return any(unit.concept == "not" and following.concept == "reason" for unit, following in pairs)


def _span(clause: Clause, taken: set[int]) -> list[tuple[int, int]]:
    content = [
        at
        for at, unit in enumerate(clause.units)
        if at not in taken and (unit.concept not in _EMPTY or unit.concept == "name")
    ]
    if not content:
        return []
    # Who it is about belongs to it: "con ốm" is another reason than "ốm".
    first = content[0]
    while first and first - 1 not in taken and clause.units[first - 1].concept in _WHO:
        first -= 1
    return [(clause.units[first].start, clause.units[content[-1]].end)]

"""Looking around inside a clause: which words a verb reaches over, who stands before it, what follows."""

from __future__ import annotations

from collections.abc import Iterable

from bot.matching.clauses import Clause
from bot.matching.tokens import Unit

PASSED = frozenset(
    (
        "adverb ask can now particle only_then want did done move join off rest late number hour minutes date meeting"
    ).split()
)
"""Concepts over which a verb reaches to its denial or its doer."""
PERSONS = frozenset("i kin title fullname name another family everyone whoever".split())
TROUBLES = frozenset({"reason", "illness", "circumstance"})
_SKIPPED = frozenset("particle now kin title i fullname".split())


def start_of(clause: Clause, at: int) -> int:
    """Where the words that belong to the verb at `at` begin."""
    start = at
    while start and clause.units[start - 1].concept in PASSED | {"not", "not_yet", "not_that"}:
        start -= 1
    return start


def led_by(clause: Clause, at: int, concepts: Iterable[str]) -> bool:
    """Whether one of these concepts stands before the verb, with nothing foreign between."""
    wanted = set(concepts)
    for unit in reversed(clause.units[:at]):
        if unit.concept in wanted:
            return True
        if unit.concept not in PASSED:
            return False
    return False


def content_after(clause: Clause, at: int) -> Unit | None:
    """The next unit that is more than a particle, a time or a person."""
    for unit in clause.units[at + 1 :]:
        if unit.concept not in _SKIPPED:
            return unit
    return None


def person_before(clause: Clause, at: int) -> int | None:
    """The nearest person before the verb, who does it."""
    for where in range(at - 1, -1, -1):
        unit, previous = clause.units[where], clause.units[where - 1] if where else None
        if unit.concept in {"i", "kin"} and previous is not None and owned(previous):
            continue  # "cả tổ tôi": the writer's unit, not the writer
        together = where > 0 and clause.units[where - 1].key.split()[-1] in {"cung", "voi"}
        if clause.units[where].concept in PERSONS - {"name"} and not together:
            return where
    return None


def owned(unit: Unit) -> bool:
    """Whether a person behind this word is only its owner: "tổ tôi", "nhà em"."""
    things = {"everyone", "chatter", "advert", "event"}
    return unit.concept in things or unit.key in {"to", "thon", "xom", "nhom", "nha"}

"""Clauses: the parts of a line in which one thing is said, and what colours them (a question, a doubt, a condition)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.matching.readings import ATTENDANCE, SOFT, in_context
from bot.matching.tokens import Unit

LINKS = frozenset({"but", "because", "then"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Some units of a line. `link` is the concept of the word that leads in, "" at a comma or the start."""

    units: tuple[Unit, ...]
    link: str = ""
    asked: bool = False
    concepts: frozenset[str] = frozenset()
    after_work: bool = False
    """The clause before says that something must end first ("9 giờ em mới tan ca")."""
    still_past: bool = False
    """The clause before is about an earlier meeting, and nothing says that this one is not."""

    def has(self, *concepts: str) -> bool:
        """Whether one of these concepts occurs."""
        return not self.concepts.isdisjoint(concepts)

    @property
    def question(self) -> bool:
        """Whether it asks, by its words or its question mark."""
        helped = self.has("off", "rest") and self.has("ask")  # "báo vắng giúp em với" asks for nothing
        return self.asked or self.has("word", "permission", "ending") or (self.has("request") and not helped)


def clauses(line: Sequence[Unit]) -> list[Clause]:
    """Cuts a line at punctuation and at words such as "nhưng", "vì", "nên"."""
    found: list[Clause] = []
    current: list[Unit] = []
    link = ""
    for unit in line:
        if unit.concept in {"stop", "ask_mark"} or (unit.concept in LINKS and not _stays(unit, current)):
            asked = unit.concept == "ask_mark"
            if current:
                found.append(_settled(current, link, asked))
                link = ""
            elif asked and found:
                found[-1] = replace(found[-1], asked=True)
            link = unit.concept if unit.concept in LINKS else link
            current = []
        else:
            current.append(unit)
    if current:
        found.append(_settled(current, link, False))
    return found


def _stays(unit: Unit, current: Sequence[Unit]) -> bool:
    """ "sao tôi dự mà lại ghi tôi vắng": one question, not two clauses."""
    return unit.key == "ma" and any(each.concept == "word" for each in current)


def _settled(units: Sequence[Unit], link: str, asked: bool) -> Clause:
    settled = list(units)
    for at in reversed(range(len(settled))):
        settled[at] = in_context(settled, at)
    _mark_first_of_all(settled)
    _mark_ending(settled)
    _mark_whatever(settled)
    if not asked:
        _mark_whenever(settled)
    return Clause(tuple(settled), link, asked, frozenset(unit.concept for unit in settled))


def _mark_ending(units: list[Unit]) -> None:
    """A last "không" or "chưa" makes a question of what stands before it; "tôi không" is none."""
    at = len(units) - 1
    while at >= 0 and units[at].concept in SOFT | {"everyone"}:
        at -= 1
    for inside in range(at):
        if units[inside].concept == "ending" and units[inside].key != "ha":
            units[inside] = units[inside]._replace(concept="particle")
    if at <= 0 or units[at].concept not in {"not", "not_yet", "ending"}:
        return
    if units[at].key != "dau" and any(unit.concept not in SOFT for unit in units[:at]):
        units[at] = units[at]._replace(concept="ending")


def _mark_whatever(units: list[Unit]) -> None:
    """ "Kiểu gì em cũng đến", "lúc nào cũng": with a "cũng" behind it, a word that asks does not ask."""
    also = max((at for at, unit in enumerate(units) if unit.key.startswith("cung")), default=-1)
    for at in range(also):
        if units[at].concept == "word":
            units[at] = units[at]._replace(concept="adverb")


def _mark_whenever(units: list[Unit]) -> None:
    """ "Khi nào xong việc tôi tới" sets a condition; "khi nào họp" asks."""
    if not units or units[0].key not in {"khi nao", "bao gio", "luc nao", "hom nao"}:
        return
    mine = next((at for at, unit in enumerate(units) if unit.concept in {"i", "kin"}), len(units))
    if any(unit.concept in ATTENDANCE for unit in units[mine:]):
        units[0] = units[0]._replace(concept="if")


def _mark_first_of_all(units: list[Unit]) -> None:
    """ "Để hỏi con đã", "xem lịch đã": a last "đã" puts the answer off."""
    at = len(units) - 1
    while at > 0 and units[at].concept in SOFT:
        at -= 1
    if at > 0 and units[at].key == "da" and units[at].concept in {"adverb", "did"}:
        units[at] = units[at]._replace(concept="hedge")

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
    for at, each in enumerate(line):
        unit = _advised(each, current)
        rather = _rather(line, at, current)
        if rather:
            current.append(unit)
        if (
            rather
            or unit.concept in {"stop", "ask_mark"}
            or (unit.concept in LINKS and not _stays(unit, current, _ends(line, at)))
        ):
            asked = unit.concept == "ask_mark"
            if unit.concept == "because" and current and current[-1].concept == "vang":
                current[-1] = current[-1]._replace(concept="off")
            if current:
                found.append(_settled(current, link, asked))
                link = ""
            elif asked and found:
                found[-1] = replace(found[-1], asked=True)
            link = unit.concept if unit.concept in LINKS else link
            current = []
        else:
            insisting = unit.concept == "but" and _ends(line, at)
            current.append(unit._replace(concept="particle") if insisting else unit)
    if current:
        found.append(_settled(current, link, False))
    return found


def _ends(line: Sequence[Unit], at: int) -> bool:
    """ "Tôi dự được mà, …": a last "mà" that only insists."""
    return at + 1 == len(line) or line[at + 1].concept in {"stop", "ask_mark"}


def _advised(unit: Unit, current: Sequence[Unit]) -> Unit:
    """ "Tôi nghĩ mình nên vắng": "nên" behind a person weighs, it does not conclude."""
    weighed = unit.key == "nen" and len(current) > 1 and current[-1].concept in {"i", "kin"}
    thought = any(each.concept == "hedge" or each.key == "nghi" for each in current)
    return unit._replace(concept="hedge") if weighed and thought else unit


def _rather(line: Sequence[Unit], at: int, current: Sequence[Unit]) -> bool:
    """ "Tôi đi chứ sao lại không đi": "chứ" (central "chớ") begins another thought."""
    if (line[at].key, line[at].concept) not in {("chu", "adverb"), ("cho", "not_that")}:
        return False
    said = any(each.concept in ATTENDANCE | {"read", "vang", "du"} for each in current)
    return said and any(each.concept not in SOFT | {"stop", "ask_mark"} for each in line[at + 1 : at + 5])


def _stays(unit: Unit, current: Sequence[Unit], last: bool) -> bool:
    """ "sao tôi dự mà lại ghi tôi vắng": one question, not two clauses."""
    echoed = bool(current) and current[-1].key in {"dau", "gi", "mo"}
    return unit.key == "ma" and (last or echoed or any(each.concept == "word" for each in current))


def _settled(units: Sequence[Unit], link: str, asked: bool) -> Clause:
    settled = list(units)
    for at in reversed(range(len(settled))):
        settled[at] = in_context(settled, at)
    _mark_introduction(settled)
    _mark_first_of_all(settled)
    _mark_ending(settled)
    _mark_whatever(settled)
    if not asked:
        _mark_whenever(settled)
    return Clause(tuple(settled), link, asked, frozenset(unit.concept for unit in settled))


def _mark_introduction(units: list[Unit]) -> None:
    """ "Tôi là Nguyễn Văn Thắng, đảng viên chi bộ thôn 3": who writes, up to the first word that does something."""
    for at, unit in enumerate(units):
        following = [each.concept for each in units[at + 1 : at + 4]]
        called = (
            unit.concept in {"i", "kin"} and units[at + 1 : at + 2] and units[at + 1].key in {"la", "ten", "ten la"}
        )
        if unit.key == "toi ten" or (called and {"name", "fullname"} & set(following)):
            units[at] = unit._replace(concept="i")
            _mute(units, at + 1)
            return


def _mute(units: list[Unit], at: int) -> None:
    for where in range(at, len(units)):
        if units[where].concept in ATTENDANCE | {"i", "ask", "not", "not_yet", "read", "did", "vang", "du"}:
            return
        units[where] = units[where]._replace(concept="particle")


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
    told = any(unit.concept not in SOFT for unit in units[:at])
    if units[at].key != "dau" and told:
        units[at] = units[at]._replace(concept="ending")
    elif units[at].concept == "ending" and not told:
        units[at] = units[at]._replace(concept="particle")  # "à thế à"


def _mark_whatever(units: list[Unit]) -> None:
    """ "Kiểu gì em cũng đến", "lúc nào cũng": with a "cũng" behind it, a word that asks does not ask."""
    also = max(
        (at for at, unit in enumerate(units) if unit.concept == "adverb" and unit.key.startswith("cung")), default=-1
    )
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
    settled = any(unit.concept == "late" for unit in units)  # "ra muộn tí, phải nhốt gà đã"
    if at > 0 and units[at].key == "da" and units[at].concept in {"adverb", "did"} and not settled:
        units[at] = units[at]._replace(concept="hedge")

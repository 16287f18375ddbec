"""Clauses: the parts of a line in which one thing is said, and what colours them (a question, a doubt, a condition)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.matching.tokens import Unit

LINKS = frozenset({"but", "because", "then"})
COMING = frozenset({"join", "move"})
ATTENDANCE = COMING | {"off", "rest", "late"}
SOFT = frozenset({"particle", "now", "kin", "title", "i", "affirm", "sign", "fullname", "name"})
_NUMBERS = frozenset({"number", "hour", "minutes", "date"})
_ROOMS = frozenset(
    {"hoi truong", "nha van hoa", "nha van hoa thon", "phong hop", "hoi truong thon", "nha hop", "tru so"}
)
_LEADS_AWAY = frozenset({"ask", "not", "not_that", "hedge"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Some units of a line. `link` is the concept of the word that leads in, "" at a comma or the start."""

    units: tuple[Unit, ...]
    link: str = ""
    asked: bool = False
    concepts: frozenset[str] = frozenset()

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
        settled[at] = _in_context(settled, at)
    _mark_first_of_all(settled)
    _mark_ending(settled)
    _mark_whatever(settled)
    if not asked:
        _mark_whenever(settled)
    return Clause(tuple(settled), link, asked, frozenset(unit.concept for unit in settled))


def _in_context(units: Sequence[Unit], at: int) -> Unit:
    """Words whose meaning hangs on their neighbours."""
    unit = units[at]
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    if unit.concept == "vang":
        return unit._replace(concept="off" if _is_away(units, at) else "affirm")
    if unit.concept == "du":
        return unit._replace(concept="join" if _is_coming(before, after) else "unknown")
    if unit.concept == "gather":
        active = (before is not None and before.concept == "not") or (after is not None and after.concept == "can")
        return unit._replace(concept="join" if active else "meeting")
    if unit.key == "nghe" and not _heard(before, after):
        return unit._replace(concept="particle")
    if unit.key == "hay khong" and all(each.concept in SOFT for each in units[at + 1 :]):
        return unit._replace(concept="ending")
    if unit.concept == "whoever" and unit.key == "ai" and any(each.concept == "not" for each in units[:at]):
        return unit._replace(concept="neutral")
    if unit.key == "duoc roi" and before is not None and before.concept in COMING | {"not"}:
        return unit._replace(concept="can")
    if before is not None and _misread(unit, before, after):
        return unit._replace(concept="move" if unit.key == "toi" else "adverb")
    if unit.key == "dau" or (unit.key == "mo" and unit.concept == "word"):
        return unit._replace(concept=_dau(units, at))
    gathering = any(each.concept in {"gather", "meeting"} for each in units[:at])
    if unit.key in {"o", "dang o"} and after is not None and after.key in _ROOMS and not gathering:
        return unit._replace(concept="join")
    if unit.key == "hay" and after is not None and _offers(units, at):
        return unit._replace(concept="word")
    return unit


def _is_away(units: Sequence[Unit], at: int) -> bool:
    """Without marks, "vang" is "vâng" or "vắng": what stands beside it tells, and if nothing does, it is "vâng"."""
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    if before is not None and (before.concept in _LEADS_AWAY or before.key in {"toi", "se", "danh", "phai"}):
        return True
    if before is not None and before.concept in {"i", "kin"} and any(unit.concept == "ask" for unit in units[:at]):
        return True
    return after is not None and (after.concept in {"because", "reason", "illness"} or after.key in {"mat", "hop"})


def _misread(unit: Unit, before: Unit, after: Unit | None) -> bool:
    """Without marks, "toi" is "tôi" or "tới", "qua" is "qua" or "quá"."""
    if unit.key == "toi":
        return before.concept == "not" and after is not None and after.concept == "can"
    return unit.key == "qua" and before.concept in {"illness", "reason", "circumstance"}


def _is_coming(before: Unit | None, after: Unit | None) -> bool:
    """Without marks, "du" is "dự", "dù" or "đủ"."""
    leads = before is not None and (before.concept in {"i", "kin", "ask", "not"} or before.key in {"se", "van", "cung"})
    return leads or (after is not None and after.concept in {"can", "gather", "meeting"})


def _dau(units: Sequence[Unit], at: int) -> str:
    """Last "đâu" stresses a denial ("không đi đâu"), denies ("có vắng đâu") or asks ("đi đâu")."""
    if any(unit.concept not in SOFT for unit in units[at + 1 :]):
        placed = at > 0 and units[at - 1].concept == "move" and units[at].concept == "not"
        return "word" if placed else units[at].concept
    if any(unit.concept in {"not", "not_yet"} for unit in units[:at]):
        return "particle"
    if units[at].concept not in {"not", "word"}:
        return units[at].concept
    denies = any(unit.key == "co" for unit in units[:at])
    return "not" if denies else "word"


def _offers(units: Sequence[Unit], at: int) -> bool:
    """ "Họp hôm nay hay mai": a choice between times, put to others."""
    gathering = any(unit.concept in {"gather", "meeting"} for unit in units[:at])
    return gathering and units[at - 1].concept == units[at + 1].concept in {"now", "meeting"}


def _heard(before: Unit | None, after: Unit | None) -> bool:
    return (before is not None and before.concept in {"did", "not_yet", "i", "kin"} and after is not None) or (
        after is not None and after.key in {"roi", "xong", "het", "duoc roi"}
    )


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

"""What a reply means for the record. Asking back is cheap; a wrong record is not (domain: "How people write")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.acts import Act, acts
from bot.matching.choices import number_in
from bot.matching.clauses import Clause, clauses
from bot.matching.deeds import Deed
from bot.matching.doers import Doer
from bot.matching.leftovers import signed, unfollowed
from bot.matching.readings import SOFT
from bot.matching.reasons import reason_of
from bot.matching.tokens import Unit, units


class Label(StrEnum):
    """What a line says, in the order of the labels' own table (replies, domain)."""

    ATTEND = "attend"
    LATE = "late"
    ABSENT = "absent"
    ABSENT_WITH_REASON = "absent-with-reason"
    ACKNOWLEDGED = "acknowledged"
    QUESTION = "question"
    GREETING = "greeting"
    UNRELATED = "unrelated"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Understanding:
    """One line understood. `reason` as the person wrote it; `number` a plain choice; `minutes_late` in minutes."""

    label: Label
    reason: str = ""
    number: int | None = None
    sure: bool = True
    minutes_late: int | None = None

    @property
    def confidence(self) -> str:
        """ "sure", or "unsure": then record nothing and ask back."""
        return "sure" if self.sure else "unsure"


_AWAY = frozenset({Label.ABSENT, Label.ABSENT_WITH_REASON})
_DEEDS = {Deed.COME: Label.ATTEND, Deed.LATE: Label.LATE, Deed.STAY_AWAY: Label.ABSENT}
_DIGITS = re.compile(r"\d+")
_SPOKEN_MINUTES = {
    "nam phut": 5,
    "muoi phut": 10,
    "chuc phut": 10,
    "muoi lam phut": 15,
    "hai muoi phut": 20,
    "ba muoi phut": 30,
}
_PERSONAL = frozenset(
    (
        "i illness reason family hedge affirm ask another title off rest late join read "
        "future not_finished not_yet not_that"
    ).split()
)
_THIN = frozenset(
    {"adverb", "can", "not", "number", "move", "join", "neutral", "if_so", "if", "circumstance", "read", "want", "past"}
)
_BRIEF = 5
"""Units up to which the writer speaks of themselves rather than of the news. [ours]"""
_LONG = 18
"""Units from which a line is a forwarded text rather than a greeting. [ours]"""


def understand(text: str) -> Understanding:
    """What one free-text reply to an invitation or a new document says. Never raises."""
    written, line = units(text)
    number, rest = number_in(line)
    parts = clauses(rest)
    found = acts(parts)
    label = _label(parts, found)
    if number is not None:
        label = _with_number(number, label, parts, found)
    reason = reason_of(written, parts, found) if label in _AWAY else ""
    if label in _AWAY:
        label = Label.ABSENT_WITH_REASON if reason else Label.ABSENT
    minutes = _minutes(rest, written) if label is Label.LATE else None
    return Understanding(label, reason, number, label is not Label.AMBIGUOUS, minutes)


def _label(line: Sequence[Clause], found: Sequence[Act]) -> Label:
    attendance = [act for act in found if act.deed in _DEEDS]
    recorded = _recorded(line, attendance)
    if recorded is not None:
        return recorded
    if _reads(line, found, attendance):
        return Label.ACKNOWLEDGED
    return _talk(line, found)


def _recorded(line: Sequence[Clause], attendance: Sequence[Act]) -> Label | None:
    """attend, late or absent, when the line says exactly one of them; ambiguous when it says several or wavers."""
    mine = [act for act in attendance if act.doer is Doer.SELF]
    sure = [act for act in mine if act.sure]
    if not sure:
        return None
    if _taken_back(line, mine, sure) or _asks_leave(line, sure):
        return Label.AMBIGUOUS
    if unfollowed(line, sure):
        return Label.AMBIGUOUS if signed(line) else None
    deeds = {act.deed for act in sure}
    if deeds == {Deed.COME, Deed.LATE}:
        return Label.LATE
    return _DEEDS[deeds.pop()] if len(deeds) == 1 else Label.AMBIGUOUS


def _taken_back(line: Sequence[Clause], mine: Sequence[Act], sure: Sequence[Act]) -> bool:
    last = max(act.clause for act in sure)
    wavering = [act for act in mine if not (act.sure or act.past or act.wished or act.asked) and act.clause >= last]
    if any(act.deed is not sure[-1].deed for act in wavering):
        return True
    for index, clause in enumerate(line):
        overruled = any(each.link == "but" for each in line[index + 1 : last + 1])
        conditional = clause.has("if") and not clause.has("though", "past") and not overruled
        if conditional and (index < last or any(act.deed is not Deed.STAY_AWAY for act in sure)):
            return True
        dropped = all(unit.key in {"thoi", "chiu"} for unit in clause.units)
        chore = sure[-1].deed is Deed.LATE and clause.units[-1].key == "da"  # "cho bò ăn đã"
        if index > last and (dropped or (clause.has("hedge") and not (clause.has("document") or chore))):
            return True
    return False


def _asks_leave(line: Sequence[Clause], sure: Sequence[Act]) -> bool:
    """ "Tôi xin vắng, có được không?": permission asked for, nothing decided."""
    return any(clause.has("permission") and index >= sure[-1].clause for index, clause in enumerate(line))


def _reads(line: Sequence[Clause], found: Sequence[Act], attendance: Sequence[Act]) -> bool:
    if any(act.doer is Doer.SELF and not act.past for act in attendance):
        return False
    reading = [act for act in found if act.deed in {Deed.READ, Deed.UNREAD} and not act.asked]
    mine = [act for act in reading if act.doer is Doer.SELF]
    if not any(act.deed is Deed.READ for act in mine):
        return False
    # "Đã nhận nhưng chưa mở"; "chưa hiểu" has read all the same.
    if any(clause.link == "but" and clause.has("not_yet") and not clause.has("read") for clause in line):
        return False
    return not any(act.deed is Deed.UNREAD and _of_reading(line, act) and not act.past for act in mine)


def _of_reading(line: Sequence[Clause], act: Act) -> bool:
    return "hieu" not in line[act.clause].units[act.last].key


def _talk(line: Sequence[Clause], found: Sequence[Act]) -> Label:
    """Lines that record nothing."""
    if not any(clause.units for clause in line):
        return Label.AMBIGUOUS
    concepts = {unit.concept for clause in line for unit in clause.units}
    concepts |= {"chatter"} if concepts & {"event", "advert"} else set()
    doers = {act.doer for act in found}
    if any(clause.question for clause in line):
        return _asking(line, found, concepts)
    if doers == {Doer.PUBLIC, Doer.SELF} or (Doer.SELF in doers and "i" in concepts) or {"did", "says"} <= concepts:
        return Label.AMBIGUOUS
    headed = all(unit.key == "thong bao" for unit in line[0].units)
    if headed or Doer.PUBLIC in doers or "notice" in concepts or "whoever" in concepts:
        return Label.QUESTION if _asks_who(line, concepts) else Label.UNRELATED
    return _chat(line, found, concepts)


def _chat(line: Sequence[Clause], found: Sequence[Act], concepts: set[str]) -> Label:
    if _is_greeting(line, concepts):
        return Label.GREETING
    if (found and "chatter" not in concepts) or ("event" in concepts and concepts & {"i", "kin"}):
        return Label.AMBIGUOUS
    brief = sum(len(clause.units) for clause in line) <= _BRIEF
    if brief and "i" in concepts and "advert" not in concepts:
        return Label.AMBIGUOUS  # "tôi nghỉ hưu rồi"
    if "chatter" in concepts or ("everyone" in concepts and not concepts & {"i", "family", "illness"}):
        return Label.UNRELATED
    return Label.AMBIGUOUS if _personal(line, concepts) else Label.UNRELATED


def _asking(line: Sequence[Clause], found: Sequence[Act], concepts: set[str]) -> Label:
    asked = [clause for clause in line if clause.question]
    worded = any(clause.has("word", "request", "whether") or _which(clause) for clause in asked)
    if not worded and any(clause.has("hedge") and (found or _unknown_yet(clause)) for clause in asked):
        return Label.AMBIGUOUS
    if any(clause.has("permission") for clause in asked) and not worded and found:
        mine = any(act.doer is Doer.SELF for act in found)
        return Label.AMBIGUOUS if mine and "ask" in concepts else Label.QUESTION
    about = concepts & {"meeting", "document"} or found
    if concepts & {"chatter"} and not about:
        return Label.UNRELATED
    if concepts & {"whoever", "everyone"} and not about and not worded:
        return Label.UNRELATED
    if not worded and not any(clause.has("ending") for clause in asked) and found and not concepts & {"meeting"}:
        return Label.AMBIGUOUS
    return Label.QUESTION


def _asks_who(line: Sequence[Clause], concepts: set[str]) -> bool:
    """ "Hôm nay ai vắng vậy": asked; "ai vắng thì báo": told to all."""
    last = [unit.key for unit in line[-1].units if unit.concept == "particle"][-1:]
    return "whoever" in concepts and not concepts & {"if_so", "ask", "notice"} and last in (["vay"], ["the"])


def _unknown_yet(clause: Clause) -> bool:
    """ "Chưa biết có đi được không", "để xem tối có bận không": asks nobody but oneself."""
    own = not clause.has("meeting", "document", "gather")
    return any(unit.key.startswith(("chua biet", "de xem") + (("khong biet",) if own else ())) for unit in clause.units)


def _which(clause: Clause) -> bool:
    """ "Vào cửa nào?"."""
    return clause.asked and any(unit.key == "nao" for unit in clause.units)


def _is_greeting(line: Sequence[Clause], concepts: set[str]) -> bool:
    if "greeting" not in concepts or "chatter" in concepts:
        return False
    said = [clause for clause in line if any(unit.concept not in SOFT for unit in clause.units)]
    greeting = [clause for clause in said if clause.has("greeting")]
    return len(greeting) * 2 >= len(said) and sum(len(clause.units) for clause in line) < _LONG


def _personal(line: Sequence[Clause], concepts: set[str]) -> bool:
    """About the writer, or too short to be about anything: not chatter, so it is asked back."""
    length = sum(len(clause.units) for clause in line)
    own = any(clause.units[:1] and clause.units[0].concept == "kin" and _doing(clause.units[1:2]) for clause in line)
    return (
        own
        or bool(concepts & _PERSONAL)
        or length <= 2
        or (length <= 3 and "circumstance" in concepts)
        or concepts <= SOFT | _THIN
    )


def _doing(following: Sequence[Unit]) -> bool:
    return bool(following) and following[0].concept in {"adverb", "did", "only_then", "not_yet", "not"}


def _with_number(number: int, label: Label, line: Sequence[Clause], found: Sequence[Act]) -> Label:
    """A choice number and the words beside it; against each other they decide nothing."""
    if label is Label.QUESTION and any(act.asked for act in found):
        return label
    if number not in {1, 2, 3} or any(not act.sure and not act.asked for act in found):
        return Label.AMBIGUOUS
    meant = {1: Label.ATTEND, 2: Label.ABSENT, 3: Label.LATE}[number]
    concepts = {unit.concept for clause in line for unit in clause.units}
    plain = concepts <= SOFT | {"stop", "adverb", "ask", "greeting"}
    if plain or label is meant or label is Label.ACKNOWLEDGED:
        return meant
    if number == 1 and label is Label.LATE:
        return Label.LATE
    told = concepts & {"reason", "illness", "circumstance", "family"} or any(
        clause.link == "because" for clause in line
    )
    if not found and ((number == 2 and told) or (number == 3 and (told or concepts & {"minutes", "hour"}))):
        return meant
    return Label.AMBIGUOUS


def _minutes(line: Sequence[Unit], written: str) -> int | None:
    for unit in line:
        if unit.concept == "minutes":
            digits = _DIGITS.findall(written[unit.start : unit.end])
            return int(digits[-1][:4]) if digits else _SPOKEN_MINUTES.get(unit.key)
        if "nua tieng" in unit.key:
            return 30
    return None

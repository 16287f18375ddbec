"""Acts: what somebody says that they do, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.matching.clauses import Clause
from bot.matching.deeds import PREDICATES, Deed, deed_at
from bot.matching.doers import Doer, doer_of, named_other
from bot.matching.grammar import led_by, start_of
from bot.matching.readings import COMING

_FACTUAL = frozenset(
    {"roi", "van", "cung", "hom nay", "ki nay", "bua nay", "lan nay", "buoi nay", "thang nay", "dot nay"}
)


@dataclass(frozen=True, slots=True)
class Act:
    """One deed in one clause, between the units `first` and `last`.

    `sure` is false for doubts, conditions, wishes, questions and the past; the other marks say which it was.
    """

    deed: Deed
    doer: Doer
    clause: int
    first: int
    last: int
    sure: bool = True
    asked: bool = False
    past: bool = False
    wished: bool = False


def acts(line: Sequence[Clause]) -> list[Act]:
    """Every act of a line, in order. What a clause leaves open (who, when) is taken from the ones before it."""
    found: list[Act] = []
    headed = line and all(unit.key == "thong bao" for unit in line[0].units)  # "Thông báo: …"
    carried: Doer | None = Doer.PUBLIC if headed else None
    ended = past = False
    for index, each in enumerate(line):
        apart = each.has("i", "kin", "fullname")
        still_past = past and not apart and not each.has("now")
        clause = replace(each, after_work=ended, still_past=still_past) if ended or still_past else each
        past = still_past or clause.has("past")
        found += _acts_in(clause, index, carried)
        carried = named_other(clause) or (None if apart and not headed else carried)
        ended = _ends_work(clause)
    return [act for act in found if not _explains(line, act, found)]


def _explains(line: Sequence[Clause], act: Act, found: Sequence[Act]) -> bool:
    """ "Xin vắng vì phải dự hội khóa": going elsewhere is why, not what is done about the meeting."""
    if act.deed is not Deed.COME:
        return False
    led = line[act.clause].link == "because"
    concluded = act.clause + 1 < len(line) and line[act.clause + 1].link == "then"
    if not (led or concluded):
        return False
    away = [each for each in found if each.deed is Deed.STAY_AWAY and each.sure and each.doer is Doer.SELF]
    return any(each.clause != act.clause and (led or each.clause == act.clause + 1) for each in away)


def _acts_in(clause: Clause, index: int, carried: Doer | None) -> Iterator[Act]:
    doubtful = clause.has("hedge", "if", "thought") or _conditional(clause)
    for at, unit in enumerate(clause.units):
        deed = deed_at(clause, at) if unit.concept in PREDICATES else None
        if deed is None:
            continue
        reading = deed in {Deed.READ, Deed.UNREAD}
        wished = deed in {Deed.COME, Deed.STAY_AWAY} and led_by(clause, at, {"want"})
        past = _past(clause, at)
        doubted = (doubtful and not reading) or wished or _told_to(clause, at)
        sure = not (doubted or clause.question or (past and deed is not Deed.READ))
        yield Act(
            deed,
            doer_of(clause, at, carried),
            index,
            start_of(clause, at),
            at,
            sure=sure,
            asked=clause.question,
            past=past,
            wished=clause.has("thought") or wished,
        )


def _ends_work(clause: Clause) -> bool:
    """ "9 giờ em mới tan ca": what follows comes after it, so it is late. "Xong việc rồi" is over already."""
    over = any({"roi", "da", "vua"} & set(unit.key.split()) for unit in clause.units)
    return clause.has("done") and not clause.has("read") and not over


def _told_to(clause: Clause, at: int) -> bool:
    """ "Trưởng bản bảo tôi đi": somebody else wants it."""
    said = next((where for where, unit in enumerate(clause.units[:at]) if unit.concept == "says"), 0)
    speaker = [unit.concept for unit in clause.units[:said] if unit.concept not in {"now", "particle", "affirm"}]
    return bool(speaker) and speaker[-1] not in {"i", "did", "adverb"} and clause.units[said + 1].concept == "i"


def _past(clause: Clause, at: int) -> bool:
    for unit in reversed(clause.units[:at]):
        if unit.concept in {"past", "now"} or unit.key.endswith((" sau", " khac")):
            return unit.concept != "now"
    return (clause.has("past") or clause.still_past) and not clause.has("now")


def _conditional(clause: Clause) -> bool:
    """ "mưa thì tôi vắng" is a condition, "tôi thì dự được" is not."""
    for earlier, unit in zip(clause.units, clause.units[1:], strict=False):
        if unit.concept == "if_so":
            after_work = clause.has("late") and clause.has("done")  # "tưới xong thì tôi đến trễ"
            return not after_work and earlier.concept not in {"i", "kin", "now", "particle", "meeting", "hour"}
    return _half_said(clause)


def _half_said(clause: Clause) -> bool:
    """ "Sắp xếp được tôi sẽ đi", "hết mưa tôi đi": a condition without its "nếu"."""
    subject = next((at for at, unit in enumerate(clause.units) if unit.concept in {"i", "kin"}), 0)
    before, after = clause.units[:subject], clause.units[subject:]
    if any(unit.key in _FACTUAL for unit in clause.units):
        return False
    over = clause.has("then", "done", "only_then", "ask")
    staying = over or any(unit.concept in {"not", "off", "rest", "late"} for unit in after)
    if all(unit.concept in {"affirm", "particle", "can"} for unit in before):
        return False  # "dạ được ạ em đi được"
    stated = any(unit.concept in {"join", "can", "neutral", "circumstance", "future"} for unit in before)
    return stated and not staying and any(unit.concept in COMING for unit in after)

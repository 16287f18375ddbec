"""What of a line was not followed: too much of it, and a plain word beside it is no answer.

"Có mặt" in an advertisement, or "tôi đến mà cửa khóa", holds a word that would be recorded by itself. So an act of
coming counts only where the words around it are of kinds that do no harm. A reason for staying away may be anything,
hence acts of staying away are not measured by their length.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.acts import Act
from bot.matching.clauses import Clause
from bot.matching.deeds import Deed
from bot.matching.grammar import PERSONS, TROUBLES
from bot.matching.readings import ATTENDANCE, SOFT
from bot.matching.tokens import Unit

_FOREIGN = frozenset("unknown chatter advert event notice document whoever another quote not_that word".split())
_MANY_UNSIGNED = 2
"""Words not followed in a line without a writer ("nhận trông trẻ, có mặt cả thứ bảy") from which it is not recorded;
one more where it asks leave or is late. [ours]"""
_MANY = 5
"""The same within the clause of the act, when the writer is named in it. [ours]"""


def unfollowed(line: Sequence[Clause], sure: Sequence[Act]) -> bool:
    """Whether so much beside these sure acts of the writer was not understood that the writer must be asked."""
    if any(clause.has("advert") for clause in line) or any(_astray(line, act) for act in sure):
        return True
    coming = [act for act in sure if act.deed is not Deed.STAY_AWAY]
    if not coming:
        return False
    plain = all(act.deed is Deed.COME and not line[act.clause].has("ask") for act in coming)
    much = sum(map(_foreign, line)) >= (_MANY_UNSIGNED if plain else _MANY_UNSIGNED + 1)
    unsigned = not signed(line) and (much or _of_things(line, coming))
    # "Ai nhậu không tối nay em dự"
    called = any(unit.concept == "whoever" for unit in line[coming[0].clause].units[: coming[0].first])
    last = max(act.clause for act in coming)
    turned = any(_turns(clause) for clause in line[last + 1 :])
    return unsigned or called or turned or any(_crowded(line[act.clause], act) for act in coming)


def _astray(line: Sequence[Clause], act: Act) -> bool:
    """Whether the act belongs to a thing, to another event or to other times."""
    clause = line[act.clause]
    thing = not any(each.has("i") for each in line) and _of_a_thing(clause, act)
    return thing or any(unit.concept == "event" for unit in clause.units[act.last :]) or _counted(clause, act)


def signed(line: Sequence[Clause]) -> bool:
    """Whether the writer stands in the line, by a pronoun or by name."""
    return any(clause.has("i", "kin", "fullname") for clause in line)


def _of_a_thing(clause: Clause, act: Act) -> bool:
    """ "Đội tuyển vắng ba trụ cột", "bão số 5 đến muộn": a thing stands where the writer would."""
    said = clause.units[act.first : act.last + 1]
    before = clause.units[: act.first]
    if any(unit.concept in PERSONS | {"ask", "not", "affirm"} for unit in (*said, *before)):
        return False
    return any(unit.concept in {"unknown", "chatter", "event", "document"} for unit in before)


def _of_things(line: Sequence[Clause], coming: Sequence[Act]) -> bool:
    """ "Gà về chuồng, có mặt đủ": talk of other things, and nobody who comes."""
    if all(act.deed is not Deed.COME for act in coming):
        return False
    troubles = sum(unit.concept in TROUBLES for clause in line for unit in clause.units)
    overcome = any(clause.link == "but" or clause.has("though", "not", "done", "ask") for clause in line)
    return any(clause.has("chatter") for clause in line) or (troubles > 1 and not overcome)


def _counted(clause: Clause, act: Act) -> bool:
    """ "Tôi vắng ba lần rồi": about other times. "Tôi vắng trông cháu" says why."""
    asked = any(unit.concept == "ask" for unit in clause.units[: act.last])
    if clause.units[act.last].key != "vang" or asked or clause.has(*TROUBLES):
        return False
    return any(unit.concept in {"unknown", "number", "if_so"} for unit in clause.units[act.last + 1 :])


def _foreign(clause: Clause) -> int:
    return 0 if clause.question else sum(unit.concept in _FOREIGN for unit in clause.units)


def _crowded(clause: Clause, act: Act) -> bool:
    """ "Tôi đã đi họp suốt ba mươi năm chưa vắng buổi nào"."""
    return _foreign(clause) >= _MANY or any(unit.concept == "not_yet" for unit in clause.units[act.last + 1 :])


def _turns(clause: Clause) -> bool:
    """ "… mà cửa khóa", "… nhưng không thấy ai": what follows may take the coming back."""
    if clause.link != "but" or clause.has("document", *ATTENDANCE):
        return False
    return any(_weighs(unit) for unit in clause.units)


def _weighs(unit: Unit) -> bool:
    return unit.concept not in SOFT | {"adverb", "hour", "minutes", "ask", "want", "number"} or unit.concept in TROUBLES

"""Who does it: the writer, somebody else, or everybody."""

from __future__ import annotations

from enum import StrEnum

from bot.matching.clauses import Clause
from bot.matching.grammar import PERSONS, TROUBLES, owned, person_before, start_of
from bot.matching.tokens import Unit

_VERBAL = frozenset({"not", "not_yet", "off", "rest", "late", "join", "move", "ask", "says", "adverb", "read", "did"})
_YOUNG = frozenset({"em", "chau", "con"})
_ADDRESSING = frozenset({"particle", "ask", "greeting", "affirm"})


class Doer(StrEnum):
    """Who does it."""

    SELF = "self"
    OTHER = "other"
    PUBLIC = "public"


def doer_of(clause: Clause, at: int, carried: Doer | None) -> Doer:
    """Who does what the verb at `at` says. `carried` is whom the clauses before were about, None for the writer."""
    if clause.has("notice") or _of_a_crowd(clause):
        return Doer.PUBLIC
    if _for_another(clause, at):
        return Doer.OTHER
    if clause.units[at].key.startswith("nghe") and any(unit.key == "cho" for unit in clause.units[max(0, at - 2) : at]):
        return Doer.SELF  # "con gái đọc cho nghe": somebody else reads, the writer has heard
    where = person_before(clause, at)
    if where is None:
        return _unnamed(clause, at, carried)
    return Doer.OTHER if _reported(clause, where) or _spoken_about(clause, where) else _person(clause, where, at)


def _of_a_crowd(clause: Clause) -> bool:
    """ "Con cháu về dự đông đủ": one person alone cannot."""
    many = any(unit.key in {"dong du", "dong dao"} for unit in clause.units)
    return many and not clause.has("i", "kin") and clause.has("everyone", "whoever", "unknown", "chatter", "event")


def _unnamed(clause: Clause, at: int, carried: Doer | None) -> Doer:
    if carried is None:
        return Doer.OTHER if _of_something(clause, at) else Doer.SELF
    return Doer.SELF if carried is Doer.OTHER and clause.link == "then" else carried


def _person(clause: Clause, where: int, at: int) -> Doer:
    """Who is meant by the person at `where`, standing before the verb at `at`."""
    concept = clause.units[where].concept
    if concept in {"everyone", "whoever"}:
        return Doer.SELF if _greeted(clause, where) else Doer.PUBLIC
    himself = {
        "another": False,
        "family": clause.has("ask") and any(each.concept in TROUBLES for each in clause.units[where:at]),
        "kin": not _is_named(clause, where) or _modest(clause, where),
        "title": _addressed(clause, where),
    }
    return Doer.SELF if himself.get(concept, True) else Doer.OTHER


def named_other(clause: Clause) -> Doer | None:
    """A person other than the writer, if the clause is about one: the next clause may go on about them."""
    if clause.has("i"):
        return None
    for at, unit in enumerate(clause.units):
        if unit.concept == "kin" and _is_named(clause, at):
            return None if _introduced(clause, at) or _elder(clause) else Doer.OTHER
        ours = unit.key.startswith("nha ") and clause.has("reason", "circumstance")  # "nhà tôi có đám cưới"
        if unit.concept == "another" and not clause.has("illness") and not ours:
            return Doer.OTHER
        public = unit.concept in {"everyone", "whoever"} and not _greeted(clause, at)
        if public and not clause.has("illness"):
            return Doer.PUBLIC if unit.concept == "everyone" or at == 0 else None
    return None


def _greeted(clause: Clause, at: int) -> bool:
    """ "Thưa các đồng chí", "xin phép mọi người": addressed, not spoken about."""
    if clause.units[at].concept == "whoever":
        return False
    before = clause.units[at - 1] if at else None
    after = clause.units[at + 1] if at + 1 < len(clause.units) else None
    return (before is not None and before.concept in _ADDRESSING and before.key != "cho") or (
        after is not None and after.key == "oi"
    )


def _of_something(clause: Clause, at: int) -> bool:
    """ "Tổ 1 vắng": a noun that nobody knows stands where the writer would."""
    start = start_of(clause, at)
    before = clause.units[start - 1] if start else None
    led = any(unit.concept in {"ask", "not", "can"} for unit in clause.units[start : at + 1])
    if before is None or led:
        return False
    if start > 1 and before.concept in {"i", "kin"} and owned(clause.units[start - 2]):
        return True
    return before.concept in {"unknown", "name", "number"} or before.key in {"to", "nguoi", "doi", "ben"}


def _for_another(clause: Clause, at: int) -> bool:
    """ "Ông Năm nhờ tôi báo vắng", "báo vắng giúp ông Năm": passed on, not said for oneself."""
    for where, unit in enumerate(clause.units):
        following = clause.units[where + 1 : where + 3]
        if unit.key == "thay" and where < at and following and following[0].concept in PERSONS - {"i"}:
            return True
        if unit.key == "nho" and following and following[0].concept in {"i", "kin"}:
            persons = {each.concept for each in clause.units[:where]} & PERSONS
            return bool(persons) if following[0].concept == "i" else bool(persons & {"name", "another", "title"})
        named = len(following) > 1 and following[0].concept in {"kin", "title"} and following[1].concept == "name"
        other = bool(following) and following[0].concept in {"another", "family"}
        if where > at and unit.key in {"giup", "ho", "gium", "cho", "thay"} and (named or other):
            return True
    return False


def _reported(clause: Clause, where: int) -> bool:
    """ "Anh Bình nhắn là tối nay anh không đi": the words of another person, not of the writer."""
    if clause.units[where].concept == "i":
        return False
    said = next((at for at, unit in enumerate(clause.units[: where + 1]) if unit.concept == "says"), None)
    return said is not None and any(unit.concept in {"kin", "another", "title"} for unit in clause.units[:said])


def _spoken_about(clause: Clause, where: int) -> bool:
    """ "Bác Hai nhà cháu vắng": the clause opens with a named person whom nobody addresses."""
    if clause.units[where].concept == "i" or len(clause.units) < 3 or _elder(clause):
        return False
    named = clause.units[0].concept in {"kin", "title"} and clause.units[1].concept in {"name", "fullname"}
    return named and where > 0 and clause.units[2].concept not in {"particle", "greeting"}


def _is_named(clause: Clause, at: int) -> bool:
    after = clause.units[at + 1] if at + 1 < len(clause.units) else None
    if after is None:
        return False
    if after.concept != "unknown":
        return after.concept in {"name", "fullname"}
    # "bác hùng không đi": in small letters, a name shows only by the verb after it.
    verb = clause.units[at + 2] if at + 2 < len(clause.units) else None
    return verb is not None and verb.concept in _VERBAL


def _modest(clause: Clause, at: int) -> bool:
    """ "Em Lan xin vắng ạ": the young call themselves by name; others are not reported so."""
    if _elder(clause):
        return True
    polite = any(unit.key in {"a", "da"} for unit in clause.units)
    return clause.units[at].key in _YOUNG and ((polite and clause.has("ask")) or _introduced(clause, at))


def _elder(clause: Clause) -> bool:
    """ "Bác Thành xin vắng nhé các cháu": the old name themselves to the young."""
    last, before = clause.units[-1], clause.units[-2] if len(clause.units) > 1 else None
    young = last.key in {"cac chau", "cac em", "cac con", "may dua"}
    return young and before is not None and _closing(before) and clause.units[0].concept == "kin"


def _closing(unit: Unit) -> bool:
    return unit.concept == "particle" or unit.key.endswith((" nhe", " nha"))


def _introduced(clause: Clause, at: int) -> bool:
    """ "Dạ em Trang": who begins so speaks of themselves."""
    return at == 1 and clause.units[0].key == "da" and clause.units[at].key in _YOUNG


def _addressed(clause: Clause, at: int) -> bool:
    before = clause.units[at - 1] if at else None
    after = clause.units[at + 1] if at + 1 < len(clause.units) else None
    if after is not None and after.concept in {"name", "fullname"}:
        return False
    return before is not None or (after is not None and after.key == "oi")

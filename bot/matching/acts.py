"""Acts: what somebody says that they do, clause by clause. Coming, staying away, being late, having read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.matching.clauses import COMING, Clause
from bot.matching.tokens import Unit


class Deed(StrEnum):
    """What is done."""

    COME = "come"
    STAY_AWAY = "stay away"
    LATE = "late"
    READ = "read"
    UNREAD = "unread"


class Doer(StrEnum):
    """Who does it."""

    SELF = "self"
    OTHER = "other"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Act:
    """One deed in one clause. `sure` is false for doubts, conditions, questions and the past."""

    deed: Deed
    doer: Doer
    clause: int
    first: int
    last: int
    sure: bool = True
    asked: bool = False
    past: bool = False
    wished: bool = False


_PASSED = frozenset(
    "adverb ask can now particle only_then want did done move join off rest late number hour minutes date meeting".split()
)
_PREDICATES = frozenset({"join", "move", "off", "rest", "late", "read", "clear"})
_TAIL = frozenset(
    "can meeting join adverb hour minutes date affirm greeting late done sign emoji only_then neutral not ending "
    "permission ask want did word if_so".split()
)
_TROUBLES = frozenset({"reason", "illness", "circumstance"})
_VERBAL = frozenset({"not", "not_yet", "off", "rest", "late", "join", "move", "ask", "says", "adverb", "read", "did"})
_ADDRESSING = frozenset({"particle", "ask", "greeting", "affirm"})
_SKIPPED = frozenset("particle now kin title i fullname".split())
_PERSONS = frozenset("i kin title fullname name another family everyone whoever".split())


def acts(line: Sequence[Clause]) -> list[Act]:
    """Every act of a line, in order."""
    found: list[Act] = []
    carried: Doer | None = None
    ended = past = False
    for index, clause in enumerate(line):
        reader = _Reader(clause, index, carried, ended)
        reader.still_past = past and not clause.has("i", "kin", "now", "fullname")
        past = reader.still_past or clause.has("past")
        found += reader.acts()
        carried = reader.named_other() or (carried if not clause.has("i", "kin", "fullname") else None)
        ended = reader.ends_work()
    return found


class _Reader:
    """Reads one clause."""

    def __init__(self, clause: Clause, index: int, carried: Doer | None, after_work: bool) -> None:
        self.clause, self.units, self.index, self.carried = clause, clause.units, index, carried
        self.after_work = after_work
        self.still_past = False
        self.doubtful = clause.has("hedge", "if", "thought") or self._conditional()

    def acts(self) -> Iterator[Act]:
        at = 0
        while at < len(self.units):
            unit = self.units[at]
            if unit.concept in _PREDICATES:
                deed = self._deed(at)
                if deed is not None:
                    yield self._act(deed, at)
            at += 1

    def named_other(self) -> Doer | None:
        """A person other than the writer, if the clause is about one: the next clause may go on about them."""
        if self.clause.has("i"):
            return None
        for at, unit in enumerate(self.units):
            if unit.concept == "kin" and self._is_named(at):
                return Doer.OTHER
            if unit.concept == "another" and not self.clause.has("illness"):
                return Doer.OTHER
            public = unit.concept in {"everyone", "whoever"} and not self._greeted(at)
            if public and not self.clause.has("illness"):
                return Doer.PUBLIC
        return None

    def ends_work(self) -> bool:
        """ "9 giờ em mới tan ca": what follows comes after it, so it is late. "Xong việc rồi" is over already."""
        over = any({"roi", "da"} & set(unit.key.split()) for unit in self.units)
        return self.clause.has("done") and not self.clause.has("read") and not over

    def _greeted(self, at: int) -> bool:
        """ "Thưa các đồng chí", "xin phép mọi người": addressed, not spoken about."""
        if self.units[at].concept == "whoever":
            return False
        before = self.units[at - 1] if at else None
        after = self.units[at + 1] if at + 1 < len(self.units) else None
        return (before is not None and before.concept in _ADDRESSING and before.key != "cho") or (
            after is not None and after.key == "oi"
        )

    def _act(self, deed: Deed, at: int) -> Act:
        doubtful = self.doubtful and deed not in {Deed.READ, Deed.UNREAD}
        wished = deed is Deed.COME and self._before(at, {"want"})
        past = self._past(at)
        asked = self.clause.question
        return Act(
            deed,
            self._doer(at),
            self.index,
            self._start(at),
            at,
            sure=not (doubtful or wished) and not asked and not (past and deed is not Deed.READ),
            asked=asked,
            past=past,
            wished=self.clause.has("thought") or wished,
        )

    def _deed(self, at: int) -> Deed | None:
        unit = self.units[at]
        if unit.concept in {"read", "clear"}:
            return self._reading(at)
        negations, unclear = self._negations(at)
        if unclear:
            return None
        if unit.concept in COMING:
            return self._coming(at, negations)
        if unit.concept == "late":
            return self._late(at, negations)
        if unit.concept == "rest" and (negations or not self._is_leave(at)):
            return None
        return Deed.COME if negations % 2 else Deed.STAY_AWAY

    def _late(self, at: int, negations: int) -> Deed | None:
        if negations:
            return Deed.COME if self._before(at, COMING) or "den" in self.units[at].key else None
        return Deed.LATE

    def _coming(self, at: int, negations: int) -> Deed | None:
        following = self._after(at)
        if following is not None and following.concept in COMING:
            return Deed.LATE if self._leaves_early(at) and not negations else None
        if any(self._leaves_early(earlier) for earlier in range(max(0, at - 3), at)):
            return None
        if following is not None and following.concept == "late" and not negations:
            return None
        if negations % 2:
            return Deed.STAY_AWAY if self._able(at) or self._tail(at) else None
        if not self._tail(at) or self._until(at) or self._moved(at):
            return None
        if self.units[at].key == "ve" and not (self._able(at) or self.clause.has("meeting")):
            return None
        if self._is_late(at):
            return Deed.LATE
        returning = self.units[at].key in {"ve", "di"} and self._before(at, {"only_then"})
        return Deed.COME if self._supported(at) and not returning else None

    def _leaves_early(self, at: int) -> bool:
        """ "Dự được đến 8 giờ"."""
        rest = [unit for unit in self.units[at + 1 :] if unit.concept not in {"can", "particle"}][:2]
        timed = len(rest) == 2 and rest[1].concept in {"hour", "number", "minutes"}
        return self.units[at].concept == "join" and timed and rest[0].key in {"den", "toi"}

    def _moved(self, at: int) -> bool:
        """ "Có khách từ quê lên", "đón cháu về": somebody else moves."""
        before = self.units[at - 1] if at else None
        noun = before is not None and before.concept in _TROUBLES | {"unknown", "neutral", "family", "name"}
        return noun and self.units[at].concept == "move" and self.units[at].key not in {"di", "den"}

    def _until(self, at: int) -> bool:
        """ "Đi công tác đến thứ 6": a span of time, nobody arrives."""
        after = self.units[at + 1] if at + 1 < len(self.units) else None
        away = any(unit.concept in _TROUBLES for unit in self.units[:at])
        return away and self.units[at].key in {"den", "toi"} and after is not None and after.concept in {"now", "date"}

    def _supported(self, at: int) -> bool:
        """A bare verb of motion says little: it wants a person, "được", "sẽ", a place."""
        unit = self.units[at]
        if unit.concept == "join":
            return True
        if unit.key in {"di", "den"} and all(each.concept == "particle" for each in self.units if each is not unit):
            return len(self.units) > 1
        near = {each.concept for each in self.units if each is not unit}
        return bool(near & {"i", "kin", "can", "adverb", "meeting", "fullname", "want", "did"})

    def _is_late(self, at: int) -> bool:
        before, after = self.units[:at], self.units[at + 1 :]
        if self.after_work or (before and before[-1].key == "chi" and before[-1].concept == "neutral"):
            return True
        over = any({"roi", "da"} & set(unit.key.split()) or unit.concept == "read" for unit in before)
        if any(unit.concept == "done" for unit in before) and not over:
            return True
        if self._after_that(at) or self._only_from(at):
            return True
        if any(unit.concept == "only_then" and unit.key == "moi" for unit in before):
            timed = any(unit.concept in {"hour", "number", "minutes"} for unit in self.units)
            able = any(unit.concept == "can" for unit in self.units[at:])
            return able or (timed and self.units[at].key not in {"ve", "di"})
        return bool(after) and after[0].key == "sau"

    def _after_that(self, at: int) -> bool:
        """ "Đón cháu về rồi tôi sang", "họp xong rồi qua": first the one, then the other."""
        start = at
        while start and self.units[start - 1].concept in {"i", "kin", "adverb"} and self.units[start - 1].key != "roi":
            start -= 1
        then = self.units[start - 1] if start else None
        busy = any(unit.concept in {"reason", "done"} for unit in self.units[:start])
        able = any(unit.concept == "can" for unit in self.units[at:])
        return then is not None and then.key in {"roi", "xong roi"} and busy and not able

    def _only_from(self, at: int) -> bool:
        """ "Dự từ 20h"."""
        after = self.units[at + 1 : at + 3]
        return len(after) == 2 and after[0].key == "tu" and after[1].concept in {"hour", "number"}

    def _tail(self, at: int) -> bool:
        following = self._after(at)
        if following is None or following.concept in _TAIL:
            return True
        unit = self.units[at]
        return unit.concept == "join" and following.concept in {"unknown", "document"} and "hop" in unit.key

    def _able(self, at: int) -> bool:
        after = [unit for unit in self.units[at + 1 :]][:3]
        before = self.units[max(0, at - 2) : at]
        return any(unit.concept == "can" for unit in (*after, *before)) or any("the" in u.key.split() for u in before)

    def _is_leave(self, at: int) -> bool:
        unit = self.units[at]
        if " " in unit.key or any(each.concept == "ask" for each in self.units[:at]):
            return True
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        said = self._person(at) is not None or self.clause.link == "then"
        return said and (following is None or following.concept in {"particle", "now", "meeting", "kin", "title"})

    def _reading(self, at: int) -> Deed | None:
        unit = self.units[at]
        negations, unclear = self._negations(at)
        later = [each.concept for each in self.units[at + 1 :]]
        if negations or unclear or "not_finished" in later:
            return Deed.UNREAD
        if self._after(at) is not None and self._after(at).concept in {"chatter"}:  # type: ignore[union-attr]
            return None
        if unit.concept == "clear":
            return Deed.READ
        finished = any(word in unit.key.split() for word in ("da", "xong", "het", "du", "ki"))
        marked = (
            finished or self._before(at, {"did"} if "duoc" in unit.key else {"did", "only_then"}) or self._finished(at)
        )
        if self.clause.has("future", "hedge"):
            return Deed.UNREAD if unit.key != "biet" else None
        return Deed.READ if marked else None

    def _finished(self, at: int) -> bool:
        """ "Đọc rồi", "đọc xong"; but "xem lịch rồi báo" is "and then"."""
        for where, unit in enumerate(self.units[at + 1 :], start=at + 1):
            if unit.key in {"xong", "het", "xong roi", "du", "day du"}:
                return True
            if unit.key == "roi":
                following = self.units[where + 1] if where + 1 < len(self.units) else None
                return following is None or following.concept not in {"ask", "says", "hedge", "join", "move"}
        return False

    def _negations(self, at: int) -> tuple[int, bool]:
        """How many times the deed is denied, and whether the denial is unclear ("chưa", "không phải")."""
        count, unclear = 0, self._disputed(at)
        closed = {"off", "rest", "late"} | (COMING if self.units[at].concept in {"off", "rest"} else set())
        for where in range(at - 1, -1, -1):
            unit = self.units[where]
            if unit.concept == "not":
                count += 1
            elif unit.concept in closed:
                break
            elif unit.concept == "not_yet":
                unclear = True
            elif unit.concept in _PERSONS or unit.concept not in _PASSED:
                unclear = unclear or self._blocked(at, where)
                break
        for unit, following in zip(self.units[at + 1 :], self.units[at + 2 :], strict=False):
            if unit.concept == "not" and following.concept == "can":
                count += 1
                break
            if unit.concept not in {"particle", "meeting", "adverb"}:
                break
        late_denial = any(unit.concept == "not" and unit.key == "dau" for unit in self.units[at + 1 :])
        return count + late_denial, unclear

    def _disputed(self, at: int) -> bool:
        """ "Đừng ghi tôi vắng", "ai bảo tôi vắng", "tôi có nói vắng đâu": about what was said, not about coming."""
        if any(unit.concept == "not_that" for unit in self.units[:at]):
            return True
        said = next((where for where, unit in enumerate(self.units[:at]) if unit.concept == "says"), None)
        if said is None:
            return False
        denied = any(unit.concept in {"not", "not_yet", "whoever"} for unit in self.units[:said])
        return denied or any(unit.concept == "not" for unit in self.units[at:])

    def _blocked(self, at: int, by: int) -> bool:
        """ "Không bỏ đi được": a denial, and a word that nobody knows between it and the verb."""
        if self.units[at].concept not in COMING or self.units[by].concept in _PERSONS:
            return False
        for unit in reversed(self.units[:by]):
            if unit.concept in {"not", "not_yet", "not_that"}:
                return True
            if unit.concept in _PERSONS or unit.concept in COMING:
                return False
        return False

    def _doer(self, at: int) -> Doer:
        if self.clause.has("notice"):
            return Doer.PUBLIC
        if self._for_another(at):
            return Doer.OTHER
        where = self._person(at)
        if where is None:
            excused = self.carried is Doer.OTHER and self.clause.link == "then"
            if self.carried is None and self._of_something(at):
                return Doer.OTHER
            return Doer.SELF if excused else self.carried or Doer.SELF
        unit = self.units[where]
        if self._reported(where):
            return Doer.OTHER
        if unit.concept in {"everyone", "whoever"}:
            return Doer.SELF if self._greeted(where) else Doer.PUBLIC
        if unit.concept == "another":
            return Doer.OTHER
        if unit.concept == "family":
            troubled = any(each.concept in _TROUBLES for each in self.units[where:at])
            return Doer.SELF if troubled and self.clause.has("ask") else Doer.OTHER
        if unit.concept == "kin" and self._is_named(where):
            return Doer.SELF if self._modest(where) else Doer.OTHER
        if unit.concept == "title":
            return Doer.SELF if self._addressed(where) else Doer.OTHER
        return Doer.SELF

    def _of_something(self, at: int) -> bool:
        """ "Tổ 1 vắng": a noun that nobody knows stands where the writer would."""
        start = self._start(at)
        before = self.units[start - 1] if start else None
        led = any(unit.concept in {"ask", "not", "can"} for unit in self.units[start : at + 1])
        if before is None or led:
            return False
        return before.concept in {"unknown", "name", "number"} or before.key in {"to", "nguoi", "doi", "ben"}

    def _for_another(self, at: int) -> bool:
        """ "Ông Năm nhờ tôi báo vắng", "báo vắng giúp ông Năm": passed on, not said for oneself."""
        for where, unit in enumerate(self.units):
            following = self.units[where + 1 : where + 3]
            if unit.key == "thay" and where < at and following and following[0].concept in _PERSONS - {"i"}:
                return True
            if unit.key == "nho" and following and following[0].concept in {"i", "kin"}:
                persons = {each.concept for each in self.units[:where]} & _PERSONS
                return bool(persons) if following[0].concept == "i" else bool(persons & {"name", "another", "title"})
            named = len(following) > 1 and following[0].concept in {"kin", "title"} and following[1].concept == "name"
            other = bool(following) and following[0].concept in {"another", "family"}
            if where > at and unit.key in {"giup", "ho", "gium", "cho", "thay"} and (named or other):
                return True
        return False

    def _reported(self, where: int) -> bool:
        """ "Anh Bình nhắn là tối nay anh không đi": the words of another person, not of the writer."""
        if self.units[where].concept == "i":
            return False
        said = next((at for at, unit in enumerate(self.units[: where + 1]) if unit.concept == "says"), None)
        return said is not None and any(unit.concept in {"kin", "another", "title"} for unit in self.units[:said])

    def _person(self, at: int) -> int | None:
        for where in range(at - 1, -1, -1):
            together = where > 0 and self.units[where - 1].key.split()[-1] in {"cung", "voi"}
            if self.units[where].concept in _PERSONS - {"name"} and not together:
                return where
        return None

    def _is_named(self, at: int) -> bool:
        after = self.units[at + 1] if at + 1 < len(self.units) else None
        if after is None:
            return False
        if after.concept != "unknown":
            return after.concept in {"name", "fullname"}
        # "bác hùng không đi": in small letters, a name shows only by the verb after it.
        verb = self.units[at + 2] if at + 2 < len(self.units) else None
        return verb is not None and verb.concept in _VERBAL

    def _modest(self, at: int) -> bool:
        """ "Em Lan xin vắng ạ": the young call themselves by name; others are not reported so."""
        polite = any(unit.key in {"a", "da"} for unit in self.units)
        return self.units[at].key in {"em", "chau", "con"} and polite and self.clause.has("ask")

    def _addressed(self, at: int) -> bool:
        before = self.units[at - 1] if at else None
        after = self.units[at + 1] if at + 1 < len(self.units) else None
        if after is not None and after.concept in {"name", "fullname"}:
            return False
        return before is not None or (after is not None and after.key == "oi")

    def _past(self, at: int) -> bool:
        for unit in reversed(self.units[:at]):
            if unit.concept in {"past", "now"}:
                return unit.concept == "past"
        return (self.clause.has("past") or self.still_past) and not self.clause.has("now")

    def _conditional(self) -> bool:
        """ "mưa thì tôi vắng" is a condition, "tôi thì dự được" is not."""
        for before, unit in zip(self.units, self.units[1:], strict=False):
            if unit.concept == "if_so":
                return before.concept not in {"i", "kin", "now", "particle", "meeting"}
        return self._half_said()

    def _half_said(self) -> bool:
        """ "Sắp xếp được tôi sẽ đi", "hết mưa tôi đi": a condition without its "nếu"."""
        subject = next((at for at, unit in enumerate(self.units) if unit.concept in {"i", "kin"}), 0)
        before, after = self.units[:subject], self.units[subject:]
        if any(unit.key in {"roi", "van", "cung", "hom nay"} for unit in self.units):
            return False
        staying = any(
            unit.concept in {"not", "off", "rest", "then", "late", "done", "only_then", "ask"} for unit in self.units
        )
        stated = any(unit.concept in {"join", "can", "neutral", "circumstance", "future"} for unit in before)
        return stated and not staying and any(unit.concept in COMING for unit in after)

    def _start(self, at: int) -> int:
        start = at
        while start and self.units[start - 1].concept in _PASSED | {"not", "not_yet", "not_that"}:
            start -= 1
        return start

    def _before(self, at: int, concepts: Iterable[str]) -> bool:
        wanted = set(concepts)
        for unit in reversed(self.units[:at]):
            if unit.concept in wanted:
                return True
            if unit.concept not in _PASSED:
                return False
        return False

    def _after(self, at: int) -> Unit | None:
        for unit in self.units[at + 1 :]:
            if unit.concept not in _SKIPPED:
                return unit
        return None

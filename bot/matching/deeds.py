"""What is done in a clause: coming, staying away, being late, reading. Denials are counted here."""

from __future__ import annotations

from enum import StrEnum

from bot.matching.clauses import Clause
from bot.matching.grammar import PASSED, PERSONS, TROUBLES, content_after, led_by, person_before
from bot.matching.readings import COMING
from bot.matching.tokens import Unit

PREDICATES = frozenset({"join", "move", "off", "rest", "late", "read", "clear"})
_TAIL = frozenset(
    "can meeting join adverb hour minutes date affirm greeting late done sign neutral not ending "
    "permission ask want did word if_so".split()
)


_MEETING_PLACE = frozenset("meeting neutral now title join adverb particle everyone".split())
_LATER = frozenset({"toi", "toi nay", "mai", "ngay mai", "toi mai", "chieu", "chieu mai", "sang mai"})


class Deed(StrEnum):
    """What is done."""

    COME = "come"
    STAY_AWAY = "stay away"
    LATE = "late"
    READ = "read"
    UNREAD = "unread"


def deed_at(clause: Clause, at: int) -> Deed | None:
    """What the verb at `at` says is done; None when it says nothing clear."""
    unit = clause.units[at]
    if unit.concept in {"read", "clear"}:
        return _reading(clause, at)
    negations, unclear = _negations(clause, at)
    if unclear:
        return None
    if unit.concept in COMING:
        return None if _elsewhere(clause, at) else _coming(clause, at, negations)
    if unit.concept == "late":
        return _late(clause, at, negations)
    return _staying_away(clause, at, negations)


def _staying_away(clause: Clause, at: int, negations: int) -> Deed | None:
    unit = clause.units[at]
    if negations % 2:
        # "Không nghỉ được" may be about work, "không được vắng" is an order.
        about_work = unit.concept == "rest" and not {"hop", "buoi", "hoat"} & set(unit.key.split())
        ordered = at > 1 and [each.concept for each in clause.units[at - 2 : at]] == ["not", "can"]
        return None if about_work or ordered else Deed.COME
    return Deed.STAY_AWAY if unit.concept == "off" or _is_leave(clause, at) else None


def _late(clause: Clause, at: int, negations: int) -> Deed | None:
    noun = clause.units[at - 1].concept if at else ""
    mine = clause.has("i", "kin", "join", "move", "fullname")
    if noun in {"circumstance", "unknown", "document"} or (noun == "meeting" and not mine):
        return None  # "máy bay trễ", "họp muộn quá": something else is late
    if negations:
        return Deed.COME if led_by(clause, at, COMING) or "den" in clause.units[at].key else None
    return Deed.LATE


def _coming(clause: Clause, at: int, negations: int) -> Deed | None:
    following = content_after(clause, at)
    if following is not None and following.concept in COMING:
        # "đi họp", "về dự": the last verb counts, except where it only says until when.
        return Deed.LATE if _leaves_early(clause, at) and not negations else None
    if any(_leaves_early(clause, earlier) for earlier in range(max(0, at - 3), at)):
        return None
    if negations % 2:
        return Deed.STAY_AWAY if _able(clause, at) or _tail(clause, at) else None
    if (following is not None and following.concept == "late") or not _is_arrival(clause, at):
        return None
    if _is_late(clause, at):
        return Deed.LATE
    return Deed.COME if _supported(clause, at) else None


def _elsewhere(clause: Clause, at: int) -> bool:
    """ "Link này vào không được" is about a thing, "bận dự họp hội đồng" and "có mặt ở quán" about another place."""
    before = clause.units[:at]
    opened = clause.units[at].key == "vao" and any(unit.concept == "document" for unit in before)
    busy = bool(before) and before[-1].key in {"ban", "mac", "ket", "vuong", "trung"}
    place = clause.units[at + 1 : at + 3]
    apart = len(place) == 2 and place[0].key in {"o", "tai"} and place[1].concept not in _MEETING_PLACE
    return opened or busy or apart


def _is_arrival(clause: Clause, at: int) -> bool:
    """Whether the verb brings the writer to the meeting, and not somebody somewhere."""
    if not _tail(clause, at) or _until(clause, at) or _moved(clause, at):
        return False
    if clause.units[at].key != "ve":
        return True
    of_paper = any(unit.concept == "document" for unit in clause.units[:at])  # "văn bản về chuyên đề": on it
    return not of_paper and (_able(clause, at) or clause.has("meeting"))


def _leaves_early(clause: Clause, at: int) -> bool:
    """ "Dự được đến 8 giờ"."""
    rest = [unit for unit in clause.units[at + 1 :] if unit.concept not in {"can", "particle"}][:2]
    timed = len(rest) == 2 and rest[1].concept in {"hour", "number", "minutes"}
    return clause.units[at].concept == "join" and timed and rest[0].key in {"den", "toi"}


def _moved(clause: Clause, at: int) -> bool:
    """ "Có khách từ quê lên", "đón cháu về": somebody else moves."""
    before = clause.units[at - 1] if at else None
    noun = before is not None and before.concept in TROUBLES | {"unknown", "neutral", "family", "name"}
    return noun and clause.units[at].concept == "move" and clause.units[at].key not in {"di", "den"}


def _until(clause: Clause, at: int) -> bool:
    """ "Đi công tác đến thứ 6": a span of time, nobody arrives."""
    after = clause.units[at + 1] if at + 1 < len(clause.units) else None
    away = any(unit.concept in TROUBLES for unit in clause.units[:at])
    return away and clause.units[at].key in {"den", "toi"} and after is not None and after.concept in {"now", "date"}


def _supported(clause: Clause, at: int) -> bool:
    """A bare verb of motion says little: it wants a person, "được", "sẽ", a place."""
    unit = clause.units[at]
    if unit.concept == "join":
        return True
    if led_by(clause, at, {"only_then"}):
        return False
    others = [each.concept for each in clause.units if each is not unit]
    if unit.key in {"di", "den"} and set(others) == {"particle"}:
        return True
    return not {"i", "kin", "can", "adverb", "meeting", "fullname", "want", "did"}.isdisjoint(others)


def _is_late(clause: Clause, at: int) -> bool:
    before, after = clause.units[:at], clause.units[at + 1 :]
    if clause.after_work or (before and before[-1].key == "chi" and before[-1].concept == "neutral"):
        return True
    over = any({"roi", "da"} & set(unit.key.split()) or unit.concept == "read" for unit in before)
    if any(unit.concept == "done" for unit in before) and not over:
        return True
    if _after_that(clause, at) or _only_from(clause, at):
        return True
    if any(unit.concept == "only_then" and unit.key == "moi" for unit in before):
        timed = any(unit.concept in {"hour", "number", "minutes"} for unit in clause.units)
        able = any(unit.concept == "can" for unit in clause.units[at:])
        return able or (timed and clause.units[at].key not in {"ve", "di"})
    return bool(after) and after[0].key == "sau"


def _after_that(clause: Clause, at: int) -> bool:
    """ "Đón cháu về rồi tôi sang", "họp xong rồi qua": first the one, then the other."""
    start = at
    while start and clause.units[start - 1].concept in {"i", "kin", "adverb"} and clause.units[start - 1].key != "roi":
        start -= 1
    then = clause.units[start - 1] if start else None
    busy = any(unit.concept in {"reason", "done"} for unit in clause.units[:start])
    able = any(unit.concept == "can" for unit in clause.units[at:])
    return then is not None and then.key in {"roi", "xong roi"} and busy and not able


def _only_from(clause: Clause, at: int) -> bool:
    """ "Dự từ 20h"."""
    after = clause.units[at + 1 : at + 3]
    return len(after) == 2 and after[0].key == "tu" and after[1].concept in {"hour", "number"}


def _tail(clause: Clause, at: int) -> bool:
    unit = clause.units[at]
    next_to = clause.units[at + 1 : at + 2]
    if unit.concept == "move" and next_to and next_to[0].concept in {"name", "fullname"}:
        return False
    following = content_after(clause, at)
    accompanied = bool(next_to) and next_to[0].key in {"voi", "cung", "cung voi"}
    everyone = following is not None and following.concept == "everyone"
    told = everyone and clause.has("i", "kin")  # "em tới nha mọi người"
    if accompanied or told or following is None or following.concept in _TAIL:
        return True
    return unit.concept == "join" and following.concept in {"unknown", "document"} and "hop" in unit.key


def _able(clause: Clause, at: int) -> bool:
    after = clause.units[at + 1 : at + 4]
    before = clause.units[max(0, at - 2) : at]
    return any(unit.concept == "can" for unit in (*after, *before)) or any("the" in u.key.split() for u in before)


def _is_leave(clause: Clause, at: int) -> bool:
    unit = clause.units[at]
    if " " in unit.key or any(each.concept == "ask" for each in clause.units[:at]):
        return True
    following = clause.units[at + 1] if at + 1 < len(clause.units) else None
    said = person_before(clause, at) is not None or clause.link == "then"
    return said and (following is None or following.concept in {"particle", "now", "meeting", "kin", "title"})


def _reading(clause: Clause, at: int) -> Deed | None:
    unit = clause.units[at]
    negations, unclear = _negations(clause, at)
    following_concepts = [each.concept for each in clause.units[at + 1 :]]
    if clause.has("not_yet") and (clause.has("not_that") or clause.has("whoever")):
        return None  # "không phải chưa đọc", "ai bảo tôi chưa đọc"
    if negations or unclear or "not_finished" in following_concepts:
        return Deed.UNREAD
    following = content_after(clause, at)
    if following is not None and following.concept == "chatter":
        return None
    if unit.concept == "clear":
        return Deed.READ
    finished = any(word in unit.key.split() for word in ("da", "xong", "het", "du", "ki"))
    marked = (
        finished
        or led_by(clause, at, {"did"} if "duoc" in unit.key or unit.key == "biet" else {"did", "only_then"})
        or _finished(clause, at)
    )
    later = not marked and clause.has("i", "kin") and any(_is_later(each) for each in clause.units)
    if later or clause.has("future", "hedge") or any(each.key == "se" for each in clause.units[max(0, at - 2) : at]):
        return Deed.UNREAD if unit.key != "biet" else None
    return Deed.READ if marked else None


def _is_later(unit: Unit) -> bool:
    return unit.concept == "now" and unit.key in _LATER


def _finished(clause: Clause, at: int) -> bool:
    """ "Đọc rồi", "đọc xong"; but "xem lịch rồi báo" is "and then"."""
    for where, unit in enumerate(clause.units[at + 1 :], start=at + 1):
        if unit.key in {"xong", "het", "xong roi", "du", "day du"}:
            return True
        if unit.key == "roi":
            following = clause.units[where + 1] if where + 1 < len(clause.units) else None
            return following is None or following.concept not in {"ask", "says", "hedge", "join", "move"}
    return False


def _negations(clause: Clause, at: int) -> tuple[int, bool]:
    """How many times the deed is denied, and whether the denial is unclear ("chưa", "không phải")."""
    count, unclear = 0, _disputed(clause, at)
    closed = {"off", "rest", "late"} | (COMING if clause.units[at].concept in {"off", "rest"} else set())
    for where in range(at - 1, -1, -1):
        unit = clause.units[where]
        if unit.concept == "not":
            count += 1
        elif unit.concept in closed:
            break
        elif unit.concept == "not_yet":
            unclear = True
        elif unit.concept in PERSONS or unit.concept not in PASSED:
            unclear = unclear or _blocked(clause, at, where)
            break
    for unit, following in zip(clause.units[at + 1 :], clause.units[at + 2 :], strict=False):
        if unit.concept == "not" and following.concept == "can":
            unclear = unclear or bool(count)  # "không đi không được"
            count += 1
            break
        if unit.concept not in {"particle", "meeting", "adverb"}:
            break
    late_denial = not count and any(unit.concept == "not" and unit.key == "dau" for unit in clause.units[at + 1 :])
    # "Tôi có vắng đâu" is plain, "tôi có đi đâu" may be about any day.
    unclear = unclear or (late_denial and clause.units[at].concept in COMING)
    return count + late_denial, unclear


def _disputed(clause: Clause, at: int) -> bool:
    """ "Đừng ghi tôi vắng", "ai bảo tôi vắng", "tôi có nói vắng đâu": about what was said, not about coming."""
    if any(unit.concept == "not_that" for unit in clause.units[:at]):
        return True
    said = next((where for where, unit in enumerate(clause.units[:at]) if unit.concept == "says"), None)
    if said is None:
        return False
    denied = any(unit.concept in {"not", "not_yet", "whoever"} for unit in clause.units[:said])
    return denied or any(unit.concept == "not" for unit in clause.units[at:])


def _blocked(clause: Clause, at: int, by: int) -> bool:
    """ "Không bỏ đi được": a denial, and a word that nobody knows between it and the verb."""
    if clause.units[at].concept not in COMING or clause.units[by].concept in PERSONS:
        return False
    for unit in reversed(clause.units[:by]):
        if unit.concept in {"not", "not_yet", "not_that"}:
            return True
        if unit.concept in PERSONS or unit.concept in COMING:
            return False
    return False

"""Words that mean one thing or another: what stands beside them tells which.

"vang" is "vâng" or "vắng", "qua" is "qua" or "quá", a last "đâu" denies or asks. Each function answers with the
concept that the unit at `at` has among its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.matching.tokens import Unit

COMING = frozenset({"join", "move"})
ATTENDANCE = COMING | {"off", "rest", "late"}
SOFT = frozenset({"particle", "now", "kin", "title", "i", "affirm", "sign", "fullname", "name"})
"""Concepts that say nothing by themselves: particles, times, persons, a bare yes."""
_ROOMS = frozenset(
    {"hoi truong", "hoi truong thon", "nha van hoa", "nha van hoa thon", "phong hop", "nha hop", "tru so"}
)
_LEADS_AWAY = frozenset({"ask", "not", "not_that", "hedge"})
_THIS_TIME = frozenset({"hom nay", "toi nay", "buoi nay", "ki nay"})
_NOWHERE = Unit("", "", 0, 0)


def in_context(units: Sequence[Unit], at: int) -> Unit:
    """The unit at `at`, with the concept that its neighbours give it."""
    unit = units[at]
    reading = _BY_CONCEPT.get(unit.concept) or _BY_KEY.get(unit.key)
    return unit._replace(concept=reading(units, at)) if reading is not None else unit


def _before(units: Sequence[Unit], at: int) -> Unit:
    return units[at - 1] if at else _NOWHERE


def _after(units: Sequence[Unit], at: int) -> Unit:
    return units[at + 1] if at + 1 < len(units) else _NOWHERE


def _is_last(units: Sequence[Unit], at: int) -> bool:
    return all(unit.concept in SOFT or unit.concept == "everyone" for unit in units[at + 1 :])


def _vang(units: Sequence[Unit], at: int) -> str:
    """Without marks: "vắng" beside words of asking leave, of denial or of a reason; if nothing tells, "vâng"."""
    before, after = _before(units, at), _after(units, at)
    asked = before.concept in {"i", "kin"} and any(unit.concept == "ask" for unit in units[:at])
    led = before.concept in _LEADS_AWAY or before.key in {"toi", "se", "danh", "phai", "sang", "thanh"}
    followed = after.concept in {"because", "reason", "illness"} or after.key in {"mat", "hop", "hay", "hay khong"}
    timed = after.concept == "now" and after.key in _THIS_TIME and _is_last(units, at)
    return "off" if asked or led or followed or timed else "affirm"


def _du(units: Sequence[Unit], at: int) -> str:
    """Without marks: "dự", "dù" or "đủ"."""
    before, after = _before(units, at), _after(units, at)
    led = before.concept in {"i", "kin", "ask", "not"} or before.key in {"se", "van", "cung"}
    return "join" if led or after.concept in {"can", "gather", "meeting"} else "unknown"


def _gather(units: Sequence[Unit], at: int) -> str:
    """ "Không họp được" is about the writer, "tối nay họp" about the meeting."""
    return "join" if _before(units, at).concept == "not" or _after(units, at).concept == "can" else "meeting"


def _nghe(units: Sequence[Unit], at: int) -> str:
    """A verb in "đã nghe", "nghe xong", else the southern "nhé"."""
    before, after = _before(units, at), _after(units, at)
    heard = before.concept in {"did", "not_yet", "i", "kin"} and after is not _NOWHERE
    return "read" if heard or after.key in {"roi", "xong", "het", "duoc roi"} else "particle"


def _hay_khong(units: Sequence[Unit], at: int) -> str:
    return "ending" if _is_last(units, at) else units[at].concept


def _ai(units: Sequence[Unit], at: int) -> str:
    """ "Không có ai": nobody, and no question."""
    return "neutral" if any(unit.concept == "not" for unit in units[:at]) else units[at].concept


def _cung_duoc(units: Sequence[Unit], at: int) -> str:
    """ "Đi cũng được": undecided."""
    return "hedge" if _before(units, at).concept in ATTENDANCE else units[at].concept


def _duoc_roi(units: Sequence[Unit], at: int) -> str:
    return "can" if _before(units, at).concept in COMING | {"not"} else units[at].concept


def _toi(units: Sequence[Unit], at: int) -> str:
    """ "khong toi duoc": "tới"."""
    arrived = _before(units, at).concept == "not" and _after(units, at).concept == "can"
    return "move" if arrived else units[at].concept


def _qua(units: Sequence[Unit], at: int) -> str:
    """ "om qua": "quá"."""
    much = _before(units, at).concept in {"illness", "reason", "circumstance"}
    return "adverb" if much else units[at].concept


def _dau(units: Sequence[Unit], at: int) -> str:
    """A last "đâu" (central "mô") stresses a denial ("không đi đâu"), denies ("có vắng đâu") or asks ("đi đâu")."""
    concept, before, after = units[at].concept, _before(units, at), _after(units, at)
    if concept == "illness" and before.key in {"vao", "o", "cho"}:
        return "word"
    if before.concept in {"read", "did"} and after.key == "ma":
        return "not"  # "đã đọc đâu mà"
    if before.concept in COMING and after.concept == "can":
        return "particle"  # "nỏ đi mô được"
    if not _is_last(units, at):
        return "word" if concept == "not" and before.concept == "move" else concept
    return _last_dau(units, at)


def _last_dau(units: Sequence[Unit], at: int) -> str:
    concept = units[at].concept
    if any(unit.concept in {"not", "not_yet"} or unit.key.startswith("chua") for unit in units[:at]):
        return "particle"
    if concept not in {"not", "word"}:
        return concept
    return "not" if any(unit.key == "co" for unit in units[:at]) else "word"


def _muon(units: Sequence[Unit], at: int) -> str:
    """ "toi muon 15p": "muộn", else "muốn"."""
    counted = units[at].concept == "want" and _after(units, at).concept in {"minutes", "number", "hour"}
    return "late" if counted else units[at].concept


def _di(units: Sequence[Unit], at: int) -> str:
    """ "Ghi vắng tôi đi": a last "đi" that only urges."""
    urged = at + 1 == len(units) and any(unit.concept in {"off", "rest"} for unit in units[:at])
    return "particle" if urged else units[at].concept


def _het(units: Sequence[Unit], at: int) -> str:
    """ "Hết đi nổi": no longer, which is as unclear as "chưa"."""
    return "not_yet" if _after(units, at).concept in COMING else units[at].concept


def _room(units: Sequence[Unit], at: int) -> str:
    """ "Đang ở hội trường" is there; "họp ở hội trường" is where."""
    gathering = any(unit.concept in {"gather", "meeting"} for unit in units[:at])
    return "join" if _after(units, at).key in _ROOMS and not gathering else units[at].concept


def _hay(units: Sequence[Unit], at: int) -> str:
    """ "Họp hôm nay hay mai": a choice put to others."""
    gathering = any(unit.concept in {"gather", "meeting"} for unit in units[:at])
    either = (_before(units, at).concept in ATTENDANCE and not gathering) or _after(units, at).concept in ATTENDANCE | {
        "vang"
    }
    if either or (at == 0 and _after(units, at).concept == "i"):
        return "hedge"  # "đi hay ở", "hay đi muộn", "hay tôi vắng"
    kinds = {"now", "meeting", "neutral"}
    offered = _before(units, at).concept == _after(units, at).concept in kinds or _before(units, at).key == "off"
    return "word" if gathering and offered else units[at].concept


def _dung(units: Sequence[Unit], at: int) -> str:
    """ "co mat dung 19h30": "đúng", not "đừng"."""
    timed = _after(units, at).concept in {"hour", "number", "date"} or _after(units, at).key in {"gio", "thoi", "hen"}
    return "adverb" if timed or _before(units, at).concept == "join" else units[at].concept


def _cho(units: Sequence[Unit], at: int) -> str:
    """Central "chớ": "chứ" behind a verb or at the end, "đừng" in front."""
    said = any(unit.concept in ATTENDANCE or unit.concept == "read" for unit in units[:at])
    return "adverb" if units[at].concept == "not_that" and (said or _is_last(units, at)) else units[at].concept


def _off(units: Sequence[Unit], at: int) -> str:
    """ "Họp off hay onl"."""
    return "neutral" if _before(units, at).concept in {"gather", "meeting"} else units[at].concept


def _nghi(units: Sequence[Unit], at: int) -> str:
    """ "Tôi nghi (nghĩ) không đi được": a doubt."""
    after = _after(units, at)
    doubted = units[at].concept == "unknown" and (after.concept in {"not", "i", "kin"} or after.key == "la")
    return "hedge" if doubted else units[at].concept


def _cay(units: Sequence[Unit], at: int) -> str:
    """ "Cho tui vắng cấy": central "cái", a mere particle."""
    urged = _is_last(units, at) and _before(units, at).concept in {"off", "rest", "late", "now"}
    return "particle" if urged and at else units[at].concept


def _gi(units: Sequence[Unit], at: int) -> str:
    """ "Mưa gì mà mưa hoài", "nóng gì nóng": an exclamation."""
    before, after = _before(units, at), _after(units, at)
    denied = any(unit.concept in {"not", "not_yet"} for unit in units[:at])
    if denied and before.concept in {"read", "can"} and _is_last(units, at):
        return "neutral"  # "chưa nhận được gì": nothing
    repeated = after.key == "ma" or (bool(after.key) and after.key == before.key)
    return "chatter" if repeated and before.concept not in ATTENDANCE else units[at].concept


_Reading = Callable[[Sequence[Unit], int], str]
_BY_CONCEPT: Mapping[str, _Reading] = {"vang": _vang, "du": _du, "gather": _gather}
_BY_KEY: Mapping[str, _Reading] = {
    "nghe": _nghe,
    "hay khong": _hay_khong,
    "ai": _ai,
    "duoc roi": _duoc_roi,
    "cung duoc": _cung_duoc,
    "toi": _toi,
    "qua": _qua,
    "dau": _dau,
    "mo": _dau,
    "di": _di,
    "muon": _muon,
    "het": _het,
    "o": _room,
    "dang o": _room,
    "hay": _hay,
    "dung": _dung,
    "cho": _cho,
    "gi": _gi,
    "nghi": _nghi,
    "cay": _cay,
    "off": _off,
}

"""What people write about tasks: which number, how far, until when, whom a task is for. No database here."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.flows.tasks.naming import flat
from bot.when import Problem, Trouble, read_day

_SPOKEN = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_TASK = r"(?:viec|nhiem vu|dau viec|cong viec|nv)"
_NUMBER = re.compile(
    rf"(?:\b{_TASK}(?: (?:so|thu))? ?[#:]?(?P<a>\d{{1,4}})\b|\b{_TASK} (?:so|thu) (?P<w>{'|'.join(_SPOKEN)})\b"
    r"|(?<!\w)#(?P<b>\d{1,4})\b)"
)
_ABOUT_TASKS = re.compile(rf"\b{_TASK}\b|(?<!\w)#\d|\bduoc giao\b|\bgia han\b")
_PERCENT = re.compile(r"(?<![\d/])(\d{1,3}) ?(?:%|phan tram)")
_NOT = r"(?:chua|khong the|khong) (?:lam )?(?:xong|hoan thanh|lam duoc gi|lam gi|bat dau)"
_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\b(?:mot nua|nua chung|phan nua|duoc nua|xong nua|nua viec|1/2)\b"), 50),
    (re.compile(r"\b(?:mot phan ba|1/3)\b"), 33),
    (re.compile(r"\b(?:hai phan ba|2/3)\b"), 66),
    (re.compile(r"\b(?:mot phan tu|1/4)\b"), 25),
    (re.compile(r"\b(?:ba phan tu|3/4)\b"), 75),
    (re.compile(r"\b(?:gan xong|sap xong|gan hoan thanh|sap hoan thanh)\b"), 90),
    (re.compile(r"\b(?:moi (?:lam|bat dau)|bat dau lam|dang lam)\b"), 10),
    (re.compile(rf"\b{_NOT}\b"), 0),
)
_DONE = re.compile(r"\b(?:da xong|xong roi|lam xong|hoan thanh|da lam roi|xong het|xong ca|da hoan tat|xong)\b")
_NOT_DONE = re.compile(
    rf"\b{_NOT}\b|\b(?:khi nao|bao gio|neu|se|sap|gan|phai|moi|sau khi|xong (?:mot|1|nua|phan))\b|\?"
)
_EXTEND = re.compile(
    r"\b(?:gia han|lui (?:thoi )?han|doi han|them (?:thoi gian|han|\w+ (?:ngay|tuan|hom|bua))|cham lai|khat)\b"
)
_ACCEPT = re.compile(rf"^(?:(?:toi|em|chau|minh|bac|co|chu) )?(?:xin |da |dong y )*nhan(?: (?:{_TASK}|duoc giao)| #)")
_ACCEPT_ALONE = re.compile(
    r"(?:(?:toi|em|chau|minh|bac|co|chu|xin|da|vang|ok|dong y) )*nhan(?: viec)?"
    r"(?: (?:a|nhe|nha|roi|ngay|luon|day))*"
)
"""Means a task only where the bot has just asked whether one is taken."""
_DECLINE = re.compile(
    rf"\b(?:khong (?:the )?(?:nhan|dam nhan|lam duoc)(?: duoc)?|tu choi|xin (?:doi|tra lai|thoi))\b.{{0,12}}\b{_TASK}\b"
    rf"|\b{_TASK}\b.{{0,24}}\b(?:khong (?:the )?(?:nhan|dam nhan|lam duoc)|xin doi nguoi|tu choi)\b"
)
_SHOW = re.compile(
    rf"(?:xem |cho xem |mo )?(?:(?:{_TASK})(?: so| thu)? ?#?(?:\d{{1,4}}|{'|'.join(_SPOKEN)})|#\d{{1,4}})"
)
_REASON = re.compile(r"\b(?:vi|do|tai|ly do(?: la)?|boi vi)\b[ :]*")
_DUE = re.compile(
    r"[\s,;.–-]*\b(?P<mark>thoi han|han chot|han nop|han|xong|hoan thanh|truoc|cham nhat|den het|het|trong|den"
    r"|cuoi)\b(?: (?:la|den|truoc|trong|vao|het|ngay|cham nhat))*[ :]*(?P<when>.{2,40}?)[ .!]*$"
)
_MONTH = re.compile(r"\b(?:cuoi|het|trong) thang(?: (?P<n>\d{1,2})(?:/(?P<y>\d{4}))?| (?P<rel>nay|sau|toi))?$")
_GIVE = re.compile(
    r"^(?:/giaoviec\b|giao (?:viec|nhiem vu|cho)\b|phan cong(?: viec| nhiem vu| cho)?\b)[ :]*(?:cho\b)?[ :]*"
)


class Intent(StrEnum):
    """What a line about a task wants."""

    SHOW = "show"
    ACCEPT = "accept"
    DECLINE = "decline"
    EXTEND = "extend"
    PROGRESS = "progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Said:
    """A line about a task. `number` None: not said. `named`: the line itself is about tasks, whatever was asked."""

    intent: Intent
    number: int | None
    named: bool
    percent: int | None = None
    reason: str = ""


def number_in(text: str) -> int | None:
    """The task that is called by number: "việc số 3", "nhiệm vụ 3", "việc số ba", "#3"; None for none or several."""
    _, plain = flat(text)
    found = {_value(match) for match in _NUMBER.finditer(plain)}
    return found.pop() if len(found) == 1 else None


def _value(match: re.Match[str]) -> int:
    return _SPOKEN[match["w"]] if match["w"] else int(match["a"] or match["b"])


def read(text: str) -> Said | None:
    """What a line says about a task; None when it says nothing of the kind. The caller decides whether it may."""
    shown, plain = flat(text)
    plain = plain.strip(" .!")
    number, named = number_in(text), bool(_ABOUT_TASKS.search(plain))
    if _SHOW.fullmatch(plain):
        return Said(Intent.SHOW, number, named=True)
    if _DECLINE.search(plain):
        return Said(Intent.DECLINE, number, named=True, reason=_reason(shown, plain))
    if _EXTEND.search(plain):
        return Said(Intent.EXTEND, number, named=named, reason=_reason(shown, plain))
    accepted = bool(_ACCEPT.search(plain + " "))
    if accepted or _ACCEPT_ALONE.fullmatch(plain):
        return Said(Intent.ACCEPT, number, named=accepted)
    percent = percent_in(plain)
    if percent is None:
        return None
    return Said(Intent.DONE if percent == 100 else Intent.PROGRESS, number, named=named, percent=percent)


def percent_in(plain: str) -> int | None:
    """How far somebody says to be, 0–100: "50%", "xong một nửa", "gần xong", "đã xong"; None when it is not said."""
    if match := _PERCENT.search(plain):
        return int(match[1]) if int(match[1]) <= 100 else None
    for pattern, percent in _WORDS:
        if pattern.search(plain):
            return percent
    return 100 if _DONE.search(plain) and not _NOT_DONE.search(plain) else None


def _reason(shown: str, plain: str) -> str:
    match = _REASON.search(plain)
    return shown[match.end() :].strip(" .") if match else ""


def day_in(text: str, today: date, *, due: date | None = None) -> date | Problem:
    """The day in an answer: as bot.when reads it, and "cuối tháng", "trong tuần", "thêm 3 ngày" (after `due`)."""
    _, plain = flat(text)
    if match := re.search(r"\bthem (\d{1,2}|mot|hai|ba) (ngay|hom|bua|tuan)\b", plain):
        count = _SPOKEN.get(match[1]) or int(match[1])
        return max(due or today, today) + timedelta(days=count * (7 if match[2] == "tuan" else 1))
    if re.search(r"\b(?:cuoi tuan|trong tuan)(?: nay)?\b(?! (?:sau|toi))", plain):
        return today + timedelta(days=6 - today.weekday())
    if match := re.search(
        r"\b(?:cuoi|het|trong) thang(?: (?P<n>\d{1,2})(?:/(?P<y>\d{4}))?| (?P<rel>nay|sau|toi))?$", plain
    ):
        return _end_of_month(match, today)
    return read_day(text, today)


def _end_of_month(match: re.Match[str], today: date) -> date | Problem:
    month = int(match["n"] or today.month)
    if not 1 <= month <= 12:
        return Problem(Trouble.IMPOSSIBLE_DAY, written=str(month))
    year = int(match["y"]) if match["y"] else today.year + (month < today.month)
    if match["rel"] in {"sau", "toi"}:
        year, month = (today.year + 1, 1) if today.month == 12 else (today.year, today.month + 1)
    return date(year, month, monthrange(year, month)[1])


def cut_due(text: str, today: date) -> tuple[str, date | Problem | None]:
    """The text without its deadline, and the deadline: "dọn nhà văn hóa, hạn thứ Sáu" -> ("dọn nhà văn hóa", Friday).

    A day that cannot be used comes as its Problem; None when the text names no day at all.
    """
    shown, plain = flat(text)
    trouble: tuple[str, Problem] | None = None
    for start in [match.start() for match in re.finditer(r"[\s,;.–-]*\b\w", plain)]:
        match = _DUE.match(plain, start)
        if match is None:
            continue
        found = day_in(shown[match.start("when") : match.end("when")], today)
        if not isinstance(found, date) and match["mark"] in {"trong", "het", "cuoi", "den het"}:
            found = day_in(shown[match.start("mark") : match.end("when")], today)
        if isinstance(found, date):
            return shown[:start].strip(" ,;.–-"), found
        if found.trouble not in {Trouble.NO_DAY, Trouble.UNCLEAR}:
            trouble = trouble or (shown[:start].strip(" ,;.–-"), found)
    if trouble is not None:
        return trouble
    found = read_day(shown, today)
    return (shown, found) if isinstance(found, date) and found != today else (shown, None)


def after_give(text: str) -> str | None:
    """What follows "giao việc cho"; None when the line does not begin so."""
    shown, plain = flat(text)
    match = _GIVE.match(plain)
    return shown[match.end() :] if match else None

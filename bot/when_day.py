"""The day in a line that somebody typed: "3/12", "thứ 5 tuần sau", "chủ nhật này", "ngày kia"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_MONTHS = {
    "muoi hai": 12, "muoi mot": 11, "muoi": 10, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "bay": 7, "tam": 8,
    "chin": 9,
}  # fmt: skip
_WEEKDAY = re.compile(
    r"\b(?:(?:thu\s*|t)(?P<n>[2-7])\b|thu\s+(?P<word>hai|ba|tu|nam|sau|bay)\b|(?P<sun>chu nhat|cn)\b)"
)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b")
_WRITTEN = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s*(?P<mark>[/.-])\s*(?P<m>\d{1,2})(?:\s*(?P=mark)\s*(?P<y>\d{4}|\d{2}))?(?!\d)"
)
_SPOKEN = re.compile(
    rf"\b(?:ngay|mung|mong)?\s*(?P<d>\d{{1,2}})\s*thang\s*(?:(?P<m>\d{{1,2}})|(?P<word>{'|'.join(_MONTHS)})\b"
    r"|(?P<next>sau|TOI|toi)\b|(?P<this>nay)\b)"
    r"(?:\s*(?:,|/|-)?\s*(?:nam\s*)?(?P<y>\d{4}))?"
)
_DAY_ONLY = re.compile(r"\b(?:ngay|mung|mong)\s*(?P<d>\d{1,2})(?!\d|\s*(?:ngay|hom)\b)")
_SPAN = re.compile(r"\b(?P<n>\d{1,2})\s*(?P<unit>ngay|hom|bua|tuan)\s*nua\b")
_NEAR = (
    (re.compile(r"\b(?:hom|bua|sang|trua|chieu|toi|dem|ngay) nay\b"), 0),
    (re.compile(r"\bmai\b"), 1),
    (re.compile(r"\b(?:(?:ngay|hom|sang|trua|chieu|toi) kia|(?:ngay|hom|sang|trua|chieu|toi) mot)\b"), 2),
    (re.compile(r"\bNGAYKIA\b"), 3),
)
_WEEK = (
    (re.compile(r"\btuan (?:sau|TOI|toi) nua\b"), 2),
    (re.compile(r"\b(?:tuan (?:sau|TOI|toi)|sang tuan)\b"), 1),
    (re.compile(r"\btuan nay\b"), 0),
)
_AFTER_WEEKDAY = re.compile(r"^\s*(?:(?P<this>nay)|(?P<next>sau))\b")
HALF_A_YEAR = timedelta(days=184)
"""A date without a year is the coming one when it is no further off than this; else it is taken to be past. [ours]"""


@dataclass(slots=True)
class Days:
    """What a line says about the day. `weekday` 0 is Monday; `week` 0 this week, 1 the next one."""

    dates: set[date] = field(default_factory=set)
    impossible: str = ""
    """The written date that does not exist ("31/6")."""
    weekdays: set[int] = field(default_factory=set)
    week: int | None = None
    rest: str = ""

    @property
    def said(self) -> bool:
        """Whether the line names a day at all."""
        return bool(self.dates or self.weekdays or self.impossible)


def read_days(folded: str, today: date) -> Days:
    """Everything in the line that names a day; `rest` is what remains."""
    found = Days()
    rest = folded
    for pattern in (_ISO, _WRITTEN, _SPOKEN):
        rest = _dates(pattern, rest, today, found)
    rest = _relative(rest, today, found)
    if not found.dates and not found.impossible:
        rest = _dates(_DAY_ONLY, rest, today, found)
    found.rest = _weekdays(rest, found)
    return found


def of_weekday(found: Days, today: date) -> date:
    """The day of the one weekday that was named: in the week that was named, else the coming one (today included)."""
    (weekday,) = found.weekdays
    if found.week is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=weekday, weeks=found.week)


def _dates(pattern: re.Pattern[str], line: str, today: date, found: Days) -> str:
    for match in pattern.finditer(line):
        got = match.groupdict()
        day, month, year = int(got["d"]), got.get("m"), got.get("y")
        if got.get("word"):
            month = str(_MONTHS[got["word"]])
        if got.get("next") or got.get("this"):
            first = (today.replace(day=1) + timedelta(days=32)).replace(day=1) if got.get("next") else today
            month, year = str(first.month), str(first.year)
        made = _named(day, int(month), year, today) if month else _coming(day, today)
        if made is None:
            found.impossible = f"{day}/{month}" if month else str(day)
        else:
            found.dates.add(made)
    return pattern.sub(" ", line)


def _named(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _made(day, month, int(year) + (2000 if len(year) == 2 else 0))
    years = [made for made in (_made(day, month, today.year), _made(day, month, today.year + 1)) if made]
    ahead = [made for made in years if today <= made <= today + HALF_A_YEAR]
    return next(iter(ahead or years), None)


def _coming(day: int, today: date) -> date | None:
    """The next such day of a month. The 31st of a month that has none is passed over only from the 1st to the 31st."""
    if not 1 <= day <= 31:
        return None
    first = today.replace(day=1)
    for _ in range(3):
        made = _made(day, first.month, first.year)
        if made is not None and made >= today:
            return made
        first = (first + timedelta(days=32)).replace(day=1)
    return None


def _made(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(line: str, today: date, found: Days) -> str:
    for match in _SPAN.finditer(line):
        step = int(match["n"]) * (7 if match["unit"] == "tuan" else 1)
        found.dates.add(today + timedelta(days=step))
    line = _SPAN.sub(" ", line)
    for pattern, step in _NEAR:
        if pattern.search(line):
            found.dates.add(today + timedelta(days=step))
            line = pattern.sub(lambda match: match.group().split()[0] if " " in match.group() else " ", line)
    for pattern, week in _WEEK:
        if pattern.search(line):
            found.week = week
            return pattern.sub(" ", line)
    return line


def _weekdays(line: str, found: Days) -> str:
    end, rest = 0, ""
    for match in _WEEKDAY.finditer(line):
        day = 6 if match["sun"] else int(match["n"]) - 2 if match["n"] else _WEEKDAYS[match["word"]]
        found.weekdays.add(day)
        after = _AFTER_WEEKDAY.match(line[match.end() :])
        if after and found.week is None:
            found.week = 0 if after["this"] else 1
        rest += line[end : match.start()] + " "
        end = match.end() + (after.end() if after else 0)
        # Without marks "thu 5 toi" is both "thứ Năm tới" and "thứ Năm, buổi tối": it names no part of the day.
        end += _unmarked_toi(line[end:])
    return rest + line[end:]


def _unmarked_toi(following: str) -> int:
    match = re.match(r"\s*toi\b", following)
    return match.end() if match else 0

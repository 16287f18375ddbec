"""Dates and times as people type them -> one moment, or what has to be asked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.matching import fold
from bot.when_day import Days, of_weekday, read_days
from bot.when_hour import Hour, halves, part_of_day, spell_out, take_hours


class Trouble(StrEnum):
    """Why a line gives no moment. Each has a text "meetings.when-<value>"."""

    UNCLEAR = "unclear"
    NO_DAY = "no-day"
    NO_HOUR = "no-hour"
    WHICH_HALF = "which-half"
    """ "7h": morning or evening? `options` holds both."""
    MISMATCH = "mismatch"
    """The weekday and the date that were written are not the same day."""
    IMPOSSIBLE_DAY = "impossible-day"
    IMPOSSIBLE_HOUR = "impossible-hour"
    PAST = "past"
    FAR = "far"
    LUNAR = "lunar"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that was understood, aware, in the installation's zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Problem:
    """Nothing was decided. `day` where one was understood, `written` a date that does not exist."""

    trouble: Trouble
    day: date | None = None
    written: str = ""
    options: tuple[datetime, ...] = ()


FURTHEST = timedelta(days=400)
"""A meeting further off than this is taken for a slip of the keys. [ours]"""
_LUNAR = re.compile(r"\bam lich\b|\bam\b|\bal\b|\bram\b|\btet\b|\bgieng\b|\bthang chap\b")
_MARKED = (
    # With marks these are other words than without: "tôi" is nobody's evening, "tới" is "next".
    (re.compile(r"\btôi\b"), " "),
    (re.compile(r"\btới\b"), "TOI"),
    (re.compile(r"\b(?:ngày|hôm) kìa\b"), "NGAYKIA"),
    (re.compile(r"\btháng sáu\b"), "tháng 6"),
    (re.compile(r"\bthứ tới\b"), "thứ"),
)


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> Moment | Problem:
    """The moment that `text` names, seen from `now`; else the Problem to ask about. Lunar dates are not read.

    Nothing is guessed: a missing hour, "7h" that may be morning or evening, a date against its weekday are asked.
    """
    line = spell_out(_plain(text))
    if _LUNAR.search(line):
        return Problem(Trouble.LUNAR)
    local = now.astimezone(zone)
    hours, rest = take_hours(line)
    days = read_days(rest, local.date())
    part = part_of_day(days.rest)
    if any(not hour.exists for hour in hours):
        return Problem(Trouble.IMPOSSIBLE_HOUR)
    if days.impossible:
        return Problem(Trouble.IMPOSSIBLE_DAY, written=days.impossible)
    if len(hours) > 1 or part is None or len(days.dates) > 1 or len(days.weekdays) > 1:
        return Problem(Trouble.UNCLEAR)
    return _joined(days, hours, part, local)


def read_day(text: str, today: date) -> date | Problem:
    """The one day that `text` names, seen from `today`; else the Problem. An hour beside it is passed over."""
    line = spell_out(_plain(text))
    if _LUNAR.search(line):
        return Problem(Trouble.LUNAR)
    _, rest = take_hours(line)
    days = read_days(rest, today)
    if days.impossible:
        return Problem(Trouble.IMPOSSIBLE_DAY, written=days.impossible)
    if len(days.dates) > 1 or len(days.weekdays) > 1 or not days.said:
        return Problem(Trouble.UNCLEAR if days.said else Trouble.NO_DAY)
    return _ahead(days, today)


def _ahead(days: Days, today: date) -> date | Problem:
    day = next(iter(days.dates)) if days.dates else of_weekday(days, today)
    if days.weekdays and day.weekday() not in days.weekdays:
        return Problem(Trouble.MISMATCH, day)
    if day < today:
        return Problem(Trouble.PAST, day)
    return Problem(Trouble.FAR, day) if day - today > FURTHEST else day


def _plain(text: str) -> str:
    line = unicodedata.normalize("NFC", text).lower()
    for pattern, instead in _MARKED:
        line = pattern.sub(instead, line)
    # Markers are upper case, so that no folded word is taken for one of them.
    return re.sub(r"[a-zà-ỹđ]+", lambda word: fold(word.group()), line)


def _joined(days: Days, hours: list[Hour], part: str, local: datetime) -> Moment | Problem:
    if not days.said:
        return Problem(Trouble.NO_DAY if hours else Trouble.UNCLEAR)
    day = next(iter(days.dates)) if days.dates else of_weekday(days, local.date())
    if days.weekdays and day.weekday() not in days.weekdays:
        return Problem(Trouble.MISMATCH, day)
    if day < local.date():
        return Problem(Trouble.PAST, day)
    if not hours:
        return Problem(Trouble.NO_HOUR, day)
    meant = halves(hours[0], part)
    if not meant:
        return Problem(Trouble.UNCLEAR)
    return _chosen(days, day, [time(hour, hours[0].minute, tzinfo=local.tzinfo) for hour in meant], local)


def _chosen(days: Days, day: date, clocks: list[time], local: datetime) -> Moment | Problem:
    coming = days.weekdays and not days.dates and days.week is None
    options = [datetime.combine(day, clock) for clock in clocks]
    ahead = [option for option in options if option > local]
    if not ahead and coming:
        ahead = [option + timedelta(days=7) for option in options]
    if not ahead:
        return Problem(Trouble.PAST, day)
    if ahead[0] - local > FURTHEST:
        return Problem(Trouble.FAR, day)
    if len(ahead) > 1:
        return Problem(Trouble.WHICH_HALF, day, options=tuple(ahead))
    return Moment(ahead[0])

"""Days on which nobody works, and the day of the month on which branches meet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

WEEK = 7
"""Branches that cannot meet on their day meet within the first so many days of the month (42-HD/BTCTW)."""
_SOLAR = ((1, 1), (30, 4), (1, 5), (2, 9))
"""(day, month) of the holidays that are the same each year (Bộ luật Lao động 2019, điều 112)."""
DAYS_OFF = (
    # Tết Bính Ngọ and the kings' day 2026, Tết Đinh Mùi and the kings' day 2027, with the days in lieu; the
    # second day of the national holiday is set anew each year. [i: an installation corrects them in its settings]
    *(date(2026, 2, day) for day in range(16, 21)), date(2026, 4, 27), date(2026, 9, 1),
    *(date(2027, 2, day) for day in range(5, 12)), date(2027, 4, 16), date(2027, 9, 3),
)  # fmt: skip
"""Holidays by the moon and days in lieu: the default of the setting days_off."""


def is_off(day: date, days_off: Collection[date]) -> bool:
    """Whether a day is a Saturday, a Sunday or a public holiday; `days_off` as in the settings."""
    return day.weekday() >= 5 or (day.day, day.month) in _SOLAR or day in days_off


def next_working(day: date, days_off: Collection[date]) -> date:
    """This day, or the first one after it on which people work."""
    while is_off(day, days_off):
        day += timedelta(days=1)
    return day


def meeting_day(month: date, wanted: int, days_off: Collection[date]) -> date:
    """On which day of this month branches meet: day number `wanted`, on a day off the next working day of the first
    week, else the last one before (Chỉ thị 50-CT/TW, 42-HD/BTCTW; domain.md)."""
    third = month.replace(day=wanted)
    found = next_working(third, days_off)
    if found.month == third.month and (found.day <= WEEK or wanted > WEEK):
        return found
    before = [third.replace(day=day) for day in range(wanted - 1, 0, -1)]
    return next((day for day in before if not is_off(day, days_off)), found)

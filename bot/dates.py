"""How moments are written in Vietnamese, and which hours are quiet."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.texts import t

_COMMUNE = re.compile(r"(?i:(?:Đảng (?:ủy|uỷ|bộ)|Chi bộ)\s+(?:xã|phường|thị trấn|đặc khu))\s+(?P<place>.+)")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def day(moment: date, *, weekday: bool = True) -> str:
    """`thứ Năm, ngày 03/12/2026`."""
    shown = moment.strftime("%d/%m/%Y")
    if not weekday:
        return shown
    return t("dates.day", weekday=t(f"dates.{WEEKDAYS[moment.weekday()]}"), day=shown)


def dateline(when: date, *names: str) -> str:
    """`An Bình, ngày 03 tháng 12 năm 2026`: the place and day over a paper (Hướng dẫn 05-HD/VPTW).

    `names`: of the organization and of the one above; the commune that one of them names is the place.
    """
    values = {"day": f"{when.day:02d}", "month": f"{when.month:02d}" if when.month < 3 else when.month}
    place = next((found["place"] for name in names if (found := _COMMUNE.match(name.strip()))), "")
    if place:
        return t("dates.line", place=place, year=when.year, **values)
    return t("dates.line-plain", year=when.year, **values)


def hour(moment: datetime | time) -> str:
    """`19 giờ 30`, `8 giờ`."""
    return (
        t("dates.hour-minute", hour=moment.hour, minute=f"{moment.minute:02d}")
        if moment.minute
        else t("dates.hour", hour=moment.hour)
    )


@lru_cache(maxsize=2000)
def moment(at: datetime, zone: ZoneInfo) -> str:
    """`19 giờ 30, thứ Năm, ngày 03/12/2026`, in the installation's zone. Remembered: a branch is told the same."""
    local = at.astimezone(zone)
    return t("dates.moment", hour=hour(local), day=day(local.date()))


def is_quiet(at: datetime, zone: ZoneInfo, *, start: time, end: time) -> bool:
    """Whether reminders have to wait (domain.md: 21:00–06:30)."""
    clock = at.astimezone(zone).time()
    return clock >= start or clock < end if start > end else start <= clock < end


def after_quiet(at: datetime, zone: ZoneInfo, *, start: time, end: time) -> datetime:
    """`at`, or the end of the quiet hours that it falls into."""
    if not is_quiet(at, zone, start=start, end=end):
        return at
    local = at.astimezone(zone)
    morning = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return morning if morning >= local else morning + timedelta(days=1)


def next_month(at: datetime, zone: ZoneInfo) -> datetime:
    """The first moment of the month after this one, where a new quota begins."""
    first = at.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)


def month(at: datetime, zone: ZoneInfo) -> str:
    """The ledger's month, "2026-12"."""
    return at.astimezone(zone).strftime("%Y-%m")

"""How long something takes or has taken, in words for an operator."""

from __future__ import annotations

from datetime import timedelta

from bot.texts import t


def span(length: timedelta) -> str:
    """`45 giây`, `12 phút`, `3 giờ`, `5 ngày`: whole units, rounded down; less than nothing counts as 0 seconds."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 120:
        return t("dates.seconds", number=seconds)
    if seconds < 2 * 3600:
        return t("dates.minutes", number=seconds // 60)
    if seconds < 2 * 86400:
        return t("dates.hours", number=seconds // 3600)
    return t("dates.days", number=seconds // 86400)

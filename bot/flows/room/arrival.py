"""When somebody came: in time, or late by so many minutes."""

from __future__ import annotations

from datetime import datetime

from bot.settings import Settings
from storage.meetings import Meeting
from storage.rollcalls import Presence


def presence_at(settings: Settings, meeting: Meeting, at: datetime) -> tuple[Presence, int]:
    """Present, or late by so many minutes: counted from the meeting's hour, or its opening when that came later."""
    start = max(meeting.starts_at, meeting.began_at or meeting.starts_at)
    minutes = int((at - start).total_seconds() // 60)
    return (Presence.LATE, minutes) if minutes >= settings.late_minutes else (Presence.PRESENT, 0)

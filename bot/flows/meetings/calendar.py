"""A meeting as a calendar file (RFC 5545): a moved one overwrites the old entry, a cancelled one takes it out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.invitations import agenda_of, name_of
from bot.settings import Settings
from bot.texts import t
from storage.meetings import Meeting, MeetingState

MIME = "text/calendar; charset=utf-8"
_FOLD = 75
"""Octets of a line at most (RFC 5545, 3.1)."""


def calendar(meeting: Meeting, settings: Settings, now: datetime) -> bytes:
    """The file's bytes. SEQUENCE grows with the meeting's revision, UID stays."""
    off = meeting.state == MeetingState.CANCELLED
    zone, name = settings.timezone, name_of(meeting, settings.zone)
    starts = meeting.starts_at.astimezone(settings.zone)
    ends = starts + timedelta(minutes=meeting.minutes or settings.meeting_minutes)
    event = [
        "BEGIN:VEVENT",
        f"UID:meeting-{meeting.id}-{_utc(meeting.created_at)}@so-tay",
        f"DTSTAMP:{_utc(now)}",
        f"SEQUENCE:{meeting.revision - 1}",
        f"DTSTART;TZID={zone}:{starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={zone}:{ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{_escaped(f'{name[0].upper()}{name[1:]}')}",
        f"LOCATION:{_escaped(meeting.place)}",
        f"DESCRIPTION:{_escaped(t('meetings.calendar-text', agenda=agenda_of(meeting).strip()))}",
        *([f"URL:{meeting.online_url}"] if meeting.online_url else []),
        f"STATUS:{'CANCELLED' if off else 'CONFIRMED'}",
        "END:VEVENT",
    ]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//So tay//Tro ly chi bo//VI", "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if off else 'PUBLISH'}", *_zone(zone, starts), *event, "END:VCALENDAR",
    ]  # fmt: skip
    return b"".join(_folded(line) for line in lines)


def _zone(name: str, at: datetime) -> list[str]:
    """The zone with its offset at that moment: Viet Nam has had one since 1975."""
    offset = at.utcoffset() or timedelta()
    hours, rest = divmod(abs(int(offset.total_seconds())), 3600)
    shown = f"{'-' if offset < timedelta() else '+'}{hours:02d}{rest // 60:02d}"
    return [
        "BEGIN:VTIMEZONE", f"TZID:{name}", "BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{shown}",
        f"TZOFFSETTO:{shown}", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    clean = "".join(char for char in text.replace("\r\n", "\n") if char == "\n" or char.isprintable())
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """A content line, folded between characters, never inside one."""
    pieces, length = [""], 0
    for char in line:
        size = len(char.encode())
        if length + size > _FOLD:
            pieces.append(" ")
            length = 1
        pieces[-1] += char
        length += size
    return "".join(f"{piece}\r\n" for piece in pieces).encode()

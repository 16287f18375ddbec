"""Promised reminders: 3 days, 1 day and 2 hours before a meeting; the sweep sends those that are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dates import after_quiet, is_quiet
from bot.invitations import moment_of, name_of
from bot.reminding import Round, remind
from bot.settings import Settings
from bot.texts import t
from storage import attendance, meetings, notes
from storage.meetings import Meeting, MeetingState, Reminder, ReminderState
from storage.notes import Note

KINDS = (("d3", timedelta(days=3)), ("d1", timedelta(days=1)), ("h2", timedelta(hours=2)))
"""Domain.md: at most three a meeting. Each is useful until the next one is due, the last until the meeting."""


def plan(starts_at: datetime, now: datetime, settings: Settings) -> list[tuple[str, datetime, datetime]]:
    """(kind, due, useful until) of the reminders that still make sense, out of the quiet hours.

    With fewer than three allowed (setting reminders_per_meeting) the ones nearest to the meeting stay.
    """
    ends = [starts_at - before for _, before in KINDS[1:]] + [starts_at]
    quiet = {"start": settings.quiet_from, "end": settings.quiet_until}
    found = []
    for (kind, before), useful_until in zip(KINDS, ends, strict=True):
        due = after_quiet(starts_at - before, settings.zone, **quiet)
        if now < starts_at - before and due < useful_until:
            found.append((kind, due, useful_until))
    return found[-settings.reminders_per_meeting :] if settings.reminders_per_meeting else []


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Queue what is due; returns how many messages. In quiet hours everything waits for the morning."""
    if is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    due: dict[int, list[Reminder]] = {}
    for reminder in meetings.due_reminders(session, now):
        due.setdefault(reminder.meeting_id, []).append(reminder)
    return sum(_of_meeting(session, settings, now, rows) for rows in due.values())


def _of_meeting(session: Session, settings: Settings, now: datetime, rows: list[Reminder]) -> int:
    """Of several that are due at once only the latest goes out; what came too late is told to the secretary."""
    meeting = meetings.get(session, rows[0].meeting_id)
    mine = [row for row in rows if meeting.state == MeetingState.PLANNED and row.revision == meeting.revision]
    useful = [row for row in mine if now < row.useful_until]
    for row in rows:
        row.state = ReminderState.DROPPED
    queued = 0
    if useful:
        useful[-1].state = ReminderState.SENT
        queued = remind(session, settings, meeting, now, Round(str(useful[-1].id), useful[-1].useful_until))
    missed = [row for row in mine if row not in useful]
    if missed:
        queued += _confess(session, settings, meeting, missed[-1], now)
    return queued


def _confess(session: Session, settings: Settings, meeting: Meeting, missed: Reminder, now: datetime) -> int:
    """One private line to the secretary: a reminder did not go out, and how many have not answered."""
    leader = notes.leader_of(session, meeting.organization_id, default=meeting.created_by)
    silent = len(attendance.silent(session, meeting.id or 0))
    if leader is None or not silent:
        return 0
    text = t(
        "meetings.reminder-missed",
        name=name_of(meeting, settings.zone),
        moment=moment_of(meeting, settings.zone),
        silent=silent,
    )
    return int(notes.tell(session, leader, Note(text, once=f"reminder-missed:{missed.id}"), now))

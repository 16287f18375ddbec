"""Promised reminders: 3 days, 1 day and 2 hours before a meeting; for who is convened at short notice repeated alerts.

A sweep sends those that are due, some meetings to a transaction: on the 2nd of a month all branches are reminded at
once, and nobody else may wait for that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.dates import after_quiet, is_quiet
from bot.flows.meetings import convening
from bot.invitations import moment_of, name_of
from bot.reminding import Round, alert, remind
from bot.settings import Settings
from bot.texts import t
from storage import attendance, meetings, notes
from storage.db import Database
from storage.meetings import ALERT, CALLS, Meeting, MeetingState, Reminder, ReminderState
from storage.notes import Note

KINDS = (("d3", timedelta(days=3)), ("d1", timedelta(days=1)), ("h2", timedelta(hours=2)))
"""Domain.md: at most three a meeting. Each is useful until the next one is due, the last until the meeting."""
BATCH, ROUNDS = 10, 100
"""Meetings of one transaction, and transactions of one sweep; the next sweep goes on."""
Promise = tuple[str, datetime, datetime]


def plan(starts_at: datetime, now: datetime, settings: Settings) -> list[Promise]:
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


def promised(meeting: Meeting, now: datetime, settings: Settings) -> list[Promise]:
    """Everything that is promised for a meeting: reminders, or alerts when people are convened at short notice, and
    then the list of the silent for phone calls (C20)."""
    starts = meeting.starts_at
    if not meeting.convening:
        return plan(starts, now, settings)
    if starts - now <= timedelta(hours=settings.alert_hours):
        found = alerts(starts, now, settings)
        last = found[-1][1] if found else now
        calls = min(last + timedelta(minutes=settings.alert_minutes), last + (starts - last) / 2)
        return [*found, (CALLS, calls, starts)]
    day_before = max(starts - timedelta(days=1), now + timedelta(minutes=settings.alert_minutes))
    return [*plan(starts, now, settings), (CALLS, _by_day(day_before, settings), starts)]


def alerts(starts: datetime, now: datetime, settings: Settings) -> list[Promise]:
    """Every alert_minutes, alert_times at most, by day unless alert_at_night, as long as the meeting is ahead."""
    moments, at = [], now
    for _ in range(settings.alert_times):
        at = _by_day(at + timedelta(minutes=settings.alert_minutes), settings)
        if at < starts:
            moments.append(at)
    ends = [*moments[1:], starts]
    return [(f"{ALERT}{number}", *each) for number, each in enumerate(zip(moments, ends, strict=False), start=1)]


def _by_day(at: datetime, settings: Settings) -> datetime:
    if settings.alert_at_night:
        return at
    return after_quiet(at, settings.zone, start=settings.quiet_from, end=settings.quiet_until)


def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Queue what is due; returns how many messages. In quiet hours everything waits for the morning, but for the
    alerts of an installation that wants them at night."""
    quiet = is_quiet(clock.now(), settings.zone, start=settings.quiet_from, end=settings.quiet_until)
    if quiet and not settings.alert_at_night:
        return 0
    queued = 0
    for _ in range(ROUNDS):
        now = clock.now()
        with database.reading() as session:
            if not meetings.is_due(session, now, alerts_only=quiet):
                break
        with database.transaction() as session:
            due = meetings.due_reminders(session, now, BATCH, alerts_only=quiet)
            queued += sum(_of_meeting(session, settings, now, rows) for rows in due.values())
        if not due:  # another process is at work on them
            break
    return queued


def _of_meeting(session: Session, settings: Settings, now: datetime, rows: list[Reminder]) -> int:
    """Of several that are due at once only the latest goes out; what came too late is told to the secretary."""
    meeting = meetings.get(session, rows[0].meeting_id)
    mine = [row for row in rows if meeting.state == MeetingState.PLANNED and row.revision == meeting.revision]
    useful = [row for row in mine if now < row.useful_until]
    for row in rows:
        row.state = ReminderState.DROPPED
    queued = 0
    rounds = [row for row in useful if row.kind != CALLS]
    if rounds:
        rounds[-1].state = ReminderState.SENT
        this = Round(str(rounds[-1].id), rounds[-1].useful_until)
        urgent = rounds[-1].kind.startswith(ALERT)
        if urgent:
            meetings.locked(session, meeting.id or 0)  # until this commits nobody confirms: see meetings.hold_alerts
        way = alert if urgent else remind
        queued = way(session, settings, meeting, now, this)
    for row in useful:
        if row.kind == CALLS:
            row.state = ReminderState.SENT
            queued += convening.tell_silent(session, settings, meeting, now)
    missed = [row for row in mine if row not in useful and row.kind != CALLS]
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

"""The rule's two days: who keeps the minutes is reminded after one day and on the last one, once each."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.dates import day, is_quiet
from bot.invitations import name_of
from bot.messages import Choice
from bot.settings import Settings
from bot.texts import t
from storage import audience, meetings, members, minutes, notes
from storage.db import Database
from storage.meetings import Meeting
from storage.members import RoleKind
from storage.minutes import MeetingPaper, PaperKind, PaperState
from storage.notes import Note
from storage.outbox import Lane

STALE = timedelta(days=30)
"""Meetings that ended longer ago are not reminded of any more. [ours]"""
SOONEST, AFTERNOON = timedelta(hours=16), time(17)
"""No first reminder sooner than so long after it ended; on the next day at this hour at the latest. [ours]"""
WRITERS = frozenset({RoleKind.CLERK, RoleKind.SECRETARY, RoleKind.DEPUTY})


def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Queue what is due; returns how many messages. In quiet hours everything waits for the morning."""
    now = clock.now()
    if is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    span = (now - STALE, now - SOONEST)
    with database.reading() as session:
        waiting = any(_step(settings, now, *row) for row in minutes.unsent(session, *span))
    if not waiting:
        return 0
    with database.transaction() as session:
        found = [
            meeting.id or 0 for meeting, paper in minutes.unsent(session, *span) if _step(settings, now, meeting, paper)
        ]
        return sum(_nudge(session, settings, now, meeting_id) for meeting_id in found)


def _step(settings: Settings, now: datetime, meeting: Meeting, paper: MeetingPaper | None) -> int:
    """1: a day has gone by; 2: the last day of the rule has come, or is over; 0: nothing new to say."""
    due = minutes.due_at(meeting, settings.minutes_days, settings.zone)
    if due is None or meeting.ended_at is None:
        return 0
    last_day, told = due - timedelta(days=1), paper.nudged_at if paper is not None else None
    if now >= last_day:
        return 2 if told is None or told < last_day else 0
    return 1 if told is None and now >= _first(meeting.ended_at, settings) else 0


def _first(ended: datetime, settings: Settings) -> datetime:
    """A day after the meeting, before the evening: most end at night, and nights are quiet."""
    next_day = ended.astimezone(settings.zone).date() + timedelta(days=1)
    return min(ended + timedelta(days=1), datetime.combine(next_day, AFTERNOON, settings.zone))


def _nudge(session: Session, settings: Settings, now: datetime, meeting_id: int) -> int:
    meeting = meetings.locked(session, meeting_id)
    paper = minutes.of_meeting(session, meeting_id, PaperKind.MINUTES)
    step = _step(settings, now, meeting, paper)
    due = minutes.due_at(meeting, settings.minutes_days, settings.zone)
    if not step or due is None:
        return 0
    if paper is None:  # it remembers that the reminder went out
        row = MeetingPaper(meeting_id=meeting_id, kind=PaperKind.MINUTES, organization_id=meeting.organization_id)
        paper = minutes.add(session, row)
    minutes.write(session, paper, nudged_at=now)
    to = _writer(session, meeting)
    if to is None:
        return 0
    last = day((due - timedelta(seconds=1)).astimezone(settings.zone).date())
    key = "minutes.nudge-overdue" if now >= due else f"minutes.nudge-{step}"
    text = t(key, name=name_of(meeting, settings.zone), day=last, days=settings.minutes_days)
    if paper.state == PaperState.WAITING:
        text += "\n" + t("minutes.nudge-waits")
    choice = Choice("minutes.draft", t("minutes.choice-draft"), str(meeting_id))
    note = Note(
        text, about=f"meeting:{meeting_id}", choices=[asdict(choice)], once=f"minutes-nudge:{meeting_id}:{step}",
        lane=Lane.BULK,
    )  # fmt: skip
    return int(notes.tell(session, to, note, now))


def _writer(session: Session, meeting: Meeting) -> int | None:
    """The meeting's clerk, else the clerk, secretary or deputy of its organization: the first who can be written to."""
    held = members.holders(session, meeting.organization_id, WRITERS)
    wanted = [
        each for each in [meeting.clerk_id, *(member.id for member in held), meeting.chair_id] if each is not None
    ]
    reachable = audience.addresses_of(session, wanted)
    return next((each for each in wanted if each in reachable), None)

"""Meetings of a branch and the reminders that were promised for them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant


class MeetingKind(StrEnum):
    """What kind of meeting (domain.md)."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    COMMITTEE = "committee"
    CONFERENCE = "conference"


class MeetingState(StrEnum):
    """The life of a meeting."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Meeting(SQLModel, table=True):
    """One meeting. `revision` grows with each move, so that a reminder of the old time is recognised."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str = Field(default=MeetingKind.REGULAR, sa_type=String)
    starts_at: datetime = Field(sa_type=Instant, index=True)
    place: str
    agenda: str = ""
    state: str = Field(default=MeetingState.PLANNED, sa_type=String)
    revision: int = 1
    created_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=Instant)


class ReminderState(StrEnum):
    """What became of a reminder."""

    PENDING = "pending"
    SENT = "sent"
    DROPPED = "dropped"


class Reminder(SQLModel, table=True):
    """One promised reminder of a meeting: a row in the meeting's own transaction, swept when due.

    `useful_until`: later than this it is dropped, because the next one or the meeting itself has overtaken it.
    """

    __table_args__ = (UniqueConstraint("meeting_id", "revision", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    revision: int
    kind: str
    due_at: datetime = Field(sa_type=Instant, index=True)
    useful_until: datetime = Field(sa_type=Instant)
    state: str = Field(default=ReminderState.PENDING, sa_type=String)


def get(session: Session, meeting_id: int) -> Meeting:
    """The meeting; LookupError when there is none."""
    found = session.get(Meeting, meeting_id)
    if found is None:
        raise LookupError(f"meeting {meeting_id}")
    return found


def upcoming(session: Session, organization_ids: list[int], after: datetime) -> list[Meeting]:
    """Planned meetings of these organizations that start after a moment, soonest first."""
    query = (
        select(Meeting)
        .where(col(Meeting.organization_id).in_(organization_ids), Meeting.state == MeetingState.PLANNED)
        .where(col(Meeting.starts_at) > after)
        .order_by(col(Meeting.starts_at))
    )
    return list(session.exec(query))


def due_reminders(session: Session, now: datetime) -> list[Reminder]:
    """Reminders whose moment has come, oldest first, locked for this sweep."""
    query = select(Reminder).where(Reminder.state == ReminderState.PENDING, col(Reminder.due_at) <= now)
    return list(session.exec(query.order_by(col(Reminder.due_at)).with_for_update(skip_locked=True)))


def drop_reminders(session: Session, meeting_id: int) -> None:
    """A moved or cancelled meeting keeps none of its promised reminders."""
    query = select(Reminder).where(Reminder.meeting_id == meeting_id, Reminder.state == ReminderState.PENDING)
    for reminder in session.exec(query):
        reminder.state = ReminderState.DROPPED
    session.flush()

"""Meetings of a branch and the reminders that were promised for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead, broadcasts
from storage.crypto import EncryptedText
from storage.db import Instant
from storage.deliveries import CANCELLED, WAITING
from storage.outbox import Delivery, DeliveryState

REMINDER = "reminder:"
"""What `once` of every reminder's delivery begins with."""
ALERT, CALLS = "a", "calls"
"""Kinds of Reminder: "a1", "a2" … alert who is convened and silent; "calls" lists them to the secretary."""


class MeetingKind(StrEnum):
    """What kind of meeting (domain.md)."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    COMMITTEE = "committee"
    CONFERENCE = "conference"
    URGENT = "urgent"


class MeetingState(StrEnum):
    """The life of a meeting."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"
    """It has been opened by its chair, or ended; `ended_at` tells which."""


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
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    minutes: int = 0
    """Planned length; 0 when nobody said."""
    online_url: str = ""
    convening: bool = False
    """A summons: each must confirm, the silent are listed for a phone call (domain.md)."""
    cancel_reason: str = ""
    chair_id: int | None = Field(default=None, foreign_key="member.id")
    clerk_id: int | None = Field(default=None, foreign_key="member.id")
    began_at: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    check_in_secret: str = Field(default="", sa_type=EncryptedText("meeting.check_in_secret"))
    """What the codes of the check-in page are made of; "" until the page is opened."""


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
    found = ahead.get(session, Meeting, meeting_id)
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


def _due(now: datetime, *, alerts_only: bool) -> list[Any]:
    kinds = [col(Reminder.kind).startswith(ALERT) | (col(Reminder.kind) == CALLS)] if alerts_only else []
    return [col(Reminder.state) == ReminderState.PENDING, col(Reminder.due_at) <= now, *kinds]


def is_due(session: Session, now: datetime, *, alerts_only: bool = False) -> bool:
    """Whether any reminder's moment has come; asked without the write lock."""
    return session.exec(select(Reminder.id).where(*_due(now, alerts_only=alerts_only)).limit(1)).first() is not None


def due_reminders(
    session: Session, now: datetime, limit: int, *, alerts_only: bool = False
) -> dict[int, list[Reminder]]:
    """Reminders whose moment has come, by meeting, oldest first, of up to `limit` meetings, locked for this sweep."""
    due = _due(now, alerts_only=alerts_only)
    first = select(Reminder.meeting_id).where(*due).order_by(col(Reminder.due_at)).limit(limit)
    of = list(session.exec(first.with_for_update(skip_locked=True)))
    query = select(Reminder).where(*due, col(Reminder.meeting_id).in_(of)).order_by(col(Reminder.due_at))
    found: dict[int, list[Reminder]] = {}
    for reminder in session.exec(query.with_for_update(skip_locked=True)):
        found.setdefault(reminder.meeting_id, []).append(reminder)
    return found


def keep_reminders(session: Session, meeting_id: int, revision: int) -> None:
    """Only the place has changed: what was promised for the hour still holds."""
    query = select(Reminder).where(Reminder.meeting_id == meeting_id, Reminder.state == ReminderState.PENDING)
    for reminder in session.exec(query):
        reminder.revision = revision
    session.flush()


def drop_reminders(session: Session, meeting_id: int) -> None:
    """A moved or cancelled meeting keeps none of its promised reminders."""
    query = select(Reminder).where(Reminder.meeting_id == meeting_id, Reminder.state == ReminderState.PENDING)
    for reminder in session.exec(query):
        reminder.state = ReminderState.DROPPED
    session.flush()


def latest(session: Session, organization_id: int, *, committee: bool) -> Meeting | None:
    """The meeting of an organization that was planned last: its usual hour and place are proposed again."""
    kind = Meeting.kind == MeetingKind.COMMITTEE if committee else Meeting.kind != MeetingKind.COMMITTEE
    query = select(Meeting).where(Meeting.organization_id == organization_id, kind)
    return session.exec(query.order_by(col(Meeting.id).desc()).limit(1)).first()


def latest_of_kind(session: Session, organization_id: int, kind: str) -> Meeting | None:
    """The meeting of this kind that was planned last: what of it repeats is proposed again."""
    query = select(Meeting).where(Meeting.organization_id == organization_id, Meeting.kind == kind)
    return session.exec(query.order_by(col(Meeting.id).desc()).limit(1)).first()


def between(session: Session, organization_id: int, span: tuple[datetime, datetime]) -> list[Meeting]:
    """Meetings of an organization that start in a span (its end left out) and were not called off, soonest first."""
    query = (
        select(Meeting)
        .where(Meeting.organization_id == organization_id, Meeting.state != MeetingState.CANCELLED)
        .where(col(Meeting.starts_at) >= span[0], col(Meeting.starts_at) < span[1])
    )
    return list(session.exec(query.order_by(col(Meeting.starts_at), col(Meeting.id))))


def around(session: Session, organization_ids: list[int], at: datetime, span: timedelta) -> list[Meeting]:
    """Planned meetings of these organizations that start less than `span` from a moment."""
    query = select(Meeting).where(
        col(Meeting.organization_id).in_(organization_ids),
        Meeting.state == MeetingState.PLANNED,
        col(Meeting.starts_at) > at - span,
        col(Meeting.starts_at) < at + span,
    )
    return list(session.exec(query.order_by(col(Meeting.starts_at))))


def add(session: Session, meeting: Meeting) -> Meeting:
    """Insert a meeting; it has an id afterwards."""
    session.add(meeting)
    session.flush()
    return meeting


def locked(session: Session, meeting_id: int) -> Meeting:
    """The meeting as it is now, held until the transaction ends; LookupError when there is none."""
    query = select(Meeting).where(Meeting.id == meeting_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"meeting {meeting_id}")
    return found


def promise(session: Session, meeting: Meeting, moments: list[tuple[str, datetime, datetime]]) -> None:
    """Write down reminders as (kind, due, useful until) for the meeting's current revision."""
    for kind, due_at, useful_until in moments:
        row = Reminder(
            meeting_id=meeting.id or 0, revision=meeting.revision, kind=kind, due_at=due_at, useful_until=useful_until
        )
        session.add(row)
    session.flush()


def reminded(session: Session, meeting_id: int) -> list[tuple[int, datetime]]:
    """Every reminder of a meeting that was queued to a person, by hand or by itself: (member id, moment)."""
    query = select(Delivery.member_id, Delivery.created_at).where(
        Delivery.about == f"meeting:{meeting_id}", col(Delivery.once).startswith(REMINDER, autoescape=True)
    )
    return [(member_id, at) for member_id, at in session.exec(query) if member_id is not None]


def withdraw(session: Session, meeting_id: int) -> None:
    """The invitation no longer holds: nothing of it goes out any more, and numbers no longer answer it."""
    about = f"meeting:{meeting_id}"
    broadcasts.cancel(session, about)
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.about) == about, col(Delivery.state).in_(WAITING))
        .values(state=DeliveryState.DROPPED, error=CANCELLED)
    )
    session.expire_all()


def errands(session: Session, meeting_id: int) -> list[int]:
    """The volunteers who were asked to go to people's doors for a meeting."""
    asked = col(Delivery.once).startswith(f"errand:{meeting_id}:", autoescape=True)
    return [each for each in session.exec(select(Delivery.member_id).where(asked).distinct()) if each is not None]


def hold_alerts(session: Session, meeting_id: int) -> None:
    """Who confirms and who queues alerts of a meeting wait for each other: many confirm side by side, and no alert is
    queued for somebody whose confirmation commits at that moment (SQLite has one writer at a time anyway)."""
    session.exec(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update(read=True)).first()


def spare(session: Session, meeting_id: int, member_id: int) -> None:
    """Who has just confirmed is alerted no more, not even by what waits to be sent already (C20)."""
    waiting = [col(Delivery.about) == f"meeting:{meeting_id}", col(Delivery.member_id) == member_id]
    session.connection().execute(
        update(Delivery)
        .where(*waiting, col(Delivery.once).startswith("alert:"), col(Delivery.state).in_(WAITING))
        .values(state=DeliveryState.DROPPED, error=CANCELLED)
    )

"""Which meetings are about to begin, under way or just over: questions that the room asks of the meetings' table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, or_, select

from storage.attendance import Rsvp
from storage.meetings import Meeting, MeetingState
from storage.organizations import Organization, below


class RoomCard(SQLModel, table=True):
    """The card of a meeting has come to its keepers; of a meeting that was moved it comes again."""

    __tablename__ = "room_card"
    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    revision: int = Field(primary_key=True)


BEFORE, AHEAD, AFTER = timedelta(hours=12), timedelta(days=7), timedelta(days=3)
"""A meeting can be opened so long after its hour; its card is shown so early, and so long after its end. [ours]"""


def near(session: Session, organization_ids: list[int], member_id: int, now: datetime) -> list[Meeting]:
    """Meetings of these organizations, or with this member as chair or clerk, that somebody may want to lead now:
    ahead, under way, or over since a short while; by their hour."""
    theirs = or_(
        col(Meeting.organization_id).in_(organization_ids), Meeting.chair_id == member_id, Meeting.clerk_id == member_id
    )
    ahead = (
        (col(Meeting.state) == MeetingState.PLANNED)
        & (col(Meeting.starts_at) > now - BEFORE)
        & (col(Meeting.starts_at) < now + AHEAD)
    )
    held = (col(Meeting.state) == MeetingState.HELD) & or_(
        col(Meeting.ended_at).is_(None), col(Meeting.ended_at) > now - AFTER
    )
    return list(session.exec(select(Meeting).where(theirs, or_(ahead, held)).order_by(col(Meeting.starts_at))))


def coded_of(session: Session, member_id: int, now: datetime) -> list[Meeting]:
    """Meetings with a check-in code that this member is invited to and that are open for it."""
    invited = select(Rsvp.meeting_id).where(Rsvp.member_id == member_id)
    return list(session.exec(select(Meeting).where(col(Meeting.id).in_(invited), *_coded(now))))


def coded_below(session: Session, path: str, now: datetime) -> list[Meeting]:
    """Meetings with a check-in code in a subtree: where somebody from another branch may be sitting."""
    places = select(Organization.id).where(below(path))
    return list(session.exec(select(Meeting).where(col(Meeting.organization_id).in_(places), *_coded(now))))


def _coded(now: datetime) -> list[Any]:
    return [
        Meeting.state != MeetingState.CANCELLED,
        col(Meeting.starts_at) > now - BEFORE,
        col(Meeting.starts_at) < now + BEFORE,
        col(Meeting.ended_at).is_(None),
    ]


def running_of(session: Session, member_id: int) -> list[Meeting]:
    """Meetings under way that this member is invited to, the latest opened first."""
    invited = select(Rsvp.meeting_id).where(Rsvp.member_id == member_id)
    query = select(Meeting).where(
        col(Meeting.id).in_(invited), Meeting.state == MeetingState.HELD, col(Meeting.ended_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Meeting.began_at).desc())))


def unclosed(session: Session, before: datetime, limit: int) -> list[Meeting]:
    """Meetings that were opened before a moment and never ended, held for this sweep."""
    query = select(Meeting).where(
        Meeting.state == MeetingState.HELD, col(Meeting.ended_at).is_(None), col(Meeting.began_at) < before
    )
    return list(session.exec(query.order_by(col(Meeting.id)).limit(limit).with_for_update(skip_locked=True)))


def beginning(session: Session, since: datetime, until: datetime, limit: int) -> list[Meeting]:
    """Planned meetings that start in a span and whose card has not come yet, held for this sweep; it is noted that it
    has come."""
    come = select(RoomCard.meeting_id).where(RoomCard.meeting_id == Meeting.id, RoomCard.revision == Meeting.revision)
    query = select(Meeting).where(
        Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > since, col(Meeting.starts_at) <= until,
        ~come.exists(),
    )  # fmt: skip
    found = list(session.exec(query.order_by(col(Meeting.id)).limit(limit).with_for_update(skip_locked=True)))
    session.add_all(RoomCard(meeting_id=each.id or 0, revision=each.revision) for each in found)
    session.flush()
    return found

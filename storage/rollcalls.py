"""The roll call at the meeting (điểm danh): another record than the RSVP, which only pre-fills it (domain.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.members import Member


class Presence(StrEnum):
    """What the roll call says of a member."""

    PRESENT = "present"
    LATE = "late"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"


class RollCall(SQLModel, table=True):
    """One member at one meeting. `how`: "chair", "code" (checked in by the room's code), "online" or "prefilled"."""

    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    state: str = Field(sa_type=String)
    minutes_late: int = 0
    how: str = "chair"
    doubtful: bool = False
    """A check-in that waits for the chair's word; it counts for nothing until then."""
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    recorded_at: datetime = Field(sa_type=Instant)


def of_meeting(session: Session, meeting_id: int) -> list[tuple[Member, RollCall]]:
    """Everybody with a record, by name."""
    query = (
        select(Member, RollCall)
        .join(RollCall, col(RollCall.member_id) == col(Member.id))
        .where(RollCall.meeting_id == meeting_id)
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query))


def of(session: Session, meeting_id: int, member_id: int) -> RollCall | None:
    """A member's record at a meeting."""
    query = select(RollCall).where(RollCall.meeting_id == meeting_id, RollCall.member_id == member_id)
    return session.exec(query).first()


HERE = (Presence.PRESENT, Presence.LATE)
"""Who is in the room, or came into it later."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be written of one member. `how` as in RollCall; `by` is who writes it, None for the member."""

    state: Presence
    how: str
    at: datetime
    by: int | None = None
    minutes_late: int = 0
    doubtful: bool = False


def put(session: Session, meeting_id: int, member_id: int, record: Record) -> RollCall:
    """Write a member's record, over an earlier one. Who calls holds the meeting's row (meetings.locked), so that two
    at once do not both insert."""
    row = of(session, meeting_id, member_id) or RollCall(
        meeting_id=meeting_id, member_id=member_id, state=record.state, recorded_at=record.at
    )
    row.state, row.how, row.minutes_late, row.doubtful = record.state, record.how, record.minutes_late, record.doubtful
    row.recorded_by, row.recorded_at = record.by, record.at
    session.add(row)
    session.flush()
    return row


def drop(session: Session, row: RollCall) -> None:
    """A doubtful record that the chair did not accept: as if it had never been."""
    session.delete(row)
    session.flush()


def count_here(session: Session, meeting_id: int) -> int:
    """How many are recorded as present or late, doubtful ones left out."""
    query = select(func.count()).where(
        RollCall.meeting_id == meeting_id, col(RollCall.state).in_(HERE), col(RollCall.doubtful).is_(False)
    )
    return int(session.exec(query).one())

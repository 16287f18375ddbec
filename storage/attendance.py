"""RSVPs (báo dự, xin vắng). The roll call at the meeting is another record, in another table."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant
from storage.members import Member


class RsvpState(StrEnum):
    """What a member announced."""

    NONE = "none"
    ATTENDING = "attending"
    LATE = "late"
    ABSENT = "absent"


class ReasonState(StrEnum):
    """A reason is accepted by the secretary, never by the bot."""

    NONE = "none"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Rsvp(SQLModel, table=True):
    """One member's answer to one invitation. The row is made when the member is invited."""

    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    state: str = Field(default=RsvpState.NONE, sa_type=String)
    reachable: bool = True
    minutes_late: int | None = None
    wants_call: bool = False
    reason: str | None = Field(default=None, sa_type=EncryptedText("rsvp.reason"))
    reason_state: str = Field(default=ReasonState.NONE, sa_type=String)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    """Who entered it for the member; None when they answered themselves."""


def of(session: Session, meeting_id: int, member_id: int) -> Rsvp | None:
    """A member's answer to a meeting; None when they were not invited."""
    return session.exec(select(Rsvp).where(Rsvp.meeting_id == meeting_id, Rsvp.member_id == member_id)).first()


def of_meeting(session: Session, meeting_id: int) -> list[tuple[Member, Rsvp]]:
    """Everybody invited with their answer, by name."""
    query = (
        select(Member, Rsvp)
        .join(Rsvp, col(Rsvp.member_id) == col(Member.id))
        .where(Rsvp.meeting_id == meeting_id)
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query))


def get(session: Session, rsvp_id: int) -> Rsvp:
    """The row; LookupError when there is none."""
    found = session.get(Rsvp, rsvp_id)
    if found is None:
        raise LookupError(f"rsvp {rsvp_id}")
    return found

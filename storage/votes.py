"""Open advisory votes, and the record of hand counts. No secret ballots, no elections (domain.md)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant


class VoteState(StrEnum):
    """The life of a vote."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Stand(StrEnum):
    """The three answers (domain.md): tán thành, không tán thành, ý kiến khác."""

    FOR = "for"
    AGAINST = "against"
    OTHER = "other"


class Vote(SQLModel, table=True):
    """One vote. `base`: all official members that count (domain.md), frozen when it is opened; `by_hand`: the chair
    enters the counts; the counts are exact from `closed_at` on."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agendaitem.id")
    title: str
    by_hand: bool = False
    two_thirds: bool = False
    """Passes with at least two thirds of the base (admission), otherwise with more than half."""
    base: int = 0
    state: str = Field(default=VoteState.OPEN, sa_type=String)
    opened_by: int | None = Field(default=None, foreign_key="member.id")
    opened_at: datetime = Field(sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    count_for: int = 0
    count_against: int = 0
    count_other: int = 0


class Ballot(SQLModel, table=True):
    """One member's answer; the unique key makes a repeated press the same answer."""

    __table_args__ = (UniqueConstraint("vote_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key="vote.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    stand: str = Field(sa_type=String)
    cast_at: datetime = Field(sa_type=Instant)
    recorded_by: int | None = Field(default=None, foreign_key="member.id")


def of_meeting(session: Session, meeting_id: int) -> list[Vote]:
    """A meeting's votes in the order in which they were opened."""
    return list(session.exec(select(Vote).where(Vote.meeting_id == meeting_id).order_by(col(Vote.id))))

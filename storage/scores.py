"""How a meeting was: the members' anonymous rating, and the official form of 100 points."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db import Instant


class Rater(SQLModel, table=True):
    """That a member has rated a meeting; nothing here leads to what they said."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)


class Rating(SQLModel, table=True):
    """How often each answer to each of the three questions was given. Unit: members."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    question: int = Field(primary_key=True)
    answer: int = Field(primary_key=True)
    given: int = 0


class Score(SQLModel, table=True):
    """The form of one meeting. `points`: {"<criterion>": points}; `evidence`: {"<criterion>": what was measured}."""

    __table_args__ = (UniqueConstraint("meeting_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    points: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    total: float = 0
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    scored_by: int | None = Field(default=None, foreign_key="member.id")

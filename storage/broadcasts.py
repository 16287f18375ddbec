"""One message to many: the plan. Its deliveries are made batch by batch, resumable at the cursor."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant


class BroadcastState(StrEnum):
    """`running` until every delivery has been queued; `finished` when every delivery has ended."""

    RUNNING = "running"
    PAUSED = "paused"
    QUEUED = "queued"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Broadcast(SQLModel, table=True):
    """What goes to whom. `path` is the subtree; `cursor` the last member id that has a delivery.

    `text` goes to persons, `group_text` to groups ("" sends them nothing).
    """

    id: int | None = Field(default=None, primary_key=True)
    path: str
    about: str = Field(index=True)
    text: str = Field(sa_type=EncryptedText("broadcast.text"))
    group_text: str = Field(default="", sa_type=EncryptedText("broadcast.group_text"))
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    file_id: int | None = Field(default=None, foreign_key="file.id")
    linked: bool = False
    """True when each person gets a link of their own to the paper in `about`."""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    """When set, only those with an RSVP row for this meeting get it: committee meetings, and who is left out."""
    lane: int = 2
    state: str = Field(default=BroadcastState.RUNNING, sa_type=String, index=True)
    groups_done: bool = False
    cursor: int = 0
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=Instant)
    title: str | None = Field(default=None, sa_type=EncryptedText("broadcast.title"))
    """How its sender knows it in lists and in the progress message."""
    plan: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Per channel id (as a string) how it goes: "private", "group" or "digest" (bot/quota.py); missing: private."""
    useful_until: datetime | None = Field(default=None, sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    progress_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its sender's progress message was last written."""


def anything_running(session: Session) -> bool:
    """Whether there is a batch to queue; asked without the write lock."""
    return (
        session.exec(select(Broadcast.id).where(Broadcast.state == BroadcastState.RUNNING).limit(1)).first() is not None
    )


def running(session: Session) -> Broadcast | None:
    """The oldest broadcast that still has deliveries to queue, locked for this batch."""
    query = select(Broadcast).where(Broadcast.state == BroadcastState.RUNNING).order_by(col(Broadcast.id)).limit(1)
    return session.exec(query.with_for_update(skip_locked=True)).first()


def cancel(session: Session, about: str) -> None:
    """Stop what has not been queued yet of every broadcast about a thing."""
    query = select(Broadcast).where(Broadcast.about == about, Broadcast.state == BroadcastState.RUNNING)
    for broadcast in session.exec(query):
        broadcast.state = BroadcastState.CANCELLED
    session.flush()

"""What came in: one row per update, so that a repeat does nothing and a failure can be seen and tried again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedJson
from storage.db import Instant


class InboxState(StrEnum):
    """What became of an update."""

    DONE = "done"
    FAILED = "failed"


class InboxEntry(SQLModel, table=True):
    """One update. `body` is kept for failed ones only, encrypted, so that they can be tried again."""

    __table_args__ = (UniqueConstraint("channel_id", "key"),)
    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    key: str
    received_at: datetime = Field(sa_type=Instant, index=True)
    state: str = Field(default=InboxState.DONE, sa_type=String)
    error: str = ""
    body: dict[str, Any] | None = Field(default=None, sa_type=EncryptedJson("inbox.body"))


def receive(session: Session, channel_id: int, key: str, at: datetime) -> int | None:
    """Write an update down; None when it was there already (a repeat)."""
    insert = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(InboxEntry)
        .values(channel_id=channel_id, key=key, received_at=at, state=InboxState.DONE, error="")
        .on_conflict_do_nothing(index_elements=["channel_id", "key"])
        .returning(col(InboxEntry.id))
    )
    return session.connection().execute(statement).scalar_one_or_none()


def fail(session: Session, entry_id: int, error: str, body: dict[str, Any]) -> None:
    """Set an update aside with its error (a class name, never a message with personal data)."""
    entry = session.get_one(InboxEntry, entry_id)
    entry.state, entry.error, entry.body = InboxState.FAILED, error, body
    session.flush()


def failed(session: Session) -> list[InboxEntry]:
    """Updates that could not be handled, oldest first."""
    return list(
        session.exec(select(InboxEntry).where(InboxEntry.state == InboxState.FAILED).order_by(col(InboxEntry.id)))
    )

"""What came in: one row per update, so that a repeat does nothing and a failure can be seen and tried again."""

from __future__ import annotations

from collections.abc import Iterable
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


def _unless_there(insert: Any) -> Any:
    """Insert in one database's dialect; the rows that were not there yet come back."""
    return insert.on_conflict_do_nothing(index_elements=["channel_id", "key"]).returning(
        col(InboxEntry.channel_id), col(InboxEntry.key), col(InboxEntry.id)
    )


# Built once: building a statement costs more than running it.
_RECEIVE = {
    "sqlite": _unless_there(sqlite.insert(InboxEntry)),
    "postgresql": _unless_there(postgresql.insert(InboxEntry)),
}


def receive(session: Session, keys: Iterable[tuple[int, str]], at: datetime) -> dict[tuple[int, str], int]:
    """Write updates down, (channel id, key) each. Returns the rows' ids of the new ones; the others are repeats.

    In one order everywhere, so that two processes that get the same updates wait for each other but never both.
    """
    rows = [
        {"channel_id": channel_id, "key": key, "received_at": at, "state": InboxState.DONE, "error": ""}
        for channel_id, key in sorted(set(keys))
    ]
    if not rows:
        return {}
    connection = session.connection()
    new = connection.execute(_RECEIVE[connection.dialect.name], rows)
    return {(channel_id, key): row_id or 0 for channel_id, key, row_id in new}


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

"""The audit trail: who did what to which thing, chained so that a removed or changed row shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, text
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import vault
from storage.db import Instant

LOCK = 7391
"""PostgreSQL advisory lock that makes the chain's writers take turns (SQLite has one writer anyway)."""


class AuditEntry(SQLModel, table=True):
    """One act. `details` never holds personal data. `seal` covers the row and the seal before it."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)
    actor_id: int | None = None
    act: str
    subject: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    seal: str


def _seal(entry: AuditEntry, before: str) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = json.dumps([before, at, entry.actor_id, entry.act, entry.subject, entry.details], sort_keys=True)
    return vault().fingerprint(content, "audit")


def take_turns(session: Session) -> None:
    """Make whoever writes to the trail wait until this transaction ends (SQLite has one writer anyway)."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def write(
    session: Session, at: datetime, act: str, *, actor_id: int | None = None, subject: str = "", **details: object
) -> None:
    """Add an act to the trail, in the transaction of the act itself."""
    take_turns(session)
    last = session.exec(select(AuditEntry.seal).order_by(col(AuditEntry.id).desc()).limit(1)).first()
    entry = AuditEntry(at=at, actor_id=actor_id, act=act, subject=subject, details=details, seal="")
    entry.seal = _seal(entry, last or "")
    session.add(entry)
    session.flush()


def broken_at(session: Session) -> int | None:
    """The id of the first row whose seal does not fit, None when the trail is whole."""
    before = ""
    for entry in session.exec(select(AuditEntry).order_by(col(AuditEntry.id))):
        if entry.seal != _seal(entry, before):
            return entry.id
        before = entry.seal
    return None

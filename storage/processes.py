"""Which processes are at work, and which channels each of them owns (design.md, decision 3).

A channel is polled and sent on by one process at a time. The lease says by whom, and until when nobody else may.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select, text, update
from sqlmodel import Field, Session, SQLModel, col

from storage.channels import Channel, ChannelState
from storage.db import Instant


class Process(SQLModel, table=True):
    """One running process. `parts` is what it does ("scheduler sender web"); `seen_at` its last sign of life."""

    name: str = Field(primary_key=True)
    parts: str
    seen_at: datetime = Field(sa_type=Instant)


def moment(session: Session) -> datetime:
    """Now, by the clock that all processes share: the server's on PostgreSQL, this machine's on SQLite."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found.astimezone(UTC)


def sign_in(session: Session, name: str, parts: Collection[str], now: datetime) -> None:
    """Give a sign of life."""
    row = session.get(Process, name) or Process(name=name, parts=" ".join(sorted(parts)), seen_at=now)
    row.seen_at = now
    session.add(row)
    session.flush()


def sign_out(session: Session, name: str) -> None:
    """Gone for good: whatever it owned is free at once."""
    connection = session.connection()
    connection.execute(update(Channel).where(col(Channel.owner) == name).values(owner="", lease_until=None))
    if row := session.get(Process, name):
        session.delete(row)
        session.flush()


def names(session: Session) -> list[str]:
    """Every process that has signed in and not out."""
    return list(session.exec(select(col(Process.name))).scalars())  # type: ignore[call-overload]


def share(session: Session, now: datetime, span: timedelta) -> int:
    """How many channels a sender may own, so that all living senders own about the same number."""
    connection = session.connection()
    living = connection.execute(
        select(func.count()).where(col(Process.seen_at) > now - span, col(Process.parts).contains("sender"))
    ).scalar_one()
    wanted = connection.execute(select(func.count()).where(col(Channel.state) != ChannelState.REMOVED)).scalar_one()
    return -(-wanted // max(1, living))


def hold(session: Session, name: str, now: datetime, until: datetime, *, most: int) -> set[int]:
    """Prolong the leases that `name` has and take free or expired ones, up to `most`. Returns what it owns now.

    Whoever finds that its lease has run out has lost it: it must ask again like everybody else.
    """
    connection = session.connection()
    there = col(Channel.state) != ChannelState.REMOVED
    # Our own rows are waited for, never skipped: every update and delivery that is just being written locks its
    # channel's row for a moment, and a busy channel must not seem lost for that.
    own = select(col(Channel.id)).where(there, col(Channel.owner) == name).order_by(col(Channel.id)).limit(most)
    kept = update(Channel).where(col(Channel.id).in_(own), col(Channel.owner) == name).values(lease_until=until)
    owned = set(connection.execute(kept.returning(col(Channel.id))).scalars())
    free = or_(col(Channel.owner) == "", col(Channel.lease_until) < now)
    query = select(col(Channel.id)).where(there, free).order_by(col(Channel.id)).limit(max(0, most - len(owned)))
    ids = list(connection.execute(query.with_for_update(skip_locked=True, key_share=True)).scalars())
    taken = update(Channel).where(col(Channel.id).in_(ids), free).values(owner=name, lease_until=until)
    owned |= set(connection.execute(taken.returning(col(Channel.id))).scalars())
    return {channel_id or 0 for channel_id in owned}


def release(session: Session, name: str, channel_ids: Collection[int]) -> None:
    """Give channels back, so that others need not wait for the lease."""
    session.connection().execute(
        update(Channel)
        .where(col(Channel.owner) == name, col(Channel.id).in_(channel_ids))
        .values(owner="", lease_until=None)
    )


def owns(session: Session, name: str, channel_id: int, now: datetime) -> bool:
    """Whether `name` owns the channel at this moment, asked in the transaction that claims."""
    query = select(col(Channel.id)).where(
        col(Channel.id) == channel_id, col(Channel.owner) == name, col(Channel.lease_until) > now
    )
    return session.connection().execute(query).first() is not None

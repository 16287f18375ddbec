"""The outbox as an operator looks through it and decides: what waits, what failed, what nobody knows.

Nothing here reads a text, a name or a chat id: what an operator sees of a message is its number, kind, age and error.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, update
from sqlmodel import Session, col, select

from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import Channel, ChannelState
from storage.db import QUEUED
from storage.outbox import LEASE, Delivery, DeliveryState

ENDED_BADLY = frozenset({DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.BLOCKED})
"""What may be sent again by decision."""
DROPPABLE = frozenset({DeliveryState.PENDING, DeliveryState.HELD, *ENDED_BADLY})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deliveries are meant; what is empty does not narrow. `ids` are delivery ids."""

    ids: Collection[int] = ()
    states: Collection[str] = ()
    channel_id: int | None = None
    broadcast_id: int | None = None

    def condition(self) -> list[ColumnElement[bool]]:
        """The rows that fit."""
        narrowed: list[ColumnElement[bool]] = []
        if self.ids:
            narrowed.append(col(Delivery.id).in_(self.ids))
        if self.states:
            narrowed.append(col(Delivery.state).in_(self.states))
        if self.channel_id is not None:
            narrowed.append(col(Delivery.channel_id) == self.channel_id)
        if self.broadcast_id is not None:
            narrowed.append(col(Delivery.broadcast_id) == self.broadcast_id)
        return narrowed


class Entry(NamedTuple):
    """One delivery without anything personal. `owner`, `owned_until`: who holds its channel, and until when."""

    id: int
    channel: str
    state: str
    lane: int
    is_group: bool
    about: str
    edits: bool
    deletes: bool
    broadcast_id: int | None
    created_at: datetime
    due_at: datetime
    lease_until: datetime | None
    sent_at: datetime | None
    attempts: int
    error: str
    owner: str
    owned_until: datetime | None
    paused_until: datetime | None
    channel_state: str

    @property
    def claimed_at(self) -> datetime | None:
        """Since when it is being sent."""
        return self.lease_until - LEASE if self.lease_until else None


_COLUMNS: tuple[Any, ...] = (
    col(Delivery.id), col(Channel.name), col(Delivery.state), col(Delivery.lane), col(Delivery.is_group),
    col(Delivery.about), col(Delivery.edits) != "", col(Delivery.deletes) != "", col(Delivery.broadcast_id),
    col(Delivery.created_at), col(Delivery.due_at), col(Delivery.lease_until), col(Delivery.sent_at),
    col(Delivery.attempts), col(Delivery.error), col(Channel.owner), col(Channel.lease_until),
    col(Channel.paused_until), col(Channel.state),
)  # fmt: skip


def find(session: Session, wanted: Wanted, *, limit: int) -> list[Entry]:
    """The oldest that fit."""
    query = select(*_COLUMNS).join(Channel, col(Channel.id) == col(Delivery.channel_id)).where(*wanted.condition())
    return [Entry(*row) for row in session.connection().execute(query.order_by(col(Delivery.id)).limit(limit))]


def count(session: Session, wanted: Wanted) -> dict[str, int]:
    """How many fit, by state."""
    query = select(Delivery.state, func.count()).where(*wanted.condition()).group_by(Delivery.state)
    return dict(session.exec(query).all())


class Heap(NamedTuple):
    """Deliveries of one state and lane. `oldest`: when the oldest of them was due."""

    state: str
    lane: int
    number: int
    oldest: datetime


def heaps(session: Session) -> list[Heap]:
    """Everything in the outbox, counted."""
    columns = (Delivery.state, Delivery.lane, func.count(), func.min(Delivery.due_at))
    query = select(*columns).group_by(Delivery.state, col(Delivery.lane)).order_by(Delivery.state, col(Delivery.lane))
    return [Heap(*row) for row in session.connection().execute(query)]


def overdue(session: Session, now: datetime) -> list[Entry]:
    """What is still "sending" though its claim has run out: nobody who should have ended it is at work."""
    return [
        entry
        for entry in find(session, Wanted(states=[DeliveryState.SENDING]), limit=1000)
        if entry.lease_until is None or entry.lease_until < now
    ]


@dataclass(slots=True)
class Decision:
    """What a decision did. `left`: why others were left alone ("removed", "late", "cancelled", "state"), counted."""

    done: int = 0
    left: dict[str, int] = field(default_factory=dict)
    broadcasts: list[int] = field(default_factory=list)


def resend(session: Session, wanted: Wanted, now: datetime) -> Decision:
    """Put what failed, was refused or is unknown back into the queue.

    Left alone: on a removed channel, of a cancelled broadcast, no longer useful. Tries are counted anew, except where
    the outcome is unknown: there a late answer to the earlier try must not be taken for the new one's.
    """
    decision = Decision()
    fits = [*wanted.condition(), col(Delivery.state).in_(ENDED_BADLY)]
    _leave(session, decision, "state", [*wanted.condition(), col(Delivery.state).not_in(ENDED_BADLY)])
    removed = select(Channel.id).where(Channel.state == ChannelState.REMOVED)
    cancelled = select(Broadcast.id).where(Broadcast.state == BroadcastState.CANCELLED)
    checks: list[tuple[str, ColumnElement[bool]]] = [
        ("removed", col(Delivery.channel_id).in_(removed)),
        ("cancelled", func.coalesce(col(Delivery.broadcast_id).in_(cancelled), False)),
        ("late", func.coalesce(col(Delivery.useful_until) <= now, False)),
    ]
    for reason, check in checks:
        _leave(session, decision, reason, [*fits, check])
        fits.append(~check)
    _reopen(session, decision, fits)
    session.info[QUEUED] = True
    tries = case((col(Delivery.state) == DeliveryState.UNKNOWN, col(Delivery.attempts)), else_=0)
    again = update(Delivery).where(*fits)
    decision.done = (
        session.connection()
        .execute(again.values(state=DeliveryState.PENDING, error="", due_at=now, attempts=tries, carried_by=None))
        .rowcount
    )
    return decision


def drop(session: Session, wanted: Wanted, why: str) -> Decision:
    """Give up what waits, failed or is unknown. What was sent or is being sent is left alone."""
    decision = Decision()
    _leave(session, decision, "state", [*wanted.condition(), col(Delivery.state).not_in(DROPPABLE)])
    ends = update(Delivery).where(*wanted.condition(), col(Delivery.state).in_(DROPPABLE))
    decision.done = session.connection().execute(ends.values(state=DeliveryState.DROPPED, error=why)).rowcount
    return decision


def _leave(session: Session, decision: Decision, reason: str, condition: list[ColumnElement[bool]]) -> None:
    left = session.exec(select(func.count()).select_from(Delivery).where(*condition)).one()
    if left:
        decision.left[reason] = left


def _reopen(session: Session, decision: Decision, fits: list[ColumnElement[bool]]) -> None:
    """A finished broadcast is under way again; it ends when its last delivery has."""
    theirs = select(col(Delivery.broadcast_id)).where(*fits, col(Delivery.broadcast_id).is_not(None)).distinct()
    again = update(Broadcast).where(col(Broadcast.id).in_(theirs), col(Broadcast.state) == BroadcastState.FINISHED)
    values = again.values(state=BroadcastState.QUEUED, finished_at=None).returning(col(Broadcast.id))
    decision.broadcasts = [row or 0 for row in session.connection().execute(values).scalars()]

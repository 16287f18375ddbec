"""Deliveries by the hundred: queue, hold, release, drop, try again. Each call is one short batch.

Core statements on few columns; locked rows are skipped, so that no batch waits for the sender or for another batch.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.db import QUEUED
from storage.outbox import Delivery, DeliveryState, Lane

CANCELLED, STALE = "cancelled", "stale"
"""What `error` of a dropped delivery says."""
WAITING = (DeliveryState.PENDING, DeliveryState.HELD)
OPEN = (*WAITING, DeliveryState.SENDING)
"""What has not ended yet."""


Row = dict[str, Any]
"""The columns of a delivery that differ from the defaults: objects of the table take far longer to make."""
_DEFAULTS: Row = {
    name: each.get_default(call_default_factory=True) for name, each in Delivery.model_fields.items() if name != "id"
}


def queue_many(session: Session, rows: Sequence[Row]) -> int:
    """Add deliveries in one statement; those whose `once` is there already are left out. Returns how many were new."""
    if not rows:
        return 0
    session.info[QUEUED] = True
    insert = sqlite.insert if session.connection().dialect.name == "sqlite" else postgresql.insert
    statement = insert(Delivery).on_conflict_do_nothing(index_elements=["once"]).returning(col(Delivery.id))
    # The rows themselves are counted: of many PostgreSQL's driver says "-1 rows".
    return len(session.connection().execute(statement, [_DEFAULTS | row for row in rows]).all())


def _move(
    session: Session, where: Sequence[Any], limit: int, *, states: Collection[DeliveryState], **values: Any
) -> int:
    """Change up to `limit` deliveries that are in one of these states. Returns how many."""
    mine = col(Delivery.state).in_(states)
    query = select_columns(col(Delivery.id)).where(mine, *where).order_by(col(Delivery.id)).limit(limit)
    ids = list(session.connection().execute(query.with_for_update(skip_locked=True)).scalars())
    if ids:
        session.connection().execute(update(Delivery).where(col(Delivery.id).in_(ids), mine).values(**values))
    return len(ids)


def hold(session: Session, broadcast_id: int, limit: int) -> int:
    """The broadcast is paused: what waits is put aside. Returns how many, as everywhere here."""
    mine = [col(Delivery.broadcast_id) == broadcast_id]
    return _move(session, mine, limit, states=[DeliveryState.PENDING], state=DeliveryState.HELD)


def release(session: Session, broadcast_id: int, limit: int) -> int:
    """The broadcast goes on: what was put aside waits to be sent."""
    mine = [col(Delivery.broadcast_id) == broadcast_id]
    session.info[QUEUED] = True
    return _move(session, mine, limit, states=[DeliveryState.HELD], state=DeliveryState.PENDING)


def drop(session: Session, broadcast_id: int, limit: int) -> int:
    """The broadcast is cancelled: what waits is never sent."""
    mine = [col(Delivery.broadcast_id) == broadcast_id]
    return _move(session, mine, limit, states=WAITING, state=DeliveryState.DROPPED, error=CANCELLED)


def drop_about(session: Session, about: str) -> int:
    """What is told about a thing is not so any more: letters and reminders that wait are never sent; answers are."""
    mine = [col(Delivery.about) == about, col(Delivery.lane) > Lane.REPLY, col(Delivery.state).in_(WAITING)]
    values = {"state": DeliveryState.DROPPED, "error": CANCELLED}
    return session.connection().execute(update(Delivery).where(*mine).values(**values)).rowcount


def drop_stale(session: Session, now: datetime, limit: int) -> int:
    """Drop what is no longer useful, whatever it belongs to; the sender never claims such rows."""
    return _move(session, _late(now), limit, states=WAITING, state=DeliveryState.DROPPED, error=STALE)


@dataclass(frozen=True, slots=True)
class Stale:
    """Messages of one broadcast, or reminders of one thing, that were dropped because they came too late."""

    broadcast_id: int | None
    about: str
    count: int


def anything_stale(session: Session, now: datetime) -> bool:
    """Whether `drop_stale` would find something; asked without the write lock."""
    query = select_columns(col(Delivery.id)).where(*_late(now), col(Delivery.state).in_(WAITING))
    return session.connection().execute(query.limit(1)).first() is not None


def _late(now: datetime) -> list[Any]:
    return [col(Delivery.useful_until).is_not(None), col(Delivery.useful_until) <= now]


def _untold() -> list[Any]:
    """A dropped question is closed once its sender knows of it."""
    useful = col(Delivery.useful_until).is_not(None)
    return [
        useful,
        col(Delivery.state) == DeliveryState.DROPPED,
        col(Delivery.error) == STALE,
        col(Delivery.closed_at).is_(None),
    ]


def untold(session: Session) -> list[Stale]:
    """What was dropped as stale and has not been told yet, one entry per broadcast or thing."""
    mine = (col(Delivery.broadcast_id), col(Delivery.about))
    # A digest is no loss of its own: what it carried is counted.
    own = or_(col(Delivery.once).is_(None), ~col(Delivery.once).startswith("digest:"))
    query = select_columns(*mine, func.count()).where(*_untold(), own).group_by(*mine)
    return [Stale(*row) for row in session.connection().execute(query)]


def told(session: Session, now: datetime) -> None:
    """Their senders know now."""
    session.connection().execute(update(Delivery).where(*_untold()).values(closed_at=now))


def any_in(session: Session, broadcast_id: int, states: Collection[DeliveryState]) -> bool:
    """Whether a broadcast has a delivery in one of these states; asked without the write lock."""
    query = select_columns(col(Delivery.id)).where(
        col(Delivery.broadcast_id) == broadcast_id, col(Delivery.state).in_(states)
    )
    return session.connection().execute(query.limit(1)).first() is not None


def anything_open(session: Session, broadcast_id: int) -> bool:
    """Whether anything of a broadcast has not ended, the digests that carry parts of it included."""
    if any_in(session, broadcast_id, OPEN):
        return True
    carrier = aliased(Delivery)
    carried = (
        select_columns(col(Delivery.id))
        .join(carrier, col(carrier.id) == col(Delivery.carried_by))
        .where(col(Delivery.broadcast_id) == broadcast_id, col(Delivery.state) == DeliveryState.DROPPED)
        .where(col(carrier.state).in_(OPEN))
    )
    return session.connection().execute(carried.limit(1)).first() is not None


def of_once(session: Session, once: str) -> Delivery | None:
    """The delivery with this unique key, as it is now and held for this transaction."""
    query = select(Delivery).where(Delivery.once == once).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).first()


def tally(session: Session, broadcast_id: int) -> dict[str, int]:
    """How many deliveries of a broadcast are in each state, posts in groups included: quick, out of an index."""
    query = select_columns(col(Delivery.state), func.count()).where(col(Delivery.broadcast_id) == broadcast_id)
    return {str(state): int(count) for state, count in session.connection().execute(query.group_by(Delivery.state))}


def once_for_member(broadcast_id: int, member_id: int) -> str:
    """The unique key that keeps a member from getting a broadcast twice."""
    return f"b{broadcast_id}:m{member_id}"


def once_for_group(broadcast_id: int, group_id: int) -> str:
    """The same for a group."""
    return f"b{broadcast_id}:g{group_id}"


_AGAIN = (
    update(Delivery)
    .where(col(Delivery.id) == bindparam("row"))
    .values(
        state=DeliveryState.PENDING, channel_id=bindparam("channel"), chat_id=bindparam("chat"),
        due_at=bindparam("due"), attempts=bindparam("tries"), error="", carried_by=None, lease_until=None,
        mergeable=False,  # whoever asks for it again does not mean tonight's digest

    )
)  # fmt: skip


def try_again(session: Session, to: Mapping[str, tuple[int, str]], retries: Collection[str], now: datetime) -> int:
    """Give deliveries that ended in one of the states `retries` another try, at these addresses.

    `to`: `once` -> (channel id, chat id) where it can be written to now. Of the dropped only those that are still
    useful and were not cancelled. A carried delivery ended as its carrier did.
    """
    carrier = aliased(Delivery)
    query: Any = (
        select_columns(
            col(Delivery.id), col(Delivery.once), col(Delivery.attempts), col(Delivery.state), col(Delivery.error),
            col(carrier.state).label("carried"), col(carrier.error).label("carried_error"),
        )
        .outerjoin(carrier, col(carrier.id) == col(Delivery.carried_by))
        .where(col(Delivery.once).in_(to))
        .where(or_(col(Delivery.useful_until).is_(None), col(Delivery.useful_until) > now))
        .with_for_update(of=Delivery, skip_locked=True)
    )  # fmt: skip
    rows = []
    for found in session.connection().execute(query):
        state, error = (found.carried, found.carried_error) if found.carried else (found.state, found.error)
        if state not in retries or (state == DeliveryState.DROPPED and error != STALE):
            continue
        channel_id, chat_id = to[found.once]
        # The attempt's number tells a late outcome of the last try from this one: an unknown one keeps counting.
        tries = found.attempts if state == DeliveryState.UNKNOWN else 0
        rows.append({"row": found.id, "channel": channel_id, "chat": chat_id, "due": now, "tries": tries})
    if rows:
        session.info[QUEUED] = True
        session.connection().execute(_AGAIN, rows)
    return len(rows)

"""The sender's side of the outbox: claim what is due, record what became of it, mark what a dead sender left.

Core statements on few columns: tens of thousands of rows pass through here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Update, and_, bindparam, case, or_, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.channels import Channel
from storage.outbox import LEASE, Delivery, DeliveryState, Lane

LOST = "the sender stopped in the middle"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery in the sender's hands: what it needs for sending, no ORM object."""

    id: int
    channel_id: int
    chat_id: str
    is_group: bool
    lane: int
    text: str
    choices: Sequence[Mapping[str, Any]]
    file_id: int | None
    link: str
    about: str
    edits: str
    deletes: str
    attempts: int

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice is the same as once: an edit to the same text, a deletion."""
        return bool(self.edits or self.deletes)


_COLUMNS = [
    col(getattr(Delivery, name))
    for name in (
        "id", "channel_id", "chat_id", "is_group", "lane", "text", "choices", "file_id", "link", "about", "edits",
        "deletes", "attempts",
    )
]  # fmt: skip


def _due() -> Any:
    """The condition "wants to be sent now". What waits for a digest is not sent by itself (storage/digests.py)."""
    useful = or_(col(Delivery.useful_until).is_(None), col(Delivery.useful_until) > bindparam("now"))
    pending = and_(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.mergeable).is_(False))
    return and_(pending, col(Delivery.due_at) <= bindparam("now"), useful)


def _waiting() -> Any:
    busy = select(col(Delivery.chat_id)).where(
        col(Delivery.channel_id) == bindparam("channel"), col(Delivery.state) == DeliveryState.SENDING
    )
    return (
        select(col(Delivery.id), col(Delivery.chat_id))
        .where(col(Delivery.channel_id) == bindparam("channel"), _due())
        .where(col(Delivery.lane) >= bindparam("first_lane"), col(Delivery.lane) <= bindparam("last_lane"))
        .where(col(Delivery.chat_id).not_in(busy))
        .order_by(col(Delivery.lane), col(Delivery.id))
        .limit(bindparam("most"))
    )


def _overtaken() -> Any:
    """The condition "an earlier reply to this chat still waits"."""
    earlier = aliased(Delivery)
    return (
        select(col(earlier.id))
        .where(col(earlier.channel_id) == col(Delivery.channel_id), col(earlier.chat_id) == col(Delivery.chat_id))
        .where(col(earlier.id) < col(Delivery.id), col(earlier.lane) == Lane.REPLY)
        .where(col(earlier.state) == DeliveryState.PENDING)
        .exists()
    )


# Built once: building a statement costs more than running it.
_CHANNELS_DUE = (
    select(col(Channel.id))
    .where(col(Channel.id).in_(bindparam("channels", expanding=True)))
    .where(select(col(Delivery.id)).where(col(Delivery.channel_id) == col(Channel.id), _due()).exists())
)
_BROADCASTS_WAITING = _waiting()
_REPLIES_WAITING = _waiting().where(~_overtaken())
# In a CASE, for SQLite would rather look through everything that is pending than for these few rows by their ids
# (measured: 3 ms of 20,000 pending ones instead of 1).
_STILL_PENDING = case((col(Delivery.state) == DeliveryState.PENDING, 1), else_=0) == 1
_TAKE = (
    update(Delivery)
    .where(col(Delivery.id).in_(bindparam("ids", expanding=True)), _STILL_PENDING)
    .values(state=DeliveryState.SENDING, lease_until=bindparam("until"), attempts=col(Delivery.attempts) + 1)
    .returning(*_COLUMNS)
)


def channels_due(session: Session, channel_ids: Collection[int], now: datetime) -> set[int]:
    """Which of these channels have something to send; asked without the write lock."""
    found = session.connection().execute(_CHANNELS_DUE, {"channels": list(channel_ids), "now": now})
    return {int(channel_id or 0) for channel_id in found.scalars()}


def claim(session: Session, channel_id: int, now: datetime, *, lanes: Collection[Lane], limit: int) -> list[Claimed]:
    """Take up to `limit` due deliveries of a channel for sending, in the order of (neighbouring) lanes, at most one per
    chat.

    One per chat keeps the order within a chat: the next one waits until this one is finished, and a later reply waits
    for an earlier one that has to be tried again.
    """
    if limit <= 0:
        return []
    connection = session.connection()
    waiting = _REPLIES_WAITING if max(lanes) == Lane.REPLY else _BROADCASTS_WAITING
    asked = {
        "channel": channel_id, "now": now, "first_lane": min(lanes), "last_lane": max(lanes), "most": limit * 2,
    }  # fmt: skip
    first_of_chat: dict[str, int] = {}
    for delivery_id, chat_id in connection.execute(waiting, asked):
        first_of_chat.setdefault(chat_id, delivery_id)
    ids = list(first_of_chat.values())[:limit]
    if not ids:
        return []
    taken = connection.execute(_TAKE, {"ids": ids, "until": now + LEASE})
    return sorted((Claimed(*row) for row in taken), key=lambda each: (each.lane, each.id))


def _finish(**values: Any) -> Update:
    """The outcome of one claim. The number of the attempt tells it from a later claim of the same row."""
    mine = and_(col(Delivery.id) == bindparam("row"), col(Delivery.attempts) == bindparam("attempt"))
    # Two comparisons, no IN: SQLAlchemy takes no expanding parameter in a statement that runs for many rows.
    ours = or_(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.state) == DeliveryState.UNKNOWN)
    return update(Delivery).where(mine, ours).values(lease_until=None, **values)


_SENT = _finish(state=DeliveryState.SENT, sent_at=bindparam("at"), message_id=bindparam("message"), error="")
_ENDED = _finish(
    state=bindparam("outcome"),
    error=bindparam("why"),
    due_at=bindparam("due"),
    attempts=col(Delivery.attempts) - bindparam("unused"),
)


def sent(session: Session, at: datetime, messages: Sequence[tuple[Claimed, str]]) -> None:
    """Record what went out: (delivery, the platform's id of the message)."""
    rows = [{"row": each.id, "attempt": each.attempts, "at": at, "message": number} for each, number in messages]
    if rows:
        session.connection().execute(_SENT, rows)


def ended(
    session: Session, claimed: Claimed, state: DeliveryState, why: str, *, due_at: datetime, counts: bool = True
) -> None:
    """Record another outcome. `due_at`: when it may be claimed again, for one that goes back to pending.
    `counts`: False when the attempt was none, for nothing reached the platform."""
    row = {
        "row": claimed.id, "attempt": claimed.attempts, "outcome": state, "why": why[:200], "due": due_at,
        "unused": 0 if counts else 1,
    }  # fmt: skip
    session.connection().execute(_ENDED, [row])


def rest_chat(session: Session, channel_id: int, chat_id: str, until: datetime) -> None:
    """Nothing more to this chat before `until`."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.channel_id) == channel_id, col(Delivery.chat_id) == chat_id)
        .where(col(Delivery.state) == DeliveryState.PENDING, col(Delivery.due_at) < until)
        .values(due_at=until)
    )


def move_chat(session: Session, channel_id: int, old: str, new: str) -> None:
    """Point what still waits for a migrated group at its new id."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.channel_id) == channel_id, col(Delivery.chat_id) == old)
        .where(col(Delivery.state) == DeliveryState.PENDING)
        .values(chat_id=new)
    )


_LEFT = {
    "state": case(
        (or_(col(Delivery.edits) != "", col(Delivery.deletes) != ""), DeliveryState.PENDING),
        else_=DeliveryState.UNKNOWN,
    ),
    "error": LOST,
    "lease_until": None,
}
"""What a dead sender was sending: delivered or not, nobody knows. Only what may be repeated goes out again."""


def expire(session: Session, now: datetime) -> int:
    """End every claim whose time has run out. Returns how many."""
    result = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.lease_until) < now)
        .values(**_LEFT)
    )
    return result.rowcount


def abandon(session: Session, channel_ids: Collection[int]) -> int:
    """End every claim on these channels at once, so that their chats need not wait. Only for whoever has just taken
    the channels over. Returns how many."""
    result = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.channel_id).in_(channel_ids))
        .values(**_LEFT)
    )
    return result.rowcount

"""What goes out: one row per message and chat, written in the transaction that decided it, sent by the sender."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import JSON, Index, Integer, String, func, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant

LEASE = timedelta(seconds=90)
"""How long a claimed message may stay in "sending" before its outcome counts as unknown."""


class Lane(IntEnum):
    """Replies go before urgent messages, urgent ones before bulk."""

    REPLY = 0
    URGENT = 1
    BULK = 2


class DeliveryState(StrEnum):
    """The life of a delivery."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    DROPPED = "dropped"
    """Not sent on purpose: cancelled, no longer useful, or carried by another message; `error` says which."""



class Delivery(SQLModel, table=True):
    """One message to one chat. It is also the open question of that chat while it has choices.

    `choices`: list of {"action", "label", "argument"}; the data of a button is "<delivery id>.<index>".
    `about`: what a reply to it refers to ("document:12"). `once` is unique: sweeps cannot queue a thing twice.
    """

    __table_args__ = (
        Index("delivery_due", "channel_id", "state", "lane", "id"),
        Index("delivery_chat", "channel_id", "chat_id", "id"),
        Index("delivery_message", "channel_id", "chat_id", "message_id"),
        Index("delivery_broadcast", "broadcast_id", "state"),
        Index("delivery_lease", "state", "lease_until"),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    is_group: bool = False
    member_id: int | None = Field(default=None, foreign_key="member.id")
    lane: int = Field(default=Lane.REPLY, sa_type=Integer)
    state: str = Field(default=DeliveryState.PENDING, sa_type=String)
    text: str = Field(sa_type=EncryptedText("delivery.text"))
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    file_id: int | None = Field(default=None, foreign_key="file.id")
    link: str = Field(default="", sa_type=EncryptedText("delivery.link"))
    """Where to see the file, for platforms that cannot send one."""
    about: str = Field(default="", index=True)
    edits: str = ""
    deletes: str = ""
    """The platform id of a message to delete: then nothing is sent and nothing counts against the quota."""
    once: str | None = Field(default=None, unique=True)
    created_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    attempts: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    message_id: str = ""
    error: str = ""
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    broadcast_id: int | None = Field(default=None, foreign_key="broadcast.id")
    useful_until: datetime | None = Field(default=None, sa_type=Instant)
    """Past this moment it is dropped instead of sent, and the secretary is told."""
    mergeable: bool = False
    """True when it may be joined with others for the same person into one digest message."""
    carried_by: int | None = Field(default=None, foreign_key="delivery.id", index=True)
    """The digest that carries this one; its outcome is this one's outcome."""


def queue(session: Session, delivery: Delivery) -> Delivery | None:
    """Add a delivery; None when one with the same `once` is there already."""
    if delivery.once is not None:
        found = session.exec(select(Delivery.id).where(Delivery.once == delivery.once)).first()
        if found is not None:
            return None
    session.add(delivery)
    session.flush()
    return delivery


def claim(session: Session, channel_id: int, now: datetime, limit: int) -> list[Delivery]:
    """Take up to `limit` due deliveries of a channel for sending, replies first, at most one per chat.

    One per chat keeps the order within a chat: the next one waits until this one is finished.
    """
    busy = select(Delivery.chat_id).where(Delivery.channel_id == channel_id, Delivery.state == DeliveryState.SENDING)
    waiting = (
        select(Delivery.id, Delivery.chat_id)
        .where(Delivery.channel_id == channel_id, Delivery.state == DeliveryState.PENDING, col(Delivery.due_at) <= now)
        .where(col(Delivery.chat_id).not_in(busy))
        .order_by(col(Delivery.lane), col(Delivery.id))
        .limit(limit * 4)
    )
    first_of_chat: dict[str, int | None] = {}
    for delivery_id, chat_id in session.exec(waiting):
        first_of_chat.setdefault(chat_id, delivery_id)
    ids = list(first_of_chat.values())[:limit]
    query = select(Delivery).where(col(Delivery.id).in_(ids), Delivery.state == DeliveryState.PENDING)
    claimed = list(session.exec(query.order_by(col(Delivery.lane), col(Delivery.id)).with_for_update(skip_locked=True)))
    for delivery in claimed:
        delivery.state, delivery.lease_until = DeliveryState.SENDING, now + LEASE
        delivery.attempts += 1
    session.flush()
    return claimed


def anything_due(session: Session, channel_id: int, now: datetime) -> bool:
    """Whether a claim would find something; asked without the write lock."""
    query = select(Delivery.id).where(
        Delivery.channel_id == channel_id, Delivery.state == DeliveryState.PENDING, col(Delivery.due_at) <= now
    )
    return session.exec(query.limit(1)).first() is not None


def move_chat(session: Session, channel_id: int, old: str, new: str) -> None:
    """Point what still waits for a migrated group at its new id."""
    session.connection().execute(
        update(Delivery)
        .where(col(Delivery.channel_id) == channel_id, col(Delivery.chat_id) == old)
        .where(col(Delivery.state) == DeliveryState.PENDING)
        .values(chat_id=new)
    )


def expire_leases(session: Session, now: datetime) -> int:
    """Deliveries whose sender died in the middle: nobody knows whether they went out. Returns how many."""
    result = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.lease_until) < now)
        .values(state=DeliveryState.UNKNOWN, error="the sender stopped in the middle")
    )
    return result.rowcount


def abandon(session: Session, channel_ids: list[int]) -> int:
    """What a dead process was sending on these channels: unknown at once, so that their chats need not wait for the
    lease. Only for whoever takes a channel over. Returns how many."""
    result = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.state) == DeliveryState.SENDING, col(Delivery.channel_id).in_(channel_ids))
        .values(state=DeliveryState.UNKNOWN, error="the sender stopped in the middle")
    )
    return result.rowcount


def open_question(session: Session, channel_id: int, chat_id: str) -> Delivery | None:
    """The latest message with choices in a chat, unless it is closed: what a bare number answers.

    One that still waits in the queue has been read by nobody, so no number is meant for it.
    """
    seen = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
    query = (
        select(Delivery)
        .where(Delivery.channel_id == channel_id, Delivery.chat_id == chat_id, col(Delivery.state).in_(seen))
        .where(text("CAST(choices AS TEXT) <> '[]'"))
        .order_by(col(Delivery.id).desc())
        .limit(1)
    )
    latest = session.exec(query).first()
    return latest if latest is not None and latest.closed_at is None else None


def of_message(session: Session, channel_id: int, chat_id: str, message_id: str) -> Delivery | None:
    """The delivery behind a platform's message id."""
    query = select(Delivery).where(
        Delivery.channel_id == channel_id, Delivery.chat_id == chat_id, Delivery.message_id == message_id
    )
    return session.exec(query.order_by(col(Delivery.id).desc())).first()


def latest_about(session: Session, channel_id: int, chat_id: str, prefix: str) -> Delivery | None:
    """The newest message in a chat that is about something of this kind ("document:")."""
    query = (
        select(Delivery)
        .where(Delivery.channel_id == channel_id, Delivery.chat_id == chat_id)
        .where(col(Delivery.about).startswith(prefix, autoescape=True))
        .order_by(col(Delivery.id).desc())
    )
    return session.exec(query).first()


def close_questions(session: Session, about: str, at: datetime) -> None:
    """Close every open question about a thing: numbers no longer answer it."""
    session.connection().execute(
        update(Delivery).where(col(Delivery.about) == about, col(Delivery.closed_at).is_(None)).values(closed_at=at)
    )


def counts(session: Session) -> dict[str, int]:
    """How many deliveries are in each state."""
    query = select(Delivery.state, func.count()).group_by(col(Delivery.state))
    return dict(session.exec(query).all())

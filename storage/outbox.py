"""What goes out: one row per message and chat, written in the transaction that decided it, sent by the sender."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import JSON, Index, Integer, String, bindparam, func, insert, text, update
from sqlalchemy.orm import load_only
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead
from storage.ahead import Question
from storage.crypto import EncryptedText
from storage.db import QUEUED, Instant
from storage.members import Account

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
    HELD = "held"
    """It waits because its broadcast is paused."""
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
        Index(
            "delivery_useful",
            "state",
            "useful_until",
            sqlite_where=text("useful_until IS NOT NULL"),
            postgresql_where=text("useful_until IS NOT NULL"),
        ),
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


LATEST_ASKED: Question[Delivery | None] = Question(
    Delivery.channel_id, Delivery.chat_id, Delivery.state, Delivery.choices, Delivery.sent_at, inserts=False
)
"""New rows do not change it: nobody has seen them yet."""
_INSERT = insert(Delivery)
_DEFAULTS = {name: info.get_default(call_default_factory=True) for name, info in Delivery.model_fields.items()}
_DEFAULTS = {name: value for name, value in _DEFAULTS.items() if value not in (None, PydanticUndefined)}
_SEEN = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
_ASKED = (
    Delivery.id, Delivery.channel_id, Delivery.chat_id, Delivery.state, Delivery.choices, Delivery.about,
    Delivery.once, Delivery.sent_at, Delivery.closed_at,
)  # fmt: skip
_QUESTIONS = select(Delivery).options(load_only(*_ASKED))  # type: ignore[arg-type]
"""What an answer needs of its question; the rest (its text is encrypted) is read when somebody asks for it."""


def _asked(*chat: Any) -> Any:
    """The latest message with choices that somebody may have seen, in the chat that these conditions name."""
    query = _QUESTIONS.where(*chat, col(Delivery.state).in_(_SEEN), text("CAST(choices AS TEXT) <> '[]'"))
    # By when it was seen, not by when it was queued: a letter that a pause held up may arrive after a newer receipt.
    seen = func.coalesce(Delivery.sent_at, Delivery.lease_until, Delivery.created_at)
    return query.order_by(seen.desc(), col(Delivery.id).desc()).limit(1)


# Built once: building a statement costs more than running it.
_ASKED_LAST = _asked(Delivery.channel_id == bindparam("channel"), Delivery.chat_id == bindparam("chat"))
_NEWEST = select(
    col(Account.channel_id),
    col(Account.chat_id),
    _asked(col(Delivery.channel_id) == Account.channel_id, col(Delivery.chat_id) == Account.chat_id)
    .with_only_columns(Delivery.id)
    .correlate(Account)
    .scalar_subquery(),
).where(col(Account.id).in_(bindparam("accounts", expanding=True)))
_THESE = _QUESTIONS.where(col(Delivery.id).in_(bindparam("ids", expanding=True)))


def queue(session: Session, delivery: Delivery) -> Delivery | None:
    """Add a delivery; None when one with the same `once` is there already."""
    ahead.write(session)  # replies of this batch that wait keep their place before this one
    if delivery.once is not None:
        found = session.exec(select(Delivery.id).where(Delivery.once == delivery.once)).first()
        if found is not None:
            return None
    session.add(delivery)
    session.flush()
    session.info[QUEUED] = True
    return delivery


def queue_late(session: Session, values: dict[str, Any]) -> None:
    """Add a delivery of these columns, the rest by default; in a batch together with others, in the same order."""
    ahead.execute_late(session, _INSERT, {**_DEFAULTS, **values})
    session.info[QUEUED] = True


def open_question(session: Session, channel_id: int, chat_id: str) -> Delivery | None:
    """The latest message with choices in a chat, unless it is closed: what a bare number answers.

    One that still waits in the queue has been read by nobody, so no number is meant for it.
    """

    def ask() -> Delivery | None:
        found: Delivery | None = session.exec(_ASKED_LAST, params={"channel": channel_id, "chat": chat_id}).first()
        return found

    latest = LATEST_ASKED.answer(session, (channel_id, chat_id), ask)
    return latest if latest is not None and latest.closed_at is None else None


def read_ahead(session: Session, accounts: set[int], pressed: set[int]) -> None:
    """Read the latest questions in the private chats of these accounts, and the deliveries with these ids."""
    newest = session.connection().execute(_NEWEST, {"accounts": list(accounts)}) if accounts else ()
    latest = {(channel_id, chat_id): found for channel_id, chat_id, found in newest}
    wanted = pressed | {found for found in latest.values() if found is not None}
    rows = {row.id: row for row in session.exec(_THESE, params={"ids": list(wanted)})} if wanted else {}
    LATEST_ASKED.prepare(session, {chat: rows.get(found) for chat, found in latest.items()})
    ahead.keep(session, rows.values())


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

"""Who still has to read a paper, what they were shown of it, and how far its reminders have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, and_, bindparam, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from storage.audience import preferred_exists
from storage.db import Instant
from storage.documents import Document, DocumentState, Reading, counted
from storage.members import Account, Member
from storage.organizations import Organization, below
from storage.outbox import Delivery, DeliveryState

SEEN = (DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)
CHASE = "chase:"
"""What `once` of every reminder of a paper begins with."""


class Chase(SQLModel, table=True):
    """One round over the readers of a paper: a reminder of its deadline, or the list of whom to phone after it.

    It is done in pieces: `cursor` is the last member (reminders) or organization (lists) that was looked at.
    """

    __table_args__ = (UniqueConstraint("document_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    kind: str
    """"half", "eve", "day" or "over"; with the deadline's own date, so that a moved deadline has its own rounds."""
    begun_at: datetime = Field(sa_type=Instant)
    cursor: int = 0
    ways: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """How reminders go on each channel, as Broadcast.plan; decided when the round begins."""
    done_at: datetime | None = Field(default=None, sa_type=Instant)


def was_shown(session: Session, document_id: int, member_id: int) -> bool:
    """Whether this very version has come before a member: in a private chat (alone or in a digest), or on the page."""
    shown = {"member": member_id, "document": document_id, "about": f"document:{document_id}"}
    return bool(session.connection().execute(_SHOWN, shown).scalar())


_CARRIER = aliased(Delivery)
_IN_CHAT = (
    select(Delivery.id)
    .join(Account, and_(col(Account.channel_id) == Delivery.channel_id, col(Account.chat_id) == Delivery.chat_id))
    .outerjoin(_CARRIER, col(_CARRIER.id) == col(Delivery.carried_by))
    .where(Account.member_id == bindparam("member"), col(Delivery.about) == bindparam("about"))
    .where(or_(col(Delivery.state).in_(SEEN), col(_CARRIER.state).in_(SEEN)))
)
_ON_PAGE = select(Reading.id).where(
    Reading.document_id == bindparam("document"),
    Reading.member_id == bindparam("member"),
    col(Reading.opened_at).is_not(None),
)
_SHOWN = select(or_(_IN_CHAT.exists(), _ON_PAGE.exists()))


def with_deadline(session: Session, after: datetime) -> list[Document]:
    """Published papers whose deadline is later than a moment, in order of their ids."""
    query = select(Document).where(Document.state == DocumentState.PUBLISHED, col(Document.read_by) > after)
    return list(session.exec(query.order_by(col(Document.id))))


def round_of(session: Session, document_id: int, kind: str) -> Chase | None:
    """The round of this kind, held for this transaction; None when it has not begun."""
    query = select(Chase).where(Chase.document_id == document_id, Chase.kind == kind)
    return session.exec(query.with_for_update().execution_options(populate_existing=True)).first()


def finished(session: Session, document_ids: Sequence[int]) -> set[tuple[int, str]]:
    """(document id, kind) of the rounds that are done."""
    query = select(Chase.document_id, Chase.kind).where(
        col(Chase.document_id).in_(document_ids), col(Chase.done_at).is_not(None)
    )
    return set(session.exec(query).all())


def begin(session: Session, document_id: int, kind: str, now: datetime) -> Chase:
    """Begin a round."""
    row = Chase(document_id=document_id, kind=kind, begun_at=now)
    session.add(row)
    session.flush()
    return row


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member who has not read a paper. `can`: has a phone and a chat that takes our messages."""

    member: Member
    reading: Reading
    can: bool


def still_waiting(document_id: int) -> Any:
    """The condition on Member "has this paper to read and has not said so"."""
    return (
        select(Reading.id)
        .where(Reading.document_id == document_id, Reading.member_id == col(Member.id))
        .where(col(Reading.acknowledged_at).is_(None))
        .exists()
    )


def waiting(
    session: Session, document_id: int, path: str, *, after: int = 0, limit: int | None = None
) -> list[Waiting]:
    """Those of a subtree who have not read, in order of their ids, beginning above `after`."""
    query = (
        select(Member, Reading, preferred_exists())
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(Reading.document_id == document_id, col(Reading.acknowledged_at).is_(None))
        .where(*counted(path), col(Member.id) > after)
        .order_by(col(Member.id))
        .limit(limit)
    )
    rows = session.exec(query.execution_options(populate_existing=True))
    return [Waiting(member, row, bool(live) and member.has_phone) for member, row, live in rows]


def homes(session: Session, document_id: int, path: str, *, after: int, limit: int) -> list[Organization]:
    """The organizations of a subtree with members whom a paper is for, in order of their ids above `after`."""
    readers = (
        select(Member.id)
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .where(Member.organization_id == col(Organization.id), Reading.document_id == document_id)
    )
    query = (
        select(Organization)
        .where(below(path), col(Organization.id) > after)
        .where(readers.exists())
        .order_by(col(Organization.id))
        .limit(limit)
    )
    return list(session.exec(query))


def count_reminder(session: Session, document_id: int, member_ids: Sequence[int]) -> None:
    """These members have one more reminder of this paper behind them."""
    if member_ids:
        session.flush()
        session.connection().execute(_COUNT, [{"document": document_id, "who": each} for each in member_ids])


_COUNT = (
    update(Reading)
    .where(col(Reading.document_id) == bindparam("document"), col(Reading.member_id) == bindparam("who"))
    .values(reminders=Reading.reminders + 1)
)


def reminded_today(session: Session, document_id: int, member_ids: Sequence[int], day: str) -> set[int]:
    """Who of these has a reminder of this paper on that day already ("2026-12-03")."""
    once = {f"{CHASE}{document_id}:{member_id}:{day}": member_id for member_id in member_ids}
    query = select(Delivery.once).where(col(Delivery.once).in_(once))
    return {once[key] for key in session.exec(query) if key is not None}

"""When a paper ends: replaced, expired, withdrawn. What still waits about it is not sent any more."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String, cast, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage import broadcasts, deliveries
from storage.channels import Channel
from storage.documents import Document, DocumentState
from storage.outbox import Delivery, DeliveryState

RECALL = "recall:"
"""How `Delivery.once` of a message begins that takes an earlier one back."""


def locked(session: Session, document_id: int) -> Document:
    """The document as it is now, held for this transaction; LookupError when there is none."""
    query = select(Document).where(Document.id == document_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"document {document_id}")
    return found


def end(session: Session, document: Document, state: DocumentState, at: datetime, *, because: str = "") -> None:
    """It is withdrawn, replaced or expired: letters and reminders that wait are dropped in this transaction."""
    document.state, document.ended_at, document.ended_because = state, at, because
    about = f"document:{document.id}"
    broadcasts.cancel(session, about)
    deliveries.drop_about(session, about)


def past(session: Session, today: date) -> list[Document]:
    """Published papers whose last day is over."""
    query = select(Document).where(Document.state == DocumentState.PUBLISHED, col(Document.expires_on) < today)
    return list(session.exec(query.with_for_update(skip_locked=True)))


def withdrawn(session: Session, since: datetime) -> list[Document]:
    """Papers that were withdrawn after a moment."""
    query = select(Document).where(Document.state == DocumentState.WITHDRAWN, col(Document.ended_at) >= since)
    return list(session.exec(query))


def recallable(session: Session, document_id: int, platforms: list[str], since: datetime, limit: int) -> list[Delivery]:
    """Letters, posts and reminders about a paper on platforms where a message can still be changed: sent after
    `since`, and not taken back yet. Answers to a person stay."""
    earlier = aliased(Delivery)
    once = literal(RECALL) + cast(col(Delivery.id), String)
    query = (
        select(Delivery)
        .join(Channel, col(Channel.id) == col(Delivery.channel_id))
        .where(Delivery.about == f"document:{document_id}", Delivery.state == DeliveryState.SENT)
        .where(col(Delivery.lane) > 0, Delivery.message_id != "", col(Delivery.sent_at) >= since)
        .where(col(Channel.platform).in_(platforms), Delivery.edits == "", Delivery.deletes == "")
        .where(~select(col(earlier.id)).where(col(earlier.once) == once).exists())
    )
    return list(session.exec(query.order_by(col(Delivery.id)).limit(limit)))

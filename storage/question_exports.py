"""Exported sheets: they hold texts that are encrypted everywhere else, so their bytes stay only until they are sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from storage import file_removal
from storage.files import FileStore
from storage.outbox import Delivery, DeliveryState

ABOUT = "question-export"
"""What a message with such a sheet carries in `about`."""
LONGEST = timedelta(days=1)
"""A sheet that could not be sent until then never is. [ours]"""
_ENDED = (
    DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN, DeliveryState.DROPPED,
)  # fmt: skip
_WAITING = (DeliveryState.PENDING, DeliveryState.HELD)


def clear(session: Session, store: FileStore, now: datetime) -> int:
    """Remove the bytes of sheets that were sent, or that waited too long. Returns how many files went."""
    ended = col(Delivery.state).in_(_ENDED)
    stale = col(Delivery.state).in_(_WAITING) & (col(Delivery.created_at) < now - LONGEST)
    query = select(Delivery).where(Delivery.about == ABOUT, col(Delivery.file_id).is_not(None), or_(ended, stale))
    rows = list(session.exec(query.with_for_update()))
    files = [row.file_id for row in rows if row.file_id is not None]
    for row in rows:
        row.file_id = None
        if row.state in _WAITING:
            row.state, row.error = DeliveryState.DROPPED, "a sheet that waited too long"
    session.flush()
    return file_removal.discard(session, store, files) if files else 0

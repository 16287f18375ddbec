"""Active reading time: counted in beats, for one member never faster than the clock, and only up to a paper's cap.

Whoever calls must have the member's consent (storage/consents.py, Purpose.STUDY).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from storage import documents
from storage.db import Instant
from storage.documents import Reading


class StudyClock(SQLModel, table=True):
    """Until when a member's time has been counted: several tabs share it, so that nothing counts twice."""

    __tablename__ = "study_clock"
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    at: datetime = Field(sa_type=Instant)


def beat(session: Session, ids: tuple[int, int], *, at: datetime, seconds: int, most: int) -> int:
    """Count up to `seconds` of reading that end now; no more than have passed since what was counted last, and no more
    than `most` in all. `ids`: document and member. Returns their total, in seconds."""
    document_id, member_id = ids
    counted = _advance(session, member_id, at, seconds)
    row = documents.reading_to_write(session, document_id, member_id)
    row.studied_seconds = max(row.studied_seconds, min(most, row.studied_seconds + counted))
    session.flush()
    return row.studied_seconds


def _advance(session: Session, member_id: int, at: datetime, seconds: int) -> int:
    """How many of these seconds nobody has counted yet; the clock moves on by them. Parts of a second are kept."""
    query = select(StudyClock).where(StudyClock.member_id == member_id).with_for_update()
    clock = session.exec(query).first()
    if clock is None:
        try:
            with session.begin_nested():
                session.add(StudyClock(member_id=member_id, at=at))
        except IntegrityError:  # another tab at the same moment
            return 0
        return seconds
    passed = max(0, int((at - clock.at).total_seconds()))
    clock.at = at if passed > seconds else clock.at + timedelta(seconds=passed)
    session.flush()
    return min(seconds, passed)


def forget(session: Session, member_id: int) -> None:
    """A member has withdrawn: their times go."""
    session.flush()
    session.connection().execute(update(Reading).where(col(Reading.member_id) == member_id).values(studied_seconds=0))
    session.expire_all()


def forget_openings(session: Session, member_id: int) -> None:
    """A member has withdrawn: it is forgotten when they opened what. What they said themselves ("đã đọc") stays."""
    session.flush()
    session.connection().execute(update(Reading).where(col(Reading.member_id) == member_id).values(opened_at=None))
    session.expire_all()

"""What members say to an item of the agenda: prepared in advance or given in the meeting."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant
from storage.members import Member


class Opinion(SQLModel, table=True):
    """One opinion. `prepared`: written before the meeting; `spoken_at`: when it was given in the room."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agendaitem.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    text: str = Field(default="", sa_type=EncryptedText("opinion.text"))
    file_id: int | None = Field(default=None, foreign_key="file.id")
    """A photo of notes, or a voice message."""
    prepared: bool = False
    spoken_at: datetime | None = Field(default=None, sa_type=Instant)
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    """Who wrote it down for the member; None when they did so themselves."""
    created_at: datetime = Field(sa_type=Instant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=Instant)


def of_meeting(session: Session, meeting_id: int) -> list[Opinion]:
    """All that stand, in the order in which they came."""
    query = select(Opinion).where(Opinion.meeting_id == meeting_id, col(Opinion.withdrawn_at).is_(None))
    return list(session.exec(query.order_by(col(Opinion.id))))


def get(session: Session, opinion_id: int) -> Opinion:
    """One opinion; LookupError when there is none."""
    found = session.get(Opinion, opinion_id)
    if found is None:
        raise LookupError(f"opinion {opinion_id}")
    return found


def add(session: Session, row: Opinion) -> Opinion:
    """Insert an opinion."""
    session.add(row)
    session.flush()
    return row


def waiting(session: Session, meeting_id: int) -> list[tuple[Opinion, Member]]:
    """Who has asked to speak or has prepared something and has not spoken: who asked in the room comes first."""
    query = (
        select(Opinion, Member)
        .join(Member, col(Member.id) == col(Opinion.member_id))
        .where(Opinion.meeting_id == meeting_id, col(Opinion.withdrawn_at).is_(None), col(Opinion.spoken_at).is_(None))
        .order_by(col(Opinion.prepared), col(Opinion.id))
    )
    return list(session.exec(query))


def in_queue(session: Session, meeting_id: int, member_id: int) -> Opinion | None:
    """A member's open wish to speak."""
    return next(
        (
            row
            for row, _ in waiting(session, meeting_id)
            if row.member_id == member_id and not row.prepared and not row.text and row.file_id is None
        ),
        None,
    )


def speakers(session: Session, meeting_id: int) -> int:
    """How many members have spoken at a meeting, each counted once."""
    query = select(func.count(func.distinct(Opinion.member_id))).where(
        Opinion.meeting_id == meeting_id, col(Opinion.spoken_at).is_not(None), col(Opinion.withdrawn_at).is_(None)
    )
    return int(session.exec(query).one())

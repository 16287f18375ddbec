"""What members say to an item of the agenda: prepared in advance or given in the meeting."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant


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

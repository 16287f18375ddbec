"""One-time upload links: how a paper comes in where the platform hands bots no files (Zalo)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant


class Upload(SQLModel, table=True):
    """One link, for one member and one draft. `mark` is the draft's own mark in the conversation of this chat, so a
    link never fills another draft. It works until `expires_at`, `finished_at` or `revoked_at`."""

    __table_args__ = (Index("upload_chat", "channel_id", "chat_id", "speaker_id"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    speaker_id: str
    mark: str
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)

    def is_live(self, at: datetime) -> bool:
        """Whether it still takes files."""
        return self.finished_at is None and self.revoked_at is None and at < self.expires_at


def add(session: Session, upload: Upload) -> int:
    """Insert a link; those that the same speaker had in this chat stop working. Returns its id."""
    session.connection().execute(
        update(Upload)
        .where(col(Upload.channel_id) == upload.channel_id, col(Upload.chat_id) == upload.chat_id)
        .where(col(Upload.speaker_id) == upload.speaker_id)
        .where(col(Upload.finished_at).is_(None), col(Upload.revoked_at).is_(None))
        .values(revoked_at=upload.created_at)
    )
    session.add(upload)
    session.flush()
    return upload.id or 0


def get(session: Session, upload_id: int) -> Upload | None:
    """The link's row as it is now. Who changes it holds the chat's lock (db.lock_chats)."""
    query = select(Upload).where(Upload.id == upload_id).execution_options(populate_existing=True)
    return session.exec(query).first()


def of_draft(session: Session, mark: str) -> Upload | None:
    """The newest link of a draft."""
    query = select(Upload).where(Upload.mark == mark).order_by(col(Upload.id).desc())
    return session.exec(query).first()


def clear(session: Session, before: datetime) -> int:
    """Forget links that ended long ago. Returns how many."""
    old = session.exec(select(Upload).where(col(Upload.expires_at) < before)).all()
    for row in old:
        session.delete(row)
    session.flush()
    return len(old)

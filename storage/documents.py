"""Documents, their files, and who has read what."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.members import Member


class DocumentState(StrEnum):
    """The life of a document."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Document(SQLModel, table=True):
    """One paper. `organization_id` is the top of the subtree that it is for; `number_key` its number folded."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    number: str = ""
    number_key: str = Field(default="", index=True)
    kind: str = ""
    issued_on: date | None = None
    issuer: str = ""
    summary: str = ""
    search_key: str = ""
    """Number and summary without diacritics, lower case."""
    body: str = ""
    """The text itself, for papers that were written or pasted into the chat."""
    state: str = Field(default=DocumentState.DRAFT, sa_type=String)
    created_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)


class DocumentFile(SQLModel, table=True):
    """The files of a document in order."""

    document_id: int = Field(foreign_key="document.id", primary_key=True)
    position: int = Field(primary_key=True)
    file_id: int = Field(foreign_key="file.id")


class Reading(SQLModel, table=True):
    """One member and one document: sent, opened, acknowledged. `how`: chat, page, or recorded by another."""

    __table_args__ = (UniqueConstraint("document_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    reachable: bool = True
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    how: str = ""
    recorded_by: int | None = Field(default=None, foreign_key="member.id")


def get(session: Session, document_id: int) -> Document:
    """The document; LookupError when there is none."""
    found = session.get(Document, document_id)
    if found is None:
        raise LookupError(f"document {document_id}")
    return found


def file_ids(session: Session, document_id: int) -> list[int]:
    """The document's files in order."""
    query = select(DocumentFile.file_id).where(DocumentFile.document_id == document_id)
    return list(session.exec(query.order_by(col(DocumentFile.position))))


def reading(session: Session, document_id: int, member_id: int) -> Reading | None:
    """What a member has to do with a document."""
    query = select(Reading).where(Reading.document_id == document_id, Reading.member_id == member_id)
    return session.exec(query).first()


def readings(session: Session, document_id: int) -> list[tuple[Member, Reading]]:
    """Everybody a document was for, by name."""
    query = (
        select(Member, Reading)
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .where(Reading.document_id == document_id)
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query))


def unread(session: Session, member_id: int) -> list[Document]:
    """Published documents that a member has not acknowledged, newest first."""
    query = (
        select(Document)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_(None))
        .where(Document.state == DocumentState.PUBLISHED)
        .order_by(col(Document.published_at).desc(), col(Document.id).desc())
    )
    return list(session.exec(query))


def published(session: Session, organization_ids: list[int], limit: int) -> list[Document]:
    """The newest published documents of these organizations."""
    query = (
        select(Document)
        .where(col(Document.organization_id).in_(organization_ids), Document.state == DocumentState.PUBLISHED)
        .order_by(col(Document.published_at).desc(), col(Document.id).desc())
        .limit(limit)
    )
    return list(session.exec(query))

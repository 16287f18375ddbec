"""Which files readers may see: those of documents that were published and not withdrawn."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.documents import Document, DocumentFile, DocumentState
from storage.files import StoredFile

SHOWN = (DocumentState.PUBLISHED, DocumentState.REPLACED, DocumentState.EXPIRED)
"""States in which a document opens for its readers."""


def published_since(session: Session, since: datetime) -> list[StoredFile]:
    """The files of documents that were published after a moment, newest document first."""
    query = (
        select(StoredFile)
        .join(DocumentFile, col(DocumentFile.file_id) == col(StoredFile.id))
        .join(Document, col(Document.id) == col(DocumentFile.document_id))
        .where(Document.state == DocumentState.PUBLISHED, col(Document.published_at) > since)
        .order_by(col(Document.published_at).desc(), col(Document.id).desc(), col(DocumentFile.position))
    )
    return list({file.sha256: file for file in session.exec(query)}.values())


def hashes(session: Session, among: list[str]) -> set[str]:
    """Those of these content hashes that some document still shows."""
    query = (
        select(StoredFile.sha256)
        .join(DocumentFile, col(DocumentFile.file_id) == col(StoredFile.id))
        .join(Document, col(Document.id) == col(DocumentFile.document_id))
        .where(col(StoredFile.sha256).in_(among), col(Document.state).in_(SHOWN))
    )
    return set(session.exec(query))

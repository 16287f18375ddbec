"""Stored files: bytes on disk by content hash, rows in the database, and the platforms' handles after an upload."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Field, Session, SQLModel, select

from storage.db import Instant


class StoredFile(SQLModel, table=True):
    """One file. `sha256` names its bytes below the files folder; `size` in bytes."""

    __tablename__ = "file"
    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(index=True)
    name: str
    mime: str
    size: int
    created_at: datetime = Field(sa_type=Instant)


class FileHandle(SQLModel, table=True):
    """What a platform calls a file after the first upload: send this instead of the bytes."""

    file_id: int = Field(foreign_key="file.id", primary_key=True)
    channel_id: int = Field(foreign_key="channel.id", primary_key=True)
    handle: str


class FileStore:
    """The folder that holds the bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are."""
        return self.folder / sha256[:2] / sha256

    def keep(self, session: Session, content: bytes, *, name: str, mime: str, at: datetime) -> StoredFile:
        """Write the bytes (atomically, once per content) and add a row."""
        digest = hashlib.sha256(content).hexdigest()
        target = self.path(digest)
        hold(session, digest, shared=True)
        if target.exists():
            os.utime(target)  # young again for the sweep of bytes without a row (file_removal.py)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{os.getpid()}")
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        stored = StoredFile(sha256=digest, name=name, mime=mime, size=len(content), created_at=at)
        session.add(stored)
        session.flush()
        return stored


_HOLD = "SELECT pg_advisory_xact_lock{}(7391, hashtext(:digest))"


def hold(session: Session, digest: str, *, shared: bool = False) -> None:
    """Until this transaction ends nobody removes these bytes (`shared`: who keeps them), or nobody keeps them.

    On SQLite the one writer's lock does this.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text(_HOLD.format("_shared" if shared else "")), {"digest": digest})


def handle(session: Session, file_id: int, channel_id: int) -> str:
    """The platform's handle of a file on a channel, "" before the first upload."""
    row = session.get(FileHandle, (file_id, channel_id))
    return row.handle if row else ""


def remember_handle(session: Session, file_id: int, channel_id: int, value: str) -> None:
    """Store the handle that an upload returned."""
    session.merge(FileHandle(file_id=file_id, channel_id=channel_id, handle=value))
    session.flush()


def get(session: Session, file_id: int) -> StoredFile:
    """The file's row; LookupError when there is none."""
    found = session.exec(select(StoredFile).where(StoredFile.id == file_id)).first()
    if found is None:
        raise LookupError(f"file {file_id}")
    return found

"""Removing stored files: refused papers at once, what nothing refers to after a while.

Bytes are named by their content, so one content may have several rows: it goes with the last of them. Bytes are
removed inside the transaction that removes the row, while nobody else can add a row for the same content
(`files.hold`): if that transaction is rolled back, the row is left without bytes, which for a paper that must not be
kept is the right way round.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func
from sqlmodel import Session, SQLModel, col, select

from storage.conversations import Conversation
from storage.files import FileHandle, FileStore, StoredFile, hold

GRACE_SECONDS = 24 * 3600
"""Bytes without a row are left alone for so long: a transaction that adds their row may still be under way. [ours]"""


def discard(session: Session, store: FileStore, file_ids: Collection[int]) -> int:
    """Remove these files now, unless something else refers to them. Returns how many rows went."""
    return _remove(session, store, _unreferenced(session, list(file_ids)))


def unreferenced(session: Session, before: datetime, limit: int = 500) -> list[StoredFile]:
    """Files older than `before` that no row of any table refers to, oldest first; drafts may still refer to them."""
    query = select(StoredFile).where(col(StoredFile.created_at) < before, *_no_reference())
    return list(session.exec(query.order_by(col(StoredFile.id)).limit(limit)))


def remove(session: Session, store: FileStore, stored: Iterable[StoredFile]) -> int:
    """Remove rows that `unreferenced` gave, with their bytes. Returns how many."""
    return _remove(session, store, list(stored))


def in_conversations(session: Session, since: datetime) -> dict[int, list[Conversation]]:
    """Which conversations written since then refer to which files: file id -> conversations."""
    found: dict[int, list[Conversation]] = {}
    for row in session.exec(select(Conversation).where(col(Conversation.updated_at) >= since)):
        for file_id in file_ids_in(row.stack):
            found.setdefault(file_id, []).append(row)
    return found


def file_ids_in(value: Any) -> set[int]:
    """The file ids in a dialogue's data: `"files": [{"id": 3}, …]` and every `"…file_id": 3`, however deep."""
    if isinstance(value, list):
        return {found for each in value for found in file_ids_in(each)}
    if not isinstance(value, dict):
        return set()
    ids: set[int] = set()
    for key, each in value.items():
        if str(key).endswith("file_id") and isinstance(each, int):
            ids.add(each)
        elif str(key).endswith("file_ids") and isinstance(each, list):
            ids.update(one for one in each if isinstance(one, int))
        elif key == "files" and isinstance(each, list):
            ids.update(one["id"] for one in each if isinstance(one, dict) and isinstance(one.get("id"), int))
        ids |= file_ids_in(each)
    return ids


def sweep_bytes(session: Session, store: FileStore, folder: str) -> int:
    """Remove bytes without a row below one of the 256 folders ("00" … "ff"). Returns how many.

    Age is told by the disk's own time, not by the program's clock, which a class may have moved.
    """
    place = store.folder / folder
    if not place.is_dir():
        return 0
    old = [path for path in place.iterdir() if path.is_file() and path.stat().st_mtime < time.time() - GRACE_SECONDS]
    gone = 0
    for path in old:
        digest = path.name.partition(".")[0]
        hold(session, digest)
        known = session.exec(select(StoredFile.id).where(StoredFile.sha256 == digest)).first()
        if known is None or path.suffix:  # with a suffix: half a file, left by a process that died
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _remove(session: Session, store: FileStore, stored: list[StoredFile]) -> int:
    going = sorted((row.sha256, row.id or 0) for row in stored)
    for row in stored:
        session.expunge(row)
    for digest, file_id in going:
        hold(session, digest)
        session.connection().execute(delete(FileHandle).where(col(FileHandle.file_id) == file_id))
        session.connection().execute(delete(StoredFile).where(col(StoredFile.id) == file_id))
        left = session.exec(select(func.count()).where(StoredFile.sha256 == digest)).one()
        if not left:
            store.path(digest).unlink(missing_ok=True)
            shutil.rmtree(store.folder.parent / "pages" / digest, ignore_errors=True)
    return len(going)


def _unreferenced(session: Session, file_ids: list[int]) -> list[StoredFile]:
    return list(session.exec(select(StoredFile).where(col(StoredFile.id).in_(file_ids), *_no_reference())))


def _no_reference() -> list[Any]:
    """One condition per column of any table that points to a file; the platforms' handles go with the file."""
    return [
        ~exists().where(column == col(StoredFile.id))
        for table in SQLModel.metadata.sorted_tables
        if table.name != str(FileHandle.__tablename__)
        for column in table.columns
        if any(key.column.table.name == "file" and key.column.name == "id" for key in column.foreign_keys)
    ]

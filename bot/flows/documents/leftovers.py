"""What drafts leave behind is removed: files of drafts that were given up, bytes of transactions that failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from storage import conversations, file_removal, uploads
from storage.conversations import Conversation
from storage.db import Database
from storage.files import FileStore, StoredFile

UNUSED_DAYS = 1
"""A file that nothing refers to is kept for so long. [ours]"""
DRAFT_DAYS = 3
"""A draft with files that nobody touched for so long is dropped, with its files. [ours]"""
LINK_DAYS = 7
EVERY = timedelta(hours=1)
_FOLDERS = 256


class Leftovers:
    """The sweep, with where it is in the folder of files: one of its 256 parts at each run."""

    def __init__(self, database: Database, store: FileStore) -> None:
        self._database = database
        self._store = store
        self._folder = 0
        self._next = datetime.min

    def sweep(self, now: datetime) -> int:
        """Remove what is due; the rows at most once an hour. Returns how much was removed."""
        folder, self._folder = f"{self._folder:02x}", (self._folder + 1) % _FOLDERS
        gone = 0
        if (self._store.folder / folder).is_dir():
            with self._database.transaction() as session:
                gone = file_removal.sweep_bytes(session, self._store, folder)
        if self._next != datetime.min and now < self._next:
            return gone
        self._next = now + EVERY
        with self._database.transaction() as session:
            uploads.clear(session, now - timedelta(days=LINK_DAYS))
            return gone + self._rows(session, now)

    def _rows(self, session: Session, now: datetime) -> int:
        unused = file_removal.unreferenced(session, now - timedelta(days=UNUSED_DAYS))
        if not unused:
            return 0
        drafts = file_removal.in_conversations(session, unused[0].created_at)
        stale = now - timedelta(days=DRAFT_DAYS)
        dropped = {
            row.id: _drop(session, row, now) for rows in drafts.values() for row in rows if row.updated_at < stale
        }

        def is_free(file: StoredFile) -> bool:
            return all(dropped.get(row.id, False) for row in drafts.get(file.id or 0, []))

        return file_removal.remove(session, self._store, [file for file in unused if is_free(file)])


def _drop(session: Session, conversation: Conversation, now: datetime) -> bool:
    """Take the dialogues that hold files off the stack; False when somebody has just gone on with one."""
    kept = [entry for entry in conversation.stack if not file_removal.file_ids_in(entry)]
    return conversations.save(session, conversation, kept, now)

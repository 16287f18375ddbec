"""The job that makes papers findable by all of their text: those of an older release, and those of which publishing
has put in the beginning only. Files are read outside of any transaction; each batch is written in a short one."""

from __future__ import annotations

import time

from sqlmodel import Session

from bot.errors import BadInput
from bot.flows.documents import extract
from bot.flows.documents.filetypes import recognise
from storage import documents, files, library
from storage.db import Database
from storage.files import FileStore

BATCH = 20
"""Papers of one transaction. [ours]"""
SECONDS = 5.0
"""After this long the job leaves the rest to its next run. [ours]"""
TIDY = 200
"""Entries that one run takes out or moves."""
HOUR = 3600.0
RECENT = 1000
"""So many of the latest papers are looked at in every run; all of them once an hour. [ours]"""


class Indexing:
    """The job."""

    def __init__(self, database: Database, store: FileStore) -> None:
        self._database, self._store = database, store
        self._above = 0
        self._looked = -HOUR

    def sweep(self) -> int:
        """Index what waits; once an hour also what has changed. Returns how many papers were touched."""
        now = time.monotonic()
        touched = 0
        if now - self._looked > HOUR:
            self._looked, self._above = now, 0
            touched += self._tidy()
        while time.monotonic() < now + SECONDS:
            with self._database.reading() as session:
                waiting = library.waiting(session, BATCH, above=self._above)
                todo = {number: _hashes(session, number) for number in waiting}
                if not todo:
                    self._above = max(0, library.newest(session) - RECENT)
            if not todo:
                break
            texts = {each: "\n".join(_text(self._store, file) for file in found) for each, found in todo.items()}
            with self._database.transaction() as session:
                for number, text in texts.items():
                    library.put(session, number, text)
            touched += len(texts)
        return touched

    def _tidy(self) -> int:
        with self._database.transaction() as session:
            return library.drop_withdrawn(session, TIDY) + library.follow_moves(session, TIDY)


def _hashes(session: Session, document_id: int) -> list[str]:
    return [files.get(session, file_id).sha256 for file_id in documents.file_ids(session, document_id)]


def _text(store: FileStore, sha256: str) -> str:
    """All the text of a file; "" for a scan, a sound, or a file that is broken or gone: its summary is still found."""
    try:
        content = store.path(sha256).read_bytes()
        return extract.full_text(content, recognise(content))
    except (BadInput, OSError):
        return ""

"""The world on disk: one SQLite file of JSON rows, written a few times a second.

A kill -9 loses at most what happened since the last flush (see EVERY). Rows are whole things, so the newest one wins
and a flush is one transaction: the file never shows half a change.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sandbox.things import Json

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

EVERY = 0.2
"""Seconds between two flushes."""


class Store:
    """Keeps things under (kind, key). Without a path it keeps nothing, which is what most tests want."""

    def __init__(self, path: Path | None = None) -> None:
        self._dirty: dict[tuple[str, str], DataclassInstance | None] = {}
        self._bytes: dict[str, bytes] = {}
        self._db: sqlite3.Connection | None = None
        if path is not None:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS thing (kind TEXT, key TEXT, data TEXT, PRIMARY KEY (kind, key))"
            )
            self._db.execute("CREATE TABLE IF NOT EXISTS media (id TEXT PRIMARY KEY, data BLOB)")

    def put(self, kind: str, key: str, thing: DataclassInstance) -> None:
        """Remember this thing at the next flush, as it will be then."""
        if self._db is not None:
            self._dirty[kind, key] = thing

    def drop(self, kind: str, key: str) -> None:
        """Forget this thing."""
        if self._db is not None:
            self._dirty[kind, key] = None

    def put_bytes(self, media_id: str, data: bytes) -> None:
        """Remember a file's bytes."""
        if self._db is not None:
            self._bytes[media_id] = data

    def load(self) -> Iterator[tuple[str, str, Json]]:
        """Every stored thing: (kind, key, its fields)."""
        if self._db is not None:
            for kind, key, data in self._db.execute("SELECT kind, key, data FROM thing ORDER BY rowid"):
                yield kind, key, json.loads(data)

    def load_bytes(self) -> Iterator[tuple[str, bytes]]:
        """Every stored file: (media id, bytes)."""
        if self._db is not None:
            yield from self._db.execute("SELECT id, data FROM media")

    def wipe(self) -> None:
        """An empty world, on disk too, at once."""
        self._dirty.clear()
        self._bytes.clear()
        if self._db is not None:
            self._db.execute("DELETE FROM thing")
            self._db.execute("DELETE FROM media")

    def flush(self) -> None:
        """Write what changed, in one transaction."""
        if self._db is None or not (self._dirty or self._bytes):
            return
        dirty, self._dirty = self._dirty, {}
        files, self._bytes = self._bytes, {}
        kept = [(kind, key, _text(thing)) for (kind, key), thing in dirty.items() if thing is not None]
        gone = [where for where, thing in dirty.items() if thing is None]
        upsert = "INSERT INTO thing VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET data = excluded.data"
        self._db.execute("BEGIN")
        self._db.executemany(upsert, kept)
        self._db.executemany("DELETE FROM thing WHERE kind = ? AND key = ?", gone)
        self._db.executemany("INSERT OR REPLACE INTO media VALUES (?, ?)", files.items())
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Write the rest and let go of the file."""
        self.flush()
        if self._db is not None:
            self._db.close()
            self._db = None


def _text(thing: DataclassInstance) -> str:
    # A chat's messages are rows of their own.
    shown = {each.name: getattr(thing, each.name) for each in fields(thing) if each.name != "messages"}
    return json.dumps(shown, ensure_ascii=False, default=asdict)

"""Pictures of pages are made ahead, by a job, as soon as a paper is published; and cleared away when there are too
many. A request paints only what this job has not reached yet or has cleared away.
"""

from __future__ import annotations

import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.flows.documents import albums, pdfs
from bot.settings import Settings
from storage import reading_links, shown_files
from storage.db import Database
from storage.files import FileStore, StoredFile

RECENT = timedelta(days=3)
"""Papers published within this time are prepared; of older ones only what is asked for. [ours]"""
FIRST_PAGES = 3
"""So many pages of every paper come before the rest of any. [ours]"""
SECONDS = 8.0
"""After this long the job leaves the rest to its next run. [ours]"""
MEGABYTE = 1_000_000
HOUR = 3600.0
_DONE = ".done"
_AT_ONCE = 500


class Ahead:
    """The job: makes what is missing at each run, tidies up once an hour."""

    def __init__(self, database: Database, settings: Settings, clock: Clock) -> None:
        self._database, self._settings, self._clock = database, settings, clock
        self._store = FileStore(settings.data_dir / "files")
        self._tidied = -HOUR

    def sweep(self) -> int:
        """Returns how many pages were painted."""
        now = self._clock.now()
        if time.monotonic() - self._tidied > HOUR:
            self._tidied = time.monotonic()
            tidy(self._database, self._store, megabytes=self._settings.page_cache_megabytes)
            with self._database.transaction() as session:
                reading_links.forget_before(session, now - timedelta(days=self._settings.link_days + 1))
        return prepare(self._database, self._store, now)


def prepare(database: Database, store: FileStore, now: datetime) -> int:
    """Make sizes, words and pictures of recent papers. Returns how many pages were painted."""
    with database.reading() as session:
        found = shown_files.published_since(session, now - RECENT)
    todo = [file for file in found if not (albums.folder(store) / file.sha256 / _DONE).exists()]
    until = time.monotonic() + SECONDS
    painted = 0
    for file in todo:
        painted += _paint(store, file, range(FIRST_PAGES), until)
    for file in todo:
        pages = range(len(albums.album(store, file).sizes))
        painted += _paint(store, file, pages, until)
        if time.monotonic() < until:
            albums.put(albums.folder(store) / file.sha256 / _DONE, b"")
    return painted


def _paint(store: FileStore, file: StoredFile, pages: range, until: float) -> int:
    """Paint those of these pages that are missing, until the time is over."""
    if file.mime.startswith("audio/"):
        return 0
    album = albums.album(store, file)
    if album.texts:
        albums.words(store, file, 0)
    painted = 0
    for place in pages[: len(album.sizes)]:
        if time.monotonic() > until:
            break
        if albums.has_pictures(store, file, place):
            continue
        try:
            albums.words(store, file, place)
            albums.picture(store, file, place, width=albums.SMALL)
            painted += 1
        except (pdfs.Unreadable, LookupError, OSError):  # this page does not show; the others may
            continue
    return painted


def tidy(database: Database, store: FileStore, *, megabytes: int) -> int:
    """Drop albums of files that nobody may see any more, then those that were unused for longest, until the rest takes
    no more than `megabytes`. Returns how many were dropped."""
    found = _all(store)
    shown: set[str] = set()
    names = [path.name for path, _, _ in found]
    with database.reading() as session:
        for first in range(0, len(names), _AT_ONCE):
            shown |= shown_files.hashes(session, names[first : first + _AT_ONCE])
    dropped, total = 0, 0
    for path, size, _ in found:
        if path.name not in shown:
            shutil.rmtree(path, ignore_errors=True)
            dropped += 1
            continue
        total += size
        if size and total > megabytes * MEGABYTE:
            _empty(path)
            dropped += 1
    return dropped


def _empty(album: Path) -> None:
    """Drop what is large. The mark stays: what was cleared away is not at once made ahead again."""
    for path in album.iterdir():
        if path.name != _DONE:
            path.unlink(missing_ok=True)


def _all(store: FileStore) -> list[tuple[Path, int, float]]:
    """Every album with its bytes and when it was used, the last used first."""
    home = albums.folder(store)
    if not home.is_dir():
        return []
    sizes = []
    for path in home.iterdir():
        try:
            sizes.append((path, sum(each.stat().st_size for each in path.iterdir()), path.stat().st_mtime))
        except OSError:  # being written or cleared away at this moment
            continue
    return sorted(sizes, key=lambda row: row[2], reverse=True)

"""What is kept beside a file so that its page opens quickly: how many pages, their sizes, words and pictures.

Everything here can be made again from the file. It lies in `<data>/pages/<hash of the file>/`: `index.json`, one file
of words and the pictures in two widths per page. A job makes it ahead (ahead.py); a reader who comes first waits for
what is missing.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.flows.documents import extract, pdfs, reflow, webp
from bot.flows.documents.filetypes import DOCX, PDF, TEXT, XLSX
from storage.files import FileStore, StoredFile

if TYPE_CHECKING:
    from PIL import Image

SMALL, LARGE = WIDTHS = (600, 1200)
"""Pixels across: for phones with 720 dots, and for those with 1080 or turned sideways. [ours]"""
CHUNK = 8000
"""Characters of running text that count as one leaf: about 3 kB on the way. [ours]"""
FRESH_SECONDS = 3600.0
"""How exactly it is noted when an album was last used."""
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Album:
    """What a file has to show. `sizes`: of the small picture of each page; `texts`: how many leaves of running text."""

    sizes: tuple[tuple[int, int], ...] = ()
    texts: int = 0


def folder(store: FileStore) -> Path:
    """Where the albums lie."""
    return store.folder.parent / "pages"


def album(store: FileStore, file: StoredFile) -> Album:
    """What the file has to show; nothing for one that does not open."""
    home = folder(store) / file.sha256
    found = _index(home / "index.json")
    if found is None:
        made = _look_at(store, file)
        if not store.path(file.sha256).exists():  # a folder that is not mounted now: nothing to remember
            return made
        put(home / "index.json", json.dumps({"format": _FORMAT, "sizes": made.sizes, "texts": made.texts}).encode())
        return made
    _note_use(home)
    return found


@lru_cache(maxsize=200)
def _remembered(path: Path, _stamp: int) -> Album | None:
    kept = json.loads(path.read_bytes())
    if kept.get("format") != _FORMAT:
        return None
    return Album(tuple((width, height) for width, height in kept["sizes"]), kept["texts"])


def _index(path: Path) -> Album | None:
    try:
        return _remembered(path, path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


def words(store: FileStore, file: StoredFile, place: int) -> list[str]:
    """The paragraphs of a page, or of a leaf of running text; [] for a scan."""
    path = folder(store) / file.sha256 / f"{place}.json"
    try:
        return [str(line) for line in json.loads(path.read_bytes())]
    except (OSError, ValueError):
        pass
    if file.mime == PDF.mime:
        try:
            lines = reflow.paragraphs(pdfs.page_words(str(store.path(file.sha256)), [place])[0])
        except (pdfs.Unreadable, IndexError):
            lines = []
        put(path, json.dumps(lines, ensure_ascii=False).encode())
        return lines
    chunks = _chunks(_lines(store, file))
    for number, chunk in enumerate(chunks):
        put(path.with_name(f"{number}.json"), json.dumps(chunk, ensure_ascii=False).encode())
    return chunks[place] if place < len(chunks) else []


def picture(store: FileStore, file: StoredFile, place: int, *, width: int) -> Path:
    """The picture of a page, made at first asking. pdfs.Unreadable or LookupError when it cannot be made."""
    home = folder(store) / file.sha256
    target = home / f"{place}-{width}.webp"
    if not target.exists():
        _paint(store, file, place)
    return target


def has_pictures(store: FileStore, file: StoredFile, place: int) -> bool:
    """Whether a page needs no painting any more."""
    return (folder(store) / file.sha256 / f"{place}-{SMALL}.webp").exists()


def _paint(store: FileStore, file: StoredFile, place: int) -> None:
    """Both widths at once. The small one last: it says that both are there."""
    source, home, sizes = str(store.path(file.sha256)), folder(store) / file.sha256, album(store, file).sizes
    if place >= len(sizes):
        raise LookupError(f"page {place}")
    paint = pdfs.page_image if file.mime == PDF.mime else _photo
    for width in (LARGE, SMALL):
        picture = paint(source, place, width=width)
        # In exactly the proportions that the page's layout was told.
        height = sizes[place][1] * width // SMALL
        fitting = picture.crop((0, 0, width, height)) if picture.width == width else picture
        put(home / f"{place}-{width}.webp", webp.pack(fitting))


def _photo(source: str, _place: int, *, width: int) -> Image.Image:
    return pdfs.photo_image(source, width=width)


def put(target: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads meanwhile sees all of it or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}-{os.urandom(4).hex()}")
    partial.write_bytes(content)
    partial.replace(target)


def _note_use(home: Path) -> None:
    """What was not used for long is cleared away first (ahead.py)."""
    now = time.time()
    try:
        if now - home.stat().st_mtime > FRESH_SECONDS:
            os.utime(home)
    except OSError:  # cleared away at this moment
        return


def _look_at(store: FileStore, file: StoredFile) -> Album:
    path = str(store.path(file.sha256))
    try:
        if file.mime == PDF.mime:
            return Album(tuple(_shown(*size) for size in pdfs.page_sizes(path)))
        if file.mime.startswith("image/"):
            return Album((_shown(*pdfs.photo_image(path, width=LARGE).size),))
    except pdfs.Unreadable:
        return Album()
    return Album(texts=len(_chunks(_lines(store, file))))


def _shown(width: float, height: float) -> tuple[int, int]:
    """The size of the small picture, for the page's layout."""
    return SMALL, max(1, min(3 * SMALL, int(SMALL * height / max(width, 1.0))))


def _lines(store: FileStore, file: StoredFile) -> list[str]:
    """The text of a file that is not a picture of pages."""
    kind = next((each for each in (DOCX, XLSX, TEXT) if each.mime == file.mime), None)
    if kind is None:
        return []
    return extract.paragraphs(store.path(file.sha256).read_bytes(), kind)


def _chunks(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = []
    room = 0
    for line in lines:
        if room <= 0:
            found.append([])
            room = CHUNK
        found[-1].append(line)
        room -= len(line) + 1
    return found

"""The files of a paper as they are kept: photos bound into one PDF, sheets counted, the text put into the index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.flows.documents import pdfs
from bot.flows.documents.extract import beginning
from bot.flows.documents.filetypes import DOCX, PDF, TEXT, XLSX
from storage import files, library
from storage.documents import Document
from storage.files import FileStore

SHEET = 2500
"""Characters of a written text on one printed sheet of A4. [ours]"""
_WORDED = {kind.mime: kind for kind in (PDF, DOCX, XLSX, TEXT)}


@dataclass(frozen=True, slots=True)
class Held:
    """What a paper consists of. `pages`: sheets that a printout would take on one side, 0 when not known."""

    file_ids: list[int]
    text: str
    pages: int


def hold(session: Session, store: FileStore, drafted: list[dict[str, Any]], *, title: str, at: datetime) -> Held:
    """The files to publish in order; several photos become one PDF, in the place of the first of them."""
    photos = [int(each["id"]) for each in drafted if each["picture"]]
    file_ids = [int(each["id"]) for each in drafted]
    if len(photos) > 1:
        content = pdfs.bind([_path(session, store, photo).read_bytes() for photo in photos])
        bound = store.keep(session, content, name=f"{file_name(title)}{PDF.ending}", mime=PDF.mime, at=at)
        file_ids = [each for each in file_ids if each not in photos[1:]]
        file_ids[file_ids.index(photos[0])] = bound.id or 0
    read = [_read(session, store, each) for each in file_ids]
    sheets = sum(int(each.get("sheets") or each["picture"]) for each in drafted)
    return Held(file_ids, "\n\n".join(filter(None, read)), sheets)


def file_name(title: str) -> str:
    """A title as a file name, without its ending."""
    return "".join(char if char.isalnum() or char in " -" else "-" for char in title)[:60].strip() or "van-ban"


def _path(session: Session, store: FileStore, file_id: int) -> Path:
    return store.path(files.get(session, file_id).sha256)


def _read(session: Session, store: FileStore, file_id: int) -> str:
    """The text at the beginning of one kept file; "" for what has none."""
    stored = files.get(session, file_id)
    kind = _WORDED.get(stored.mime)
    return beginning(store.path(stored.sha256).read_bytes(), kind) if kind is not None else ""


def index(session: Session, document: Document, held: Held) -> None:
    """Make the text findable (of files their beginning: a sweep reads the rest), and count a written one's sheets."""
    if document.body and not held.pages:
        document.pages = -(-len(document.body) // SHEET)
    library.put(session, document.id or 0, held.text, whole=not held.file_ids)

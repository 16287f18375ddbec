"""What the reader page shows of a document: pictures of pages, paragraphs, sound, files to take home."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from bot.flows.documents import pdfs
from bot.flows.documents.extract import paragraphs
from bot.flows.documents.filetypes import DOCX, PDF
from storage import documents, files
from storage.files import FileStore, StoredFile

WIDTH = 1000
"""Pixels across: sharp on a phone turned sideways, about 100 kB a page. [ours]"""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing on the page. `kind`: picture, text, sound or file. `number` counts pictures over the whole document,
    `place` is the page within its file, `position` the file within the document."""

    kind: str
    file: StoredFile
    position: int
    number: int = 0
    place: int = 0
    lines: tuple[str, ...] = ()


def leaves(session: Session, store: FileStore, document_id: int) -> list[Leaf]:
    """Everything that a document's files have to show, in order. A file that does not open is only offered to take."""
    found: list[Leaf] = []
    pictures = 0
    for position, file_id in enumerate(documents.file_ids(session, document_id)):
        of_file = _of_file(store, files.get(session, file_id), position, pictures)
        pictures += sum(1 for leaf in of_file if leaf.kind == "picture")
        found.extend(of_file)
    return found


def _of_file(store: FileStore, file: StoredFile, position: int, first: int) -> list[Leaf]:
    path = store.path(file.sha256)
    if file.mime == PDF.mime:
        try:
            count = pdfs.page_count(str(path))
        except pdfs.Unreadable:
            count = 0
        pages = [Leaf("picture", file, position, first + place, place) for place in range(count)]
        return pages or [Leaf("file", file, position)]
    if file.mime.startswith("image/"):
        return [Leaf("picture", file, position, first)]
    if file.mime.startswith("audio/"):
        return [Leaf("sound", file, position)]
    lines = paragraphs(path.read_bytes()) if file.mime == DOCX.mime else []
    return [Leaf("text", file, position, lines=tuple(lines))] if lines else [Leaf("file", file, position)]


def picture(store: FileStore, leaf: Leaf) -> Path:
    """The picture of a page as a WebP file, made at first asking. pdfs.Unreadable when it cannot be made."""
    target = store.folder.parent / "pages" / leaf.file.sha256 / f"{leaf.place}.webp"
    if target.exists():
        return target
    source = str(store.path(leaf.file.sha256))
    is_pdf = leaf.file.mime == PDF.mime
    content = pdfs.page_picture(source, leaf.place, width=WIDTH) if is_pdf else pdfs.photo_picture(source, width=WIDTH)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}-{os.urandom(4).hex()}")
    partial.write_bytes(content)
    partial.replace(target)
    return target

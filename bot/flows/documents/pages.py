"""What the reader page shows of a document, in order: pictures of pages, text, sound, files to take home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from bot.flows.documents import albums
from storage import documents, files
from storage.files import FileStore, StoredFile

PART = 20
"""Pages that are shown at once; a longer paper has several parts. [ours]"""
WEIGHT = {"picture": 1, "text": 5, "sound": 0, "file": 0}
"""How many pages a leaf counts for."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing on the page. `kind`: picture, text, sound or file. `number` counts pictures over the whole document,
    `place` is the page within its file, `position` the file within the document; `size` in pixels."""

    kind: str
    file: StoredFile
    position: int
    number: int = 0
    place: int = 0
    size: tuple[int, int] = (0, 0)


def leaves(session: Session, store: FileStore, document_id: int) -> list[Leaf]:
    """Everything that a document's files have to show. A file that does not open is only offered to take."""
    found: list[Leaf] = []
    pictures = 0
    for position, file_id in enumerate(documents.file_ids(session, document_id)):
        of_file = _of_file(store, files.get(session, file_id), position, pictures)
        pictures += sum(1 for leaf in of_file if leaf.kind == "picture")
        found.extend(of_file)
    return found


def _of_file(store: FileStore, file: StoredFile, position: int, first: int) -> list[Leaf]:
    if file.mime.startswith("audio/"):
        return [Leaf("sound", file, position)]
    album = albums.album(store, file)
    pages = [Leaf("picture", file, position, first + place, place, size) for place, size in enumerate(album.sizes)]
    texts = [Leaf("text", file, position, place=place) for place in range(album.texts)]
    return pages or texts or [Leaf("file", file, position)]


def parts(found: list[Leaf]) -> list[list[Leaf]]:
    """The leaves in portions of about PART pages; always at least one portion."""
    portions: list[list[Leaf]] = [[]]
    weight = 0
    for leaf in found:
        if weight + WEIGHT[leaf.kind] > PART and portions[-1]:
            portions.append([])
            weight = 0
        portions[-1].append(leaf)
        weight += WEIGHT[leaf.kind]
    return portions


def words(store: FileStore, leaf: Leaf) -> list[str]:
    """The paragraphs of a page or of a leaf of text; [] for a scan or a photo."""
    return albums.words(store, leaf.file, leaf.place) if leaf.kind in {"picture", "text"} else []


def picture(store: FileStore, leaf: Leaf, *, width: int) -> Path:
    """The picture of a page as a WebP file. pdfs.Unreadable or LookupError when it cannot be made."""
    return albums.picture(store, leaf.file, leaf.place, width=width)

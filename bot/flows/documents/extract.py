"""The text of files: the beginning for proposals and the secrecy gate, all of it for the index and large print.

Bounded in characters, pages and memory. A file that does not open gives no text; it is then treated like a scan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot import sheet_text
from bot.flows.documents import pdf_text, word_text
from bot.flows.documents.filetypes import DOCX, PDF, TEXT, XLSX, FileType, plain_text

CHARACTERS = 60_000
"""Of the beginning: in a handler, so it must be quick. [ours]"""
FULL_CHARACTERS = 200_000
FIRST_PAGES, LAST_PAGES = 30, 5
"""Pages of a PDF that the gate reads: marks stand at the front, lists of people in the annexes. [ours]"""
PAGE_LETTERS = 2_300
"""Characters on a printed page (Nghị định 30/2020/NĐ-CP: 14 pt, A4), for estimates. [ours]"""
_READERS: dict[str, Callable[[bytes, int], list[str]]] = {
    DOCX.mime: word_text.lines,
    XLSX.mime: sheet_text.lines,
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """The text at the beginning. `scanned`: some page that was looked at is a picture without text."""

    text: str
    scanned: bool = False


def begun(content: bytes, kind: FileType) -> Beginning:
    """The text at the beginning, "" when there is none or the file does not open. Never raises for a bad file."""
    if kind is PDF:
        found = pdf_text.read(content, first=FIRST_PAGES, last=LAST_PAGES, characters=CHARACTERS)
        return Beginning(found.text, found.scans > 0)
    return Beginning(_text(content, kind, CHARACTERS))


def beginning(content: bytes, kind: FileType) -> str:
    """The text of `begun`."""
    return begun(content, kind).text


def full_text(content: bytes, kind: FileType) -> str:
    """All the text, every page, at most FULL_CHARACTERS; "" when there is none. A second for 500 pages: for jobs."""
    if kind is PDF:
        return pdf_text.read(content, first=pdf_text.page_count(content), characters=FULL_CHARACTERS).text
    return _text(content, kind, FULL_CHARACTERS)


def paragraphs(content: bytes, kind: FileType = DOCX) -> list[str]:
    """A file as lines to read: headings, list items and table rows one each; [] when it does not open."""
    if reader := _READERS.get(kind.mime):
        return reader(content, FULL_CHARACTERS)
    return [line.strip() for line in full_text(content, kind).splitlines() if line.strip()]


def sheets(content: bytes, kind: FileType) -> int:
    """Pages that a printout would take on one side; 0 when that is not known.

    PDF: its pages. Word: what Word counted, else an estimate by characters. A picture: one. Text: an estimate.
    """
    if kind is PDF:
        return pdf_text.page_count(content)
    if kind.is_picture:
        return 1
    if kind is DOCX:
        return word_text.pages(content) or _estimate(_text(content, kind, FULL_CHARACTERS))
    return _estimate(_text(content, kind, FULL_CHARACTERS)) if kind is TEXT else 0


def _text(content: bytes, kind: FileType, characters: int) -> str:
    if reader := _READERS.get(kind.mime):
        return "\n".join(reader(content, characters))[:characters]
    return (plain_text(content) or "")[:characters] if kind is TEXT else ""


def _estimate(text: str) -> int:
    return -(-len(text) // PAGE_LETTERS)

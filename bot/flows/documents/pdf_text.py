"""The text layer of a PDF, page by page, within bounds; and which pages are pictures without one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.flows.documents import pdfs

PAGE_CHARACTERS = 20_000
_SCAN = 10
"""A page with fewer letters than this and a picture on it is a scan. [ours]"""
OBJECTS = 300
"""Objects of a page that are looked at for a picture. [ours]"""


@dataclass(frozen=True, slots=True)
class PdfText:
    """What was read. `pages` of the whole file; `scans` among the pages that were read."""

    text: str = ""
    pages: int = 0
    scans: int = 0


def read(content: bytes, *, first: int, last: int = 0, characters: int) -> PdfText:
    """The text of the first and the last pages, at most `characters`. Nothing when the file does not open."""
    pieces: list[str] = []
    scans, left = 0, characters
    try:
        with pdfs.opened(content) as document:
            count = len(document)
            for number in _numbers(count, first, last):
                words, is_scan = _page(document, number, min(left, PAGE_CHARACTERS))
                pieces.append(words)
                scans += is_scan
                left -= len(words)
                if left <= 0:
                    break
    except pdfs.Unreadable:
        return PdfText()
    return PdfText("\n".join(pieces).replace("\r\n", "\n").replace("\r", "\n")[:characters], count, scans)


def page_count(content: bytes) -> int:
    """All its pages, 0 when it does not open."""
    try:
        with pdfs.opened(content) as document:
            return len(document)
    except pdfs.Unreadable:
        return 0


def _numbers(count: int, first: int, last: int) -> Iterable[int]:
    return sorted({*range(min(first, count)), *range(max(0, count - last), count)})


def _page(document: Any, number: int, characters: int) -> tuple[str, bool]:
    import pypdfium2  # loaded by now: the document is open

    try:
        page = document[number]
    except pypdfium2.PdfiumError:  # one bad page does not hide the others
        return "", True
    try:
        words = page.get_textpage()
        count = min(words.count_chars(), characters)
        text = words.get_text_range(0, count) if count > 0 else ""
        words.close()
        is_bare = sum(1 for char in text if char.isalnum()) < _SCAN
        return text, is_bare and _has_picture(page)
    except pypdfium2.PdfiumError:
        return "", True
    finally:
        page.close()


def _has_picture(page: Any) -> bool:
    """A picture, or lines drawn instead of letters."""
    import pypdfium2

    for number, found in enumerate(page.get_objects(max_depth=3)):
        if number >= OBJECTS:
            return True
        if found.type in (pypdfium2.raw.FPDF_PAGEOBJ_IMAGE, pypdfium2.raw.FPDF_PAGEOBJ_SHADING):
            return True
    return False

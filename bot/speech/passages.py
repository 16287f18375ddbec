"""From the text of a paper to the paragraphs that are worth hearing.

Out: letterhead, page numbers, lines that every page repeats, the list of recipients, rows of dots and stars. Lines
that a page's width has broken are joined again, so that the voice does not stop in the middle of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.speech.words import spoken

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_DECORATION = re.compile(r"[\W_]*")
_NEW_PARAGRAPH = re.compile(
    r"(?:[-–—+*•●▪◦]\s*|\(?\d{1,3}[.)/]|\d{1,2}(?:\.\d{1,2}){1,3}\.?\s|[IVX]{1,5}\s*[.)\-–/]|[a-zđ][.)]\s"
    r"|(?:Điều|Chương|Mục|Phần|PHẦN|CHƯƠNG|MỤC|Phụ lục|PHỤ LỤC)\s)"
)
_ENDS = (".", ":", ";", "!", "?", "…", '."', ".”", ";”")
_REPEATED = 3
"""A short line that stands at least so often in a paper is a page's head or foot."""
_SHORT = 100


def passages(text: str) -> list[str]:
    """The paragraphs in order; [] when nothing is left to say."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    return list(_joined(_without_recipients(_worth_saying(lines))))


def folded(text: str) -> str:
    """Lower case without diacritics, for comparing lines."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _worth_saying(lines: list[str]) -> Iterator[str]:
    """Without decoration; "" marks a gap between paragraphs."""
    often = Counter(line for line in lines if 0 < len(line) <= _SHORT)
    seen: set[str] = set()
    for line in lines:
        if (
            _DECORATION.fullmatch(line)
            or _PAGE_NUMBER.fullmatch(line)
            or folded(line).strip(" -–—*.") in spoken().skipped
        ):
            yield ""
        elif often[line] < _REPEATED:
            yield line
        elif line not in seen:
            seen.add(line)
            yield line


def _is_decoration(line: str) -> bool:
    silent = _DECORATION.fullmatch(line) or _PAGE_NUMBER.fullmatch(line)
    return bool(silent) or folded(line).strip(" -–—*.") in spoken().skipped


def _without_recipients(lines: Iterable[str]) -> Iterator[str]:
    """Leave out what follows "Nơi nhận:" up to the signature or an appendix."""
    skipping = False
    for line in lines:
        plain = folded(line)
        if plain.startswith(spoken().recipients):
            skipping = True
        elif skipping and plain.startswith(spoken().signers):
            skipping = False
        if not skipping:
            yield line


def _joined(lines: Iterable[str]) -> Iterator[str]:
    paragraph = ""
    for line in lines:
        if paragraph and (not line or not _goes_on(paragraph, line)):
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}".strip()
    if paragraph:
        yield paragraph


def _goes_on(before: str, line: str) -> bool:
    """Whether `line` continues the sentence before it. A gap inside a sentence does not end it: a page ends there."""
    if before.endswith(_ENDS) or _NEW_PARAGRAPH.match(line):
        return False
    if before.isupper() != line.isupper():
        return False
    return line[0].islower() or before.isupper() or len(before) > _SHORT // 2

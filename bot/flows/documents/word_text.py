"""The text of a .docx: headers, paragraphs, lists, tables row by row, text boxes, footnotes. Read by a streaming
parser with a limit, because the XML of a hostile file may be as large as it likes."""

from __future__ import annotations

import io
import re
import zipfile
from xml.parsers import expat

from bot.xml_parts import BROKEN, CHUNK, Enough, feed, local

_PARTS = (
    re.compile(r"word/header\d*\.xml"),
    re.compile(r"word/document\.xml"),
    re.compile(r"word/(?:foot|end)notes\.xml"),
    re.compile(r"word/footer\d*\.xml"),
)
"""In the order in which they are read: marks stand in headers."""
_LIST = "– "


def lines(content: bytes, characters: int) -> list[str]:
    """The lines of a .docx, about `characters` in all; what was read so far when it breaks off."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(archive.namelist())
            for part in _PARTS:
                for name in names:
                    if part.fullmatch(name):
                        reader = _Reader(characters - sum(map(len, found)))
                        feed(archive, name, reader.parser)
                        found += reader.lines
    except Enough:
        found += reader.lines
    except BROKEN:
        pass
    return found


def pages(content: bytes) -> int:
    """How many pages Word counted when it saved the file; 0 when it did not say."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("docProps/app.xml") as part:
            said = re.search(rb"<(?:\w+:)?Pages>\s*(\d{1,5})\s*<", part.read(CHUNK))
    except BROKEN:
        return 0
    return int(said[1]) if said else 0


class _Reader:
    """Gathers lines. `_sinks` holds where a paragraph that ends goes: the page, or the table cell it stands in."""

    def __init__(self, characters: int) -> None:
        self.lines: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._left = characters
        self._sinks: list[list[str]] = [self.lines]
        self._paragraphs: list[list[str]] = []
        self._in_text = False
        self._doubled = 0
        """Depth in what repeats a text box for old programs."""
        self._in_tabs = False
        """In the list of a paragraph's tab stops, which are no tabs."""

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "Fallback" or self._doubled:
            self._doubled += 1
        elif kind == "p":
            self._paragraphs.append([])
        elif kind == "t":
            self._in_text = True
        elif kind == "tabs":
            self._in_tabs = True
        elif kind == "txbxContent":
            self._sinks.append(self.lines)
        elif kind in {"tr", "tc"}:
            self._sinks.append([])
        elif self._paragraphs:
            self._in_paragraph(kind)

    def _in_paragraph(self, kind: str) -> None:
        if kind == "numPr":
            self._paragraphs[-1].insert(0, _LIST)
        elif kind in {"tab", "ptab"} and not self._in_tabs:
            self._paragraphs[-1].append("\t")
        elif kind in {"br", "cr"}:
            self._paragraphs[-1].append("\n")

    def _end(self, name: str) -> None:
        kind = local(name)
        if self._doubled:
            self._doubled -= 1
        elif kind == "p" and self._paragraphs:
            self._put("".join(self._paragraphs.pop()))
        elif kind == "t":
            self._in_text = False
        elif kind == "tabs":
            self._in_tabs = False
        elif kind == "txbxContent":
            self._sinks.pop()
        elif kind in {"tr", "tc"} and len(self._sinks) > 1:
            inner = self._sinks.pop()
            self._put(("  " if kind == "tr" else " ").join(each.strip() for each in inner if each.strip()))

    def _put(self, text: str) -> None:
        for line in text.split("\n"):
            tidy = line.strip()
            if tidy and tidy != _LIST.strip():
                self._sinks[-1].append(tidy)

    def _text(self, text: str) -> None:
        if not self._in_text or self._doubled or not self._paragraphs:
            return
        self._paragraphs[-1].append(text)
        self._left -= len(text)
        if self._left < 0:
            self._put("".join(self._paragraphs[-1]))
            raise Enough

"""The text of an .xlsx: names of sheets, rows as lines, headers and footers, comments and text boxes.

Read by a streaming parser of our own (bot/workbook.py says why).
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from xml.parsers import expat

from bot.workbook import BESIDE, SHEET, Lines, Words, date_styles, in_order, moment, strings
from bot.xml_parts import BROKEN, Enough, feed, local

_NAMES = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"")
_SECTION = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+|[A-Z])")
SHEETS = 50


def lines(content: bytes, characters: int) -> list[str]:
    """The lines of an .xlsx, about `characters` in all, hidden sheets too; what was read when it breaks off."""
    found = Lines(characters)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(archive.namelist(), key=in_order)
            with archive.open("xl/workbook.xml") as part:
                for name in _NAMES.findall(part.read(1024 * 1024).decode("utf-8", "replace")):
                    found.add(html.unescape(name))
            shared, dates = strings(archive), date_styles(archive)
            for name in [each for each in names if SHEET.fullmatch(each)][:SHEETS]:
                feed(archive, name, _Sheet(found, shared, dates).parser)
            for name in filter(BESIDE.fullmatch, names):
                feed(archive, name, Words(found).parser)
    except (Enough, *BROKEN):
        pass
    return found.lines


class _Sheet:
    """One sheet: every row with something in it becomes a line."""

    def __init__(self, found: Lines, strings: list[str], dates: frozenset[int]) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._found, self._strings, self._dates = found, strings, dates
        self._row: list[str] = []
        self._cell: dict[str, str] = {}
        self._inside = ""
        self._pieces: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "c":
            self._cell, self._pieces = attributes, []
        elif kind in {"v", "t"} or kind.endswith(("Header", "Footer")):
            self._inside = kind

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == self._inside:
            self._inside = ""
        if kind == "c":
            self._row.append(self._value("".join(self._pieces)))
            self._pieces = []
        elif kind == "row":
            self._found.add("  ".join(value for value in self._row if value))
            self._row = []
        elif kind.endswith(("Header", "Footer")):
            for part in _SECTION.split("".join(self._pieces)):
                self._found.add(part)
            self._pieces = []

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _value(self, raw: str) -> str:
        """What the cell shows, dates as people write them so that birth dates are recognised."""
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "")
        if kind == "s":
            return self._strings[int(raw)] if raw.isdecimal() and int(raw) < len(self._strings) else ""
        if kind == "n" and style.isdecimal() and int(style) in self._dates:
            at = moment(raw)
            return raw if at is None else at.strftime("%d/%m/%Y")
        return raw.removesuffix(".0").strip()

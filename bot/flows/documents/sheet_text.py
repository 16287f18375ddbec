"""The text of an .xlsx: names of sheets, rows as lines, headers and footers, comments and text boxes.

Read by a streaming parser of our own, not by python-calamine: that one fills a whole rectangle between the first and
the last cell, and two cells in opposite corners (a file of 5 kB) end the process.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta
from xml.parsers import expat

from bot.flows.documents.word_text import BROKEN, Enough, feed, local

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_BESIDE = re.compile(r"xl/(?:comments\d*|drawings/drawing\d*|threadedComments/[^/]+)\.xml")
_NAMES = re.compile(r"<(?:\w+:)?sheet\b[^>]*?\bname=\"([^\"]*)\"")
STRINGS = 200_000
"""Shared strings that are remembered. [ours]"""
SHEETS = 50
_FIRST_DAY = datetime(1899, 12, 30)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show dates (ISO 29500-1, 18.8.30)."""
_LAST_SERIAL = 2_958_465
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SECTION = re.compile(r"&(?:[LCR]|\"[^\"]*\"|\d+|[A-Z])")


def lines(content: bytes, characters: int) -> list[str]:
    """The lines of an .xlsx, about `characters` in all, hidden sheets too; what was read when it breaks off."""
    found = _Lines(characters)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(archive.namelist(), key=_in_order)
            with archive.open("xl/workbook.xml") as part:
                for name in _NAMES.findall(part.read(1024 * 1024).decode("utf-8", "replace")):
                    found.add(html.unescape(name))
            strings = _strings(archive) if "xl/sharedStrings.xml" in names else []
            dates = _date_styles(archive) if "xl/styles.xml" in names else frozenset()
            for name in [each for each in names if _SHEET.fullmatch(each)][:SHEETS]:
                feed(archive, name, _Sheet(found, strings, dates).parser)
            for name in filter(_BESIDE.fullmatch, names):
                feed(archive, name, _Words(found).parser)
    except (Enough, *BROKEN):
        pass
    return found.lines


def _in_order(name: str) -> tuple[str, int]:
    """sheet2 before sheet10."""
    number = re.search(r"(\d+)\.xml$", name)
    return re.sub(r"\d+\.xml$", "", name), int(number[1]) if number else 0


class _Lines:
    """Lines up to a number of characters; Enough past it."""

    def __init__(self, characters: int) -> None:
        self.lines: list[str] = []
        self._left = characters

    def add(self, line: str) -> None:
        """One more line, unless it is empty."""
        tidy = line.strip()
        if tidy:
            self.lines.append(tidy)
            self._left -= len(tidy)
        if self._left < 0:
            raise Enough


class _Words:
    """The text of every paragraph or comment (elements p, si, comment, text)."""

    ENDS = frozenset({"p", "si", "text", "oddHeader", "oddFooter"})

    def __init__(self, found: _Lines) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._found = found
        self._inside = False
        self._pieces: list[str] = []

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._inside = local(name) in {"t", "text"}

    def _end(self, name: str) -> None:
        self._inside = False
        if local(name) in self.ENDS:
            self._found.add("".join(self._pieces))
            self._pieces = []

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


class _Strings(_Words):
    """Shared strings in order, empty ones too: cells name them by their place."""

    def __init__(self) -> None:
        super().__init__(_Lines(0))
        self.strings: list[str] = []
        self._phonetic = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        super()._start(name, attributes)
        self._phonetic = self._phonetic or local(name) == "rPh"
        self._inside = self._inside and not self._phonetic

    def _end(self, name: str) -> None:
        self._inside = False
        if local(name) == "rPh":
            self._phonetic = False
        if local(name) == "si":
            self.strings.append("".join(self._pieces)[:5_000])
            self._pieces = []
            if len(self.strings) >= STRINGS:
                raise Enough


def _strings(archive: zipfile.ZipFile) -> list[str]:
    reader = _Strings()
    with suppress(Enough):
        feed(archive, "xl/sharedStrings.xml", reader.parser)
    return reader.strings


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The places of the cell styles that show a number as a date."""
    custom: set[int] = set()
    places: list[bool] = []
    state = {"cells": False}

    def start(name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "numFmt" and attributes.get("numFmtId", "").isdecimal():
            code = _LITERALS.sub("", attributes.get("formatCode", "")).lower()
            if "d" in code or "y" in code:
                custom.add(int(attributes["numFmtId"]))
        elif kind == "cellXfs":
            state["cells"] = True
        elif kind == "xf" and state["cells"]:
            number = attributes.get("numFmtId", "")
            places.append(number.isdecimal() and (int(number) in _DATE_FORMATS or int(number) in custom))

    def end(name: str) -> None:
        if local(name) == "cellXfs":
            state["cells"] = False

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    feed(archive, "xl/styles.xml", parser)
    return frozenset(place for place, is_date in enumerate(places) if is_date)


class _Sheet:
    """One sheet: every row with something in it becomes a line."""

    def __init__(self, found: _Lines, strings: list[str], dates: frozenset[int]) -> None:
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
            return _date(raw)
        return raw.removesuffix(".0").strip()


def _date(raw: str) -> str:
    try:
        serial = float(raw)
        if not 0 < serial <= _LAST_SERIAL:
            return raw
        return (_FIRST_DAY + timedelta(days=serial)).strftime("%d/%m/%Y")
    except (ValueError, OverflowError):
        return raw

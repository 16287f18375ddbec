"""Excel workbooks (.xlsx) as they lie there, read piece by piece and within limits: cells with their places, and what
stands beside them.

By a streaming parser of our own: libraries fill a whole rectangle between the first and the last cell, and two cells
in opposite corners (a file of 5 kB) end the process.
"""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from bot.errors import BadInput
from bot.xml_parts import BROKEN, Enough, feed, local

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
BESIDE = re.compile(r"xl/(?:comments\d*|drawings/drawing\d*|threadedComments/[^/]+)\.xml")
STRINGS = 200_000
"""Shared strings that are remembered. [ours]"""
PART = 64 * 1024 * 1024
"""Bytes that one part may unpack to. [ours]"""
_FIRST_DAY = datetime(1899, 12, 30)
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show dates (ISO 29500-1, 18.8.30)."""
_LAST_SERIAL = 2_958_465
_LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


# --- tables --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a workbook is read: sheets, rows of one, columns, bytes that it may unpack to, shared strings."""

    sheets: int = 20
    rows: int = 5_000
    columns: int = 60
    unpacked: int = 32 * 1024 * 1024
    """Of all parts together, as the archive says; reading never goes past what it says."""
    strings: int = STRINGS


@dataclass
class Sheet:
    """One sheet. `rows`: from the first on, each as far as it goes, empty cells as ""; values are str, int, float, bool
    and datetime. `offset` is added to row numbers that are shown."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    offset: int = 0


def tables(content: bytes, limits: Limits) -> list[Sheet]:
    """The visible sheets in their order. BadInput when it is no .xlsx, is broken or protected, or goes past a limit."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # an old .xls, or the container that a password puts around
        raise BadInput("workbook.password" if _ENCRYPTED in content else "workbook.old")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.flag_bits & 1 for entry in archive.infolist()):
                raise BadInput("workbook.password")
            if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked:
                raise BadInput("workbook.bomb")
            shared, dates = strings(archive, limits.strings + 1), date_styles(archive)
            if len(shared) > limits.strings:
                raise Enough
            since = _since(archive)
            found = []
            for name, part in _visible(archive)[: limits.sheets]:
                reader = _Cells(Sheet(name), limits, _Known(shared, dates, since))
                feed(archive, part, reader.parser)
                found.append(reader.sheet)
            return found
    except Enough:
        raise BadInput("workbook.large", rows=limits.rows, columns=limits.columns) from None
    except BROKEN:
        raise BadInput("workbook.broken") from None


_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HIDDEN = frozenset({"hidden", "veryHidden"})
_SMALL = 1024 * 1024


def _visible(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, part) of the sheets that people see, in their order."""
    names = set(archive.namelist())
    targets = {
        each.get("Id", ""): each.get("Target", "")
        for each in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found = []
    for each in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(each.get("id", ""), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if each.get("state") not in _HIDDEN and SHEET.fullmatch(part) and part in names:
            found.append((each.get("name", ""), part))
    return found


def _since(archive: zipfile.ZipFile) -> datetime:
    """The day from which a workbook counts: those of old Macs begin in 1904 (ISO 29500-1, 18.17.4.1)."""
    found = _elements(archive, "xl/workbook.xml", "workbookPr")
    return _FIRST_DAY_1904 if any(each.get("date1904") in {"1", "true"} for each in found) else _FIRST_DAY


def _elements(archive: zipfile.ZipFile, part: str, kind: str) -> list[dict[str, str]]:
    """The attributes of every element of a kind, by their names without namespaces."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == kind:
            found.append({local(key): value for key, value in attributes.items()})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    feed(archive, part, parser, most=_SMALL)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cells of a workbook refer to: shared strings, styles that are dates, the day 0."""

    strings: list[str]
    dates: frozenset[int]
    since: datetime


class _Cells:
    """Fills one Sheet; Enough past a limit. What says nothing of its place stands behind the one before."""

    def __init__(self, sheet: Sheet, limits: Limits, known: _Known) -> None:
        self.sheet = sheet
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._limits = limits
        self._known = known
        self._rows = 0
        self._cell: dict[str, str] = {}
        self._column = -1
        self._inside = False
        self._pieces: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)  # a list of a province has millions of these: the most frequent ones first
        if kind == "c":
            self._cell, self._pieces = attributes, []
            place = _LETTERS.match(attributes.get("r", ""))
            self._column = _column(place[0]) if place else self._column + 1
        elif kind in {"v", "t"}:
            self._inside = True
        elif kind == "row":
            self._row(attributes.get("r", ""))

    def _row(self, number: str) -> None:
        """It counts only once a cell of it says something: LibreOffice writes the last row of all, empty."""
        self._rows = max(int(number) if number.isdecimal() and len(number) < 8 else 0, self._rows + 1)
        self._column = -1

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind in {"v", "t"}:
            self._inside = False
        elif kind == "c" and self._pieces:
            self._put(self._value("".join(self._pieces)))

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _put(self, value: Any) -> None:
        if value == "" or not self._rows:
            return
        if self._rows > self._limits.rows or not 0 <= self._column < self._limits.columns:
            raise Enough
        rows = self.sheet.rows
        while len(rows) < self._rows:
            rows.append([])
        row = rows[-1]
        row.extend([""] * (self._column + 1 - len(row)))
        row[self._column] = value

    def _value(self, raw: str) -> Any:
        kind, style = self._cell.get("t", "n"), self._cell.get("s", "")
        if kind == "s":
            found = self._known.strings
            return found[int(raw)] if raw.isdecimal() and int(raw) < len(found) else ""
        if kind == "n":
            dated = style.isdecimal() and int(style) in self._known.dates
            return (moment(raw, self._known.since) if dated else None) or _number(raw)
        return raw == "1" if kind == "b" else raw


_LETTERS = re.compile(r"[A-Z]{1,3}(?=\d)")


@lru_cache(maxsize=1_000)
def _column(letters: str) -> int:
    """ "A" is 0, "AB" is 27."""
    place = 0
    for each in letters:
        place = place * 26 + ord(each) - 64
    return place - 1


def _number(raw: str) -> int | float | str:
    try:
        value = float(raw)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    except (ValueError, OverflowError):
        return raw.strip()


# --- parts of a workbook -------------------------------------------------------------------------------------------
class Lines:
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


class Words:
    """The text of every paragraph or comment (elements p, si, comment, text)."""

    ENDS = frozenset({"p", "si", "text", "oddHeader", "oddFooter"})

    def __init__(self, found: Lines) -> None:
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


class Strings(Words):
    """Shared strings in order, empty ones too: cells name them by their place."""

    def __init__(self, most: int = STRINGS) -> None:
        super().__init__(Lines(0))
        self.strings: list[str] = []
        self._most = most
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
            if len(self.strings) >= self._most:
                raise Enough


def strings(archive: zipfile.ZipFile, most: int = STRINGS) -> list[str]:
    """The shared strings, at most so many, [] where there are none."""
    reader = Strings(most)
    if "xl/sharedStrings.xml" in archive.namelist():
        with suppress(Enough):
            feed(archive, "xl/sharedStrings.xml", reader.parser, most=PART)
    return reader.strings


def date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The places of the cell styles that show a number as a date."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
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
    with suppress(Enough):
        feed(archive, "xl/styles.xml", parser, most=PART)
    return frozenset(place for place, is_date in enumerate(places) if is_date)


def moment(raw: str, since: datetime = _FIRST_DAY) -> datetime | None:
    """The moment that a spreadsheet's count of days means; None when it is none."""
    try:
        serial = float(raw)
        return since + timedelta(days=serial) if 0 < serial <= _LAST_SERIAL else None
    except (ValueError, OverflowError):
        return None


def in_order(name: str) -> tuple[str, int]:
    """sheet2 before sheet10."""
    number = re.search(r"(\d+)\.xml$", name)
    return re.sub(r"\d+\.xml$", "", name), int(number[1]) if number else 0

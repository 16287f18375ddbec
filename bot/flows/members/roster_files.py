"""Files with tables in them: spreadsheets within limits, text files with a guessed encoding and delimiter."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from bot.errors import BadInput
from bot.flows.members.roster_columns import Mapping, columns_of
from bot.flows.members.roster_values import Cell
from bot.workbook import Limits, Sheet, tables

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls"})
"""Many a .xls is something else; a real one is asked for as .xlsx."""
TEXT_FILES = frozenset({".csv", ".txt", ".tsv"})
LIMITS = Limits(sheets=200, rows=100_000, columns=100, unpacked=200_000_000, strings=1_000_000)
"""A province's list has 60,000 rows and unpacks to some 30 MB; more than this is a bomb or not a list. [ours]"""
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def grids(path: Path) -> Iterator[Sheet]:
    """The tables of a file, one after the other; BadInput says what is wrong with the file."""
    try:
        start = _start(path)
    except OSError as error:
        raise BadInput("roster.file-unreadable", reason=error.strerror or "") from None
    kind = path.suffix.lower()
    if kind not in SPREADSHEETS | TEXT_FILES:
        raise BadInput("roster.file-wrong-kind", kind=kind or path.name)
    if not start:
        raise BadInput("roster.file-empty")
    if kind in TEXT_FILES:
        if start.startswith((_ZIP, _OLD_EXCEL)):
            raise BadInput("roster.file-is-spreadsheet")
        yield _text_table(path)
        return
    if not start.startswith((_ZIP, _OLD_EXCEL)):
        raise BadInput("roster.file-is-web-page" if b"<" in start[:200] else "roster.file-is-no-spreadsheet")
    yield from tables(path.read_bytes(), LIMITS)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _text_table(path: Path) -> Sheet:
    content = _decoded(path.read_bytes())
    offset = 0
    delimiter = ""
    if content[:4].lower() == "sep=" and len(content) > 4:  # a hint that Excel reads and does not show
        delimiter, content = content[4], content.partition("\n")[2]
    try:
        rows = _rows(content, delimiter or _delimiter(content))
    except csv.Error:
        raise BadInput("roster.file-broken") from None
    return Sheet(path.stem, rows, offset=offset)


def _decoded(raw: bytes) -> str:
    """The text of a file; Windows-1258 is what old Vietnamese Windows programs write."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif raw[:400].count(b"\0") > len(raw[:400]) // 4:
        encodings = ["utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp1258"]
    for encoding in encodings:
        try:
            content = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in content:
            return content
    raise BadInput("roster.file-wrong-encoding")


def _rows(content: str, delimiter: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
        rows.append([cell.strip() for cell in row])
    return rows


def _delimiter(content: str) -> str:
    """The delimiter under which the first rows show the most known headers, then the most columns."""
    head = content[:20_000]

    def merit(delimiter: str) -> tuple[int, int]:
        rows = _rows(head, delimiter)[:40]
        known = max((len(columns_of([str(cell) for cell in row], Mapping())) for row in rows), default=0)
        return known, max(map(len, rows), default=0)

    return max(",;\t|", key=merit)

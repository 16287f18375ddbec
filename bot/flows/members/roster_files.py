"""Files with tables: spreadsheets, read in a process of their own, text files with a guessed encoding and delimiter."""

from __future__ import annotations

import csv
import io
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot import spreadsheets
from bot.errors import BadInput
from bot.flows.members.roster_columns import Mapping, columns_of
from bot.flows.members.roster_values import Cell

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
TEXT_FILES = frozenset({".csv", ".txt", ".tsv"})
LARGEST_UNPACKED = 1_000_000_000
"""Bytes: a province's list unpacks to some 30 MB; more than this is a bomb or not a list."""
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that a password puts around a new spreadsheet
Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass
class Grid:
    """One table as it lies there: every cell, empty ones as "". `offset` is added to row numbers when shown."""

    name: str
    rows: list[list[Cell]]
    merged: list[Merged] = field(default_factory=list)
    offset: int = 0


def grids(path: Path) -> Iterator[Grid]:
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
    yield from _spreadsheet(path)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(512)


def _spreadsheet(path: Path) -> Iterator[Grid]:
    _refuse_locked_and_bombs(path)
    reader = [sys.executable, "-m", spreadsheets.__name__, str(path)]
    read = subprocess.run(reader, capture_output=True, check=False)  # noqa: S603 (our own program)
    if read.returncode == spreadsheets.LOCKED:
        raise BadInput("roster.file-has-password")
    if read.returncode == spreadsheets.BROKEN:
        raise BadInput("roster.file-broken")
    if read.returncode:  # it needed more memory or time than any list does
        raise BadInput("roster.file-too-large")
    for name, rows, merged in pickle.loads(read.stdout):  # noqa: S301 (written by our own process)
        yield Grid(name, rows, merged)


def _refuse_locked_and_bombs(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        if _ENCRYPTED in path.read_bytes():
            raise BadInput("roster.file-has-password")
        return
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            locked = any(part.flag_bits & 1 for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadInput("roster.file-broken") from None
    if locked:
        raise BadInput("roster.file-has-password")
    if unpacked > LARGEST_UNPACKED:
        raise BadInput("roster.file-too-large")


def _text_table(path: Path) -> Grid:
    content = _decoded(path.read_bytes())
    offset = 0
    delimiter = ""
    if content[:4].lower() == "sep=" and len(content) > 4:  # a hint that Excel reads and does not show
        delimiter, content = content[4], content.partition("\n")[2]
    try:
        rows = _rows(content, delimiter or _delimiter(content))
    except csv.Error:
        raise BadInput("roster.file-broken") from None
    return Grid(path.stem, rows, offset=offset)


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

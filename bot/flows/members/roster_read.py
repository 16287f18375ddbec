"""A member list as it lies on the disk: which sheets, where the headers are, which rows are people.

`read(path, mapping)` returns one Sheet for each sheet with members in it. Nothing is judged here but the file itself:
rows come out with their number as a spreadsheet shows it, so that a reason can point at them later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from bot.errors import BadInput
from bot.flows.members.roster_columns import Field, Mapping, columns_of, header_key
from bot.flows.members.roster_files import Grid, grids
from bot.flows.members.roster_values import Cell, text
from bot.matching.letters import fold, words_only

HEADER_WITHIN = 40
"""Titles, the motto and signatures stand above the headers; nobody puts forty rows of them."""
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|\(?[A-Z]\)?")
_FOOTER = re.compile(
    r"(tong|tong so|tong cong|cong|cong lai)\b.*|.*\b(nguoi lap|ky ten|xac nhan cua|noi nhan|thay mat chi|t m )\b.*"
    r"|.*\bngay \d{0,2} ?thang \d{0,2} ?nam\b.*"
)
_BRANCH = re.compile(r"chi bộ\s+(\S.*)", re.IGNORECASE)
_COMMUNE = re.compile(r"(?:đảng bộ|đảng ủy)\s+((?:xã|phường|đặc khu|thị trấn)\s+\S.*)", re.IGNORECASE)


class Line(NamedTuple):
    """One person's row. `commune` and `branch` come from the heading above it where no column says them."""

    row: int
    cells: list[Cell]
    commune: str
    branch: str


@dataclass
class Sheet:
    """One sheet with members. `columns`: field → positions of its columns; `headers`: position → header as written."""

    name: str
    columns: dict[Field, tuple[int, ...]]
    headers: dict[int, str]
    lines: list[Line] = field(default_factory=list)
    skipped: int = 0
    """Rows that hold no person: headings, totals, signatures."""


def read(path: Path, mapping: Mapping | None = None) -> list[Sheet]:
    """The sheets of a file that hold members; BadInput when the file cannot be read or has none."""
    mapping = mapping or Mapping()
    sheets = []
    empty = True
    headers: list[str] = []
    for grid in grids(path):
        if mapping.sheet and fold(grid.name) != fold(mapping.sheet):
            continue
        empty = empty and not any(any(cell != "" for cell in row) for row in grid.rows)
        found = _headers(grid, mapping)
        if found is None:
            continue
        headers.extend(found[1])
        if Field.FULL_NAME in found[2] and len(found[2]) > 1:
            sheets.append(_sheet(grid, _with_second_name_column(grid, found)))
    if headers:
        _refuse_unknown_headers(headers, mapping)
    if not sheets:
        raise BadInput("roster.file-empty" if empty else "roster.no-headers")
    return sheets


Found = tuple[int, list[str], dict[Field, tuple[int, ...]]]


def _sheet(grid: Grid, found: Found) -> Sheet:
    first, headers, columns = found
    _fill_merged(grid, columns, first)
    sheet = Sheet(grid.name, columns, {i: h for i, h in enumerate(headers) if h})
    _collect(sheet, grid, first)
    return sheet


def _headers(grid: Grid, mapping: Mapping) -> Found | None:
    """The first row under the headers, the headers, and their columns, where the most columns are known."""
    best: Found | None = None
    most = 0
    for index in _candidates(grid, mapping):
        for height in (1, 2):
            headers = _stacked(grid.rows[index : index + height])
            columns = columns_of(headers, mapping)
            known = sum(map(len, columns.values()))
            if known > most:
                most = known
                best = (index + height, headers, columns)
    if mapping.header_row == 0:
        best = (0, [], columns_of([], mapping))
    return best


def _candidates(grid: Grid, mapping: Mapping) -> range:
    if mapping.header_row is None:
        return range(min(len(grid.rows), HEADER_WITHIN))
    return range(mapping.header_row - 1, min(mapping.header_row, len(grid.rows))) if mapping.header_row else range(0)


def _refuse_unknown_headers(headers: list[str], mapping: Mapping) -> None:
    """Refuse a mapping that names a header which the file does not have: the column would be dropped in silence."""
    there = {header_key(header) for header in headers}
    letters = mapping.letters()
    for name, own in mapping.columns.items():
        if own and name not in letters and header_key(own) not in there:
            raise BadInput("roster.map-no-such-header", header=own, field=name)


def _stacked(rows: list[list[Cell]]) -> list[str]:
    """Headers out of one row, or of two where a merged header stands above narrower ones."""
    upper = [text(cell) for cell in rows[0]]
    if len(rows) == 1:
        return upper
    lower = [text(cell) for cell in rows[1]]
    headers, above = [], ""
    for over, under in zip_longest(upper, lower, fillvalue=""):
        above = over or (above if under else "")
        headers.append(_one_header(above, under))
    return headers


def _one_header(above: str, under: str) -> str:
    if not under or not above:
        return under or above
    both = f"{above} {under}"
    return both if columns_of([both], Mapping()) or not columns_of([under], Mapping()) else under


def _with_second_name_column(grid: Grid, found: Found) -> Found:
    """Offices put one header over two columns, family name and given name; take both."""
    first, headers, columns = found
    name = columns[Field.FULL_NAME]
    after = name[-1] + 1
    used = {index for positions in columns.values() for index in positions}
    if len(name) == 1 and after not in used and after < len(headers) and not headers[after]:
        values = [row[after] for row in grid.rows[first : first + 50] if after < len(row) and row[after] != ""]
        if values and all(isinstance(value, str) and len(value.split()) == 1 for value in values):
            columns = {**columns, Field.FULL_NAME: (*name, after)}
    return first, headers, columns


def _fill_merged(grid: Grid, columns: dict[Field, tuple[int, ...]], first: int) -> None:
    """A branch's name merged over its members' rows belongs to each of them."""
    places = (Field.BRANCH, Field.BRANCH_CODE, Field.COMMUNE, Field.COMMUNE_CODE)
    wanted = {index for name in places for index in columns.get(name, ())}
    for (top, left), (bottom, _right) in grid.merged:
        if left in wanted and bottom > top >= first and top < len(grid.rows):
            value = next(iter(grid.rows[top][left : left + 1]), "")
            for row in grid.rows[top + 1 : bottom + 1]:
                row.extend([""] * (left + 1 - len(row)))
                row[left] = value


def _collect(sheet: Sheet, grid: Grid, first: int) -> None:
    commune, branch = _headings(grid.rows[: max(first - 1, 0)], grid.name)
    number = sheet.columns.get(Field.NUMBER, (-1,))[0]
    mapped = [index for name, ix in sheet.columns.items() if name is not Field.ORDINAL for index in ix]
    width = max(mapped) + 1
    for index, cells in enumerate(grid.rows[first:], start=first):
        if len(cells) < width:
            cells.extend([""] * (width - len(cells)))
        if not _is_person(cells, number, mapped, sheet, is_first=index == first):
            commune, branch = _section(cells, commune, branch)
            sheet.skipped += any(cell != "" for cell in cells)
            continue
        sheet.lines.append(Line(index + 1 + grid.offset, cells, commune, branch))


def _is_person(cells: list[Cell], number: int, mapped: list[int], sheet: Sheet, *, is_first: bool) -> bool:
    """Whether a row is about somebody; nearly every row with a number is."""
    key = cells[number] if number >= 0 else ""
    if not is_first and (key[:1].isdigit() if isinstance(key, str) else not isinstance(key, bool)):
        return True
    filled = [cell for cell in cells if cell != ""]
    if not filled or (is_first and _numbers_columns(filled)) or _repeats_headers(cells, number, sheet):
        return False
    if any(isinstance(cell, str) and _FOOTER.fullmatch(words_only(cell)) for cell in filled):
        return False
    own = sum(cells[index] != "" for index in mapped)
    ordinal = sheet.columns.get(Field.ORDINAL, ())
    counted = any(text(cells[index]).isdigit() for index in ordinal if index < len(cells))
    heading = any(isinstance(cell, str) and _BRANCH.match(text(cell)) for cell in filled)
    return own >= 2 or (own == 1 and counted and not heading)


def _repeats_headers(cells: list[Cell], number: int, sheet: Sheet) -> bool:
    """A printed list repeats its headers on every page."""
    index = number if number >= 0 else sheet.columns[Field.FULL_NAME][0]
    cell, header = cells[index], sheet.headers.get(index)
    return isinstance(cell, str) and header is not None and not cell[:1].isdigit() and text(cell) == header


def _numbers_columns(filled: list[Cell]) -> bool:
    """The row "(1) (2) (3)" under the headers."""
    return len(filled) >= 2 and all(_COLUMN_NUMBER.fullmatch(text(cell)) for cell in filled)


def _headings(rows: list[list[Cell]], sheet_name: str) -> tuple[str, str]:
    """Commune and branch out of the titles above the headers, else the branch out of the sheet's name."""
    commune, branch = "", ""
    for row in rows:
        commune, branch = _section(row, commune, branch)
    if not branch and _BRANCH.match(sheet_name):
        branch = sheet_name
    return commune, branch


def _section(cells: list[Cell], commune: str, branch: str) -> tuple[str, str]:
    """What a heading between or above the rows says about those below it."""
    for cell in _texts(cells):
        if found := _COMMUNE.search(cell):
            commune = found[1]
        if found := _BRANCH.search(cell):
            branch = found[1].rstrip(" .:")
    return commune, branch


def _texts(cells: list[Cell]) -> Iterator[str]:
    return (text(cell) for cell in cells if isinstance(cell, str) and cell)

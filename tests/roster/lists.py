"""Writes member lists for tests, as spreadsheets and as text files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from bot.flows.members.roster_apply import Options, import_file
from bot.flows.members.roster_plan import Plan, Scope
from storage.db import Database

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
HEADERS = ("STT", "Số thẻ đảng", "Họ và tên", "Ngày sinh", "Đảng bộ", "Chi bộ", "Chức vụ", "Trạng thái", "SĐT")
Rows = Sequence[Sequence[object]]
Merge = tuple[int, int, int, int]
PROVINCE = Scope(create=True, under="HM", under_name="Đảng bộ tỉnh Hồng Mây")


def person(number: str, name: str, branch: str = "Chi bộ thôn 1", role: str = "", status: str = "") -> list[object]:
    """A row under HEADERS, in commune "xã Mường Mây"."""
    return ["", number, name, "03/02/1958", "Đảng bộ xã Mường Mây", branch, role, status, "0990123456"]


def branch_of(numbers: Sequence[str], branch: str = "Chi bộ thôn 1") -> list[list[object]]:
    """Rows of ordinary members with these numbers."""
    return [person(number, f"Nguyễn Văn {'ABCDEGHIKLMN'[i % 12]}n", branch) for i, number in enumerate(numbers)]


def spreadsheet(path: Path, rows: Rows, *, sheet: str = "Đảng viên", merges: Sequence[Merge] = ()) -> Path:
    """An .xlsx with one sheet; dates in `rows` become real dates."""
    return workbook(path, {sheet: rows}, merges=merges)


def workbook(path: Path, sheets: dict[str, Rows], *, merges: Sequence[Merge] = (), since_1904: bool = False) -> Path:
    """An .xlsx with several sheets; `merges` (first row, first column, last row, last column) apply to each."""
    how = {"default_date_format": "dd/mm/yyyy", "strings_to_numbers": False, "date_1904": since_1904}
    book = xlsxwriter.Workbook(str(path), how)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                write = sheet.write_string if isinstance(cell, str) else sheet.write
                if cell not in {"", None}:
                    write(index, column, cell)
        for top, left, bottom, right in merges:
            sheet.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    return path


def text_file(path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    """A .csv; every cell as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def take(database: Database, path: Path, scope: Scope | None = None, **more: object) -> Plan:
    """Import a list; by default branches that are missing are made below a new province."""
    return import_file(database, path, NOW, options=Options(scope=scope or PROVINCE, **more))  # type: ignore[arg-type]


def counts(plan: Plan) -> dict[str, int]:
    """The counts that are not zero, without the number of rows."""
    return {name: count for name, count in plan.counts().items() if count and name != "rows"}

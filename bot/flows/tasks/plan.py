"""A plan of many tasks out of a spreadsheet: columns found by their headers, every bad row told with its place.

Reading the file itself is not done here: whoever calls gives the tables as they lie there (`Table`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.flows.tasks.naming import flat
from bot.flows.tasks.wording import LONGEST, SHORTEST
from bot.matching import fold, words_only
from bot.secrecy import Gate, judge
from bot.texts import t
from bot.when import FURTHEST, Problem, read_day
from bot.when import Trouble as DayTrouble
from storage.members import Member

HEADER_WITHIN = 40
"""Rows of titles that may stand above the headers. [ours]"""
_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet's own dates."""
_SERIALS = range(40_000, 80_000)


class Table(Protocol):
    """One sheet: its name, its cells ("" for empty ones), and what is added to row numbers when shown."""

    name: str
    rows: list[list[Any]]
    offset: int


class Column(StrEnum):
    """What a column of a plan can hold."""

    TITLE = "title"
    DOER = "doer"
    DUE = "due"
    BRANCH = "branch"


_SPELLINGS: tuple[tuple[Column, str], ...] = (
    (
        Column.TITLE,
        r"(ten |noi dung )?(cong viec|nhiem vu|dau viec|viec)( can lam| thuc hien| cu the)?|noi dung( thuc hien)?",
    ),
    (
        Column.DOER,
        r"(nguoi|dong chi|ca nhan|dang vien|can bo)( chu tri| thuc hien| phu trach| dam nhiem| lam| duoc giao)+"
        r"|phu trach|thuc hien|chu tri|phan cong( cho| nguoi thuc hien)?|ho va ten|ho ten|giao cho|ai lam",
    ),
    (
        Column.DUE,
        r"(thoi )?han( chot| hoan thanh| thuc hien| xong| cuoi)?|(ngay|thoi gian) (hoan thanh|thuc hien|xong)"
        r"|hoan thanh truoc",
    ),
    (Column.BRANCH, r"(ten )?chi bo|don vi|to chuc dang|ma chi bo"),
)  # fmt: skip
_KNOWN = tuple((column, re.compile(pattern)) for column, pattern in _SPELLINGS)
_TITLE = re.compile(r"^(?:(?:dong chi|d/c|dc|bac|co|chu|anh|chi|em|ong|ba)[.:]? )+(?=\w)")
_FOOTER = re.compile(
    r"(tong so|tong cong|cong)\b.*|.*\b(nguoi lap|ky ten|noi nhan|t m )\b.*"
    r"|.*\bngay \d{0,2} ?thang \d{0,2} ?nam\b.*"
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row is not taken: where it stands, and the sentence that the operator reads."""

    sheet: str
    row: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One good row."""

    sheet: str
    row: int
    title: str
    member: Member
    due_on: date | None


@dataclass
class Plan:
    """What the file holds. `found`: whether any sheet has headers of a plan."""

    rows: list[Row] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    found: bool = False


def read(tables: Iterable[Table], people: Sequence[Member], branches: dict[str, int], today: date) -> Plan:
    """Judge every row. `branches`: folded name or code -> organization id, for plans of several branches."""
    plan = Plan()
    seen: set[tuple[str, int]] = set()
    for table in tables:
        head = _headers(table)
        if head is None:
            continue
        plan.found = True
        first, columns = head
        for index, cells in enumerate(table.rows[first:], start=first):
            _take(plan, _Cells(table, index + 1 + table.offset, cells, columns), _Known(people, branches, today, seen))
    return plan


def has_heads(tables: Iterable[Table]) -> bool:
    """Whether some sheet has columns for tasks and for their doers."""
    return any(_headers(table) is not None for table in tables)


@dataclass(frozen=True, slots=True)
class _Cells:
    table: Table
    row: int
    cells: list[Any]
    columns: dict[Column, int]

    def cell(self, column: Column) -> Any:
        at = self.columns.get(column, -1)
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def text(self, column: Column) -> str:
        value = self.cell(column)
        return "" if isinstance(value, bool) else flat(str(value))[0]

    def trouble(self, column: Column, key: str, **values: object) -> Trouble:
        at = self.columns.get(column, 0)
        return Trouble(self.table.name, self.row, letter(at), t(f"taskcli.{key}", **values))


@dataclass(frozen=True, slots=True)
class _Known:
    people: Sequence[Member]
    branches: dict[str, int]
    today: date
    seen: set[tuple[str, int]]


def _headers(table: Table) -> tuple[int, dict[Column, int]] | None:
    """The first row under the headers and the columns; None when no row names both a task and its doer."""
    for index, cells in enumerate(table.rows[:HEADER_WITHIN]):
        columns: dict[Column, int] = {}
        for at, cell in enumerate(cells):
            found = _column(cell)
            if found is not None:
                columns.setdefault(found, at)
        if {Column.TITLE, Column.DOER} <= set(columns):
            return index + 1, columns
    return None


def _column(cell: Any) -> Column | None:
    key = words_only(re.sub(r"\([^)]*\)", " ", str(cell))) if isinstance(cell, str) else ""
    return next((column for column, pattern in _KNOWN if pattern.fullmatch(key)), None) if key else None


def _take(plan: Plan, line: _Cells, known: _Known) -> None:
    title, doer = line.text(Column.TITLE), line.text(Column.DOER)
    whole = words_only(" ".join(str(cell) for cell in line.cells if isinstance(cell, str)))
    if not (title or doer) or (not (title and doer) and _FOOTER.fullmatch(whole)) or _heading(line, title, doer):
        return
    member, trouble = _member(line, doer, known)
    due, late = _due(line, known.today)
    troubles = [each for each in (_title(line, title), trouble, late) if each is not None]
    if not troubles and member is not None and (fold(title), member.id or 0) in known.seen:
        troubles = [line.trouble(Column.TITLE, "twice")]
    if troubles or member is None:
        plan.troubles += troubles
        return
    known.seen.add((fold(title), member.id or 0))
    plan.rows.append(Row(line.table.name, line.row, title, member, due))


def _heading(line: _Cells, title: str, doer: str) -> bool:
    """A section's heading ("I. Công tác tư tưởng"), or the row "(1) (2) (3)" under the headers."""
    if re.fullmatch(r"\(?\d{1,2}\)?", title) and re.fullmatch(r"\(?\d{1,2}\)?", doer):
        return True
    lone = not doer and not line.text(Column.DUE)
    return lone and bool(re.match(r"(?:[IVX]+|[A-H])[.)\s]", title) or title.isupper())


def _title(line: _Cells, title: str) -> Trouble | None:
    if len(title) < SHORTEST:
        return line.trouble(Column.TITLE, "no-title")
    if judge(title).gate is Gate.REFUSED:
        return line.trouble(Column.TITLE, "secret-title")
    return line.trouble(Column.TITLE, "long-title", most=LONGEST) if len(title) > LONGEST else None


def _member(line: _Cells, doer: str, known: _Known) -> tuple[Member | None, Trouble | None]:
    if not doer:
        return None, line.trouble(Column.DOER, "no-doer")
    people = known.people
    branch = line.text(Column.BRANCH)
    if branch:
        organization_id = known.branches.get(words_only(branch))
        if organization_id is None:
            return None, line.trouble(Column.BRANCH, "no-branch", name=branch)
        people = [each for each in people if each.organization_id == organization_id]
    words = words_only(_TITLE.sub("", fold(doer))).split()
    found = [each for each in people if words and each.name_key.split()[-len(words) :] == words]
    exact = [each for each in found if each.name_key.split() == words]
    found = exact or found
    same = [each for each in found if each.full_name.lower().endswith(doer.lower())]
    found = same if len(same) == 1 else found
    if len(found) == 1:
        return found[0], None
    key = "several-doers" if found and words else "unknown-doer"
    return None, line.trouble(Column.DOER, key, name=doer[:60])


def _due(line: _Cells, today: date) -> tuple[date | None, Trouble | None]:
    cell = line.cell(Column.DUE)
    found = cell_day(cell, today)
    if found is None or isinstance(found, date):
        if isinstance(found, date) and found < today:
            return None, line.trouble(Column.DUE, "past", day=found.strftime("%d/%m/%Y"))
        if isinstance(found, date) and found - today > FURTHEST:
            return None, line.trouble(Column.DUE, "far", day=found.strftime("%d/%m/%Y"))
        return found, None
    return None, line.trouble(Column.DUE, "no-day", written=str(cell)[:40])


def cell_day(cell: Any, today: date) -> date | Problem | None:
    """The day in a cell: a date, a spreadsheet's count of days, or words; None for an empty one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _EPOCH + timedelta(days=int(cell))
    text = flat(str(cell))[0]
    if not text or fold(text) in {"khong", "thuong xuyen", "ca nam", "-", "–"}:
        return None
    found = read_day(text, today)
    off = isinstance(found, Problem) and found.trouble in {DayTrouble.PAST, DayTrouble.FAR}
    return found.day if isinstance(found, Problem) and off else found


def letter(index: int) -> str:
    """A column's letter as a spreadsheet shows it: 0 is A, 26 is AA."""
    shown, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        shown = chr(65 + rest) + shown
    return shown

"""The same tables as Excel workbooks: filters, frozen heads, dates, and a sheet of counts."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bot.charts import Mark
from bot.flows.documents import notices
from bot.flows.documents.matrix import Branches, Names, share
from bot.texts import t
from storage.documents import Document
from storage.matrix import Count

if TYPE_CHECKING:
    from xlsxwriter import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | float | date | None
COUNTS = ("total", "read", "recorded", "unread", "cannot")


def names_book(table: Names, zone: ZoneInfo) -> bytes:
    """A branch by name; the second sheet counts per paper."""
    content, book, write = _book()
    heads = [t("acknowledging.sheet-name"), t("acknowledging.sheet-phone"), *map(notices.title, table.papers)]
    rows = [
        [member.full_name, t("acknowledging.sheet-yes" if able else "acknowledging.sheet-no")]
        + [_cell(table, table.mark(member, able, paper), (member.id or 0, paper), zone) for paper in table.papers]
        for member, able in table.people
    ]
    write(t("acknowledging.sheet-members"), heads, rows, [28, 12, *([16] * len(table.papers))])
    _papers(write, table.papers, [table.counts.get(each.id or 0, Count()) for each in table.papers], zone)
    book.close()
    return content.getvalue()


def _cell(table: Names, mark: Mark, who: tuple[int, Document], zone: ZoneInfo) -> str:
    """ "✓ 25/11/2026", "ghi hộ 25/11/2026", "–", "không tự nhận được", "" for a paper that was not theirs."""
    found = table.cells.get((who[0], who[1].id or 0))
    day = f" {found.read_at.astimezone(zone):%d/%m/%Y}" if found is not None and found.read_at else ""
    return "" if mark is Mark.NONE else t(f"acknowledging.sheet-{mark}") + day


def branches_book(table: Branches, zone: ZoneInfo) -> bytes:
    """A subtree: shares per organization and paper, all counts, counts per paper."""
    content, book, write = _book()
    heads = [t("acknowledging.sheet-place"), t("acknowledging.sheet-share"), *map(notices.title, table.papers)]
    rows: list[list[Value]] = []
    for place in table.places:
        cells = [table.cells.get((place.id or 0, each.id or 0)) for each in table.papers]
        rows.append([place.name, share(table.of_place(place)), *(share(cell) if cell else None for cell in cells)])
    write(t("acknowledging.sheet-shares"), heads, rows, [36, 12, *([14] * len(table.papers))])
    _long(write, table)
    _papers(write, table.papers, [table.of_paper(each) for each in table.papers], zone)
    book.close()
    return content.getvalue()


def _long(write: Any, table: Branches) -> None:
    """A line for each organization and paper, to be filtered and summed."""
    heads = [t("acknowledging.sheet-place"), t("acknowledging.sheet-paper"), *_count_heads()]
    rows: list[list[Value]] = []
    for place in table.places:
        for paper in table.papers:
            count = table.cells.get((place.id or 0, paper.id or 0))
            if count is not None:
                rows.append([place.name, notices.title(paper), *_numbers(count)])
    write(t("acknowledging.sheet-counts"), heads, rows, [36, 24, *([13] * len(COUNTS))])


def _papers(write: Any, papers: Sequence[Document], counts: Sequence[Count], zone: ZoneInfo) -> None:
    heads = [
        t("acknowledging.sheet-number"), t("acknowledging.sheet-summary"), t("acknowledging.sheet-published"),
        t("acknowledging.sheet-deadline"), *_count_heads(), t("acknowledging.sheet-share"),
    ]  # fmt: skip
    rows: list[list[Value]] = []
    for paper, count in zip(papers, counts, strict=True):
        days = [_day(paper.published_at, zone), _day(paper.read_by, zone)]
        rows.append([paper.number, paper.summary, *days, *_numbers(count), share(count)])
    write(t("acknowledging.sheet-papers"), heads, rows, [18, 60, 14, 14, *([13] * len(COUNTS)), 10])


def _count_heads() -> list[str]:
    return [t(f"acknowledging.sheet-{name}-count") for name in COUNTS]


def _numbers(count: Count) -> list[Value]:
    return [getattr(count, name) for name in COUNTS]


def _day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.astimezone(zone).date() if moment is not None else None


def _book() -> tuple[io.BytesIO, Workbook, Any]:
    """An empty workbook that needs little memory, and what writes one sheet of it: write(name, heads, rows, widths).

    Texts are written as texts: what somebody typed must never become a formula.
    """
    import xlsxwriter  # 15 MB that a bot without reports never needs

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E9ECEF", "border": 1})
    day, part = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "0%"})

    def write(name: str, heads: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]) -> None:
        sheet = book.add_worksheet(name)
        for at, (title, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, title, head)
        for line, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                _write(sheet, (line, at), value, {date: day, float: part})
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(heads) - 1)

    return content, book, write


def _write(sheet: Any, at: tuple[int, int], value: Value, formats: dict[type, Any]) -> None:
    if isinstance(value, str):
        sheet.write_string(*at, value)
    elif isinstance(value, date):
        sheet.write_datetime(*at, datetime(value.year, value.month, value.day), formats[date])
    elif value is not None:
        sheet.write_number(*at, value, formats.get(type(value)))

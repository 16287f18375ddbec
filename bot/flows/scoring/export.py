"""Scores as an Excel sheet, for a committee's report: one row a meeting, sums on a page of their own."""

from __future__ import annotations

import io

from sqlmodel import Session

from bot.flows.scoring.points import CRITERIA, band
from bot.flows.scoring.sums import Sum, sums
from bot.invitations import name_of
from bot.settings import Settings
from bot.texts import t
from storage import members
from storage.scores import Scored

COLUMNS = ("branch", "meeting", "day", *CRITERIA, "total", "band", "who", "when", "closed")
SUMS = ("branch", "count", "whole", "average", "band")


def book(session: Session, settings: Settings, rows: list[Scored]) -> bytes:
    """The workbook's bytes. Names are strings, so that no cell becomes a formula."""
    import xlsxwriter  # 15 MB that the running bot seldom needs

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    made = xlsxwriter.Workbook(buffer, options)
    bold = made.add_format({"bold": True, "text_wrap": True})
    tables = (
        ("scoring.page-meetings", COLUMNS, [_row(session, settings, each) for each in rows]),
        ("scoring.page-sums", SUMS, [_sum_row(settings, each) for each in sums(settings, rows)]),
    )
    for title, columns, cells in tables:
        page = made.add_worksheet(t(title))
        page.set_column(0, len(columns) - 1, 16)
        for column, name in enumerate(columns):
            page.write_string(0, column, _head(name), bold)
        page.freeze_panes(1, 1)
        for number, line in enumerate(cells, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, str):
                    page.write_string(number, column, cell)
                else:
                    page.write_number(number, column, cell)
    made.close()
    return buffer.getvalue()


def _head(name: str) -> str:
    text = t(f"scoring.criterion-{name}" if name in CRITERIA else f"scoring.column-{name}")
    return text[:1].upper() + text[1:]


def _row(session: Session, settings: Settings, row: Scored) -> list[str | float]:
    score, zone = row.score, settings.zone
    who = members.get(session, score.scored_by).full_name if score.scored_by else ""
    when = score.scored_at.astimezone(zone).strftime("%d/%m/%Y %H:%M") if score.scored_at else ""
    return [
        row.organization.name, name_of(row.meeting, zone), row.meeting.starts_at.astimezone(zone).strftime("%d/%m/%Y"),
        *(score.points[each] for each in CRITERIA), score.total, t(f"scoring.band-{band(settings, score.total)}"),
        who, when, t("scoring.yes") if score.closed_at else "",
    ]  # fmt: skip


def _sum_row(settings: Settings, found: Sum) -> list[str | float]:
    return [found.name, found.count, found.whole, found.average, t(f"scoring.band-{band(settings, found.average)}")]

"""Questions and answers as an Excel sheet, for a committee's report. Hidden names stay hidden here too."""

from __future__ import annotations

import io
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput
from bot.flows.questions.wording import days_late, label, name_shown, place_of
from bot.messages import Platform, Reply
from bot.texts import t
from storage import documents, members, organizations, question_exports, questions
from storage.members import LEADING
from storage.questions import Question, QuestionState

COLUMNS = (
    "branch", "number", "kind", "asker", "asked", "text", "document", "desk", "due", "state", "answer", "answered-by",
    "answered", "days",
)  # fmt: skip
WIDTHS = (24, 8, 12, 24, 12, 60, 24, 24, 12, 18, 60, 24, 12, 8)
MOST = 500
"""Rows that are written while somebody waits in the chat; more is for `sotay questions export`. [ours]"""
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def in_chat(ctx: Context) -> Reply:
    """The sheet as a file, for what the speaker leads; on Zalo, which takes no files from bots, the other way."""
    top = ctx.lead(LEADING)
    if ctx.is_group:
        return Reply(t("questions.export-in-private"))
    if ctx.incoming.platform is not Platform.TELEGRAM:
        return Reply(t("questions.export-elsewhere"))
    paths = [each.path for each in ctx.led(LEADING)]
    found = questions.every(ctx.db, paths)
    if len(found) > MOST:
        raise BadInput("questions.export-too-many", count=len(found))
    content = sheet(ctx.db, found, now=ctx.now, zone=ctx.settings.zone)
    name = t("questions.export-name", code=top.code, day=ctx.now.astimezone(ctx.settings.zone).strftime("%Y%m%d"))
    stored = ctx.store.keep(ctx.db, content, name=f"{name}.xlsx", mime=MIME, at=ctx.now)
    ctx.audit("question.exported", f"organization:{top.id}", count=len(found))
    return Reply(t("questions.exported", count=len(found)), file_id=stored.id, about=question_exports.ABOUT)


def sheet(session: Session, found: list[Question], *, now: datetime, zone: ZoneInfo) -> bytes:
    """The workbook's bytes. Everything that people wrote is a string, so that no cell becomes a formula."""
    import xlsxwriter  # 15 MB that the running bot seldom needs

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # A mark of its own: two files with the same bytes would be one file on disk, and removed together.
    book.set_properties(
        {"title": t("questions.export-title"), "created": now.replace(tzinfo=None), "comments": secrets.token_hex(8)}
    )
    page = book.add_worksheet(t("questions.export-title"))
    bold, wrapped = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        page.set_column(column, column, width, wrapped)
        page.write_string(0, column, t(f"questions.column-{name}"), bold)
    page.freeze_panes(1, 2)
    for row, question in enumerate(found, start=1):
        for column, cell in enumerate(_cells(session, question, now, zone)):
            if isinstance(cell, str):
                page.write_string(row, column, cell)
            else:
                page.write_number(row, column, cell)
    book.close()
    return buffer.getvalue()


def _cells(session: Session, question: Question, now: datetime, zone: ZoneInfo) -> tuple[str | float, ...]:
    paper = documents.get(session, question.document_id) if question.document_id else None
    return (
        organizations.get(session, question.organization_id).name,
        f"{question.number}/{question.year}",
        str(label(question)["title"]),
        name_shown(session, question),
        _day(question.asked_at, zone),
        question.text,
        (paper.number or paper.summary) if paper else "",
        place_of(session, question),
        _day(question.due_at, zone),
        _state(question, now, zone),
        question.answer or "",
        members.get(session, question.answered_by).full_name if question.answered_by else "",
        _day(question.answered_at, zone),
        "" if question.days_taken is None else round(question.days_taken, 1),
    )


def _state(question: Question, now: datetime, zone: ZoneInfo) -> str:
    if question.state == QuestionState.CLOSED:
        return t(f"questions.is-closed-{question.closed_because}")
    if question.state == QuestionState.OPEN and days_late(question, now, zone):
        return t("questions.is-late")
    return t(f"questions.is-{question.state}-short")


def _day(at: datetime | None, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%d/%m/%Y") if at else ""

"""The empty plan: a workbook to fill in, with the names of those who may be given tasks, so that none is misspelt."""

from __future__ import annotations

import io
from datetime import date

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput
from bot.flows.tasks.page import link
from bot.flows.tasks.wording import GIVING, today
from bot.messages import Platform, Reply
from bot.task_links import Thing
from bot.texts import t
from storage import members, organizations, tasks
from storage.members import Member

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 5_000
"""Members whose names the list offers: more than a commune has. [ours]"""
ROWS = 200
"""Rows that are prepared. [ours]"""
COLUMNS = (("number", 6), ("title", 60), ("doer", 28), ("branch", 24), ("due", 14), ("note", 24))


def offer(ctx: Context) -> Reply:
    """The empty plan of what the speaker leads: as a file, or as a link where the chat takes none."""
    top = ctx.lead(GIVING)
    if ctx.incoming.platform is Platform.TELEGRAM:
        content = made(ctx.db, top.id or 0, today(ctx))
        stored = ctx.store.keep(ctx.db, content, name=t("taskplan.file-name"), mime=XLSX, at=ctx.now)
        return Reply(t("taskplan.template"), file_id=stored.id)
    address = link(ctx, Thing.TEMPLATE, top.id or 0)
    return Reply(t("taskplan.template-link", link=address) if address else t("taskplan.columns"))


def for_member(session: Session, member: Member, organization_id: int, day: date) -> bytes:
    """The same behind a link; BadInput once the member leads there no longer."""
    path = organizations.get(session, organization_id).path
    roles = members.roles(session, member.id or 0)
    if not any(kind in GIVING and path.startswith(top.path) for kind, top in roles):
        raise BadInput("taskpage.wrong-link")
    return made(session, organization_id, day)


def made(session: Session, organization_id: int, day: date) -> bytes:
    """The workbook's bytes. Names are written as texts, so that none becomes a formula."""
    import xlsxwriter  # 15 MB that the running bot seldom needs

    top = organizations.get(session, organization_id)
    people = tasks.people(session, top.path, MOST)
    branches = {each.id: each.name for each in organizations.branches_below(session, top.path)}
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page, names = book.add_worksheet(t("taskplan.sheet")), book.add_worksheet(t("taskplan.names"))
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E9ECEF", "text_wrap": True})
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_string(0, 0, t("taskplan.how"))
    for at, (name, width) in enumerate(COLUMNS):
        page.set_column(at, at, width, dated if name == "due" else None)
        page.write_string(2, at, t(f"taskplan.column-{name}"), bold)
    page.freeze_panes(3, 0)
    names.set_column(0, 1, 30)
    for row, member in enumerate(people):
        names.write_string(row, 0, member.full_name)
        names.write_string(row, 1, branches.get(member.organization_id, ""))
    if people:
        source = f"='{t('taskplan.names')}'!$A$1:$A${len(people)}"
        page.data_validation(3, 2, 2 + ROWS, 2, {"validate": "list", "source": source, "error_type": "warning"})
    limits = {"validate": "date", "criteria": ">=", "value": day, "error_type": "warning"}
    page.data_validation(3, 4, 2 + ROWS, 4, {**limits, "error_message": t("taskplan.day-past")})
    book.close()
    return buffer.getvalue()

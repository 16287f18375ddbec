"""The printed invitation (giấy mời) as .docx: one page without a name, or a page for each who is invited."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from sqlmodel import Session

from bot.courtesy import named
from bot.dates import day
from bot.flows.meetings import lines
from bot.invitations import manner, moment_of, name_of
from bot.settings import Settings
from bot.texts import t
from storage import agendas, attendance, members, organizations
from storage.meetings import Meeting

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, SIZE = "Times New Roman", 14
"""As Hướng dẫn 05-HD/VPTW asks of papers."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on every page; `names` of the invited, [""] for one page with room for a name."""

    above: str
    home: str
    dated: str
    title: str
    subject: str
    facts: list[tuple[str, str]]
    items: list[str]
    signed: str
    names: list[str]


def letter_of(session: Session, settings: Settings, meeting: Meeting, now: datetime, *, named_pages: bool) -> Letter:
    """Everything that the document says."""
    home = organizations.get(session, meeting.organization_id)
    parent = organizations.get(session, home.parent_id) if home.parent_id else None
    chair = members.get(session, meeting.chair_id) if meeting.chair_id else None
    facts = [("when", moment_of(meeting, settings.zone)), ("where", meeting.place)]
    if meeting.minutes:
        facts.append(("length", t("agendas.minutes", minutes=meeting.minutes)))
    if meeting.online_url:
        facts.append(("online", meeting.online_url))
    if chair is not None:
        facts.append(("chair", named(chair)))
    invited = [named(member) for member, _ in attendance.counted(session, meeting.id or 0)] if named_pages else []
    guests = [", ".join(each for each in (guest.name, guest.office) if each) for guest in
              (agendas.guests(session, meeting.id or 0) if named_pages else [])]  # fmt: skip
    return Letter(
        above=parent.name.upper() if parent else "",
        home=home.name.upper(),
        dated=day(now.astimezone(settings.zone).date(), weekday=False),
        title=t("meetings.letter-title-convening" if manner(meeting) != "invitation" else "meetings.letter-title"),
        subject=name_of(meeting, settings.zone),
        facts=facts,
        items=[lines.shown(session, line) for line in agendas.lines(session, meeting.id or 0)],
        signed=chair.full_name if chair else "",
        names=[*invited, *guests] or [""],
    )


def written(letter: Letter) -> bytes:
    """The document's bytes."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    for number, name in enumerate(letter.names):
        if number:
            document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
        _page(document, letter, name)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any, letter: Letter, name: str) -> None:
    _head(document, letter)
    _line(document, letter.title, bold=True, centre=True, size=SIZE + 2)
    _line(document, t("meetings.letter-subject", name=letter.subject), bold=True, centre=True)
    _line(document, t("meetings.letter-to", name=name or "…" * 20))
    for key, value in letter.facts:
        _line(document, t(f"meetings.letter-{key}", value=value))
    _line(document, t("meetings.letter-items" if letter.items else "meetings.letter-no-items"))
    for number, item in enumerate(letter.items, start=1):
        _line(document, f"{number}. {item}")
    _line(document, t("meetings.letter-please"))
    signature = _line(document, t("meetings.letter-signed"), bold=True)
    signature.paragraph_format.left_indent = Cm(9)
    signature.alignment = WD_ALIGN_PARAGRAPH.CENTER
    signer = _line(document, f"\n\n{letter.signed}", bold=True)
    signer.paragraph_format.left_indent = Cm(9)
    signer.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _head(document: Any, letter: Letter) -> None:
    """Who invites on the left, the heading of the organization's papers on the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    _cell(left, [(letter.above, False), (letter.home, True), ("*", False)])
    _cell(right, [(t("meetings.letter-heading"), True), (t("meetings.letter-dated", day=letter.dated), False)])


def _cell(cell: Any, rows: list[tuple[str, bool]]) -> None:
    texts = [row for row in rows if row[0]]
    for number, (text, bold) in enumerate(texts):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = bold


def _line(document: Any, text: str, *, bold: bool = False, centre: bool = False, size: int = SIZE) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph

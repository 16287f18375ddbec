"""The template that is used where an organization has none of its own: the usual layout of such papers.

Margins and type as Hướng dẫn 05-HD/VPTW asks: A4, 30 mm on the left, Times New Roman 14.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.texts import t
from storage.minutes import PaperKind

FONT, SIZE = "Times New Roman", 14
_PARTS = {
    PaperKind.MINUTES: (
        ("opening", "thoi_gian_dia_diem"), ("people", "thanh_phan"), ("content", "noi_dung"),
        ("votes", "bieu_quyet"), ("conclusion", "ket_luan"), ("tasks", "nhiem_vu"), ("closing", "ket_thuc_hop"),
    ),
    PaperKind.RESOLUTION: (
        ("grounds", "can_cu"), ("conclusion", "ket_luan"), ("tasks", "nhiem_vu"), ("doing", "to_chuc_thuc_hien"),
    ),
}  # fmt: skip


@cache
def template(kind: PaperKind) -> bytes:
    """The .docx with its placeholders; made once."""
    document = _page()
    _head(document)
    _line(document, t(f"minutes.paper-{kind}").upper(), bold=True, centre=True, size=SIZE + 2)
    _line(document, "{{ten_cuoc_hop}}", bold=True, centre=True)
    for number, (key, slot) in enumerate(_PARTS[kind], start=1):
        _line(document, f"{_ROMAN[number]}. {t(f'minutes.section-{key}').upper()}", bold=True)
        _line(document, f"{{{{{slot}}}}}", justified=True)
    _signatures(document, ("thu_ky", "chu_tri") if kind is PaperKind.MINUTES else ("", "chu_tri"))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII")


def _page() -> Any:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    return document


def _head(document: Any) -> None:
    """Who writes on the left, the heading of the organization's papers and the date on the right."""
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Cm(7), Cm(9.5)
    _cell(left, [("{{don_vi_cap_tren}}", False), ("{{don_vi}}", True), ("*", False), ("{{so}}", False)])
    _cell(right, [(t("minutes.heading"), True), ("", False), ("{{ngay_lap}}", False)])
    _line(document, "")


def _signatures(document: Any, slots: tuple[str, str]) -> None:
    _line(document, "")
    for cell, slot in zip(document.add_table(rows=1, cols=2).rows[0].cells, slots, strict=True):
        if slot:
            _cell(
                cell,
                [(t(f"minutes.sign-{slot.replace('_', '-')}"), True), *[("", False)] * 4, (f"{{{{{slot}}}}}", True)],
            )
        else:
            _cell(cell, [(t("minutes.sign-copies"), False), (t("minutes.sign-copies-to"), False)])


def _cell(cell: Any, rows: list[tuple[str, bool]]) -> None:
    for number, (text, bold) in enumerate(rows):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).bold = bold


def _line(
    document: Any, text: str, *, bold: bool = False, centre: bool = False, justified: bool = False, size: int = SIZE
) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1)

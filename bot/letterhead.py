"""How printed papers of an organization look: page, heading, date line, signatures. One form for all of them.

As Hướng dẫn 05-HD/VPTW asks: A4, 30 mm on the left, Times New Roman 14, on the left who writes and on the right the
heading with a line below it and the date line in italics. Loads python-docx: import it where a paper is made, not at
the top of a file.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from bot.texts import t

FONT, SIZE, HEADING, TITLE, SMALL = "Times New Roman", 14, 15, 16, 12
"""Points of running text, of the heading on the right, of the title, and of who gets copies."""
LEFT, RIGHT = 6.5, 10.0
"""Centimetres of the two columns of heading and signatures."""
ROOM = 4
"""Lines left for a signature by hand. [ours]"""
DASHES = "-----"
"""Below the title and what it is about."""


def page() -> Any:
    """An empty document of that size and type."""
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


def saved(document: Any) -> bytes:
    """The document's bytes."""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def heading(document: Any, writes: Sequence[str], dated: str) -> None:
    """Who writes (the organization above, its own name, then a number if there is one), and the date line."""
    left, right = _columns(document)
    above, home, *number = writes
    for text, bold in ((above, False), (home, True), ("*", False), *((each, False) for each in number)):
        if text:
            _put(left, text, bold=bold)
    name = _put(right, t("letterhead.heading"), bold=True, size=HEADING)
    _underline(name)
    date = _put(right, dated, italic=True)
    date.paragraph_format.space_before = Pt(6)
    line(document, "")


def title(document: Any, name: str, about: str) -> None:
    """What kind of paper it is and what it is about."""
    for text, size in ((name, TITLE), (about, SIZE), (DASHES, SIZE)):
        shown = line(document, text, bold=text != DASHES, size=size)
        shown.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shown.paragraph_format.space_after = Pt(0 if text == name else 6)


def line(document: Any, text: str, *, bold: bool = False, size: int = SIZE) -> Any:
    """One paragraph."""
    paragraph = document.add_paragraph()
    _say(paragraph, text, bold=bold, size=size)
    return paragraph


def running(document: Any, text: str) -> Any:
    """A paragraph of running text: first line indented, both edges straight."""
    paragraph = line(document, text)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def signatures(document: Any, left: Sequence[str], right: Sequence[str]) -> None:
    """Two who sign, each as (in what capacity, name); or on the left who gets copies. Never apart from each other, and
    never alone on a page: the last paragraph before stays with them."""
    if document.paragraphs:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    cells = _columns(document)
    for cell, words in zip(cells, (left, right), strict=True):
        if len(words) == 2:
            _sign(cell, *words)
        else:
            _copies(cell, words)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
    row = document.tables[-1].rows[0]._tr.get_or_add_trPr()
    row.append(OxmlElement("w:cantSplit"))


def next_page(document: Any) -> None:
    """What follows begins a page; the line that the break stands in is too small to be seen."""
    paragraph = line(document, "", size=1)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.runs[0].add_break(WD_BREAK.PAGE)


def _sign(cell: Any, capacity: str, name: str) -> None:
    first = _put(cell, capacity, bold=True)
    first.paragraph_format.space_before = Pt(SIZE)
    for _ in range(ROOM):
        _put(cell, "")
    _put(cell, name, bold=True)


def _copies(cell: Any, words: Sequence[str]) -> None:
    for number, text in enumerate(words):
        paragraph = _put(cell, text, size=SMALL if number else SIZE)
        paragraph.runs[0].underline = number == 0
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.space_before = Pt(0 if number else SIZE)


def _columns(document: Any) -> tuple[Any, Any]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    for column, cell, width in zip(table.columns, (left, right), (LEFT, RIGHT), strict=True):
        column.width = cell.width = Cm(width)
    return left, right


def _put(cell: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = SIZE) -> Any:
    """One centred line of a cell; the first takes the paragraph that every cell has."""
    is_first = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
    paragraph = cell.paragraphs[0] if is_first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    _say(paragraph, text, bold=bold, italic=italic, size=size)
    return paragraph


def _say(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = SIZE) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if bold:  # False would say "not bold", which a heading that is filled in later would have to take back
        run.bold = True
    if italic:
        run.italic = True


def _underline(paragraph: Any) -> None:
    """A line below, about as long as the words."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Cm(0.8)
    edges, below = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        below.set(qn(f"w:{name}"), value)
    edges.append(below)
    look = paragraph._p.get_or_add_pPr()
    look.insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )

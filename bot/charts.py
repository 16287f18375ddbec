"""A table as a picture that can be read on a phone: names on the left, a mark or a few words per column.

Drawing and nothing else: what stands in it is decided by whoever asks. Each mark has a shape of its own, so that it can
be told without colours. Font: bot/fonts (its licence beside it).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
WIDTH = 1080
"""Pixels: the width of most phones' screens."""
ROW, EDGE, TEXT, TITLE = 42, 24, 26, 34
"""Pixels of a row, of the margin, of letters, and of the title's letters."""
ROWS, MOST = 30, 3
"""Rows of one picture (chat apps shrink what is taller than twice its width), and pictures of one table. [ours]"""
INK, FAINT, LINE, BAND = (33, 37, 41), (108, 117, 125), (206, 212, 218), (246, 248, 250)
GREEN, BLUE, RED, GREY = (25, 135, 84), (13, 110, 253), (220, 53, 69), (173, 181, 189)


class Mark(StrEnum):
    """What one member did with one paper."""

    READ = "read"
    UNCHECKED = "unchecked"
    """Read, and the short question was not answered rightly."""
    RECORDED = "recorded"
    UNREAD = "unread"
    CANNOT = "cannot"
    NONE = "none"
    """The paper was not for this member."""


Cell = Mark | str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; as many cells as there are columns."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A whole table. `columns` are what the numbers above the columns stand for, listed below the table."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: Row
    legend: tuple[tuple[Mark, str], ...] = ()


def pictures(chart: Chart) -> list[bytes]:
    """The table as PNG pictures, each with title, columns and legend; several when it has many rows, and beyond MOST
    only the first rows."""
    rows = chart.rows[: ROWS * MOST]
    count = max(1, -(-len(rows) // ROWS))
    size = -(-len(rows) // count) or 1
    parts = [rows[start : start + size] for start in range(0, len(rows), size)] or [()]
    return [_picture(chart, part) for part in parts]


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(str(FONTS / name), size)


def _width(text: str, size: int = TEXT) -> float:
    return _font(size).getlength(text)


def _wrapped(text: str, limit: float, size: int = TEXT) -> list[str]:
    """The text in lines of at most `limit` pixels, cut between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size) > limit:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _picture(chart: Chart, rows: Sequence[Row]) -> bytes:
    from PIL import Image, ImageDraw  # loaded when the first table is drawn

    inside = WIDTH - 2 * EDGE
    title = _wrapped(chart.title, inside, TITLE)
    below = [_listed(number, text, inside) for number, text in enumerate(chart.columns, start=1)]
    legend_rows = -(-len(chart.legend) // 2)
    height = 2 * EDGE + len(title) * 44 + ROW * (3 + len(rows)) + 20 + 34 * len(below) + ROW * legend_rows
    image = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(image)
    top = EDGE
    for line in title:
        pen.text((EDGE, top), line, INK, _font(TITLE, bold=True))
        top += 44
    pen.text((EDGE, top + 4), chart.subtitle, FAINT, _font(TEXT))
    top = _table(pen, chart, rows, top + ROW)
    top = _legend(pen, chart.legend, top)
    for line in below:
        pen.text((EDGE, top), line, INK, _font(TEXT))
        top += 34
    return _png(image)


def _listed(number: int, text: str, limit: float) -> str:
    first, *rest = _wrapped(f"{number}. {text}", limit - 20)
    return f"{first}…" if rest else first


def _png(image: Image.Image) -> bytes:
    """Few colours are enough, and a third of the bytes."""
    from PIL import Image

    content = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(content, "PNG", compress_level=7)
    return content.getvalue()


def _table(pen: ImageDraw.ImageDraw, chart: Chart, rows: Sequence[Row], top: int) -> int:
    """Head, rows and totals; returns where what follows may begin."""
    names = [row.name for row in [*rows, chart.totals]]
    least = WIDTH - 2 * EDGE - 120 * max(1, len(chart.columns))
    left = min(max(max(map(_width, names)) + 16, least), WIDTH * 0.5)
    step = (WIDTH - 2 * EDGE - left) / max(1, len(chart.columns))
    starts = [EDGE + left + step * at for at in range(len(chart.columns))]
    for number, start in enumerate(starts, start=1):
        pen.text((start + step / 2, top + ROW / 2), str(number), INK, _font(TEXT, bold=True), anchor="mm")
    top += ROW
    for at, row in enumerate([*rows, chart.totals]):
        is_total = at == len(rows)
        if at % 2 == 0 or is_total:
            pen.rectangle((EDGE, top, WIDTH - EDGE, top + ROW), fill=BAND)
        pen.line((EDGE, top, WIDTH - EDGE, top), LINE, 3 if is_total else 1)
        pen.text((EDGE + 4, top + ROW / 2), _cut(row.name, left), INK, _font(TEXT, bold=is_total), anchor="lm")
        for cell, start in zip(row.cells, starts, strict=True):
            _cell(pen, cell, (start + step / 2, top + ROW / 2), step)
        top += ROW
    pen.line((EDGE, top, WIDTH - EDGE, top), LINE, 1)
    for start in starts:
        pen.line((start, top - ROW * (len(rows) + 2), start, top), LINE, 1)
    return top + 20


def _cut(name: str, limit: float) -> str:
    """Names stand in full; one that is wider than half of the picture loses its middle."""
    words = name.split()
    while _width(" ".join(words)) > limit - 8 and len(words) > 2:
        del words[len(words) // 2]
    return " ".join(words)


def _cell(pen: ImageDraw.ImageDraw, cell: Cell, at: tuple[float, float], room: float) -> None:
    if isinstance(cell, Mark):
        _mark(pen, cell, at)
        return
    size = TEXT
    while size > 15 and _width(cell, size) > room - 6:
        size -= 1
    pen.text(at, cell, INK, _font(size), anchor="mm")


def _mark(pen: ImageDraw.ImageDraw, mark: Mark, at: tuple[float, float]) -> None:
    x, y = at
    if mark in {Mark.READ, Mark.UNCHECKED}:
        pen.line((x - 11, y, x - 3, y + 9, x + 12, y - 10), GREEN, 5, joint="curve")
        if mark is Mark.UNCHECKED:
            pen.text((x + 14, y + 4), "?", RED, _font(22, bold=True), anchor="lm")
    elif mark is Mark.RECORDED:
        pen.rounded_rectangle((x - 18, y - 14, x + 18, y + 14), 6, outline=BLUE, width=3)
        pen.text((x, y), "GH", BLUE, _font(20, bold=True), anchor="mm")
    elif mark is Mark.UNREAD:
        pen.ellipse((x - 11, y - 11, x + 11, y + 11), outline=RED, width=4)
    elif mark is Mark.CANNOT:
        pen.line((x - 9, y - 9, x + 9, y + 9), GREY, 4)
        pen.line((x - 9, y + 9, x + 9, y - 9), GREY, 4)


def _legend(pen: ImageDraw.ImageDraw, legend: Sequence[tuple[Mark, str]], top: int) -> int:
    """Two to a line; returns where what follows may begin."""
    for number, (mark, text) in enumerate(legend):
        x, y = EDGE + (number % 2) * (WIDTH / 2 - EDGE), top + (number // 2) * ROW + ROW / 2
        _mark(pen, mark, (x + 20, y))
        pen.text((x + 52, y), text, FAINT, _font(TEXT), anchor="lm")
    return top + ROW * -(-len(legend) // 2) + 6

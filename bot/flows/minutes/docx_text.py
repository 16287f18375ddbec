"""Filling a .docx with placeholders: `{{chu_tri}}` in running text, `{{viec.ten}}` in a table's row that repeats.

A value of several lines takes as many paragraphs when its placeholder stands alone in one. Values are put in once:
braces inside them stay what they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.errors import BadInput
from bot.flows.minutes.names import BODY, BOLD, KNOWN, TABLES, Rows, clean
from bot.matching import fold
from bot.secrecy import Gate, judge

LARGEST = 2 * 1024 * 1024
"""Bytes of a template; larger ones hold pictures that every paper would carry, and take too long. [ours]"""
MOST = 400
"""Placeholders in one template. [ours]"""
SLOT = re.compile(r"\{\{([^{}]{1,60})\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_BROKEN = (
    PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, IndexError, TypeError,
    SyntaxError, OSError, RecursionError,
)  # fmt: skip
"""What the library raises for files that are no whole document."""


def name_in(slot: str) -> str:
    """`{{Chủ trì}}` is `chu_tri`."""
    return re.sub(r"\s+", "_", fold(slot).strip()).replace("_.", ".").replace("._", ".")


def check(content: bytes) -> int:
    """How many placeholders a template has. BadInput, with the name, for an unknown one; for one that cannot be filled
    (half of its braces, or outside the text); for a template without the meeting's content; for a broken file."""
    if len(content) > LARGEST:
        raise BadInput("minutes.template-large", megabytes=LARGEST // 1024 // 1024)
    document = _opened(content)
    found = [name for part in _parts(document) for name in SLOT.findall(_text(part))]
    for slot in found:
        if name_in(slot) not in KNOWN:
            raise BadInput("minutes.template-unknown", name=slot.strip())
    if not {name_in(slot) for slot in found} & BODY:
        raise BadInput("minutes.template-no-body")
    if judge("\n".join(_text(part) for part in _parts(document))).gate is Gate.REFUSED:
        raise BadInput("secrecy.words")
    if len(found) > MOST:
        raise BadInput("minutes.template-many", most=MOST)
    sample = {name: "mẫu" for name in KNOWN if "." not in name}
    fill(content, sample, {name: [dict.fromkeys(columns, "mẫu")] for name, columns in TABLES.items()}, strict=True)
    return len(found)


def fill(content: bytes, values: dict[str, str], rows: Rows, *, strict: bool = False) -> bytes:
    """The document with everything put in. BadInput when the file is broken, or with `strict` when braces are left."""
    document = _opened(content)
    try:
        for part in _parts(document):
            done = _repeat(part, values, rows)
            for paragraph in [each for each in part.iter(qn("w:p")) if each not in done]:
                _put(paragraph, values)
            if strict and (left := _BRACES.search(_text(part))):
                raise BadInput("minutes.template-left", braces=left.group())
        made = io.BytesIO()
        document.save(made)
    except _BROKEN:
        raise BadInput("minutes.template-broken") from None
    return made.getvalue()


def _opened(content: bytes) -> Any:
    try:
        return Document(io.BytesIO(content))
    except _BROKEN:
        raise BadInput("minutes.template-broken") from None


def _parts(document: Any) -> Iterator[Any]:
    """The body, then headers and footers that are there."""
    yield document.element.body
    for section in document.sections:
        for one in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not one.is_linked_to_previous:
                yield one._element


def _text(part: Any) -> str:
    """Words paragraph by paragraph: a placeholder never reaches over two of them."""
    return "\n".join("".join(each.text or "" for each in _words(paragraph)) for paragraph in part.iter(qn("w:p")))


def _words(paragraph: Any) -> list[Any]:
    """The w:t elements of this very paragraph, not those of a text box inside it."""
    return [
        each for each in paragraph.iter(qn("w:t")) if next(each.iterancestors(qn("w:p")), None) is paragraph
    ]  # fmt: skip


def _repeat(part: Any, values: dict[str, str], rows: Rows) -> set[Any]:
    """Copy each table row with `{{table.column}}` once for every row of that table; returns the paragraphs that are
    finished with."""
    done: set[Any] = set()
    for row in list(part.iter(qn("w:tr"))):
        names = [name_in(slot) for slot in SLOT.findall(_text(row))]
        table = next((name.partition(".")[0] for name in names if "." in name), "")
        if not table or row.find(f".//{qn('w:tbl')}") is not None:
            continue
        for cells in rows.get(table) or [{}]:
            copied = deepcopy(row)
            row.addprevious(copied)
            given = values | {f"{table}.{column}": cells.get(column, "") for column in TABLES.get(table, ())}
            for paragraph in list(copied.iter(qn("w:p"))):
                _put(paragraph, given)
            done.update(copied.iter(qn("w:p")))
        row.getparent().remove(row)
    return done


def _put(paragraph: Any, values: dict[str, str]) -> None:
    words = _words(paragraph)
    whole = "".join(each.text or "" for each in words)
    found = [match for match in SLOT.finditer(whole) if name_in(match.group(1)) in values]
    if not found:
        return
    alone = len(found) == 1 and found[0].group() == whole.strip()
    value = values[name_in(found[0].group(1))]
    if alone and ("\n" in value or BOLD in value):
        _paragraphs(paragraph, value)
        return
    for match in reversed(found):
        _replace(words, match.span(), values[name_in(match.group(1))].replace(BOLD, ""))
    for each in words:
        _break_lines(each)


def _paragraphs(paragraph: Any, value: str) -> None:
    """One paragraph for each line, formatted like the placeholder's."""
    for line in value.split("\n"):
        copied = deepcopy(paragraph)
        paragraph.addprevious(copied)
        words = _words(copied)
        for each in words[1:]:
            each.text = ""
        _say(words[0], line.removeprefix(BOLD))
        if line.startswith(BOLD):
            _embolden(words[0].getparent())
    paragraph.getparent().remove(paragraph)


def _embolden(run: Any) -> None:
    look = run.find(qn("w:rPr"))
    if look is None:
        look = OxmlElement("w:rPr")
        run.insert(0, look)
    for said in look.findall(qn("w:b")):
        look.remove(said)  # it may say "not bold"
    before = [look.find(qn(f"w:{name}")) for name in ("rStyle", "rFonts")]
    look.insert(sum(each is not None for each in before), OxmlElement("w:b"))


def _replace(words: list[Any], span: tuple[int, int], value: str) -> None:
    """Put a value where a placeholder stands, even when Word has cut it into several runs: the first one's look."""
    start, end, place, first = *span, 0, True
    for each in words:
        text = each.text or ""
        left, right = max(start - place, 0), min(end - place, len(text))
        if left < right:
            _say(each, text[:left] + (value if first else "") + text[right:])
            first = False
        place += len(text)


def _say(element: Any, text: str) -> None:
    element.text = clean(text)
    element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _break_lines(element: Any) -> None:
    first, *others = (element.text or "").split("\n")
    if not others:
        return
    _say(element, first)
    for line in reversed(others):
        following = OxmlElement("w:t")
        _say(following, line)
        element.addnext(following)
        element.addnext(OxmlElement("w:br"))

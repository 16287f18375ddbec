"""The text at the beginning of a file: enough to propose number and summary, and for the secrecy gate to judge.

Bounded on purpose (a handler holds a transaction): first pages, first paragraphs, first rows. A file that does not
open gives no text; it is then treated like a scan.
"""

from __future__ import annotations

import io
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from bot.flows.documents import pdfs
from bot.flows.documents.filetypes import DOCX, PDF, TEXT, XLSX, FileType

CHARACTERS = 20_000
PARAGRAPHS = 5_000
ROWS = 200


def beginning(content: bytes, kind: FileType) -> str:
    """The text at the beginning, "" when there is none or the file does not open. Never raises for a bad file."""
    if kind is PDF:
        try:
            return pdfs.text(content)
        except pdfs.Unreadable:
            return ""
    if kind is DOCX:
        return "\n".join(paragraphs(content))[:CHARACTERS]
    if kind is XLSX:
        return _cells(content)[:CHARACTERS]
    return content.decode("utf-8", "replace").lstrip("\ufeff")[:CHARACTERS] if kind is TEXT else ""


def paragraphs(content: bytes) -> list[str]:
    """The paragraphs of a .docx in order, headers first, table rows as lines; [] when it does not open."""
    import docx  # with its XML library 7 MB, for the rare paper that is a .docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(content))
        found = [paragraph.text for section in document.sections for paragraph in section.header.paragraphs]
        for block in document.iter_inner_content():
            if len(found) >= PARAGRAPHS:
                break
            if hasattr(block, "rows"):
                found.extend("  ".join(dict.fromkeys(cell.text for cell in row.cells)) for row in block.rows)
            else:
                found.append(block.text)
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        return []
    return [line.strip() for line in found if line.strip()]


def _cells(content: bytes) -> str:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        lines: list[str] = []
        for name in book.sheet_names[:3]:
            rows = book.get_sheet_by_name(name).to_python()[:ROWS]
            lines.extend("  ".join(_cell(value) for value in row) for row in rows)
    except (CalamineError, ValueError, OSError):
        return ""
    return "\n".join(lines)


def _cell(value: object) -> str:
    """A cell as text, dates as people write them so that birth dates are recognised."""
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value)

"""What a file is, by its content: names and announced types are often wrong, and sometimes meant to mislead."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from bot.errors import BadInput

UNPACKED_LIMIT = 200 * 1024 * 1024
"""Bytes that an Office file may claim to unpack to; beyond that it is no document. [ours]"""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SAMPLE = 4096


@dataclass(frozen=True, slots=True)
class FileType:
    """A type that is taken: MIME type, the usual ending of names, and whether it is a picture (a page)."""

    mime: str
    ending: str
    is_picture: bool = False


PDF = FileType("application/pdf", ".pdf")
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
JPEG = FileType("image/jpeg", ".jpg", is_picture=True)
PNG = FileType("image/png", ".png", is_picture=True)
WEBP = FileType("image/webp", ".webp", is_picture=True)
MP3 = FileType("audio/mpeg", ".mp3")
M4A = FileType("audio/mp4", ".m4a")
TEXT = FileType("text/plain", ".txt")
_MARKS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"ID3", MP3))


def recognise(content: bytes) -> FileType:
    """The type of these bytes. BadInput when it is none that is taken, or an Office file with macros."""
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp":
        return _film_or_sound(content)
    if content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return MP3
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    if content.startswith(_OLE):
        raise BadInput("documents.file-old-office")
    if _is_text(content):
        return TEXT
    raise BadInput("documents.file-unknown")


def proper_name(name: str, kind: FileType) -> str:
    """A file name that people may see: no folders, no control characters, the ending that fits the content."""
    plain = "".join(char for char in PurePath(name.replace("\\", "/")).name if char.isprintable()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and 1 <= len(ending) <= 5:
        plain = stem
    return (plain[:100].strip(" .") or "van-ban") + kind.ending


def _film_or_sound(content: bytes) -> FileType:
    if content[8:12] in (b"M4A ", b"M4B "):
        return M4A
    raise BadInput("documents.file-unknown")


def _office(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadInput("documents.file-broken") from None
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadInput("documents.file-macros")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise BadInput("documents.file-broken")
    if "word/document.xml" in names:
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    raise BadInput("documents.file-unknown")


def _is_text(content: bytes) -> bool:
    """UTF-8 without control characters; the sample may end in the middle of a character."""
    try:
        sample = content[:_TEXT_SAMPLE].decode("utf-8", "strict" if len(content) <= _TEXT_SAMPLE else "ignore")
    except UnicodeDecodeError:
        return False
    return bool(sample.strip()) and all(
        char.isprintable() or char in "\r\n\t\ufeff\u200b\u00a0\u00ad" for char in sample
    )

"""What a file is, by its content: names and announced types are often wrong, and sometimes meant to mislead.

`recognise` is the one door. It answers with a type that is taken, or refuses with a text that says what to do instead.
What it looks at lies beside it: office.py (.docx, .xlsx), active_pdf.py, sounds.py, strangers.py (types not taken).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from bot.errors import BadInput
from bot.flows.documents import active_pdf, office, sounds, strangers

_TEXT_SAMPLE = 4096
_PDF_HEADER = b"%PDF-"
_HEADER_ROOM = 1024
"""PDF readers look for the header in so many bytes, which lets a PDF hide in another file (ISO 32000-1, Annex H)."""
_MARKUP = re.compile(rb"(?i)<(?:script|html|iframe|body)[\s>/]|<!doctype\s+html|<\?php\s")
_ZIP_ROOM = 66_000
"""Readers look for a zip archive's directory in so many bytes at the end of any file."""
_BLANKS = "\r\n\t\f\ufeff\u200b\u200c\u200d\u00a0\u00ad"


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
AAC = FileType("audio/aac", ".aac")
TEXT = FileType("text/plain", ".txt")
KINDS = (PDF, DOCX, XLSX, JPEG, PNG, WEBP, MP3, M4A, AAC, TEXT)
_SOUNDS = {"mp3": MP3, "m4a": M4A, "aac": AAC}


def recognise(content: bytes) -> FileType:
    """The type of these bytes. BadInput with its own text when they are of no type that is taken, broken, protected
    by a password, or hold something that acts by itself."""
    if not content.strip(b"\0\r\n\t "):
        raise BadInput("files.empty")
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(_PDF_HEADER):
        _alone(content, PDF)
        active_pdf.inspect(content)
        return PDF
    kind = _picture(content) or _SOUNDS.get(sounds.kind(content))
    if kind is not None:
        _alone(content, kind)
        return kind
    if content.startswith(b"PK\x03\x04"):
        return DOCX if office.inspect(content) == "docx" else XLSX
    strangers.refuse(content)
    if _PDF_HEADER in content[:_HEADER_ROOM] and b"endobj" in content:
        raise BadInput("files.mixed")
    if plain_text(content) is not None:
        return TEXT
    raise BadInput("documents.file-unknown")


def kind_of(mime: str) -> FileType | None:
    """The type with this MIME type, as stored beside a file; None when it is none of ours."""
    return next((kind for kind in KINDS if kind.mime == mime), None)


def plain_text(content: bytes) -> str | None:
    """The text in a text file (UTF-8, or UTF-16 with its mark as Windows writes it); None when it is no text."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    sample = text[:_TEXT_SAMPLE]
    fits = bool(sample.strip()) and all(char.isprintable() or char in _BLANKS for char in sample)
    return text.replace("\0", "") if fits else None


def proper_name(name: str, kind: FileType) -> str:
    """A file name that people may see: no folders, no control characters, the ending that fits the content."""
    plain = "".join(char for char in PurePath(name.replace("\\", "/")).name if char.isprintable()).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if dot and 1 <= len(ending) <= 5:
        plain = stem
    return (plain[:100].strip(" .") or "van-ban") + kind.ending


def _picture(content: bytes) -> FileType | None:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else None


def _alone(content: bytes, kind: FileType) -> None:
    """Refuse bytes that are two files in one: a zip archive behind, a PDF or a web page inside.

    Anything else behind a picture is let be: phones put films and notes there, and pictures are written anew.
    """
    has_zip = b"PK\x05\x06" in content[-_ZIP_ROOM:] and b"PK\x01\x02" in content
    has_pdf = kind is not PDF and _PDF_HEADER in content[:_HEADER_ROOM]
    if kind is PDF:
        room = content[:_HEADER_ROOM] + content[content.rfind(b"%%EOF") :]
    else:
        room = content if kind.is_picture else content[:_TEXT_SAMPLE]
    if has_zip or has_pdf or _MARKUP.search(room):
        raise BadInput("files.mixed")

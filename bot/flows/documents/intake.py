"""What somebody sends to be published: recognised, judged by the secrecy gate, and only then kept."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from bot import secrecy
from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import extract, pdfs
from bot.flows.documents.filetypes import JPEG, TEXT, FileType, plain_text, proper_name, recognise
from bot.messages import Attachment, AttachmentKind
from bot.secrecy import Gate, Verdict

PAPERS = frozenset({AttachmentKind.PHOTO, AttachmentKind.DOCUMENT, AttachmentKind.AUDIO})
PAGE_LIMIT = 20
"""Photos or files in one document. [ours]"""
SIDE_LIMIT = 30_000
"""Pixels of a picture's longer side. [ours]"""
_ORDER = [Gate.OPEN, Gate.UNREADABLE, Gate.HELD, Gate.REFUSED]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file or text that came in: bytes as they would be kept (None for a text), and what it says.

    `sheets`: pages that a printout takes, 0 when that is not known.
    """

    text: str
    name: str = ""
    content: bytes | None = None
    kind: FileType | None = None
    verdict: Verdict = field(default_factory=lambda: Verdict(Gate.OPEN))
    sheets: int = 0


def read_file(ctx: Context, attachment: Attachment, caption: str) -> Piece:
    """The attachment of this message, recognised and judged; BadInput when it cannot be taken."""
    content = ctx.fetched.get(attachment.handle)
    if content is None:
        raise BadInput("documents.file-not-fetched", megabytes=ctx.settings.file_megabytes)
    if attachment.kind not in PAPERS:
        raise BadInput("documents.file-unknown")
    return read_content(content, name=attachment.name, caption=caption)


def read_content(content: bytes, *, name: str = "", caption: str = "") -> Piece:
    """A file from anywhere (chat, upload page, command line), recognised and judged; touches no database.

    BadInput, each with its own text, when it cannot be taken. A secret one comes back with `Gate.REFUSED`.
    """
    kind = recognise(content)
    shown = proper_name(name, kind) if name else ""
    if kind is TEXT:
        return read_text(plain_text(content) or "", name=shown)
    if kind.is_picture:
        content, kind = _page(content), JPEG
        shown = proper_name(name, kind) if name else ""
    begun = extract.begun(content, kind)
    verdict = secrecy.judge(begun.text, name=name)
    if begun.scanned:
        verdict = _worse(verdict, Verdict(Gate.UNREADABLE))
    verdict = _worse(verdict, secrecy.judge(caption), only_marks=True)
    text = "\n".join(filter(None, (begun.text, caption)))
    return Piece(text, shown or f"van-ban{kind.ending}", content, kind, verdict, extract.sheets(content, kind))


def read_text(text: str, *, name: str = "") -> Piece:
    """A text paper. BadInput when there is next to nothing in it."""
    if len(text.strip()) < 10:
        raise BadInput("documents.text-too-short")
    return Piece(text.strip(), name, verdict=secrecy.judge(text, name=name))


def add(ctx: Context, data: dict[str, Any], piece: Piece) -> dict[str, Any]:
    """The draft's data with one more piece, whose bytes are kept now. BadInput past PAGE_LIMIT."""
    files = list(data.get("files", []))
    if len(files) >= PAGE_LIMIT:
        raise BadInput("documents.too-many-pages", limit=PAGE_LIMIT)
    if piece.content is not None and piece.kind is not None:
        stored = ctx.store.keep(ctx.db, piece.content, name=piece.name, mime=piece.kind.mime, at=ctx.now)
        files.append({"id": stored.id, "picture": piece.kind.is_picture, "sheets": piece.sheets})
    before = Verdict(Gate(data.get("gate", Gate.OPEN)), str(data.get("reason", "")))
    verdict = _worse(before, piece.verdict)
    body = data.get("body", "") if piece.content is not None else piece.text
    return {
        "files": files,
        "body": body,
        "gate": str(verdict.gate),
        "reason": verdict.reason,
        "confirmed": bool(data.get("confirmed")) and piece.verdict.gate is Gate.OPEN,
    }


def _page(content: bytes) -> bytes:
    """A picture as a page: upright, without the camera's data. Whatever else the file held is gone."""
    from PIL import Image  # loaded when the first picture comes

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
        if width * height > pdfs.PIXELS or max(width, height) > SIDE_LIMIT:
            raise BadInput("files.pixels")
        return pdfs.upright_jpeg(content)
    except Image.DecompressionBombError:
        raise BadInput("files.pixels") from None
    except (pdfs.Unreadable, OSError, ValueError, SyntaxError):
        raise BadInput("documents.file-broken") from None


def _worse(one: Verdict, other: Verdict, *, only_marks: bool = False) -> Verdict:
    """The stricter verdict. `only_marks`: a missing text in `other` says nothing."""
    if only_marks and other.gate is Gate.UNREADABLE:
        return one
    return max(one, other, key=lambda verdict: _ORDER.index(verdict.gate))

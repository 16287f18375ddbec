"""PDFs that act by themselves, are locked, cut off, or blow up when opened.

Looked at, over the whole file: the names of actions and attachments (JavaScript, Launch, ImportData, SubmitForm,
GoToE, RichMedia, embedded files, XFA forms), also when their letters are written as #xx; the same inside compressed
object streams, unpacked within bounds; for a file that is encrypted without a password, or whose object streams are
packed in an unusual way, the same in a copy that PDFium writes in the clear. An /OpenAction that only goes to a page
is let be, and so are links. Not looked at: what fonts and pictures hold; PDFium alone ever opens these, and phones get
pictures of the pages.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

from bot.errors import BadInput
from bot.flows.documents import pdfs

PAGES = 1_000
"""Pages of a PDF that is taken. [ours]"""
STREAM_LIMIT = 300 * 1024 * 1024
"""Bytes that one stream may unpack to: a coloured A3 scan takes 210 MB. [ours]"""
OBJECTS_LIMIT = 64 * 1024 * 1024
"""Bytes that all object streams together may unpack to. [ours]"""
_SAMPLE = 1024 * 1024
_FED = 64 * 1024
_END_ROOM = 4096
_REMOVE_SECURITY = 3
"""FPDF_REMOVE_SECURITY of PDFium's fpdf_save.h."""


def _name(word: str) -> bytes:
    """A pattern for a PDF name, each letter plain or as #xx (ISO 32000-1, 7.3.5)."""
    letters = "".join(f"(?:{char}|#{ord(char):02x}|#{ord(char):02X})" for char in word)
    return f"/{letters}(?![A-Za-z0-9_])".encode()


_GAP = rb"(?:[\s\0]|%[^\r\n]*[\r\n])*"
_ACTIONS = ("JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "RichMedia", "EmbeddedFile")
_ACTIVE = re.compile(
    b"|".join([*map(_name, _ACTIONS), _name("EF") + _GAP + rb"(?:<<|\d+\s+\d+\s+R)",
               _name("XFA") + _GAP + rb"(?:\[|\d+\s+\d+\s+R)"])
)  # fmt: skip
_ENCRYPT = re.compile(_name("Encrypt") + _GAP + rb"(?:<<|\d+\s+\d+\s+R)")
_OBJECTS = re.compile(_name("ObjStm"))
_FLATE = re.compile(_name("FlateDecode") + b"|" + _name("Fl"))
_OTHER_FILTER = re.compile(rb"/(?:ASCII85|ASCIIHex|LZW|RunLength|Crypt)|/DecodeParms|/A85|/AHx|/DP\b")
_STREAM = re.compile(rb"stream\r?\n")


def inspect(content: bytes) -> None:
    """Nothing when the PDF is harmless as far as can be told; BadInput with its own text otherwise."""
    if _ACTIVE.search(content):
        raise BadInput("files.active-pdf")
    encrypted = bool(_ENCRYPT.search(content))
    unusual = _streams(content)
    _opens(content, encrypted=encrypted, copied=encrypted or unusual)
    if b"%%EOF" not in content.rstrip(b"\0\r\n\t ")[-_END_ROOM:]:
        raise BadInput("documents.file-broken")


def _streams(content: bytes) -> bool:
    """Look into the streams; True when some object stream is packed in a way that is not understood here."""
    unusual, left = False, OBJECTS_LIMIT
    for head, start in _starts(content):
        if len(_FLATE.findall(head)) > 1:  # packed twice: only bombs are
            raise BadInput("files.bomb")
        if _OBJECTS.search(head):
            if _OTHER_FILTER.search(head) or not _FLATE.search(head):
                unusual = True
                continue
            objects = _unpacked(content, start, left)
            unusual = unusual or objects is None
            left -= len(objects or b"")
            if _ACTIVE.search(objects or b""):
                raise BadInput("files.active-pdf")
        elif _FLATE.search(head):
            _bounded(content, start)
    return unusual


def _starts(content: bytes) -> Iterator[tuple[bytes, int]]:
    """(dictionary, where the bytes begin) of every stream."""
    for found in _STREAM.finditer(content):
        if content.endswith(b"end", max(0, found.start() - 3), found.start()):
            continue
        before = content[max(0, found.start() - 4096) : found.start()]
        yield before[before.rfind(b"obj") + 3 :], found.end()


def _unpacked(content: bytes, start: int, limit: int) -> bytes | None:
    """A stream unpacked to its own end, whatever is said about its length; None when it does not unpack.

    BadInput past the limit.
    """
    machine, unpacked = zlib.decompressobj(), bytearray()
    try:
        while not machine.eof and start < len(content):
            unpacked += machine.decompress(content[start : start + _FED], limit - len(unpacked) + 1)
            start += _FED
            if len(unpacked) > limit or machine.unconsumed_tail:
                raise BadInput("files.bomb")
    except zlib.error:
        return None
    return bytes(unpacked)


def _bounded(content: bytes, start: int) -> None:
    """BadInput when a stream unpacks to more than STREAM_LIMIT. Told from its beginning where that is enough."""
    size = content.find(b"endstream", start) - start
    if size * 1032 < STREAM_LIMIT and size >= 0:  # deflate packs 1,032 to one at the best
        return
    machine = zlib.decompressobj()
    rest: bytes = content[start:]
    total = 0
    try:
        while rest and not machine.eof:
            total += len(machine.decompress(rest, _SAMPLE))
            rest = machine.unconsumed_tail
            used = len(content) - start - len(rest)
            if total > STREAM_LIMIT:
                raise BadInput("files.bomb")
            if total // max(used, 1) * max(size, 0) < STREAM_LIMIT and total >= _SAMPLE:
                return
    except zlib.error:
        return  # PDFium gives up at the same place


def _opens(content: bytes, *, encrypted: bool, copied: bool) -> None:
    try:
        with pdfs.opened(content) as document:
            pages = len(document)
            copy = io.BytesIO()
            if copied:
                document.save(copy, flags=_REMOVE_SECURITY)
    except pdfs.Unreadable as problem:
        locked = encrypted and "password" in str(problem).lower()
        raise BadInput("files.password-pdf" if locked else "documents.file-broken") from None
    if not pages:
        raise BadInput("documents.file-broken")
    if pages > PAGES:
        raise BadInput("files.too-many-pages", limit=PAGES)
    if _ACTIVE.search(copy.getvalue()):
        raise BadInput("files.active-pdf")

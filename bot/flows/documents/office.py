"""Office files (.docx, .xlsx): zip archives whose every entry is looked at before anything is read out of them.

Looked at: what the directory claims and what really unpacks (bombs, broken and doubled entries, passwords), the main
part's type, macro projects and Excel 4.0 macro sheets under any name, embedded objects and ActiveX, relations that
fetch a template or a part from elsewhere, DDE fields and links, documents embedded in the document, declarations of
XML entities. Not looked at: pictures, which nothing here opens, and links for people to press.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from bot.errors import BadInput

UNPACKED_LIMIT = 200 * 1024 * 1024
"""Bytes that an Office file may unpack to; beyond that it is no document. [ours]"""
RATIO_LIMIT = 400
"""An archive that unpacks to so many times its size is a bomb, once that is more than RATIO_FROM bytes. [ours]"""
RATIO_FROM = 32 * 1024 * 1024
PART_LIMIT = 64 * 1024 * 1024
"""Bytes of one part of text (XML). [ours]"""
ENTRIES = 5_000
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_OTHER_MAIN = (
    ("ppt/presentation.xml", "files.slides"),
    ("xl/workbook.bin", "documents.file-old-office"),
    ("meta-inf/manifest.mf", "files.program"),
    ("androidmanifest.xml", "files.program"),
    ("visio/document.xml", "documents.file-unknown"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_NAMES = re.compile(r"(?:^|/)(?:vba[^/]*\.bin|vbadata\.xml|macrosheets/.*|dialogsheets/.*)$")
_MACRO_WORDS = re.compile(r"(?i)macroenabled|vbaproject|macrosheet")
_ACTIVE_NAMES = re.compile(r"(?:^|/)(?:activex/|oleobject[^/]*$|embeddings/[^/]*\.bin$)")
_RELATION = re.compile(r"<(?:[\w.-]+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_MACRO_RELATIONS = frozenset({"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"})
_ACTIVE_RELATIONS = frozenset({"oleobject", "control", "activexcontrolbinary", "afchunk", "subdocument", "frame"})
_FETCHED_RELATIONS = frozenset({"attachedtemplate", "package", "settings", "styles"})
_FIELD = re.compile(r"<w:instrText[^>]*>([^<]*)<|w:instr\s*=\s*\"([^\"]*)\"")
_DDE = re.compile(r"\bDDE(?:AUTO)?\b")
_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"MZ\x90\x00", b"\x7fELF")


def inspect(content: bytes, *, inside: bool = False) -> str:
    """ "docx" or "xlsx". BadInput, each with its own text, for anything else. `inside`: it lies in another one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _sizes(entries, len(content))
            kind = _kind(archive, entries)
            left = UNPACKED_LIMIT
            for entry in entries:
                left -= _entry(archive, entry, inside=inside, left=left)
            _ends(content)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, KeyError, OSError, NotImplementedError, RuntimeError):
        raise BadInput("documents.file-broken") from None


def _sizes(entries: list[zipfile.ZipInfo], size: int) -> None:
    """What the directory tells before anything is unpacked."""
    total = sum(entry.file_size for entry in entries)
    if total > UNPACKED_LIMIT or len(entries) > ENTRIES or (total > RATIO_FROM and total > RATIO_LIMIT * size):
        raise BadInput("files.bomb")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadInput("files.password-office")
    names = [entry.filename.lower() for entry in entries if not entry.is_dir()]
    if len(set(names)) < len(names):  # two programs would read two different documents
        raise BadInput("files.mixed")


def _kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename.lower(): entry for entry in entries}
    mains = [kind for name, kind in _MAIN.items() if name in names]
    if len(mains) == 1 and "[content_types].xml" in names:
        return mains[0]
    if mains:
        raise BadInput("files.mixed" if len(mains) > 1 else "documents.file-broken")
    for name, key in _OTHER_MAIN:
        if name in names:
            raise BadInput(key)
    if "mimetype" in names and archive.open(names["mimetype"]).read(100).startswith(_OPEN_DOCUMENT):
        raise BadInput("files.open-document")
    raise BadInput("files.archive")


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, inside: bool, left: int) -> int:
    """Look at one entry; returns how many bytes it unpacks to, after checking them against its own checksum."""
    name = entry.filename.lower()
    if _MACRO_NAMES.search(name):
        raise BadInput("documents.file-macros")
    if _ACTIVE_NAMES.search(name):
        raise BadInput("files.objects")
    is_text = name.endswith((".xml", ".rels", ".vml"))
    limit = min(left, PART_LIMIT if is_text else left)
    content, size = b"", 0
    keep = is_text or "/embeddings/" in name
    for chunk in _unpacked(archive, entry):
        if not size:
            _first_bytes(chunk, keep=keep)
        size += len(chunk)
        if size > limit:
            raise BadInput("files.bomb")
        content += chunk if keep else b""
    if is_text:
        _part(name, content)
    elif content.startswith(b"PK\x03\x04"):  # the numbers behind a chart are a workbook of their own
        if inside:
            raise BadInput("files.objects")
        inspect(content, inside=True)
    return size


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _first_bytes(chunk: bytes, *, keep: bool) -> None:
    """An old container holds a macro project or an object, whatever its name."""
    if chunk.startswith(_OLE):
        raise BadInput("files.objects")
    if chunk.startswith(_ARCHIVES) and not keep:
        raise BadInput("files.objects")


def _part(name: str, content: bytes) -> None:
    text = _decoded(content)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput("documents.file-broken")
    if name == "[content_types].xml" and _MACRO_WORDS.search(text):
        raise BadInput("documents.file-macros")
    if name.endswith(".rels"):
        _relations(text)
    elif name.startswith("xl/externallinks/"):
        if "ddeLink" in text or "oleLink" in text:
            raise BadInput("files.objects")
    elif name.startswith("word/"):
        fields = "".join(one or f" {other} " for one, other in _FIELD.findall(text))
        if _DDE.search(html.unescape(fields)):
            raise BadInput("files.objects")


def _relations(text: str) -> None:
    for relation in _RELATION.findall(text):
        values = {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(relation)}
        what = values.get("Type", "").rpartition("/")[2].lower()
        if what in _MACRO_RELATIONS:
            raise BadInput("documents.file-macros")
        fetched = what in _FETCHED_RELATIONS and values.get("TargetMode", "").lower() == "external"
        if what in _ACTIVE_RELATIONS or (fetched and _is_elsewhere(values.get("Target", ""))):
            raise BadInput("files.objects")


def _is_elsewhere(target: str) -> bool:
    """On another machine. A template on the writer's own disk is named in many honest files, and fetches nothing."""
    place = target.strip().lower().replace("\\", "/")
    if place.startswith("file:"):
        return not re.match(r"/{0,3}[a-z](?::|%3a|\|)", place[5:])
    return place.startswith("//") or bool(re.match(r"[a-z][a-z0-9+.-]+:", place))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8", "replace")


def _ends(content: bytes) -> None:
    """Nothing may stand behind the archive: other programs would read that instead."""
    place = content.rfind(b"PK\x05\x06")
    comment = int.from_bytes(content[place + 20 : place + 22], "little")
    if place + 22 + comment != len(content):
        raise BadInput("files.mixed")

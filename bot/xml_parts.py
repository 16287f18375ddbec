"""XML inside Office files, read piece by piece, without entities: a hostile file may be as large as it likes."""

from __future__ import annotations

import zipfile
import zlib
from functools import lru_cache
from xml.parsers import expat

BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError, RuntimeError, NotImplementedError)
"""What reading a broken archive raises."""
CHUNK = 64 * 1024


class Enough(Exception):
    """As much has been read as was asked for."""


def feed(archive: zipfile.ZipFile, name: str, parser: expat.XMLParserType, *, most: int = 0) -> int:
    """Parse one part piece by piece; what is no XML ends it quietly. Returns the bytes that it unpacked to.

    Enough past `most` bytes (0: whoever calls has looked at the archive's sizes).
    """
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    unpacked = 0
    with archive.open(name) as stream:
        try:
            while chunk := stream.read(CHUNK):
                unpacked += len(chunk)
                if most and unpacked > most:
                    raise Enough
                parser.Parse(chunk, False)
        except expat.ExpatError:
            pass
    return unpacked


def _no_doctype(*_: object) -> None:
    raise ValueError("a declaration of entities")


@lru_cache(maxsize=1_000)
def local(name: str) -> str:
    """An element's or attribute's name without its namespace."""
    return name.rpartition(" ")[2]

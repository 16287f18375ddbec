"""Types of files that are not taken, each with its own answer: what the file is and how to send it instead."""

from __future__ import annotations

from bot.errors import BadInput

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"{\\rtf", "files.rtf"),
    (0, b"#!AMR", "files.sound"),
    (0, b"OggS", "files.sound"),
    (0, b"fLaC", "files.sound"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "files.sound"),
    (8, b"WAVEfmt", "files.sound"),
    (8, b"AVI LIST", "files.film"),
    (0, b"\x1a\x45\xdf\xa3", "files.film"),
    (0, b"\x00\x00\x01\xba", "files.film"),
    (0, b"FLV\x01", "files.film"),
    (0, b"GIF8", "files.picture"),
    (0, b"II*\x00", "files.picture"),
    (0, b"MM\x00*", "files.picture"),
    (0, b"Rar!\x1a\x07", "files.archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "files.archive"),
    (0, b"\x1f\x8b", "files.archive"),
    (0, b"BZh", "files.archive"),
    (0, b"\xfd7zXZ", "files.archive"),
    (0, b"MSCF", "files.archive"),
    (257, b"ustar", "files.archive"),
    (0, b"PK\x05\x06", "files.archive"),
    (0, b"\x7fELF", "files.program"),
    (0, b"\xca\xfe\xba\xbe", "files.program"),
    (0, b"dex\n", "files.program"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "files.program"),
    (0, b"#!/", "files.program"),
    (0, b"AT&TFORM", "documents.file-unknown"),
    (0, b"%!PS", "documents.file-unknown"),
)
"""(place, bytes, text key)"""
_SHORT = ((b"MZ", "files.program"), (b"BM", "files.picture"))
"""Two letters may begin a text as well: they count only with a zero byte soon after."""
_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PICTURE_BRANDS = frozenset({b"avif", b"avis", b"crx "})
_OLD_OFFICE = {"EncryptedPackage": "files.password-office", "PowerPoint Document": "files.slides"}


def refuse(content: bytes) -> None:
    """BadInput when the content is of a known type that is not taken; nothing otherwise."""
    for place, mark, key in _MARKS:
        if content.startswith(mark, place):
            raise BadInput(key)
    for mark, key in _SHORT:
        if content.startswith(mark) and b"\0" in content[:512]:
            raise BadInput(key)
    if content[4:8] == b"ftyp":
        raise BadInput(_of_brand(content[8:12]))
    if content.startswith(_OLE):
        raise BadInput(_old_office(content))
    _refuse_markup(content[:4096])


def _of_brand(brand: bytes) -> str:
    """Films, sounds and pictures of phones share one container; sounds were recognised before (sounds.py)."""
    if brand in _HEIC:
        return "files.heic"
    return "files.picture" if brand in _PICTURE_BRANDS else "files.film"


def _old_office(content: bytes) -> str:
    """What a file in Microsoft's old container is, by the names in its directory (UTF-16, [MS-CFB] 2.6.1)."""
    for name, key in _OLD_OFFICE.items():
        if name.encode("utf-16-le") in content:
            return key
    return "documents.file-old-office"


def _refuse_markup(head: bytes) -> None:
    plain = head.lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if plain.startswith((b"<!doctype html", b"<html", b"<script", b"<body", b"mime-version:")):
        raise BadInput("files.web-page")
    if not plain.startswith((b"<?xml", b"<svg", b"<!doctype svg", b"<!--")):
        return
    if b"<svg" in plain:
        raise BadInput("files.drawing")
    raise BadInput("files.web-page" if b"<html" in plain or b"<script" in plain else "documents.file-unknown")

"""File names and types of what people send: cleaned before they touch a header or a page."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain")
"""Types that a browser may show in place; everything else is downloaded (HTML and SVG could run scripts)."""


def safe_name(name: str) -> str:
    """A file name without paths and control characters, at most 120 characters, never empty."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    clean = _UNSAFE.sub("_", plain).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > 120:
        clean = f"{stem[:100]}{dot}{ending[:10]}" if dot else clean[:120]
    return clean or "file"


def mime_of(name: str, given: str = "") -> str:
    """The type that was given, or the one that the name suggests."""
    plain = given.split(";", 1)[0].strip().lower()
    if re.fullmatch(r"[\w.+-]+/[\w.+-]+", plain) and plain != "application/octet-stream":
        return plain
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def shown_in_place(mime: str) -> bool:
    """Whether a browser may open it in the page instead of saving it."""
    return mime in _SHOWN or mime.startswith(("audio/", "video/"))

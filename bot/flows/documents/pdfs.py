"""PDF files through PDFium: text, page count, pictures of pages, a PDF out of photos.

PDFium is not thread-safe (pypdfium2, "Incompatibility with threading"): every use here holds one lock. It and Pillow
are loaded at their first use: most of the time a running bot needs neither.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

_LOCK = threading.Lock()
TEXT_PAGES = 3
"""Pages whose text is looked at: the heading and a mark stand on the first, a list of people soon after. [ours]"""
TEXT_CHARACTERS = 20_000
PAGE_LIMIT = 1000
"""Pages that are shown and counted. [ours]"""
PIXELS = 60_000_000
"""Pixels of a picture that is still opened: a phone's camera makes 12 to 50 million. [ours]"""
PHOTO_SIDE = 1800
A4_WIDTH = 595.0


class Unreadable(Exception):
    """A PDF or picture that is broken, protected by a password, or too large to open."""


@contextmanager
def opened(source: bytes | str) -> Iterator[Any]:
    """A PDF, held alone (PDFium is not thread-safe). Unreadable when it does not open."""
    import pypdfium2

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise Unreadable(str(error)) from None
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise Unreadable(str(error)) from None
        finally:
            document.close()


def text(content: bytes) -> str:
    """The text of the first pages, at most TEXT_CHARACTERS; "" for a scan. Unreadable when it does not open."""
    pieces: list[str] = []
    with opened(content) as document:
        for number in range(min(len(document), TEXT_PAGES)):
            page = document[number]
            words = page.get_textpage()
            pieces.append(
                words.get_text_range(0, min(words.count_chars(), TEXT_CHARACTERS)) if words.count_chars() else ""
            )
            words.close()
            page.close()
    return "\n".join(pieces).replace("\r\n", "\n").replace("\r", "\n")[:TEXT_CHARACTERS]


def page_count(source: bytes | str) -> int:
    """How many pages (at most PAGE_LIMIT are shown). Unreadable when it does not open."""
    with opened(source) as document:
        return min(len(document), PAGE_LIMIT)


def page_sizes(source: bytes | str) -> list[tuple[float, float]]:
    """Width and height of each page in points, at most PAGE_LIMIT pages. Unreadable when it does not open."""
    with opened(source) as document:
        return [document.get_page_size(number) for number in range(min(len(document), PAGE_LIMIT))]


def page_words(source: bytes | str, numbers: Sequence[int]) -> list[str]:
    """The text layer of these pages (from 0), lines as they are printed; "" for a scan. Unreadable as above."""
    found: list[str] = []
    with opened(source) as document:
        for number in numbers:
            page = document[number]
            words = page.get_textpage()
            count = min(words.count_chars(), TEXT_CHARACTERS)
            found.append(words.get_text_range(0, count) if count else "")
            words.close()
            page.close()
    return [text.replace("\r\n", "\n").replace("\r", "\n") for text in found]


def page_image(path: str, number: int, *, width: int) -> Image.Image:
    """Page `number` (from 0), `width` pixels wide. LookupError past the end, Unreadable when broken."""
    with opened(path) as document:
        if not 0 <= number < min(len(document), PAGE_LIMIT):
            raise LookupError(f"page {number}")
        page = document[number]
        scale = min(width / max(page.get_width(), 1.0), 3 * width / max(page.get_height(), 1.0))
        picture: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
    return picture


def photo_image(source: Any, *, width: int) -> Image.Image:
    """A photo (path or open file) the right way up, at most `width` pixels wide. Unreadable when broken or too
    large."""
    picture = _opened_photo(source)
    picture.thumbnail((width, 4 * width))
    return picture


def upright_jpeg(content: bytes) -> bytes:
    """A photo as JPEG, turned the right way, at most PHOTO_SIDE pixels a side, without the camera's data (place, time).

    Unreadable when it is broken or too large.
    """
    picture = _opened_photo(io.BytesIO(content))
    picture.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82)
    return out.getvalue()


def bind(photos: Sequence[bytes]) -> bytes:
    """One PDF with a JPEG on each page, not compressed a second time."""
    import pypdfium2
    from PIL import Image

    sizes = [Image.open(io.BytesIO(photo)).size for photo in photos]
    out = io.BytesIO()
    with _LOCK:
        document = pypdfium2.PdfDocument.new()
        for photo, (width, height) in zip(photos, sizes, strict=True):
            size = (A4_WIDTH, A4_WIDTH * height / width)
            image = pypdfium2.PdfImage.new(document)
            image.load_jpeg(io.BytesIO(photo), inline=True)
            image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
            page = document.new_page(*size)
            page.insert_obj(image)
            page.gen_content()
            page.close()
        document.save(out)
        document.close()
    return out.getvalue()


def _opened_photo(source: Any) -> Image.Image:
    from PIL import Image, ImageOps

    try:
        picture: Image.Image = Image.open(source, formats=("JPEG", "PNG", "WEBP"))
        if picture.width * picture.height > PIXELS:
            raise Unreadable("too many pixels")
        picture.draft("RGB", (PHOTO_SIDE, PHOTO_SIDE))
        return ImageOps.exif_transpose(picture).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Unreadable(type(error).__name__) from None

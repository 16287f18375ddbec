"""Papers for tests: a PDF with Vietnamese text, a Word file, photos. Made here, so that nothing binary is kept."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime

import docx
import xlsxwriter
from PIL import Image

RESOLUTION = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
Số 21-NQ/TW
Hà Nội, ngày 16 tháng 6 năm 2022
NGHỊ QUYẾT
về tăng cường củng cố, xây dựng tổ chức cơ sở đảng
và nâng cao chất lượng đội ngũ đảng viên
Căn cứ Điều lệ Đảng"""


def pdf(*pages: str, scans: int = 0, extra: Sequence[str] = (), catalog: str = "", packed: str = "") -> bytes:
    """A PDF with one page per text. Letters are mapped by a ToUnicode table, as real printers' files do.

    `scans`: so many pages more, pictures without text. `extra`: more objects as written in the file. `catalog`: more
    of the first dictionary. `packed`: an object that lies in a compressed object stream.
    """
    letters = sorted({char for page in pages for char in page if char != "\n"})
    codes = {char: number for number, char in enumerate(letters, start=1)}
    table = "\n".join(f"<{code:02x}> <{ord(char):04x}>" for char, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{table}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    objects = [b"", b"", _stream(cmap)]
    widths = " ".join(["500"] * 256)
    font = "/Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 0/LastChar 255"
    objects.append(f"<<{font}/Widths[{widths}]/ToUnicode 3 0 R>>".encode())
    kids = []
    for page in pages:
        lines = "".join(
            f"1 0 0 1 60 {780 - 18 * row} Tm <{''.join(f'{codes[char]:02x}' for char in line)}> Tj\n"
            for row, line in enumerate(page.split("\n"))
            if line
        )
        objects.append(_stream(f"BT /F1 12 Tf\n{lines}ET"))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 4 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    for _ in range(scans):
        objects.append(_stream("q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources<<>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects.extend(each.encode() for each in extra)
    if packed:  # behind the last object; the catalog points to it
        number = len(objects) + 2
        inner = zlib.compress(f"{number} 0 {packed}".encode())
        first = len(f"{number} 0 ")
        head = f"<</Type/ObjStm/N 1/First {first}/Filter/FlateDecode/Length {len(inner)}>>\nstream\n".encode()
        objects.append(head + inner + b"\nendstream")
        catalog += f"/OpenAction {number} 0 R"
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _packed_file(objects) if packed else _file(objects)


def _stream(content: str) -> bytes:
    return f"<</Length {len(content)}>>\nstream\n{content}\nendstream".encode()


def _file(objects: list[bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    out.write(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def _packed_file(objects: list[bytes]) -> bytes:
    """With a cross-reference stream; one more object lies first in the object stream, which is the last one."""
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    rows = [struct.pack(">BIH", 0, 0, 65535)]
    for number, body in enumerate(objects, start=1):
        rows.append(struct.pack(">BIH", 1, out.tell(), 0))
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    rows.append(struct.pack(">BIH", 2, len(objects), 0))
    start = out.tell()
    rows.append(struct.pack(">BIH", 1, start, 0))
    table, size = b"".join(rows), len(rows)
    head = f"<</Type/XRef/Size {size}/W[1 4 2]/Root 1 0 R/Length {len(table)}>>\nstream\n".encode()
    out.write(f"{size - 1} 0 obj\n".encode() + head + table + b"\nendstream\nendobj\n")
    out.write(f"startxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def word(
    text: str, *, header: str = "", footer: str = "", text_box: str = "", cells: Sequence[Sequence[str]] = ()
) -> bytes:
    """A .docx with one paragraph per line, then a table; "• " before a line makes it an item of a list."""
    document = docx.Document()
    for line in text.split("\n"):
        bullet = line.startswith("• ")
        document.add_paragraph(line.removeprefix("• "), style="List Bullet" if bullet else None)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    if footer:
        document.sections[0].footer.paragraphs[0].text = footer
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, values in zip(table.rows, cells, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
    out = io.BytesIO()
    document.save(out)
    if not text_box:
        return out.getvalue()
    box = f"<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{text_box}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    return rewritten(out.getvalue(), "word/document.xml", "</w:p>", f"{box}</w:p>")


def sheet(
    rows: Sequence[Sequence[str]], *, second: Sequence[Sequence[str]] = (), header: str = "", text_box: str = "",
    dates: bool = False,
) -> bytes:  # fmt: skip
    """An .xlsx. `dates`: what looks like an ISO date is a real date in its cell."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for values in [rows, second] if second else [rows]:
        page = book.add_worksheet()
        for number, row in enumerate(values):
            for column, value in enumerate(row):
                if dates and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                    page.write_datetime(number, column, datetime.fromisoformat(value), day)
                else:
                    page.write_string(number, column, value)
        if header:
            page.set_header(header)
        if text_box:
            page.insert_textbox(3, 3, text_box)
    book.close()
    return out.getvalue()


def rewritten(content: bytes, part: str, old: str, new: str) -> bytes:
    """The same archive with the first `old` in one of its parts replaced."""
    out = io.BytesIO()
    found = 0
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            body = before.read(entry)
            if entry.filename == part:
                found = body.count(old.encode())
                body = body.replace(old.encode(), new.encode(), 1)
            after.writestr(entry.filename, body)
    assert found, f"{old} is not in {part}"
    return out.getvalue()


def added(content: bytes, **parts: bytes) -> bytes:
    """The same archive with more entries; "__" in a name stands for "/", "_dot_" for "."."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def with_macros(content: bytes) -> bytes:
    """The same Office file with a macro project in it."""
    return added(content, word__vbaProject_dot_bin=b"\0")


def photo(shade: int = 200, kind: str = "JPEG") -> bytes:
    """A small picture of one shade of grey."""
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (shade, shade, shade)).save(out, kind)
    return out.getvalue()


def mp3(*, tag: bool = True, frames: int = 8) -> bytes:
    """Silence: frames of 417 bytes (MPEG 1, Layer III, 128 kbit/s, 44.1 kHz), behind an empty tag."""
    head = b"ID3\x04\0\0" + bytes([0, 0, 0, 10]) + bytes(10) if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def aac(frames: int = 8) -> bytes:
    """Frames in ADTS, as Zalo plays them."""
    length = 100
    head = bytes([0xFF, 0xF1, 0x50, 0x80 | length >> 11, length >> 3 & 0xFF, (length & 7) << 5 | 0x1F, 0xFC])
    return (head + bytes(length - 7)) * frames


def m4a(*, brand: bytes = b"M4A ", track: bytes = b"soun") -> bytes:
    """A container with one track."""

    def box(name: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + name + body

    handler = box(b"hdlr", bytes(8) + track + bytes(12))
    movie = box(b"moov", box(b"trak", box(b"mdia", handler)))
    return box(b"ftyp", brand + bytes(4)) + movie + box(b"mdat", bytes(200))

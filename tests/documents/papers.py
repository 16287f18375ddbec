"""Papers for tests: a PDF with Vietnamese text, a Word file, photos. Made here, so that nothing binary is kept."""

from __future__ import annotations

import io
import zipfile

import docx
from PIL import Image

RESOLUTION = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
Số 21-NQ/TW
Hà Nội, ngày 16 tháng 6 năm 2022
NGHỊ QUYẾT
về tăng cường củng cố, xây dựng tổ chức cơ sở đảng
và nâng cao chất lượng đội ngũ đảng viên
Căn cứ Điều lệ Đảng"""


def pdf(*pages: str) -> bytes:
    """A PDF with one page per text. Letters are mapped by a ToUnicode table, as real printers' files do."""
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
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


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


def word(text: str) -> bytes:
    """A .docx with one paragraph per line."""
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_macros(content: bytes) -> bytes:
    """The same Office file with a macro project in it."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\0")
    return out.getvalue()


def photo(shade: int = 200, kind: str = "JPEG") -> bytes:
    """A small picture of one shade of grey."""
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (shade, shade, shade)).save(out, kind)
    return out.getvalue()

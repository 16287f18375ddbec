"""What a file is, what its beginning says, and that bad files do no harm."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from bot.errors import BadInput
from bot.flows.documents import pdfs
from bot.flows.documents.extract import beginning
from bot.flows.documents.filetypes import DOCX, JPEG, M4A, MP3, PDF, PNG, TEXT, WEBP, FileType, proper_name, recognise
from bot.flows.documents.proposals import propose, written_date
from tests.documents.papers import RESOLUTION, m4a, mp3, pdf, photo, with_macros, word


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf("Thông báo"), PDF),
        (word("Thông báo"), DOCX),
        (photo(), JPEG),
        (photo(kind="PNG"), PNG),
        (photo(kind="WEBP"), WEBP),
        (mp3(), MP3),
        (m4a(), M4A),
        ("Kính gửi các đồng chí".encode(), TEXT),
    ],
)
def test_a_type_is_known_by_its_content(content: bytes, kind: FileType) -> None:
    assert recognise(content) is kind


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (with_macros(word("Thông báo")), "documents.file-macros"),
        (b"MZ\x90\x00" + bytes(100), "files.program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "documents.file-old-office"),
        (b"PK\x03\x04 not an archive", "documents.file-broken"),
        (b"", "files.empty"),
        (m4a(brand=b"mp42", track=b"vide"), "files.film"),
    ],
)
def test_other_types_are_refused_with_a_reason(content: bytes, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        recognise(content)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/21-NQ-TW.PDF.exe", "21-NQ-TW.PDF.pdf"),
        ("C:\\tai lieu\\báo cáo.docx", "báo cáo.pdf"),
        ("", "van-ban.pdf"),
    ],
)
def test_a_name_tells_the_truth(name: str, shown: str) -> None:
    assert proper_name(name, PDF) == shown


@pytest.mark.parametrize(("content", "kind"), [(pdf(RESOLUTION), PDF), (word(RESOLUTION), DOCX)])
def test_number_date_issuer_and_summary_are_proposed(content: bytes, kind: FileType) -> None:
    found = propose(beginning(content, kind), "scan001.pdf")
    assert found.number == "21-NQ/TW"
    assert found.issued_on == date(2022, 6, 16)
    assert found.issuer == "BAN CHẤP HÀNH TRUNG ƯƠNG"
    assert found.summary == (
        "Về tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên"
    )


def test_the_subject_line_and_the_file_name_help() -> None:
    found = propose("Số 12-CV/ĐU\nV/v chuẩn bị đại hội chi bộ\nKính gửi: các chi bộ", "x.pdf")
    assert (found.number, found.summary) == ("12-CV/ĐU", "Chuẩn bị đại hội chi bộ")
    assert propose("", "05-BC-CB.pdf").number == "05-BC/CB"
    assert propose("", "Kế hoạch học tập quý IV.pdf").summary == "Kế hoạch học tập quý IV"
    assert propose("", "IMG 20261125.jpg").summary == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ngày 03 tháng 02 năm 2026", date(2026, 2, 3)),
        ("26-10-2021", date(2021, 10, 26)),
        ("21-NQ/TW ngày 16/6/2022", date(2022, 6, 16)),
        ("16.6.2022", date(2022, 6, 16)),
        ("29/2/2024", date(2024, 2, 29)),
        ("không có ngày", None),
    ],
)
def test_dates_in_every_form(text: str, day: date | None) -> None:
    assert written_date(text) == day


@pytest.mark.parametrize(
    ("text", "last"), [("31/6/2022", 30), ("29/2/2023", 28), ("30/02/2024", 29), ("32/1/2026", 31)]
)
def test_a_day_that_does_not_exist_is_refused_with_the_reason(text: str, last: int) -> None:
    with pytest.raises(BadInput) as refused:
        written_date(text)
    assert refused.value.values["last"] == last


def test_a_broken_pdf_gives_no_text_and_no_crash() -> None:
    whole = pdf(RESOLUTION)
    assert beginning(whole[:200], PDF) == ""
    assert beginning(b"%PDF-1.7\n" + bytes(500), PDF) == ""


def test_photos_become_one_pdf_upright_and_without_the_cameras_data() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "camera of somebody"
    Image.new("RGB", (400, 300)).save(out, "JPEG", exif=exif)
    page = pdfs.upright_jpeg(out.getvalue())
    assert Image.open(io.BytesIO(page)).size == (300, 400)
    assert b"camera of somebody" not in page
    bound = pdfs.bind([page, photo()])
    assert recognise(bound) is PDF
    assert pdfs.page_count(bound) == 2

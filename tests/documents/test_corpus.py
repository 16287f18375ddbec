"""Every file of the corpus gets its own clear answer; whatever comes in, nothing but a refusal is raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import BadInput
from bot.flows.documents import extract, intake
from bot.flows.documents.filetypes import recognise
from bot.texts import t
from tests.documents import corpus
from tests.documents.corpus import SAMPLES, Sample

GENTLE = ["xin", "không nhận", "trợ lý"]
HEAVY = {"bomb.docx", "small bomb.docx", "lying bomb.docx", "500 trang.pdf", "1001 pages.pdf", "packed twice.pdf"}
SMALL = [sample.name for sample in SAMPLES if sample.name not in HEAVY]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_file_gets_its_answer(sample: Sample) -> None:
    content = corpus.made(sample.name)
    if sample.answer:
        with pytest.raises(BadInput) as refused:
            intake.read_content(content, name=sample.name)
        assert refused.value.key == sample.answer
        said = t(refused.value.key, **refused.value.values)
        assert any(word in said.lower() for word in GENTLE)
        assert len(said.splitlines()) <= 6
        return
    piece = intake.read_content(content, name=sample.name)
    assert (piece.name.endswith(sample.kept), piece.content is None) == (True, not sample.kept)


def test_the_corpus_is_large_enough() -> None:
    assert len(SAMPLES) >= 60
    assert len({sample.answer for sample in SAMPLES}) >= 20


def test_a_secured_pdf_still_says_what_it_says() -> None:
    content = corpus.made("secured, no password.pdf")
    assert "Thông báo lịch" in extract.beginning(content, recognise(content))


def test_pages_are_counted() -> None:
    names = ("500 trang.pdf", "nghi quyet.docx", "danh sach.xlsx", "trang 1.jpg", "thong bao.txt")
    counted = [extract.sheets(content, recognise(content)) for content in map(corpus.made, names)]
    assert counted == [500, 1, 0, 1, 1]


def test_all_the_text_of_500_pages_is_read_and_the_beginning_is_short() -> None:
    content = corpus.made("500 trang.pdf")
    kind = recognise(content)
    assert "Trang 250" in extract.full_text(content, kind)
    begun = extract.beginning(content, kind)
    assert "Trang 30\n" in begun
    assert "Trang 250" not in begun
    assert begun.endswith("Trang 500")


def test_headings_lists_tables_and_headers_become_lines() -> None:
    content = corpus.word(
        "KẾ HOẠCH\n• Việc một\n• Việc hai", header="CHI BỘ", cells=[["Thôn 3", "27"], ["Thôn 5", "31"]]
    )
    assert extract.paragraphs(content, recognise(content)) == [
        "CHI BỘ", "KẾ HOẠCH", "Việc một", "Việc hai", "Thôn 3  27", "Thôn 5  31",
    ]  # fmt: skip


# --- anything at all ------------------------------------------------------------------------------------------------
def _survives(content: bytes) -> None:
    try:
        piece = intake.read_content(content, name="x")
    except BadInput:
        return
    if piece.content is not None and piece.kind is not None:
        extract.full_text(piece.content, piece.kind)
        extract.paragraphs(piece.content, piece.kind)


HEADS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP", b"ID3",
    b"\xff\xfb\x90", b"\xff\xf1", b"\0\0\0\x18ftypM4A ", corpus.OLE, b"<?xml", b"\xff\xfe", b"{\\rtf",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=600))
def test_random_bytes_raise_nothing_else(head: bytes, rest: bytes) -> None:
    _survives(head + rest)


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SMALL), st.floats(0, 1), st.floats(0, 1), st.binary(max_size=6))
def test_cut_and_spoilt_files_raise_nothing_else(name: str, end: float, place: float, spoilt: bytes) -> None:
    whole = corpus.made(name)
    content = whole[: int(len(whole) * end)]
    at = int(len(content) * place)
    _survives(content[:at] + spoilt + content[at + len(spoilt) :])

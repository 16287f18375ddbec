"""Numbers of papers in all the spellings that people and files use."""

from __future__ import annotations

import pytest

from bot.flows.documents.numbers import find_number, kind_of, meet, number_key

WRITTEN = [
    ("21-NQ/TW", "21-NQ/TW"),
    ("21- NQ/TW", "21-NQ/TW"),
    ("Số: 21 - NQ / TW", "21-NQ/TW"),
    ("số 21-nq/tw", "21-NQ/TW"),
    ("05-BC/CB", "05-BC/CB"),
    ("Nghị quyết số 21-NQ/TW, ngày 16/6/2022 của Ban Chấp hành Trung ương", "21-NQ/TW"),
    ("339-QĐ/TW", "339-QĐ/TW"),
    ("339-QD_TW.pdf", "339-QĐ/TW"),
    ("12-QĐi/TW", "12-QĐi/TW"),
    ("42-HD/BTCTW", "42-HD/BTCTW"),
    ("33-CTr/ĐUX", "33-CTr/ĐUX"),
    ("15/CTr-UBND", "15/CTr-UBND"),
    ("Số: 123/KH-UBND", "123/KH-UBND"),
    ("13/2023/NĐ-CP", "13/2023/NĐ-CP"),
    ("13_2023_ND-CP.docx", "13/2023/NĐ-CP"),
    ("Nghị định số 356/2025/NĐ-CP ngày 31/12/2025", "356/2025/NĐ-CP"),
    ("707/QĐ-TTg", "707/QĐ-TTg"),
    ("Luật số 91/2025/QH15", "91/2025/QH15"),
    ("01/2025/TT-BNV", "01/2025/TT-BNV"),
    ("21-NQ-TW.pdf", "21-NQ/TW"),
    ("21_NQ_TW_ky.pdf", "21-NQ/TW"),
    ("1245/UBND-NC", "1245/UBND-NC"),
    ("Kính mời đồng chí dự họp ngày 16/6/2022", ""),
    ("19 giờ 30 ngày 03/12/2026", ""),
    ("IMG_20261125_0912.jpg", ""),
    ("Có 21 đồng chí đã đọc", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "number"), WRITTEN)
def test_a_number_is_found_and_written_in_its_usual_form(text: str, number: str) -> None:
    assert find_number(text) == number


@pytest.mark.parametrize(
    "said",
    [
        "21-NQ/TW", "21- NQ/TW", "NQ 21", "NQ21", "nq-21", "21 NQ", "nghi quyet so 21", "Nghị quyết 21",
        "Nghị quyết số 21 ngày 16/6/2022", "NGHỊ QUYẾT SỐ 21", "đã đọc nghị quyết 21", "số 21", "21",
    ],
)  # fmt: skip
def test_short_forms_meet_the_paper(said: str) -> None:
    assert meet(number_key(said), number_key("21-NQ/TW"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("21-NQ/TW", "21-NQ/TU"), ("21-NQ/TW", "21-CT/TW"), ("21-NQ/TW", "121-NQ/TW"), ("NQ 21", "21-CT/TW"),
        ("13/2023/NĐ-CP", "13/2021/NĐ-CP"), ("nghị định 13", "13-NQ/TW"),
        ("nghị định 13/2021", "13/2023/NĐ-CP"), ("đã đọc", "21-NQ/TW"), ("", ""),
    ],
)  # fmt: skip
def test_different_papers_do_not_meet(one: str, other: str) -> None:
    assert not meet(number_key(one), number_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("05-BC/CB", "5-BC/CB"),
        ("nghị định 13", "13/2023/NĐ-CP"),
        ("nghị định 13/2023", "13/2023/NĐ-CP"),
        ("luật số 91/2025/QH15", "91/2025/QH15"),
    ],
)
def test_zeros_and_years_left_out_do_not_matter(one: str, other: str) -> None:
    assert meet(number_key(one), number_key(other))


@pytest.mark.parametrize(
    ("text", "kind"), [("21-NQ/TW", "NQ"), ("Chỉ thị về chuyển đổi số", "CT"), ("15/CTr-UBND", "CTr"), ("Thư ngỏ", "")]
)
def test_the_type_comes_from_the_number_or_the_title(text: str, kind: str) -> None:
    assert kind_of(text) == kind

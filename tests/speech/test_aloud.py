"""What a voice is given to say: a table of what stands in papers and how it is spoken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech.aloud import aloud, title_aloud
from bot.speech.numerals import decimal, in_words, one_by_one, roman
from bot.speech.words import spoken

NUMBERS = [
    (0, "không"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (15, "mười lăm"), (20, "hai mươi"),
    (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (91, "chín mươi mốt"), (100, "một trăm"),
    (101, "một trăm linh một"), (110, "một trăm mười"), (115, "một trăm mười lăm"), (399, "ba trăm chín mươi chín"),
    (1000, "một nghìn"), (1005, "một nghìn không trăm linh năm"), (1050, "một nghìn không trăm năm mươi"),
    (2026, "hai nghìn không trăm hai mươi sáu"), (4002, "bốn nghìn không trăm linh hai"),
    (60_000, "sáu mươi nghìn"), (1_000_000, "một triệu"), (5_600_000, "năm triệu sáu trăm nghìn"),
    (2_000_000_005, "hai tỷ không trăm linh năm"), (1_500_000_000_000, "một nghìn năm trăm tỷ"), (-3, "âm ba"),
]  # fmt: skip

SPOKEN = [
    # numbers of papers
    ("21-NQ/TW", "hai mươi mốt, nghị quyết, trung ương."),
    ("21- NQ/TW", "hai mươi mốt, nghị quyết, trung ương."),
    ("Nghị quyết số 21-NQ/TW", "Nghị quyết số hai mươi mốt, trung ương."),
    ("Số: 05-BC/CB", "Số: năm, báo cáo, chi bộ."),
    ("Hướng dẫn 42-HD/BTCTW", "Hướng dẫn bốn mươi hai, ban tổ chức trung ương."),
    ("Giám sát 50-CT/TW", "Giám sát năm mươi, chỉ thị, trung ương."),
    ("Quyết định số 399-QĐ/TW", "Quyết định số ba trăm chín mươi chín, trung ương."),
    ("Kế hoạch số 15/CTr-UBND", "Kế hoạch số mười lăm, chương trình, ủy ban nhân dân."),
    ("13/2023/NĐ-CP", "mười ba, năm hai nghìn không trăm hai mươi ba, nghị định, chính phủ."),
    ("91/2025/QH15", "chín mươi mốt, năm hai nghìn không trăm hai mươi lăm, quốc hội khóa mười lăm."),
    ("Công văn 123/UBND-VP", "Công văn một trăm hai mươi ba, ủy ban nhân dân, văn phòng."),
    ("07-KH/ĐUX", "bảy, kế hoạch, đảng ủy xã."),
    ("12-TB/XYZ", "mười hai, thông báo, ích i dài dét."),
    # days and hours
    ("ngày 16/6/2022", "ngày mười sáu tháng sáu năm hai nghìn không trăm hai mươi hai."),
    ("hạn 26-10-2021", "hạn ngày hai mươi sáu tháng mười năm hai nghìn không trăm hai mươi mốt."),
    ("ngày 03 tháng 02 năm 2026", "ngày mùng ba tháng hai năm hai nghìn không trăm hai mươi sáu."),
    ("ngày 3/2", "ngày mùng ba tháng hai."),
    ("sáng 3/12", "sáng ngày mùng ba tháng mười hai."),
    ("từ ngày 1-3/12/2026", "từ ngày một đến ngày mùng ba tháng mười hai năm hai nghìn không trăm hai mươi sáu."),
    ("tháng 12/2026", "tháng mười hai năm hai nghìn không trăm hai mươi sáu."),
    ("tháng 4", "tháng tư."),
    ("thứ 4 hằng tuần", "thứ tư hằng tuần."),
    ("quý III/2026", "quý ba năm hai nghìn không trăm hai mươi sáu."),
    ("quý 4", "quý tư."),
    ("nhiệm kỳ 2025-2030", "nhiệm kỳ hai nghìn không trăm hai mươi lăm đến hai nghìn không trăm ba mươi."),
    ("lúc 19h30", "lúc mười chín giờ ba mươi."),
    ("lúc 7 giờ", "lúc bảy giờ."),
    ("lúc 07:00", "lúc bảy giờ."),
    ("lúc 19 giờ 30 phút", "lúc mười chín giờ ba mươi."),
    ("ngày 31/6/2022", "ngày ba mươi mốt sáu hai nghìn không trăm hai mươi hai."),
    # amounts
    ("1.234.567 đồng", "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng."),
    ("100.000đ/kg", "một trăm nghìn đồng trên ki lô gam."),
    ("đạt 12,5%", "đạt mười hai phẩy năm phần trăm."),
    ("đạt 100%", "đạt một trăm phần trăm."),
    ("tăng 3,05%", "tăng ba phẩy không năm phần trăm."),
    ("1.500ha lúa", "một nghìn năm trăm héc ta lúa."),
    ("rộng 1.234,5 m2", "rộng một nghìn hai trăm ba mươi tư phẩy năm mét vuông."),
    ("dài 5km", "dài năm ki lô mét."),
    ("15-30 phút", "mười lăm đến ba mươi phút."),
    ("18/27 đảng viên", "mười tám trên hai mươi bảy đảng viên."),
    ("2/3 số đảng viên", "hai phần ba số đảng viên."),
    ("gọi 0912 345 678", "gọi không chín một hai ba bốn năm sáu bảy tám."),
    ("mã 123456789012", "mã một hai ba bốn năm sáu bảy tám chín không một hai."),
    ("5 tr đồng", "năm triệu đồng."),
    ("05 đồng chí", "năm đồng chí."),
    # abbreviations
    ("Kính thưa các đ/c", "Kính thưa các đồng chí."),
    ("đ/c. Lan", "đồng chí Lan."),
    ("v/v họp chi bộ", "về việc họp chi bộ."),
    ("UBND và HĐND xã", "ủy ban nhân dân và hội đồng nhân dân xã."),
    ("BCH T.Ư", "ban chấp hành trung ương."),
    ("phát triển KT-XH", "phát triển kinh tế, xã hội."),
    ("giữ vững QP-AN", "giữ vững quốc phòng, an ninh."),
    ("TP. Lào Cai", "thành phố Lào Cai."),
    ("KT. CHỦ TỊCH", "ký thay chủ tịch."),
    ("T/M CHI BỘ", "thay mặt chi bộ."),
    ("Họp tại UBND. Sau đó nghỉ.", "Họp tại ủy ban nhân dân. Sau đó nghỉ."),
    ("xã XYZ", "xã ích i dài dét."),
    ("Bí thư: Nguyễn Văn A.", "Bí thư: Nguyễn Văn a."),
    # Roman numerals and headings
    ("Đại hội lần thứ XIV", "Đại hội lần thứ mười bốn."),
    ("khóa X", "khóa mười."),
    ("I. ĐẶC ĐIỂM TÌNH HÌNH", "một. đặc điểm tình hình."),
    ("II- MỤC TIÊU CHUNG", "hai. mục tiêu chung."),
    ("Phần IV", "Phần bốn."),
    ("1.2. Về kinh tế", "một chấm hai. Về kinh tế."),
    ("a) Yêu cầu", "a, Yêu cầu."),
    ("- Phát huy dân chủ;", "Phát huy dân chủ;"),
    ("Điều 5, khoản 2", "Điều năm, khoản hai."),
    # signs
    ("và/hoặc", "và hoặc."),
    ("(sau đây gọi tắt là \"Đề án\")", "sau đây gọi tắt là Đề án."),
    ("thôn 3 – xã An Bình", "thôn ba, xã An Bình."),
    ("Nông nghiệp & Môi trường", "Nông nghiệp và Môi trường."),
    ("xem https://example.vn/a?b=1", "xem địa chỉ trong văn bản."),
    ("Họ tên: ..................", "Họ tên:"),
    ("*****", ""),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), NUMBERS)
def test_numbers_in_words(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(("written", "said"), SPOKEN)
def test_spoken(written: str, said: str) -> None:
    assert aloud(written) == said


def test_decomposed_letters_are_the_same_words() -> None:
    assert aloud("đ/c Đức, UBND xã") == aloud("đ/c Đức, UBND xã".encode().decode())


def test_fractions_and_codes() -> None:
    assert (decimal("0", "25"), decimal("3", "05")) == ("không phẩy hai mươi lăm", "ba phẩy không năm")
    assert one_by_one("0902") == "không chín không hai"
    assert in_words(10**15) == "một" + " không" * 15


def test_roman_numerals_in_their_usual_spelling_only() -> None:
    known = {"I": 1, "IV": 4, "IX": 9, "XIV": 14, "XIX": 19, "XL": 40, "XCIX": 99}
    assert {text: roman(text) for text in known} == known
    assert [roman(text) for text in ("IIII", "VX", "", "ABC", "IC")] == [None] * 5


def test_a_title_is_number_then_summary() -> None:
    assert title_aloud("21-NQ/TW", "Về tổ chức cơ sở đảng") == (
        "hai mươi mốt, nghị quyết, trung ương. Về tổ chức cơ sở đảng."
    )
    assert title_aloud("", "Tổng vệ sinh") == "Tổng vệ sinh."


def test_the_table_leads_to_words_and_nothing_else() -> None:
    """A table's right side is spoken as it stands: no digits, no signs that need the table again."""
    said = [*spoken().kinds.values(), *spoken().organs.values(), *spoken().short.values(), *spoken().units.values()]
    assert len(said) > 150
    assert not [words for words in said if not all(char.isalpha() or char in " ," for char in words)]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,/-:% IVXLTWNQĐCPUBabcđ/hg()\n"))
def test_whatever_stands_there_no_digit_is_left_over(text: str) -> None:
    """Voices read digits in ways of their own; we leave them none."""
    assert not any(char.isdecimal() for char in aloud(text))


@given(st.integers(min_value=0, max_value=10**14))
def test_every_number_has_words(number: int) -> None:
    words = in_words(number)
    assert words
    assert all(char.isalpha() or char == " " for char in words)

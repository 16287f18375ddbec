"""What of a paper is worth hearing, and how it falls into parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.speech import splitting
from bot.speech.passages import passages

PAPER = """ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG BỘ XÃ AN BÌNH
*
Số 05-NQ/CB
NGHỊ QUYẾT
về vệ sinh môi trường
Chi bộ thống nhất mỗi tháng tổng vệ sinh đường làng một lần vào
sáng thứ Bảy, mỗi nhà một người.
1. Giao chi đoàn chuẩn bị dụng cụ.
- 2 -
2. Giao phụ nữ vận động các hộ.
Trang 3/4
a) Ghi sổ theo dõi;
Nơi nhận:
- Đảng ủy xã (báo cáo),
- Các đồng chí đảng viên,
- Lưu chi bộ.
T/M CHI BỘ
BÍ THƯ
(đã ký)
Nguyễn Văn An"""


def test_letterhead_page_numbers_and_recipients_are_not_read_out() -> None:
    found = passages(PAPER)
    whole = "\n".join(found)
    assert "CỘNG SẢN" not in whole
    assert not [gone for gone in ("- 2 -", "Trang", "Nơi nhận", "Lưu chi bộ", "báo cáo", "đã ký", "*") if gone in whole]
    assert "Chi bộ thống nhất mỗi tháng tổng vệ sinh đường làng một lần vào sáng thứ Bảy, mỗi nhà một người." in found
    assert "1. Giao chi đoàn chuẩn bị dụng cụ." in found
    assert "T/M CHI BỘ BÍ THƯ" in found
    assert whole.endswith("Nguyễn Văn An")


def test_what_every_page_repeats_is_read_once() -> None:
    pages = [f"Đảng ủy xã An Bình\nĐoạn thứ {word} của báo cáo này." for word in ("nhất", "hai", "ba", "tư")]
    assert "\n".join(passages("\n".join(pages))).count("Đảng ủy xã An Bình") == 1


def test_a_sentence_goes_on_over_a_page() -> None:
    text = "Chi bộ giao đồng chí phó bí thư phụ trách công tác vận động\n\n- 3 -\n\nquần chúng trong thôn."
    assert passages(text) == ["Chi bộ giao đồng chí phó bí thư phụ trách công tác vận động", "quần chúng trong thôn."]


def test_an_appendix_after_the_recipients_is_read() -> None:
    text = "Nơi nhận:\n- Lưu.\nPHỤ LỤC\nDanh sách các tổ."
    assert passages(text) == ["PHỤ LỤC", "Danh sách các tổ."]


@pytest.mark.parametrize("text", ["", "\n\n", "***\n- 1 -\n……", "ĐẢNG CỘNG SẢN VIỆT NAM"])
def test_nothing_to_say(text: str) -> None:
    assert passages(text) == []


# --- parts -----------------------------------------------------------------------------------------------------------
PACE = 62.0
"""Seconds per 1,000 characters, as espeak-ng takes at 150 words a minute (docs/decisions/0010)."""


def test_a_short_paper_is_one_part() -> None:
    assert splitting.parts(["Một.", "Hai."], pace=PACE) == ["Một.\nHai."]


def test_a_long_paper_is_cut_between_paragraphs_into_parts_of_like_length() -> None:
    paragraphs = [f"Đoạn {number}. " + "Chi bộ bàn việc làng, mọi người góp ý kiến. " * 8 for number in range(60)]
    found = splitting.parts(paragraphs, pace=PACE)
    assert len(found) > 4
    assert "\n".join(found).split("\n") == paragraphs
    lengths = [len(part) / 1000 * PACE for part in found]
    assert max(lengths) < 300
    assert min(lengths) > 0.6 * max(lengths)


def test_a_paragraph_without_end_is_cut_at_sentences_then_at_words() -> None:
    endless = "Chi bộ bàn việc làng. " * 900
    found = splitting.parts([endless, "chữ " * 9000], pace=PACE)
    assert all(len(part) / 1000 * PACE < 300 for part in found)
    assert sum(part.count("việc làng.") for part in found) == 900
    assert sum(part.split().count("chữ") for part in found) == 9000


@given(
    st.lists(st.text(alphabet="ab .,", min_size=1, max_size=3000), max_size=12),
    st.floats(min_value=20, max_value=400),
)
def test_no_letter_is_lost_and_no_part_is_too_long(passages_: list[str], pace: float) -> None:
    found = splitting.parts(passages_, pace=pace)
    letters = lambda texts: "".join("".join(texts).split())  # noqa: E731
    assert letters(found) == letters(passages_)
    assert all(len(part) <= max(200, splitting.WISHED / pace * 1000) * 1.02 + 2 for part in found)


def test_a_book_is_spoken_up_to_the_limit() -> None:
    paragraphs = ["x" * 1000] * 200
    kept, was_cut = splitting.cut(paragraphs, pace=60, minutes=90)
    assert (len(kept), was_cut) == (90, True)
    assert splitting.cut(paragraphs[:5], pace=60, minutes=90) == (paragraphs[:5], False)

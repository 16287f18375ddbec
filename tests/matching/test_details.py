"""The reason, the number, the minutes; choices and short commands; the secretary's word list."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot.matching import choose, fold, label, matches_words, understand

REPLIES = Path(__file__).resolve().parents[2] / "locales" / "vi" / "replies.toml"
INVITATION = ["Tôi dự được", "Tôi xin vắng", "Tôi đến muộn", "Tôi cần gọi điện"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tôi xin phép vắng vì đi khám bệnh", "đi khám bệnh"),
        ("Con ốm, tôi không đi được", "ốm"),
        ("Bận trông cháu không đi được", "Bận trông cháu"),
        ("2 - xin vắng, lý do đi khám mắt", "đi khám mắt"),
        ("xin vang mat vi bi om", "om"),
        ("Tôi xin vắng. Xin cảm ơn", ""),
    ],
)
def test_the_reason_is_kept_as_it_was_written(text: str, reason: str) -> None:
    assert understand(text).reason.endswith(reason)
    assert understand(text).reason in text


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("Tôi đến muộn 15 phút nhé", 15),
        ("trễ 10-20p", 20),
        ("tôi đến muộn mười phút", 10),
        ("Đến sau nửa tiếng", 30),
        ("tới trễ", None),
    ],
)
def test_minutes_late(text: str, minutes: int | None) -> None:
    understood = understand(text)
    assert (understood.label.value, understood.minutes_late) == ("late", minutes)


@pytest.mark.parametrize(
    ("text", "number", "wanted"),
    [
        ("1", 1, "attend"),
        ("số 2 nhé", 2, "absent"),
        ("3️⃣", 3, "late"),
        ("4", 4, "ambiguous"),
        ("5", 5, "ambiguous"),
        ("2 - bận việc nhà", 2, "absent-with-reason"),
        ("1 - xin vắng", 1, "ambiguous"),
        ("8. Trần Thị B - dự", None, "attend"),
        ("tôi đến lúc 1 giờ", None, "attend"),
    ],
)
def test_numbers(text: str, number: int | None, wanted: str) -> None:
    understood = understand(text)
    assert (understood.number, understood.label.value) == (number, wanted)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("1", 0),
        ("số 1", 0),
        ("1 - Tôi dự được", 0),
        ("toi du duoc", 0),
        ("Dự được ạ", 0),
        ("XIN VẮNG!", 1),
        ("tôi chọn 2", 1),
        ("4", 3),
        ("ok", None),
        ("vâng", None),
        ("👍", None),
        ("5", None),
        ("0", None),
        ("1 - Tôi xin vắng", None),
        ("", None),
        ("tôi", None),
    ],
)
def test_choices(text: str, picked: int | None) -> None:
    assert choose(text, INVITATION) == picked


def test_words_that_fit_two_choices_pick_none() -> None:
    assert choose("đồng ý", ["Đồng ý", "đồng ý!"]) is None


@pytest.mark.parametrize("text", ["Trợ giúp!", "tro giup", "TRỢ  GIÚP", "trợ giúp.", " Tro\u031b\u0323 giu\u0301p "])
def test_short_commands(text: str) -> None:
    assert matches_words(text, ["thực đơn", "trợ giúp"])
    assert matches_words(text, "Trợ giúp")


@pytest.mark.parametrize("text", ["trợ giúp tôi với", "", "!", "giúp"])
def test_a_sentence_is_no_short_command(text: str) -> None:
    assert not matches_words(text, ["trợ giúp", ""])


def test_fold_keeps_document_numbers() -> None:
    assert fold("Nghị quyết  21-NQ/TW, Ｓố ９ ") == "nghi quyet 21-nq/tw, so 9"


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("cos mawtj", "attend"),
        ("tooi ddi dduowcj", "attend"),
        ("xin va81ng", "absent"),
        ("khoong ddi dduwowcj", "absent"),
        ("d9a4 d9o5c", "acknowledged"),
        ("to6i d9e61n muo65n", "late"),
        ("xin vắnggg", "absent"),
    ],
)
def test_raw_typing(raw: str, wanted: str) -> None:
    assert label(raw) == wanted


def test_without_marks_a_word_with_two_readings_is_not_guessed() -> None:
    alone = ["vang", "vang a", "em vang a", "du", "doc", "nghi", "ban", "dc", "co", "muon"]
    assert {text: label(text) for text in alone} == dict.fromkeys(alone, "ambiguous")
    assert [label(text) for text in ("xin vang", "toi vang", "bao vang", "vang mat")] == ["absent"] * 4


@pytest.mark.parametrize(
    "text",
    [
        "Nhận sửa điều hoà, máy giặt, có mặt sau 15 phút",
        "Shop em nghỉ hôm nay nhé cả nhà",
        "Cơ hội việc làm lương cao, đăng ký tham gia ngay hôm nay",
        "Đội tuyển vắng ba trụ cột trận tối nay",
        "tôi đến hội trường mà cửa khóa",
        "Em xin nghỉ buổi tập văn nghệ tối nay",
        "Tôi từng vắng một lần",
        "Tôi đã đi họp suốt ba mươi năm chưa vắng buổi nào",
    ],
)
def test_an_act_beside_words_that_were_not_followed_is_not_recorded(text: str) -> None:
    assert label(text) in {"ambiguous", "unrelated"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('"không dự được" thì trả lời số mấy cháu nhỉ', "question"),
        ('"xin vắng" có phải viết đơn không thưa đồng chí', "question"),
        ('"Tôi dự được"', "attend"),
    ],
)
def test_quoted_words_are_spoken_about_unless_they_are_all(text: str, wanted: str) -> None:
    assert label(text) == wanted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tôi không bận gì nhưng tôi không đi", ""),
        ("lúc nãy bấm nhầm số 1, tôi vắng", ""),
        ("Tôi xin cáo lỗi vì phải dự hội khóa cùng ngày", "dự hội khóa"),
        ("Chú cho cháu nghỉ, cháu phải thi hết môn", "thi hết môn"),
    ],
)
def test_what_is_a_reason_and_what_is_none(text: str, reason: str) -> None:
    understood = understand(text)
    assert understood.label.value == ("absent-with-reason" if reason else "absent")
    assert reason in understood.reason


def test_the_word_list_says_nothing_twice() -> None:
    tables = tomllib.loads(REPLIES.read_text(encoding="utf-8"))
    concepts = [
        (phrase, concept)
        for table in ("people", "acts", "modifiers", "questions", "courtesy", "topics")
        for concept, phrases in tables[table].items()
        if concept not in {"surnames", "middle_names"}
        for phrase in phrases
    ]
    assert len(concepts) > 1000
    seen: dict[str, str] = {}
    twice = [
        (phrase, concept, seen[phrase]) for phrase, concept in concepts if seen.setdefault(phrase, concept) != concept
    ]
    assert twice == []


@pytest.mark.parametrize(
    "text",
    ["cho tôi xem văn bản về chuyên đề quý 4", "tài liệu về họp chi bộ tháng 12", "nghị quyết về sinh hoạt chuyên đề"],
)
def test_a_paper_about_a_meeting_is_no_promise_to_come(text: str) -> None:
    assert understand(text).label not in {"attend", "late", "absent"}

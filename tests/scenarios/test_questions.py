"""A question and its answer, by reply, press or number, on both platforms."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.members import RoleKind
from storage.questions import Question
from tests.world import Person, World

TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."
ASKED = "Khi nào chi bộ họp tháng 12?"


def _secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def _questions(world: World) -> list[Question]:
    with world.database.reading() as session:
        return list(session.exec(select(Question).order_by(Question.id)))  # type: ignore[arg-type]


def _publish(an: Person, number: str) -> None:
    an.says(f"/vanban {TEXT}")
    an.says(number)
    an.says("Về tổng vệ sinh đường làng")
    an.presses("Gửi")


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
@pytest.mark.parametrize("words", ["Hỏi: {}", "hoi chi bo: {}", "Tôi muốn hỏi: {}", "/hoi {}"])
def test_a_question_reaches_the_secretary_with_a_number(world: World, platform: str, words: str) -> None:
    an, lan = _secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says(words.format(ASKED))
    assert "câu hỏi số 1" in lan.last
    assert "CÂU HỎI SỐ 1 – đồng chí Trần Thị Lan" in an.last
    assert ASKED in an.last
    an.presses("Trả lời")
    an.says("Họp 19 giờ 30 ngày 03/12, tại nhà văn hóa.")
    assert "Đã gửi trả lời câu hỏi số 1" in an.last
    assert f"Hỏi: {ASKED}" in lan.last
    assert "Trả lời: Họp 19 giờ 30" in lan.last


def test_the_secretary_answers_by_replying(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform="zalo")
    lan.says(f"Hỏi: {ASKED}")
    message = next(m["message_id"] for m in an.chat() if "CÂU HỎI SỐ 1" in (m["text"] or ""))
    an.says("Họp ngày 03/12.", reply_to=message)
    assert "Trả lời: Họp ngày 03/12." in lan.last


@pytest.mark.parametrize("words", ["TL 1: {}", "trả lời 1: {}", "tra loi cau hoi so 1, {}", "tl1 {}"])
def test_the_secretary_answers_by_number(world: World, words: str) -> None:
    an, lan = _secretary(world, "zalo"), world.person("Trần Thị Lan")
    lan.says(f"Hỏi: {ASKED}")
    an.says(words.format("Họp ngày 03/12."))
    assert "Trả lời: Họp ngày 03/12." in lan.last


def test_who_comes_second_is_told_who_answered(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    hung = world.person("Lê Văn Hùng", roles=[RoleKind.DEPUTY], platform="zalo")
    lan.says(f"Hỏi: {ASKED}")
    an.says("TL 1: Họp ngày 03/12.")
    before = len(lan.texts())
    hung.says("TL 1: Họp ngày 04/12.")
    assert "đã được đồng chí Nguyễn Văn An trả lời rồi" in hung.last
    hung.presses("Trả lời")
    assert "đã được đồng chí Nguyễn Văn An trả lời rồi" in hung.last
    assert len(lan.texts()) == before


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_a_question_about_a_document(world: World, platform: str) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform=platform)
    _publish(an, "21-KH/CB")
    lan.presses("Tôi muốn hỏi")
    assert "Xin viết câu hỏi" in lan.last
    lan.says("Tôi đã đọc nhưng chưa rõ tập trung ở đâu")
    assert "câu hỏi số 1" in lan.last
    assert "Về văn bản: 21-KH/CB" in an.last
    assert len(_questions(world)) == 1


def test_a_reply_to_the_document_with_a_question(world: World) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan")
    _publish(an, "21-KH/CB")
    paper = next(m["message_id"] for m in lan.chat() if "21-KH/CB" in (m["text"] or ""))
    lan.says("Tôi đã đọc, mang theo cuốc hay chổi?", reply_to=paper)
    assert "câu hỏi số 1" in lan.last
    assert "Về văn bản: 21-KH/CB" in an.last


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_asked_in_the_group_the_answer_stays_private(world: World, platform: str) -> None:
    an, lan = _secretary(world), world.person("Trần Thị Lan", platform=platform)
    group = world.group([lan], platform=platform)
    before = lan.texts(group)
    lan.mentions(f"Hỏi: {ASKED}", group)
    assert lan.texts(group) == before
    assert "câu hỏi số 1" in lan.last
    an.says("TL 1: Họp ngày 03/12.")
    assert lan.texts(group) == before
    assert "Họp ngày 03/12" in lan.last


def test_the_open_ones_are_listed_and_answered_from_the_list(world: World) -> None:
    an, lan = _secretary(world, "zalo"), world.person("Trần Thị Lan")
    hung = world.person("Lê Văn Hùng")
    lan.says(f"Hỏi: {ASKED}")
    hung.says("Hỏi: Đảng phí tháng này nộp ở đâu?")
    an.says("/cauhoi")
    assert "Có 2 câu hỏi" in an.last
    assert "Số 1 – Trần Thị Lan, 25/11/2026" in an.last
    an.presses("Trả lời câu 2")
    assert "Đảng phí" in an.last
    an.says("Nộp cho đồng chí Mai.")
    assert "Nộp cho đồng chí Mai" in hung.last
    an.says("/cauhoi")
    assert "Có 1 câu hỏi" in an.last


def test_members_and_other_branches_answer_and_list_nothing(world: World) -> None:
    _secretary(world)
    lan = world.person("Trần Thị Lan")
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other, roles=[RoleKind.SECRETARY])
    lan.says(f"Hỏi: {ASKED}")
    lan.says("/cauhoi")
    assert "chỉ dành cho" in lan.last
    lan.says("TL 1: tự trả lời")
    hung.says("TL 1: trả lời thay")
    assert "Không có câu hỏi số 1" in hung.last
    hung.says("/cauhoi")
    assert "Không còn câu hỏi" in hung.last
    assert [row.state for row in _questions(world)] == ["open"]


def test_without_a_secretary_it_goes_to_those_above(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    lan.says("Hỏi: Ai làm bí thư chi bộ thôn 3?")
    assert "chưa nhắn được" in lan.last
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    lan.says(f"Hỏi: {ASKED}")
    assert "CÂU HỎI SỐ 2" in minh.last
    minh.presses("Trả lời")
    minh.says("Tháng này xã sẽ chỉ định.")
    assert "Tháng này xã sẽ chỉ định" in lan.last


def test_numbers_count_by_branch_and_year(world: World) -> None:
    _secretary(world)
    lan = world.person("Trần Thị Lan")
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other)
    lan.says("Hỏi: Câu thứ nhất là gì?")
    lan.says("Hỏi: Câu thứ hai là gì?")
    hung.says("Hỏi: Câu của thôn 5 là gì?")
    world.at("2027-01-01T08:00:00+07:00")
    lan.says("Hỏi: Câu đầu năm mới là gì?")
    assert [(row.year, row.number) for row in _questions(world)] == [(2026, 1), (2026, 2), (2026, 1), (2027, 1)]


def test_the_text_is_ciphertext_in_the_database(world: World) -> None:
    _secretary(world)
    lan = world.person("Trần Thị Lan")
    lan.says("Hỏi: Tôi ốm nặng thì báo ai?")
    with world.database.engine.connect() as connection:
        raw = bytes(connection.exec_driver_sql("SELECT text FROM question").scalar_one())
    assert "ốm".encode() not in raw


def test_a_stranger_is_asked_to_log_in(world: World) -> None:
    lan = world.person("Trần Thị Lan", linked=False, platform="zalo")
    lan.says(f"Hỏi: {ASKED}")
    assert "ĐĂNG NHẬP" in lan.last
    assert not _questions(world)


def test_a_command_word_is_never_taken_for_the_question(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    an.says("câu hỏi")
    an.says("mời họp")
    assert an.sees("loại cuộc họp")
    assert not an.sees("Đã chuyển câu hỏi")

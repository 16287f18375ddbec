"""Published answers: approved by a leader, without names, offered before a similar question is sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from storage.faq import FaqEntry
from storage.members import RoleKind
from storage.outbox import Delivery
from storage.questions import Question
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ASKED = "Hỏi: Tôi là Trần Thị Lan, máy 0912 345 678. Nộp đảng phí cho ai, vào ngày nào?"


def secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def count(world: World) -> int:
    with world.database.reading() as session:
        return len(session.exec(select(Question)).all())


def entries(world: World) -> list[FaqEntry]:
    with world.database.reading() as session:
        return list(session.exec(select(FaqEntry)))


def publish(world: World, an: Person, lan: Person, how: str = "cho Chi bộ thôn 3") -> None:
    lan.says(ASKED)
    an.says("TL 1: Nộp cho đồng chí Mai, ngày 5 hằng tháng.")
    an.presses("Đưa vào hỏi đáp")
    an.presses(how)


@BOTH
def test_a_leader_looks_at_it_and_it_has_no_name(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says(ASKED)
    an.says("TL 1: Nộp cho đồng chí Mai, ngày 5 hằng tháng.")
    assert not entries(world)
    an.presses("Đưa vào hỏi đáp")
    assert "Trần Thị Lan" not in an.last
    assert "0912" not in an.last
    an.presses("Sửa lời")
    an.says("Nộp đảng phí cho ai, vào ngày nào?")
    assert "Nộp cho đồng chí Mai" in an.last
    an.presses("Sửa lời")
    an.says("Trả lời: Nộp cho thủ quỹ chi bộ, ngày 5 hằng tháng.")
    assert not entries(world)
    an.presses("cho Chi bộ thôn 3")
    assert "Đã đưa vào hỏi đáp" in an.last
    [entry] = entries(world)
    assert (entry.question, entry.answer) == (
        "Nộp đảng phí cho ai, vào ngày nào?",
        "Nộp cho thủ quỹ chi bộ, ngày 5 hằng tháng.",
    )
    an.presses("Gỡ khỏi hỏi đáp")
    lan.says("/hoidap")
    assert "Chưa có câu hỏi đáp" in lan.last
    an.presses("Đưa lại vào hỏi đáp")
    lan.says("/hoidap")
    assert "HỎI ĐÁP" in lan.last


@BOTH
@pytest.mark.parametrize("words", ["Hỏi: tiền đảng nộp cho ai?", "hoi: dang phi thang nay nop cho ai a"])
def test_a_similar_question_is_offered_the_answer_first(world: World, platform: str, words: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    hung = world.person("Lê Văn Hùng", platform=platform)
    publish(world, an, lan)
    an.forget()
    hung.says(words)
    assert "Có phải đồng chí hỏi:" in hung.last
    assert "Lan" not in hung.last
    assert count(world) == 1
    hung.presses("Đúng, xem trả lời")
    assert "Trả lời: Nộp cho đồng chí Mai" in hung.last
    hung.presses("Đã rõ")
    assert count(world) == 1
    assert not an.new()
    assert entries(world)[0].helped == 1
    hung.says("1")
    assert count(world) == 1


@BOTH
def test_no_sends_the_own_question(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    hung = world.person("Lê Văn Hùng", platform=platform)
    publish(world, an, lan)
    hung.says("/hoi")
    hung.presses("Ẩn tên tôi")
    hung.says("Đảng phí nộp cho ai?")
    hung.presses("Đúng, xem trả lời")
    hung.presses("Vẫn gửi")
    assert "câu hỏi số 2" in hung.last
    assert "CÂU HỎI SỐ 2 – một đồng chí trong chi bộ" in an.last
    hung.says("Hỏi: đảng phí nộp cho ai?")
    hung.presses("Không, gửi câu hỏi của tôi")
    assert "câu hỏi số 3" in hung.last


def test_an_unrelated_question_goes_straight_through(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    publish(world, an, lan)
    lan.says("Hỏi: Bao giờ phun thuốc muỗi?")
    assert "câu hỏi số 2" in lan.last


def test_who_may_read_it(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other)
    publish(world, an, lan)
    hung.says("hỏi đáp đảng phí")
    assert "Chưa có hỏi đáp" in hung.last
    hung.says("/hoidap")
    assert "Chưa có câu hỏi đáp" in hung.last
    hung.says("Hỏi: đảng phí nộp cho ai?")
    assert "câu hỏi số 1" in hung.last


@BOTH
def test_from_above_and_for_all_it_is_read_everywhere(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other, platform=platform)
    publish(world, an, lan, "cho mọi chi bộ")
    lan.says("Hỏi: Bao giờ xã sửa đường liên thôn?")
    an.presses("Chuyển cấp trên")
    minh.says("TL 2: Trong quý I năm 2027.")
    minh.presses("Đưa vào hỏi đáp")
    minh.presses("cho Đảng ủy xã An Bình")
    hung.says("hỏi đáp sửa đường")
    hung.presses("Bao giờ xã sửa đường")
    assert "Trong quý I năm 2027." in hung.last
    hung.says("tim hoi dap dang phi")
    hung.presses("đảng phí")
    assert "Nộp cho đồng chí Mai" in hung.last


def test_members_and_other_branches_publish_and_withdraw_nothing(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    hung = world.person("Lê Văn Hùng", branch=other, roles=[RoleKind.SECRETARY])
    publish(world, an, lan, "cho mọi chi bộ")
    for action in ("questions.publish", "questions.faq-withdraw"):
        for who in (lan, hung):
            move(world, an, who, action)
            who.says("1")
            assert "chỉ dành cho" in who.last
            move(world, who, an, action)
    [entry] = entries(world)
    assert entry.withdrawn_at is None


def move(world: World, giver: Person, taker: Person, action: str) -> None:
    """A mistake that must not matter: a leader's button reaches another chat, as the newest thing there."""
    with world.database.transaction() as session:
        for row in session.exec(select(Delivery).where(Delivery.chat_id == giver.user_id)):
            if [choice["action"] for choice in row.choices] == [action]:
                row.chat_id, row.sent_at = taker.user_id, world.now + timedelta(minutes=1)


def test_in_a_group_nothing_is_listed_or_offered(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    publish(world, an, lan)
    group = world.group([lan])
    lan.mentions("/hoidap", group)
    assert "nhắn riêng" in lan.texts(group)[-1]
    before = lan.texts(group)
    lan.mentions("Hỏi: đảng phí nộp cho ai?", group)
    assert lan.texts(group) == before
    assert "câu hỏi số 2" in lan.last

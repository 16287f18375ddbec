"""Tasks where the plain way is left: days that cannot be, words that mean something else, people who move or lose a
role. The world's clock: Wednesday 25/11/2026, 9:00."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from storage.members import Member, Role, RoleKind
from storage.tasks import TaskState
from tests.scenarios.test_tasks import _an, _give, _lan, _one
from tests.world import World


@pytest.mark.parametrize(("day", "answer"), [("31/6", "Không có ngày 31/6"), ("1/1/2020", "đã qua rồi")])
def test_a_day_that_cannot_be_in_one_line_is_explained(world: World, day: str, answer: str) -> None:
    an, _ = _an(world), _lan(world)
    an.says(f"giao việc cho bác Lan: dọn nhà văn hóa, hạn {day}")
    assert answer in an.last
    an.says("thứ Sáu")
    assert "Việc: Dọn nhà văn hóa." in an.last
    assert "thứ Sáu, ngày 27/11/2026" in an.last


@pytest.mark.parametrize("words", ["nhận ạ", "dạ em nhận việc ạ", "tôi nhận nhé", "đồng ý nhận"])
def test_a_task_is_accepted_in_few_words(world: World, words: str) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.says(words)
    assert _one(world).state == TaskState.ACCEPTED


@pytest.mark.parametrize("words", ["ok", "vâng ạ", "đã nhận được tin", "nhận xét gì không"])
def test_kind_words_accept_nothing(world: World, words: str) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.says(words)
    assert _one(world).state == TaskState.GIVEN


def test_more_days_count_from_the_deadline_and_done_means_done(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.presses("Nhận việc")
    lan.says("xin thêm 3 ngày")
    assert "đến thứ Hai, ngày 30/11/2026" in lan.last
    an.presses("Không đồng ý")
    lan.says("việc số 1")
    lan.presses("Xin gia hạn")
    lan.says("thôi đã xong việc 1 rồi")
    assert _one(world).state == TaskState.REPORTED
    assert _one(world).due_on == date(2026, 11, 27)
    lan.says("việc số 1")
    assert "Đến ngày nào" not in lan.last


def test_tasks_of_who_has_moved_are_handed_over(world: World) -> None:
    an, lan = _an(world), _lan(world)
    binh = world.person("Bùi Văn Bình")
    _give(an)
    lan.presses("Nhận việc")
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    with world.database.transaction() as session:
        member = session.get(Member, lan.member_id)
        assert member is not None
        member.organization_id = other.id or 0
    world.later(hours=1)
    world.later(hours=1)
    assert sum("còn 1 việc chưa xong" in text for text in an.new()) == 1
    an.presses("Chuyển người khác")
    an.says("Bình")
    assert "VIỆC SỐ 1" in binh.last
    assert _one(world).member_id == binh.member_id


def test_reports_go_to_who_leads_now(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.presses("Nhận việc")
    chi = world.person("Đỗ Thị Chi", roles=[RoleKind.SECRETARY])
    with world.database.transaction() as session:
        for role in session.exec(select(Role).where(Role.member_id == an.member_id)):
            session.delete(role)
    an.forget()
    lan.says("việc số 1 đã xong")
    assert "báo đã xong việc số 1" in chi.last
    assert not an.sees("việc số 1")
    an.says("việc số 1")
    assert "Không thấy việc số 1" in an.last
    chi.presses("Xác nhận xong")
    assert _one(world).state == TaskState.DONE


def test_reminders_keep_quiet_at_night(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    world.at("2026-11-25T23:30:00+07:00")
    world.at("2026-11-26T05:00:00+07:00")
    assert not lan.sees("nhớ giúp")
    world.at("2026-11-26T06:31:00+07:00")
    assert lan.sees("nhớ giúp việc số 1")

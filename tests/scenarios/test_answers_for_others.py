"""Answers that are more than yes or no: for a part of the meeting, for somebody else."""

from __future__ import annotations

import pytest

from storage.attendance import RsvpState
from storage.members import RoleKind
from tests.scenarios.test_meetings import rsvps, secretary
from tests.scenarios.test_planning import call
from tests.world import World


@pytest.mark.parametrize("words", ["em chỉ dự được đến 8 rưỡi", "tôi dự được nửa buổi đầu thôi"])
def test_who_leaves_early_is_not_called_late(world: World, words: str) -> None:
    an = secretary(world)
    tu = world.person("Phạm Văn Tư", title="chú", platform="zalo")
    call(an, "10/12 19h30")
    tu.says("tôi đến muộn 30 phút")
    tu.says(words)
    assert f'chú Tư DỰ MỘT PHẦN ("{words}")' in tu.last
    assert "chờ bí thư" not in tu.last
    an.forget()
    an.says("danh sách báo dự")
    assert an.sees(f"Phạm Văn Tư ({words})")
    tu.says("tôi đến muộn 15 phút")
    assert "ĐẾN MUỘN khoảng 15 phút" in tu.last
    tu.presses("Sai")
    assert f'DỰ MỘT PHẦN ("{words}")' in tu.last


@pytest.mark.parametrize("words", ["báo hộ bác Lan xin vắng vì ốm", "xin phép cho bác Trần Thị Lan vắng họp vì ốm"])
def test_a_neighbours_word_goes_to_the_secretary_who_records_it(world: World, words: str) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", title="bác", has_phone=False, linked=False)
    tu = world.person("Phạm Văn Tư", title="chú", platform="zalo")
    call(an, "10/12 19h30")
    tu.says(words)
    assert "Đã chuyển lời báo hộ bác Trần Thị Lan tới bí thư" in tu.last
    assert rsvps(world)[lan.member_id] == rsvps(world)[tu.member_id] == RsvpState.NONE
    assert f"Nguyên văn: {words}" in an.last
    an.presses("Ghi cho bác Trần Thị Lan")
    an.presses("Xin vắng")
    an.says("ốm")
    assert rsvps(world)[lan.member_id] == RsvpState.ABSENT
    assert rsvps(world)[tu.member_id] == RsvpState.NONE


def test_the_secretary_records_in_one_line(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", title="bác", has_phone=False, linked=False)
    call(an, "10/12 19h30")
    an.says("báo hộ bác Lan xin vắng vì ốm")
    assert rsvps(world)[lan.member_id] == RsvpState.ABSENT
    assert rsvps(world)[an.member_id] == RsvpState.NONE
    an.says("danh sách báo dự")
    assert an.sees("Trần Thị Lan (ốm")


def test_in_the_group_nobodys_answer_is_recorded_and_no_name_is_said(world: World) -> None:
    an = secretary(world)
    lan = world.person("Lê Thị Lan", title="bác", has_phone=False, linked=False)
    tu = world.person("Phạm Văn Tư")
    group = world.group([an, tu])
    call(an, "10/12 19h30")
    tu.mentions("báo hộ bác Lê Thị Lan xin vắng vì ốm", group)
    assert rsvps(world)[lan.member_id] == rsvps(world)[tu.member_id] == RsvpState.NONE
    assert "Nguyên văn" in an.last
    assert "Đã chuyển lời" in tu.last
    assert "Lan" not in "".join(tu.texts(group))


def test_two_of_a_name_and_two_meetings_are_never_mixed_up(world: World) -> None:
    an = secretary(world)
    for name in ("Trần Thị Lan", "Lê Thị Lan"):
        world.person(name, has_phone=False, linked=False)
    tu = world.person("Phạm Văn Tư")
    call(an, "10/12 19h30")
    tu.says("báo hộ bác Lan xin vắng")
    assert "Có mấy người cùng tên" in tu.last
    call(an, "17/12 19h30", kind="chuyên đề")
    tu.says("báo hộ bác Lê Thị Lan xin vắng")
    labels = [label for label, *_ in an.chat()[-1]["buttons"]]
    assert len(labels) == 2
    assert set(rsvps(world).values()) == {RsvpState.NONE}


@pytest.mark.parametrize("words", ["tôi xin vắng vì đi thăm bác Lan", "xin phép vắng họp ạ"])
def test_ones_own_answer_stays_ones_own(world: World, words: str) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", title="bác")
    tu = world.person("Phạm Văn Tư", roles=[RoleKind.VOLUNTEER])
    call(an, "10/12 19h30")
    tu.says(words)
    assert rsvps(world)[tu.member_id] == RsvpState.ABSENT
    assert rsvps(world)[lan.member_id] == RsvpState.NONE

"""The presses that save others: each does what its card says, can be taken back, and leaves nothing to chance."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from storage import agendas
from storage.agendas import AgendaItem
from storage.meetings import Meeting
from storage.members import Role, RoleKind
from storage.minutes import MeetingPaper
from storage.rollcalls import RollCall
from storage.scores import Score
from storage.tasks import Task
from storage.votes import Vote
from tests.scenarios.test_meetings import call
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def rows(world: World, table: Any) -> list[Any]:
    with world.database.reading() as session:
        return list(session.exec(select(table)))


def opened(world: World, platform: str = "telegram") -> tuple[Person, Person]:
    """The secretary An has opened the meeting; Lan comes."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    lan.says("1" if platform == "zalo" else "tôi dự được")
    for moment in ("2026-12-03T17:35:00+07:00", "2026-12-03T19:05:00+07:00", "2026-12-03T19:30:00+07:00"):
        world.at(moment)
    an.presses("Mở họp")
    return an, lan


def ended(world: World, platform: str = "telegram") -> tuple[Person, Person]:
    an, lan = opened(world, platform)
    an.presses("Đúng như báo dự")
    world.at("2026-12-03T21:00:00+07:00")
    an.presses("Kết thúc, kết luận như dự thảo")
    return an, lan


@BOTH
def test_the_end_with_conclusions_as_drafted_is_taken_back_whole(world: World, platform: str) -> None:
    an, _ = opened(world, platform)
    an.presses("Kết thúc, kết luận như dự thảo")
    assert [item.conclusion for item in rows(world, AgendaItem)] == ["Nhất trí như dự thảo."]
    an.presses("Bấm nhầm, họp tiếp")
    assert "ĐANG HỌP" in an.last
    assert rows(world, Meeting)[0].ended_at is None
    assert [item.conclusion for item in rows(world, AgendaItem)] == [""]
    assert not rows(world, Task)
    # What was concluded in words before is neither overwritten nor taken back.
    with world.database.transaction() as session:
        agendas.extend(session, 1, [{"title": "Sửa đường"}])
    an.presses("Kết luận")
    an.says("Giao đồng chí Lan lập dự toán")
    an.presses("Kết thúc, kết luận như dự thảo")
    assert "1 mục kết luận như dự thảo" in an.last
    found = {item.title: item.conclusion for item in rows(world, AgendaItem)}
    assert found["theo chương trình của chi ủy"] == "Giao đồng chí Lan lập dự toán"
    assert found["Sửa đường"] == "Nhất trí như dự thảo."
    an.presses("Bấm nhầm, họp tiếp")
    found = {item.title: item.conclusion for item in rows(world, AgendaItem)}
    assert found == {"theo chương trình của chi ủy": "Giao đồng chí Lan lập dự toán", "Sửa đường": ""}


def test_what_is_left_out_is_not_recorded(world: World) -> None:
    an, _ = ended(world)
    an.presses("Không giao việc")
    assert "CHẤM ĐIỂM" in an.last
    an.presses("Chấm điểm sau")
    assert "duyệt biên bản" in an.last
    assert not rows(world, Task)
    assert not [row for row in rows(world, Score) if row.scored_at]
    # Whoever comes back later is led on from where things are.
    an.says("điều hành")
    an.presses("Làm lần lượt")
    assert "Giao 1 việc" in an.last
    an.presses("Giao hết")
    an.presses("Sai, đưa lại như cũ")
    assert [task.state for task in rows(world, Task)] == ["cancelled"] or not rows(world, Task)


def test_points_that_changed_since_they_were_shown_are_shown_again(world: World) -> None:
    an, lan = ended(world)
    an.presses("Không giao việc")
    assert "xếp loại Tốt" in an.last
    with world.database.transaction() as session:
        row = session.exec(select(RollCall).where(RollCall.member_id == lan.member_id)).one()
        row.state = "unexcused"
    an.presses("Nhận tất cả")
    assert "Số đo vừa thay đổi" in an.last
    assert not [row for row in rows(world, Score) if row.scored_at]
    an.presses("Nhận tất cả")
    assert [row for row in rows(world, Score) if row.scored_at]


def test_minutes_that_changed_since_they_were_shown_are_neither_approved_nor_sent(world: World) -> None:
    an, lan = ended(world)
    an.presses("Không giao việc")
    an.presses("Chấm điểm sau")
    thu = world.person("Đỗ Thị Thu", roles=[RoleKind.CLERK])
    thu.says("biên bản")
    thu.presses("Xem và sửa từng mục")
    thu.presses("Kết luận")
    thu.says("Giao chi ủy lập kế hoạch sửa đường trong quý I.")
    an.presses("Duyệt và gửi biên bản")
    (paper,) = rows(world, MeetingPaper)
    assert (paper.state, paper.approved_at, paper.sent_at) == ("draft", None, None)
    assert not lan.sees("iên bản sinh hoạt")
    an.presses("Duyệt và gửi biên bản")
    an.presses("Duyệt và gửi biên bản")
    (paper,) = rows(world, MeetingPaper)
    assert paper.sent_at is not None
    assert sum("iên bản sinh hoạt" in each for each in lan.new()) == 1


def test_the_presses_are_refused_once_the_role_is_gone(world: World) -> None:
    an, lan = opened(world)
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role)).one())
        session.exec(select(Meeting)).one().chair_id = None
    an.presses("Đúng như báo dự")
    an.presses("Kết thúc, kết luận như dự thảo")
    assert rows(world, Meeting)[0].ended_at is None
    assert not rows(world, RollCall)
    assert not lan.sees("biên bản")


def test_a_vote_leads_back_into_the_meeting(world: World) -> None:
    an, _ = opened(world)
    an.presses("Đúng như báo dự")
    an.presses("Biểu quyết")
    an.presses("tất cả 2 tán thành")
    assert len(rows(world, Vote)) == 1
    an.presses("Về bảng điều hành")
    assert "ĐANG HỌP" in an.last


def test_the_menu_offers_leaders_to_call_a_meeting(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo")
    for person in (an, lan):
        person.says("menu")
        person.presses("Sinh hoạt")
    assert "Mời họp" not in lan.last
    for label in ("Mời họp", "thường kỳ", "Gửi giấy mời"):
        an.presses(label)
    assert lan.sees("KÍNH MỜI")


# --- the proposal that comes by itself -------------------------------------------------------------------------------
def met(world: World) -> Person:
    """A branch that met in December and has no series."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    call(an)
    world.at("2026-12-10T09:00:00+07:00")
    an.forget()
    return an


def test_a_branch_that_never_met_and_one_that_stopped_are_proposed_nothing(world: World) -> None:
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    stranger = world.person("Hồ Văn Tư", roles=[RoleKind.SECRETARY], branch=other)
    an = met(world)
    world.at("2026-12-28T09:00:00+07:00")
    assert an.sees("SẮP ĐẾN KỲ HỌP")
    assert not stranger.sees("SẮP ĐẾN KỲ HỌP")
    an.presses("Thôi lặp lại")
    an.forget()
    for moment in ("2027-01-20T09:00:00+07:00", "2027-01-27T09:00:00+07:00"):
        world.at(moment)
    assert not an.sees("SẮP ĐẾN KỲ HỌP")


def test_the_proposal_follows_the_last_meeting(world: World) -> None:
    an = met(world)
    world.at("2026-12-28T09:00:00+07:00")
    an.presses("Sửa")
    an.presses("Sửa")
    an.presses("Địa điểm")
    an.says("Nhà bác Lan")
    an.presses("Gửi giấy mời")
    world.at("2027-01-26T09:00:00+07:00")
    an.forget()
    world.at("2027-01-27T09:00:00+07:00")
    assert an.sees("thứ Tư, ngày 03/02/2027, tại Nhà bác Lan")


def test_two_proposals_do_not_come_on_one_day(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    call(an)
    call(an, "3/12 8h sáng", kind="chuyên đề")
    an.presses("Lặp lại hằng tháng")
    world.at("2026-12-10T09:00:00+07:00")
    an.forget()
    world.at("2026-12-28T09:00:00+07:00")
    world.later(hours=2)
    assert sum("SẮP ĐẾN KỲ HỌP" in each for each in an.new()) == 1
    world.at("2026-12-29T09:00:00+07:00")
    assert sum("SẮP ĐẾN KỲ HỌP" in each for each in an.new()) == 2

"""Meetings at the same time, and the third of a month that is a day off: by day, through the chats."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.flows.room import codes
from storage.attendance import Rsvp
from storage.meetings import Meeting
from storage.members import RoleKind
from storage.minutes import MeetingPaper
from storage.rollcalls import RollCall
from tests.scenarios.test_meetings import call
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ASKED = "báo dự sinh hoạt chi bộ"
"""What every reminder of a regular meeting holds."""


def meetings(world: World) -> dict[str, Meeting]:
    """By kind."""
    with world.database.reading() as session:
        return {row.kind: row for row in session.exec(select(Meeting))}


def answers(world: World, person: Person) -> dict[str, str]:
    """Kind of meeting -> what the person has answered."""
    kinds = {row.id: kind for kind, row in meetings(world).items()}
    with world.database.reading() as session:
        rows = session.exec(select(Rsvp).where(Rsvp.member_id == person.member_id))
        return {kinds[row.meeting_id]: row.state for row in rows}


# --- several at once -------------------------------------------------------------------------------------------------
@BOTH
def test_three_meetings_of_one_week_are_never_mixed_up(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    binh = world.person("Lê Văn Bình", roles=[RoleKind.COMMITTEE], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    call(an, "1/12 19h30 tối", kind="chi ủy")
    call(an, "5/12 19h30 tối", kind="chuyên đề")
    assert set(answers(world, binh)) == {"regular", "committee", "thematic"}
    assert set(answers(world, lan)) == {"regular", "thematic"}
    # Words that fit several meetings record nothing; each asks which one.
    binh.says("tôi dự được")
    lan.says("em ốm xin phép vắng ạ")
    for person in (binh, lan):
        assert "cuộc họp nào" in person.last
        assert set(answers(world, person).values()) == {"none"}
    binh.presses("Họp chi ủy")
    assert answers(world, binh) == {"regular": "none", "committee": "attending", "thematic": "none"}
    lan.presses("chuyên đề")
    assert answers(world, lan) == {"regular": "none", "thematic": "absent"}
    # The secretary's list asks which one as well.
    an.says("báo dự")
    assert "nào" in an.last
    an.presses("chuyên đề")
    assert "SINH HOẠT CHUYÊN ĐỀ" in an.last


def test_two_meetings_of_one_evening_are_led_apart(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo")
    call(an)
    call(an, "3/12 18h30 tối", kind="chi ủy")
    lan.says("1")
    world.at("2026-12-03T18:30:00+07:00")
    an.says("điều hành")
    an.presses("Họp chi ủy")
    an.presses("Mở họp")
    world.at("2026-12-03T19:05:00+07:00")  # the card of the second one comes into the first
    assert "SINH HOẠT CHI BỘ THÁNG 12: chưa mở" in an.last
    an.presses("Mở họp")
    assert "ĐANG HỌP: sinh hoạt chi bộ" in an.last
    assert all(row.began_at is not None for row in meetings(world).values())
    an.says("điều hành")
    assert "cuộc họp nào" in an.last
    an.presses("Họp chi ủy")
    an.presses("Kết thúc họp")
    assert meetings(world)["committee"].ended_at is not None
    assert meetings(world)["regular"].ended_at is None


# --- the third is a day off ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "after", "meets", "moved"),
    [
        ("2026-12-03", "2026-12-28", "2027-01-04", "Chủ nhật, ngày 03/01/2027"),
        ("2027-03-03", "2027-03-29", "2027-04-05", "thứ Bảy, ngày 03/04/2027"),
    ],
    ids=["january", "april"],
)
def test_the_month_whose_third_is_a_day_off(world: World, before: str, after: str, meets: str, moved: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo")
    ba = world.person("Lê Văn Ba")
    if before > "2027":
        world.at("2027-02-24T09:00:00+07:00")
    call(an)
    world.at(f"{before}T19:30:00+07:00")
    an.says("điều hành")
    an.presses("Mở họp")
    an.presses("Kết thúc họp")
    world.later(days=4)

    # A week before the next working day it is proposed with its reason, and sent with one press.
    world.at(f"{after}T07:00:00+07:00")
    assert "SẮP ĐẾN KỲ HỌP" in an.last
    assert f"{moved} là ngày nghỉ" in an.last
    an.presses("Gửi giấy mời")
    day = f"ngày {meets[8:]}/{meets[5:7]}/{meets[:4]}"
    assert f"Lúc 19 giờ 30, thứ Hai, {day}" in lan.last
    ba.presses("Tôi dự được")
    _by_day(world, lan, meets)
    assert not [each for each in ba.new() if ASKED in each]
    _evening(world, (an, lan, ba), meets)


def _by_day(world: World, lan: Person, meets: str) -> None:
    """Lan is silent: asked three times, never at night, never twice a day; on the third itself nobody meets."""
    month, number = meets[:8], int(meets[8:])
    lan.forget()
    for moment in ("02T09:00", "02T20:30", "03T06:00", "03T09:00"):
        world.at(f"{month}{moment}:00+07:00")
    assert len([each for each in lan.new() if ASKED in each]) == 1
    evening = f"{month}{number - 1:02d}T19:35:00+07:00"
    world.at(evening)
    assert len([each for each in lan.new() if ASKED in each]) == 2, lan.new()
    world.at(f"{meets}T08:00:00+07:00")
    assert len([each for each in lan.new() if ASKED in each]) == 2, lan.new()
    world.at(f"{meets}T17:35:00+07:00")
    assert len([each for each in lan.new() if ASKED in each]) == 3, lan.new()


def _evening(world: World, people: tuple[Person, Person, Person], meets: str) -> None:
    """The code of this evening, and the two days that the minutes have from this day on."""
    an, lan, _ = people
    for hour in ("19:05", "19:30"):
        world.at(f"{meets}T{hour}:00+07:00")
    an.presses("Mở họp")
    with world.database.reading() as session:
        found = session.exec(select(Meeting)).all()[-1]
    lan.says(f"điểm danh {codes.digits(codes.key_of(found), codes.step_of(world.now))}")
    an.presses("Đúng như báo dự")
    with world.database.reading() as session:
        rows = session.exec(select(RollCall).where(RollCall.meeting_id == found.id)).all()
    assert {row.member_id: row.state for row in rows} == dict.fromkeys((each.member_id for each in people), "present")
    world.at(f"{meets}T20:59:00+07:00")
    an.presses("Kết thúc, kết luận như dự thảo")
    an.presses("Không giao việc")
    an.presses("Chấm điểm sau")
    due = int(meets[8:]) + 2
    assert f"ngày {due:02d}/{meets[5:7]}/{meets[:4]} (quy định 2 ngày)" in an.last
    world.at(f"{meets[:8]}{due - 1:02d}T08:00:00+07:00")
    an.forget()
    world.at(f"{meets[:8]}{due:02d}T08:00:00+07:00")
    assert an.sees("hạn cuối")
    an.presses("Lập biên bản")
    an.presses("Duyệt và gửi biên bản")
    with world.database.reading() as session:
        paper = session.exec(select(MeetingPaper).where(MeetingPaper.meeting_id == found.id)).one()
    assert paper.sent_at is not None

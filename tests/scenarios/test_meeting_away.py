"""A chair whose phone is off all evening, and a secretary who changes phones in the middle."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.flows.members.codes import make_code
from storage.meetings import Meeting
from storage.members import RoleKind
from storage.minutes import MeetingPaper
from storage.rollcalls import RollCall
from tests.scenarios.test_meetings import call
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
HOUR = "2026-12-03T19:30:00+07:00"


def meeting(world: World) -> Meeting:
    with world.database.reading() as session:
        return session.exec(select(Meeting)).all()[-1]


def paper(world: World) -> MeetingPaper:
    with world.database.reading() as session:
        return session.exec(select(MeetingPaper)).one()


# --- a chair who is away ---------------------------------------------------------------------------------------------
def evening(world: World, stand_in: RoleKind) -> tuple[Person, Person, Person]:
    """The secretary An has called the meeting and presides, and is not seen again; Bình stands in; Lan is a member."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    binh = world.person("Lê Văn Bình", roles=[stand_in], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo")
    call(an)
    for person in (binh, lan):
        person.says("1")
    world.at("2026-12-03T19:05:00+07:00")
    world.at(HOUR)
    an.forget()
    return an, binh, lan


def leads(world: World, person: Person) -> None:
    """From the opening to the end, on one phone."""
    person.presses("Mở họp")
    assert "ĐANG HỌP" in person.last
    person.presses("Đúng như báo dự")
    if "chưa rõ" in person.last:
        person.presses("Vắng cả")
    world.at("2026-12-03T21:00:00+07:00")
    person.presses("Kết thúc, kết luận như dự thảo")
    person.presses("Không giao việc")
    person.presses("Chấm điểm sau")


def test_a_deputy_leads_and_approves_while_the_chairs_phone_is_off(world: World) -> None:
    an, binh, lan = evening(world, RoleKind.DEPUTY)
    leads(world, binh)
    assert "Có mặt 2/3" in binh.last
    binh.presses("Duyệt và gửi biên bản")
    assert paper(world).approved_by == binh.member_id
    assert lan.sees("iên bản sinh hoạt")
    # An comes back: an old button and the word for the card show things as they are.
    an.presses("Mở họp")
    assert "ĐÃ HỌP XONG" in an.last
    an.says("điều hành")
    assert "từ 19 giờ 30 đến 21 giờ (90 phút)" in an.last
    an.says("biên bản")
    assert "Đã gửi" in an.last
    assert meeting(world).chair_id == an.member_id


def test_a_clerk_leads_and_the_minutes_wait_for_the_chair(world: World) -> None:
    an, thu, lan = evening(world, RoleKind.CLERK)
    leads(world, thu)
    assert "Duyệt" not in thu.last
    thu.presses("Gửi chủ trì duyệt")
    assert "đồng chí Nguyễn Văn An" in thu.last
    assert any("duyệt" in each and "iên bản" in each for each in an.new())
    lan.forget()
    thu.forget()
    # Nobody approves: it is said again on the next day and on the last one, and nothing goes to members.
    world.at("2026-12-04T17:05:00+07:00")
    assert thu.sees("Biên bản đang chờ chủ trì duyệt")
    world.at("2026-12-05T08:00:00+07:00")
    assert thu.sees("hạn cuối")
    assert paper(world).sent_at is None
    assert not lan.sees("iên bản sinh hoạt")
    an.presses("Duyệt biên bản")
    thu.presses("Gửi biên bản")
    assert lan.sees("iên bản sinh hoạt")
    assert paper(world).approved_by == an.member_id


# --- another phone ---------------------------------------------------------------------------------------------------
def new_phone(world: World, an: Person, platform: str) -> Person:
    """An logs in on another phone with a code from the operator."""
    other = Person(world, "Máy mới", an.member_id, an.number, platform)
    with world.database.transaction() as session:
        code = make_code(session, an.member_id, now=world.now, hours=72, made_by=None)
    if platform == "telegram":
        other.says("/start")
    for words in ("đăng nhập", an.number, code):
        other.says(words)
    return other


@pytest.mark.parametrize(("before", "after"), [("telegram", "zalo"), ("zalo", "zalo"), ("telegram", "telegram")])
def test_an_invitation_half_written_goes_on_on_the_new_phone(world: World, before: str, after: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=before)
    lan = world.person("Trần Thị Lan", platform=before)
    an.says("mời họp")
    an.presses("thường kỳ")
    an.says("5/12 19h30 tối")
    other = new_phone(world, an, after)
    assert "Việc đang dở: mời họp" in other.last
    assert "thứ Bảy, ngày 05/12/2026" in other.last
    an.forget()
    an.presses("Gửi giấy mời")
    assert not lan.sees("KÍNH MỜI")
    assert "KÍNH MỜI" not in an.last
    assert len(an.new()) == 1  # kindly, and once
    other.presses("Gửi giấy mời")
    assert lan.sees("19 giờ 30, thứ Bảy, ngày 05/12/2026")
    with world.database.reading() as session:
        assert len(session.exec(select(Meeting)).all()) == 1


@pytest.mark.parametrize(("before", "after"), [("telegram", "zalo"), ("zalo", "zalo")])
def test_a_meeting_goes_on_on_the_new_phone(world: World, before: str, after: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=before)
    lan = world.person("Trần Thị Lan")
    call(an)
    lan.presses("Tôi dự được")
    world.at(HOUR)
    an.says("điều hành")
    an.presses("Mở họp")
    an.presses("Điểm danh")
    an.presses("Trần Thị Lan")  # absent, against what she said
    other = new_phone(world, an, after)
    assert "Việc đang dở: điểm danh" in other.last
    assert "vắng không lý do 1" in other.last
    other.presses("Xong")
    assert "Có mặt 1/2" in other.last
    an.forget()
    an.presses("Kết thúc họp")
    if before == after:  # the old phone is out
        assert "ĐĂNG NHẬP" in an.last
        assert meeting(world).ended_at is None
        other.presses("Kết thúc họp")
    assert meeting(world).ended_at is not None
    with world.database.reading() as session:
        states = {row.member_id: row.state for row in session.exec(select(RollCall))}
    assert states == {an.member_id: "present", lan.member_id: "unexcused"}

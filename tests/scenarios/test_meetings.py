"""Calling, moving and cancelling meetings. The world's clock: Wednesday 25/11/2026, 9:00."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from storage.attendance import Rsvp
from storage.conversations import Conversation
from storage.meetings import Meeting, Reminder
from storage.members import RoleKind, Status
from storage.outbox import Delivery
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def meetings(world: World) -> list[Meeting]:
    with world.database.reading() as session:
        return list(session.exec(select(Meeting).order_by(Meeting.id)))  # type: ignore[arg-type]


def starts(world: World, meeting: Meeting) -> str:
    return f"{meeting.starts_at.astimezone(world.settings.zone):%Y-%m-%d %H:%M}"


def rsvps(world: World) -> dict[int, str]:
    with world.database.reading() as session:
        return {row.member_id: row.state for row in session.exec(select(Rsvp))}


def call(an: Person, when: str | None = None, *, kind: str = "thường kỳ", place: str | None = None) -> None:
    """Go through the dialogue; what is proposed where nothing is given."""
    an.says("/moihop")
    an.presses(kind)
    if when:
        an.says(when)
    if place:
        an.presses("Sửa")
        an.presses("Địa điểm")
        an.says(place)
    an.presses("Gửi giấy mời")


@BOTH
def test_two_presses_call_a_meeting(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    (meeting,) = meetings(world)
    assert starts(world, meeting) == "2026-12-03 19:30"
    assert "KÍNH MỜI đồng chí dự SINH HOẠT CHI BỘ THÁNG 12" in lan.last
    assert "Lúc 19 giờ 30, thứ Năm, ngày 03/12/2026, tại Nhà văn hóa thôn 3." in lan.last
    assert an.sees("KÍNH MỜI")
    assert rsvps(world) == {an.member_id: "none", lan.member_id: "none"}


def test_numbers_alone_call_a_meeting_on_zalo(world: World) -> None:
    an = secretary(world, "zalo")
    an.says("mời họp")
    for _ in range(2):
        an.says("1")
    assert len(meetings(world)) == 1


def test_the_group_gets_one_post(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    before = len(lan.texts(group))
    call(an)
    posts = lan.texts(group)[before:]
    assert len(posts) == 1
    assert "KÍNH MỜI các đồng chí" in posts[0]


def test_a_date_in_ones_own_words_and_what_is_missing_is_asked(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("chuyên đề")
    an.says("tối thứ Sáu tuần sau")
    assert "mấy giờ" in an.last
    an.says("7 rưỡi")
    assert "04/12/2026" in an.last
    assert "19 giờ 30" in an.last
    an.presses("Sửa")
    an.presses("Địa điểm")
    an.says("Hội trường xã")
    an.presses("Sửa")
    an.presses("Chương trình")
    an.says("1. Học nghị quyết\n2. Thảo luận")
    an.presses("Xong")
    assert "Học nghị quyết" in an.last
    an.presses("Gửi giấy mời")
    (meeting,) = meetings(world)
    assert (starts(world, meeting), meeting.place) == ("2026-12-04 19:30", "Hội trường xã")


def test_morning_or_evening_is_asked(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.says("3/12 7h30")
    assert "sáng hay buổi tối" in an.last
    an.says("buổi tối")
    assert "19 giờ 30" in an.last


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("31/6 19h30", "Không có ngày 31/6"),
        ("20/11/2026 19h30", "đã qua"),
        ("mùng 3 âm lịch", "âm lịch"),
        ("ok", "chưa hiểu thời gian"),
        ("thứ Sáu 3/12 19h30", "không khớp"),
    ],
)
def test_a_wrong_date_is_refused_with_its_reason(world: World, typed: str, answer: str) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.says(typed)
    assert answer in an.last
    assert "XEM LẠI" in an.last
    an.presses("Sửa")
    an.presses("Thời gian")
    an.says(typed)
    assert answer in an.last
    an.presses("19 giờ 30")
    assert "XEM LẠI" in an.last


def test_the_third_on_a_sunday_is_moved_to_the_next_working_day_or_kept(world: World) -> None:
    an = secretary(world)
    world.at("2026-12-20T09:00:00+07:00")
    an.says("/moihop")
    an.presses("thường kỳ")
    assert "thứ Hai, ngày 04/01/2027" in an.last
    assert "Chủ nhật, ngày 03/01/2027 là ngày nghỉ" in an.last
    an.presses("Sửa")
    an.presses("Thời gian")
    assert "ngày nghỉ" in an.last
    an.presses("Chủ nhật, ngày 03/01/2027")
    assert "Chủ nhật, ngày 03/01/2027" in an.last
    assert "Lưu ý" not in an.last


def test_the_usual_hour_is_that_of_the_meeting_before(world: World) -> None:
    an = secretary(world)
    call(an, "27/11 14h")
    an.says("/moihop")
    an.presses("thường kỳ")
    assert "Lúc 14 giờ, thứ Năm, ngày 03/12/2026" in an.last


def test_warnings_are_shown_before_sending(world: World) -> None:
    an = secretary(world)
    call(an, "26/11 19h30")
    an.says("/moihop")
    an.presses("thường kỳ")
    an.says("26/11 20h00 tối")
    assert "chưa đủ 3 ngày" in an.last
    assert "trong tuần đầu" in an.last
    assert "trùng giờ" in an.last
    assert "1/1 đồng chí" in an.last


def test_one_thing_is_mended_from_the_preview(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.presses("Sửa")
    an.presses("Địa điểm")
    an.says("Hội trường xã")
    assert "XEM LẠI" in an.last
    assert "Hội trường xã" in an.last
    an.presses("Sửa")
    an.presses("Thời gian")
    an.says("4/12 19h30")
    assert "XEM LẠI" in an.last
    an.presses("Gửi giấy mời")
    assert [m.place for m in meetings(world)] == ["Hội trường xã"]


@BOTH
def test_back_and_cancel(world: World, platform: str) -> None:
    an = secretary(world, platform)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.presses("Sửa")
    an.presses("Địa điểm")
    an.presses("Quay lại")
    assert "sửa phần nào" in an.last
    an.presses("Quay lại")
    assert "XEM LẠI" in an.last
    an.presses("Hủy")
    assert "Chưa có gì được gửi đi" in an.last
    assert meetings(world) == []


def test_ok_is_no_place(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.presses("Sửa")
    an.presses("Địa điểm")
    an.says("ok")
    assert "Xin viết địa điểm" in an.last


@BOTH
def test_an_interrupted_dialogue_goes_on_also_after_a_restart(world: World, platform: str) -> None:
    an = secretary(world, platform)
    call(an, "30/11 19h30")
    an.says("/moihop")
    an.presses("thường kỳ")
    an.says("tôi dự được")  # an answer to the other meeting is no date
    world.restart()
    an.says("4/12 19h30")
    assert "04/12/2026" in an.last
    an.says("/baodu")
    assert an.sees("BÁO DỰ SINH HOẠT")
    assert "Việc đang dở: mời họp" in an.last
    world.restart()
    an.presses("Gửi giấy mời")
    assert len(meetings(world)) == 2


def test_an_answer_to_an_invitation_in_the_middle_of_the_dialogue(world: World) -> None:
    an = secretary(world, "telegram")
    call(an, "30/11 19h30")
    an.says("/moihop")
    an.presses("Tôi dự được")
    assert an.sees("Đã ghi: đồng chí DỰ họp")
    assert "Việc đang dở: mời họp" in an.last
    an.presses("thường kỳ")
    assert "XEM LẠI" in an.last
    assert rsvps(world)[an.member_id] == "attending"


def test_a_dialogue_that_an_earlier_release_began_goes_on(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    with world.database.transaction() as session:
        (row,) = session.exec(select(Conversation)).all()
        data = row.stack[-1]["data"]
        old = {"org": data["org"], "kind": "regular", "at": "2026-12-04T19:30:00+07:00", "place": "Hội trường xã"}
        row.stack = [{**row.stack[-1], "data": {**old, "agenda": ""}}]
    world.restart()
    an.presses("Gửi giấy mời")
    (meeting,) = meetings(world)
    assert (starts(world, meeting), meeting.place) == ("2026-12-04 19:30", "Hội trường xã")


def test_sending_twice_calls_one_meeting(world: World) -> None:
    an = secretary(world)
    call(an)
    an.presses("Gửi giấy mời")
    assert len(meetings(world)) == 1
    assert "đã xong rồi" in an.last


def test_a_member_may_not_call_a_meeting_and_nobody_in_the_group(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    lan.says("/moihop")
    assert "chỉ dành cho người được giao" in lan.last
    an.mentions("mời họp", group)
    assert "nhắn riêng" in an.texts(group)[-1]
    lan.says("/doihop")
    lan.says("/huyhop")
    assert meetings(world) == []


def test_who_loses_the_role_in_the_middle_sends_nothing(world: World) -> None:
    from storage.members import Role

    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role).where(Role.member_id == an.member_id)).one())
    an.presses("Gửi giấy mời")
    assert "chỉ dành cho người được giao" in an.last
    assert meetings(world) == []


def test_a_preview_that_lay_too_long_sends_nothing(world: World) -> None:
    an = secretary(world)
    an.says("/moihop")
    an.presses("thường kỳ")
    an.says("hôm nay 10h")
    world.later(hours=2)
    an.presses("Gửi giấy mời")
    assert "vừa qua mất rồi" in an.last
    assert meetings(world) == []


def test_a_committee_meeting_is_for_the_committee_only(world: World) -> None:
    an = secretary(world)
    binh = world.person("Lê Văn Bình", roles=[RoleKind.COMMITTEE])
    lan = world.person("Trần Thị Lan")
    group = world.group([an, binh, lan])
    before = len(an.texts(group))
    call(an, kind="chi ủy")
    assert binh.sees("HỌP CHI ỦY")
    assert not lan.sees("HỌP CHI ỦY")
    assert len(an.texts(group)) == before
    assert set(rsvps(world)) == {an.member_id, binh.member_id}


def test_exempt_members_are_neither_invited_nor_counted(world: World) -> None:
    an = secretary(world)
    cu = world.person("Cụ Tư", status=Status.EXEMPT)
    call(an)
    assert not cu.sees("KÍNH MỜI")
    assert set(rsvps(world)) == {an.member_id}


# --- moving and cancelling ---------------------------------------------------------------------------------------
@BOTH
def test_a_moved_meeting_is_announced_and_people_are_asked_again(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    lan.presses("Tôi dự được")
    an.says("đổi lịch họp")
    an.says("5/12 19h30")
    an.presses("Giữ nguyên địa điểm")
    assert "XEM LẠI THAY ĐỔI" in an.last
    an.presses("Gửi thông báo")
    assert "KÍNH BÁO THAY ĐỔI" in lan.last
    assert "05/12/2026" in lan.last
    (meeting,) = meetings(world)
    assert (starts(world, meeting), meeting.revision) == ("2026-12-05 19:30", 2)
    assert set(rsvps(world).values()) == {"none"}
    lan.presses("Tôi xin vắng")
    assert rsvps(world)[lan.member_id] == "absent"


def test_another_place_keeps_the_answers(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    call(an)
    lan.presses("Tôi dự được")
    an.says("/doihop")
    an.presses("Giữ nguyên thời gian")
    an.says("Hội trường xã")
    an.presses("Gửi thông báo")
    assert "KÍNH BÁO THAY ĐỔI ĐỊA ĐIỂM" in lan.last
    assert "Hội trường xã" in lan.texts(group)[-1]
    assert rsvps(world)[lan.member_id] == "attending"


def test_a_change_that_changes_nothing_is_not_sent(world: World) -> None:
    an = secretary(world)
    call(an)
    an.forget()
    an.says("/doihop")
    an.presses("Giữ nguyên thời gian")
    an.presses("Giữ nguyên địa điểm")
    assert "vẫn như cũ" in an.last
    assert meetings(world)[0].revision == 1


def test_old_buttons_of_a_moved_meeting_record_nothing(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an)
    old = next(m for m in lan.chat() if m["buttons"])
    an.says("/doihop")
    an.says("5/12 19h30")
    an.presses("Giữ nguyên địa điểm")
    an.presses("Gửi thông báo")
    lan._press(old["message_id"], old["buttons"][0][1], None)
    assert "đã xong rồi" in lan.last
    assert rsvps(world)[lan.member_id] == "none"


def test_two_leaders_do_not_move_the_same_meeting_twice(world: World) -> None:
    an = secretary(world)
    binh = world.person("Lê Văn Bình", roles=[RoleKind.DEPUTY])
    call(an)
    for leader, when in ((an, "5/12 19h30"), (binh, "6/12 19h30")):
        leader.says("/doihop")
        leader.says(when)
        leader.presses("Giữ nguyên địa điểm")
    an.presses("Gửi thông báo")
    binh.presses("Gửi thông báo")
    assert binh.sees("vừa có người khác làm xong")
    assert starts(world, meetings(world)[0]) == "2026-12-05 19:30"


@BOTH
def test_a_cancelled_meeting_is_announced_and_takes_no_answers(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    an.says("hủy họp")
    an.presses("Hủy cuộc họp")
    assert "KHÔNG HỌP như đã mời" in lan.last
    with world.database.reading() as session:
        assert {row.state for row in session.exec(select(Reminder))} == {"dropped"}
    lan.says("1")
    lan.says("tôi dự được")
    assert "không có cuộc họp nào" in lan.last
    assert rsvps(world)[lan.member_id] == "none"


def test_a_cancellation_may_be_thought_better_of(world: World) -> None:
    an = secretary(world)
    call(an)
    an.says("/huyhop")
    an.presses("Không hủy")
    assert meetings(world)[0].state == "planned"


def test_which_of_two_meetings_is_moved(world: World) -> None:
    an = secretary(world)
    call(an, "3/12 19h30")
    call(an, "10/12 19h30", kind="chuyên đề")
    an.says("/doihop")
    an.presses("chuyên đề")
    an.says("11/12 19h30")
    an.presses("Giữ nguyên địa điểm")
    an.presses("Gửi thông báo")
    assert [starts(world, m) for m in meetings(world)] == ["2026-12-03 19:30", "2026-12-11 19:30"]


def test_everybody_hears_of_a_meeting_once(world: World) -> None:
    an = secretary(world)
    people = [world.person(f"Phạm Văn {name}") for name in ("Một", "Hai")]
    call(an)
    world.later(minutes=5)
    with world.database.reading() as session:
        sent = [row.member_id for row in session.exec(select(Delivery)) if "KÍNH MỜI đồng chí" in row.text and row.once]
    assert sorted(sent, key=str) == sorted([an.member_id, *(p.member_id for p in people)], key=str)
    assert isinstance(world.now, datetime)

"""The room: card, roll call, check-in by code, opinions, conclusions, the end. The meeting is on 3/12/2026, 19:30."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from bot.flows.room import codes, desk
from storage import opinions
from storage.agendas import AgendaItem
from storage.checkins import CheckIn
from storage.files import StoredFile
from storage.meetings import Meeting
from storage.members import Member, RoleKind, Standing, Status
from storage.opinions import Opinion
from storage.rollcalls import RollCall
from tests.scenarios.test_meetings import call, secretary
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
HOUR = "2026-12-03T19:30:00+07:00"


def meeting(world: World) -> Meeting:
    with world.database.reading() as session:
        return session.exec(select(Meeting)).one()


def roll(world: World) -> dict[str, tuple[str, str, bool]]:
    """Name -> (state, how, doubtful)."""
    names = {person.member_id: person.name for person in world.people.values()}
    with world.database.reading() as session:
        return {names[row.member_id]: (row.state, row.how, row.doubtful) for row in session.exec(select(RollCall))}


def party(
    world: World, platform: str = "telegram", *, lan_says: str = "tôi dự được", accepted: bool = False
) -> tuple[Person, Person, Person]:
    """The secretary An, Lan and Ba, who are coming; it is 19:30 and the card has come."""
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform, title="bác")
    ba = world.person("Lê Văn Ba", platform=platform, title="chú")
    call(an)
    for person in (an, ba):
        person.says("tôi dự được")
    lan.says(lan_says)
    if accepted:
        an.presses("Đồng ý")
    world.at("2026-12-03T19:10:00+07:00")
    world.at(HOUR)
    for person in (an, lan, ba):
        person.forget()
    return an, lan, ba


def code(world: World, *, ago: int = 0) -> str:
    """The six digits on the screen, or so many seconds ago."""
    found = meeting(world)
    at = int(world.now.timestamp()) - ago
    return codes.digits(codes.key_of(found), at // codes.STEP)


# --- the card and the roll call ----------------------------------------------------------------------------------
@BOTH
def test_the_card_comes_by_itself_and_a_roll_without_exceptions_is_two_presses(world: World, platform: str) -> None:
    an, lan, _ = party(world, platform)
    assert "SINH HOẠT CHI BỘ THÁNG 12: chưa mở." in an.last
    assert "Báo dự 3" in an.last
    assert "chưa mở" not in lan.last
    an.presses("Mở họp")
    assert "ĐANG HỌP" in an.last
    assert "Mục 1/1" in an.last
    an.presses("Điểm danh")
    assert "có mặt 3" in an.last
    an.presses("Xong")
    assert "Có mặt 3/3" in an.last
    assert set(roll(world).values()) == {("present", "prefilled", False)}


@BOTH
def test_one_press_per_exception_and_changes_afterwards(world: World, platform: str) -> None:
    an, _, _ = party(world, platform, lan_says="tôi xin vắng vì ốm", accepted=True)
    an.says("mở họp")
    assert meeting(world).state == "held"  # the card's own label
    an.presses("Điểm danh")
    assert "vắng có lý do 1" in an.last
    an.presses("Lê Văn Ba")
    assert "Đã ghi: chú Lê Văn Ba vắng không lý do." in an.last
    an.presses("Xong")
    states = {name: state for name, (state, _, _) in roll(world).items()}
    assert states == {"Nguyễn Văn An": "present", "Trần Thị Lan": "excused", "Lê Văn Ba": "unexcused"}
    an.presses("Điểm danh")
    an.says("Ba đến muộn 20 phút")
    assert "chú Lê Văn Ba đến muộn 20 phút" in an.last
    an.says("lan có mặt")
    assert roll(world)["Trần Thị Lan"] == ("present", "chair", False)
    assert roll(world)["Lê Văn Ba"][0] == "late"


def test_after_an_interruption_the_card_still_comes_once(world: World) -> None:
    an = secretary(world)
    call(an)
    an.forget()
    world.at("2026-12-03T19:50:00+07:00")
    world.sweep()
    assert sum("chưa mở." in text for text in an.new()) == 1


def test_an_hour_after_the_time_no_card_comes(world: World) -> None:
    an = secretary(world)
    call(an)
    an.forget()
    world.at("2026-12-03T20:31:00+07:00")
    assert not an.sees("chưa mở.")


def test_who_announced_nothing_is_asked_about_once(world: World) -> None:
    an, _, _ = party(world)
    world.person("Phạm Thị Hoa", linked=False, has_phone=False)
    an.presses("Mở họp")
    an.presses("Điểm danh")
    assert "Chưa rõ: 1 đồng chí" in an.last
    an.presses("Xong")
    assert "Còn 1 đồng chí chưa rõ: Phạm Thị Hoa" in an.last
    assert "Phạm Thị Hoa" not in roll(world)
    an.presses("Vắng cả")
    assert roll(world)["Phạm Thị Hoa"] == ("unexcused", "prefilled", False)


def test_a_refused_reason_excuses_nobody_and_a_name_like_absent_is_a_name(world: World) -> None:
    an, _, _ = party(world, lan_says="tôi xin vắng vì bận")
    vang = world.person("Lò Văn Vàng")
    an.says("điều hành")
    an.presses("Mở họp")
    an.presses("Điểm danh")
    assert "vắng không lý do 1" in an.last
    an.says("lò văn vàng")
    assert "Ghi đồng chí Lò Văn Vàng thế nào?" in an.last
    assert not roll(world)
    an.presses("đến muộn")
    assert roll(world)[vang.name] == ("late", "chair", False)


def test_probationary_members_and_guests_are_counted_apart(world: World) -> None:
    an = secretary(world)
    world.person("Vũ Thị Mai", standing=Standing.PROBATIONARY).says("x")
    call(an)
    world.at(HOUR)
    an.says("điều hành")
    an.presses("Mở họp")
    an.presses("Điểm danh")
    an.presses("Xong")
    an.presses("Có mặt cả")
    assert "Có mặt 2/2. Trong đó dự bị 1/1." in an.last


def test_only_those_who_lead_the_meeting_lead_it(world: World) -> None:
    an, lan, _ = party(world)
    an.presses("Mở họp")
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    stranger = world.person("Hồ Văn Tư", roles=[RoleKind.SECRETARY], branch=other)
    lan.says("mở họp")
    assert "ĐANG HỌP" not in lan.last
    stranger.says("điều hành")
    assert "ĐANG HỌP" not in stranger.last
    with world.database.reading() as session:
        who_keeps = [desk.keeps(session, meeting(world), each.member_id) for each in (an, lan, stranger)]
    assert who_keeps == [True, False, False]
    clerk = world.person("Đỗ Thị Thu", roles=[RoleKind.CLERK])
    clerk.says("điều hành")
    assert "ĐANG HỌP" in clerk.last
    with world.database.transaction() as session:
        session.get_one(Member, clerk.member_id).status = Status.SUSPENDED
    with world.database.reading() as session:
        assert not desk.keeps(session, meeting(world), clerk.member_id)
    clerk.presses("Kết thúc họp")
    assert meeting(world).ended_at is None


def test_a_choice_that_was_forwarded_by_a_trick_is_refused_once_the_role_is_gone(world: World) -> None:
    from storage.members import Role

    an, _, _ = party(world)
    an.presses("Mở họp")
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role)).one())
        session.exec(select(Meeting)).one().chair_id = None
    an.presses("Kết thúc họp")
    assert meeting(world).ended_at is None


def test_a_secretary_on_another_phone_goes_on_where_the_first_one_was(world: World) -> None:
    an, _, _ = party(world, "telegram")
    an.presses("Mở họp")
    an.presses("Điểm danh")
    an.presses("Lê Văn Ba")
    other = world.person("Máy khác", platform="zalo", linked=False)
    other.member_id = an.member_id
    other.link()
    other.says("điều hành")
    assert "ĐANG HỌP" in other.last
    other.presses("Điểm danh")
    assert "vắng không lý do 1" in other.last
    other.presses("Xong")
    assert "Có mặt 2/3" in other.last


def test_opened_by_mistake_and_long_before(world: World) -> None:
    an = secretary(world)
    call(an)
    world.at("2026-12-02T09:00:00+07:00")
    an.says("điều hành")
    an.presses("Mở họp")
    assert "muốn mở ngay" in an.last
    assert meeting(world).state == "planned"
    an.presses("Mở ngay")
    assert meeting(world).state == "held"
    an.presses("Bấm nhầm")
    assert meeting(world).state == "planned"
    assert meeting(world).began_at is None


# --- check-in by code --------------------------------------------------------------------------------------------
def coded(world: World, platform: str = "telegram") -> tuple[Person, Person, Person]:
    an, lan, ba = party(world, platform)
    an.presses("Mở họp")
    an.presses("Mã điểm danh")
    assert "/c/" in an.last
    return an, lan, ba


@BOTH
def test_six_digits_check_in_once(world: World, platform: str) -> None:
    _, lan, _ = coded(world, platform)
    lan.says(f"điểm danh {code(world)}")
    assert "Đã ghi bác Lan có mặt lúc 19 giờ 30" in lan.last
    assert roll(world)["Trần Thị Lan"] == ("present", "code", False)
    world.later(minutes=3)
    lan.says(f"diem danh {code(world)}")
    assert "đã ghi lúc 19 giờ 30 rồi" in lan.last
    assert len(roll(world)) == 1


def test_several_from_one_phone_and_the_fourth_waits(world: World) -> None:
    an, lan, ba = coded(world)
    hoa = world.person("Phạm Thị Hoa", has_phone=False, linked=False)
    tam = world.person("Vũ Văn Tám", has_phone=False, linked=False)
    an.presses("Về bảng điều hành")
    with world.database.transaction() as session:
        from storage import attendance

        attendance.invite(session, meeting(world).id or 0, attendance.whole_branch(world.branch.path))
    lan.says(f"điểm danh {code(world)} cho tôi, chú Ba và Hoa")
    assert {name: row[2] for name, row in roll(world).items()} == {lan.name: False, ba.name: False, hoa.name: False}
    lan.says(f"điểm danh {code(world)} cho bác Tám, ông Không Có")
    assert "chờ chủ trì xác nhận: máy này đã ghi cho nhiều người" in lan.last
    assert 'Chưa tìm thấy ai tên "ông Không Có"' in lan.last
    assert roll(world)[tam.name] == ("present", "code", True)
    assert an.sees("chờ đồng chí xác nhận")
    an.says("điều hành")
    assert "Có mặt 3/" in an.last
    an.presses("Điểm danh")
    an.presses("Lượt chờ xác nhận")
    assert "nhiều người trên một máy" in an.last
    an.presses("Đồng ý: Vũ Văn Tám")
    assert roll(world)[tam.name] == ("present", "code", False)


def test_a_code_of_an_hour_ago_waits_and_may_be_refused(world: World) -> None:
    an, lan, _ = coded(world)
    world.later(hours=1)
    lan.says(f"điểm danh {code(world, ago=3600)}")
    assert "chờ chủ trì xác nhận: mã đã qua giờ" in lan.last
    assert roll(world)[lan.name][2]
    an.presses("Lượt chờ xác nhận")
    an.presses("Không: Trần Thị Lan")
    assert lan.name not in roll(world)
    lan.says(f"điểm danh {code(world, ago=30)}")
    assert roll(world)[lan.name] == ("late", "code", False)


def test_a_wrong_code_records_nothing_and_another_branch_waits(world: World) -> None:
    an, lan, _ = coded(world)
    wrong = f"{(int(code(world)) + 1) % 10**6:06d}"
    lan.says(f"điểm danh {wrong}")
    assert "Mã không đúng" in lan.last
    assert not roll(world)
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    tu = world.person("Hồ Văn Tư", branch=other)
    tu.says(f"điểm danh {code(world)}")
    assert "không có trong danh sách mời" in tu.last
    assert roll(world)[tu.name][2]
    assert an.sees("chờ đồng chí xác nhận")


def test_the_chairs_word_stands_against_a_later_scan(world: World) -> None:
    an, lan, _ = coded(world)
    an.presses("Về bảng")
    an.presses("Điểm danh")
    an.presses("Trần Thị Lan")
    lan.says(f"điểm danh {code(world)}")
    assert "chủ trì đã ghi vắng" in lan.last
    assert roll(world)[lan.name] == ("unexcused", "chair", False)
    an.says("điều hành")
    an.presses("Điểm danh")
    an.presses("Lượt chờ")
    an.presses("Đồng ý tất cả")
    assert roll(world)[lan.name] == ("present", "code", False)


@BOTH
def test_the_way_to_check_in_is_told_to_who_asks(world: World, platform: str) -> None:
    _, lan, _ = coded(world, platform)
    lan.says("điểm danh")
    assert "Xin viết 6 số" in lan.last
    assert "/ci/me/" in lan.last
    lan.says(code(world))
    assert "Đã ghi bác Lan có mặt" in lan.last


def test_after_the_end_nobody_checks_in(world: World) -> None:
    an, lan, _ = coded(world)
    an.presses("Về bảng")
    an.presses("Kết thúc họp")
    lan.says(f"điểm danh {code(world)}")
    assert not roll(world)
    with world.database.reading() as session:
        assert not session.exec(select(CheckIn)).all()


# --- opinions ----------------------------------------------------------------------------------------------------
@BOTH
def test_who_asks_to_speak_stands_on_the_card_in_order(world: World, platform: str) -> None:
    an, lan, ba = party(world, platform)
    an.presses("Mở họp")
    ba.says("xin phát biểu")
    assert "thứ tự 1" in ba.last
    lan.says("xin phat bieu")
    assert "thứ tự 2" in lan.last
    lan.says("xin phát biểu")
    assert "thứ tự 2" in lan.last
    an.says("điều hành")
    assert "Xin phát biểu (2): Lê Văn Ba, Trần Thị Lan" in an.last
    an.presses("Ý kiến")
    an.presses("Lê Văn Ba")
    assert "chờ 1, đã phát biểu 1" in an.last
    an.says("Lan: đề nghị sửa đường")
    an.says("chú Ba: đồng ý với bác Lan")
    assert "chờ 0, đã phát biểu 2" in an.last
    with world.database.reading() as session:
        assert opinions.speakers(session, meeting(world).id or 0) == 2
        texts = {row.text for row in session.exec(select(Opinion))}
    assert "đề nghị sửa đường" in texts


@BOTH
def test_an_opinion_is_prepared_before_and_may_be_taken_back(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform, title="bác")
    call(an)
    lan.says("phát biểu")
    assert "Xin viết ý kiến" in lan.last
    assert "Xin chỉ gửi ảnh không thuộc bí mật nhà nước." in lan.last
    lan.says("ok")
    assert "thành câu" in lan.last
    lan.says("Đề nghị lắp đèn đường thôn 3")
    assert "Đã giữ ý kiến" in lan.last
    world.at(HOUR)
    an.says("điều hành")
    an.presses("Mở họp")
    an.presses("Ý kiến")
    an.presses("Xem ý kiến gửi trước")
    assert an.sees("Đề nghị lắp đèn đường thôn 3")
    lan.presses("Rút lại")
    with world.database.reading() as session:
        row = session.exec(select(Opinion)).one()
    assert (row.text, row.withdrawn_at is not None) == ("", True)


def test_a_photo_is_kept_and_a_voice_only_with_consent(world: World) -> None:
    from storage.consents import Purpose
    from tests.web.site import agree

    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an)
    lan.says("/phatbieu")
    lan.sends(b"OggS" + b"\0" * 100, "y.ogg", mime="audio/ogg", shown="voice")
    assert "chưa đồng ý" in lan.last
    agree(world, lan, Purpose.VOICE)
    lan.sends(b"OggS" + b"\0" * 100, "y.ogg", mime="audio/ogg", shown="voice")
    assert "Đã giữ ý kiến" in lan.last
    with world.database.reading() as session:
        row = session.exec(select(Opinion)).one()
        assert row.prepared
        assert session.get_one(StoredFile, row.file_id).size == 104


# --- conclusions and the end -------------------------------------------------------------------------------------
@BOTH
def test_conclusions_in_words_and_as_drafted_then_the_end(world: World, platform: str) -> None:
    an, _, _ = party(world, platform)
    with world.database.transaction() as session:
        from storage import agendas

        agendas.write(
            session, meeting(world).id or 0, [{"title": "Báo cáo tháng 11", "minutes": 10}, {"title": "Sửa đường"}]
        )
    an.presses("Mở họp")
    assert "Mục 1/2: Báo cáo tháng 11" in an.last
    world.later(minutes=25)
    an.says("điều hành")
    assert "đã quá 15 phút" in an.last
    an.presses("Mục tiếp theo")
    assert "Chuyển sang mục 2: Sửa đường" in an.last
    an.presses("Kết luận")
    assert "Kết luận mục 2 (Sửa đường)" in an.last
    an.says("Giao đồng chí Ba vận động bà con")
    assert "Đã ghi kết luận mục 2" in an.last
    an.presses("Kết luận")
    an.presses("Như dự thảo")
    with world.database.reading() as session:
        found = {row.title: row.conclusion for row in session.exec(select(AgendaItem))}
    assert found == {
        "Báo cáo tháng 11": "Nhất trí như dự thảo.", "Sửa đường": "Giao đồng chí Ba vận động bà con",
    }  # fmt: skip
    an.presses("Kết thúc họp")
    assert "ĐÃ HỌP XONG" in an.last
    assert "(25 phút)" in an.last
    assert "dưới 90 phút" in an.last
    for label in ("Biên bản", "Giao việc", "Chấm điểm"):
        assert any(label in str(message) for message in an.chat()[-1:])


def test_a_voice_is_no_conclusion(world: World) -> None:
    an, _, _ = party(world)
    an.presses("Mở họp")
    an.presses("Kết luận")
    an.sends(b"OggS" + b"\0" * 50, "k.ogg", mime="audio/ogg", shown="voice")
    assert "chưa chuyển được giọng nói" in an.last


def test_a_meeting_that_nobody_ends_is_closed_the_next_morning(world: World) -> None:
    an, _, _ = party(world)
    an.presses("Mở họp")
    world.at("2026-12-03T23:50:00+07:00")
    world.at("2026-12-04T01:00:00+07:00")
    assert meeting(world).ended_at is None
    world.at("2026-12-04T07:00:00+07:00")
    ended = meeting(world).ended_at
    assert ended is not None
    assert f"{ended.astimezone(world.settings.zone):%d %H:%M}" == "03 21:00"
    assert "Chưa ai bấm Kết thúc" in an.last
    an.presses("Bấm nhầm")
    assert meeting(world).ended_at is None


def test_two_meetings_at_once_are_never_mixed_up(world: World) -> None:
    an = secretary(world)
    call(an)
    call(an, "19 giờ 40 ngày 3/12/2026", kind="chi ủy")
    world.at(HOUR)
    an.says("điều hành")
    assert "cuộc họp nào" in an.last
    an.presses("Họp chi ủy")
    assert re.search(r"HỌP CHI ỦY.*chưa mở", an.last)


def test_an_invitation_that_is_pressed_in_the_meeting_is_not_called_cancelled(world: World) -> None:
    an, lan, _ = party(world)
    an.presses("Mở họp")
    lan.presses("Tôi xin vắng")
    assert "Đã đến giờ" in lan.last

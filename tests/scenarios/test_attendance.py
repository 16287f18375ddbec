"""Answers to invitations, reasons, the secretary's list. The world's clock: Wednesday 25/11/2026, 9:00."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import Address, Incoming, Kind, Platform
from bot.turn import Arrival
from storage.agendas import AgendaItem, AgendaPaper
from storage.attendance import Rsvp
from storage.channels import Channel
from storage.documents import Document, DocumentState
from storage.meetings import Meeting, MeetingState
from storage.members import Account, Role
from storage.outbox import Delivery
from tests.scenarios.test_meetings import call, secretary
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def rsvp(world: World, person: Person, place: int = 0) -> Rsvp:
    with world.database.reading() as session:
        rows = session.exec(select(Rsvp).where(Rsvp.member_id == person.member_id).order_by(Rsvp.meeting_id))  # type: ignore[arg-type]
        return list(rows)[place]


def party(world: World, platform: str = "telegram") -> tuple[Person, Person]:
    """The secretary and Lan, both invited for 3/12 19:30."""
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform, title="bác")
    call(an)
    an.forget()
    lan.forget()
    return an, lan


# --- the four answers --------------------------------------------------------------------------------------------
@BOTH
def test_an_answer_is_echoed_and_may_be_undone(world: World, platform: str) -> None:
    _, lan = party(world, platform)
    lan.presses("Tôi dự được")
    assert "Đã ghi: bác Lan DỰ họp, sinh hoạt chi bộ tháng 12" in lan.last
    assert "19 giờ 30, thứ Năm, ngày 03/12/2026" in lan.last
    assert "Đúng bấm 1, sai bấm 2" in lan.last
    assert rsvp(world, lan).state == "attending"
    lan.presses("Sai")
    assert rsvp(world, lan).state == "none"
    lan.presses("Tôi đến muộn")
    lan.presses("Đúng")
    assert "Cảm ơn" in lan.last
    assert rsvp(world, lan).state == "late"


@BOTH
def test_who_comes_may_prepare_an_opinion_and_see_the_papers(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    lan.says("xin vắng vì con ốm")
    assert "Gửi ý kiến trước" not in str(lan.chat()[-1])  # only who comes
    lan.says("tôi dự được")
    assert "Xem tài liệu" not in str(lan.chat()[-1])  # there are none yet
    elsewhere = world.add_branch("Chi bộ thôn 9", "AB-09")
    with world.database.transaction() as session:
        meeting = session.exec(select(Meeting)).one()
        item = AgendaItem(meeting_id=meeting.id or 0, position=1, title="Báo cáo")
        session.add(item)
        session.flush()
        for number, home in (("05-BC/CB", world.branch), ("07-BC/CB", elsewhere)):
            paper = Document(
                organization_id=home.id or 0, state=DocumentState.PUBLISHED, number=number, summary="Báo cáo",
                created_at=world.now, published_at=world.now,
            )  # fmt: skip
            session.add(paper)
            session.flush()
            session.add(AgendaPaper(item_id=item.id or 0, document_id=paper.id or 0))
    lan.says("tôi dự được")
    kept = rsvp(world, lan).changes
    for word in ("ok", "vâng", "dạ", "👍"):
        lan.says(word)
        assert rsvp(world, lan).changes == kept
        assert "Xin trả lời rõ bằng số" in lan.last or "Nếu vẫn đúng" in lan.last, lan.last
    lan.says("tôi dự được")
    lan.presses("Xem tài liệu")
    assert "07-BC/CB" not in str(lan.chat()[-1])  # another branch's paper is not for her
    lan.presses("05-BC/CB")
    assert "05-BC/CB" in lan.last
    lan.says("tôi dự được")
    lan.presses("Gửi ý kiến trước")
    lan.says("vâng")
    assert "thành câu" in lan.last
    lan.says("Đề nghị sửa đường ra đồng")
    assert "Đã giữ ý kiến" in lan.last
    assert (rsvp(world, lan).state, rsvp(world, lan).changes) == ("attending", kept)


@BOTH
@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Tôi dự được", "attending"),
        ("co mat a", "attending"),
        ("em ốm xin phép vắng ạ", "absent"),
        ("toi den muon 15 phut", "late"),
        ("không vắng", "attending"),
    ],
)
def test_free_text_is_understood(world: World, platform: str, text: str, state: str) -> None:
    _, lan = party(world, platform)
    lan.says(text)
    assert rsvp(world, lan).state == state
    assert "Đã ghi" in lan.last


def test_minutes_and_reason_are_kept(world: World) -> None:
    _, lan = party(world)
    lan.says("tôi đến muộn 15 phút")
    assert rsvp(world, lan).minutes_late == 15
    assert "15 phút" in lan.last
    lan.says("em ốm xin phép vắng ạ")
    row = rsvp(world, lan)
    assert (row.state, row.reason, row.reason_state, row.minutes_late) == ("absent", "em ốm", "waiting", None)


@BOTH
@pytest.mark.parametrize("text", ["ok", "có", "vâng", "👍", "chắc tôi vắng", "mai tôi đi viện"])
def test_what_is_not_certain_records_nothing_and_is_asked_back(world: World, platform: str, text: str) -> None:
    _, lan = party(world, platform)
    lan.says(text)
    assert rsvp(world, lan).state == "none"
    assert "Dự được bấm 1, xin vắng bấm 2" in lan.last
    lan.presses("Tôi dự được")
    assert rsvp(world, lan).state == "attending"


def test_ok_after_an_answer_changes_nothing(world: World) -> None:
    _, lan = party(world)
    lan.presses("Tôi dự được")
    lan.says("ok")
    assert rsvp(world, lan).state == "attending"
    assert "không cần làm gì thêm" in lan.last


@BOTH
def test_the_same_answer_again_is_the_same_receipt_and_no_new_row(world: World, platform: str) -> None:
    _, lan = party(world, platform)
    lan.says("Có mặt")
    first, changes = lan.last, rsvp(world, lan).changes
    lan.says("co mat")
    assert lan.last == first
    assert rsvp(world, lan).changes == changes


def test_one_may_change_ones_mind_until_the_start(world: World) -> None:
    _, lan = party(world)
    lan.says("tôi dự được")
    lan.says("tôi xin vắng vì con ốm")
    assert rsvp(world, lan).state == "absent"
    lan.presses("Tôi dự được")  # the button of the old invitation
    assert rsvp(world, lan).state == "attending"
    assert rsvp(world, lan).reason is None
    world.at("2026-12-03T19:31:00+07:00")
    lan.says("tôi xin vắng")
    assert "báo trực tiếp" in lan.last
    lan.presses("Tôi xin vắng")
    assert "báo trực tiếp" in lan.last
    assert rsvp(world, lan).state == "attending"


def test_the_undo_brings_back_the_answer_before(world: World) -> None:
    _, lan = party(world)
    lan.says("em ốm xin phép vắng ạ")
    lan.says("tôi dự được")
    lan.presses("Sai")
    row = rsvp(world, lan)
    assert (row.state, row.reason, row.reason_state) == ("absent", "em ốm", "waiting")


def test_the_undo_of_an_older_answer_does_not_touch_the_newer_one(world: World) -> None:
    _, lan = party(world)
    lan.says("tôi dự được")
    old = lan.chat()[-1]
    lan.says("em ốm xin phép vắng ạ")
    lan._press(old["message_id"], old["buttons"][1][1], None)
    assert rsvp(world, lan).state == "absent"
    assert "Hiện đang ghi: bác Lan XIN VẮNG" in lan.last


def test_an_edited_message_corrects_the_answer(world: World) -> None:
    _, lan = party(world)
    message = lan.says("tôi dự được")
    lan.says("em ốm xin phép vắng ạ", edit=message)
    assert rsvp(world, lan).state == "absent"
    lan.says("chắc tôi vắng", edit=message)
    assert rsvp(world, lan).state == "absent"
    assert "Muốn đổi" in lan.last


def test_a_bare_number_without_an_open_question_records_nothing(world: World) -> None:
    _, lan = party(world, "zalo")
    lan.says("1")
    lan.says("1")  # "Đúng": the question is over now
    lan.says("2")
    assert rsvp(world, lan).state == "attending"


@BOTH
def test_who_wants_to_talk_is_called(world: World, platform: str) -> None:
    an, lan = party(world, platform)
    lan.presses("Tôi cần gọi điện")
    lan.presses("Tôi cần gọi điện")
    assert "gọi điện cho đồng chí" in lan.last
    assert [text for text in an.new() if "gọi điện cho bác Trần Thị Lan" in text] == an.new()
    assert rsvp(world, lan).state == "none"
    if platform == "zalo":
        lan.says("1")
        assert rsvp(world, lan).state == "attending"


def test_a_stranger_and_a_member_without_meetings(world: World) -> None:
    an, _ = party(world)
    stranger = world.person("Vũ Thị Hoa", linked=False)
    stranger.says("tôi dự được")
    assert "ĐĂNG NHẬP" in stranger.last
    other = world.person("Đỗ Văn Năm", branch=world.add_branch("Chi bộ thôn 4", "AB-04"))
    other.says("tôi dự được")
    assert "không có cuộc họp nào" in other.last
    assert an.new() == []


def test_who_came_after_the_invitation_finds_it_under_sinh_hoat(world: World) -> None:
    party(world)
    late = world.person("Vũ Thị Hoa")
    late.says("lịch họp")
    assert "sinh hoạt chi bộ tháng 12" in late.last
    assert "theo chương trình của chi ủy" in late.last
    late.presses("Tôi dự được")
    assert rsvp(world, late).state == "attending"


def test_when_and_where(world: World) -> None:
    _, lan = party(world)
    lan.says("mấy giờ họp vậy?")
    assert "19 giờ 30, thứ Năm, ngày 03/12/2026, tại Nhà văn hóa thôn 3" in lan.last
    assert rsvp(world, lan).state == "none"


# --- two meetings at once ----------------------------------------------------------------------------------------
def two(world: World, platform: str) -> tuple[Person, Person]:
    an, lan = party(world, platform)
    call(an, "10/12 19h30", kind="chuyên đề")
    lan.forget()
    return an, lan


@BOTH
def test_two_open_meetings_are_never_mixed_up(world: World, platform: str) -> None:
    _, lan = two(world, platform)
    lan.says("em ốm xin phép vắng ạ")
    assert "XIN VẮNG cuộc họp nào" in lan.last
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["none", "none"]
    lan.presses("chuyên đề")
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["none", "absent"]
    assert rsvp(world, lan, 1).reason == "em ốm"
    assert "sinh hoạt chuyên đề" in lan.last


def test_words_while_asked_which_meeting(world: World) -> None:
    _, lan = two(world, "telegram")
    lan.says("tôi dự được")
    world.restart()
    lan.says("à không, tôi xin vắng vì con ốm")
    assert "XIN VẮNG cuộc họp nào" in lan.last
    lan.presses("Sinh hoạt chi bộ")
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["absent", "none"]


def test_a_reply_to_an_invitation_chooses_that_meeting(world: World) -> None:
    _, lan = two(world, "telegram")
    invitations = [m for m in lan.chat() if "KÍNH MỜI" in m["text"]]
    lan.says("tôi dự được", reply_to=invitations[0]["message_id"])
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["attending", "none"]
    lan._press(invitations[1]["message_id"], invitations[1]["buttons"][2][1], None)
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["attending", "late"]


def test_what_is_said_during_a_meeting_is_not_taken_for_the_next_one(world: World) -> None:
    _, lan = two(world, "telegram")
    world.at("2026-12-03T19:40:00+07:00")
    lan.says("tôi đến muộn 15 phút")
    assert "báo trực tiếp" in lan.last
    assert rsvp(world, lan, 1).state == "none"
    lan.presses("chuyên đề")
    assert rsvp(world, lan, 1).state == "late"


def test_a_number_that_fits_two_invitations_is_asked_back_on_zalo(world: World) -> None:
    _, lan = two(world, "zalo")
    lan.says("1")
    assert "DỰ cuộc họp nào" in lan.last
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["none", "none"]
    lan.says("1")
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["attending", "none"]
    lan.says("1")  # right
    lan.says("lịch họp")
    lan.says("2")
    lan.says("3")  # of the meeting that was asked about just now
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["attending", "late"]


def test_a_number_is_never_meant_for_an_invitation_that_is_still_on_its_way(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", platform="zalo")
    call(an)
    lan.says("1")
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        channel.paused_until = world.now + timedelta(minutes=5)
    call(an, "10/12 19h30", kind="chuyên đề")
    lan.says("1")  # "Đúng" to the receipt, which is all that there is to see
    assert [rsvp(world, lan, n).state for n in (0, 1)] == ["attending", "none"]
    world.later(minutes=6)
    assert "CHUYÊN ĐỀ" in lan.last or lan.sees("CHUYÊN ĐỀ")


# --- reasons -----------------------------------------------------------------------------------------------------
@BOTH
def test_a_reason_is_asked_judged_by_the_secretary_and_told(world: World, platform: str) -> None:
    an, lan = party(world, platform)
    lan.presses("Tôi xin vắng")
    assert "lý do" in lan.last
    world.restart()
    lan.says("đi khám bệnh ở tỉnh")
    row = rsvp(world, lan)
    assert (row.state, row.reason, row.reason_state) == ("absent", "đi khám bệnh ở tỉnh", "waiting")
    assert an.sees("Lý do: đi khám bệnh ở tỉnh")
    an.presses("Đồng ý")
    assert rsvp(world, lan).reason_state == "accepted"
    assert "đã đồng ý để bác Lan vắng" in lan.last


def test_a_refused_reason_is_told_kindly(world: World) -> None:
    an, lan = party(world)
    lan.says("tôi xin vắng vì bận việc nhà")
    an.presses("Không đồng ý")
    assert rsvp(world, lan).reason_state == "refused"
    assert "mong bác Lan thu xếp dự" in lan.last


@pytest.mark.parametrize("text", ["không nêu", "1"])
def test_no_reason_is_a_possible_answer(world: World, text: str) -> None:
    an, lan = party(world, "zalo")
    lan.presses("Tôi xin vắng")
    lan.says(text)
    row = rsvp(world, lan)
    assert (row.state, row.reason_state) == ("absent", "none")
    assert not an.sees("Xin duyệt lý do")


def test_ok_is_no_reason_and_coming_is_another_answer(world: World) -> None:
    an, lan = party(world)
    lan.presses("Tôi xin vắng")
    lan.says("ok")
    assert "Xin cho biết lý do" in lan.last
    lan.says("à tôi dự được")
    assert rsvp(world, lan).state == "attending"
    assert not an.sees("Xin duyệt lý do")


def test_a_reason_that_is_gone_can_no_longer_be_judged(world: World) -> None:
    an, lan = party(world)
    lan.says("tôi xin vắng vì con ốm")
    lan.says("tôi dự được")
    an.presses("Không đồng ý")
    assert "đã xong rồi" in an.last
    assert rsvp(world, lan).state == "attending"


def test_the_third_excused_absence_in_a_row_is_told_in_private(world: World) -> None:
    an, lan = party(world)
    with world.database.transaction() as session:
        meeting = session.exec(select(Meeting)).one()
        for days in (30, 60):
            past = Meeting(
                organization_id=meeting.organization_id, kind="regular", starts_at=world.now - timedelta(days=days),
                place="x", state=MeetingState.PLANNED, created_at=world.now,
            )  # fmt: skip
            session.add(past)
            session.flush()
            session.add(
                Rsvp(
                    meeting_id=past.id or 0,
                    member_id=lan.member_id,
                    state="absent",
                    reason="ốm",
                    reason_state="accepted",
                )
            )
    lan.says("tôi xin vắng vì con ốm")
    an.presses("Đồng ý")
    assert an.sees("vắng có lý do 3 kỳ liền")
    assert not lan.sees("3 kỳ liền")


def test_a_number_typed_while_a_note_arrives_judges_nothing_on_zalo(world: World) -> None:
    an, lan = party(world, "zalo")
    an.says("/moihop")
    lan.says("tôi xin vắng vì con ốm")
    an.says("2")  # meant for the dialogue, written before the note was read
    assert rsvp(world, lan).reason_state == "waiting"
    assert "chưa ghi số vừa bấm" in an.new()[-2]
    assert "chọn loại cuộc họp" in an.last
    an.says("2")
    assert "XEM LẠI" in an.last


# --- the group ---------------------------------------------------------------------------------------------------
@BOTH
def test_in_the_group_answers_are_recorded_and_only_counts_are_shown(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([an, lan], platform=platform)
    call(an)
    before = len(lan.texts(group))
    lan.mentions("em ốm xin phép vắng ạ", group)
    assert rsvp(world, lan).state == "absent"
    assert len(lan.texts(group)) == before
    assert "Đã ghi: đồng chí XIN VẮNG" in lan.last
    assert an.sees("Lý do: em ốm")
    an.mentions("tình hình dự họp", group)
    post = lan.texts(group)[-1]
    assert "0/2 đã báo dự, 1 xin vắng, 1 chưa báo" in post
    assert "Lan" not in post
    assert "ốm" not in post


def test_what_is_not_certain_in_the_group_is_asked_in_private(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    call(an)
    before = len(lan.texts(group))
    lan.mentions("ok", group)
    assert len(lan.texts(group)) == before
    assert rsvp(world, lan).state == "none"
    assert "Dự được bấm 1" in lan.last


def test_an_administrator_bot_reads_along_and_keeps_quiet(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan], admin=True)
    call(an)
    before = len(lan.texts(group))
    lan.says("ok", to=group)
    lan.says("ai vắng thì báo nhé", to=group)
    assert rsvp(world, lan).state == "none"
    lan.says("tôi dự được", to=group)
    assert rsvp(world, lan).state == "attending"
    assert len(lan.texts(group)) == before
    assert "Đã ghi" in lan.last


def test_another_group_is_no_place_for_answers(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan], linked=False)
    call(an)
    lan.mentions("tôi dự được", group)
    assert rsvp(world, lan).state == "none"


def test_a_stranger_in_the_group_is_told_to_log_in(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", linked=False)
    group = world.group([an, lan])
    call(an)
    lan.mentions("tôi dự được", group)
    assert "ĐĂNG NHẬP" in lan.texts(group)[-1]


# --- the secretary's list ----------------------------------------------------------------------------------------
@BOTH
def test_the_list_of_27_members(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    binh = world.person("Lê Văn Bình", platform=platform)
    for number in range(24):
        world.person(f"Hoàng Nguyễn Thị Phương {number:02d}", platform=platform, linked=False, has_phone=False)
    call(an)
    lan.says("tôi dự được")
    binh.says("em ốm xin phép vắng ạ")
    an.forget()
    an.says("/baodu")
    assert "Mời 27: dự 1, đến muộn 0, xin vắng 1.\nChưa báo 1, cần gọi 0, không có máy 24." in an.new()[0]
    assert "Hoàng Nguyễn" not in an.last
    assert an.last.split("\n")[3:6] == [
        "DỰ (1): Trần Thị Lan", "XIN VẮNG (1): Lê Văn Bình (em ốm, chờ duyệt)", "CHƯA BÁO (1): Nguyễn Văn An"
    ]  # fmt: skip
    an.presses("Xem đủ tên")
    whole = "\n".join(an.new())
    assert "\n1. Lê Văn Bình (em ốm, chờ duyệt)" in whole
    assert whole.count("Hoàng Nguyễn") == 24
    assert all(len(text) <= 2000 for text in an.new())
    an.presses("Duyệt tất cả lý do")
    assert "Đã đồng ý 1 lý do vắng" in an.last
    assert rsvp(world, binh).reason_state == "accepted"


def test_a_member_sees_no_list(world: World) -> None:
    _, lan = party(world)
    lan.says("/baodu")
    assert "chỉ dành cho người được giao" in lan.last
    lan.says("báo dự")  # a member means the own answer by it
    assert "Xin chọn câu trả lời" in lan.last
    assert not lan.sees("Nguyễn Văn An")


def forge(world: World, person: Person, presses: list[str]) -> None:
    """Button data of other people's messages, as a modified app could send it."""
    with world.database.reading() as session:
        account = session.exec(select(Account).where(Account.member_id == person.member_id)).one()
    for data in presses:
        incoming = Incoming(
            key=f"forged-{data}",
            kind=Kind.CHOICE,
            platform=Platform.TELEGRAM,
            address=Address(account.channel_id, account.chat_id),
            speaker_id=person.user_id,
            sent_at=world.now,
            choice=data,
        )
        assert world.app.dispatcher.handle([Arrival(incoming, {})]) == {0}
    world.pump()


def test_forged_presses_of_others_do_nothing(world: World) -> None:
    an, lan = party(world)
    binh = world.person("Lê Văn Bình")
    binh.says("tôi xin vắng vì con ốm")
    note = an.chat()[-1]
    an.says("/baodu")
    listed = an.chat()[-1]
    forge(world, lan, [data for _, data in [*note["buttons"], *listed["buttons"]]])
    assert rsvp(world, binh).reason_state == "waiting"
    assert not binh.sees("XIN NHẮC")


def test_who_lost_the_role_judges_nothing_any_more(world: World) -> None:
    an, lan = party(world)
    lan.says("tôi xin vắng vì con ốm")
    an.says("/baodu")
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role).where(Role.member_id == an.member_id)).one())
    for label in ("Duyệt tất cả", "Nhắc người", "Ghi hộ"):
        an.presses(label)
        assert "chỉ dành cho người được giao" in an.last
    an.presses("Đồng ý")
    assert rsvp(world, lan).reason_state == "waiting"


@BOTH
def test_the_secretary_records_for_who_has_no_phone(world: World, platform: str) -> None:
    an = secretary(world, platform)
    tu = world.person("Phạm Văn Tư", linked=False, has_phone=False)
    nam = world.person("Đỗ Thị Năm", linked=False, has_phone=False)
    call(an)
    an.says("/baodu")
    an.presses("Ghi hộ")
    an.presses("Phạm Văn Tư")
    an.presses("Dự")
    assert "Đã ghi hộ: đồng chí Phạm Văn Tư dự" in an.last
    row = rsvp(world, tu)
    assert (row.state, row.recorded_by) == ("attending", an.member_id)
    an.presses("Ghi hộ tiếp")
    an.says("năm")
    an.presses("Xin vắng")
    world.restart()
    an.says("đi thăm con")
    row = rsvp(world, nam)
    assert (row.state, row.reason, row.reason_state) == ("absent", "đi thăm con", "accepted")
    an.says("/baodu")
    assert an.sees("Đỗ Thị Năm (đi thăm con, đã đồng ý, ghi hộ)")
    assert rsvp(world, an).state == "none"


def test_who_has_a_phone_reads_what_was_recorded_for_them(world: World) -> None:
    an, lan = party(world)
    an.says("/baodu")
    an.presses("Ghi hộ")
    an.says("lan")
    an.says("đến muộn")
    assert lan.sees("đã ghi hộ đồng chí")
    lan.presses("Sai")
    assert rsvp(world, lan).state == "none"


def test_reminding_by_hand_once_a_day_and_not_at_night(world: World) -> None:
    an, lan = party(world)
    an.says("/baodu")
    an.presses("Nhắc người chưa báo")
    assert lan.sees("XIN NHẮC bác Lan báo dự")
    lan.forget()
    an.presses("Nhắc người chưa báo")
    assert lan.new() == []
    world.at("2026-11-26T22:00:00+07:00")
    an.presses("Nhắc người chưa báo")
    assert "giờ nghỉ" in an.last
    assert lan.new() == []


def test_which_list_when_two_meetings_are_ahead(world: World) -> None:
    an, _ = two(world, "telegram")
    an.says("danh sách dự họp")
    an.presses("chuyên đề")
    assert an.sees("BÁO DỰ SINH HOẠT CHUYÊN ĐỀ")


def test_the_reason_is_ciphertext(world: World) -> None:
    from sqlalchemy import text

    _, lan = party(world)
    lan.says("tôi xin vắng vì đi mổ mắt")
    lan.says("tôi dự được")
    with world.database.reading() as session:
        stored = session.connection().execute(text("SELECT reason, before FROM rsvp")).all()
        assert all("mổ mắt".encode() not in bytes(value) for row in stored for value in row if value)
        assert session.exec(select(Delivery)).first() is not None

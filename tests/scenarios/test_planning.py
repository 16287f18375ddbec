"""From "mời họp" to a sent invitation: the card, the agenda, series, printed invitations, calendars, merged meetings.

The world's clock: Wednesday 25/11/2026, 9:00.
"""

from __future__ import annotations

import io
from typing import Any

import httpx2
import pytest
from docx import Document as Docx
from sqlmodel import select
from starlette.testclient import TestClient

from bot.web.server import build_web
from storage import agendas
from storage.agendas import AgendaItem, AgendaPaper, Guest, Series
from storage.documents import Document, DocumentState
from storage.files import StoredFile
from storage.meetings import Reminder
from storage.outbox import Delivery
from tests.scenarios.test_meetings import call, meetings, rsvps, secretary, starts
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def rows(world: World, table: Any) -> list[Any]:
    with world.database.reading() as session:
        return list(session.exec(select(table).order_by(table.id)))


def open_part(an: Person, part: str) -> None:
    an.presses("Sửa")
    an.presses(part)


def publish(world: World, number: str, summary: str) -> None:
    with world.database.transaction() as session:
        session.add(
            Document(
                organization_id=world.branch.id or 0, number=number, summary=summary, state=DocumentState.PUBLISHED,
                created_at=world.now, published_at=world.now,
            )
        )  # fmt: skip


# --- the card --------------------------------------------------------------------------------------------------------
@BOTH
def test_the_card_proposes_what_was_last_time(world: World, platform: str) -> None:
    an = secretary(world, platform)
    world.person("Trần Thị Lan", platform=platform)
    an.says("mời họp")
    an.presses("thường kỳ")
    open_part(an, "Chương trình")
    an.says("1. Báo cáo tháng 11 - đ/c Lan - 20 phút\n2. Thảo luận - 40 phút")
    an.presses("Xong")
    open_part(an, "Thời lượng")
    an.says("100 phút")
    open_part(an, "Địa điểm")
    an.says("Hội trường xã")
    an.says("3/12 14h")
    an.presses("Gửi giấy mời")
    world.at("2026-12-20T09:00:00+07:00")
    an.says("mời họp")
    an.presses("thường kỳ")
    assert "Lúc 14 giờ, thứ Hai, ngày 04/01/2027, tại Nhà văn hóa thôn 3. Dự kiến 100 phút." in an.last
    assert "Nội dung (2 việc, 60 phút, 0 tài liệu): Báo cáo tháng 11; Thảo luận." in an.last
    assert len(an.last.split("\n1 – ")[0].splitlines()) <= 6
    an.presses("Gửi giấy mời")
    first, second = meetings(world)
    assert starts(world, second) == "2027-01-04 14:00"
    with world.database.reading() as session:
        one, two = agendas.lines(session, first.id or 0), agendas.lines(session, second.id or 0)
    assert one == two
    assert [line["minutes"] for line in two] == [20, 40]


def test_the_coming_third_is_taken_so_the_next_month_is_proposed(world: World) -> None:
    an = secretary(world)
    call(an)
    an.says("mời họp")
    an.presses("thường kỳ")
    assert "thứ Hai, ngày 04/01/2027" in an.last


@pytest.mark.parametrize(
    ("now", "day"),
    [("2027-03-20", "thứ Hai, ngày 05/04/2027"), ("2027-01-20", "thứ Tư, ngày 03/02/2027"),
     ("2027-08-20", "thứ Hai, ngày 06/09/2027")],
)  # fmt: skip
def test_days_off_move_the_third(world: World, now: str, day: str) -> None:
    an = secretary(world)
    world.at(f"{now}T09:00:00+07:00")
    an.says("mời họp")
    an.presses("thường kỳ")
    assert day in an.last


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("31/2 19h30", "Không có ngày 31/2"),
        ("20/11/2026 19h30", "đã qua"),
        ("25h ngày 3/12", "Không có giờ"),
        ("ok", "chưa hiểu thời gian"),
        ("mai 7 rưỡi tối", "19 giờ 30, thứ Năm, ngày 26/11/2026"),
        ("thứ 5 tuần sau 19h30", "19 giờ 30, thứ Năm, ngày 03/12/2026"),
    ],
)
def test_words_typed_at_the_card_are_its_time(world: World, typed: str, answer: str) -> None:
    an = secretary(world)
    an.says("mời họp")
    an.presses("chuyên đề")
    an.says(typed)
    assert answer in an.last
    assert "XEM LẠI GIẤY MỜI" in an.last


def test_a_place_of_two_thousand_letters_is_refused_with_its_reason(world: World) -> None:
    an = secretary(world)
    an.says("mời họp")
    an.presses("thường kỳ")
    open_part(an, "Địa điểm")
    an.says("Nhà văn hóa " * 160)
    assert "dài quá 200 chữ cái" in an.last
    an.says("Hội trường xã")
    assert "tại Hội trường xã" in an.last


def test_the_rules_are_told_with_their_numbers_and_nothing_is_refused(world: World) -> None:
    an = secretary(world)
    publish(world, "05-BC/CB", "Báo cáo tháng 11")
    an.says("mời họp")
    an.presses("thường kỳ")
    an.says("26/11 7h30 sáng")
    open_part(an, "Chương trình")
    an.says("Báo cáo - 90 phút")
    an.presses("Báo cáo")
    an.presses("Tài liệu")
    an.says("05-BC/CB")
    an.presses("Xong")
    an.presses("Xong việc này")
    an.presses("Xong")
    open_part(an, "Thời lượng")
    an.presses("60 phút")
    for words in (
        "chưa đủ 3 ngày", "ngày 03", "dài 60 phút, quy định ít nhất 90 phút", "cộng 90 phút",
        "trước ít nhất 1 ngày",
    ):  # fmt: skip
        assert words in an.last, words
    an.presses("Gửi giấy mời")
    assert len(meetings(world)) == 1


def test_a_quarter_without_a_thematic_meeting_is_pointed_out_in_its_last_month(world: World) -> None:
    an = secretary(world)
    an.says("mời họp")
    an.presses("thường kỳ")
    assert "quý 4 chưa có sinh hoạt chuyên đề" in an.last
    an.says("hủy")
    call(an, "10/12 19h30", kind="chuyên đề")
    an.says("mời họp")
    an.presses("thường kỳ")
    assert "chuyên đề" not in an.last


# --- the agenda ------------------------------------------------------------------------------------------------------
@BOTH
def test_items_are_added_changed_moved_and_deleted(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    an.says("mời họp")
    an.presses("thường kỳ")
    open_part(an, "Chương trình")
    an.says("1. Học Nghị quyết 21 - NQ/TW\n2) Thu chi quỹ - Lan - 15 phút\n- Ý kiến khác (10 phút)")
    assert "3 việc, cộng 25 phút" in an.last
    an.presses("Thu chi quỹ")
    an.presses("Đưa lên trên")
    an.says("Thu chi quỹ quý IV - Trần Thị Lan - 20 phút")
    an.presses("Ý kiến khác")
    an.presses("Bỏ việc này")
    an.presses("Xong")
    an.presses("Gửi giấy mời")
    items = rows(world, AgendaItem)
    assert [(item.position, item.title, item.minutes) for item in items] == [
        (1, "Thu chi quỹ quý IV", 20), (2, "Học Nghị quyết 21 – NQ/TW", 0),
    ]  # fmt: skip
    assert [item.speaker_id for item in items] == [lan.member_id, None]
    assert "1. Thu chi quỹ quý IV (đồng chí Trần Thị Lan, 20 phút)" in lan.last


@BOTH
def test_the_agenda_of_a_called_meeting_is_completed_and_told(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    lan.presses("Tôi dự được")
    an.says("chương trình họp")
    an.says("Báo cáo tháng 11 - 20 phút")
    an.presses("Xong")
    an.presses("Chỉ lưu lại")
    assert "CHƯƠNG TRÌNH MỚI" not in lan.last
    an.says("chương trình họp")
    an.says("Thu chi quỹ")
    an.presses("Xong")
    an.presses("Báo mọi người")
    assert "CHƯƠNG TRÌNH MỚI" in lan.last
    assert "1. Báo cáo tháng 11 (20 phút)" in lan.last
    assert [item.title for item in rows(world, AgendaItem)] == ["Báo cáo tháng 11", "Thu chi quỹ"]
    assert rsvps(world)[lan.member_id] == "attending"
    lan.says("chương trình họp")
    assert "chỉ dành cho người được giao" in lan.last


def test_papers_are_chosen_from_the_library_or_by_number(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    publish(world, "05-BC/CB", "Báo cáo tháng 11")
    publish(world, "21-NQ/TW", "Về kinh tế tư nhân")
    an.says("mời họp")
    an.presses("thường kỳ")
    open_part(an, "Chương trình")
    an.says("Báo cáo")
    an.presses("1. Báo cáo")
    an.presses("Tài liệu")
    an.presses("05-BC/CB")
    assert "đã kèm 1" in an.last
    an.says("99-KL/TW")
    assert "Chưa thấy văn bản" in an.last
    an.says("21-nq/tw")
    assert "đã kèm 2" in an.last
    an.presses("05-BC/CB")
    assert "đã kèm 1" in an.last
    an.presses("Xong")
    an.presses("Xong việc này")
    an.presses("Xong")
    an.presses("Gửi giấy mời")
    with world.database.reading() as session:
        assert len(list(session.exec(select(AgendaPaper)))) == 1
    assert "tài liệu 21-NQ/TW" in lan.last


@BOTH
def test_guests_chair_clerk_and_an_online_address(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([an, lan], platform=platform)
    an.says("mời họp")
    an.presses("Hội nghị")
    open_part(an, "Đại biểu")
    an.says("Trần Văn Bình - Phó bí thư Đảng ủy xã")
    an.presses("Xong")
    open_part(an, "Chủ trì")
    an.presses("Nguyễn Văn An")
    an.says("lan")
    open_part(an, "trực tuyến")
    for wrong in ("http://hop.example.vn/1", "https://bank.vn@evil.example", "https://127.0.0.1/x", "zoom", "ok"):
        an.says(wrong)
        assert "chưa dùng được" in an.last, wrong
    an.says("https://hop.example.vn/phong-12")
    assert "Đại biểu: 1 người" in an.last
    an.presses("Gửi giấy mời")
    (meeting,) = meetings(world)
    assert (meeting.chair_id, meeting.clerk_id) == (an.member_id, lan.member_id)
    assert [(guest.name, guest.office) for guest in rows(world, Guest)] == [("Trần Văn Bình", "Phó bí thư Đảng ủy xã")]
    assert "https://hop.example.vn/phong-12" in lan.last
    assert not any("hop.example.vn" in text for text in lan.texts(group))


# --- series ----------------------------------------------------------------------------------------------------------
@BOTH
def test_a_series_costs_one_press_a_month(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)
    if platform == "telegram":
        an.presses("Lặp lại hằng tháng")
    else:
        an.says("lặp lại")
    assert "ngày 03 hằng tháng" in an.last
    an.forget()
    lan.forget()
    world.at("2026-12-26T09:00:00+07:00")
    assert not an.sees("SẮP ĐẾN KỲ HỌP")
    world.at("2026-12-28T09:00:00+07:00")
    world.sweep()
    assert sum("SẮP ĐẾN KỲ HỌP" in text for text in an.new()) == 1
    assert an.sees("19 giờ 30, thứ Hai, ngày 04/01/2027")
    assert not lan.sees("SẮP ĐẾN")
    an.presses("Gửi giấy mời")
    assert lan.sees("KÍNH MỜI đồng chí dự SINH HOẠT CHI BỘ THÁNG 1")
    assert starts(world, meetings(world)[-1]) == "2027-01-04 19:30"
    assert meetings(world)[-1].series_id is not None


def test_a_proposal_is_changed_skipped_or_stopped(world: World) -> None:
    an = secretary(world)
    call(an)
    an.presses("Lặp lại hằng tháng")
    world.at("2026-12-28T09:00:00+07:00")
    an.presses("Sửa")
    assert "XEM LẠI GIẤY MỜI" in an.last
    an.says("5/1 20h tối")
    an.presses("Gửi giấy mời")
    assert starts(world, meetings(world)[-1]) == "2027-01-05 20:00"
    world.at("2027-01-28T09:00:00+07:00")
    an.presses("Tháng này không mời")
    assert len(meetings(world)) == 2
    world.at("2027-02-26T09:00:00+07:00")
    an.presses("Thôi lặp lại")
    world.at("2027-03-30T09:00:00+07:00")
    an.forget()
    world.at("2027-03-31T09:00:00+07:00")
    assert not an.sees("SẮP ĐẾN KỲ HỌP")
    an.says("/lichlap")
    an.presses("Lặp lại tiếp")
    world.at("2027-04-01T09:00:00+07:00")
    assert an.sees("thứ Hai, ngày 05/04/2027")


def test_a_month_that_was_called_by_hand_is_not_proposed(world: World) -> None:
    an = secretary(world)
    call(an)
    an.presses("Lặp lại hằng tháng")
    call(an, "4/1/2027 19h30")
    an.forget()
    world.at("2026-12-28T09:00:00+07:00")
    assert not an.sees("SẮP ĐẾN KỲ HỌP")


def test_the_second_and_third_of_january_by_day(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an)
    an.presses("Lặp lại hằng tháng")
    world.at("2026-12-28T09:00:00+07:00")
    an.presses("Gửi giấy mời")
    lan.forget()
    asked = "XIN NHẮC"
    for moment, count in (
        ("2027-01-01T19:31:00+07:00", 1), ("2027-01-02T09:00:00+07:00", 1), ("2027-01-02T20:59:00+07:00", 1),
        ("2027-01-03T06:00:00+07:00", 1), ("2027-01-03T19:31:00+07:00", 2), ("2027-01-04T17:31:00+07:00", 3),
    ):  # fmt: skip
        world.at(moment)
        assert sum(asked in text for text in lan.new()) == count, moment


# --- one day, two meetings -------------------------------------------------------------------------------------------
def test_a_new_meeting_joins_the_one_of_that_day(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an, "10/12 19h30")
    lan.presses("Tôi dự được")
    an.says("mời họp")
    an.presses("chuyên đề")
    an.says("10/12 20h30")
    assert "trùng giờ" in an.last
    open_part(an, "Chương trình")
    an.says("Học Nghị quyết 21")
    an.presses("Xong")
    an.presses("Gộp vào sinh hoạt chi bộ")
    (meeting,) = meetings(world)
    assert meeting.minutes == 120
    assert [item.title for item in rows(world, AgendaItem)] == ["Học Nghị quyết 21"]
    assert "KÍNH BÁO GỘP HỌP" in lan.last
    assert rsvps(world)[lan.member_id] == "attending"


def test_a_called_meeting_is_merged_when_it_is_moved_to_the_day_of_another(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an, "10/12 19h30")
    call(an, "17/12 19h30", kind="chuyên đề")
    an.says("/doihop")
    an.presses("chuyên đề")
    an.says("10/12 20h30")
    an.presses("Giữ nguyên địa điểm")
    an.presses("Gộp vào")
    first, second = meetings(world)
    assert (first.state, second.state) == ("planned", "cancelled")
    assert "KÍNH BÁO GỘP HỌP" in lan.last
    assert {row.state for row in rows(world, Reminder) if row.meeting_id == second.id} == {"dropped"}


@BOTH
def test_a_cancellation_says_why_in_private_only(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([an, lan], platform=platform)
    call(an)
    an.says("hủy họp")
    an.says("ok")
    assert meetings(world)[0].state == "planned"
    an.says("Bão số 9, xã cho nghỉ")
    assert "Lý do: Bão số 9, xã cho nghỉ" in an.last
    an.presses("Hủy cuộc họp")
    assert "Lý do: Bão số 9" in lan.last
    assert "KHÔNG HỌP" in lan.texts(group)[-1]
    assert "Bão" not in lan.texts(group)[-1]
    assert meetings(world)[0].cancel_reason == "Bão số 9, xã cho nghỉ"


# --- counts, printed invitations, calendars --------------------------------------------------------------------------
def test_the_post_in_the_group_counts_along_where_it_can_be_edited(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    call(an)
    before = len(lan.texts(group))
    lan.presses("Tôi dự được")
    world.sweep()
    assert len(lan.texts(group)) == before
    assert "Đến nay 1/2 đồng chí đã báo dự." in lan.texts(group)[-1]
    lan.says("tôi xin vắng vì con ốm")
    world.sweep()
    assert "Đến nay 0/2" in lan.texts(group)[-1]
    assert "ốm" not in lan.texts(group)[-1]
    queued = len(rows(world, Delivery))
    world.sweep()
    assert len(rows(world, Delivery)) == queued


def test_on_zalo_the_group_is_told_when_it_asks(world: World) -> None:
    an = secretary(world, "zalo")
    lan = world.person("Trần Thị Lan", platform="zalo")
    group = world.group([an, lan], platform="zalo")
    call(an)
    before = len(lan.texts(group))
    lan.presses("Tôi dự được")
    world.sweep()
    assert len(lan.texts(group)) == before
    lan.mentions("báo dự", group)
    assert "1/2" in lan.texts(group)[-1]


def stored(world: World, mime: str) -> bytes:
    with world.database.reading() as session:
        found = list(session.exec(select(StoredFile).where(StoredFile.mime == mime)))[-1]
    return world.app.store.path(found.sha256).read_bytes()


def page(world: World, an: Person) -> httpx2.Response | Any:
    link = next(word for word in reversed(an.last.split()) if "/gm/" in word)
    return TestClient(build_web(world.app.web_parts())).get(link[link.index("/gm/") :])


@BOTH
def test_a_page_for_each_who_is_invited(world: World, platform: str) -> None:
    an = secretary(world, platform)
    world.person("Trần Thị Lan", platform=platform, title="bác")
    call(an)
    an.says("in giấy mời")
    an.presses("Mỗi người một trang (2 người)")
    if platform == "telegram":
        assert "đang soạn" in an.last
        world.sweep()
        content = stored(world, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    else:
        content = page(world, an).content
    text = "\n".join(paragraph.text for paragraph in Docx(io.BytesIO(content)).paragraphs)
    assert "Kính mời: bác Trần Thị Lan" in text
    assert "Kính mời: đồng chí Nguyễn Văn An" in text
    assert "Thời gian: 19 giờ 30, thứ Năm, ngày 03/12/2026." in text


@BOTH
def test_a_calendar_file_follows_the_meeting(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    call(an)

    def calendar() -> str:
        lan.says("tệp lịch")
        content = stored(world, "text/calendar") if platform == "telegram" else page(world, lan).content
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        return content.decode()

    first = calendar()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261203T193000" in first
    assert "SEQUENCE:0" in first
    an.says("/doihop")
    an.says("5/12 19h30")
    an.presses("Giữ nguyên địa điểm")
    an.presses("Gửi thông báo")
    second = calendar()
    assert "20261205T193000" in second
    assert "SEQUENCE:1" in second
    uid = [line for line in first.splitlines() if line.startswith("UID")]
    assert uid == [line for line in second.splitlines() if line.startswith("UID")]


def test_a_link_to_a_printed_invitation_dies_with_the_role(world: World) -> None:
    from storage.members import Role

    an = secretary(world, "zalo")
    call(an)
    an.says("in giấy mời")
    an.presses("Một trang chung")
    assert page(world, an).status_code == 200
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role).where(Role.member_id == an.member_id)).one())
    assert page(world, an).status_code == 404


def test_a_number_after_the_receipt_answers_the_invitation_only_on_zalo(world: World) -> None:
    an = secretary(world, "zalo")
    call(an)
    receipt = next(text for text in an.texts() if "Đã gửi giấy mời" in text)
    assert "1 – " not in receipt
    an.says("1")
    assert rsvps(world)[an.member_id] == "attending"
    assert rows(world, Series) == []


def test_a_number_in_the_middle_of_a_dialogue_sends_no_proposal(world: World) -> None:
    an = secretary(world, "zalo")
    call(an)
    an.says("lặp lại")
    world.control("POST", "clock", {"set": "2026-12-28T09:00:00+07:00"})
    an.says("mời họp")
    world.sweep()
    assert an.sees("SẮP ĐẾN KỲ HỌP")
    an.says("1")
    assert len(meetings(world)) == 1


def test_only_leaders_repeat_and_print(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an)
    lan.says("/lichlap")
    assert "chỉ dành cho người được giao" in lan.last
    assert rows(world, Series) == []

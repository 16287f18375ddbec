"""Đã đọc: the short question, versions, entering for others, deadlines, the list for phone calls, paper saved."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from storage import audit
from storage.channels import Channel
from storage.documents import Document, Reading
from storage.members import RoleKind, Standing
from tests.world import Person, World

TEXT = "Kính gửi các đồng chí đảng viên: chi bộ tổng vệ sinh đường làng sáng thứ Bảy, mỗi nhà một người."
PLATFORMS = pytest.mark.parametrize("platform", ["telegram", "zalo"])
CHECK = {"check_question": "Chi bộ họp vào ngày nào?", "check_choices": ["Ngày 15", "Ngày 3"], "check_right": 1}


def secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def publish(an: Person, number: str = "21-NQ/TW", *, due: str = "") -> None:
    """A paper to the whole branch, with a day to read it by."""
    an.says(f"/vanban {TEXT}")
    an.says(number)
    an.says("Về tổ chức cơ sở đảng")
    if due:
        an.presses("Tùy chọn")
        an.presses("Hạn đọc")
        an.says(due)
        an.presses("Xong, xem lại")
    an.presses("Gửi")


def replace(an: Person) -> None:
    """A new version of 21-NQ/TW."""
    an.says(f"/vanban {TEXT} Đã sửa.")
    an.says("21-NQ/TW")
    an.says("Về tổ chức cơ sở đảng")
    an.presses("Thay bản trước")
    an.presses("Gửi")


def amend(world: World, document_id: int, **fields: Any) -> None:
    with world.database.transaction() as session:
        document = session.get_one(Document, document_id)
        for name, value in fields.items():
            setattr(document, name, value)


def readers(world: World, document_id: int = 1) -> dict[int, Reading]:
    """By member, those who have acknowledged; the publisher counts by publishing."""
    with world.database.reading() as session:
        rows = session.exec(select(Reading).where(Reading.document_id == document_id))
        return {row.member_id: row for row in rows if row.acknowledged_at and row.how != "publisher"}


def acts(world: World) -> list[tuple[str, int | None]]:
    with world.database.reading() as session:
        return [(entry.act, entry.actor_id) for entry in session.exec(select(audit.AuditEntry))]


# --- the short question -----------------------------------------------------------------------------------------------
@PLATFORMS
def test_the_right_answer_is_a_reading_that_was_checked(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    publish(an)
    amend(world, 1, **CHECK)
    lan.says("đã đọc")
    assert "Chi bộ họp vào ngày nào?" in lan.last
    assert not readers(world)
    lan.presses("Ngày 3")
    assert "Đúng rồi" in lan.last
    assert "Đã ghi đồng chí đã đọc 21-NQ/TW" in lan.last
    assert readers(world)[lan.member_id].checked_at is not None
    lan.presses("Sai")
    assert not readers(world)


@PLATFORMS
def test_two_wrong_answers_are_recorded_and_the_secretary_sees_it(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    publish(an)
    amend(world, 1, **CHECK)
    lan.presses("Đã đọc")
    lan.presses("Ngày 15")
    assert "Chưa đúng, không sao" in lan.last
    assert not readers(world)
    lan.presses("Ngày 15")
    assert "Câu trả lời chưa khớp" in lan.last
    assert readers(world)[lan.member_id].checked_at is None
    an.says("/tinhhinh")
    assert "Trần Thị Lan (chưa qua câu hỏi)" in an.last


def test_who_says_read_again_and_again_is_believed(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    publish(an)
    amend(world, 1, **CHECK)
    lan.says("đã đọc")
    lan.says("đã đọc rồi mà")
    assert "ngày nào" in lan.last
    lan.says("tôi đã đọc")
    assert "Đã ghi đồng chí đã đọc" in lan.last
    assert readers(world)[lan.member_id].checked_at is None


def test_all_at_once_asks_one_question_after_the_other(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    for number in ("21-NQ/TW", "05-BC/CB", "07-KH/CB"):
        publish(an, number)
    amend(world, 1, **CHECK)
    amend(world, 3, **CHECK)
    lan.says("đã đọc hết rồi")
    lan.presses("Tất cả")
    assert "Đã ghi đồng chí đã đọc 05-BC/CB" in lan.last
    assert "07-KH/CB" in lan.last
    lan.presses("Ngày 3")
    assert "21-NQ/TW" in lan.last
    lan.presses("Ngày 3")
    assert [bool(readers(world, at)) for at in (1, 2, 3)] == [True] * 3


def test_in_a_group_the_question_comes_in_private(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    group = world.group([an, lan])
    publish(an)
    amend(world, 1, **CHECK)
    before = lan.texts(group)
    lan.mentions("đã đọc", group)
    assert lan.texts(group) == before
    assert "Chi bộ họp vào ngày nào?" in lan.last
    lan.presses("Ngày 3")
    assert readers(world)[lan.member_id].checked_at


# --- versions ---------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_a_question_of_the_old_version_leads_to_the_new_one(world: World, platform: str) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan", platform=platform)
    publish(an)
    amend(world, 1, **CHECK)
    lan.says("đã đọc")
    asked = lan.chat()[-1]
    replace(an)
    if platform == "telegram":
        lan._press(asked["message_id"], asked["buttons"][1][1], None)
        assert "đã có bản mới (bản 2)" in lan.last
    else:
        lan.says("2")  # the newest message is the new version's: its "Tôi muốn hỏi"
    assert not readers(world)
    assert not readers(world, 2)


def test_words_count_only_for_a_version_that_was_shown(world: World) -> None:
    """The letter of the new version waits (the channel rests): "đã đọc" can only mean the old one."""
    an, lan = secretary(world), world.person("Trần Thị Lan", platform="zalo")
    publish(an)
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        channel.monthly_quota = 3
    replace(an)
    assert not any("Đã sửa" in text for text in lan.texts())
    with world.database.transaction() as session:
        session.exec(select(Channel).where(Channel.platform == "zalo")).one().monthly_quota = 0
    lan.says("đã đọc nghị quyết 21")
    assert "đã có bản mới (bản 2)" in lan.last
    assert not readers(world)
    assert not readers(world, 2)
    lan.says("đã đọc nghị quyết 21")
    assert list(readers(world, 2)) == [lan.member_id]


def test_a_reply_in_the_group_to_the_old_post_is_told_in_private(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    group = world.group([an, lan])
    publish(an)
    old = next(m["message_id"] for m in lan.chat(group) if "21-NQ/TW" in (m["text"] or ""))
    replace(an)
    lan.forget()
    lan.says("đã đọc", to=group, reply_to=old)
    assert lan.sees("đã có bản mới (bản 2)")
    assert not readers(world)
    assert not readers(world, 2)


# --- for others -------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_a_volunteer_enters_for_a_neighbour(world: World, platform: str) -> None:
    an = secretary(world)
    tu = world.person(
        "Vũ Anh Tú", roles=[RoleKind.VOLUNTEER], platform=platform, standing=Standing.SUPPORTER, number="SUP1"
    )
    lan = world.person("Trần Thị Lan", has_phone=False, linked=False)
    publish(an)
    tu.says("ghi hộ bác Lan đã đọc")
    assert "Đã ghi hộ: đồng chí Trần Thị Lan đã đọc 21-NQ/TW" in tu.last
    row = readers(world)[lan.member_id]
    assert (row.how, row.recorded_by) == ("recorded", tu.member_id)
    assert ("document.recorded", tu.member_id) in acts(world)
    an.says("/tinhhinh")
    assert "Trần Thị Lan (ghi hộ): Vũ Anh Tú, 25/11/2026" in an.last
    tu.presses("ghi nhầm tên")
    assert not readers(world)
    assert ("document.unrecorded", tu.member_id) in acts(world)


def test_a_volunteer_may_enter_only_in_their_own_branch(world: World) -> None:
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    an = secretary(world)
    tu = world.person("Vũ Anh Tú", roles=[RoleKind.VOLUNTEER], branch=other, standing=Standing.SUPPORTER)
    hung = world.person("Lê Văn Hùng")
    world.person("Trần Thị Lan")
    publish(an)
    tu.says("ghi hộ bác Lan đã đọc")
    assert 'Không thấy ai tên "lan"' in tu.last
    hung.says("ghi hộ bác Lan đã đọc")
    assert "chỉ dành cho" in hung.last
    assert not readers(world)


def test_of_two_with_the_same_name_one_is_chosen_and_hears_of_it(world: World) -> None:
    an = secretary(world, "zalo")
    lan = world.person("Trần Thị Lan", title="bác")
    world.person("Lê Thị Lan")
    publish(an)
    publish(an, "05-BC/CB")
    an.says("Ghi hộ đồng chí Lan đã đọc báo cáo số 5")
    an.presses("Trần Thị Lan")
    assert list(readers(world, 2)) == [lan.member_id]
    assert lan.sees("Nguyễn Văn An đã ghi hộ: đồng chí đã đọc 05-BC/CB")
    lan.presses("Sai")
    assert not readers(world, 2)
    an.says("ghi hộ bác Trần Thị Lan đã đọc")
    assert "bác Trần Thị Lan đã đọc văn bản nào?" in an.last
    an.presses("21-NQ/TW")
    assert list(readers(world)) == [lan.member_id]


def test_in_a_group_a_name_is_answered_in_private(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    group = world.group([an, lan])
    publish(an)
    before = lan.texts(group)
    an.mentions("ghi hộ bác Lan đã đọc", group)
    assert lan.texts(group) == before
    assert "Đã ghi hộ" in an.last
    assert list(readers(world)) == [lan.member_id]


# --- deadlines --------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_three_reminders_by_themselves_then_a_list_for_phone_calls(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform, phone="0912345678")
    hung = world.person("Lê Văn Hùng", platform=platform)
    world.person("Vũ Thị Tơ", has_phone=False, linked=False)
    group = world.group([an, lan], platform=platform)
    publish(an, due="5/12")
    hung.says("đã đọc")

    def reminders() -> int:
        return sum("XIN NHẮC" in text for text in lan.texts())

    found = []
    for moment in (
        "2026-11-27T09:00", "2026-11-30T23:00", "2026-12-01T06:31", "2026-12-01T12:00", "2026-12-04T07:00",
        "2026-12-04T08:00", "2026-12-04T20:00", "2026-12-05T08:01", "2026-12-05T20:59",
    ):  # fmt: skip
        world.at(f"{moment}:00+07:00")
        found.append(reminders())
    assert found == [0, 0, 1, 1, 1, 2, 2, 3, 3]
    assert not any("XIN NHẮC" in text for text in hung.texts())
    assert not an.sees("HẾT HẠN")
    world.restart()
    world.at("2026-12-06T06:00:00+07:00")
    assert not an.sees("HẾT HẠN")
    world.at("2026-12-06T06:31:00+07:00")
    assert reminders() == 3
    told = next(text for text in an.texts() if "HẾT HẠN" in text)
    assert "Đã đọc 2/4" in told
    assert "– Trần Thị Lan: 0912345678" in told
    assert "xin đưa bản giấy: Vũ Thị Tơ" in told
    assert "Lê Văn Hùng" not in told
    assert [text for text in lan.texts(group) if "Hết hạn" in text] == [
        "Hết hạn đọc 21-NQ/TW: 2/4 đồng chí đã báo đọc."
    ]
    world.later(hours=2)
    assert sum("HẾT HẠN" in text for text in an.texts()) == 1
    an.presses("Ghi hộ")
    assert "Ghi hộ đồng chí nào" in an.last


def test_reminders_by_hand_and_by_themselves_share_one_limit(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    publish(an, due="5/12")
    for day in (26, 27):
        world.at(f"2026-11-{day}T09:00:00+07:00")
        for _ in range(2):  # the second press on a day sends nothing, and counts for nothing
            an.says("/tinhhinh")
            an.presses("Nhắc")
        assert "Hôm nay đã nhắc rồi" in an.last
    world.at("2026-12-01T09:00:00+07:00")
    assert sum("XIN NHẮC" in text for text in lan.texts()) == 3
    an.says("/tinhhinh")
    an.presses("Nhắc")
    assert "đã được nhắc đủ 3 lần" in an.last
    world.at("2026-12-05T12:00:00+07:00")
    assert sum("XIN NHẮC" in text for text in lan.texts()) == 3


def test_a_replaced_paper_reminds_nobody(world: World) -> None:
    an, lan = secretary(world), world.person("Trần Thị Lan")
    publish(an, due="5/12")
    replace(an)
    amend(world, 2, read_by=None)
    world.at("2026-12-05T12:00:00+07:00")
    world.at("2026-12-06T12:00:00+07:00")
    assert not any("XIN NHẮC" in text for text in lan.texts())
    assert not any("HẾT HẠN" in text for text in an.texts())


def test_a_short_month_reminds_in_the_group_by_counts(world: World) -> None:
    an = secretary(world)
    lan, mai = (world.person(name, platform="zalo") for name in ("Trần Thị Lan", "Phạm Thị Mai"))
    group = world.group([lan, mai], platform="zalo")
    publish(an, due="5/12")
    with world.database.transaction() as session:
        channel = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        channel.monthly_quota = 12
    before = len(lan.texts()) + len(mai.texts())
    world.at("2026-11-30T22:00:00+07:00")
    world.at("2026-12-01T09:00:00+07:00")
    posts = [text for text in lan.texts(group) if "XIN NHẮC" in text]
    assert len(posts) == 1
    assert "đã đọc 1/3" in posts[0]
    assert "Lan" not in posts[0]
    assert len(lan.texts()) + len(mai.texts()) == before


# --- paper saved ------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_paper_saved_is_shown_with_its_sum(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform)
    world.person("Vũ Thị Tơ", has_phone=False, linked=False)
    publish(an)
    publish(an, "05-BC/CB")
    amend(world, 1, pages=8)
    amend(world, 2, pages=0)
    lan.says("đã đọc nghị quyết 21")
    an.says("ghi hộ bác Tơ đã đọc nghị quyết 21")
    an.says("/tietkiem")
    assert "21-NQ/TW: 8 trang × 2 đồng chí = 16 trang" in an.last  # the secretary and Lan; Tơ read on paper
    assert "16 tờ × 500 đồng = 8.000 đồng" in an.last
    assert "1 văn bản chưa rõ số trang" in an.last
    an.says("/tinhhinh NQ 21")
    assert "Đỡ in: 21-NQ/TW: 8 trang × 2 đồng chí = 16 trang." in an.last
    lan.says("/tietkiem")
    assert "chỉ dành cho" in lan.last

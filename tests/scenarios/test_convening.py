"""Urgent convening (C20): each confirms, alerts inside limits, phone lists, volunteers at the door.

The world's clock: Wednesday 25/11/2026, 9:00.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.flows.attendance.answer import Said, record
from bot.flows.meetings import reminders
from storage import attendance
from storage.attendance import RsvpState
from storage.consents import Consent, Decision, Purpose
from storage.db import Database
from storage.meetings import Reminder
from storage.members import RoleKind, Standing
from tests.scenarios.test_meetings import meetings, secretary
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ALERT = "NHẮC LẠI TRIỆU TẬP"


def convene(an: Person, when: str = "") -> None:
    an.says("mời họp")
    an.presses("Họp khẩn")
    if when:
        an.says(when)
    an.presses("Gửi giấy mời")


@BOTH
def test_an_urgent_meeting_is_one_word_and_a_member_is_refused(world: World, platform: str) -> None:
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    lan.says("họp khẩn")
    assert "mời họp" in lan.last or "bí thư" in lan.last, lan.last
    an.says("triệu tập")
    assert "HỌP ĐỘT XUẤT" in an.last
    an.presses("Gửi giấy mời")
    assert "TRIỆU TẬP KHẨN" in lan.last


def alerts(person: Person) -> int:
    return sum(ALERT in text for text in person.new())


def agrees(world: World, person: Person) -> None:
    with world.database.transaction() as session:
        session.add(
            Consent(
                member_id=person.member_id, purpose=Purpose.HOME, decision=Decision.GIVEN, text_version=1,
                at=world.now, how="chat",
            )
        )  # fmt: skip


@BOTH
def test_alerts_stop_for_who_confirms_and_the_silent_are_listed(world: World, platform: str) -> None:
    an = secretary(world, platform)
    lan = world.person("Trần Thị Lan", platform=platform, phone="0911000001")
    tu = world.person("Phạm Văn Tư", platform=platform, phone="0911000002")
    convene(an)
    assert "TRIỆU TẬP KHẨN đồng chí dự HỌP ĐỘT XUẤT" in lan.last
    assert "Lúc 19 giờ 30, thứ Tư, ngày 25/11/2026" in lan.last
    an.presses("Tôi dự được")
    world.later(minutes=31)
    assert (alerts(an), alerts(lan), alerts(tu)) == (0, 1, 1)
    world.later(minutes=5)
    assert alerts(lan) == 1
    lan.says("tôi dự được")
    world.later(minutes=30)
    world.later(minutes=30)
    world.later(minutes=30)
    assert (alerts(lan), alerts(tu)) == (1, 3)
    assert an.sees("XIN GỌI ĐIỆN: 1 đồng chí chưa xác nhận")
    assert an.sees("Phạm Văn Tư: 0911000002")
    assert not an.sees("0911000001")
    assert not tu.sees("0911000002")


def test_an_alert_that_waits_is_not_sent_to_who_confirms_meanwhile(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    convene(an)
    world.control("POST", "clock", {"advance": 31 * 60})
    world.jobs()
    lan.says("tôi dự được")
    assert (alerts(an), alerts(lan)) == (1, 0)


def test_alerts_keep_quiet_at_night_unless_the_setting_says_otherwise(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    world.at("2026-11-25T20:40:00+07:00")
    convene(an, "26/11 8h sáng")
    world.at("2026-11-25T21:15:00+07:00")
    assert alerts(lan) == 0
    for moment, count in (("06:31", 1), ("07:01", 2), ("07:31", 3), ("07:59", 3)):
        world.at(f"2026-11-26T{moment}:00+07:00")
        assert alerts(lan) == count, moment


def test_alerts_at_night_where_that_is_set(world: World) -> None:
    world.settings = world.settings.model_copy(update={"alert_at_night": True})
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    world.at("2026-11-25T20:40:00+07:00")
    convene(an, "26/11 8h sáng")
    world.at("2026-11-25T21:15:00+07:00")
    assert alerts(lan) == 1


def test_the_secretary_asks_for_the_list_at_any_time(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", phone="0911000001")
    convene(an)
    an.presses("Danh sách gọi điện")
    assert "Trần Thị Lan: 0911000001" in an.last
    an.presses("Tôi dự được")
    lan.presses("Tôi dự được")
    an.says("danh sách gọi điện")
    assert "Mọi người đã xác nhận" in an.last
    lan.says("danh sách gọi điện")
    assert "chỉ dành cho người được giao" in lan.last


@BOTH
def test_volunteers_go_to_those_without_phones_who_agreed(world: World, platform: str) -> None:
    an = secretary(world, platform)
    mai = world.person(
        "Lê Thị Mai", roles=[RoleKind.VOLUNTEER], platform=platform, standing=Standing.SUPPORTER
    )  # fmt: skip
    old = {"linked": False, "has_phone": False, "platform": platform}
    tu = world.person("Phạm Văn Tư", address="Xóm Đình", phone="0911000002", **old)
    world.person("Hoàng Văn Sáu", address="Xóm Chùa", phone="0911000003", **old)
    agrees(world, tu)
    mai.forget()
    convene(an)
    assert "đồng chí Phạm Văn Tư: Xóm Đình, 0911000002" in mai.last
    assert not mai.sees("Sáu")
    assert an.sees("2 đồng chí không nhận được tin triệu tập")
    assert an.sees("Hoàng Văn Sáu: 0911000003")
    mai.presses("Đã báo đồng chí Phạm Văn Tư")
    assert "đồng chí Lê Thị Mai đã tới báo đồng chí Phạm Văn Tư" in an.last
    assert "Cảm ơn" in mai.last
    an.says("hủy họp")
    an.presses("Hủy cuộc họp")
    assert "KHÔNG HỌP" in mai.last


def test_an_ordinary_convening_order_is_reminded_as_usual(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    an.says("mời họp")
    an.presses("thường kỳ")
    an.presses("Sửa")
    an.presses("Chuyển thành lệnh triệu tập")
    assert "XEM LẠI LỆNH TRIỆU TẬP" in an.last
    an.presses("Gửi giấy mời")
    assert "TRIỆU TẬP đồng chí dự SINH HOẠT" in lan.last
    world.later(hours=3)
    assert alerts(lan) == 0
    with world.database.reading() as session:
        kinds = {row.kind for row in session.exec(select(Reminder))}
    assert kinds == {"d3", "d1", "h2", "calls"}


def test_a_convening_order_that_is_called_off_alerts_nobody(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    convene(an)
    an.says("hủy họp")
    an.presses("Hủy cuộc họp")
    world.later(hours=1)
    assert alerts(lan) == 0
    assert meetings(world)[0].state == "cancelled"


def test_the_group_reads_a_stronger_text_and_no_names(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", phone="0911000001")
    group = world.group([an, lan])
    convene(an)
    world.later(hours=3)
    posts = [text for text in lan.texts(group) if "TRIỆU TẬP KHẨN" in text]
    assert len(posts) == 1
    assert "Lan" not in "".join(lan.texts(group)[1:])


# --- however somebody confirms ---------------------------------------------------------------------------------------
def test_an_alert_that_waits_is_not_sent_to_whom_another_confirms_for(world: World) -> None:
    an = secretary(world)
    tu = world.person("Phạm Văn Tư", platform="zalo")
    convene(an)
    an.presses("Danh sách gọi điện")
    an.presses("Ghi hộ")
    an.presses("Phạm Văn Tư")
    world.control("POST", "clock", {"advance": 31 * 60})
    world.jobs()
    an.presses("Dự")
    world.later(minutes=31)
    assert alerts(tu) == 0


def test_who_confirms_in_the_group_is_alerted_no_more(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    group = world.group([an, lan])
    convene(an)
    world.control("POST", "clock", {"advance": 31 * 60})
    world.jobs()
    lan.mentions("tôi dự được", group)
    world.later(minutes=31)
    assert alerts(lan) == 0


def test_who_asks_for_a_call_is_alerted_no_more_and_stays_on_the_list(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan", phone="0911000001")
    convene(an)
    world.control("POST", "clock", {"advance": 31 * 60})
    world.jobs()
    lan.presses("Tôi cần gọi điện")
    world.later(minutes=31)
    assert alerts(lan) == 0
    an.says("danh sách gọi điện")
    assert "Trần Thị Lan: 0911000001" in an.last


def test_a_confirmation_that_commits_while_alerts_are_queued_is_seen(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    convene(an)
    world.control("POST", "clock", {"advance": 31 * 60})
    database, meeting = world.database, meetings(world)[0].id or 0
    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as session:
            rsvp = attendance.of(session, meeting, lan.member_id)
            ctx: Any = SimpleNamespace(db=session, now=world.now)
            assert rsvp is not None
            assert record(ctx, rsvp, Said(RsvpState.ATTENDING))
            session.flush()
            queued = pool.submit(reminders.sweep, database, world.settings, world.clock)
            _until_blocked(database, queued)
        assert queued.result() == 1
    world.pump()
    assert (alerts(an), alerts(lan)) == (1, 0)


def _until_blocked(database: Database, work: Future[int]) -> None:
    """Until PostgreSQL says that somebody waits for a lock, or the work is done without."""
    blocked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not (database.is_sqlite or work.done()):
        with database.reading() as session:
            if session.connection().execute(blocked).scalar_one():
                return


def test_only_volunteers_who_were_asked_hear_that_the_meeting_is_off(world: World) -> None:
    an = secretary(world)
    mai = world.person("Lê Thị Mai", roles=[RoleKind.VOLUNTEER], standing=Standing.SUPPORTER)
    convene(an)
    an.says("hủy họp")
    an.presses("Hủy cuộc họp")
    assert not mai.sees("KHÔNG HỌP")

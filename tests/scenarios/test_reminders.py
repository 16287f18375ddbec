"""Reminders: 3 days, 1 day and 2 hours before; quiet hours; limits. The clock starts on 25/11/2026, 9:00."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.meetings import Reminder
from storage.outbox import Delivery
from tests.scenarios.test_attendance import party, rsvp
from tests.scenarios.test_meetings import call, secretary
from tests.world import Person, World

ASKED = "XIN NHẮC"


def reminders(person: Person) -> int:
    return sum(ASKED in text for text in person.new())


def states(world: World) -> dict[str, str]:
    with world.database.reading() as session:
        return {f"{row.kind}/{row.revision}": row.state for row in session.exec(select(Reminder))}


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_three_reminders_at_their_times(world: World, platform: str) -> None:
    _, lan = party(world, platform)
    for moment, count in (
        ("2026-11-30T19:29:00+07:00", 0),
        ("2026-11-30T19:31:00+07:00", 1),
        ("2026-12-02T19:31:00+07:00", 2),
        ("2026-12-03T17:29:00+07:00", 2),
        ("2026-12-03T17:31:00+07:00", 3),
        ("2026-12-03T19:31:00+07:00", 3),
    ):
        world.at(moment)
        world.sweep()
        assert reminders(lan) == count, moment
    assert lan.sees("XIN NHẮC bác Lan báo dự sinh hoạt chi bộ tháng 12")


def test_who_has_answered_is_left_alone_and_the_button_answers(world: World) -> None:
    an, lan = party(world)
    lan.says("tôi dự được")
    world.at("2026-11-30T19:31:00+07:00")
    assert (reminders(an), reminders(lan)) == (1, 0)
    an.presses("Tôi dự được")
    world.at("2026-12-02T19:31:00+07:00")
    assert reminders(an) == 1


def test_a_restart_or_a_second_sweep_reminds_nobody_twice(world: World) -> None:
    _, lan = party(world)
    world.at("2026-11-30T19:31:00+07:00")
    world.restart()
    world.sweep()
    world.later(hours=1)
    assert reminders(lan) == 1


def test_quiet_hours_wait_for_the_morning(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an, "3/12 8h sáng")
    lan.forget()
    world.at("2026-12-03T06:05:00+07:00")  # two hours before, but still quiet
    assert reminders(lan) == 0
    world.at("2026-12-03T06:31:00+07:00")
    assert reminders(lan) == 1


def test_a_server_that_slept_over_the_evening_waits_for_the_morning(world: World) -> None:
    _, lan = party(world)
    world.at("2026-12-02T22:00:00+07:00")
    assert reminders(lan) == 0
    world.at("2026-12-03T06:31:00+07:00")
    assert reminders(lan) == 1
    world.at("2026-12-03T17:31:00+07:00")  # one a day
    assert reminders(lan) == 1


def test_after_days_of_silence_only_the_latest_is_sent_and_the_secretary_is_told(world: World) -> None:
    an, lan = party(world)
    world.at("2026-12-03T10:00:00+07:00")
    assert reminders(lan) == 1
    assert states(world) == {"d3/1": "dropped", "d1/1": "sent", "h2/1": "pending"}
    assert sum("đã lỡ giờ" in text for text in an.new()) == 1
    assert not lan.sees("đã lỡ giờ")


def test_after_the_meeting_nobody_is_reminded(world: World) -> None:
    an, lan = party(world)
    world.at("2026-12-06T10:00:00+07:00")
    assert reminders(lan) == 0
    assert sum("đã lỡ giờ" in text for text in an.new()) == 1
    world.later(days=1)
    assert sum("đã lỡ giờ" in text for text in an.new()) == 1


def test_a_meeting_at_short_notice_has_only_the_reminders_that_make_sense(world: World) -> None:
    an = secretary(world)
    call(an, "hôm nay 19h30")
    assert states(world) == {"h2/1": "pending"}
    call(an, "hôm nay 10h30", kind="chuyên đề")
    assert len(states(world)) == 1


def test_a_moved_meeting_is_reminded_at_its_new_time_and_three_times_at_most(world: World) -> None:
    an, lan = party(world)
    world.at("2026-12-02T19:31:00+07:00")
    world.at("2026-12-03T09:00:00+07:00")
    an.says("/doihop")
    an.says("10/12 19h30")
    an.presses("Giữ nguyên địa điểm")
    an.presses("Gửi thông báo")
    lan.forget()
    world.at("2026-12-03T17:31:00+07:00")  # the old time means nothing any more
    assert reminders(lan) == 0
    for moment in ("2026-12-07T19:31:00+07:00", "2026-12-09T19:31:00+07:00", "2026-12-10T17:31:00+07:00"):
        world.at(moment)
    with world.database.reading() as session:
        all_of_them = [row for row in session.exec(select(Delivery)) if row.once and row.once.startswith("reminder:")]
    per_person = [row for row in all_of_them if row.member_id == lan.member_id]
    assert len(per_person) == 3
    assert reminders(lan) == 2


def test_a_reminder_by_hand_counts(world: World) -> None:
    an, lan = party(world)
    for day in (26, 27, 28):
        world.at(f"2026-11-{day}T09:00:00+07:00")
        an.says("/baodu")
        an.presses("Nhắc người chưa báo")
    assert reminders(lan) == 3
    world.at("2026-11-30T19:31:00+07:00")
    world.at("2026-12-02T19:31:00+07:00")
    assert reminders(lan) == 3


def test_who_asked_for_a_call_and_who_cannot_be_reached_is_not_reminded(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    world.person("Phạm Văn Tư", linked=False, has_phone=False)
    call(an)
    lan.presses("Tôi cần gọi điện")
    world.at("2026-11-30T19:31:00+07:00")
    assert reminders(lan) == 0
    assert rsvp(world, lan).state == "none"

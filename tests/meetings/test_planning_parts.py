"""The parts of planning that need nobody to talk: days off, typed lines, addresses, lengths, promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from bot.flows.meetings.details import is_safe, read_minutes
from bot.flows.meetings.lines import parse_guests
from bot.flows.meetings.reminders import promised
from bot.settings import Settings
from bot.workdays import DAYS_OFF, is_off, meeting_day
from storage.meetings import Meeting, MeetingKind

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("month", "day"),
    [("2026-12", 3), ("2027-01", 4), ("2027-02", 3), ("2027-04", 5), ("2027-05", 3), ("2027-07", 5), ("2027-09", 6)],
)
def test_the_day_on_which_branches_meet(month: str, day: int) -> None:
    first = date.fromisoformat(f"{month}-01")
    found = meeting_day(first, 3, DAYS_OFF)
    assert (found.month, found.day) == (first.month, day)
    assert not is_off(found, DAYS_OFF)


def test_a_first_week_without_a_working_day_after_the_third_falls_back_before_it() -> None:
    off = [date(2026, 12, day) for day in range(3, 8)]
    assert meeting_day(date(2026, 12, 1), 3, off) == date(2026, 12, 2)


@pytest.mark.parametrize(
    "url",
    [
        "http://hop.example.vn/1", "https://", "https://localhost/1", "https://10.0.0.1/x", "https://[::1]/x",
        "https://a@b.example/x", "https://hop.example.vn:8443/1", "https://hop.example.vn/a b", "javascript:alert(1)",
        "https://hop.example.vn\\@evil.example", "https://xn--.example/" + "a" * 600, "https://b\u0430nk.example",
        "https://may-chu.local/1", "https://hop.example.vn/\u202e1",
    ],
)  # fmt: skip
def test_addresses_that_no_invitation_carries(url: str) -> None:
    assert not is_safe(url)


def test_an_ordinary_address_is_carried() -> None:
    assert is_safe("https://hop.example.vn/j/123456?pwd=abc")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("90", 90), ("100 phút", 100), ("2 tiếng", 120), ("1 giờ rưỡi", 90), ("1h30", 90), ("2 tieng ruoi", 150),
     ("lâu", 0), ("", 0)],
)  # fmt: skip
def test_lengths_in_words(text: str, minutes: int) -> None:
    assert read_minutes(text) == minutes


def test_guests_with_and_without_an_office() -> None:
    typed = "1. Trần Văn Bình - Phó bí thư\n- Lê Thị Hà, cán bộ xã\nNguyễn Văn Cao\n---"
    assert parse_guests(typed) == [
        ["Trần Văn Bình", "Phó bí thư"], ["Lê Thị Hà", "cán bộ xã"], ["Nguyễn Văn Cao", ""],
    ]  # fmt: skip


@pytest.mark.parametrize("minutes", [5, 20, 45, 90, 300, 1000, 1440, 4000])
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_what_is_promised_lies_ahead_of_the_meeting_and_out_of_the_night(minutes: int, hour: int) -> None:
    now = datetime(2026, 11, 25, hour, 10, tzinfo=SETTINGS.zone)
    starts = now + timedelta(minutes=minutes)
    meeting = Meeting(
        organization_id=1, kind=MeetingKind.URGENT, convening=True, starts_at=starts, place="x", created_at=now
    )
    found = promised(meeting, now, SETTINGS)
    rounds = [each for each in found if each[0] != "calls"]
    assert len(rounds) <= SETTINGS.alert_times
    assert len({kind for kind, *_ in found}) == len(found)
    for kind, due, until in found:
        assert now <= due < until <= starts or kind == "calls", kind
        if kind != "calls":
            clock = due.astimezone(SETTINGS.zone).time()
            assert SETTINGS.quiet_until <= clock < SETTINGS.quiet_from
    assert [each[1] for each in rounds] == sorted(each[1] for each in rounds)
    assert sum(kind == "calls" for kind, *_ in found) == 1

"""Dates and times as people type them. Seen from Wednesday 25/11/2026, 9:00."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.when import Moment, Problem, Trouble, read_moment

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=ZONE)

UNDERSTOOD = [
    ("3/12 19h30", "2026-12-03 19:30"),
    ("19h30 3/12", "2026-12-03 19:30"),
    ("19:30 3-12", "2026-12-03 19:30"),
    ("19:30 3.12", "2026-12-03 19:30"),
    ("19.30 ngày 3.12", "2026-12-03 19:30"),
    ("19 giờ 30 ngày 03/12/2026", "2026-12-03 19:30"),
    ("19 giờ 30 phút, thứ Năm, ngày 03/12/2026", "2026-12-03 19:30"),
    ("19g30 ngày 3 tháng 12 năm 2026", "2026-12-03 19:30"),
    ("ngày 03 tháng 12, lúc 19 giờ", "2026-12-03 19:00"),
    ("19 gio ngay 3 thang 12", "2026-12-03 19:00"),
    ("03/12/26 19h30", "2026-12-03 19:30"),
    ("2026-12-03 19:30", "2026-12-03 19:30"),
    ("mai 7 rưỡi tối", "2026-11-26 19:30"),
    ("tối mai 7 rưỡi", "2026-11-26 19:30"),
    ("toi mai 7 ruoi", "2026-11-26 19:30"),
    ("tối mai bảy giờ rưỡi", "2026-11-26 19:30"),
    ("tám giờ sáng mai", "2026-11-26 08:00"),
    ("tối mai bảy giờ ba mươi", "2026-11-26 19:30"),
    ("thứ 5 tuần sau 19h30", "2026-12-03 19:30"),
    ("19h30 thứ năm tuần tới", "2026-12-03 19:30"),
    ("toi thu 5 tuan sau luc 8h", "2026-12-03 20:00"),
    ("tối thứ Năm tuần sau, 8 giờ", "2026-12-03 20:00"),
    ("t5 tuần sau 19h", "2026-12-03 19:00"),
    ("thứ sáu tuần sau nữa 14h", "2026-12-11 14:00"),
    ("thứ 5 19h30", "2026-11-26 19:30"),
    ("thứ 5 tới 19h30", "2026-11-26 19:30"),
    ("thu 5 toi 19h30", "2026-11-26 19:30"),
    ("thứ 5 sau 19h30", "2026-12-03 19:30"),
    ("thứ 4 8h sáng", "2026-12-02 08:00"),  # this morning's 8 o'clock is over
    ("thứ tư này 14h", "2026-11-25 14:00"),
    ("chủ nhật này 8h sáng", "2026-11-29 08:00"),
    ("8h sáng chủ nhật", "2026-11-29 08:00"),
    ("cn 8h sang", "2026-11-29 08:00"),
    ("chủ nhật tuần sau 9 giờ", "2026-12-06 09:00"),
    ("ngày kia 14h", "2026-11-27 14:00"),
    ("chiều kia 2 giờ", "2026-11-27 14:00"),
    ("ngày kìa 14h", "2026-11-28 14:00"),
    ("sáng mốt 8h", "2026-11-27 08:00"),
    ("3 ngày nữa 19h30", "2026-11-28 19:30"),
    ("19h30 1 tuần nữa", "2026-12-02 19:30"),
    ("tối nay 7h", "2026-11-25 19:00"),
    ("tối nay 19h30", "2026-11-25 19:30"),
    ("hôm nay 7h", "2026-11-25 19:00"),  # 7 in the morning is over
    ("chiều nay 3 giờ", "2026-11-25 15:00"),
    ("2 giờ chiều thứ 7", "2026-11-28 14:00"),
    ("mai 2h", "2026-11-26 14:00"),
    ("trưa mai 11h30", "2026-11-26 11:30"),
    ("1 giờ trưa mai", "2026-11-26 13:00"),
    ("mai 10h", "2026-11-26 10:00"),
    ("07:30 ngày 3/12", "2026-12-03 07:30"),
    ("sáng mai 7h kém 15", "2026-11-26 06:45"),
    ("8 giờ kém 10 tối mai", "2026-11-26 19:50"),
    ("kém 15 8h tối mai", "2026-11-26 19:45"),
    ("ngày 3 19h30", "2026-12-03 19:30"),
    ("mùng 3 19h30", "2026-12-03 19:30"),
    ("mùng 3 tháng sau 19h30", "2026-12-03 19:30"),
    ("19h30 ngày 30 tháng này", "2026-11-30 19:30"),
    ("3/1 19h30", "2027-01-03 19:30"),
    ("ngày 4 tháng giêng năm 2027", None),
    ("3 tháng tư 8h sáng", "2027-04-03 08:00"),
    ("3/12 từ 19h30 đến 21h", "2026-12-03 19:30"),
    ("3/12 19h30-21h", "2026-12-03 19:30"),
    ("tôi mời họp 19h30 ngày 3/12", "2026-12-03 19:30"),
    ("14h30'  3/12", "2026-12-03 14:30"),
    ("19h 3/12", "2026-12-03 19:00"),
    ("lúc 19h ngày 3/12 nhé", "2026-12-03 19:00"),
]
NOT_DECIDED = [
    ("tối thứ Năm", Trouble.NO_HOUR),
    ("thứ 5 tuần sau", Trouble.NO_HOUR),
    ("3/12", Trouble.NO_HOUR),
    ("mai", Trouble.NO_HOUR),
    ("19h30", Trouble.NO_DAY),
    ("7 rưỡi tối", Trouble.NO_DAY),
    ("tuần sau 19h30", Trouble.NO_DAY),
    ("mai 7h", Trouble.WHICH_HALF),
    ("mai 7 rưỡi", Trouble.WHICH_HALF),
    ("3/12 8h", Trouble.WHICH_HALF),
    ("thu 5 toi 7h30", Trouble.WHICH_HALF),  # "thứ Năm tới" or "tối thứ Năm"
    ("mai 7h kém 15", Trouble.WHICH_HALF),
    ("31/6 19h30", Trouble.IMPOSSIBLE_DAY),
    ("31/6/2027 19h30", Trouble.IMPOSSIBLE_DAY),
    ("29/2/2027 19h30", Trouble.IMPOSSIBLE_DAY),
    ("ngày 32 tháng 12 19h30", Trouble.IMPOSSIBLE_DAY),
    ("3/13 19h30", Trouble.IMPOSSIBLE_DAY),
    ("mai 25h", Trouble.IMPOSSIBLE_HOUR),
    ("mai 19h75", Trouble.IMPOSSIBLE_HOUR),
    ("20/11 19h30", Trouble.PAST),
    ("20/11/2026 19h30", Trouble.PAST),
    ("hôm nay 8h sáng", Trouble.PAST),
    ("sáng nay 7h", Trouble.PAST),
    ("thứ 2 tuần này 19h30", Trouble.PAST),
    ("3/12/2062 19h30", Trouble.FAR),
    ("thứ 6 ngày 3/12 19h30", Trouble.MISMATCH),
    ("mùng 3 âm lịch 19h30", Trouble.LUNAR),
    ("rằm tháng 11 19h", Trouble.LUNAR),
    ("19h30 mùng 6 Tết", Trouble.LUNAR),
    ("3/12 hoặc 4/12 19h30", Trouble.UNCLEAR),
    ("thứ 5 hoặc thứ 6 19h30", Trouble.UNCLEAR),
    ("3/12 19h30 hoặc 20h", Trouble.UNCLEAR),
    ("sáng mai 19h", Trouble.UNCLEAR),
    ("mai 0h", Trouble.UNCLEAR),
    ("ok", Trouble.UNCLEAR),
    ("cuối tuần", Trouble.UNCLEAR),
    ("", Trouble.UNCLEAR),
]


@pytest.mark.parametrize(("text", "wanted"), UNDERSTOOD)
def test_a_moment_is_understood(text: str, wanted: str | None) -> None:
    found = read_moment(text, NOW, ZONE)
    if wanted is None:
        assert isinstance(found, Problem)
        return
    assert isinstance(found, Moment), found
    assert f"{found.at:%Y-%m-%d %H:%M}" == wanted


@pytest.mark.parametrize(("text", "trouble"), NOT_DECIDED)
def test_what_is_not_certain_is_asked(text: str, trouble: Trouble) -> None:
    found = read_moment(text, NOW, ZONE)
    assert isinstance(found, Problem), found
    assert found.trouble is trouble


def test_both_halves_of_the_day_are_offered() -> None:
    found = read_moment("3/12 7 rưỡi", NOW, ZONE)
    assert isinstance(found, Problem)
    assert [f"{option:%H:%M}" for option in found.options] == ["07:30", "19:30"]


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_gives_a_future_moment_or_a_problem(text: str) -> None:
    found = read_moment(text, NOW, ZONE)
    assert isinstance(found, Problem) or found.at > NOW


@given(st.datetimes(datetime(2026, 11, 26), datetime(2027, 5, 1)))
@settings(max_examples=150, deadline=None)
def test_what_the_assistant_writes_it_also_reads(at: datetime) -> None:
    from bot.dates import moment

    at = at.replace(second=0, microsecond=0, tzinfo=ZONE)
    at = at.replace(hour=9 + at.hour % 12)
    assert read_moment(moment(at, ZONE), NOW, ZONE) == Moment(at)

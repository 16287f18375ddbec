"""A change of mind after the secretary has approved an absence. The world's clock: Wednesday 25/11/2026, 9:00."""

from __future__ import annotations

from tests.scenarios.test_attendance import party, rsvp
from tests.world import Person, World


def excused(world: World) -> tuple[Person, Person]:
    """The secretary has approved Lan's reason."""
    an, lan = party(world)
    lan.says("tôi xin vắng vì con ốm")
    an.presses("Đồng ý")
    an.forget()
    return an, lan


def test_who_comes_after_all_is_told_to_the_secretary_once_and_not_at_night(world: World) -> None:
    an, lan = excused(world)
    world.at("2026-11-25T20:55:00+07:00")
    lan.says("em dự được ạ")
    lan.presses("Đúng")
    world.at("2026-11-25T21:30:00+07:00")
    assert an.new() == []
    world.at("2026-11-26T06:31:00+07:00")
    assert [text for text in an.new() if "sẽ dự" in text] == [
        "Để đồng chí biết: bác Trần Thị Lan đã xin vắng, nay báo sẽ dự (sinh hoạt chi bộ tháng 12)."
    ]
    lan.says("tôi đến muộn 10 phút")
    world.later(hours=2)
    assert sum("Để đồng chí biết" in text for text in an.new()) == 1


def test_an_approved_reason_is_not_judged_again_and_to_and_fro_is_not_told(world: World) -> None:
    an, lan = excused(world)
    lan.says("em dự được ạ")
    lan.says("tôi xin vắng vì con ốm")
    assert "Lý do này bí thư đã đồng ý" in lan.last
    lan.presses("Sai")
    assert rsvp(world, lan).state == "attending"
    lan.says("toi xin vang")
    lan.says("Con ốm.")
    row = rsvp(world, lan)
    assert (row.state, row.reason_state) == ("absent", "accepted")
    world.later(hours=1)
    assert an.new() == []
    lan.says("em dự được ạ")
    world.later(minutes=11)
    assert "nay báo sẽ dự" in an.last
    lan.says("tôi xin vắng vì con ốm")
    world.later(minutes=11)
    assert "lại xin vắng" in an.last


def test_another_reason_is_judged_anew_and_tells_by_itself(world: World) -> None:
    an, lan = excused(world)
    lan.says("em dự được ạ")
    lan.says("tôi xin vắng vì đi công tác")
    assert "Xin duyệt lý do vắng" in an.last
    world.later(hours=1)
    assert not an.sees("Để đồng chí biết")
    an.presses("Đồng ý")
    assert rsvp(world, lan).reason == "đi công tác"

"""Checking in against those who guess, and where there is neither projector nor page nor network address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.flows.room import codes
from storage import agendas
from storage.checkins import CheckIn, CheckInGuess
from storage.rollcalls import RollCall
from tests.scenarios.test_room import BOTH, code, coded, meeting, party, roll
from tests.world import Person, World

LAN, BA = "Trần Thị Lan", "Lê Văn Ba"


def wrong(world: World, number: int) -> str:
    """Six digits that were never shown."""
    key, now = codes.key_of(meeting(world)), codes.step_of(world.now)
    shown = {codes.digits(key, step) for step in range(now - codes.REMEMBERED - 9, now + 9)}
    return [each for each in (f"{value:06d}" for value in range(100_000, 100_999)) if each not in shown][number]


def guesses(world: World, person: Person) -> int:
    with world.database.reading() as session:
        found = session.get(CheckInGuess, person.member_id)
        return found.wrong if found is not None else 0


@BOTH
def test_after_five_wrong_codes_only_the_chair_records(world: World, platform: str) -> None:
    an, lan, ba = coded(world, platform)
    for number in range(4):
        lan.says(f"điểm danh {wrong(world, number)}")
        assert f"còn {4 - number} lần" in lan.last
    lan.says(f"điểm danh {wrong(world, 5)}")
    assert "Đã nhập sai 5 lần" in lan.last
    assert "báo chủ trì hoặc thư ký" in lan.last
    lan.says(f"điểm danh {code(world)}")
    assert "Đã nhập sai 5 lần" in lan.last
    world.restart()
    lan.says(f"điểm danh {code(world)} cho chú Ba")
    assert not roll(world)
    ba.says(f"điểm danh {code(world)}")
    assert roll(world) == {BA: ("present", "code", False)}
    an.presses("Về bảng")
    an.presses("Điểm danh")
    an.says("Lan có mặt")
    assert roll(world)[LAN] == ("present", "chair", False)


def test_slips_before_the_right_code_are_forgotten_and_the_next_meeting_begins_anew(world: World) -> None:
    _, lan, ba = coded(world)
    for number in range(4):
        lan.says(f"điểm danh {wrong(world, number)}")
    assert guesses(world, lan) == 4
    lan.says(f"điểm danh {code(world)}")
    assert roll(world)[LAN] == ("present", "code", False)
    assert guesses(world, lan) == 0
    for number in range(5):
        ba.says(f"điểm danh {wrong(world, number)}")
    with world.database.transaction() as session:
        session.get_one(CheckInGuess, ba.member_id).since -= timedelta(hours=12, minutes=1)
    ba.says(f"điểm danh {code(world)}")
    assert roll(world)[BA] == ("present", "code", False)


def test_an_old_code_clears_no_wrong_ones(world: World) -> None:
    """Somebody who has been sent a photo does not get more guesses by it."""
    _, lan, _ = coded(world)
    world.later(hours=1)
    for number in range(3):
        lan.says(f"điểm danh {wrong(world, number)}")
    lan.says(f"điểm danh {code(world, ago=3600)}")
    assert "mã đã qua giờ" in lan.last
    assert guesses(world, lan) == 3


@BOTH
def test_without_a_public_address_the_code_is_read_out(world: World, platform: str) -> None:
    world.settings = world.settings.model_copy(update={"public_url": ""})
    an, lan, _ = party(world, platform)
    an.presses("Mở họp")
    an.presses("Mã điểm danh")
    assert "http" not in an.last
    digits = re.findall(r"\b\d{3} \d{3}\b", an.last)
    assert [each.replace(" ", "") for each in digits] == [code(world)]
    assert "đọc to" in an.last
    world.later(minutes=1)
    an.presses("Mã mới")
    again = re.findall(r"\b\d{3} \d{3}\b", an.last)
    assert [each.replace(" ", "") for each in again] == [code(world)] != digits
    lan.says("điểm danh")
    assert "6 số" in lan.last
    assert "http" not in lan.last
    assert "chủ trì vừa đọc" in lan.last
    assert "Hoặc mở trang" not in lan.last
    lan.says(again[0])
    assert roll(world)[LAN] == ("present", "code", False)


@pytest.mark.parametrize("platform", ["zalo"])
def test_guests_are_ticked_and_unticked_by_a_press(world: World, platform: str) -> None:
    an, _, _ = party(world, platform)
    with world.database.transaction() as session:
        agendas.write_guests(session, meeting(world).id or 0, [("Trần Văn Bình", "Phó bí thư"), ("Lò Thị Hoa", "")])
    an.presses("Mở họp")
    an.presses("Điểm danh")
    an.presses("Khách mời")
    assert "chưa đến" in an.last
    an.presses("Trần Văn Bình")
    assert "Trần Văn Bình: đã đến" in an.last
    assert "Lò Thị Hoa: chưa đến" in an.last
    an.presses("Trần Văn Bình")
    assert "Trần Văn Bình: chưa đến" in an.last
    an.presses("Lò Thị Hoa")
    an.presses("Về điểm danh")
    an.presses("Xong")
    assert "Khách mời: 1." in an.last
    assert len(roll(world)) == 3, "guests are on no roll"


def test_how_check_ins_came_about_is_erased_and_the_roll_stays(world: World) -> None:
    an, lan, ba = coded(world)
    lan.says(f"điểm danh {code(world)}")
    world.later(hours=1)
    ba.says(f"điểm danh {code(world, ago=3600)}")
    an.presses("Về bảng")
    an.presses("Kết thúc họp")
    world.later(days=29)
    with world.database.reading() as session:
        assert len(session.exec(select(CheckIn)).all()) == 2
    world.later(days=2)
    with world.database.reading() as session:
        assert session.exec(select(CheckIn)).all() == []
        assert session.exec(select(CheckInGuess)).all() == []
        assert [row.member_id for row in session.exec(select(RollCall))] == [lan.member_id], "an undecided one is none"

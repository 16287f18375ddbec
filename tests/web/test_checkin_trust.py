"""How far a phone that checks in is believed. The meeting is on 3/12/2026, 19:30; it is that moment."""

from __future__ import annotations

import httpx2
from sqlmodel import select

from bot.flows.room import passes
from bot.flows.room.passes import Pass
from storage.checkins import CheckIn, CheckInGuess
from tests.scenarios.test_checkin_limits import BA, LAN, wrong
from tests.scenarios.test_room import code, coded, party, roll
from tests.web.site import Site
from tests.web.test_checkin import kept, opened, own, press, ticket
from tests.world import World


def touch(phone: httpx2.Client, seen: str) -> str:
    """What the page's script does when it is loaded: the new stamp."""
    return str(phone.post("/ci/touch", data={"seen": seen}).json()["seen"])


def send(phone: httpx2.Client, item: dict[str, str]) -> str:
    """What the page's script does with a scan."""
    return str(phone.post("/ci/send", data=item, headers={"Accept": "application/json"}).json()["text"])


def test_a_link_that_was_forwarded_waits_on_the_other_phone(world: World, site: Site) -> None:
    an, lan, _ = coded(world)
    mine, other = site.phone(), site.phone()
    path = own(lan)
    touch(mine, opened(mine, path))
    page = other.get(path).text
    assert "đã mở trên máy khác" in page
    touch(other, opened(other, path))
    assert "đường dẫn này thuộc máy khác" in press(site, other, f"/ci/{ticket(world)}")
    assert roll(world) == {LAN: ("present", "code", True)}
    an.says("điều hành")
    an.presses("Điểm danh")
    an.presses("Lượt chờ")
    assert "đường dẫn riêng dùng trên máy khác" in an.last
    assert "Đã ghi bác Lan" in press(site, mine, f"/ci/{ticket(world)}")
    assert roll(world) == {LAN: ("present", "code", False)}


def test_a_link_without_a_script_belongs_to_the_phone_that_presses_first(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    mine, other = site.phone(), site.phone()
    path = own(lan)
    for phone in (mine, other):
        phone.get(path)
    assert "Đã ghi bác Lan" in press(site, mine, f"/ci/{ticket(world)}")
    page = other.get(path).text
    assert "đã mở trên máy khác" in page


def test_a_program_that_draws_a_preview_takes_no_link(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    path = own(lan)
    site.phone().get(path)
    mine = site.phone()
    assert "đã mở trên máy khác" not in mine.get(path).text
    assert "Đã ghi bác Lan" in press(site, mine, f"/ci/{ticket(world)}")


def test_a_new_link_for_a_new_phone(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    old = site.phone()
    touch(old, opened(old, own(lan)))
    world.later(minutes=1)
    new = site.phone()
    new.get(own(lan))
    assert "Đã ghi bác Lan" in press(site, new, f"/ci/{ticket(world)}")


def test_a_stamp_without_its_phone_waits(world: World, site: Site) -> None:
    """Who copies what a page holds (it is no secret) has not the phone's cookie."""
    _, lan, _ = coded(world)
    phone = site.phone()
    seen = touch(phone, opened(phone, own(lan)))
    assert "máy khác" in send(site.phone(), kept(world, seen))
    assert roll(world)[LAN][2]


def test_what_was_kept_is_for_who_opened_that_page(world: World, site: Site) -> None:
    """Lan scans without a network; then Ba opens his link on the same phone, and only then it is sent."""
    _, lan, ba = coded(world)
    waiting = kept(world, opened(site.http, own(lan)))
    world.later(minutes=1)
    opened(site.http, own(ba))
    assert "Đã ghi bác Lan" in send(site.http, waiting)
    assert "Đã ghi chú Ba" in press(site, site.http, f"/ci/{ticket(world)}")
    assert {name: row[2] for name, row in roll(world).items()} == {LAN: False, BA: False}


# --- the phone's clock -------------------------------------------------------------------------------------------
def test_no_moment_before_the_last_touch_is_believed(world: World, site: Site) -> None:
    """A friend in the room sends a photo. An hour later the phone is set back to the moment of the photo."""
    _, lan, _ = coded(world)
    path, first = own(lan), site.phone()
    early = touch(first, opened(first, path))
    photo = kept(world, early)
    world.later(hours=1)
    late = touch(first, opened(first, path))
    assert "giờ trên máy này không đúng" in send(first, {**photo, "seen": late})
    assert "giờ trên máy này không đúng" in send(first, {**photo, "key": "o" * 32}), "nor with the stamp of before"
    assert roll(world)[LAN][2]


def test_a_moment_without_a_stamp_or_ahead_of_ours_waits(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    stamp = opened(site.http, own(lan))
    assert "giờ trên máy này không đúng" in send(site.http, kept(world, stamp, later=3600))
    assert "giờ trên máy này không đúng" in send(site.http, kept(world, "", key="m" * 32))
    assert roll(world)[LAN][2]


def test_a_stamp_of_another_purpose_or_member_is_none(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    phone = site.phone()
    opened(phone, own(lan))
    token = passes.seal("member", Pass(1, lan.member_id, 1, world.now))
    for forged in (token, "x" * 54, opened(phone, own(lan))[:-1] + "!"):
        assert "chưa biết đồng chí là ai" in send(phone, kept(world, forged))
    assert not roll(world)


def test_the_moment_of_the_scan_is_ours_where_the_page_was_loaded(world: World, site: Site) -> None:
    """The QR is opened in time and the button pressed three minutes later: the page's stamp says when it was scanned,
    and nothing that the phone says about it matters."""
    _, lan, ba = coded(world)
    for person, pause in ((lan, 180), (ba, 0)):
        phone = site.phone()
        touch(phone, opened(phone, own(person)))
        shown = ticket(world)
        seen = opened(phone, f"/ci/{shown}")
        touch(phone, seen)
        world.later(seconds=pause)
        item = {"ticket": shown, "key": person.name[:1] * 20, "at": "1", "seen": seen}
        assert "Đã ghi" in send(phone, {**item, "key": f"{person.member_id:020d}"})
    assert {name: row[2] for name, row in roll(world).items()} == {LAN: False, BA: False}


def test_a_photo_opened_an_hour_later_waits_whatever_the_phone_says(world: World, site: Site) -> None:
    _, lan, ba = coded(world)
    photo, typed, then = ticket(world), code(world), str(int(world.now.timestamp() * 1000))
    lans, bas = site.phone(), site.phone()
    seen = touch(bas, opened(bas, own(ba)))
    world.later(hours=1)
    touch(lans, opened(lans, own(lan)))
    stamp = opened(lans, f"/ci/{photo}")
    item = {"ticket": photo, "key": "k" * 32, "at": then, "seen": stamp}
    assert "mã đã qua giờ" in send(lans, item), "scanned: our clock says when"
    seen = touch(bas, seen)
    digits = {"code": typed, "key": "m" * 32, "seen": seen}
    assert "giờ trên máy này không đúng" in send(bas, {**digits, "at": then}), "typed, with the moment of the photo"
    assert "mã đã qua giờ" in send(bas, {**digits, "key": "n" * 32}), "typed, with the true one"
    assert all(row[2] for row in roll(world).values())


def test_a_day_later_no_meeting_takes_anything(world: World, site: Site) -> None:
    """Also one that nobody opened and nobody ended."""
    an, lan, _ = party(world)
    an.presses("Mã điểm danh")
    stamp = opened(site.http, own(lan))
    world.later(hours=13)
    assert "đã kết thúc" in send(site.http, kept(world, stamp))
    assert not roll(world)


# --- guesses -----------------------------------------------------------------------------------------------------
def test_wrong_digits_on_the_page_are_counted_with_those_in_the_chat(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    path = own(lan)
    lan.says("hủy")
    lan.says(f"điểm danh {wrong(world, 0)}")
    for number in range(1, 3):
        assert "còn" in press(site, site.http, path, code=wrong(world, number))
    world.later(minutes=1)
    again = own(lan)
    for number in range(3, 5):
        said = press(site, site.http, again, code=wrong(world, number))
    assert "Đã nhập sai 5 lần" in said
    assert "Đã nhập sai 5 lần" in press(site, site.http, again, code=code(world))
    with world.database.reading() as session:
        assert session.get_one(CheckInGuess, lan.member_id).wrong == 5
        assert not session.exec(select(CheckIn)).all()
    assert "Đã ghi bác Lan" in press(site, site.http, f"/ci/{ticket(world)}"), "the camera guesses nothing"

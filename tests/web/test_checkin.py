"""The check-in pages over HTTP and in a real browser. The meeting is on 3/12/2026, 19:30; it is that moment."""

from __future__ import annotations

import os
import re
from pathlib import Path

import httpx2
import segno
from playwright.sync_api import Browser, Page
from sqlmodel import select

from bot.flows.room import codes
from storage.checkins import CheckIn
from tests.scenarios.test_room import code, coded, meeting, roll
from tests.web.site import Site
from tests.world import Person, World

LAN = "Trần Thị Lan"


def board(person: Person) -> str:
    return re.findall(r"http://127\.0\.0\.1:1(/c/\S+)", "\n".join(person.texts()))[-1]


def own(person: Person) -> str:
    """The path of a member's own page, which they ask for."""
    person.says("điểm danh")
    return str(re.findall(r"http://127\.0\.0\.1:1(/ci/me/\S+)", person.last)[-1])


def ticket(world: World, *, ago: int = 0) -> str:
    step = codes.step_of(world.now) - ago // codes.STEP
    return codes.ticket(meeting(world), step).text


def opened(phone: httpx2.Client, path: str) -> str:
    """Open a page with a phone; the stamp that the page carries."""
    found = re.search(r'data-seen="([^"]+)"', phone.get(path).text)
    assert found is not None
    return found[1]


def kept(world: World, seen: str, *, key: str = "k" * 32, later: int = 0) -> dict[str, str]:
    """What a phone keeps that scans the code of this moment without a network; its clock is so many seconds ahead."""
    at = int(world.now.timestamp() * 1000) + later * 1000
    return {"ticket": ticket(world), "key": key, "at": str(at), "seen": seen}


def shot(page: Page, name: str) -> None:
    """A picture to look at, when a folder for it is given."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def press(site: Site, http: object, path: str, **fields: str) -> str:
    """Open a page and press its button, without JavaScript."""
    page = http.get(path).text  # type: ignore[attr-defined]
    hidden = dict(re.findall(r'name="(ticket|key|seen)" value="([^"]*)"', page))
    return str(http.post("/ci/send", data={**hidden, **fields}).text)  # type: ignore[attr-defined]


# --- over HTTP, without JavaScript -------------------------------------------------------------------------------
def test_a_known_phone_scans_and_presses_once(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    assert "Xin chào bác Lan" in site.http.get(own(lan)).text
    path = f"/ci/{ticket(world)}"
    assert "Tôi có mặt" in site.http.get(path).text
    assert not roll(world), "opening a page records nothing: programs draw previews of links"
    assert "Đã ghi bác Lan có mặt lúc 19 giờ 30" in press(site, site.http, path)
    assert roll(world)[LAN] == ("present", "code", False)
    world.later(minutes=2)
    assert "đã ghi lúc 19 giờ 30 rồi" in press(site, site.http, f"/ci/{ticket(world)}")
    assert len(roll(world)) == 1


def test_a_stranger_is_told_how_and_learns_no_name(world: World, site: Site) -> None:
    coded(world)
    page = site.phone().get(f"/ci/{ticket(world)}").text
    assert "chưa biết đồng chí là ai" in page
    digits = code(world)
    assert f"điểm danh {digits[:3]} {digits[3:]}" in page
    for name in ("Lan", "Ba", "An Bình"):
        assert name not in page
    assert not roll(world)


def test_the_code_before_counts_and_an_older_one_waits(world: World, site: Site) -> None:
    _, lan, ba = coded(world)
    phones = {person: site.phone() for person in (lan, ba)}
    for person, phone in phones.items():
        phone.get(own(person))
    assert "Đã ghi" in press(site, phones[lan], f"/ci/{ticket(world, ago=30)}")
    assert "chờ chủ trì" in press(site, phones[ba], f"/ci/{ticket(world, ago=60)}")
    assert {name: row[2] for name, row in roll(world).items()} == {LAN: False, "Lê Văn Ba": True}


def test_an_hour_later_a_photo_of_the_code_waits(world: World, site: Site) -> None:
    _, lan, _ = coded(world)
    site.http.get(own(lan))
    path = f"/ci/{ticket(world)}"
    world.later(hours=1)
    assert "mã đã qua giờ" in press(site, site.http, path)
    assert roll(world)[LAN][2]


def test_forged_links_and_codes_get_a_kind_page(world: World, site: Site) -> None:
    an, lan, _ = coded(world)
    site.http.get(own(lan))
    real = ticket(world)
    left, step, mark = real.split("-")
    for forged in (
        f"{left}-{int(step) + 1}-{mark}", f"{left}-{step}-{'0' * 16}", f"99-{step}-{mark}", "x", "1-2", "²-1-a",
    ):  # fmt: skip
        answer = site.http.get(f"/ci/{forged}")
        assert answer.status_code == 400, forged
        assert "Mã không đúng" in answer.text
    for path in ("/c/abc", f"{board(an)}x", "/ci/me/abc", board(an).replace("/c/", "/ci/me/")):
        assert site.http.get(path).status_code == 404, path
    assert "Mã không đúng" in site.http.post("/ci/send", data={"key": "a" * 20, "ticket": real[:-1] + "x"}).text
    assert "Mã không đúng" in site.http.post("/ci/send", content=b"x" * 9000).text
    assert not roll(world)


def test_what_was_kept_counts_once_and_only_when_it_was_on_the_screen(world: World, site: Site) -> None:
    an, lan, ba = coded(world)
    lan_phone, ba_phone = site.phone(), site.phone()
    lans, bas = opened(lan_phone, own(lan)), opened(ba_phone, own(ba))
    mine, late, his = kept(world, lans), kept(world, bas, key="m" * 32, later=3600), kept(world, bas, key="n" * 32)
    world.later(hours=2)
    an.presses("Về bảng")
    an.presses("Kết thúc họp")
    world.later(hours=12)
    first = lan_phone.post("/ci/send", data=mine, headers={"Accept": "application/json"}).json()
    again = lan_phone.post("/ci/send", data=mine, headers={"Accept": "application/json"}).json()
    assert first["state"] == again["state"] == "done"
    assert roll(world)[LAN] == ("present", "code", False)
    with world.database.reading() as session:
        assert len(session.exec(select(CheckIn)).all()) == 1
    assert "mã đã qua giờ" in ba_phone.post("/ci/send", data=late).text
    assert roll(world)["Lê Văn Ba"][2]
    assert "Đã ghi" in ba_phone.post("/ci/send", data=his).text


def test_more_than_a_day_after_the_end_it_waits(world: World, site: Site) -> None:
    an, lan, _ = coded(world)
    waiting = kept(world, opened(site.http, own(lan)))
    world.later(minutes=10)
    an.presses("Về bảng")
    an.presses("Kết thúc họp")
    world.later(hours=25)
    assert "gửi lên quá muộn" in site.http.post("/ci/send", data=waiting).text
    assert roll(world)[LAN][2]


def test_one_phone_for_four_people(world: World, site: Site) -> None:
    an, lan, ba = coded(world)
    hoa = world.person("Phạm Thị Hoa")
    hoa.says("sinh hoạt")
    with world.database.transaction() as session:
        from storage import attendance

        attendance.invite(session, meeting(world).id or 0, attendance.whole_branch(world.branch.path))
    for person in (lan, ba, hoa):
        site.http.get(own(person))
        press(site, site.http, f"/ci/{ticket(world)}")
    an.says("hủy")
    site.http.get(_pass(world, an))
    assert "nhiều người" in press(site, site.http, f"/ci/{ticket(world)}")
    assert [row[2] for row in roll(world).values()].count(True) == 1


def _pass(world: World, person: Person) -> str:
    """A leader is shown the roll instead of a pass: made as the chat would."""
    from bot.flows.room import passes
    from storage.members import Account

    with world.database.reading() as session:
        account = session.exec(select(Account).where(Account.member_id == person.member_id)).one()
    wanted = passes.Pass(meeting(world).id or 0, person.member_id, account.channel_id, world.now)
    return f"/ci/me/{passes.seal('member', wanted)}"


def test_links_die_with_the_account_the_end_and_the_next_day(world: World, site: Site) -> None:
    an, lan, _ = coded(world)
    mine, shown = own(lan), board(an)
    assert site.http.get(shown).status_code == 200
    lan.says("hủy")
    lan.says("/thoat")
    lan.presses("Thoát")
    assert site.phone().get(mine).status_code == 404
    an.presses("Về bảng")
    an.presses("Kết thúc họp")
    assert site.http.get(shown).status_code == 410
    world.later(days=2)
    assert site.http.get(shown).status_code == 410


# --- in a browser ------------------------------------------------------------------------------------------------
def test_the_projector_draws_the_right_code_and_goes_on_without_a_network(
    world: World, site: Site, browser: Browser
) -> None:
    an, _, _ = coded(world)
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(site.url + board(an))
    page.wait_for_function("document.getElementById('code').textContent.length === 7")
    page.wait_for_function("document.querySelectorAll('#qr path').length === 2")
    shot(page, "board")
    page.set_viewport_size({"width": 360, "height": 740})
    shot(page, "board-360")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.getElementById('qr').getBoundingClientRect().width") > 300
    # Full ones: segno puts a byte of its own between the end mark and the padding, which readers skip.
    for length in (14, 26, 42, 62, 84, 106, 122, 152, 180):
        text = ("https://sotay.example.vn/ci/" + "0123456789abcdef" * 10)[:length]
        wanted = segno.make(text, error="m", mode="byte", boost_error=False, micro=False, mask=0)
        assert page.evaluate("sotayQr", text) == [list(row) for row in wanted.matrix], text
    context.set_offline(True)
    page.evaluate(
        """() => { const real = Date.now(); window.moved = 90000;
        const original = Date.now; Date.now = () => original() + window.moved; }"""
    )
    found = meeting(world)
    key = codes.key_of(found)
    page.wait_for_function(
        "(before) => document.getElementById('code').textContent.replace(' ', '') !== before", arg=code(world)
    )
    shown = page.text_content("#code").replace(" ", "")  # type: ignore[union-attr]
    step = codes.step_of(world.now)
    assert shown in {codes.digits(key, step + ahead) for ahead in (2, 3, 4)}
    context.close()


def test_a_phone_without_a_network_keeps_scans_and_each_member_counts_once(
    world: World, site: Site, browser: Browser
) -> None:
    """Lan's phone loses the network, scans two codes, is closed and opened, and sends both when the network is back."""
    _, lan, _ = coded(world)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    with page.expect_response("**/ci/touch"):
        page.goto(site.url + own(lan))
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    shot(page, "mine")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.set_offline(True)
    for ago in (0, 30):
        page.goto(f"{site.url}/ci/{ticket(world, ago=ago)}")
        page.click("button")
        page.wait_for_selector("#told:not([hidden])")
        assert "Đã giữ trong máy" in page.inner_text("#told")
    shot(page, "kept")
    assert not roll(world)
    page.reload()
    context.set_offline(False)
    with page.expect_response("**/ci/touch"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("#told.yes")
    assert "bác Lan" in page.inner_text("#told")
    shot(page, "done")
    page.reload()
    assert roll(world)[LAN] == ("present", "code", False)
    with world.database.reading() as session:
        assert [row.state for row in session.exec(select(CheckIn))] == ["counted", "repeated"]
    context.close()


def test_digits_are_typed_on_the_page(world: World, site: Site, browser: Browser) -> None:
    _, lan, _ = coded(world)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(site.url + own(lan))
    page.fill("#digits", "12")
    page.click("button")
    assert "đủ 6 số" in page.inner_text("#told")
    page.fill("#digits", code(world))
    page.click("button")
    page.wait_for_selector("#told.yes")
    assert roll(world)[LAN] == ("present", "code", False)
    stranger = browser.new_context(viewport={"width": 360, "height": 740})
    page = stranger.new_page()
    page.goto(f"{site.url}/ci/{ticket(world)}")
    shot(page, "stranger")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    stranger.close()
    context.close()

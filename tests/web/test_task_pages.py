"""Tasks behind links: the picture of a report as Zalo fetches it, a member's own page over HTTP and in a browser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser
from sqlmodel import select

from storage.members import Member, Role, RoleKind, Status
from tests.web.site import Site
from tests.world import Person, World

LINE = "giao việc cho bác Lan: dọn nhà văn hóa, hạn thứ Sáu"


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    """Pages whose links can be followed."""
    site = Site(world, real_links=True)
    yield site
    site.close()


def photo(colour: str = "green") -> bytes:
    """A photo that tells where and with what it was taken."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "May anh cua bac Lan"
    Image.new("RGB", (60, 40), colour).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def reported(world: World) -> tuple[Person, Person]:
    """A secretary and a member on Zalo, a task of hers and her report with a photo."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", platform="zalo", title="bác")
    an.says(LINE)
    an.presses("Giao việc")
    lan.presses("Nhận việc")
    lan.sends(photo(), "anh.jpg", mime="image/jpeg", shown="photo", text="việc số 1 đã xong")
    return an, lan


def link(site: Site, person: Person, ending: str = "") -> str:
    """The path of the newest link in somebody's chat."""
    found = re.findall(rf"{site.url}(/nv/[\w-]+{ending})(?!\S)", "\n".join(person.texts()))
    assert found, person.last
    return str(found[-1])


def test_the_giver_on_zalo_sees_the_photo_of_a_report(world: World, site: Site) -> None:
    an, _ = reported(world)
    an.presses("Xem ảnh")
    shown = an.chat()[-1]
    assert "Ảnh báo cáo việc số 1." in shown["text"]
    assert shown["file"]["kind"] == "photo"
    got = site.phone().get(world.sandbox.url + shown["file"]["url"]).content
    picture = Image.open(io.BytesIO(got))
    assert picture.size == (60, 40)
    assert b"bac Lan" not in got  # the camera's data stay here
    an.presses("Xác nhận xong")
    assert "Đã xác nhận xong việc số 1" in an.last


def test_a_photo_that_zalo_cannot_fetch_becomes_a_link_that_opens_while_the_giver_may_see_it(
    world: World, site: Site
) -> None:
    an, lan = reported(world)
    fault = {"platform": "zalo", "method": "sendPhoto", "kind": "status", "status": 400, "times": 1}
    world.control("POST", "faults", {**fault, "description": "Bad request: Cannot download the file"})
    an.presses("Xem ảnh")
    path = link(site, an, r"\.jpg")
    answer = site.http.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert "no-store" in answer.headers["cache-control"]
    with world.database.transaction() as session:
        for role in session.exec(select(Role)).all():
            role.kind = RoleKind.VOLUNTEER
    assert site.http.get(path).status_code == 404  # who gave it leads nothing any more
    with world.database.transaction() as session:
        for role in session.exec(select(Role)):
            role.kind = RoleKind.SECRETARY
    assert site.http.get(path).status_code == 200
    assert site.http.get(path.replace(".jpg", "")).status_code == 404
    assert site.http.get(path[:-6] + "AA.jpg").status_code == 404
    world.control("POST", "clock", {"advance": 3700})
    assert site.http.get(path).status_code == 410
    assert lan.member_id


def test_nobody_else_gets_the_photo(world: World, site: Site) -> None:
    an, _ = reported(world)
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    binh = world.person("Bùi Văn Bình", roles=[RoleKind.SECRETARY], platform="zalo", branch=other)
    an.presses("Xem ảnh")
    binh.says("việc số 1")
    assert "Không thấy việc số 1" in binh.last
    with world.database.transaction() as session:
        member = session.get(Member, an.member_id)
        assert member is not None
        member.status = Status.LEFT
    calls = world.http.get("/control/calls", params={"method": "sendPhoto"}).json()["calls"]
    assert site.http.get(calls[-1]["params"]["photo"]).status_code == 404


def test_the_own_page_shows_every_task_with_what_happened(world: World, site: Site) -> None:
    an, lan = reported(world)
    an.says("giao việc cho bác Lan: sửa cổng <b>làng</b>, hạn 10/12")
    an.presses("Giao việc")
    lan.says("việc số 2 được 70%")
    lan.says("nhiệm vụ")
    lan.presses("Mở trang việc của tôi")
    page = site.http.get(link(site, lan)).text
    assert "Nhiệm vụ của đồng chí Trần Thị Lan" in page
    assert "Việc số 2: Sửa cổng &lt;b&gt;làng&lt;/b&gt;" in page
    assert "25/11: đồng chí báo xong 70%" in page
    assert "Hạn: thứ Sáu, ngày 27/11/2026" in page
    assert "Người giao: đồng chí Nguyễn Văn An" in page
    found = re.search(r'<img src="([^"]+)"', page)
    assert found
    assert site.http.get(f"/nv/{found[1]}").headers["content-type"] == "image/jpeg"
    lan.says("hủy các liên kết cũ")
    lan.presses("Hủy các liên kết cũ")
    assert site.http.get(link(site, lan)).status_code == 404


def test_what_another_doer_said_is_not_on_the_page(world: World, site: Site) -> None:
    an, lan = reported(world)
    binh = world.person("Bùi Văn Bình", platform="zalo")
    an.says("việc số 1")
    an.presses("Chưa xong")
    lan.says("không nhận được việc số 1 vì mổ mắt")
    an.presses("Chuyển người khác")
    an.says("Bình")
    binh.says("trang nhiệm vụ")
    page = site.http.get(link(site, binh)).text
    assert "Dọn nhà văn hóa" in page
    assert "mổ mắt" not in page
    assert "<img" not in page
    assert "25/11: đồng chí" not in page


def test_in_a_browser_360_pixels_wide(world: World, site: Site, browser: Browser) -> None:
    _, lan = reported(world)
    lan.says("trang nhiệm vụ")
    path = link(site, lan)
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + path)
    assert "Dọn nhà văn hóa" in page.inner_text("article")
    assert page.evaluate("document.querySelector('img').naturalWidth") == 60
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()

"""The reader page, over HTTP from the link in a person's chat; and once in a real browser at 360 pixels."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser
from sqlmodel import select

from bot.links import Links
from bot.web.server import build_web
from storage import documents
from storage.crypto import vault
from storage.documents import Document, Reading
from storage.members import Member, RoleKind, Status
from tests.documents.papers import RESOLUTION, pdf, photo, word
from tests.world import Person, World

PHONE = "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/92.0 Mobile Safari/537.36"


class Site:
    """The web part on a free port, and a phone's browser without JavaScript."""

    def __init__(self, world: World) -> None:
        self.world = world
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.server = uvicorn.Server(
            uvicorn.Config(build_web(world.app.web_parts()), log_level="error", lifespan="off")
        )
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]})
        self.thread.start()
        self.http = httpx2.Client(base_url=self.url, headers={"user-agent": PHONE}, follow_redirects=True, timeout=30)

    def path(self, person: Person) -> str:
        """The path of the newest link in somebody's chat."""
        links = re.findall(r"http://127\.0\.0\.1:1(/d/\S+)", "\n".join(person.texts()))
        assert links, person.last
        return str(links[-1])

    def close(self) -> None:
        self.http.close()
        self.server.should_exit = True
        self.thread.join()


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    site = Site(world)
    yield site
    site.close()


def _publish(world: World, content: bytes, name: str, **shown: str) -> Person:
    """A paper from a secretary on Telegram, to a member on Zalo (who is returned)."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", platform="zalo")
    an.sends(content, name, text="/vanban", **shown)
    if "bí mật nhà nước?" in an.last:
        an.presses("Xác nhận")
    an.says("21-NQ/TW ngày 16/6/2022")
    an.says("Về xây dựng <b>tổ chức</b> cơ sở đảng")
    an.presses("Gửi")
    return lan


def _reading(world: World, person: Person) -> Reading:
    with world.database.reading() as session:
        return session.exec(select(Reading).where(Reading.member_id == person.member_id)).one()


def test_a_pdf_is_shown_as_pictures_and_acknowledged_by_the_button_alone(world: World, site: Site) -> None:
    lan = _publish(world, pdf(RESOLUTION, "Trang hai"), "nq.pdf")
    path = site.path(lan)
    page = site.http.get(path)
    assert page.status_code == 200
    assert "21-NQ/TW" in page.text
    assert "16/06/2022" in page.text
    assert "&lt;b&gt;tổ chức" in page.text
    assert lan.name not in page.text
    pictures = re.findall(r'src="([^"]+\.webp)"', page.text)
    assert len(pictures) == 2
    picture = site.http.get(f"/d/{pictures[1]}")
    assert picture.headers["content-type"] == "image/webp"
    assert picture.content[8:12] == b"WEBP"
    row = _reading(world, lan)
    assert row.opened_at is not None
    assert row.acknowledged_at is None
    before = len(lan.texts())
    answer = site.http.post(f"{path}/read")
    assert "Đã ghi nhận đồng chí đã đọc" in answer.text
    assert '/read"' not in answer.text
    assert _reading(world, lan).how == "page"
    site.http.post(f"{path}/read")
    world.pump()
    assert len(lan.texts()) == before


@pytest.mark.parametrize(
    ("agent", "method"), [("facebookexternalhit/1.1", "GET"), ("TelegramBot (like TwitterBot)", "GET"), (PHONE, "HEAD")]
)
def test_a_link_preview_is_nobodys_opening(world: World, site: Site, agent: str, method: str) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    answer = site.http.request(method, site.path(lan), headers={"user-agent": agent})
    assert answer.status_code == 200
    assert _reading(world, lan).opened_at is None
    assert _reading(world, lan).acknowledged_at is None
    assert site.http.get(f"{site.path(lan)}/read").status_code == 405


def test_word_photos_and_text_are_shown(world: World, site: Site) -> None:
    lan = _publish(world, word(RESOLUTION), "nq.docx")
    page = site.http.get(site.path(lan)).text
    assert "<p>Căn cứ Điều lệ Đảng</p>" in page
    an = next(person for person in world.people.values() if person.name == "Nguyễn Văn An")
    an.sends(photo(), "", mime="image/jpeg", shown="photo", text="/vanban")
    an.presses("Xác nhận")
    an.says("5-TB/CB")
    an.says("Thông báo lịch họp")
    an.presses("Gửi")
    shown = site.http.get(site.path(lan)).text
    picture = re.findall(r'src="([^"]+\.webp)"', shown)[0]
    assert site.http.get(f"/d/{picture}").content[8:12] == b"WEBP"
    an.says("/vanban Kính gửi các đồng chí\n<script>alert(1)</script>\n" + "Nội dung dài. " * 80)
    an.says("6-TB/CB")
    an.says("Thông báo dài")
    an.presses("Gửi")
    shown = site.http.get(site.path(lan)).text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown


def test_the_original_can_be_taken_home(world: World, site: Site) -> None:
    content = pdf(RESOLUTION)
    lan = _publish(world, content, "nghị quyết.pdf")
    answer = site.http.get(f"{site.path(lan)}/file/0")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''ngh%E1%BB%8B")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert site.http.get(f"{site.path(lan)}/file/1").status_code == 404


def test_a_question_from_the_page_reaches_the_secretary(world: World, site: Site) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    short = site.http.post(f"{path}/ask", data={"text": "?"})
    assert short.status_code == 400
    assert "hơi ngắn" in short.text
    assert 'href="../../static/reader.css"' in short.text
    answer = site.http.post(f"{path}/ask", data={"text": "Điều 3 áp dụng từ ngày nào?"})
    assert "Đã chuyển câu hỏi số 1" in answer.text
    world.pump()
    an = next(person for person in world.people.values() if person.name == "Nguyễn Văn An")
    assert "Điều 3 áp dụng từ ngày nào?" in an.last
    assert "Về văn bản: 21-NQ/TW" in an.last
    assert site.http.post(f"{path}/ask", data={"text": "x" * 50_000}).status_code == 400


def test_links_that_do_not_open_say_why(world: World, site: Site) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    for forged in (path[:-2] + "xx", "/d/abc", f"{path}x/p/0.webp", f"{path}/p/99.webp"):
        answer = site.http.get(forged)
        assert answer.status_code == 404
        assert "không mở được" in answer.text
        assert "21-NQ" not in answer.text
    with world.database.transaction() as session:
        session.exec(select(Document)).one().state = "withdrawn"
    assert site.http.get(path).status_code == 410
    assert "đã được thu hồi" in site.http.post(f"{path}/read").text
    assert site.http.get(f"{path}/p/0.webp").status_code == 410
    assert _reading(world, lan).acknowledged_at is None


def test_an_old_link_and_a_link_of_somebody_who_left(world: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    with world.database.transaction() as session:
        session.get_one(Member, lan.member_id).status = Status.LEFT
    assert site.http.get(path).status_code == 404
    monkeypatch.setattr(world.app.links, "_seconds", -1)
    assert site.http.get(path).status_code == 410
    assert "quá hạn" in site.http.get(path).text


def test_a_link_shows_only_what_is_for_its_member(world: World, site: Site) -> None:
    _publish(world, pdf(RESOLUTION), "nq.pdf")
    other = world.person("Lê Văn Hùng", branch=world.add_branch("Chi bộ thôn 5", "AB-05"))
    with world.database.reading() as session:
        document_id = session.exec(select(Document.id)).one() or 0
    link = Links(vault().signing_key, "http://127.0.0.1:1", days=30).paper(document_id, other.member_id)
    assert site.http.get(link.removeprefix("http://127.0.0.1:1")).status_code == 404


def test_every_answer_carries_the_headers(world: World, site: Site) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    for answer in (site.http.get(path), site.http.get("/d/abc"), site.http.get(f"{path}/p/0.webp")):
        assert "frame-ancestors 'self' http://127.0.0.1:*" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "private" in answer.headers["cache-control"]
    assert site.http.get("/static/reader.css").status_code == 200


def test_who_came_after_the_sending_is_counted_as_well(world: World, site: Site) -> None:
    _publish(world, pdf(RESOLUTION), "nq.pdf")
    mai = world.person("Phạm Thị Mai", platform="zalo")
    mai.says("văn bản mới")
    mai.says("1")
    site.http.post(f"{site.path(mai)}/read")
    assert _reading(world, mai).how == "page"
    with world.database.reading() as session:
        assert not documents.unread(session, mai.member_id)
    assert _reading(world, mai).acknowledged_at is not None
    assert world.now - (_reading(world, mai).acknowledged_at or world.now) < timedelta(hours=1)


def test_in_a_browser_360_pixels_wide(world: World, site: Site, browser: Browser) -> None:
    lan = _publish(world, pdf(RESOLUTION), "nq.pdf")
    page = browser.new_page(viewport={"width": 360, "height": 640})
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(site.url + site.path(lan))
    width = page.locator("img").first.evaluate("async image => (await image.decode(), image.naturalWidth)")
    assert width == 1000
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_text("A+", exact=True).click()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontSize") == "25px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    button = page.get_by_role("button", name="Đã đọc xong")
    assert (button.bounding_box() or {})["height"] >= 48
    button.click()
    page.get_by_text("Đã ghi nhận đồng chí đã đọc").wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).fontSize") == "25px"
    page.close()
    assert problems == []
    assert _reading(world, lan).how == "page"

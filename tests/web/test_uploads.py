"""The upload page, over HTTP from the link in a secretary's Zalo chat; and once in a real browser at 360 pixels."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser
from sqlmodel import select

from storage.documents import Document
from storage.files import StoredFile
from storage.members import Account, Member, Role, RoleKind, Status
from storage.uploads import Upload
from tests.documents import corpus
from tests.documents.papers import RESOLUTION, pdf, photo, word
from tests.web.site import Site
from tests.world import Person, World

Sent = list[tuple[str, tuple[str, bytes]]]


def _asked(world: World) -> Person:
    """A secretary on Zalo whom the bot has just asked for a paper."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    an.says("/vanban")
    return an


def _path(person: Person) -> str:
    found = re.findall(r"http://127\.0\.0\.1:1(/u/\S+)", "\n".join(person.texts()))
    assert found, person.last
    return str(found[-1])


def _files(*sent: tuple[str, bytes]) -> Sent:
    return [("file", each) for each in sent]


def _send(site: Site, path: str, *sent: tuple[str, bytes]) -> httpx2.Response:
    return site.http.post(path, files=_files(*sent))


def _rows(world: World) -> list[StoredFile]:
    with world.database.reading() as session:
        return list(session.exec(select(StoredFile)))


def _on_disk(world: World) -> list[Path]:
    return [path for path in (world.settings.data_dir / "files").rglob("*") if path.is_file()]


def test_a_file_goes_from_the_page_into_the_chat_and_is_published(world: World, site: Site) -> None:
    an = _asked(world)
    lan = world.person("Trần Thị Lan", platform="zalo")
    path = _path(an)
    assert an.name not in site.http.get(path).text
    page = _send(site, path, ("nq.bin", pdf(RESOLUTION)))
    assert "Đã nhận: nq.pdf" in page.text
    world.pump()
    assert "Xin gửi ảnh chụp" in an.last
    assert "Đã gửi xong" in site.http.post(f"{path}/done").text
    world.pump()
    assert an.sees("Đã nhận 1 tệp")
    assert "21-NQ/TW" in an.last
    an.presses("Gửi")
    assert "MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW" in lan.last
    for answer in (site.http.get(path), site.http.post(f"{path}/done"), _send(site, path, ("b.pdf", pdf("x")))):
        assert answer.status_code == 410
        assert "đã dùng xong" in answer.text


def test_several_photos_and_files_one_sending_after_the_other(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    page = _send(site, path, ("", b""), ("IMG_1.jpg", photo(200)), ("IMG_2.jpg", photo(90)))
    assert page.text.count("Đã nhận một trang ảnh") == 2
    page = _send(site, path, ("phu luc.docx", word(RESOLUTION)))
    assert "hiện có 3 tệp" in page.text
    site.http.post(f"{path}/done")
    world.pump()
    assert an.sees("Đã nhận 3 tệp")
    assert "KHÔNG thuộc bí mật nhà nước" in an.last


def test_done_may_be_said_in_the_chat(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    an.presses("Đã gửi tệp xong")
    assert "Chưa có tệp nào" in an.last
    assert "Chưa có tệp nào" in site.http.post(f"{path}/done").text
    _send(site, path, ("nq.pdf", pdf(RESOLUTION)))
    an.presses("Đã gửi tệp xong")
    assert "21-NQ/TW" in an.last
    assert "đã hết hạn" in site.http.get(path).text


@pytest.mark.parametrize(
    "name", ["macro.docm", "password.pdf", "iphone.heic", "empty.pdf", "zip behind.jpg", "old.doc"]
)
def test_a_file_that_is_not_taken_says_why_and_the_others_stay(world: World, site: Site, name: str) -> None:
    path = _path(_asked(world))
    page = _send(site, path, ("nq.pdf", pdf(RESOLUTION)), (name, corpus.made(name)), ("b.docx", word(RESOLUTION)))
    assert f"Không nhận {name}" in page.text
    assert re.search(r'class="no"><p><b>.*</b></p><p>[^<]{20,}', page.text)
    assert "hiện có 2 tệp" in page.text
    assert len(_rows(world)) == 2


def test_a_file_past_the_limit_is_not_kept_and_the_next_one_is(world: World, site: Site) -> None:
    world.settings.file_megabytes = 1
    path = _path(_asked(world))
    page = _send(site, path, ("phim.pdf", pdf(RESOLUTION) + bytes(1024 * 1024)), ("nq.pdf", pdf(RESOLUTION)))
    assert "Tệp phim.pdf lớn quá 1 MB" in page.text
    assert "Đã nhận: nq.pdf" in page.text
    page = _send(site, path, *[(f"{n}.pdf", bytes(1024 * 1024)) for n in range(6)])
    assert "Lần gửi này quá nhiều" in page.text
    page = _send(site, path, *[(f"{n}.jpg", photo(n)) for n in range(11)])
    assert "Lần gửi này quá nhiều" in page.text
    assert len(_rows(world)) == 1


def test_nothing_chosen_and_broken_sendings_are_told(world: World, site: Site) -> None:
    path = _path(_asked(world))
    assert "Chưa chọn tệp nào" in _send(site, path, ("", b"")).text
    assert "Chưa chọn tệp nào" in site.http.post(path, data={"file": "x"}).text
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert "bị ngắt" in site.http.post(path, content=b"--y\r\nno form", headers=kind).text
    assert not _rows(world)


def test_a_secret_paper_ends_draft_and_link_and_leaves_nothing(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    _send(site, path, ("trang 1.jpg", photo()))
    page = _send(site, path, ("bao cao.pdf", pdf("TỐI MẬT\n" + RESOLUTION)), ("b.pdf", pdf(RESOLUTION)))
    assert "Không nhận văn bản này" in page.text
    assert (_rows(world), _on_disk(world)) == ([], [])
    world.pump()
    assert "có dấu hiệu thuộc bí mật nhà nước" in an.last
    assert _send(site, path, ("b.pdf", pdf(RESOLUTION))).status_code == 410
    an.says("tiếp")
    assert "21-NQ" not in an.last


def test_a_link_is_over_after_half_an_hour_and_another_one_replaces_it(world: World, site: Site) -> None:
    an = _asked(world)
    first = _path(an)
    an.says("tiếp")
    assert _path(an) == first
    world.later(minutes=16)
    an.says("tiếp")
    second = _path(an)
    assert second != first
    assert site.http.get(first).status_code == 410
    assert site.http.get(second).status_code == 200
    world.later(minutes=31)
    assert "nhắn TIẾP" in site.http.get(second).text
    assert _send(site, second, ("nq.pdf", pdf(RESOLUTION))).status_code == 410
    assert not _rows(world)


def test_a_link_belongs_to_its_draft(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    an.says("/moihop")
    assert "đang dở việc khác" in site.http.get(path).text
    an.says("hủy")
    assert site.http.get(path).status_code == 200
    an.says("hủy")
    assert site.http.get(path).status_code == 410
    an.says("/vanban")
    assert _path(an) != path
    assert _send(site, path, ("nq.pdf", pdf(RESOLUTION))).status_code == 410


def test_forged_links_and_people_who_may_not_any_more(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    for forged in ("/u/abc", path[:-3] + "xxx", "/u/" + path.removeprefix("/u/").swapcase()):
        answer = site.http.get(forged)
        assert answer.status_code == 404
        assert "không mở được" in answer.text
    with world.database.transaction() as session:
        role = session.exec(select(Role).where(Role.member_id == an.member_id)).one()
        session.delete(role)
    assert site.http.get(path).status_code == 400
    assert _send(site, path, ("nq.pdf", pdf(RESOLUTION))).status_code == 400
    with world.database.transaction() as session:
        session.get_one(Member, an.member_id).status = Status.LEFT
    assert site.http.get(path).status_code == 404
    assert not _rows(world)


def test_a_link_is_of_no_use_once_the_account_is_somebody_elses(world: World, site: Site) -> None:
    path = _path(_asked(world))
    lan = world.person("Trần Thị Lan", roles=[RoleKind.DEPUTY])
    with world.database.transaction() as session:
        account = session.exec(select(Account).where(Account.member_id != lan.member_id)).one()
        account.member_id = lan.member_id
    assert site.http.get(path).status_code == 404


def test_without_a_public_address_no_link_is_offered(world: World) -> None:
    world.settings.public_url = ""
    an = _asked(world)
    assert "/u/" not in an.last
    assert "chưa nhận được tệp" in an.last


def test_on_telegram_files_come_in_the_chat(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    an.says("/vanban")
    assert "/u/" not in an.last


def test_a_file_that_zalo_hides_is_answered_with_the_link(world: World, site: Site) -> None:
    an = _asked(world)
    an.sends(pdf(RESOLUTION), "nq.pdf")
    assert "Xin mở đường dẫn này" in an.last
    assert site.http.get(_path(an)).status_code == 200


def test_what_is_said_in_the_chat_meanwhile_is_not_lost(world: World, site: Site) -> None:
    an = _asked(world)
    path = _path(an)
    an.says("Kính gửi các đồng chí: họp chi bộ lúc 19 giờ 30 ngày 03/12/2026 tại nhà văn hóa thôn 3.")
    _send(site, path, ("phu luc.pdf", pdf("Phụ lục"))).raise_for_status()
    site.http.post(f"{path}/done")
    world.pump()
    assert an.sees("Đã nhận 2 tệp")
    an.presses("Không có số")
    an.says("Thông báo lịch họp tháng 12")
    an.presses("Gửi")
    with world.database.reading() as session:
        document = session.exec(select(Document)).one()
        assert "19 giờ 30" in document.body
        assert not [row for row in session.exec(select(Upload)) if row.is_live(world.now + timedelta(0))]


def test_every_answer_carries_the_headers(world: World, site: Site) -> None:
    path = _path(_asked(world))
    for answer in (site.http.get(path), site.http.get("/u/abc"), _send(site, path, ("a.pdf", b""))):
        assert "frame-ancestors 'self' http://127.0.0.1:*" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "no-store" in answer.headers["cache-control"]
    for each in re.findall(r'(?:src|href)="([^"]+)"', site.http.get(path).text):
        assert site.http.get("/u/" + each).status_code == 200


@pytest.mark.parametrize("scripts", [True, False])
def test_in_a_browser_360_pixels_wide(
    world: World, site: Site, browser: Browser, tmp_path: Path, *, scripts: bool
) -> None:
    an = _asked(world)
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=scripts)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(site.url + _path(an))
    for label in ("Chọn tệp", "Chụp ảnh"):
        assert (page.get_by_label(label).bounding_box() or {})["height"] >= 56
    paper, bad = tmp_path / "nq.pdf", tmp_path / "x.docx"
    paper.write_bytes(pdf(RESOLUTION))
    bad.write_bytes(corpus.made("macro.docm"))
    page.get_by_label("Chọn tệp").set_input_files([paper, bad])
    page.get_by_label("Chụp ảnh").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_role("button", name="Gửi lên").click()
    page.get_by_text("Đã nhận: nq.pdf").wait_for()
    page.get_by_text("Đã nhận một trang ảnh").wait_for()
    page.get_by_text("lệnh tự chạy").wait_for()
    box = page.get_by_role("main").bounding_box() or {}
    assert box["x"] + box["width"] <= 360
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert urlsplit(page.url).path == _path(an)
    page.get_by_role("button", name="Xong").click()
    page.get_by_text("Đã gửi xong").wait_for()
    context.close()
    world.pump()
    assert an.sees("Đã nhận 2 tệp")
    assert problems == []

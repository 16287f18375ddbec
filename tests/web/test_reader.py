"""The reader page, over HTTP from the link in a person's chat."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from storage import documents
from storage.consents import Purpose
from tests.documents.papers import RESOLUTION, pdf, photo, word
from tests.web.site import PHONE, Site, agree, publish, reading, secretary
from tests.world import World


def test_a_pdf_is_shown_as_pictures_and_acknowledged_by_the_button_alone(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION, "Trang hai"), "nq.pdf")
    agree(world, lan, Purpose.READING)
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
    row = reading(world, lan)
    assert row.opened_at is not None
    assert row.acknowledged_at is None
    before = len(lan.texts())
    answer = site.http.post(f"{path}/read")
    assert "Đã ghi nhận đồng chí đã đọc" in answer.text
    assert '/read"' not in answer.text
    assert reading(world, lan).how == "page"
    site.http.post(f"{path}/read")
    world.pump()
    assert len(lan.texts()) == before


@pytest.mark.parametrize(
    ("agent", "method"), [("facebookexternalhit/1.1", "GET"), ("TelegramBot (like TwitterBot)", "GET"), (PHONE, "HEAD")]
)
def test_a_link_preview_is_nobodys_opening(world: World, site: Site, agent: str, method: str) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    agree(world, lan, Purpose.READING)
    answer = site.http.request(method, site.path(lan), headers={"user-agent": agent})
    assert answer.status_code == 200
    assert reading(world, lan).opened_at is None
    assert reading(world, lan).acknowledged_at is None
    assert site.http.get(f"{site.path(lan)}/read").status_code == 405


def test_word_photos_and_text_are_shown(world: World, site: Site) -> None:
    lan = publish(world, word(RESOLUTION), "nq.docx")
    page = site.http.get(site.path(lan)).text
    assert "<p>Căn cứ Điều lệ Đảng</p>" in page
    an = secretary(world)
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
    lan = publish(world, content, "nghị quyết.pdf")
    answer = site.http.get(f"{site.path(lan)}/file/0")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''ngh%E1%BB%8B")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert site.http.get(f"{site.path(lan)}/file/1").status_code == 404


def test_a_question_from_the_page_reaches_the_secretary(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    short = site.http.post(f"{path}/ask", data={"text": "?"})
    assert short.status_code == 400
    assert "hơi ngắn" in short.text
    script = re.findall(r'src="[./]+(/s/reader-[0-9a-f]{8}[.]js)"', short.text)
    assert site.http.get(script[0]).headers["cache-control"].endswith("immutable")
    answer = site.http.post(f"{path}/ask", data={"text": "Điều 3 áp dụng từ ngày nào?"})
    assert "Đã chuyển câu hỏi số 1" in answer.text
    world.pump()
    an = secretary(world)
    assert "Điều 3 áp dụng từ ngày nào?" in an.last
    assert "Về văn bản: 21-NQ/TW" in an.last
    assert site.http.post(f"{path}/ask", data={"text": "x" * 50_000}).status_code == 400


def test_every_answer_carries_the_headers(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    for answer in (site.http.get(path), site.http.get("/d/abc"), site.http.get(f"{path}/p/0.webp")):
        assert "frame-ancestors 'self' http://127.0.0.1:*" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
        assert "private" in answer.headers["cache-control"]
    assert site.http.get("/static/reader.css").status_code == 200
    assert "unsafe" not in site.http.get(path).headers["content-security-policy"]


def test_who_came_after_the_sending_is_counted_as_well(world: World, site: Site) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    mai = world.person("Phạm Thị Mai", platform="zalo")
    mai.says("văn bản mới")
    mai.says("1")
    site.http.post(f"{site.path(mai)}/read")
    assert reading(world, mai).how == "page"
    with world.database.reading() as session:
        assert not documents.unread(session, mai.member_id)
    assert reading(world, mai).acknowledged_at is not None
    assert world.now - (reading(world, mai).acknowledged_at or world.now) < timedelta(hours=1)

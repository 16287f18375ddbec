"""Links to papers: what they tell, when they die, and for whom they speak."""

from __future__ import annotations

import base64
import logging
import re
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.errors import BadInput
from bot.links import Links
from storage import reading_links
from storage.channels import Channel, ChannelState
from storage.crypto import vault
from storage.documents import Document
from storage.members import Account, Member, RoleKind, Status
from storage.reading_links import LinkBrowser
from tests.documents.papers import RESOLUTION, pdf
from tests.web.site import Site, change, publish, reading, secretary
from tests.world import World

TOO_OLD = "không còn dùng được"
NOT_OPEN = "không mở được"


def test_an_address_is_short_and_tells_nothing(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    token = site.path(lan).removeprefix("/d/")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    sealed = base64.urlsafe_b64decode(token + "=")
    for number in (lan.member_id, 1):
        assert number.to_bytes(4, "big") not in sealed
    links = Links("another key", "http://127.0.0.1:1", days=30)
    with pytest.raises(BadInput):
        links.read_paper(token)


def test_links_that_do_not_open_say_what_to_do_and_nothing_else(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    twin = path[:-1] + chr(ord(path[-1]) + 1)  # the last character has two bits to spare
    unknown = world.app.links.paper(999_999, lan.member_id).removeprefix("http://127.0.0.1:1")
    answers = [
        site.http.get(forged)
        for forged in (path[:-2] + "xx", "/d/abc", twin, f"/d/{'A' * 5000}", unknown, f"{path}x/p/0.webp")
    ]
    assert {answer.status_code for answer in answers} == {404}
    pages = {re.sub(r'(href)="[./]+/', r'\1="', answer.text) for answer in answers}
    assert len(pages) == 1, "what is wrong with a link shows from outside"
    assert NOT_OPEN in pages.pop()
    assert site.http.get(f"{path}/p/99.webp").status_code == 404
    assert site.http.get(f"{path}/p/0-77.webp").status_code == 404


def test_a_withdrawn_paper_takes_nothing_any_more(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    change(world, state="withdrawn")
    assert site.http.get(path).status_code == 410
    assert "đã được thu hồi" in site.http.post(f"{path}/read").text
    for behind in ("p/0.webp", "file/0", "dot.svg"):
        assert site.http.get(f"{path}/{behind}").status_code == 410
    assert reading(world, lan).acknowledged_at is None
    change(world, state="draft")
    assert site.http.get(path).status_code == 404


def test_links_die_of_age(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    world.control("POST", "clock", {"advance": timedelta(days=29).total_seconds()})
    assert site.http.get(path).status_code == 200
    world.control("POST", "clock", {"advance": timedelta(days=2).total_seconds()})
    assert site.http.get(path).status_code == 410
    assert TOO_OLD in site.http.get(path).text


def test_links_die_with_their_account(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    assert site.http.get(path).status_code == 200
    lan.says("thoát")
    lan.presses("Thoát")
    answer = site.http.get(path)
    assert answer.status_code == 410
    assert TOO_OLD in answer.text
    assert "21-NQ" not in answer.text
    assert site.http.get(f"{path}/p/0.webp").status_code == 410
    lan.link()  # logged in again: the old address stays dead, a new one opens
    assert site.http.get(path).status_code == 410
    lan.says("văn bản mới")
    lan.says("1")
    assert site.path(lan) != path
    assert site.http.get(site.path(lan)).status_code == 200


def test_a_link_of_one_account_dies_though_another_lives(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    with world.database.transaction() as session:
        telegram = session.exec(select(Channel).where(Channel.platform == "telegram")).one()
        zalo = session.exec(select(Channel).where(Channel.platform == "zalo")).one()
        moment = world.now - timedelta(days=1)
        session.add(
            Account(
                member_id=lan.member_id, channel_id=telegram.id or 0, user_id="77", chat_id="77", linked_at=moment,
                last_seen_at=moment,
            )
        )  # fmt: skip
        session.exec(select(Account).where(Account.channel_id == zalo.id)).one().unlinked_at = world.now
    assert site.http.get(site.path(lan)).status_code == 410
    with world.database.transaction() as session:  # its channel is gone: messages moved to the other one
        session.get_one(Channel, zalo.id).state = ChannelState.REMOVED
    assert site.http.get(site.path(lan)).status_code == 200


def test_a_link_of_somebody_who_has_left(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    with world.database.transaction() as session:
        session.get_one(Member, lan.member_id).status = Status.LEFT
    assert site.http.get(site.path(lan)).status_code == 404


def test_all_old_links_can_be_cut_off(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    lan.says("Hủy các liên kết cũ")
    lan.presses("Giữ nguyên")
    assert site.http.get(path).status_code == 200
    lan.says("huy lien ket cu")
    lan.presses("Hủy các liên kết cũ")
    assert "Đã hủy mọi đường dẫn cũ" in lan.last
    assert site.http.get(path).status_code == 410
    assert "quá" not in site.http.get(path).text
    lan.says("văn bản mới")
    lan.says("1")
    assert site.http.get(site.path(lan)).status_code == 200


def test_a_link_shows_only_what_is_for_its_member(world: World, site: Site) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    other = world.person("Lê Văn Hùng", branch=world.add_branch("Chi bộ thôn 5", "AB-05"))
    with world.database.reading() as session:
        document_id = session.exec(select(Document.id)).one() or 0
    link = world.app.links.paper(document_id, other.member_id)
    assert site.http.get(link.removeprefix("http://127.0.0.1:1")).status_code == 404


def test_who_leads_from_above_reads_and_has_nothing_to_confirm(world: World, site: Site) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    office = world.add_branch("Chi bộ cơ quan", "AB-00")
    officer = world.person("Đỗ Văn Cán", branch=office, over=world.commune, roles=[RoleKind.OFFICER])
    with world.database.reading() as session:
        document_id = session.exec(select(Document.id)).one() or 0
    path = world.app.links.paper(document_id, officer.member_id).removeprefix("http://127.0.0.1:1")
    page = site.http.get(path)
    assert page.status_code == 200
    assert '/read"' not in page.text
    assert "không cần báo đã đọc" in site.http.post(f"{path}/read").text


# --- forwarded -------------------------------------------------------------------------------------------------------
def test_who_gets_a_forwarded_link_reads_but_does_not_speak_for_the_member(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    site.http.get(path)
    site.http.get(f"{path}/p/0.webp")  # what a browser does next: it comes back with its cookie
    stranger = site.phone()
    page = stranger.get(path)
    assert page.status_code == 200
    assert "21-NQ/TW" in page.text
    assert "đã mở trên một máy khác" in page.text
    assert not re.search(r"<form[^>]+post", page.text)
    assert lan.name not in page.text
    for act, form in (("read", {}), ("ask", {"text": "Điều 3 thế nào ạ?"}), ("consent", {"purpose": "study"})):
        answer = stranger.post(f"{path}/{act}", data=form)
        assert answer.status_code == 403
        assert "trò chuyện riêng" in answer.text
    assert stranger.post(f"{path}/beat", data={"seconds": "15"}).status_code == 403
    assert reading(world, lan).acknowledged_at is None
    assert "Đã ghi nhận" in site.http.post(f"{path}/read").text
    assert "Đã ghi nhận" not in stranger.get(path).text, "whether the member has read is nobody else's business"


def test_a_paper_of_words_finds_its_browser_too(world: World, site: Site) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", platform="zalo")
    an.says("/vanban Kính gửi các đồng chí. " + "Nội dung dài. " * 80)
    an.says("6-TB/CB")
    an.says("Thông báo dài")
    an.presses("Gửi")
    path = site.path(lan)
    dot = re.findall(r'src="([^"]+dot[.]svg)"', site.http.get(path).text)
    assert site.http.get(f"/d/{dot[0]}").status_code == 200
    assert "đã mở trên một máy khác" in site.phone().get(path).text


def test_a_preview_and_a_browser_without_cookies_take_no_link(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    preview = site.http.get(path, headers={"user-agent": "facebookexternalhit/1.1"})
    assert "set-cookie" not in preview.headers
    first = site.phone()
    assert "set-cookie" in first.get(path).headers
    first.cookies.clear()
    first.get(f"{path}/p/0.webp")
    with world.database.reading() as session:
        assert not session.exec(select(LinkBrowser)).all()
    assert "Đã ghi nhận" in first.post(f"{path}/read").text


def test_the_browser_mark_is_for_one_link_and_for_no_script(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    mark = site.http.get(path).headers["set-cookie"]
    assert f"Path={path}" in mark
    assert "HttpOnly" in mark
    assert "samesite=lax" in mark.lower()
    site.http.get(f"{path}/p/0.webp")
    with world.database.reading() as session:
        kept = session.exec(select(LinkBrowser)).one()
    assert path.removeprefix("/d/") not in kept.model_dump_json()
    value = re.findall(r"sotay-reader=([^;]+)", mark)[0]
    assert value not in kept.model_dump_json()


def test_marks_of_dead_links_are_dropped(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    site.http.get(site.path(lan))
    site.http.get(f"{site.path(lan)}/p/0.webp")
    with world.database.transaction() as session:
        assert reading_links.forget_before(session, world.now - timedelta(days=31)) == 0
        assert reading_links.forget_before(session, world.now + timedelta(days=1)) == 1


def test_no_log_holds_a_link(world: World, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        site.http.get(path)
        site.http.post(f"{path}/read")
        site.http.get(path[:-2] + "xx")
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore", "hpack"))]
    assert path[3:30] not in "\n".join(record.getMessage() for record in ours)


def test_links_hold_more_than_a_country_needs() -> None:
    links = Links(vault().signing_key, "https://so.example.vn/tay/", days=30)
    address = links.paper(2**32 - 1, 2**32 - 1, channel_id=2**24 - 1)
    found = links.read_paper(address.rpartition("/")[2])
    assert (found.document_id, found.member_id, found.channel_id) == (2**32 - 1, 2**32 - 1, 2**24 - 1)
    assert address.startswith("https://so.example.vn/tay/d/")


def test_the_question_of_the_secretary_still_comes_by_chat(world: World, site: Site) -> None:
    """A second browser is shown the way; the way works."""
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    site.http.get(site.path(lan))
    site.http.get(f"{site.path(lan)}/p/0.webp")
    assert "đã đọc" in site.phone().get(site.path(lan)).text
    lan.says("đã đọc")
    assert reading(world, lan).how == "chat"
    assert secretary(world).member_id

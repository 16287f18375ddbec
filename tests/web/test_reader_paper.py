"""What a paper's page says beside the paper: deadline, notes, versions, question, files."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from PIL import Image
from sqlmodel import select

from storage.audios import AudioEdition, AudioPart, AudioState
from storage.consents import Purpose
from storage.documents import Document, DocumentNote, Reading
from storage.files import StoredFile
from tests.documents.papers import RESOLUTION, pdf, word
from tests.web.site import Site, agree, change, publish, reading, secretary
from tests.world import World


def _picture_rows(page: str) -> list[str]:
    return re.findall(r"<img[^>]+[.]webp[^>]+>", page)


def test_pictures_keep_their_place_and_come_in_two_widths(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION, "Trang hai", "Trang ba"), "nq.pdf")
    page = site.http.get(site.path(lan)).text
    rows = _picture_rows(page)
    assert len(rows) == 3
    assert all('width="600" height="849"' in row for row in rows)
    assert ['loading="lazy"' in row for row in rows] == [False, True, True]
    assert [re.findall(r'alt="([^"]+)"', row)[0] for row in rows] == ["Trang 1/3", "Trang 2/3", "Trang 3/3"]
    small, large = re.findall(r'([^\s",]+[.]webp) \d+w', rows[0])
    found = [Image.open(io.BytesIO(site.http.get(f"/d/{address}").content)) for address in (small, large)]
    assert [image.size for image in found] == [(600, 849), (1200, 1698)]


def test_the_first_page_is_there_in_words_before_its_picture(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION, "Trang hai"), "nq.pdf")
    page = site.http.get(site.path(lan)).text
    assert "<p>Căn cứ Điều lệ Đảng</p>" in page
    assert "<p>Trang hai</p>" not in page


def test_large_print_without_javascript(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION, "Trang hai"), "nq.pdf")
    path = site.path(lan)
    page = site.http.get(f"{path}?large=1").text
    assert "<p>Trang hai</p>" in page
    assert "<p>Căn cứ Điều lệ Đảng</p>" in page
    assert not _picture_rows(page)
    assert "<p>Trang hai</p>" in site.http.get(path).text, "the wish is kept"
    page = site.http.get(f"{path}?size=large&contrast=1").text
    assert 'class="size-large contrast words-only"' in page
    assert 'value="large" aria-label="Chữ to" aria-pressed="true"' in page
    page = site.http.get(f"{path}?large=0&size=nonsense&contrast=9").text
    assert 'class="size-large contrast"' in page
    site.http.cookies.set("sotay-view", "<script>", path="/d/")
    assert 'class="size-usual"' in site.phone().get(path, headers={"cookie": "sotay-view=x.<b>.1"}).text


def test_a_paper_of_five_hundred_pages_comes_in_parts(world: World, site: Site) -> None:
    lan = publish(world, pdf(*(f"Trang số {number}" for number in range(1, 501))), "dai.pdf")
    path = site.path(lan)
    page = site.http.get(path).text
    assert len(_picture_rows(page)) == 20
    assert "Phần 1/25" in page
    assert "Phần trước" not in page
    following = re.findall(r'rel="next" href="([^"#]+)', page)[0]
    second = site.http.get(f"/d/{following}").text
    assert "Trang 21/500" in second
    assert "Phần trước" in second
    last = site.http.get(f"{path}?part=999").text
    assert "Trang 500/500" in last
    assert "Phần sau" not in last
    picture = re.findall(r'src="([^"]+/p/499[.]webp)"', last)[0]
    assert site.http.get(f"/d/{picture}").content[8:12] == b"WEBP"


def test_a_long_text_comes_in_parts_too(world: World, site: Site) -> None:
    lan = publish(world, word("\n".join([RESOLUTION, *("Nội dung " + "rất dài " * 60 for _ in range(120))])), "d.docx")
    page = site.http.get(site.path(lan)).text
    assert "Phần 1/" in page
    assert len(page) < 60_000


def test_deadline_notes_and_version(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, read_by=world.now + timedelta(days=3), version=2)
    with world.database.transaction() as session:
        paper = session.exec(select(Document)).one()
        for top, text in ((world.commune, "Các chi bộ đọc kỹ <b>Điều 3</b>."), (world.branch, "Họp bàn ngày 3.")):
            session.add(
                DocumentNote(document_id=paper.id or 0, organization_id=top.id or 0, text=text, written_at=world.now)
            )
    page = site.http.get(site.path(lan)).text
    assert re.search(r"Đề nghị đọc trước 9 giờ\S*( \d+)?, thứ Bảy, ngày 28/11/2026", page)
    assert "bản thứ 2" in page
    assert "Đảng ủy xã An Bình lưu ý:" in page
    assert "&lt;b&gt;Điều 3" in page
    assert page.index("Đảng ủy xã An Bình") < page.index("Họp bàn ngày 3.")
    site.http.post(f"{site.path(lan)}/read")
    assert "Đề nghị đọc trước" not in site.http.get(site.path(lan)).text


def test_a_replaced_version_says_so_and_takes_no_acknowledgement(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    with world.database.transaction() as session:
        old = session.exec(select(Document)).one()
        fields = old.model_dump(exclude={"id", "version", "replaces_id", "summary"})
        new = Document(**fields, version=2, replaces_id=old.id, summary="Bản đã sửa")
        session.add(new)
        session.flush()
        old.state = "replaced"
        session.add(Reading(document_id=new.id or 0, member_id=lan.member_id))
    path = site.path(lan)
    page = site.http.get(path).text
    assert "Bản này đã được thay thế." in page
    assert '/read"' not in page
    answer = site.http.post(f"{path}/read")
    assert answer.status_code == 400
    assert "đã được thay thế" in answer.text
    following = re.findall(r'href="[./]+(/d/[^"]+)">Xem bản mới', page)[0]
    newer = site.http.get(following).text
    assert "Bản đã sửa" in newer
    assert "Các bản trước" in newer
    earlier = re.findall(r'href="[./]+(/d/[^"]+)">Bản thứ 1', newer)[0]
    assert "Bản này đã được thay thế." in site.http.get(earlier).text
    site.http.post(f"{following}/read")
    with world.database.reading() as session:
        rows = {row.document_id: row for row in session.exec(select(Reading).where(Reading.member_id == lan.member_id))}
    assert [rows[number].acknowledged_at is not None for number in sorted(rows)] == [False, True]
    stranger = site.phone()
    site.http.get(f"{path}/p/0.webp")
    assert "Xem bản mới" not in stranger.get(path).text, "a stranger gets no link of the member's"


def test_an_expired_paper_is_marked(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, state="expired", expires_on=date(2026, 11, 1))
    page = site.http.get(site.path(lan))
    assert page.status_code == 200
    assert "đã hết hiệu lực" in page.text
    assert site.http.post(f"{site.path(lan)}/read").status_code == 400
    assert reading(world, lan).acknowledged_at is None


def test_the_short_question_stands_before_the_acknowledgement(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, check_question="Nghị quyết số mấy?", check_choices=["19", "20", "21"], check_right=2)
    path = site.path(lan)
    page = site.http.get(path).text
    assert "Xin trả lời một câu: Nghị quyết số mấy?" in page
    assert len(re.findall('<input type="radio"', page)) == 3
    none = site.http.post(f"{path}/read")
    assert none.status_code == 400
    assert "Xin chọn một câu trả lời" in none.text
    for rubbish in ("7", "-1", "x", "²", "2" * 50):
        site.http.post(f"{path}/read", data={"answer": rubbish, "tries": "0"})
    assert reading(world, lan).acknowledged_at is None
    wrong = site.http.post(f"{path}/read", data={"answer": "0", "tries": "0"})
    assert "Chưa đúng ạ" in wrong.text
    assert 'name="tries" value="1"' in wrong.text
    assert reading(world, lan).acknowledged_at is None
    right = site.http.post(f"{path}/read", data={"answer": "2", "tries": "1"})
    assert "Đã ghi nhận" in right.text
    assert reading(world, lan).checked_at is not None


def test_who_does_not_find_the_answer_is_believed_in_the_end(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, check_question="Nghị quyết số mấy?", check_choices=["19", "20", "21"], check_right=2)
    answer = site.http.post(f"{site.path(lan)}/read", data={"answer": "0", "tries": "1"})
    assert "Đã ghi nhận" in answer.text
    assert reading(world, lan).acknowledged_at is not None
    assert reading(world, lan).checked_at is None


def test_a_paper_that_may_not_be_kept_is_not_given_away(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    path = site.path(lan)
    assert "Tải tệp về máy" in site.http.get(path).text
    change(world, downloadable=False)
    assert "Tải tệp về máy" not in site.http.get(path).text
    assert site.http.get(f"{path}/file/0").status_code == 404
    assert site.http.get(f"{path}/p/0.webp").status_code == 200


def test_a_link_paper_is_a_link(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, body="Xem tại https://xa.example.vn/nq21?a=1&b=2.\njavascript:alert(1)")
    page = site.http.get(site.path(lan)).text
    assert '<a href="https://xa.example.vn/nq21?a=1&amp;b=2" rel="noopener noreferrer nofollow"' in page
    assert 'href="javascript' not in page


def test_openings_are_noted_with_consent_only(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    site.http.get(site.path(lan))
    assert reading(world, lan).opened_at is None
    site.http.post(f"{site.path(lan)}/read")
    assert reading(world, lan).acknowledged_at is not None, "one's own word needs no consent"
    agree(world, lan, Purpose.READING)
    site.http.get(site.path(lan))
    assert reading(world, lan).opened_at is not None


def test_a_file_that_does_not_open_is_only_offered(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    with world.database.reading() as session:
        stored = session.exec(select(StoredFile)).one()
    world.app.store.path(stored.sha256).write_bytes(b"%PDF-1.4 broken")
    page = site.http.get(site.path(lan)).text
    assert "không xem được ngay trên trang" in page
    assert not _picture_rows(page)


@pytest.mark.parametrize("bytes_at_most", [25_000])
def test_the_first_page_is_small(world: World, site: Site, bytes_at_most: int) -> None:
    """HTML with its style and the first picture, as they come over the line (bench/reader.py measures the time)."""
    lines = "\n".join(f"{row}. Chi bộ thống nhất đánh giá kết quả lãnh đạo thực hiện nhiệm vụ" for row in range(40))
    lan = publish(world, pdf(*([lines] * 20)), "nq.pdf")
    path = site.path(lan)
    with site.http.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        total = sum(len(chunk) for chunk in answer.iter_raw())
    page = site.http.get(path).text
    first = re.findall(r'src="([^"]+/p/0[.]webp)"', page)[0]
    total += len(site.http.get(f"/d/{first}").content)
    assert total <= bytes_at_most, total


def test_the_audio_edition_is_played_in_the_page(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    assert "<audio" not in site.http.get(site.path(lan)).text
    with world.database.transaction() as session:
        paper = session.exec(select(Document)).one().id or 0
        session.add(
            AudioEdition(document_id=paper, state=AudioState.READY, total=2, created_at=world.now, due_at=world.now)
        )
        for position in (1, 2):
            content = b"sound %d" % position
            file = world.app.store.keep(session, content, name="p.m4a", mime="audio/mp4", at=world.now).id or 0
            files = {"voice_file_id": file, "aac_file_id": file, "m4a_file_id": file}
            session.add(AudioPart(document_id=paper, position=position, seconds=200, **files))
    page = site.http.get(site.path(lan)).text
    assert "Giọng đọc của máy." in page
    sounds = re.findall(r'<audio controls preload="none" src="([^"]+)" aria-label="Phần (\d)/2"', page)
    assert [number for _, number in sounds] == ["1", "2"]
    answer = site.http.get(f"/d/{sounds[1][0]}", headers={"range": "bytes=0-4"})
    assert (answer.status_code, answer.content, answer.headers["content-type"]) == (206, b"sound", "audio/mp4")
    assert site.http.get(f"{site.path(lan)}/sound/3.m4a").status_code == 404
    change(world, state="withdrawn")
    assert site.http.get(f"/d/{sounds[0][0]}").status_code == 410


def test_a_question_without_the_name(world: World, site: Site) -> None:
    lan = publish(world, pdf(RESOLUTION), "nq.pdf")
    answer = site.http.post(f"{site.path(lan)}/ask", data={"text": "Điều 3 áp dụng từ ngày nào?", "hidden": "yes"})
    assert "Đã chuyển câu hỏi số 1" in answer.text
    world.pump()
    assert "Điều 3 áp dụng từ ngày nào?" in secretary(world).last
    assert "Lan" not in secretary(world).last

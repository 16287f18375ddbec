"""Pages made ahead: by the job, again on demand, never without bound."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from bot.flows.documents import ahead, albums, pages, reflow, webp
from bot.flows.documents.filetypes import DOCX
from storage.documents import Document
from storage.files import FileStore, StoredFile
from tests.documents.papers import RESOLUTION, pdf, photo, word
from tests.web.site import change, publish, secretary
from tests.world import World


def _home(world: World) -> Path:
    with world.database.reading() as session:
        stored = session.exec(select(StoredFile)).one()
    return albums.folder(world.app.store) / stored.sha256


def test_the_job_paints_every_page_of_a_new_paper(world: World) -> None:
    publish(world, pdf(RESOLUTION, *(f"Trang {number}" for number in range(2, 8))), "nq.pdf")
    assert not _home(world).exists()
    world.sweep()
    names = {path.name for path in _home(world).iterdir()}
    assert {f"{place}-{width}.webp" for place in range(7) for width in (600, 1200)} <= names
    assert {f"{place}.json" for place in range(7)} <= names
    stamp = (_home(world) / "0-600.webp").stat().st_mtime_ns
    assert ahead.prepare(world.database, world.app.store, world.now) == 0
    assert (_home(world) / "0-600.webp").stat().st_mtime_ns == stamp, "once is enough"


def test_the_job_does_not_wait_for_a_long_paper(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(world, pdf(*(f"Trang {number}" for number in range(12))), "dai.pdf")
    monkeypatch.setattr(ahead, "SECONDS", 0.0)
    assert ahead.prepare(world.database, world.app.store, world.now) == 0
    assert not (_home(world) / ".done").exists(), "the next run goes on"
    monkeypatch.setattr(ahead, "SECONDS", 60.0)
    assert ahead.prepare(world.database, world.app.store, world.now) == 12
    assert (_home(world) / ".done").exists()


def test_old_papers_are_painted_when_somebody_comes(world: World) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    change(world, published_at=world.now - timedelta(days=4))
    world.sweep()
    assert not _home(world).exists()
    with world.database.reading() as session:
        document = session.exec(select(Document)).one()
        leaf = pages.leaves(session, world.app.store, document.id or 0)[0]
    assert pages.picture(world.app.store, leaf, width=albums.SMALL).exists()


def test_what_nobody_may_see_any_more_goes(world: World) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    world.sweep()
    assert ahead.tidy(world.database, world.app.store, megabytes=500) == 0
    change(world, state="expired")
    assert ahead.tidy(world.database, world.app.store, megabytes=500) == 0
    change(world, state="withdrawn")
    assert ahead.tidy(world.database, world.app.store, megabytes=500) == 1
    assert not _home(world).exists()


def test_what_was_not_used_for_longest_goes_first(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(world, pdf(RESOLUTION), "nq.pdf")
    an = secretary(world)
    an.sends(pdf("Thông báo", "Trang hai"), "tb.pdf", text="/vanban")
    an.says("5-TB/CB")
    an.says("Thông báo lịch họp")
    an.presses("Gửi")
    world.sweep()
    store = world.app.store
    with world.database.reading() as session:
        old, new = (albums.folder(store) / each.sha256 for each in session.exec(select(StoredFile)))
    os.utime(old, (1, 1))
    room = sum(path.stat().st_size for path in new.iterdir()) + 100
    monkeypatch.setattr(ahead, "MEGABYTE", room)
    assert ahead.tidy(world.database, store, megabytes=1) == 1
    assert {path.name for path in old.iterdir()} == {".done"}
    assert len(list(new.iterdir())) > 4
    assert ahead.prepare(world.database, store, world.now) == 0, "what was cleared away is not made ahead again"


def test_text_and_photos_have_albums_too(tmp_path: Path, world: World) -> None:
    store = FileStore(tmp_path / "files")
    with world.database.transaction() as session:
        content = word("\n".join(["Dòng chữ dài. " * 30] * 60))
        texts = store.keep(session, content, name="a.docx", mime=DOCX.mime, at=world.now)
        picture = store.keep(session, photo(), name="a.jpg", mime="image/jpeg", at=world.now)
        broken = store.keep(session, b"%PDF-1.4 nothing", name="b.pdf", mime="application/pdf", at=world.now)
    assert albums.album(store, texts).texts >= 3
    assert albums.words(store, texts, 2)[0].startswith("Dòng chữ dài.")
    assert albums.words(store, texts, 99) == []
    assert albums.album(store, picture).sizes == ((600, 800),)
    assert Image.open(albums.picture(store, picture, 0, width=albums.LARGE)).size == (300, 400)
    assert albums.album(store, broken) == albums.Album()


def test_a_printed_page_is_packed_without_loss_and_a_photo_with() -> None:
    page = Image.new("RGB", (600, 849), "white")
    for row in range(100, 700, 20):
        page.paste((0, 0, 0), (60, row, 540, row + 4))
    drawn = Image.open(io.BytesIO(webp.pack(page))).convert("RGB")
    assert drawn.tobytes() == page.tobytes()
    noise = Image.effect_noise((600, 400), 60).convert("RGB")
    assert len(webp.pack(noise)) < 120_000


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("Chi bộ thống nhất đánh giá kết quả\nlãnh đạo thực hiện nhiệm vụ chính\ntrị.", 1),
        ("NGHỊ QUYẾT\nvề xây dựng tổ chức cơ sở đảng và đội ngũ", 2),
        ("1. Mục tiêu của năm học tập này là\n2. Nhiệm vụ của năm học tập này là\n- Việc thứ nhất của chi bộ", 3),
        ("a) việc một của chi bộ thôn ba năm\nb) việc hai của chi bộ thôn ba năm", 2),
        ("Điều 1 của quy chế này nói về chi\nĐiều 2 của quy chế này nói về đảng", 2),
        ("\n\n  \n", 0),
    ],
)
def test_printed_lines_become_paragraphs(printed: str, wanted: int) -> None:
    assert len(reflow.paragraphs(printed)) == wanted

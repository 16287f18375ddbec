"""Papers through the chat's doors: what is refused leaves nothing, what is given up is removed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from sqlmodel import select

from bot.flows.documents.leftovers import Leftovers
from storage import audit
from storage.conversations import Conversation
from storage.documents import Document
from storage.files import FileStore, StoredFile
from storage.inbox import InboxEntry
from storage.members import RoleKind
from tests.documents import corpus
from tests.documents.corpus import SAMPLES, Sample
from tests.documents.papers import RESOLUTION, pdf, photo, word
from tests.world import Person, World

THROUGH_CHAT = [
    "nghi quyet.docx", "really a pdf.docx", "empty.pdf", "cut off.pdf", "password.pdf", "macro.docm", "script.pdf",
    "zip behind.jpg", "bomb.docx", "iphone.heic", "old.doc", "slides.pptx", "program.exe", "page.html", "huge.png",
]  # fmt: skip


def _secretary(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def _kept(world: World) -> list[Path]:
    return [path for path in (world.settings.data_dir / "files").rglob("*") if path.is_file()]


def _rows(world: World) -> list[StoredFile]:
    with world.database.reading() as session:
        return list(session.exec(select(StoredFile)))


@pytest.mark.parametrize("name", THROUGH_CHAT)
def test_the_answer_in_the_chat(world: World, name: str) -> None:
    sample: Sample = next(each for each in SAMPLES if each.name == name)
    an = _secretary(world)
    an.says("/vanban")
    an.forget()
    an.sends(corpus.made(name), name, mime="application/octet-stream")
    if not sample.answer:
        assert len(_kept(world)) == 1
        assert _rows(world)[0].name.endswith(sample.kept)
        return
    assert len(an.new()) == 1
    assert any(word in an.last for word in ("Xin ", "Không nhận"))
    assert not _kept(world)
    an.sends(pdf(RESOLUTION), "nq.pdf")
    assert len(_kept(world)) == 1


def test_a_secret_page_removes_what_came_before_it(world: World) -> None:
    an = _secretary(world)
    an.says("/vanban")
    an.sends(photo(200), "", mime="image/jpeg", shown="photo")
    an.sends(photo(90), "", mime="image/jpeg", shown="photo")
    assert len(_kept(world)) == 2
    an.sends(pdf("TUYỆT MẬT\n" + RESOLUTION), "phu luc.pdf")
    assert "Không nhận văn bản này" in an.last
    assert (_kept(world), _rows(world)) == ([], [])
    with world.database.reading() as session:
        entry = session.exec(select(audit.AuditEntry).where(audit.AuditEntry.act == "document.refused")).one()
        assert "TUYỆT" not in str(entry.details)
        assert not session.exec(select(InboxEntry).where(InboxEntry.body != None)).all()  # noqa: E711


def test_a_page_that_was_published_before_stays(world: World) -> None:
    an = _secretary(world)
    an.sends(pdf(RESOLUTION), "nq.pdf", text="/vanban")
    an.presses("Gửi")
    an.sends(pdf(RESOLUTION), "nq.pdf", text="/vanban")
    assert len(_rows(world)) == 2
    an.sends(pdf("MẬT\n" + RESOLUTION), "x.pdf")
    assert len(_rows(world)) == len(_kept(world)) == 1


def test_the_secretary_learns_that_it_happened_and_nothing_of_it(world: World) -> None:
    lan = world.person("Trần Thị Lan", roles=[RoleKind.SECRETARY], platform="zalo")
    hung = world.person("Lê Văn Hùng", roles=[RoleKind.DEPUTY])
    hung.sends(pdf("Độ mật: Mật\n" + RESOLUTION), "TUYET MAT ke hoach.pdf", text="/vanban")
    assert "vừa có văn bản bị từ chối" in lan.last
    assert "đồng chí Lê Văn Hùng" in lan.last
    for word_of_it in ("21-NQ", "ke hoach", "tăng cường"):
        assert word_of_it not in lan.last
    before = len(lan.texts())
    lan.says("/vanban MẬT\nKính gửi các đồng chí, họp chi bộ ngày mai")
    assert "Không nhận" in lan.last
    assert not any("vừa có văn bản" in text for text in lan.texts()[before:])


def test_files_of_a_cancelled_draft_go_after_a_day(world: World) -> None:
    an = _secretary(world)
    an.sends(word(RESOLUTION), "nq.docx", text="/vanban")
    an.says("hủy")
    world.later(hours=20)
    assert len(_kept(world)) == 1
    world.later(hours=6)
    assert (_kept(world), _rows(world)) == ([], [])


def test_a_draft_keeps_its_files_for_three_days_and_a_published_paper_for_ever(world: World) -> None:
    an = _secretary(world)
    an.sends(pdf(RESOLUTION), "nq.pdf", text="/vanban")
    an.presses("Gửi")
    an.sends(word(RESOLUTION), "nq.docx", text="/vanban")
    world.later(days=2)
    assert len(_kept(world)) == 2
    world.later(days=2)
    assert [row.name for row in _rows(world)] == ["nq.pdf"]
    assert len(_kept(world)) == 1
    with world.database.reading() as session:
        assert all(not row.stack for row in session.exec(select(Conversation)))
        assert session.exec(select(Document)).one()


def test_bytes_without_a_row_go_and_young_ones_stay(world: World) -> None:
    an = _secretary(world)
    an.sends(pdf(RESOLUTION), "nq.pdf", text="/vanban")
    kept = _kept(world)[0]
    lost, young = kept.with_name("0" * 64), kept.with_name("1" * 64)
    half = kept.with_name("2" * 64 + ".123")
    for path in (lost, young, half):
        path.write_bytes(b"x")
    long_ago = time.time() - 2 * 24 * 3600
    for path in (lost, half, kept):
        os.utime(path, (long_ago, long_ago))
    leftovers = Leftovers(world.database, FileStore(world.settings.data_dir / "files"))
    assert sum(leftovers.sweep(world.now) for _ in range(256)) == 2
    assert sorted(_kept(world)) == sorted([kept, young])

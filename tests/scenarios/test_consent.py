"""Consent in chat: one purpose at a time, never presumed, taken back as easily; on both platforms."""

from __future__ import annotations

import hashlib

import pytest
from sqlmodel import select

from bot.flows import privacy
from bot.texts import t
from storage import audit, consents
from storage.audit import AuditEntry
from storage.consents import Consent, Purpose
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
WORDS = {
    (Purpose.READING, 1): "32ee086943103501",
    (Purpose.STUDY, 1): "885808ad4b8c7ab0",
}
"""The fingerprint of each version's words. Whoever changes the words raises the version in bot/flows/privacy.py."""


def _history(world: World, person: Person) -> list[tuple[str, str]]:
    with world.database.reading() as session:
        return [(row.purpose, row.decision) for row in consents.history(session, person.member_id)]


@BOTH
def test_given_seen_and_withdrawn(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("Quyền riêng tư")
    assert "Thời gian học: đồng chí chưa trả lời, nên không ghi." in lan.last
    lan.presses("Thời gian học")
    assert lan.last.startswith("Đồng chí có cho phép ghi THỜI GIAN HỌC không?")
    assert _history(world, lan) == []
    lan.presses("Đồng ý")
    assert 'đồng chí đồng ý mục "Thời gian học"' in lan.last
    lan.says("quyen rieng tu")
    assert "Thời gian học: đã đồng ý, ngày 25/11/2026." in lan.last
    lan.says("rút đồng ý")
    assert "Số phút đã đếm sẽ xóa hết" in lan.last
    lan.presses("Rút đồng ý")
    assert "Từ nay không đếm nữa" in lan.last
    assert _history(world, lan) == [("study", "given"), ("study", "withdrawn")]
    lan.says("rút đồng ý")
    assert "chưa đồng ý mục nào" in lan.last
    with world.database.reading() as session:
        acts = [row.act for row in session.exec(select(AuditEntry)) if row.act.startswith("consent.")]
        assert acts == ["consent.given", "consent.withdrawn"]
        assert audit.broken_at(session) is None


@BOTH
@pytest.mark.parametrize("words", ["ok", "vâng", "dạ", "👍", "có", "ừ"])
def test_a_bare_word_is_no_consent(world: World, platform: str, words: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("quyền riêng tư")
    lan.presses("Thời gian học")
    lan.says(words)
    assert _history(world, lan) == []


@BOTH
def test_refusing_and_later(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("quyền riêng tư")
    lan.presses("Theo dõi đã mở")
    lan.presses("Để sau")
    assert _history(world, lan) == []
    lan.says("quyền riêng tư")
    lan.presses("Theo dõi đã mở")
    lan.presses("Không đồng ý")
    assert "vẫn nhận đủ văn bản" in lan.last
    lan.says("quyền riêng tư")
    lan.presses("Theo dõi đã mở")
    lan.presses("Không đồng ý")
    assert _history(world, lan) == [("reading", "refused")], "the same word twice is one decision"
    lan.says("quyền riêng tư")
    lan.presses("Theo dõi đã mở")
    lan.presses("Đồng ý")
    assert _history(world, lan) == [("reading", "refused"), ("reading", "given")]


def test_words_do_for_buttons(world: World) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    lan.says("quyền riêng tư")
    lan.says("thời gian học")
    lan.says("không đồng ý")
    assert _history(world, lan) == [("study", "refused")]


def test_an_old_button_does_not_withdraw(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    lan.says("quyền riêng tư")
    lan.presses("Thời gian học")
    old = lan.chat()[-1]
    lan.presses("Đồng ý")
    refuse = next(data for label, data in old["buttons"] if label.endswith("Không đồng ý"))
    lan._press(old["message_id"], refuse, None)
    assert _history(world, lan) == [("study", "given")]


def test_several_consents_are_taken_back_one_by_one(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    for name in ("Thời gian học", "Theo dõi đã mở"):
        lan.says("quyền riêng tư")
        lan.presses(name)
        lan.presses("Đồng ý")
    lan.says("rút đồng ý")
    assert "mục nào?" in lan.last
    lan.presses("Theo dõi đã mở")
    lan.presses("Giữ nguyên")
    assert len(_history(world, lan)) == 2
    lan.says("rút đồng ý")
    lan.presses("Theo dõi đã mở")
    lan.presses("Rút đồng ý")
    assert _history(world, lan)[-1] == ("reading", "withdrawn")


def test_not_in_a_group_and_not_for_strangers(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    group = world.group([lan])
    lan.mentions("quyền riêng tư", group)
    assert lan.texts(group)[-1] == "Xin nhắn riêng cho Trợ lý chi bộ về quyền riêng tư."
    stranger = world.person("Lê Văn Lạ", linked=False)
    for words in ("/start", "quyền riêng tư", "rút đồng ý", "hủy liên kết cũ"):
        stranger.says(words)
    assert "ĐĂNG NHẬP" in stranger.last
    with world.database.reading() as session:
        assert not session.exec(select(Consent)).all()


def test_every_text_is_short_and_every_wording_has_its_version() -> None:
    for purpose, version in privacy.VERSIONS.items():
        words = [t(f"privacy.ask-{purpose}"), t(f"reader.consent-{purpose}"), t(f"reader.consent-terms-{purpose}")]
        assert len(words[0].splitlines()) <= 6
        seal = hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
        assert WORDS[(purpose, version)] == seal, f"other words for {purpose}: raise its version, note {seal}"

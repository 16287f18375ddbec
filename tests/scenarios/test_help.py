"""The menu, help by role, what waits for a person, and kind words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.attendance import Rsvp
from storage.documents import Document, DocumentState, Reading
from storage.meetings import Meeting
from storage.members import RoleKind, Standing
from tests.world import World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ENTRIES = ["Sinh hoạt", "Học tập nghị quyết", "Văn kiện, tư liệu", "Văn bản mới", "Nhiệm vụ", "Hướng dẫn"]


def test_the_menu_has_six_entries(world: World) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    lan.says("mục lục")
    assert [line for line in lan.last.split("\n") if "–" in line] == [
        f"{number} – {entry}" for number, entry in enumerate(ENTRIES, start=1)
    ]
    lan.says("6")
    assert "TÔI LÀ AI" in lan.last
    binh = world.person("Lê Văn Bình", platform="telegram")
    binh.says("/menu")
    assert [label for label, _ in binh.chat()[-1]["buttons"]] == ENTRIES
    binh.presses("Hướng dẫn")
    assert "TÔI LÀ AI" in binh.last


def test_help_follows_the_role(world: World) -> None:
    stranger = world.person("Kẻ Lạ", linked=False)
    member = world.person("Trần Thị Lan")
    secretary = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune)
    volunteer = world.person("Lê Thu Hà", roles=[RoleKind.VOLUNTEER], standing=Standing.SUPPORTER)
    heard = []
    for person, words in zip(
        (stranger, member, secretary, officer, volunteer),
        ("trợ giúp", "?", "/trogiup", "huong dan", "giúp"),
        strict=True,
    ):
        person.forget()
        person.says(words)
        texts = person.new()
        assert texts
        assert all(len(text.split("\n")) <= 6 for text in texts)
        assert any("không bao giờ hỏi mật khẩu" in text for text in texts)
        heard.append(texts)
    assert len({tuple(texts) for texts in heard}) == 5


@BOTH
def test_a_group_gets_one_line_or_silence(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    group = world.group([lan], platform=platform)
    lan.mentions("trợ giúp", group)
    assert lan.texts(group)[-1] == "Xin nhắn riêng cho Trợ lý chi bộ để xem hướng dẫn."
    heard = len(lan.texts(group))
    lan.mentions("cảm ơn nhé", group)
    assert len(lan.texts(group)) == heard


def test_kind_words_are_answered(world: World) -> None:
    lan = world.person("Trần Thị Lan", title="bác")
    lan.says("chào em")
    assert "Kính chào bác Lan" in lan.last
    lan.says("cảm ơn cháu nhé")
    assert "không có gì" in lan.last


def test_kind_words_do_not_break_a_dialogue(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    an.says("/ma")
    an.says("Chào Văn Thông")
    assert "Chưa thấy ai" in an.last


@BOTH
def test_what_waits_for_a_person(world: World, platform: str) -> None:
    lan = world.person("Trần Thị Lan", platform=platform)
    lan.says("nhiệm vụ")
    assert "không có việc gì" in lan.last
    with world.database.transaction() as session:
        branch_id = world.branch.id or 0
        document = Document(
            organization_id=branch_id, state=DocumentState.PUBLISHED, created_at=world.now, published_at=world.now
        )
        meeting = Meeting(
            organization_id=branch_id, starts_at=world.now + timedelta(days=2), place="x", created_at=world.now
        )
        session.add_all([document, meeting])
        session.flush()
        session.add(Reading(document_id=document.id or 0, member_id=lan.member_id))
        session.add(Rsvp(meeting_id=meeting.id or 0, member_id=lan.member_id))
    lan.says("menu")
    lan.presses("Nhiệm vụ")
    assert "1 văn bản chưa đọc" in lan.last
    assert "9 giờ, thứ Sáu, ngày 27/11/2026: chưa trả lời" in lan.last


def test_a_leader_finds_requests_again(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    lan = world.person("Trần Thị Lan", linked=False)
    lan.says("đăng nhập")
    lan.says(lan.number)
    lan.presses("Tôi chưa có mã")
    an.says("menu")  # the request is no longer the latest question
    an.says("việc của tôi")
    assert "1 yêu cầu đăng nhập" in an.last
    an.presses("Xem yêu cầu")
    an.presses("Đồng ý")
    assert lan.sees("Kính chào")

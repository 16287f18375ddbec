"""The menu, help by role, what waits for a person, and kind words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.handlers import ROUTERS
from bot.matching import words_only
from bot.messages import Kind
from bot.routing import COMMAND_NAMES, COMMAND_WORDS, CommandFilter, Situation
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
    assert "5 – Tên, máy, quyền riêng tư" in lan.last
    lan.says("5")
    lan.presses("Tôi là ai")
    assert "Trần Thị Lan" in lan.last
    binh = world.person("Lê Văn Bình", platform="telegram")
    binh.says("/menu")
    assert [label for label, _ in binh.chat()[-1]["buttons"]] == ENTRIES
    binh.presses("Hướng dẫn")
    binh.presses("Tên, máy")
    binh.presses("Tôi là ai")
    assert "Lê Văn Bình" in binh.last


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
        (text,) = person.new()
        assert len(text.split("\n")) <= 4
        assert "không bao giờ hỏi mật khẩu" in text
        heard.append(text)
    assert len(set(heard)) == 5


OWN = {"start", "trogiup", "help", "menu", "dangnhap", "huy", "quaylai", "tiep", "nhom", "ngatnhom"}
"""Commands that the pages name in their sentences: what is said before help, in a dialogue, or in a group."""


def test_every_command_is_found_from_help(world: World) -> None:
    """Whoever forgets a word finds it by pressing."""
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    offered: list[str] = []
    for start in ("Trợ giúp", "Cách dùng chung"):
        an.says("trợ giúp")
        if start != "Trợ giúp":
            an.presses(start)
        for subject in [label for label, _ in an.chat()[-1]["buttons"] if label != "Cách dùng chung"]:
            an.presses(subject)
            assert len(an.last.split("\n")) <= 3
            labels = [label for label, _ in an.chat()[-1]["buttons"]]
            assert labels[-1] == "Về trợ giúp"
            assert len(labels) <= 11
            offered += labels[:-1]
            an.presses("Về trợ giúp")
    filters = [one for router in ROUTERS for row in router.rows for one in row[0] if isinstance(one, CommandFilter)]
    assert len(filters) > 50
    nothing = Situation(Kind.MESSAGE, False, True, False, True, "", None, None)
    words = [words_only(label) for label in offered]
    assert not [label for label, word in zip(offered, words, strict=True) if word not in COMMAND_WORDS]
    said = [*words, *(f"/{name}" for name in OWN)]
    found = [one for one in filters if any(one.fits(nothing._replace(command=each)) for each in said)]
    missing = [name for name in COMMAND_NAMES if not any(one.fits(nothing._replace(command=name)) for one in found)]
    assert not missing


@BOTH
def test_what_help_offers_is_as_good_as_written(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    an.says("trợ giúp")
    an.presses("Chuẩn bị họp")
    an.presses("Mời họp")
    pressed = an.last
    an.says("hủy")
    an.says("mời họp")
    assert an.last == pressed
    assert "loại cuộc họp" in pressed


def test_leaders_help_is_for_leaders(world: World) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    lan.says("trợ giúp")
    assert "Chuẩn bị họp" not in lan.last
    lan.says("1")
    assert "1 – Lịch họp" in lan.last
    lan.says("5")
    assert "Xin chọn điều cần biết" in lan.last
    lan.says("ok")
    assert "Xin trả lời rõ bằng số" in lan.last


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

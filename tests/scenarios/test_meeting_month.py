"""A whole month of a branch of 27: from "mời họp" to sent minutes, tasks and the score; the secretary's taps counted.

The secretary An presides, the clerk Mai writes; whatever An presses, and every word or number that An sends, counts.
On Zalo a press is a number. Nothing else is ever typed: `Counted` refuses it.
"""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.flows.room import codes
from bot.matching import fold
from storage.documents import Reading
from storage.meetings import Meeting
from storage.members import RoleKind
from storage.minutes import MeetingPaper, PaperKind, PaperState
from storage.rollcalls import RollCall
from storage.scores import Score
from storage.tasks import Task
from storage.votes import Vote, VoteState
from tests.world import Group, Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
MOST = 12
"""Taps that a routine month may cost the secretary (issue 5)."""
WORDS = ("mời họp", "điều hành", "biên bản", "chấm điểm")
"""Commands that stand in the menu; each counts as one tap."""
NAMES = ("Lan", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Hoa", "Huệ", "Cúc", "Mận", "Đào", "Xuân", "Hạ",
         "Thu", "Đông", "Sơn", "Hải", "Long", "Phượng", "Quý", "Thắng", "Vinh")  # fmt: skip


class Counted:
    """A person whose taps are counted and who types nothing."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.taps: list[str] = []

    def tap(self, label: str) -> None:
        """Press what the newest message offers."""
        person = self.person
        newest = [message for message in person.chat() if message["from"] == "bot"][-1]
        offered = [shown for shown, _ in newest["buttons"]] or [newest["text"]]
        if person.platform == "zalo":
            assert any(fold(label) in fold(each) for each in offered), f"{label!r} is not in: {newest['text']}"
        self.taps.append(label)
        person.presses(label)

    def word(self, command: str) -> None:
        """A command out of the menu."""
        assert command in WORDS
        self.taps.append(command)
        self.person.says(command)


class Branch:
    """An, Mai, 24 members with phones, and Cụ Hồ who has none: 27."""

    def __init__(self, world: World, platform: str) -> None:
        self.world = world
        self.an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
        self.mai = world.person("Vũ Thị Mai", roles=[RoleKind.CLERK], platform=platform)
        self.members = [world.person(f"Trần Thị {name}", platform=platform) for name in NAMES]
        self.old = world.person("Hồ Văn Cụ", platform=platform, linked=False, has_phone=False)
        self.group: Group = world.group([self.an, self.mai, *self.members], platform=platform)

    def meeting(self) -> Meeting:
        with self.world.database.reading() as session:
            return session.exec(select(Meeting)).one()

    def code(self) -> str:
        """The six digits on the screen."""
        return codes.digits(codes.key_of(self.meeting()), codes.step_of(self.world.now))


@BOTH
def test_a_month_costs_the_secretary_twelve_taps(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    an, mai = Counted(branch.an), branch.mai
    lan, ba, *others = branch.members
    late = others.pop()
    _invite(branch, an)

    # Members answer; one asks to be excused, one stays silent and is reminded by itself.
    for person in (mai, lan, *others):
        person.says("1" if platform == "zalo" else "tôi dự được")
    ba.says("em ốm xin phép vắng ạ")
    an.tap("Đồng ý")
    late.forget()
    world.at("2026-12-02T08:00:00+07:00")
    assert late.new()
    assert not any("Trần Thị" in each for each in branch.an.texts(branch.group))

    _meet(branch, an, ba, late)
    _afterwards(branch, an)
    assert len(an.taps) <= MOST, an.taps


def _invite(branch: Branch, an: Counted) -> None:
    an.word("mời họp")
    an.tap("thường kỳ")
    an.tap("Gửi giấy mời")
    an.tap("Tôi dự được")
    assert "SINH HOẠT CHI BỘ THÁNG 12" in branch.members[0].last
    assert any("KÍNH MỜI các đồng chí" in each for each in branch.an.texts(branch.group))


def _meet(branch: Branch, an: Counted, ba: Person, late: Person) -> None:
    world, mai = branch.world, branch.mai
    world.at("2026-12-03T19:10:00+07:00")
    world.at("2026-12-03T19:30:00+07:00")
    an.tap("Mở họp")
    mai.says("điều hành")
    mai.presses("Mã điểm danh")
    # The silent one checks in by the code on the screen, and Lan does so for the one without a phone.
    late.says(f"điểm danh {branch.code()}")
    branch.members[0].says(f"điểm danh {branch.code()} cho bác Cụ")
    an.tap("Điểm danh")
    an.tap("Xong")
    with world.database.reading() as session:
        states = {row.member_id: row.state for row in session.exec(select(RollCall))}
    assert len(states) == 27
    assert states[ba.member_id] == "excused"
    assert sum(state in {"present", "late"} for state in states.values()) == 26
    # The clerk writes down the vote by raised hands and the conclusions.
    mai.says("điều hành")
    mai.presses("Biểu quyết")
    mai.presses("tất cả 26 tán thành")
    mai.says("điều hành")
    mai.presses("Kết luận")
    mai.presses("Như dự thảo")
    world.at("2026-12-03T21:05:00+07:00")
    an.tap("Kết thúc họp")
    with world.database.reading() as session:
        (vote,) = session.exec(select(Vote))
    assert (vote.state, vote.base, vote.count_for) == (VoteState.CLOSED, 27, 26)


def _afterwards(branch: Branch, an: Counted) -> None:
    world, mai = branch.world, branch.mai
    an.tap("Chấm điểm")
    an.tap("Nhận tất cả")
    mai.says("biên bản")
    mai.presses("Gửi chủ trì duyệt")
    an.tap("Duyệt biên bản")
    mai.presses("Gửi biên bản")
    with world.database.reading() as session:
        paper = session.exec(select(MeetingPaper).where(MeetingPaper.kind == PaperKind.MINUTES)).one()
        assert paper.state == PaperState.SENT
        assert len(session.exec(select(Reading).where(Reading.document_id == paper.document_id)).all()) == 27
    mai.says("điều hành")
    mai.presses("Giao việc")
    mai.presses("Giao hết")
    with world.database.reading() as session:
        assert session.exec(select(Task)).all()
        score = session.exec(select(Score)).one()
    assert score.total == 100
    # The next morning those present are asked how it was.
    world.at("2026-12-04T08:00:00+07:00")
    lan, ba, *_ = branch.members
    assert lan.sees("Câu 1/3")
    assert not ba.sees("Câu 1/3")

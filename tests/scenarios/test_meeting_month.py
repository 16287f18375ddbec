"""The months of a branch of 27 with a secretary who is alone: no clerk, no deputy; every tap counted.

An calls, presides, writes and approves. Whatever An presses, and every word or number that An sends, counts; nothing
is ever typed: `Counted` refuses it. On Zalo a press is a number. The first month begins with "mời họp" out of the
menu, the second one with the card that comes by itself.
"""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.flows.room import codes
from bot.matching import fold
from storage.agendas import AgendaItem
from storage.documents import Reading
from storage.meetings import Meeting
from storage.members import RoleKind
from storage.minutes import MeetingPaper, PaperKind, PaperState
from storage.rollcalls import RollCall
from storage.scores import Score
from storage.tasks import Task
from storage.votes import Vote, VoteState
from tests.scenarios.test_meetings import call
from tests.world import Group, Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
MOST = 12
"""Taps that a routine meeting may cost the secretary (issue 5)."""
NAMES = ("Lan", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Hoa", "Huệ", "Cúc", "Mận", "Đào", "Xuân",
         "Hạ", "Thu", "Đông", "Sơn", "Hải", "Long", "Phượng", "Quý", "Thắng", "Vinh")  # fmt: skip


class Counted:
    """A person whose taps are counted and who types nothing."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.taps: list[str] = []

    def tap(self, label: str) -> None:
        """Press what the newest message with choices offers; on Zalo it has to be the newest of all."""
        person = self.person
        found = [message for message in person.chat() if message["from"] == "bot"]
        newest = found[-1] if person.platform == "zalo" else [each for each in found if each["buttons"]][-1]
        offered = [shown for shown, _ in newest["buttons"]] or [newest["text"]]
        assert any(fold(label) in fold(each) for each in offered), f"{label!r} is not in: {newest['text']}"
        self.taps.append(label)
        person.presses(label)

    def command(self) -> None:
        """ "Mời họp", out of the list behind the "/"."""
        self.taps.append("mời họp")
        self.person.says("/moihop" if self.person.platform == "telegram" else "mời họp")


class Branch:
    """An, members with phones (25 unless told), and Cụ Hồ who has none."""

    def __init__(self, world: World, platform: str, names: tuple[str, ...] = NAMES) -> None:
        self.world, self.platform, self.size = world, platform, len(names) + 2
        self.an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
        self.members = [world.person(f"Trần Thị {name}", platform=platform) for name in names]
        self.old = world.person("Hồ Văn Cụ", platform=platform, linked=False, has_phone=False)
        self.group: Group = world.group([self.an, *self.members], platform=platform)

    def meeting(self) -> Meeting:
        with self.world.database.reading() as session:
            return session.exec(select(Meeting)).all()[-1]

    def code(self) -> str:
        """The six digits on the screen."""
        return codes.digits(codes.key_of(self.meeting()), codes.step_of(self.world.now))


@BOTH
def test_a_routine_month_costs_a_secretary_alone_twelve_taps_and_no_typing(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    an = Counted(branch.an)
    an.command()
    an.tap("thường kỳ")
    assert "XEM LẠI GIẤY MỜI" in branch.an.last
    an.tap("Gửi giấy mời")
    assert any("KÍNH MỜI các đồng chí" in each for each in branch.an.texts(branch.group))
    _month(branch, an, "2026-12-03", "2026-12-02")
    assert len(an.taps) == MOST, an.taps


@BOTH
def test_the_second_month_begins_by_itself(world: World, platform: str) -> None:
    branch = Branch(world, platform, ("Lan", "Ba", "Tư", "Vinh"))
    call(branch.an)
    world.at("2026-12-03T19:30:00+07:00")
    branch.an.says("điều hành")
    branch.an.presses("Mở họp")
    branch.an.presses("Kết thúc họp")
    world.at("2026-12-26T09:00:00+07:00")
    branch.an.forget()
    branch.members[0].forget()

    # A week before, in the morning and once; nothing is written to anybody else.
    world.at("2026-12-28T06:00:00+07:00")
    assert not branch.an.sees("SẮP ĐẾN KỲ HỌP")
    world.at("2026-12-28T06:45:00+07:00")
    world.sweep()
    assert sum("SẮP ĐẾN KỲ HỌP" in each for each in branch.an.new()) == 1
    assert "19 giờ 30, thứ Hai, ngày 04/01/2027, tại Nhà văn hóa thôn 3" in branch.an.last
    assert not branch.members[0].new()
    an = Counted(branch.an)
    an.tap("Gửi giấy mời")
    an.tap("Tôi dự được")
    _month(branch, an, "2027-01-04", "2027-01-03")
    assert len(an.taps) < MOST, an.taps


def _month(branch: Branch, an: Counted, day: str, before: str) -> None:
    """From the answers to the sent minutes; `before` is the day before the meeting."""
    world, platform = branch.world, branch.platform
    lan, ba, *others = branch.members
    late = others.pop()
    for person in (lan, *others):
        person.says("1" if platform == "zalo" else "tôi dự được")
    ba.says("em ốm xin phép vắng ạ")
    an.tap("Đồng ý")
    late.forget()
    world.at(f"{before}T20:00:00+07:00")
    assert len(late.new()) == 1  # reminded by itself
    assert not any("Trần Thị" in each for each in branch.an.texts(branch.group))
    _meet(branch, an, day)
    _check(branch, ba)
    # The next morning those present are asked how it was.
    ba.forget()
    lan.forget()
    world.later(hours=11)
    assert lan.sees("Câu 1/3")
    assert not ba.sees("Câu 1/3")


def _meet(branch: Branch, an: Counted, day: str) -> None:
    """In the room and after it. Each card tells what the next press records."""
    world, person = branch.world, an.person
    for hour in ("17:35", "19:05", "19:30"):  # the last reminder, the card
        world.at(f"{day}T{hour}:00+07:00")
    an.tap("Mở họp")
    assert "/c/" in person.last  # the page for the projector
    assert "vắng có lý do 1 (Trần Thị Ba); chưa rõ 2 (Hồ Văn Cụ, Trần Thị Vinh)" in person.last
    here, everybody = branch.size - 1, branch.size
    # The silent one checks in by the code on the screen, and Lan does so for the one without a phone.
    branch.members[-1].says(f"điểm danh {branch.code()}")
    branch.members[0].says(f"điểm danh {branch.code()} cho bác Cụ")
    an.tap("Đúng như báo dự")
    assert f"Có mặt {here}/{everybody}" in person.last
    an.tap("Biểu quyết")
    an.tap(f"tất cả {here} tán thành")
    world.at(f"{day}T21:05:00+07:00")
    an.tap("Kết thúc, kết luận như dự thảo")
    assert "1 mục kết luận như dự thảo" in person.last
    assert "Giao 1 việc" in person.last
    an.tap("Giao hết")
    assert "CHẤM ĐIỂM" in person.last
    assert "điểm, xếp loại Tốt" in person.last
    an.tap("Nhận tất cả")
    assert f"Có mặt {here}/{everybody}; vắng có lý do 1, không lý do 0" in person.last
    assert "kết luận 1, biểu quyết 1, nhiệm vụ 1" in person.last
    an.tap("Duyệt và gửi biên bản")


def _check(branch: Branch, ba: Person) -> None:
    """What came of it, in the tables."""
    meeting = branch.meeting()
    with branch.world.database.reading() as session:
        rolls = session.exec(select(RollCall).where(RollCall.meeting_id == meeting.id)).all()
        states = {row.member_id: row.state for row in rolls}
        vote = session.exec(select(Vote).where(Vote.meeting_id == meeting.id)).one()
        items = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
        score = session.exec(select(Score).where(Score.meeting_id == meeting.id)).one()
        task = session.exec(select(Task).where(Task.meeting_id == meeting.id)).one()
        papers = session.exec(select(MeetingPaper).where(MeetingPaper.meeting_id == meeting.id))
        paper = papers.one()
        readings = session.exec(select(Reading).where(Reading.document_id == paper.document_id)).all()
    assert len(states) == branch.size
    assert states[ba.member_id] == "excused"
    assert sum(state in {"present", "late"} for state in states.values()) == branch.size - 1
    assert (vote.state, vote.base, vote.count_for) == (VoteState.CLOSED, branch.size, branch.size - 1)
    assert all(item.conclusion for item in items)
    assert score.total >= 90
    assert (paper.kind, paper.state) == (PaperKind.MINUTES, PaperState.SENT)
    assert task.title in {section["key"]: section["text"] for section in paper.parts["sections"]}["tasks"]
    assert len(readings) == branch.size

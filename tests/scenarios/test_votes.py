"""Open votes: asked in private, answered by press, number or word, counted exactly; raised hands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlmodel import col, select

from bot.messages import Choice
from storage import notes, rollcalls, votes
from storage.agendas import AgendaItem, ItemState
from storage.attendance import Rsvp
from storage.db import MIGRATIONS, Database
from storage.meetings import Meeting, MeetingKind
from storage.members import Member, Role, RoleKind, Standing, Status
from storage.notes import Note
from storage.rollcalls import Presence, Record
from storage.votes import Ballot, Counts, Vote
from tests.scenarios.test_quota import leave
from tests.world import Person, World

PLATFORMS = pytest.mark.parametrize("platform", ["telegram", "zalo"])
TITLE = "Thông qua nghị quyết tháng 12"


class Room:
    """A branch in a meeting: its secretary and members on one platform."""

    def __init__(self, world: World, platform: str = "telegram") -> None:
        self.world, self.platform = world, platform
        self.chair = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
        self.lan = world.person("Trần Thị Lan", platform=platform)
        self.hung = world.person("Lê Văn Hùng", platform=platform)
        self.people = [self.chair, self.lan, self.hung]

    def meeting(self, kind: MeetingKind = MeetingKind.REGULAR, **values: Any) -> Meeting:
        now = self.world.now
        with self.world.database.transaction() as session:
            found = Meeting(
                organization_id=self.world.branch.id or 0, kind=kind, starts_at=now - timedelta(minutes=30),
                place="Nhà văn hóa", created_at=now, began_at=now - timedelta(minutes=25), **values,
            )  # fmt: skip
            session.add(found)
            session.flush()
            return found

    def roll(self, meeting: Meeting, people: list[Person]) -> None:
        with self.world.database.transaction() as session:
            for each in people:
                record = Record(Presence.PRESENT, "chair", self.world.now)
                rollcalls.put(session, meeting.id or 0, each.member_id, record)

    def opens(self, title: str = TITLE) -> Vote:
        """The chair opens a vote and everybody starts to look."""
        self.chair.says(f"biểu quyết: {title}")
        self.chair.presses("Gửi riêng")
        return self.vote()

    def forges(self, person: Person, action: str, argument: str) -> None:
        """A press that the bot has offered to somebody else."""
        choice = asdict(Choice(action, "Bấm vào đây", argument))
        with self.world.database.transaction() as session:
            assert notes.tell(session, person.member_id, Note("?", choices=[choice]), self.world.now)
        self.world.pump()
        person.presses("Bấm vào đây")

    def vote(self) -> Vote:
        with self.world.database.reading() as session:
            return session.exec(select(Vote).order_by(col(Vote.id).desc())).first() or Vote(title="")

    def counts(self) -> Counts:
        with self.world.database.reading() as session:
            return votes.tally(session, self.vote().id or 0)

    def change(self, person: Person, **values: Any) -> None:
        with self.world.database.transaction() as session:
            member = session.get_one(Member, person.member_id)
            for name, value in values.items():
                setattr(member, name, value)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


# --- asked, answered, closed -----------------------------------------------------------------------------------------
@PLATFORMS
def test_from_opening_to_the_published_result(world: World, platform: str) -> None:
    room = Room(world, platform)
    group = world.group(room.people, platform=platform)
    room.opens()
    assert room.lan.sees(f"BIỂU QUYẾT: {TITLE}")
    posts = [text for text in room.lan.new(group) if "BIỂU QUYẾT" in text]
    assert [("1 –" in post) for post in posts] == [False], "the group is told, and votes are cast in private"
    room.chair.presses("Tán thành")
    room.lan.presses("Tán thành")
    assert "TÁN THÀNH" in room.lan.last
    assert TITLE in room.lan.last
    room.hung.presses("Không tán thành")
    room.chair.says("/bieuquyet")
    assert "đã trả lời 3/3" in room.chair.last
    assert len(room.chair.last.splitlines()) <= 6
    room.chair.presses("Kết thúc")
    assert "Tán thành 2/3 (66,7 %), không tán thành 1, ý kiến khác 0, chưa biểu quyết 0" in room.chair.last
    assert "ĐƯỢC THÔNG QUA (cần từ 2, quá 1/2)" in room.chair.last
    room.chair.presses("Công bố")
    told = [text for text in room.lan.new(group) if "KẾT QUẢ" in text]
    assert len(told) == 1
    assert "2/3" in told[0]
    assert "Lan" not in told[0]
    assert "Hùng" not in told[0]
    with world.database.reading() as session:
        assert session.exec(select(Vote)).one().published_at is not None


@PLATFORMS
def test_numbers_and_words(world: World, platform: str) -> None:
    room = Room(world, platform)
    room.opens()
    for words, what in (
        ("2", "KHÔNG TÁN THÀNH"), ("tan thanh", "đồng chí TÁN THÀNH"), ("Tôi không tán thành ạ", "KHÔNG TÁN THÀNH"),
        ("ý kiến khác", "Ý KIẾN KHÁC"), ("ko đồng ý", "KHÔNG TÁN THÀNH"), ("tans thanhf", "đồng chí TÁN THÀNH"),
    ):  # fmt: skip
        room.lan.says(words)
        assert what in room.lan.last, words
    assert room.counts() == Counts(1, 0, 0), "the last answer counts, and it is one"


@PLATFORMS
@pytest.mark.parametrize("line", ["2 tán thành", "1 không", "1 không tán thành"])
def test_a_number_against_its_words_is_asked_back(world: World, platform: str, line: str) -> None:
    room = Room(world, platform)
    room.opens()
    room.lan.says(line)
    assert "chưa ghi gì" in room.lan.last
    assert room.counts() == Counts()
    room.lan.says("1 tán thành")
    assert "đồng chí TÁN THÀNH" in room.lan.last


@PLATFORMS
def test_agreeing_right_after_the_letter_is_an_answer(world: World, platform: str) -> None:
    room = Room(world, platform)
    room.opens()
    room.lan.says("đồng ý")
    assert "đồng chí TÁN THÀNH" in room.lan.last
    assert room.counts() == Counts(1, 0, 0)


@pytest.mark.parametrize(
    "words", ["ok", "vâng", "dạ", "👍", "không", "có", "chưa tán thành", "nếu sửa thì tán thành", "bác Lan tán thành"]
)
def test_doubtful_words_are_asked_back(room: Room, words: str) -> None:
    room.opens()
    room.hung.says(words)
    assert "chưa ghi gì" in room.hung.last
    assert room.counts() == Counts()


@PLATFORMS
def test_the_same_press_again_gives_the_same_receipt_and_the_undo_takes_back(world: World, platform: str) -> None:
    room = Room(world, platform)
    room.opens()
    room.lan.says("tán thành")
    first = room.lan.last
    room.lan.says("tán thành")
    assert room.lan.last == first
    assert room.counts() == Counts(1, 0, 0)
    room.lan.says("không tán thành")
    room.lan.presses("Sai, chọn lại")
    assert "Hiện đang ghi: Tán thành" in room.lan.last
    assert room.counts() == Counts(1, 0, 0), "the answer before counts again"
    room.lan.presses("Ý kiến khác")
    room.lan.presses("Đúng")
    assert "Cảm ơn" in room.lan.last
    assert room.counts() == Counts(0, 0, 1)


def test_the_button_pressed_twice_counts_once(room: Room) -> None:
    room.opens()
    room.lan.presses("Không tán thành")
    first = room.lan.last
    room.lan._press(*_button(room.lan, "Không tán thành"), None)
    assert room.lan.last == first
    assert room.counts() == Counts(0, 1, 0)
    with room.world.database.reading() as session:
        assert session.exec(select(Ballot).where(Ballot.member_id == room.lan.member_id)).one().changes == 1


def test_the_undo_of_an_older_receipt_takes_nothing_back(room: Room) -> None:
    room.opens()
    room.lan.says("tán thành")
    older = _button(room.lan, "Sai, chọn lại")
    room.lan.says("không tán thành")
    room.lan._press(*older, None)
    assert "Hiện đang ghi: Không tán thành" in room.lan.last
    assert room.counts() == Counts(0, 1, 0)


@PLATFORMS
def test_after_closing_nothing_counts(world: World, platform: str) -> None:
    room = Room(world, platform)
    room.opens()
    room.chair.says("tán thành")
    room.lan.says("tán thành")
    room.chair.says("/bieuquyet")
    room.chair.presses("Kết thúc")
    result = room.chair.last
    room.hung.says("tán thành")
    assert "đã kết thúc" in room.hung.last
    room.hung.presses("Không tán thành") if platform == "telegram" else room.hung.says("2")
    assert "đã kết thúc" in room.hung.last
    room.lan.presses("Sai, chọn lại") if platform == "telegram" else room.lan.says("không tán thành")
    assert "đã kết thúc" in room.lan.last
    assert room.counts() == Counts(2, 0, 0)
    room.chair.says("/bieuquyet")
    assert "Tán thành 2/3" in result


def test_it_ends_by_itself_and_the_chair_is_told(room: Room) -> None:
    meeting = room.meeting()
    vote = room.opens()
    assert vote.meeting_id == meeting.id
    room.lan.says("tán thành")
    room.chair.forget()
    room.world.later(hours=2, minutes=1)
    assert room.chair.sees("KẾT QUẢ BIỂU QUYẾT")
    assert room.chair.sees("KHÔNG ĐƯỢC THÔNG QUA (cần từ 2, quá 1/2)")
    room.world.sweep()
    assert sum("KẾT QUẢ" in text for text in room.chair.new()) == 1
    room.hung.says("tán thành")
    assert "đã kết thúc" in room.hung.last


def test_a_late_answer_does_not_wait_for_the_sweep(room: Room) -> None:
    room.opens()
    room.world.control("POST", "clock", {"advance": 25 * 3600})
    room.lan.says("tán thành")
    assert "đã kết thúc" in room.lan.last
    assert room.counts() == Counts()


def test_few_answers_are_confirmed_before_closing(room: Room) -> None:
    room.opens()
    room.chair.presses("Kết thúc")
    assert "Mới có 0/3" in room.chair.last
    room.chair.presses("Chờ thêm")
    assert room.vote().state == "open"
    room.chair.presses("Kết thúc")
    room.chair.presses("Kết thúc")
    assert room.vote().state == "closed"
    assert "KHÔNG ĐƯỢC THÔNG QUA" in room.chair.last


def test_a_cancelled_vote_has_no_result(room: Room) -> None:
    meeting = room.meeting()
    room.opens()
    room.lan.says("tán thành")
    room.chair.presses("Hủy biểu quyết")
    room.chair.presses("Hủy biểu quyết này")
    assert "Đã hủy" in room.chair.last
    room.lan.says("không tán thành")
    assert "đã được hủy" in room.lan.last
    with room.world.database.reading() as session:
        assert votes.results(session, meeting.id or 0) == []


def test_the_live_count_is_one_message_that_is_edited(room: Room) -> None:
    room.opens()
    assert room.chair.sees("Đang đếm")
    assert room.chair.sees("đã trả lời 0/3")
    before = len(room.chair.chat())
    room.lan.says("tán thành")
    room.hung.says("ý kiến khác")
    room.world.sweep()
    assert room.chair.sees("đã trả lời 2/3 (tán thành 1, không tán thành 0, ý kiến khác 1)")
    assert len(room.chair.chat()) == before
    room.world.sweep()
    assert len(room.chair.chat()) == before


# --- several at once -------------------------------------------------------------------------------------------------
@PLATFORMS
def test_two_open_votes_are_never_mixed_up(world: World, platform: str) -> None:
    room = Room(world, platform)
    first, second = room.opens("Nghị quyết tháng 12"), room.opens("Sửa quy chế chi tiêu")
    room.lan.says("tán thành")
    assert "cho nội dung nào" in room.lan.last
    assert room.counts() == Counts()
    room.lan.presses("Nghị quyết tháng 12")
    assert "TÁN THÀNH. Nội dung: Nghị quyết tháng 12" in room.lan.last
    room.lan.presses("Đúng")
    assert "Còn một biểu quyết" in room.lan.last
    assert "Sửa quy chế" in room.lan.last
    room.lan.presses("Không tán thành")
    assert "KHÔNG TÁN THÀNH. Nội dung: Sửa quy chế" in room.lan.last
    with world.database.reading() as session:
        assert votes.tally(session, first.id or 0) == Counts(1, 0, 0)
        assert votes.tally(session, second.id or 0) == Counts(0, 1, 0)


def test_a_number_while_two_are_open_is_asked(world: World) -> None:
    room = Room(world, "zalo")
    room.opens("Nghị quyết tháng 12")
    room.opens("Sửa quy chế chi tiêu")
    room.lan.says("1")
    assert "cho nội dung nào" in room.lan.last
    assert room.counts() == Counts()
    room.lan.presses("Sửa quy chế")
    assert "Nội dung: Sửa quy chế" in room.lan.last
    room.lan.says("2")
    assert "muốn trả lời nội dung nào" in room.lan.last
    assert room.counts() == Counts(1, 0, 0), "2 may have been meant for the other vote: nothing is taken back"


# --- who may ---------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_only_official_members_vote(world: World, platform: str) -> None:
    room = Room(world, platform)
    trial = world.person("Phạm Thị Mai", platform=platform, standing=Standing.PROBATIONARY)
    helper = world.person("Đỗ Văn Tú", platform=platform, standing=Standing.SUPPORTER)
    exempt = world.person("Vũ Văn Sáu", platform=platform, status=Status.EXEMPT)
    away = world.person("Ngô Văn Bảy", platform=platform, status=Status.ELSEWHERE)
    stopped = world.person("Hồ Văn Tám", platform=platform, status=Status.SUSPENDED)
    other = world.person("Bùi Thị Chín", platform=platform, branch=world.add_branch("Chi bộ thôn 4", "AB-04"))
    vote = room.opens()
    assert (vote.base, vote.needed) == (3, 2)
    for person, reason in (
        (trial, "dự bị"),
        (helper, "chính thức"),
        (exempt, "miễn"),
        (away, "miễn"),
        (stopped, "miễn"),
    ):
        assert not person.sees("BIỂU QUYẾT"), person.name
        person.says("tán thành")
        assert reason in person.last, person.name
    other.forget()
    other.says("tán thành")
    assert not other.sees("Đã ghi")
    assert room.counts() == Counts()


def test_the_base_is_frozen_and_lost_rights_are_respected(room: Room) -> None:
    vote = room.opens()
    newcomer = room.world.person("Bùi Thị Chín")
    newcomer.says("tán thành")
    assert not newcomer.sees("Đã ghi")
    room.change(room.lan, status=Status.SUSPENDED)
    room.lan.says("tán thành")
    assert "không biểu quyết" in room.lan.last
    room.lan.presses("Tán thành")
    assert "không biểu quyết" in room.lan.last
    assert room.vote().base == vote.base == 3
    assert room.counts() == Counts()


@pytest.mark.parametrize("words", ["/bieuquyet", "biểu quyết: Nghị quyết tháng 12"])
def test_only_the_chair_opens_votes(room: Room, words: str) -> None:
    room.lan.says(words)
    assert room.vote().id is None
    assert "Gửi riêng" not in room.lan.last


def test_somebody_who_has_lost_the_role_closes_nothing(room: Room) -> None:
    room.opens()
    for person in room.people:
        person.says("tán thành")
    close, cancel = _button(room.chair, "Kết thúc"), _button(room.chair, "Hủy biểu quyết")
    with room.world.database.transaction() as session:
        for role in session.exec(select(Role)):
            session.delete(role)
    room.chair._press(*close, None)
    assert room.vote().state == "open"
    room.chair._press(*cancel, None)
    assert "Hủy thật" not in room.chair.last


def test_the_chair_of_the_meeting_may_without_a_role(room: Room) -> None:
    meeting = room.meeting(chair_id=room.lan.member_id)
    room.opens()
    assert room.vote().meeting_id == meeting.id
    room.world.later(hours=3)
    assert room.lan.sees("KẾT QUẢ BIỂU QUYẾT"), "the chair hears the result as well"


def test_a_committee_votes_by_itself(room: Room) -> None:
    group = room.world.group(room.people)
    meeting = room.meeting(MeetingKind.COMMITTEE)
    with room.world.database.transaction() as session:
        for person in (room.chair, room.hung):
            session.add(Rsvp(meeting_id=meeting.id or 0, member_id=person.member_id))
    vote = room.opens()
    assert vote.base == 2
    assert not room.lan.sees("BIỂU QUYẾT")
    assert not [each for each in room.lan.new(group) if "BIỂU QUYẾT" in each]


# --- what may not be voted on ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("bỏ phiếu kín về nhân sự", "bỏ phiếu kín"), ("bầu bí thư chi bộ", "bầu cử"), ("bau chi uy", "bầu cử"),
        ("kỷ luật đồng chí Nguyễn Văn B", "kỷ luật"), ("khai trừ ông B", "kỷ luật"),
        ("lấy phiếu tín nhiệm", "phiếu kín"),
    ],
)  # fmt: skip
def test_no_secret_ballots_elections_or_discipline(room: Room, title: str, reason: str) -> None:
    room.chair.says(f"biểu quyết: {title}")
    assert "Trợ lý không làm" in room.chair.last
    assert reason in room.chair.last
    room.chair.says("biểu quyết: Nghị quyết tháng 12")
    room.chair.says(title)
    assert room.chair.sees("Trợ lý không làm")
    assert room.vote().id is None


@pytest.mark.parametrize(
    "title", ["Nghị quyết về bầu không khí dân chủ", "Tăng cường kỷ cương, kỷ luật", "Trồng giàn bầu"]
)
def test_harmless_words_are_no_elections(room: Room, title: str) -> None:
    assert room.opens(title).title == title


@pytest.mark.parametrize("title", ["a", "x" * 201])
def test_titles_that_cannot_be_read_are_refused(room: Room, title: str) -> None:
    room.chair.says(f"biểu quyết: {title}")
    assert room.vote().id is None
    assert "Xin ghi rõ" in room.chair.last or "dài quá" in room.chair.last


def test_admission_needs_two_thirds(room: Room) -> None:
    for name in ("Phạm Thị Mai", "Đỗ Văn Tú", "Vũ Văn Sáu"):
        room.world.person(name)
    vote = room.opens("Kết nạp quần chúng Lê Thị Hoa")
    assert (vote.two_thirds, vote.base, vote.needed) == (True, 6, 4)
    room.chair.says("biểu quyết: Nghị quyết tháng 12")
    assert "Cần 4/6" in room.chair.last
    assert "quá 1/2" in room.chair.last
    room.chair.presses("từ 2/3")
    room.chair.presses("Gửi riêng")
    assert room.vote().two_thirds


def test_the_title_comes_from_the_item_under_way(room: Room) -> None:
    meeting = room.meeting()
    with room.world.database.transaction() as session:
        item = AgendaItem(
            meeting_id=meeting.id or 0, position=1, title="Báo cáo thu chi quỹ", state=ItemState.UNDER_WAY
        )
        session.add(item)
    room.chair.says("/bieuquyet")
    assert "Thông qua nội dung: báo cáo thu chi quỹ" in room.chair.last
    room.chair.says("Thông qua báo cáo quỹ quý IV")
    assert "BIỂU QUYẾT: Thông qua báo cáo quỹ quý IV" in room.chair.last
    room.chair.presses("Gửi riêng")
    assert room.vote().item_id is not None


# --- the group -------------------------------------------------------------------------------------------------------
@PLATFORMS
def test_an_answer_in_the_group_is_answered_in_private(world: World, platform: str) -> None:
    room = Room(world, platform)
    group = world.group(room.people, platform=platform, admin=True)
    room.opens()
    room.lan.forget()
    before = len(room.lan.new(group))
    room.lan.mentions("tán thành", group)
    assert len(room.lan.new(group)) == before, "nothing is said in the group"
    assert room.lan.sees("chỉ nhận trong tin nhắn riêng")
    assert room.counts() == Counts()
    room.lan.presses("Tán thành")
    assert room.counts() == Counts(1, 0, 0)


def test_without_a_group_nothing_is_published(room: Room) -> None:
    room.opens()
    room.chair.presses("Kết thúc")
    room.chair.presses("Kết thúc")
    room.chair.presses("Công bố")
    assert "chưa kết nối nhóm" in room.chair.last
    assert room.vote().published_at is None


# --- raised hands ----------------------------------------------------------------------------------------------------
@PLATFORMS
def test_all_hands_by_one_press_with_the_number_of_the_roll_call(world: World, platform: str) -> None:
    room = Room(world, platform)
    trial = world.person("Phạm Thị Mai", platform=platform, standing=Standing.PROBATIONARY)
    meeting = room.meeting()
    room.roll(meeting, [room.chair, room.lan, trial])
    room.chair.says("/bieuquyet")
    room.chair.presses("tất cả 2 tán thành")
    assert "Tán thành 2/3 (66,7 %)" in room.chair.last
    assert "ĐƯỢC THÔNG QUA" in room.chair.last
    assert not room.lan.sees("BIỂU QUYẾT"), "a hand count asks nobody"
    with world.database.reading() as session:
        (found,) = votes.results(session, meeting.id or 0)
    assert (found.base, found.counts, found.by_hand, found.passed) == (3, Counts(2, 0, 0), 2, True)
    assert found.silent == 1
    assert round(found.share) == 67


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("2 tán thành, 1 không", Counts(2, 1, 0)),
        ("tán thành 1, ý kiến khác 2", Counts(1, 0, 2)),
        ("1/1/1", Counts(1, 1, 1)),
    ],
)
def test_hands_in_one_line(room: Room, line: str, found: Counts) -> None:
    meeting = room.meeting()
    room.chair.says("/bieuquyet")
    room.chair.presses("nhập kết quả")
    room.chair.says(line)
    with room.world.database.reading() as session:
        assert [each.counts for each in votes.results(session, meeting.id or 0)] == [found]


@pytest.mark.parametrize("line", ["24", "2 tán thành, 1 tán thành", "24 tán thành, 24", "vài đồng chí", "0 tán thành"])
def test_doubtful_lines_are_asked_back(room: Room, line: str) -> None:
    room.chair.says("/bieuquyet")
    room.chair.presses("nhập kết quả")
    room.chair.says(line)
    assert "chưa ghi gì" in room.chair.last
    assert room.vote().id is None


def test_more_hands_than_the_base_are_refused(room: Room) -> None:
    room.chair.says("/bieuquyet")
    room.chair.presses("nhập kết quả")
    room.chair.says("3 tán thành, 1 không")
    assert "Tổng 4 nhiều hơn số được tính (3)" in room.chair.last
    assert room.vote().id is None
    room.chair.says("3 tán thành")
    assert room.vote().count_for == 3


def test_more_hands_than_the_roll_call_are_asked_back(room: Room) -> None:
    meeting = room.meeting()
    room.roll(meeting, [room.chair, room.lan])
    room.chair.says("/bieuquyet")
    room.chair.presses("nhập kết quả")
    room.chair.says("3 tán thành")
    assert "điểm danh chỉ có 2" in room.chair.last
    assert room.vote().id is None
    room.chair.presses("Đúng, ghi như vậy")
    assert room.vote().count_for == 3


@PLATFORMS
def test_three_presses(world: World, platform: str) -> None:
    room = Room(world, platform)
    room.chair.says("/bieuquyet")
    room.chair.presses("nhập kết quả")
    room.chair.presses("Bấm từng số")
    room.chair.presses("1 đồng chí")
    room.chair.presses("1 đồng chí")
    room.chair.presses("1 đồng chí")
    assert "Tán thành 1/3 (33,3 %), không tán thành 1, ý kiến khác 1, chưa biểu quyết 0" in room.chair.last
    assert votes.counts(room.vote()) == Counts(1, 1, 1)
    room.chair.presses("Sai, nhập lại")
    room.chair.says("3 tán thành")
    assert votes.counts(room.vote()) == Counts(3, 0, 0)
    assert room.vote().id == 1
    room.chair.presses("Bỏ bản ghi")
    assert room.vote().state == "cancelled"


def test_hands_besides_ballots_count_nobody_twice(room: Room) -> None:
    meeting = room.meeting()
    for number in range(2):
        room.world.person(f"Không Máy {number}", linked=False, has_phone=False)
    room.opens()
    assert room.chair.sees("2 đồng chí chưa nhận tin")
    room.chair.says("tán thành")
    room.lan.says("tán thành")
    room.chair.says("/bieuquyet")
    room.chair.presses("Kết thúc")
    room.chair.presses("Kết thúc") if room.vote().state == "open" else None
    room.chair.presses("Thêm giơ tay (còn 3")
    assert "CHƯA trả lời trên máy" in room.chair.last
    room.chair.says("4 tán thành")
    assert "nhiều hơn số được tính (3)" in room.chair.last
    room.chair.says("2 tán thành")
    assert "Tán thành 4/5 (80 %)" in room.chair.last
    assert "Trong đó 2 đồng chí giơ tay" in room.chair.last
    with room.world.database.reading() as session:
        (found,) = votes.results(session, meeting.id or 0)
    assert (found.counts, found.by_hand, found.silent, found.passed) == (Counts(4, 0, 0), 2, 1, True)


def _button(person: Person, label: str) -> tuple[str, str]:
    """The newest button with this label: (message id, data)."""
    for message in reversed(person.chat()):
        for shown, data in message["buttons"]:
            if label in shown:
                return message["message_id"], data
    raise AssertionError(label)


# --- who opens and closes --------------------------------------------------------------------------------------------
def test_nobody_but_the_branchs_own_leaders_opens_a_vote(room: Room) -> None:
    other = room.world.add_branch("Chi bộ thôn 4", "AB-04")
    meeting = room.meeting()
    people = [
        room.world.person("Bùi Thị Chín"),
        room.world.person("Phạm Thị Mai", standing=Standing.PROBATIONARY),
        room.world.person("Đỗ Thị Thu", roles=[RoleKind.CLERK], branch=other),
        room.world.person("Hồ Văn Tư", roles=[RoleKind.SECRETARY], branch=other),
        room.world.person("Ngô Văn Bảy", roles=[RoleKind.COMMITTEE]),
    ]
    for person in people:
        room.forges(person, "votes.new", str(meeting.id))
        assert "BIỂU QUYẾT:" not in person.last, person.name
    clerk = room.world.person("Vũ Thị Lý", roles=[RoleKind.CLERK])
    room.forges(clerk, "votes.new", str(meeting.id))
    assert "BIỂU QUYẾT:" in clerk.last
    room.change(clerk, status=Status.SUSPENDED)
    clerk.presses("Gửi riêng")
    assert room.vote().id is None, "who was suspended meanwhile leads nothing"


def test_presses_that_were_meant_for_the_chair_do_nothing_for_others(room: Room) -> None:
    other = room.world.add_branch("Chi bộ thôn 4", "AB-04")
    tu = room.world.person("Hồ Văn Tư", roles=[RoleKind.SECRETARY], branch=other)
    vote = room.opens()
    for person in (room.lan, tu):
        for action in ("votes.close-now", "votes.cancel-now", "votes.publish", "votes.hands-again", "votes.show"):
            room.forges(person, action, str(vote.id))
            assert "KẾT QUẢ" not in person.last
            assert "đã trả lời" not in person.last
    assert room.vote().state == "open"


# --- what is kept ----------------------------------------------------------------------------------------------------
def test_a_copy_of_the_database_does_not_tell_who_answered_what(room: Room) -> None:
    room.opens()
    room.lan.presses("Không tán thành")
    room.hung.presses("Ý kiến khác")
    room.chair.presses("Tán thành")
    room.lan.presses("Sai, chọn lại")
    room.lan.says("tán thành")
    with room.world.database.engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM ballot ORDER BY member_id")).mappings().all()
    sealed = [bytes(row["sealed"]) for row in rows]
    assert len({len(each) for each in sealed}) == 1, "the length tells nothing"
    assert len(set(sealed)) == 3, "equal answers look different"
    for row in rows:
        assert not any(word in str(list(row.values())) for word in ("for", "against", "other"))
    assert room.counts() == Counts(2, 0, 1)


def test_who_answered_what_is_erased_and_the_result_stays(room: Room) -> None:
    meeting = room.meeting()
    room.opens()
    for person in room.people:
        person.presses("Tán thành")
    room.chair.says("/bieuquyet")
    room.chair.presses("Kết thúc")
    room.world.later(days=29)
    assert room.counts() == Counts(3, 0, 0)
    room.world.later(days=2)
    with room.world.database.reading() as session:
        assert session.exec(select(Ballot)).all() == []
        (found,) = votes.results(session, meeting.id or 0)
        assert (found.base, found.counts, found.passed) == (3, Counts(3, 0, 0), True)
        assert votes.ballots(room.vote()) == Counts(3, 0, 0)
    assert room.vote().erased_at is not None


# --- a month that runs out -------------------------------------------------------------------------------------------
def test_letters_go_through_the_group_where_the_month_is_too_short(world: World) -> None:
    room = Room(world, "zalo")
    people = [*room.people, *(world.person(f"Người Số {number}", platform="zalo") for number in range(4))]
    group = world.group(people, platform="zalo")
    leave(world, 6)
    room.chair.says(f"biểu quyết: {TITLE}")
    assert "chỉ đăng nhóm" in room.chair.last
    assert "đếm giơ tay" in room.chair.last
    assert len(room.chair.last.split("\n1 – ")[0].splitlines()) <= 6
    room.chair.presses("Gửi riêng")
    assert "chỉ đăng nhóm" in room.chair.last
    posts = [each for each in room.lan.new(group) if "BIỂU QUYẾT" in each]
    assert len(posts) == 1
    assert "nhắn riêng cho Trợ lý: BIỂU QUYẾT" in posts[0]
    assert not any("Chọn một trong ba" in each for each in room.lan.new())
    leave(world, 100)
    room.lan.says("biểu quyết")
    room.lan.presses("Tán thành")
    assert room.counts() == Counts(1, 0, 0)


def test_a_result_is_not_posted_into_a_month_that_is_used_up(world: World) -> None:
    room = Room(world, "zalo")
    group = world.group(room.people, platform="zalo")
    leave(world, 1000)
    room.opens()
    for person in room.people:
        person.says("tán thành")
    room.chair.says("/bieuquyet")
    room.chair.presses("Kết thúc")
    room.lan.forget()
    leave(world, 0)
    room.chair.presses("Công bố")
    leave(world, 1000)
    room.world.pump()
    assert room.vote().published_at is None
    assert not any("KẾT QUẢ" in each for each in room.lan.new(group))
    room.chair.says("/bieuquyet")


def test_ballots_of_before_are_sealed_by_the_upgrade(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)  # without the database's own checks: ballots of a vote that is not there
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        insert = "INSERT INTO ballot (id, vote_id, member_id, stand, before, changes) VALUES "
        connection.execute(
            text(insert + "(1, 7, 1, 'for', '', 1), (2, 7, 2, 'other', 'against', 2), (3, 7, 3, '', '', 0)")
        )
        command.upgrade(config, "head")
    database = Database(url)
    with database.reading() as session:
        assert votes.tally(session, 7) == Counts(1, 0, 1)
        found = session.exec(select(Ballot).order_by(col(Ballot.id))).all()
        assert [(row.stand, row.before) for row in found] == [("for", ""), ("other", "against"), ("", "")]
    database.close()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0004")
        rows = connection.execute(text("SELECT stand, before FROM ballot ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [("for", ""), ("other", "against"), ("", "")]
    engine.dispose()

"""The form of 100 points, the members' anonymous rating, half-years and years.

The meeting is on Thursday 3/12/2026, 19:30 to 21:10; members are asked the next morning.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlmodel import select
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import SettingsError
from bot.flows.scoring.points import CRITERIA, half
from bot.flows.scoring.sums import Period, meant
from bot.settings import SCORE_WEIGHTS, load
from storage import agendas, rollcalls, scores
from storage.attendance import Rsvp
from storage.documents import Document, DocumentState
from storage.meetings import Meeting, MeetingState
from storage.members import RoleKind, Status
from storage.minutes import MeetingPaper, PaperKind, PaperState
from storage.opinions import Opinion
from storage.rollcalls import Presence, Record
from storage.scores import Answer, Rater, Score
from storage.tasks import Task, TaskState
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
BEGAN = datetime.fromisoformat("2026-12-03T19:30:00+07:00")
NEXT_DAY = "2026-12-04T08:00:00+07:00"
ALL_OF_THREE = ("Tốt", "Khá", "Bình thường")


class Branch:
    """An is secretary, Mai clerk, Vinh officer of the commune; Lan, Ba, Tư are members."""

    def __init__(self, world: World, platform: str = "telegram") -> None:
        self.world = world
        self.others: list[Person] = []
        self.an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
        self.mai = world.person("Vũ Thị Mai", roles=[RoleKind.CLERK], platform=platform)
        self.lan = world.person("Trần Thị Lan", platform=platform)
        self.ba = world.person("Lê Văn Ba", platform=platform)
        self.tu = world.person("Phạm Văn Tư", platform=platform)
        self.vinh = world.person(
            "Đỗ Quang Vinh", roles=[RoleKind.OFFICER], platform=platform, branch=world.commune, over=world.commune
        )

    @property
    def people(self) -> list[Person]:
        return [self.an, self.mai, self.lan, self.ba, self.tu, *self.others]

    def held(self, *, began: datetime = BEGAN, minutes: int = 100, absent: dict[Person, Presence] | None = None) -> int:
        """A meeting with its roll; returns its id."""
        with self.world.database.transaction() as session:
            row = Meeting(
                organization_id=self.world.branch.id or 0, starts_at=began, created_at=began, began_at=began,
                ended_at=began + timedelta(minutes=minutes), state=MeetingState.HELD, place="Nhà văn hóa",
                chair_id=self.an.member_id, clerk_id=self.mai.member_id,
            )  # fmt: skip
            session.add(row)
            session.flush()
            for person in self.people:
                session.add(Rsvp(meeting_id=row.id or 0, member_id=person.member_id))
            session.flush()
            for person in self.people:
                state = (absent or {}).get(person, Presence.PRESENT)
                rollcalls.put(session, row.id or 0, person.member_id, Record(state, "chair", began))
            return row.id or 0

    def morning_after(self) -> None:
        self.world.at(NEXT_DAY)


def form(world: World) -> Score:
    with world.database.reading() as session:
        return session.exec(select(Score)).one()


def answers(person: Person, *labels: str) -> None:
    for label in labels:
        person.presses(label)


# --- the rating ------------------------------------------------------------------------------------------------------
@BOTH
def test_those_present_are_asked_and_answer_in_three_presses(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    branch.held(absent={branch.tu: Presence.EXCUSED})
    branch.morning_after()
    assert "Câu 1/3: Nội dung có thiết thực không?" in branch.lan.last
    assert len(branch.lan.last.split("\n1 – ")[0].splitlines()) <= 6
    assert not branch.tu.sees("Câu 1/3")
    branch.lan.says("1")
    assert "Câu 2/3" in branch.lan.last
    branch.lan.says("2")
    branch.lan.says("4")
    assert "Đã nhận đủ 3 câu" in branch.lan.last


@BOTH
def test_nothing_is_told_below_five_answers_and_nothing_of_the_next_alone(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    dung, hoa = (world.person(name, platform=platform) for name in ("Vũ Văn Dũng", "Hồ Thị Hoa"))
    branch.others = [dung, hoa]
    branch.held()
    branch.morning_after()
    for person in (branch.lan, branch.ba, branch.tu, branch.mai):
        answers(person, "Tốt", "Tốt", "Chưa tốt")
    answers(dung, "Tốt")
    branch.an.says("góp ý cuộc họp")
    assert "đã có 4/7 đồng chí trả lời" in branch.an.last
    assert "Đủ 5 đồng chí mới hiển thị" in branch.an.last
    assert "Bình quân" not in branch.an.last
    answers(dung, "Khá", "Chưa tốt")
    branch.an.says("góp ý cuộc họp")
    assert "5/7 đồng chí" in branch.an.last
    assert "1. Nội dung có thiết thực không? Bình quân: tốt." in branch.an.last
    assert "3. Kết luận, phân công có rõ ràng không? Bình quân: chưa tốt." in branch.an.last
    told = branch.an.last
    assert len(told.split("\n1 – ")[0].splitlines()) <= 6
    answers(hoa, "Chưa tốt", "Chưa tốt", "Tốt")
    branch.an.says("góp ý cuộc họp")
    assert branch.an.last == told, "what is shown tells nothing of the one who came after"
    branch.lan.says("góp ý cuộc họp")
    assert "Bình quân" not in branch.lan.last


def test_a_round_closes_and_forgets_who_has_answered(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.held()
    branch.morning_after()
    answers(branch.lan, *ALL_OF_THREE)
    answers(branch.ba, "Tốt")
    world.later(days=3, hours=1)
    with world.database.reading() as session:
        this = scores.rating_round(session, meeting_id)
        assert this is not None
        assert (this.answered, this.closed_at is not None) == (1, True)
        assert session.exec(select(Rater)).all() == []
        given = session.connection().execute(text("SELECT sum(given) FROM rating")).scalar()
    world.settings = world.settings.model_copy(update={"rating_days": 30})
    world.restart()
    branch.ba.presses("Tốt")
    assert "Đã hết hạn góp ý" in branch.ba.last
    branch.an.says("góp ý cuộc họp")
    assert "đã có 1/5 đồng chí trả lời" in branch.an.last
    with world.database.transaction() as session:
        assert session.connection().execute(text("SELECT sum(given) FROM rating")).scalar() == given
        assert not scores.rate(session, meeting_id, branch.ba.member_id, Answer(1, 1), least=5)


def test_half_answered_forms_do_not_tell_the_one_who_ends_alone(world: World) -> None:
    """Four have answered the first question when the first five are told; when they go on and a fifth comes, the first
    question has one new answer only, which nobody may see."""
    branch = Branch(world)
    people = [world.person(f"Người Số {number}") for number in range(10)]
    meeting_id = branch.held()
    ids = [person.member_id for person in people]

    def say(member_id: int, question: int, answer: int) -> None:
        with world.database.transaction() as session:
            assert scores.rate(session, meeting_id, member_id, Answer(question, answer), least=5)

    def shown() -> dict[int, list[int]]:
        with world.database.reading() as session:
            return scores.told(session, meeting_id, least=5)

    with world.database.transaction() as session:
        scores.begin_round(session, meeting_id, world.now, 10)
    for member_id in ids[:4]:
        say(member_id, 1, 1)
    for member_id in ids[4:9]:
        for question in (1, 2, 3):
            say(member_id, question, 1)
    first = shown()
    assert first[1] == [9, 0, 0, 0]
    for member_id in ids[:4]:
        say(member_id, 2, 1)
        say(member_id, 3, 1)
    for question in (1, 2, 3):
        say(ids[9], question, 4)
    assert shown() == first


def test_nothing_leads_from_a_member_to_an_answer(world: World) -> None:
    """Two worlds that differ in one member's answers alone look the same in every row that names a member."""
    branch = Branch(world)
    branch.held()
    branch.morning_after()
    answers(branch.lan, "Tốt", "Tốt", "Tốt")
    answers(branch.ba, "Chưa tốt", "Chưa tốt", "Chưa tốt")
    with world.database.engine.connect() as connection:
        raters = connection.execute(text("SELECT * FROM rater ORDER BY member_id")).mappings().all()
        assert [set(row) for row in raters] == [{"meeting_id", "member_id", "answered"}] * 2
        assert "member_id" not in connection.execute(text("SELECT * FROM rating")).mappings().all()[0]
        inbox = connection.execute(text("SELECT body FROM inboxentry")).scalars().all()
        assert not any(inbox)
        stacks = connection.execute(text("SELECT * FROM conversation")).mappings().all()
        assert not any("rating" in str(dict(row)) for row in stacks)
    mine = [m["text"] for m in branch.lan.chat() if m["from"] == "bot"][-3:]
    his = [m["text"] for m in branch.ba.chat() if m["from"] == "bot"][-3:]
    assert mine == his  # what we say back does not tell what was pressed


@BOTH
def test_each_question_is_answered_once_and_by_those_who_were_there(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.held(absent={branch.tu: Presence.UNEXCUSED})
    branch.morning_after()
    answers(branch.lan, *ALL_OF_THREE)
    branch.lan.says("1")
    with world.database.transaction() as session:
        assert not scores.rate(session, meeting_id, branch.lan.member_id, Answer(1, 4), least=5)
        assert not scores.rate(session, meeting_id, branch.ba.member_id, Answer(2, 4), least=5)
        given = session.connection().execute(text("SELECT sum(given) FROM rating")).scalar()
        assert given == 3
    world.later(days=4)
    branch.ba.presses("Chưa tốt")
    assert "Đã hết hạn góp ý" in branch.ba.last


def test_the_question_waits_for_the_morning_and_comes_once(world: World) -> None:
    branch = Branch(world)
    branch.held()
    world.at("2026-12-03T22:00:00+07:00")
    assert not branch.lan.sees("Câu 1/3")
    branch.morning_after()
    world.later(hours=1)
    assert sum("Câu 1/3" in each for each in branch.lan.new()) == 1


# --- the form --------------------------------------------------------------------------------------------------------
@BOTH
def test_the_form_is_filled_with_what_was_measured_and_taken_in_one_press(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.held()
    with world.database.transaction() as session:
        at = BEGAN
        paper = Document(
            organization_id=world.branch.id or 0, number="1-BC/CB", state=DocumentState.PUBLISHED,
            created_at=at, published_at=at - timedelta(days=2),
        )  # fmt: skip
        late = Document(
            organization_id=world.branch.id or 0, number="2-BC/CB", state=DocumentState.PUBLISHED,
            created_at=at, published_at=at - timedelta(hours=5),
        )  # fmt: skip
        session.add_all([paper, late])
        session.flush()
        agendas.write(session, meeting_id, [{"title": "Báo cáo", "papers": [paper.id, late.id]}])
        for number, state in enumerate((TaskState.DONE, TaskState.DONE, TaskState.GIVEN, TaskState.CANCELLED), start=1):
            task = Task(
                organization_id=world.branch.id or 0, year=2026, number=number, title="Việc",
                due_on=datetime(2026, 11, 20).date(), state=state, given_at=at,
            )  # fmt: skip
            session.add(task)
        for person in (branch.lan, branch.ba):
            session.add(Opinion(meeting_id=meeting_id, member_id=person.member_id, spoken_at=at, created_at=at))
        session.add(
            MeetingPaper(
                meeting_id=meeting_id,
                kind=PaperKind.MINUTES,
                state=PaperState.SENT,
                sent_at=at + timedelta(days=1),
                organization_id=world.branch.id or 0,
            )
        )
    world.at("2026-12-05T08:00:00+07:00")
    branch.an.says("chấm điểm")
    # 5 + 5 + 5 (one of two papers) + 30 + 10 + 5 + 20 (two of three tasks) + 5
    assert "đề xuất 85/100 điểm, xếp loại Khá" in branch.an.last
    assert "chuẩn bị 5/10" in branch.an.last
    assert "thực hiện nghị quyết tháng trước 20/30" in branch.an.last
    assert len(branch.an.last.split("\n1 – ")[0].splitlines()) <= 6
    branch.an.presses("Nhận tất cả")
    assert "85/100 điểm" in branch.an.last
    assert "Người chấm: Nguyễn Văn An" in branch.an.last
    found = form(world)
    assert found.total == 85
    assert found.evidence["preparation"]["text"].startswith("1/2 tài liệu")


@BOTH
def test_a_criterion_by_presses_and_by_number(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    branch.held()
    branch.morning_after()
    an = branch.an
    an.says("chấm điểm")
    an.presses("Điều hành")
    assert "ĐIỀU HÀNH: 10/10 điểm." in an.last
    an.presses("9 điểm")
    assert "Đã ghi điều hành 9/10." in an.last
    an.presses("Tổ chức")
    an.presses("Số điểm khác")
    an.says("rất tốt")
    assert "từ 0 đến 30" in an.last
    an.says("31")
    assert "từ 0 đến 30" in an.last
    an.says("27,5")
    assert "Đã ghi tổ chức 27,5/30." in an.last
    assert "đề xuất 96,5/100" in an.last
    an.presses("Nhận tất cả")
    an.presses("Nguyên tắc")
    an.presses("4,5 điểm")
    assert form(world).total == 96


def test_only_the_scorer_changes_it_and_nobody_once_it_is_closed(world: World) -> None:
    branch = Branch(world)
    branch.held()
    branch.morning_after()
    branch.an.says("chấm điểm")
    branch.an.presses("Nhận tất cả")
    branch.mai.says("chấm điểm")
    assert "Chốt điểm" not in branch.mai.last
    branch.mai.presses("Điều hành")
    with pytest.raises(AssertionError, match="no button"):
        branch.mai.presses("9 điểm")
    branch.an.presses("Chốt điểm")
    assert "Đã chốt" in branch.an.last
    closed = form(world)
    branch.an.presses("Điều hành")
    with pytest.raises(AssertionError, match="no button"):
        branch.an.presses("9 điểm")
    assert form(world).points == closed.points


def test_an_old_button_of_another_changes_nothing(world: World) -> None:
    branch = Branch(world)
    branch.held()
    branch.morning_after()
    branch.mai.says("chấm điểm")
    branch.mai.presses("Điều hành")  # offers 9, while nobody has scored
    branch.an.says("chấm điểm")
    branch.an.presses("Nhận tất cả")
    branch.mai.presses("9 điểm")
    assert "chỉ đồng chí ấy sửa được" in branch.mai.last
    assert form(world).points["leading"] == 10


def test_officers_see_and_do_not_score_and_members_see_nothing(world: World) -> None:
    branch = Branch(world)
    branch.held()
    branch.morning_after()
    branch.vinh.says("chấm điểm")
    assert "Chi bộ chưa chấm" in branch.vinh.last
    with pytest.raises(AssertionError, match="no button"):
        branch.vinh.presses("Nhận tất cả")
    branch.vinh.presses("Tổ chức")
    with pytest.raises(AssertionError, match="no button"):
        branch.vinh.presses("27 điểm")
    branch.an.says("chấm điểm")
    branch.an.presses("Nhận tất cả")
    branch.lan.says("chấm điểm")
    assert "100 điểm" not in branch.lan.last
    branch.vinh.says("chấm điểm nửa năm")
    assert "Chi bộ thôn 3: 1 lần" in branch.vinh.last


@pytest.mark.parametrize(
    ("absent", "points"),
    [(0, 5.0), (1, 4.0), (2, 3.0)],
)
def test_attendance_by_the_rules(world: World, absent: int, points: float) -> None:
    """Of five: all; four of five is 80 %; three of five is 60 %. Who is exempt is in no base."""
    branch = Branch(world)
    away = {branch.lan: Presence.EXCUSED, branch.ba: Presence.EXCUSED}
    exempt = world.person("Hồ Văn Cụ", status=Status.EXEMPT)
    meeting_id = branch.held(absent=dict(list(away.items())[:absent]))
    with world.database.transaction() as session:
        rollcalls.put(session, meeting_id, exempt.member_id, Record(Presence.PRESENT, "chair", BEGAN))
    branch.morning_after()
    branch.an.says("chấm điểm")
    shown = f"{points:g}".replace(".", ",")
    assert f"tỷ lệ dự {shown}/5" in branch.an.last
    branch.an.presses("Tỷ lệ dự")
    assert f"Có mặt {5 - absent}/5 " in branch.an.last


def test_one_unexcused_absence_costs_the_top_mark(world: World) -> None:
    branch = Branch(world)
    more = [world.person(f"Lê Văn {name}") for name in ("Bình", "Cường", "Dũng", "Giang", "Hải")]
    meeting_id = branch.held(absent={branch.lan: Presence.UNEXCUSED})
    with world.database.transaction() as session:
        for person in more:
            rollcalls.put(session, meeting_id, person.member_id, Record(Presence.PRESENT, "chair", BEGAN))
    branch.morning_after()
    branch.an.says("chấm điểm")
    branch.an.presses("Tỷ lệ dự")
    assert "TỶ LỆ DỰ: 4,5/5" in branch.an.last  # 9 of 10 are 90 %
    assert "Có mặt 9/10 (90%), vắng không lý do 1" in branch.an.last


def test_late_and_short_cost_half_each(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.held(minutes=60)
    branch.morning_after()
    branch.an.says("chấm điểm")
    assert "thời gian, thời lượng 2,5/5" in branch.an.last
    with world.database.transaction() as session:
        row = session.get_one(Meeting, meeting_id)
        row.starts_at = BEGAN - timedelta(minutes=40)
    branch.an.says("chấm điểm")
    assert "thời gian, thời lượng 0/5" in branch.an.last


def test_a_meeting_without_anything_recorded_is_left_to_people(world: World) -> None:
    branch = Branch(world)
    with world.database.transaction() as session:
        row = Meeting(
            organization_id=world.branch.id or 0, starts_at=BEGAN, created_at=BEGAN, began_at=BEGAN,
            ended_at=BEGAN + timedelta(minutes=95), state=MeetingState.HELD, place="x",
        )  # fmt: skip
        session.add(row)
    branch.morning_after()
    branch.an.says("chấm điểm")
    assert "Theo số đo được: thời gian, thời lượng 5/5." in branch.an.last
    branch.an.presses("Tỷ lệ dự")
    assert "chưa điểm danh" in branch.an.last


# --- half-years and years --------------------------------------------------------------------------------------------
def scored(world: World, place: int, began: datetime, total: float, by: Person) -> None:
    with world.database.transaction() as session:
        row = Meeting(
            organization_id=place, starts_at=began, created_at=began, began_at=began,
            ended_at=began + timedelta(minutes=95), state=MeetingState.HELD, place="x",
        )  # fmt: skip
        session.add(row)
        session.flush()
        points = {each: float(SCORE_WEIGHTS[each]) for each in CRITERIA}
        points["organization"] -= 100 - total
        session.add(
            Score(meeting_id=row.id or 0, points=points, total=total, scored_at=began, scored_by=by.member_id)
        )  # fmt: skip


@BOTH
def test_sums_of_half_a_year_by_branch_and_together(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    zone = world.settings.zone
    home = world.branch.id or 0
    scored(world, home, datetime(2026, 7, 3, 19, tzinfo=zone), 95, branch.an)
    scored(world, home, datetime(2026, 8, 3, 19, tzinfo=zone), 88, branch.an)
    scored(world, home, datetime(2026, 6, 30, 23, tzinfo=zone), 70, branch.an)  # the half-year before
    scored(world, other.id or 0, datetime(2026, 7, 1, 0, tzinfo=zone), 90, branch.an)
    branch.vinh.says("/chamdiem nửa năm")
    assert "Chi bộ thôn 3: 2 lần, cộng 183, bình quân 91,5 (Tốt). Gồm Tốt 1, Khá 1." in branch.vinh.last
    assert "Chi bộ thôn 5: 1 lần, cộng 90, bình quân 90 (Tốt)." in branch.vinh.last
    assert "Cộng chung: 3 lần, cộng 273, bình quân 91 (Tốt)." in branch.vinh.last
    branch.vinh.presses("Cả năm")
    assert "Chi bộ thôn 3: 3 lần, cộng 253" in branch.vinh.last
    branch.an.says("/chamdiem nửa năm")
    assert "thôn 5" not in branch.an.last
    branch.lan.says("/chamdiem nửa năm")
    assert "lần, cộng" not in branch.lan.last


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("nua nam", Period(2026, 2)), ("6 thang dau nam", Period(2026, 1)), ("6 thang cuoi nam 2025", Period(2025, 2)),
        ("nua dau nam 2026", Period(2026, 1)), ("ca nam", Period(2026, 0)), ("2025", Period(2025, 0)), ("x", None),
    ],
)  # fmt: skip
def test_periods_in_words(world: World, words: str, period: Period | None) -> None:
    now = datetime(2026, 11, 25, 9, tzinfo=world.settings.zone)
    assert meant(words, now, world.settings.zone) == period


def test_the_workbook(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    branch = Branch(world)
    scored(world, world.branch.id or 0, BEGAN, 92, branch.an)
    monkeypatch.setattr("bot.score_commands.open_storage", lambda _settings: world.database)
    monkeypatch.setattr("bot.score_commands.load", lambda: world.settings)
    to = tmp_path / "diem.xlsx"
    done = CliRunner().invoke(app, ["scores", "export", "--to", str(to), "--organization", "AB", "--year", "2026"])
    assert done.exit_code == 0, done.output
    book = CalamineWorkbook.from_path(str(to))
    rows = book.get_sheet_by_name("Cuộc họp").to_python()
    assert rows[1][0] == "Chi bộ thôn 3"
    assert sum(rows[1][3:11]) == rows[1][11] == 92  # type: ignore[arg-type]
    assert book.get_sheet_by_name("Cộng").to_python()[1][1:4] == [1, 92, 92]
    assert to.stat().st_mode & 0o777 == 0o600


# --- settings --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "weights",
    [
        {**SCORE_WEIGHTS, "time": 6}, {**SCORE_WEIGHTS, "time": -5, "ending": 15},
        {key: value for key, value in SCORE_WEIGHTS.items() if key != "ending"},
    ],
)  # fmt: skip
def test_weights_that_are_no_hundred_are_refused(weights: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTAY_SCORE_WEIGHTS", json.dumps(weights))
    with pytest.raises(SettingsError, match="cộng lại đúng 100"):
        load()


def test_bands_have_to_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTAY_SCORE_BANDS", "[50,70,90]")
    with pytest.raises(SettingsError, match="giảm dần"):
        load()


def test_points_are_never_rounded_up() -> None:
    assert [half(4.49), half(4.5), half(30 * 2 / 3), half(0.1 + 0.2 + 0.2)] == [4.0, 4.5, 20.0, 0.5]

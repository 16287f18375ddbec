"""Tasks: given, accepted, reported with a photo, extended, confirmed, handed over, reminded of; on both platforms."""

from __future__ import annotations

import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlmodel import select

from storage import agendas, meetings, notes, tasks
from storage.agendas import AgendaItem
from storage.attendance import Rsvp
from storage.meetings import Meeting
from storage.members import Member, RoleKind, Status
from storage.notes import Note
from storage.tasks import Act, Task, TaskReport, TaskState
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LINE = "giao việc cho bác Lan: dọn nhà văn hóa, hạn thứ Sáu"


def _photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(buffer, "JPEG")
    return buffer.getvalue()


def _an(world: World, platform: str = "telegram") -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)


def _lan(world: World, platform: str = "zalo") -> Person:
    return world.person("Trần Thị Lan", platform=platform, title="bác")


def _all(world: World) -> list[Task]:
    with world.database.reading() as session:
        return list(session.exec(select(Task).order_by(Task.id)))  # type: ignore[arg-type]


def _one(world: World, number: int = 1) -> Task:
    return next(task for task in _all(world) if task.number == number)


def _steps(world: World) -> list[TaskReport]:
    with world.database.reading() as session:
        return list(session.exec(select(TaskReport).order_by(TaskReport.id)))  # type: ignore[arg-type]


def _give(an: Person, line: str = LINE) -> None:
    an.says(line)
    an.presses("Giao việc")


def _meeting(world: World, *conclusions: str) -> int:
    """A meeting that was held, with an item for each conclusion."""
    with world.database.transaction() as session:
        meeting = meetings.add(
            session,
            Meeting(
                organization_id=world.branch.id or 0, starts_at=world.now, place="Nhà văn hóa", created_at=world.now
            ),
        )
        for at, conclusion in enumerate(conclusions, start=1):
            session.add(AgendaItem(meeting_id=meeting.id or 0, position=at, title=f"Mục {at}", conclusion=conclusion))
        session.flush()
        assert len(agendas.items(session, meeting.id or 0)) == len(conclusions)
        return meeting.id or 0


def _card(world: World, an: Person, meeting_id: int) -> None:
    """The chair's card offers the action; the card itself has scenarios of its own."""
    choices = [{"action": "tasks.from-meeting", "label": "Giao nhiệm vụ", "argument": str(meeting_id)}]
    with world.database.transaction() as session:
        assert notes.tell(session, an.member_id, Note("Họp xong.", choices=choices), world.now)
    world.pump()
    an.presses("Giao nhiệm vụ")


# --- giving, accepting, reporting ----------------------------------------------------------------------------------
@BOTH
def test_a_task_from_the_word_to_the_confirmation(world: World, platform: str) -> None:
    an, lan = _an(world, platform), _lan(world, platform)
    an.says(LINE)
    assert "Người làm: bác Trần Thị Lan" in an.last
    assert "thứ Sáu, ngày 27/11/2026" in an.last
    assert not _all(world)
    an.presses("Giao việc")
    assert "Đã giao việc số 1 cho bác Trần Thị Lan" in an.last
    assert lan.last.startswith("Bác Lan được giao VIỆC SỐ 1. Xin trả lời có nhận không.")
    assert "Dọn nhà văn hóa" in lan.last
    lan.presses("Nhận việc")
    assert "nhận việc số 1" in lan.last
    lan.says("việc số 1 xong một nửa")
    assert "xong 50%" in lan.last
    assert _one(world).percent == 50
    lan.says("việc số 1 đã xong")
    assert "Đã báo xong việc số 1" in lan.last
    assert "Bác Trần Thị Lan báo đã xong việc số 1" in an.last
    an.presses("Xác nhận xong")
    assert "Đã xác nhận xong việc số 1" in an.last
    assert "đã được xác nhận xong" in lan.last
    done = _one(world)
    assert (done.state, done.in_time) == (TaskState.DONE, True)
    with world.database.reading() as session:
        span = (date(2026, 11, 1), date(2026, 11, 30))
        assert tasks.done_and_due(session, world.branch.id or 0, *span) == (1, 1)


@pytest.mark.parametrize(
    ("line", "name", "title", "due"),
    [
        ("/giaoviec bác Lan: quét ngõ, hạn 10/12", "Trần Thị Lan", "Quét ngõ", date(2026, 12, 10)),
        ("giao cho đồng chí Trần Thị Lan nộp báo cáo trước 30/11", "Trần Thị Lan", "Nộp báo cáo", date(2026, 11, 30)),
        ("phân công cho Bùi Văn Bình: tuyên truyền trong tháng 12", "Bùi Văn Bình", "Tuyên truyền", date(2026, 12, 31)),
        ("giao viec cho bac lan: sua duong, han cuoi tuan", "Trần Thị Lan", "Sua duong", date(2026, 11, 29)),
    ],
)  # fmt: skip
def test_a_task_in_one_line(world: World, line: str, name: str, title: str, due: date) -> None:
    an, _ = _an(world), _lan(world)
    world.person("Bùi Văn Bình")
    _give(an, line)
    (task,) = _all(world)
    assert (task.title, task.due_on) == (title, due)
    assert world.people[task.member_id or 0].name == name


def test_what_is_missing_is_asked_for_and_impossible_days_are_explained(world: World) -> None:
    an, _ = _an(world), _lan(world)
    an.says("giao việc")
    assert "cho ai" in an.last
    an.says("Lan")
    assert "việc gì" in an.last
    an.says("ok")
    assert "việc gì" in an.last
    an.says("Rà soát hộ nghèo")
    assert "Hạn xong ngày nào" in an.last
    an.says("31/11")
    assert "Không có ngày 31/11" in an.last
    an.says("hôm qua, 24/11/2026")
    assert "đã qua" in an.last
    an.says("thứ Ba tuần sau")
    assert "thứ Ba, ngày 01/12/2026" in an.last
    an.presses("Giao việc")
    assert _one(world).due_on == date(2026, 12, 1)


def test_two_of_a_name_are_asked_about(world: World) -> None:
    an, _ = _an(world), _lan(world)
    hoa = world.person("Lê Thị Lan")
    an.says(LINE)
    assert "cùng tên" in an.last
    an.presses("Lê Thị Lan")
    an.presses("Giao việc")
    assert _one(world).member_id == hoa.member_id


def test_only_who_leads_gives_and_only_in_the_own_subtree(world: World) -> None:
    _an(world)
    lan = _lan(world)
    lan.says("/giaoviec bác Lan: quét ngõ, hạn 10/12")
    assert "chỉ dành cho người được giao" in lan.last
    other = world.add_branch("Chi bộ thôn 4", "AB-04")
    world.person("Phạm Thị Cúc", branch=other)
    chief = world.person("Lê Bí Thư", roles=[RoleKind.SECRETARY], platform="telegram")
    chief.says("giao việc cho đồng chí Cúc: quét ngõ, hạn 10/12")
    assert "cho ai" in chief.last
    assert not _all(world)


def test_a_secretary_takes_it_back_and_the_doer_hears(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    an.presses("Sai")
    assert "về như trước" in an.last
    assert _one(world).state == TaskState.CANCELLED
    assert "là nhầm" in lan.last
    an.says("việc chi bộ")
    assert "Đang làm 0 việc" in an.last


# --- the doer ------------------------------------------------------------------------------------------------------
@BOTH
def test_declined_with_a_reason_that_only_the_giver_reads(world: World, platform: str) -> None:
    an, lan = _an(world, platform), _lan(world, platform)
    binh = world.person("Bùi Văn Bình", platform=platform)
    _give(an)
    lan.presses("Xin đổi")
    assert "Vì sao" in lan.last
    lan.says("Đang nuôi con ốm")
    assert "Đang nuôi con ốm" in an.last
    an.presses("Chuyển người khác")
    an.says("Bình")
    assert "Đã chuyển việc số 1 cho đồng chí Bùi Văn Bình" in an.last
    assert "đã chuyển cho người khác" in lan.last
    assert "VIỆC SỐ 1" in binh.last
    assert "con ốm" not in binh.last
    lan.says("nhiệm vụ")
    assert "Hiện không có việc gì" in lan.last
    an.presses("Sai")
    assert _one(world).member_id == lan.member_id


def test_a_photo_is_kept_with_the_report(world: World) -> None:
    an, lan = _an(world), _lan(world, "telegram")
    _give(an)
    lan.presses("Nhận việc")
    lan.sends(_photo(), "anh.jpg", mime="image/jpeg", shown="photo", text="việc số 1 đã xong")
    assert "Đã nhận ảnh kèm theo. Xin chỉ gửi ảnh không thuộc bí mật nhà nước." in lan.last
    row = _steps(world)[-1]
    assert (row.kind, row.member_id) == (Act.REPORT, lan.member_id)
    assert row.file_id is not None
    assert "Có ảnh kèm theo" in an.last
    an.presses("Xem ảnh")
    assert "Ảnh báo cáo việc số 1" in an.last
    assert any(message["file"] for message in an.chat() if message["from"] == "bot")


def test_a_photo_when_it_is_asked_for(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.says("việc số 1")
    lan.presses("Nhận việc")
    lan.says("việc 1")
    lan.presses("Báo tiến độ")
    lan.sends(_photo(), "anh.jpg", mime="image/jpeg", shown="photo")
    assert _one(world).state == TaskState.REPORTED
    assert _steps(world)[-1].file_id is not None


@BOTH
@pytest.mark.parametrize("granted", [True, False])
def test_more_time_is_granted_or_refused_by_one_press(world: World, platform: str, granted: bool) -> None:
    an, lan = _an(world, platform), _lan(world, platform)
    _give(an)
    lan.presses("Nhận việc")
    lan.says("xin gia hạn đến thứ Hai")
    assert "đến thứ Hai, ngày 30/11/2026" in lan.last
    assert "xin gia hạn việc số 1 đến thứ Hai, ngày 30/11/2026" in an.last
    an.presses("Đồng ý gia hạn" if granted else "Không đồng ý")
    assert _one(world).due_on == (date(2026, 11, 30) if granted else date(2026, 11, 27))
    assert ("được gia hạn" if granted else "giữ hạn cũ") in lan.last
    an.presses("Sai")
    assert _one(world).due_on == date(2026, 11, 27)
    assert "là nhầm" in lan.last


def test_an_extension_must_be_later(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.presses("Nhận việc")
    lan.says("việc số 1 xin gia hạn đến ngày mai")
    assert "phải sau hạn hiện nay" in lan.last
    lan.says("xin gia hạn việc 1")
    assert "Đến ngày nào" in lan.last
    lan.presses("30/11")
    assert "Đã xin gia hạn việc số 1 đến thứ Hai" in lan.last


def test_each_step_of_a_doer_is_undone(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.presses("Nhận việc")
    lan.presses("Sai")
    assert _one(world).state == TaskState.GIVEN
    lan.says("việc số 1 được 70%")
    lan.presses("Sai")
    assert (_one(world).state, _one(world).percent) == (TaskState.GIVEN, 0)
    lan.says("việc số 1 xong rồi")
    lan.presses("Sai")
    assert _one(world).state == TaskState.GIVEN
    assert "rút lại" in an.last
    an.says("việc chờ xác nhận")
    assert "không có việc nào chờ" in an.last


# --- several tasks -------------------------------------------------------------------------------------------------
@BOTH
def test_several_tasks_are_never_mixed_up(world: World, platform: str) -> None:
    an, lan = _an(world, platform), _lan(world, platform)
    _give(an)
    _give(an, "giao việc cho bác Lan: sửa cổng làng, hạn 10/12")
    lan.says("1")
    assert "Đồng chí nói về việc nào" in lan.last
    assert {task.state for task in _all(world)} == {TaskState.GIVEN}
    lan.presses("việc số 1")
    assert [task.state for task in _all(world)] == [TaskState.ACCEPTED, TaskState.GIVEN]
    lan.says("nhiệm vụ")
    assert "Việc số 1: Dọn nhà văn hóa – hạn 27/11, đã nhận" in lan.last
    assert "Việc số 2: Sửa cổng làng – hạn 10/12, chưa trả lời" in lan.last
    lan.says("đã làm xong việc được giao")
    assert "Đồng chí nói về việc nào" in lan.last
    lan.says("việc số 2")
    assert [task.state for task in _all(world)] == [TaskState.ACCEPTED, TaskState.REPORTED]


@pytest.mark.parametrize("words", ["việc số 2", "Việc 2", "viec so hai", "nhiệm vụ số 2", "#2", "xem việc số 2"])
def test_a_task_by_number_in_every_form(world: World, words: str) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    _give(an, "giao việc cho bác Lan: sửa cổng làng, hạn 10/12")
    lan.says(words)
    assert lan.last.startswith("VIỆC SỐ 2: Sửa cổng làng")
    an.says(words)
    assert "Người làm: bác Trần Thị Lan" in an.last


def test_two_reports_are_never_mixed_up_by_a_number(world: World) -> None:
    an, lan = _an(world, "zalo"), _lan(world)
    binh = world.person("Bùi Văn Bình")
    _give(an)
    _give(an, "giao việc cho đồng chí Bình: sửa cổng làng, hạn 10/12")
    lan.says("việc số 1 đã xong")
    binh.says("việc số 2 đã xong")
    an.says("1")
    assert "Đồng chí nói về việc nào" in an.last
    an.presses("việc số 1")
    assert [task.state for task in _all(world)] == [TaskState.DONE, TaskState.REPORTED]


def test_only_the_last_step_is_undone_and_only_once(world: World) -> None:
    an, lan = _an(world), _lan(world, "telegram")
    _give(an)
    lan.says("việc số 1 được 20%")
    lan.says("việc số 1 được 40%")
    first = next(m for m in lan.chat() if "xong 20%" in (m["text"] or ""))
    label, data = first["buttons"][1]
    assert "Sai" in label
    lan._press(first["message_id"], data, None)
    assert "đã có bước tiếp theo" in lan.last
    assert _one(world).percent == 40
    lan.presses("Sai")
    lan.presses("Sai")
    assert _one(world).percent == 20


def test_a_member_sees_only_own_tasks(world: World) -> None:
    an, lan = _an(world), _lan(world, "telegram")
    binh = world.person("Bùi Văn Bình")
    _give(an)
    binh.says("việc số 1")
    assert "Không thấy việc số 1" in binh.last
    binh.says("việc quá hạn")
    assert "chỉ dành cho" in binh.last
    lan.says("nhiệm vụ")
    an.says("việc số 1")
    an.presses("Chuyển người khác")
    an.presses("Bùi Văn Bình")
    lan.presses("Việc số 1")
    assert "chỉ dành cho" in lan.last


def test_tasks_steal_no_words_of_invitations_and_papers(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    with world.database.transaction() as session:
        meeting = meetings.add(
            session,
            Meeting(
                organization_id=world.branch.id or 0, starts_at=datetime(2026, 12, 3, 19, 30, tzinfo=ZONE),
                place="Nhà văn hóa", created_at=world.now,
            ),
        )  # fmt: skip
        session.add(Rsvp(meeting_id=meeting.id or 0, member_id=lan.member_id))
    lan.says("việc số 1 được 10%")
    lan.presses("Đúng")
    for words in (
        "tôi làm xong việc nhà rồi, tôi dự được",
        "xong việc được giao rồi, xin vắng",
        "tôi dự được",
        "xin vắng vì việc nhà bận",
        "đã đọc xong văn bản",
        "đi làm việc xa nên vắng",
    ):
        lan.says(words)
    assert [step.kind for step in _steps(world)] == [Act.GIVEN, Act.PROGRESS]


def test_a_number_meant_for_a_dialogue_is_not_taken(world: World) -> None:
    an, lan = _an(world), _lan(world)
    lan.says("hỏi")
    assert "Xin viết" in lan.last
    _give(an)
    lan.says("1")
    assert _one(world).state == TaskState.GIVEN


# --- out of a meeting ----------------------------------------------------------------------------------------------
def test_conclusions_become_tasks_in_one_press(world: World) -> None:
    an, lan = _an(world), _lan(world)
    binh = world.person("Bùi Văn Bình", platform="zalo")
    meeting_id = _meeting(
        world,
        "Giao đồng chí Lan rà soát hộ nghèo, xong trước ngày 10/12/2026;\nĐồng chí Bình sửa loa truyền thanh.",
        "Chi bộ nhất trí kế hoạch tháng 12",
        "",
    )
    _card(world, an, meeting_id)
    assert "Giao 3 việc theo kết luận? Còn 1 việc chưa có người làm." in an.last
    assert len(an.last.split("\n")) - an.last.count(" – Sửa") - an.last.count(" – Giao hết") <= 6
    an.presses("Giao hết")
    first, second, third = _all(world)
    assert (first.member_id, first.due_on) == (lan.member_id, date(2026, 12, 10))
    assert (second.member_id, second.due_on) == (binh.member_id, date(2026, 12, 2))
    assert third.member_id is None
    assert "VIỆC SỐ 1" in lan.last
    assert "VIỆC SỐ 2" in binh.last
    assert "Chưa có người làm: việc số 3" in an.last
    an.presses("việc số 3")
    an.says("Lan")
    assert _all(world)[2].member_id == lan.member_id
    with world.database.reading() as session:
        assert len(tasks.of_meeting(session, meeting_id)) == 3
    _card(world, an, meeting_id)
    assert "đã thành 3 việc: số 1, 2, 3" in an.last
    assert len(_all(world)) == 3


def test_a_proposal_is_changed_before_it_is_given(world: World) -> None:
    an, lan = _an(world), _lan(world)
    world.person("Bùi Văn Bình", platform="zalo")
    meeting_id = _meeting(world, "Đồng chí Bình sửa loa truyền thanh.", "Chi bộ nhất trí kế hoạch")
    _card(world, an, meeting_id)
    an.presses("Sửa việc 2")
    an.presses("Không giao việc này")
    an.presses("Sửa việc 1")
    an.presses("Đổi người làm")
    an.says("Lan")
    an.presses("Đổi hạn")
    an.says("thứ Sáu")
    an.presses("Về danh sách")
    an.presses("Giao hết")
    (task,) = _all(world)
    assert (task.member_id, task.due_on) == (lan.member_id, date(2026, 11, 27))


# --- those who lead ------------------------------------------------------------------------------------------------
def test_all_reports_are_confirmed_at_once(world: World) -> None:
    an, lan = _an(world), _lan(world)
    binh = world.person("Bùi Văn Bình")
    _give(an)
    _give(an, "giao việc cho đồng chí Bình: sửa cổng làng, hạn 10/12")
    lan.says("việc số 1 đã xong")
    binh.says("việc số 2 đã xong")
    an.presses("Xác nhận cả 2 việc")
    assert "Đã xác nhận xong 2 việc: số 1, 2" in an.last
    assert {task.state for task in _all(world)} == {TaskState.DONE}
    an.presses("Sai")
    assert {task.state for task in _all(world)} == {TaskState.REPORTED}


def test_late_tasks_by_branch_and_counts_in_the_group(world: World) -> None:
    an, lan = _an(world), _lan(world, "telegram")
    group = world.group([an, lan])
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune, platform="zalo")
    _give(an)
    world.at("2026-11-30T09:00:00+07:00")
    an.says("việc quá hạn")
    assert "1 việc quá hạn" in an.last
    assert "Trần Thị Lan" in an.last
    assert "quá hạn 3 ngày" in an.last
    an.mentions("việc quá hạn", group)
    assert "quá hạn 1" in an.texts(group)[-1]
    assert "Lan" not in an.texts(group)[-1]
    lan.mentions("việc quá hạn", group)
    assert "Trần" not in lan.texts(group)[-1]
    officer.says("tình hình nhiệm vụ")
    assert "quá hạn 1" in officer.last


# --- by itself -----------------------------------------------------------------------------------------------------
def test_reminders_before_on_the_day_and_then_weekly_three_times(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an, "giao việc cho bác Lan: dọn nhà văn hóa, hạn 10/12")
    _give(an, "giao việc cho bác Lan: sửa cổng, hạn 10/12")
    lan.forget()
    days = []
    # The days on which something comes, those around them, and days long before and behind.
    for day in (3, 6, 7, 8, 9, 10, 11, 12, 17, 18, 19, 24, 25, 26, 31):
        world.at(f"2026-12-{day:02d}T05:00:00+07:00")
        quiet = len(lan.new())
        world.at(f"2026-12-{day:02d}T09:00:00+07:00")
        world.sweep()
        days += [day] * (len(lan.new()) - quiet)
        assert quiet == 0
        lan.forget()
    for day in (1, 8, 15):
        world.at(f"2027-01-{day:02d}T09:00:00+07:00")
    assert days == [7, 10, 11, 18, 25]
    assert not lan.new()


def test_what_is_done_is_not_reminded_of(world: World) -> None:
    an, lan = _an(world), _lan(world)
    _give(an)
    lan.says("việc số 1 đã xong")
    lan.forget()
    for day in (26, 27, 28, 29):
        world.at(f"2026-11-{day}T09:00:00+07:00")
    assert not lan.new()


def test_tasks_of_who_has_left_are_handed_over(world: World) -> None:
    an, lan = _an(world), _lan(world)
    binh = world.person("Bùi Văn Bình")
    _give(an)
    _give(an, "giao việc cho bác Lan: sửa cổng làng, hạn 10/12")
    with world.database.transaction() as session:
        session.get_one(Member, lan.member_id).status = Status.LEFT
    world.sweep()
    assert "Trần Thị Lan đã rời chi bộ, còn 2 việc chưa xong: số 1, 2" in an.last
    before = len(an.texts())
    world.sweep()
    assert len(an.texts()) == before
    an.presses("Chuyển người khác")
    an.presses("Bùi Văn Bình")
    assert {task.member_id for task in _all(world)} == {binh.member_id}
    assert "được giao 2 việc" in binh.last
    binh.presses("Nhận cả 2 việc")
    assert {task.state for task in _all(world)} == {TaskState.ACCEPTED}

"""After the meeting: minutes drafted, edited by item, approved, numbered, sent; the resolution; results to other
units; the rule's two days. The meeting was on Thursday 3/12/2026, 19:30 to 21:10."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from typing import Any

import docx
import pytest
from sqlmodel import select

from storage import files, minutes, rollcalls
from storage.agendas import AgendaItem, Guest
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.broadcasts import Broadcast
from storage.documents import Document, Reading
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.members import Role, RoleKind, Standing
from storage.minutes import MeetingPaper, PaperKind, PaperState
from storage.opinions import Opinion
from storage.rollcalls import Presence
from storage.tasks import Task
from storage.votes import Vote, VoteState
from tests.world import Person, World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
BEGAN = datetime.fromisoformat("2026-12-03T19:30:00+07:00")
ENDED = datetime.fromisoformat("2026-12-03T21:10:00+07:00")


class Branch:
    """An is secretary, Mai clerk; Lan and Ba are members."""

    def __init__(self, world: World, platform: str = "telegram") -> None:
        self.world = world
        self.an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
        self.mai = world.person("Vũ Thị Mai", roles=[RoleKind.CLERK], platform=platform)
        self.lan = world.person("Trần Thị Lan", platform=platform)
        self.ba = world.person("Lê Văn Ba", platform=platform, standing=Standing.PROBATIONARY)

    @property
    def people(self) -> list[Person]:
        return [self.an, self.mai, self.lan, self.ba]

    def holds(self, *, began: datetime = BEGAN, said: bool = True, ended: bool = True, **fields: Any) -> int:
        """A meeting that was held: Ba was absent for a reason; one opinion, conclusion, vote and task."""
        ends = began + (ENDED - BEGAN) if ended else None
        values = {
            "place": "Nhà văn hóa thôn 3",
            "chair_id": self.an.member_id,
            "clerk_id": self.mai.member_id,
            **fields,
        }
        with self.world.database.transaction() as session:
            meeting = Meeting(
                organization_id=self.world.branch.id or 0, starts_at=began, created_at=began, began_at=began,
                ended_at=ends, state=MeetingState.HELD, **values,
            )  # fmt: skip
            session.add(meeting)
            session.flush()
            meeting_id = meeting.id or 0
            for person in self.people:
                session.add(Rsvp(meeting_id=meeting_id, member_id=person.member_id))
            session.flush()
            if said:
                self._says(session, meeting_id, began)
        self.world.at((began + timedelta(minutes=750 if ended else 90)).isoformat())
        for person in self.people:
            person.forget()
        return meeting_id

    def _says(self, session: Any, meeting_id: int, at: datetime) -> None:
        for person in self.people:
            state = Presence.EXCUSED if person is self.ba else Presence.PRESENT
            rollcalls.put(session, meeting_id, person.member_id, rollcalls.Record(state, "chair", at))
        ba = session.exec(select(Rsvp).where(Rsvp.member_id == self.ba.member_id, Rsvp.meeting_id == meeting_id)).one()
        ba.state, ba.reason, ba.reason_state = RsvpState.ABSENT, "đi viện", ReasonState.ACCEPTED
        item = AgendaItem(
            meeting_id=meeting_id, position=1, title="Xây dựng đường thôn", speaker_id=self.an.member_id,
            conclusion="Góp 20 ngày công làm đường thôn.",
        )  # fmt: skip
        session.add(item)
        session.add(Guest(meeting_id=meeting_id, name="Đỗ Văn Minh", office="Đảng ủy xã", came=True))
        session.flush()
        session.add(
            Opinion(
                meeting_id=meeting_id,
                item_id=item.id,
                member_id=self.lan.member_id,
                text="Nên làm trước Tết.",
                spoken_at=at,
                created_at=at,
            )
        )
        session.add(
            Vote(
                organization_id=self.world.branch.id or 0,
                meeting_id=meeting_id,
                title="Thông qua nghị quyết",
                base=3,
                needed=2,
                state=VoteState.CLOSED,
                opened_at=at,
                closed_at=at,
                count_for=2,
                count_against=1,
            )
        )
        session.add(
            Task(
                organization_id=self.world.branch.id or 0,
                year=at.year,
                number=meeting_id,
                title="Vận động các hộ góp công",
                member_id=self.lan.member_id,
                meeting_id=meeting_id,
                due_on=(at + timedelta(days=20)).date(),
                given_at=at,
            )
        )


def paper(world: World, meeting_id: int, kind: PaperKind = PaperKind.MINUTES) -> MeetingPaper:
    with world.database.reading() as session:
        found = minutes.of_meeting(session, meeting_id, kind)
    assert found is not None
    return found


def documents(world: World) -> list[Document]:
    with world.database.reading() as session:
        return list(session.exec(select(Document).order_by(Document.id)))  # type: ignore[arg-type]


def printed(world: World, file_id: int | None) -> str:
    """Every word of a stored .docx, tables too."""
    assert file_id is not None
    with world.database.reading() as session:
        content = world.app.store.path(files.get(session, file_id).sha256).read_bytes()
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def short(person: Person) -> bool:
    """Whether every new text keeps to six lines, choices aside."""
    return all(
        len([line for line in text.splitlines() if line.strip() and " – " not in line[:5] and "http" not in line]) <= 7
        for text in person.new()
    )


# --- the routine way -----------------------------------------------------------------------------------------------
@BOTH
def test_a_routine_meeting_costs_three_taps_and_no_typing(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.holds()
    branch.an.says("lập biên bản")
    assert "Xin xem và duyệt biên bản sinh hoạt chi bộ tháng 12" in branch.an.last
    assert "Có mặt 3/4; vắng có lý do 1, không lý do 0." in branch.an.last
    assert "Nội dung 1, ý kiến 1, kết luận 1, biểu quyết 1, nhiệm vụ 1." in branch.an.last
    assert "Hạn gửi: hết thứ Bảy, ngày 05/12/2026" in branch.an.last
    branch.an.presses("Duyệt biên bản")
    assert "số 01-BB/CB" in branch.an.last
    branch.an.presses("Gửi biên bản")
    assert branch.an.sees("Đã gửi biên bản sinh hoạt chi bộ tháng 12 tới 4 đồng chí")
    assert short(branch.an)
    row = paper(world, meeting_id)
    assert (row.state, row.number, row.year, row.approved_by) == (PaperState.SENT, 1, 2026, branch.an.member_id)
    assert branch.lan.sees("01-BB/CB")
    branch.lan.presses("đã đọc")
    with world.database.reading() as session:
        read = session.exec(select(Reading).where(Reading.member_id == branch.lan.member_id)).one()
    assert read.acknowledged_at is not None
    assert read.document_id == row.document_id
    text = printed(world, row.file_id)
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ THÔN 3", "Số 01-BB/CB", "An Bình, ngày 03 tháng 12 năm 2026",
        "Bắt đầu: 19 giờ 30, thứ Năm, ngày 03/12/2026.", "Nhà văn hóa thôn 3",
        "Triệu tập: 4 đồng chí (chính thức 3, dự bị 1).", "Có mặt: 3 đồng chí.", "Lê Văn Ba (đi viện)",
        "Vắng không lý do: không.", "Đỗ Văn Minh, Đảng ủy xã", "Chủ trì: Nguyễn Văn An.", "Thư ký: Vũ Thị Mai.",
        "Trần Thị Lan: Nên làm trước Tết.", "Góp 20 ngày công làm đường thôn.",
        "tổng số đảng viên chính thức 3; tán thành 2 (66,7%), không tán thành 1", "Được thông qua.",
        "Vận động các hộ góp công. Người thực hiện: Trần Thị Lan. Thời hạn: 23/12/2026.", "kết thúc lúc 21 giờ 10",
    ):  # fmt: skip
        assert words in text, words
    assert "{{" not in text


@BOTH
def test_the_chair_approves_what_the_clerk_wrote(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.holds()
    branch.mai.says("/bienban")
    branch.mai.presses("Gửi chủ trì duyệt")
    assert "để đồng chí Nguyễn Văn An duyệt" in branch.mai.last
    assert "Xin đồng chí duyệt biên bản sinh hoạt chi bộ tháng 12. đồng chí Vũ Thị Mai gửi." in branch.an.last
    assert platform == "telegram" or "/bb/" in branch.an.last
    branch.an.presses("Trả lại")
    branch.an.says("Ghi thiếu ý kiến của bác Lan")
    assert branch.mai.sees("Lý do: Ghi thiếu ý kiến của bác Lan")
    assert paper(world, meeting_id).state == PaperState.DRAFT
    branch.mai.presses("Xem và sửa từng mục")
    branch.mai.presses("Nội dung 1")
    branch.mai.says("+ Bác Lan: đề nghị làm rãnh thoát nước.")
    assert "Đã sửa mục" in branch.mai.last
    branch.mai.says("biên bản")
    branch.mai.presses("Gửi chủ trì duyệt")
    branch.an.presses("Duyệt biên bản")
    assert branch.mai.sees("Đã duyệt biên bản")
    branch.mai.presses("Gửi biên bản")
    row = paper(world, meeting_id)
    assert row.state == PaperState.SENT
    text = printed(world, row.file_id)
    assert "Nên làm trước Tết." in text
    assert "đề nghị làm rãnh thoát nước." in text


# --- rights --------------------------------------------------------------------------------------------------------
def test_who_keeps_no_minutes_sees_and_does_nothing(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    binh = world.person("Hồ Văn Bình", roles=[RoleKind.SECRETARY], branch=other)
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune)
    branch.lan.says("biên bản")
    assert "Có mặt" not in branch.lan.last
    for person in (binh, minh):
        person.says("biên bản")
        assert "tháng 12" not in person.last
    with world.database.reading() as session:
        assert minutes.of_meeting(session, meeting_id, PaperKind.MINUTES) is None


def test_a_clerk_never_approves_alone(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.mai.says("biên bản")
    assert not any("Duyệt biên bản" in label for message in branch.mai.chat() for label, _ in message["buttons"])
    branch.mai.presses("Gửi chủ trì duyệt")
    assert paper(world, meeting_id).state == PaperState.WAITING
    branch.mai.says("biên bản")
    with pytest.raises(AssertionError):
        branch.mai.presses("Duyệt biên bản")


def test_the_right_to_approve_is_asked_for_when_the_button_is_pressed(world: World) -> None:
    branch = Branch(world)
    hoa = world.person("Phạm Thị Hoa", roles=[RoleKind.DEPUTY, RoleKind.CLERK])
    meeting_id = branch.holds()
    hoa.says("biên bản")
    with world.database.transaction() as session:
        query = select(Role).where(Role.member_id == hoa.member_id, Role.kind == RoleKind.DEPUTY)
        session.delete(session.exec(query).one())
    hoa.presses("Duyệt biên bản")
    assert paper(world, meeting_id).state == PaperState.DRAFT
    assert paper(world, meeting_id).number is None


def test_who_keeps_the_minutes_no_longer_reads_them_no_longer(world: World) -> None:
    branch = Branch(world)
    branch.holds(clerk_id=None)
    branch.mai.says("biên bản")
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role).where(Role.member_id == branch.mai.member_id)).one())
    branch.mai.forget()
    branch.mai.presses("Xem và sửa từng mục")
    assert not branch.mai.sees("Đồng chí chọn mục")


def test_nothing_is_sent_that_was_not_approved(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    with world.database.transaction() as session:
        row = minutes.get(session, paper(world, meeting_id).id or 0)
        minutes.write(session, row, state=PaperState.WAITING, approved_at=None)
    branch.an.presses("Gửi biên bản")
    assert branch.an.sees("phải được chủ trì duyệt trước")
    assert not documents(world)


def test_an_old_button_does_not_approve_a_newer_text(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.mai.says("biên bản")
    branch.mai.presses("Gửi chủ trì duyệt")
    branch.mai.says("biên bản")
    branch.mai.presses("Rút lại để sửa")
    branch.mai.presses("Xem và sửa từng mục")
    branch.mai.presses("Nội dung 1")
    branch.mai.says("Nội dung khác hẳn, chủ trì chưa xem.")
    branch.mai.says("biên bản")
    branch.mai.presses("Gửi chủ trì duyệt")
    first = next(m for m in branch.an.chat() if any("Duyệt biên bản" in label for label, _ in m["buttons"]))
    branch.an._press(first["message_id"], first["buttons"][0][1], None)
    assert "Nội dung đã thay đổi" in branch.an.last
    assert paper(world, meeting_id).state == PaperState.WAITING
    branch.an.presses("Duyệt biên bản")
    assert paper(world, meeting_id).state == PaperState.APPROVED


def test_a_chair_who_cannot_be_reached_is_stood_in_for(world: World) -> None:
    branch = Branch(world)
    hoa = world.person("Phạm Thị Hoa", linked=False)
    meeting_id = branch.holds(chair_id=hoa.member_id)
    branch.mai.says("biên bản")
    branch.mai.presses("Gửi chủ trì duyệt")
    assert "Chưa nhắn được cho chủ trì" in branch.mai.last
    branch.an.presses("Duyệt biên bản")
    assert paper(world, meeting_id).approved_by == branch.an.member_id


@BOTH
def test_sent_once_however_often_it_is_pressed(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    if platform == "telegram":
        branch.an.presses("Gửi biên bản")
    assert len(documents(world)) == 1
    with world.database.reading() as session:
        assert len(list(session.exec(select(Broadcast)))) == 1


# --- editing -------------------------------------------------------------------------------------------------------
@BOTH
def test_an_edited_section_stays_and_can_be_taken_back(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Xem và sửa từng mục")
    assert "mục 1–5 trong 7" in branch.an.last
    branch.an.presses("Thành phần tham dự")
    assert "Vắng có lý do: 1 đồng chí: Lê Văn Ba (đi viện)." in branch.an.last
    branch.an.says("ok")
    assert "Xin viết nội dung mới" in branch.an.last
    branch.an.presses("Giữ nguyên")
    branch.an.presses("Xem tiếp")
    assert "mục 6–7 trong 7" in branch.an.last
    branch.an.presses("Kết thúc")
    branch.an.says("Họp xong lúc 21 giờ 15.")
    assert 'Đã sửa mục "Kết thúc".' in branch.an.last
    closing = paper(world, meeting_id).parts["sections"][-1]
    assert (closing["text"], closing["edited"]) == ("Họp xong lúc 21 giờ 15.", True)
    branch.an.presses("Hoàn tác")
    closing = paper(world, meeting_id).parts["sections"][-1]
    assert "21 giờ 10" in closing["text"]
    assert not closing["edited"]


def test_a_text_that_comes_after_the_approval_changes_nothing(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.mai.says("biên bản")
    branch.mai.presses("Xem và sửa từng mục")
    branch.mai.presses("Biểu quyết")
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.mai.says("Biểu quyết lại từ đầu.")
    assert branch.mai.sees("không sửa được nữa")
    assert not any(each["edited"] for each in paper(world, meeting_id).parts["sections"])


def test_what_is_recorded_later_reaches_the_draft_but_not_what_was_edited(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Xem và sửa từng mục")
    branch.an.presses("Biểu quyết")
    branch.an.says("Giơ tay: nhất trí.")
    with world.database.transaction() as session:
        at = world.now
        session.add(Opinion(meeting_id=meeting_id, member_id=branch.mai.member_id, text="Thêm đèn.", created_at=at))
    branch.an.says("biên bản")
    texts = {each["key"]: each["text"] for each in paper(world, meeting_id).parts["sections"]}
    assert "Thêm đèn." in texts["opinions"]
    assert texts["votes"] == "Giơ tay: nhất trí."


def test_very_long_and_hostile_texts(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    with world.database.transaction() as session:
        at = world.now
        for text in ("dài lắm " * 6000, "<b>&{{so}}\x0b\x00 ]]></w:t>"):
            session.add(
                Opinion(
                    meeting_id=meeting_id, member_id=branch.lan.member_id, text=text.replace("\x00", ""), created_at=at
                )
            )
    branch.an.says("biên bản")
    branch.an.presses("Xem và sửa từng mục")
    branch.an.presses("Ý kiến khác")
    assert "xem đủ trong bản in" in branch.an.last
    branch.an.presses("Giữ nguyên")
    branch.an.presses("Xong")
    branch.an.presses("Duyệt biên bản")
    text = printed(world, paper(world, meeting_id).file_id)
    assert "<b>&{{so}}" in text
    assert "ý kiến dài" in text


# --- what is missing -----------------------------------------------------------------------------------------------
@BOTH
def test_an_empty_meeting_is_not_approved(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.holds(said=False)
    branch.an.says("biên bản")
    assert "Còn thiếu: chưa điểm danh (đang lấy theo báo dự); chưa có kết luận." in branch.an.last
    branch.an.presses("Duyệt biên bản")
    assert branch.an.sees("chưa ghi điểm danh, ý kiến hay kết luận nào")
    assert paper(world, meeting_id).state == PaperState.DRAFT
    branch.an.says("biên bản")
    branch.an.presses("Xem và sửa từng mục")
    branch.an.presses("Thành phần tham dự")
    assert "Chưa điểm danh: 4 đồng chí" in branch.an.last


def test_meetings_that_run_are_ahead_or_were_cancelled(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds(ended=False)
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    assert branch.an.sees("Cuộc họp chưa kết thúc")
    with world.database.transaction() as session:
        session.get_one(Meeting, meeting_id).state = MeetingState.CANCELLED
    branch.an.presses("Duyệt biên bản")
    assert branch.an.sees("đã hủy, không lập biên bản")
    branch.an.says("biên bản")
    assert "Chưa có cuộc họp nào" in branch.an.last


def test_without_a_roll_call_what_was_announced_counts(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds(said=False)
    with world.database.transaction() as session:
        rows = {row.member_id: row for row in session.exec(select(Rsvp).where(Rsvp.meeting_id == meeting_id))}
        rows[branch.an.member_id].state = rows[branch.mai.member_id].state = RsvpState.ATTENDING
        rows[branch.lan.member_id].state = RsvpState.ABSENT
        rows[branch.lan.member_id].reason, rows[branch.lan.member_id].reason_state = "bận", ReasonState.WAITING
    branch.an.says("biên bản")
    assert "Có mặt 2/4; vắng có lý do 0, không lý do 1." in branch.an.last


def test_two_meetings_are_never_mixed_up(world: World) -> None:
    branch = Branch(world)
    first = branch.holds(began=BEGAN - timedelta(days=1), kind=MeetingKind.COMMITTEE)
    second = branch.holds()
    branch.an.says("biên bản")
    assert "Đồng chí chọn cuộc họp" in branch.an.last
    branch.an.presses("Họp chi ủy")
    assert "biên bản họp chi ủy tháng 12" in branch.an.last
    branch.an.presses("Duyệt biên bản")
    assert paper(world, first).state == PaperState.APPROVED
    with world.database.reading() as session:
        assert minutes.of_meeting(session, second, PaperKind.MINUTES) is None


def test_minutes_of_a_committee_go_to_its_members_only(world: World) -> None:
    branch = Branch(world)
    branch.holds(kind=MeetingKind.COMMITTEE)
    with world.database.transaction() as session:
        for row in session.exec(select(Rsvp).where(Rsvp.member_id == branch.lan.member_id)):
            session.delete(row)
        for call in session.exec(
            select(rollcalls.RollCall).where(rollcalls.RollCall.member_id == branch.lan.member_id)
        ):
            session.delete(call)
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    assert branch.mai.sees("01-BB/CB")
    assert not branch.lan.sees("01-BB/CB")


# --- the resolution ------------------------------------------------------------------------------------------------
@BOTH
def test_a_resolution_with_its_number(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    with world.database.transaction() as session:
        old = Document(
            organization_id=world.branch.id or 0, number="07-NQ/CB", kind="NQ", issued_on=BEGAN.date(),
            created_at=world.now, state="published",
        )  # fmt: skip
        session.add(old)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Ra nghị quyết")
    assert "Xin xem và duyệt nghị quyết sinh hoạt chi bộ tháng 12" in branch.an.last
    branch.an.presses("Duyệt nghị quyết")
    assert "số 08-NQ/CB" in branch.an.last
    branch.an.presses("Gửi nghị quyết")
    row = paper(world, meeting_id, PaperKind.RESOLUTION)
    assert (row.state, row.number) == (PaperState.SENT, 8)
    text = printed(world, row.file_id)
    for words in ("NGHỊ QUYẾT", "Số 08-NQ/CB", "An Bình, ngày 04 tháng 12 năm 2026", "Góp 20 ngày", "Trần Thị Lan"):
        assert words in text, words
    document = documents(world)[-1]
    assert (document.kind, document.number) == ("NQ", "08-NQ/CB")
    assert branch.lan.sees("08-NQ/CB")


def test_numbers_count_per_kind_and_year_and_a_failure_leaves_no_gap(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch = Branch(world)
    first = branch.holds()
    branch.an.says("biên bản")
    with monkeypatch.context() as broken:
        broken.setattr("bot.flows.minutes.docx_text.fill", _fails)
        branch.an.presses("Duyệt biên bản")
    assert paper(world, first).number is None
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    second = branch.holds(began=BEGAN + timedelta(days=25))
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    third = branch.holds(began=BEGAN + timedelta(days=31))
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    found = [(paper(world, each).number, paper(world, each).year) for each in (first, second, third)]
    assert found == [(1, 2026), (2, 2026), (1, 2027)]


def _fails(*_args: object, **_named: object) -> bytes:
    raise OSError("full")


def test_nothing_resolved_is_no_resolution(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    with world.database.transaction() as session:
        for item in session.exec(select(AgendaItem)):
            item.conclusion = ""
        for task in session.exec(select(Task)):
            session.delete(task)
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Ra nghị quyết")
    branch.an.presses("Duyệt nghị quyết")
    assert branch.an.sees("chưa có kết luận hay nhiệm vụ nào")
    assert paper(world, meeting_id, PaperKind.RESOLUTION).number is None


# --- the text of last month ----------------------------------------------------------------------------------------
def test_the_same_text_as_last_month_is_recognised(world: World) -> None:
    branch = Branch(world)
    first = branch.holds(began=BEGAN - timedelta(days=28))
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    second = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    with world.database.reading() as session:
        assert minutes.same_as_before(session, second) == first
        assert minutes.same_as_before(session, first) is None


# --- the rule's two days -------------------------------------------------------------------------------------------
@BOTH
def test_reminded_after_a_day_and_on_the_last_one_never_at_night(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    meeting_id = branch.holds()
    assert not branch.mai.new()
    world.at("2026-12-04T17:05:00+07:00")
    assert "Nhắc đồng chí lập và gửi biên bản sinh hoạt chi bộ tháng 12" in branch.mai.last
    assert not branch.an.sees("Nhắc đồng chí lập")
    branch.mai.forget()
    world.at("2026-12-04T20:00:00+07:00")
    world.at("2026-12-05T02:00:00+07:00")
    assert not branch.mai.new()
    world.at("2026-12-05T07:00:00+07:00")
    assert "Hôm nay là hạn cuối" in branch.mai.last
    branch.mai.forget()
    world.at("2026-12-05T15:00:00+07:00")
    world.at("2026-12-07T08:00:00+07:00")
    assert not branch.mai.new()
    branch.mai.says("biên bản")
    assert "Đã quá hạn gửi: hết thứ Bảy, ngày 05/12/2026" in branch.mai.last
    with world.database.reading() as session:
        assert minutes.issued_in_time(session, meeting_id) is None
        assert minutes.issued_in_time(session, meeting_id, now=world.now) is False


def test_sent_minutes_are_not_asked_for_and_were_in_time(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Gửi biên bản")
    for person in branch.people:
        person.forget()
    world.at("2026-12-05T07:00:00+07:00")
    assert not branch.mai.sees("hạn")
    with world.database.reading() as session:
        assert minutes.issued_in_time(session, meeting_id) is True


# --- results to the units concerned --------------------------------------------------------------------------------
def test_units_are_paged_round_and_round(world: World) -> None:
    branch = Branch(world)
    for number in range(11, 20):
        world.add_branch(f"Chi bộ thôn {number}", f"AB-{number}")
    branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Báo kết quả cho đơn vị khác")

    def offered() -> list[str]:
        return [label for label, _ in branch.an.chat()[-1]["buttons"]]

    first = offered()
    assert len(first) == 7
    branch.an.presses("Xem tiếp")
    assert not set(first[:5]) & set(offered())
    branch.an.says("tiếp")
    branch.an.presses("Xem tiếp")
    assert offered() == first


@BOTH
def test_a_conclusion_goes_to_the_leaders_of_another_unit(world: World, platform: str) -> None:
    branch = Branch(world, platform)
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    binh = world.person("Hồ Văn Bình", roles=[RoleKind.SECRETARY], branch=other, platform=platform)
    cuc = world.person("Hồ Thị Cúc", branch=other, platform=platform)
    branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.presses("Báo kết quả cho đơn vị khác")
    assert "Đồng chí chọn đơn vị" in branch.an.last
    branch.an.says("thôn 9")
    assert "Không thấy đơn vị nào" in branch.an.last
    branch.an.presses("Chi bộ thôn 5")
    assert "Góp 20 ngày công" in branch.an.last
    binh.forget()
    branch.an.presses("Gửi")
    assert "Đã gửi tới 1 đồng chí lãnh đạo Chi bộ thôn 5." in branch.an.last
    assert "Chi bộ thôn 3 báo kết quả sinh hoạt chi bộ tháng 12" in binh.last
    assert "Góp 20 ngày công" in binh.last
    assert not cuc.sees("Góp 20 ngày công")
    branch.an.presses("Báo tiếp")
    branch.an.presses("Đảng ủy xã An Bình")
    assert "chưa dùng Trợ lý chi bộ" in branch.an.last


# --- encryption ----------------------------------------------------------------------------------------------------
def test_nothing_of_the_text_lies_open_in_the_table(world: World) -> None:
    branch = Branch(world)
    branch.holds()
    branch.an.says("biên bản")
    with world.database.engine.connect() as connection:
        stored = bytes(connection.exec_driver_sql("SELECT parts FROM meetingpaper").scalar_one())
    assert "Nên làm".encode() not in stored
    assert b"sections" not in stored

"""What is written of a meeting passes the same gate as papers: a mark of secrecy is refused, the word alone is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from bot.errors import BadInput
from bot.flows.minutes import docx_text
from bot.flows.tasks import plan as plans
from bot.flows.votes import rules
from bot.secrecy import must_be_open
from bot.workbook import Sheet
from storage import agendas
from storage.agendas import AgendaItem
from storage.meetings import Meeting
from storage.minutes import PaperState
from storage.opinions import Opinion
from storage.tasks import Task, TaskReport
from tests.minutes.test_templates import made
from tests.scenarios.test_meetings import call, secretary
from tests.scenarios.test_minutes import Branch, paper
from tests.scenarios.test_room import meeting, party
from tests.world import Person, World

REFUSED = "Không nhận nội dung này: có dấu hiệu thuộc bí mật nhà nước."
SECRET = "TUYỆT MẬT\nPhương án tác chiến khu vực phòng thủ xã."
HARMLESS = "Nhắc đồng chí giữ bảo mật, đổi mật khẩu; hai hộ nuôi ong lấy mật."


def test_minutes_take_no_mark_of_secrecy(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Xem và sửa từng mục")
    branch.an.presses("Kết luận")
    branch.an.says(SECRET)
    assert branch.an.sees(REFUSED)
    assert "tác chiến" not in str(paper(world, meeting_id).parts)
    branch.an.says(HARMLESS)
    assert "đổi mật khẩu" in str(paper(world, meeting_id).parts)


def test_minutes_with_a_mark_from_elsewhere_are_not_approved(world: World) -> None:
    """A task's words came in another way: by a plan of last month."""
    branch = Branch(world)
    meeting_id = branch.holds()
    with world.database.transaction() as session:
        task = session.exec(select(Task)).one()
        task.title = "Độ mật: Tối mật"
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    assert 'mục "Phân công nhiệm vụ" có dấu hiệu thuộc bí mật nhà nước' in branch.an.last
    row = paper(world, meeting_id)
    assert (row.state, row.file_id, row.number) == (PaperState.DRAFT, None, None)


def test_agenda_opinions_and_tasks_take_none(world: World) -> None:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    call(an)
    lan.says("xin phát biểu")
    lan.says(SECRET)
    assert lan.sees(REFUSED)
    lan.sends(b"\xff\xd8\xff\xe0 photo", "anh.jpg", mime="image/jpeg", shown="photo", text="MẬT")
    assert lan.sees(REFUSED)
    an.says("giao việc cho Lan: TỐI MẬT\nđo đạc công trình")
    assert an.sees(REFUSED)
    with world.database.reading() as session:
        assert [*session.exec(select(Opinion)), *session.exec(select(Task))] == []
    lan.says(HARMLESS)
    with world.database.reading() as session:
        assert session.exec(select(Opinion)).one().text == HARMLESS
        assert not list(session.exec(select(AgendaItem)))


def _conclusion(world: World) -> Person:
    an, _, _ = party(world)
    with world.database.transaction() as session:
        agendas.write(session, meeting(world).id or 0, [{"title": "Sửa đường"}])
    an.presses("Mở họp")
    an.presses("Kết luận")
    an.says(SECRET)
    return an


def _noted_opinion(world: World) -> Person:
    an, _, _ = party(world)
    an.presses("Mở họp")
    an.presses("Ý kiến")
    an.says(f"Lan: {SECRET}")
    return an


def _agenda(world: World) -> Person:
    an = secretary(world)
    an.says("/moihop")
    an.presses("chuyên đề")
    an.says("tối thứ Sáu tuần sau")
    an.says("7 rưỡi")
    an.presses("Sửa")
    an.presses("Chương trình")
    an.says(SECRET)
    return an


def _reason_of_cancelling(world: World) -> Person:
    an = secretary(world)
    call(an)
    an.says("hủy họp")
    an.says(SECRET)
    return an


def _reason_of_returning(world: World) -> Person:
    branch = Branch(world)
    branch.holds()
    branch.mai.says("/bienban")
    branch.mai.presses("Gửi chủ trì duyệt")
    branch.an.presses("Trả lại")
    branch.an.says(SECRET)
    assert not branch.mai.sees("tác chiến")
    return branch.an


def _report_of_a_task(world: World) -> Person:
    an = secretary(world)
    lan = world.person("Trần Thị Lan")
    an.says("giao việc cho Lan: quét đường, hạn 10/12")
    an.presses("Giao việc")
    lan.presses("Nhận việc")
    lan.says(f"việc số 1 xong một nửa:\n{SECRET}")
    assert not an.sees("tác chiến")
    return lan


WAYS = [_conclusion, _noted_opinion, _agenda, _reason_of_cancelling, _reason_of_returning, _report_of_a_task]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_in_takes_a_mark_of_secrecy(world: World, way: Callable[[World], Person]) -> None:
    """Plans in Excel have a test of their own (test_task_plans)."""
    assert way(world).sees(REFUSED)
    with world.database.reading() as session:
        kept = [*session.exec(select(Opinion)), *session.exec(select(Task)), *session.exec(select(TaskReport))]
        kept += [*session.exec(select(AgendaItem)), *session.exec(select(Meeting))]
        assert "tác chiến" not in str([row.model_dump() for row in kept])


def test_votes_templates_and_names_of_files_take_none() -> None:
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        rules.checked("Thông qua phương án\nMẬT")
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        docx_text.check(made("TỐI MẬT", "{{noi_dung}}"))
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        must_be_open("", name="BC 12 (Mật).jpg")
    rows = [["Nội dung công việc", "Người thực hiện"], ["TỐI MẬT", "Trần Thị Lan"]]
    read = plans.read([Sheet("Kế hoạch", rows)], [], {}, date(2026, 12, 1))
    assert not read.rows
    assert "bí mật" in read.troubles[0].reason
    must_be_open(HARMLESS, "bí mật nhà nước", "mật", name="mat-khau.jpg")
    assert rules.checked("Thông qua quy chế bảo mật") == "Thông qua quy chế bảo mật"

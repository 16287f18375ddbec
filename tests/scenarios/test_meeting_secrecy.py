"""What is written of a meeting passes the same gate as papers: a mark of secrecy is refused, the word alone is not."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.errors import BadInput
from bot.flows.minutes import docx_text
from bot.flows.votes import rules
from bot.secrecy import must_be_open
from storage.agendas import AgendaItem
from storage.minutes import PaperState
from storage.opinions import Opinion
from storage.tasks import Task
from tests.minutes.test_templates import made
from tests.scenarios.test_meetings import call, secretary
from tests.scenarios.test_minutes import Branch, paper
from tests.world import World

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


def test_votes_templates_and_names_of_files_take_none() -> None:
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        rules.checked("Thông qua phương án\nMẬT")
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        docx_text.check(made("TỐI MẬT", "{{noi_dung}}"))
    with pytest.raises(BadInput, match=r"secrecy\.words"):
        must_be_open("", name="BC 12 (Mật).jpg")
    must_be_open(HARMLESS, "bí mật nhà nước", "mật", name="mat-khau.jpg")
    assert rules.checked("Thông qua quy chế bảo mật") == "Thông qua quy chế bảo mật"

"""A plan in Excel, from the chat: preview, faults with their places, one press, one message to each doer."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

import pytest
import xlsxwriter
from sqlmodel import select

from bot import workbook
from bot.errors import BadInput
from storage.documents import Document
from storage.files import StoredFile
from storage.members import Member, RoleKind, Status
from storage.tasks import Task, TaskState
from tests.web.site import Site
from tests.world import Person, World

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ["STT", "Nội dung công việc", "Người thực hiện", "Thời hạn"]
GOOD: list[list[object]] = [
    [1, "Rà soát hộ nghèo", "đ/c Trần Thị Lan", date(2026, 12, 10)],
    [2, "Sửa loa truyền thanh", "Bùi Văn Bình", "15/12/2026"],
    [3, "Treo cờ", "Trần Thị Lan", ""],
]


def plan(
    *rows: Sequence[object], heads: Sequence[str] = HEADS, above: str = "KẾ HOẠCH CÔNG TÁC", name: str = ""
) -> bytes:
    """A workbook as an office writes it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(name or "Kế hoạch")
    dated = book.add_format({"num_format": "dd/mm/yyyy"})
    page.write(0, 0, above)
    for at, row in enumerate([heads, *rows], start=2):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(at, column, cell, dated)
            else:
                page.write(at, column, cell)
    book.close()
    return buffer.getvalue()


def people(world: World, platform: str = "telegram") -> tuple[Person, Person, Person]:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    return an, world.person("Trần Thị Lan", platform="zalo", title="bác"), world.person("Bùi Văn Bình")


def given(world: World) -> list[Task]:
    with world.database.reading() as session:
        return list(session.exec(select(Task).order_by(Task.id)))  # type: ignore[arg-type]


def sends(an: Person, content: bytes, text: str = "giao việc", name: str = "ke-hoach.xlsx") -> None:
    an.sends(content, name, mime=XLSX, text=text)


@pytest.mark.parametrize("way", ["caption", "dialogue", "no words"])
def test_a_plan_is_shown_and_given_by_one_press(world: World, way: str) -> None:
    an, lan, binh = people(world)
    if way == "dialogue":
        an.says("giao việc")
        an.presses("Giao theo tệp Excel")
        assert "Người thực hiện" in an.last
    sends(an, plan(*GOOD), "giao việc" if way == "caption" else "")
    assert "Giao 3 việc cho 2 người?" in an.last
    assert not given(world)
    an.presses("Xem các việc")
    assert "Rà soát hộ nghèo – Trần Thị Lan, hạn 10/12" in an.last
    an.presses("Về bản xem lại")
    lan.forget()
    binh.forget()
    an.presses("Giao 3 việc")
    assert "Đã giao 3 việc, số 1–3" in an.last
    assert [task.due_on for task in given(world)] == [date(2026, 12, 10), date(2026, 12, 15), None]
    assert len(lan.new()) == len(binh.new()) == 1
    assert "được giao 2 việc" in lan.last
    assert "VIỆC SỐ 2" in binh.last
    with world.database.reading() as session:
        assert not session.exec(select(StoredFile)).all()
        assert not session.exec(select(Document)).all()


def test_faults_are_told_with_sheet_row_and_column_and_the_good_rows_are_given(world: World) -> None:
    an, *_ = people(world)
    bad = [
        [4, "Quét ngõ", "Hồ Văn Không", ""],
        [5, "Trồng cây", "Bùi Văn Bình", "31/6/2027"],
        [6, "Vệ sinh", "Bùi Văn Bình", date(2020, 1, 1)],
        [7, "", "Bùi Văn Bình", ""],
    ]
    sends(an, plan(*GOOD, *bad))
    assert "4 dòng có lỗi" in an.last
    assert 'Trang "Kế hoạch", dòng 7, cột C: không có ai tên "Hồ Văn Không"' in an.last
    an.presses("Xem 4 dòng lỗi")
    assert 'dòng 8, cột D: không hiểu hạn "31/6/2027", xin viết như 10/12/2026' in an.last
    assert "dòng 9, cột D: hạn 01/01/2020 đã qua" in an.last
    assert "dòng 10, cột B: thiếu nội dung việc" in an.last
    an.presses("Về bản xem lại")
    an.presses("Giao 3 việc")
    assert "Còn 4 dòng lỗi" in an.last
    bad[0] = [4, "Quét ngõ", "Bùi Văn Bình", ""]
    sends(an, plan(*GOOD, *bad))
    assert "Giao 1 việc cho 1 người?" in an.last
    assert "giữ nguyên 3" in an.last
    an.presses("Giao 1 việc")
    assert len(given(world)) == 4


def test_what_was_given_already_is_not_given_twice(world: World) -> None:
    an, lan, _ = people(world)
    an.says("giao việc cho bác Lan: rà soát hộ nghèo, hạn 10/12")
    an.presses("Giao việc")
    sends(an, plan(GOOD[0], [2, "Treo cờ", "Trần Thị Lan", date(2026, 12, 20)]))
    assert "Giao 1 việc" in an.last
    an.presses("Giao 1 việc")
    sends(an, plan([1, "Treo cờ", "Trần Thị Lan", date(2026, 12, 22)]))
    assert "đổi hạn 1, giữ nguyên 0" in an.last
    an.presses("Giao 1 việc")
    assert "đổi hạn thành thứ Ba, ngày 22/12/2026" in lan.last
    assert [task.due_on for task in given(world)] == [date(2026, 12, 10), date(2026, 12, 22)]


def test_a_plan_that_was_taken_back_is_given_again_and_a_done_task_comes_back_next_month(world: World) -> None:
    an, lan, _ = people(world)
    sends(an, plan(GOOD[0]))
    an.presses("Giao 1 việc")
    an.presses("Sai")
    assert given(world)[0].state == TaskState.CANCELLED
    sends(an, plan(GOOD[0]))
    an.presses("Giao 1 việc")
    assert [task.state for task in given(world)] == [TaskState.CANCELLED, TaskState.GIVEN]
    lan.says("việc số 2 đã xong")
    an.presses("Xác nhận xong")
    sends(an, plan(GOOD[0]))
    assert "Không có việc mới" in an.last
    sends(an, plan([1, "Rà soát hộ nghèo", "Trần Thị Lan", date(2027, 1, 10)]))
    an.presses("Giao 1 việc")
    assert [task.state for task in given(world)][1:] == [TaskState.DONE, TaskState.GIVEN]


def test_who_left_while_the_preview_lay_open_gets_nothing(world: World) -> None:
    an, lan, binh = people(world)
    sends(an, plan(*GOOD))
    with world.database.transaction() as session:
        member = session.get(Member, binh.member_id)
        assert member is not None
        member.status = Status.LEFT
    an.presses("Giao 3 việc")
    assert "Còn 1 dòng lỗi" in an.last
    assert {task.member_id for task in given(world)} == {lan.member_id}


def test_a_secret_plan_is_refused_and_nothing_of_it_stays(world: World) -> None:
    an, lan, _ = people(world)
    sends(an, plan(*GOOD, above="MẬT"))
    assert "bí mật nhà nước" in an.last
    an.says("1")
    assert not given(world)
    assert not lan.sees("việc")
    sends(an, plan(*GOOD, above="Lưu hành nội bộ"))
    assert "lưu hành hạn chế" in an.last
    an.presses("Giao 3 việc")
    assert len(given(world)) == 3


def test_only_who_leads_gives_a_plan(world: World) -> None:
    _, lan, binh = people(world)
    sends(binh, plan(*GOOD))
    assert "Giao 3 việc" not in binh.last
    binh.says("mẫu kế hoạch")
    assert "chỉ dành cho người được giao" in binh.last
    lan.says("giao việc theo kế hoạch")
    assert "chỉ dành cho người được giao" in lan.last
    assert not given(world)


def test_files_that_are_no_plan_say_what_to_do(world: World) -> None:
    an, *_ = people(world)
    sends(an, plan([1, 2], heads=["Số", "Liệu"]))
    assert "Không thấy dòng tiêu đề" in an.last
    sends(an, b"%PDF-1.4 nothing", "", "a.pdf")
    assert "không phải bảng tính Excel" in an.last
    sends(an, b"PK\x03\x04 broken", "")
    assert "hỏng" in an.last
    sends(an, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "", "a.xls")
    assert "Excel kiểu cũ" in an.last
    sends(an, plan(*GOOD), "")
    assert "Giao 3 việc" in an.last


def test_another_file_is_no_plan_outside_of_the_dialogue(world: World) -> None:
    an, *_ = people(world)
    sends(an, plan([1, 2], heads=["Số", "Liệu"]), "")
    assert "kế hoạch" not in an.last.lower()


def test_the_empty_plan_comes_back_filled_in(world: World) -> None:
    an, *_ = people(world)
    an.says("mẫu kế hoạch")
    file = an.chat()[-1]["file"]
    assert file["name"].endswith(".xlsx")
    got = world.http.get(file["url"]).content
    sheets = workbook.tables(got, workbook.Limits())
    assert sheets[0].rows[2] == ["STT", "Nội dung công việc", "Người thực hiện", "Chi bộ", "Thời hạn", "Ghi chú"]
    assert ["Trần Thị Lan", "Chi bộ thôn 3"] in sheets[1].rows
    sends(an, got, "")
    assert "chưa có việc nào" in an.last


# --- Zalo: by the upload page --------------------------------------------------------------------------------------
def test_on_zalo_the_plan_comes_through_the_upload_page(world: World) -> None:
    site = Site(world, real_links=True)
    try:
        an, lan, _ = people(world, "zalo")
        an.says("giao việc theo kế hoạch")
        path = re.findall(rf"{site.url}(/u/\S+)", an.last)[0]
        form = site.http.get(path).text
        assert "Gửi kế hoạch giao việc" in form
        assert 'accept=".xlsx"' in form
        assert "Chụp ảnh" not in form
        bad = site.http.post(path, files=[("file", ("a.xlsx", b"PK\x03\x04no"))])
        assert "Không nhận a.xlsx" in bad.text
        assert "Xin chọn tệp" in site.http.post(f"{path}/done").text
        done = site.http.post(path, files=[("file", ("ke-hoach.xlsx", plan(*GOOD)))])
        assert "Đã gửi xong" in done.text
        world.pump()
        assert "Giao 3 việc cho 2 người?" in an.last
        assert site.http.get(path).status_code == 410
        an.presses("Giao 3 việc")
        assert "được giao 2 việc" in lan.last
        an.says("mẫu kế hoạch")
        sheet = re.findall(rf"{site.url}(/nv/\S+\.xlsx)", an.last)[0]
        assert workbook.tables(site.http.get(sheet).content, workbook.Limits())[0].name == "Kế hoạch"
    finally:
        site.close()


# --- hostile sheets ------------------------------------------------------------------------------------------------
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def hostile(rows: str) -> bytes:
    """A workbook whose one sheet holds this."""
    buffer = io.BytesIO(plan(*GOOD))
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, SHEET.format(rows) if name.endswith("sheet1.xml") else before.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 5_001,
        "<row>" + "<c><v>1</v></c>" * 61 + "</row>",
        " " * 40_000_000,
    ],
    ids=["corners", "far column", "rows", "columns", "bomb"],
)
def test_a_hostile_sheet_is_refused(rows: str) -> None:
    with pytest.raises(BadInput):
        workbook.tables(hostile(rows), workbook.Limits())


def test_odd_cells_do_no_harm() -> None:
    odd = '<row r="0"><c r="1"><v>x</v></c><c t="s"><v>99999</v></c><c t="e"><v>#REF!</v></c></row>'
    odd += '<row r="-5"><c t="n" s="9999"><v>1e999</v></c></row>'
    sheet = workbook.tables(hostile(odd), workbook.Limits())[0]
    assert len(sheet.rows) == 2

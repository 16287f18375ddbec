"""`sotay tasks …` as an operator runs it: plans in, sheets out, every bad row told with its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlmodel import select
from typer.testing import CliRunner, Result

from bot.app import open_storage
from bot.matching import fold
from bot.settings import load
from bot.task_commands import task_app
from storage import members, organizations
from storage.db import Database
from storage.members import Member, Role, RoleKind
from storage.organizations import Organization
from storage.tasks import Task, TaskReport

SOON = date.today() + timedelta(days=30)
HEADERS = ["STT", "Nội dung công việc", "Người thực hiện", "Thời hạn hoàn thành", "Ghi chú"]
GOOD: list[list[object]] = [
    ["1", "Rà soát hộ nghèo", "đ/c Trần Thị Lan", SOON.strftime("%d/%m/%Y"), ""],
    ["2", "Sửa loa truyền thanh", "Bùi Văn Bình", "", ""],
]


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setenv("SOTAY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOTAY_KEY_FILE", str(tmp_path / "keys" / "key"))
    monkeypatch.setenv("SOTAY_CONFIG", str(tmp_path / "none.toml"))
    database = open_storage(load())
    with database.transaction() as session:
        branch = organizations.add(session, Organization(name="Chi bộ thôn 3", code="AB-03", name_key="chi bo thon 3"))
        for number, name in enumerate(("Nguyễn Văn An", "Trần Thị Lan", "Bùi Văn Bình", "Lê Thị Lan"), start=1):
            row = Member(
                organization_id=branch.id or 0, number=f"{number:012d}", full_name=name, name_key=fold(name),
                number_hash=members.number_hash(f"{number:012d}"),
            )  # fmt: skip
            session.add(row)
            session.flush()
            if number == 1:
                session.add(Role(member_id=row.id or 0, organization_id=branch.id or 0, kind=RoleKind.SECRETARY))
    yield database
    database.close()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(task_app, [*map(str, arguments)])


def plan(path: Path, *rows: list[object], above: int = 2) -> Path:
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Kế hoạch")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at in range(above):
        page.write(at, 0, "KẾ HOẠCH CÔNG TÁC")
    table: list[list[object]] = [list(HEADERS), *rows]
    for at, row in enumerate(table, start=above):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(at, column, cell, day)
            else:
                page.write(at, column, cell)
    book.close()
    return path


def tasks_of(database: Database) -> list[Task]:
    with database.reading() as session:
        return list(session.exec(select(Task).order_by(Task.id)))  # type: ignore[arg-type]


def test_a_plan_becomes_tasks_and_a_second_run_changes_nothing(installed: Database, tmp_path: Path) -> None:
    path = plan(tmp_path / "a.xlsx", *GOOD)
    first = run("import", path, "--organization", "AB-03", "--by", "000000000001")
    assert first.exit_code == 0, first.output
    assert "Đã giao 2 việc mới" in first.stdout
    one, two = tasks_of(installed)
    assert (one.title, one.due_on, one.number) == ("Rà soát hộ nghèo", SOON, 1)
    assert (two.due_on, two.number, two.given_by) == (None, 2, one.given_by)
    second = run("import", path, "--organization", "AB-03")
    assert "Đã giao 0 việc mới, đổi hạn 0 việc; 2 việc đã có" in second.stdout
    assert len(tasks_of(installed)) == 2


def test_a_changed_day_moves_the_task(installed: Database, tmp_path: Path) -> None:
    run("import", plan(tmp_path / "a.xlsx", *GOOD), "--organization", "AB-03")
    later = SOON + timedelta(days=5)
    path = plan(tmp_path / "b.xlsx", ["1", "rà soát  hộ nghèo", "Trần Thị Lan", later, ""])
    moved = run("import", path, "--organization", "AB-03")
    assert "đổi hạn 1 việc" in moved.stdout
    assert tasks_of(installed)[0].due_on == later
    with installed.reading() as session:
        assert len(list(session.exec(select(TaskReport)))) == 3


def test_a_dry_run_writes_nothing(installed: Database, tmp_path: Path) -> None:
    shown = run("import", plan(tmp_path / "a.xlsx", *GOOD), "--organization", "AB-03", "--dry-run")
    assert shown.exit_code == 0
    assert "Sẽ giao 2 việc mới" in shown.stdout
    assert "Trần Thị Lan" in shown.stdout
    assert not tasks_of(installed)


def test_every_bad_row_is_told_with_row_and_column(installed: Database, tmp_path: Path) -> None:
    path = plan(
        tmp_path / "a.xlsx",
        ["(1)", "(2)", "(3)", "(4)", ""],
        ["", "I. CÔNG TÁC TƯ TƯỞNG", "", "", ""],
        *GOOD,
        ["3", "Thăm hỏi gia đình chính sách", "Lan", "", ""],
        ["4", "Quét ngõ", "Hồ Văn Không", "", ""],
        ["5", "Trồng cây", "Bùi Văn Bình", "31/11/2030", ""],
        ["6", "Vệ sinh kênh mương", "Bùi Văn Bình", "01/01/2020", ""],
        ["7", "", "Bùi Văn Bình", "", ""],
        ["8", "Sửa loa truyền thanh", "Bùi Văn Bình", "", ""],
        ["9", "Treo cờ", "", SOON.strftime("%d/%m/%Y"), ""],
        ["", "Người lập biểu", "", "", ""],
    )
    result = run("import", path, "--organization", "AB-03")
    assert result.exit_code == 1, result.output
    told = [line for line in result.output.splitlines() if line.startswith("Trang")]
    assert [line.split(": ")[0] for line in told] == [
        f'Trang "Kế hoạch", dòng {row}, cột {column}'
        for row, column in ((8, "C"), (9, "C"), (10, "D"), (11, "D"), (12, "B"), (13, "B"), (14, "C"))
    ]
    assert "mấy người tên" in told[0]
    assert "không hiểu hạn" in told[2]
    assert "đã qua" in told[3]
    assert len(tasks_of(installed)) == 2


def test_files_that_are_no_plan_are_refused(installed: Database, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet().write(0, 0, "Số liệu")
    book.close()
    result = run("import", tmp_path / "a.xlsx", "--organization", "AB-03")
    assert result.exit_code == 2
    assert "Không thấy dòng tiêu đề" in result.output
    (tmp_path / "b.xlsx").write_bytes(b"<html>")
    assert run("import", tmp_path / "b.xlsx", "--organization", "AB-03").exit_code == 2


def test_tasks_go_out_as_a_sheet_without_formulas(installed: Database, tmp_path: Path) -> None:
    run("import", plan(tmp_path / "a.xlsx", *GOOD), "--organization", "AB-03")
    out = tmp_path / "out.xlsx"
    result = run("export", "--to", out, "--organization", "AB-03")
    assert "Đã ghi 2 việc" in result.stdout
    assert out.stat().st_mode & 0o777 == 0o600
    rows = CalamineWorkbook.from_path(str(out)).get_sheet_by_index(0).to_python()
    assert rows[1][2:5] == ["Rà soát hộ nghèo", "Trần Thị Lan", SOON.strftime("%d/%m/%Y")]

"""The commands as an operator runs them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.roster_commands import demo_data, import_app
from tests.roster.lists import HEADERS, branch_of, person, spreadsheet

CREATE = ("--create-organizations", "--under", "HM", "--under-name", "Đảng bộ tỉnh Hồng Mây")
GOOD = branch_of(["990000000001", "990000000002", "990000000003"])


@pytest.fixture(autouse=True)
def _installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTAY_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SOTAY_KEY_FILE", str(tmp_path / "keys" / "key"))
    monkeypatch.setenv("SOTAY_CONFIG", str(tmp_path / "none.toml"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(import_app, ["members", *map(str, arguments)])


def made_up(*arguments: object) -> Result:
    app = typer.Typer()
    app.command()(demo_data)
    return CliRunner().invoke(app, [*map(str, arguments)])


def test_good_list_ends_with_0_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.xlsx", [HEADERS, *GOOD])
    first = run(path, *CREATE)
    assert first.exit_code == 0, first.output
    assert "Thêm mới: 3" in first.stdout
    second = run(path)
    assert second.exit_code == 0
    assert "Không có gì thay đổi" in second.stdout


def test_a_dry_run_shows_and_keeps_numbers_to_itself(tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.xlsx", [HEADERS, *GOOD])
    for _ in range(2):
        result = run(path, *CREATE, "--dry-run", "--lines", 4)
        assert result.exit_code == 0
        assert "CHẠY THỬ" in result.stdout
        assert "Thêm mới: 3" in result.stdout
        assert "(số …001)" in result.stdout
        assert "990000000001" not in result.output
        assert "0990123456" not in result.output
        assert "và 2 dòng nữa" in result.stdout


def test_bad_rows_end_with_1_and_are_written_to_the_report(tmp_path: Path) -> None:
    bad = [person("", "=1+1"), person("990000000005", "Hà Sen", role="Bí thơ")]
    path = spreadsheet(tmp_path / "a.xlsx", [HEADERS, *GOOD, *bad])
    result = run(path, *CREATE, "--report", tmp_path / "loi.csv")
    assert result.exit_code == 1
    assert "Thêm mới: 3" in result.stdout
    assert "dòng 6, cột G Chức vụ: [Bí thơ] Không rõ chức vụ" in result.stderr
    with (tmp_path / "loi.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["Trang", "Dòng", "Cột"]
    assert [row[1:3] for row in rows[1:]] == [["5", "B"], ["5", "C"], ["6", "G"]]
    assert rows[2][4].startswith("'=")


def test_nothing_done_ends_with_2_and_a_sentence(tmp_path: Path) -> None:
    empty = tmp_path / "a.xlsx"
    empty.write_bytes(b"")
    result = run(empty)
    assert result.exit_code == 2
    assert "không có dữ liệu" in result.stderr
    path = spreadsheet(tmp_path / "b.xlsx", [HEADERS, *GOOD])
    assert run(path, "--under", "HM").exit_code == 2
    assert run(spreadsheet(tmp_path / "c.xlsx", [HEADERS, *GOOD])).exit_code == 0
    others = branch_of(["990000000011", "990000000012", "990000000013"], branch="Chi bộ thôn 77")
    unknown = spreadsheet(tmp_path / "d.xlsx", [HEADERS, *others])
    assert run(unknown).exit_code == 2, "every row is bad: the branch is not known here"
    assert run(unknown, "--create-organizations").exit_code == 2, "below what?"
    assert run(path, "--map", tmp_path / "none.toml").exit_code == 2


def test_a_first_list_brings_its_own_branches(tmp_path: Path) -> None:
    path = tmp_path / "dau tien.xlsx"
    assert made_up("--members", 120, "--branches", 4, "-o", path).exit_code == 0
    first = run(path)
    assert first.exit_code == 0, first.output
    assert "Thêm mới: 120" in first.stdout
    again = run(path)
    assert "Giữ nguyên: 120" in again.stdout
    assert "Tổ chức mới" not in again.stdout


def test_a_made_up_list_can_be_imported(tmp_path: Path) -> None:
    path = tmp_path / "tap duot.xlsx"
    made = made_up("--members", 120, "--branches", 4, "--errors", 3, "-o", path)
    assert made.exit_code == 0, made.output
    assert "120 người" in made.stdout
    result = run(path, *CREATE)
    assert result.exit_code == 1, result.output
    assert "Thêm mới: 117" in result.stdout


def test_a_made_up_list_as_text_and_wrong_wishes(tmp_path: Path) -> None:
    assert made_up("--members", 30, "--format", "csv", "-o", tmp_path / "a.csv").exit_code == 0
    assert run(tmp_path / "a.csv", *CREATE).exit_code == 0
    assert made_up("-o", tmp_path / "a.doc").exit_code == 2
    assert made_up("--members", 5, "--branches", 9, "-o", tmp_path / "a.csv").exit_code == 2
    assert made_up("-o", tmp_path / "none" / "a.csv").exit_code == 2

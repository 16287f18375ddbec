"""Bad cells: each is reported with its place, what stands there, and why it cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.flows.members import roster_values as values
from bot.flows.members.roster_check import Problem, check
from bot.flows.members.roster_read import read
from bot.texts import t
from storage.members import RoleKind, Status
from tests.roster.lists import spreadsheet

TODAY = date(2026, 11, 20)
HEADERS = (
    "Số thẻ đảng",
    "Họ và tên",
    "Ngày sinh",
    "Ngày vào Đảng",
    "Chi bộ",
    "Chức vụ",
    "Trạng thái",
    "SĐT",
    "Xưng hô",
)
GOOD = ("990000000001", "Lò Văn An", "03/02/1958", "19/05/1980", "Chi bộ thôn 1", "", "", "0990123456", "bác")
NEIGHBOUR = ("990000000009", "Hà Thị Sen", "1961", "19/5/1985", "Chi bộ thôn 1", "", "", "", "")


def problems(tmp_path: Path, *rows: tuple[object, ...]) -> list[Problem]:
    path = spreadsheet(tmp_path / "a.xlsx", [["DANH SÁCH"], [], HEADERS, *rows])
    return check(read(path), TODAY).problems


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        (0, "", "Thiếu số thẻ"),
        (0, "không có", "Thiếu số thẻ"),
        (0, "000000000000", "Thiếu số thẻ"),
        (0, "9,90123E+11", "làm tròn"),
        (0, "9.9E+11", "làm tròn"),
        (0, 99.000001, "số thập phân"),
        (0, 1e18, "làm tròn"),
        (0, "12ab", "Không phải số thẻ"),
        (0, "99000000?001", "Không phải số thẻ"),
        (0, 90000000001, "bỏ số 0 ở đầu"),
        (1, "", "Thiếu họ và tên"),
        (1, "0990123456", "Không phải họ và tên"),
        (2, "31/6/1958", "tháng 6 năm 1958 chỉ có 30 ngày"),
        (2, "29-2-1958", "tháng 2 năm 1958 chỉ có 28 ngày"),
        (2, "12/31/1958", "Không có tháng 31"),
        (2, "03/02/58", "bốn chữ số"),
        (2, "03/02/1850", "Năm 1850"),
        (2, "hôm qua", "Không đọc được ngày"),
        (2, "21/11/2026", "chưa đến"),
        (2, 2015, "11 tuổi"),
        (2, "#N/A", "công thức"),
        (3, "31/6/2022", "tháng 6 năm 2022 chỉ có 30 ngày"),
        (3, date(2030, 1, 1), "chưa đến"),
        (3, "1/1/1960", "không khớp với năm sinh 1958"),
        (5, "Trưởng thôn", "Không rõ chức vụ “Trưởng thôn”"),
        (6, "về quê", "Không rõ trạng thái"),
    ],
)
def test_a_bad_cell_is_reported_with_its_place_and_reason(
    tmp_path: Path, column: int, cell: object, reason: str
) -> None:
    row = list(GOOD)
    row[column] = cell  # type: ignore[call-overload]
    (problem,) = problems(tmp_path, NEIGHBOUR, ("990000000008", *NEIGHBOUR[1:]), tuple(row))
    assert (problem.sheet, problem.row, problem.column) == ("Đảng viên", 6, "ABCDEFGHI"[column])
    assert problem.header == HEADERS[column]
    assert reason in problem.reason
    assert not problem.kept


@pytest.mark.parametrize(("column", "cell"), [(3, "1980"), (7, "chưa rõ số"), (8, "sếp")])
def test_a_small_slip_does_not_cost_the_person(tmp_path: Path, column: int, cell: str) -> None:
    row = list(GOOD)
    row[column] = cell
    (problem,) = problems(tmp_path, tuple(row))
    assert problem.kept


def test_all_reasons_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, ("", "", "31/6/1958", *GOOD[3:]))
    assert {problem.column for problem in found} == {"A", "B", "C"}


def test_the_same_row_twice_is_kept_once(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GOOD, NEIGHBOUR, GOOD)
    assert problem.row == 6
    assert "dòng 4" in problem.reason


def test_one_number_for_two_people_names_both_rows_and_takes_neither(tmp_path: Path) -> None:
    first, second = problems(tmp_path, GOOD, (GOOD[0], *NEIGHBOUR[1:]))
    assert (first.row, second.row) == (4, 5)
    assert "dòng 5" in first.reason
    assert "dòng 4" in second.reason


def test_long_numbers_are_masked_and_dates_are_not(tmp_path: Path) -> None:
    first, _ = problems(tmp_path, GOOD, (GOOD[0], *NEIGHBOUR[1:]))
    assert first.shown == "…001"
    assert values.shown("31/6/1958") == "31/6/1958"
    assert values.shown("gọi 0990 123 456") == "…456"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/02/1958", "1958-02-03"),
        ("3-2-1958", "1958-02-03"),
        ("3.2.1958", "1958-02-03"),
        ("1958-02-03", "1958-02-03"),
        ("1958-02-03 00:00:00", "1958-02-03"),
        ("ngày 03 tháng 02 năm 1958", "1958-02-03"),
        (date(1958, 2, 3), "1958-02-03"),
        (21219.0, "1958-02-03"),
        ("21219", "1958-02-03"),
        ("29/2/1960", "1960-02-29"),
        ("02/1958", "1958-02"),
        ("1958", "1958"),
        (1958.0, "1958"),
        ("", ""),
        ("không rõ", ""),
    ],
)
def test_dates_as_they_are_written(cell: values.Cell, day: str) -> None:
    assert values.day(cell) == day


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("Bí thư", {RoleKind.SECRETARY}),
        ("Bí thư chi bộ", {RoleKind.SECRETARY}),
        ("bi thu", {RoleKind.SECRETARY}),
        ("Phó Bí thư", {RoleKind.DEPUTY}),
        ("Chi ủy viên; Thư ký", {RoleKind.COMMITTEE, RoleKind.CLERK}),
        ("Phó bí thư kiêm tổ trưởng tổ đảng", {RoleKind.DEPUTY, RoleKind.CELL_LEADER}),
        ("Chi uỷ viên/Thư ký", {RoleKind.COMMITTEE, RoleKind.CLERK}),
        ("Đoàn viên hỗ trợ", {RoleKind.VOLUNTEER}),
        ("Cán bộ Đảng ủy, Quản trị", {RoleKind.OFFICER, RoleKind.OPERATOR}),
        ("Đảng viên", set()),
        ("-", set()),
        ("", set()),
    ],
)
def test_roles_as_they_are_written(written: str, kinds: set[RoleKind]) -> None:
    assert values.roles(written) == kinds


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("", Status.ACTIVE),
        ("Đang sinh hoạt", Status.ACTIVE),
        ("Miễn sinh hoạt", Status.EXEMPT),
        ("Sinh hoạt tạm thời nơi khác", Status.ELSEWHERE),
        ("Chuyển sinh hoạt tạm thời", Status.ELSEWHERE),
        ("Đình chỉ sinh hoạt", Status.SUSPENDED),
        ("Chuyển đi", Status.LEFT),
        ("Chuyển đến từ xã khác", Status.ACTIVE),
        ("Đã chuyển sinh hoạt chính thức", Status.LEFT),
        ("Từ trần", Status.LEFT),
        ("Đã mất năm 2025", Status.LEFT),
        ("Xin ra khỏi Đảng", Status.LEFT),
        ("Khai trừ", Status.LEFT),
    ],
)
def test_statuses_as_they_are_written(written: str, status: Status) -> None:
    assert values.status(written) == status


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("0990123456", "0990123456"),
        ("0990 123.456", "0990123456"),
        ("+84 990 123 456", "0990123456"),
        (990123456.0, "0990123456"),
        ("0990123456; 0990999999", "0990123456"),
        ("không", ""),
    ],
)
def test_telephone_numbers_as_they_are_written(written: values.Cell, phone: str) -> None:
    assert values.phone(written) == phone


@pytest.mark.parametrize("written", ["12345", "gọi con", "09901234567890"])
def test_what_is_no_telephone_number(written: str) -> None:
    with pytest.raises(BadInput) as refusal:
        values.phone(written)
    assert t(refusal.value.key)

"""Lists in the shapes that offices give them: headers, titles, merged cells, several sheets, encodings."""

from __future__ import annotations

import struct
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import pytest

from bot.errors import BadInput
from bot.flows.members.roster_check import Entry, check
from bot.flows.members.roster_columns import Field, letter, load_mapping, position, recognise
from bot.flows.members.roster_read import read
from bot.texts import t
from storage.members import Standing, Status
from tests.documents.corpus import far_corners
from tests.roster.lists import HEADERS, Rows, person, spreadsheet, text_file, workbook

TODAY = date(2026, 11, 20)


def entries(path: Path, map_file: Path | None = None) -> list[Entry]:
    """The good rows of a file, all of which must be good."""
    mapping = load_mapping(map_file) if map_file else None
    checked = check(read(path, mapping), TODAY, number_digits=mapping.number_digits if mapping else None)
    assert [problem.reason for problem in checked.problems] == []
    return checked.entries


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Số thẻ đảng", Field.NUMBER),
        ("Số TĐV", Field.NUMBER),
        ("SỐ THẺ ĐẢNG VIÊN (*)", Field.NUMBER),
        ("Số định danh\nđảng viên", Field.NUMBER),
        ("Mã đảng viên", Field.NUMBER),
        ("so the dang vien", Field.NUMBER),
        ("Số định danh cá nhân", None),
        ("Số CCCD", None),
        ("Họ và tên", Field.FULL_NAME),
        ("Họ tên khai sinh", Field.FULL_NAME),
        ("Họ, chữ đệm và tên", None),
        ("Ngày, tháng, năm sinh", Field.BIRTH_DATE),
        ("Năm sinh", Field.BIRTH_DATE),
        ("Giới tính", Field.GENDER),
        ("Ngày vào Đảng", Field.JOINED_ON),
        ("Ngày kết nạp", Field.JOINED_ON),
        ("Ngày chính thức", Field.OFFICIAL_ON),
        ("Ngày vào Đảng chính thức", Field.OFFICIAL_ON),
        ("Chi bộ", Field.BRANCH),
        ("Tổ chức đảng", Field.BRANCH),
        ("Đơn vị sinh hoạt", Field.BRANCH),
        ("Mã chi bộ", Field.BRANCH_CODE),
        ("Đảng bộ/Đảng ủy", Field.COMMUNE),
        ("Đảng ủy xã", Field.COMMUNE),
        ("Điện thoại", Field.PHONE),
        ("SĐT", Field.PHONE),
        ("Số điện thoại di động", Field.PHONE),
        ("Điện thoại thông minh", Field.HAS_PHONE),
        ("Có smartphone (x)", Field.HAS_PHONE),
        ("Địa chỉ", Field.ADDRESS),
        ("Nơi ở hiện nay", Field.ADDRESS),
        ("Thường trú", Field.ADDRESS),
        ("Quê quán", None),
        ("Chức vụ", Field.ROLE),
        ("Chức vụ Đảng", Field.ROLE),
        ("Chức vụ chính quyền", None),
        ("Trạng thái", Field.STATUS),
        ("Tình trạng sinh hoạt", Field.STATUS),
        ("Loại", Field.STANDING),
        ("Chính thức/Dự bị", Field.STANDING),
        ("Xưng hô", Field.TITLE),
        ("Ghi chú", None),
        ("", None),
    ],
)
def test_headers_as_offices_write_them(header: str, name: Field | None) -> None:
    assert recognise(header) == name


def test_column_letters_go_both_ways() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all(position(letter(index)) == index for index in range(1000))


def test_titles_numbers_of_columns_blank_rows_totals_and_signatures_are_no_people(tmp_path: Path) -> None:
    rows: Rows = [
        ["ĐẢNG BỘ XÃ MƯỜNG MÂY", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"],
        [],
        ["", "DANH SÁCH ĐẢNG VIÊN CHI BỘ THÔN 3"],
        [],
        ["STT", "Số TĐV", "Họ và tên *", "Năm sinh"],
        ["(1)", "(2)", "(3)", "(4)"],
        [1, "990000000001", "LÒ VĂN AN", 1958],
        [],
        ["STT", "Số TĐV", "Họ và tên *", "Năm sinh"],
        [2, "990000000002", "Hà Thị Sen", "1961"],
        ["", "Tổng cộng: 2 đồng chí"],
        ["", "", "", "Ngày 01 tháng 11 năm 2026"],
        ["", "NGƯỜI LẬP BIỂU", "", "T/M CHI BỘ"],
    ]
    (sheet,) = read(spreadsheet(tmp_path / "a.xlsx", rows))
    assert [line.row for line in sheet.lines] == [7, 10]
    an, sen = check([sheet], TODAY).entries
    assert (an.full_name, an.birth_date, an.place.branch, an.place.commune) == (
        "Lò Văn An",
        "1958",
        "THÔN 3",
        "XÃ MƯỜNG MÂY",
    )
    assert sen.birth_date == "1961"


def test_two_rows_of_headers_with_merged_cells(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Họ và tên", "", "Ngày vào Đảng", "", "Chức vụ", "", "Số thẻ đảng", "Chi bộ"],
        ["", "", "", "Dự bị", "Chính thức", "Đảng", "Chính quyền", "", ""],
        [1, "Lò Văn", "An", date(2026, 3, 1), "", "Bí thư", "Trưởng thôn", "990000000001", "Thôn 1"],
        [2, "Hà Thị", "Sen", date(2001, 3, 1), date(2002, 3, 1), "", "", "990000000002", ""],
    ]
    an, sen = entries(
        spreadsheet(tmp_path / "a.xlsx", rows, merges=[(0, 1, 1, 2), (0, 3, 0, 4), (0, 5, 0, 6), (2, 8, 3, 8)])
    )
    assert (an.full_name, an.joined_on, an.standing) == ("Lò Văn An", date(2026, 3, 1), Standing.PROBATIONARY)
    assert (sen.full_name, sen.standing, sen.place.branch) == ("Hà Thị Sen", Standing.OFFICIAL, "Thôn 1")
    assert an.roles == {"secretary"}


def test_a_narrow_row_of_headers_above_a_wider_one(tmp_path: Path) -> None:
    rows: Rows = [["Số thẻ", "Họ tên"], ["", "", "Chi bộ", "Năm sinh"], ["990000000001", "Lò Văn An", "Thôn 1", 1958]]
    (an,) = entries(spreadsheet(tmp_path / "a.xlsx", rows))
    assert (an.full_name, an.place.branch, an.birth_date) == ("Lò Văn An", "Thôn 1", "1958")


def test_days_are_counted_from_1904_where_the_file_says_so(tmp_path: Path) -> None:
    rows: Rows = [
        ["Số thẻ", "Họ tên", "Chi bộ", "Ngày sinh"],
        ["990000000001", "Lò Văn An", "Thôn 1", date(1958, 2, 3)],
    ]
    (an,) = entries(workbook(tmp_path / "a.xlsx", {"A": rows}, since_1904=True))
    assert an.birth_date == "1958-02-03"


def test_an_empty_last_row_of_all_is_no_row(tmp_path: Path) -> None:
    """LibreOffice writes one where whole columns have a format."""
    path = spreadsheet(tmp_path / "a.xlsx", [HEADERS, person("990000000001", "Lò Văn An")])
    _edit(
        path,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    )
    assert [entry.full_name for entry in entries(path)] == ["Lò Văn An"]


def _edit(path: Path, part: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_birth_years_in_a_column_for_men_and_one_for_women(tmp_path: Path) -> None:
    rows: Rows = [
        ["Số thẻ", "Họ tên", "Năm sinh", "", "Chi bộ"],
        ["", "", "Nam", "Nữ", ""],
        ["990000000001", "Lò Văn An", 1958, "", "Thôn 1"],
        ["990000000002", "Hà Thị Sen", "", 1961, "Thôn 1"],
    ]
    assert [e.birth_date for e in entries(spreadsheet(tmp_path / "a.xlsx", rows))] == ["1958", "1961"]


def test_headings_between_the_rows_name_the_branch(tmp_path: Path) -> None:
    rows: Rows = [
        ["STT", "Số thẻ", "Họ và tên"],
        ["I", "Chi bộ thôn 1"],
        [1, "990000000001", "Lò Văn An"],
        ["II", "Chi bộ bản Nà Mây"],
        [1, "990000000002", "Hà Thị Sen"],
    ]
    found = entries(spreadsheet(tmp_path / "a.xlsx", rows))
    assert [entry.place.branch for entry in found] == ["thôn 1", "bản Nà Mây"]


def test_several_sheets_each_with_its_own_columns(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Chi bộ thôn 1": [["Số thẻ", "Họ và tên"], ["990000000001", "Lò Văn An"]],
            "Hướng dẫn": [["Điền đủ các cột."]],
            "Chi bộ thôn 2": [[], ["Họ và tên", "Mã đảng viên"], ["Hà Thị Sen", "990000000002"]],
        },
    )
    found = entries(path)
    assert [(e.number, e.place.branch) for e in found] == [
        ("990000000001", "Chi bộ thôn 1"),
        ("990000000002", "Chi bộ thôn 2"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ","), ("cp1258", ";")],
)
def test_text_files_in_the_usual_encodings(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [list(HEADERS), person("990000000001", "Nguyễn Thị Hường", "Chi bộ thôn 1, xã Mường")]
    if encoding == "cp1258":
        rows = [[_in_parts(str(cell)) for cell in row] for row in rows]
    (entry,) = entries(text_file(tmp_path / "a.csv", rows, delimiter=delimiter, encoding=encoding))
    assert entry.full_name == "Nguyễn Thị Hường"
    assert entry.place.branch == "Chi bộ thôn 1, xã Mường"


def _in_parts(text: str) -> str:
    """Windows-1258 has few letters with tones: a letter is followed by its tone."""
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
        rest = "".join(part for part in parts if part not in tones)
        out += unicodedata.normalize("NFC", rest) + "".join(tones)
    return out


def test_a_delimiter_hint_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nHọ và tên;Số thẻ;Chi bộ\nLò Văn An;990000000001;Thôn 1\n", "utf-8")
    (sheet,) = read(path)
    assert [line.row for line in sheet.lines] == [2]


def test_an_own_mapping_by_header_by_letter_and_by_leaving_out(tmp_path: Path) -> None:
    rows: Rows = [
        ["Mã", "Danh xưng đầy đủ", "?", "Chức vụ"],
        [12345678901, "Lò Văn An", "Thôn 1", "Trưởng thôn"],
    ]
    rules = tmp_path / "columns.toml"
    rules.write_text('number = "A"\nfull_name = "danh xung day du"\nbranch = "C"\nrole = ""\nnumber_digits = 12\n')
    (entry,) = entries(spreadsheet(tmp_path / "a.xlsx", rows), rules)
    assert (entry.number, entry.full_name, entry.place.branch, entry.roles) == (
        "012345678901",
        "Lò Văn An",
        "Thôn 1",
        None,
    )


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ('ho_ten = "Họ và tên"', "ho_ten"),
        ('full_name = "Tên gọi"', "Tên gọi"),
        ("full_name = ", "--map"),
        ('header_row = "một"', "header_row"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, rules: str, reason: str) -> None:
    (tmp_path / "c.toml").write_text(rules, "utf-8")
    path = spreadsheet(tmp_path / "a.xlsx", [HEADERS, person("990000000001", "Lò Văn An")])
    with pytest.raises(BadInput) as refusal:
        read(path, load_mapping(tmp_path / "c.toml"))
    assert reason in t(refusal.value.key, **refusal.value.values)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _encrypted(path: Path) -> Path:
    """What a spreadsheet with a password is outside: an old container with a stream of this name."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<16x") + "EncryptedPackage".encode("utf-16-le")
    return _write(path, content.ljust(2048, b"\0"))


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _ in range(1001):
            part.write(bytes(1_000_000))
    return path


@pytest.mark.parametrize(
    ("make", "name", "reason"),
    [
        (lambda path: path, "không có.xlsx", "Không mở được"),
        (lambda path: _write(path, b"x"), "a.pdf", "Không nhận loại tệp"),
        (lambda path: _write(path, b""), "a.xlsx", "không có dữ liệu"),
        (lambda path: _write(path, b""), "a.csv", "không có dữ liệu"),
        (lambda path: _write(path, b"\n\n,,\n"), "a.csv", "không có dữ liệu"),
        (lambda path: spreadsheet(path, []), "a.xlsx", "không có dữ liệu"),
        (lambda path: spreadsheet(path, [["xin", "chào"]]), "a.xlsx", "tiêu đề"),
        (lambda path: _write(path, b"PK\x03\x04" + bytes(300)), "a.xlsx", "hỏng"),
        (lambda path: _write(path, b"\xd0\xcf\x11\xe0" + bytes(900)), "a.xls", "bị hỏng"),
        (lambda path: _write(path, b"x"), "a.odt", "Không nhận loại tệp"),
        (lambda path: _write(path, b"<html><table></table></html>"), "a.xls", "trang web"),
        (lambda path: _write(path, b"a,b,c"), "a.xlsx", "không phải bảng tính"),
        (lambda path: _write(path, b"PK\x03\x04" + bytes(300)), "a.csv", "bảng tính Excel"),
        (_encrypted, "a.xlsx", "mật khẩu"),
        (_bomb, "a.xlsx", "quá lớn"),
        (lambda path: _write(path, far_corners()), "a.xlsx", "quá lớn"),
    ],
)
def test_files_that_cannot_be_used(tmp_path: Path, make: object, name: str, reason: str) -> None:
    assert callable(make)
    with pytest.raises(BadInput) as refusal:
        read(make(tmp_path / name))
    assert reason in t(refusal.value.key, **refusal.value.values)


def test_ticks_alone_mean_that_an_empty_cell_says_no(tmp_path: Path) -> None:
    rows: Rows = [
        ["Số thẻ", "Họ và tên", "Chi bộ", "Có smartphone", "Tình trạng"],
        ["990000000001", "Lò Văn An", "Thôn 1", "x", "Được miễn SH"],
        ["990000000002", "Hà Thị Sen", "Thôn 1", "", "Tạm thời nơi khác"],
    ]
    an, sen = entries(spreadsheet(tmp_path / "a.xlsx", rows))
    assert (an.has_phone, sen.has_phone) == (True, False)
    assert (an.status, sen.status) == (Status.EXEMPT, Status.ELSEWHERE)

"""Handing out codes: for one member, or a sheet for a meeting."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from bot.matching import fold
from storage.audit import AuditEntry
from storage.members import Member, RoleKind, Standing, number_hash
from tests.scenarios.test_login import comes_in, whose
from tests.world import World

BOTH = pytest.mark.parametrize("platform", ["telegram", "zalo"])
CODE = re.compile(r"\b[CFJKMNPQRTVX2-9]{3} [CFJKMNPQRTVX2-9]{3}\b")


@BOTH
def test_a_name_without_diacritics_is_enough(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.CLERK], platform=platform)
    lan = world.person("Trần Thị Lan", platform=platform, linked=False, title="bác")
    an.says("/ma")
    assert "họ tên" in an.last
    an.says("bac tran thi lan")
    assert "Mã của Trần Thị Lan" in an.last
    assert "9 giờ, thứ Bảy, ngày 28/11/2026" in an.last
    comes_in(lan, CODE.findall(an.last)[0])
    assert lan.sees("Kính chào bác Lan")


@BOTH
def test_several_of_one_name_are_picked_by_number(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    world.person("Trần Thị Lan", linked=False, birth_date="1950-01-02")
    younger = world.person("Trần Thị Lan", linked=False, birth_date="1971-05-06", platform=platform)
    world.person("Trần Thị Làn", linked=False)
    an.says("/ma lan")
    assert {"1950", "1971", "Làn"} <= set(re.findall(r"1950|1971|Làn", str(an.chat()[-1])))
    an.presses("1971")
    comes_in(younger, CODE.findall(an.last)[0])
    assert whose(world, younger) == [younger.member_id]
    an.says("cấp mã")
    an.says("đ/c Làn")  # with its mark it is one only
    assert "Mã của Trần Thị Làn" in an.last


def test_a_number_finds_within_the_subtree_only(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan = world.person("Trần Thị Lan", linked=False)
    stranger = world.person("Lê Văn Xa", linked=False, branch=world.add_branch("Chi bộ thôn 9", "AB-09"))
    an.says(f"/ma {lan.number}")
    assert CODE.search(an.last)
    for text in (stranger.number, "Lê Văn Xa"):
        an.says(f"/ma {text}")
        assert "Chưa thấy ai" in an.last
    an.says("hủy")
    assert "Đã bỏ" in an.last


def test_a_member_gets_no_codes(world: World) -> None:
    lan = world.person("Trần Thị Lan")
    lan.says("/ma Trần Thị Lan")
    assert "chỉ dành cho" in lan.last
    lan.says("/ma cả chi bộ")
    assert "chỉ dành cho" in lan.last


@BOTH
def test_never_in_a_group(world: World, platform: str) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform=platform)
    world.person("Trần Thị Lan", linked=False)
    group = world.group([an], platform=platform)
    an.mentions("/ma Trần Thị Lan", group)
    assert "nhắn riêng" in an.texts(group)[-1]
    assert not CODE.search(" ".join(an.texts(group)))


def test_a_sheet_for_everybody_who_is_not_in(world: World) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY], platform="zalo")
    world.person("Lê Đã Vào")
    world.person("Lê Thu Hà", standing=Standing.SUPPORTER, linked=False)
    last = world.person("Đảng Viên Út", platform="zalo", linked=False)
    _enroll(world, 32)
    an.says("/ma cả chi bộ")
    assert "34 người" in an.last
    an.forget()
    an.presses("Cấp mã")
    sheets = an.new()
    assert len(sheets) == 2
    assert all(len(sheet.split("\n")) <= 30 for sheet in sheets)
    lines = [line for sheet in sheets for line in sheet.split("\n") if CODE.search(line)]
    assert len(lines) == len({CODE.findall(line)[0] for line in lines}) == 34
    assert not any("Lê Đã Vào" in line for line in lines)
    mine = next(line for line in lines if line.startswith("Đảng Viên Út:"))
    comes_in(last, CODE.findall(mine)[0])
    assert whose(world, last) == [last.member_id]
    with world.database.reading() as session:
        made = [entry for entry in session.exec(select(AuditEntry)) if entry.act == "code.made"]
    assert len(made) == 34


def test_an_officer_names_the_branch(world: World) -> None:
    officer = world.person("Phạm Cán Bộ", roles=[RoleKind.OFFICER], over=world.commune)
    other = world.add_branch("Chi bộ thôn 9", "AB-09")
    world.person("Lê Văn Xa", linked=False, branch=other)
    officer.says("/ma")
    officer.presses("Cả chi bộ")
    officer.presses("Chi bộ thôn 9")
    officer.presses("Cấp mã")
    assert "Lê Văn Xa" in officer.last
    officer.says("/ma cả chi bộ thôn 9")
    officer.presses("Để sau")
    assert not CODE.search(officer.last)


def _enroll(world: World, count: int) -> None:
    """Members without a phone in the test, in one transaction."""
    with world.database.transaction() as session:
        for index in range(count):
            number = f"9000000{index:05d}"
            name = f"Đảng Viên {'AEIOUY'[index // 6]}{'nmtcph'[index % 6]}"
            session.add(
                Member(
                    organization_id=world.branch.id or 0,
                    number=number,
                    number_hash=number_hash(number),
                    full_name=name,
                    name_key=fold(name),
                )
            )

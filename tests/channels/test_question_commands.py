"""`sotay questions export` as an operator runs it."""

from __future__ import annotations

import stat
from pathlib import Path

from python_calamine import CalamineWorkbook

from storage.members import RoleKind
from tests.channels.conftest import Command
from tests.world import World


def test_the_sheet_of_a_subtree(world: World, sotay: Command, tmp_path: Path) -> None:
    an = world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])
    lan, hung = world.person("Trần Thị Lan"), world.person("Lê Văn Hùng", branch=world.add_branch("Thôn 5", "AB-05"))
    lan.says("Hỏi ẩn danh: Quỹ chi bộ còn bao nhiêu?")
    lan.says("Hỏi: Khi nào chi bộ họp?")
    hung.says("Hỏi: Thôn 5 họp ngày nào?")
    an.says("TL 2: Ngày 03/12.")
    file = tmp_path / "bang.xlsx"
    for code, options, asked in (
        ("AB", (), ["một đồng chí trong chi bộ", "Trần Thị Lan", "Lê Văn Hùng"]),
        ("AB-03", ("--open",), ["một đồng chí trong chi bộ"]),
        ("AB-05", ("--year", "2025"), []),
    ):
        outcome = sotay("questions", "export", "--to", str(file), "--organization", code, *options)
        assert outcome.code == 0, outcome.err
        rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[1:]
        assert [row[3] for row in rows] == asked
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_it_cannot_do_it_says(world: World, sotay: Command, tmp_path: Path) -> None:
    assert sotay("questions", "export", "--to", str(tmp_path / "a.csv"), "--organization", "AB").code == 2
    unknown = sotay("questions", "export", "--to", str(tmp_path / "a.xlsx"), "--organization", "XX")
    assert unknown.code == 2
    assert "XX" in unknown.err
    nowhere = sotay("questions", "export", "--to", str(tmp_path / "no" / "a.xlsx"), "--organization", "AB")
    assert nowhere.code == 2
    assert "Không ghi được" in nowhere.err

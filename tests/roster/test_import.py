"""What an import does to the database, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from bot.flows.members import roster_apply
from bot.flows.members.roster_plan import Scope
from storage import audit, members, organizations
from storage.db import Database
from storage.members import RoleKind, Standing, Status
from tests.roster.lists import HEADERS, NOW, branch_of, counts, person, spreadsheet, take

FIRST = [
    person("990000000001", "Lò Văn An", role="Bí thư"),
    person("990000000002", "Giàng Thị Mẩy", role="Phó bí thư, Thư ký"),
    person("990000000003", "Nguyễn Văn Bình"),
    person("990000000004", "Trần Thị Hoa", "Chi bộ thôn 2"),
    person("990000000005", "Hà Văn Sơn", "Chi bộ thôn 2", role="Bí thư"),
    person("990000000006", "Lê Thị Lan", "Chi bộ thôn 2", role="Cán bộ đảng ủy"),
]
ONLY = Scope()


def write(tmp_path: Path, rows: list[list[object]]) -> Path:
    return spreadsheet(tmp_path / "danh sach.xlsx", [HEADERS, *rows])


def roles(database: Database, number: str) -> set[tuple[str, str]]:
    with database.reading() as session:
        member = members.by_number(session, number)
        assert member
        assert member.id
        return {(kind, unit.name) for kind, unit in members.roles(session, member.id)}


def member(database: Database, number: str) -> members.Member | None:
    with database.reading() as session:
        return members.by_number(session, number)


def branch_name(database: Database, number: str) -> str:
    found = member(database, number)
    assert found
    with database.reading() as session:
        return organizations.get(session, found.organization_id).name


def test_first_import_makes_the_tree_the_members_and_their_roles(database: Database, tmp_path: Path) -> None:
    plan = take(database, write(tmp_path, FIRST))
    assert counts(plan) == {"organizations": 4, "added": 6, "granted": 5}
    with database.reading() as session:
        tree = organizations.everything(session)
        assert [unit.name for unit in tree] == [
            "Đảng bộ tỉnh Hồng Mây",
            "Đảng bộ xã Mường Mây",
            "Chi bộ thôn 1",
            "Chi bộ thôn 2",
        ]
        assert tree[2].path == f"/{tree[0].id}/{tree[1].id}/{tree[2].id}/"
    found = member(database, "990 000.000-001")
    assert found
    assert (found.full_name, found.number, found.phone, found.birth_date) == (
        "Lò Văn An",
        "990000000001",
        "0990123456",
        "1958-02-03",
    )
    assert roles(database, "990000000002") == {("deputy", "Chi bộ thôn 1"), ("clerk", "Chi bộ thôn 1")}
    assert roles(database, "990000000006") == {("officer", "Đảng bộ xã Mường Mây")}


def test_the_same_list_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    again = take(database, write(tmp_path, FIRST))
    assert counts(again) == {"unchanged": 6}
    assert again.is_empty


def test_changed_cells_are_changed_and_empty_cells_keep_what_is_known(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    rows = [list(row) for row in FIRST]
    rows[2][2], rows[3][8] = "Nguyễn Văn Bỉnh", ""
    rows[4][7] = "Miễn sinh hoạt"
    plan = take(database, write(tmp_path, rows))
    assert counts(plan) == {"changed": 2, "unchanged": 4}
    found = [member(database, f"99000000000{n}") for n in (3, 4, 5)]
    shown = [(each.name_key, each.phone, each.status) for each in found if each]
    assert shown == [
        ("nguyen van binh", "0990123456", Status.ACTIVE),
        ("tran thi hoa", "0990123456", Status.ACTIVE),
        ("ha van son", "0990123456", Status.EXEMPT),
    ]


def test_a_secretary_who_moves_loses_the_roles_of_the_old_branch(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    plan = take(database, write(tmp_path, [person("990000000001", "Lò Văn An", "Chi bộ thôn 2")]))
    assert counts(plan) == {"moved": 1, "revoked": 1, "missing": 3}
    assert branch_name(database, "990000000001") == "Chi bộ thôn 2"
    assert roles(database, "990000000001") == set()


def test_who_is_no_longer_secretary_loses_the_role_but_not_what_the_list_does_not_know(
    database: Database, tmp_path: Path
) -> None:
    take(database, write(tmp_path, FIRST))
    rows = [person("990000000001", "Lò Văn An"), person("990000000002", "Giàng Thị Mẩy", role="Bí thư")]
    plan = take(database, write(tmp_path, rows))
    assert counts(plan) == {"granted": 1, "revoked": 2, "unchanged": 2, "missing": 1}
    assert roles(database, "990000000001") == set()
    assert roles(database, "990000000002") == {("secretary", "Chi bộ thôn 1"), ("clerk", "Chi bộ thôn 1")}


def test_leavers_by_the_status_column_leave_with_their_roles_and_may_return(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    plan = take(database, write(tmp_path, [person("990000000001", "Lò Văn An", status="Chuyển đi")]))
    assert counts(plan) == {"left": 1, "revoked": 1, "missing": 2}
    assert member(database, "990000000001") is None
    back = take(database, write(tmp_path, [person("990000000001", "Lò Văn An", "Chi bộ thôn 2")]))
    assert counts(back)["returned"] == 1
    assert branch_name(database, "990000000001") == "Chi bộ thôn 2"


def test_the_old_branch_reporting_a_move_does_not_undo_it(database: Database, tmp_path: Path) -> None:
    take(
        database,
        write(tmp_path, [*FIRST, person("990000000003", "Nguyễn Văn Bình", "Chi bộ thôn 2", status="chuyển đi")]),
    )
    old = person("990000000004", "Trần Thị Hoa", status="Đã chuyển")
    plan = take(database, write(tmp_path, [old]))
    assert counts(plan) == {"passed_over": 1, "missing": 3}
    assert branch_name(database, "990000000004") == "Chi bộ thôn 2"
    assert branch_name(database, "990000000003") == "Chi bộ thôn 1"


def test_absence_from_a_list_is_reported_and_only_a_complete_list_removes(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    shorter = write(tmp_path, FIRST[:2])
    assert [each.full_name for each in take(database, shorter).missing] == ["Nguyễn Văn Bình"]
    assert member(database, "990000000003")
    plan = take(database, shorter, Scope(complete=True))
    assert counts(plan) == {"removed": 1, "unchanged": 2}
    assert member(database, "990000000003") is None
    assert member(database, "990000000004"), "another branch is not the list's business"


def test_nobody_leaves_by_a_slip_of_the_pen(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    bad_date = person("990000000003", "Nguyễn Văn Bình")
    bad_date[3] = "31/6/1958"
    plan = take(database, write(tmp_path, [*FIRST[:2], bad_date]), Scope(complete=True))
    assert counts(plan) == {"bad": 1, "unchanged": 2}
    no_number = person("", "Nguyễn Văn Bình")
    plan = take(database, write(tmp_path, [*FIRST[:2], no_number]), Scope(complete=True))
    assert counts(plan) == {"bad": 1, "unchanged": 2, "missing": 1}
    assert member(database, "990000000003")


def test_a_dry_run_tells_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    path = write(tmp_path, FIRST)
    dry = take(database, path, dry_run=True)
    with database.reading() as session:
        assert organizations.everything(session) == []
        assert session.exec(select(audit.AuditEntry)).all() == []
    assert dry.counts() == take(database, path).counts()


def test_one_audit_entry_with_counts_and_no_names(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, FIRST))
    with database.reading() as session:
        (entry,) = session.exec(select(audit.AuditEntry)).all()
        assert (entry.act, entry.at) == ("roster.import", NOW)
        assert entry.details["added"] == 6
        assert all(isinstance(value, int) for value in entry.details.values())
        assert audit.broken_at(session) is None


def test_a_crash_in_the_middle_leaves_nothing(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(roster_apply.roster, "insert_roles", crash)
    with pytest.raises(RuntimeError):
        take(database, write(tmp_path, FIRST))
    with database.reading() as session:
        assert session.exec(select(members.Member)).all() == []
        assert organizations.everything(session) == []


def test_branches_of_one_name_are_told_apart_by_their_commune(database: Database, tmp_path: Path) -> None:
    rows = [*branch_of(["990000000011", "990000000012", "990000000013"])]
    other = [list(row) for row in branch_of(["990000000021", "990000000022", "990000000023"])]
    for row in other:
        row[4] = "Đảng ủy phường Tân Sen"
    plan = take(database, write(tmp_path, [*rows, *other]))
    assert counts(plan) == {"organizations": 5, "added": 6}
    unclear = [list(rows[0])]
    unclear[0][4] = ""
    problems = take(database, write(tmp_path, unclear), ONLY).problems
    assert "nhiều chi bộ trùng tên" in problems[0].reason
    below = take(database, write(tmp_path, unclear), Scope(under="HM.001"))
    assert counts(below) == {"unchanged": 1, "missing": 2}


def test_a_misspelt_branch_is_refused_with_its_neighbours_and_not_made(database: Database, tmp_path: Path) -> None:
    rows = branch_of([f"99000000003{n}" for n in range(4)], "Chi bộ bản Nà Mây")
    rows[3][5] = "Chi bộ bản Nà Mâyy"
    plan = take(database, write(tmp_path, rows))
    assert counts(plan) == {"organizations": 3, "added": 3, "bad": 1}
    assert "Gần giống: Chi bộ bản Nà Mây" in plan.problems[0].reason
    known = branch_of(["990000000041"], "ban na may")
    assert counts(take(database, write(tmp_path, known), ONLY)) == {"added": 1, "missing": 3}


def test_supporters_have_no_number_and_go_by_their_telephone(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, [*FIRST, person("", "Vàng A Tú", role="Tình nguyện viên")]))
    found = member(database, "0990123456")
    assert found
    assert found.standing == Standing.SUPPORTER
    assert roles(database, "0990123456") == {("volunteer", "Chi bộ thôn 1")}


def test_the_operators_role_covers_everything(database: Database, tmp_path: Path) -> None:
    take(database, write(tmp_path, [*FIRST, person("990000000009", "Đặng Thị Nga", role="Quản trị")]))
    assert roles(database, "990000000009") == {(RoleKind.OPERATOR, "Đảng bộ tỉnh Hồng Mây")}


def test_a_commune_can_be_the_root(database: Database, tmp_path: Path) -> None:
    scope = Scope(create=True, under="MM", under_name="Đảng bộ xã Mường Mây")
    assert counts(take(database, write(tmp_path, FIRST), scope)) == {"organizations": 3, "added": 6, "granted": 5}
    assert take(database, write(tmp_path, FIRST), Scope(under="MM")).is_empty

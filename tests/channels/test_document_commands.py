"""`sotay documents …` as an operator runs it, on both databases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import select

from storage.audit import AuditEntry
from storage.documents import Document, Reading
from storage.files import StoredFile
from storage.members import RoleKind
from tests.channels.conftest import Command
from tests.documents.papers import RESOLUTION, pdf, photo, with_macros, word
from tests.world import Person, World

NOTICE = RESOLUTION.replace("21-NQ/TW", "15-TB/TW").replace("NGHỊ QUYẾT", "THÔNG BÁO")


@pytest.fixture
def an(world: World) -> Person:
    return world.person("Nguyễn Văn An", roles=[RoleKind.SECRETARY])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two good papers, one that is secret, one with macros, a scan, and a lock of an office program."""
    papers = tmp_path / "van-ban"
    (papers / "thang-11").mkdir(parents=True)
    (papers / "21-NQ-TW.pdf").write_bytes(pdf(RESOLUTION))
    (papers / "thang-11" / "thong-bao.docx").write_bytes(word(NOTICE))
    (papers / "bao cao.pdf").write_bytes(pdf("TỐI MẬT\n" + RESOLUTION))
    (papers / "macro.docx").write_bytes(with_macros(word(RESOLUTION)))
    (papers / "5-BC-CB.jpg").write_bytes(photo())
    (papers / "~$thong-bao.docx").write_bytes(b"lock")
    return papers


def published(world: World) -> list[str]:
    with world.database.reading() as session:
        return [row.number for row in session.exec(select(Document).order_by(Document.number))]  # type: ignore[arg-type]


def test_a_folder_at_once_names_every_bad_file_and_can_be_given_again(
    world: World, sotay: Command, an: Person, folder: Path
) -> None:
    lan = world.person("Trần Thị Lan", platform="zalo")
    dry = sotay("documents", "publish", folder, "--to", "AB-03", "--as", an.number, "--dry-run")
    assert "sẽ phát hành 2, đã có 0, lỗi 3" in dry.out
    assert published(world) == []
    first = sotay("documents", "publish", folder, "--to", "AB-03", "--as", an.number)
    assert first.code == 1
    assert "Đã phát hành 2, đã có 0, lỗi 3." in first.out
    for reason in ("bí mật nhà nước", "macro", "cần --confirm-not-secret"):
        assert reason in first.out
    assert "~$" not in first.out
    assert published(world) == ["15-TB/TW", "21-NQ/TW"]
    world.pump()
    assert lan.sees("MỜI ĐỒNG CHÍ ĐỌC: 21-NQ/TW")
    again = sotay("documents", "publish", folder, "--to", "AB-03", "--as", an.number, "--confirm-not-secret")
    assert "Đã phát hành 1, đã có 2, lỗi 2." in again.out
    assert published(world) == ["15-TB/TW", "21-NQ/TW", "5-BC/CB"]
    with world.database.reading() as session:
        names = {row.name for row in session.exec(select(StoredFile))}
        acts = [entry for entry in session.exec(select(AuditEntry)) if entry.act == "document.published"]
        readers = session.exec(select(Reading).where(Reading.member_id == an.member_id))
        assert {row.how for row in readers} == {"publisher"}
    assert "bao cao.pdf" not in names
    assert "macro.docx" not in names
    assert [entry.details["confirmed_by"] for entry in acts] == [None, None, an.member_id]
    assert {entry.details["by"] for entry in acts} == {"cli"}


def test_one_file_with_everything_said(world: World, sotay: Command, an: Person, tmp_path: Path) -> None:
    mai = world.person("Trần Thị Mai", roles=[RoleKind.COMMITTEE])
    paper = tmp_path / "scan0001.pdf"
    paper.write_bytes(pdf(RESOLUTION))
    done = sotay(
        "documents", "publish", paper, "--to", "AB-03", "--as", an.number, "--roles", "committee",
        "--number", "7-KH/CB", "--kind", "kế hoạch", "--date", "1/11/2026", "--issuer", "Chi bộ thôn 3",
        "--summary", "Kế hoạch tháng 12", "--deadline", "30/11", "--expires", "31/12/2026", "--no-download",
        "--guidance",
    )  # fmt: skip
    assert done.code == 0, done.err
    with world.database.reading() as session:
        row = session.exec(select(Document)).one()
        got = {reading.member_id for reading in session.exec(select(Reading))}
    assert (row.number, row.kind, row.summary, row.issuer) == ("7-KH/CB", "KH", "Kế hoạch tháng 12", "Chi bộ thôn 3")
    assert (row.downloadable, row.section, row.audience) == (False, "guidance", "listed")
    assert (str(row.issued_on), str(row.expires_on)) == ("2026-11-01", "2026-12-31")
    assert got == {an.member_id, mai.member_id}


def test_the_same_number_needs_a_word(world: World, sotay: Command, an: Person, tmp_path: Path) -> None:
    old, new = tmp_path / "cu.pdf", tmp_path / "moi.pdf"
    old.write_bytes(pdf(RESOLUTION))
    new.write_bytes(pdf(RESOLUTION + "\nĐã sửa lỗi"))
    call = ("documents", "publish", "--to", "AB-03", "--as", an.number)
    assert sotay(*call, old).code == 0
    refused = sotay(*call, new)
    assert refused.code == 1
    assert "dùng --replace để thay" in refused.out
    assert "sẽ thay bản trước" in sotay(*call, new, "--replace", "--dry-run").out
    assert sotay(*call, new, "--replace").code == 0
    with world.database.reading() as session:
        rows = [(row.state, row.version) for row in session.exec(select(Document).order_by(Document.id))]  # type: ignore[arg-type]
    assert rows == [("replaced", 1), ("published", 2)]
    assert "đã có 2" in sotay(*call, old, new, "--replace").out


def test_only_who_leads_the_organization_publishes_or_withdraws(
    world: World, sotay: Command, an: Person, tmp_path: Path
) -> None:
    lan = world.person("Trần Thị Lan")
    paper = tmp_path / "nq.pdf"
    paper.write_bytes(pdf(RESOLUTION))
    for number, to in ((lan.number, "AB-03"), (an.number, "AB"), ("999", "AB-03"), (an.number, "XY")):
        refused = sotay("documents", "publish", paper, "--to", to, "--as", number)
        assert refused.code == 2, refused.out
    assert published(world) == []
    assert sotay("documents", "publish", paper, "--to", "AB-03", "--as", an.number).code == 0
    assert sotay("documents", "withdraw", 1, "--as", lan.number, "--yes").code == 2
    assert sotay("documents", "withdraw", 1, "--as", an.number, answer="n\n").code == 1
    assert sotay("documents", "withdraw", 1, "--as", an.number, "--because", "Gửi nhầm", "--yes").code == 0
    assert sotay("documents", "withdraw", 1, "--as", an.number, "--yes").code == 2
    listed = json.loads(sotay("documents", "list", "--json", "--to", "AB").out)
    assert [(row["number"], row["state"], row["readers"], row["read"]) for row in listed] == [
        ("21-NQ/TW", "withdrawn", 2, 1)
    ]
    assert "21-NQ/TW" in sotay("documents", "list").out


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--roles", "moi-nguoi"], "nhóm vai trò"),
        (["--kind", "xyz"], "loại văn bản"),
        (["--date", "31/6/2022"], "chỉ có 30 ngày"),
        (["--deadline", "1/1/2020"], "đã qua"),
    ],
)
def test_an_option_that_cannot_be_is_refused(
    world: World, sotay: Command, an: Person, folder: Path, options: list[str], reason: str
) -> None:
    refused = sotay("documents", "publish", folder, "--to", "AB-03", "--as", an.number, *options)
    assert refused.code == 2
    assert reason in refused.err
    assert published(world) == []


def test_a_number_for_many_files_and_a_path_without_files(
    world: World, sotay: Command, an: Person, folder: Path, tmp_path: Path
) -> None:
    call = ("documents", "publish", "--to", "AB-03", "--as", an.number)
    assert "chỉ dùng khi có một tệp" in sotay(*call, folder, "--number", "5-BC/CB").err
    assert "Không thấy tệp nào" in sotay(*call, tmp_path / "khong-co").err
    assert published(world) == []

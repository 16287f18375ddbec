"""Bảng đọc: members and papers for a branch, counts for those above, as a picture and as a workbook."""

from __future__ import annotations

import io
import re

import httpx2
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook
from sqlmodel import select
from starlette.testclient import TestClient

from bot.web.server import build_web
from storage.files import StoredFile
from storage.members import Role, RoleKind
from storage.report_jobs import ReportJob
from tests.scenarios.test_acknowledging import publish, secretary
from tests.world import Person, World

PLATFORMS = pytest.mark.parametrize("platform", ["telegram", "zalo"])


def files(world: World) -> dict[str, bytes]:
    """The kept files by ending."""
    with world.database.reading() as session:
        rows = session.exec(select(StoredFile)).all()
    return {row.name.rpartition(".")[2]: world.app.store.path(row.sha256).read_bytes() for row in rows}


def sheet(content: bytes, number: int = 0) -> list[list[object]]:
    return [
        list(row) for row in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(number).to_python()
    ]


def branch(world: World, platform: str = "telegram") -> tuple[Person, Person]:
    """A secretary, one who has read, one who has not, one without a phone for whom it was entered."""
    an, lan = secretary(world, platform), world.person("Trần Thị Lan", platform=platform)
    world.person("Lê Văn Hùng", platform=platform)
    world.person("Vũ Thị Tơ", has_phone=False, linked=False)
    world.person("=1+1", has_phone=False, linked=False)
    publish(an)
    lan.says("đã đọc")
    an.says("ghi hộ bác Tơ đã đọc")
    return an, lan


def test_the_branch_gets_a_picture_and_a_workbook(world: World) -> None:
    an, _ = branch(world)
    an.forget()
    an.says("bảng đọc")
    assert "Đang lập bảng đọc của Chi bộ thôn 3" in an.last
    an.says("/bangdoc")
    assert "đang được lập" in an.last
    world.sweep()
    sent = [m["file"]["name"] for m in an.chat() if m["file"]]
    assert sent == ["bang-doc-2026-11-25-1.png", "bang-doc-2026-11-25.xlsx"]
    kept = files(world)
    picture = Image.open(io.BytesIO(kept["png"]))
    assert picture.width == 1080
    assert 400 < picture.height < 1400
    rows = sheet(kept["xlsx"])
    assert rows[0] == ["Họ và tên", "Tự nhận được", "21-NQ/TW"]
    found = {str(row[0]): row[1:] for row in rows[1:]}
    assert found["Trần Thị Lan"] == ["có", "✓ 25/11/2026"]
    assert found["Lê Văn Hùng"] == ["có", "–"]
    assert found["Vũ Thị Tơ"] == ["không", "ghi hộ 25/11/2026"]
    assert found["=1+1"] == ["không", "không tự nhận được"]
    counts = dict(zip(*sheet(kept["xlsx"], 1)[:2], strict=True))
    assert (counts["Tổng số"], counts["Đã đọc"], counts["Trong đó ghi hộ"]) == (5, 3, 1)
    assert (counts["Chưa đọc"], counts["Không tự nhận được"]) == (1, 1)
    world.sweep()
    assert len([m for m in an.chat() if m["file"]]) == 2


def test_on_zalo_one_message_with_a_link_to_both(world: World) -> None:
    an, lan = branch(world, "zalo")
    an.forget()
    an.says("/bangdoc")
    world.sweep()
    assert len(an.new()) == 2
    link = re.search(r"http\S+(/r/\S+)", an.last)
    assert link is not None
    web = TestClient(build_web(world.app.web_parts()))
    page = web.get(link[1])
    assert page.status_code == 200
    assert "bang-doc-2026-11-25.xlsx" in page.text
    assert "no-store" in page.headers["cache-control"]
    assert web.get(f"{link[1]}/0").headers["content-type"] == "image/png"
    assert sheet(web.get(f"{link[1]}/1").content)[0][0] == "Họ và tên"
    assert web.get(f"{link[1]}/2").status_code == 404
    assert web.get(f"{link[1][:-1]}{'A' if link[1][-1] != 'A' else 'B'}").status_code == 404
    assert lan.member_id


def test_the_link_ends_with_the_role_and_with_time(world: World) -> None:
    an, _ = branch(world, "zalo")
    an.says("/bangdoc")
    world.sweep()
    link = re.search(r"http\S+(/r/\S+)", an.last)
    assert link is not None
    web = TestClient(build_web(world.app.web_parts()))
    with world.database.transaction() as session:
        role = session.exec(select(Role).where(Role.member_id == an.member_id)).one()
        session.delete(role)
    assert _status(web.get(link[1])) == 404
    with world.database.transaction() as session:
        session.add(Role(member_id=an.member_id, organization_id=world.branch.id or 0, kind=RoleKind.SECRETARY))
    assert _status(web.get(link[1])) == 200
    kept = [path for path in (world.settings.data_dir / "files").rglob("*") if path.is_file()]
    assert len(kept) == 2
    world.later(days=8)
    assert _status(web.get(link[1])) == 404
    assert not any(path.exists() for path in kept)


def _status(answer: httpx2.Response | object) -> int:
    return int(answer.status_code)  # type: ignore[union-attr]


def test_only_leaders_get_it_and_no_group(world: World) -> None:
    an, lan = branch(world)
    group = world.group([an, lan])
    lan.says("/bangdoc")
    assert "chỉ dành cho" in lan.last
    an.mentions("/bangdoc", group)
    assert "riêng với Trợ lý" in lan.texts(group)[-1]
    world.sweep()
    with world.database.reading() as session:
        assert not session.exec(select(ReportJob)).all()


@PLATFORMS
def test_an_officer_sees_counts_and_no_names(world: World, platform: str) -> None:
    other = world.add_branch("Chi bộ thôn 5", "AB-05")
    world.person("Ngô Văn Bình", branch=other)
    minh = world.person("Đỗ Văn Minh", roles=[RoleKind.OFFICER], over=world.commune, platform=platform)
    lan = world.person("Trần Thị Lan")
    minh.says("/vanban Kính gửi các đồng chí: kế hoạch tổng vệ sinh toàn xã sáng thứ Bảy tuần này.")
    minh.presses("Đảng ủy xã An Bình")
    minh.says("05-KH/ĐU")
    minh.says("Kế hoạch tổng vệ sinh")
    minh.presses("Gửi")
    lan.says("đã đọc")
    minh.forget()
    minh.says("bảng đọc")
    assert minh.sees("Đã đọc 2/3 lượt (67 %)")
    assert minh.sees("Chi bộ thôn 5: 0/1 lượt (0 %)")
    world.sweep()
    assert not any("Bình" in text.replace("An Bình", "") or "Lan" in text for text in minh.new())
    kept = files(world)
    rows = sheet(kept["xlsx"])
    assert rows[0] == ["Tổ chức", "Tỷ lệ", "05-KH/ĐU"]
    assert rows[1] == ["Chi bộ thôn 3", 1.0, 1.0]
    assert rows[2] == ["Chi bộ thôn 5", 0.0, 0.0]
    long = sheet(kept["xlsx"], 1)
    assert long[1] == ["Chi bộ thôn 3", "05-KH/ĐU", 2.0, 2.0, 0.0, 0.0, 0.0]
    assert Image.open(io.BytesIO(kept["png"])).width == 1080


def test_a_job_outlives_a_restart_and_fails_for_who_no_longer_leads(world: World) -> None:
    an, _ = branch(world)
    an.says("/bangdoc")
    world.restart()
    world.sweep()
    assert sum(1 for m in an.chat() if m["file"]) == 2
    an.says("/bangdoc")
    with world.database.transaction() as session:
        session.delete(session.exec(select(Role).where(Role.member_id == an.member_id)).one())
    world.sweep()
    assert sum(1 for m in an.chat() if m["file"]) == 2

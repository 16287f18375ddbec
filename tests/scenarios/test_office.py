"""Every Word file that the product makes, opened by an office program: its words, its pages, nothing left to fill in.

Also the other way: a template that an office program has saved goes on being one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.flows.minutes import blank, docx_text
from storage import files
from storage.minutes import PaperKind
from tests import office
from tests.scenarios.test_minutes import Branch, paper
from tests.scenarios.test_minutes_templates import DOCX, sends
from tests.scenarios.test_planning import stored
from tests.world import World

pytestmark = [office.needed, pytest.mark.parametrize("database", ["sqlite"], indirect=True)]
HEADING = "ĐẢNG ỦY XÃ AN BÌNH CHI BỘ THÔN 3 * {number}ĐẢNG CỘNG SẢN VIỆT NAM An Bình, ngày {day}"


def kept(world: World, meeting_id: int, kind: PaperKind = PaperKind.MINUTES) -> bytes:
    with world.database.reading() as session:
        stored_file = files.get(session, paper(world, meeting_id, kind).file_id or 0)
    return world.app.store.path(stored_file.sha256).read_bytes()


def written(folder: Path, made: dict[str, bytes]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{name}.docx" for name in made]
    for path, content in zip(paths, made.values(), strict=True):
        path.write_bytes(content)
    return paths


def saved_by_an_office_program(folder: Path) -> bytes:
    """Our resolution's template after LibreOffice has opened and saved it."""
    ours = written(folder / "ours", {"mau-nghi-quyet": blank.template(PaperKind.RESOLUTION)})
    [path] = office.convert(ours, "docx:MS Word 2007 XML", folder / "theirs")
    content = path.read_bytes()
    assert content != ours[0].read_bytes()
    return content


def everything_printed(world: World, theirs: bytes) -> dict[str, bytes]:
    """Minutes by our template, a resolution by the one sent in, invitations with a page for each, our templates."""
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    branch.an.says("mẫu biên bản")
    branch.an.presses("Đổi mẫu nghị quyết")
    sends(branch.an, theirs, "mau-nghi-quyet.docx")
    count = docx_text.check(blank.template(PaperKind.RESOLUTION))
    assert branch.an.sees(f"Đã nhận mẫu nghị quyết của Chi bộ thôn 3, có {count} chỗ điền.")
    branch.an.says("ra nghị quyết")
    branch.an.presses("Ra nghị quyết")
    branch.an.presses("Duyệt nghị quyết")
    branch.an.says("mời họp")
    branch.an.presses("thường kỳ")
    branch.an.presses("Gửi giấy mời")
    branch.an.says("in giấy mời")
    branch.an.presses("Mỗi người một trang (4 người)")
    world.sweep()
    return {
        "bien-ban": kept(world, meeting_id),
        "nghi-quyet": kept(world, meeting_id, PaperKind.RESOLUTION),
        "giay-moi": stored(world, DOCX),
        "mau-bien-ban": blank.template(PaperKind.MINUTES),
    }


def test_every_word_file_opens_in_libreoffice(world: World, tmp_path: Path) -> None:
    made = everything_printed(world, saved_by_an_office_program(tmp_path))
    opened = office.convert(written(tmp_path / "made", made), "pdf", tmp_path / "pdf")
    shown = dict(zip(made, map(office.pages, opened), strict=True))
    assert {name: len(found) for name, found in shown.items()} == {
        "bien-ban": 2, "nghi-quyet": 1, "giay-moi": 4, "mau-bien-ban": 1,
    }  # fmt: skip
    for name, found in shown.items():
        assert all(len(page) > 200 for page in found), f"{name}: an empty page"
        assert ("{{" in " ".join(found)) is name.startswith("mau-")
    _minutes(" ".join(shown["bien-ban"]))
    _resolution(shown["nghi-quyet"][0])
    _invitations(shown["giay-moi"])
    assert len(re.findall(r"\{\{\w+\}\}", shown["mau-bien-ban"][0])) == docx_text.check(made["mau-bien-ban"])


def _minutes(text: str) -> None:
    assert text.startswith(HEADING.format(number="Số 01-BB/CB ", day="03 tháng 12 năm 2026"))
    for words in (
        "BIÊN BẢN Sinh hoạt chi bộ tháng 12/2026", "Bắt đầu: 19 giờ 30, thứ Năm, ngày 03/12/2026.",
        "Vắng có lý do: 1 đồng chí: Lê Văn Ba (đi viện).", "Nội dung 1: Xây dựng đường thôn",
        "- Trần Thị Lan: Nên làm trước Tết.", "Kết luận: Góp 20 ngày công làm đường thôn.",
        "tán thành 2 (66,7%), không tán thành 1", "Người thực hiện: Trần Thị Lan. Thời hạn: 23/12/2026.",
    ):  # fmt: skip
        assert words in text, words
    assert text.endswith("THƯ KÝ Vũ Thị Mai CHỦ TRÌ Nguyễn Văn An")


def _resolution(text: str) -> None:
    assert text.startswith(HEADING.format(number="Số 01-NQ/CB ", day="04 tháng 12 năm 2026"))
    assert "NGHỊ QUYẾT Sinh hoạt chi bộ tháng 12/2026 ----- I. CĂN CỨ Căn cứ sinh hoạt chi bộ tháng 12" in text
    assert "- Vận động các hộ góp công." in text
    assert text.endswith("- Các đồng chí đảng viên, - Lưu. T/M CHI BỘ Nguyễn Văn An")


def _invitations(found: list[str]) -> None:
    for page, name in zip(found, ("Lê Văn Ba", "Nguyễn Văn An", "Trần Thị Lan", "Vũ Thị Mai"), strict=True):
        assert page.startswith(HEADING.format(number="", day="04 tháng 12 năm 2026"))
        assert f"GIẤY MỜI Dự sinh hoạt chi bộ tháng 1 ----- Kính mời: đồng chí {name} Thời gian: 19 giờ 30" in page
        assert page.endswith("T/M CHI ỦY Nguyễn Văn An")

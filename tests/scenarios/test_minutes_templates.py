"""A branch's own template, by chat and by the command line; the paper behind a link."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import BadInput
from bot.flows.minutes import blank
from bot.minutes_links import MinutesLinks
from bot.web.server import build_web
from storage import minutes
from storage.minutes import PaperKind
from tests.minutes.test_templates import made
from tests.scenarios.test_minutes import Branch, paper, printed
from tests.world import Person, World

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def sends(person: Person, content: bytes, name: str = "mau.docx") -> None:
    person.sends(content, name, mime=DOCX)


def test_a_template_from_the_chat_is_used(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("mẫu biên bản")
    assert "{{chu_tri}}" in branch.an.last
    sends(branch.an, made("{{noi_dung}} {{luong}}"))
    assert branch.an.sees('Mẫu có chỗ điền lạ: "luong".')
    sends(branch.an, made("MẪU RIÊNG CỦA THÔN 3", "{{chu_tri}}", "{{noi_dung}}"))
    assert "Đã nhận mẫu biên bản của Chi bộ thôn 3, có 2 chỗ điền." in branch.an.last
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    assert "MẪU RIÊNG CỦA THÔN 3" in printed(world, paper(world, meeting_id).file_id)


def test_macros_and_other_files_are_refused(world: World) -> None:
    branch = Branch(world)
    branch.an.says("mẫu biên bản")
    sends(branch.an, _with_macro(made("{{noi_dung}}")))
    assert branch.an.sees("lệnh tự chạy")
    branch.an.sends(b"%PDF-1.4\n%%EOF\n", "mau.pdf")
    with world.database.reading() as session:
        assert minutes.template_of(session, world.branch.id or 0, PaperKind.MINUTES) is None
    branch.lan.says("mẫu biên bản")
    assert "Xin gửi mẫu" not in branch.lan.last


def _with_macro(content: bytes) -> bytes:
    import zipfile

    changed = io.BytesIO(content)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return changed.getvalue()


def test_zalo_is_told_where_templates_go(world: World) -> None:
    branch = Branch(world, "zalo")
    branch.an.says("mẫu biên bản")
    assert "Zalo không chuyển tệp" in branch.an.last


def test_a_damaged_template_is_replaced_by_the_usual_one(world: World) -> None:
    branch = Branch(world)
    meeting_id = branch.holds()
    branch.an.says("mẫu biên bản")
    sends(branch.an, made("{{noi_dung}}"))
    with world.database.reading() as session:
        own = minutes.template_of(session, world.branch.id or 0, PaperKind.MINUTES)
        assert own is not None
        from storage import files

        world.app.store.path(files.get(session, own.file_id).sha256).write_bytes(b"gone")
    branch.an.says("biên bản")
    branch.an.presses("Duyệt biên bản")
    assert branch.an.sees("đã lập theo mẫu chung")
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in printed(world, paper(world, meeting_id).file_id)


def test_a_link_opens_for_who_keeps_the_minutes_only(world: World) -> None:
    branch = Branch(world, "zalo")
    meeting_id = branch.holds()
    branch.an.says("biên bản")
    branch.an.presses("Xem bản in")
    link = next(word for word in branch.an.last.split() if "/bb/" in word)
    client = TestClient(build_web(world.app.web_parts()))
    answer = client.get(link[link.index("/bb/") :])
    assert answer.status_code == 200
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(answer.content)).paragraphs]
    assert any("Nên làm trước Tết." in text for text in words)
    forged = MinutesLinks("http://127.0.0.1:1").address(paper(world, meeting_id).id or 0, branch.lan.member_id)
    assert client.get(forged[forged.index("/bb/") :]).status_code == 404
    assert client.get("/bb/" + "A" * 30).status_code == 404


def test_a_forged_token_is_no_link() -> None:
    with pytest.raises(BadInput):
        MinutesLinks("http://127.0.0.1:1").read("A" * 200)


def test_the_command_line(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.minutes_commands.load", lambda: world.settings)
    monkeypatch.setattr("bot.minutes_commands.open_storage", lambda _settings: world.database)
    path = tmp_path / "mau.docx"
    run = CliRunner()
    assert run.invoke(app, ["minutes", "sample", str(path)]).exit_code == 0
    assert path.read_bytes() == blank.template(PaperKind.MINUTES)
    answer = run.invoke(app, ["minutes", "template", str(path), "--to", "AB"])
    assert "Đảng ủy xã An Bình" in answer.output
    with world.database.reading() as session:
        assert minutes.template_for(session, world.branch.path, PaperKind.MINUTES) is not None
    assert run.invoke(app, ["minutes", "template", str(path), "--to", "nowhere"]).exit_code != 0
    path.write_bytes(made("Trống"))
    assert run.invoke(app, ["minutes", "template", str(path), "--to", "AB"]).exit_code != 0

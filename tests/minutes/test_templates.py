"""Templates: what is filled, what is refused, and that the result is a document that other programs open."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.dom.minidom import parseString

import docx
import pytest

from bot.errors import BadInput
from bot.flows.minutes import blank, docx_text, names
from storage.minutes import PaperKind

SECTIONS: list[names.Section] = [
    {"key": "opening", "title": "Thời gian", "text": "19 giờ 30", "edited": False},
    {"key": "item-1", "title": "Nội dung 1: Đường thôn", "text": "Ý kiến\nKết luận", "edited": False},
    {"key": "tasks", "title": "Nhiệm vụ", "text": "- Góp công", "edited": False},
]
TASKS = {"viec": [{"section": "tasks", "ten": "Góp công", "nguoi": "Lan", "han": "20/12/2026"},
                  {"section": "tasks", "ten": "Đo đường", "nguoi": "Ba", "han": "22/12/2026"}]}  # fmt: skip
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def made(*paragraphs: str, cells: tuple[str, ...] = (), header: str = "") -> bytes:
    """A template as somebody would write it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        for cell, text in zip(document.add_table(rows=1, cols=len(cells)).rows[0].cells, cells, strict=True):
            cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def filled(template: bytes, facts: dict[str, str] | None = None, rows: names.Rows | None = None) -> Any:
    content = docx_text.fill(template, names.values(SECTIONS, facts or {}), names.rows(SECTIONS, rows or TASKS))
    return docx.Document(io.BytesIO(content))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_lines_become_paragraphs_and_headings_are_bold() -> None:
    document = filled(made("Trước", "{{noi_dung}}", "Sau"))
    assert texts(document) == ["Trước", "Nội dung 1: Đường thôn", "Ý kiến", "Kết luận", "Sau"]
    assert [bool(paragraph.runs[0].bold) for paragraph in document.paragraphs[1:4]] == [True, False, False]


def test_names_may_be_written_with_marks_and_cut_into_runs() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("Chủ trì: {", "{ Chủ", " trì }", "}; {{noi_dung}}"):
        paragraph.add_run(piece)
    content = io.BytesIO()
    document.save(content)
    assert docx_text.check(content.getvalue()) == 2
    assert "Chủ trì: Nguyễn Văn An;" in texts(filled(content.getvalue(), {"chu_tri": "Nguyễn Văn An"}))[0]


def test_a_row_repeats_and_an_edited_section_takes_its_place() -> None:
    template = made("{{noi_dung}}", cells=("{{viec.ten}}", "{{viec.nguoi}}", "{{viec.han}}"), header="{{don_vi}}")
    document = filled(template, {"don_vi": "CHI BỘ THÔN 3"})
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [["Góp công", "Lan", "20/12/2026"], ["Đo đường", "Ba", "22/12/2026"]]
    assert document.sections[0].header.paragraphs[0].text == "CHI BỘ THÔN 3"
    edited = [*SECTIONS[:2], {**SECTIONS[2], "text": "Việc khác", "edited": True}]
    content = docx_text.fill(template, names.values(edited, {}), names.rows(edited, TASKS))
    rows = [[cell.text for cell in row.cells] for row in docx.Document(io.BytesIO(content)).tables[0].rows]
    assert rows == [["Việc khác", "", ""]]


def test_braces_in_what_people_wrote_are_not_filled() -> None:
    rows = {"viec": [{"section": "tasks", "ten": "{{thu_ky}}", "nguoi": "", "han": ""}]}
    document = filled(
        made("{{chu_tri}} {{noi_dung}}", cells=("{{viec.ten}}",)), {"chu_tri": "{{thu_ky}}", "thu_ky": "Mai"}, rows
    )
    assert document.tables[0].rows[0].cells[0].text == "{{thu_ky}}"
    assert texts(document)[0].startswith("{{thu_ky}}")


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = filled(made("{{chu_tri}} {{noi_dung}}"), {"chu_tri": "An\x00\x0b\ud800 & <b>"})
    assert texts(document)[0].startswith("An & <b>")


@pytest.mark.parametrize(
    ("template", "key"),
    [
        (made("{{noi_dung}} {{luong}}"), "minutes.template-unknown"),
        (made("{{noi_dung}}", cells=("{{viec.luong}}",)), "minutes.template-unknown"),
        (made("Không có gì"), "minutes.template-no-body"),
        (made("{{chu_tri}}"), "minutes.template-no-body"),
        (made("{{noi_dung}} {{chu_tri"), "minutes.template-left"),
        (made("{{noi_dung}} {{viec.ten}}"), "minutes.template-left"),
        (made("{{noi_dung}}", cells=("{{viec.ten}}", "{{khach.ten}}")), "minutes.template-left"),
        (made("{{noi_dung}}" * 401), "minutes.template-many"),
        (b"PK\x03\x04 nothing", "minutes.template-broken"),
        (b"", "minutes.template-broken"),
        (b"PK" * (docx_text.LARGEST), "minutes.template-large"),
    ],
)  # fmt: skip
def test_a_template_is_refused_with_its_reason(template: bytes, key: str) -> None:
    with pytest.raises(BadInput) as refused:
        docx_text.check(template)
    assert refused.value.key == key


def test_broken_parts_inside_are_refused() -> None:
    whole, broken = zipfile.ZipFile(io.BytesIO(made("{{noi_dung}}"))), io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        for entry in whole.infolist():
            content = whole.read(entry)
            archive.writestr(
                entry.filename, content[: len(content) // 2] if entry.filename == "word/document.xml" else content
            )
    with pytest.raises(BadInput) as refused:
        docx_text.check(broken.getvalue())
    assert refused.value.key == "minutes.template-broken"


@pytest.mark.parametrize("kind", list(PaperKind))
def test_the_usual_template_passes_its_own_check_and_is_well_formed(kind: PaperKind, tmp_path: Path) -> None:
    template = blank.template(kind)
    assert docx_text.check(template) >= 10
    content = docx_text.fill(template, names.values(SECTIONS, {"chu_tri": "An & Lan"}), names.rows(SECTIONS, TASKS))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                parseString(archive.read(name))
        main = archive.read("word/document.xml").decode()
    assert "{{" not in main
    assert "An &amp; Lan" in main
    if OFFICE is None:  # the document was read again and every part of it is well-formed; no office suite to ask
        return
    path = tmp_path / "paper.docx"
    path.write_bytes(content)
    command = [
        OFFICE,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "pdf",
        "--outdir",
    ]
    subprocess.run([*command, str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")

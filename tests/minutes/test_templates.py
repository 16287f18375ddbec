"""Templates: what is filled, what is refused, and that the result is a document that other programs open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
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
def test_the_usual_template_passes_its_own_check_and_is_well_formed(kind: PaperKind) -> None:
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


def test_a_heading_is_bold_in_the_usual_template_too() -> None:
    document = filled(blank.template(PaperKind.MINUTES))
    heading = next(each for each in document.paragraphs if each.text == "Nội dung 1: Đường thôn")
    assert heading.runs[0].bold
    assert not next(each for each in document.paragraphs if each.text == "Kết luận").runs[0].bold


def test_a_heading_is_bold_where_the_placeholder_is_said_not_to_be() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("{{noi_dung}}").bold = False
    content = io.BytesIO()
    document.save(content)
    bold = [bool(paragraph.runs[0].bold) for paragraph in filled(content.getvalue()).paragraphs]
    assert bold == [True, False, False]


def _rewritten(content: bytes, change: Callable[[str], str]) -> bytes:
    """The document with every XML part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(made, "w") as archive:
        for entry in whole.infolist():
            part = whole.read(entry)
            is_text = entry.filename.endswith((".xml", ".rels"))
            archive.writestr(entry.filename, change(part.decode()) if is_text else part)
    return made.getvalue()


def test_tracked_changes_break_nothing() -> None:
    """What was put in counts, what was struck out does not."""

    def track(part: str) -> str:
        by = 'w:id="1" w:author="Mai" w:date="2026-11-22T00:00:00Z"'
        part = part.replace("<w:r><w:t>CHỦ</w:t></w:r>", f"<w:ins {by}><w:r><w:t>{{{{chu_tri}}}}</w:t></w:r></w:ins>")
        struck = f"<w:del {by}><w:r><w:delText>{{{{luong}}}}</w:delText></w:r></w:del>"
        return part.replace("<w:r><w:t>BỎ</w:t></w:r>", struck)

    template = _rewritten(made("CHỦ", "BỎ", "{{noi_dung}}"), track)
    assert docx_text.check(template) == 2
    content = docx_text.fill(
        template, names.values(SECTIONS, {"chu_tri": "Nguyễn Văn An"}), names.rows(SECTIONS, TASKS)
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        main = archive.read("word/document.xml").decode()
    assert "Nguyễn Văn An</w:t></w:r></w:ins>" in main
    assert "{{luong}}</w:delText>" in main


def test_a_strict_document_is_refused_with_a_reason() -> None:
    """Word's "Strict Open XML" has other names for everything; the library does not read it."""

    def strict(part: str) -> str:
        part = part.replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        return part.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    with pytest.raises(BadInput) as refused:
        docx_text.check(_rewritten(made("{{noi_dung}}"), strict))
    assert refused.value.key == "minutes.template-broken"

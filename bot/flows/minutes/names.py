"""The placeholders of a template, and where each one's words come from."""

from __future__ import annotations

import re
from typing import Any

FACTS = (
    "don_vi_cap_tren", "don_vi", "so", "ngay_lap", "ten_cuoc_hop", "bat_dau", "ket_thuc", "dia_diem",
    "so_trieu_tap", "so_chinh_thuc", "so_du_bi", "so_co_mat", "so_vang_co_ly_do", "so_vang_khong_ly_do",
    "chu_tri", "thu_ky", "thay_mat",
)  # fmt: skip
"""Single values."""
BLOCKS = {
    "opening": "thoi_gian_dia_diem", "people": "thanh_phan", "content": "noi_dung", "votes": "bieu_quyet",
    "conclusion": "ket_luan", "tasks": "nhiem_vu", "closing": "ket_thuc_hop", "grounds": "can_cu",
    "doing": "to_chuc_thuc_hien",
}  # fmt: skip
"""Sections by key -> the placeholder that stands for all their lines."""
TABLES: dict[str, tuple[str, ...]] = {
    "muc": ("ten", "noi_dung"),
    "vang": ("ten", "ly_do"),
    "khach": ("ten", "chuc_vu"),
    "y_kien": ("nguoi", "noi_dung"),
    "phieu": ("noi_dung", "tan_thanh", "khong_tan_thanh", "y_kien_khac", "tong", "ty_le", "ket_qua"),
    "viec": ("ten", "nguoi", "han"),
}
"""Rows of a table that repeat: `{{viec.ten}}`."""
KNOWN = frozenset((*FACTS, *BLOCKS.values(), *(f"{name}.{each}" for name, row in TABLES.items() for each in row)))
BODY = frozenset({"noi_dung", "muc.noi_dung", "ket_luan"})
"""A template without any of these would lose what the meeting said."""
BOLD = "\x02"
"""Before a line that is a heading; no person's text holds it (`clean`)."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Section = dict[str, Any]
"""{"key", "title", "text", "edited"}: one part of the paper. Keys of agenda items begin with "item-"."""
Rows = dict[str, list[dict[str, str]]]
"""By table; each row also names its "section", whose edited text takes the row's place."""


def clean(text: str) -> str:
    """A person's text without what XML cannot hold."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def block_of(key: str) -> str:
    """The block that a section belongs to: agenda items and loose opinions are the content."""
    return key if key in BLOCKS else "content"


def values(sections: list[Section], facts: dict[str, str]) -> dict[str, str]:
    """Every single placeholder with its words; lines are parted by a newline."""
    found: dict[str, list[str]] = {name: [] for name in BLOCKS.values()}
    for section in sections:
        lines = found[BLOCKS[block_of(section["key"])]]
        if block_of(section["key"]) == "content":
            lines.append(BOLD + section["title"])
        lines.extend(section["text"].splitlines())
    return {**dict.fromkeys(FACTS, ""), **facts, **{name: "\n".join(lines) for name, lines in found.items()}}


def rows(sections: list[Section], recorded: Rows) -> Rows:
    """The repeating rows: as recorded, but of a section that was edited its lines, in the first column."""
    edited = {section["key"]: section["text"] for section in sections if section["edited"]}
    found: Rows = {}
    for table, columns in TABLES.items():
        kept = [row for row in recorded.get(table, []) if row["section"] not in edited]
        touched = dict.fromkeys(row["section"] for row in recorded.get(table, []) if row["section"] in edited)
        last = columns[-1] if table == "y_kien" else columns[0]
        kept += [{last: line} for key in touched for line in edited[key].splitlines()]
        found[table] = kept
    content = [section for section in sections if block_of(section["key"]) == "content"]
    found["muc"] = [{"ten": section["title"], "noi_dung": section["text"]} for section in content]
    return found

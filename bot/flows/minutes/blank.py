"""The template that is used where an organization has none of its own: the usual layout of such papers
(bot/letterhead.py), with a placeholder for each part."""

from __future__ import annotations

from functools import cache

from bot import letterhead
from bot.texts import t
from storage.minutes import PaperKind

_PARTS = {
    PaperKind.MINUTES: (
        ("opening", "thoi_gian_dia_diem"), ("people", "thanh_phan"), ("content", "noi_dung"),
        ("votes", "bieu_quyet"), ("conclusion", "ket_luan"), ("tasks", "nhiem_vu"), ("closing", "ket_thuc_hop"),
    ),
    PaperKind.RESOLUTION: (
        ("grounds", "can_cu"), ("conclusion", "ket_luan"), ("tasks", "nhiem_vu"), ("doing", "to_chuc_thuc_hien"),
    ),
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


@cache
def template(kind: PaperKind) -> bytes:
    """The .docx with its placeholders; made once."""
    document = letterhead.page()
    letterhead.heading(document, ("{{don_vi_cap_tren}}", "{{don_vi}}", "{{so}}"), "{{ngay_lap}}")
    letterhead.title(document, t(f"minutes.paper-{kind}").upper(), "{{ten_cuoc_hop}}")
    for number, (key, slot) in zip(_ROMAN, _PARTS[kind], strict=False):
        section = letterhead.line(document, f"{number}. {t(f'minutes.section-{key}').upper()}", bold=True)
        section.paragraph_format.keep_with_next = True  # no heading alone at the foot of a page
        letterhead.running(document, f"{{{{{slot}}}}}")
    if kind is PaperKind.MINUTES:
        left = (t("minutes.sign-thu-ky"), "{{thu_ky}}")
        letterhead.signatures(document, left, (t("minutes.sign-chu-tri"), "{{chu_tri}}"))
    else:
        letterhead.signatures(document, t("minutes.sign-copies").splitlines(), ("{{thay_mat}}", "{{chu_tri}}"))
    return letterhead.saved(document)

"""The gate before anything is kept: papers with a secrecy mark are refused, doubtful ones wait for a person.

Luật 117/2025/QH15. What counts is a mark (a line or stamp of its own, `Độ mật:`), not the word: bảo mật, mật khẩu,
mật độ, mật ong and articles about keeping secrets pass. A reason is a text key and never repeats the content.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_MARKS = frozenset({"mật", "tối mật", "tuyệt mật"})
_SQUEEZED = frozenset({"mật", "tốimật", "tuyệtmật"})
_BARE = frozenset({"MAT", "TOI MAT", "TUYET MAT", "TỐI MAT", "TUYỆT MAT"})
"""The marks in capitals from a text layer that has lost its accents."""
_OLD_FONTS = frozenset({"mët", "tèi mët", "tuyöt mët", "maät", "toái maät", "tuyeät maät", "tuyệt maät"})
"""The marks in TCVN3 and VNI, whose fonts put them into other letters."""
_COLUMNS = re.compile(r"\s{2,}|\t|[|│]")
_EDGES = " \t.,:;*-–—_=~()[]{}<>«»\"'“”/\\"
_LABEL = re.compile(r"^\W*(?:độ|mức độ|mức) mật\s*[:：]\s*(?P<value>.*)$")
_NONE = re.compile(r"^(?:không|thường|bình thường|0|_+|\.+|…+|x)\W*$")
_REFUSED_LINES = re.compile(
    r"^\W*(?:(?:tài liệu|văn bản) (?:phải )?thu hồi\b(?!\s+(?:đất|vốn|nợ|kinh phí|tài sản|giấy))"
    r"|chỉ người có tên (?:mới )?được bóc bì)"
)
_SHORT_LINE = 60
_HELD = (
    ("internal", re.compile(r"lưu hành nội bộ|không (?:được )?phổ biến(?! (?:rộng|ở|trong nhân dân|hiện nay))"
                            r"|hạn chế phổ biến|(?:chỉ )?sử dụng (?:trong )?nội bộ")),
    ("internal", re.compile(r"(?:văn bản|tài liệu) này (?:thuộc|có|đóng dấu) (?:độ |mức )?(?:tối |tuyệt )?mật\b")),
    ("internal", re.compile(r"chỉ người có tên|\btài liệu thu hồi\b")),
    ("discipline", re.compile(r"(?:thi hành|xem xét|quyết định|đề nghị|xử lý)(?: hình thức)? kỷ luật "
                              r"(?:đối với |bằng hình thức )?"
                              r"(?:\w+ ){0,6}?(?:đồng chí|ông|bà|đảng viên) [^\W\d_]+ [^\W\d_]+")),
    ("personnel", re.compile(r"(?:lý lịch|nhận xét,? đánh giá|thẩm tra|bổ nhiệm|điều động|luân chuyển|quy hoạch"
                             r"|miễn nhiệm|khai trừ|xóa tên)"
                             r"(?: \w+){0,6}? (?:đồng chí|ông|bà) [^\W\d_]+ [^\W\d_]+")),
    ("personnel", re.compile(r"sơ yếu lý lịch|lý lịch của người xin vào đảng|phiếu đảng viên")),
)  # fmt: skip
_BIRTH = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:19[2-9]\d|200\d)\b")
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)[35789](?:[ .]?\d){8}(?!\d)")
_LIST = 3
"""From so many birth dates together with phone numbers a text is a list of people. [ours]"""


class Gate(StrEnum):
    """What may happen to a paper."""

    OPEN = "open"
    HELD = "held"
    """A person must confirm that it may go to this audience."""
    UNREADABLE = "unreadable"
    """No text to judge (a scan, a photo): the sender answers for it."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says and why: "mark", "internal", "discipline", "personnel", "people", "" (nothing found)."""

    gate: Gate
    reason: str = ""


def judge(text: str, *, name: str = "") -> Verdict:
    """The verdict on a paper's text and file name. Pure; looks at marks only and keeps nothing."""
    lines = [unicodedata.normalize("NFC", line).strip() for line in text.splitlines()]
    if any(_is_mark(line) for line in lines) or _label_refuses(lines) or _name_refuses(name):
        return Verdict(Gate.REFUSED, "mark")
    running = _running(text)
    for reason, pattern in _HELD:
        if pattern.search(running):
            return Verdict(Gate.HELD, reason)
    if len(_BIRTH.findall(text)) >= _LIST and len(_PHONE.findall(text)) >= _LIST:
        return Verdict(Gate.HELD, "people")
    return Verdict(Gate.OPEN if running.strip() else Gate.UNREADABLE)


def _is_mark(line: str) -> bool:
    """A mark by itself in a line or in one column of it, spaced letters and stamps' frames included."""
    for column in (line, *_COLUMNS.split(line)):
        plain = column.strip(_EDGES)
        if plain in _BARE or plain.lower() in _MARKS | _OLD_FONTS:
            return True
    squeezed = re.sub(r"[\s.·]", "", line).strip(_EDGES).lower()
    if squeezed in _SQUEEZED:
        return True
    return len(line) <= _SHORT_LINE and bool(_REFUSED_LINES.match(line.lower()))


def _label_refuses(lines: list[str]) -> bool:
    for line in lines:
        label = _LABEL.match(line.lower())
        if label and not _NONE.match(label["value"].strip() or "…"):
            return True
        if label and not label["value"].strip():
            return True
    return False


def _name_refuses(name: str) -> bool:
    """A file name such as `BC 12 (Mật).pdf` or `TUYET MAT - ke hoach.docx`."""
    plain = unicodedata.normalize("NFC", name).rpartition(".")[0] or name
    if re.search(r"(?i)(?<![a-z])(?:toi|tuyet|tối|tuyệt)[ _-]?(?:mat|mật)(?![a-z])", plain):
        return True
    pieces = re.split(r"[()\[\]]|\s[-–]\s|_", plain)
    return len(pieces) > 1 and any(piece.strip().lower() == "mật" for piece in pieces)


def _running(text: str) -> str:
    """The text as one line in lower case, so that a phrase broken over two lines is found."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).lower()

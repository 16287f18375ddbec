"""The gate before anything is kept: papers with a secrecy mark are refused, doubtful ones wait for a person.

Luật 117/2025/QH15. What counts is a mark (a line or stamp of its own, `Độ mật:`), not the word: bảo mật, mật khẩu,
mật độ, mật ong and articles about keeping secrets pass. A reason is a text key and never repeats the content.
Papers about people are looked for in named_people.py.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot import named_people
from bot.errors import BadInput

_MARKS = frozenset({"mật", "tối mật", "tuyệt mật"})
_SQUEEZED = frozenset({"mật", "tốimật", "tuyệtmật"})
_BARE = frozenset(
    f"{degree}{word}"
    for degree in ("", "TOI ", "TUYET ", "TỐI ", "TUYỆT ", "TÔI ", "TUYÊT ")
    for word in ("MAT", "MÂT", "MẠT", "MẬT", "MẤT")
) - {"MẤT", "TÔI MẤT", "TOI MẤT"}  # fmt: skip
"""The marks in capitals from a text layer that has lost or mistaken its accents."""
_OLD_FONTS = frozenset({"mët", "tèi mët", "tuyöt mët", "maät", "toái maät", "tuyeät maät", "tuyệt maät"})
"""The marks in TCVN3 and VNI, whose fonts put them into other letters."""
_COLUMNS = re.compile(r"\s{2,}|\t|[|│]")
_EDGES = " \t.,:;*-–—_=~()[]{}<>«»\"'“”/\\•●■□★☆†#+!"
_STAMPED = re.compile(r"(?i)[(\[<«“\"]\s*(?:(?:tối|tuyệt)\s+)?mật\s*[)\]>»”\"]")
_HEADER = (
    r"(?:ĐẢNG CỘNG SẢN|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG BỘ|ĐẢNG ỦY|ĐẢNG UỶ|TỈNH ỦY|TỈNH UỶ|HUYỆN ỦY|CHI BỘ"
    r"|ỦY BAN|UỶ BAN|BAN CHẤP HÀNH|BAN THƯỜNG VỤ|BỘ CHÍNH TRỊ|BAN BÍ THƯ|VĂN PHÒNG|SỐ\b|Số\b)"
)
_BESIDE_HEADER = re.compile(
    rf"^(?:(?:TỐI |TUYỆT )?MẬT\s+{_HEADER}.*|{_HEADER}.*\s(?:TỐI |TUYỆT |(?<!BÍ )(?<!BẢO ))MẬT)$"
)
_ENUMERATED = re.compile(r"^\s*[-–+•*]\s*(?:(?:tối|tuyệt)\s+)?mật\s*[;,]\s*$", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:độ|mức độ|mức|cấp độ) mật\s*[:：]\s*(?P<value>.*)$")
_NONE = re.compile(r"^(?:không(?: mật| có)?|thường|bình thường|0|_+|\.+|…+|x|/+|-+|☐.*)\W*$")
_REFUSED_LINES = re.compile(
    r"^\W*(?:(?:tài liệu|văn bản) (?:phải )?thu hồi\b(?!\s+(?:đất|vốn|nợ|kinh phí|tài sản|giấy))"
    r"|chỉ người có tên (?:mới )?được (?:bóc bì|bóc))"
)
_SHORT_LINE = 60
_HELD = (
    re.compile(
        r"lưu hành nội bộ|không (?:được )?phổ biến(?! (?:rộng|ở|tại|trong nhân dân|hiện nay|kiến thức))"
        r"|hạn chế phổ biến|(?:chỉ )?sử dụng (?:trong )?nội bộ"
    ),
    re.compile(
        r"(?:văn bản|tài liệu|báo cáo|hồ sơ) này (?:thuộc|có|đóng dấu|được xác định)[^.;]{0,40}(?<!bảo )\bmật\b"
        r"(?! (?:độ (?:dân|xây|giao|che)|khẩu|ong|thiết|mã))"
    ),
    re.compile(r"chỉ người có tên|\btài liệu thu hồi\b"),
)
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LOOK_ALIKE = str.maketrans("МАТОІТУЕмаотуе", "MATOITYEmaotye")
"""Cyrillic letters that look like ours: typed by mistake, or to slip by."""


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
    text = _plain(text)
    lines = [line.strip() for line in text.splitlines()]
    if any(_is_mark(line) for line in lines) or _label_refuses(lines) or _name_refuses(_plain(name)):
        return Verdict(Gate.REFUSED, "mark")
    flat = re.sub(r"\s+", " ", text)
    running = flat.lower()
    if _listed_or_broken(lines) or _name_doubtful(_plain(name)) or any(each.search(running) for each in _HELD):
        return Verdict(Gate.HELD, "internal")
    if reason := named_people.found(flat):
        return Verdict(Gate.HELD, reason)
    return Verdict(Gate.OPEN if running.strip() else Gate.UNREADABLE)


def must_be_open(*words: str, name: str = "") -> None:
    """For what is written in the chat of a meeting or a task: BadInput when words, or a file's name, bear a mark.

    Nothing is held for a decision here: that is for papers (internal ones, personnel), not for what people say.
    """
    if any(judge(each).gate is Gate.REFUSED for each in words) or (name and _name_refuses(_plain(name))):
        raise BadInput("secrecy.words")


def _plain(text: str) -> str:
    """Composed letters of one alphabet and usual width, without invisible signs."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_LOOK_ALIKE)


def _is_mark(line: str) -> bool:
    """A mark by itself in a line or in one column of it, spaced letters and stamps' frames included."""
    if len(line) <= _SHORT_LINE and (_REFUSED_LINES.match(line.lower()) or _stamped_number(line)):
        return True
    if line.islower() or _ENUMERATED.match(line):
        return False  # the middle of a sentence, or a list of the degrees: see `_listed_or_broken`
    for column in (line, *_COLUMNS.split(line)):
        plain = " ".join(column.strip(_EDGES).split())
        if plain in _BARE or (plain.lower() in _MARKS | _OLD_FONTS and not plain.islower()):
            return True
    squeezed = re.sub(r"[\s.·\-_]", "", line).strip(_EDGES).lower()
    return squeezed in _SQUEEZED or bool(_BESIDE_HEADER.match(line))


def _stamped_number(line: str) -> bool:
    """ "Số 05-BC/CB (MẬT)": a mark in brackets behind a number or a title in capitals."""
    stamp = _STAMPED.search(line)
    if stamp is None:
        return False
    return line[: stamp.start()].isupper() or bool(re.match(r"(?i)\W*số\b.*\d", line))


def _listed_or_broken(lines: list[str]) -> bool:
    """A mark's words alone in a line that look like the end of a sentence or an entry of a list: a person looks."""
    return any(
        _ENUMERATED.match(line) or (line.islower() and line.strip(_EDGES) in _MARKS | _OLD_FONTS)
        or (not line.islower() and re.search(r"\b(?:TỐI|TUYỆT) MẬT\b", line) and line.isupper())
        for line in lines
    )  # fmt: skip


def _label_refuses(lines: list[str]) -> bool:
    for line in lines:
        for column in (line, *_COLUMNS.split(line)):
            label = _LABEL.match(column.lower())
            if label and not (label["value"].strip() and _NONE.match(label["value"].strip())):
                return True
    return False


_DEGREE = r"(?:toi|tuyet|tối|tuyệt)[ _-]*(?:mat|mật)"


def _name_refuses(name: str) -> bool:
    """A file name such as `BC 12 (Mật).pdf` or `TUYET MAT - ke hoach.docx`."""
    plain = _stem(name)
    if re.search(rf"(?i)(?<![^\W_]){_DEGREE}(?=[\W_]*$|[\W_]*[-–_()\[\],.]|[\W_]+\d)(?![^\W_])", plain):
        return True
    if re.search(r"(?:TOI|TUYET|TỐI|TUYỆT)[ _-]*(?:MAT|MẬT)(?![^\W_])", plain):
        return True
    pieces = [piece.strip() for piece in re.split(r"[()\[\]]|\s[-–]\s|_", plain)]
    return any(piece.lower() in _MARKS for piece in pieces)


def _name_doubtful(name: str) -> bool:
    """Without accents "toi mat" may be "tôi mất", and MAT may be MẶT: a person looks."""
    plain = _stem(name)
    if re.search(rf"(?i)(?<![^\W_]){_DEGREE}(?![^\W_])(?!\s+ong)", plain):
        return True
    return any(piece.strip() == "MAT" for piece in re.split(r"[()\[\]]|\s[-–]\s|_", plain))


def _stem(name: str) -> str:
    return re.sub(r"\.\w{1,5}$", "", name)

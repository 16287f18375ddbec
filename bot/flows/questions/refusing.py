"""What is not taken here: denunciations and accusations of a person (domain.md: no denunciations).

The check errs on the side of refusing kindly: nothing that was written is stored, and the answer says where to go.
Questions about the law of denunciations, its training and its procedure are ordinary ones.
"""

from __future__ import annotations

import re

from bot.matching import fold
from bot.matching.letters import clean, fits, form
from bot.matching.telex import decode

_WORD = re.compile(r"[^\W_]+")
_DENOUNCING = ("tố cáo", "tố giác", "đơn thư", "đơn khiếu nại", "đơn kiện", "thư nặc danh", "đơn nặc danh")
_ABOUT_THE_LAW = re.compile(
    r"\b(?:luat|nghi dinh|thong tu|quy dinh|tap huan|tuyen truyen|hoc tap|bao cao|cong tac|huong dan|lop|quy trinh"
    r"|khieu nai va|khieu nai,?|thoi han|tham quyen)(?: \w+){0,3} (?:to cao|to giac|don thu)"
)
_WRONGS = re.compile(
    r"\b(?:tham o|an hoi lo|nhan hoi lo|nhan phong bi|an chan|bien thu|lam quyen|bao che|tham nhung|truc loi"
    r"|ngoai tinh|danh bac|gian lan|vi pham dao duc|cuop dat|chiem dat|bon rut|an bot)\b"
)
_AGAINST_WRONGS = re.compile(
    r"\b(?:phong[ ,]+chong|phong ngua|chong|ngan chan|bai tru|luat|quy dinh|xu ly (?:ky luat )?dang vien)(?: \w+){0,4}$"
)
_PERSON = re.compile(
    r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]ồng chí|[Đđ]/c|[Oo]ng|[Bb]a|[Cc]hi|[Dd]ong chi|[Dd]/c)\s+[A-ZÀ-ỸĐ]\w+"
)
_OFFICE = re.compile(
    r"\b(?:bi thu|pho bi thu|chu tich|pho chu tich|truong thon|truong ban|ke toan|thu quy|can bo|hang xom|nha ben)\b"
)


def is_denunciation(text: str) -> bool:
    """Whether a text denounces somebody or hands in such a letter. Unsure ones count, the law of it does not."""
    plain = _plain(text)
    if _names_denouncing(text) and not _ABOUT_THE_LAW.search(plain):
        return True
    found = _WRONGS.search(plain)
    if found is None or _AGAINST_WRONGS.search(plain[: found.start()].rstrip()):
        return False
    return bool(_PERSON.search(clean(text)) or _OFFICE.search(plain))


def _plain(text: str) -> str:
    return " ".join(decode(each).key for each in _WORD.findall(clean(text).lower()))


def _names_denouncing(text: str) -> bool:
    """Word by word with their marks as far as they were typed: "tờ cáo" is none, "to cao" may be, "tổ cao tuổi" not."""
    written = [decode(each) for each in _WORD.findall(clean(text).lower())]
    for phrase in _DENOUNCING:
        words = [form(each) for each in phrase.split()]
        for at in range(len(written) - len(words) + 1):
            here = written[at : at + len(words)]
            if [each.key for each in here] != [each.key for each in words]:
                continue
            following = fold(written[at + len(words)].key) if at + len(words) < len(written) else ""
            if all(fits(one, other) for one, other in zip(here, words, strict=True)) and following != "tuoi":
                return True
    return False

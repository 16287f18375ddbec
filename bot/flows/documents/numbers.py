"""Numbers of papers: `21-NQ/TW` out of a file name, a heading or what somebody typed, and when two of them meet.

Forms: party papers `NN-TYPE/ORGAN` (Quy định 399-QĐ/TW, Hướng dẫn 05-HD/VPTW), State papers `15/CTr-UBND`,
`13/2023/NĐ-CP`, and laws `91/2025/QH15`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.matching import fold

KINDS = {
    "nq": "NQ", "ct": "CT", "kl": "KL", "qd": "QĐ", "qdi": "QĐi", "qc": "QC", "hd": "HD", "kh": "KH", "ctr": "CTr",
    "da": "ĐA", "tt": "TT", "ttr": "TTr", "bc": "BC", "tb": "TB", "bb": "BB", "cv": "CV", "gm": "GM", "nd": "NĐ",
    "luat": "Luật",
}  # fmt: skip
"""Abbreviation without marks -> as it is written."""
NAMES = {
    "nghi quyet": "nq", "chi thi": "ct", "ket luan": "kl", "quyet dinh": "qd", "quy dinh": "qd", "quy che": "qc",
    "huong dan": "hd", "ke hoach": "kh", "chuong trinh": "ctr", "de an": "da", "thong tri": "tt", "thong tu": "tt",
    "to trinh": "ttr", "bao cao": "bc", "thong bao": "tb", "bien ban": "bb", "cong van": "cv", "giay moi": "gm",
    "nghi dinh": "nd", "luat": "luat",
}  # fmt: skip
RESOLUTIONS = ("NQ", "CT", "KL", "QĐ", "QĐi", "QC", "HD")
"""What "học tập nghị quyết" in the menu lists: papers that are studied, not routine ones."""

_KIND = "|".join(sorted((kind for kind in KINDS if kind != "luat"), key=len, reverse=True))
_WORD_KIND = "|".join(sorted((kind for kind in KINDS if kind not in {"luat", "da", "bb"}), key=len, reverse=True))
_NAME = "|".join(NAMES)
_BREAK = r"\s*[-–—_/.]\s*"
_ORGAN = r"[a-z][a-z0-9]{0,11}(?:-[a-z]{2,8})?"
_START = r"(?<![\d/.-])"
_LAW = re.compile(
    _START + r"(?P<n>\d{1,4})\s*[/_-]\s*(?P<y>\d{4})\s*[/_-]\s*(?P<organ>(?:qh|ubtvqh)\d{1,2})(?![a-z0-9])"
)
_STATE = re.compile(
    _START
    + rf"(?P<n>\d{{1,5}})\s*[/_-]\s*(?P<y>(?:19|20)\d\d)\s*[/_-]\s*(?P<kind>{_KIND})\s*[-–_]\s*(?P<organ>{_ORGAN})"
)
_LOCAL = re.compile(_START + rf"(?P<n>\d{{1,5}})\s*/\s*(?P<kind>{_KIND})\s*[-–]\s*(?P<organ>{_ORGAN})")
_LETTER = re.compile(
    _START + r"(?P<n>\d{1,5})\s*/\s*(?P<organ>(?:ubnd|hdnd|vp|so|bo)[a-z]*(?:\s*-\s*[a-z]{2,8})?)(?![a-z0-9])"
)
_PARTY = re.compile(
    _START + rf"(?P<n>\d{{1,5}}[a-c]?)(?:\s*[-–—_.]\s*|\s+)(?P<kind>{_KIND}){_BREAK}(?P<organ>{_ORGAN})(?![a-z0-9])"
)
_NAMED = re.compile(
    rf"(?<![a-z])(?P<name>{_NAME})\s+(?:so\s*:?\s*)?(?P<n>\d{{1,5}})(?:\s*/\s*(?P<y>(?:19|20)\d\d)|(?![\d/.-]*\d))"
)
_SHORT = re.compile(rf"(?<![a-z])(?P<kind>{_WORD_KIND})\s*[-.]?\s*(?:so\s*)?(?P<n>\d{{1,5}})(?![\d/])")
_TURNED = re.compile(_START + rf"(?P<n>\d{{1,5}})\s*[-/]?\s*(?P<kind>{_WORD_KIND})(?![a-z0-9])")
_BARE = re.compile(r"(?:van ban\s+)?(?:so\s*:?\s*)?(?P<n>\d{1,5})")
_WHOLE = (_LAW, _STATE, _LOCAL, _PARTY, _LETTER)
_PARTIAL = (_NAMED, _SHORT, _TURNED)
_MIXED_CASE = {"ttg": "TTg", "dtw": "ĐTW"}


class Parts(NamedTuple):
    """A number taken apart; "" is not known. `kind` and `organ` folded, `digits` without leading zeros."""

    digits: str
    kind: str = ""
    organ: str = ""
    year: str = ""

    @property
    def key(self) -> str:
        """`21-nq/tw@`: what is stored, and found by its beginning."""
        return f"{self.digits}-{self.kind}/{self.organ}@{self.year}"


def find_number(text: str) -> str:
    """The first whole number in a text, in its usual spelling ("21- nq/tw" gives `21-NQ/TW`); "" without one."""
    folded = _folded(text)
    found = _first(folded, _WHOLE)
    if found is None:
        return ""
    given = found.groupdict()
    number, kind, year = given["n"], KINDS.get(given.get("kind") or "", ""), given.get("y")
    organ = _organ_as_written(text, given["organ"])
    if found.re is _PARTY:
        return f"{number}-{kind}/{organ}"
    if not kind:
        return f"{number}/{year}/{organ}" if year else f"{number}/{organ}"
    return f"{number}/{year}/{kind}-{organ}" if year else f"{number}/{kind}-{organ}"


def kind_of(text: str) -> str:
    """The abbreviation of a number's type ("NQ"), or of the type that a title begins with; "" when neither is there."""
    parts = parse(text)
    if parts is not None and parts.kind:
        return KINDS[parts.kind]
    folded = fold(text)
    return next((KINDS[kind] for name, kind in NAMES.items() if folded.startswith(name)), "")


def parse(text: str) -> Parts | None:
    """The number that a text names, whole or in part ("NQ 21", "nghị quyết số 21", "21"); None without one."""
    found = locate(_folded(text))
    return found[0] if found else None


def locate(folded: str) -> tuple[Parts, int, int] | None:
    """The number that a folded text names, and from where to where it stands there; None without one."""
    found = _first(folded, _WHOLE) or _first(folded, _PARTIAL) or _BARE.fullmatch(folded)
    if found is None:
        return None
    given = found.groupdict()
    kind = given.get("kind") or NAMES.get(given.get("name") or "", "")
    organ = re.sub(r"\s", "", given.get("organ") or "")
    parts = Parts(given["n"].lstrip("0") or "0", kind.replace("qdi", "qd"), organ, given.get("y") or "")
    return parts, found.start(), found.end()


def number_key(text: str) -> str:
    """The canonical key of the number in a text, "" without one. Two keys are compared with `meet`."""
    parts = parse(text)
    return parts.key if parts else ""


def beginning(key: str) -> str:
    """What every key that this one meets begins with: `21-`."""
    return key.partition("-")[0] + "-"


def meet(one: str, other: str) -> bool:
    """Whether two keys may name the same paper: what both of them say is equal (`21-nq/@` meets `21-nq/tw@`)."""
    if not one or not other:
        return False
    return all(not a or not b or a == b for a, b in zip(_taken_apart(one), _taken_apart(other), strict=True))


def _taken_apart(key: str) -> Parts:
    head, _, year = key.partition("@")
    head, _, organ = head.partition("/")
    digits, _, kind = head.partition("-")
    return Parts(digits, kind, organ, year)


def _first(folded: str, patterns: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    """The earliest match of any pattern; of those that begin together the first in the list."""
    found = [match for pattern in patterns if (match := pattern.search(folded))]
    return min(found, key=lambda match: match.start(), default=None)


def _folded(text: str) -> str:
    return fold(text)


def _organ_as_written(text: str, folded: str) -> str:
    """The organ with its own marks and case ("ĐUX", "TTg"); typed in small letters it becomes capitals."""
    wanted = re.sub(r"\s", "", folded)
    for word in re.findall(r"[^\W_]+(?:\s*-\s*[^\W\d_]+)?", text):
        written = re.sub(r"\s", "", word)
        for piece in (written, *written.split("-")):
            if fold(piece) == wanted and any(char.isupper() for char in piece):
                return piece
    return _MIXED_CASE.get(wanted, wanted.upper())

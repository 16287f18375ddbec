"""Raised hands in one line: "24 tán thành, 1 không, 1 khác"."""

from __future__ import annotations

import re

from bot.matching import fold
from storage.votes import Counts

_NOBODY = re.compile(r"\bkhong (?:co )?(?:ai|dong chi nao)(?: (?:la )?(?:khong tan thanh|phan doi|khong))?\b")
_LABELS = (
    (re.compile(r"\b(?:khong|ko|k) (?:tan thanh|dong y|nhat tri)\b|\bphan doi\b"), " A "),
    (re.compile(r"\btan thanh\b|\bdong y\b|\bnhat tri\b"), " F "),
    (re.compile(r"\b(?:y kien )?khac\b"), " O "),
    (re.compile(r"\b(?:khong|ko|k)\b"), " A "),
)
_FILLING = re.compile(
    r"\b(?:dong chi|d/c|dc|phieu|nguoi|co|va|gio tay|bieu quyet|la|ket qua)\b|[.,;:+/|()\n\t]|(?<!\S)[-–](?!\d)"
)
_ALL = re.compile(r"(?:gio tay )?(?:tat ca|100 ?%|ca phong)(?: deu)? (?:tan thanh|dong y|nhat tri)")


def says_all(text: str) -> bool:
    """Whether the line says that everybody in the room is for it."""
    return bool(_ALL.fullmatch(" ".join(fold(text).split()).strip(" .!")))


def is_number(text: str) -> bool:
    """One number and nothing else."""
    return text.strip().isdecimal()


def counted(text: str) -> Counts | None:
    """The three counts that a line gives, None when it leaves any doubt. Three bare numbers stand in the order for,
    against, other; a lone number says nothing."""
    line = _NOBODY.sub(" 0 A ", fold(text))
    for pattern, mark in _LABELS:
        line = pattern.sub(mark, line)
    words = _FILLING.sub(" ", line).split()
    if not words or any(not (word.isdecimal() and len(word) < 7) and word not in {"F", "A", "O"} for word in words):
        return None
    numbers = [int(word) for word in words if word.isdecimal()]
    if len(words) == len(numbers):
        return Counts(*numbers) if len(numbers) == 3 else None
    return _paired(words)


def _paired(words: list[str]) -> Counts | None:
    """Numbers before their labels throughout, or behind them throughout."""
    if len(words) % 2:
        return None
    pairs = list(zip(words[::2], words[1::2], strict=True))
    if pairs[0][1].isdecimal():
        pairs = [(number, mark) for mark, number in pairs]
    found: dict[str, int] = {}
    for number, mark in pairs:
        if not number.isdecimal() or mark.isdecimal() or mark in found:
            return None
        found[mark] = int(number)
    return Counts(found.get("F", 0), found.get("A", 0), found.get("O", 0))

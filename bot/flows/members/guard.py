"""Numbers and codes that nobody should write in a group (domain.md, Personal data: 8, 11 and 12 digits)."""

from __future__ import annotations

import re
from datetime import date

from bot.flows.members.codes import looks_like_a_code
from bot.matching import fold

LENGTHS = frozenset({8, 11, 12})
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_RUN = re.compile(r"(?<![\w/])\d+(?:[ .\u00a0-]\d+)*(?![\w/])")
_MONEY = re.compile(r"\s?(?:d|dong|vnd|trieu|ty|nghin|ngan)\b")
_TELEPHONE = re.compile(r"(?:dien thoai|sdt|dt|tel|hotline|lien he|so may|goi|zalo)\b[^\d]{0,20}$|\+$")
_CODE_SAID = re.compile(r"/?dang ?nhap\b|ma dang nhap\b")


def gives_away(text: str) -> bool:
    """Whether a text holds something like a member number, or is a login code.

    Dates, sums of money, telephone numbers (ten digits, or called one) and web addresses are none.
    """
    said = _CODE_SAID.sub(" ", fold(text)).strip()
    return looks_like_a_code(said) or _holds_a_number(fold(_ADDRESS.sub(" ", text)))


def _holds_a_number(text: str) -> bool:
    return any(_is_number(run, text) for run in _RUN.finditer(text))


def _is_number(run: re.Match[str], text: str) -> bool:
    if _TELEPHONE.search(text[: run.start()]) or _MONEY.match(text[run.end() :]):
        return False
    parts = re.findall(r"\d+", run[0])
    if any(len(part) in LENGTHS for part in parts):
        return True
    return sum(map(len, parts)) in LENGTHS and len(parts) > 1 and not _holds_a_date(parts) and max(map(len, parts)) < 8


def _holds_a_date(parts: list[str]) -> bool:
    """Three groups that are a day of a calendar: 03.12.2026, 2026-12-03."""
    return any(_is_date(parts[at : at + 3]) for at in range(len(parts) - 2))


def _is_date(parts: list[str]) -> bool:
    day, month, year = parts if len(parts[2]) == 4 else reversed(parts)
    if len(year) != 4 or len(day) > 2 or len(month) > 2 or not 1900 <= int(year) <= 2100:
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True

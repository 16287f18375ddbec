"""The hour in a line that somebody typed: "19h30", "7 rưỡi tối", "8h kém 15"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "muoi hai": 12, "muoi mot": 11, "muoi": 10, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_MINUTES = {
    "bon muoi lam": 45, "bon muoi": 40, "ba muoi lam": 35, "ba muoi": 30, "hai muoi lam": 25, "hai muoi": 20,
    "muoi lam": 15, "nam muoi": 50, "muoi": 10,
}  # fmt: skip
_SPELLED = re.compile(rf"\b({'|'.join(_WORDS)})(?=\s+(?:gio|ruoi)\b)")
_SPELLED_MINUTES = re.compile(rf"(?<=gio )(kem )?({'|'.join(_MINUTES)})\b")
_UNIT = r"(?:gio|h|g)(?![a-z])"
_A_DATE_FOLLOWS = r"(?!\d|\s*[/.-]\s*\d{1,2}(?!\d|\s*[hg])|\s*(?:thang|(?:ngay|hom|bua|tuan)\s*nua))"
_FORMS = re.compile(
    rf"""
    (?<![\d/.:-])(?:
      kem\s*(?P<before>\d{{1,2}})\s*(?:phut|p)?\s*(?P<to>\d{{1,2}})\s*{_UNIT}
    | (?P<less>\d{{1,2}})\s*{_UNIT}?\s*kem\s*(?P<by>\d{{1,2}})(?:\s*(?:phut|ph|p)\b)?
    | (?P<half>\d{{1,2}})\s*(?:{_UNIT})?\s*ruoi\b
    | (?P<hour>\d{{1,2}})\s*(?:gio|h|g)
      (?:(?P<close>\d{{1,2}})(?!\d)|(?![a-z])(?:\s+(?P<apart>\d{{1,2}}){_A_DATE_FOLLOWS})?)
      (?:\s*(?:phut|ph|p)\b)?
    | (?P<clock>\d{{1,2}}):(?P<minute>\d{{2}})(?!\d)
    | (?P<dotted>\d{{1,2}})\.(?P<after>1[3-9]|[2-5]\d)(?![\d./-])
    )
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"^\s*(?:-|–|den|toi|TOI)\s*$")
_PARTS = re.compile(r"\b(?:sang|trua|chieu|toi|dem)\b")


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour as written. `padded`: "07:30" is a clock's notation and means the morning."""

    hour: int
    minute: int
    padded: bool = False

    @property
    def exists(self) -> bool:
        """25h and 19h75 do not."""
        return 0 <= self.hour < 24 and 0 <= self.minute < 60


def spell_out(folded: str) -> str:
    """Numbers in words before "giờ" and after it as digits: "bảy giờ ba mươi" -> "7 gio 30"."""
    digits = _SPELLED.sub(lambda match: str(_WORDS[match.group(1)]), folded)
    return _SPELLED_MINUTES.sub(lambda match: f"{match.group(1) or ''}{_MINUTES[match.group(2)]}", digits)


def take_hours(folded: str) -> tuple[list[Hour], str]:
    """The hours in the line, and the line without them. Of a span ("19h30 đến 21h") only its beginning."""
    found: list[Hour] = []
    rest, end = "", 0
    for match in _FORMS.finditer(folded):
        between = folded[end : match.start()]
        if not (found and _RANGE.match(between)):
            found.append(_hour(match))
            rest += between
        rest += " "
        end = match.end()
    return list(dict.fromkeys(found)), rest + folded[end:]


def part_of_day(folded: str) -> str | None:
    """The part of the day that is named, "" when none is, None when several are."""
    named = set(_PARTS.findall(folded))
    return None if len(named) > 1 else "".join(named)


def halves(hour: Hour, part: str) -> list[int]:
    """The hours of the 24-hour clock that are meant: one, two when it has to be asked, none when it makes no sense.

    A meeting is at no small hour: a bare 1–4 is the afternoon, 9–12 the day; 5–8 may be either. [ours]
    """
    written = hour.hour
    if part:
        return _with_part(written, part)
    if written >= 13 or hour.padded or 9 <= written <= 12:
        return [written]
    if written == 0:
        return []
    return [written + 12] if written <= 4 else [written, written + 12]


def _with_part(written: int, part: str) -> list[int]:
    ranges = {"sang": (1, 11), "trua": (10, 14), "chieu": (12, 19), "toi": (17, 23), "dem": (18, 23)}
    low, high = ranges[part]
    return [hour for hour in (written, written + 12) if low <= hour <= high][:1]


def _hour(match: re.Match[str]) -> Hour:
    got = match.groupdict()
    if got["to"] or got["less"]:
        hour, minutes = int(got["to"] or got["less"]), int(got["before"] or got["by"])
        total = hour * 60 - minutes
        return Hour(total // 60, total % 60) if 0 < minutes < 60 else Hour(hour, 99)
    if got["half"]:
        return Hour(int(got["half"]), 30)
    written = got["hour"] or got["clock"] or got["dotted"]
    minute = got["close"] or got["apart"] or got["minute"] or got["after"] or "0"
    return Hour(int(written), int(minute), padded=len(written) == 2 and written.startswith("0"))

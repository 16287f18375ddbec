"""What a paper's heading and file name tell: number, date, issuer, summary. Only proposals; a person confirms them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.errors import BadInput
from bot.flows.documents.numbers import KINDS, NAMES, find_number
from bot.matching import fold

SUMMARY_LIMIT = 300
_HEADING_LINES = 40
_WORDS = re.compile(r"ng[aà]y\s+(\d{1,2})\s+th[aá]ng\s+(\d{1,2})\s+n[aă]m\s+(\d{4})", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4})(?![\d/])")
_SUBJECT = re.compile(r"^\W*(?:v\s*/\s*v|về việc)\s*:?\s+", re.IGNORECASE)
_ENDS_TITLE = re.compile(
    r"^(?:căn cứ|kính gửi|thực hiện|theo|i[.\s]|1[.\s]|[-–—_*]{3,}|điều 1|đồng chí)", re.IGNORECASE
)
_ISSUERS = re.compile(
    r"^(?:ban chấp hành|ban thường vụ|bộ chính trị|ban bí thư|đảng ủy|đảng uỷ|đảng bộ|chi bộ|chi ủy|tỉnh ủy|tỉnh uỷ|"
    r"ủy ban|uỷ ban|hội đồng nhân dân|chính phủ|thủ tướng|quốc hội|bộ |ban tổ chức|ban tuyên giáo|văn phòng)",
    re.IGNORECASE,
)
_MONTH_DAYS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was found; "" and None where nothing was."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    summary: str = ""
    title: str = ""
    """The type that the heading names, as an abbreviation ("NQ")."""
    bad_date: str = ""
    """The heading's date as it is written, when there is no such day (31/6/2022)."""


def propose(text: str, name: str) -> Proposal:
    """Read a heading, and the file name for what the heading does not tell."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_HEADING_LINES]
    heading = "\n".join(lines[:15])
    issued_on, bad_date = None, ""
    try:
        issued_on = written_date(heading)
    except BadInput as error:  # a typing error in the paper itself: the sender is asked for the right one
        bad_date = str(error.values["written"])
    return Proposal(
        number=find_number(heading) or find_number(name),
        issued_on=issued_on,
        issuer=_issuer(lines),
        summary=_summary(lines) or _from_name(name),
        title=_title(lines[:20]),
        bad_date=bad_date,
    )


def written_date(text: str) -> date | None:
    """The first date in a text, None without one. BadInput with the reason when it does not exist (31/6/2022)."""
    found = _WORDS.search(text)
    given = found.groups() if found else None
    if given is None and (digits := _DIGITS.search(text)):
        given = (digits[1], digits[3], digits[4])
    if given is None:
        return None
    day, month, year = (int(part) for part in given)
    return existing_date(day, month, year)


def existing_date(day: int, month: int, year: int) -> date:
    """The date; BadInput with the reason when it does not exist."""
    written = f"{day}/{month}/{year}"
    if not 1 <= month <= 12:
        raise BadInput("documents.date-no-month", written=written, month=month)
    try:
        return date(year, month, day)
    except ValueError:
        last = 28 if month == 2 and year % 4 else _MONTH_DAYS.get(month, 31)
        raise BadInput("documents.date-no-day", written=written, month=month, year=year, last=last) from None


def tidy(summary: str) -> str:
    """A summary in one line, at most SUMMARY_LIMIT characters, cut at a word."""
    line = re.sub(r"\s+", " ", _SUBJECT.sub("", summary)).strip(" .;-–")
    if line.isupper():
        line = line.lower()
    line = line[:1].upper() + line[1:]
    return line if len(line) <= SUMMARY_LIMIT else line[: SUMMARY_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _summary(lines: list[str]) -> str:
    """The "V/v …" line, or the lines under the type's heading ("NGHỊ QUYẾT"), to where the text begins."""
    for index, line in enumerate(lines):
        subject = _SUBJECT.match(line)
        if subject:
            return tidy(" ".join([line, *_rest_of(lines[index + 1 : index + 3])]))
        if fold(line).strip(" .:") in NAMES and line.isupper():
            return tidy(" ".join(_rest_of(lines[index + 1 : index + 5])))
    return ""


def _title(lines: list[str]) -> str:
    """The type of a paper from the line in capitals that is its heading."""
    found = (NAMES.get(fold(line).strip(" .:")) for line in lines if line.isupper())
    return next((KINDS[kind] for kind in found if kind), "")


def _rest_of(lines: list[str]) -> list[str]:
    """Lines that still belong to a title: until something begins, or a blank rule, or a date line."""
    taken: list[str] = []
    for line in lines:
        if _ENDS_TITLE.match(line) or _WORDS.search(line) or not any(char.isalpha() for char in line):
            break
        taken.append(line)
        if line.endswith((".", ";", ":")):
            break
    return taken


def _issuer(lines: list[str]) -> str:
    found = [line for line in lines[:8] if _ISSUERS.match(line) and len(line) < 80]
    issuer = re.split(r"\s{2,}|\t", found[-1])[0] if found else ""
    return issuer.strip(" *-–")


def _from_name(name: str) -> str:
    """A file name as words, unless it is a camera's or a scanner's."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", name)
    words = re.sub(r"[_]+|\s+", " ", stem).strip(" -.")
    letters = sum(char.isalpha() for char in words)
    if (
        find_number(name)
        or letters < 8
        or " " not in words
        or re.match(r"(?i)(?:img|scan|photo|zalo|image|document)\b", words)
    ):
        return ""
    return tidy(words)

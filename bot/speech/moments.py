"""Days, months, years and hours in words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from bot.speech.numerals import in_words, roman
from bot.speech.words import spoken

_FULL = re.compile(r"(?<![\d/.-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/])")
_MONTH = re.compile(r"(?<![\d/.-])(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)(?![\d/])")
_QUARTER = re.compile(r"(?<!\w)(?P<word>[Qq]uý)\s+(?P<n>[1-4]|IV|I{1,3})(?:\s*/\s*(?P<y>(?:19|20)\d\d))?(?!\w)")
_YEARS = re.compile(r"(?<![\d/.,-])(?P<a>(?:19|20)\d\d)\s?[-–—]\s?(?P<b>(?:19|20)\d\d)(?![\d/])")
_CLOCK = re.compile(
    r"(?<![\d:])(?P<h>[01]?\d|2[0-4])"
    r"(?:\s?(?:h|giờ)\s?(?P<min>[0-5]\d)?(?:\s?phút)?|g(?P<south>[0-5]\d)|:(?P<colon>[0-5]\d))(?![\w:])"
)
_EARLY = re.compile(r"(?<!\w)(?P<word>[Nn]gày)\s+0?(?P<d>[1-9]|10)(?=\s+tháng|\s*(?:,|\.|;|$))")
_FOURTH = re.compile(r"(?<!\w)(?P<word>[Tt]háng|[Tt]hứ)\s+0?4(?!\w|[/.,]\d)")
_TWO_DAYS = re.compile(r"(?<=[Nn]gày )(?P<a>\d{1,2})\s?[-–]\s?(?P<b>\d{1,2}/\d{1,2}/\d{4})")


def moments(text: str) -> str:
    """The text with its dates and hours in words. What is no date (31/6/2022) is left to others."""
    text = _TWO_DAYS.sub(lambda found: f"{found['a']} {spoken().numbers.until} {found['b']}", text)
    text = _FULL.sub(_whole_date, text)
    text = _day_and_month().sub(_short_date, text)
    text = _QUARTER.sub(_quarter, text)
    text = _MONTH.sub(_month_and_year, text)
    text = _YEARS.sub(lambda f: f"{in_words(int(f['a']))} {spoken().numbers.until} {in_words(int(f['b']))}", text)
    text = _CLOCK.sub(_hour, text)
    text = _EARLY.sub(lambda found: f"{found['word']} {_day(int(found['d']))}", text)
    return _FOURTH.sub(lambda found: f"{found['word']} {spoken().dates.fourth}", text)


@cache
def _day_and_month() -> re.Pattern[str]:
    words = "|".join(spoken().dates.before)
    return re.compile(rf"(?<!\w)(?P<word>{words})\s+(?P<d>\d{{1,2}})[/-](?P<m>\d{{1,2}})(?![\d/])", re.IGNORECASE)


def _day(number: int) -> str:
    return f"{spoken().dates.early} {in_words(number)}" if number <= 10 else in_words(number)


def _month(number: int) -> str:
    words = spoken().dates
    return f"{words.month} {words.fourth if number == 4 else in_words(number)}"


def _year(number: int) -> str:
    return f"{spoken().dates.year} {in_words(number)}"


def _said_before(found: re.Match[str], word: str) -> bool:
    return found.string[: found.start()].rstrip().lower().endswith(word)


def _whole_date(found: re.Match[str]) -> str:
    day, month, year = int(found["d"]), int(found["m"]), int(found["y"])
    try:
        date(year, month, day)
    except ValueError:
        return found[0]
    head = "" if _said_before(found, spoken().dates.day) else f"{spoken().dates.day} "
    return f"{head}{_day(day)} {_month(month)} {_year(year)}"


def _short_date(found: re.Match[str]) -> str:
    day, month = int(found["d"]), int(found["m"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found[0]
    word = found["word"]
    head = word if word.lower() == spoken().dates.day else f"{word} {spoken().dates.day}"
    return f"{head} {_day(day)} {_month(month)}"


def _quarter(found: re.Match[str]) -> str:
    number = int(found["n"]) if found["n"].isdecimal() else roman(found["n"]) or 0
    said = spoken().dates.fourth if number == 4 else in_words(number)
    return f"{found['word']} {said}" + (f" {_year(int(found['y']))}" if found["y"] else "")


def _month_and_year(found: re.Match[str]) -> str:
    month = int(found["m"])
    if not 1 <= month <= 12:
        return found[0]
    said = _month(month)
    if _said_before(found, spoken().dates.month):
        said = said.partition(" ")[2]
    return f"{said} {_year(int(found['y']))}"


def _hour(found: re.Match[str]) -> str:
    minutes = int(found["min"] or found["south"] or found["colon"] or 0)
    said = f"{in_words(int(found['h']))} {spoken().dates.hour}"
    return f"{said} {in_words(minutes)}" if minutes else said

"""Amounts in words: thousands with points, decimals with a comma, shares, ranges, units, telephone numbers."""

from __future__ import annotations

import re
from functools import cache

from bot.speech.numerals import decimal, in_words, one_by_one
from bot.speech.words import spoken

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_RANGE = re.compile(rf"(?<![\w/.,-])(?P<a>{_NUMBER})\s?[-–—]\s?(?P<b>{_NUMBER})(?![\w/-])")
_SHARE = re.compile(r"(?<![\w/.,-])(?P<a>\d{1,6})\s?/\s?(?P<b>\d{1,6})(?![\w/])")
_PHONE = re.compile(r"(?<![\w.,/-])0\d{2,3}[\s.]?\d{3}[\s.]?\d{3,4}(?![\w/])")
_CODE = re.compile(r"(?<![\w.,/])\d{9,}(?![\w])")
_PLAIN = re.compile(rf"(?<![\w])(?P<n>{_NUMBER})(?![\w])")
_GLUED = re.compile(r"(?<=[^\W\d_])(?P<n>\d+)|(?P<m>\d+)(?=[^\W\d_])")
_STEP = re.compile(r"(?<!\w)(?P<a>\d{1,2})\.(?P<b>\d{1,2})(?!\d)")


def amounts(text: str) -> str:
    """The text with every number in words."""
    text = _PHONE.sub(lambda found: one_by_one(re.sub(r"\D", "", found[0])), text)
    text = _CODE.sub(lambda found: one_by_one(found[0]), text)
    text = _with_units().sub(_unit, text)
    text = _RANGE.sub(lambda found: f"{_amount(found['a'])} {spoken().numbers.until} {_amount(found['b'])}", text)
    text = _SHARE.sub(_share, text)
    text = _STEP.sub(lambda f: f"{in_words(int(f['a']))} {spoken().numbers.dot} {in_words(int(f['b']))}", text)
    text = _PLAIN.sub(lambda found: _amount(found["n"]), text)
    return _GLUED.sub(lambda found: f" {in_words(int(found['n'] or found['m']))} ", text)


@cache
def _with_units() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in sorted(spoken().units, key=len, reverse=True))
    number = rf"(?P<n>{_NUMBER})(?:\s?[-–]\s?(?P<to>{_NUMBER}))?"
    return re.compile(rf"(?<![\w/.,-]){number}\s?(?P<unit>{units})(?:/(?P<per>{units}))?(?!\w)")


def _amount(written: str) -> str:
    """ "1.234,5" as people write it here: points between thousands, a comma before decimals."""
    whole, comma, fraction = written.replace(".", "").partition(",")
    return decimal(whole, fraction) if comma else in_words(int(whole))


def _unit(found: re.Match[str]) -> str:
    units = spoken().units
    said = _amount(found["n"])
    if found["to"]:
        said = f"{said} {spoken().numbers.until} {_amount(found['to'])}"
    per = f" {spoken().numbers.over} {units[found['per']]}" if found["per"] else ""
    return f"{said} {units[found['unit']]}{per}"


def _share(found: re.Match[str]) -> str:
    """2/3 is "hai phần ba", 18/27 "mười tám trên hai mươi bảy"."""
    words, part, whole = spoken().numbers, int(found["a"]), int(found["b"])
    between = words.parts if 0 < part < whole <= 10 else words.over
    return f"{in_words(part)} {between} {in_words(whole)}"

"""One paragraph as it is said: numbers of papers, dates, amounts, abbreviations and Roman numerals in words.

"Nghị quyết số 21-NQ/TW ngày 16/6/2022" → "Nghị quyết số hai mươi mốt, trung ương, ngày mười sáu tháng sáu năm hai
nghìn không trăm hai mươi hai". The words come from locales/vi/spoken.toml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from bot.speech.amounts import amounts
from bot.speech.moments import moments
from bot.speech.numerals import in_words, roman
from bot.speech.words import spoken

_L = r"[^\W\d_]"
_KIND = r"(?P<kind>[A-ZĐ][A-ZĐa-zđ]{0,4})"
_ORGAN = r"(?P<organ>[A-ZĐƯÂÔ](?:[\w.]*\w)?(?:\s*-\s*[A-ZĐƯ]\w{0,9})*)"
_LAW = re.compile(r"(?<![\d/])(?P<n>\d{1,4})/(?P<year>\d{4})/(?P<house>QH|UBTVQH)(?P<term>\d{1,2})\b")
_STATE = re.compile(rf"(?<![\d/])(?P<n>\d{{1,5}})/(?P<year>(?:19|20)\d\d)/{_KIND}-{_ORGAN}")
_PARTY = re.compile(rf"(?<![\d/])(?P<n>\d{{1,5}})\s?[-–]\s?{_KIND}\s?/\s?{_ORGAN}")
_LOCAL = re.compile(rf"(?<![\d/])(?P<n>\d{{1,5}})/{_KIND}-{_ORGAN}")
_LETTER = re.compile(rf"(?<![\d/])(?P<n>\d{{1,5}})/{_ORGAN}")
_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}")
_SPACES = re.compile(r"\s+")
_CAPITALS = re.compile(r"(?<!\w)(?:[A-ZĐƯ]{2,}|[A-ZĐ](?=[^\w\s]|$))(?!\w)")
_BULLET = re.compile(r"^[-–—+*•●▪◦\s]+")
_HEADING = re.compile(r"^(?P<numeral>[IVX]{1,6})(?P<mark>\s*[.)/:]|\s*[-–]\s|\s+(?=[A-ZĐ]))")
_ROMAN = re.compile(r"(?<![\w/])[IVX]{2,6}(?![\w/])")
_NUMBERED = re.compile(r"^(?P<path>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=\s)")
_NOISE = re.compile(r"[\"“”«»*_\[\]{}|~^`•●▪◦]|\.{2,}|…")
_FEW = 30
"""A type's name this far back is still in the listener's ear, and is not repeated with the number."""


def aloud(paragraph: str) -> str:
    """What the voice is given; "" when nothing can be said."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", paragraph)).strip()
    text = _BULLET.sub("", _NOISE.sub(" ", _LINK.sub(spoken().link, text)))
    text = _paper_numbers(text)
    shouted = _is_shouted(text)
    for step in (_headings, _short_forms, moments, _ordinals, amounts):
        text = step(text)
    text = text.lower() if shouted else _CAPITALS.sub(_spelled, text)
    return _closed(_signs(text))


def title_aloud(number: str, summary: str) -> str:
    """How a paper is announced: its number in words, then what it is about."""
    return _closed(" ".join(part for part in (aloud(number), aloud(summary)) if part))


def _is_shouted(text: str) -> bool:
    """A heading in capitals: its words are words, not abbreviations."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 5 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


# --- numbers of papers -----------------------------------------------------------------------------------------------
def _paper_numbers(text: str) -> str:
    text = _LAW.sub(_law, text)
    for pattern in (_STATE, _PARTY, _LOCAL, _LETTER):
        text = pattern.sub(_paper, text)
    return text


def _law(found: re.Match[str]) -> str:
    table = spoken()
    house = table.organs[found["house"]]
    term = f"{table.law_session} {in_words(int(found['term']))}" if found["house"] == "QH" else house
    return f"{in_words(int(found['n']))}, {table.law_year} {in_words(int(found['year']))}, {term}"


def _paper(found: re.Match[str]) -> str:
    table, given = spoken(), found.groupdict()
    kind = given.get("kind") or ""
    if kind and kind not in table.kinds and kind not in table.organs and kind not in table.short:
        return found[0]
    said = [in_words(int(given["n"]))]
    if given.get("year"):
        said.append(f"{table.law_year} {in_words(int(given['year']))}")
    if kind:
        said += _named(kind, found)
    organs = re.split(r"\s*-\s*", given["organ"].rstrip("."))
    if not kind and not any(organ in table.organs or organ in table.kinds for organ in organs):
        return found[0]  # 12/A is no paper
    said += [_organ(organ) for organ in organs]
    return ", ".join(said)


def _named(kind: str, found: re.Match[str]) -> list[str]:
    """The type in words, unless it has just been said ("Nghị quyết số 21-NQ/TW")."""
    name = spoken().kinds.get(kind) or _organ(kind)
    before = found.string[max(0, found.start() - _FEW) : found.start()].lower()
    return [] if name in before else [name]


def _organ(organ: str) -> str:
    table = spoken()
    return table.organs.get(organ) or table.short.get(organ) or table.kinds.get(organ) or _letters(organ)


# --- words -----------------------------------------------------------------------------------------------------------
@cache
def _short_pattern() -> re.Pattern[str]:
    forms = sorted(spoken().short, key=len, reverse=True)
    return re.compile(
        rf"(?<![\w/])(?P<form>{'|'.join(re.escape(form) for form in forms)})(?![\w/])(?P<stop>\.(?=\s?\w))?"
    )


def _short_forms(text: str) -> str:
    """Abbreviations of the table; one letter and its small twin ("tr") only where a number stands before."""

    def say(found: re.Match[str]) -> str:
        form, stop = found["form"], found["stop"] or ""
        if form == "tr" and not re.search(r"\d\s?$", found.string[: found.start()]):
            return found[0]
        return spoken().short[form] + (" " if form in spoken().dotted and stop else stop)

    return _short_pattern().sub(say, text)


def _headings(text: str) -> str:
    """ "II. MỤC TIÊU" → "Hai. MỤC TIÊU"; "1.2. Về…" → "một chấm hai. Về…"."""
    found = _HEADING.match(text)
    number = roman(found["numeral"]) if found else None
    if found and number:
        return f"{in_words(number)}. {text[found.end() :].lstrip()}"
    path = _NUMBERED.match(text)
    if path:
        said = f" {spoken().numbers.dot} ".join(in_words(int(step)) for step in path["path"].split("."))
        return f"{said}. {text[path.end() :].lstrip()}"
    return text


@cache
def _after_word() -> re.Pattern[str]:
    words = "|".join(spoken().roman_after)
    return re.compile(rf"(?<!\w)(?P<word>{words})(?P<gap>\s+)(?P<numeral>[IVX]{{1,6}})(?![\w/])", re.IGNORECASE)


def _ordinals(text: str) -> str:
    """Roman numerals: after words that announce one ("khóa X"), and alone when they are longer than one letter."""

    def announced(found: re.Match[str]) -> str:
        number = roman(found["numeral"])
        return f"{found['word']}{found['gap']}{in_words(number)}" if number else found[0]

    def alone(found: re.Match[str]) -> str:
        number = roman(found[0])
        return in_words(number) if number else found[0]

    return _ROMAN.sub(alone, _after_word().sub(announced, text))


def _spelled(found: re.Match[str]) -> str:
    return _letters(found[0])


def _letters(word: str) -> str:
    """An abbreviation that nobody has put into the table: letter by letter."""
    table = spoken().letters
    return " ".join(in_words(int(c)) if c.isdecimal() else table.get(c.upper(), "") for c in word if c.isalnum())


# --- signs -----------------------------------------------------------------------------------------------------------
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[()]"), ", "),
    (re.compile(r"\s[-–—]\s"), ", "),
    (re.compile(r"(?<=\w)/(?=\w)"), " "),
    (re.compile(r"[-–—/\\]"), " "),
    (re.compile(r"\s+([,.;:!?])"), r"\1"),
    (re.compile(r"(?:,\s*){2,}"), ", "),
    (re.compile(r",\s*([.;:!?])"), r"\1"),
    (re.compile(r"([.;:!?])(?:\s*[,.;:])+"), r"\1"),
    (re.compile(r"^[\s,.;:]+"), ""),
)


def _signs(text: str) -> str:
    for sign, word in spoken().signs.items():
        text = text.replace(sign, f" {word} ")
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return _SPACES.sub(" ", text).strip()


def _closed(text: str) -> str:
    """With a full stop, so that the voice falls at the end."""
    text = text.strip()
    if not any(char.isalnum() for char in text):
        return ""
    return text if text.endswith((".", "!", "?", ":", ";")) else text.rstrip(",") + "."

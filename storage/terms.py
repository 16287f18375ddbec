"""The terms under which a paper can be found: small strings, made here alike for both databases' full-text search.

SQLite's FTS5 and PostgreSQL's tsvector cut words, drop marks and rank in ways of their own. Here a paper becomes a set
of terms, each of letters, digits and "_" only, and a search is a question about such sets; so both databases give the
same answer, and nothing that people type can be an operator. The first letter says what a term is:

    t u b   a word of number, summary or issuer (the "title"): folded, with its marks, two neighbours
    a m c   a word anywhere in the paper: folded, with its marks, two neighbours
    n k g r the number 13/2023/NĐ-CP taken apart: n13 kndcp…: digits, kind, organ, year of the number ("0": none)
    y d i   year and day of issue, a word of the issuer
    o l w   where: o7 for all of organization 7's subtree, l7 the same but only for those listed, w7 anywhere below 7
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

MOST_WORDS = 60_000
"""Words of a body that are indexed; a paper of 500 pages has about 150,000, and repeats itself. [ours]"""
MOST_TERMS = 40_000
"""Terms of one paper: PostgreSQL takes 1 MB of them."""
LONGEST = 40
"""Characters of a word; longer ones are no words."""
PLACES = "olw"
ANYWHERE = "w0"
LAST_ID = (1 << 32) - 1
LAST_DAY = 9_999_999
"""Beyond any day as `date.toordinal` counts them."""
_WORD = re.compile(r"[^\W_]+")
_FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
"""Lý and lí, kỹ and kĩ are the same word, as in bot.matching."""
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


class Word(NamedTuple):
    """A word without marks, and with them as figures ("ủy" is `uy` and `uy3`; `marked` "" when it has none)."""

    folded: str
    marked: str


def words(text: str) -> list[Word]:
    """The words of a text in order. "Hòa" and "hoà" are the same word."""
    composed = unicodedata.normalize("NFKC", text).lower()
    found = (_word(each) for each in _WORD.findall(composed))
    return [each for each in found if each.folded]


@lru_cache(maxsize=50_000)
def _word(written: str) -> Word:
    letters, shape, tone, bare = [], [], "", True
    for char in unicodedata.normalize("NFKD", written):
        if char in _TONES:
            tone, bare = _TONES[char], False
        elif char in _SHAPES or char == "đ":
            shape.append(_SHAPES.get(char, "d9"))
            letters.append("d" if char == "đ" else "")
            bare = False
        elif not unicodedata.combining(char) and char.isalnum():
            letters.append(char)
            shape.append(char)
    folded = _FINAL_Y.sub("i", "".join(letters)[:LONGEST])
    return Word(folded, "" if bare else _FINAL_Y.sub("i", "".join(shape)[:LONGEST]) + tone)


def neighbours(found: list[Word]) -> Iterator[str]:
    """Every two words that stand together: in Vietnamese, mostly one word of the language."""
    return (f"{one.folded}_{other.folded}" for one, other in pairwise(found))


class Title(NamedTuple):
    """What is known of a paper beside its text. `number_key` as bot.flows.documents.numbers makes it."""

    number: str
    number_key: str
    kind: str
    summary: str
    issuer: str
    issued_on: date | None
    year: int


def of_paper(title: Title, body: str, places: Iterable[str]) -> list[str]:
    """All terms of a paper, each once, the most telling first."""
    head = words(f"{title.number} {title.summary}")
    issuer = words(title.issuer)
    text = words(body)[:MOST_WORDS]
    found: dict[str, None] = dict.fromkeys(places)
    found |= dict.fromkeys(_facts(title))
    found |= dict.fromkeys(f"i{word.folded}" for word in issuer)
    for part in (head, issuer):
        found |= dict.fromkeys(_named(("t", "u", "b"), part))
    for part in (head, issuer, text):
        found |= dict.fromkeys(_named(("a", "m", "c"), part))
    return list(found)[:MOST_TERMS]


def _named(names: tuple[str, str, str], part: list[Word]) -> Iterator[str]:
    plain, marked, together = names
    yield from (plain + word.folded for word in part)
    yield from (marked + word.marked for word in part if word.marked)
    yield from (together + pair for pair in neighbours(part))


def _facts(title: Title) -> Iterator[str]:
    """Number, kind, year and day."""
    yield f"y{title.year}"
    if title.issued_on is not None:
        yield f"d{title.issued_on:%Y%m%d}"
    if title.kind:
        yield kind_term(title.kind)
    if not title.number_key:
        return
    digits, kind, organ, year = taken_apart(title.number_key)
    yield f"n{digits}"
    yield kind_term(kind)
    yield organ_term(organ)
    yield f"r{year or 0}"


def taken_apart(number_key: str) -> tuple[str, str, str, str]:
    """Digits, kind, organ and year of `21-nq/tw@`; "" for what it does not say."""
    head, _, year = number_key.partition("@")
    head, _, organ = head.partition("/")
    digits, _, kind = head.partition("-")
    return digits, kind, organ, year


def kind_term(kind: str) -> str:
    """The term of a kind ("NQ", "nq"); quyết định and quy định share one, as in their numbers."""
    folded = _letters(kind)
    return "k" + ("qd" if folded == "qdi" else folded or "0")


def organ_term(organ: str) -> str:
    """The term of a number's organ ("tw")."""
    return "g" + (_letters(organ) or "0")


def _letters(text: str) -> str:
    return "".join(word.folded for word in words(text))

"""Vietnamese letters: one spelling for all the ways in which the same letters arrive.

Phones send composed and decomposed Unicode, zero-width characters, full-width digits, tone marks on either vowel
("hòa", "hoà"). Everything above this file sees one form of each.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0e\ufe0f]")
_SPACES = re.compile(r"\s+")
_NOT_A_WORD = re.compile(r"[\W_]+")
_TONES = {"\u0301": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5}
_SHAPES = {"\u0302", "\u0306", "\u031b"}
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")


class Form(NamedTuple):
    """One word taken apart: `key` without marks, `shape` with ă â đ ê ô ơ ư, `tone` 0–5 (level, ´, `, ?, ~, .)."""

    key: str
    shape: str
    tone: int

    @property
    def bare(self) -> bool:
        """No mark at all: the writer may have left them out."""
        return self.tone == 0 and self.key == self.shape


def clean(text: str) -> str:
    """The text as written, composed (NFC) and without characters that nobody sees."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """The text for comparing and searching: lower case, no diacritics, đ as d, single spaces.

    Punctuation stays, so that document numbers ("21-NQ/TW") keep their shape.
    """
    # Twice, because some signs ("℠") turn into capitals only when they are taken apart.
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).lower()
    plain = unicodedata.normalize("NFKD", apart)
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _SPACES.sub(" ", letters.replace("đ", "d")).strip()


def words_only(text: str) -> str:
    """`fold`, and punctuation and emoji gone as well: what remains are words and numbers."""
    return _NOT_A_WORD.sub(" ", fold(text)).strip()


@lru_cache(maxsize=20_000)
def form(word: str) -> Form:
    """Takes one word apart. Final y after a consonant counts as i ("lý do" is "lí do")."""
    shape: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        elif char in _SHAPES and shape:
            shape[-1] = unicodedata.normalize("NFC", shape[-1] + char)
        elif not unicodedata.combining(char):
            shape.append(char)
    if len(shape) > 1 and shape[-1] == "y" and shape[-2] in _CONSONANTS:
        shape[-1] = "i"
    joined = "".join(shape)
    return Form(fold(joined), joined, tone)


def fits(written: Form, word: Form) -> bool:
    """Whether `written` may be `word` with some or all marks left out. Keys must be equal already."""
    if written.tone not in {0, word.tone}:
        return False
    if written.shape == word.shape:
        return True
    pairs = zip(written.shape, word.shape, written.key, strict=False)
    return len(written.shape) == len(word.shape) and all(w in {shape, bare} for w, shape, bare in pairs)


@lru_cache(maxsize=20_000)
def spelled(words: str) -> str:
    """The words in one spelling, wherever the tone mark was set ("hoà" and "hòa" are equal)."""
    return " ".join(f"{each.shape}{each.tone or ''}" for each in map(form, words.split()))

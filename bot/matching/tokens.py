"""From a line to units of meaning: words cut, decoded, written out in full, and tagged with concepts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.matching.letters import Form, clean, fits, form
from bot.matching.lexicon import Lexicon, lexicon
from bot.matching.telex import decode

_CUT = re.compile(
    r"""
    (?P<quote>["“”][^"“”\n]{1,80}["“”])
  | (?P<minutes>\d+(?:\s*[-–]\s*\d+)?\s*(?:phút|phut|phuts|ph|p|['′’])(?![\w]))
  | (?P<hour>\d{1,2}\s*(?:giờ|gio|giowf|h|g)(?:\s*\d{1,2}(?!\d))?(?![^\W\d])|\d{1,2}:\d{2}
      |\d{1,2}\s*(?:rưỡi|ruoi)(?!\w))
  | (?P<date>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?(?!\d))
  | (?P<percent>\d+\s?%)
  | (?P<number>\d+)
  | (?P<word>[đĐdD]/[cC](?!\w)|[^\W\d_][^\W_]*(?:'[^\W\d_]+)?)
  | (?P<stop>[?？]+|[,.;:!…\n\r()\[\]"“”]+|\s[-–—+/=>]+\s|[-–—+/])
  | (?P<other>\S)
    """,
    re.VERBOSE,
)
_QUOTES = frozenset('"“”')
_COMRADE = ("đồng", "chí")
# Words after which "dc" is a person ("báo cáo dc"), not "được" ("đi dc").
_BEFORE_COMRADE = frozenset("cao thua kinh vang da chao cac on moi nho voi cua gui bao duoc ok uh va".split())
# A capital inside a line makes "Nam" a name, but people write these with capitals as well.
_SURE = frozenset({"ask", "kin", "affirm", "meeting", "document", "title", "not"})
_INTRODUCING = frozenset({"la", "ten", "vien", "chi", "toi"})
_NUMERIC = ("minutes", "hour", "date", "number")
_PERSONAL = frozenset("em chau con bac co chu anh chi ong ba di cau mo thim cu".split())


class Token(NamedTuple):
    """One word, number or mark; `start` and `end` point into the cleaned text."""

    form: Form
    kind: str
    start: int
    end: int
    capital: bool = False


class Unit(NamedTuple):
    """One or more words that mean one thing. `concept` is a key of replies.toml, or one of
    stop, ask_mark, number, hour, minutes, date, name, fullname, sign, unknown, or quote: words in quotation marks
    beside others, which are spoken about and not said."""

    concept: str
    key: str
    start: int
    end: int


def units(text: str) -> tuple[str, list[Unit]]:
    """The cleaned text and its units, in order."""
    written = clean(text)
    known = lexicon()
    tokens = _expand(_cut(written, known), known)
    return written, _tag(tokens, known)


def _cut(text: str, known: Lexicon) -> list[Token]:
    shouting = not any(char.islower() for char in text)
    if text.strip()[:1] in _QUOTES and text.strip()[-1:] in _QUOTES:
        text = "".join(" " if char in _QUOTES else char for char in text)
    tokens = []
    for match in _CUT.finditer(text):
        kind, found = str(match.lastgroup), match.group().strip()
        if kind == "other":
            said = known.emoji.get(found, "").split()
            tokens += [Token(form(word), _spoken(word), *match.span()) for word in said]
            tokens += [] if said else [Token(form(found), "sign", *match.span())]
        elif kind == "word":
            capital = found[0].isupper() and not shouting
            tokens.append(Token(_word(found.lower()), kind, *match.span(), capital))
        else:
            tokens.append(Token(form(found.lower()), kind, *match.span()))
    return tokens


@lru_cache(maxsize=20_000)
def _word(found: str) -> Form:
    return form(found) if found in lexicon().short else decode(found)


def _expand(tokens: list[Token], known: Lexicon) -> list[Token]:
    """Short forms and dialect written out in full; every word of the long form keeps the span of the short one."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        pair = _pair(tokens, at) if token.kind == "word" and token.form.key in known.pairs else ""
        if pair in known.short:
            out += _replaced(tokens[at : at + 2], known.short[pair])
            at += 2
            continue
        long = _long_form(tokens, at, out, known) if token.kind == "word" else ()
        out += _replaced([token], long) if long else [token]
        at += 1
    return out


def _pair(tokens: Sequence[Token], at: int) -> str:
    part = tokens[at : at + 2]
    return " ".join(map(_letters, part)) if len(part) == 2 and part[1].kind == "word" else ""


def _letters(token: Token) -> str:
    return f"{token.form.shape}{token.form.tone or ''}"


def _long_form(tokens: Sequence[Token], at: int, before: Sequence[Token], known: Lexicon) -> tuple[str, ...]:
    word = tokens[at].form
    if word.shape in {"dc", "đc"}:
        return _COMRADE if _is_comrade(tokens, at, before) else ("được",)
    if (
        word.shape == "hong"
        and not word.tone
        and at
        and before[-1].kind == "word"
        and before[-1].form.key not in _PERSONAL | {"toi", "da", "thoi"}
    ):
        return ()  # "xe hong" is broken, "em hong đi" does not go
    if len(word.key) == 1 and _stands_apart(tokens, at):
        return ("ạ",) if _letters(tokens[at]) == "a" and not tokens[at].capital else ()
    return known.short.get(_letters(tokens[at]), ())


def _stands_apart(tokens: Sequence[Token], at: int) -> bool:
    """A letter after which nothing comes, or an initial in a name ("Trần Thị B"): no short form of a person."""
    last = at + 1 == len(tokens) or tokens[at + 1].kind != "word"
    initial = tokens[at].capital and at > 0 and tokens[at - 1].capital
    feared = not last and tokens[at].form.key == "e" and tokens[at + 1].form.key in {"la", "rang", "ngai"}
    return initial or feared or (last and tokens[at].form.key in "aec")


def _is_comrade(tokens: Sequence[Token], at: int, before: Sequence[Token]) -> bool:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.capital:
        return True
    return bool(before) and before[-1].form.key in _BEFORE_COMRADE


def _replaced(tokens: Sequence[Token], words: Sequence[str]) -> list[Token]:
    start, end = tokens[0].start, tokens[-1].end
    return [Token(form(word), _spoken(word), start, end) for word in words]


def _spoken(word: str) -> str:
    return "stop" if word == "?" else "word"


def _tag(tokens: list[Token], known: Lexicon) -> list[Unit]:
    forms = [token.form for token in tokens]
    named = _names(tokens, known)
    out: list[Unit] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        length = 1
        if at in named:
            length, concept = named[at]
        elif token.kind == "word":
            limit = _limit(tokens, at, named)
            length, concept = known.longest(forms, at, limit)
            if length == 1 and token.capital and _inside(tokens, at) and token.form.bare and concept not in _SURE:
                concept = "name"
            concept = concept or "unknown"
        else:
            concept = _mark(token)
        last = tokens[at + length - 1]
        out.append(Unit(concept, " ".join(each.key for each in forms[at : at + length]), token.start, last.end))
        at += length
    return out


def _inside(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].kind == "word" and not tokens[at - 1].capital


def _limit(tokens: Sequence[Token], at: int, named: dict[int, tuple[int, str]]) -> int:
    """Where a phrase from `at` must stop: at punctuation, a number's edge or a name."""
    for index in range(at + 1, len(tokens)):
        if tokens[index].kind in {"stop", "sign", "quote"} or index in named:
            return index
    return len(tokens)


def _mark(token: Token) -> str:
    if token.kind in _NUMERIC or token.kind == "quote":
        return token.kind
    if token.kind == "percent":
        return "adverb" if token.form.key.startswith("100") else "hedge"
    if token.kind == "stop":
        return "ask_mark" if "?" in token.form.key else "stop"
    return "sign"


def _names(tokens: Sequence[Token], known: Lexicon) -> dict[int, tuple[int, str]]:
    """Where people's names stand: position -> (words, "fullname" | "name")."""
    found: dict[int, tuple[int, str]] = {}
    at = 0
    while at < len(tokens):
        length = _fullname(tokens, at, known)
        if length:
            found[at] = (length, "fullname")
        elif at and tokens[at].capital and _calls(tokens[at - 1]):
            length = 2 if at + 1 < len(tokens) and tokens[at + 1].capital else 1
            found[at] = (length, "name")
        at += max(length, 1)
    return found


def _calls(token: Token) -> bool:
    teacher = _letters(token) == "thây2"
    return token.kind == "word" and (token.form.key in _PERSONAL or token.form.key == "chi" or teacher)


def _fullname(tokens: Sequence[Token], at: int, known: Lexicon) -> int:
    surname = known.surnames.get(tokens[at].form.key)
    if tokens[at].kind != "word" or surname is None or not fits(tokens[at].form, surname):
        return 0
    rest = tokens[at + 1 : at + 4]
    middle = bool(rest) and rest[0].kind == "word" and rest[0].form.key in known.middle_names
    capitals = 0
    while capitals < len(rest) and rest[capitals].capital:
        capitals += 1
    # "Chu Nam" without marks is uncle Nam; "Chu Van Nam" is a whole name.
    if tokens[at].capital and capitals > (tokens[at].form.key in _PERSONAL):
        return 1 + capitals
    introduced = at == 0 or tokens[at - 1].kind != "word" or tokens[at - 1].form.key in _INTRODUCING
    if introduced and middle and len(rest) > 1 and not any(token.capital for token in (tokens[at], *rest)):
        return 3
    return 0

"""What somebody who looks for a paper means: number, type, year, issuer and words out of one line, as a search.

"Tìm nghị quyết 21", "cho tôi xem kế hoạch đại hội", "văn bản về bảo hiểm y tế", "kế hoạch của tỉnh ủy năm 2022".
A search has rounds; the first one that finds something is the answer. Its tiers say what stands above what:
number > words in number, summary and issuer > words in the text, and in each, words that also have the same marks and
stand together come before those that only sound alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from bot.flows.documents.numbers import KINDS, NAMES, Parts, locate
from bot.flows.documents.proposals import written_date
from bot.matching import fold
from bot.matching.telex import decode
from storage.conditions import AllOf, AnyOf, Condition, Ranking, Term
from storage.terms import Word, kind_term, organ_term, words

MOST = 12
"""Words of a search; what comes after them is left out. [ours]"""
LONGEST_LINE = 150
"""Characters of a line that may be a search; longer ones tell something. [ours]"""
SHORTEST_PREFIX = 2
"""Letters of an unfinished last word; one letter begins every tenth word."""

_HAIL = r"(?:(?:xin|nho|da|thua|alo|tro ly(?: chi bo)?|dong chi|dc|em oi|chau oi)\s+)*"
_SELF = r"(?:toi|em|chau|minh|bac|co|chu|tui|anh|chi)"
_VERB = r"(?:tim kiem|tim|tra cuu|xem lai|xem|mo|doc lai|lay)"
_LEAD = re.compile(
    rf"{_HAIL}(?:(?:cho|giup|gui(?: cho)?)\s+)?(?:{_SELF}\s+)?(?:(?:muon|can|xin)\s+)?{_VERB}"
    rf"(?:\s+(?:giup|ho|cho|lai))*(?:\s+(?:toi|em|chau|minh|tui)\b)?(?:\s+xem\b)?(?:\s+|$)"
)
_GIVE = re.compile(
    rf"{_HAIL}(?:cho|gui(?: cho)?)\s+{_SELF}\s+(?:xin\s+)?(?=van ban|{'|'.join(NAMES)}|cac |nhung |[a-z]{{2,3}} ?\d)"
)
_NOUN = re.compile(
    r"(?:(?:cac|nhung|cai|may|tat ca|moi|to)\s+)*"
    r"(?:co\s+)?(?:van ban|(?:tai lieu|van kien)(?=\s+(?:nao|ve|noi|lien|nam|so|cua|do)\b|$))(?:\s+|$)(?:nao\s+)?"
)
_ABOUT = re.compile(r"(?:co\s+)?(?:noi ve|lien quan(?:\s+(?:den|toi))?|ve viec|ve)\s+")
_TRAIL = re.compile(
    r"\s+(?:o dau|dau roi|voi a|voi|a|nhe|nha|giup toi|giup em|giup|duoc khong|co khong|nao|di a|khong a)[\s?.!]*$"
)
_DATE = re.compile(
    r"(?:(?:ngay|de ngay|ky ngay)\s+)?\d{1,2}\s*([/.-])\s*\d{1,2}\s*\1\s*\d{4}(?!\d)"
    r"|ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}"
)
_YEAR = re.compile(r"(?:^|(?<=\s))(?:trong\s+)?nam\s+((?:19|20)\d\d)(?![\d/.-])")
_WORD = re.compile(r"[^\W_]+")
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_PAPER = re.compile(rf"(?:.*\b)?(?:van ban|tai lieu|van kien)\b|(?:{'|'.join(NAMES)})\b")
_SEARCHES = re.compile(rf"{_HAIL}(?:(?:{_SELF}|cho|giup|xin|can|muon)\s+)*(?:tim kiem|tim|tra cuu)\s+(?!hieu\b)\S")
_TYPED = re.compile(
    rf"(?:co\s+)?(?:(?:cac|nhung)\s+)?(?:van ban|tai lieu|van kien|{'|'.join(NAMES)})\s+"
    r"(?:ve|so|nam|cua(?! (?:toi|em|chau|minh|tui)\b)|noi ve|nao noi|nao ve|lien quan)\s+\S"
)
_EMPTY = frozenset(("cua", "ve", "so", "cac", "nhung"))
ISSUERS = {
    "trung uong": ("tw",), "bo chinh tri": ("tw",), "ban bi thu": ("tw",), "tinh uy": ("tu",), "thanh uy": ("tu",),
    "dang uy": ("du", "dux", "dup"), "huyen uy": ("hu",), "chi bo": ("cb",), "chi uy": ("cb",),
    "uy ban nhan dan": ("ubnd",), "ubnd": ("ubnd",), "hoi dong nhan dan": ("hdnd",), "hdnd": ("hdnd",),
    "chinh phu": ("cp",), "thu tuong": ("ttg",), "quoc hoi": (), "ban to chuc": ("btctw", "btctu"),
    "ban tuyen giao": ("btgtw", "btgtu"), "van phong trung uong": ("vptw",), "van phong": ("vp", "vptw", "vptu"),
}  # fmt: skip
"""Whom people name as the issuer -> how the organ of a number is written (Hướng dẫn 05-HD/VPTW)."""


class How(StrEnum):
    """How a round looks."""

    NUMBER = "number"
    WORDS = "words"
    BEGINS = "begins"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True)
class Round:
    """One way of looking. `telling`: a single paper in the first of several tiers is the one that is meant."""

    how: How
    ranking: Ranking
    telling: bool = False


class _Token(NamedTuple):
    """One word: as folded, as it is indexed, and its place in the line."""

    plain: str
    word: Word
    at: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One thing that is asked for, as conditions: in the title, and anywhere."""

    title: Condition
    anywhere: Condition
    token: _Token | None = None
    """The word, when it is no more than a word."""
    strict: Condition | None = None
    """The type by its abbreviation: better than its name somewhere in the title."""


@dataclass(slots=True)
class _Line:
    """A line taken apart."""

    tokens: list[_Token] = field(default_factory=list)
    """Its words, without number and date where those were found."""
    every: list[_Token] = field(default_factory=list)
    """The same with the number's own words."""
    number: Parts | None = None
    day: str = ""
    year: str = ""


def rounds(text: str) -> list[Round]:
    """How to look for what this line asks for; [] when it asks for nothing. BadInput for a date that does not exist."""
    line = _taken_apart(text)
    found = _rounds(line)
    typed = " ".join(token.plain for token in line.every)
    meant = " ".join(decode(token.plain).key for token in line.every)
    if line.number is None and meant != typed:  # keys of an input method that never became letters
        found += [each for each in _rounds(_taken_apart(meant)) if each.how is How.WORDS]
    order = list(How)
    return sorted(found, key=lambda each: order.index(each.how))


def asks_for_paper(folded: str) -> bool:
    """Whether a folded line, said to nobody's question, looks for a paper: "tìm …", "cho tôi xem …", "văn bản về …",
    or nothing but a number. One that asks what a paper says is a question, no search."""
    if not folded or len(folded) > LONGEST_LINE:
        return False
    if _SEARCHES.match(folded):
        return True
    start, end = stripped(folded)
    located = locate(folded[start:end].strip(" ?.!,;:"))
    if start and (_PAPER.match(folded, start) or _PAPER.search(folded[:start]) or located):
        return True
    if folded.rstrip().endswith("?"):
        return False
    bare = located is not None and (located[0].kind or located[0].organ) and not start
    return bool(_TYPED.match(folded)) or bool(bare and not _taken_apart(folded).tokens)


def stripped(folded: str) -> tuple[int, int]:
    """Where in a folded line that is asked for stands, without "cho tôi xem", "văn bản về" and "ở đâu"."""
    start, end = 0, len(folded)
    for pattern in (_LEAD, _LEAD, _GIVE, _NOUN, _ABOUT):
        if found := pattern.match(folded, start):
            start = found.end()
    while found := _TRAIL.search(folded, start, end):
        end = found.start()
    return start, max(start, end)


def _taken_apart(text: str) -> _Line:
    folded = fold(text)
    start, end = stripped(folded)
    line = _Line()
    rest = folded[:end].rstrip(" ?.!,;:")
    day = _DATE.search(rest, start)
    spans: list[tuple[int, int]] = []
    if day is not None and (issued := written_date(day.group())) is not None:
        line.day = f"{issued:%Y%m%d}"
        spans.append(day.span())
    year = _YEAR.search(_without(rest, spans), start)
    if year is not None:
        line.year = year[1]
        spans.append(year.span())
    every, tokens = spans, spans
    looked = _without(rest, spans)[start:].rstrip()
    offset = start + len(looked) - len(looked.lstrip())
    if located := locate(looked.lstrip()):
        line.number = located[0]
        tokens = [*spans, (offset + located[1], offset + located[2])]
    line.every = _tokens(text, folded, start, end, every)
    line.tokens = _tokens(text, folded, start, end, tokens)
    return line


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _tokens(text: str, folded: str, start: int, end: int, taken: list[tuple[int, int]]) -> list[_Token]:
    """The words between start and end of the folded line that are not taken, with their marks."""
    spots = list(_WORD.finditer(folded))
    own = words(text)
    if len(own) != len(spots):  # signs that fall apart when they are folded: then without marks
        own = [each for spot in spots for each in words(spot.group())[:1]] or own
    pairs = zip(spots, own, strict=False)
    free = [
        _Token(spot.group(), word, at)
        for at, (spot, word) in enumerate(pairs)
        if start <= spot.start() and spot.end() <= end and not any(a <= spot.start() < b for a, b in taken)
    ]
    useful = [each for each in free if each.plain not in _EMPTY]
    return (useful or free)[:MOST]


# --- rounds --------------------------------------------------------------------------------------------------------
def _rounds(line: _Line) -> list[Round]:
    found: list[Round] = []
    by_number = _number(line) if line.number is not None else None
    if by_number is not None:
        rest = _parts(line.tokens, "")
        tiers: list[Condition] = []
        more = [Term(f"d{line.day}")] if line.day else [Term(f"y{line.year}")] if line.year else []
        if more:
            tiers += [_all([by_number, *more, *(part.anywhere for part in rest)])]
        if rest:
            tiers += [_all([by_number, *(part.title for part in rest)])]
            tiers += [_all([by_number, *(part.anywhere for part in rest)])]
        else:
            tiers += [by_number]
        found.append(Round(How.NUMBER, _one_group(tiers), telling=len(tiers) > 1))
    parts = _parts(line.every, line.year)
    facts: list[Condition] = [Term(f"d{line.day}")] if line.day else []
    if not parts and not facts:
        return found
    groups = [_once(group) for group in _groups(parts, facts)]
    wide = groups[-1][-1]
    if by_number is not None:
        groups.append((by_number,))
        wide = AnyOf((wide, by_number))
    found.append(Round(How.WORDS, Ranking(tuple(groups), wide)))
    found += _looser(line, parts, facts)
    return found


def _number(line: _Line) -> Condition:
    """What both say is equal (numbers.meet): a paper whose number does not tell its organ still fits."""
    digits, kind, organ, year = line.number or Parts("")
    wanted: list[Condition] = [Term(f"n{digits}")]
    if kind:
        wanted.append(AnyOf((Term(kind_term(kind)), Term("k0"))))
    if organ:
        wanted.append(AnyOf((Term(organ_term(organ)), Term("g0"))))
    if year:
        wanted.append(AnyOf((Term(f"r{year}"), Term("r0"))))
    return _all(wanted)


def _groups(parts: list[_Part], facts: list[Condition]) -> list[list[Condition]]:
    """Title before text; in each: of the type that was named, then by marks and neighbourhood. What is in the title
    is also in the text, as it is indexed: the last tier holds for all."""
    tokens = [part.token for part in parts if part.token is not None]
    marked = [token.word.marked for token in tokens if token.word.marked]
    near = [f"{one.word.folded}_{two.word.folded}" for one, two in pairwise(tokens) if one.at + 1 == two.at]
    typed = [part.strict or part.title for part in parts] if any(part.strict for part in parts) else []
    title, text = [part.title for part in parts], [part.anywhere for part in parts]
    marks, pairs = [Term(f"u{word}") for word in marked], [Term(f"b{pair}") for pair in near]
    head = [tier for wanted in (typed, title) if wanted for tier in _finer([*facts, *wanted], marks, pairs)]
    marks, pairs = [Term(f"m{word}") for word in marked], [Term(f"c{pair}") for pair in near]
    return [head, _finer([*facts, *text], marks, pairs)]


def _finer(wanted: Sequence[Condition], marked: Sequence[Condition], near: Sequence[Condition]) -> list[Condition]:
    return [_all(way) for way in ([*wanted, *marked, *near], [*wanted, *marked], wanted) if way]


def _looser(line: _Line, parts: list[_Part], facts: list[Condition]) -> list[Round]:
    """An unfinished last word; then all but one of at least three things."""
    found = []
    last = parts[-1].token if parts and line.number is None else None
    if last is not None and len(last.word.folded) >= SHORTEST_PREFIX and not last.plain.isdecimal():
        ways = [[part.title for part in parts[:-1]], [part.anywhere for part in parts[:-1]]]
        ends = [Term(f"{kind}{last.word.folded}", prefix=True) for kind in "ta"]
        begins = [_all([*facts, *way, end]) for way, end in zip(ways, ends, strict=True)]
        found.append(Round(How.BEGINS, _one_group(begins)))
    if len(parts) >= 3:
        titles = [_all([*facts, *(p.title for p in parts if p is not one)]) for one in parts]
        texts = [_all([*facts, *(p.anywhere for p in parts if p is not one)]) for one in parts]
        found.append(Round(How.NEARLY, _one_group([AnyOf(tuple(titles)), AnyOf(tuple(texts))])))
    return found


# --- what is asked for ---------------------------------------------------------------------------------------------
def _parts(tokens: list[_Token], year: str) -> list[_Part]:
    """Type, issuer and words, in this order of looking; a year of four digits may be the paper's year."""
    found: list[_Part] = []
    at = 0
    while at < len(tokens):
        name, length = _longest(tokens, at, NAMES if at == 0 else ())
        issuer, reach = _longest(tokens, at, ISSUERS)
        if name:
            found.append(_kind(tokens[at : at + length], NAMES[name]))
        elif issuer:
            length = reach
            found.append(_issuer(tokens[at : at + length], ISSUERS[issuer]))
        else:
            length = 1
            found.append(_word(tokens[at], first=at == 0))
        at += length
    if year:
        found.append(_year(year))
    return found


def _longest(tokens: list[_Token], at: int, names: Iterable[str]) -> tuple[str, int]:
    """The longest of these names that begins at a token, and its length in words."""
    best = ("", 0)
    said = [token.plain for token in tokens[at : at + 4]]
    for name in names:
        own = name.split()
        if said[: len(own)] == own and len(own) > best[1]:
            best = (name, len(own))
    return best


def _kind(tokens: list[_Token], kind: str) -> _Part:
    strict = Term(kind_term(kind))
    return _Part(
        AnyOf((strict, _named("t", tokens))), AnyOf((strict, _named("a", tokens))), strict=strict,
    )  # fmt: skip


def _issuer(tokens: list[_Token], organs: Sequence[str]) -> _Part:
    """By the issuer's name, or the organ in the number."""
    title = AnyOf((*(Term(organ_term(organ)) for organ in organs), _named("i", tokens), _named("t", tokens)))
    return _Part(title, AnyOf((*title.parts, _named("a", tokens))))


def _word(token: _Token, *, first: bool) -> _Part:
    if _PLAIN_YEAR.fullmatch(token.plain):
        return _year(token.plain)
    title, anywhere = Term(f"t{token.word.folded}"), Term(f"a{token.word.folded}")
    if first and token.plain in KINDS and len(token.plain) > 1:
        strict = Term(kind_term(token.plain))
        return _Part(AnyOf((strict, title)), AnyOf((strict, anywhere)), strict=strict)
    return _Part(title, anywhere, token)


def _year(year: str) -> _Part:
    return _Part(AnyOf((Term(f"y{year}"), Term(f"t{year}"))), AnyOf((Term(f"y{year}"), Term(f"a{year}"))))


def _named(kind: str, tokens: list[_Token]) -> Condition:
    return _all([Term(f"{kind}{token.word.folded}") for token in tokens])


def _all(conditions: Sequence[Condition]) -> Condition:
    flat: dict[Condition, None] = {}
    for each in conditions:
        flat |= dict.fromkeys(each.parts if isinstance(each, AllOf) else (each,))
    return AllOf(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def _one_group(tiers: Sequence[Condition]) -> Ranking:
    """The last tier holds for all."""
    return Ranking((_once(tiers),), tiers[-1])


def _once(tiers: Sequence[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(tiers))

"""Which published answers fit a question: words and pairs of words, without a language model.

A question becomes terms: words without marks, raw typing decoded, stop words left out, several ways of saying one
thing made one (locales/vi/similar.toml), and pairs of neighbours. The likeness is the weight of the shared terms
against the weight of both sides (a cosine over BM25's inverse frequencies), so that a long question is not like
everything. Of at most a few thousand entries that a member may see, ranked here, on both databases alike.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot.matching.letters import Form, clean, fits, form
from bot.matching.telex import decode
from storage import faq

_FILE = Path(__file__).resolve().parents[3] / "locales" / "vi" / "similar.toml"
_WORD = re.compile(r"[^\W_]+")
OFFER = 0.34
"""Likeness from which an answer is offered before a question is sent. [ours: tests/questions/test_similar.py]"""
SEARCH = 0.15
"""Likeness from which a search shows an entry: who searches wants to see more. [ours]"""
PAIR = 0.6
"""Weight of a pair of neighbours, as a share of a word's. [ours]"""
MEANING = 1.3
"""Weight of a term with a meaning of its own in similar.toml. [ours]"""
ASKING = 0.35
"""Weight of when, where, who, how much: they tell questions about one thing apart, and make none alike. [ours]"""
BACKGROUND = 40
"""So many imagined other questions keep the frequencies of a short list from telling too much. [ours]"""
OWN = 0.5
"""How far the length of what was asked counts against that of the entry; 0.5 is the cosine. [ours]"""
_ASKING_TERMS = frozenset({"=ý-khi-nào", "=ý-ở-đâu", "=ý-bao-nhiêu", "=ý-ai"})


def key(text: str) -> str:
    """The terms of a text as they are stored with a published answer."""
    return " ".join(terms(text))


def terms(text: str) -> list[str]:
    """Words, meanings ("=ý-họp") and pairs ("duong_xau") of a text, in order."""
    words = [decode(each) for each in _WORD.findall(clean(text).lower())]
    made = _meanings(words, exact=_has_marks(words))
    content = [each for each in made if each not in _ASKING_TERMS]
    return made + [f"{one}_{other}" for one, other in pairwise(content)]


def find(session: Session, path_ids: Collection[int], text: str, *, limit: int = 3) -> list[int]:
    """Ids of published answers that are worth offering, the likeliest first."""
    return _ranked(session, path_ids, text, limit=limit, least=OFFER)


def search(session: Session, path_ids: Collection[int], text: str, *, limit: int) -> list[int]:
    """Ids of what somebody who searches wants to see, the likeliest first."""
    return _ranked(session, path_ids, text, limit=limit, least=SEARCH)


def _ranked(session: Session, path_ids: Collection[int], text: str, *, limit: int, least: float) -> list[int]:
    entries = faq.keys(session, path_ids)
    order = rank(terms(text), [stored.split() for _, stored in entries])
    return [entries[at][0] for at, likeness in order[:limit] if likeness >= least]


def likeliest(text: str, others: Sequence[str], *, limit: int) -> list[int]:
    """Places of the texts that are likest to `text`, the likest first; the unlike ones are left out."""
    order = rank(terms(text), [terms(each) for each in others])
    return [at for at, likeness in order[:limit] if likeness >= SEARCH]


def rank(asked: Sequence[str], entries: Sequence[Sequence[str]]) -> list[tuple[int, float]]:
    """(place, likeness from 0 to 1) of the entries that share something with what was asked, the likest first."""
    sets = [set(entry) for entry in entries]
    wanted = set(asked)
    telling = wanted - _ASKING_TERMS
    near = [at for at, entry in enumerate(sets) if not telling.isdisjoint(entry)]
    frequency = Counter(chain.from_iterable(sets)) if near else Counter()
    weights: dict[str, float] = {}
    for term in wanted.union(*(sets[at] for at in near)):
        weights[term] = _weight(term, frequency, len(sets)) ** 2
    own = sum(weights[term] for term in wanted) ** OWN
    found = []
    for at in near:
        other = sum(weights[term] for term in sets[at]) ** (1 - OWN)
        found.append((at, sum(weights[term] for term in wanted & sets[at]) / (own * other)))
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _weight(term: str, frequency: Mapping[str, int], count: int) -> float:
    rarity = math.log(1 + (count + BACKGROUND - frequency[term] + 0.5) / (frequency[term] + 0.5))
    if term in _ASKING_TERMS:
        return rarity * ASKING
    if "_" in term:
        return rarity * PAIR
    return rarity * (MEANING if term.startswith("=") else 1)


# --- words ---------------------------------------------------------------------------------------------------------
def _has_marks(words: Sequence[Form]) -> bool:
    """Whether the writer sets marks: then a word without them has none ("qua" is not "quà")."""
    return sum(not each.bare for each in words) * 3 > len(words)


def _meanings(words: Sequence[Form], *, exact: bool) -> list[str]:
    """The words' keys without stop words, the longest known ways of saying something replaced by what they mean."""
    phrases, longest = _phrases()
    made: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            here = words[at : at + length]
            ways = phrases.get(tuple(each.key for each in here), ())
            meaning = next((meaning for way, meaning in ways if _same(here, way, exact=exact)), None)
            if meaning is not None:
                made.append(f"={meaning}")
                at += length
                break
        else:
            if not any(_same([words[at]], [each], exact=exact) for each in _stop().get(words[at].key, ())):
                made.append(words[at].key)
            at += 1
    return made


def _same(written: Sequence[Form], words: Sequence[Form], *, exact: bool) -> bool:
    pairs = zip(written, words, strict=True)
    return all(one[1:] == other[1:] if exact else fits(one, other) for one, other in pairs)


@cache
def _tables() -> dict[str, Any]:
    """Raises OSError or tomllib.TOMLDecodeError when the file is missing or broken."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _stop() -> dict[str, list[Form]]:
    found: dict[str, list[Form]] = {}
    for word in _tables()["stop"].split():
        found.setdefault(form(word).key, []).append(form(word))
    return found


@cache
def _phrases() -> tuple[dict[tuple[str, ...], list[tuple[tuple[Form, ...], str]]], int]:
    """(keys of the words -> ways of writing them with their meaning, words of the longest one)."""
    found: dict[tuple[str, ...], list[tuple[tuple[Form, ...], str]]] = {}
    for meaning, ways in _tables()["same"].items():
        for way in ways:
            words = tuple(form(word) for word in way.split())
            found.setdefault(tuple(each.key for each in words), []).append((words, meaning))
    return found, max(map(len, found))

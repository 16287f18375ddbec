"""The words that matching knows, read once from `locales/vi/replies.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from bot.matching.letters import Form, fits, form, spelled

_FILE = Path(__file__).resolve().parents[2] / "locales" / "vi" / "replies.toml"
_TABLES = ("people", "acts", "modifiers", "questions", "courtesy", "topics")
_NOT_CONCEPTS = ("surnames", "middle_names")
_EXACT = "="


class Phrase(NamedTuple):
    """One way of saying something: its words, what it means, and whether the marks must be there."""

    words: tuple[Form, ...]
    concept: str
    exact: bool

    def matches(self, written: Sequence[Form]) -> bool:
        """Whether the written words, of equal keys and number, may be this phrase."""
        if self.exact:
            return all(mine[1:] == theirs[1:] for mine, theirs in zip(self.words, written, strict=True))
        return all(fits(theirs, mine) for mine, theirs in zip(self.words, written, strict=True))

    def likeness(self, written: Sequence[Form]) -> int:
        """How many words are written exactly so; decides between two phrases that both fit."""
        return sum(mine[1:] == theirs[1:] for mine, theirs in zip(self.words, written, strict=True))


@dataclass(slots=True)
class _Node:
    """A step in the tree of phrases: next words by key, and the phrases that end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases in a tree by their keys, short forms, emoji and family names."""

    root: _Node
    short: Mapping[str, tuple[str, ...]]
    pairs: frozenset[str]
    """Keys of the first words of short forms of two words ("bữa ni"): the others need no second look."""
    emoji: Mapping[str, str]
    surnames: Mapping[str, Form]
    middle_names: frozenset[str]

    def longest(self, written: Sequence[Form], at: int, end: int) -> tuple[int, str]:
        """How many words from `at` make the longest known phrase before `end`, and its concept; (1, "") if none."""
        node, best = self.root, (1, "")
        for stop in range(at, end):
            following = node.following.get(written[stop].key)
            if following is None:
                break
            node = following
            if node.phrases:
                concept = _meaning(node.phrases, tuple(written[at : stop + 1]))
                best = (stop + 1 - at, concept) if concept else best
        return best


@lru_cache(maxsize=20_000)
def _meaning(phrases: tuple[Phrase, ...], written: tuple[Form, ...]) -> str:
    """Which of the phrases with these keys was written; "" when the marks say that it was none of them."""
    fitting = [phrase for phrase in phrases if phrase.matches(written)]
    return max(fitting, key=lambda phrase: phrase.likeness(written)).concept if fitting else ""


@cache
def lexicon() -> Lexicon:
    """The lexicon of this installation.

    Raises OSError or tomllib.TOMLDecodeError when the file is missing or broken: nothing works without it.
    """
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    root = _Node()
    for table in _TABLES:
        for concept, phrases in tables[table].items():
            if concept not in _NOT_CONCEPTS:
                _plant(root, concept, phrases)
    people = tables["people"]
    return Lexicon(
        root,
        {spelled(short): tuple(long.split()) for short, long in tables["short"].items()},
        frozenset(form(short.split()[0]).key for short in tables["short"] if " " in short),
        {char: word for chars, word in tables["emoji"].items() for char in chars},
        {form(each).key: form(each) for each in people["surnames"]},
        frozenset(form(each).key for each in people["middle_names"]),
    )


def _plant(root: _Node, concept: str, phrases: Sequence[str]) -> None:
    for phrase in phrases:
        exact = phrase.startswith(_EXACT)
        words = tuple(form(word) for word in phrase.removeprefix(_EXACT).split())
        node = root
        for word in words:
            node = node.following.setdefault(word.key, _Node())
        node.phrases += (Phrase(words, concept, exact),)

"""A paper in parts of under five minutes, cut at paragraphs, else at sentences, else at commas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

LONGEST = 299.0
"""Seconds that a part may last (issue: under five minutes)."""
WISHED = 255.0
"""Seconds that a part is planned for: the voice may be slower in one passage than in another."""
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_CLAUSE = re.compile(r"(?<=,)\s+")


def parts(passages: Sequence[str], *, pace: float, seconds: float = WISHED) -> list[str]:
    """The passages packed into parts. `pace`: seconds of speech per 1,000 characters.

    Parts are of about equal length, so that the last one is no scrap of ten seconds.
    """
    most = max(200, int(seconds / pace * 1000))
    return ["\n".join(part) for part in _packed(list(_pieces(passages, most)), most)]


def cut(passages: Sequence[str], *, pace: float, minutes: int) -> tuple[list[str], bool]:
    """As many passages as may be spoken in `minutes`, and whether some had to be left out."""
    left = minutes * 60_000 / pace
    kept: list[str] = []
    for passage in passages:
        left -= len(passage)
        if left < 0 and kept:
            return kept, True
        kept.append(passage)
    return kept, False


def _packed(pieces: Sequence[str], most: int) -> Iterator[list[str]]:
    """Each part takes its even share of what is left, to the nearest piece."""
    left = sum(len(piece) + 1 for piece in pieces)
    part: list[str] = []
    size = 0
    for piece in pieces:
        share = left / -(-left // most)
        if part and (size + len(piece) > most or size + len(piece) / 2 > share):
            yield part
            left -= size
            part, size = [], 0
        part.append(piece)
        size += len(piece) + 1
    if part:
        yield part


def _pieces(passages: Iterable[str], most: int) -> Iterator[str]:
    """Passages; those that alone are too long for a part in sentences, these in clauses, these in words."""
    for passage in passages:
        if len(passage) <= most:
            yield passage
            continue
        for sentence in _SENTENCE.split(passage):
            for clause in [sentence] if len(sentence) <= most else _CLAUSE.split(sentence):
                yield from _in_words(clause, most)


def _in_words(clause: str, most: int) -> Iterator[str]:
    while len(clause) > most:
        at = clause.rfind(" ", 0, most)
        at = at if at > 0 else most
        yield clause[:at]
        clause = clause[at:].lstrip()
    if clause:
        yield clause

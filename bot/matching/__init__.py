"""Free text in Vietnamese: what a reply means, which choice it picks, which command it is.

Words live in `locales/vi/replies.toml`, grammar here. The decision behind it: docs/decisions/0004-free-text.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.matching.choices import choose, matches_words
from bot.matching.decide import Label, Understanding, understand
from bot.matching.letters import fold, words_only

__all__ = [
    "Label",
    "Understanding",
    "choose",
    "fold",
    "label",
    "matches_words",
    "run_match",
    "understand",
    "words_only",
]


def label(text: str) -> str:
    """The label alone ("attend", "absent", …)."""
    return understand(text).label.value


def run_match(lines: Iterable[str]) -> Iterator[str]:
    """For `sotay match`: each line as given, a tab, its label. An empty line is ambiguous."""
    for line in lines:
        text = line.removesuffix("\n").removesuffix("\r")
        yield f"{text}\t{label(text)}"

"""Texts around what people have written at length.

Fluent takes values of at most 1,000 characters, and `bot.texts.t` remembers what it has shown: what was said in a
meeting is put in afterwards, and is kept nowhere in memory.
"""

from __future__ import annotations

import re

from bot.texts import t

_FIRST = 0xF0000
_MARK = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + 9)}]")


def around(key: str, words: dict[str, str], /, **values: object) -> str:
    """The text `key` with its `values`, and `words` in their places as they are, however long."""
    names = list(words)
    marks: dict[str, object] = {name: chr(_FIRST + number) for number, name in enumerate(names)}
    shown = t(key, **marks, **values)
    return _MARK.sub(lambda found: words[names[ord(found.group()) - _FIRST]], shown)

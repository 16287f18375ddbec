"""Printed lines back into paragraphs: large print needs lines of its own length."""

from __future__ import annotations

import re

FULL = 0.8
"""Share of the longest line from which a line counts as full, so that the next one continues it. [ours]"""
_ITEM = re.compile(r"(?:[-–•+*]|\d{1,3}[.)/]|[a-zđ]\)|Điều \d|Chương [IVX\d]|[IVX]{1,5}[.)]\s)", re.UNICODE)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of one page of printed lines."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    longest = max((len(line) for line in lines), default=0)
    found: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and not _ITEM.match(line):
            found[-1] += " " + line
        elif line:
            found.append(line)
        open_line = len(line) >= FULL * longest
    return found

"""Printed lines back into paragraphs: large print needs lines of its own length."""

from __future__ import annotations

import re

FULL, SURE = 0.8, 0.88
"""Shares of the longest line from which a line counts as full, so that the next one continues it: the first before a
small letter, the second before any. [ours]"""
_ITEM = re.compile(r"(?:[-–•+*]|\d{1,3}[.)/]|[a-zđ]\)|Điều \d|Chương [IVX\d]|[IVX]{1,5}[.)]\s)")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of one page of printed lines."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    longest = max((len(line) for line in lines), default=0)
    found: list[str] = []
    before = 0.0
    for line in lines:
        needed = FULL if line[:1].islower() else SURE
        if line and found and before >= needed and not _ITEM.match(line):
            found[-1] += " " + line
        elif line:
            found.append(line)
        before = len(line) / max(longest, 1)
    return found

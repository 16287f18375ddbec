"""One message in several parts: where a text may be cut, and what a failure in the middle means.

Both platforms count text in UTF-16 units (Telegram 4,096, Zalo 2,000; telegram-notes and the Zalo contract tests).
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable, Sequence

from bot.errors import OutcomeUnknown, QuotaSpent, Throttled, Unreachable
from bot.platforms.base import Receipt

Step = Callable[[], Awaitable[Receipt]]

LONGEST_REST = 30.0
"""Seconds that the rest of a half-sent message waits out a throttle; a longer pause is the sender's to decide."""

_JOINER = "\u200d"
_BEYOND_BASIC_PLANE = "\U00010000"


def units(text: str) -> int:
    """The length of `text` in UTF-16 units, as both platforms count it."""
    return len(text) + sum(char >= _BEYOND_BASIC_PLANE for char in text)


def well_formed(text: str) -> str:
    """`text` without lone surrogates, which no platform's JSON can carry; pairs become one character."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def split(text: str, limit: int) -> list[str]:
    """Cut `text` into parts of at most `limit` UTF-16 units: at a line, else at a space, else between two characters.

    A character as people see it (base and marks, an emoji sequence, a flag) stays whole. Returns [] for a blank text.
    """
    rest = well_formed(text).strip()
    parts = []
    while units(rest) > limit:
        cut = _place_to_cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _place_to_cut(text: str, limit: int) -> int:
    window = _longest_prefix(text, limit)
    line = text.rfind("\n", 1, window + 1)
    if line > window // 2:
        return line
    space = max((text.rfind(mark, 1, window + 1) for mark in " \t\u00a0"), default=-1)
    best = max(line, space)
    return best if best > 0 else _between_characters(text, window)


def _longest_prefix(text: str, limit: int) -> int:
    used = 0
    for index, char in enumerate(text):
        used += 2 if char >= _BEYOND_BASIC_PLANE else 1
        if used > limit:
            return index
    return len(text)


def _between_characters(text: str, window: int) -> int:
    for cut in range(window, 0, -1):
        if not _belongs_together(text, cut):
            return cut
    return max(window, 1)


def _belongs_together(text: str, cut: int) -> bool:
    before, after = text[cut - 1], text[cut]
    if _JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag_letter(after) and _flag_letters_before(text, cut) % 2 == 1


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, cut: int) -> int:
    start = cut
    while start > 0 and _is_flag_letter(text[start - 1]):
        start -= 1
    return cut - start


async def send_in_order(steps: Sequence[Step]) -> Receipt:
    """Run the sends of one message one after another; the receipt is the last one's, with the uploaded file's handle.

    A failure of the first step means what it says. After that something has already been delivered, and a repeat
    would deliver it twice: a short throttle is waited out here, what else would be tried again becomes OutcomeUnknown,
    which says how many parts are there.
    """
    receipt = await steps[0]()
    handle, messages = receipt.file_handle, receipt.messages
    for number, step in enumerate(steps[1:], start=2):
        try:
            receipt = await _later(step)
        except (Throttled, Unreachable, QuotaSpent) as failure:
            stopped = f"stopped at part {number} of {len(steps)}: {failure.reason or type(failure).__name__}"
            raise OutcomeUnknown(stopped, messages=messages) from None
        handle, messages = handle or receipt.file_handle, messages + receipt.messages
    return Receipt(receipt.message_id, handle, messages)


async def _later(step: Step) -> Receipt:
    try:
        return await step()
    except Throttled as throttled:
        if throttled.retry_after > LONGEST_REST:
            raise
        pause = throttled.retry_after
    await asyncio.sleep(pause)
    return await step()

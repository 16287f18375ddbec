"""What people read in a chat is short: six lines, lines that a phone shows in three, one question, no English.

The limits are those of "How people write": an elderly person reads the first line and answers. A text that must be
longer stands in REASONS with its reason; the checks first make sure that they have found texts to check.
"""

from __future__ import annotations

import math
import re
from functools import cache

from fluent.syntax import FluentParser, ast

from bot.texts import FOLDER

ELSEWHERE = {"bulk", "cli", "commands", "demo", "doctor", "questioncli", "roster", "settings", "taskcli"}
"""Terminals and Telegram's list of commands."""
PAGES = {"reader", "taskpage"}
"""Web pages wrap their lines themselves."""
MOST_LINES, MOST_LETTERS, MOST_ROWS, WIDTH = 6, 100, 9, 38
"""Lines of a text, letters of a line, rows on a phone that shows `WIDTH` letters in one. [ours]"""
VALUE = "x" * 6
"""What stands for a value: most are numbers and names."""
REASONS = {
    # message -> why it may be longer
    "help-commands-papers": "each line becomes a choice",
    "help-commands-calling": "each line becomes a choice",
    "help-commands-holding": "each line becomes a choice",
    "help-commands-sending": "each line becomes a choice",
    "help-commands-assigning": "each line becomes a choice",
    "minutes-vote": "a sentence of the minutes on paper",
    "minutes-doing": "a sentence of the resolution on paper",
    "room-page-other-phone": "on the check-in page",
    "votes-sums": "numbers of one or two digits, to be read at one glance",
    "taskplan-how": "at the head of a sheet to fill in",
}
ENGLISH = re.compile(
    r"\b(?:menu|please|click|link|file|e-?mail|online|log ?in|chat|reply|error|app|web|bot|macro|ok|form|list|code)\b",
    re.IGNORECASE,
)


@cache
def texts() -> dict[str, str]:
    """Every text of the chat by its message, with VALUE in the place of each value."""
    found = {}
    for path in sorted(FOLDER.glob("*.ftl")):
        if path.stem in ELSEWHERE | PAGES:
            continue
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            if isinstance(entry, ast.Message) and entry.value is not None:
                found[entry.id.name] = "".join(map(_shown, entry.value.elements))
    assert len(found) > 1000, "the texts have moved: nothing to check"
    return found


def _shown(element: ast.TextElement | ast.Placeable) -> str:
    if isinstance(element, ast.TextElement):
        return element.value
    return element.expression.value if isinstance(element.expression, ast.StringLiteral) else VALUE


def too_long(text: str) -> str:
    """What is too long about a text, "" when nothing is."""
    lines = text.split("\n")
    rows = sum(math.ceil(max(1, len(line)) / WIDTH) for line in lines)
    found = {
        f"{len(lines)} lines": len(lines) > MOST_LINES,
        f"a line of {max(map(len, lines))}": max(map(len, lines)) > MOST_LETTERS,
        f"{rows} rows": rows > MOST_ROWS,
    }
    return ", ".join(what for what, wrong in found.items() if wrong)


def test_texts_are_short() -> None:
    long = {message: found for message, text in texts().items() if (found := too_long(text))}
    assert {message: found for message, found in long.items() if message not in REASONS} == {}
    assert sorted(REASONS.keys() & texts().keys() - long.keys()) == [], "short by now: take it off the list"


def test_a_text_asks_one_thing() -> None:
    assert [message for message, text in texts().items() if text.count("?") > 1] == []


def test_texts_are_vietnamese_and_call_nobody_familiar_names() -> None:
    assert [message for message, text in texts().items() if re.search(r"\bbạn\b", text, re.IGNORECASE)] == []
    found = {message: words for message, text in texts().items() if (words := ENGLISH.findall(text))}
    assert found == {}


def test_texts_have_no_marks_of_formatting() -> None:
    assert [message for message, text in texts().items() if re.search(r"\*\*|__|```|^#|\]\(", text, re.MULTILINE)] == []

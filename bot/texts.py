"""Texts that people read, out of locales/vi/*.ftl (Fluent; see docs/decisions/0003-texts.md)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

_FIRST_MARK = 0xF0000
"""Characters for private use stand for the values while Fluent makes a text."""
_MARKS = re.compile(f"[{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + 0xFF)}]")
FOLDER = Path(__file__).parent.parent / "locales" / "vi"


class MissingText(LookupError):
    """A text is missing, or a value that it needs was not given: a mistake in the code, found by the tests."""


@cache
def bundle() -> FluentBundle:
    """All texts, read once."""
    texts, parser = FluentBundle(["vi"], use_isolating=False), FluentParser(with_spans=False)
    for path in sorted(FOLDER.glob("*.ftl")):
        texts.add_resource(parser.parse(path.read_text("utf-8")), allow_overrides=False)
    return texts


def t(key: str, /, **values: object) -> str:
    """The text `key` ("attendance.recorded") with its values; MissingText when it is not there.

    Values are shown as they are, however long (Fluent alone refuses more than 2,500 characters): a number is turned
    into text first, so that 2026 never becomes "2.026". What people wrote is remembered nowhere: only the text around
    it is. So no text may choose its words by a value (Fluent's selectors; a test looks).
    """
    shape = _shape(key, tuple(values))
    if not values:
        return shape
    shown = [str(value) for value in values.values()]
    return _MARKS.sub(lambda mark: shown[ord(mark.group()) - _FIRST_MARK], shape)


@cache
def _shape(key: str, names: tuple[str, ...]) -> str:
    """One text with a mark in the place of each value."""
    message_id = key.replace(".", "-")
    if not bundle().has_message(message_id):
        raise MissingText(key)
    pattern = bundle().get_message(message_id).value
    if pattern is None:
        raise MissingText(key)
    shown, errors = bundle().format_pattern(pattern, {name: chr(_FIRST_MARK + at) for at, name in enumerate(names)})
    if errors:
        raise MissingText(f"{key}: {errors[0]}")
    return str(shown)

"""Texts that people read, out of locales/vi/*.ftl (Fluent; see docs/decisions/0003-texts.md)."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LONG = 1_000
"""Characters of a value beyond which it is put in afterwards: Fluent refuses values of more than 2,500."""
_FIRST_MARK = 0xF0000
"""Characters for private use stand for long values meanwhile."""
FOLDER = Path(__file__).parent.parent / "locales" / "vi"


class MissingText(LookupError):
    """A text is missing, or a value that it needs was not given: a mistake in the code, found by the tests."""


@cache
def bundle() -> FluentBundle:
    """All texts, read once."""
    texts = FluentBundle(["vi"], use_isolating=False)
    for path in sorted(FOLDER.glob("*.ftl")):
        texts.add_resource(FluentResource(path.read_text("utf-8")), allow_overrides=False)
    return texts


def t(key: str, /, **values: object) -> str:
    """The text `key` ("attendance.recorded") with its values; MissingText when it is not there.

    Values are shown as they are: a number is turned into text first, so that 2026 never becomes "2.026".
    """
    shown = [(name, str(value)) for name, value in values.items()]
    long = [(chr(_FIRST_MARK + at), value) for at, (_, value) in enumerate(shown) if len(value) > LONG]
    if not long:
        return _shown(key, tuple(shown))
    marks = {value: mark for mark, value in long}
    text = _shown(key, tuple([(name, marks.get(value, value)) for name, value in shown]))
    for mark, value in long:
        text = text.replace(mark, value)
    return text


@lru_cache(maxsize=4000)
def _shown(key: str, values: tuple[tuple[str, str], ...]) -> str:
    """One text with its values, remembered: hundreds are told the same about one meeting."""
    message_id = key.replace(".", "-")
    if not bundle().has_message(message_id):
        raise MissingText(key)
    pattern = bundle().get_message(message_id).value
    if pattern is None:
        raise MissingText(key)
    shown, errors = bundle().format_pattern(pattern, dict(values))
    if errors:
        raise MissingText(f"{key}: {errors[0]}")
    return str(shown)

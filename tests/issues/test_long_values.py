"""What people write at length is shown whole: Fluent alone refuses values of more than 2,500 characters."""

from __future__ import annotations

import pytest

from bot.texts import t


@pytest.mark.parametrize("length", [10, 1_000, 1_001, 2_501, 9_000])
def test_a_long_value_is_shown_whole(length: int) -> None:
    words = "ế" * length
    shown = t("attendance.reason-waiting", reason=words)
    assert words in shown
    assert not any(0xF0000 <= ord(char) < 0xF0100 for char in shown)

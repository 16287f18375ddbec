"""The list of commands that Telegram shows: short, and what is for every member first."""

from __future__ import annotations

from bot.fleet import COMMANDS
from bot.texts import t


def test_a_dozen_with_the_members_first() -> None:
    assert len(COMMANDS) <= 12
    leaders = ["bí thư" in t(f"commands.{word}") for word in COMMANDS]
    assert leaders == sorted(leaders)
    assert {"menu", "tim", "nghe", "hoi", "hoidap", "trogiup"} <= set(COMMANDS)

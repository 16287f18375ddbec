"""How a person is shown: addressed by title or full name, by role, with a masked number (domain.md)."""

from __future__ import annotations

from collections.abc import Iterable

from bot.courtesy import hail, named
from storage.members import LEADING, Member, RoleKind, Standing


def polite(member: Member) -> str:
    """`bác Lan` where a title was chosen, else `đồng chí Trần Thị Lan`."""
    return hail(member) if member.title else named(member)


def role_of(kinds: Iterable[str], member: Member) -> str:
    """The one word that decides what help and greeting say: officer, secretary, volunteer or member."""
    held = set(kinds)
    if held & {RoleKind.OFFICER, RoleKind.OPERATOR}:
        return "officer"
    if held & LEADING:
        return "secretary"
    if RoleKind.VOLUNTEER in held or member.standing == Standing.SUPPORTER:
        return "volunteer"
    return "member"


def masked(number: str) -> str:
    """A member number of which only the last three characters show (domain.md, Personal data)."""
    return "…" + number[-3:]


def one_line(text: str, limit: int = 40) -> str:
    """A name that a stranger chose for himself, fit to stand inside our sentence: one line, shortened, printable."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    whole = " ".join(shown.split())
    return whole if len(whole) <= limit else whole[: limit - 1] + "…"

"""How people are addressed, and the polite words that decide nothing (domain.md, "How people write")."""

from __future__ import annotations

from bot.matching import fold
from bot.texts import t
from storage.members import Member

_NOTHING = frozenset(
    "ok oke okie okay okela co vang da u uh uhm um duoc dc roi a nhe biet nhat tri thank thanks".split()
)


def hail(member: Member) -> str:
    """`bác Lan` where a title was chosen, else `đồng chí`."""
    given = member.full_name.split()[-1] if member.full_name.split() else ""
    return f"{member.title} {given}" if member.title and given else t("courtesy.comrade")


def named(member: Member) -> str:
    """A person to somebody else: `bác Trần Thị Lan`, `đồng chí Nguyễn Văn An`."""
    return f"{member.title or t('courtesy.comrade')} {member.full_name}"


def is_bare(text: str) -> bool:
    """Whether a line is a bare ok, có, vâng, 👍 or nothing: people press "OK" on anything, so it is no answer."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    return all(word in _NOTHING for word in words)

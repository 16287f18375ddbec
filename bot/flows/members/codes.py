"""One-time codes: making, reading, and who may hand them out to whom (product.md, C1)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.context import Context
from bot.matching import fold
from bot.matching.letters import clean, words_only
from bot.people import masked
from bot.texts import t
from storage import logins, organizations
from storage import members as members_table
from storage.logins import LoginCode
from storage.members import LEADING, Member

LETTERS = "CFJKMNPQRTVX"
DIGITS = "23456789"
"""No vowels, D or W: keyboards with Telex or VNI would turn "AS" into "Á" on the way. None of 0 O 1 I L, and no
letter that looks like one of the digits in handwriting (B S Z G). No H, so that "7h35" in a group is no code."""
LENGTH = 6
NUMBER_DIGITS = 6
"""A member number has at least so many digits (the roster takes no shorter one)."""
_MISREAD = str.maketrans("BSZG", "8526")
_BEFORE_A_CODE = frozenset("ma so la day cua toi em chau bac code dang nhap otp cho thua da a".split())


def make_code(session: Session, member_id: int, *, now: datetime, hours: int, made_by: int | None) -> str:
    """A new code for a member, as people read it ("KMT 234"); older ones stop working. The caller audits.

    `hours` is how long it works, `made_by` the member id of who asked for it (None: the command line).
    """
    logins.void_codes(session, member_id, now)
    code = _drawn()
    session.add(
        LoginCode(
            member_id=member_id,
            code_hash=logins.code_hash(member_id, code),
            made_by=made_by,
            made_at=now,
            expires_at=now + timedelta(hours=hours),
        )
    )
    session.flush()
    return f"{code[:3]} {code[3:]}"


def _drawn() -> str:
    """At least one digit and one letter, so that a code is told from a word and from a number."""
    while True:
        code = "".join(secrets.choice(LETTERS + DIGITS) for _ in range(LENGTH))
        if not code.isdigit() and not code.isalpha():
            return code


def read_code(text: str) -> str | None:
    """The code in what somebody wrote ("mã là kmt-234"), None when nothing in it has a code's shape."""
    words = words_only(text).split()
    while words and words[0] in _BEFORE_A_CODE:
        words = words[1:]
    while words and words[-1] in _BEFORE_A_CODE:
        words = words[:-1]
    code = "".join(words).upper()
    return code.translate(_MISREAD) if len(code) == LENGTH and code.isascii() and code.isalnum() else None


def looks_like_a_code(text: str) -> bool:
    """Whether the text is nothing but a code: for groups, where nobody should write one."""
    code = read_code(text)
    return code is not None and set(code) <= set(LETTERS + DIGITS) and not (code.isdigit() or code.isalpha())


def may_admit(ctx: Context, member: Member, kinds: Iterable[members_table.RoleKind] = LEADING) -> bool:
    """Whether the speaker may let this member in: over their branch, and over all that the member leads.

    Without the second half a branch's clerk could log in as an officer who happens to live in that branch.
    """
    home = organizations.get(ctx.db, member.organization_id)
    led = [top for kind, top in members_table.roles(ctx.db, member.id or 0) if kind in LEADING]
    return all(ctx.may(each, kinds) for each in [home, *led])


def find_people(ctx: Context, text: str, *, limit: int) -> list[Member]:
    """People under the speaker's lead by member number, or by words of their name with or without diacritics."""
    paths = [top.path for top in ctx.led()]
    compact = "".join(char for char in text if char.isalnum())
    if sum(char.isdigit() for char in compact) >= NUMBER_DIGITS:
        found = members_table.by_number(ctx.db, compact)
        home = organizations.get(ctx.db, found.organization_id) if found else None
        return [found] if found and home and any(home.path.startswith(path) for path in paths) else []
    words = _name_words(text)
    people = members_table.named(ctx.db, paths, [fold(word) for word in words], limit)
    if all(fold(word) == word.lower() for word in words):
        return people  # written without marks: it may be any of them
    exact = [each for each in people if {word.lower() for word in words} <= set(clean(each.full_name).lower().split())]
    return exact or people


def _name_words(text: str) -> list[str]:
    words = [word.strip(".,:;!?") for word in clean(text).split()]
    words = [word for word in words if word]
    forms = ("dong chi", "dc", "d/c", "bac", "co", "chu", "ong", "ba", "anh", "chi", "cho", "cap ma cho", "ma")
    while len(words) > 1:
        lead = next((form for form in forms if fold(" ".join(words)).startswith(form + " ")), None)
        if lead is None:
            break
        words = words[len(lead.split()) :]
    return words


def told_apart(ctx: Context, people: list[Member]) -> list[str]:
    """A label for each person; birth year and branch stand beside a name only where two would look the same."""
    names = [each.full_name for each in people]
    several = len({each.organization_id for each in people}) > 1
    return [
        _label(ctx, each, with_branch=several) if names.count(each.full_name) > 1 else each.full_name for each in people
    ]


def _label(ctx: Context, member: Member, *, with_branch: bool) -> str:
    year = (member.birth_date or "")[:4]
    mark = t("members.born", year=year) if year else masked(member.number)
    branch = organizations.get(ctx.db, member.organization_id).name if with_branch else ""
    return ", ".join(part for part in (member.full_name, mark, branch) if part)

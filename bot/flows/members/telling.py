"""What a member reads about themselves: the greeting after login, "who am I", their roles."""

from __future__ import annotations

from bot.context import Context
from bot.people import masked, polite, role_of
from bot.texts import t
from storage import members as members_table
from storage import organizations
from storage.members import Member, Standing


def greeting(ctx: Context, member: Member) -> str:
    """The welcome after login, with one line for what this member's role adds."""
    home = organizations.get(ctx.db, member.organization_id)
    who = polite(member)
    if member.standing == Standing.SUPPORTER:
        return t("members.greeting-supporter", who=who, branch=home.name)
    role = role_of({kind for kind, _ in members_table.roles(ctx.db, member.id or 0)}, member)
    return t("members.greeting", who=who, branch=home.name, role=t(f"members.greeting-{role}"))


def who_am_i(ctx: Context) -> str:
    """Name, branch, masked number, roles."""
    member = ctx.me
    held = [t("members.role-in", role=t(f"members.role-{kind}"), organization=top.name) for kind, top in ctx.roles]
    is_supporter = member.standing == Standing.SUPPORTER
    return t(
        "members.who",
        name=member.full_name,
        branch=ctx.my_branch.name,
        number=masked(member.number),
        roles=", ".join(held) or t("members.role-supporter" if is_supporter else "members.role-none"),
    )

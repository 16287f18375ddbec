"""Whom a matter of one branch is brought to: its own leading people, else those above, else an operator."""

from __future__ import annotations

from collections.abc import Iterator

from bot.context import Context
from bot.messages import Address
from storage import members as members_table
from storage import organizations
from storage.members import LEADING, Member, RoleKind
from storage.organizations import Organization, OrganizationKind

SMALL = frozenset({OrganizationKind.BRANCH, OrganizationKind.CELL})
AT_HOME = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
ABOVE = AT_HOME | {RoleKind.OFFICER}
OPERATOR = frozenset({RoleKind.OPERATOR})


def leaders(ctx: Context, organization: Organization, *, without: int = 0) -> list[tuple[Member, Address]]:
    """The nearest leading people of an organization who can be written to, with where; `without` one member id."""
    for level, kinds in _levels(ctx, organization):
        found = [
            (member, address)
            for member in members_table.holders(ctx.db, level.id or 0, kinds)
            if member.id != without and (address := ctx.address_of(member.id or 0)) is not None
        ]
        if found:
            return found
    return []


def _levels(ctx: Context, organization: Organization) -> Iterator[tuple[Organization, frozenset[RoleKind]]]:
    upward = [organization]
    while upward[-1].parent_id is not None:
        upward.append(organizations.get(ctx.db, upward[-1].parent_id))
    for level in upward:
        yield level, AT_HOME if level.kind in SMALL else ABOVE
    for level in upward:
        yield level, OPERATOR


def highest(ctx: Context, member: Member) -> Organization:
    """The highest organization that this member leads, their branch when they lead none: whoever lets them in must
    stand at least there."""
    home = organizations.get(ctx.db, member.organization_id)
    led = [top for kind, top in members_table.roles(ctx.db, member.id or 0) if kind in LEADING]
    return min([home, *led], key=lambda top: top.path.count("/"))

"""Groups: connecting one to an organization, and what happens when the bot is put in, removed, or the group moves."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.errors import NotAllowed, Refused
from bot.matching import fold
from bot.messages import Address, Choice, Reply
from bot.texts import t
from storage import channels, members, organizations, sending
from storage.channels import GroupChat
from storage.members import RoleKind
from storage.organizations import Organization

MOST_CHOICES = 12
TOLD = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
"""Who is told that their branch's group is gone."""


def connect(ctx: Context, words: str) -> Reply:
    """Connect this group to an organization that the speaker leads, named in `words` when there are several.

    NotAllowed for who leads none; Refused when the group is connected elsewhere, or no such organization is led.
    """
    ctx.lead()
    if ctx.group is not None:
        return _connected_already(ctx, ctx.group)
    found = _meant(ctx, fold(words))
    if not found:
        raise Refused("chats.no-such-organization")
    if len(found) == 1:
        return join(ctx, found[0].id or 0)
    if len(found) > MOST_CHOICES:
        raise Refused("chats.which-by-name")
    choices = tuple(Choice("chats.connect", each.name, str(each.id)) for each in found)
    return _without_numbers(ctx, Reply(t("chats.which"), choices))


def _meant(ctx: Context, said: str) -> list[Organization]:
    """Without words: what the speaker leads. With words: whatever below it has them all in its name."""
    led = ctx.led()
    if not said:
        return led
    below = [each for each in organizations.everything(ctx.db) if any(each.path.startswith(top.path) for top in led)]
    exact = [each for each in below if each.name_key == said]
    return exact or [each for each in below if set(said.split()) <= set(each.name_key.split())]


def _without_numbers(ctx: Context, reply: Reply) -> Reply:
    """In a group a bare number answers nothing, so that the names are to be written where there are no buttons."""
    names = "\n".join(f"• {choice.label}" for choice in reply.choices)
    text = t("chats.which-name", names=names)
    return reply if ctx.incoming.platform == "telegram" else replace(reply, text=text, choices=())


def join(ctx: Context, organization_id: int) -> Reply:
    """Connect this group to this organization; whoever presses must lead it."""
    organization = organizations.get(ctx.db, organization_id)
    ctx.require(organization)
    if ctx.group is not None:
        return _connected_already(ctx, ctx.group)
    row = GroupChat(
        channel_id=ctx.here.channel_id,
        chat_id=ctx.here.chat_id,
        organization_id=organization_id,
        linked_by=ctx.my_id,
        linked_at=ctx.now,
    )
    ctx.db.add(row)
    ctx.db.flush()
    ctx.audit("group.connected", f"group:{row.id}", organization=organization_id)
    return Reply(t("chats.connected", name=organization.name))


def _connected_already(ctx: Context, group: GroupChat) -> Reply:
    name = organizations.get(ctx.db, group.organization_id).name
    return Reply(t("chats.connected-already", name=name))


def disconnect(ctx: Context) -> Reply:
    """Whoever leads the group's organization may end it; on Zalo nothing tells us that the bot was removed."""
    ctx.lead()
    if ctx.group is None:
        return Reply(t("chats.not-connected"))
    organization = organizations.get(ctx.db, ctx.group.organization_id)
    if not ctx.may(organization):
        raise NotAllowed
    _end(ctx, ctx.group, by_hand=True)
    return Reply(t("chats.disconnected", name=organization.name))


def _end(ctx: Context, group: GroupChat, *, by_hand: bool) -> None:
    group.unlinked_at = ctx.now
    ctx.db.flush()
    ctx.audit("group.disconnected", f"group:{group.id}", by_hand=by_hand)


def left(ctx: Context) -> list[Reply]:
    """The bot was removed from a group (its leading people are told in private) or blocked by a person."""
    here = ctx.here
    if not here.is_group:
        members.mark_blocked(ctx.db, here.channel_id, here.chat_id, ctx.now)
        return []
    if ctx.group is None:
        return []
    organization = organizations.get(ctx.db, ctx.group.organization_id)
    _end(ctx, ctx.group, by_hand=False)
    told = members.holders(ctx.db, ctx.group.organization_id, TOLD)
    addresses: list[Address] = [to for each in told if (to := ctx.address_of(each.id or 0)) is not None]
    return [Reply(t("chats.removed", name=organization.name), to=to) for to in addresses]


def moved(ctx: Context) -> None:
    """The group has a new id: its link and what still waits for it follow."""
    here, new = ctx.here, ctx.incoming.migrated_to
    channels.move_group(ctx.db, here.channel_id, here.chat_id, new)
    sending.move_chat(ctx.db, here.channel_id, here.chat_id, new)

"""Which words lead to the secretary's morning card."""

from __future__ import annotations

from bot.context import Context
from bot.flows import morning
from bot.messages import Incoming, Reply
from bot.routing import Router, addressed, choice, command, group, private
from bot.texts import t

router = Router("morning")
TODAY = command("homnay", "hôm nay có gì", "hôm nay có việc gì", "việc hôm nay", "sáng nay có gì")


@router.on(group(), addressed(), TODAY)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """It names people: in private only."""
    return Reply(t("morning.private-only"))


@router.on(private(), TODAY)
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """The card as things are now."""
    return morning.begin(ctx)


@router.on(private(), choice("morning.remind"))
def remind_all(_incoming: Incoming, ctx: Context) -> Reply:
    """Remind everybody who is silent."""
    return morning.remind_all(ctx)


@router.on(private(), choice("morning.later"))
def later(_incoming: Incoming, ctx: Context) -> Reply:
    """Not now."""
    return morning.later(ctx)

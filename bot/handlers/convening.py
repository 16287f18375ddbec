"""Which words lead to convening: the list for phone calls, and volunteers who have been at somebody's door."""

from __future__ import annotations

from bot.context import Context
from bot.flows.meetings import convening
from bot.messages import Incoming, Reply
from bot.routing import Router, choice, command, private

router = Router("convening")
CALLS = command("goidien", "danh sách gọi điện", "danh sách gọi")


@router.on(private(), CALLS)
def call_list(_incoming: Incoming, ctx: Context) -> Reply:
    """Whom to phone."""
    return convening.ask_calls(ctx)


@router.on(private(), choice("convening.calls"))
def calls_of(_incoming: Incoming, ctx: Context) -> Reply:
    """Whom to phone for this meeting."""
    return convening.calls(ctx, _argument(ctx))


@router.on(private(), choice("convening.told"))
def told(_incoming: Incoming, ctx: Context) -> Reply:
    """A volunteer has told somebody."""
    return convening.told(ctx, _argument(ctx))


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

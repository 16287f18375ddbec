"""Which words lead to answers for somebody else: "báo hộ bác Lan xin vắng"."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.flows.attendance import relay
from bot.flows.attendance.listing import led
from bot.messages import Incoming, Kind, Reply
from bot.routing import Router, choice, group, logged_in, private

router = Router("relaying")


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue waits for an answer, and no choice was named."""
    return ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


def for_another(incoming: Incoming, ctx: Context) -> bool:
    """The line speaks for somebody else."""
    return incoming.kind is Kind.MESSAGE and relay.for_another(ctx)


@router.on(private(), logged_in(), idle, for_another)
def in_words(_incoming: Incoming, ctx: Context) -> Reply:
    """Recorded by who leads, passed on by anybody else."""
    return relay.take(ctx)


@router.on(group(), logged_in(), for_another)
def in_group(_incoming: Incoming, ctx: Context) -> Reply | None:
    """The same; the group reads nothing of it."""
    home = ctx.address_of(ctx.my_id)
    reply = relay.take(ctx)
    return replace(reply, to=home) if home is not None else None


@router.on(private(), choice("attendance.behalf-for"))
def recorded_for(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below what was passed on."""
    meeting_id, _, member_id = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    ctx.close_question()
    return relay.record_for(ctx, led(ctx, meeting_id), int(member_id))

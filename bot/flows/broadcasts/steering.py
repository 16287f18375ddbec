"""The secretary's hand on what is being sent. Role and subtree are checked at every step."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.broadcasts import words
from bot.messages import Choice, Reply
from bot.texts import t
from storage import broadcasts, deliveries, ledger, organizations
from storage.broadcasts import Broadcast
from storage.ledger import MISSED, RETRIED, Missing, Outcome
from storage.outbox import DeliveryState

SHOWN = 6
"""Broadcasts in a list. [ours]"""
AT_ONCE = 500
"""Messages that are held or dropped in the very moment of the press; the engine goes on with the rest."""
NAMES = 100
"""Names in one list of those who did not get it; the others are counted."""
PIECE = 1900
"""Characters in one message; Zalo takes 2,000."""


def overview(ctx: Context) -> Reply:
    """The newest broadcasts of what the speaker leads. NotAllowed for those who lead nothing."""
    ctx.lead()
    found = broadcasts.newest(ctx.db, [top.path for top in ctx.led()], SHOWN)
    if not found:
        return Reply(t("broadcasts.none"))
    if len(found) == 1:
        return words.account(ctx.db, found[0], ctx.now)
    rows = tuple(
        Choice(
            "broadcasts.show", t("broadcasts.row", title=words.title(each), state=_progress(ctx, each)), str(each.id)
        )
        for each in found
    )
    return Reply(t("broadcasts.list"), rows)


def _progress(ctx: Context, broadcast: Broadcast) -> str:
    counts = deliveries.tally(ctx.db, broadcast.id or 0)
    return t(
        "broadcasts.progress-short", state=words.state(broadcast), sent=counts.get(DeliveryState.SENT, 0),
        total=sum(counts.values()),
    )  # fmt: skip


def known(ctx: Context, broadcast_id: int, *, to_change: bool = False) -> Broadcast:
    """The broadcast, if the speaker leads everywhere that it goes to; NotAllowed otherwise."""
    try:
        found = (broadcasts.locked if to_change else broadcasts.get)(ctx.db, broadcast_id)
    except LookupError:
        raise NotAllowed from None
    ctx.require(organizations.get(ctx.db, broadcasts.organization_id(found)))
    return found


def show(ctx: Context, broadcast_id: int) -> Reply:
    """The exact ledger of one."""
    return words.account(ctx.db, known(ctx, broadcast_id), ctx.now)


def pause(ctx: Context, broadcast_id: int) -> Reply:
    """Nothing more goes out until it is resumed; what is on its way arrives."""
    broadcast = known(ctx, broadcast_id, to_change=True)
    if not broadcasts.pause(broadcast):
        return _too_late(ctx, broadcast)
    ctx.db.flush()
    deliveries.hold(ctx.db, broadcast_id, AT_ONCE)
    return _done(ctx, broadcast, "paused")


def resume(ctx: Context, broadcast_id: int) -> Reply:
    """Go on where it was paused."""
    broadcast = known(ctx, broadcast_id, to_change=True)
    if not broadcasts.resume(broadcast):
        return _too_late(ctx, broadcast)
    return _done(ctx, broadcast, "resumed")


def ask_cancel(ctx: Context, broadcast_id: int) -> Reply:
    """Cancelling cannot be undone: ask first, and say how many would not get it."""
    broadcast = known(ctx, broadcast_id)
    if broadcast.state not in broadcasts.UNDER_WAY:
        return _too_late(ctx, broadcast)
    waiting = ledger.of(ctx.db, broadcast, ctx.now).of(Outcome.WAITING)
    text = t("broadcasts.ask-cancel", title=words.title(broadcast), count=waiting)
    return Reply(text, (words.choice("stop", broadcast), words.choice("show", broadcast)))


def stop(ctx: Context, broadcast_id: int) -> Reply:
    """Whatever has not gone out never does."""
    broadcast = known(ctx, broadcast_id, to_change=True)
    if not broadcasts.stop(broadcast):
        return _too_late(ctx, broadcast)
    ctx.db.flush()
    deliveries.drop(ctx.db, broadcast_id, AT_ONCE)
    return _done(ctx, broadcast, "stopped")


def again(ctx: Context, broadcast_id: int) -> Reply:
    """Send it to those who did not get it; those of whom nobody knows are left alone."""
    broadcast = known(ctx, broadcast_id, to_change=True)
    count = ledger.of(ctx.db, broadcast, ctx.now).again
    if not count:
        return Reply(t("broadcasts.nobody-again"))
    return _send_again(ctx, broadcast, [*RETRIED], count)


def ask_unsure(ctx: Context, broadcast_id: int) -> Reply:
    """Sending to those who may have it already: only after a word of its own."""
    broadcast = known(ctx, broadcast_id)
    count = ledger.of(ctx.db, broadcast, ctx.now).of(Outcome.UNKNOWN)
    if not count:
        return Reply(t("broadcasts.nobody-again"))
    text = t("broadcasts.ask-unsure", count=count)
    return Reply(text, (words.choice("twice", broadcast), words.choice("show", broadcast)))


def twice(ctx: Context, broadcast_id: int) -> Reply:
    """The secretary has read that it may arrive twice, and wants it."""
    broadcast = known(ctx, broadcast_id, to_change=True)
    found = ledger.of(ctx.db, broadcast, ctx.now)
    count = found.again + found.of(Outcome.UNKNOWN)
    return _send_again(ctx, broadcast, [*RETRIED, DeliveryState.UNKNOWN], count)


def _send_again(ctx: Context, broadcast: Broadcast, retries: list[DeliveryState], count: int) -> Reply:
    if not broadcasts.send_again(broadcast, retries):
        return _too_late(ctx, broadcast)
    ctx.audit("broadcast.again", f"broadcast:{broadcast.id}", members=count, unsure=DeliveryState.UNKNOWN in retries)
    return Reply(t("broadcasts.again", title=words.title(broadcast), count=count), ends=True)


def _done(ctx: Context, broadcast: Broadcast, what: str) -> Reply:
    ctx.audit(f"broadcast.{what}", f"broadcast:{broadcast.id}")
    ctx.db.flush()
    now = words.account(ctx.db, broadcast, ctx.now)
    return Reply(f"{t(f'broadcasts.{what}')}\n{now.text}", now.choices)


def _too_late(ctx: Context, broadcast: Broadcast) -> Reply:
    """A button that came too late: how it stands now."""
    return words.account(ctx.db, broadcast, ctx.now)


def missing(ctx: Context, broadcast_id: int) -> list[Reply]:
    """Who did not get it, by name, with the reason. In private only: the handler sees to it."""
    broadcast = known(ctx, broadcast_id)
    found = ledger.missing(ctx.db, broadcast, ctx.now, NAMES)
    if not found:
        return [Reply(t("broadcasts.nobody-missing"))]
    several = len({each.organization for each in found}) > 1
    told = [t("broadcasts.missing-head", title=words.title(broadcast))]
    for outcome in sorted(MISSED):
        names = [_named(each, several) for each in found if each.outcome == outcome]
        if names:
            told.append(t("broadcasts.missing", why=t(f"broadcasts.why-{outcome}"), names="; ".join(names[:NAMES])))
    rest = ledger.of(ctx.db, broadcast, ctx.now).missed - len(found)
    if rest > 0:
        told.append(t("broadcasts.missing-rest", count=rest))
    return [Reply(text) for text in _pieces("\n".join(told))]


def _named(each: Missing, several: bool) -> str:
    return f"{each.name} ({each.organization})" if several else each.name


def _pieces(text: str) -> list[str]:
    """The text in messages, cut between names."""
    found = []
    while len(text) > PIECE:
        cut = max(text.rfind("; ", 0, PIECE), text.rfind("\n", 0, PIECE)) + 1
        found.append(text[: cut or PIECE].strip())
        text = text[cut or PIECE :]
    return [*found, text.strip()]

"""Which words set what a publisher may add to a paper ("Tùy chọn")."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents.publish import Publish, PublishFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import Filter, Router, choice, kind, private, state

router = Router("publish-options")


def _own_words() -> Filter:
    """Words that answer no choice of any open message."""
    return lambda _incoming, ctx: ctx.chosen is None


def _argument(ctx: Context) -> str:
    if ctx.chosen is None:
        raise NotAllowed
    return ctx.chosen.argument


@router.on(private(), state(Publish.preview), choice("publishing.options"))
def options(_incoming: Incoming, ctx: Context) -> Reply:
    """What may be set."""
    return PublishFlow(ctx).to(Publish.options)


@router.on(private(), state(Publish.options), choice("publishing.option"))
def option(_incoming: Incoming, ctx: Context) -> Reply:
    """This one."""
    return PublishFlow(ctx).option(_argument(ctx))


@router.on(private(), state(Publish.deadline), choice("publishing.days"))
def days(_incoming: Incoming, ctx: Context) -> Reply:
    """Within so many days."""
    return PublishFlow(ctx).in_days(int(_argument(ctx)))


@router.on(private(), state(Publish.deadline), kind(Kind.MESSAGE), _own_words())
def write_deadline(incoming: Incoming, ctx: Context) -> Reply:
    """Until this day."""
    return PublishFlow(ctx).write_deadline(incoming.text)


@router.on(private(), state(Publish.expiry), choice("publishing.no-expiry"))
def no_expiry(_incoming: Incoming, ctx: Context) -> Reply:
    """Valid until it is withdrawn."""
    return PublishFlow(ctx).never_expires()


@router.on(private(), state(Publish.expiry), kind(Kind.MESSAGE), _own_words())
def write_expiry(incoming: Incoming, ctx: Context) -> Reply:
    """Valid until this day."""
    return PublishFlow(ctx).write_expiry(incoming.text)


@router.on(private(), state(Publish.check), choice("publishing.no-check"))
def no_check(_incoming: Incoming, ctx: Context) -> Reply:
    """No question."""
    return PublishFlow(ctx).no_check()


@router.on(private(), state(Publish.check), kind(Kind.MESSAGE), _own_words())
def write_check(incoming: Incoming, ctx: Context) -> Reply:
    """The question."""
    return PublishFlow(ctx).write_check(incoming.text)


@router.on(private(), state(Publish.answers), kind(Kind.MESSAGE), _own_words())
def write_answers(incoming: Incoming, ctx: Context) -> Reply:
    """Its answers."""
    return PublishFlow(ctx).write_answers(incoming.text)


@router.on(private(), state(Publish.right), choice("publishing.right"))
def pick_right(_incoming: Incoming, ctx: Context) -> Reply:
    """The right one."""
    return PublishFlow(ctx).pick_right(int(_argument(ctx)))

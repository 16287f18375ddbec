"""Which words lead to the publishing dialogue."""

from __future__ import annotations

from bot.context import Context
from bot.flows.documents.intake import PAPERS
from bot.flows.documents.publish import Publish, PublishFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import (
    Answer,
    Filter,
    Router,
    attached,
    choice,
    command,
    kind,
    private,
    state,
)
from bot.texts import t

router = Router("publishing")

STEPS = (
    Publish.paper, Publish.offer, Publish.audience, Publish.confirm, Publish.number, Publish.summary, Publish.preview,
)  # fmt: skip


def _own_words() -> Filter:
    """Words that answer no choice of any open message."""
    return lambda _incoming, ctx: ctx.chosen is None


@router.on(command("vanban", "phát hành văn bản", "ban hành văn bản", "gửi văn bản", "đăng văn bản"))
def publish(incoming: Incoming, ctx: Context) -> Reply:
    """Begin publishing, with or without the paper in the same message."""
    if ctx.is_group:
        ctx.lead()
        return Reply(t("documents.publish-in-private"))
    if incoming.attachments:
        return PublishFlow(ctx).begin_with(incoming, ctx.args)
    return PublishFlow(ctx).begin_with(incoming, ctx.args) if ctx.args else PublishFlow(ctx).begin()


@router.on(private(), state(Publish.paper), kind(Kind.MESSAGE))
def paper(incoming: Incoming, ctx: Context) -> Answer:
    """The paper that was asked for."""
    return PublishFlow(ctx).add(incoming)


@router.on(private(), kind(Kind.UNSUPPORTED), lambda _incoming, ctx: ctx.dialogue.flow == PublishFlow.name)
def unsupported(_incoming: Incoming, ctx: Context) -> Reply:
    """A file on Zalo, where bots get none: say what does work."""
    ctx.dialogue.update()
    return Reply(t("documents.zalo-no-files"), PublishFlow(ctx).ask().choices)


@router.on(private(), state(*STEPS), attached())
def one_more(incoming: Incoming, ctx: Context) -> Answer:
    """One more page or file of the draft."""
    return PublishFlow(ctx).add(incoming)


@router.on(private(), state(Publish.offer), choice("documents.go"))
def go(_incoming: Incoming, ctx: Context) -> Reply:
    """Yes, publish what came."""
    return PublishFlow(ctx).advance()


@router.on(private(), state(Publish.offer), choice("documents.more-pages"))
def more_pages(_incoming: Incoming, ctx: Context) -> Reply:
    """More pages are coming."""
    ctx.dialogue.update()
    return Reply(t("documents.send-more"), PublishFlow(ctx).ask().choices)


@router.on(private(), state(Publish.audience), choice("documents.audience"))
def audience(_incoming: Incoming, ctx: Context) -> Reply:
    """For whom."""
    return PublishFlow(ctx).pick_audience(_number(ctx.chosen))


@router.on(private(), state(Publish.audience), kind(Kind.MESSAGE), _own_words())
def audience_by_name(incoming: Incoming, ctx: Context) -> Reply:
    """For whom, in words."""
    return PublishFlow(ctx).name_audience(incoming.text)


@router.on(private(), state(Publish.confirm), choice("documents.confirm"))
def confirm(_incoming: Incoming, ctx: Context) -> Reply:
    """The sender answers for the paper."""
    return PublishFlow(ctx).confirm()


@router.on(private(), state(Publish.number), choice("documents.number-take"))
def take_number(_incoming: Incoming, ctx: Context) -> Reply:
    """The proposed number is right."""
    return PublishFlow(ctx).take_number()


@router.on(private(), state(Publish.number), choice("documents.number-skip"))
def skip_number(_incoming: Incoming, ctx: Context) -> Reply:
    """There is no number."""
    return PublishFlow(ctx).skip_number()


@router.on(private(), state(Publish.number), kind(Kind.MESSAGE), _own_words())
def write_number(incoming: Incoming, ctx: Context) -> Reply:
    """The number as typed."""
    return PublishFlow(ctx).write_number(incoming.text)


@router.on(private(), state(Publish.summary), choice("documents.summary-take"))
def take_summary(_incoming: Incoming, ctx: Context) -> Reply:
    """The proposed summary is right."""
    return PublishFlow(ctx).take_summary()


@router.on(private(), state(Publish.summary), kind(Kind.MESSAGE), _own_words())
def write_summary(incoming: Incoming, ctx: Context) -> Reply:
    """The summary as typed."""
    return PublishFlow(ctx).write_summary(incoming.text)


@router.on(private(), state(Publish.preview), choice("documents.send"))
def send(_incoming: Incoming, ctx: Context) -> Reply:
    """Publish."""
    return PublishFlow(ctx).send(privately=ctx.chosen is not None and ctx.chosen.argument == "private")


@router.on(private(), state(Publish.preview), choice("documents.change-number"))
def change_number(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to the number."""
    flow = PublishFlow(ctx)
    flow.ask_number()
    return flow.ask()


@router.on(private(), state(Publish.preview), choice("documents.change-summary"))
def change_summary(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to the summary."""
    flow = PublishFlow(ctx)
    flow.ask_summary()
    return flow.ask()


def _paper_from_above() -> Filter:
    """A file, a photo or a forwarded message from somebody who may publish, outside of any dialogue."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        idle = not ctx.dialogue.flow or ctx.dialogue.asleep
        brought = any(each.kind in PAPERS for each in incoming.attachments) or (
            incoming.forwarded and len(incoming.text) > 40
        )
        return incoming.kind is Kind.MESSAGE and idle and brought and bool(ctx.led())

    return passes


@router.on(private(), _paper_from_above())
def offer(incoming: Incoming, ctx: Context) -> Reply:
    """A paper without a command: shall it be published?"""
    return PublishFlow(ctx).offer(incoming)

"""Which words lead to the publishing dialogue, to new versions, passing on, and withdrawing."""

from __future__ import annotations

from bot import upload_links
from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents import cascade, versions
from bot.flows.documents.cascade import DirectFlow, Directing
from bot.flows.documents.intake import PAPERS
from bot.flows.documents.publish import Publish, PublishFlow
from bot.flows.documents.validity import Withdrawal, WithdrawalFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import Answer, Filter, Router, attached, choice, command, kind, private, state
from bot.texts import t

router = Router("publishing")

STEPS = tuple(getattr(Publish, name) for name in Publish.names())


def _own_words() -> Filter:
    """Words that answer no choice of any open message."""
    return lambda _incoming, ctx: ctx.chosen is None


def _argument(ctx: Context) -> str:
    if ctx.chosen is None:
        raise NotAllowed
    return ctx.chosen.argument


def _number(ctx: Context) -> int:
    return int(_argument(ctx))


# --- the paper -----------------------------------------------------------------------------------------------------
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
    return Reply(upload_links.instead(ctx), PublishFlow(ctx).ask().choices)


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


@router.on(private(), state(Publish.confirm), choice("documents.confirm"))
def confirm(_incoming: Incoming, ctx: Context) -> Reply:
    """The sender answers for the paper."""
    return PublishFlow(ctx).confirm()


@router.on(private(), state(Publish.preview), choice("documents.send"))
def send(_incoming: Incoming, ctx: Context) -> Reply:
    """Publish."""
    return PublishFlow(ctx).send(privately=_argument(ctx) == "private")


@router.on(private(), state(*STEPS), choice("publishing.review"))
def review(_incoming: Incoming, ctx: Context) -> Reply:
    """Leave it as it is: back to the preview."""
    return PublishFlow(ctx).advance()


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


# --- for whom ------------------------------------------------------------------------------------------------------
@router.on(private(), state(Publish.audience), choice("documents.audience"))
def audience(_incoming: Incoming, ctx: Context) -> Reply:
    """For whom."""
    return PublishFlow(ctx).pick_audience(_number(ctx))


@router.on(private(), state(Publish.audience), kind(Kind.MESSAGE), _own_words())
def audience_by_name(incoming: Incoming, ctx: Context) -> Reply:
    """For whom, in words."""
    return PublishFlow(ctx).name_audience(incoming.text)


@router.on(private(), state(Publish.preview), choice("publishing.scope"))
def scope(_incoming: Incoming, ctx: Context) -> Reply:
    """Not for everybody there."""
    return PublishFlow(ctx).to(Publish.scope)


@router.on(private(), state(Publish.scope), choice("publishing.circle"))
def circle(_incoming: Incoming, ctx: Context) -> Reply:
    """Everybody, or a circle of roles."""
    return PublishFlow(ctx).pick_circle(_argument(ctx))


@router.on(private(), state(Publish.scope), choice("publishing.elsewhere"))
def elsewhere(_incoming: Incoming, ctx: Context) -> Reply:
    """Another organization."""
    return PublishFlow(ctx).to(Publish.audience)


@router.on(private(), state(Publish.scope), choice("publishing.list"))
def by_list(_incoming: Incoming, ctx: Context) -> Reply:
    """A list of names."""
    return PublishFlow(ctx).list_people()


@router.on(private(), state(Publish.people), choice("publishing.pick"))
def pick(_incoming: Incoming, ctx: Context) -> Reply:
    """This one, or not this one."""
    return PublishFlow(ctx).toggle(_argument(ctx))


@router.on(private(), state(Publish.people), choice("publishing.show-list"))
def show_list(_incoming: Incoming, ctx: Context) -> Reply:
    """Names to pick from."""
    return PublishFlow(ctx).show_list(_number(ctx))


@router.on(private(), state(Publish.people), choice("publishing.list-done"))
def list_done(_incoming: Incoming, ctx: Context) -> Reply:
    """The list is complete."""
    return PublishFlow(ctx).people_done()


@router.on(private(), state(Publish.scope), kind(Kind.MESSAGE), _own_words())
def name_at_scope(incoming: Incoming, ctx: Context) -> Reply:
    """Names at once, without asking for the list first."""
    flow = PublishFlow(ctx)
    flow.list_people()
    return flow.name_people(incoming.text)


@router.on(private(), state(Publish.people), kind(Kind.MESSAGE), _own_words())
def name_people(incoming: Incoming, ctx: Context) -> Reply:
    """Names as typed."""
    return PublishFlow(ctx).name_people(incoming.text)


# --- what stands on it ---------------------------------------------------------------------------------------------
@router.on(private(), state(Publish.preview), choice("publishing.correct"))
def correct(_incoming: Incoming, ctx: Context) -> Reply:
    """Something was not recognised rightly."""
    return PublishFlow(ctx).to(Publish.edit)


@router.on(private(), state(Publish.edit), choice("publishing.edit"))
def edit(_incoming: Incoming, ctx: Context) -> Reply:
    """This part."""
    return PublishFlow(ctx).edit(_argument(ctx))


@router.on(private(), state(Publish.number), choice("documents.number-skip"))
def skip_number(_incoming: Incoming, ctx: Context) -> Reply:
    """There is no number."""
    return PublishFlow(ctx).skip_number()


@router.on(private(), state(Publish.number), kind(Kind.MESSAGE), _own_words())
def write_number(incoming: Incoming, ctx: Context) -> Reply:
    """The number as typed."""
    return PublishFlow(ctx).write_number(incoming.text)


@router.on(private(), state(Publish.summary), kind(Kind.MESSAGE), _own_words())
def write_summary(incoming: Incoming, ctx: Context) -> Reply:
    """The summary as typed."""
    return PublishFlow(ctx).write_summary(incoming.text)


@router.on(private(), state(Publish.date), choice("publishing.date-skip"))
def skip_date(_incoming: Incoming, ctx: Context) -> Reply:
    """There is no date."""
    return PublishFlow(ctx).skip_date()


@router.on(private(), state(Publish.date), kind(Kind.MESSAGE), _own_words())
def write_date(incoming: Incoming, ctx: Context) -> Reply:
    """The date as typed."""
    return PublishFlow(ctx).write_date(incoming.text)


@router.on(private(), state(Publish.issuer), kind(Kind.MESSAGE), _own_words())
def write_issuer(incoming: Incoming, ctx: Context) -> Reply:
    """Who issued it."""
    return PublishFlow(ctx).write_issuer(incoming.text)


@router.on(private(), state(Publish.kind), choice("publishing.kind"))
def pick_kind(_incoming: Incoming, ctx: Context) -> Reply:
    """This type."""
    return PublishFlow(ctx).pick_kind(_argument(ctx))


@router.on(private(), state(Publish.kind), choice("publishing.kinds"))
def more_kinds(_incoming: Incoming, ctx: Context) -> Reply:
    """More types."""
    return PublishFlow(ctx).more_kinds(_number(ctx))


@router.on(private(), state(Publish.kind), kind(Kind.MESSAGE), _own_words())
def write_kind(incoming: Incoming, ctx: Context) -> Reply:
    """The type in words."""
    return PublishFlow(ctx).write_kind(incoming.text)


# --- new versions, down the levels, withdrawing --------------------------------------------------------------------
@router.on(private(), state(Publish.replace), choice("publishing.decide"))
def decide(_incoming: Incoming, ctx: Context) -> Reply:
    """It replaces the earlier one, or is another paper."""
    return PublishFlow(ctx).decide(_number(ctx))


@router.on(private(), choice("publishing.replace"))
def replace(_incoming: Incoming, ctx: Context) -> Reply:
    """A new version of this paper."""
    return PublishFlow(ctx).begin_replacing(versions.replaceable(ctx, _number(ctx)))


@router.on(private(), choice("publishing.direct"))
def direct(_incoming: Incoming, ctx: Context) -> Reply:
    """A word of one's own to a paper from above."""
    return DirectFlow(ctx).begin(_number(ctx))


@router.on(private(), state(Directing.review), choice("publishing.direct-send"))
def direct_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Tell everybody below."""
    return DirectFlow(ctx).send()


@router.on(private(), state(Directing.review), choice("publishing.direct-again"))
def direct_again(_incoming: Incoming, ctx: Context) -> Reply:
    """In other words."""
    return DirectFlow(ctx).change()


@router.on(private(), state(Directing.words, Directing.review), kind(Kind.MESSAGE), _own_words())
def write_direction(incoming: Incoming, ctx: Context) -> Reply:
    """The words."""
    return DirectFlow(ctx).write(incoming.text)


@router.on(private(), choice("publishing.pass"))
def ask_pass(_incoming: Incoming, ctx: Context) -> Reply:
    """What passing this one on would mean."""
    return cascade.ask_pass(ctx, _number(ctx))


@router.on(private(), command("chuyentiep", "chuyển tiếp xuống", "chuyển tiếp", "chuyển tiếp văn bản"))
def pass_newest(_incoming: Incoming, ctx: Context) -> Reply:
    """The newest paper for leaders, or the one that is named."""
    return cascade.pass_newest(ctx, ctx.args)


@router.on(private(), choice("publishing.pass-send"))
def pass_on(_incoming: Incoming, ctx: Context) -> Reply:
    """Pass it on."""
    document_id, _, organization_id = _argument(ctx).partition(":")
    return cascade.pass_on(ctx, int(document_id), int(organization_id))


@router.on(private(), choice("publishing.pass-not"))
def pass_not(_incoming: Incoming, _ctx: Context) -> Reply:
    """Not now."""
    return Reply(t("publishing.pass-kept"), ends=True)


@router.on(private(), choice("documents.withdraw"))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Withdraw this one."""
    return WithdrawalFlow(ctx).begin(_number(ctx))


@router.on(private(), state(Withdrawal.reason), choice("publishing.because"))
def because(_incoming: Incoming, ctx: Context) -> Reply:
    """For one of the usual reasons."""
    return WithdrawalFlow(ctx).pick(_argument(ctx))


@router.on(private(), state(Withdrawal.reason), kind(Kind.MESSAGE), _own_words())
def write_reason(incoming: Incoming, ctx: Context) -> Reply:
    """The reason in words."""
    return WithdrawalFlow(ctx).write(incoming.text)

"""Published answers (hỏi đáp), the roll-up for committees (tổng hợp kiến nghị) and its Excel sheet."""

from __future__ import annotations

from bot.context import Context
from bot.flows.questions import export, published, rollup
from bot.flows.questions.published import Publishing
from bot.messages import Incoming, Kind, Reply
from bot.routing import Router, addressed, begins, choice, command, group, kind, logged_in, private, state
from bot.texts import t

router = Router("question_books")


# --- reading what is published --------------------------------------------------------------------------------------
@router.on(group(), command("hoidap", "hỏi đáp"))
def in_private(_incoming: Incoming, _ctx: Context) -> Reply:
    """A group is not disturbed with lists."""
    return Reply(t("questions.faq-in-private"))


@router.on(private(), command("hoidap", "hỏi đáp", "xem hỏi đáp", "các câu hỏi đáp"))
def listed(_incoming: Incoming, ctx: Context) -> Reply:
    """Everything, or what fits the words behind the command."""
    return published.search(ctx, ctx.args) if ctx.args else published.listed(ctx)


@router.on(private(), logged_in(), begins("hoi dap", "hoi dap:", "tim hoi dap"))
def search(_incoming: Incoming, ctx: Context) -> Reply:
    """ "Hỏi đáp nộp đảng phí"."""
    words = ctx.args.lstrip(": ")
    return published.search(ctx, words) if words else published.listed(ctx)


@router.on(private(), choice("questions.faq-one"))
def one(_incoming: Incoming, ctx: Context) -> Reply:
    """One of them in full."""
    return published.one(ctx, _id(ctx))


@router.on(private(), choice("questions.faq-page"))
def page(_incoming: Incoming, ctx: Context) -> Reply:
    """The next entries."""
    return published.listed(ctx, _id(ctx))


# --- publishing -----------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.publish"))
def begin(_incoming: Incoming, ctx: Context) -> Reply:
    """Put an answer among the published ones: look at it first."""
    return published.begin(ctx, _id(ctx))


@router.on(private(), state(Publishing.check), choice("questions.faq-publish"))
def publish(_incoming: Incoming, ctx: Context) -> Reply:
    """Yes, for these readers."""
    return published.publish(ctx, public=ctx.chosen is not None and ctx.chosen.argument == "all")


@router.on(private(), state(Publishing.check), choice("questions.faq-edit"))
def begin_edit(_incoming: Incoming, ctx: Context) -> Reply:
    """In other words."""
    return published.begin_edit(ctx)


@router.on(private(), state(Publishing.edit), kind(Kind.MESSAGE), lambda _incoming, ctx: ctx.chosen is None)
def edited(incoming: Incoming, ctx: Context) -> Reply:
    """The other words."""
    return published.edited(ctx, incoming.text)


@router.on(private(), choice("questions.faq-withdraw"))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Take it away again."""
    return published.withdraw(ctx, _id(ctx))


@router.on(private(), choice("questions.faq-restore"))
def restore(_incoming: Incoming, ctx: Context) -> Reply:
    """Put it back."""
    return published.restore(ctx, _id(ctx))


# --- for committees -------------------------------------------------------------------------------------------------
@router.on(
    addressed(),
    command("tonghop", "tổng hợp kiến nghị", "tổng hợp câu hỏi", "tổng hợp thắc mắc", "tổng hợp thắc mắc kiến nghị"),
)
def overview(_incoming: Incoming, ctx: Context) -> Reply:
    """Counts by branch."""
    return rollup.overview(ctx)


@router.on(private(), choice("questions.rollup-page"))
def next_page(_incoming: Incoming, ctx: Context) -> Reply:
    """The next branches."""
    return rollup.overview(ctx, _id(ctx))


@router.on(private(), choice("questions.export"))
@router.on(addressed(), command("xuatcauhoi", "xuất câu hỏi", "xuất kiến nghị"))
def export_sheet(_incoming: Incoming, ctx: Context) -> Reply:
    """As an Excel sheet."""
    return export.in_chat(ctx)


def _id(ctx: Context) -> int:
    return int(ctx.chosen.argument) if ctx.chosen else 0

"""Which words lead to documents: lists and search, withdrawal. See also publishing.py and acknowledging.py."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents import shelf
from bot.messages import Choice, Incoming, Reply
from bot.routing import Router, choice, command, private
from bot.texts import t

router = Router("library")


@router.on(private(), choice("menu.new"))
@router.on(private(), command("vanbanmoi", "văn bản mới"))
def new(_incoming: Incoming, ctx: Context) -> Reply:
    """What came in the last weeks, unread first."""
    return shelf.listed(ctx, "new")


@router.on(private(), choice("menu.resolutions"))
@router.on(private(), command("nghiquyet", "học tập nghị quyết", "nghị quyết"))
def resolutions(_incoming: Incoming, ctx: Context) -> Reply:
    """Papers to study."""
    return shelf.listed(ctx, "resolutions")


@router.on(private(), choice("menu.papers"))
@router.on(private(), command("vankien", "văn kiện tư liệu", "văn kiện", "văn bản", "tài liệu"))
def papers(_incoming: Incoming, ctx: Context) -> Reply:
    """Everything."""
    return shelf.listed(ctx, "papers")


@router.on(private(), choice("documents.page"))
def next_page(_incoming: Incoming, ctx: Context) -> Reply:
    """The next entries of a list."""
    which, _, offset = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return shelf.listed(ctx, which, int(offset))


@router.on(private(), choice("documents.open"))
def opened(_incoming: Incoming, ctx: Context) -> Reply:
    """Show one again."""
    return shelf.opened(ctx, _number(ctx.chosen))


@router.on(private(), command("tim"))
def search(_incoming: Incoming, ctx: Context) -> Reply:
    """Find by number or words."""
    return shelf.search(ctx, ctx.args)


@router.on(private(), command("thuhoi", "thu hồi văn bản"))
def ask_withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Which one to withdraw."""
    return shelf.ask_withdraw(ctx, ctx.args)


@router.on(private(), choice("documents.withdraw"))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Withdraw this one."""
    return shelf.withdraw(ctx, _number(ctx.chosen))


@router.on(private(), choice("documents.keep"))
def keep(_incoming: Incoming, _ctx: Context) -> Reply:
    """Withdraw nothing."""
    return Reply(t("documents.kept"))


def _number(chosen: Choice | None) -> int:
    if chosen is None:
        raise NotAllowed
    return int(chosen.argument)

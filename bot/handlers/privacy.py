"""Consents and links: what one has agreed to, and how to take it back. In private only."""

from __future__ import annotations

from bot.context import Context
from bot.flows import privacy
from bot.messages import Incoming, Reply
from bot.routing import Router, choice, command, group, private
from bot.texts import t
from storage.consents import Purpose

router = Router("privacy")

OVERVIEW = ("quyền riêng tư", "riêng tư", "bảo vệ dữ liệu", "đồng ý của tôi")
WITHDRAW = ("rút đồng ý", "rút lại đồng ý", "tôi rút đồng ý", "thôi đồng ý")
LINKS = ("hủy các liên kết cũ", "hủy liên kết cũ", "hủy liên kết", "hủy các đường dẫn cũ", "hủy đường dẫn cũ")


@router.on(group(), command("riengtu", *OVERVIEW))
@router.on(group(), command("rutdongy", *WITHDRAW))
@router.on(group(), command("huylienket", *LINKS))
def in_private(_incoming: Incoming, _ctx: Context) -> Reply:
    """What somebody agreed to is nobody else's business."""
    return Reply(t("privacy.in-private"))


@router.on(private(), command("riengtu", *OVERVIEW))
def overview(_incoming: Incoming, ctx: Context) -> Reply:
    """What I have agreed to."""
    return privacy.overview(ctx)


@router.on(private(), command("rutdongy", *WITHDRAW))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Take a consent back."""
    return privacy.withdraw(ctx)


@router.on(private(), command("huylienket", *LINKS))
@router.on(private(), choice("privacy.links"))
def links(_incoming: Incoming, ctx: Context) -> Reply:
    """Ask before all old links go."""
    _ = ctx.me
    return privacy.ask_links(ctx)


@router.on(private(), choice("privacy.links-now"))
def links_now(_incoming: Incoming, ctx: Context) -> Reply:
    """They go."""
    return privacy.cut_links(ctx)


@router.on(private(), choice("privacy.look"))
def look(_incoming: Incoming, ctx: Context) -> Reply:
    """One purpose was picked."""
    return privacy.look(ctx, _purpose(ctx))


@router.on(private(), choice("privacy.yes"))
def agree(_incoming: Incoming, ctx: Context) -> Reply:
    """Agreed."""
    return privacy.agree(ctx, _purpose(ctx))


@router.on(private(), choice("privacy.no"))
def refuse(_incoming: Incoming, ctx: Context) -> Reply:
    """Not agreed."""
    return privacy.refuse(ctx, _purpose(ctx))


@router.on(private(), choice("privacy.withdraw"))
def withdraw_now(_incoming: Incoming, ctx: Context) -> Reply:
    """Withdrawn."""
    return privacy.withdraw_now(ctx, _purpose(ctx))


@router.on(private(), choice("privacy.later", "privacy.keep"))
def leave(_incoming: Incoming, ctx: Context) -> Reply:
    """Nothing changes."""
    ctx.close_question()
    return Reply(t("privacy.unchanged"), ends=True)


def _purpose(ctx: Context) -> Purpose:
    return privacy.purpose_of(ctx.chosen.argument if ctx.chosen is not None else "")

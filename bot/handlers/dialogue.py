"""Words that every dialogue knows: hủy, quay lại."""

from __future__ import annotations

from bot.context import Context
from bot.fsm import Flow
from bot.messages import Incoming, Reply
from bot.routing import Router, choice, command, private
from bot.texts import t

router = Router("dialogue")


@router.on(private(), choice("dialogue.cancel"))
@router.on(private(), command("huy", "hủy", "huỷ", "hủy bỏ", "thôi"))
def cancel(_incoming: Incoming, ctx: Context) -> Reply:
    """Drop the dialogue under way; what was interrupted by it goes on."""
    if not ctx.dialogue.flow:
        return Reply(t("dialogue.nothing-to-cancel"), ends=True)
    title = Flow.registry[ctx.dialogue.flow](ctx).title()
    ctx.dialogue.finish()
    return Reply(t("dialogue.cancelled", title=title), ends=True)


@router.on(private(), choice("dialogue.back"))
@router.on(private(), command("quaylai", "quay lại", "lùi lại", "trở lại"))
def back(_incoming: Incoming, ctx: Context) -> Reply | list[Reply]:
    """One step back."""
    if not ctx.dialogue.flow:
        return Reply(t("dialogue.nothing-to-cancel"))
    moved = ctx.dialogue.back()
    question = Flow.registry[ctx.dialogue.flow](ctx).ask()
    return question if moved else [Reply(t("dialogue.first-step")), question]


@router.on(private(), command("tiep", "tiếp", "tiếp tục", "làm tiếp"))
def go_on(_incoming: Incoming, ctx: Context) -> Reply:
    """Show the current question again."""
    if not ctx.dialogue.flow:
        return Reply(t("dialogue.nothing-to-cancel"))
    ctx.dialogue.touched = ctx.dialogue.changed = True
    return Flow.registry[ctx.dialogue.flow](ctx).ask()

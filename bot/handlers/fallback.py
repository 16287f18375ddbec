"""What nobody else understood: a short useful answer in private, silence in a group."""

from __future__ import annotations

from bot.context import Context
from bot.courtesy import is_bare
from bot.fsm import Flow
from bot.messages import Choice, Incoming, Kind, Reply
from bot.routing import Router, kind, private
from bot.texts import t
from storage import outbox

router = Router("fallback")


@router.on(private(), kind(Kind.CHOICE))
def old_button(_incoming: Incoming, _ctx: Context) -> Reply:
    """A button whose matter is over."""
    return Reply(t("dialogue.closed"))


@router.on(private(), kind(Kind.MESSAGE, Kind.UNSUPPORTED))
def not_understood(incoming: Incoming, ctx: Context) -> Reply | None:
    """Repeat the open question, or say what can be written."""
    if ctx.dialogue.flow and not ctx.dialogue.asleep:
        ctx.dialogue.touched = ctx.dialogue.changed = True
        return Flow.registry[ctx.dialogue.flow](ctx).ask()
    if is_bare(incoming.text) and (again := _open_question(ctx)) is not None:
        return again
    if ctx.member is None:
        return Reply(t("fallback.stranger"))
    if incoming.kind is Kind.UNSUPPORTED:
        return Reply(t("fallback.unsupported"))
    return Reply(t("fallback.member"))


def _open_question(ctx: Context) -> Reply | None:
    """People press "OK" on anything: it decides nothing, so the open question's answers are shown again."""
    question = outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id)
    if question is None or not question.choices or question.about.startswith("dialogue:"):
        return None
    choices = tuple(Choice(**choice) for choice in question.choices)
    return Reply(t("fallback.which", question=question.text.partition("\n")[0]), choices, about=question.about)

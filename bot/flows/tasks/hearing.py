"""Which lines and pictures are about tasks: those that name one, or answer a message on one; never what belongs to an
invitation or a paper."""

from __future__ import annotations

from bot.context import Context
from bot.flows.tasks.finding import answered
from bot.flows.tasks.speech import Intent, number_in, read
from bot.matching import Label
from bot.messages import Incoming, Kind

RECORDS = frozenset({Label.ATTEND, Label.LATE, Label.ABSENT, Label.ABSENT_WITH_REASON})
"""What belongs to invitations, whatever else the line holds."""


def about_task(incoming: Incoming, ctx: Context) -> bool:
    """A line about a task: it names one, or answers a message on one. Never one that belongs to an invitation or a
    paper."""
    if incoming.kind is not Kind.MESSAGE or len(incoming.text) > 1000:
        return False
    words = read(incoming.text)
    if words is None or ctx.understanding.label in RECORDS or incoming.text.rstrip().endswith("?"):
        return False
    if words.intent is Intent.SHOW:
        return True
    to_paper = ctx.question is not None and bool(incoming.reply_to) and not ctx.question.about.startswith("task:")
    read_a_paper = any(word in f" {ctx.folded} " for word in (" doc ", " van ban ", " tai lieu "))
    if to_paper or (read_a_paper and words.number is None):
        return False
    return words.named or answered(ctx) is not None


def sharp(incoming: Incoming, _ctx: Context) -> bool:
    """ "#2": a task's number, whatever question is open."""
    words = read(incoming.text) if incoming.text.strip().startswith("#") else None
    return incoming.kind is Kind.MESSAGE and words is not None and words.intent is Intent.SHOW


def picture(incoming: Incoming, ctx: Context) -> bool:
    """A photo whose caption calls a task by number, or that answers a message on a task."""
    replied = incoming.reply_to and ctx.question is not None and ctx.question.about.startswith("task:")
    return incoming.kind is Kind.MESSAGE and (bool(replied) or number_in(incoming.text) is not None)

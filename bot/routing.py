"""Router and filters: which words lead where. First match wins; the order of routers is one visible list
(bot/handlers/__init__.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.context import Context
from bot.fsm import Flow, State
from bot.matching import fold, words_only
from bot.messages import Incoming, Kind, Reply

Answer = Reply | Sequence[Reply] | None
Handler = Callable[[Incoming, Context], Answer]
Filter = Callable[[Incoming, Context], bool]

SPOKEN = frozenset({Kind.MESSAGE, Kind.CHOICE})
COMMAND_WORDS: set[str] = set()
"""Every command that is written as plain words, without marks: a dialogue never takes one of them for its answer."""


class Router:
    """The handlers of one feature, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[tuple[Filter, ...], Handler]] = []

    def on(self, *filters: Filter) -> Callable[[Handler], Handler]:
        """Register a handler for messages that pass every filter."""

        def register(handler: Handler) -> Handler:
            self.rows.append((filters, handler))
            return handler

        return register

    def find(self, incoming: Incoming, ctx: Context) -> Handler | None:
        """The first handler whose filters all pass."""
        for filters, handler in self.rows:
            if all(passes(incoming, ctx) for passes in filters):
                return handler
        return None


def route(routers: Iterable[Router], incoming: Incoming, ctx: Context) -> Handler | None:
    """The first handler of the first router that has one."""
    return next((found for router in routers if (found := router.find(incoming, ctx))), None)


def command(name: str, *words: str) -> Filter:
    """`/name rest`, or one of `words` as the whole text, whatever its case and diacritics. Sets `ctx.args`."""
    known = frozenset(words_only(word) for word in words)
    COMMAND_WORDS.update(known)

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind is not Kind.MESSAGE or not incoming.addressed:
            return False
        text = incoming.text.strip()
        if text.startswith("/"):
            head, _, rest = text[1:].partition(" ")
            if fold(head) != name:
                return False
            ctx.args = rest.strip()
            return True
        ctx.args = ""
        return bool(ctx.said) and ctx.said in known

    return passes


def begins(*starts: str) -> Filter:
    """The text begins with one of these (written folded, e.g. "hoi:"). Sets `ctx.args` to the rest."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind is not Kind.MESSAGE:
            return False
        text = incoming.text.strip()
        for end in range(1, min(len(text), 40) + 1):
            if fold(text[:end]) in starts and not (text[end - 1 : end + 1].isalnum() and text[end : end + 1]):
                ctx.args = text[end:].strip()
                return True
        return False

    return passes


def choice(*actions: str) -> Filter:
    """A choice with one of these actions was pressed, or named by number or words."""
    return lambda _incoming, ctx: ctx.chosen is not None and ctx.chosen.action in actions


def state(*steps: State) -> Filter:
    """The speaker's dialogue is at one of these steps, awake, and this is something said in it."""
    known = {(step.group, step.name) for step in steps}

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind not in SPOKEN or not ctx.dialogue.flow or ctx.dialogue.asleep:
            return False
        # A command interrupts; it is never an answer, unless the dialogue itself offers it.
        if incoming.text.startswith("/") or (ctx.chosen is None and ctx.said in COMMAND_WORDS):
            return False
        group = Flow.registry[ctx.dialogue.flow].states.__name__
        return (group, ctx.dialogue.state) in known

    return passes


def private() -> Filter:
    """In a private chat."""
    return lambda incoming, _ctx: not incoming.address.is_group


def group() -> Filter:
    """In a group."""
    return lambda incoming, _ctx: incoming.address.is_group


def addressed() -> Filter:
    """Meant for the bot: private, or mentioned, or a reply to it."""
    return lambda incoming, _ctx: incoming.addressed


def kind(*kinds: Kind) -> Filter:
    """Of one of these kinds."""
    return lambda incoming, _ctx: incoming.kind in kinds


def logged_in() -> Filter:
    """The speaker is a known member."""
    return lambda _incoming, ctx: ctx.member is not None


def attached() -> Filter:
    """At least one file came along."""
    return lambda incoming, _ctx: bool(incoming.attachments)


def about(prefix: str) -> Filter:
    """A reply to one of the bot's messages about such a thing ("document:", "question:")."""
    return lambda incoming, ctx: bool(
        incoming.reply_to and ctx.question is not None and ctx.question.about.startswith(prefix)
    )


def understood(*labels: str) -> Filter:
    """Free text (or a corrected one) that says one of these (labels of bot.matching)."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        return incoming.kind in {Kind.MESSAGE, Kind.EDIT} and ctx.understanding.label in labels

    return passes

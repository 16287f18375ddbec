"""Router and filters: which words lead where. First match wins; the order of routers is one visible list
(bot/handlers/__init__.py).

Some 150 rows would be asked about every message. Most filters look only at the message's Situation (its kind, the
chat, the command or choice, the dialogue's step), of which there are few; so a router remembers which rows a situation
leaves over and asks these only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

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
COMMAND_NAMES: set[str] = set()
"""Every command that is written with a slash, as "/name"."""


class Situation(NamedTuple):
    """What most filters look at, and nothing that is different in every message.

    `command`: "/name" or the plain words of a known command, else "". `action`: of the choice that was pressed or
    named, else None. `step`: (states' name, step) of the dialogue that waits for this message, else None.
    """

    kind: Kind
    is_group: bool
    addressed: bool
    attached: bool
    logged_in: bool
    command: str
    action: str | None
    step: tuple[str, str] | None


class SituationFilter:
    """A filter that needs nothing but the situation."""

    def __init__(self, fits: Callable[[Situation], bool]) -> None:
        self.fits = fits

    def __call__(self, incoming: Incoming, ctx: Context) -> bool:
        """Whether the message passes."""
        return self.fits(situation(incoming, ctx))


class CommandFilter(SituationFilter):
    """One that also sets `ctx.args` to what follows the command's word."""


Row = tuple[tuple[Filter, ...], Handler]


class Router:
    """The handlers of one feature, in order."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[Row] = []
        self._fitting: dict[Situation, list[tuple[bool, Row]]] = {}

    def on(self, *filters: Filter) -> Callable[[Handler], Handler]:
        """Register a handler for messages that pass every filter."""

        def register(handler: Handler) -> Handler:
            self.rows.append((filters, handler))
            self._fitting.clear()
            return handler

        return register

    def find(self, incoming: Incoming, ctx: Context) -> Handler | None:
        """The first handler whose filters all pass."""
        now = situation(incoming, ctx)
        fitting = self._fitting.get(now)
        if fitting is None:
            fitting = self._fitting[now] = [left for row in self.rows if (left := _left_over(row, now)) is not None]
        for by_command, (filters, handler) in fitting:
            if by_command:
                ctx.args = incoming.text.strip().partition(" ")[2].strip() if now.command.startswith("/") else ""
            for passes in filters:
                if not passes(incoming, ctx):
                    break
            else:
                return handler
        return None


@cache
def joined(routers: tuple[Router, ...]) -> Router:
    """One router with the rows of several, in their order; complete when it is first asked for.

    The same one for the same routers: what it has learned of situations serves every program in the process.
    """
    whole = Router(" ".join(router.name for router in routers))
    whole.rows = [row for router in routers for row in router.rows]
    return whole


def _left_over(row: Row, now: Situation) -> tuple[bool, Row] | None:
    """Whether the row has a command among its filters, and what of it the situation leaves open; None when it
    does not fit."""
    filters, handler = row
    fixed = [each for each in filters if isinstance(each, SituationFilter)]
    if not all(each.fits(now) for each in fixed):
        return None
    rest = tuple(each for each in filters if not isinstance(each, SituationFilter))
    return any(isinstance(each, CommandFilter) for each in fixed), (rest, handler)


def situation(incoming: Incoming, ctx: Context) -> Situation:
    """What the filters of `SituationFilter` look at."""
    return Situation(
        kind=incoming.kind,
        is_group=incoming.address.is_group,
        addressed=incoming.addressed,
        attached=bool(incoming.attachments),
        logged_in=ctx.member is not None,
        command=_command(incoming, ctx),
        action=ctx.chosen.action if ctx.chosen is not None else None,
        step=_step(incoming, ctx),
    )


def _command(incoming: Incoming, ctx: Context) -> str:
    if incoming.kind is not Kind.MESSAGE or not incoming.addressed:
        return ""
    text = incoming.text.strip()
    if text.startswith("/"):
        name = "/" + fold(text[1:].partition(" ")[0])
        return name if name in COMMAND_NAMES else ""
    return ctx.said if ctx.said in COMMAND_WORDS else ""


def _step(incoming: Incoming, ctx: Context) -> tuple[str, str] | None:
    """The step that waits for this message; None when there is none or the message is not for it."""
    if incoming.kind not in SPOKEN or not ctx.dialogue.flow or ctx.dialogue.asleep:
        return None
    # A command interrupts; it is never an answer, unless the dialogue itself offers it.
    if incoming.text.startswith("/") or (ctx.chosen is None and ctx.said in COMMAND_WORDS):
        return None
    return Flow.registry[ctx.dialogue.flow].states.__name__, ctx.dialogue.state


def command(name: str, *words: str) -> Filter:
    """`/name rest`, or one of `words` as the whole text, whatever its case and diacritics. Sets `ctx.args`."""
    known = frozenset(words_only(word) for word in words)
    COMMAND_WORDS.update(known)
    COMMAND_NAMES.add(f"/{name}")
    known |= {f"/{name}"}
    return CommandFilter(lambda now: now.command in known)


def begins(*starts: str) -> Filter:
    """The text begins with one of these (written folded, e.g. "hoi:"). Sets `ctx.args` to the rest."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind is not Kind.MESSAGE or not ctx.folded.startswith(starts):
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
    return SituationFilter(lambda now: now.action in actions)


def state(*steps: State) -> Filter:
    """The speaker's dialogue is at one of these steps, awake, and this is something said in it."""
    known = {(step.group, step.name) for step in steps}
    return SituationFilter(lambda now: now.step in known)


def private() -> Filter:
    """In a private chat."""
    return SituationFilter(lambda now: not now.is_group)


def group() -> Filter:
    """In a group."""
    return SituationFilter(lambda now: now.is_group)


def addressed() -> Filter:
    """Meant for the bot: private, or mentioned, or a reply to it."""
    return SituationFilter(lambda now: now.addressed)


def kind(*kinds: Kind) -> Filter:
    """Of one of these kinds."""
    return SituationFilter(lambda now: now.kind in kinds)


def logged_in() -> Filter:
    """The speaker is a known member."""
    return SituationFilter(lambda now: now.logged_in)


def attached() -> Filter:
    """At least one file came along."""
    return SituationFilter(lambda now: now.attached)


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

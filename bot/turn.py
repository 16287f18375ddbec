"""One update in its transaction: who speaks, which question is answered, which handler, what is replied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from sqlmodel import Session

from bot.clock import Clock
from bot.context import Context
from bot.errors import Conflict
from bot.fsm import Flow, FSMContext, OutOfTurn
from bot.links import Links
from bot.matching import choose
from bot.messages import SAYS, Address, Choice, Incoming, Kind, Reply
from bot.routing import Answer, Router
from bot.settings import Settings
from bot.texts import t
from storage import ahead, channels, conversations, members, outbox
from storage.conversations import Conversation
from storage.files import FileStore
from storage.outbox import Delivery, Lane

LANES = {"reply": Lane.REPLY, "urgent": Lane.URGENT, "bulk": Lane.BULK}
SEEN_EVERY = timedelta(minutes=1)
"""`last_seen_at` is written at most so often, to spare the database."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every message is handled with."""

    settings: Settings
    clock: Clock
    links: Links
    store: FileStore


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it waits to be handled. `fetched`: the bytes of its attachments by handle."""

    incoming: Incoming
    fetched: Mapping[str, bytes]


def think(router: Router, around: Surroundings, session: Session, arrival: Arrival) -> None:
    """Handle one update: everything that it changes and says is in `session` afterwards. Raises what a handler raises.

    LookupError when its channel is not there any more.
    """
    now, incoming = around.clock.now(), arrival.incoming
    address = incoming.address
    conversation = conversations.find(session, address.channel_id, address.chat_id, incoming.speaker_id)
    channel = channels.get(session, address.channel_id)
    ctx = Context(
        db=session,
        now=now,
        settings=around.settings,
        incoming=incoming,
        channel=channel,
        dialogue=FSMContext(conversation.stack if conversation else []),
        links=around.links,
        store=around.store,
        fetched=arrival.fetched,
    )
    _look_around(ctx, conversation)
    under_way = ctx.dialogue.mark
    replies = _answer(router, ctx)
    replies += _resume(ctx, under_way, answered=bool(replies))
    for reply in replies:
        stamped = reply
        if reply.to is None and reply.choices and not reply.about:
            stamped = replace(reply, about=ctx.dialogue.mark)
        say(session, stamped, address, now)
    if ctx.dialogue.changed:
        _save(ctx, conversation)


def say(session: Session, reply: Reply, here: Address, now: datetime) -> None:
    """Queue a reply to the chat that it names, else to `here`."""
    to = reply.to or here
    if reply.ends and (question := outbox.open_question(session, to.channel_id, to.chat_id)):
        question.closed_at = now
    outbox.queue_late(
        session,
        {
            "channel_id": to.channel_id,
            "chat_id": to.chat_id,
            "is_group": to.is_group,
            "lane": LANES[reply.lane],
            "text": reply.text,
            "choices": [{"action": c.action, "label": c.label, "argument": c.argument} for c in reply.choices],
            "link": reply.link,
            "about": reply.about,
            "edits": reply.edits,
            "deletes": reply.deletes,
            "created_at": now,
            "due_at": now,
        }
        | ({"file_id": reply.file_id} if reply.file_id is not None else {}),
    )


def _look_around(ctx: Context, conversation: Conversation | None) -> None:
    """Who speaks, in which group, and what they answer."""
    address = ctx.here
    if conversation is not None:
        pause = ctx.now - conversation.updated_at
        ctx.dialogue.asleep = pause > timedelta(hours=ctx.settings.dialogue_hours)
    speaker = ctx.incoming.speaker_id
    known = members.of_account(ctx.db, address.channel_id, speaker) if speaker else None
    if known is not None:
        ctx.member, ctx.account = known
        _seen(ctx)
    if address.is_group:
        ctx.group = channels.group_of(ctx.db, address.channel_id, address.chat_id)
    _find_question(ctx)
    if ctx.chosen is not None and ctx.chosen.action == SAYS:
        ctx.incoming = replace(ctx.incoming, kind=Kind.MESSAGE, text=ctx.chosen.argument, choice="", reply_to="")
        ctx.chosen = ctx.question = None


def _seen(ctx: Context) -> None:
    account = ctx.account
    if account is None or ctx.is_group or ctx.incoming.kind not in {Kind.MESSAGE, Kind.CHOICE}:
        return
    if account.blocked_at is not None or account.chat_id != ctx.here.chat_id:
        account.blocked_at, account.chat_id = None, ctx.here.chat_id
    if ctx.now - account.last_seen_at > SEEN_EVERY:
        members.saw(ctx.db, account, ctx.now)


def _find_question(ctx: Context) -> None:
    """Which of our messages this one answers, and which of its choices."""
    incoming, address = ctx.incoming, ctx.here
    if incoming.kind is Kind.CHOICE:
        ctx.question, ctx.chosen = _pressed(ctx, incoming.choice)
        if ctx.dialogue.asleep and ctx.question is not None and ctx.question.about == ctx.dialogue.mark:
            ctx.dialogue.asleep = False
        return
    if incoming.reply_to:
        ctx.question = outbox.of_message(ctx.db, address.channel_id, address.chat_id, incoming.reply_to)
    if incoming.kind is not Kind.MESSAGE or address.is_group or not incoming.text:
        return
    open_one = ctx.question if ctx.question is not None and ctx.question.choices else None
    open_one = open_one or outbox.open_question(ctx.db, address.channel_id, address.chat_id)
    if open_one is None:
        return
    picked = _choose(incoming.text, tuple(str(choice["label"]) for choice in open_one.choices))
    if picked is not None:
        ctx.question, ctx.chosen = open_one, Choice(**open_one.choices[picked])


@lru_cache(maxsize=2000)
def _choose(text: str, labels: tuple[str, ...]) -> int | None:
    """`choose`, remembered: hundreds answer one invitation in the same few words."""
    return choose(text, labels)


def _pressed(ctx: Context, data: str) -> tuple[Delivery | None, Choice | None]:
    """The question and choice behind a button's data "<delivery id>.<index>"; a forged or foreign one is none."""
    left, _, right = data.partition(".")
    if not (left.isdecimal() and right.isdecimal()):
        return None, None
    question = ahead.get(ctx.db, Delivery, int(left))
    if question is None or int(right) >= len(question.choices) or question.closed_at is not None:
        return None, None
    if (question.channel_id, question.chat_id) != (ctx.here.channel_id, ctx.here.chat_id):
        return None, None
    return question, Choice(**question.choices[int(right)])


def _answer(router: Router, ctx: Context) -> list[Reply]:
    if _is_stale(ctx):
        ctx.chosen = None
        if ctx.dialogue.flow:
            ctx.dialogue.touched = True
            return [Flow.registry[ctx.dialogue.flow](ctx).ask()]
        return [Reply(t("dialogue.closed"))]
    handler = router.find(ctx.incoming, ctx)
    try:
        return _listed(handler(ctx.incoming, ctx)) if handler else []
    except OutOfTurn as turn:
        return [turn.flow.ask()]


def _is_stale(ctx: Context) -> bool:
    """A button of a dialogue's earlier step, or of one that has ended."""
    if ctx.incoming.kind is Kind.CHOICE and ctx.chosen is None:
        return not ctx.is_group
    question = ctx.question
    if ctx.chosen is None or question is None or not question.about.startswith("dialogue:"):
        return False
    return question.about != ctx.dialogue.mark


def _resume(ctx: Context, under_way: str, *, answered: bool) -> list[Reply]:
    """The question of an interrupted dialogue, once what interrupted it has been answered."""
    dialogue = ctx.dialogue
    if ctx.is_group or not dialogue.flow or not answered:
        return []
    if dialogue.touched and (dialogue.mark == under_way or dialogue.is_new or not dialogue.ended):
        return []
    flow = Flow.registry[dialogue.flow](ctx)
    question = flow.ask()
    return [replace(question, text=t("dialogue.resume", title=flow.title()) + "\n" + question.text)]


def _save(ctx: Context, conversation: Conversation | None) -> None:
    row = conversation or Conversation(
        channel_id=ctx.here.channel_id,
        chat_id=ctx.here.chat_id,
        speaker_id=ctx.incoming.speaker_id,
        updated_at=ctx.now,
    )
    if not conversations.save(ctx.db, row, ctx.dialogue.stack, ctx.now):
        raise Conflict


def _listed(answer: Answer) -> list[Reply]:
    if answer is None:
        return []
    return [answer] if isinstance(answer, Reply) else list(answer)

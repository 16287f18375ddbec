"""Incoming -> one transaction -> rows in the outbox.

The inbox key, the new state, the records and the replies commit together (design.md, decision 2). A repeat hits the
unique key and does nothing; a handler that fails rolls back to its own savepoint and the person gets an apology.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.context import Context
from bot.errors import Conflict, SotayError
from bot.fsm import Flow, FSMContext, OutOfTurn
from bot.links import Links
from bot.matching import choose
from bot.messages import Address, Attachment, AttachmentKind, Choice, Incoming, Kind, Platform, Reply
from bot.routing import Answer, Router, route
from bot.settings import Settings
from bot.texts import t
from storage import channels, conversations, inbox, members, outbox
from storage.channels import Channel
from storage.conversations import Conversation
from storage.db import Database, lock_chat
from storage.files import FileStore
from storage.inbox import InboxEntry, InboxState
from storage.outbox import Delivery, Lane

log = structlog.get_logger("dispatcher")

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


class Dispatcher:
    """Turns what came in into what goes out. Plain functions on plain sessions; called in a worker thread."""

    def __init__(
        self, database: Database, routers: Sequence[Router], around: Surroundings, *, wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._routers = routers
        self._around = around
        self._wake = wake

    def wants_files(self, channel_id: int, incoming: Incoming) -> bool:
        """Whether the bytes of this message's attachments are worth fetching: private, and from a known member."""
        if not incoming.attachments or incoming.address.is_group:
            return False
        with self._database.reading() as session:
            return members.of_account(session, channel_id, incoming.speaker_id) is not None

    def handle(
        self,
        channel_id: int,
        batch: Sequence[Incoming],
        *,
        cursor: str | None = None,
        fetched: Mapping[str, bytes] | None = None,
    ) -> int:
        """Handle updates of one channel in one commit, with the poll cursor. Returns how many were new."""
        new = 0
        with self._database.transaction() as session:
            channel = channels.get(session, channel_id)
            for incoming in batch:
                new += self._receive(session, channel, incoming, fetched or {})
            if cursor is not None and cursor != channel.cursor:
                channel.cursor = cursor
        if new:
            self._wake()
        return new

    def retry(self, entry_id: int) -> bool:
        """Handle an update again that was set aside; True when it went well this time."""
        with self._database.transaction() as session:
            entry = session.get_one(InboxEntry, entry_id)
            if entry.state != InboxState.FAILED or entry.body is None:
                return False
            incoming = _incoming(entry.body)
            channel = channels.get(session, entry.channel_id)
            try:
                with session.begin_nested():
                    self._think(session, channel, incoming, {}, self._around.clock.now())
            except Exception as error:
                log.warning("retry failed", entry=entry_id, error=type(error).__name__)
                return False
            entry.state, entry.error, entry.body = InboxState.DONE, "", None
        self._wake()
        return True

    def _receive(self, session: Session, channel: Channel, incoming: Incoming, fetched: Mapping[str, bytes]) -> int:
        now = self._around.clock.now()
        entry = inbox.receive(session, incoming.address.channel_id, incoming.key, now)
        if entry is None:
            return 0
        lock_chat(session, incoming.address.channel_id, incoming.address.chat_id)
        try:
            with session.begin_nested():
                self._think(session, channel, incoming, fetched, now)
        except SotayError as refusal:
            self._queue(session, Reply(t(refusal.key, **refusal.values)), incoming, now)
            if isinstance(refusal, Conflict):
                log.info("conflict", channel=channel.id)
        except Exception as error:
            # The one place where a handler's mistake ends: set aside, visible, and never in the way of the next.
            log.exception("handler failed", channel=channel.id, error=type(error).__name__)
            inbox.fail(session, entry, type(error).__name__, _body(incoming))
            if incoming.addressed and incoming.kind in {Kind.MESSAGE, Kind.CHOICE}:
                self._queue(session, Reply(t("error.general")), incoming, now)
        return 1

    def _think(
        self, session: Session, channel: Channel, incoming: Incoming, fetched: Mapping[str, bytes], now: datetime
    ) -> None:
        conversation = conversations.find(
            session, incoming.address.channel_id, incoming.address.chat_id, incoming.speaker_id
        )
        ctx = self._context(session, channel, incoming, conversation, now)
        ctx.fetched = fetched
        under_way = ctx.dialogue.mark
        replies = self._answer(incoming, ctx)
        replies += self._resume(ctx, under_way, answered=bool(replies))
        for reply in replies:
            stamped = reply
            if reply.to is None and reply.choices and not reply.about:
                stamped = replace(reply, about=ctx.dialogue.mark)
            self._queue(session, stamped, incoming, now)
        if ctx.dialogue.changed:
            self._save(ctx, conversation)

    def _answer(self, incoming: Incoming, ctx: Context) -> list[Reply]:
        if self._is_stale(ctx):
            ctx.chosen = None
            if ctx.dialogue.flow:
                ctx.dialogue.touched = True
                return [Flow.registry[ctx.dialogue.flow](ctx).ask()]
            return [Reply(t("dialogue.closed"))]
        handler = route(self._routers, incoming, ctx)
        try:
            return _listed(handler(incoming, ctx)) if handler else []
        except OutOfTurn as turn:
            return [turn.flow.ask()]

    @staticmethod
    def _is_stale(ctx: Context) -> bool:
        """A button of a dialogue's earlier step, or of one that has ended."""
        if ctx.incoming.kind is Kind.CHOICE and ctx.chosen is None:
            return not ctx.is_group
        question = ctx.question
        if ctx.chosen is None or question is None or not question.about.startswith("dialogue:"):
            return False
        return question.about != ctx.dialogue.mark

    @staticmethod
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

    def _context(
        self,
        session: Session,
        channel: Channel,
        incoming: Incoming,
        conversation: Conversation | None,
        now: datetime,
    ) -> Context:
        address = incoming.address
        known = members.of_account(session, address.channel_id, incoming.speaker_id) if incoming.speaker_id else None
        ctx = Context(
            db=session,
            now=now,
            settings=self._around.settings,
            incoming=incoming,
            channel=channel,
            dialogue=FSMContext(conversation.stack if conversation else []),
            links=self._around.links,
            store=self._around.store,
        )
        if conversation is not None:
            pause = now - conversation.updated_at
            ctx.dialogue.asleep = pause > timedelta(hours=self._around.settings.dialogue_hours)
        if known is not None:
            ctx.member, ctx.account = known
            self._seen(ctx, now)
        if address.is_group:
            ctx.group = channels.group_of(session, address.channel_id, address.chat_id)
        self._find_question(ctx)
        return ctx

    @staticmethod
    def _seen(ctx: Context, now: datetime) -> None:
        account = ctx.account
        if account is None or ctx.is_group or ctx.incoming.kind not in {Kind.MESSAGE, Kind.CHOICE}:
            return
        if account.blocked_at is not None or now - account.last_seen_at > SEEN_EVERY:
            account.blocked_at, account.last_seen_at = None, now
            account.chat_id = ctx.incoming.address.chat_id

    @staticmethod
    def _find_question(ctx: Context) -> None:
        """Which of our messages this one answers, and which of its choices."""
        incoming, address = ctx.incoming, ctx.incoming.address
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
        picked = choose(incoming.text, [str(choice["label"]) for choice in open_one.choices])
        if picked is not None:
            ctx.question, ctx.chosen = open_one, Choice(**open_one.choices[picked])

    def _save(self, ctx: Context, conversation: Conversation | None) -> None:
        address = ctx.incoming.address
        row = conversation or Conversation(
            channel_id=address.channel_id,
            chat_id=address.chat_id,
            speaker_id=ctx.incoming.speaker_id,
            updated_at=ctx.now,
        )
        if not conversations.save(ctx.db, row, ctx.dialogue.stack, ctx.now):
            raise Conflict

    def _queue(self, session: Session, reply: Reply, incoming: Incoming, now: datetime) -> None:
        to: Address = reply.to or incoming.address
        if reply.ends and (question := outbox.open_question(session, to.channel_id, to.chat_id)):
            question.closed_at = now
        outbox.queue(
            session,
            Delivery(
                channel_id=to.channel_id,
                chat_id=to.chat_id,
                is_group=to.is_group,
                lane=LANES[reply.lane],
                text=reply.text,
                choices=[asdict(choice) for choice in reply.choices],
                file_id=reply.file_id,
                link=reply.link,
                about=reply.about,
                edits=reply.edits,
                deletes=reply.deletes,
                created_at=now,
                due_at=now,
            ),
        )


def _pressed(ctx: Context, data: str) -> tuple[Delivery | None, Choice | None]:
    """The question and choice behind a button's data "<delivery id>.<index>"; a forged or foreign one is none."""
    left, _, right = data.partition(".")
    if not (left.isdecimal() and right.isdecimal()):
        return None, None
    question = ctx.db.get(Delivery, int(left))
    if question is None or int(right) >= len(question.choices) or question.closed_at is not None:
        return None, None
    if (question.channel_id, question.chat_id) != (ctx.here.channel_id, ctx.here.chat_id):
        return None, None
    return question, Choice(**question.choices[int(right)])


def _listed(answer: Answer) -> list[Reply]:
    if answer is None:
        return []
    return [answer] if isinstance(answer, Reply) else list(answer)


def _incoming(body: dict[str, Any]) -> Incoming:
    """The reverse of `_body`."""
    return Incoming(
        **{
            **body,
            "kind": Kind(body["kind"]),
            "platform": Platform(body["platform"]),
            "address": Address(**body["address"]),
            "sent_at": datetime.fromisoformat(body["sent_at"]),
            "attachments": tuple(
                Attachment(**{**each, "kind": AttachmentKind(each["kind"])}) for each in body["attachments"]
            ),
        }
    )


def _body(incoming: Incoming) -> dict[str, object]:
    """A failed update for the record, as plain JSON values (it is encrypted at rest)."""
    body = asdict(incoming)
    body["sent_at"] = incoming.sent_at.isoformat()
    return body

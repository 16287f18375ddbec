"""A batch of updates -> one transaction -> rows in the outbox.

The inbox keys, the new states, the records and the replies of a batch commit together (design.md, decision 2). A repeat
hits the unique key and does nothing; a handler that fails takes back its own work only, and the person gets an apology.

First every update of a batch runs without a savepoint, because a savepoint makes the session write at once what could
be written for the whole batch together (measured: two thirds of the time). When one raises, everything is rolled
back and the batch runs again, with a savepoint around the one that raised. What strangers write is refused often, so
it has a savepoint from the start. A database that is away is nobody's mistake: the whole batch is rolled back, nothing
is set aside, and whoever brought the updates brings them again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import structlog
from sqlmodel import Session

from bot.errors import Conflict, SotayError
from bot.messages import Address, Attachment, AttachmentKind, Incoming, Kind, Platform, Reply
from bot.routing import Router, joined
from bot.texts import t
from bot.turn import Arrival, Surroundings, say, think
from storage import ahead, attendance, channels, conversations, inbox, members, outbox
from storage.ahead import Ahead
from storage.db import Database, down, lock_chats
from storage.inbox import InboxEntry, InboxState

log = structlog.get_logger("dispatcher")

STUMBLES = 3
"""Runs of a batch in which single updates may raise; after them each one has its savepoint."""


class _Stumbled(Exception):
    """Something raised where no savepoint was; `at` are the places in the batch that it may have been."""

    def __init__(self, at: set[int]) -> None:
        super().__init__()
        self.at = at


class Dispatcher:
    """Turns what came in into what goes out. Plain functions on plain sessions; called in a worker thread."""

    def __init__(
        self, database: Database, routers: Sequence[Router], around: Surroundings, *, wake: Callable[[], None]
    ) -> None:
        self._database = database
        self._router = joined(tuple(routers))
        self._around = around
        self._wake = wake

    def wants_files(self, incoming: Incoming) -> bool:
        """Whether the bytes of this message's attachments are worth fetching: private, and from a known member."""
        if not incoming.attachments or incoming.address.is_group:
            return False
        with self._database.reading() as session:
            return members.of_account(session, incoming.address.channel_id, incoming.speaker_id) is not None

    def handle(self, arrivals: Sequence[Arrival], cursors: Mapping[int, str] | None = None) -> set[int]:
        """Handle updates in this order in one commit, with poll cursors by channel id.

        Returns the places of those that were new. DatabaseDown when nothing was committed.
        """
        careful: set[int] = set()
        new = None
        for _ in range(STUMBLES):
            try:
                new = self._attempt(arrivals, cursors or {}, careful)
                break
            except _Stumbled as stumble:
                careful = careful | stumble.at
        if new is None:
            new = self._attempt(arrivals, cursors or {}, set(range(len(arrivals))))
        if new:
            self._wake()
        return new

    def retry(self, entry_id: int) -> bool:
        """Handle an update again that was set aside; True when it went well this time."""
        with self._database.transaction() as session:
            entry = session.get_one(InboxEntry, entry_id)
            if entry.state != InboxState.FAILED or entry.body is None:
                return False
            arrival = Arrival(_incoming(entry.body), {})
            lock_chats(session, [(arrival.incoming.address.channel_id, arrival.incoming.address.chat_id)])
            try:
                with session.begin_nested():
                    think(self._router, self._around, session, arrival)
            except Exception as error:
                if (away := down(error)) is not None:
                    raise away from None
                log.warning("retry failed", entry=entry_id, error=type(error).__name__)
                return False
            entry.state, entry.error, entry.body = InboxState.DONE, "", None
        self._wake()
        return True

    def _attempt(self, arrivals: Sequence[Arrival], cursors: Mapping[int, str], careful: set[int]) -> set[int]:
        """One run of the whole batch. _Stumbled when something raised outside of a savepoint."""
        with self._database.transaction() as session:
            entries = inbox.receive(session, [_key(each.incoming) for each in arrivals], self._around.clock.now())
            new = {key: at for at, key in reversed(list(enumerate(_key(each.incoming) for each in arrivals)))}
            places = sorted(new[key] for key in entries)
            lock_chats(session, [_chat(arrivals[at].incoming) for at in places])
            batch = ahead.begin(session)
            _read_ahead(session, [arrivals[at].incoming for at in places], self._around.clock.now())
            strangers = {at for at in places if not _is_known(session, arrivals[at].incoming)}
            plain: set[int] = set()
            """Those whose work nothing separates from that of others."""
            for at in places:
                if at in careful | strangers:
                    self._written(batch, plain)
                    self._carefully(session, batch, arrivals[at], entries[_key(arrivals[at].incoming)])
                else:
                    plain.add(at)
                    self._plainly(session, arrivals, at)
            channels.advance(session, cursors)
            self._written(batch, plain)
        return set(places)

    @staticmethod
    def _written(batch: Ahead, plain: set[int]) -> None:
        """Write what waits. A mistake that shows only now may be any plain update's."""
        try:
            batch.write()
        except Exception as error:
            if (away := down(error)) is not None:
                raise away from None
            raise _Stumbled(plain) from error

    def _plainly(self, session: Session, arrivals: Sequence[Arrival], at: int) -> None:
        try:
            think(self._router, self._around, session, arrivals[at])
        except Exception as error:
            if (away := down(error)) is not None:
                raise away from None
            raise _Stumbled({at}) from error

    def _carefully(self, session: Session, batch: Ahead, arrival: Arrival, entry_id: int) -> None:
        incoming, now = arrival.incoming, self._around.clock.now()
        try:
            with session.begin_nested():
                session.connection()  # sets the savepoint now, not at the first statement
                think(self._router, self._around, session, arrival)
                batch.write()
        except SotayError as refusal:
            say(session, Reply(t(refusal.key, **refusal.values)), incoming.address, now)
            if isinstance(refusal, Conflict):
                log.info("conflict", channel=incoming.address.channel_id)
        except Exception as error:
            if (away := down(error)) is not None:
                raise away from None
            # The one place where a handler's mistake ends: set aside, visible, and never in the way of the next.
            log.exception("handler failed", channel=incoming.address.channel_id, error=type(error).__name__)
            inbox.fail(session, entry_id, type(error).__name__, _body(incoming))
            if incoming.addressed and incoming.kind in {Kind.MESSAGE, Kind.CHOICE}:
                say(session, Reply(t("error.general")), incoming.address, now)


def _read_ahead(session: Session, batch: Sequence[Incoming], now: datetime) -> None:
    """What nearly every update asks, for the whole batch: who speaks, in which dialogue, answering what."""
    if not batch:
        return
    speakers = {(each.address.channel_id, each.speaker_id) for each in batch}
    ahead.keep(session, channels.these(session, {channel_id for channel_id, _ in speakers}))
    found = members.read_ahead(session, speakers)
    conversations.read_ahead(session, {(*_chat(each), each.speaker_id) for each in batch})
    private = [each for each in batch if not each.address.is_group]
    writing = {(each.address.channel_id, each.speaker_id) for each in private if each.kind is Kind.MESSAGE}
    accounts = {row.id or 0 for _, row in found if (row.channel_id, row.user_id) in writing}
    heads = [each.choice.partition(".")[0] for each in private if each.kind is Kind.CHOICE]
    outbox.read_ahead(session, accounts, {int(head) for head in heads if head.isdecimal() and len(head) < 19})
    attendance.read_ahead(session, [member for member, _ in found], now)


def _is_known(session: Session, incoming: Incoming) -> bool:
    return members.of_account(session, incoming.address.channel_id, incoming.speaker_id) is not None


def _key(incoming: Incoming) -> tuple[int, str]:
    return incoming.address.channel_id, incoming.key


def _chat(incoming: Incoming) -> tuple[int, str]:
    return incoming.address.channel_id, incoming.address.chat_id


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

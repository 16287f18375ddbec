"""Claim, send, finish: the only place that talks to people.

A claim and a finish are transactions of their own; the network lies between them. What died in between comes to
light by its lease and is marked unknown, never sent a second time by itself.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.dates import month
from bot.errors import (
    Blocked,
    Migrated,
    Misconfigured,
    OutcomeUnknown,
    QuotaSpent,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)
from bot.messages import AttachmentKind, Outgoing, OutgoingFile
from bot.platforms.base import Adapter, Receipt
from bot.settings import Settings
from storage import channels, files, members, outbox
from storage.channels import ChannelState
from storage.db import Database, DatabaseDown
from storage.files import FileStore
from storage.outbox import Delivery, DeliveryState

log = structlog.get_logger("sender")

ATTEMPTS = 6
"""Tries of a message that did not get through; the pauses between them double from 2 s to about a minute."""
IDLE_SECONDS = 1.0
"""An idle sender looks again after this long, though nobody woke it (retries come due, other processes queue)."""
KINDS = {"image": AttachmentKind.PHOTO, "audio": AttachmentKind.AUDIO}


class Pace:
    """Spaces the sends of one channel: `per_second` on average, with a burst of one second's worth."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second if per_second else 0.0
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for this send's moment."""
        now = time.monotonic()
        self._next = max(self._next, now - 1) + self._gap
        if self._next > now:
            await asyncio.sleep(self._next - now)


class Sender:
    """Sends what is due on every channel that has an adapter."""

    def __init__(
        self, database: Database, adapters: Mapping[int, Adapter], settings: Settings, clock: Clock, store: FileStore
    ) -> None:
        self._database = database
        self._adapters = adapters
        self._settings = settings
        self._clock = clock
        self._store = store
        self._paces: dict[int, Pace] = {}
        self._due = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something was queued (call from the event loop's thread)."""
        self._due.set()

    async def run(self, channel_id: int) -> None:
        """Keep one channel's queue empty until `stop`."""
        while not self._stopping:
            self._due.clear()
            try:
                if await self.drain(channel_id) == 0:
                    await asyncio.wait_for(self._due.wait(), timeout=IDLE_SECONDS)
            except TimeoutError:
                continue
            except DatabaseDown as error:  # what was being sent ends by its lease; the rest waits
                log.error("database away", channel=channel_id, error=type(error).__name__)
                await asyncio.sleep(IDLE_SECONDS)

    def stop(self) -> None:
        """Finish what is in flight and claim nothing more."""
        self._stopping = True
        self._due.set()

    async def drain(self, channel_id: int) -> int:
        """Send everything that is due on one channel. Returns how many messages were tried."""
        tried = 0
        adapter = self._adapters[channel_id]
        while not self._stopping:
            claimed = await asyncio.to_thread(self._claim, channel_id, adapter.capabilities.parallel)
            if not claimed:
                return tried
            await asyncio.gather(*(self._deliver(adapter, message) for message in claimed))
            tried += len(claimed)
        return tried

    def _claim(self, channel_id: int, limit: int) -> list[Delivery]:
        now = self._clock.now()
        with self._database.reading() as session:
            channel = channels.get(session, channel_id)
            resting = channel.paused_until is not None and channel.paused_until > now
            if channel.state != ChannelState.ACTIVE or resting or not outbox.anything_due(session, channel_id, now):
                return []
            pace = channel.per_second
        self._paces.setdefault(channel_id, Pace(pace))
        with self._database.transaction() as session:
            return outbox.claim(session, channel_id, now, limit)

    async def _deliver(self, adapter: Adapter, delivery: Delivery) -> None:
        await self._paces[delivery.channel_id].turn()
        try:
            receipt = await self._send(adapter, delivery)
        except SendError as error:
            await asyncio.to_thread(self._failed, delivery, error)
        except Exception as error:
            # An adapter raises SendError only; anything else is our mistake and must not stop the line.
            log.exception("send failed", delivery=delivery.id, error=type(error).__name__)
            await asyncio.to_thread(self._failed, delivery, Rejected(type(error).__name__))
        else:
            await asyncio.to_thread(self._sent, delivery, receipt)

    async def _send(self, adapter: Adapter, delivery: Delivery) -> Receipt:
        """Send it, or delete what it names; a platform that cannot delete has done what it can."""
        if delivery.deletes:
            await adapter.delete(delivery.chat_id, delivery.deletes)
            return Receipt("")
        return await adapter.send(await asyncio.to_thread(self._outgoing, adapter, delivery))

    def _outgoing(self, adapter: Adapter, delivery: Delivery) -> Outgoing:
        file = None
        text = delivery.text
        if delivery.file_id is not None and adapter.capabilities.files:
            with self._database.reading() as session:
                file = self._file(session, delivery.file_id, delivery.channel_id)
        elif delivery.link:
            text = f"{text}\n{delivery.link}"
        return Outgoing(
            chat_id=delivery.chat_id,
            text=text,
            is_group=delivery.is_group,
            choices=tuple(
                (str(choice["label"]), f"{delivery.id}.{index}") for index, choice in enumerate(delivery.choices)
            ),
            file=file,
            edits=delivery.edits,
        )

    def _file(self, session: Session, file_id: int, channel_id: int) -> OutgoingFile:
        stored = files.get(session, file_id)
        return OutgoingFile(
            kind=KINDS.get(stored.mime.partition("/")[0], AttachmentKind.DOCUMENT),
            name=Path(stored.name).name,
            mime=stored.mime,
            path=str(self._store.path(stored.sha256)),
            handle=files.handle(session, file_id, channel_id),
        )

    def _sent(self, delivery: Delivery, receipt: Receipt) -> None:
        now = self._clock.now()
        with self._database.transaction() as session:
            row = session.get_one(Delivery, delivery.id)
            row.state, row.sent_at, row.message_id, row.error = DeliveryState.SENT, now, receipt.message_id, ""
            if not row.deletes:
                channels.count_sent(session, row.channel_id, month(now, self._settings.zone))
            if row.file_id is not None and receipt.file_handle:
                files.remember_handle(session, row.file_id, row.channel_id, receipt.file_handle)

    def _failed(self, delivery: Delivery, error: SendError) -> None:
        now = self._clock.now()
        log.warning("not sent", delivery=delivery.id, channel=delivery.channel_id, error=type(error).__name__)
        with self._database.transaction() as session:
            row = session.get_one(Delivery, delivery.id)
            channel = channels.get(session, row.channel_id)
            row.error = str(error)[:200]
            match error:
                case Throttled():  # nothing was delivered and no attempt is used up; the channel rests
                    row.state, row.attempts = DeliveryState.PENDING, row.attempts - 1
                    channel.paused_until = now + timedelta(seconds=error.retry_after)
                case Migrated():
                    outbox.move_chat(session, row.channel_id, row.chat_id, error.chat_id)
                    channels.move_group(session, row.channel_id, row.chat_id, error.chat_id)
                    row.state, row.chat_id = DeliveryState.PENDING, error.chat_id
                case Unreachable() if row.attempts < ATTEMPTS:
                    pause = 2**row.attempts * random.uniform(0.5, 1.0)  # noqa: S311 (jitter, no secret)
                    row.state, row.due_at = DeliveryState.PENDING, now + timedelta(seconds=pause)
                case OutcomeUnknown():
                    row.state = DeliveryState.UNKNOWN
                case Blocked():
                    row.state = DeliveryState.BLOCKED
                    members.mark_blocked(session, row.channel_id, row.chat_id, now)
                case QuotaSpent() | Misconfigured():
                    row.state, row.attempts = DeliveryState.PENDING, row.attempts - 1
                    channel.state, channel.trouble = ChannelState.PAUSED, type(error).__name__
                case _:
                    row.state = DeliveryState.FAILED

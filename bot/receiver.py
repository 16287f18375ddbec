"""Polling and webhooks: fetch what came, hand it to the dispatcher, confirm only after its commit."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Sequence

import structlog

from bot.dispatcher import Dispatcher
from bot.errors import Misconfigured, SendError, Throttled
from bot.messages import Incoming, Kind
from bot.platforms.base import Adapter, Batch
from bot.settings import Settings
from storage import channels
from storage.db import Database, DatabaseDown

log = structlog.get_logger("receiver")

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds between polls that fail, one after the other; the last one repeats."""
MEGABYTE = 1024 * 1024


class Receiver:
    """One channel's way in."""

    def __init__(
        self, channel_id: int, adapter: Adapter, database: Database, dispatcher: Dispatcher, settings: Settings
    ) -> None:
        self.channel_id = channel_id
        self.adapter = adapter
        self._database = database
        self._dispatcher = dispatcher
        self._settings = settings
        self._held: Batch | None = None
        """Read but not committed yet. Zalo forgets what it has handed over, so this must outlive a database away."""

    async def poll_once(self, *, wait: int) -> int:
        """One poll and its commit. Returns how many updates were new; raises SendError or DatabaseDown."""
        if self._held is None:
            cursor = await asyncio.to_thread(self._cursor)
            batch = await self.adapter.poll(cursor, wait=wait)
            if not batch.incoming and batch.cursor == cursor:
                return 0
            self._held = batch
        new = await self._handle(self._held.incoming, self._held.cursor)
        self._held = None
        return new

    async def run(self) -> None:
        """Poll until cancelled. Trouble is logged and tried again; a wrong token ends it."""
        failures = 0
        started = False
        while True:
            try:
                if not started:
                    await self.adapter.begin_polling()
                    started = True
                await self.poll_once(wait=self._settings.poll_seconds)
                failures = 0
                continue
            except Misconfigured as error:
                log.error("channel misconfigured", channel=self.channel_id, error=str(error))
                return
            except Throttled as error:
                pause = max(1.0, error.retry_after)
            except (SendError, DatabaseDown) as error:
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                log.warning("poll failed", channel=self.channel_id, error=type(error).__name__, pause=pause)
            failures += 1
            await asyncio.sleep(pause)

    async def posted(self, secret: str, body: bytes) -> int:
        """A webhook's body: 200 handled (or nothing to do), 403 wrong secret, 400 no update, 503 come back later."""
        expected = await asyncio.to_thread(self.secret)
        if not hmac.compare_digest(secret.encode(), expected.encode()):
            # Zalo's own probe comes without the secret: it is answered, and nothing is ever done with its body.
            return 403 if secret else 200
        try:
            incoming = self.adapter.parse(body)
        except ValueError:
            return 400
        try:
            await self._handle(incoming, None)
        except DatabaseDown:
            return 503
        return 200

    async def _handle(self, batch: Sequence[Incoming], cursor: str | None) -> int:
        fetched: dict[str, bytes] = {}
        for incoming in batch:
            await self._fetch(incoming, fetched)
        new = await asyncio.to_thread(self._dispatcher.handle, self.channel_id, batch, cursor=cursor, fetched=fetched)
        for incoming in batch:
            if incoming.kind is Kind.CHOICE:
                await self.adapter.acknowledge(incoming.callback_id)
        return new

    async def _fetch(self, incoming: Incoming, fetched: dict[str, bytes]) -> None:
        """Attachments before the transaction: a handler does no network, and Zalo's addresses expire."""
        if not await asyncio.to_thread(self._dispatcher.wants_files, self.channel_id, incoming):
            return
        for attachment in incoming.attachments:
            try:
                fetched[attachment.handle] = await self.adapter.download(
                    attachment.handle, limit=self._settings.file_megabytes * MEGABYTE
                )
            except SendError as error:  # the handler sees that the bytes are missing and says so
                log.warning("attachment not fetched", channel=self.channel_id, error=type(error).__name__)

    def _cursor(self) -> str:
        with self._database.reading() as session:
            return channels.get(session, self.channel_id).cursor

    def secret(self) -> str:
        """The secret that this channel's webhook calls carry."""
        with self._database.reading() as session:
            return channels.get(session, self.channel_id).webhook_secret

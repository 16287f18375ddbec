"""Polling and webhooks: fetch what came, hand it to the intake, confirm only after its commit."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Sequence

import structlog

from bot.errors import Misconfigured, SendError, Throttled
from bot.intake import Intake
from bot.messages import Incoming, Kind
from bot.platforms.base import Adapter, Batch
from bot.settings import Settings
from storage import channels
from storage.db import Database, DatabaseDown

log = structlog.get_logger("receiver")

PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds between polls that fail, one after the other; the last one repeats."""
MEGABYTE = 1024 * 1024
SECRET_SECONDS = 60.0
"""How long a webhook's secret is remembered; one that was replaced is refused after this at the latest."""
ACKNOWLEDGEMENTS = 8
"""Presses acknowledged at the same time."""


class Receiver:
    """One channel's way in."""

    def __init__(
        self, channel_id: int, adapter: Adapter, database: Database, intake: Intake, settings: Settings
    ) -> None:
        self.channel_id = channel_id
        self.adapter = adapter
        self._database = database
        self._intake = intake
        self._settings = settings
        self._held: Batch | None = None
        """Read but not committed yet. Zalo forgets what it has handed over, so this must outlive a database away."""
        self._secret: str | None = None
        self._secret_read = 0.0
        self._gate = asyncio.Semaphore(ACKNOWLEDGEMENTS)
        self._acknowledging: set[asyncio.Task[None]] = set()

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
        try:
            if not await self._is_ours(secret):
                # Zalo's own probe comes without the secret: it is answered, and nothing is ever done with its body.
                return 403 if secret else 200
            incoming = self.adapter.parse(body)
            await self._handle(incoming, None)
        except ValueError:
            return 400
        except DatabaseDown:
            return 503
        return 200

    async def _is_ours(self, secret: str) -> bool:
        """Compared with the secret that was read last; read again before anybody is turned away, and now and then."""
        now = time.monotonic()
        fresh = self._secret is not None and now - self._secret_read < SECRET_SECONDS
        if fresh and hmac.compare_digest(secret.encode(), (self._secret or "").encode()):
            return True
        self._secret = await asyncio.to_thread(self.secret)
        self._secret_read = now
        return hmac.compare_digest(secret.encode(), self._secret.encode())

    async def _handle(self, batch: Sequence[Incoming], cursor: str | None) -> int:
        if not batch and cursor is None:
            return 0
        new = await self._intake.take(self.channel_id, batch, cursor=cursor, fetch=self._fetch)
        for incoming in batch:
            if incoming.kind is Kind.CHOICE:
                self._acknowledge(incoming.callback_id)
        return new

    def _acknowledge(self, callback_id: str) -> None:
        """In the background, some at a time: a spinner that stops late holds up nobody's words."""
        task = asyncio.create_task(self._acknowledged(callback_id))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)

    async def _acknowledged(self, callback_id: str) -> None:
        async with self._gate:
            await self.adapter.acknowledge(callback_id)

    async def _fetch(self, incoming: Incoming) -> dict[str, bytes]:
        """The bytes of this update's attachments. One that cannot be had is missing; the handler says so."""
        fetched: dict[str, bytes] = {}
        for attachment in incoming.attachments:
            try:
                fetched[attachment.handle] = await self.adapter.download(
                    attachment.handle, limit=self._settings.file_megabytes * MEGABYTE
                )
            except SendError as error:
                log.warning("attachment not fetched", channel=self.channel_id, error=type(error).__name__)
        return fetched

    def _cursor(self) -> str:
        with self._database.reading() as session:
            return channels.get(session, self.channel_id).cursor

    def secret(self) -> str:
        """The secret that this channel's webhook calls carry."""
        with self._database.reading() as session:
            return channels.get(session, self.channel_id).webhook_secret

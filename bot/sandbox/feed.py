"""What waits for one bot: updates in order, taken by polling or posted to a webhook."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

from bot.sandbox.store import Store
from bot.sandbox.things import Bot, Json, Pending

Listener = Callable[[Pending], None]


class Feed:
    """The queue of one bot. Updates stay (also on disk) until they are confirmed, taken or delivered."""

    def __init__(self, bot: Bot, store: Store, now: Callable[[], float]) -> None:
        self.bot = bot
        self.pending: deque[Pending] = deque()
        self.listener: Listener | None = None
        self._store = store
        self._now = now
        self._waiters: set[asyncio.Future[None]] = set()
        self.closed = False
        """True once the world of this bot is gone: polls end empty."""
        self._poller = 0
        self._held: Pending | None = None

    def next_id(self) -> int:
        """A new update id; they grow by one."""
        self.bot.last_update += 1
        self._store.put("bot", self.bot.token, self.bot)
        return self.bot.last_update

    def put(self, body: Json, lane: str, *, serial: int, copies: int = 1, hold: bool = False) -> None:
        """An update for the bot. With `hold` it waits for the next one and arrives after that one."""
        item = Pending(serial, lane, self._now(), body)
        if hold and self._held is None:
            self._held = item
            return
        for _ in range(copies):
            self._append(item)
        self.release()

    def release(self) -> None:
        """Let go of an update that was held back."""
        held, self._held = self._held, None
        if held is not None:
            self._append(held)

    def _append(self, item: Pending) -> None:
        self._store.put("update", f"{self.bot.token}/{item.serial:012d}", item)
        if self.listener is not None:
            self.listener(item)
            return
        self.pending.append(item)
        self.wake()

    def restore(self, item: Pending) -> None:
        """An update that was waiting when the sandbox stopped."""
        self.pending.append(item)

    def done(self, item: Pending) -> None:
        """The bot has this one; forget it."""
        self._store.drop("update", f"{self.bot.token}/{item.serial:012d}")

    def take(self) -> Pending | None:
        """The oldest update; reading removes it (Zalo)."""
        if not self.pending:
            return None
        item = self.pending.popleft()
        self.done(item)
        return item

    def confirm(self, offset: int) -> None:
        """Forget everything below `offset`; a negative one keeps only the last so many (Telegram)."""
        if offset < 0:
            while len(self.pending) > -offset:
                self.done(self.pending.popleft())
            return
        while self.pending and self.pending[0].serial < offset:
            self.done(self.pending.popleft())

    def clear(self) -> None:
        """drop_pending_updates."""
        while self.pending:
            self.done(self.pending.popleft())
        self._held = None

    def begin_poll(self) -> int:
        """Become the only poller; an older one notices by `is_poller`."""
        self._poller += 1
        self.wake()
        return self._poller

    def is_poller(self, ticket: int) -> bool:
        """False once another poll began (or a webhook was set)."""
        return self._poller == ticket

    def close(self) -> None:
        """End every poll that waits."""
        self.closed = True
        self.wake()

    @property
    def watched(self) -> bool:
        """Whether a poll is waiting right now."""
        return bool(self._waiters)

    def wake(self) -> None:
        """Let waiting polls look around."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def wait(self, seconds: float, gone: asyncio.Future[None]) -> bool:
        """Wait until something may have changed; False when time is up or the client left (`gone` is done)."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await asyncio.wait({waiter, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiters.discard(waiter)
        return waiter.done() and not gone.done()

"""Who hears what happens: browsers by server-sent events, and calls that wait for the next message."""

from __future__ import annotations

import asyncio

from bot.sandbox.things import Json

MAX_BEHIND = 1000
"""Events that a slow browser may be behind before older ones are dropped (it re-reads whole chats anyway)."""


class News:
    """Spreads events to everyone who listens. Only used on the server's event loop."""

    def __init__(self) -> None:
        self.listeners: set[asyncio.Queue[tuple[str, Json]]] = set()
        self._waiting: set[asyncio.Future[None]] = set()

    def listen(self) -> asyncio.Queue[tuple[str, Json]]:
        """A queue of (event, data) from now on; give it back with `forget`."""
        queue: asyncio.Queue[tuple[str, Json]] = asyncio.Queue(MAX_BEHIND)
        self.listeners.add(queue)
        return queue

    def forget(self, queue: asyncio.Queue[tuple[str, Json]]) -> None:
        """The listener is gone."""
        self.listeners.discard(queue)

    def tell(self, event: str, data: Json) -> None:
        """Something happened."""
        for queue in self.listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait((event, data))
        self.wake()

    def wake(self) -> None:
        """Let everybody who waits look around."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    async def next(self, seconds: float) -> bool:
        """Wait for the next event; False when none came in time."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(waiter)
        return True

"""Group commit: whatever waits, from all pollers and webhooks of all channels, is handled in one transaction.

There is one Intake per process. Whoever brings updates waits for the commit that holds the last of them. While one
batch is being committed the next one gathers, so batches are as large as the load asks for and a lone update waits for
nobody. Order per chat is the order of arrival, always: an update whose attachments are still being fetched holds back
those behind it in its own chat, and nobody else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.dispatcher import Dispatcher
from bot.messages import Incoming
from bot.turn import Arrival
from storage.db import DatabaseDown

MOST = 100
"""Updates in one commit: more would save little and make the first one wait for the last."""

Fetch = Callable[[Incoming], Awaitable[dict[str, bytes]]]
"""Gets the bytes of an update's attachments, by handle."""


@dataclass(slots=True, eq=False)
class _Load:
    """What one caller brought. `left`: updates of it that are not committed yet."""

    channel_id: int
    cursor: str | None
    left: int
    done: asyncio.Future[int]
    new: int = 0

    def failed(self, error: BaseException) -> None:
        """The caller brings all of it again; what is committed already is then a repeat."""
        if not self.done.done():
            self.done.set_exception(error)


@dataclass(slots=True, eq=False)
class _Item:
    """One update of a load; `arrival` once it may be handled. `incoming` None stands for a cursor without updates."""

    load: _Load
    incoming: Incoming | None
    arrival: Arrival | None = None
    chat: tuple[int, str] = field(default=(0, ""))


class Intake:
    """Gathers updates and commits them in batches."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher
        self._ready: dict[int, deque[_Item]] = {}
        """By channel; the channel that had its turn last stands at the end."""
        self._held: dict[tuple[int, str], deque[_Item]] = {}
        """Chats in which an update still waits for its attachments, with everything that came after it."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._working = False

    async def take(
        self, channel_id: int, batch: Sequence[Incoming], *, cursor: str | None = None, fetch: Fetch | None = None
    ) -> int:
        """Returns how many updates of `batch` were new, once all of them and `cursor` are committed.

        DatabaseDown when some are not; the whole batch may be brought again.
        """
        load = _Load(channel_id, cursor, max(len(batch), 1), asyncio.get_running_loop().create_future())
        for incoming in batch:
            self._arrive(load, incoming, fetch)
        if not batch:
            self._put(_Item(load, None))
        self._work()
        return await load.done

    def _arrive(self, load: _Load, incoming: Incoming, fetch: Fetch | None) -> None:
        item = _Item(load, incoming, chat=(incoming.address.channel_id, incoming.address.chat_id))
        brings_files = bool(incoming.attachments) and fetch is not None
        if not brings_files:
            item.arrival = Arrival(incoming, {})
        if brings_files or item.chat in self._held:
            self._held.setdefault(item.chat, deque()).append(item)
        else:
            self._put(item)
        if brings_files and fetch is not None:
            self._start(self._fetch(item, incoming, fetch))

    async def _fetch(self, item: _Item, incoming: Incoming, fetch: Fetch) -> None:
        """Attachments before the transaction: a handler does no network, and Zalo's addresses expire."""
        fetched: dict[str, bytes] = {}
        try:
            if await asyncio.to_thread(self._dispatcher.wants_files, incoming):
                fetched = await fetch(incoming)
        except DatabaseDown as error:
            item.load.failed(error)
        finally:
            item.arrival = Arrival(incoming, fetched)
            self._release(item.chat)

    def _release(self, chat: tuple[int, str]) -> None:
        """Let go what needs to wait no longer, in order."""
        line = self._held[chat]
        while line and line[0].arrival is not None:
            self._put(line.popleft())
        if not line:
            del self._held[chat]
        self._work()

    def _work(self) -> None:
        if self._ready and not self._working:
            self._working = True
            self._start(self._commit_all())

    async def _commit_all(self) -> None:
        try:
            while self._ready:
                await self._commit(self._next())
        finally:
            self._working = False

    def _put(self, item: _Item) -> None:
        self._ready.setdefault(item.load.channel_id, deque()).append(item)

    def _take(self) -> _Item:
        """One of each channel in turn: a flood on one does not hold up a single message on another."""
        channel_id = next(iter(self._ready))
        line = self._ready.pop(channel_id)
        item = line.popleft()
        if line:
            self._ready[channel_id] = line
        return item

    def _next(self) -> list[_Item]:
        """Up to MOST updates; what belongs to a failed load is left out, for it comes again as a whole."""
        batch: list[_Item] = []
        while self._ready and len(batch) < MOST:
            item = self._take()
            if not (item.load.done.done() and not item.load.done.cancelled()):
                batch.append(item)
        return batch

    async def _commit(self, batch: list[_Item]) -> None:
        for item in batch:
            item.load.left -= 1
        cursors = {each.load.channel_id: each.load.cursor for each in batch if each.load.left == 0 and each.load.cursor}
        updates = [item for item in batch if item.arrival is not None]
        work = asyncio.to_thread(self._dispatcher.handle, [item.arrival for item in updates if item.arrival], cursors)
        (outcome,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(outcome, BaseException):
            for item in batch:
                item.load.failed(outcome)
            return
        for at in outcome:
            updates[at].load.new += 1
        for load in {id(item.load): item.load for item in batch}.values():
            if load.left == 0 and not load.done.done():
                load.done.set_result(load.new)

    def _start(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

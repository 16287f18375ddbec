"""How fast one channel may send: slots per second for the bot, rests per chat; replies take the next free slot.

Platforms count what arrives in a sliding stretch of time (telegram-notes.md, Limits), so a slot is free again a second
after its message arrived there, not after it left here: the difference is what 429s come from.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.settings import Settings

MARGIN = 0.003
"""Seconds added to every slot: the two clocks of a measured round trip are not the platform's."""
SEEN = 200
"""Answers after which the shortest round trip is taken for what the way itself costs."""
BURST = 5
"""Replies that one private chat may get at once (Telegram: "short bursts pass"); broadcasts never burst."""
SPARE = 0.985
"""Broadcasts are spaced at this share of the rate, so that a reply finds a slot within milliseconds."""


@dataclass(frozen=True, slots=True)
class Rates:
    """The limits of one channel. Units: messages a second, a second and a minute; 0 means no limit."""

    per_second: float = 0.0
    per_chat: float = 0.0
    per_group_minute: int = 0


def rates(settings: Settings, platform: str, per_second: float) -> Rates:
    """The limits of a channel; `per_second` is its own rate, 0 for the platform's."""
    if platform == "telegram":
        return Rates(
            per_second or settings.telegram_per_second,
            settings.telegram_chat_per_second,
            settings.telegram_group_per_minute,
        )
    return Rates(per_second or settings.zalo_per_second)


class Slots:
    """At most `limit` sends in any `span` seconds, as the platform sees them."""

    def __init__(self, limit: int, span: float, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._span = span
        self._now = now
        self._flying = 0
        self._free_at: list[float] = []
        self._fastest = float("inf")
        self._answers = 0

    def wait(self) -> float:
        """Seconds until a slot is free; 0 now; infinity when only an answer can free one."""
        now = self._now()
        while self._free_at and self._free_at[0] <= now:
            heapq.heappop(self._free_at)
        if self._flying + len(self._free_at) < self._limit:
            return 0.0
        return self._free_at[0] - now if self._free_at else float("inf")

    def take(self) -> float:
        """Use a slot. Returns the moment, to be handed to `answered`."""
        self._flying += 1
        return self._now()

    def answered(self, taken: float) -> None:
        """The answer is here: the message arrived at the latest one (shortest seen) way back ago."""
        self._flying -= 1
        now = self._now()
        self._fastest = min(self._fastest, now - taken)
        self._answers += 1
        # The first answers are slow (cold connections): the shortest way is believed once it was really seen.
        way = self._fastest if self._answers > SEEN else 0.0
        heapq.heappush(self._free_at, now - way + self._span + MARGIN)


class Gate:
    """Hands out the slots of one channel: replies first, broadcasts evenly spaced."""

    def __init__(self, per_second: float) -> None:
        limit = max(1, int(per_second))
        self._slots = Slots(limit, limit / per_second) if per_second else None
        self._gap = 1 / (per_second * SPARE) if per_second else 0.0
        self._next_bulk = 0.0
        self._waiting: list[tuple[int, int, asyncio.Future[float]]] = []
        self._order = 0
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self, lane: int, *, spaced: bool) -> float:
        """Wait for this send's slot. Returns what `answered` wants."""
        if self._slots is None:
            return 0.0
        ticket: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._order += 1
        heapq.heappush(self._waiting, (lane if spaced else -1, self._order, ticket))
        self._hand_out()
        return await ticket

    def answered(self, taken: float) -> None:
        """The platform has answered."""
        if self._slots is not None:
            self._slots.answered(taken)
            self._hand_out()

    def _hand_out(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._waiting:
            lane, _, ticket = self._waiting[0]
            pause = self._pause(spaced=lane >= 0)
            if pause > 0:
                if pause != float("inf"):
                    self._alarm = asyncio.get_running_loop().call_later(pause, self._hand_out)
                return
            heapq.heappop(self._waiting)
            if ticket.cancelled() or self._slots is None:
                continue
            now = time.monotonic()
            if lane >= 0:  # what was missed by a few milliseconds is caught up, never more than a handful
                self._next_bulk = max(self._next_bulk, now - 5 * self._gap) + self._gap
            ticket.set_result(self._slots.take())

    def _pause(self, *, spaced: bool) -> float:
        slot = self._slots.wait() if self._slots is not None else 0.0
        return max(slot, self._next_bulk - time.monotonic()) if spaced else slot


class _Log:
    """When each chat was written to within the last `span` seconds. Older entries go in bulk, with their generation."""

    def __init__(self, span: float) -> None:
        self._span = span
        self._now: dict[str, list[float]] = {}
        self._before: dict[str, list[float]] = {}
        self._turned = 0.0

    def times(self, chat_id: str, now: float, span: float) -> list[float]:
        """The moments of the last `span` seconds (not longer than the log's), oldest first."""
        both = [*self._before.get(chat_id, ()), *self._now.get(chat_id, ())]
        return [at for at in both if at > now - span]

    def add(self, chat_id: str, at: float) -> None:
        """A message went to this chat."""
        if at - self._turned > self._span:
            self._before = self._now if at - self._turned <= 2 * self._span else {}
            self._now, self._turned = {}, at
        self._now.setdefault(chat_id, []).append(at)


class Chats:
    """When each chat may be written to again."""

    def __init__(self, limits: Rates, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._logs = {True: _Log(60.0), False: _Log(BURST / limits.per_chat if limits.per_chat else 1.0)}
        self._resting: dict[str, float] = {}

    def wait(self, chat_id: str, *, is_group: bool, is_reply: bool) -> float:
        """Seconds until this chat may get a message; 0 now."""
        rest = max(0.0, self._resting.get(chat_id, 0.0) - self._now()) if self._resting else 0.0
        allowed, span = self._allowance(is_group=is_group, is_reply=is_reply)
        if not allowed:
            return rest
        recent = self._logs[is_group].times(chat_id, self._now(), span)
        full = recent[-allowed] + span - self._now() if len(recent) >= allowed else 0.0
        return max(rest, full)

    def sent(self, chat_id: str, *, is_group: bool) -> None:
        """A message went to this chat just now."""
        if self._allowance(is_group=is_group, is_reply=True)[0]:
            self._logs[is_group].add(chat_id, self._now() + MARGIN)

    def rest(self, chat_id: str, seconds: float) -> None:
        """The platform asks for a pause in this chat."""
        self._resting = {chat: until for chat, until in self._resting.items() if until > self._now()}
        self._resting[chat_id] = max(self._resting.get(chat_id, 0.0), self._now() + seconds)

    def is_busy(self, chat_id: str, *, is_group: bool) -> bool:
        """Whether this chat is near its own limit: then a 429 is about the chat, else about the whole channel.

        Neither platform says which; a group near is one that has used up half of its minute.
        """
        allowed, span = self._allowance(is_group=is_group, is_reply=False)
        recent = self._logs[is_group].times(chat_id, self._now(), span)
        return bool(allowed) and len(recent) >= max(1, allowed // 2)

    def _allowance(self, *, is_group: bool, is_reply: bool) -> tuple[int, float]:
        if is_group:
            return self._limits.per_group_minute, 60.0
        if not self._limits.per_chat:
            return 0, 1.0
        count = BURST if is_reply else 1
        return count, count / self._limits.per_chat

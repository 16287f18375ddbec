"""Webhooks: every update is posted until the bot answers 2xx, with growing pauses, one chat's updates in order."""

from __future__ import annotations

import asyncio
import http.client
import json
from collections import deque
from collections.abc import Iterator

from bot.sandbox.outside import Distant, Line
from bot.sandbox.things import TELEGRAM, Bot, Json, Pending
from bot.sandbox.world import World

WORKERS = 8
"""Posts in flight to one bot at most (Telegram: max_connections, 40 by default)."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
"""Seconds between two tries of one update; each pause is twice the one before."""


def pauses(first: float) -> Iterator[float]:
    """Seconds between the tries of one update, without end: each twice the one before, up to LONGEST_PAUSE."""
    pause = first
    while True:
        yield min(pause, LONGEST_PAUSE)
        pause = min(pause * 2, LONGEST_PAUSE)


class Courier:
    """Carries one bot's updates to its webhook."""

    def __init__(self, world: World, bot: Bot, first_pause: float) -> None:
        self._world = world
        self._bot = bot
        self._first_pause = first_pause
        self._lanes: dict[str, deque[Pending]] = {}
        self._ready: asyncio.Queue[str] = asyncio.Queue()
        self._workers = {asyncio.ensure_future(self._work()) for _ in range(min(WORKERS, bot.webhook.max_connections))}

    def accept(self, item: Pending) -> None:
        """One more update."""
        lane = self._lanes.get(item.lane)
        if lane is None:
            self._lanes[item.lane] = deque((item,))
            self._ready.put_nowait(item.lane)
        else:
            lane.append(item)

    def waiting(self) -> int:
        """Updates not yet delivered."""
        return sum(len(lane) for lane in self._lanes.values())

    def stop(self) -> list[Pending]:
        """Stop posting; what was not delivered comes back."""
        for worker in self._workers:
            worker.cancel()
        return sorted((item for lane in self._lanes.values() for item in lane), key=lambda item: item.serial)

    async def _work(self) -> None:
        line = Line(self._bot.webhook.url)
        try:
            while True:
                name = await self._ready.get()
                lane = self._lanes[name]
                await self._deliver(line, lane[0])
                self._world.feeds[self._bot.token].done(lane.popleft())
                if lane:
                    self._ready.put_nowait(name)
                else:
                    del self._lanes[name]
        finally:
            line.close()

    async def _deliver(self, line: Line, item: Pending) -> None:
        for pause in pauses(self._first_pause):
            if await self._post(line, item.body):
                return
            await asyncio.sleep(pause)

    async def _post(self, line: Line, update: Json) -> bool:
        body = json.dumps(self._shaped(update), ensure_ascii=False).encode()
        hook = self._bot.webhook
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            names = {TELEGRAM: "X-Telegram-Bot-Api-Secret-Token"}
            headers[names.get(self._bot.platform, "X-Bot-Api-Secret-Token")] = hook.secret
        try:
            reply = await asyncio.to_thread(line.request, "POST", body=body, headers=headers)
        except (OSError, http.client.HTTPException, Distant) as error:
            problem = f"Connection failed: {type(error).__name__}"
        else:
            if 200 <= reply.status < 300:
                return True
            problem = f"Wrong response from the webhook: {reply.status} {http.client.responses.get(reply.status, '')}"
        hook.error, hook.error_at = problem, self._world.clock.now()
        return False

    def _shaped(self, update: Json) -> Json:
        if self._bot.platform != TELEGRAM and self._bot.shape == "wrapped":
            return {"ok": True, "result": update}
        return update


class Couriers:
    """The couriers of all bots that have a webhook. `first_pause` in seconds (tests make it short)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._busy: dict[str, Courier] = {}
        self.first_pause = FIRST_PAUSE

    def start(self, bot: Bot) -> None:
        """Post this bot's updates from now on, beginning with those that wait."""
        self.stop(bot)
        feed = self._world.feeds[bot.token]
        courier = self._busy[bot.token] = Courier(self._world, bot, self.first_pause)
        feed.listener = courier.accept
        while feed.pending:
            courier.accept(feed.pending.popleft())

    def stop(self, bot: Bot) -> None:
        """Post no more; undelivered updates wait for the next poll."""
        courier = self._busy.pop(bot.token, None)
        feed = self._world.feeds[bot.token]
        feed.listener = None
        if courier is not None:
            feed.pending.extendleft(reversed(courier.stop()))

    def start_all(self) -> None:
        """After a restart: every bot that had a webhook has it still."""
        for bot in self._world.bots.values():
            if bot.webhook.url:
                self.start(bot)

    def stop_all(self) -> None:
        """The server stops, or the world ends."""
        for token in list(self._busy):
            self.stop(self._world.bots[token])

    def waiting(self, bot: Bot) -> int:
        """Updates that this bot has not got yet."""
        courier = self._busy.get(bot.token)
        return len(self._world.feeds[bot.token].pending) + (courier.waiting() if courier else 0)

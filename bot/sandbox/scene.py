"""What all four doors share: the world, the planned faults, the limits, the list of calls, the couriers."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.sandbox.calls import CallLog
from bot.sandbox.clock import Clock
from bot.sandbox.couriers import Couriers
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Keeper
from bot.sandbox.store import Store
from bot.sandbox.things import Bot, Json
from bot.sandbox.world import World


class Scene:
    """One sandbox. `close` ends every long poll, event stream and delivery."""

    def __init__(self, *, state: Path | None = None, clock_file: Path | None = None) -> None:
        self.world = World(Clock(clock_file), Store(state))
        self.faults = Faults()
        self.limits = Keeper()
        self.calls = CallLog()
        self.couriers = Couriers(self.world)
        self.callbacks: dict[str, str] = {}
        """Pressed buttons that wait for answerCallbackQuery: query id -> person id."""
        self.closing = asyncio.Event()
        self.url = ""
        """Where this sandbox is reached, without a slash at the end; known once the server listens."""

    def deliver(self, bot: Bot, body: Json, *, lane: str, serial: int) -> None:
        """An update on its way to the bot, through whatever fault is planned for it."""
        fault = self.faults.for_update(bot)
        kind = fault.kind if fault else ""
        copies = 2 if kind == "duplicate" else 1
        self.world.feeds[bot.token].put(body, lane, serial=serial, copies=copies, hold=kind == "reorder")

    def reset(self) -> None:
        """An empty world with real time, no faults, no calls."""
        self._end_deliveries()
        self.world.clock.reset()
        self.world.reset()
        self.faults.clear()
        self.limits = Keeper()
        self.calls.clear()
        self.callbacks.clear()

    def close(self) -> None:
        """The server stops."""
        self.closing.set()
        self.world.news.wake()
        self._end_deliveries()

    def _end_deliveries(self) -> None:
        self.couriers.stop_all()
        for feed in self.world.feeds.values():
            feed.close()

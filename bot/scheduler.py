"""The list of jobs, and nothing else. Every job is a sweep: "what is due now?" (design.md, decision 6).

No job store: APScheduler's would lose or double jobs over a restart (telegram-notes.md). A missed or repeated run
changes nothing, because what a sweep does is guarded by rows and unique keys.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger("scheduler")

Sweep = Callable[[], int]


class Scheduler:
    """Runs sweeps in worker threads, each at its own interval."""

    def __init__(self, sweeps: Sequence[tuple[str, Sweep]], *, seconds: float, wake: Callable[[], None]) -> None:
        self._sweeps = sweeps
        self._seconds = seconds
        self._wake = wake
        self._scheduler = AsyncIOScheduler()

    def start(self) -> None:
        """Begin; needs a running event loop."""
        for name, sweep in self._sweeps:
            self._scheduler.add_job(
                self._run, "interval", seconds=self._seconds, args=[name, sweep], id=name,
                max_instances=1, coalesce=True, misfire_grace_time=None,
            )  # fmt: skip
        self._scheduler.start()

    def stop(self) -> None:
        """Begin no more runs."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def sweep(self) -> int:
        """Every sweep once, now. Returns how much they did."""
        return sum([await asyncio.to_thread(sweep) for _, sweep in self._sweeps])

    async def _run(self, name: str, sweep: Sweep) -> None:
        try:
            if await asyncio.to_thread(sweep):
                self._wake()
        except Exception as error:
            # A sweep that fails is tried again at the next interval; the others go on.
            log.exception("sweep failed", sweep=name, error=type(error).__name__)

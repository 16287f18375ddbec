"""Run the bot until it is told to stop: SIGTERM and SIGINT finish what is in flight, then close."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import signal
import sys
from collections.abc import Collection
from contextlib import suppress

import structlog

from bot.app import PARTS, App, build, open_storage
from bot.settings import Settings

log = structlog.get_logger("run")
_ARENA_MAX = -8
"""M_ARENA_MAX of mallopt(3)."""


def spare_the_collector() -> None:
    """Look for garbage less often: a batch makes thousands of rows that are no garbage yet, and what is loaded by now
    never will be (measured on bench/inbound.py: a sixth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def share_one_heap() -> None:
    """Let all threads take memory from one place: only one of them runs Python at a time, and each place of its own
    keeps what it has once held (measured on bench/memory.py: 10 MB). Only the GNU C library has this knob."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def take_short_turns() -> None:
    """Let the event loop take the interpreter back from a busy database thread after a millisecond, not five (measured
    on bench/webhook.py: p99 60 ms instead of 130)."""
    sys.setswitchinterval(0.001)


async def serve(settings: Settings, parts: Collection[str] = PARTS) -> None:
    """Everything in one process, or only some parts. Returns after an orderly stop.

    Raises SettingsError when it cannot start.
    """
    share_one_heap()
    database = await asyncio.to_thread(open_storage, settings)
    app = await asyncio.to_thread(build, settings, database, parts=parts)
    spare_the_collector()
    take_short_turns()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await _until_told(app, told, parts)
    log.info("stopped")


async def _until_told(app: App, told: asyncio.Event, parts: Collection[str]) -> None:
    running = asyncio.create_task(app.run(parts))
    telling = asyncio.create_task(told.wait())
    try:
        log.info("running", parts=" ".join(sorted(parts)), channels=len(app.fleet.adapters))
        await asyncio.wait({running, telling}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        telling.cancel()
        await app.stop()
        await asyncio.wait({running}, timeout=10)
    if app.failure is not None:
        raise app.failure
    if running.done() and not running.cancelled() and (error := running.exception()):
        raise error

"""Run the bot until it is told to stop: SIGTERM and SIGINT finish what is in flight, then close."""

from __future__ import annotations

import asyncio
import signal

import structlog

from bot.app import App, build, open_storage
from bot.settings import Settings

log = structlog.get_logger("run")


async def serve(settings: Settings) -> None:
    """Everything in one process. Returns after an orderly stop; raises SettingsError when it cannot start."""
    database = await asyncio.to_thread(open_storage, settings)
    app = await asyncio.to_thread(build, settings, database)
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    await _until_told(app, told)
    log.info("stopped")


async def _until_told(app: App, told: asyncio.Event) -> None:
    running = asyncio.create_task(app.run())
    telling = asyncio.create_task(told.wait())
    try:
        log.info("running", channels=len(app.adapters), web=f"{app.settings.web_host}:{app.settings.web_port}")
        await asyncio.wait({running, telling}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        telling.cancel()
        await app.stop()
        await asyncio.wait({running}, timeout=10)
    if app.failure is not None:
        raise app.failure
    if running.done() and not running.cancelled() and (error := running.exception()):
        raise error

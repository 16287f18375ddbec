"""The composition root: one function builds every object; `stop` ends them in reverse order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog
import uvicorn

from bot.broadcasts import Broadcaster
from bot.clock import Clock, SystemClock
from bot.dispatcher import Dispatcher, Surroundings
from bot.errors import SendError, SettingsError
from bot.flows.meetings.reminders import sweep as remind
from bot.handlers import ROUTERS
from bot.links import Links
from bot.messages import Platform
from bot.platforms.base import Adapter
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.zalo.adapter import ZaloAdapter
from bot.receiver import Receiver
from bot.scheduler import Scheduler, Sweep
from bot.sender import Sender
from bot.settings import Settings
from bot.texts import t
from bot.web.server import WebParts, build_web
from storage import channels, outbox
from storage.channels import Channel, ChannelState
from storage.crypto import KeyProblem, Vault, install, load_key, vault
from storage.db import Database, DatabaseDown
from storage.files import FileStore

log = structlog.get_logger("app")


COMMANDS = (
    "menu",
    "trogiup",
    "vanban",
    "tinhhinh",
    "moihop",
    "baodu",
    "doihop",
    "huyhop",
    "cauhoi",
    "ma",
    "toi",
    "thoat",
)
"""What Telegram shows when one types "/"; whoever may not use one is told so."""


def open_storage(settings: Settings) -> Database:
    """Install the key, open the database and bring its tables up to date. SettingsError when that cannot be."""
    try:
        install(Vault(load_key(settings.key_file, create=not _has_data(settings))))
    except (KeyProblem, OSError) as error:
        raise SettingsError(f"SOTAY_KEY_FILE: {error}") from None
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database)
    database.upgrade()
    return database


def _has_data(settings: Settings) -> bool:
    """A database that is there already was written with a key: a new one must never be made beside it."""
    return not settings.database_url and (settings.data_dir / "sotay.db").exists()


def make_adapter(channel: Channel) -> Adapter:
    """The adapter of a channel."""
    channel_id = channel.id or 0
    if channel.platform == Platform.TELEGRAM:
        return TelegramAdapter(channel.token, base_url=channel.base_url, channel_id=channel_id)
    return ZaloAdapter(channel.token, base_url=channel.base_url, channel_id=channel_id)


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: stopping is ours to order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class Bell:
    """Rung from any thread when something was queued; whoever listens hears it in the event loop."""

    def __init__(self) -> None:
        self.listener: Callable[[], None] | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    def ring(self) -> None:
        """Something was queued."""
        if self.loop is not None and self.listener is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.listener)


@dataclass(slots=True)
class App:
    """Everything that runs, and the order in which it starts and stops."""

    settings: Settings
    database: Database
    clock: Clock
    links: Links
    store: FileStore
    adapters: dict[int, Adapter]
    modes: dict[int, str]
    hooks: dict[str, int]
    dispatcher: Dispatcher
    sender: Sender
    broadcaster: Broadcaster
    scheduler: Scheduler
    receivers: dict[int, Receiver]
    bell: Bell
    queued: asyncio.Event = field(default_factory=asyncio.Event)
    failure: BaseException | None = None
    """What made a loop die, if one did."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _server: uvicorn.Server | None = None

    def _woken(self) -> None:
        self.queued.set()
        self.sender.wake()

    async def start(self) -> None:
        """Say hello on every channel. One that does not answer is noted and tried again by its receiver."""
        self.bell.loop, self.bell.listener = asyncio.get_running_loop(), self._woken
        for channel_id, adapter in self.adapters.items():
            try:
                identity = await adapter.start()
                await adapter.offer([(word, t(f"commands.{word}")) for word in COMMANDS])
            except SendError as error:
                log.error("channel does not answer", channel=channel_id, error=str(error))
                continue
            await asyncio.to_thread(self._remember, channel_id, identity.account_name, identity.display_name)

    def _abandon(self) -> int:
        with self.database.transaction() as session:
            return outbox.abandon(session, list(self.adapters))

    def _remember(self, channel_id: int, account_name: str, display_name: str) -> None:
        with self.database.transaction() as session:
            channel = channels.get(session, channel_id)
            channel.account_name, channel.display_name, channel.trouble = account_name, display_name, ""

    async def run(self, *, web: bool = True) -> None:
        """Poll, send, sweep and serve until cancelled or told to stop."""
        await self.start()
        if lost := await asyncio.to_thread(self._abandon):
            log.warning("outcome unknown after a stop in the middle", messages=lost)
        for channel_id, receiver in self.receivers.items():
            if self.modes[channel_id] == "polling":
                self._task(receiver.run(), f"receive {channel_id}")
            self._task(self.sender.run(channel_id), f"send {channel_id}")
        self._task(self._broadcast(), "broadcasts")
        self.scheduler.start()
        if web:
            await self.set_webhooks()
            await self._serve()
        else:
            await asyncio.gather(*self._tasks)

    async def _serve(self) -> None:
        config = uvicorn.Config(
            build_web(self.web_parts()), host=self.settings.web_host, port=self.settings.web_port,
            log_level="warning", access_log=False, lifespan="off",
        )  # fmt: skip
        self._server = _Server(config)
        await self._server.serve()

    def web_parts(self) -> WebParts:
        """What the web part needs of us."""
        return WebParts(
            self.database, self.clock, self.links, self.store, self.posted, self.bell.ring, self.settings.zone
        )  # fmt: skip

    async def set_webhooks(self) -> None:
        """Have every webhook channel post to us. SettingsError without a public address."""
        for key, channel_id in self.hooks.items():
            if self.modes[channel_id] != "webhook":
                continue
            if not self.settings.public_url:
                raise SettingsError("SOTAY_PUBLIC_URL is needed for channels with webhooks")
            secret = await asyncio.to_thread(self.receivers[channel_id].secret)
            await self.adapters[channel_id].set_webhook(f"{self.settings.public_url}/hooks/{key}", secret)

    async def posted(self, key: str, secret: str, body: bytes) -> int:
        """The status for a webhook call: 404 for an unknown path."""
        channel_id = self.hooks.get(key)
        return 404 if channel_id is None else await self.receivers[channel_id].posted(secret, body)

    async def pump(self) -> None:
        """Receive and send until nothing moves: what tests and rehearsals do instead of waiting."""
        moved = 1
        while moved:
            moved = 0
            for channel_id, receiver in self.receivers.items():
                if self.modes[channel_id] == "polling":
                    moved += await receiver.poll_once(wait=0)
            moved += await asyncio.to_thread(self.broadcaster.step)
            for channel_id in self.adapters:
                moved += await self.sender.drain(channel_id)

    async def _broadcast(self) -> None:
        while True:
            self.queued.clear()
            with suppress(TimeoutError, DatabaseDown):
                if await asyncio.to_thread(self.broadcaster.step):
                    self.sender.wake()
                    continue
                await asyncio.wait_for(self.queued.wait(), timeout=2.0)

    def _task(self, work: Coroutine[None, None, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A loop that dies takes the process with it: whoever supervises starts it again, and nothing is half alive."""
        if task.cancelled() or (error := task.exception()) is None:
            return
        log.error("a loop has died", task=task.get_name(), error=type(error).__name__, exc_info=error)
        self.failure = self.failure or error
        if self._server is not None:
            self._server.should_exit = True

    async def stop(self) -> None:
        """Take nothing new, finish what is in flight, close."""
        if self._server is not None:
            self._server.should_exit = True
        self.scheduler.stop()
        self.sender.stop()
        senders = [task for task in self._tasks if task.get_name().startswith("send")]
        if senders:
            await asyncio.wait(senders, timeout=20)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for adapter in self.adapters.values():
            await adapter.stop()
        self.database.close()


def build(settings: Settings, database: Database, *, clock: Clock | None = None) -> App:
    """Wire everything together."""
    clock = clock or SystemClock(settings.clock_file)
    links = Links(vault().signing_key, settings.public_url, days=settings.link_days)
    store = FileStore(settings.data_dir / "files")
    rows = _channels(database, settings)
    adapters = {row.id: make_adapter(row) for row in rows if row.id}
    bell = Bell()
    around = Surroundings(settings, clock, links, store)
    dispatcher = Dispatcher(database, ROUTERS, around, wake=bell.ring)
    sender = Sender(database, adapters, settings, clock, store)
    return App(
        settings=settings,
        database=database,
        clock=clock,
        links=links,
        store=store,
        adapters=adapters,
        modes={row.id: row.mode for row in rows if row.id},
        hooks={row.webhook_key: row.id for row in rows if row.id},
        dispatcher=dispatcher,
        sender=sender,
        broadcaster=Broadcaster(database, clock, links),
        scheduler=Scheduler(_sweeps(database, settings, clock), seconds=settings.sweep_seconds, wake=bell.ring),
        receivers=_receivers(adapters, database, dispatcher, settings),
        bell=bell,
    )


def _receivers(
    adapters: Mapping[int, Adapter], database: Database, dispatcher: Dispatcher, settings: Settings
) -> dict[int, Receiver]:
    return {key: Receiver(key, adapter, database, dispatcher, settings) for key, adapter in adapters.items()}


def _channels(database: Database, settings: Settings) -> list[Channel]:
    with database.reading() as session:
        rows = [row for row in channels.everything(session) if row.state != ChannelState.MISCONFIGURED]
    return [row for row in rows if settings.telegram_enabled or row.platform != Platform.TELEGRAM]


def _sweeps(database: Database, settings: Settings, clock: Clock) -> list[tuple[str, Sweep]]:
    def leases() -> int:
        with database.transaction() as session:
            return outbox.expire_leases(session, clock.now())

    def reminders() -> int:
        with database.transaction() as session:
            return remind(session, settings, clock.now())

    return [("leases", leases), ("reminders", reminders)]


def set_up_logs(*, json: bool) -> None:
    """Structured logs without personal data: events with ids, never texts, names, numbers or addresses."""
    for name in ("httpx", "httpcore", "httpx2", "httpcore2", "telegram", "apscheduler", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ]
    )

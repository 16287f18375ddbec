"""The composition root: one function builds every object; `stop` ends them in reverse order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog
import uvicorn

from bot.broadcasts import Broadcaster
from bot.clock import Clock, SystemClock
from bot.dispatcher import Dispatcher
from bot.errors import SettingsError
from bot.fleet import Fleet
from bot.flows.broadcasts.stale import sweep as drop_stale
from bot.flows.documents import deadlines, reports, validity
from bot.flows.documents.ahead import Ahead
from bot.flows.documents.indexing import Indexing
from bot.flows.documents.leftovers import Leftovers
from bot.flows.documents.speaking import Speaking
from bot.flows.meetings import live, series, sheets
from bot.flows.meetings.reminders import sweep as remind
from bot.flows.minutes.nudging import sweep as nudge_minutes
from bot.flows.morning import sweep as mornings
from bot.flows.questions.sweeping import sweep as question_deadlines
from bot.flows.room.sweeping import sweep as sweep_rooms
from bot.flows.scoring.rating import sweep as ask_ratings
from bot.flows.tasks import reminders as task_reminders
from bot.flows.votes.sweeping import sweep as end_votes
from bot.handlers import ROUTERS
from bot.intake import Intake
from bot.links import Links
from bot.ownership import Ownership
from bot.quota import watch
from bot.quota.digests import sweep as join_waiting
from bot.receiver import Receiver
from bot.scheduler import Scheduler, Sweep
from bot.sender import Sender
from bot.settings import Settings
from bot.speech.voices import Narrator, ProcessNarrator
from bot.turn import Surroundings
from bot.vanished import sweep as tell_vanished
from bot.web.server import WebParts, build_web
from storage import matrix, sending
from storage.crypto import KeyProblem, Vault, install, load_key, vault
from storage.db import Database, DatabaseDown
from storage.files import FileStore
from storage.signals import Signals

log = structlog.get_logger("app")


PARTS = frozenset({"web", "sender", "scheduler"})
"""web: webhooks and pages. sender: polls and sends on the channels that it owns. scheduler: sweeps and fan-outs."""


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
    if not settings.database_url:
        return (settings.data_dir / "sotay.db").exists()
    database = Database(settings.database)
    try:
        return not database.is_empty()
    finally:
        database.close()


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
    dispatcher: Dispatcher
    ownership: Ownership
    fleet: Fleet
    sender: Sender
    broadcaster: Broadcaster
    scheduler: Scheduler
    narrator: Narrator
    bell: Bell
    signals: Signals
    queued: asyncio.Event = field(default_factory=asyncio.Event)
    failure: BaseException | None = None
    """What made a loop die, if one did."""
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _server: uvicorn.Server | None = None

    def _woken(self) -> None:
        self.queued.set()
        self.sender.wake()

    async def start(self) -> None:
        """Take what channels are free and say hello on every channel, for tests and rehearsals."""
        self._listen()
        await self.ownership.renew()
        await self.fleet.greet()

    def _listen(self) -> None:
        self.bell.loop, self.bell.listener = asyncio.get_running_loop(), self._woken

    async def run(self, parts: Collection[str] = PARTS) -> None:
        """Poll, send, sweep and serve until cancelled or told to stop; or only some of it."""
        self._listen()
        if not self.database.is_sqlite:
            self.signals.listen(self.bell.ring)
        await self._follow()
        self._task(self._keep_following(), "ownership")
        if "sender" in parts:
            self._task(self.sender.run(), "sender")
        if "scheduler" in parts:
            self._task(self._broadcast(), "broadcasts")
            self.scheduler.start()
        if "web" in parts:
            await self._serve()
        else:
            await asyncio.gather(*self._tasks)

    async def _follow(self) -> None:
        """Take over what is free, leave what is no longer ours, notice what has changed. DatabaseDown when away."""
        before = self.ownership.owned
        owned = await self.ownership.renew()
        await self.fleet.follow(owned)
        if lost := before - owned:
            await asyncio.gather(*(self.sender.forget(channel_id) for channel_id in lost))
            await self.ownership.give_back(lost)
        self.sender.wake()

    async def _keep_following(self) -> None:
        while True:
            await asyncio.sleep(self.ownership.beat)
            try:
                await self._follow()
            except DatabaseDown as error:  # nothing is claimed either; the lease tells when it is no longer ours
                log.error("database away", error=type(error).__name__)

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
            self.database, self.clock, self.links, self.store, self.posted, self.bell.ring, self.settings.zone,
            self.settings,
        )  # fmt: skip

    async def posted(self, key: str, secret: str, body: bytes) -> int:
        """The status for a webhook call: 404 for an unknown path."""
        receiver = self.fleet.by_hook(key)
        return 404 if receiver is None else await receiver.posted(secret, body)

    async def pump(self) -> None:
        """Receive and send until nothing moves: what tests and rehearsals do instead of waiting."""
        # Not at each turn, but never so late that a lease ends before what was received is answered.
        if not (self.ownership.is_fresh and all(self.ownership.holds(each) for each in self.fleet.adapters)):
            await self.ownership.renew()
        asked, moved = self.fleet.polled(), 1
        while asked or moved:
            # Who has brought something may have more; a channel that brought nothing is not asked again.
            asked = [each for each in asked if await self.fleet.receivers[each].poll_once(wait=0)]
            moved = await asyncio.to_thread(self.broadcaster.step)
            for channel_id in self.fleet.adapters:
                moved += await self.sender.drain(channel_id)

    async def _broadcast(self) -> None:
        while True:
            self.queued.clear()
            with suppress(TimeoutError, DatabaseDown):
                if await asyncio.to_thread(self.broadcaster.step):
                    self.sender.wake()
                    continue
                await asyncio.wait_for(self.queued.wait(), timeout=2.0)

    def _task(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self.ended)
        self._tasks.append(task)
        return task

    def ended(self, task: asyncio.Task[None]) -> None:
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
        self.narrator.stop()
        self.signals.stop()
        await self.fleet.let_go()
        await self.sender.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(DatabaseDown):
            await self.ownership.sign_out()
        await self.fleet.stop()
        self.database.close()


def build(settings: Settings, database: Database, *, clock: Clock | None = None, parts: Collection[str] = PARTS) -> App:
    """Wire everything together. `parts`: what this process does (see PARTS)."""
    clock = clock or SystemClock(settings.clock_file)
    links = Links(vault().signing_key, settings.public_url, days=settings.link_days, clock=clock)
    store = FileStore(settings.data_dir / "files")
    bell = Bell()
    dispatcher = Dispatcher(database, ROUTERS, Surroundings(settings, clock, links, store), wake=bell.ring)
    intake = Intake(dispatcher)
    ownership = Ownership(database, seconds=settings.lease_seconds, parts=parts)
    fleet = Fleet(
        database,
        settings,
        lambda channel_id, adapter: Receiver(channel_id, adapter, database, intake, settings),
        died=lambda task: app.ended(task),  # noqa: PLW0108 (there is no app yet)
    )
    fleet.load()
    narrator = narrator_of(settings)
    speaking = Speaking(database, settings, clock, narrator=narrator, links=links)
    sweeps = [*_sweeps(database, settings, clock), ("speech", speaking.sweep)]
    sweeps.append(("chases", lambda: deadlines.sweep(database, settings, clock, links)))
    app = App(
        settings=settings,
        database=database,
        clock=clock,
        links=links,
        store=store,
        dispatcher=dispatcher,
        ownership=ownership,
        fleet=fleet,
        sender=Sender(database, fleet.adapters, ownership, settings=settings, clock=clock, store=store),
        broadcaster=Broadcaster(database, clock, links),
        scheduler=Scheduler(sweeps, seconds=settings.sweep_seconds, wake=bell.ring),
        narrator=narrator,
        bell=bell,
        signals=Signals(database),
    )
    return app


def narrator_of(settings: Settings) -> Narrator:
    """The voice that is set; each of its tasks is a process of its own."""
    return ProcessNarrator(
        settings.speech,
        voice=str(settings.speech_voice or ""),
        words_per_minute=settings.speech_words_per_minute,
        seconds=settings.speech_seconds,
    )


def _sweeps(database: Database, settings: Settings, clock: Clock) -> list[tuple[str, Sweep]]:
    leftovers = Leftovers(database, FileStore(settings.data_dir / "files"))

    def leases() -> int:
        with database.transaction() as session:
            return sending.expire(session, clock.now())

    def vanished() -> int:
        with database.transaction() as session:
            return tell_vanished(session, clock.now())

    def stale() -> int:
        return drop_stale(database, clock.now())

    def reminders() -> int:
        return remind(database, settings, clock)

    def meeting_series() -> int:
        with database.transaction() as session:
            return series.sweep(session, settings, clock.now())

    def live_counts() -> int:
        return live.sweep(database, clock.now())

    def months() -> int:
        with database.transaction() as session:
            return watch.sweep(session, settings, clock.now()) + watch.reroute(session, settings, clock.now())

    def validities() -> int:
        with database.transaction() as session:
            return validity.expire(session, settings, clock.now()) + validity.recall(session, clock.now())

    def digests() -> int:
        with database.transaction() as session:
            return join_waiting(session, settings, clock.now())

    def questions() -> int:
        with database.transaction() as session:
            return question_deadlines(session, settings, clock.now())

    return [
        ("questions", questions), ("tasks", lambda: task_reminders.sweep(database, settings, clock)),
        ("votes", lambda: end_votes(database, settings, clock)),
        ("minutes", lambda: nudge_minutes(database, settings, clock)),
        ("ratings", lambda: ask_ratings(database, settings, clock)),
        ("mornings", lambda: mornings(database, settings, clock)),
        ("series", meeting_series), ("live-counts", live_counts),
        ("letters", lambda: sheets.sweep(database, FileStore(settings.data_dir / "files"), settings, clock)),
        ("rooms", lambda: sweep_rooms(database, settings, clock)),
        ("leases", leases), ("vanished", vanished), ("stale", stale), ("reminders", reminders),
        ("months", months), ("digests", digests), ("validities", validities),
        ("pages", Ahead(database, settings, clock).sweep),
        ("leftovers", lambda: leftovers.sweep(clock.now())),
        ("counts", lambda: matrix.settle(database)),
        ("tables", lambda: reports.sweep(database, FileStore(settings.data_dir / "files"), settings, clock)),
        ("library", Indexing(database, FileStore(settings.data_dir / "files")).sweep),
    ]  # fmt: skip


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

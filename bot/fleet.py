"""The channels that this process serves: adapters and pollers follow the table of channels while it runs.

`follow` is called every few seconds with the channels that this process owns. It notices what was added, removed, given
another token or another way of receiving, without a restart. Nothing here waits for a platform: greetings run in the
background, some at a time, and polling does not wait for them, so a bot that does not answer delays nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from contextlib import suppress
from dataclasses import dataclass

import structlog

from bot.errors import Misconfigured, SendError, Throttled
from bot.messages import Platform
from bot.platforms.base import Adapter
from bot.platforms.telegram.adapter import TelegramAdapter
from bot.platforms.zalo.adapter import ZaloAdapter
from bot.receiver import Receiver
from bot.settings import Settings
from bot.texts import t
from storage import channel_overview, channel_removal, channels
from storage.channel_overview import Wiring
from storage.channels import Channel, ChannelState
from storage.db import Database, DatabaseDown

log = structlog.get_logger("fleet")

COMMANDS = (
    "menu",
    "nhiemvu",
    "tim",
    "nghe",
    "hoi",
    "hoidap",
    "trogiup",
    "vanban",
    "tinhhinh",
    "moihop",
    "dieuhanh",
    "bienban",
)
"""What Telegram shows when one types "/": a dozen, as more do not fit a phone, what is for every member first. All
other commands are understood as well; whoever may not use one is told so."""

GREETINGS = 20
"""Greetings at once: hundreds of bots are greeted in seconds, and the platform sees no burst."""
PATIENCE = 15.0
"""Seconds that one greeting may take; a silent bot gives its turn back after them."""
PAUSES = (5.0, 15.0, 60.0, 300.0)
"""Seconds until a bot that did not answer, or whose token was refused, is asked again; the last one repeats."""
GREETING_TROUBLES = frozenset(
    {"Misconfigured", "Unreachable", "Throttled", "Rejected", "TimeoutError", "OutcomeUnknown"}
)
"""What `Channel.trouble` may say after a greeting. Anything else (a spent quota) is not ours to forget."""
LINGER = 60.0
"""Seconds that a replaced adapter stays open for what it is sending at this moment."""


def make_adapter(channel: Channel) -> Adapter:
    """The adapter of a channel. It knows its name from the last greeting, so that it need not wait for the next."""
    channel_id, name = channel.id or 0, channel.account_name
    if channel.platform == Platform.TELEGRAM:
        return TelegramAdapter(channel.token, base_url=channel.base_url, channel_id=channel_id, username=name)
    names = [each for each in (name, channel.display_name) if each]
    return ZaloAdapter(channel.token, base_url=channel.base_url, channel_id=channel_id, names=names)


@dataclass(slots=True, eq=False)
class Line:
    """One channel of this process. `wiring` is its row as we know it."""

    wiring: Wiring
    adapter: Adapter
    receiver: Receiver
    names: tuple[str, str]
    """What the adapter knows itself by."""
    poll: asyncio.Task[None] | None = None
    greeting: asyncio.Task[None] | None = None

    def fits(self, wiring: Wiring) -> bool:
        """Whether the adapter that we have is still right: the same bot, under names that it knows.

        Names that the row got since our last look, and not from our own greeting, came from another process.
        """
        mine = self.wiring
        same_bot = (mine.token_hash, mine.base_url) == (wiring.token_hash, wiring.base_url)
        return same_bot and _names(wiring) in {_names(mine), self.names}


def _names(wiring: Wiring) -> tuple[str, str]:
    return wiring.account_name, wiring.display_name


class Fleet:
    """Every channel that this process knows. `adapters` and `receivers` are by channel id and change under way."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        make_receiver: Callable[[int, Adapter], Receiver],
        *,
        died: Callable[[asyncio.Task[None]], None],
    ) -> None:
        """`died` hears of every poller that ended by itself, with or without an error."""
        self.adapters: dict[int, Adapter] = {}
        self.receivers: dict[int, Receiver] = {}
        self._lines: dict[int, Line] = {}
        self._hooks: dict[str, Receiver] = {}
        self._database = database
        self._settings = settings
        self._make_receiver = make_receiver
        self._died = died
        self._following = asyncio.Lock()
        self._gate = asyncio.Semaphore(GREETINGS)
        self._closing: set[asyncio.Task[None]] = set()

    # --- what others ask ---------------------------------------------------------------------------------------
    def polled(self) -> list[int]:
        """Channels whose messages are fetched, not posted."""
        return [channel_id for channel_id, line in self._lines.items() if line.wiring.mode == "polling"]

    def by_hook(self, key: str) -> Receiver | None:
        """Who takes what is posted to this path."""
        return self._hooks.get(key)

    # --- following the table -----------------------------------------------------------------------------------
    def load(self) -> None:
        """Build what the table asks for, without any network. Before the event loop runs, or in a thread."""
        wanted = self._read()
        self._open_all(wanted, self._build(list(wanted)))

    async def follow(self, owned: Collection[int]) -> None:
        """Take up what is new or changed, let go what is gone; poll exactly on `owned`. DatabaseDown when away."""
        async with self._following:  # who reads later must also act later
            await self._follow(owned)

    async def _follow(self, owned: Collection[int]) -> None:
        wanted = await asyncio.to_thread(self._read)
        gone = [key for key, line in self._lines.items() if key not in wanted or not line.fits(wanted[key])]
        for channel_id in gone:
            await self._close(channel_id)
        missing = [channel_id for channel_id in wanted if channel_id not in self._lines]
        if missing:
            self._open_all(wanted, await asyncio.to_thread(self._build, missing))
        for channel_id, line in self._lines.items():
            await self._settle(line, wanted[channel_id], channel_id in owned)
        for channel_id in set(gone) - set(wanted):
            await asyncio.to_thread(self._drop_waiting, channel_id)

    async def let_go(self) -> None:
        """Stop polling and greeting; adapters stay, for what is still to be sent."""
        await asyncio.gather(*(self._rest(line) for line in self._lines.values()))

    async def stop(self) -> None:
        """End everything and close every connection."""
        await self.let_go()
        for task in self._closing:
            task.cancel()
        await asyncio.gather(*self._closing, *(adapter.stop() for adapter in self.adapters.values()))

    async def greet(self) -> None:
        """Say hello once on every channel, for tests and rehearsals; trouble is noted and raises nothing."""
        await asyncio.gather(*(self._greet_once(line) for line in self._lines.values()))

    # --- one channel -------------------------------------------------------------------------------------------
    def _open_all(self, wanted: dict[int, Wiring], adapters: dict[int, Adapter]) -> None:
        for channel_id, adapter in adapters.items():
            receiver = self._make_receiver(channel_id, adapter)
            self._lines[channel_id] = Line(wanted[channel_id], adapter, receiver, _names(wanted[channel_id]))
            self.adapters[channel_id], self.receivers[channel_id] = adapter, receiver
            self._hooks[wanted[channel_id].webhook_key] = receiver

    async def _settle(self, line: Line, wiring: Wiring, owned: bool) -> None:
        changed, line.wiring = line.wiring.mode != wiring.mode, wiring
        if changed or not owned:
            await self._rest(line)
        if not owned:
            return
        if line.greeting is None:
            line.greeting = self._watched(self._greet(line), f"greet {wiring.id}")
        if line.poll is None and wiring.mode == "polling":
            line.poll = self._watched(self._poll(line), f"receive {wiring.id}")

    async def _close(self, channel_id: int) -> None:
        line = self._lines.pop(channel_id)
        del self.adapters[channel_id], self.receivers[channel_id], self._hooks[line.wiring.webhook_key]
        await self._rest(line)
        task = asyncio.create_task(_linger(line.adapter), name=f"close {channel_id}")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        log.info("channel closed", channel=channel_id)

    @staticmethod
    async def _rest(line: Line) -> None:
        tasks = [task for task in (line.poll, line.greeting) if task is not None]
        line.poll = line.greeting = None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _watched(self, work: Coroutine[None, None, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._died)
        return task

    async def _poll(self, line: Line) -> None:
        """Poll for good. A refused token ends the receiver's run: then the bot is greeted until it is let in again."""
        while True:
            await line.receiver.run()
            await asyncio.sleep(PAUSES[0])
            await self._greet(line)

    async def _greet(self, line: Line) -> None:
        """Until it has answered: who we are, our commands, our webhook."""
        failures = 0
        while (wait := await self._greet_once(line)) is not None:
            await asyncio.sleep(max(wait, PAUSES[min(failures, len(PAUSES) - 1)]))
            failures += 1

    async def _greet_once(self, line: Line) -> float | None:
        """None when it has answered, else the seconds that it wants to be left alone."""
        known = line.wiring
        try:
            async with self._gate, asyncio.timeout(PATIENCE):
                identity = await line.adapter.start()
                await line.adapter.offer([(word, t(f"commands.{word}")) for word in COMMANDS])
                await self._set_webhook(line)
            await self._remember(line, identity.account_name, identity.display_name, "")
        except (SendError, TimeoutError) as error:
            log.warning("channel does not answer", channel=known.id, error=type(error).__name__)
            with suppress(DatabaseDown):
                await self._remember(line, known.account_name, known.display_name, type(error).__name__)
            return error.retry_after if isinstance(error, Throttled) else 0.0
        except DatabaseDown:
            return 0.0
        return None

    async def _set_webhook(self, line: Line) -> None:
        if line.wiring.mode != "webhook":
            return
        if not self._settings.public_url:
            raise Misconfigured("SOTAY_PUBLIC_URL is needed for channels with webhooks")
        secret = await asyncio.to_thread(line.receiver.secret)
        await line.adapter.set_webhook(f"{self._settings.public_url}/hooks/{line.wiring.webhook_key}", secret)

    async def _remember(self, line: Line, account_name: str, display_name: str, trouble: str) -> None:
        """Only what has changed is written: hundreds of starts must not be hundreds of commits."""
        known = line.wiring
        told = known._replace(account_name=account_name, display_name=display_name, trouble=trouble)
        if known != told:
            line.names = _names(told)
            await asyncio.to_thread(self._write, told)

    # --- the database, in threads ------------------------------------------------------------------------------
    def _read(self) -> dict[int, Wiring]:
        with self._database.reading() as session:
            rows = channel_overview.wirings(session)
        return {row.id: row for row in rows if self._serves(row)}

    def _serves(self, row: Wiring) -> bool:
        allowed = self._settings.telegram_enabled or row.platform != Platform.TELEGRAM
        return allowed and row.state != ChannelState.MISCONFIGURED

    def _build(self, channel_ids: list[int]) -> dict[int, Adapter]:
        with self._database.reading() as session:
            return {key: make_adapter(row) for key in channel_ids if (row := session.get(Channel, key)) is not None}

    def _write(self, told: Wiring) -> None:
        with self._database.transaction() as session:
            row = channels.get(session, told.id)
            row.account_name, row.display_name = told.account_name, told.display_name
            if row.state == ChannelState.ACTIVE and row.trouble in {"", *GREETING_TROUBLES}:
                row.trouble = told.trouble

    def _drop_waiting(self, channel_id: int) -> None:
        with self._database.transaction() as session:
            if channels.get(session, channel_id).state == ChannelState.REMOVED:
                channel_removal.drop_waiting(session, channel_id)


async def _linger(adapter: Adapter) -> None:
    with suppress(asyncio.CancelledError):  # the process ends: close at once
        await asyncio.sleep(LINGER)
    await adapter.stop()

"""Claim, send, finish: the only place that talks to people.

A claim and a finish are transactions; the network lies between them, and no more is claimed than can be in flight.
What dies in between comes to light by its lease and is marked unknown, never sent a second time by itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlmodel import Session

from bot.clock import Clock
from bot.dates import month
from bot.errors import OutcomeUnknown, Rejected, SendError, Throttled, Unreachable
from bot.limits import Chats, Gate, Rates, rates
from bot.outcomes import Finished, record
from bot.outgoing import Packer
from bot.ownership import Ownership
from bot.platforms.base import Adapter, Receipt
from bot.quota.rules import bulk_left
from bot.settings import Settings
from storage import channels, refusals, sending
from storage.channels import ChannelState
from storage.db import Database, DatabaseDown
from storage.files import FileStore
from storage.outbox import Lane
from storage.sending import Claimed

log = structlog.get_logger("sender")

IDLE_SECONDS = 1.0
"""An idle sender looks again after this long, though nobody woke it (retries come due, other processes queue)."""
GATHERED = 0.01
"""Seconds; a reply may wait so much longer for its turn. [ours]"""
DOUBTS = 3
"""Sends in a row that do not get through, after which only one message at a time tries the platform."""
LONGEST_DOUBT = 60.0
"""Seconds; the pauses between such single tries double up to this."""


@dataclass(frozen=True, slots=True)
class Means:
    """What every line works with. `adapters` changes while channels come and go."""

    database: Database
    adapters: Mapping[int, Adapter]
    ownership: Ownership
    settings: Settings
    clock: Clock
    packer: Packer


class Turns:
    """Lines take their turns at the database together: whoever asks while a transaction runs shares the next one.

    With hundreds of channels a transaction for each would cost more than all the rest. For the same reason the next one
    begins, while messages are on their way, only after a pause as long as the last one took (GATHERED at most).
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waiting: list[tuple[Line, Sequence[Finished], asyncio.Future[list[Claimed]]]] = []
        self._worker: asyncio.Task[None] | None = None
        self._began = self._ended = 0.0

    async def take(self, line: Line, done: Sequence[Finished]) -> list[Claimed]:
        """Record `done` and claim what is due on this line. Raises what the database raises."""
        ticket: asyncio.Future[list[Claimed]] = asyncio.get_running_loop().create_future()
        self._waiting.append((line, done, ticket))
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work(), name="turns")
        return await ticket

    async def _work(self) -> None:
        while self._waiting:
            if any(line.busy for line, _, _ in self._waiting):
                await asyncio.sleep(min(GATHERED, self._ended - self._began) - (time.monotonic() - self._ended))
            asked, self._waiting = self._waiting, []
            self._began = time.monotonic()
            try:
                found = await asyncio.to_thread(self._together, [(line, done) for line, done, _ in asked])
            except Exception as error:
                alone = len(asked) == 1 or isinstance(error, DatabaseDown)
                for line, done, ticket in asked:
                    if alone:
                        ticket.set_exception(error)
                        continue
                    try:  # one of them is poison: nobody else shall suffer
                        ticket.set_result((await asyncio.to_thread(self._together, [(line, done)]))[0])
                    except Exception as own:
                        ticket.set_exception(own)
            else:
                for (_, _, ticket), claimed in zip(asked, found, strict=True):
                    ticket.set_result(claimed)
            self._ended = time.monotonic()

    def _together(self, asked: Sequence[tuple[Line, Sequence[Finished]]]) -> list[list[Claimed]]:
        with self._database.reading() as session:
            idle = [line.channel_id for line, done in asked if not done]
            due = sending.channels_due(session, idle, self._clock.now()) if idle else set()
            wanted = [bool(done) or (line.channel_id in due and line.may_claim(session)) for line, done in asked]
        if not any(wanted):
            return [[] for _ in asked]
        with self._database.transaction() as session:
            return [
                line.turn(session, done) if wants else [] for (line, done), wants in zip(asked, wanted, strict=True)
            ]


class Sender:
    """Sends what is due on every channel that this process owns."""

    def __init__(
        self,
        database: Database,
        adapters: Mapping[int, Adapter],
        ownership: Ownership,
        *,
        settings: Settings,
        clock: Clock,
        store: FileStore,
    ) -> None:
        self._means = Means(database, adapters, ownership, settings, clock, Packer(database, store))
        self._turns = Turns(database, clock)
        self._lines: dict[int, Line] = {}
        self._work: dict[int, asyncio.Task[None]] = {}
        self._due = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something was queued (call from the event loop's thread)."""
        self._due.set()

    async def run(self) -> None:
        """Keep the queues of all owned channels empty until `stop`: one look at the database for all of them."""
        while not self._stopping:
            self._due.clear()
            try:
                for channel_id in await asyncio.to_thread(self._channels_due):
                    self._begin(channel_id)
            except DatabaseDown as error:
                log.error("database away", error=type(error).__name__)
            for line in self._lines.values():
                line.wake()
            try:
                await asyncio.wait_for(self._due.wait(), timeout=IDLE_SECONDS)
            except TimeoutError:
                continue

    def _channels_due(self) -> set[int]:
        owned = [channel_id for channel_id in self._means.ownership.owned if channel_id in self._means.adapters]
        if not owned:
            return set()
        with self._means.database.reading() as session:
            return sending.channels_due(session, owned, self._means.clock.now())

    def _begin(self, channel_id: int) -> None:
        task = self._work.get(channel_id)
        if task is None or task.done():
            self._work[channel_id] = asyncio.create_task(self._line(channel_id).run(), name=f"send {channel_id}")

    def _line(self, channel_id: int) -> Line:
        line = self._lines.get(channel_id)
        if line is None:
            line = self._lines[channel_id] = Line(channel_id, self._means, self._turns)
        return line

    async def drain(self, channel_id: int) -> int:
        """Send everything that is due on one channel. Returns how many messages were tried."""
        line = self._line(channel_id)
        before = line.tried
        await line.run()
        return line.tried - before

    async def forget(self, channel_id: int) -> None:
        """This channel is no longer ours: finish what is in flight, claim nothing more."""
        line = self._lines.pop(channel_id, None)
        if line is not None:
            line.stop()
        task = self._work.pop(channel_id, None)
        if task is not None:
            await asyncio.wait([task], timeout=20)

    async def stop(self) -> None:
        """Finish what is in flight and claim nothing more."""
        self._stopping = True
        self._due.set()
        await asyncio.gather(*(self.forget(channel_id) for channel_id in list(self._lines)))


class Line:
    """One channel's messages on their way. `tried` counts those that reached an outcome."""

    def __init__(self, channel_id: int, means: Means, turns: Turns) -> None:
        self.tried = 0
        self.channel_id = channel_id
        self._turns = turns
        self._adapters = means.adapters
        self._ownership = means.ownership
        self._settings = means.settings
        self._clock = means.clock
        self._packer = means.packer
        self._rates: Rates | None = None
        self._gate = Gate(0)
        self._chats = Chats(Rates(), self._seconds)
        self._done: list[Finished] = []
        self._flying: dict[asyncio.Task[None], Claimed] = {}
        self._changed = asyncio.Event()
        self._rest_until = 0.0
        self._doubts = 0
        self._refusing: set[str] | None = None
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether messages are on their way."""
        return bool(self._flying)

    def wake(self) -> None:
        """Something may be due."""
        self._changed.set()

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping = True
        self._changed.set()

    async def run(self) -> None:
        """Until nothing is due and nothing is in flight: record what is done, claim what fits, in one transaction."""
        while True:
            self._changed.clear()
            done, self._done = self._done, []
            try:
                claimed = await self._turns.take(self, done)
            except DatabaseDown as error:
                # What was sent must be recorded: it is kept here until the database is back.
                self._done = done + self._done
                log.error("database away", channel=self.channel_id, error=type(error).__name__)
                if self._stopping:
                    return
                await asyncio.sleep(IDLE_SECONDS)
                continue
            except Exception as error:
                # Our mistake. What it was about ends as unknown by its lease, visible; the line goes on.
                log.exception("turn failed", channel=self.channel_id, error=type(error).__name__)
                await asyncio.sleep(IDLE_SECONDS)
                continue
            for each in claimed:
                task = asyncio.create_task(self._deliver(each))
                self._flying[task] = each
                task.add_done_callback(self._landed)
            if not (self._flying or self._done or self._changed.is_set()):
                return
            if not self._done:
                await self._changed.wait()

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._flying.pop(task, None)
        self._changed.set()

    # --- the database's side, in a worker thread ---------------------------------------------------------------
    def may_claim(self, session: Session) -> bool:
        """Whether there is room for anything now; asked without the write lock."""
        return self._limits(session, self._clock.now()) is not None

    def turn(self, session: Session, done: Sequence[Finished]) -> list[Claimed]:
        """Record what is done, then claim what fits: replies, then what is urgent, then bulk."""
        now = self._clock.now()
        if done:
            record(session, self._settings, done, now)
            self._forgive(session, done)
        limits = self._limits(session, now)
        if limits is None:
            return []
        everything, broadcasts, bulk = limits
        claimed = sending.claim(session, self.channel_id, now, lanes=(Lane.REPLY,), limit=everything)
        broadcasts = min(broadcasts, everything - len(claimed))
        if bulk >= broadcasts:
            lanes = (Lane.URGENT, Lane.BULK)
            return claimed + sending.claim(session, self.channel_id, now, lanes=lanes, limit=broadcasts)
        urgent = sending.claim(session, self.channel_id, now, lanes=(Lane.URGENT,), limit=broadcasts)
        rest = min(bulk, broadcasts - len(urgent))
        return claimed + urgent + sending.claim(session, self.channel_id, now, lanes=(Lane.BULK,), limit=rest)

    def _limits(self, session: Session, now: datetime) -> tuple[int, int, int] | None:
        """How many messages may be claimed now, how many of them broadcasts, and how many of those bulk (what is urgent
        may use the reserve of a month's quota, bot/quota/rules.py); None when none at all."""
        channel = channels.get(session, self.channel_id)
        resting = channel.paused_until is not None and channel.paused_until > now
        ours = channel.owner == self._ownership.name and self._ownership.holds(self.channel_id)
        served = self.channel_id in self._adapters and channel.state == ChannelState.ACTIVE
        if self._stopping or resting or not served or not ours:
            return None
        current = rates(self._settings, channel.platform, channel.per_second)
        if current != self._rates:
            self._rates, self._gate, self._chats = current, Gate(current.per_second), Chats(current, self._seconds)
        everything, broadcasts = self._room()
        bulk = broadcasts
        if channel.monthly_quota:
            used = channels.used(session, self.channel_id, month(now, self._settings.zone)) + len(self._flying)
            everything = min(everything, channel.monthly_quota - used)
            bulk = bulk_left(channel.monthly_quota, used, self._settings.quota_reserve)
        return (everything, broadcasts, bulk) if everything > 0 else None

    def _room(self) -> tuple[int, int]:
        """How many more may be in flight: all in all, and of broadcasts."""
        flying = list(self._flying.values())
        parallel = self._adapters[self.channel_id].capabilities.parallel
        if self._doubts >= DOUBTS:
            alone = int(not flying and self._seconds() >= self._rest_until)
            return alone, alone
        most = max(1, int(parallel * (1 - self._settings.reply_share)))
        if self._rates is not None and self._rates.per_second:  # no more than go out in half a second
            most = min(most, max(1, int(self._rates.per_second / 2)))
        bulk = sum(each.lane != Lane.REPLY for each in flying)
        # What has been answered but not recorded would be in doubt after a kill, like what is in flight.
        open_ends = len(self._done)
        return parallel - len(flying) - open_ends, max(0, most - bulk - open_ends)

    def _forgive(self, session: Session, done: Sequence[Finished]) -> None:
        """A message that got through ends the counting of refusals in its chat."""
        if self._refusing is None or any(isinstance(each.error, Rejected) for each in done):
            self._refusing = refusals.counting(session, self.channel_id)
        through = {each.claimed.chat_id for each in done if each.receipt is not None} & self._refusing
        if through:
            refusals.forgive(session, self.channel_id, through)
            self._refusing -= through

    # --- the network's side ------------------------------------------------------------------------------------
    async def _deliver(self, claimed: Claimed) -> None:
        adapter = self._adapters.get(self.channel_id)
        if adapter is None:  # the channel was removed a moment ago
            self._done.append(Finished(claimed, wait=IDLE_SECONDS))
            return
        is_reply = claimed.lane == Lane.REPLY
        wait = self._chats.wait(claimed.chat_id, is_group=claimed.is_group, is_reply=is_reply)
        if wait > 0:
            self._done.append(Finished(claimed, wait=wait))
            return
        async with self._packer.turn(claimed, adapter):
            taken = await self._gate.turn(claimed.lane, spaced=not is_reply)
            try:
                finished = await self._try(claimed, adapter)
            finally:
                self._gate.answered(taken)
        self.tried += finished.receipt is not None or finished.error is not None
        self._done.append(finished)

    async def _try(self, claimed: Claimed, adapter: Adapter) -> Finished:
        """Send it, unless the channel has begun to rest, or is no longer ours, while this one waited for its slot."""
        rest = self._rest_until - self._seconds()
        if rest > 0 or not self._ownership.holds(self.channel_id):
            return Finished(claimed, wait=max(rest, 0.0))
        whole_channel = not self._chats.is_busy(claimed.chat_id, is_group=claimed.is_group)
        try:
            receipt = await self._send(claimed, adapter)
        except SendError as error:
            self._learn(claimed, error, whole_channel=whole_channel)
            return Finished(claimed, error=error, whole_channel=whole_channel)
        except Exception as error:  # an adapter raises SendError only; our mistake must not stop the line
            log.exception("send failed", delivery=claimed.id, error=type(error).__name__)
            return Finished(claimed, error=Rejected(type(error).__name__))
        self._doubts = 0
        self._chats.sent(claimed.chat_id, is_group=claimed.is_group)
        return Finished(claimed, receipt=receipt)

    async def _send(self, claimed: Claimed, adapter: Adapter) -> Receipt:
        """Send it, or delete what it names; a platform that cannot delete has done what it can."""
        if claimed.deletes:
            await adapter.delete(claimed.chat_id, claimed.deletes)
            return Receipt("")
        message = await self._packer.pack(claimed, adapter)
        receipt = await adapter.send(message)
        self._packer.remember(claimed, message.file, receipt)
        return receipt

    def _learn(self, claimed: Claimed, error: SendError, *, whole_channel: bool) -> None:
        """What an error says about the messages that come next."""
        match error:
            case Throttled() if whole_channel:
                self._rest_until = max(self._rest_until, self._seconds() + error.retry_after)
            case Throttled():
                self._chats.rest(claimed.chat_id, error.retry_after)
            case Unreachable() | OutcomeUnknown():
                self._doubts += 1
                if self._doubts >= DOUBTS:
                    pause = min(LONGEST_DOUBT, 2.0 ** (self._doubts - DOUBTS))
                    self._rest_until = max(self._rest_until, self._seconds() + pause)
            case _:
                self._doubts = 0

    def _seconds(self) -> float:
        return self._clock.now().timestamp()

"""One world: load, kill -9, restart, many times over; then let it drain, and count."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlmodel import col, func, select

from bot.sandbox.server import Server
from storage.broadcasts import Broadcast, BroadcastState
from storage.inbox import InboxEntry
from storage.outbox import Delivery, DeliveryState
from tests.crash.checks import check
from tests.crash.load import Load
from tests.crash.plan import Outcome, Plan
from tests.crash.processes import ROOT, Crew, Nursery
from tests.crash.town import Town

PARTS = {
    "single": {"all": ["run"]},
    "split": {
        "web": ["run", "--only", "web"],
        "sender a": ["run", "--only", "sender"],
        "sender b": ["run", "--only", "sender"],
        "scheduler": ["run", "--only", "scheduler"],
    },
}
EARLY = 0.1
"""Share of the kills that come while the new process is starting, before it has done anything."""
PATIENCE = 120.0
"""Seconds without any progress after which a world counts as stuck."""
LOOK_AGAIN = 0.01
LOOKS = 25
"""Looks at the progress between two looks at the processes themselves."""
WAITING = (DeliveryState.PENDING, DeliveryState.SENDING)


class Stuck(Exception):
    """Nothing moves any more."""


class Rounds:
    """The kills of one world."""

    def __init__(self, plan: Plan, town: Town, crew: Crew) -> None:
        self.plan, self.town, self.crew = plan, town, crew
        self.chance = random.Random(plan.seed)
        self.load = Load(town, self.chance)
        self.outcome = Outcome(plan)
        self.flying: set[int] = set()
        """Ids of deliveries that were in "sending" when somebody died."""

    def run(self) -> None:
        """All kills, the drain, an orderly stop."""
        self._begin()
        for _ in range(self.plan.kills):
            self.load.top_up()
            before = self._progress()
            self.crew.start()
            self._kill(before)
        self.crew.start()
        self.town.control("DELETE", "faults")
        self._drain()
        self.crew.stop()

    def _begin(self) -> None:
        """The secretary calls the meeting; the first kill comes while the invitations go out."""
        self.crew.start()
        steps = ["/moihop", "1", "1"]
        secretary, seen = self.town.secretary, 0
        for words in steps:
            where = {"person": secretary.id, "platform": secretary.platform, "bot": secretary.token}
            self.town.control("POST", "say", {**where, "chat": "private", "text": words})
            self._until(partial(self._has_more, seen))
            seen = len(self.town.sees(secretary))
        self.town.slow_down()

    def _kill(self, before: int) -> None:
        """kill -9 at a random moment after something was done, or while the processes start."""
        names = self._victims()
        if self.chance.random() < EARLY:
            self.outcome.early += 1
            time.sleep(self.chance.uniform(0.0, 0.4))
        else:
            pause = self.chance.uniform(0.05, 0.8)
            self._until(lambda: self._progress() > before)
            time.sleep(pause)  # the moment of death: the one thing here that has to be a time
        self.crew.kill(names)
        self.outcome.kills += 1
        self._look_around()

    def _victims(self) -> list[str]:
        """Everybody, or one of several."""
        names = self.crew.names
        return names if len(names) == 1 or self.chance.random() < 0.4 else [self.chance.choice(names)]

    def _look_around(self) -> None:
        """What was in flight, and whether a broadcast says that it is finished while something waits."""
        with self.town.database.reading() as session:
            rows = list(session.exec(select(Delivery.id, Delivery.channel_id).where(col(Delivery.state) == "sending")))
            waits = select(Delivery.broadcast_id).where(
                col(Delivery.state).in_(WAITING), col(Delivery.broadcast_id).is_not(None)
            )
            early = session.exec(
                select(Broadcast.id).where(Broadcast.state == BroadcastState.FINISHED, col(Broadcast.id).in_(waits))
            ).all()
        self.flying |= {delivery_id or 0 for delivery_id, _ in rows}
        per_channel = Counter(channel_id for _, channel_id in rows)
        self.outcome.in_flight += len(rows)
        self.outcome.most_in_flight = max(self.outcome.most_in_flight, *per_channel.values(), 0)
        if early:
            self.outcome.problems.append(f"broadcasts {early} said finished while deliveries waited")

    def _progress(self) -> int:
        """Grows with what is received (or, under broadcasts, with what is sent)."""
        if self.plan.load == "broadcast":
            return self.town.sends()
        with self.town.database.reading() as session:
            return session.exec(select(func.max(InboxEntry.id))).one() or 0

    def _until(self, done: Callable[[], bool]) -> None:
        """Look until it is so; Stuck after PATIENCE, AssertionError when a process dies by itself."""
        deadline, looks = time.monotonic() + PATIENCE, 0
        while not done():
            looks += 1
            if looks % LOOKS == 0:
                self.crew.check()
            if time.monotonic() > deadline:
                raise Stuck(f"no progress in {PATIENCE:.0f} s\n{self.crew.tail()}")
            time.sleep(LOOK_AGAIN)

    def _drain(self) -> None:
        """Until nothing waits anywhere. Stuck when what waits does not get less for PATIENCE."""
        left = self._left()
        while left:
            self._until(partial(self._has_less, left))
            left = self._left()

    def _has_more(self, seen: int) -> bool:
        return len(self.town.sees(self.town.secretary)) > seen

    def _has_less(self, left: int) -> bool:
        return self._left() < left

    def _left(self) -> int:
        updates = sum(self.town.waiting(line) for line in self.town.lines)
        with self.town.database.reading() as session:
            waits = select(func.count()).where(col(Delivery.state).in_(WAITING))
            open_ones = (BroadcastState.RUNNING, BroadcastState.QUEUED)  # one that ends may still tell its sender so
            running = select(func.count()).where(col(Broadcast.state).in_(open_ones))
            return updates + session.exec(waits).one() + session.exec(running).one()


def run_world(plan: Plan) -> Outcome:
    """Run one world in this process (which is not threadsafe: the encryption key is the process's own)."""
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="sotay-crash-"))
    tree = Path(plan.tree) if plan.tree else ROOT
    nursery = Nursery(cold=plan.cold, tree=tree)
    try:
        with Server(clock_file=folder / "clock") as sandbox:
            town = Town(plan, folder, sandbox)
            crew = Crew(nursery, PARTS[plan.layout], town.environment(), folder / "bot.log")
            rounds = Rounds(plan, town, crew)
            try:
                rounds.run()
                check(town, rounds.load, rounds.outcome, flying=rounds.flying, log=crew.log)
            except (Stuck, AssertionError) as problem:
                rounds.outcome.problems.append(f"{type(problem).__name__}: {problem}")
            town.close()
    finally:
        nursery.close()
        shutil.rmtree(folder, ignore_errors=True)
    rounds.outcome.seconds = time.monotonic() - started
    return rounds.outcome

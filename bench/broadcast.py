"""How well a broadcast uses the rate that it may use. Run: python bench/broadcast.py [recipients] [rounds]

Three figures, all with the real `sotay run` on SQLite (synchronous FULL), pinned to one core, against a stand-in for
Telegram on the other:
- to 60,000 people while the stand-in enforces the limit: the share of the allowed rate that is used, and the 429s.
  Time runs faster: SCALE times 30 messages a second are allowed, in windows of one real second.
- with the cap lifted, against a bare aiogram loop that sends the same text to the same stand-in 50 at a time and
  writes nothing down; rounds interleaved, medians.
- to 2,920 groups, time-scaled, from the first message to the last.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from itertools import pairwise

from _delivery import OURS, TOKEN, StandIn, scene
from _parish import FIRST_USER
from peers import peers_python

RECIPIENTS, ROUNDS = (int(each) for each in (*sys.argv[1:3], *("60000", "5")[len(sys.argv[1:3]) :]))
CAP, SCALE, GROUPS, GROUP_SCALE, GROUP_TARGET = 30, 20, 2_920, 10, 101.0
UNCAPPED = 20_000
TARGET_SHARE, TARGET_RATIO = 0.97, 0.8


def shares(log: list[tuple[float, int]], rate: float, parts: int = 5) -> list[float]:
    """Share of the allowed rate in each fifth of a run; the first and last messages bound it."""
    first, last = log[0], log[-1]
    marks = [first]
    for part in range(1, parts):
        wanted = first[1] + (last[1] - first[1]) * part / parts
        marks.append(next(each for each in log if each[1] >= wanted))
    marks.append(last)
    return [(b[1] - a[1]) / (b[0] - a[0]) / rate for a, b in pairwise(marks)]


def capped() -> tuple[float, int]:
    """Median share of the allowed rate over the fifths of one run, and how many 429s there were."""
    rate = CAP * SCALE
    with scene(RECIPIENTS) as (stand_in, ours):
        stand_in.limit(rate)
        ours.broadcast()
        with ours.running(telegram_per_second=rate):
            log = stand_in.watch(RECIPIENTS, patience=60 + 2 * RECIPIENTS / rate)
        refused = stand_in.sent()[1]
        print(f"{RECIPIENTS} people at {rate}/s: {log[-1][0] - log[0][0]:.1f} s, refused {refused}, {ours.states()}")
    parts = shares(log, rate)
    print("share of the rate by fifths:", *(f"{each:.3f}" for each in parts))
    return statistics.median(parts), refused


def ours_uncapped() -> float:
    """Messages a second with no limit."""
    with scene(UNCAPPED) as (stand_in, ours), ours.running(telegram_per_second=0, telegram_chat_per_second=0):
        stand_in.await_bot()  # the peer's clock starts after its imports, too
        ours.broadcast()
        log = stand_in.watch(UNCAPPED, patience=120)
    first = _first(log)
    return (log[-1][1] - first[1]) / (log[-1][0] - first[0])


def aiogram_uncapped(python: str) -> float:
    """The same by a bare loop of aiogram, on the core that ours has."""
    stand_in = StandIn()
    try:
        stand_in.people(UNCAPPED)
        command = [python, "bench/bots/loop.py", f"{stand_in.url}/telegram", TOKEN, str(FIRST_USER), str(UNCAPPED)]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, preexec_fn=lambda: os.sched_setaffinity(0, OURS)
        )
        return UNCAPPED / float(done.stdout)
    finally:
        stand_in.close()


def to_groups() -> float:
    """Seconds, in the time of people, until every group has its message."""
    rate = CAP * GROUP_SCALE
    with scene(1, GROUPS) as (stand_in, ours):
        stand_in.limit(rate)
        with ours.running(telegram_per_second=rate):
            stand_in.await_bot()  # scaled time must not make ten seconds of one second that Python needs to start
            ours.broadcast(groups=stand_in.groups)
            log = stand_in.watch(GROUPS, patience=60)
        print(f"{GROUPS} groups at {rate}/s: refused {stand_in.sent()[1]}, {ours.states()}")
    print(f"from the row in the database to the first message {_first(log)[0] - log[0][0]:.1f} s, unscaled")
    return (log[-1][0] - _first(log)[0]) * GROUP_SCALE


def _first(log: list[tuple[float, int]]) -> tuple[float, int]:
    """The first look that saw messages. What comes before is not sending: the benchmark writes its broadcast into the
    database behind the bot's back, which looks there every two seconds (a command in the chat wakes it at once)."""
    return next(each for each in log if each[1])


def result(name: str, value: str, unit: str, target: str, met: bool) -> None:
    """The line that a reader looks for."""
    print(f"RESULT {name} {value} {unit} target {target} {'met' if met else 'missed'}", flush=True)


def main() -> None:
    """All three, and a line for each."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    share, refused = capped()
    python = str(peers_python())
    ours, peer = [], []
    for _ in range(ROUNDS):
        ours.append(ours_uncapped())
        peer.append(aiogram_uncapped(python))
        print(f"uncapped: ours {ours[-1]:.0f}/s, bare aiogram {peer[-1]:.0f}/s")
    groups = statistics.median(to_groups() for _ in range(ROUNDS))
    ratio = statistics.median(ours) / statistics.median(peer)
    print(f"429s while capped: {refused}")
    result("broadcast_share", f"{share:.3f}", "of-rate", f"{TARGET_SHARE}", share >= TARGET_SHARE and not refused)
    result("broadcast_uncapped", f"{ratio:.2f}", "x-aiogram", f"{TARGET_RATIO}", ratio >= TARGET_RATIO)
    result("broadcast_groups", f"{groups:.1f}", "s", f"{GROUP_TARGET:.0f}", groups <= GROUP_TARGET)


if __name__ == "__main__":
    main()

"""How many updates a second are handled durably. Run: python bench/inbound.py [updates] [rounds]

Ours: the real bot with the real attendance handler. Members with linked accounts answer the open invitation of their
branch, half of them in words as people write them, half by pressing; each answer is understood, written to the member's
row, and its reply queued, in SQLite with synchronous FULL. The peers: python-telegram-bot, aiogram and
pyTelegramBotAPI (async), whose handler inserts one row in SQLite with synchronous FULL. All poll the same stand-in
for Telegram (another process's core), which holds a backlog. Each runs on one core.

Measured twice. "kept": until the last update is committed, and nobody sends. "answered": until the stand-in has every
reply too: ours sends them through its outbox with two more commits each (and acknowledges presses), the peers echo.
`inbound` is ours of "kept": what is committed is safe, and its reply is queued. `inbound_ratio` compares it with the
best peer that does an echo and one durable insert ("answered"), `inbound_ratio_kept` with the best that only inserts,
`inbound_ratio_answered` compares both with every reply sent. Rounds are interleaved, medians taken. Then 300 updates
a second, with sending: how long until an update is committed, and until its reply has reached the stand-in.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
from _parish import FIRST_USER, Json, answered, fill
from peers import peers_python

from bot.app import open_storage
from bot.sandbox.scene import Scene
from bot.sandbox.server import listen, uvicorn_for
from bot.sandbox.things import Pending
from bot.settings import Settings

TARGET, TARGET_RATIO, TARGET_LATENCY = 2_000, 1.3, 50
OURS = "ours"
PEERS = ("python-telegram-bot", "aiogram", "pyTelegramBotAPI")
TOKENS = {name: f"{700001 + at}:bench-telegram-token-{at}" for at, name in enumerate((OURS, *PEERS))}
RATE, STEADY_SECONDS = 300, 8
WARM = 200
"""Updates before the clock starts: words are read once per process, statements compiled once."""
PATIENCE = 120.0
"""Seconds that one round may take at most."""
HERE = Path(__file__).parent
UNDER_TEST, STAND_IN = {0}, {1} if (os.cpu_count() or 1) > 1 else {0}
"""Cores: one for the process that is measured, another for the stand-in and the clock."""


class StandIn:
    """Telegram's stand-in in this process, and what has reached it."""

    def __init__(self) -> None:
        self.scene = Scene(state=None, clock_file=None)
        self.sent: Counter[str] = Counter()
        self.replied: dict[str, float] = {}
        self._note = self.scene.calls.note
        self.scene.calls.note = self._seen  # type: ignore[method-assign]

    async def start(self, people: int) -> None:
        """Serve, with all bots and with everybody having started each of them."""
        bound = listen(0)
        self._server = uvicorn_for(self.scene, bound)
        self._task = asyncio.create_task(self._server.serve(sockets=[bound]))
        async with httpx2.AsyncClient(base_url=self.scene.url, timeout=120) as http:
            for name, token in TOKENS.items():
                body = {"platform": "telegram", "token": token, "username": "bench_bot", "display_name": name}
                (await http.post("/control/bots", json=body)).raise_for_status()
            starts = list(TOKENS.values())
            for first in range(0, people, 500):
                rows = [
                    {"id": f"p{at}", "name": f"Văn {at}", "telegram_id": FIRST_USER + at, "starts": starts}
                    for at in range(first, min(first + 500, people))
                ]
                (await http.post("/control/people", json=rows)).raise_for_status()
            (await http.post("/control/record", json={"calls": False})).raise_for_status()

    async def stop(self) -> None:
        self._server.should_exit = True
        await self._task

    def offer(self, name: str, updates: list[tuple[int, Json]]) -> None:
        """Let these updates wait for a bot."""
        feed = self.scene.world.feeds[TOKENS[name]]
        feed.pending.extend(Pending(number, str(number), time.time(), body) for number, body in updates)
        feed.wake()

    def _seen(self, bot: Any, method: str, params: Json, *, answer: Any, at: str) -> None:
        if method.lower() == "sendmessage" and isinstance(answer, dict) and answer.get("ok"):
            self.sent[bot.token] += 1
            self.replied.setdefault(str(answer["result"]["chat"]["id"]), time.monotonic())
        self._note(bot, method, params, answer=answer, at=at)


class Contender:
    """One process under test on its core, and how many updates it has committed."""

    def __init__(self, name: str, folder: Path, url: str, *, answer: bool) -> None:
        self.name, self.folder = name, folder
        self.times = folder / f"{name}.times"
        mode = "1" if answer else "0"
        if name == OURS:
            self.path, self._count = folder / "sotay.db", "SELECT count(*) FROM inboxentry"
            command = [sys.executable, str(HERE / "_inbound_ours.py"), str(folder), mode, str(self.times)]
        else:
            self.path, self._count = folder / f"{name}.db", "SELECT count(*) FROM heard"
            base = f"{url}/telegram"
            script = str(HERE / "_inbound_peers.py")
            command = [str(peers_python()), script, name, base, TOKENS[name], str(self.path), mode]
        log = (folder / f"{name}.log").open("w")
        self.process = subprocess.Popen(command, stdout=log, stderr=log)
        os.sched_setaffinity(self.process.pid, UNDER_TEST)

    def committed(self) -> int:
        if self.process.poll() is not None:
            raise SystemExit(f"{self.name} has ended: " + (self.folder / f"{self.name}.log").read_text()[-2000:])
        try:
            with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True) as database:
                return int(database.execute(self._count).fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Bench:
    """Hands out everybody's answers and measures rounds."""

    def __init__(self, stand_in: StandIn, template: Path, invitations: list[int]) -> None:
        self.stand_in, self.template = stand_in, template
        self._updates = deque(answered(invitations, seed=7))

    def fresh(self, folder: Path) -> Path:
        """A copy of the filled database: what one run has answered is open again in the next."""
        return Path(shutil.copytree(self.template, folder))

    def rewind(self, invitations: list[int]) -> None:
        self._updates = deque(answered(invitations, seed=7))

    def next(self, count: int) -> list[tuple[int, Json]]:
        return [self._updates.popleft() for _ in range(count)]

    async def round(self, contender: Contender, updates: list[tuple[int, Json]], *, answer: bool) -> float:
        """Updates a second: from the moment when they wait until the last one is committed, or answered too."""
        token = TOKENS[contender.name]
        kept, sent = contender.committed() + len(updates), self.stand_in.sent[token] + len(updates)
        started = time.monotonic()
        self.stand_in.offer(contender.name, updates)
        while contender.committed() < kept or (answer and self.stand_in.sent[token] < sent):
            await asyncio.sleep(0.01)
            if time.monotonic() - started > PATIENCE:
                raise SystemExit(f"{contender.name}: {contender.committed()} of {kept} after {PATIENCE:.0f} s")
        return len(updates) / (time.monotonic() - started)

    async def race(self, contenders: list[Contender], size: int, rounds: int, *, answer: bool) -> dict[str, float]:
        """Medians of interleaved rounds, after one that warms up."""
        figures: dict[str, list[float]] = {each.name: [] for each in contenders}
        warm = self.next(WARM)
        for each in contenders:
            await self.round(each, warm, answer=answer)
        for turn in range(rounds):
            updates = self.next(size)
            for each in contenders:
                figures[each.name].append(await self.round(each, updates, answer=answer))
            shown = ", ".join(f"{name} {found[-1]:.0f}/s" for name, found in figures.items())
            print(f"  round {turn + 1}: {shown}", flush=True)
        return {name: statistics.median(found) for name, found in figures.items()}

    async def steady(self, ours: Contender) -> tuple[list[float], list[float]]:
        """Milliseconds from available to committed, and to the reply's arrival, at RATE updates a second."""
        updates, available = self.next(RATE * STEADY_SECONDS), {}
        kept = ours.committed() + len(updates)
        begin = time.monotonic()
        for at, update in enumerate(updates):
            wait = begin + at / RATE - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            available[update[0]] = max(begin + at / RATE, time.monotonic() - 0.002)
            self.stand_in.offer(OURS, [update])
        users = {number: str(_user(body)) for number, body in updates}
        while ours.committed() < kept or not all(user in self.stand_in.replied for user in users.values()):
            await asyncio.sleep(0.05)
            if time.monotonic() - begin > PATIENCE:
                raise SystemExit("not everything was answered")
        done = dict(_times(ours.times))
        commits = [1000 * (done[number] - at) for number, at in available.items()]
        replies = [1000 * (self.stand_in.replied[users[number]] - at) for number, at in available.items()]
        return sorted(commits), sorted(replies)


def _user(body: Json) -> int:
    return int((body.get("message") or body.get("callback_query") or {})["from"]["id"])


def _times(path: Path) -> Iterator[tuple[int, float]]:
    for line in path.read_text().splitlines():
        number, moment = line.split()
        yield int(number), float(moment)


async def main(size: int, rounds: int) -> None:
    """Both races, the steady load, the results."""
    os.sched_setaffinity(0, STAND_IN)
    names = [OURS, *_peers()]
    people = 2 * WARM + size * rounds + RATE * STEADY_SECONDS
    print(f"beside it: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {people} people, {rounds} rounds")
    with tempfile.TemporaryDirectory(dir=HERE.parent / "var") as name:
        folder = Path(name)
        template = folder / "template"
        settings = Settings(data_dir=template, key_file=template / "key")
        database = open_storage(settings)
        stand_in = StandIn()
        await stand_in.start(people)
        base = f"{stand_in.scene.url}/telegram"
        invitations = fill(database, settings, people, token=TOKENS[OURS], base_url=base, mode="polling")
        database.close()
        bench = Bench(stand_in, template, invitations)
        try:
            kept = await _race(bench, names, bench.fresh(folder / "kept"), size, rounds, answer=False)
            bench.rewind(invitations)
            answering = bench.fresh(folder / "answered")
            both, late = await _race_and_steady(bench, names, answering, max(size // 3, 100), rounds)
        finally:
            await stand_in.stop()
    _report(kept, both, *late)


def _peers() -> list[str]:
    try:
        peers_python()
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"the peers' environment cannot be built: {error}")
        return []
    return list(PEERS)


async def _race(
    bench: Bench, names: list[str], folder: Path, size: int, rounds: int, *, answer: bool
) -> dict[str, float]:  # fmt: skip
    print("kept (committed; nobody sends):")
    contenders = [Contender(name, folder, bench.stand_in.scene.url, answer=answer) for name in names]
    try:
        return await bench.race(contenders, size, rounds, answer=answer)
    finally:
        for each in contenders:
            each.stop()


async def _race_and_steady(
    bench: Bench, names: list[str], folder: Path, size: int, rounds: int
) -> tuple[dict[str, float], tuple[list[float], list[float]]]:
    print("answered (committed, and every reply at the stand-in):")
    contenders = [Contender(name, folder, bench.stand_in.scene.url, answer=True) for name in names]
    try:
        figures = await bench.race(contenders, size, rounds, answer=True)
        return figures, await bench.steady(contenders[0])
    finally:
        for each in contenders:
            each.stop()


def _report(kept: dict[str, float], both: dict[str, float], commits: list[float], replies: list[float]) -> None:
    for title, figures in (("kept", kept), ("answered", both)):
        peers = {name: rate for name, rate in figures.items() if name != OURS}
        shown = ", ".join(f"{name} {rate:.0f}" for name, rate in figures.items())
        ratio = f"; {figures[OURS] / max(peers.values()):.2f} x the best of them" if peers else ""
        print(f"{title}, updates/s, median: {shown}{ratio}")
    p99 = [found[int(len(found) * 0.99)] for found in (commits, replies)]
    middle = [statistics.median(found) for found in (commits, replies)]
    print(f"at {RATE}/s: committed after {middle[0]:.1f} ms (p99 {p99[0]:.1f}), answered after {middle[1]:.1f} ms "
          f"(p99 {p99[1]:.1f})")  # fmt: skip
    print(f"load at the end {os.getloadavg()[0]:.1f}")
    _result("inbound_p99_commit", p99[0], "ms", TARGET_LATENCY, p99[0] <= TARGET_LATENCY)
    inserts = max((rate for name, rate in kept.items() if name != OURS), default=0.0)
    echoes = max((rate for name, rate in both.items() if name != OURS), default=0.0)
    if inserts and echoes:
        ratios = {"": kept[OURS] / echoes, "_kept": kept[OURS] / inserts, "_answered": both[OURS] / echoes}
        for suffix, ratio in ratios.items():
            _result(f"inbound_ratio{suffix}", ratio, "x", TARGET_RATIO, ratio >= TARGET_RATIO)
    else:
        print(f"RESULT inbound_ratio 0 x target {TARGET_RATIO} missed (no peers: their environment cannot be built)")
    _result("inbound", kept[OURS], "updates/s", TARGET, kept[OURS] >= TARGET)


def _result(name: str, value: float, unit: str, target: float, met: bool) -> None:
    shown = f"{value:.0f}" if value >= 100 else f"{value:.2f}"
    print(f"RESULT {name} {shown} {unit} target {target} {'met' if met else 'missed'}")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500, int(sys.argv[2]) if len(sys.argv) > 2 else 5))

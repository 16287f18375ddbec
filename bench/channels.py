"""Hundreds of Zalo bots in one process: what they cost at rest, and how long replies take when all of them talk.

The bot runs as a process of its own (`sotay run --only sender`, SQLite), the stand-in of Zalo as another; this one
plays the people. Every bot is polled (25 s a poll), each has one person who has not logged in yet.
Usage: python bench/channels.py [channels]
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2

from bot.bot_accounts import new_channel
from bot.messages import Platform
from storage import tables
from storage.crypto import Vault, install
from storage.db import Database

KEY = bytes(range(32))
IDLE_SECONDS = 20.0
PACED, PER_SECOND = 200, 10.0
EACH, CPU, REPLY = 100.0, 10.0, 1.0
"""Targets: kilobytes resident per bot, percent of one core at rest, seconds (p99) at PER_SECOND messages a second."""


class People:
    """One person per bot, over the stand-in's control door."""

    def __init__(self, url: str, count: int, *, first: int = 0) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
        self.http = httpx2.AsyncClient(base_url=f"{url}/control", timeout=120, limits=limits, verify=False)
        self.tokens = [f"90{number:05d}:bench-token-{number:05d}" for number in range(first, first + count)]
        self.ids: list[str] = []
        self.seen = [0] * count

    async def set_up(self) -> None:
        """Bots and people."""
        people = [{"name": f"Người {n}", "role": "", "about": "", "avatar": "N", "kind": "member"} for n in self.tokens]
        self.ids = [each["id"] for each in (await self.post("people", people))["people"]]
        for number, token in enumerate(self.tokens):
            names = {"username": f"bot.{number}", "display_name": f"Trợ lý {number}"}
            await self.post("bots", {"platform": "zalo", "token": token, **names})

    async def post(self, path: str, body: object) -> Any:
        """One control call."""
        answer = await self.http.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def polled(self) -> int:
        """How many bots have a poll waiting now."""
        found = await asyncio.gather(*(self.http.get("pending", params={"bot": token}) for token in self.tokens))
        return sum(bool(each.json()["polling"]) for each in found)

    async def talk(self, number: int) -> float:
        """Say something; seconds until the answer is there."""
        where = {"platform": "zalo", "person": self.ids[number], "chat": "private", "bot": self.tokens[number]}
        started = time.perf_counter()
        await self.post("say", {**where, "text": "chào trợ lý, tôi mới vào"})
        while True:
            query = {**where, "after": self.seen[number], "wait": 30}
            found = (await self.http.get("messages", params=query)).json()
            self.seen[number] = found["seq"]
            if any(each["from"] == "bot" for each in found["messages"]):
                return time.perf_counter() - started


class Child:
    """A process, and what it uses."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, *arguments], env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=out
            )

    def megabytes(self) -> float:
        """Resident memory."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """Processor time so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        """End it in order."""
        self.process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=30)


def install_bot(folder: Path, url: str, people: People) -> Child:
    """An installation (a key, a database, a channel per bot), and its process."""
    folder.mkdir()
    (folder / "key").write_text(KEY.hex())
    (folder / "data").mkdir()
    assert tables.MODULES
    install(Vault(KEY))
    database = Database(f"sqlite:///{folder / 'data' / 'sotay.db'}")
    database.upgrade()
    with database.transaction() as session:
        for number, token in enumerate(people.tokens):
            session.add(new_channel(Platform.ZALO, f"kenh-{number}", token, base_url=f"{url}/zalo"))
    database.close()
    environment = {
        "SOTAY_DATA_DIR": str(folder / "data"), "SOTAY_KEY_FILE": str(folder / "key"),
        "SOTAY_CONFIG": str(folder / "none.toml"), "SOTAY_DATABASE_URL": "", "SOTAY_CLOCK_FILE": str(folder / "clock"),
    }  # fmt: skip
    return Child(["-m", "bot", "run", "--only", "sender"], environment, folder / "log")


async def until_polled(people: People, bot: Child) -> float:
    """Seconds until every bot has a poll waiting."""
    started = time.perf_counter()
    while (waiting := await people.polled()) < len(people.tokens):
        if bot.process.poll() is not None or time.perf_counter() - started > 180:
            raise SystemExit(f"{waiting} of {len(people.tokens)} are polled")
        await asyncio.sleep(0.5)
    return time.perf_counter() - started


async def measure(folder: Path, count: int) -> None:
    """Start everything, measure, print."""
    sandbox = Child(["-m", "bot.sandbox", "--port", "0", "--clock-file", str(folder / "clock")], {}, folder / "log")
    assert sandbox.process.stdout is not None
    url = sandbox.process.stdout.readline().decode().split()[-1].rstrip("/")
    try:
        alone = People(url, 1, first=99_999)
        await alone.set_up()
        bot = install_bot(folder / "one", url, alone)
        await until_polled(alone, bot)
        base = bot.megabytes()
        bot.stop()
        people = People(url, count)
        await people.set_up()
        bot = install_bot(folder / "many", url, people)
        print(f"{count} bots are polled {await until_polled(people, bot):.1f} s after the start of the process")
        await report(people, bot, base)
        bot.stop()
    finally:
        sandbox.stop()


async def report(people: People, bot: Child, base: float) -> None:
    """At rest, at a steady pace, and everybody at once."""
    count, before = len(people.tokens), bot.cpu_seconds()
    await asyncio.sleep(IDLE_SECONDS)
    idle = 100 * (bot.cpu_seconds() - before) / IDLE_SECONDS
    each = 1024 * (bot.megabytes() - base) / max(1, count - 1)
    print(f"at rest: {idle:.1f} % of one core; {bot.megabytes():.0f} MB resident, {base:.0f} MB with one bot")
    paced, before = [], bot.cpu_seconds()
    for number in range(PACED):
        paced.append(asyncio.create_task(people.talk(number % count)))
        await asyncio.sleep(1 / PER_SECOND)
    calm = sorted(await asyncio.gather(*paced))
    cost = 1000 * (bot.cpu_seconds() - before) / PACED
    median, late = statistics.median(calm), calm[int(len(calm) * 0.99)]
    print(f"{PER_SECOND:.0f} messages a second over {count} bots: median {median:.3f} s, p99 {late:.3f} s")
    print(f"one message, polled, handled and answered: {cost:.1f} ms of processor time")
    at_once = sorted(await asyncio.gather(*(people.talk(number) for number in range(count))))
    print(f"all {count} at once: median {statistics.median(at_once):.2f} s, last {at_once[-1]:.2f} s")
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"beside it ran the stand-in and the people; load of this machine {load}")
    result("channels_idle_cpu", idle, "%", CPU)
    result("channels_memory_each", each, "KB", EACH)
    result("channels_reply_p99", late, "s", REPLY)


def result(name: str, value: float, unit: str, target: float) -> None:
    """The line that scripts read."""
    print(f"RESULT {name} {value:.2f} {unit} target {target:g} {'met' if value <= target else 'missed'}")


def main() -> None:
    """Run it in a folder that goes away."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(measure(Path(name), count))


if __name__ == "__main__":
    main()

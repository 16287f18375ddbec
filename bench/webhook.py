"""How quickly a webhook is answered. Run: python bench/webhook.py [seconds]

A real `sotay run` with one webhook channel, on SQLite with synchronous FULL, sending its replies to the stand-in.
Members answer the invitation of their branch, 300 posts a second whether or not the earlier ones are answered (open
loop), each member once. 200 comes only after the commit: at the end every update must be in the inbox. Latency counts
from the moment when a post was due, so a client that falls behind makes the figure worse, not better. The stand-in and
the client share one core, the bot has another.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import httpx2
from _parish import FIRST_USER, HOOK, SECRET, Json, answered, fill

from bot.app import open_storage
from bot.sandbox.scene import Scene
from bot.sandbox.server import listen, uvicorn_for
from bot.settings import Settings

RATE = 300
TARGET_MEDIAN, TARGET_P99 = 20, 100
WARM = 60
TOKEN = "700001:bench-telegram-token"
UNDER_TEST, CLIENT = {0}, {1} if (os.cpu_count() or 1) > 1 else {0}
HERE = Path(__file__).parent


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(environment: dict[str, str], log: IO[str]) -> subprocess.Popen[bytes]:
    """The bot, on its core."""
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, stdout=log, stderr=log)
    os.sched_setaffinity(process.pid, UNDER_TEST)
    return process


async def post(http: httpx2.AsyncClient, update: Json, due: float) -> tuple[int, float]:
    """Status and milliseconds since `due`."""
    headers = {"x-telegram-bot-api-secret-token": SECRET, "content-type": "application/json"}
    answer = await http.post(f"/hooks/{HOOK}", content=json.dumps(update), headers=headers)
    return answer.status_code, 1000 * (time.perf_counter() - due)


async def steady(http: httpx2.AsyncClient, updates: list[Json]) -> list[tuple[int, float]]:
    """Post at RATE a second, open loop."""
    begin, tasks = time.perf_counter(), []
    for at, update in enumerate(updates):
        due = begin + at / RATE
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        tasks.append(asyncio.create_task(post(http, update, due)))
    return list(await asyncio.gather(*tasks))


async def ready(http: httpx2.AsyncClient, process: subprocess.Popen[bytes]) -> None:
    """Wait until the process answers."""
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit("sotay run has ended")
        try:
            if (await http.get("/health")).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        await asyncio.sleep(0.1)
    raise SystemExit("sotay run does not answer")


async def main(seconds: int) -> None:
    os.sched_setaffinity(0, CLIENT)
    count, load = RATE * seconds, os.getloadavg()[0]
    scene, bound = Scene(state=None, clock_file=None), listen(0)
    server = uvicorn_for(scene, bound)
    serving = asyncio.create_task(server.serve(sockets=[bound]))
    with tempfile.TemporaryDirectory(dir=HERE.parent / "var") as name:
        folder, port = Path(name), free_port()
        await _bot(scene.url, count + WARM)
        invitations = _fill(folder, count + WARM, scene.url)
        updates = [body for _, body in answered(invitations, seed=3)]
        environment = {
            **os.environ, "SOTAY_DATA_DIR": str(folder), "SOTAY_KEY_FILE": str(folder / "key"),
            "SOTAY_WEB_PORT": str(port), "SOTAY_TELEGRAM_PER_SECOND": "0",
            "SOTAY_PUBLIC_URL": f"http://127.0.0.1:{port}", "SOTAY_SWEEP_SECONDS": "3600",
        }  # fmt: skip
        log = (folder / "log").open("w")
        process = start(environment, log)
        try:
            limits = httpx2.Limits(max_connections=100, max_keepalive_connections=100)
            base = f"http://127.0.0.1:{port}"
            async with httpx2.AsyncClient(base_url=base, timeout=60, limits=limits, trust_env=False) as http:
                await ready(http, process)
                await steady(http, updates[:WARM])
                found = await steady(http, updates[WARM:])
            _check(folder / "sotay.db", count + WARM, found)
        finally:
            process.terminate()
            process.wait(30)
    server.should_exit = True
    await serving
    _report(sorted(took for _, took in found), load)


async def _bot(url: str, people: int) -> None:
    """The bot, and everybody has started it: to strangers it could send nothing."""
    body = {"platform": "telegram", "token": TOKEN, "username": "bench_bot", "display_name": "Bench"}
    async with httpx2.AsyncClient(base_url=url) as http:
        (await http.post("/control/bots", json=body)).raise_for_status()
        for first in range(0, people, 500):
            rows = [
                {"id": f"p{at}", "name": f"Văn {at}", "telegram_id": FIRST_USER + at, "starts": [TOKEN]}
                for at in range(first, min(first + 500, people))
            ]
            (await http.post("/control/people", json=rows)).raise_for_status()
        (await http.post("/control/record", json={"calls": False})).raise_for_status()


def _fill(folder: Path, people: int, url: str) -> list[int]:
    settings = Settings(data_dir=folder, key_file=folder / "key")
    database = open_storage(settings)
    found = fill(database, settings, people, token=TOKEN, base_url=f"{url}/telegram", mode="webhook")
    database.close()
    return found


def _check(path: Path, wanted: int, found: list[tuple[int, float]]) -> None:
    wrong = [status for status, _ in found if status != 200]
    with sqlite3.connect(path) as database:
        kept = database.execute("SELECT count(*) FROM inboxentry").fetchone()[0]
        said = database.execute("SELECT count(*) FROM rsvp WHERE state = 'attending'").fetchone()[0]
    if wrong or kept != wanted:
        raise SystemExit(f"{len(wrong)} posts were not answered with 200, {kept} of {wanted} are in the inbox")
    print(f"{kept} updates in the inbox, {said} of {wanted} answers written (the rest was asked back)")


def _report(took: list[float], load: float) -> None:
    middle, p99 = statistics.median(took), took[int(len(took) * 0.99)]
    print(f"beside it: load {load:.1f} at the start, {os.getloadavg()[0]:.1f} at the end, on {os.cpu_count()} cores")
    print(f"{len(took)} posts at {RATE}/s: median {middle:.1f} ms, p99 {p99:.1f} ms, worst {took[-1]:.1f} ms")
    print(f"RESULT webhook_median {middle:.1f} ms target {TARGET_MEDIAN} {_word(middle <= TARGET_MEDIAN)}")
    print(f"RESULT webhook_p99 {p99:.1f} ms target {TARGET_P99} {_word(p99 <= TARGET_P99)}")


def _word(met: bool) -> str:
    return "met" if met else "missed"


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))

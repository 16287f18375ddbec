"""What the benchmarks of sending share: a stand-in process, a filled database, our bot as its user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
from _parish import FIRST_USER, fill
from sqlalchemy import insert, text

from bot.app import open_storage
from bot.settings import Settings
from storage.broadcasts import Broadcast
from storage.channels import GroupChat
from storage.db import Database

TOKEN = "700001:bench-telegram-token"
OURS, STAND_IN = ({0}, {1}) if (os.cpu_count() or 1) > 1 else ({0}, {0})
"""Cores: one for our process, one for the stand-in and the clock."""
TEXT = "Kính gửi đồng chí thông báo của chi bộ. Đã đọc xin bấm 1."
FIRST_GROUP = -100_000


class StandIn:
    """A process that plays Telegram, and what it has been sent."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.sandbox", "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        os.sched_setaffinity(self._process.pid, STAND_IN)
        os.sched_setaffinity(0, STAND_IN)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().split()[-1]
        self.http = httpx2.Client(base_url=self.url, timeout=120, verify=False)  # loopback

    def control(self, path: str, body: Any = None) -> Any:
        """One control call."""
        url = f"/control/{path}"
        answer = self.http.get(url) if body is None else self.http.post(url, json=body)
        answer.raise_for_status()
        return answer.json()

    def people(self, count: int, groups: int = 0) -> None:
        """A new world in which everybody has started the bot, and keeps nothing in full."""
        self.control("reset", {})
        self.control("record", {"calls": False})
        names = {"username": "bench_bot", "display_name": "Sổ tay"}
        self.control("bots", {"platform": "telegram", "token": TOKEN, **names})
        for first in range(0, count, 1000):
            rows = [
                {"id": f"p{at}", "name": f"Văn {at}", "telegram_id": FIRST_USER + at, "starts": [TOKEN]}
                for at in range(first, min(first + 1000, count))
            ]
            self.control("people", rows)
        kind = {"platform": "telegram", "people": ["p0"], "bot": TOKEN}
        self.groups = [self.control("groups", {**kind, "title": f"Nhóm {at}"})["id"] for at in range(groups)]
        self._forget_updates()  # that the bot was added to the groups: it would answer each

    def _forget_updates(self) -> None:
        offset = 0
        while True:
            asked = {"offset": offset, "limit": 100, "timeout": 0}
            found = self.http.post(f"/telegram/bot{TOKEN}/getUpdates", json=asked).json()["result"]
            if not found:
                return
            offset = found[-1]["update_id"] + 1

    def limit(self, per_second: int, per_chat: int = 1, per_group_minute: int = 20) -> None:
        """Enforce these limits; 0 per second: none at all."""
        body = {"per_second": per_second, "per_chat": per_chat, "per_group_minute": per_group_minute}
        self.control("limits", {"platform": "telegram", "enforce": per_second > 0, **body})

    def sent(self) -> tuple[int, int]:
        """(messages accepted, messages refused)."""
        counts = self.control("counts")
        return counts["counts"].get("sendMessage", 0), counts["refused"].get("sendMessage", 0)

    def await_bot(self) -> None:
        """Until a bot polls."""
        end = time.monotonic() + 60
        while not self.control("counts")["counts"].get("getUpdates", 0):
            if time.monotonic() > end:
                raise TimeoutError("the bot does not poll")
            time.sleep(0.1)

    def watch(self, count: int, patience: float) -> list[tuple[float, int]]:
        """(moment, messages accepted so far) until `count` are there."""
        log: list[tuple[float, int]] = []
        end = time.monotonic() + patience
        while time.monotonic() < end:
            accepted = self.sent()[0]
            if not log or accepted != log[-1][1]:
                log.append((time.monotonic(), accepted))
            if accepted >= count:
                return log
            time.sleep(0.1)  # the stand-in answers this on the core that it needs for the messages
        raise TimeoutError(f"{log[-1][1] if log else 0} of {count} messages after {patience} s")

    def close(self) -> None:
        """End the process that we started."""
        self.http.close()
        self._process.terminate()
        self._process.wait(timeout=10)


class Ours:
    """Our bot on a database of its own: `sotay run`, pinned to one core."""

    def __init__(self, folder: Path, stand_in: StandIn, people: int, *, url: str = "") -> None:
        self.folder = folder
        self.settings = Settings(data_dir=folder, key_file=folder / "key", database_url=url)
        self.database: Database = open_storage(self.settings)
        base = f"{stand_in.url}/telegram"
        fill(self.database, self.settings, people, token=TOKEN, base_url=base, mode="polling")

    def broadcast(self, *, groups: list[str] | None = None) -> None:
        """One message to everybody, or to every group, as a command would queue it."""
        with self.database.transaction() as session:
            now, path = datetime.now(UTC), session.connection().execute(text("SELECT path FROM organization LIMIT 1"))
            session.add(
                Broadcast(
                    path=path.scalar_one(), about="bench:1", text=TEXT if groups is None else "",
                    group_text=TEXT if groups is not None else "", made_at=now,
                )
            )  # fmt: skip
            if groups:
                rows = [
                    {"channel_id": 1, "chat_id": chat, "organization_id": 1, "linked_at": now, "rejections": 0}
                    for chat in groups
                ]
                session.connection().execute(insert(GroupChat), rows)

    @contextmanager
    def running(self, *, only: str = "", **settings: object) -> Iterator[subprocess.Popen[bytes]]:
        """The real command, until the block ends; `only` one part of it."""
        given = {f"SOTAY_{name.upper()}": str(value) for name, value in settings.items()}
        place = {"SOTAY_DATA_DIR": str(self.folder), "SOTAY_KEY_FILE": str(self.folder / "key")}
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", *(["--only", only] if only else [])], stdout=log, stderr=log,
                env={**os.environ, **place, "SOTAY_WEB_PORT": "0", **given},
            )  # fmt: skip
        os.sched_setaffinity(process.pid, OURS)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)

    def states(self) -> dict[str, int]:
        """How many deliveries of the broadcast are in each state."""
        query = text("SELECT state, count(*) FROM delivery WHERE broadcast_id IS NOT NULL GROUP BY state")
        with self.database.reading() as session:
            return dict(tuple(row) for row in session.connection().execute(query))


@contextmanager
def scene(people: int, groups: int = 0) -> Iterator[tuple[StandIn, Ours]]:
    """A stand-in and our bot with so many people, in a folder that goes away."""
    stand_in = StandIn()
    try:
        stand_in.people(people, groups)
        with tempfile.TemporaryDirectory() as folder:
            ours = Ours(Path(folder), stand_in, people)
            yield stand_in, ours
            ours.database.close()
    finally:
        stand_in.close()

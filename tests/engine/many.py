"""A running bot with many Zalo channels, for tests of how they live together."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

from bot.app import App, build
from bot.bot_accounts import new_channel
from bot.lookups import Loop
from bot.messages import Platform
from storage import channels
from tests.world import World

T = TypeVar("T")
PATIENCE = 60
"""Seconds for which a wait ends a test that would otherwise hang; nothing is timed."""


class Running:
    """An App that polls and sends by itself, in a loop of its own with very few threads for the database."""

    def __init__(self, world: World, loop: asyncio.AbstractEventLoop, app: App) -> None:
        self.world, self.loop, self.app = world, loop, app

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end in the bot's loop."""
        return self.begin(work).result(timeout=PATIENCE)

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start it in the bot's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def follow(self) -> None:
        """Notice what has changed in the table of channels, as happens every few seconds."""
        self.do(self.app.fleet.follow(self.do(self.app.ownership.renew())))


@contextmanager
def running(world: World, *, threads: int = 4) -> Iterator[Running]:
    """The bot runs until the end of the block."""
    settings = world.settings.model_copy(update={"poll_seconds": 20, "lease_seconds": 15})
    app = build(settings, world.database, clock=world.clock, parts={"sender", "scheduler"})
    loop = Loop()
    loop.set_default_executor(ThreadPoolExecutor(threads))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    bot = Running(world, loop, app)
    main = bot.begin(app.run({"sender", "scheduler"}))
    try:
        yield bot
    finally:
        bot.do(app.stop())
        main.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Branch:
    """One Zalo channel with its bot and one person on it who has not logged in."""

    def __init__(self, world: World, number: int, person: dict[str, Any]) -> None:
        self.world, self.number = world, number
        self.token = f"81{number:04d}:branch-token-{number:04d}"
        self.name = f"chi-bo-{number}"
        self.person = person
        self.seen = 0

    def body(self, text: str) -> dict[str, Any]:
        return {"person": self.person["id"], "platform": "zalo", "chat": "private", "bot": self.token, "text": text}

    def says(self, *texts: str) -> None:
        self.world.control("POST", "say", [self.body(text) for text in texts])  # type: ignore[arg-type]

    def messages(self, *, wait: float = 0) -> dict[str, Any]:
        query = {"platform": "zalo", "person": self.person["id"], "chat": "private", "bot": self.token}
        found: dict[str, Any] = self.world.control("GET", "messages", after=self.seen, wait=wait, **query)
        return found

    def answers(self) -> list[str]:
        """Every text of the bot so far."""
        self.seen = 0
        return [each["text"] for each in self.messages()["messages"] if each["from"] == "bot"]

    def is_answered(self) -> bool:
        """Wait for a message of the bot that was not there at the last look."""
        for _ in range(PATIENCE):
            found = self.messages(wait=1)
            self.seen = found["seq"]
            if any(each["from"] == "bot" for each in found["messages"]):
                return True
        return False

    def waiting(self) -> int:
        """What the platform has for the bot and the bot has not got."""
        return int(self.world.control("GET", "pending", bot=self.token)["pending"])


def branches(world: World, count: int, *, mode: str = "polling") -> list[Branch]:
    """So many bots at the platform and channels in the database."""
    people = [{"name": f"Người {n}", "role": "", "about": "", "avatar": "N", "kind": "member"} for n in range(count)]
    made = world.control("POST", "people", people)["people"]  # type: ignore[arg-type]
    found = [Branch(world, number, person) for number, person in enumerate(made)]
    with world.database.transaction() as session:
        for branch in found:
            names = {"username": f"bot.{branch.number}", "display_name": f"Trợ lý {branch.number}"}
            world.control("POST", "bots", {"platform": "zalo", "token": branch.token, **names})
            session.add(
                new_channel(Platform.ZALO, branch.name, branch.token, base_url=f"{world.sandbox.url}/zalo", mode=mode)
            )
    return found


def channel_id(world: World, name: str) -> int:
    with world.database.reading() as session:
        found = channels.by_name(session, name)
        assert found is not None
        return found.id or 0

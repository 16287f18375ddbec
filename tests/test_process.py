"""The real program as a process: polling and webhooks, SIGTERM, kill -9 in the middle of a dialogue."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from bot.sandbox.server import Server
from storage.channels import Channel
from storage.members import RoleKind
from tests.world import TOKENS, Person, World

PATIENCE = 30


class Process:
    """`python -m bot run` on a world's database."""

    def __init__(self, world: World, log: Path) -> None:
        self.world, self.log = world, log
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        world.settings.key_file.write_text(bytes(range(32)).hex())
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("SOTAY_")},
            "SOTAY_DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False),
            "SOTAY_DATA_DIR": str(world.settings.data_dir),
            "SOTAY_KEY_FILE": str(world.settings.key_file),
            "SOTAY_CLOCK_FILE": str(world.sandbox.clock_file),
            "SOTAY_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "SOTAY_WEB_PORT": str(self.port),
            "SOTAY_POLL_SECONDS": "5",
        }
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when the health page answers."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"], env=self.environment, stdout=log, stderr=log
            )
        for _ in range(PATIENCE * 10):
            assert self.child.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=PATIENCE):
                    return
            except OSError:
                self._until_listening()
        raise AssertionError(self.log.read_text())

    def _until_listening(self) -> None:
        """Give way until the port changes hands: a refused connection returns at once, so the child needs the turn."""
        assert self.child is not None
        try:
            self.child.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            return

    def end(self, number: signal.Signals) -> int:
        """Send a signal and wait; returns the exit code."""
        assert self.child is not None
        self.child.send_signal(number)
        return self.child.wait(timeout=PATIENCE)


class Phone:
    """A person's private chat with a bot that runs by itself: `answers` waits for it."""

    def __init__(self, person: Person) -> None:
        self.person, self.control = person, person.world.control

    def _seq(self) -> int:
        return int(self._messages(0, 0)["seq"])

    def _messages(self, after: int, wait: float) -> Any:
        person = self.person
        query = {"platform": person.platform, "person": person.id, "chat": "private", "bot": TOKENS[person.platform]}
        return self.control("GET", "messages", after=after, wait=wait, **query)

    def asks(self, text: str) -> str:
        """Write, and return the bot's next message."""
        after = self._seq()
        body = {"person": self.person.id, "platform": self.person.platform, "chat": "private", "text": text}
        self.control("POST", "say", {**body, "bot": TOKENS[self.person.platform]})
        for _ in range(PATIENCE):
            found = self._messages(after, 1)
            for message in found["messages"]:
                if message["from"] == "bot":
                    return str(message["text"])
            after = found["seq"]  # the person's own message is news as well: wait for what comes behind it
        raise AssertionError(f"no answer to {text!r}")


@pytest.fixture
def process(world: World, tmp_path: Path) -> Iterator[Process]:
    world.http.timeout = httpx2.Timeout(PATIENCE)
    process = Process(world, tmp_path / "bot.log")
    yield process
    if process.child is not None and process.child.poll() is None:
        process.child.kill()
        process.child.wait()


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_it_answers_and_stops_in_order(
    world: World, process: Process, sandbox: Server, platform: str, mode: str
) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    with world.database.transaction() as session:
        for channel in session.exec(select(Channel)):
            channel.mode = mode
    process.start()
    assert "ĐĂNG NHẬP" in Phone(lan).asks("chào trợ lý, tôi mới vào")
    assert process.end(signal.SIGTERM) == 0, process.log.read_text()


def test_a_kill_in_the_middle_of_a_dialogue_loses_nothing(world: World, process: Process) -> None:
    hoa = world.person("Nguyễn Văn Hòa", roles=[RoleKind.SECRETARY], platform="zalo")
    world.restart()
    process.start()
    phone = Phone(hoa)
    first = phone.asks("/moihop")
    second = phone.asks("1")
    assert first != second
    process.end(signal.SIGKILL)
    process.start()
    again = phone.asks("/tiep")
    assert second.splitlines()[0] in again
    assert process.log.read_text().count(TOKENS["zalo"]) == 0, "a token stands in the log"

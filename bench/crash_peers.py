"""What is lost when a bot is killed over a backlog: the usual frameworks and ours. Run: python bench/crash_peers.py

3,000 messages of 100 people wait at the stand-in for Telegram. The bot is started, killed with -9 a little after it
has got to work, and started again; five times, then it may finish. Each handler makes one durable row per message
(ours: the answer to an invitation, with its inbox row and its echo). Counted: messages without a row, and rows too
many. The moments of the kills are the same for all: after 50 to 300 rows, from a seed.
An argument runs only those whose name holds it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from peers import peers_python
from sqlmodel import col, func, select

from bot.clock import SystemClock
from storage import attendance, channels, members, organizations, tables
from storage.attendance import Rsvp
from storage.channels import Channel
from storage.crypto import Vault, install
from storage.db import Database
from storage.inbox import InboxEntry
from storage.meetings import Meeting
from storage.members import Account, Member
from storage.organizations import Organization, OrganizationKind
from storage.outbox import Delivery

ROOT = Path(__file__).resolve().parents[1]
MESSAGES, PEOPLE, KILLS, SEED = 3000, 100, 5, 20261122
TOKEN = "700001:crash-peers"
FRAMEWORKS = ("python-telegram-bot", "aiogram", "pyTelegramBotAPI")
HANDLERS = ("thread", "blocking")
"""The insert in a worker thread, as aiosqlite does it, or right in the event loop, which nothing else then runs in."""
PATIENCE = 120.0
LOOK_AGAIN = 0.002


@dataclass(frozen=True)
class Tally:
    """What became of the messages."""

    name: str
    lost: int
    doubled: int

    def line(self) -> str:
        return f"{self.name:<30} {self.lost:>6} {100 * self.lost / MESSAGES:>7.1f} % {self.doubled:>8}"


class StandIn:
    """The sandbox as a process of its own, with the backlog."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "bot.sandbox", "--port", "0", "--clock-file", str(folder / "clock")]
        self._child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._child.stdout is not None
        self.url = self._child.stdout.readline().strip()
        self.post("record", {"calls": False, "messages": False})
        self.post("bots", {"platform": "telegram", "token": TOKEN, "username": "crash_bot", "display_name": "Trợ lý"})
        people = [{"name": f"Lan {number}", "starts": [TOKEN]} for number in range(PEOPLE)]
        self.people: list[dict[str, Any]] = self.post("people", people)["people"]
        where = {"platform": "telegram", "chat": "private", "bot": TOKEN}
        self.post(
            "say",
            [
                {
                    **where,
                    "person": self.people[number % PEOPLE]["id"],
                    "text": f"tôi đến muộn {number // PEOPLE + 1} phút",
                }
                for number in range(MESSAGES)
            ],
        )

    def post(self, call: str, body: Any) -> Any:
        data = json.dumps(body).encode()
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.url}/control/{call}", data, method="POST")
        ) as answer:
            return json.load(answer)

    def waiting(self) -> int:
        with urllib.request.urlopen(f"{self.url}/control/pending?bot={TOKEN}") as answer:
            return int(json.load(answer)["pending"])

    def close(self) -> None:
        self._child.terminate()
        self._child.wait()


class Peer:
    """A framework's bot."""

    def __init__(self, name: str, stand_in: StandIn, folder: Path) -> None:
        self.name, self._file = name, folder / "rows.db"
        framework, _, how = name.partition(", ")
        script = str(ROOT / "bench" / "bots" / "durable.py")
        self.command = [str(peers_python()), script, framework, how, f"{stand_in.url}/telegram", TOKEN, str(self._file)]
        self.environment = dict(os.environ)

    def rows(self) -> int:
        return self._ask("SELECT count(*) FROM message") if self._file.exists() else 0

    def tally(self) -> Tally:
        distinct = self._ask("SELECT count(*) FROM (SELECT DISTINCT chat, number FROM message)")
        return Tally(self.name, MESSAGES - distinct, self.rows() - distinct)

    def _ask(self, query: str) -> int:
        with closing(sqlite3.connect(self._file, timeout=30)) as connection:
            try:
                return int(connection.execute(query).fetchone()[0])
            except sqlite3.OperationalError:  # the table is being made
                return 0


class Ours:
    """`sotay run` with a branch of 100 members, all invited to one meeting."""

    name = "Sổ tay"

    def __init__(self, stand_in: StandIn, folder: Path) -> None:
        assert tables.MODULES
        install(Vault(bytes(32)))
        (folder / "key").write_text(bytes(32).hex())
        self._database = Database(f"sqlite:///{folder / 'sotay.db'}")
        self._database.upgrade()
        self._settle(stand_in, SystemClock(folder / "clock"))
        self.command = [sys.executable, "-m", "bot", "run"]
        settings = {
            "DATABASE_URL": f"sqlite:///{folder / 'sotay.db'}",
            "DATA_DIR": str(folder / "data"),
            "KEY_FILE": str(folder / "key"),
            "WEB_PORT": "0",
            "POLL_SECONDS": "5",
        }
        self.environment = {**os.environ, **{f"SOTAY_{name}": value for name, value in settings.items()}}

    def rows(self) -> int:
        return self._one(func.count(col(InboxEntry.id)))

    def tally(self) -> Tally:
        """An answer counts when it has its inbox row, its change of the list and its echo."""
        found = self.rows(), self._one(func.sum(col(Rsvp.changes))), self._one(func.count(col(Delivery.id)))
        return Tally(self.name, MESSAGES - min(found), max(0, max(found) - MESSAGES))

    def _one(self, figure: Any) -> int:
        with self._database.reading() as session:
            return int(session.exec(select(figure)).one())

    def _settle(self, stand_in: StandIn, clock: SystemClock) -> None:
        now = clock.now()
        with self._database.transaction() as session:
            branch = Organization(name="Chi bộ thôn 3", code="AB-03", kind=OrganizationKind.BRANCH, name_key="thon 3")
            organizations.add(session, branch)
            channel = Channel(
                platform="telegram", name="telegram", token=TOKEN, token_hash=channels.token_hash(TOKEN),
                base_url=f"{stand_in.url}/telegram", webhook_key="hook", webhook_secret="secret",
            )  # fmt: skip
            session.add(channel)
            meeting = Meeting(
                organization_id=branch.id or 0, starts_at=now + timedelta(days=7), place="Nhà văn hóa", created_at=now
            )
            session.add(meeting)
            session.flush()
            for person in stand_in.people:
                number = str(person["telegram_id"])
                member = Member(
                    organization_id=branch.id or 0, number=number, number_hash=members.number_hash(number),
                    full_name=person["name"], name_key="lan",
                )  # fmt: skip
                session.add(member)
                session.flush()
                session.add(
                    Account(
                        member_id=member.id or 0, channel_id=channel.id or 0, user_id=number, chat_id=number,
                        linked_at=now, last_seen_at=now,
                    )
                )  # fmt: skip
            attendance.invite(session, meeting.id or 0, attendance.whole_branch(branch.path))


@contextmanager
def _running(contestant: Peer | Ours, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as out:
        child = subprocess.Popen(contestant.command, cwd=ROOT, env=contestant.environment, stdout=out, stderr=out)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def _until(contestant: Peer | Ours, rows: int, stand_in: StandIn, child: subprocess.Popen[bytes], log: Path) -> None:
    """Until there are so many rows, or nothing waits at the stand-in any more."""
    seen, deadline = -1, 0.0
    while (found := contestant.rows()) < rows and stand_in.waiting():
        if found != seen:
            seen, deadline = found, time.monotonic() + PATIENCE
        if child.poll() is not None or time.monotonic() > deadline:
            ending = log.read_text(errors="replace")[-3000:]
            raise SystemExit(f"{contestant.name}: no progress, exit code {child.poll()}, {found} rows\n{ending}")
        time.sleep(LOOK_AGAIN)


def crash(contestant: Peer | Ours, stand_in: StandIn, folder: Path) -> Tally:
    """Five kills at the seed's moments, then to the end."""
    chance, log = random.Random(SEED), folder / "log"
    for _ in range(KILLS):
        wanted = contestant.rows() + chance.randint(50, 300)
        with _running(contestant, log) as child:
            _until(contestant, wanted, stand_in, child, log)
            child.send_signal(signal.SIGKILL)
    with _running(contestant, log) as child:
        _until(contestant, 10 * MESSAGES, stand_in, child, log)
        seen = -1
        while seen != contestant.rows():  # what was fetched is still being written
            seen = contestant.rows()
            time.sleep(2)
    return contestant.tally()


def measure(name: str) -> Tally:
    """One contestant in a world of its own."""
    with tempfile.TemporaryDirectory(prefix="sotay-crash-peers-") as place:
        folder = Path(place)
        stand_in = StandIn(folder)
        try:
            contestant = Ours(stand_in, folder) if name == Ours.name else Peer(name, stand_in, folder)
            return crash(contestant, stand_in, folder)
        finally:
            stand_in.close()


def main() -> None:
    print(f"{MESSAGES} messages waiting, kill -9 {KILLS} times, seed {SEED}")
    print(f"{'':<30} {'lost':>6} {'share':>9} {'doubled':>8}")
    everybody = [*(f"{each}, {how}" for how in HANDLERS for each in FRAMEWORKS), Ours.name]
    for name in [each for each in everybody if len(sys.argv) == 1 or sys.argv[1] in each]:
        tally = measure(name)
        print(tally.line(), flush=True)
    met = "met" if not (tally.lost or tally.doubled) else "missed"
    print(f"RESULT crash_peers {tally.lost + tally.doubled} lost_or_doubled target 0 {met}")


if __name__ == "__main__":
    main()

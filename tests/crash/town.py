"""The world around the processes: stand-ins, database, a branch with people on four bots.

Each platform has a bot that polls and one that gets webhooks. `talkers` write to the bot, `listeners` only get
broadcasts; both are members of the one branch.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from bot.clock import SystemClock
from bot.matching import fold
from bot.sandbox.server import Server
from storage import channels, members, organizations, tables
from storage.channels import Channel
from storage.crypto import Vault, install
from storage.db import Database
from storage.members import Account, Member, Role, RoleKind, Standing
from storage.organizations import Organization, OrganizationKind
from tests.crash.plan import Plan

KEY = bytes(range(32))
START = "2026-11-25T09:00:00+07:00"
WAYS = (("telegram", "polling"), ("telegram", "webhook"), ("zalo", "webhook"), ("zalo", "polling"))
CROWDS = {"inbound": (30, 0), "broadcast": (4, 150)}
"""Talkers and listeners on each bot."""
LATENCY = 0.02
"""Seconds that the stand-ins take over a send, as a real platform does: so there is something in flight to lose."""


@dataclass
class Citizen:
    """A member with a phone and what they have said so far."""

    id: str
    member_id: int
    channel_id: int
    chat_id: str
    platform: str
    token: str
    said: list[tuple[str, int]] = field(default_factory=list)
    """("late", minutes) and ("question", serial number) in order."""


@dataclass(frozen=True)
class Line:
    """One bot."""

    channel_id: int
    platform: str
    mode: str
    token: str

    @property
    def keeps(self) -> bool:
        """False where an update is gone once it was read (Zalo's getUpdates)."""
        return (self.platform, self.mode) != ("zalo", "polling")


class Town:
    """Everything but the processes. Use as a context manager."""

    def __init__(self, plan: Plan, folder: Path, sandbox: Server) -> None:
        self.plan, self.folder, self.sandbox = plan, folder, sandbox
        assert tables.MODULES
        install(Vault(KEY))
        (folder / "key").write_text(KEY.hex())
        self.database = Database(self._database_url())
        self.database.upgrade()
        self.clock = SystemClock(sandbox.clock_file)
        self.http = httpx2.Client(base_url=sandbox.url, timeout=60, verify=False)  # loopback
        self._limits()
        self.lines: list[Line] = []
        self.talkers: list[Citizen] = []
        self.listeners: list[Citizen] = []
        self._settle()

    def close(self) -> None:
        """Let go of the database and the connection."""
        self.http.close()
        self.database.close()

    # --- the stand-ins
    def control(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """One control call; AssertionError when it is refused."""
        answer = self.http.request(method, f"/control/{path}", json=body, params=query or None)
        assert answer.status_code < 400, f"{path}: {answer.text}"
        return answer.json()

    def sees(self, citizen: Citizen) -> list[dict[str, Any]]:
        """The bot's messages in that person's chat, oldest first."""
        query = {"platform": citizen.platform, "person": citizen.id, "bot": citizen.token, "chat": "private"}
        found = self.control("GET", "messages", after=0, **query)["messages"]
        return [message for message in found if message["from"] == "bot"]

    def waiting(self, line: Line) -> int:
        """Updates that this bot has not got yet."""
        return int(self.control("GET", "pending", bot=line.token)["pending"])

    def sends(self) -> int:
        """Messages that the stand-ins have taken so far."""
        found = self.control("GET", "counts")
        return int(found["counts"].get("sendMessage", 0) - found["refused"].get("sendMessage", 0))

    def _limits(self) -> None:
        self.control("POST", "reset")
        self.control("POST", "clock", {"set": START})
        self.control("POST", "limits", {"platform": "zalo", "users": 0, "quota": 0})
        self.control("POST", "webhook_pause", {"seconds": 0.05})
        self.control("POST", "record", {"calls": False, "messages": True})

    def slow_down(self) -> None:
        """Sends take their time from now on."""
        body = {"platform": "", "method": "sendMessage", "kind": "slow", "delay": LATENCY, "times": -1}
        for platform in ("telegram", "zalo"):
            self.control("POST", "faults", {**body, "platform": platform})

    # --- the processes' surroundings
    def _database_url(self) -> str:
        if self.plan.engine == "sqlite":
            return f"sqlite:///{self.folder / 'sotay.db'}"
        return self.plan.postgres

    def environment(self) -> dict[str, str]:
        """The settings of the processes."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        own = {key: value for key, value in os.environ.items() if not key.startswith("SOTAY_")}
        settings = {
            "DATABASE_URL": self._database_url(),
            "DATA_DIR": str(self.folder / "data"),
            "KEY_FILE": str(self.folder / "key"),
            "CLOCK_FILE": str(self.sandbox.clock_file),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "WEB_PORT": str(port),
            "POLL_SECONDS": "5",
            "SWEEP_SECONDS": "1",
            "LEASE_SECONDS": "5",
            "TELEGRAM_PER_SECOND": "0",
            "TELEGRAM_CHAT_PER_SECOND": "0",
            "TELEGRAM_GROUP_PER_MINUTE": "0",
            "ZALO_PER_SECOND": "0",
        }
        return {**own, **{f"SOTAY_{name}": value for name, value in settings.items()}}

    # --- the branch
    def _settle(self) -> None:
        with self.database.transaction() as session:
            commune = Organization(
                name="Đảng ủy xã An Bình", code="AB", kind=OrganizationKind.COMMUNE, name_key="an binh"
            )
            organizations.add(session, commune)
            branch = Organization(
                name="Chi bộ thôn 3", code="AB-03", kind=OrganizationKind.BRANCH, name_key="thon 3",
                parent_id=commune.id, default_place="Nhà văn hóa thôn 3",
            )  # fmt: skip
            organizations.add(session, branch)
            self.branch_id, self.path = branch.id or 0, branch.path
        for platform, mode in WAYS:
            self.lines.append(self._line(platform, mode))
        for line in self.lines:
            talkers, listeners = CROWDS[self.plan.load]
            found = self._move_in(line, talkers + listeners)
            self.talkers += found[:talkers]
            self.listeners += found[talkers:]
        self.secretary = self.talkers.pop(0)
        with self.database.transaction() as session:
            session.add(
                Role(member_id=self.secretary.member_id, organization_id=self.branch_id, kind=RoleKind.SECRETARY)
            )

    def _line(self, platform: str, mode: str) -> Line:
        token = f"{len(self.lines) + 700001}:{platform}-{mode}-token"
        username = f"{platform}_{mode}_bot"
        body = {"platform": platform, "token": token, "username": username, "display_name": "Trợ lý chi bộ"}
        self.control("POST", "bots", body)
        with self.database.transaction() as session:
            row = Channel(
                platform=platform, name=f"{platform}-{mode}", token=token, token_hash=channels.token_hash(token),
                base_url=f"{self.sandbox.url}/{platform}", mode=mode, webhook_key=f"hook-{platform}-{mode}",
                webhook_secret=f"secret-{platform}-{mode}",
            )  # fmt: skip
            session.add(row)
            session.flush()
            return Line(row.id or 0, platform, mode, token)

    def _move_in(self, line: Line, count: int) -> list[Citizen]:
        bodies = [{"name": f"Trần Văn {line.channel_id}.{number}", "starts": [line.token]} for number in range(count)]
        people = self.control("POST", "people", bodies)["people"]
        with self.database.transaction() as session:
            return [self._member(session, line, person) for person in people]

    def _member(self, session: Any, line: Line, person: dict[str, Any]) -> Citizen:
        number = f"{line.channel_id}{person['telegram_id']}"
        member = Member(
            organization_id=self.branch_id, number=number, number_hash=members.number_hash(number),
            full_name=person["name"], name_key=fold(person["name"]), standing=Standing.OFFICIAL,
        )  # fmt: skip
        session.add(member)
        session.flush()
        chat = str(person[f"{line.platform}_id"])
        now = self.clock.now()
        session.add(
            Account(
                member_id=member.id or 0, channel_id=line.channel_id, user_id=chat, chat_id=chat, linked_at=now,
                last_seen_at=now,
            )
        )  # fmt: skip
        return Citizen(person["id"], member.id or 0, line.channel_id, chat, line.platform, line.token)

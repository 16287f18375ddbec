"""People who say and see things: the doors that scenario tests go through.

A World is one commune with one branch, a bot on Zalo and one on Telegram, a sandbox that plays both platforms over
real HTTP, and a clock at Wednesday 25/11/2026, 9:00. `pump` lets the bot receive and answer until nothing moves.
"""

from __future__ import annotations

import asyncio
import base64
import json
import threading
from collections.abc import Coroutine, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from sqlmodel import Session, select

from bot.app import App, build
from bot.clock import SystemClock
from bot.matching import fold
from bot.sandbox.server import Server
from bot.settings import Settings
from storage import channels, members, organizations
from storage.channels import Channel, GroupChat
from storage.db import Database
from storage.members import Account, Member, Role, RoleKind, Standing
from storage.organizations import Organization, OrganizationKind

T = TypeVar("T")
START = "2026-11-25T09:00:00+07:00"
TOKENS = {"telegram": "700001:test-telegram-token", "zalo": "800002:test-zalo-token"}
NAMES = {"telegram": "sotay_bot", "zalo": "bot.SoTay"}


class _Loop:
    """An event loop in a thread of its own: the test's thread may belong to a browser's."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="world", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run to the end and give the result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def close(self) -> None:
        """End the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class World:
    """Everything around the bot, and the bot itself."""

    def __init__(self, sandbox: Server, database: Database, folder: Path) -> None:
        self._database = database
        self.sandbox = sandbox
        self._greeting: list[Person] = []
        self.http = httpx2.Client(base_url=sandbox.url, timeout=30, verify=False)  # loopback, and fast
        self.control("POST", "reset")
        self.control("POST", "clock", {"set": START})
        self.settings = Settings(
            data_dir=folder / "data",
            key_file=folder / "key",
            clock_file=sandbox.clock_file,
            public_url="http://127.0.0.1:1",
            sweep_seconds=3600,
            telegram_per_second=0,  # people in tests speak faster than people; tests of limits set their own
            telegram_chat_per_second=0,
            telegram_group_per_minute=0,
            zalo_per_second=0,
            morning_card=False,  # it comes to every secretary on every morning of every story; its own tests turn it on
        )
        self.clock = SystemClock(sandbox.clock_file)
        self._loop = _Loop()
        self._app: App | None = None
        with database.transaction() as session:
            self.commune = self._organization(session, "Đảng ủy xã An Bình", "AB", OrganizationKind.COMMUNE)
            self.branch = self._organization(session, "Chi bộ thôn 3", "AB-03", OrganizationKind.BRANCH, self.commune)
            self.branch.default_place = "Nhà văn hóa thôn 3"
            for platform, token in TOKENS.items():
                self.add_channel(session, platform, token)
        self.people: dict[int, Person] = {}

    # --- the bot -----------------------------------------------------------------------------------------------
    @property
    def app(self) -> App:
        """The running bot; built at first use, so that a test can add channels before."""
        if self._app is None:
            self._app = build(self.settings, self._database, clock=self.clock)
            self._loop.run(self._app.start())
        self.greet()
        return self._app

    @property
    def database(self) -> Database:
        """What the bot remembers."""
        self.greet()
        return self._database

    def pump(self) -> None:
        """Let the bot receive, think and send until nothing moves."""
        self._loop.run(self.app.pump())

    def greets(self, person: Person, words: str) -> None:
        """Somebody greets the bot. It answers all of them together, before anything else happens."""
        where = {"person": person.id, "platform": person.platform, "chat": "private", "bot": TOKENS[person.platform]}
        self._ask("POST", "say", {**where, "text": words})
        self._greeting.append(person)

    def greet(self) -> None:
        """What the bot answers to greetings is no news to anybody."""
        greeting, self._greeting = self._greeting, []
        if greeting:
            self.pump()
        for person in greeting:
            person.forget()

    def receives(self, platform: str, update: dict[str, Any]) -> None:
        """An update as the platform would post it to the webhook, also one that no honest client would send."""
        body = json.dumps(update).encode()
        status = self._loop.run(self.app.posted(f"hook-{platform}", f"secret-{platform}", body))
        assert status == 200, status
        self.pump()

    def restart(self) -> None:
        """Kill the bot without a farewell and build it anew on the same database."""
        if self._app is not None:
            for adapter in self._app.fleet.adapters.values():
                self._loop.run(adapter.stop())
        self._app = None

    def sweep(self) -> None:
        """Run every scheduled job once, then let the bot send."""
        self._loop.run(self.app.scheduler.sweep())
        self.pump()

    def jobs(self) -> None:
        """Run every scheduled job once, and send nothing yet."""
        self._loop.run(self.app.scheduler.sweep())

    def fan_out(self) -> None:
        """Carry broadcasts on, and send nothing yet."""
        while self.app.broadcaster.step():
            pass

    def later(self, **span: float) -> None:
        """Move the clock (`days=3`, `hours=1`) and run the jobs."""
        self.control("POST", "clock", {"advance": timedelta(**span).total_seconds()})
        self.sweep()

    def at(self, moment: str) -> None:
        """Set the clock to an ISO moment and run the jobs."""
        self.control("POST", "clock", {"set": moment})
        self.sweep()

    @property
    def now(self) -> datetime:
        """The world's clock."""
        return self.clock.now()

    def close(self) -> None:
        """Stop the bot."""
        if self._app is not None:
            self._loop.run(self._app.stop())
        self._loop.close()
        self.http.close()

    # --- the sandbox -------------------------------------------------------------------------------------------
    def control(self, method: str, path: str, body: dict[str, Any] | None = None, **query: Any) -> Any:
        """One control call; an error answer fails the test with its text."""
        if path != "people":
            self.greet()
        return self._ask(method, path, body, query)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None, query: dict[str, Any] | None = None) -> Any:
        answer = self.http.request(method, f"/control/{path}", json=body, params=query or None)
        assert answer.status_code < 400, f"{path}: {answer.text}"
        return answer.json()

    # --- the branch --------------------------------------------------------------------------------------------
    @staticmethod
    def _organization(
        session: Session, name: str, code: str, kind: OrganizationKind, parent: Organization | None = None
    ) -> Organization:
        row = Organization(
            name=name, code=code, kind=kind, name_key=fold(name), parent_id=parent.id if parent else None
        )
        return organizations.add(session, row)

    def add_branch(self, name: str, code: str) -> Organization:
        """Another branch of the commune."""
        with self._database.transaction() as session:
            return self._organization(session, name, code, OrganizationKind.BRANCH, self.commune)

    def add_channel(self, session: Session, platform: str, token: str) -> None:
        """A bot at the sandbox and its row in the database."""
        display = "Trợ lý chi bộ"
        body = {"platform": platform, "token": token, "username": NAMES[platform], "display_name": display}
        self.control("POST", "bots", {**body, "can_join_groups": True})
        session.add(
            Channel(
                platform=platform,
                name=platform,
                token=token,
                token_hash=channels.token_hash(token),
                base_url=f"{self.sandbox.url}/{platform}",
                webhook_key=f"hook-{platform}",
                webhook_secret=f"secret-{platform}",
                per_second=0,
            )
        )

    def person(
        self,
        name: str,
        *,
        roles: Sequence[RoleKind] = (),
        number: str | None = None,
        platform: str = "telegram",
        branch: Organization | None = None,
        over: Organization | None = None,
        linked: bool = True,
        **fields: Any,
    ) -> Person:
        """A member of the branch with a phone. `linked=False`: has not logged in yet. `over`: where the roles hold."""
        home = branch or self.branch
        number = number or f"{len(self.people) + 1:012d}"
        with self._database.transaction() as session:
            member = Member(
                organization_id=home.id or 0,
                number=number,
                number_hash=members.number_hash(number),
                full_name=name,
                name_key=fold(name),
                **{"standing": Standing.OFFICIAL, **fields},
            )
            session.add(member)
            session.flush()
            for role in roles:
                session.add(Role(member_id=member.id or 0, organization_id=(over or home).id or 0, kind=role))
        person = Person(self, name, member.id or 0, number, platform)
        self.people[member.id or 0] = person
        if linked:
            person.link()
        return person

    def group(
        self, people: Sequence[Person], *, platform: str = "telegram", linked: bool = True, admin: bool = False
    ) -> Group:
        """The branch's group chat with the bot in it; as an administrator it sees every message (Telegram)."""
        body = {"platform": platform, "title": "Chi bộ thôn 3", "people": [each.id for each in people]}
        chat = self.control("POST", "groups", {**body, "bot": TOKENS[platform], "bot_is_admin": admin})["id"]
        self.pump()
        if linked:
            with self._database.transaction() as session:
                channel = session.exec(select(Channel).where(Channel.platform == platform)).one()
                session.add(
                    GroupChat(
                        channel_id=channel.id or 0,
                        chat_id=chat,
                        organization_id=self.branch.id or 0,
                        linked_at=self.now,
                    )
                )
        return Group(self, chat, platform)


class Group:
    """A group chat."""

    def __init__(self, world: World, chat: str, platform: str) -> None:
        self.world, self.chat, self.platform = world, chat, platform


class Person:
    """Somebody with a phone, in a private chat with the bot or in a group."""

    def __init__(self, world: World, name: str, member_id: int, number: str, platform: str) -> None:
        self.world, self.name, self.member_id, self.number, self.platform = world, name, member_id, number, platform
        body = {"name": name, "role": "", "about": "", "avatar": name[-1], "kind": "member"}
        made = world.control("POST", "people", body)
        self.id = made["id"]
        self.user_id = str(made[f"{platform}_id"])
        self._seen = 0

    def link(self) -> None:
        """Be logged in, the short way (the login has scenarios of its own)."""
        with self.world._database.transaction() as session:
            channel = session.exec(select(Channel).where(Channel.platform == self.platform)).one()
            session.add(
                Account(
                    member_id=self.member_id,
                    channel_id=channel.id or 0,
                    user_id=self.user_id,
                    chat_id=self.user_id,
                    linked_at=self.world.now,
                    last_seen_at=self.world.now,
                )
            )
        # Telegram lets a bot write only to people who have started it.
        self.world.greets(self, "/start" if self.platform == "telegram" else "xin chào")

    # --- doing -------------------------------------------------------------------------------------------------
    def says(self, text: str, *, to: Group | None = None, reply_to: str | None = None, edit: str | None = None) -> str:
        """Write a message and let the bot answer; returns the message's id."""
        return self._say({"text": text, "reply_to": reply_to, "edit": edit}, to)

    def mentions(self, text: str, to: Group) -> str:
        """Write to the bot in a group."""
        name = "@Trợ lý chi bộ" if self.platform == "zalo" else f"@{NAMES['telegram']}"
        return self.says(f"{name} {text}", to=to)

    def sends(
        self, content: bytes, name: str, *, mime: str = "application/pdf", shown: str = "document", text: str = "",
        to: Group | None = None, forward: bool = False,
    ) -> str:  # fmt: skip
        """Send a file (`shown` as document, photo, audio, voice …)."""
        file = {"name": name, "mime": mime, "base64": base64.b64encode(content).decode(), "as": shown}
        return self._say({"text": text or None, "file": file, "forward": forward}, to)

    def _say(self, body: dict[str, Any], to: Group | None) -> str:
        body = {key: value for key, value in body.items() if value is not None}
        chat = to.chat if to else "private"
        where = {"person": self.id, "platform": self.platform, "chat": chat, "bot": TOKENS[self.platform]}
        answer = self.world.control("POST", "say", {**where, **body})
        self.world.pump()
        return str(answer["message_id"])

    def presses(self, label: str, *, to: Group | None = None) -> None:
        """Press the newest button whose label holds `label` (on Zalo: write its number)."""
        for message in reversed(self.chat(to)):
            for shown, data in message["buttons"]:
                if fold(label) in fold(shown):
                    self._press(message["message_id"], data, to)
                    return
            if self.platform == "zalo" and message["from"] == "bot":
                for line in message["text"].splitlines():
                    number, dash, rest = line.partition(" – ")
                    if dash and number.strip().isdecimal() and fold(label) in fold(rest):
                        self.says(number.strip(), to=to)
                        return
        raise AssertionError(f"{self.name} sees no button {label!r} in: {self.texts(to)}")

    def _press(self, message_id: str, data: str, to: Group | None) -> None:
        chat = to.chat if to else "private"
        body = {"person": self.id, "chat": chat, "bot": TOKENS[self.platform], "message_id": message_id, "data": data}
        self.world.control("POST", "press", body)
        self.world.pump()

    # --- seeing ------------------------------------------------------------------------------------------------
    def chat(self, to: Group | None = None) -> list[dict[str, Any]]:
        """Every message of a chat as this person sees it, oldest first."""
        query = {"platform": self.platform, "person": self.id, "chat": to.chat if to else "private"}
        found = self.world.control("GET", "messages", bot=TOKENS[self.platform], after=0, **query)
        return list(found["messages"])

    def new(self, to: Group | None = None) -> list[str]:
        """Texts from the bot since the last `forget` (in private) or all of them (in a group)."""
        return [m["text"] or "" for m in self.chat(to) if m["from"] == "bot" and (to or m["seq"] > self._seen)]

    def texts(self, to: Group | None = None) -> list[str]:
        """Every text from the bot."""
        return [message["text"] or "" for message in self.chat(to) if message["from"] == "bot"]

    @property
    def last(self) -> str:
        """The bot's newest text in private."""
        found = self.texts()
        assert found, f"{self.name} has got nothing"
        return found[-1]

    def sees(self, words: str, *, to: Group | None = None) -> bool:
        """Whether something new from the bot holds these words."""
        return any(words in text for text in self.new(to))

    def forget(self) -> None:
        """Look only at what comes from now on."""
        messages = self.chat()
        self._seen = max((message["seq"] for message in messages), default=0)

"""Members with accounts, a broadcast to them, and a sender whose every outcome the test decides; no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import select

from bot.broadcasts import Broadcaster
from bot.links import Links
from storage import broadcasts, ledger, organizations, sending
from storage.broadcasts import Broadcast
from storage.channels import Channel, GroupChat
from storage.db import Database
from storage.ledger import Ledger, Outcome
from storage.members import Account, Member
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState, Lane
from storage.sending import Claimed


class Hand:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


class Hall:
    """One organization with branches. `arrived` counts what reached each chat for sure."""

    made = 0

    def __init__(self, database: Database, *, platform: str = "telegram") -> None:
        self.database = database
        self.clock = Hand()
        self.arrived: Counter[str] = Counter()
        Hall.made += 1
        self.name = f"hall{Hall.made}"
        with database.transaction() as session:
            self.top = organizations.add(session, self._place("top"))
            channel = Channel(
                platform=platform,
                name=self.name,
                token="x",
                token_hash=self.name,
                webhook_key=self.name,
                base_url="x",
                webhook_secret="x",
            )
            session.add(channel)
            session.flush()
            self.channel_id = channel.id or 0
        self.restart()

    def _place(self, name: str, parent_id: int | None = None) -> Organization:
        return Organization(name=name, code=f"{self.name}-{name}", name_key=name, parent_id=parent_id)

    def restart(self) -> None:
        """Another process, which knows nothing but the database."""
        self.engine = Broadcaster(self.database, self.clock, Links("secret", "http://127.0.0.1:1", days=30))

    def branch(self, name: str) -> Organization:
        with self.database.transaction() as session:
            return organizations.add(session, self._place(name, self.top.id))

    def members(self, count: int, place: Organization | None = None, *, linked: bool = True) -> list[int]:
        """Add members; their chat on the hall's channel is "c<member id>"."""
        home = place or self.top
        with self.database.transaction() as session:
            rows = [
                Member(
                    organization_id=home.id or 0, number="1", full_name=f"Người {number}", name_key=f"nguoi {number}",
                    number_hash=f"{home.code}-{number}-{linked}",
                )
                for number in range(count)
            ]  # fmt: skip
            session.add_all(rows)
            session.flush()
            ids = [row.id or 0 for row in rows]
        for member_id in ids if linked else []:
            self.log_in(member_id)
        return ids

    def log_in(self, member_id: int, *, channel_id: int | None = None, chat: str | None = None) -> None:
        with self.database.transaction() as session:
            session.add(
                Account(
                    member_id=member_id, channel_id=channel_id or self.channel_id, user_id=chat or f"c{member_id}",
                    chat_id=chat or f"c{member_id}", linked_at=self.clock.now(), last_seen_at=self.clock.now(),
                )
            )  # fmt: skip

    def block(self, member_id: int, *, blocked: bool = True) -> None:
        with self.database.transaction() as session:
            for row in session.exec(select(Account).where(Account.member_id == member_id)):
                row.blocked_at = self.clock.now() if blocked else None

    def group(self, place: Organization) -> None:
        with self.database.transaction() as session:
            session.add(
                GroupChat(
                    channel_id=self.channel_id, chat_id=f"g{place.id}", organization_id=place.id or 0,
                    linked_at=self.clock.now(),
                )
            )  # fmt: skip

    def broadcast(self, **fields: Any) -> int:
        """Make a broadcast to everybody; returns its id."""
        values = {"path": self.top.path, "about": "x", "text": "tin", "made_at": self.clock.now(), **fields}
        with self.database.transaction() as session:
            row = Broadcast(**values)
            session.add(row)
            session.flush()
            return row.id or 0

    def change(self, broadcast_id: int, how: Any, *values: Any) -> bool:
        """pause, resume, stop or send_again, as the secretary's press does it."""
        with self.database.transaction() as session:
            return bool(how(broadcasts.locked(session, broadcast_id), *values))

    def get(self, broadcast_id: int) -> Broadcast:
        with self.database.reading() as session:
            return broadcasts.get(session, broadcast_id)

    def settle(self) -> None:
        """Let the engine work until it has nothing to do."""
        while self.engine.step():
            pass

    def claim(self, limit: int = 10_000) -> list[Claimed]:
        lanes = [Lane.REPLY, Lane.URGENT, Lane.BULK]
        with self.database.transaction() as session:
            return sending.claim(session, self.channel_id, self.clock.now(), lanes=lanes, limit=limit)

    def end(self, claimed: Claimed, state: DeliveryState, why: str = "") -> None:
        """This became of it."""
        if state == DeliveryState.SENT:
            self.arrived[claimed.chat_id] += 1
        with self.database.transaction() as session:
            if state == DeliveryState.SENT:
                sending.sent(session, self.clock.now(), [(claimed, str(claimed.id))])
            else:
                sending.ended(session, claimed, state, why, due_at=self.clock.now())

    def send(self, state: DeliveryState = DeliveryState.SENT, limit: int = 10_000) -> int:
        """Send what is due, all with the same outcome."""
        claimed = self.claim(limit)
        for each in claimed:
            self.end(each, state)
        return len(claimed)

    def finish(self) -> None:
        """Engine and sender until nothing moves."""
        while self.engine.step() or self.send():
            pass

    def rows(self, broadcast_id: int) -> Sequence[Delivery]:
        with self.database.reading() as session:
            return list(session.exec(select(Delivery).where(Delivery.broadcast_id == broadcast_id)))

    def ledger(self, broadcast_id: int) -> Ledger:
        with self.database.reading() as session:
            return ledger.of(session, broadcasts.get(session, broadcast_id), self.clock.now())

    def counts(self, broadcast_id: int) -> dict[Outcome, int]:
        """The ledger without what is 0."""
        found = self.ledger(broadcast_id)
        return {outcome: found.of(outcome) for outcome in Outcome if found.of(outcome)}

    def later(self, **span: float) -> None:
        self.clock.at += timedelta(**span)

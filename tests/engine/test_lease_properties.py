"""Two senders, one channel, and everything that can go wrong between them: what must hold whatever happens.

Claims and leases are played on the real tables of both databases; the network is a list, the clock is the test's.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlmodel import select

from storage import outbox, processes, sending
from storage.channels import Channel
from storage.db import Database
from storage.outbox import Delivery, DeliveryState, Lane
from storage.sending import Claimed

LEASE = timedelta(seconds=15)
SAFETY = timedelta(seconds=1)
NAMES = ("a", "b")
CHATS = ("x", "y", "z")


class Process:
    """A sender as it sees itself: what it has claimed, and until when it trusts its lease."""

    def __init__(self) -> None:
        self.owns = False
        self.trusted_until = datetime.min.replace(tzinfo=UTC)
        self.hands: list[Claimed] = []


class Rivals(RuleBasedStateMachine):
    """`arrived` is what reached people; `recorded` are the ids that were told to be sent by whoever sent them."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        self.now = datetime(2026, 11, 25, 2, tzinfo=UTC)
        self.processes = {name: Process() for name in NAMES}
        self.arrived: Counter[int] = Counter()
        with database.transaction() as session:
            tables = "delivery", "process", "channel"
            for table in tables:
                session.connection().execute(text(f"DELETE FROM {table}"))
            channel = Channel(
                platform="telegram", name="x", token="1:x", token_hash="x", base_url="http://x", webhook_key="x",
                webhook_secret="x",
            )  # fmt: skip
            session.add(channel)
            session.flush()
            self.channel = channel.id or 0

    @initialize()
    def begin(self) -> None:
        """Something to do for everybody, and somebody to do it."""
        for chat in CHATS:
            self.queue(chat, Lane.BULK, "")
        self.renew("a")

    @rule(
        what=st.sampled_from(["queue", "time", "renew", "claim", "claim", "finish", "finish", "die", "sweep"]),
        name=st.sampled_from(NAMES),
        chat=st.sampled_from(CHATS),
        lane=st.sampled_from(list(Lane)),
        outcome=st.sampled_from(["sent", "again", "lost", "forgotten", "failed"]),
        number=st.integers(1, 4),
    )
    def something_happens(self, what: str, name: str, chat: str, lane: Lane, outcome: str, number: int) -> None:
        """One rule, so that everything is equally likely in every example."""
        match what:
            case "queue":
                self.queue(chat, lane, "77" if number == 1 else "")
            case "time":
                self.now += timedelta(seconds=4**number // 4)
            case "renew":
                self.renew(name)
            case "claim":
                self.claim(name, number)
            case "finish":
                self.finish(number % 2 == 0, outcome)
            case "die":
                self.processes[name] = Process()  # kill -9: nothing is recorded and nobody is told
            case "sweep":
                self.sweep(number == 1)

    def queue(self, chat: str, lane: Lane, edits: str) -> None:
        """Somebody decides to send something."""
        with self.database.transaction() as session:
            row = Delivery(
                channel_id=self.channel, chat_id=chat, lane=lane, text="x", edits=edits, created_at=self.now,
                due_at=self.now,
            )  # fmt: skip
            outbox.queue(session, row)

    def renew(self, name: str) -> None:
        """A sign of life; whoever gains the channel ends what another left."""
        process = self.processes[name]
        with self.database.transaction() as session:
            processes.sign_in(session, name, ["sender"], self.now)
            held = processes.hold(session, name, self.now, self.now + LEASE, most=1)
            if held and not process.owns:
                sending.abandon(session, held)
        process.owns = bool(held)
        process.trusted_until = self.now + LEASE - SAFETY

    def claim(self, name: str, limit: int) -> None:
        """As in bot/sender.py: the row names us, and our own watch still trusts the lease."""
        process = self.processes[name]
        with self.database.transaction() as session:
            ours = session.get_one(Channel, self.channel).owner == name
            if not (ours and process.owns and self.now < process.trusted_until):
                return
            for lanes in ([Lane.REPLY], [Lane.URGENT, Lane.BULK]):
                process.hands += sending.claim(session, self.channel, self.now, lanes=lanes, limit=limit)

    def finish(self, last: bool, outcome: str) -> None:
        """One message leaves; "forgotten" is a death after the request left, "again" a 429 (nothing left)."""
        busy = [each for each in self.processes.values() if each.hands]
        if not busy:
            return
        process = busy[-1 if last else 0]
        claimed = process.hands.pop(0)
        if not (process.owns and self.now < process.trusted_until):
            outcome = "again"  # a sender that has lost its lease does not send
        if outcome in {"sent", "lost", "forgotten"}:
            self.arrived[claimed.id] += 1
        with self.database.transaction() as session:
            match outcome:
                case "sent":
                    sending.sent(session, self.now, [(claimed, "7")])
                case "again":
                    due = self.now + timedelta(seconds=3)
                    sending.ended(session, claimed, DeliveryState.PENDING, "", due_at=due, counts=False)
                case "lost" if not claimed.repeatable:
                    sending.ended(session, claimed, DeliveryState.UNKNOWN, "", due_at=self.now)
                case "failed":
                    sending.ended(session, claimed, DeliveryState.FAILED, "", due_at=self.now)

    def sweep(self, late: bool) -> None:
        """The scheduler ends claims whose time has run out."""
        self.now += outbox.LEASE * late
        with self.database.transaction() as session:
            sending.expire(session, self.now)

    def rows(self) -> list[Any]:
        """All deliveries as committed."""
        with self.database.reading() as session:
            return list(session.exec(select(Delivery)))

    @invariant()
    def nobody_gets_a_thing_twice(self) -> None:
        """Only what may be repeated is ever repeated."""
        again = {number for number, times in self.arrived.items() if times > 1}
        assert all(row.edits for row in self.rows() if row.id in again)

    @invariant()
    def what_arrived_is_known_or_doubtful_and_never_waits(self) -> None:
        """A message that reached somebody is sent, unknown or still in a sender's hands: never pending again."""
        for row in self.rows():
            if self.arrived[row.id] and not row.edits:
                assert row.state in {DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENDING}, row.state
            if row.state == DeliveryState.SENT:
                assert self.arrived[row.id] >= 1

    @invariant()
    def one_message_at_a_time_is_on_its_way_to_a_chat(self) -> None:
        """So the order within a chat is kept."""
        flying = Counter(row.chat_id for row in self.rows() if row.state == DeliveryState.SENDING)
        assert all(count == 1 for count in flying.values())

    @invariant()
    def one_owner_at_a_time(self) -> None:
        """Two never trust their leases at the same moment."""
        trusting = [name for name, each in self.processes.items() if each.owns and self.now < each.trusted_until]
        assert len(trusting) <= 1


def test_whatever_two_senders_do_nobody_gets_a_thing_twice(database: Database) -> None:
    steps = 40 if database.is_sqlite else 25
    run_state_machine_as_test(
        lambda: Rivals(database),
        settings=settings(
            max_examples=30 if database.is_sqlite else 10, stateful_step_count=steps, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

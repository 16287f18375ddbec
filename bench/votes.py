"""60,000 people answer one vote, and it is closed. Run: python bench/votes.py [voters]

The vote is opened for a whole province at once by the functions of the real flow. Every answer goes through the real
dispatcher with all of the bot's routers, in batches of a hundred as polling and webhooks bring them, on one core: who
speaks, which question is answered, the vote held against closing, the ballot written, the receipt queued, all in
one commit a batch (SQLite, synchronous FULL). Half of them press, half write ("tán thành", "ko đồng ý", …); one in ten
presses twice, one in twenty changes their mind. What is left out: the platform's HTTP, measured in inbound.py, and the
sending of receipts, which goes at the platform's rate (30 a second: half an hour for 60,000).

Then the chair closes it by the same door. Timed is the whole batch: count, state, result, commit. The count is compared
with the answers that were handed in, and with a count of the rows. No part is scaled. `votes_processor` is what the
core worked: on a machine that does other work the wall clock measures the neighbours.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from _parish import FIRST_USER, fill
from sqlmodel import col, select

from bot.app import build, open_storage
from bot.flows.votes import ballot
from bot.messages import Address, Incoming, Kind, Platform
from bot.runner import spare_the_collector
from bot.settings import Settings
from bot.turn import Arrival
from storage import deliveries, votes
from storage.db import Database
from storage.members import Role, RoleKind
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState
from storage.votes import Counts, Stand, Vote

TARGET, TARGET_CLOSE, BATCH = 60.0, 1.0, 100
SAID = {
    Stand.FOR: ("tán thành", "Tôi tán thành ạ", "đồng ý", "tan thanh"),
    Stand.AGAINST: ("không tán thành", "ko đồng ý", "khong tan thanh"),
    Stand.OTHER: ("ý kiến khác", "Tôi có ý kiến khác"),
}
WEIGHTS = (80, 12, 8)


class Poll:
    """The vote, its letters, and what everybody answers."""

    def __init__(self, database: Database, people: int) -> None:
        self.database, self.people, self.key = database, people, 0
        now = datetime.now(UTC)
        with database.transaction() as session:
            top = session.exec(select(Organization).where(col(Organization.parent_id).is_(None))).one()
            session.add(Role(member_id=1, organization_id=top.id or 0, kind=RoleKind.SECRETARY))
            vote = Vote(organization_id=top.id or 0, title="Thông qua nghị quyết", opened_by=1, opened_at=now)
            started = time.monotonic()
            self.vote = votes.open_for(session, vote, votes.electors(top.path)).id or 0
            vote.needed = vote.base // 2 + 1
            self.opening, self.base = time.monotonic() - started, vote.base
            answers = [
                {"action": each.action, "label": each.label, "argument": each.argument} for each in ballot.choices(vote)
            ]
            for first in range(0, people, 1000):
                rows = [self._letter(at, vote, answers, now) for at in range(first, min(first + 1000, people))]
                deliveries.queue_many(session, rows)
            query = select(Delivery.member_id, Delivery.id).where(Delivery.about == ballot.about(vote.id))
            self.letters = dict(session.exec(query).all())

    @staticmethod
    def _letter(at: int, vote: Vote, answers: list[dict[str, str]], now: datetime) -> dict[str, object]:
        return {
            "channel_id": 1, "chat_id": str(FIRST_USER + at), "member_id": at + 1, "text": ballot.letter(vote.title),
            "choices": answers, "about": ballot.about(vote.id), "once": f"v:{at}", "created_at": now, "due_at": now,
            "state": DeliveryState.SENT, "sent_at": now, "message_id": f"v{at}",
        }  # fmt: skip

    def answers(self, seed: int) -> tuple[list[Arrival], Counts]:
        """Everybody's answers in a random order, some twice and some changed, and what they come to."""
        dice, found, last = random.Random(seed), [], {}
        order = list(range(self.people))
        dice.shuffle(order)
        for number, at in enumerate(order):
            stands = [dice.choices(list(Stand), WEIGHTS)[0]]
            if number % 20 == 0:
                stands.append(dice.choice(list(Stand)))
            if number % 10 == 1:
                stands.append(stands[0])
            found += [self._answer(at, stand, number % 2 == 0) for stand in stands]
            last[at] = stands[-1]
        tally = Counter(last.values())
        return found, Counts(tally[Stand.FOR], tally[Stand.AGAINST], tally[Stand.OTHER])

    def _answer(self, at: int, stand: Stand, press: bool) -> Arrival:
        if press:
            return self.incoming(at, choice=f"{self.letters[at + 1]}.{list(Stand).index(stand)}")
        return self.incoming(at, text=SAID[stand][self.key % len(SAID[stand])])

    def incoming(self, at: int, *, text: str = "", choice: str = "") -> Arrival:
        """One update of one person."""
        self.key += 1
        user, kind = str(FIRST_USER + at), Kind.CHOICE if choice else Kind.MESSAGE
        return Arrival(
            Incoming(
                f"v{self.key}", kind, Platform.TELEGRAM, Address(1, user), user, datetime.now(UTC), text=text,
                choice=choice, message_id=str(10_000_000 + self.key),
            ),
            {},
        )  # fmt: skip

    def button(self, action: str) -> str:
        """The newest button of the chair's with this action."""
        with self.database.reading() as session:
            query = select(Delivery).where(Delivery.chat_id == str(FIRST_USER)).order_by(col(Delivery.id).desc())
            for row in session.exec(query):
                for index, each in enumerate(row.choices):
                    if each["action"] == action:
                        return f"{row.id}.{index}"
        raise SystemExit(f"the chair has no button {action}")


def main(people: int) -> None:
    """Fill, answer, close, compare."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {0})
    print(f"beside it: load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {people} voters, one core")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(data_dir=folder, key_file=folder / "key", sweep_seconds=3600)
        database = open_storage(settings)
        fill(database, settings, people, token="700001:bench", base_url="http://127.0.0.1:1", mode="webhook")
        poll = Poll(database, people)
        app = build(settings, database)
        handle = app.dispatcher.handle
        arrivals, expected = poll.answers(seed=12)
        spare_the_collector()
        started, worked = time.monotonic(), time.process_time()
        for first in range(0, len(arrivals), BATCH):
            handle(arrivals[first : first + BATCH])
        seconds, cpu = time.monotonic() - started, time.process_time() - worked
        handle([poll.incoming(0, text="/bieuquyet")])
        press = poll.incoming(0, choice=poll.button("votes.close"))
        started = time.monotonic()
        handle([press])
        closing = time.monotonic() - started
        with database.reading() as session:
            vote = votes.get(session, poll.vote)
            counted, recounted = votes.counts(vote), votes.tally(session, poll.vote)
        database.close()
    print(f"  opened for {poll.base} in {poll.opening:.2f} s; {len(arrivals)} answers of {people} people")
    print(f"  answered in {seconds:.1f} s ({cpu:.1f} s of processor): {len(arrivals) / seconds:.0f} answers/s")
    print(f"  closed in {1000 * closing:.0f} ms: {counted}")
    exact = vote.state == "closed" and counted == recounted == expected
    _result("votes_seconds", seconds, "s", TARGET, met=seconds <= TARGET)
    _result("votes_processor", cpu, "s", TARGET, met=cpu <= TARGET)
    _result("votes_close", closing, "s", TARGET_CLOSE, met=closing <= TARGET_CLOSE)
    _result("votes_wrong", 0 if exact else abs(counted.total - expected.total) or 1, "ballots", 0, met=exact)


def _result(name: str, value: float, unit: str, target: float, *, met: bool) -> None:
    print(f"RESULT {name} {value:.2f} {unit} target {target:g} {'met' if met else 'missed'}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60_000)

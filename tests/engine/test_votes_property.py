"""Random histories of a vote through the real dispatcher: whatever people press, say, take back and repeat, in
whatever batches, and wherever the process dies, the count at closing is the count of their last answers."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot.clock import SystemClock
from bot.dispatcher import Dispatcher
from bot.handlers import attendance
from bot.handlers import votes as handlers
from bot.links import Links
from bot.messages import Address, Incoming, Kind, Platform
from bot.routing import Router
from bot.settings import Settings
from bot.turn import Arrival, Surroundings
from storage import votes
from storage.broadcasts import Broadcast
from storage.db import Database
from storage.files import FileStore
from storage.members import Role, RoleKind
from storage.outbox import Delivery
from storage.votes import Counts, Stand, Vote, VoteState
from tests.engine.hall import Hall

VOTERS = 4
STANDS = list(Stand)
SAID = {"Tôi tán thành ạ": Stand.FOR, "tôi không tán thành ạ": Stand.AGAINST, "Tôi có ý kiến khác": Stand.OTHER}
VAGUE = ("ok", "vâng", "chưa tán thành", "👍", "bác Lan tán thành", "không")
MEMBER = st.integers(0, VOTERS - 1)
EVENT = st.one_of(
    st.tuples(st.just("press"), MEMBER, st.sampled_from(STANDS)),
    st.tuples(st.just("say"), MEMBER, st.sampled_from(sorted(SAID))),
    st.tuples(st.just("vague"), MEMBER, st.sampled_from(VAGUE)),
    st.tuples(st.just("undo"), MEMBER, st.none()),
)
BATCH = st.tuples(st.lists(EVENT, min_size=1, max_size=6), st.sampled_from(["once", "once", "killed", "twice"]))


class Assembly:
    """A vote in a hall, and what its members are known to have answered."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.hall = Hall(database)
        self.database = database
        chair, *self.members = self.hall.members(VOTERS + 1)
        self.chair, self.number = chair, 0
        clock = SystemClock(None)
        self.dies = False
        grave = Router("grave")
        grave.on(self._dying)(lambda _incoming, _ctx: None)
        config = Settings(data_dir=folder, key_file=folder / "key")
        around = Surroundings(config, clock, Links("s", "http://127.0.0.1:1", days=1), FileStore(folder / "files"))
        routers = [grave, handlers.router, attendance.router]
        self.dispatcher = Dispatcher(database, routers, around, wake=lambda: None)
        with database.transaction() as session:
            session.add(Role(member_id=chair, organization_id=self.hall.top.id or 0, kind=RoleKind.SECRETARY))
            now = clock.now()
            vote = Vote(organization_id=self.hall.top.id or 0, title="Nghị quyết", opened_by=chair, opened_at=now)
            self.vote = votes.open_for(session, vote, votes.electors(self.hall.top.path)).id or 0
            letter = [{"action": "votes.cast", "label": each.name, "argument": f"{self.vote}:{each}"} for each in Stand]
            session.add(
                Broadcast(
                    path=self.hall.top.path, about=f"vote:{self.vote}", text="?", choices=letter, vote_id=self.vote,
                    made_at=now,
                )
            )  # fmt: skip
        self.hall.finish()
        self.known = dict.fromkeys(self.members, "")
        self.before = dict.fromkeys(self.members, "")
        self.fresh: set[int] = set()
        """Those whose newest receipt echoes the answer that is written now."""

    def _dying(self, incoming: Incoming, _ctx: Any) -> bool:
        if self.dies and incoming.text == "die":
            raise OperationalError("commit", None, Exception("the process is gone"))
        return False

    def incoming(self, member: int, text: str = "", press: str = "") -> Incoming:
        self.number += 1
        address, kind = Address(self.hall.channel_id, f"c{member}"), Kind.CHOICE if press else Kind.MESSAGE
        now = datetime.now(UTC)
        return Incoming(
            f"k{self.number}", kind, Platform.TELEGRAM, address, f"c{member}", now, text=text, choice=press,
            message_id=str(self.number),
        )  # fmt: skip

    def button(self, member: int, action: str, at: int = 0) -> str:
        """The data of the newest button with this action in a member's chat, "" when there is none."""
        with self.database.reading() as session:
            query = select(Delivery).where(
                Delivery.channel_id == self.hall.channel_id, Delivery.chat_id == f"c{member}"
            )
            for row in session.exec(query.order_by(col(Delivery.id).desc())):
                found = [index for index, each in enumerate(row.choices) if each["action"] == action]
                if found:
                    return f"{row.id}.{found[at]}"
        return ""

    def update(self, event: tuple[str, int, Any]) -> Incoming | None:
        what, who, which = event
        member = self.members[who]
        if what == "press":
            return self.incoming(member, press=self.letter(member, which))
        if what == "undo":
            button = self.button(member, "votes.wrong")
            return self.incoming(member, press=button) if button else None
        return self.incoming(member, text=which)

    def letter(self, member: int, stand: Stand) -> str:
        with self.database.reading() as session:
            query = select(Delivery.id).where(Delivery.member_id == member, col(Delivery.broadcast_id).is_not(None))
            return f"{session.exec(query).first()}.{STANDS.index(stand)}"

    def play(self, events: list[tuple[str, int, Any]], fate: str) -> None:
        """One batch, and how often it is handed over. What counts is what has been committed."""
        updates = [found for event in events if (found := self.update(event)) is not None]
        fresh = set(self.fresh)
        arrivals = [Arrival(each, {}) for each in updates]
        if fate == "killed":
            self.dies = True
            with pytest.raises(OperationalError):
                self.dispatcher.handle([*arrivals, Arrival(self.incoming(self.members[0], text="die"), {})])
            self.dies = False
        self.dispatcher.handle(arrivals)
        if fate == "twice":
            self.dispatcher.handle(arrivals)
        changed: set[int] = set()
        for what, who, which in events:
            if what == "undo":
                # The receipt is the one of before this batch: worth nothing when the answer has changed since.
                if who in fresh and who not in changed:
                    self._undo(who, changed)
            elif what != "vague":
                self._answer(who, SAID[which] if what == "say" else which, changed)

    def _answer(self, who: int, stand: Stand, changed: set[int]) -> None:
        member = self.members[who]
        self.fresh.add(who)
        if self.known[member] != stand:
            self.known[member], self.before[member] = stand, self.known[member]
            changed.add(who)

    def _undo(self, who: int, changed: set[int]) -> None:
        member = self.members[who]
        self.fresh.discard(who)
        self.known[member], self.before[member] = self.before[member], self.known[member]
        changed.add(who)

    def close(self) -> None:
        """The chair's press, confirmed, in the same batch as answers that come before and after it."""
        early, late = self.members[0], self.members[1]
        self.dispatcher.handle([Arrival(self.incoming(self.chair, text="/bieuquyet"), {})])
        first = self.incoming(early, press=self.letter(early, Stand.OTHER))
        press = self.incoming(self.chair, press=self.button(self.chair, "votes.close"))
        self.dispatcher.handle([Arrival(first, {}), Arrival(press, {})])
        self.known[early] = Stand.OTHER
        sure = self.button(self.chair, "votes.close-now")
        after = Arrival(self.incoming(late, press=self.letter(late, Stand.OTHER)), {})
        if self.state() == VoteState.OPEN:
            self.dispatcher.handle([Arrival(self.incoming(self.chair, press=sure), {}), after])
        else:
            self.dispatcher.handle([after])

    def state(self) -> str:
        with self.database.reading() as session:
            return votes.get(session, self.vote).state

    def expected(self) -> Counts:
        answers = list(self.known.values())
        return Counts(*(answers.count(stand) for stand in STANDS))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(batches=st.lists(BATCH, max_size=4))
def test_the_count_is_that_of_the_last_answers(database: Database, tmp_path: Path, batches: list[Any]) -> None:
    assembly = Assembly(database, tmp_path)
    for events, fate in batches:
        assembly.play(events, fate)
        with database.reading() as session:
            assert votes.tally(session, assembly.vote) == assembly.expected(), (events, fate)
    assembly.close()
    with database.reading() as session:
        vote = votes.get(session, assembly.vote)
        assert vote.state == VoteState.CLOSED
        assert votes.counts(vote) == votes.tally(session, assembly.vote) == assembly.expected()


def test_who_got_a_receipt_is_in_the_count_also_while_it_is_closed(database: Database, tmp_path: Path) -> None:
    """Several processes at once: each answer is a transaction of its own, and one of them closes the vote."""
    assembly = Assembly(database, tmp_path)
    begun = threading.Barrier(VOTERS + 1)

    def answer(member: int) -> bool:
        begun.wait()
        with database.transaction() as session:
            vote = votes.taking(session, assembly.vote)
            if vote is None or vote.state != VoteState.OPEN:
                return False
            ballot = next(ballot for _, ballot in votes.mine(session, member))
            votes.cast(session, ballot, Stand.FOR, datetime.now(UTC))
            return True

    def close() -> bool:
        begun.wait()
        with database.transaction() as session:
            votes.close(session, votes.locked(session, assembly.vote), datetime.now(UTC))
        return False

    with ThreadPoolExecutor(VOTERS + 1) as pool:
        works = [pool.submit(answer, member) for member in assembly.members]
        works.append(pool.submit(close))
        receipts = sum(work.result() for work in works)
    with database.reading() as session:
        vote = votes.get(session, assembly.vote)
        assert vote.count_for == votes.tally(session, assembly.vote).in_favour == receipts


def test_closing_waits_for_answers_under_way(postgres: Database, tmp_path: Path) -> None:
    """Whoever writes ballots holds the vote with others; closing wants it alone."""
    from tests.conftest import emptied

    database = emptied(postgres)
    assembly = Assembly(database, tmp_path)
    with database.transaction() as one, database.transaction() as other:
        assert votes.taking(one, assembly.vote) is not None
        other.connection().execute(text("SET LOCAL lock_timeout = '5s'"))  # an error, not a hanging test
        assert votes.taking(other, assembly.vote) is not None, "two processes take answers at the same time"
        alone = select(Vote).where(Vote.id == assembly.vote).with_for_update(nowait=True)
        with database.transaction() as third:
            with pytest.raises(OperationalError):
                third.exec(alone).one()
            third.rollback()


@pytest.mark.parametrize("first", ["answer", "close"])
def test_closing_and_answering_wait_for_each_other(postgres: Database, tmp_path: Path, first: str) -> None:
    """Two real transactions: the second one gets no further than the vote's row until the first one has ended, so an
    answer is either in the count or refused."""
    from tests.conftest import emptied

    database = emptied(postgres)
    assembly = Assembly(database, tmp_path)
    member = assembly.members[0]

    def answer(session: Session) -> bool:
        vote = votes.taking(session, assembly.vote)
        if vote is None or vote.state != VoteState.OPEN:
            return False
        votes.cast(session, votes.mine(session, member)[0][1], Stand.FOR, datetime.now(UTC))
        return True

    def close(session: Session) -> bool:
        votes.close(session, votes.locked(session, assembly.vote), datetime.now(UTC))
        return True

    works = {"answer": answer, "close": close}
    second = works["close" if first == "answer" else "answer"]

    def behind() -> bool:
        with database.transaction() as session:
            return second(session)

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as session:
            done = {first: works[first](session)}
            waiting = pool.submit(behind)
            _until_blocked(database, waiting)
            assert not waiting.done(), "the second one did not wait"
        done["close" if first == "answer" else "answer"] = waiting.result()
    with database.reading() as session:
        vote = votes.get(session, assembly.vote)
        assert vote.state == VoteState.CLOSED
        assert vote.count_for == votes.tally(session, assembly.vote).in_favour == done["answer"]
    assert done == {"answer": first == "answer", "close": True}


def _until_blocked(database: Database, work: Future[bool]) -> None:
    """Until PostgreSQL says that somebody waits for a lock, or the work is done without."""
    blocked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    while not work.done():
        with database.reading() as session:
            if session.connection().execute(blocked).scalar_one():
                return

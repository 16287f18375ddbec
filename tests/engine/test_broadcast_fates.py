"""Fan-out, pause, cancel, resume, send again and every outcome of a send, in any order: never doubled, sums exact,
never finished early. Hypothesis makes the order up and shortens what it finds."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot import broadcasts as engine
from storage import broadcasts
from storage.broadcasts import UNDER_WAY, BroadcastState
from storage.db import Database
from storage.deliveries import OPEN
from storage.ledger import RETRIED, Outcome
from storage.outbox import DeliveryState
from storage.sending import Claimed
from tests.engine.hall import Hall

ENDS = (DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN, DeliveryState.PENDING)


class Fates(RuleBasedStateMachine):
    """One broadcast to 9 members: 3 of a branch with a group, 6 elsewhere, 2 of whom are not logged in at first."""

    database: Database
    grouped: bool

    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(self.database)
        place = self.hall.branch("có nhóm")
        self.everybody = self.hall.members(3, place)
        self.hall.group(place)
        self.everybody += self.hall.members(4)
        self.outside = self.hall.members(2, linked=False)
        self.everybody += self.outside
        plan = {str(self.hall.channel_id): "group"} if self.grouped else {}
        self.sent = self.hall.broadcast(group_text="tin nhóm", plan=plan)
        self.flying: list[Claimed] = []
        self.maybe: Counter[str] = Counter()

    @rule()
    def engine_works(self) -> None:
        self.hall.engine.step()

    @rule()
    def restart(self) -> None:
        self.hall.restart()

    @rule(count=st.integers(1, 4))
    def sender_claims(self, count: int) -> None:
        self.flying += self.hall.claim(count)

    @precondition(lambda self: self.flying)
    @rule(outcome=st.sampled_from(ENDS))
    def sender_ends(self, outcome: DeliveryState) -> None:
        claimed = self.flying.pop(0)
        self.maybe[claimed.chat_id] += outcome == DeliveryState.UNKNOWN
        self.hall.end(claimed, outcome)
        if outcome == DeliveryState.BLOCKED and not claimed.is_group:
            self.hall.block(int(claimed.chat_id[1:]))

    @rule()
    def pause(self) -> None:
        if self.hall.change(self.sent, broadcasts.pause):
            self.hall.settle()
            assert not self.hall.claim()

    @rule()
    def resume(self) -> None:
        self.hall.change(self.sent, broadcasts.resume)

    @rule()
    def again(self) -> None:
        self.hall.change(self.sent, broadcasts.send_again, RETRIED)

    @rule()
    def again_also_the_unsure(self) -> None:
        self.hall.change(self.sent, broadcasts.send_again, [*RETRIED, DeliveryState.UNKNOWN])

    @rule(rarely=st.integers(0, 5))
    def cancel(self, rarely: int) -> None:
        if rarely == 0 and self.hall.change(self.sent, broadcasts.stop):
            self.hall.settle()
            assert not self.hall.claim()

    @precondition(lambda self: self.outside)
    @rule()
    def somebody_logs_in(self) -> None:
        self.hall.log_in(self.outside.pop())

    @rule(which=st.integers(0, 6))
    def somebody_comes_back(self, which: int) -> None:
        self.hall.block(self.everybody[which], blocked=False)

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        assert all(count == 1 for count in self.hall.arrived.values()), self.hall.arrived

    @invariant()
    def sums_are_exact(self) -> None:
        counts = self.hall.counts(self.sent)
        assert sum(counts.values()) == len(self.everybody)
        assert counts.get(Outcome.SENT, 0) == sum(chat.startswith("c") for chat in self.hall.arrived)
        if not self.maybe:
            assert Outcome.UNKNOWN not in counts

    @invariant()
    def never_finished_early(self) -> None:
        row = self.hall.get(self.sent)
        ended = row.finished_at is not None
        assert ended == (row.state not in UNDER_WAY) or row.state == BroadcastState.CANCELLED
        if ended:
            assert not self.flying
            assert not [each for each in self.hall.rows(self.sent) if each.state in OPEN]
            assert Outcome.WAITING not in self.hall.counts(self.sent)

    def teardown(self) -> None:
        """Whatever happened, it comes to its end, and everybody is accounted for."""
        for claimed in self.flying:
            self.hall.end(claimed, DeliveryState.SENT)
        self.flying = []
        self.hall.change(self.sent, broadcasts.resume)
        self.hall.finish()
        assert self.hall.get(self.sent).state in {BroadcastState.FINISHED, BroadcastState.CANCELLED}
        self.nobody_gets_it_twice()
        self.sums_are_exact()
        self.never_finished_early()


@pytest.mark.parametrize("grouped", [False, True])
def test_in_any_order(database: Database, monkeypatch: pytest.MonkeyPatch, grouped: bool) -> None:
    monkeypatch.setattr(engine, "BATCH", 2)
    machine = type("Fates", (Fates,), {"database": database, "grouped": grouped})
    quick = settings(
        max_examples=6, stateful_step_count=25, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=quick)

"""One Broadcast -> many Deliveries, batch by batch, and everything that happens to them until the last has ended.

What is to be done next is read from the rows alone: a restart goes on at the cursor, a double run adds nothing, and
two schedulers share the work (a broadcast that one of them holds is skipped by the other).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.clock import Clock
from bot.flows.broadcasts import progress
from bot.links import Links
from storage import audience, broadcasts, deliveries, ledger
from storage.audience import Recipient
from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import GroupChat
from storage.db import Database
from storage.deliveries import WAITING, Row
from storage.ledger import Outcome
from storage.outbox import DeliveryState, Lane

BATCH = 500
"""Recipients of one transaction: some tens of milliseconds, so that replies are not kept waiting."""
TURNS = 20
"""Broadcasts that get a batch in one step; the others come first in the next."""
COVERING = frozenset({Outcome.THROUGH_GROUP, Outcome.WAITING, Outcome.UNKNOWN})
"""A post in the branch's group that has arrived, or may: its members need no message of their own."""

Work = Callable[[Session, Broadcast], int]


class Broadcaster:
    """Carries broadcasts on: each in turn gets one batch a step, so that a branch does not wait for a province."""

    def __init__(self, database: Database, clock: Clock, links: Links) -> None:
        self._database = database
        self._clock = clock
        self._links = links
        self._last = 0
        self._looked: dict[int, datetime] = {}

    def step(self) -> int:
        """One batch of work for every broadcast that has some, each in a transaction of its own.

        Returns how much was done; 0 when nothing is to be done now.
        """
        with self._database.reading() as session:
            todo = self._todo(session)
        done = 0
        for broadcast_id, work in todo:
            with self._database.transaction() as session:
                broadcast = broadcasts.take(session, broadcast_id)
                done += work(session, broadcast) if broadcast is not None else 0
            self._last = broadcast_id
        return done

    def _todo(self, session: Session) -> list[tuple[int, Work]]:
        found = broadcasts.unended(session)
        self._looked = {each.id: self._looked[each.id] for each in found if each.id in self._looked}
        in_turn = sorted(found, key=lambda each: ((each.id or 0) <= self._last, each.id))
        works = ((each.id or 0, self._work(session, each)) for each in in_turn)
        return [(broadcast_id, work) for broadcast_id, work in works if work is not None][:TURNS]

    def _work(self, session: Session, broadcast: Broadcast) -> Work | None:
        """What this one needs next. Asked without the write lock: the work itself looks again."""
        broadcast_id = broadcast.id or 0
        if broadcast.state == BroadcastState.RUNNING:
            held = deliveries.any_in(session, broadcast_id, [DeliveryState.HELD])
            return self._release if held else self._fan_out
        if broadcast.state == BroadcastState.PAUSED:
            if deliveries.any_in(session, broadcast_id, [DeliveryState.PENDING]):
                return self._hold
        elif broadcast.state == BroadcastState.CANCELLED and deliveries.any_in(session, broadcast_id, WAITING):
            return self._drop
        elif not deliveries.anything_open(session, broadcast_id):
            return self._close
        return self._report if self._is_report_due(broadcast) else None

    def _is_report_due(self, broadcast: Broadcast) -> bool:
        now = self._clock.now()
        before = self._looked.get(broadcast.id or 0) or broadcast.progress_at
        if before is not None and now - before < progress.EVERY:
            return False
        self._looked[broadcast.id or 0] = now
        return True

    # --- the works ---------------------------------------------------------------------------------------------------
    def _release(self, session: Session, broadcast: Broadcast) -> int:
        resumed = broadcast.state == BroadcastState.RUNNING
        return deliveries.release(session, broadcast.id or 0, BATCH) if resumed else 0

    def _hold(self, session: Session, broadcast: Broadcast) -> int:
        paused = broadcast.state == BroadcastState.PAUSED
        return deliveries.hold(session, broadcast.id or 0, BATCH) if paused else 0

    def _drop(self, session: Session, broadcast: Broadcast) -> int:
        cancelled = broadcast.state == BroadcastState.CANCELLED
        return deliveries.drop(session, broadcast.id or 0, BATCH) if cancelled else 0

    def _report(self, session: Session, broadcast: Broadcast) -> int:
        return progress.report(session, broadcast, self._clock.now())

    def _close(self, session: Session, broadcast: Broadcast) -> int:
        """It has ended: everything is queued (or cancelled), and nothing of it waits or is on its way."""
        ending = broadcast.state == BroadcastState.QUEUED or (
            broadcast.state == BroadcastState.CANCELLED and broadcast.finished_at is None
        )
        if not ending or deliveries.anything_open(session, broadcast.id or 0):
            return 0
        return progress.close(session, broadcast, self._clock.now())

    def _fan_out(self, session: Session, broadcast: Broadcast) -> int:
        """Queue the next batch. At least 1: there may be more even if this one reached nobody."""
        if broadcast.state != BroadcastState.RUNNING:
            return 0
        queued = 0 if broadcast.groups_done else self._groups(session, broadcast)
        return max(1, queued + self._persons(session, broadcast))

    def _groups(self, session: Session, broadcast: Broadcast) -> int:
        broadcast.groups_done = True
        if not broadcast.group_text:
            return 0
        found = audience.groups_below(session, broadcast.path)
        if broadcast.retries:  # those that had no post the first time get none now: their members had their own
            to = {self._once(broadcast, group): (group.channel_id, group.chat_id) for group in found}
            return deliveries.try_again(session, to, broadcast.retries.split(), self._clock.now())
        return deliveries.queue_many(session, [self._post(broadcast, group) for group in found])

    def _persons(self, session: Session, broadcast: Broadcast) -> int:
        found = audience.batch(session, ledger.recipients(broadcast), after=broadcast.cursor, limit=BATCH)
        private = self._without_group(session, broadcast, found)
        queued = deliveries.queue_many(session, [self._letter(broadcast, *each) for each in private])
        if broadcast.retries:
            to = {
                deliveries.once_for_member(broadcast.id or 0, each.member_id): (channel_id, each.chat_id)
                for each, channel_id in private
            }
            queued += deliveries.try_again(session, to, broadcast.retries.split(), self._clock.now())
        if found:
            broadcast.cursor = found[-1].member_id
        if len(found) < BATCH:
            broadcast.state, broadcast.retries = BroadcastState.QUEUED, ""
        return queued

    def _without_group(
        self, session: Session, broadcast: Broadcast, found: Sequence[Recipient]
    ) -> list[tuple[Recipient, int]]:
        """Those who get a message of their own, with its channel."""
        covered = {place for place, how in ledger.through_groups(session, broadcast).items() if how in COVERING}
        return [
            (each, each.channel_id)
            for each in found
            if each.channel_id is not None and (each.organization_id, each.channel_id) not in covered
        ]

    # --- the rows ----------------------------------------------------------------------------------------------------
    @staticmethod
    def _once(broadcast: Broadcast, group: GroupChat) -> str:
        return deliveries.once_for_group(broadcast.id or 0, group.id or 0)

    def _post(self, broadcast: Broadcast, group: GroupChat) -> Row:
        now = self._clock.now()
        return Row(
            channel_id=group.channel_id, chat_id=group.chat_id, is_group=True, text=broadcast.group_text,
            lane=self._lane_of_post(broadcast, group), about=broadcast.about, broadcast_id=broadcast.id,
            useful_until=broadcast.useful_until, once=self._once(broadcast, group), created_at=now, due_at=now,
        )  # fmt: skip

    @staticmethod
    def _lane_of_post(broadcast: Broadcast, group: GroupChat) -> int:
        """A post that stands for messages to a branch may use what a tight month reserves (bot/quota/rules.py)."""
        stands = broadcast.plan.get(str(group.channel_id)) == "group"
        return min(broadcast.lane, Lane.URGENT) if stands else broadcast.lane

    def _letter(self, broadcast: Broadcast, to: Recipient, channel_id: int) -> Row:
        now = self._clock.now()
        return Row(
            channel_id=channel_id, chat_id=to.chat_id, member_id=to.member_id, text=broadcast.text,
            choices=broadcast.choices, file_id=broadcast.file_id, link=self._link(broadcast, to.member_id, channel_id),
            lane=broadcast.lane, about=broadcast.about, broadcast_id=broadcast.id, useful_until=broadcast.useful_until,
            mergeable=broadcast.plan.get(str(channel_id)) == "digest",
            once=deliveries.once_for_member(broadcast.id or 0, to.member_id), created_at=now, due_at=now,
        )  # fmt: skip

    def _link(self, broadcast: Broadcast, member_id: int, channel_id: int) -> str:
        kind, _, row = broadcast.about.partition(":")
        if not broadcast.linked or kind != "document":
            return ""
        return self._links.paper(int(row), member_id, channel_id=channel_id)

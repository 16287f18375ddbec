"""One Broadcast -> many Deliveries, batch by batch; a restart goes on at the cursor, a double run adds nothing."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot.clock import Clock
from bot.links import Links
from storage import attendance, audience, broadcasts, outbox
from storage.broadcasts import Broadcast, BroadcastState
from storage.db import Database
from storage.outbox import Delivery

BATCH = 500


class Broadcaster:
    """Queues the deliveries of running broadcasts."""

    def __init__(self, database: Database, clock: Clock, links: Links) -> None:
        self._database = database
        self._clock = clock
        self._links = links

    def step(self) -> int:
        """Queue one batch of the oldest running broadcast, in one transaction. Returns how many were queued."""
        with self._database.reading() as session:
            if not broadcasts.anything_running(session):
                return 0
        with self._database.transaction() as session:
            broadcast = broadcasts.running(session)
            if broadcast is None:
                return 0
            return self._groups(session, broadcast) + self._persons(session, broadcast)

    def _groups(self, session: Session, broadcast: Broadcast) -> int:
        if broadcast.groups_done:
            return 0
        broadcast.groups_done = True
        if not broadcast.group_text:
            return 0
        found = audience.groups_below(session, broadcast.path)
        for group in found:
            self._queue(
                session, broadcast, channel_id=group.channel_id, chat_id=group.chat_id, is_group=True,
                text=broadcast.group_text, choices=[], once=f"b{broadcast.id}:g{group.id}",
            )  # fmt: skip
        return len(found)

    def _persons(self, session: Session, broadcast: Broadcast) -> int:
        only = attendance.invited(broadcast.meeting_id) if broadcast.meeting_id is not None else None
        found = audience.addresses(session, broadcast.path, after=broadcast.cursor, limit=BATCH, only=only)
        for member_id, channel_id, chat_id in found:
            self._queue(
                session, broadcast, channel_id=channel_id, chat_id=chat_id, member_id=member_id,
                text=broadcast.text, choices=broadcast.choices, link=self._link(broadcast, member_id),
                file_id=broadcast.file_id, once=f"b{broadcast.id}:m{member_id}",
            )  # fmt: skip
            broadcast.cursor = member_id
        if len(found) < BATCH:
            broadcast.state = BroadcastState.QUEUED
        return len(found)

    def _link(self, broadcast: Broadcast, member_id: int) -> str:
        kind, _, row = broadcast.about.partition(":")
        return self._links.paper(int(row), member_id) if broadcast.linked and kind == "document" else ""

    def _queue(self, session: Session, broadcast: Broadcast, **fields: Any) -> None:
        now = self._clock.now()
        outbox.queue(
            session,
            Delivery(lane=broadcast.lane, about=broadcast.about, created_at=now, due_at=now, **fields),
        )

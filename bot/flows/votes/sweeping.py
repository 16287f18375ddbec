"""Votes whose time is over end by themselves; the live counts of the others are brought up to date. Some time after
its end nobody can look up any more who answered what."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.flows.votes import desk, live
from bot.settings import Settings
from storage import audit, votes
from storage.db import Database
from storage.votes import VoteState

BATCH = 200
"""Votes whose ballots one sweep erases. [ours]"""


def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Returns how many votes were ended and messages edited. Each vote is a transaction of its own: whoever answers
    another one does not wait."""
    now = clock.now()
    with database.reading() as session:
        due = set(votes.due(session, now))
        running = [vote.id or 0 for vote in votes.all_open(session)]
        old = votes.to_erase(session, now - timedelta(days=settings.ballot_days), BATCH)
    for each in old:
        with database.transaction() as session:
            votes.erase(session, each, now)
    return sum(
        _end(database, settings, clock, each) if each in due else _refresh(database, clock, each) for each in running
    )


def _end(database: Database, settings: Settings, clock: Clock, vote_id: int) -> int:
    now = clock.now()
    with database.transaction() as session:
        vote = votes.locked(session, vote_id)
        if vote.state != VoteState.OPEN or vote.closes_at is None or vote.closes_at > now:
            return 0
        desk.end(session, vote, now)
        audit.write(session, now, "vote.closed", actor_id=None, subject=f"vote:{vote_id}", by="time")
        desk.tell(session, settings, vote, now)
    return 1


def _refresh(database: Database, clock: Clock, vote_id: int) -> int:
    with database.transaction() as session:
        return live.refresh(session, votes.get(session, vote_id), clock.now())

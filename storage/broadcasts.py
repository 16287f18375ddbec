"""One message to many: the plan. Its deliveries are made batch by batch, resumable at the cursor."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, and_, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant
from storage.organizations import inside


class BroadcastState(StrEnum):
    """`running` until every delivery has been queued, `queued` until every delivery has ended, then `finished`."""

    RUNNING = "running"
    PAUSED = "paused"
    QUEUED = "queued"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Broadcast(SQLModel, table=True):
    """What goes to whom. `path` is the subtree; `cursor` the last member id that has a delivery.

    `text` goes to persons, `group_text` to groups ("" sends them nothing).
    """

    id: int | None = Field(default=None, primary_key=True)
    path: str
    about: str = Field(index=True)
    text: str = Field(sa_type=EncryptedText("broadcast.text"))
    group_text: str = Field(default="", sa_type=EncryptedText("broadcast.group_text"))
    choices: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    file_id: int | None = Field(default=None, foreign_key="file.id")
    linked: bool = False
    """True when each person gets a link of their own to the paper in `about`."""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    """When set, only those with an RSVP row for this meeting get it: committee meetings, and who is left out."""
    readers_of: int | None = Field(default=None, foreign_key="document.id")
    """When set, only those of the subtree with a Reading of this document get it: roles, a list of names."""
    readers_via: int | None = Field(default=None, foreign_key="organization.id")
    """When set, of those only the ones to whom this level passed the paper on (Reading.via)."""
    vote_id: int | None = Field(default=None, foreign_key="vote.id")
    """When set, only those who vote in it get it."""
    lane: int = 2
    state: str = Field(default=BroadcastState.RUNNING, sa_type=String, index=True)
    groups_done: bool = False
    cursor: int = 0
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=Instant)
    title: str | None = Field(default=None, sa_type=EncryptedText("broadcast.title"))
    """How its sender knows it in lists and in the progress message."""
    plan: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Per channel id (as a string) how it goes: "private", "group" or "digest" (bot/quota.py); missing: private."""
    useful_until: datetime | None = Field(default=None, sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    progress_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its sender's progress message was last written."""
    retries: str = ""
    """While it is sent again to those who did not get it: the delivery states that get another try, as words."""


UNDER_WAY = (BroadcastState.RUNNING, BroadcastState.PAUSED, BroadcastState.QUEUED)


def get(session: Session, broadcast_id: int) -> Broadcast:
    """The broadcast; LookupError when there is none."""
    found = session.get(Broadcast, broadcast_id)
    if found is None:
        raise LookupError(f"broadcast {broadcast_id}")
    return found


def organization_id(broadcast: Broadcast) -> int:
    """The organization at the top of the subtree that it goes to."""
    return int(broadcast.path.strip("/").rpartition("/")[2])


def unended(session: Session) -> list[Broadcast]:
    """What may need something done: under way, or cancelled while messages still wait. Asked without the write lock."""
    query = select(Broadcast).where(
        or_(
            col(Broadcast.state).in_(UNDER_WAY),
            and_(col(Broadcast.state) == BroadcastState.CANCELLED, col(Broadcast.finished_at).is_(None)),
        )
    )
    return list(session.exec(query.order_by(col(Broadcast.id))))


def take(session: Session, broadcast_id: int) -> Broadcast | None:
    """The broadcast as it is now, held for this transaction; None when another process is at work on it."""
    query = select(Broadcast).where(Broadcast.id == broadcast_id).with_for_update(skip_locked=True)
    return session.exec(query.execution_options(populate_existing=True)).first()


def locked(session: Session, broadcast_id: int) -> Broadcast:
    """The broadcast as it is now, held for this transaction, waiting for it; LookupError when there is none."""
    query = select(Broadcast).where(Broadcast.id == broadcast_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"broadcast {broadcast_id}")
    return found


def newest(session: Session, paths: list[str], limit: int) -> list[Broadcast]:
    """The latest broadcasts to anything inside these subtrees, newest first."""
    theirs = or_(*(inside(col(Broadcast.path), path) for path in paths))
    return list(session.exec(select(Broadcast).where(theirs).order_by(col(Broadcast.id).desc()).limit(limit)))


def pause(broadcast: Broadcast) -> bool:
    """Nothing more of it goes out for now; False when there is nothing to pause."""
    if broadcast.state not in {BroadcastState.RUNNING, BroadcastState.QUEUED}:
        return False
    broadcast.state = BroadcastState.PAUSED
    return True


def resume(broadcast: Broadcast) -> bool:
    """Go on where it was paused: at the cursor, with what is held; False when it is not paused."""
    if broadcast.state != BroadcastState.PAUSED:
        return False
    broadcast.state = BroadcastState.RUNNING
    return True


def stop(broadcast: Broadcast) -> bool:
    """Cancel what has not gone out; False when it has ended already. `finished_at` is set when nothing waits."""
    if broadcast.state not in UNDER_WAY:
        return False
    broadcast.state, broadcast.retries = BroadcastState.CANCELLED, ""
    return True


def send_again(broadcast: Broadcast, retries: Collection[str]) -> bool:
    """Go over the whole audience again: deliveries in one of these states get another try, who has none gets one.

    False while it is not all queued, paused or cancelled.
    """
    if broadcast.state not in {BroadcastState.QUEUED, BroadcastState.FINISHED}:
        return False
    broadcast.state, broadcast.cursor, broadcast.retries = BroadcastState.RUNNING, 0, " ".join(sorted(retries))
    broadcast.groups_done, broadcast.finished_at = False, None
    return True


def cancel(session: Session, about: str) -> None:
    """Stop every broadcast about a thing."""
    query = select(Broadcast).where(Broadcast.about == about, col(Broadcast.state).in_(UNDER_WAY))
    for broadcast in session.exec(query.with_for_update().execution_options(populate_existing=True)):
        stop(broadcast)
    session.flush()

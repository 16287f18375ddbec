"""Taking a bot account out of service: what ends, and what stays as history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage import audience
from storage.channels import Channel, ChannelState, GroupChat
from storage.db import QUEUED
from storage.members import Account
from storage.outbox import Delivery, DeliveryState

BATCH = 500
WAITING = (DeliveryState.PENDING, DeliveryState.HELD)
GONE = "the channel was removed"
"""Why a delivery was dropped, as its ledger says."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What a removal ended. `name` is what the row is called from now on."""

    name: str
    accounts: int
    groups: int
    rerouted: int
    dropped: int


def remove(session: Session, channel: Channel, at: datetime, *, reroute: bool = False) -> Removed:
    """Unlink its accounts and groups, drop what waits (or send it by another channel of the same member), forget the
    token. The row stays, renamed, because deliveries and the audit trail point at it; name and token are free again.

    What is being sent at this moment is left to its sender, or to its lease.
    """
    channel_id = channel.id or 0
    accounts = _unlink(session, Account, channel_id, at)
    groups = _unlink(session, GroupChat, channel_id, at)
    rerouted = _reroute(session, channel_id) if reroute else 0
    dropped = drop_waiting(session, channel_id)
    channel.name = f"{channel.name}#{channel_id}"
    channel.token, channel.token_hash = "", f"removed:{channel_id}"
    channel.webhook_secret, channel.webhook_key = "", f"removed:{channel_id}"
    channel.state, channel.trouble, channel.cursor = ChannelState.REMOVED, "", ""
    channel.owner, channel.lease_until, channel.paused_until = "", None, None
    session.flush()
    return Removed(channel.name, accounts, groups, rerouted, dropped)


def drop_waiting(session: Session, channel_id: int) -> int:
    """End what still waits on a removed channel, also what an update that was under way has queued since."""
    result = session.connection().execute(
        update(Delivery)
        .where(col(Delivery.channel_id) == channel_id, col(Delivery.state).in_(WAITING))
        .values(state=DeliveryState.DROPPED, error=GONE)
    )
    return result.rowcount


def _unlink(session: Session, table: type[Account] | type[GroupChat], channel_id: int, at: datetime) -> int:
    live = update(table).where(col(table.channel_id) == channel_id, col(table.unlinked_at).is_(None))
    return session.connection().execute(live.values(unlinked_at=at)).rowcount


def _reroute(session: Session, channel_id: int) -> int:
    """Private messages to members who are linked elsewhere go there, where they wrote last.

    An edit or a deletion belongs to a message of the old chat, so it cannot move.
    """
    movable = (
        col(Delivery.channel_id) == channel_id,
        col(Delivery.state).in_(WAITING),
        col(Delivery.is_group).is_(False),
        col(Delivery.edits) == "",
        col(Delivery.deletes) == "",
    )
    connection = session.connection()
    query = select(col(Delivery.member_id)).where(*movable, col(Delivery.member_id).is_not(None)).distinct()
    members = [member_id or 0 for member_id in connection.execute(query).scalars()]
    session.info[QUEUED] = True
    moved = 0
    for start in range(0, len(members), BATCH):
        for member_id, (place, chat) in audience.addresses_of(session, members[start : start + BATCH]).items():
            theirs = update(Delivery).where(*movable, col(Delivery.member_id) == member_id)
            moved += connection.execute(theirs.values(channel_id=place, chat_id=chat)).rowcount
    return moved

"""What an operator and a running process want to know about all channels at once, in a few queries for hundreds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.channels import Channel, ChannelState, ChannelUse, GroupChat
from storage.members import Account
from storage.outbox import Delivery, DeliveryState


class Wiring(NamedTuple):
    """What a process needs to notice that a channel is new, changed or gone; no secret is read for it."""

    id: int
    platform: str
    token_hash: str
    base_url: str
    mode: str
    state: str
    webhook_key: str
    account_name: str
    display_name: str
    trouble: str


def wirings(session: Session) -> list[Wiring]:
    """Every channel that has not been removed, oldest first."""
    columns = [col(getattr(Channel, name)) for name in Wiring._fields]
    query = select(*columns).where(Channel.state != ChannelState.REMOVED).order_by(col(Channel.id))
    return [Wiring(*row) for row in session.connection().execute(query)]


class Load(NamedTuple):
    """What one channel carries. `oldest`: since when its longest waiting message has been due; `held`: waiting because
    their broadcast is paused."""

    waiting: int = 0
    held: int = 0
    oldest: datetime | None = None
    sending: int = 0
    unknown: int = 0
    failed: int = 0
    users: int = 0
    groups: int = 0
    used: int = 0


def loads(session: Session, month: str) -> dict[int, Load]:
    """By channel id; one that carries nothing is missing. `month` as in ChannelUse ("2026-12")."""
    found: dict[int, Load] = {}

    def put(channel_id: int, **values: Any) -> None:
        found[channel_id] = found.get(channel_id, Load())._replace(**values)

    names = {DeliveryState.PENDING: "waiting"}
    states = [each for each in DeliveryState if each in {*names, *Load._fields}]
    queued = select(Delivery.channel_id, Delivery.state, func.count(), func.min(Delivery.due_at)).where(
        col(Delivery.state).in_(states)
    )
    for channel_id, state, count, oldest in session.exec(queued.group_by(col(Delivery.channel_id), Delivery.state)):
        put(channel_id, **{names.get(DeliveryState(state), state): count})
        if state == DeliveryState.PENDING:
            put(channel_id, oldest=oldest)
    linked = select(Account.channel_id, func.count()).where(col(Account.unlinked_at).is_(None))
    for channel_id, count in session.exec(linked.group_by(col(Account.channel_id))):
        put(channel_id, users=count)
    joined = select(GroupChat.channel_id, func.count()).where(col(GroupChat.unlinked_at).is_(None))
    for channel_id, count in session.exec(joined.group_by(col(GroupChat.channel_id))):
        put(channel_id, groups=count)
    for channel_id, count in session.exec(
        select(ChannelUse.channel_id, ChannelUse.sent).where(ChannelUse.month == month)
    ):
        put(channel_id, used=count)
    return found

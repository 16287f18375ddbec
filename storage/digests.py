"""Notices that wait to be joined into one message a person (Delivery.mergeable), and the digests that carry them.

A notice that is mergeable is never claimed by the sender. Another message carries it (`carried_by`), together with
others or alone, and it ends as that one ends.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.channels import Channel, ChannelState
from storage.outbox import Delivery, DeliveryState, Lane
from storage.quota import held_back

ABOUT = "digest"
"""What a digest carries in `about`."""
MARK = "digest:"
"""What `once` of everything that carries notices begins with."""
_CONTENT = (
    "channel_id", "chat_id", "member_id", "lane", "text", "choices", "file_id", "link", "about", "useful_until",
)  # fmt: skip
ENDED = (
    DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN, DeliveryState.DROPPED,
)  # fmt: skip


def unplanned(session: Session) -> list[datetime]:
    """When the papers were queued that wait for a digest and have not been given its moment yet."""
    query = select(Delivery.created_at).where(held_back(), _unplanned()).distinct()
    return list(session.exec(query))


def put_off(session: Session, queued_at: datetime, until: datetime) -> int:
    """Give those the moment of their digest. Returns how many."""
    mine = (held_back(), _unplanned(), col(Delivery.created_at) == queued_at)
    return session.connection().execute(update(Delivery).where(*mine).values(due_at=until)).rowcount


def _unplanned() -> Any:
    return and_(col(Delivery.lane) == Lane.BULK, col(Delivery.due_at) <= col(Delivery.created_at))


def ripe(session: Session, now: datetime, *, closed: Collection[int], limit: int) -> list[tuple[int, str]]:
    """The chats (channel id, chat id) with a notice whose moment has come, on channels that can send.

    `closed`: channels where only replies and urgent messages go out; there the papers go on waiting.
    """
    resting = col(Channel.paused_until).is_not(None) & (col(Channel.paused_until) > now)
    open_here = or_(col(Delivery.channel_id).not_in(list(closed)), col(Delivery.lane) < Lane.BULK)
    query = (
        select(Delivery.channel_id, Delivery.chat_id)
        .join(Channel, col(Channel.id) == col(Delivery.channel_id))
        .where(held_back(), col(Delivery.due_at) <= now, open_here)
        .where(Channel.state == ChannelState.ACTIVE, ~resting)
        .distinct()
        .order_by(col(Delivery.channel_id), col(Delivery.chat_id))
        .limit(limit)
    )
    return [(channel_id, chat_id) for channel_id, chat_id in session.exec(query)]


def waiting(session: Session, channel_id: int, chat_id: str) -> list[Delivery]:
    """Every notice that waits for one chat, oldest first, held for this transaction."""
    query = select(Delivery).where(Delivery.channel_id == channel_id, Delivery.chat_id == chat_id, held_back())
    return list(session.exec(query.order_by(col(Delivery.id)).with_for_update(skip_locked=True)))


def carry(session: Session, carrier: Delivery, carried: Sequence[Delivery]) -> None:
    """Queue a message and hang on it the notices that it carries. Its `once` names them: a second one with the same is
    refused."""
    carrier.once = MARK + "-".join(str(each.id) for each in carried)
    session.add(carrier)
    session.flush()
    for each in carried:
        each.carried_by = carrier.id
    session.flush()


def carry_alone(session: Session, alone: Delivery, now: datetime) -> None:
    """The only notice of its chat is sent as it is, but as a new message: numbers answer the newest question of a chat,
    and newer ones may have come while this one waited."""
    same = {name: getattr(alone, name) for name in _CONTENT}
    carry(session, Delivery(**same, created_at=now, due_at=now), [alone])


def outdated(session: Session, channel_ids: Collection[int], chats: Collection[tuple[int, str]]) -> list[int]:
    """Carriers on these channels, not sent yet, that must be made anew: a notice of theirs has been cancelled or held,
    or more has come for one of these chats."""
    query = (
        select(Delivery.id, Delivery.channel_id, Delivery.chat_id)
        .where(col(Delivery.channel_id).in_(channel_ids), Delivery.state == DeliveryState.PENDING)
        .where(col(Delivery.once).startswith(MARK))
    )
    unsent = {int(digest_id or 0): (channel_id, chat_id) for digest_id, channel_id, chat_id in session.exec(query)}
    broken = select(Delivery.carried_by).where(
        col(Delivery.carried_by).in_(unsent), col(Delivery.state) != DeliveryState.PENDING
    )
    changed = {int(digest_id or 0) for digest_id in session.exec(broken.distinct())}
    joined = set(chats)
    return sorted(changed | {digest_id for digest_id, chat in unsent.items() if chat in joined})


def dissolve(session: Session, digest_ids: Collection[int]) -> int:
    """Take digests back that the sender has not claimed; their notices wait again. Returns how many."""
    if not digest_ids:
        return 0
    connection = session.connection()
    taken_back = (
        update(Delivery)
        .where(col(Delivery.id).in_(digest_ids), col(Delivery.state) == DeliveryState.PENDING)
        .values(state=DeliveryState.DROPPED, error="made anew", once=None)
        .returning(col(Delivery.id))
    )
    ids = list(connection.execute(taken_back).scalars())
    connection.execute(update(Delivery).where(col(Delivery.carried_by).in_(ids)).values(carried_by=None))
    session.expire_all()
    return len(ids)


def settle_carried(session: Session, carrier_ids: Collection[int]) -> int:
    """Copy what became of these digests to the notices that they carried; call it where outcomes are recorded.

    Digests that have not ended yet, and deliveries that carry nothing, change nothing. Returns how many notices ended.
    """
    if not carrier_ids:
        return 0
    columns = (col(Delivery.id), col(Delivery.state), col(Delivery.sent_at), col(Delivery.error))
    query = select_columns(*columns).where(col(Delivery.id).in_(carrier_ids), col(Delivery.state).in_(ENDED))
    settled = 0
    for carrier_id, state, sent_at, error in session.connection().execute(query).all():
        # Also one that was cancelled meanwhile: what went out, went out.
        settled += (
            session.connection()
            .execute(
                update(Delivery)
                .where(col(Delivery.carried_by) == carrier_id)
                .values(state=state, sent_at=sent_at, error=error)
            )
            .rowcount
        )
    return settled


def unsettled(session: Session, limit: int) -> list[int]:
    """Digests that have ended while a notice of theirs still waits: their sender died in between."""
    carrier = aliased(Delivery)
    open_still = col(Delivery.state).in_((DeliveryState.PENDING, DeliveryState.HELD))
    query = (
        select(carrier.id)
        .join(Delivery, col(Delivery.carried_by) == col(carrier.id))
        .where(open_still, col(carrier.state).in_(ENDED))
        .distinct()
        .limit(limit)
    )
    return [int(carrier_id or 0) for carrier_id in session.exec(query)]

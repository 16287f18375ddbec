"""Deliveries that cannot go where they wait, and the other accounts of the members whom they are for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.channels import Channel, ChannelState
from storage.members import Account
from storage.outbox import Delivery, DeliveryState, Lane

BROKEN = (ChannelState.REMOVED, ChannelState.MISCONFIGURED)
MISCONFIGURED = "Misconfigured"
"""What `Channel.trouble` says when the platform has refused the token."""


def stuck(
    session: Session, now: datetime, *, spent: Collection[int], closed: Collection[int], limit: int
) -> list[tuple[Delivery, Account, Channel]]:
    """Waiting deliveries that have another way, each with every account of its member that could take it, the one that
    wrote last first. `spent`: channels whose month is used up; `closed`: those where papers wait.

    Only what is certainly not sent (pending), to persons, and neither an edit nor a deletion of an earlier message nor
    a part of a digest (its digest is moved).
    """
    here, other, target = aliased(Channel), aliased(Account), aliased(Channel)
    alive = (
        select(Account.id)
        .where(Account.channel_id == Delivery.channel_id, Account.member_id == Delivery.member_id)
        .where(col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None))
        .exists()
    )
    cannot_go = or_(
        here.state.in_(BROKEN),  # type: ignore[attr-defined]
        (here.state == ChannelState.PAUSED) & (here.trouble == MISCONFIGURED),  # type: ignore[arg-type]
        col(Delivery.channel_id).in_(spent),
        col(Delivery.channel_id).in_(closed) & (col(Delivery.lane) == Lane.BULK),
        ~alive,
    )
    resting = target.paused_until.is_not(None) & (target.paused_until > now)  # type: ignore[union-attr, operator]
    query = (
        select(Delivery, other, target)
        .join(here, here.id == Delivery.channel_id)  # type: ignore[arg-type]
        .join(other, other.member_id == Delivery.member_id)  # type: ignore[arg-type]
        .join(target, target.id == other.channel_id)  # type: ignore[arg-type]
        .where(Delivery.state == DeliveryState.PENDING, col(Delivery.member_id).is_not(None), ~col(Delivery.is_group))
        .where(Delivery.edits == "", Delivery.deletes == "", col(Delivery.carried_by).is_(None), cannot_go)
        .where(other.channel_id != Delivery.channel_id, col(other.channel_id).not_in([*spent]))
        .where(col(other.unlinked_at).is_(None), col(other.blocked_at).is_(None))
        .where(target.state == ChannelState.ACTIVE, ~resting)
        .order_by(col(Delivery.lane), col(Delivery.id), col(other.last_seen_at).desc(), col(other.id))
        .limit(limit)
    )
    return list(session.exec(query.with_for_update(of=Delivery, skip_locked=True)))

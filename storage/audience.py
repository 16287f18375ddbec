"""Who a message to a subtree reaches: members by their preferred account, and the groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.channels import Channel, ChannelState, GroupChat
from storage.members import Account, Member, Standing, Status
from storage.organizations import Organization, below


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a message to a subtree would go. Unit of `messages`: one per person or group, by channel id."""

    members: int
    reachable: int
    groups: int
    messages: dict[int, int]


def _preferred() -> Any:
    """Each reachable member's account that wrote last, as a subquery (member_id, channel_id, chat_id)."""
    rank = func.row_number().over(
        partition_by=col(Account.member_id), order_by=(col(Account.last_seen_at).desc(), col(Account.id))
    )
    ranked = (
        select(
            col(Account.member_id).label("member_id"),
            col(Account.channel_id).label("channel_id"),
            col(Account.chat_id).label("chat_id"),
            rank.label("rank"),
        )
        .join(Channel, col(Channel.id) == col(Account.channel_id))
        .where(col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None))
        .where(Channel.state == ChannelState.ACTIVE)
        .subquery()
    )
    return select(ranked.c.member_id, ranked.c.channel_id, ranked.c.chat_id).where(ranked.c.rank == 1).subquery()


def in_base(path: str, *, active: bool = False) -> tuple[Any, ...]:
    """The conditions "member in this subtree who has not left"; supporters are no members.

    `active` leaves out the exempt, those elsewhere and the suspended: they are in no base of percentages.
    """
    standing = Member.status == Status.ACTIVE if active else Member.status != Status.LEFT
    return (below(path), standing, Member.standing != Standing.SUPPORTER)


def preferred_exists() -> Any:
    """The condition on Member "can be written to"."""
    preferred = _preferred()
    return select(preferred.c.member_id).where(preferred.c.member_id == Member.id).exists()


def addresses_of(session: Session, member_ids: list[int]) -> dict[int, tuple[int, str]]:
    """Where these members can be written to: member id -> (channel id, chat id); the others are missing."""
    preferred = _preferred()
    query = select(preferred.c.member_id, preferred.c.channel_id, preferred.c.chat_id)
    found = session.exec(query.where(preferred.c.member_id.in_(member_ids)))
    return {int(member_id): (int(channel_id), str(chat_id)) for member_id, channel_id, chat_id in found}


def addresses(session: Session, path: str, *, after: int, limit: int, only: Any = None) -> list[tuple[int, int, str]]:
    """(member id, channel id, chat id) of reachable members with an id above `after`, in order of their ids.

    `only`: a further condition on Member, e.g. "invited to this meeting".
    """
    preferred = _preferred()
    query = (
        select(Member.id, preferred.c.channel_id, preferred.c.chat_id)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .join(preferred, preferred.c.member_id == col(Member.id))
        .where(*in_base(path), col(Member.id) > after)
        .order_by(col(Member.id))
        .limit(limit)
    )
    query = query if only is None else query.where(only)
    return [(member_id or 0, int(channel_id), str(chat_id)) for member_id, channel_id, chat_id in session.exec(query)]


def groups_below(session: Session, path: str) -> list[GroupChat]:
    """The connected groups of a subtree."""
    query = (
        select(GroupChat)
        .join(Organization, col(Organization.id) == col(GroupChat.organization_id))
        .join(Channel, col(Channel.id) == col(GroupChat.channel_id))
        .where(below(path), col(GroupChat.unlinked_at).is_(None), Channel.state == ChannelState.ACTIVE)
    )
    return list(session.exec(query.order_by(col(GroupChat.id))))


def reach(session: Session, path: str, *, active: bool = False) -> Reach:
    """Count before asking "send it?". `active` as in `in_base`."""
    preferred = _preferred()
    per_channel = dict(
        session.exec(
            select(preferred.c.channel_id, func.count())
            .select_from(Member)
            .join(Organization, col(Organization.id) == col(Member.organization_id))
            .join(preferred, preferred.c.member_id == col(Member.id))
            .where(*in_base(path, active=active))
            .group_by(preferred.c.channel_id)
        ).all()
    )
    members = session.exec(
        select(func.count())
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*in_base(path, active=active))
    ).one()
    reachable = sum(per_channel.values())
    found = groups_below(session, path)
    for group in found:
        per_channel[group.channel_id] = per_channel.get(group.channel_id, 0) + 1
    return Reach(members=members, reachable=reachable, groups=len(found), messages=per_channel)

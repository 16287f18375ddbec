"""Who a message to a subtree reaches: members by their preferred account, and the groups."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member whom a broadcast is for, and where they can be written to (`channel_id` None: nowhere)."""

    member_id: int
    organization_id: int
    channel_id: int | None
    chat_id: str


CHUNK = 500
"""Members that are looked up in one query."""


def preferred(within: Any) -> Any:
    """Each reachable member's account that wrote last, as a subquery (member_id, channel_id, chat_id).

    `within`: a condition on Account; without it every preview would rank a whole province's accounts (0.17 s of
    60,000).
    """
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
        .where(Channel.state == ChannelState.ACTIVE, within)
        .subquery()
    )
    return select(ranked.c.member_id, ranked.c.channel_id, ranked.c.chat_id).where(ranked.c.rank == 1).subquery()


def preferred_among(who: Sequence[Any]) -> Any:
    """The same for the members who meet conditions on Member and Organization."""
    members = select(Member.id).join(Organization, col(Organization.id) == col(Member.organization_id)).where(*who)
    return preferred(col(Account.member_id).in_(members))


def in_base(path: str, *, active: bool = False, supporters: bool = False) -> tuple[Any, ...]:
    """The conditions "member in this subtree who has not left"; supporters are no members.

    `active` leaves out the exempt, those elsewhere and the suspended: they are in no base of percentages.
    `supporters` lets these in: for what is sent to a list of names or roles, volunteers among them.
    """
    standing = Member.status == Status.ACTIVE if active else Member.status != Status.LEFT
    here = (below(path), standing)
    return here if supporters else (*here, Member.standing != Standing.SUPPORTER)


def preferred_exists() -> Any:
    """The condition on Member "can be written to"."""
    return (
        select(Account.id)
        .join(Channel, col(Channel.id) == col(Account.channel_id))
        .where(col(Account.member_id) == col(Member.id), Channel.state == ChannelState.ACTIVE)
        .where(col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None))
        .exists()
    )


def addresses_of(session: Session, member_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Where these members can be written to: member id -> (channel id, chat id); the others are missing."""
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(member_ids), CHUNK):
        account = preferred(col(Account.member_id).in_(member_ids[start : start + CHUNK]))
        rows = session.exec(select(account.c.member_id, account.c.channel_id, account.c.chat_id))
        found |= {int(member_id): (int(channel_id), str(chat_id)) for member_id, channel_id, chat_id in rows}
    return found


def batch(session: Session, who: Sequence[Any], *, after: int, limit: int) -> list[Recipient]:
    """The next members in order of their ids who meet the conditions `who` (on Member and Organization), also those
    who cannot be written to."""
    query = (
        select(Member.id, Member.organization_id)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*who, col(Member.id) > after)
        .order_by(col(Member.id))
        .limit(limit)
    )
    members = [(int(member_id or 0), organization_id) for member_id, organization_id in session.exec(query)]
    found = addresses_of(session, [member_id for member_id, _ in members])
    return [
        Recipient(member_id, organization_id, *found.get(member_id, (None, "")))
        for member_id, organization_id in members
    ]


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
    account = preferred_among(in_base(path, active=active))
    per_channel = dict(
        session.exec(
            select(account.c.channel_id, func.count())
            .select_from(Member)
            .join(Organization, col(Organization.id) == col(Member.organization_id))
            .join(account, account.c.member_id == col(Member.id))
            .where(*in_base(path, active=active))
            .group_by(account.c.channel_id)
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

"""What the quota planner asks: whom a broadcast meets on each channel, and what each channel's month still owes.

Every function takes all channels at once and makes a fixed number of queries, however many channels there are.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import Session, col, select

from storage import audience
from storage.attendance import Rsvp, RsvpState
from storage.channels import Channel, ChannelUse, GroupChat
from storage.meetings import Meeting, MeetingKind, MeetingState, Reminder, ReminderState
from storage.members import Account, Member, Role, RoleKind, Status
from storage.organizations import Organization
from storage.outbox import Delivery, DeliveryState, Lane


@dataclass(frozen=True, slots=True)
class Crowd:
    """Whom a broadcast meets on one channel: people, those for whom a digest waits, those whose branch has a group on
    this very channel; and the groups that get the post."""

    persons: int
    waiting: int
    covered: int
    posts: int


def crowds(
    session: Session, path: str, *, active: bool, only: Any = None, supporters: bool = False
) -> dict[int, Crowd]:
    """By channel id. `active` and `supporters` as in storage/audience.py, `only` further conditions on Member."""
    base = audience.in_base(path, active=active, supporters=supporters)
    preferred = audience.preferred_among(base)
    held = (
        select(Delivery.id)
        .where(Delivery.channel_id == preferred.c.channel_id, Delivery.chat_id == preferred.c.chat_id, held_back())
        .exists()
    )
    grouped = (
        select(GroupChat.id)
        .where(GroupChat.channel_id == preferred.c.channel_id, col(GroupChat.unlinked_at).is_(None))
        .where(GroupChat.organization_id == Member.organization_id)
        .exists()
    )
    query = (
        select(
            preferred.c.channel_id, func.count(), func.sum(case((held, 1), else_=0)),
            func.sum(case((grouped, 1), else_=0)),
        )
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .join(preferred, preferred.c.member_id == col(Member.id))
        .where(*base)
        .group_by(preferred.c.channel_id)
    )  # fmt: skip
    query = query if only is None else query.where(*only)
    posts: dict[int, int] = {}
    for group in audience.groups_below(session, path):
        posts[group.channel_id] = posts.get(group.channel_id, 0) + 1
    found = {
        int(channel_id): Crowd(persons, int(waiting), int(covered), posts.pop(channel_id, 0))
        for channel_id, persons, waiting, covered in session.exec(query)
    }
    return found | {channel_id: Crowd(0, 0, 0, count) for channel_id, count in posts.items()}


def held_back() -> Any:
    """The condition on Delivery "waits for the next digest"."""
    return and_(
        col(Delivery.state) == DeliveryState.PENDING, col(Delivery.mergeable), col(Delivery.carried_by).is_(None)
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """One channel's month so far. Unit of all but `people`: messages."""

    used: int
    queued: int
    replies: int
    """Replies that went out this month."""
    people: int
    """Accounts that may be written to."""
    reminders: int
    """Reminders promised for this month, one for each who has not answered."""
    uninvited: int
    """Active members who are invited to no meeting ahead."""


def ledgers(
    session: Session, channel_ids: Collection[int], *, month: str, span: tuple[datetime, datetime], now: datetime
) -> dict[int, Ledger]:
    """By channel id, for every one of `channel_ids`. `span` is the month as (first moment, first moment after)."""
    ids = list(channel_ids)
    used = select(ChannelUse.channel_id, ChannelUse.sent).where(ChannelUse.month == month)
    parts = (
        _counted(session, used, ChannelUse.channel_id, ids),
        _queued(session, ids, span[1], now),
        _counted(session, _replies(span[0]), Delivery.channel_id, ids),
        _counted(session, _people(), Account.channel_id, ids),
        _reminders(session, ids, span[1]),
        _uninvited(session, ids, now),
    )
    return {each: Ledger(*(part.get(each, 0) for part in parts)) for each in ids}


def _counted(session: Session, query: Any, column: Any, ids: list[int]) -> dict[int, int]:
    return {int(channel_id): int(count) for channel_id, count in session.exec(query.where(col(column).in_(ids)))}


def _queued(session: Session, ids: list[int], until: datetime, now: datetime) -> dict[int, int]:
    """What waits and will go out this month. Those that a digest will join count once a chat, the carried ones with
    their digest."""
    waiting = (DeliveryState.PENDING, DeliveryState.HELD, DeliveryState.SENDING)
    useful = or_(col(Delivery.useful_until).is_(None), col(Delivery.useful_until) > now)
    query = (
        select(
            Delivery.channel_id,
            func.count(case((~col(Delivery.mergeable), 1))),
            func.count(func.distinct(case((col(Delivery.mergeable), col(Delivery.chat_id))))),
        )
        .where(col(Delivery.channel_id).in_(ids), col(Delivery.state).in_(waiting), useful)
        .where(col(Delivery.carried_by).is_(None), Delivery.deletes == "", col(Delivery.due_at) < until)
        .group_by(col(Delivery.channel_id))
    )
    return {channel_id: single + merged for channel_id, single, merged in session.exec(query)}


def _replies(since: datetime) -> Any:
    return (
        select(Delivery.channel_id, func.count())
        .where(Delivery.lane == Lane.REPLY, Delivery.state == DeliveryState.SENT, col(Delivery.sent_at) >= since)
        .group_by(col(Delivery.channel_id))
    )


def _people() -> Any:
    live = (col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None))
    return select(Account.channel_id, func.count()).where(*live).group_by(col(Account.channel_id))


def _people_of(ids: list[int]) -> Any:
    """Where the people of these channels are written to, which may be another channel."""
    return audience.preferred(
        col(Account.member_id).in_(select(Account.member_id).where(col(Account.channel_id).in_(ids)))
    )


def _reminders(session: Session, ids: list[int], until: datetime) -> dict[int, int]:
    preferred = _people_of(ids)
    query = (
        select(preferred.c.channel_id, func.count())
        .select_from(Reminder)
        .join(Rsvp, col(Rsvp.meeting_id) == col(Reminder.meeting_id))
        .join(preferred, preferred.c.member_id == col(Rsvp.member_id))
        .where(Reminder.state == ReminderState.PENDING, col(Reminder.due_at) < until, Rsvp.state == RsvpState.NONE)
        .group_by(preferred.c.channel_id)
    )
    return {int(channel_id): int(count) for channel_id, count in session.exec(query)}


def _uninvited(session: Session, ids: list[int], now: datetime) -> dict[int, int]:
    preferred = _people_of(ids)
    invited = (
        select(Rsvp.id)
        .join(Meeting, col(Meeting.id) == col(Rsvp.meeting_id))
        .where(Rsvp.member_id == Member.id, Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > now)
        .where(Meeting.kind != MeetingKind.COMMITTEE)
        .exists()
    )
    query = (
        select(preferred.c.channel_id, func.count())
        .select_from(Member)
        .join(preferred, preferred.c.member_id == col(Member.id))
        .where(Member.status == Status.ACTIVE, ~invited)
        .group_by(preferred.c.channel_id)
    )
    return {int(channel_id): int(count) for channel_id, count in session.exec(query)}


def channels_of(session: Session, channel_ids: Collection[int]) -> list[Channel]:
    """These channels, oldest first."""
    return list(session.exec(select(Channel).where(col(Channel.id).in_(channel_ids)).order_by(col(Channel.id))))


def limited(session: Session) -> list[Channel]:
    """Every channel whose month has a limit, oldest first."""
    return list(session.exec(select(Channel).where(col(Channel.monthly_quota) > 0).order_by(col(Channel.id))))


def used_up(session: Session, month: str, share: float) -> list[tuple[Channel, int]]:
    """Channels whose ledger has reached `share` of the month's quota, with what they have used. Rounded downwards: the
    caller looks at the numbers."""
    query = (
        select(Channel, ChannelUse.sent)
        .join(ChannelUse, and_(col(ChannelUse.channel_id) == col(Channel.id), col(ChannelUse.month) == month))
        .where(col(Channel.monthly_quota) > 0, col(ChannelUse.sent) > col(Channel.monthly_quota) * share - 1)
    )
    return [(channel, int(used)) for channel, used in session.exec(query.order_by(col(Channel.id)))]


def troubled(session: Session, troubles: Collection[str]) -> list[Channel]:
    """Channels whose `trouble` is one of these."""
    return list(session.exec(select(Channel).where(col(Channel.trouble).in_(troubles)).order_by(col(Channel.id))))


def operators(session: Session) -> list[int]:
    """The members who run the installation, wherever their role holds."""
    query = select(Role.member_id).join(Member, col(Member.id) == col(Role.member_id))
    found = query.where(Role.kind == RoleKind.OPERATOR, Member.status != Status.LEFT).distinct()
    return list(session.exec(found.order_by(col(Role.member_id))))

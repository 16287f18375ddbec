"""What a group's post about a meeting says of the answers so far, so that it is edited only when that has changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, func, literal
from sqlmodel import Field, Session, SQLModel, col, select

from storage.attendance import Rsvp
from storage.channels import Channel, ChannelState
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.outbox import Delivery, DeliveryState


class LiveCount(SQLModel, table=True):
    """The newest count that a post shows ("18/27"), and the answers' changes that it was counted from."""

    __tablename__ = "live_count"
    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    shown: str = ""
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Post:
    """A post in a group that invites to a meeting. `changes`: how often answers to it were given or changed."""

    meeting: Meeting
    delivery: Delivery
    changes: int


def posts(session: Session, now: datetime, platforms: Collection[str]) -> list[Post]:
    """The newest post of each group about each meeting ahead that was answered since the post was last edited."""
    newest = (
        select(func.max(Delivery.id).label("id"), col(Meeting.id).label("meeting_id"))
        .select_from(Meeting)
        .join(Delivery, col(Delivery.about) == literal("meeting:") + cast(col(Meeting.id), String))
        .join(Channel, col(Channel.id) == col(Delivery.channel_id))
        .where(Meeting.state == MeetingState.PLANNED, col(Meeting.starts_at) > now)
        .where(Meeting.kind != MeetingKind.COMMITTEE, col(Delivery.is_group), col(Delivery.broadcast_id).is_not(None))
        .where(Delivery.state == DeliveryState.SENT, Channel.state == ChannelState.ACTIVE)
        .where(col(Channel.platform).in_(platforms))
        .group_by(col(Meeting.id), col(Delivery.channel_id), col(Delivery.chat_id))
        .subquery()
    )
    changes = (
        select(func.coalesce(func.sum(Rsvp.changes), 0))
        .where(col(Rsvp.meeting_id) == newest.c.meeting_id)
        .correlate(newest)
        .scalar_subquery()
    )
    query = (
        select(newest.c.id, newest.c.meeting_id, changes)
        .outerjoin(LiveCount, col(LiveCount.delivery_id) == newest.c.id)
        .where(changes != func.coalesce(LiveCount.changes, 0))
    )
    return [
        Post(session.get_one(Meeting, meeting_id), session.get_one(Delivery, delivery_id), int(found))
        for delivery_id, meeting_id, found in session.exec(query)
    ]


def show(session: Session, post: Post, count: str) -> str | None:
    """Write down what the post says from now on; what it said before ("" for nothing), None when that is the same."""
    row = session.get(LiveCount, post.delivery.id) or LiveCount(delivery_id=post.delivery.id or 0)
    before, row.shown, row.changes = row.shown, count, post.changes
    session.add(row)
    session.flush()
    return before if before != count else None

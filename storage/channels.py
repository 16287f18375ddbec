"""Channels (one bot account each), the groups they sit in, and the ledger of what they sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, bindparam, text, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead
from storage.ahead import Question
from storage.crypto import EncryptedText, vault
from storage.db import Instant


class ChannelState(StrEnum):
    """Whether a channel works."""

    ACTIVE = "active"
    PAUSED = "paused"
    MISCONFIGURED = "misconfigured"
    REMOVED = "removed"
    """Its token is gone, its accounts are unlinked; the row stays because deliveries point at it."""


class Channel(SQLModel, table=True):
    """One bot account: platform, token, rate, monthly quota. 0 means no limit."""

    id: int | None = Field(default=None, primary_key=True)
    platform: str
    name: str = Field(unique=True)
    token: str = Field(sa_type=EncryptedText("channel.token"))
    token_hash: str = Field(unique=True)
    base_url: str
    mode: str = "polling"
    webhook_key: str = Field(unique=True)
    """The unguessable part of this channel's webhook path; the header's secret is separate."""
    webhook_secret: str = Field(sa_type=EncryptedText("channel.webhook_secret"))
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    state: str = Field(default=ChannelState.ACTIVE, sa_type=String)
    trouble: str = ""
    cursor: str = ""
    account_name: str = ""
    display_name: str = ""
    link_id: str = ""
    monthly_quota: int = 0
    user_limit: int = 0
    per_second: float = 0.0
    """Messages per second of this account; 0 means the platform's setting (`telegram_per_second`, …)."""
    paused_until: datetime | None = Field(default=None, sa_type=Instant)
    owner: str = ""
    """The process that polls and sends on this channel now; nobody else may until `lease_until`."""
    lease_until: datetime | None = Field(default=None, sa_type=Instant)


class ChannelUse(SQLModel, table=True):
    """Messages sent by a channel in a month ("2026-12", in Viet Nam's time)."""

    channel_id: int = Field(foreign_key="channel.id", primary_key=True)
    month: str = Field(primary_key=True)
    sent: int = 0


class GroupChat(SQLModel, table=True):
    """A group that a secretary has connected to an organization."""

    __table_args__ = (
        Index(
            "group_live",
            "channel_id",
            "chat_id",
            unique=True,
            sqlite_where=text("unlinked_at IS NULL"),
            postgresql_where=text("unlinked_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    organization_id: int = Field(foreign_key="organization.id", index=True)
    linked_by: int | None = Field(default=None, foreign_key="member.id")
    linked_at: datetime = Field(sa_type=Instant)
    rejections: int = 0
    """Messages in a row that the platform refused here; at three the group counts as vanished."""
    unlinked_at: datetime | None = Field(default=None, sa_type=Instant)


GROUP: Question[GroupChat | None] = Question(GroupChat.channel_id, GroupChat.chat_id, GroupChat.unlinked_at)


def token_hash(token: str) -> str:
    """The look-up key of a bot token."""
    return vault().fingerprint(token, "channel.token")


def get(session: Session, channel_id: int) -> Channel:
    """The channel; LookupError when there is none."""
    found = ahead.get(session, Channel, channel_id)
    if found is None:
        raise LookupError(f"channel {channel_id}")
    return found


_THESE = select(Channel).where(col(Channel.id).in_(bindparam("ids", expanding=True)))


def these(session: Session, channel_ids: Collection[int]) -> list[Channel]:
    """The channels with these ids that there are."""
    return list(session.exec(_THESE, params={"ids": list(channel_ids)})) if channel_ids else []


_ADVANCE = (
    update(Channel)
    .where(col(Channel.id) == bindparam("channel"), col(Channel.cursor) != bindparam("reached"))
    .values(cursor=bindparam("reached"))
)


def advance(session: Session, cursors: Mapping[int, str]) -> None:
    """Note how far each channel was polled, by channel id; in a batch with what is written last."""
    for channel_id, cursor in cursors.items():
        ahead.execute_late(session, _ADVANCE, {"channel": channel_id, "reached": cursor})


def everything(session: Session) -> list[Channel]:
    """All channels, oldest first."""
    return list(session.exec(select(Channel).order_by(col(Channel.id))))


def by_name(session: Session, name: str) -> Channel | None:
    """The channel that the operator calls by this name."""
    return session.exec(select(Channel).where(Channel.name == name)).first()


def by_token(session: Session, token_hash: str) -> Channel | None:
    """The channel that uses this token (`token_hash`)."""
    return session.exec(select(Channel).where(Channel.token_hash == token_hash)).first()


def is_known(session: Session, name: str, token_hash: str) -> bool:
    """Whether the name or the token is taken."""
    query = select(Channel.id).where((Channel.name == name) | (Channel.token_hash == token_hash))
    return session.exec(query).first() is not None


def group_of(session: Session, channel_id: int, chat_id: str) -> GroupChat | None:
    """The live link of a group chat."""

    def ask() -> GroupChat | None:
        query = select(GroupChat).where(
            GroupChat.channel_id == channel_id, GroupChat.chat_id == chat_id, col(GroupChat.unlinked_at).is_(None)
        )
        return session.exec(query).first()

    return GROUP.answer(session, (channel_id, chat_id), ask)


def groups(session: Session, organization_ids: list[int]) -> list[GroupChat]:
    """The live groups of these organizations."""
    query = select(GroupChat).where(
        col(GroupChat.organization_id).in_(organization_ids), col(GroupChat.unlinked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(GroupChat.id))))


def used(session: Session, channel_id: int, month: str) -> int:
    """How many messages the channel has sent in a month."""
    row = session.get(ChannelUse, (channel_id, month))
    return row.sent if row else 0


def count_sent(session: Session, channel_id: int, month: str, messages: int = 1) -> None:
    """Add to the ledger, in the transaction that marks the messages sent."""
    # One statement on both engines: two sends that open a month together must not both insert its row.
    session.connection().execute(
        text(
            "INSERT INTO channeluse (channel_id, month, sent) VALUES (:channel, :month, :sent) "
            "ON CONFLICT (channel_id, month) DO UPDATE SET sent = channeluse.sent + excluded.sent"
        ),
        {"channel": channel_id, "month": month, "sent": messages},
    )


def pause_until(session: Session, channel_id: int, until: datetime, trouble: str) -> None:
    """Nothing goes out on this channel before `until`; an earlier, longer pause stays. `trouble` says why ("": 429)."""
    channel = get(session, channel_id)
    if channel.paused_until is None or channel.paused_until < until:
        channel.paused_until = until
    channel.trouble = trouble or channel.trouble
    session.flush()


def move_group(session: Session, channel_id: int, old: str, new: str) -> None:
    """A group became a supergroup: its link follows."""
    found = group_of(session, channel_id, old)
    if found is not None:
        found.chat_id = new
        session.flush()

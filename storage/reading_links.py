"""Which links to papers still count, and which browser a link belongs to.

A link itself is not stored (bot/links.py). It counts while the account that it was sent to lives, and unless the
member has cut the older ones off. The first browser that comes back with its cookie has the link: another one, to
which the link was perhaps forwarded, sees the paper and cannot speak for the member.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from storage.channels import Channel, ChannelState
from storage.db import Instant
from storage.members import Account

GRAIN = timedelta(milliseconds=1)
"""How finely a link tells when it was made."""


class LinkCut(SQLModel, table=True):
    """A member's links count only when they were made after `at`."""

    __tablename__ = "reader_link_cut"
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    at: datetime = Field(sa_type=Instant)


class LinkBrowser(SQLModel, table=True):
    """The browser that a link belongs to. Both are keyed hashes: of the address, and of the browser's cookie."""

    __tablename__ = "reader_link_browser"
    link_hash: str = Field(primary_key=True)
    browser_hash: str
    member_id: int = Field(foreign_key="member.id", index=True)
    at: datetime = Field(sa_type=Instant, index=True)


def counts(session: Session, member_id: int, *, channel_id: int, made_at: datetime) -> bool:
    """Whether a link of that moment still counts: its account lives since before, and it was not cut off.

    `channel_id` 0, or a channel that was removed (its messages moved to the member's others): any account of the
    member. An account that the platform refuses to write to still reads.
    """
    cut_off = session.get(LinkCut, member_id)
    if cut_off is not None and made_at <= cut_off.at:
        return False
    query = select(Account.id).where(
        Account.member_id == member_id,
        col(Account.unlinked_at).is_(None),
        col(Account.linked_at) < made_at + GRAIN,
    )
    channel = session.get(Channel, channel_id)
    if channel_id and (channel is None or channel.state != ChannelState.REMOVED):
        query = query.where(Account.channel_id == channel_id)
    return session.exec(query.limit(1)).first() is not None


def cut(session: Session, member_id: int, at: datetime) -> None:
    """All links that a member has been sent until now stop working."""
    session.merge(LinkCut(member_id=member_id, at=at))
    session.flush()


def browser_of(session: Session, link_hash: str) -> str | None:
    """The hash of the browser that a link belongs to; None while it belongs to none."""
    row = session.get(LinkBrowser, link_hash)
    return row.browser_hash if row else None


def claim(session: Session, row: LinkBrowser) -> str:
    """A link without a browser gets this one. Returns the hash of the browser that has it now."""
    held = browser_of(session, row.link_hash)
    if held is not None:
        return held
    try:
        with session.begin_nested():
            session.add(LinkBrowser(**row.model_dump()))
    except IntegrityError:  # another browser at the same moment
        session.expire_all()
        return browser_of(session, row.link_hash) or ""
    return row.browser_hash


def forget_before(session: Session, at: datetime) -> int:
    """Drop what belongs to links that are too old to open. Returns how many."""
    return session.connection().execute(delete(LinkBrowser).where(col(LinkBrowser.at) < at)).rowcount

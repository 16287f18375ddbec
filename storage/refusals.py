"""Chats that refuse us: counted until they count as vanished, and who has still to be told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.channels import GroupChat
from storage.members import Account, Member


def _chat(table: type[Account] | type[GroupChat], channel_id: int, chat_id: str) -> tuple[object, ...]:
    return table.channel_id == channel_id, table.chat_id == chat_id, col(table.unlinked_at).is_(None)


def count(session: Session, channel_id: int, chat_id: str) -> int:
    """One more message was refused in this chat. Returns how many in a row; 0 for a chat of nobody's."""
    highest = 0
    for table in (Account, GroupChat):
        statement = update(table).where(*_chat(table, channel_id, chat_id)).values(rejections=table.rejections + 1)  # type: ignore[arg-type]
        found = session.connection().execute(statement.returning(col(table.rejections))).scalars()
        highest = max([highest, *found])
    return highest


def counting(session: Session, channel_id: int) -> set[str]:
    """The chats of a channel whose last message was refused."""
    found: set[str] = set()
    for table in (Account, GroupChat):
        query = select(table.chat_id).where(table.channel_id == channel_id, col(table.rejections) > 0)
        found |= set(session.exec(query))
    return found


def forgive(session: Session, channel_id: int, chat_ids: Collection[str]) -> None:
    """A message got through to these chats: counting starts anew."""
    for table in (Account, GroupChat):
        session.connection().execute(
            update(table)
            .where(col(table.channel_id) == channel_id, col(table.chat_id).in_(chat_ids))
            .values(rejections=0)
        )


def untold(session: Session) -> list[tuple[Account, Member]]:
    """Accounts that have blocked us and whose secretary has not been told."""
    query = (
        select(Account, Member)
        .join(Member, col(Member.id) == col(Account.member_id))
        .where(col(Account.blocked_at).is_not(None), col(Account.blocked_told_at).is_(None))
        .where(col(Account.unlinked_at).is_(None))
        .order_by(col(Member.name_key))
        .limit(500)
    )
    return list(session.exec(query))


def told(session: Session, account_ids: Collection[int], at: datetime) -> None:
    """Their secretaries know."""
    session.connection().execute(update(Account).where(col(Account.id).in_(account_ids)).values(blocked_told_at=at))

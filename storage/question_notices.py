"""Messages about a question that are in the outbox already, when the asker's name is hidden or shown again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import members, outbox
from storage.channels import Channel
from storage.outbox import Delivery, DeliveryState, Lane

_EDITING = "telegram"
"""The platform on which a message can be changed after it was sent."""
_WAITING = (DeliveryState.PENDING, DeliveryState.HELD)


def rewrite(session: Session, about: str, text: str, now: datetime) -> bool:
    """Give the leaders' messages about a question this text, those that wait and those that can be edited.

    Returns whether one of them has been read, or may have been, where it cannot be changed any more.
    """
    query = (
        select(Delivery, Channel.platform)
        .join(Channel, col(Channel.id) == col(Delivery.channel_id))
        .where(Delivery.about == about, Delivery.edits == "")
    )
    seen = False
    for row, platform in list(session.exec(query)):
        if not any(choice["action"] == "questions.answer" for choice in row.choices):
            continue
        if row.state in _WAITING:
            row.text = text
        elif platform == _EDITING and row.message_id:
            _edit(session, row, text, now)
        else:
            seen = seen or row.state in {DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.UNKNOWN}
    session.flush()
    return seen


def _edit(session: Session, row: Delivery, text: str, now: datetime) -> None:
    outbox.queue(
        session,
        Delivery(
            channel_id=row.channel_id, chat_id=row.chat_id, member_id=row.member_id, about=row.about, text=text,
            choices=row.choices, edits=row.message_id, lane=Lane.REPLY, created_at=now, due_at=now,
        ),
    )  # fmt: skip


def untie(session: Session, about: str, member_id: int) -> None:
    """Take the question's id out of the messages to its asker: these columns are not encrypted."""
    chats = {(account.channel_id, account.chat_id) for account in members.live_links(session, member_id)}
    for row in session.exec(select(Delivery).where(Delivery.about == about)):
        if (row.channel_id, row.chat_id) in chats:
            row.about = ""
    session.flush()

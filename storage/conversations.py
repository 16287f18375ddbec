"""Where each person stands in a dialogue, saved by compare-and-set on a version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, bindparam, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.ahead import Question
from storage.crypto import EncryptedJson
from storage.db import Instant


class Conversation(SQLModel, table=True):
    """One speaker in one chat. `stack` holds the dialogues under way, the one on top last:
    `[{"flow": "meetings", "state": "place", "data": {…}}]`."""

    __table_args__ = (UniqueConstraint("channel_id", "chat_id", "speaker_id"),)
    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    speaker_id: str
    stack: list[dict[str, Any]] = Field(default_factory=list, sa_type=EncryptedJson("conversation.stack"))
    version: int = 0
    updated_at: datetime = Field(sa_type=Instant)


Key = tuple[int, str, str]
"""(channel id, chat id, speaker id)"""
CONVERSATION: Question[Conversation | None] = Question(
    Conversation.channel_id, Conversation.chat_id, Conversation.speaker_id
)
_ONE = select(Conversation).where(
    Conversation.channel_id == bindparam("channel"),
    Conversation.chat_id == bindparam("chat"),
    Conversation.speaker_id == bindparam("speaker"),
)
_OF_CHATS = select(Conversation).where(
    col(Conversation.channel_id).in_(bindparam("channels", expanding=True)),
    col(Conversation.chat_id).in_(bindparam("chats", expanding=True)),
)
"""For triples (`tuple_`) SQLite reads the whole table, for a third list it tries every speaker in every chat: it is
cheaper to sort out here what these two conditions find too much."""


def find(session: Session, channel_id: int, chat_id: str, speaker_id: str) -> Conversation | None:
    """The conversation, if this speaker ever had a dialogue in this chat."""
    place = (channel_id, chat_id, speaker_id)

    def ask() -> Conversation | None:
        return session.exec(_ONE, params={"channel": channel_id, "chat": chat_id, "speaker": speaker_id}).first()

    return CONVERSATION.answer(session, place, ask)


def read_ahead(session: Session, keys: set[Key]) -> None:
    """Read the conversations of a batch."""
    known: dict[Key, Conversation | None] = dict.fromkeys(keys)
    asked = {"channels": list({each for each, _, _ in keys}), "chats": list({each for _, each, _ in keys})}
    for row in session.exec(_OF_CHATS, params=asked):
        place = (row.channel_id, row.chat_id, row.speaker_id)
        if place in known:
            known[place] = row
    CONVERSATION.prepare(session, known)


def save(session: Session, conversation: Conversation, stack: list[dict[str, Any]], at: datetime) -> bool:
    """Store a new stack; False when somebody else saved first (then nothing is written)."""
    if conversation.id is None:
        conversation.stack, conversation.version, conversation.updated_at = stack, 1, at
        session.add(conversation)
        session.flush()
        return True
    result = session.connection().execute(
        update(Conversation)
        .where(col(Conversation.id) == conversation.id, col(Conversation.version) == conversation.version)
        .values(stack=stack, version=conversation.version + 1, updated_at=at)
    )
    session.expire(conversation)
    return result.rowcount == 1

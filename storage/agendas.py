"""What a meeting is about: its items with speakers and papers, guests from outside, and series that repeat."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant


class ItemState(StrEnum):
    """How far an item has come."""

    PLANNED = "planned"
    UNDER_WAY = "under-way"
    DONE = "done"


class AgendaItem(SQLModel, table=True):
    """One item of a meeting's agenda, in the order of `position` (from 1)."""

    __table_args__ = (UniqueConstraint("meeting_id", "position"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position: int
    title: str
    speaker_id: int | None = Field(default=None, foreign_key="member.id")
    speaker: str = ""
    """The speaker's name when it is no member of ours."""
    minutes: int = 0
    state: str = Field(default=ItemState.PLANNED, sa_type=String)
    began_at: datetime | None = Field(default=None, sa_type=Instant)
    conclusion: str = Field(default="", sa_type=EncryptedText("agendaitem.conclusion"))
    """What the chair concluded; "" until then."""


class AgendaPaper(SQLModel, table=True):
    """A document that belongs to an item."""

    item_id: int = Field(foreign_key="agendaitem.id", primary_key=True)
    document_id: int = Field(foreign_key="document.id", primary_key=True)


class Guest(SQLModel, table=True):
    """Somebody from outside who is invited to, or came to, a meeting."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    name: str = Field(sa_type=EncryptedText("guest.name"))
    office: str = ""
    came: bool = False


class Series(SQLModel, table=True):
    """Meetings that repeat every month: the day (3 = the 3rd, moved when it is a day off), the hour, the agenda."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str
    day: int = 3
    hour: time
    place: str
    minutes: int = 0
    items: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    """The agenda's template: [{"title", "minutes", "speaker_id"}]."""
    active: bool = True
    created_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=Instant)


def items(session: Session, meeting_id: int) -> list[AgendaItem]:
    """The agenda in order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
    return list(session.exec(query.order_by(col(AgendaItem.position))))


def item(session: Session, item_id: int) -> AgendaItem:
    """One item; LookupError when there is none."""
    found = session.get(AgendaItem, item_id)
    if found is None:
        raise LookupError(f"agenda item {item_id}")
    return found


def papers(session: Session, item_id: int) -> list[int]:
    """The ids of an item's documents."""
    query = select(AgendaPaper.document_id).where(AgendaPaper.item_id == item_id)
    return list(session.exec(query.order_by(col(AgendaPaper.document_id))))


def guests(session: Session, meeting_id: int) -> list[Guest]:
    """Who is invited from outside, in the order of entry."""
    return list(session.exec(select(Guest).where(Guest.meeting_id == meeting_id).order_by(col(Guest.id))))

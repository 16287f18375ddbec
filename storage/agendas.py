"""What a meeting is about: its items with speakers and papers, guests from outside, and series that repeat."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, delete
from sqlmodel import Field, Session, SQLModel, col, select

from storage.ahead import Question
from storage.crypto import EncryptedText
from storage.db import Instant
from storage.meetings import Meeting, MeetingState


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
    proposed_for: str = ""
    """The last month ("2027-01") whose invitation was proposed to the secretary."""
    created_by: int | None = Field(default=None, foreign_key="member.id")
    """None: nobody has asked for it, the branch has just met before. It follows the last meeting in everything."""
    created_at: datetime = Field(sa_type=Instant)


PAPERS: Question[list[int]] = Question(AgendaPaper.item_id, AgendaItem.meeting_id, AgendaItem.position)
Line = dict[str, Any]
"""One item as drafts and series keep it: {"title", "minutes", "speaker_id", "speaker", "papers": [document ids]}."""


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


def meeting_papers(session: Session, meeting_id: int) -> list[int]:
    """The ids of a meeting's documents, in the agenda's order; a batch that asks for many members reads them once."""
    query = select(AgendaPaper.document_id).join(AgendaItem, col(AgendaItem.id) == col(AgendaPaper.item_id))
    query = query.where(AgendaItem.meeting_id == meeting_id)
    query = query.order_by(col(AgendaItem.position), col(AgendaPaper.document_id))
    return PAPERS.answer(session, meeting_id, lambda: list(dict.fromkeys(session.exec(query))))


def guests(session: Session, meeting_id: int) -> list[Guest]:
    """Who is invited from outside, in the order of entry."""
    return list(session.exec(select(Guest).where(Guest.meeting_id == meeting_id).order_by(col(Guest.id))))


def lines(session: Session, meeting_id: int, *, papers_too: bool = True) -> list[Line]:
    """The agenda as a draft; `papers_too=False`: without its papers, which belong to that one meeting."""
    return [
        {
            "title": each.title, "minutes": each.minutes, "speaker_id": each.speaker_id, "speaker": each.speaker,
            "papers": papers(session, each.id or 0) if papers_too else [],
        }
        for each in items(session, meeting_id)
    ]  # fmt: skip


def write(session: Session, meeting_id: int, agenda: list[Line]) -> None:
    """Make this the agenda of a meeting that has not begun: the rows before are gone, with their papers."""
    old = [each.id for each in items(session, meeting_id)]
    connection = session.connection()
    connection.execute(delete(AgendaPaper).where(col(AgendaPaper.item_id).in_(old)))
    connection.execute(delete(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id))
    session.expire_all()
    for position, line in enumerate(agenda, start=1):
        _add(session, meeting_id, position, line)


def extend(session: Session, meeting_id: int, agenda: list[Line]) -> None:
    """Add items behind those that a meeting has."""
    last = len(items(session, meeting_id))
    for position, line in enumerate(agenda, start=last + 1):
        _add(session, meeting_id, position, line)


def _add(session: Session, meeting_id: int, position: int, line: Line) -> None:
    row = AgendaItem(
        meeting_id=meeting_id, position=position, title=line["title"], minutes=line.get("minutes", 0),
        speaker_id=line.get("speaker_id"), speaker=line.get("speaker", ""),
    )  # fmt: skip
    session.add(row)
    session.flush()
    for document_id in line.get("papers", []):
        session.add(AgendaPaper(item_id=row.id or 0, document_id=document_id))
    session.flush()


def write_guests(session: Session, meeting_id: int, invited: list[tuple[str, str]]) -> None:
    """Make these (name, office) the guests of a meeting that has not begun."""
    session.connection().execute(delete(Guest).where(col(Guest.meeting_id) == meeting_id))
    for name, office in invited:
        session.add(Guest(meeting_id=meeting_id, name=name, office=office))
    session.flush()


def series(session: Session, series_id: int) -> Series:
    """One series; LookupError when there is none."""
    found = session.get(Series, series_id)
    if found is None:
        raise LookupError(f"series {series_id}")
    return found


def series_of(session: Session, organization_ids: list[int]) -> list[Series]:
    """The series of these organizations, stopped ones among them, oldest first."""
    query = select(Series).where(col(Series.organization_id).in_(organization_ids))
    return list(session.exec(query.order_by(col(Series.id))))


def to_propose(session: Session, days: list[int], month: str, limit: int, *, after: int = 0) -> list[Series]:
    """Running series on one of these days of the month that were not proposed for it, held for this sweep; those with
    a higher id than `after`, in order."""
    query = select(Series).where(col(Series.active), col(Series.day).in_(days), col(Series.proposed_for) < month)
    query = query.where(col(Series.id) > after)
    return list(session.exec(query.order_by(col(Series.id)).limit(limit).with_for_update(skip_locked=True)))


def without_series(session: Session, kind: str, span: tuple[datetime, datetime], limit: int) -> list[int]:
    """Organizations that met within the span in a meeting of this kind and have no series of it, not even a stopped
    one: their ids, in order."""
    has = select(Series.id).where(Series.organization_id == Meeting.organization_id, Series.kind == kind).exists()
    query = select(Meeting.organization_id).where(
        Meeting.kind == kind, Meeting.state != MeetingState.CANCELLED, col(Meeting.starts_at).between(*span), ~has
    )
    return list(session.exec(query.distinct().order_by(col(Meeting.organization_id)).limit(limit)))


def repeat(session: Session, wanted: Series) -> Series:
    """Start a series; of one organization and kind there is one, which takes the new values."""
    query = select(Series).where(Series.organization_id == wanted.organization_id, Series.kind == wanted.kind)
    found = session.exec(query.with_for_update()).first() or wanted
    for name in ("day", "hour", "place", "minutes", "items", "proposed_for", "created_by"):
        setattr(found, name, getattr(wanted, name))
    found.active = True
    session.add(found)
    session.flush()
    return found


def current(session: Session, meeting_id: int) -> AgendaItem | None:
    """The item under way."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.state == ItemState.UNDER_WAY)
    return session.exec(query.order_by(col(AgendaItem.position))).first()


def advance(session: Session, meeting_id: int, at: datetime) -> AgendaItem | None:
    """End the item under way and begin the next one; None when there is no other."""
    running = current(session, meeting_id)
    if running is not None:
        running.state = ItemState.DONE
    following = next((each for each in items(session, meeting_id) if each.state == ItemState.PLANNED), None)
    if following is not None:
        following.state, following.began_at = ItemState.UNDER_WAY, at
    session.flush()
    return following


def tick(session: Session, guest_id: int) -> Guest:
    """A guest has come, or has not after all. LookupError when there is none."""
    found = session.get(Guest, guest_id)
    if found is None:
        raise LookupError(f"guest {guest_id}")
    found.came = not found.came
    session.flush()
    return found


def rewind(session: Session, meeting_id: int) -> None:
    """The meeting has not begun after all: no item has."""
    for each in items(session, meeting_id):
        each.state, each.began_at = ItemState.PLANNED, None
    session.flush()


def finish(session: Session, meeting_id: int) -> None:
    """The meeting is over: so is the item under way."""
    running = current(session, meeting_id)
    if running is not None:
        running.state = ItemState.DONE
    session.flush()

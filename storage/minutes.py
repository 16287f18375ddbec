"""Minutes (biên bản) and resolutions (nghị quyết) of meetings: drafted from what was recorded, approved, sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage import audit
from storage.crypto import EncryptedJson, vault
from storage.db import Instant
from storage.documents import Document
from storage.meetings import Meeting, MeetingState

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
RULE_DAYS = 2
"""Domain.md: minutes, conclusion and resolution are issued at most two days after the meeting; the default."""


class PaperKind(StrEnum):
    """The two papers that a meeting leaves behind."""

    MINUTES = "minutes"
    RESOLUTION = "resolution"


ABBREVIATIONS = {PaperKind.MINUTES: "BB", PaperKind.RESOLUTION: "NQ"}
"""What stands in their numbers: 03-BB/CB, 05-NQ/CB."""


class PaperState(StrEnum):
    """Where such a paper stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    """The chair has it for approval."""
    APPROVED = "approved"
    SENT = "sent"


class MeetingPaper(SQLModel, table=True):
    """One meeting's minutes or resolution.

    `parts`: {"sections": [{"key", "title", "text", "edited"}], "facts": {"<placeholder>": "text"},
    "rows": {"<table>": [{"<column>": "text"}]}} as drafted, with what was edited in the chat.
    """

    __table_args__ = (
        UniqueConstraint("meeting_id", "kind"),
        UniqueConstraint("organization_id", "kind", "year", "number"),
    )
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    kind: str = Field(sa_type=String)
    state: str = Field(default=PaperState.DRAFT, sa_type=String)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    year: int = 0
    number: int | None = None
    """ "Số 05-NQ/CB" is 5, counted per organization and year; None until it is approved, so that a draft that comes
    to nothing leaves no gap."""
    parts: dict[str, Any] = Field(default_factory=dict, sa_type=EncryptedJson("meetingpaper.parts"))
    file_id: int | None = Field(default=None, foreign_key="file.id")
    """The .docx as approved."""
    document_id: int | None = Field(default=None, foreign_key="document.id")
    """The document that it was sent as."""
    drafted_by: int | None = Field(default=None, foreign_key="member.id")
    approved_by: int | None = Field(default=None, foreign_key="member.id")
    approved_at: datetime | None = Field(default=None, sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
    nudged_at: datetime | None = Field(default=None, sa_type=Instant)
    """When its keepers were last reminded of the two days that the rule sets."""
    fingerprint: str = ""
    """A keyed hash of what it says beside names of places, hours and numbers: two months with the same one have the
    same text (a supervision signal, domain.md). "" until it is approved, and when there is nothing to compare."""


class MinutesTemplate(SQLModel, table=True):
    """The .docx with placeholders from which an organization and those below it make such papers."""

    __table_args__ = (UniqueConstraint("organization_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str = Field(default=PaperKind.MINUTES, sa_type=String)
    file_id: int = Field(foreign_key="file.id")
    set_by: int | None = Field(default=None, foreign_key="member.id")
    set_at: datetime = Field(sa_type=Instant)


def of_meeting(session: Session, meeting_id: int, kind: PaperKind) -> MeetingPaper | None:
    """A meeting's minutes or resolution."""
    query = select(MeetingPaper).where(MeetingPaper.meeting_id == meeting_id, MeetingPaper.kind == kind)
    return session.exec(query).first()


def get(session: Session, paper_id: int) -> MeetingPaper:
    """The paper; LookupError when there is none."""
    found = session.get(MeetingPaper, paper_id)
    if found is None:
        raise LookupError(f"meeting paper {paper_id}")
    return found


def locked(session: Session, paper_id: int) -> MeetingPaper:
    """The paper as it is now, held until the transaction ends; LookupError when there is none."""
    query = select(MeetingPaper).where(MeetingPaper.id == paper_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"meeting paper {paper_id}")
    return found


def add(session: Session, paper: MeetingPaper) -> MeetingPaper:
    """Insert a paper. Who calls holds the meeting's row (meetings.locked), so that two at once do not both insert."""
    session.add(paper)
    session.flush()
    return paper


def write(session: Session, paper: MeetingPaper, **columns: Any) -> None:
    """Set these columns of a paper."""
    for name, value in columns.items():
        setattr(paper, name, value)
    session.add(paper)
    session.flush()


# --- numbers -------------------------------------------------------------------------------------------------------
_DIGITS = re.compile(r"\d{1,5}")


def give_number(session: Session, paper: MeetingPaper, year: int) -> int:
    """Give a paper the next number of its organization, kind and year, in the transaction that approves it.

    Those that were published by hand count too. Taking the audit trail's turn (as for questions and tasks) makes two
    approvals wait for each other; a transaction that fails gives its number back.
    """
    if paper.number is not None:
        return paper.number
    audit.take_turns(session)
    query = select(func.max(MeetingPaper.number)).where(
        MeetingPaper.organization_id == paper.organization_id,
        MeetingPaper.kind == paper.kind,
        MeetingPaper.year == year,
    )
    last = max(session.exec(query).one() or 0, _published(session, paper, year))
    write(session, paper, year=year, number=last + 1)
    return last + 1


def _published(session: Session, paper: MeetingPaper, year: int) -> int:
    """The highest number of such papers in the organization's register of documents."""
    query = select(Document).where(
        Document.organization_id == paper.organization_id,
        Document.kind == ABBREVIATIONS[PaperKind(paper.kind)],
        col(Document.issued_on) >= date(year, 1, 1),
        col(Document.issued_on) <= date(year, 12, 31),
    )
    found = [_DIGITS.match(document.number) for document in session.exec(query)]
    return max((int(match.group()) for match in found if match), default=0)


# --- the text of last month ----------------------------------------------------------------------------------------
def fingerprint(texts: Iterable[str]) -> str:
    """A keyed hash of these texts without digits, signs and case; "" when they say nothing."""
    words = re.findall(r"[^\W\d_]+", " ".join(texts).lower())
    return vault().fingerprint(" ".join(words), "minutes.text") if words else ""


def same_as_before(session: Session, meeting_id: int) -> int | None:
    """The earlier meeting of the same organization whose minutes have the same text; None without one."""
    mine = of_meeting(session, meeting_id, PaperKind.MINUTES)
    if mine is None or not mine.fingerprint:
        return None
    query = (
        select(MeetingPaper.meeting_id)
        .where(MeetingPaper.organization_id == mine.organization_id, MeetingPaper.kind == PaperKind.MINUTES)
        .where(MeetingPaper.fingerprint == mine.fingerprint, col(MeetingPaper.id) < mine.id)
        .order_by(col(MeetingPaper.id).desc())
    )
    return session.exec(query.limit(1)).first()


# --- the two days of the rule --------------------------------------------------------------------------------------
def due_at(meeting: Meeting, days: int = RULE_DAYS, zone: ZoneInfo = ZONE) -> datetime | None:
    """The last moment at which minutes are in time: the end of the day `days` after the meeting; None until it ended.

    Domain.md: issued at most 2 days after the meeting (setting minutes_days).
    """
    if meeting.ended_at is None:
        return None
    last = meeting.ended_at.astimezone(zone).date() + timedelta(days=days + 1)
    return datetime.combine(last, time(), zone)


def issued_in_time(
    session: Session, meeting_id: int, *, days: int = RULE_DAYS, zone: ZoneInfo = ZONE, now: datetime | None = None
) -> bool | None:
    """Whether a meeting's minutes were sent within the rule's days. None while that is open: it has not ended, or
    nothing was sent and, as far as `now` tells, there is still time."""
    meeting = session.get(Meeting, meeting_id)
    due = due_at(meeting, days, zone) if meeting is not None else None
    if due is None:
        return None
    paper = of_meeting(session, meeting_id, PaperKind.MINUTES)
    if paper is not None and paper.sent_at is not None:
        return paper.sent_at < due
    return False if now is not None and now >= due else None


def unsent(
    session: Session, ended_after: datetime, ended_before: datetime
) -> list[tuple[Meeting, MeetingPaper | None]]:
    """Meetings that ended in a span and whose minutes were not sent, oldest first."""
    query = (
        select(Meeting, MeetingPaper)
        .outerjoin(
            MeetingPaper,
            (col(MeetingPaper.meeting_id) == col(Meeting.id)) & (col(MeetingPaper.kind) == PaperKind.MINUTES),
        )
        .where(Meeting.state == MeetingState.HELD, col(MeetingPaper.sent_at).is_(None))
        .where(col(Meeting.ended_at) > ended_after, col(Meeting.ended_at) <= ended_before)
    )
    return [(meeting, paper) for meeting, paper in session.exec(query.order_by(col(Meeting.ended_at)))]


def recent(
    session: Session, organization_ids: list[int], member_id: int, span: tuple[datetime, datetime]
) -> list[Meeting]:
    """Meetings of these organizations, or led or kept by this member, that began in a span and were not called off,
    the newest first."""
    theirs = (
        col(Meeting.organization_id).in_(organization_ids)
        | (col(Meeting.chair_id) == member_id)
        | (col(Meeting.clerk_id) == member_id)
    )
    query = select(Meeting).where(
        theirs, Meeting.state != MeetingState.CANCELLED, col(Meeting.starts_at) >= span[0],
        (col(Meeting.starts_at) <= span[1]) | (Meeting.state == MeetingState.HELD),
    )  # fmt: skip
    return list(session.exec(query.order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())))


# --- templates -----------------------------------------------------------------------------------------------------
def template_for(session: Session, path: str, kind: PaperKind) -> MinutesTemplate | None:
    """The template of the nearest organization from this one upwards that has one."""
    ids = [int(part) for part in path.split("/") if part]
    query = select(MinutesTemplate).where(col(MinutesTemplate.organization_id).in_(ids), MinutesTemplate.kind == kind)
    found = {row.organization_id: row for row in session.exec(query)}
    return next((found[each] for each in reversed(ids) if each in found), None)


def template_of(session: Session, organization_id: int, kind: PaperKind) -> MinutesTemplate | None:
    """An organization's own template."""
    query = select(MinutesTemplate).where(
        MinutesTemplate.organization_id == organization_id, MinutesTemplate.kind == kind
    )
    return session.exec(query).first()


def set_template(session: Session, wanted: MinutesTemplate) -> int | None:
    """Put a template in the place of an organization's own; returns the file of the one before."""
    found = template_of(session, wanted.organization_id, PaperKind(wanted.kind))
    if found is None:
        session.add(wanted)
        session.flush()
        return None
    before = found.file_id
    found.file_id, found.set_by, found.set_at = wanted.file_id, wanted.set_by, wanted.set_at
    session.flush()
    return before


def drop_template(session: Session, row: MinutesTemplate) -> None:
    """Back to what the level above uses, or to our own."""
    session.delete(row)
    session.flush()

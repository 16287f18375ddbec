"""The secretary's morning card: who gets one today, and what of a branch is late. Reads only, but for the mark."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from storage.audience import in_base, preferred_exists
from storage.db import Instant
from storage.documents import Document, DocumentState, Reading
from storage.meetings import Meeting, MeetingState
from storage.members import Member, Role, RoleKind, Status
from storage.minutes import MeetingPaper, PaperKind
from storage.organizations import Organization, OrganizationKind
from storage.questions import Question, QuestionState, on_desk
from storage.tasks import Task, is_overdue


class Morning(SQLModel, table=True):
    """That a secretary's morning was looked at, whether there was something to say or not: once a day."""

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    day: date = Field(primary_key=True)
    at: datetime = Field(sa_type=Instant)


def _waiting(day: date) -> tuple[Any, ...]:
    looked = select(Morning.member_id).where(Morning.member_id == Member.id, Morning.day == day)
    keeps = (
        select(Role.id)
        .join(Organization, col(Organization.id) == col(Role.organization_id))
        .where(Role.member_id == Member.id, Role.kind == RoleKind.SECRETARY)
        .where(Organization.kind == OrganizationKind.BRANCH)
    )
    return (Member.status == Status.ACTIVE, keeps.exists(), preferred_exists(), ~looked.exists())


def to_look_at(session: Session, day: date, limit: int) -> list[Member]:
    """Secretaries of branches whose morning nobody has looked at, held for this sweep."""
    query = select(Member).where(*_waiting(day)).order_by(col(Member.id)).limit(limit)
    return list(session.exec(query.with_for_update(skip_locked=True)))


def anybody(session: Session, day: date) -> bool:
    """Whether `to_look_at` would find somebody; asked without the write lock."""
    return session.exec(select(Member.id).where(*_waiting(day)).limit(1)).first() is not None


def looked(session: Session, member_id: int, day: date, at: datetime) -> None:
    """This morning is done."""
    session.add(Morning(member_id=member_id, day=day, at=at))
    session.flush()


def kept(session: Session, member_id: int, kinds: frozenset[RoleKind]) -> list[Organization]:
    """The branches in which a member holds one of these roles itself."""
    query = (
        select(Organization)
        .join(Role, col(Role.organization_id) == col(Organization.id))
        .where(Role.member_id == member_id, col(Role.kind).in_(kinds), Organization.kind == OrganizationKind.BRANCH)
    )
    return list(session.exec(query.distinct().order_by(col(Organization.id))))


# --- what is late --------------------------------------------------------------------------------------------------
def late_tasks(session: Session, organization_ids: list[int], today: date) -> int:
    """Tasks past their day that nobody has reported as done."""
    query = select(func.count()).select_from(Task).where(
        col(Task.organization_id).in_(organization_ids), *is_overdue(today)
    )  # fmt: skip
    return int(session.exec(query).one())


def late_minutes(session: Session, organization_ids: list[int], span: tuple[datetime, datetime]) -> int:
    """Meetings that ended in a span and whose minutes were not sent. The rule's two days end at the span's end."""
    sent = select(MeetingPaper.id).where(
        MeetingPaper.meeting_id == Meeting.id, MeetingPaper.kind == PaperKind.MINUTES,
        col(MeetingPaper.sent_at).is_not(None),
    )  # fmt: skip
    query = select(func.count()).select_from(Meeting).where(
        col(Meeting.organization_id).in_(organization_ids), Meeting.state == MeetingState.HELD,
        col(Meeting.ended_at) > span[0], col(Meeting.ended_at) <= span[1], ~sent.exists(),
    )  # fmt: skip
    return int(session.exec(query).one())


def late_papers(session: Session, path: str, span: tuple[datetime, datetime]) -> int:
    """Papers whose deadline lies in a span and that somebody of a branch with a phone has not acknowledged."""
    query = (
        select(func.count(func.distinct(Document.id)))
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .join(Member, col(Member.id) == col(Reading.member_id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(Document.state == DocumentState.PUBLISHED, col(Document.read_by) > span[0])
        .where(col(Document.read_by) <= span[1], col(Reading.acknowledged_at).is_(None))
        .where(col(Member.has_phone), preferred_exists(), *in_base(path, active=True))
    )
    return int(session.exec(query).one())


def late_questions(session: Session, organization_ids: list[int], now: datetime) -> int:
    """Questions that these organizations have to answer and whose deadline is over."""
    query = select(func.count()).select_from(Question).where(
        on_desk().in_(organization_ids), Question.state == QuestionState.OPEN, col(Question.due_at) <= now
    )  # fmt: skip
    return int(session.exec(query).one())

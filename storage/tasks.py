"""Tasks: who does what until when; reports, requests for more time, hand-over."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant


class TaskState(StrEnum):
    """The life of a task. Overdue is no state: it is GIVEN or ACCEPTED past its day."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    """Its doer says that it is done; who gave it has not confirmed yet."""
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (TaskState.GIVEN, TaskState.ACCEPTED, TaskState.REPORTED)


class Task(SQLModel, table=True):
    """One task of one member. `number` counts within the organization and the year."""

    __table_args__ = (UniqueConstraint("organization_id", "year", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    year: int
    number: int
    title: str = Field(sa_type=EncryptedText("task.title"))
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    """Who does it; None while nobody is named."""
    given_by: int | None = Field(default=None, foreign_key="member.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agendaitem.id")
    due_on: date | None = Field(default=None, index=True)
    state: str = Field(default=TaskState.GIVEN, sa_type=String)
    percent: int = 0
    given_at: datetime = Field(sa_type=Instant)
    accepted_at: datetime | None = Field(default=None, sa_type=Instant)
    done_at: datetime | None = Field(default=None, sa_type=Instant)


class TaskReport(SQLModel, table=True):
    """What somebody said about a task: progress, a report with a photo, a request for more time and its answer.

    `kind`: "progress", "report", "extension", "granted", "refused", "handed-over".
    """

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    kind: str
    member_id: int | None = Field(default=None, foreign_key="member.id")
    text: str = Field(default="", sa_type=EncryptedText("taskreport.text"))
    percent: int | None = None
    until: date | None = None
    """The day that was asked for or granted."""
    file_id: int | None = Field(default=None, foreign_key="file.id")
    at: datetime = Field(sa_type=Instant)


def of_meeting(session: Session, meeting_id: int) -> list[Task]:
    """The tasks that came out of a meeting."""
    return list(session.exec(select(Task).where(Task.meeting_id == meeting_id).order_by(col(Task.id))))

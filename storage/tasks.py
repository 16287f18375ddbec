"""Tasks: who does what until when; every step of one (accepted, progress, report, more time, handed over) as a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, func, or_, select

from storage import audit
from storage.crypto import EncryptedText, vault
from storage.db import Instant
from storage.members import Member, Status
from storage.organizations import Organization, below
from storage.outbox import Delivery


class TaskState(StrEnum):
    """The life of a task. Overdue is no state: it is GIVEN or ACCEPTED past its day."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    """Its doer says that it is done; who gave it has not confirmed yet."""
    DONE = "done"
    CANCELLED = "cancelled"


OPEN = (TaskState.GIVEN, TaskState.ACCEPTED, TaskState.REPORTED)
UNDONE = (TaskState.GIVEN, TaskState.ACCEPTED)
"""What waits for its doer; past its day it is overdue."""


class Act(StrEnum):
    """What a step of a task was (TaskReport.kind)."""

    GIVEN = "given"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PROGRESS = "progress"
    REPORT = "report"
    EXTENSION = "extension"
    GRANTED = "granted"
    REFUSED = "refused"
    HANDED_OVER = "handed-over"
    DONE = "done"
    RETURNED = "returned"
    """The report was not accepted: it goes on."""
    CANCELLED = "cancelled"


class Task(SQLModel, table=True):
    """One task of one member. `number` counts within the organization and the year."""

    __table_args__ = (
        UniqueConstraint("organization_id", "year", "number"),
        UniqueConstraint("organization_id", "source"),
    )
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
    """When it was done: the moment of the report that was confirmed."""
    in_time: bool | None = None
    """Whether it was done by its day; None until it is done."""
    remind_on: date | None = Field(default=None, index=True)
    """The next day on which its doer is reminded; None when no reminder is left."""
    overdue_reminders: int = 0
    orphaned: bool = False
    """Its doer has left, and whoever has to hand it over was told."""
    source: str | None = None
    """Which row of a plan it came from: a second import of the same plan finds it again."""


class TaskReport(SQLModel, table=True):
    """One step of a task and, in `before`, the columns that it changed: what undoing it puts back.

    `kind`: an Act. `text`: a reason or a report in words. `until`: the day that was asked for or granted.
    """

    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    kind: str
    member_id: int | None = Field(default=None, foreign_key="member.id")
    """Who took the step."""
    text: str = Field(default="", sa_type=EncryptedText("taskreport.text"))
    percent: int | None = None
    until: date | None = None
    file_id: int | None = Field(default=None, foreign_key="file.id")
    at: datetime = Field(sa_type=Instant)
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    undone_at: datetime | None = Field(default=None, sa_type=Instant)


# --- one task ------------------------------------------------------------------------------------------------------
def get(session: Session, task_id: int) -> Task:
    """The task; LookupError when there is none."""
    found = session.get(Task, task_id)
    if found is None:
        raise LookupError(f"task {task_id}")
    return found


def locked(session: Session, task_id: int) -> Task:
    """The task as it is now, held until the transaction ends; LookupError when there is none."""
    query = select(Task).where(Task.id == task_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"task {task_id}")
    return found


def add(session: Session, task: Task, *, by: int | None) -> TaskReport:
    """Insert a task under the next number of its organization and year; returns its first step.

    Giving is an act of the audit trail, whose turn is taken here already (see questions.next_number).
    """
    audit.take_turns(session)
    query = select(func.max(Task.number)).where(
        Task.organization_id == task.organization_id, col(Task.year) == task.year
    )
    task.number = (session.exec(query).one() or 0) + 1
    session.add(task)
    session.flush()
    step = TaskReport(task_id=task.id or 0, kind=Act.GIVEN, member_id=by, at=task.given_at)
    step.before = {"state": TaskState.CANCELLED}
    session.add(step)
    session.flush()
    return step


def change(session: Session, task: Task, step: TaskReport, **columns: Any) -> TaskReport:
    """Take a step: the task's columns get these values, and the step remembers what they were."""
    step.before = {name: _plain(getattr(task, name)) for name in columns}
    for name, value in columns.items():
        setattr(task, name, value)
    session.add(task)
    session.add(step)
    session.flush()
    return step


def undo(session: Session, task: Task, step: TaskReport, at: datetime) -> None:
    """Put back what a step changed."""
    for name, value in step.before.items():
        setattr(task, name, _typed(name, value))
    step.undone_at = at
    session.add(task)
    session.add(step)
    session.flush()


_DAYS, _MOMENTS = ("due_on", "remind_on"), ("accepted_at", "done_at")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    if value is None or name not in (*_DAYS, *_MOMENTS):
        return value
    return date.fromisoformat(value) if name in _DAYS else datetime.fromisoformat(value)


def step(session: Session, step_id: int) -> TaskReport:
    """One step; LookupError when there is none."""
    found = session.get(TaskReport, step_id)
    if found is None:
        raise LookupError(f"step {step_id}")
    return found


def steps(session: Session, task_id: int) -> list[TaskReport]:
    """The steps of a task that hold, oldest first."""
    query = select(TaskReport).where(TaskReport.task_id == task_id, col(TaskReport.undone_at).is_(None))
    return list(session.exec(query.order_by(col(TaskReport.id))))


def last_of(session: Session, task_id: int, kinds: Sequence[str]) -> TaskReport | None:
    """The newest step of these kinds that holds."""
    return next((each for each in reversed(steps(session, task_id)) if each.kind in kinds), None)


def source_key(organization_id: int, title: str, member_id: int | None) -> str:
    """What a row of a plan is known by: `title` folded, its doer, its organization. A fingerprint, not readable."""
    return vault().fingerprint(f"{organization_id}|{member_id or 0}|{title}", "task.source")


def of_source(session: Session, organization_id: int, source: str) -> Task | None:
    """The task that this row of a plan has become."""
    return session.exec(select(Task).where(Task.organization_id == organization_id, Task.source == source)).first()


def forget_source(session: Session, task: Task) -> None:
    """The task no longer stands for a row of a plan: another one is to come of it."""
    task.source = None
    session.add(task)
    session.flush()


# --- lists ---------------------------------------------------------------------------------------------------------
def of_meeting(session: Session, meeting_id: int) -> list[Task]:
    """The tasks that came out of a meeting, those called off left out."""
    query = select(Task).where(Task.meeting_id == meeting_id, Task.state != TaskState.CANCELLED)
    return list(session.exec(query.order_by(col(Task.id))))


def open_of(session: Session, member_id: int) -> list[Task]:
    """What a member has to do, the nearest day first, those without a day last."""
    query = select(Task).where(Task.member_id == member_id, col(Task.state).in_(OPEN))
    return list(session.exec(query.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))))


def done_of(session: Session, member_id: int, since: datetime, limit: int) -> list[Task]:
    """What a member has done since a moment, newest first."""
    query = select(Task).where(Task.member_id == member_id, Task.state == TaskState.DONE, col(Task.done_at) >= since)
    return list(session.exec(query.order_by(col(Task.done_at).desc(), col(Task.id).desc()).limit(limit)))


def numbered(session: Session, who: Any, number: int) -> list[Task]:
    """Tasks with this number that meet the condition `who` (on Task and Organization), open and new ones first."""
    query = (
        select(Task)
        .join(Organization, col(Organization.id) == col(Task.organization_id))
        .where(who, Task.number == number, Task.state != TaskState.CANCELLED)
        .order_by((col(Task.state) == TaskState.DONE), col(Task.year).desc(), col(Task.id))
    )
    return list(session.exec(query))


def mine(member_id: int) -> Any:
    """The condition "this member does it"."""
    return col(Task.member_id) == member_id


def within(paths: Sequence[str]) -> Any:
    """The condition "in one of these subtrees"."""
    return or_(*(below(path) for path in paths))


def listed(session: Session, paths: Sequence[str], *conditions: Any, limit: int = 200) -> list[Task]:
    """Tasks of these subtrees that meet all the conditions, the nearest day first."""
    query = (
        select(Task)
        .join(Organization, col(Organization.id) == col(Task.organization_id))
        .where(within(paths), *conditions)
        .order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))
        .limit(limit)
    )
    return list(session.exec(query))


def is_overdue(today: date) -> tuple[Any, ...]:
    """The conditions "past its day and not reported as done"."""
    return (col(Task.state).in_(UNDONE), col(Task.due_on) < today)


def is_reported() -> tuple[Any, ...]:
    """The condition "waits for its confirmation"."""
    return (col(Task.state) == TaskState.REPORTED,)


def is_open() -> tuple[Any, ...]:
    """The condition "not over"."""
    return (col(Task.state).in_(OPEN),)


# --- counts --------------------------------------------------------------------------------------------------------
def done_and_due(session: Session, organization_id: int, start: date, end: date) -> tuple[int, int]:
    """How many tasks of an organization fell due from `start` to `end` (both counted): (done of these, all of these).

    For the score of a meeting, "tasks done ÷ due" (domain.md); tasks called off count in neither.
    """
    query = (
        select(Task.state, func.count())
        .where(Task.organization_id == organization_id, Task.state != TaskState.CANCELLED)
        .where(col(Task.due_on) >= start, col(Task.due_on) <= end)
        .group_by(col(Task.state))
    )
    found = {str(state): int(count) for state, count in session.exec(query)}
    return found.get(TaskState.DONE, 0), sum(found.values())


class Sums(SQLModel):
    """Tasks of one organization in numbers."""

    organization_id: int
    name: str
    open: int = 0
    overdue: int = 0
    waiting: int = 0
    """Reported, not confirmed."""
    done: int = 0
    in_time: int = 0


def rollup(session: Session, paths: Sequence[str], today: date, since: datetime) -> list[Sums]:
    """Open and overdue tasks now, done ones since a moment, by organization; organizations without any are left out."""

    def counted(*conditions: Any) -> Any:
        return func.count(col(Task.id)).filter(*conditions)

    done = (col(Task.state) == TaskState.DONE, col(Task.done_at) >= since)
    query: Any = (
        select(
            Organization.id, Organization.name, counted(*is_open()), counted(*is_overdue(today)),
            counted(*is_reported()), counted(*done), counted(*done, col(Task.in_time).is_(True)),
        )  # type: ignore[call-overload]
        .join(Task, col(Task.organization_id) == col(Organization.id))
        .where(within(paths), Task.state != TaskState.CANCELLED)
        .group_by(col(Organization.id), col(Organization.name))
        .order_by(col(Organization.name))
    )  # fmt: skip
    names = ("organization_id", "name", "open", "overdue", "waiting", "done", "in_time")
    return [Sums(**dict(zip(names, row, strict=True))) for row in session.exec(query)]


# --- sweeps --------------------------------------------------------------------------------------------------------
def to_remind(session: Session, today: date, limit: int) -> list[Task]:
    """Tasks whose doer is to be reminded, all of a member's together, held for this sweep."""
    due = (col(Task.remind_on) <= today, col(Task.state).in_(UNDONE))
    who = select(Task.member_id).where(*due, col(Task.member_id).is_not(None)).order_by(col(Task.member_id))
    ids = list(session.exec(who.distinct().limit(limit)))
    query = select(Task).where(*due, col(Task.member_id).in_(ids)).order_by(col(Task.due_on), col(Task.id))
    return list(session.exec(query.with_for_update(skip_locked=True)))


def anything_to_remind(session: Session, today: date) -> bool:
    """Whether `to_remind` would find something; asked without the write lock."""
    query = select(Task.id).where(
        col(Task.remind_on) <= today, col(Task.state).in_(UNDONE), col(Task.member_id).is_not(None)
    )
    return session.exec(query.limit(1)).first() is not None


def left_behind(session: Session, limit: int) -> list[Task]:
    """Open tasks of members who have left, or moved to where these tasks are not, of which nobody was told."""
    home, place = aliased(Organization), aliased(Organization)
    moved = col(home.path).not_like(col(place.path).concat("%"))
    query = (
        select(Task)
        .join(Member, col(Member.id) == col(Task.member_id))
        .join(home, col(home.id) == col(Member.organization_id))
        .join(place, col(place.id) == col(Task.organization_id))
        .where(col(Task.state).in_(OPEN), col(Task.orphaned).is_(False))
        .where(or_(Member.status == Status.LEFT, moved))
        .order_by(col(Task.organization_id), col(Task.id))
        .limit(limit)
    )
    return list(session.exec(query))


def people(session: Session, path: str, limit: int) -> list[Member]:
    """Members of a subtree who have not left, by name: whose names are looked for in a text."""
    query = (
        select(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(below(path), Member.status != Status.LEFT)
        .order_by(col(Member.name_key), col(Member.id))
        .limit(limit)
    )
    return list(session.exec(query))


def asked_in(session: Session, channel_id: int, chat_id: str, since: datetime) -> list[Delivery]:
    """Messages on tasks that came by themselves into a chat and still wait for an answer, newest first."""
    query = (
        select(Delivery)
        .where(Delivery.channel_id == channel_id, Delivery.chat_id == chat_id, col(Delivery.closed_at).is_(None))
        .where(col(Delivery.once).startswith("task"), col(Delivery.sent_at) >= since)
        .order_by(col(Delivery.id).desc())
    )
    return [row for row in session.exec(query) if row.choices]

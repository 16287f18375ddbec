"""Tables that somebody asked for: drawn by a sweep, sent when they are done, removed after some days."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, delete, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.outbox import Delivery

LEASE = timedelta(minutes=5)
"""So long one table may take; after it another process tries again."""
TRIES = 3


class ReportState(StrEnum):
    """The life of a job."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    REMOVED = "removed"


class ReportJob(SQLModel, table=True):
    """One table for one member, about one organization. `kind`: "names" (a branch by name) or "branches" (counts)."""

    __tablename__ = "report_job"
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    organization_id: int = Field(foreign_key="organization.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    state: str = Field(default=ReportState.WAITING, sa_type=String, index=True)
    asked_at: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    tries: int = 0
    done_at: datetime | None = Field(default=None, sa_type=Instant)


class ReportFile(SQLModel, table=True):
    """The files of a table in order: pictures, then the workbook."""

    __tablename__ = "report_file"
    job_id: int = Field(foreign_key="report_job.id", primary_key=True)
    position: int = Field(primary_key=True)
    file_id: int = Field(foreign_key="file.id")


def ask(session: Session, job: ReportJob) -> bool:
    """Write a job down; False when the same table for the same member is under way already."""
    same = select(ReportJob.id).where(
        ReportJob.kind == job.kind,
        ReportJob.organization_id == job.organization_id,
        ReportJob.member_id == job.member_id,
        ReportJob.state == ReportState.WAITING,
    )
    if session.exec(same).first() is not None:
        return False
    session.add(job)
    session.flush()
    return True


def get(session: Session, job_id: int) -> ReportJob:
    """The job; LookupError when there is none."""
    found = session.get(ReportJob, job_id)
    if found is None:
        raise LookupError(f"report {job_id}")
    return found


def waiting(session: Session) -> bool:
    """Whether a job waits; asked without the write lock."""
    query = select(ReportJob.id).where(ReportJob.state == ReportState.WAITING)
    return session.exec(query.limit(1)).first() is not None


def claim(session: Session, now: datetime) -> ReportJob | None:
    """The oldest job that nobody is at work on, for LEASE; None when there is none. After TRIES it has failed."""
    query = (
        select(ReportJob)
        .where(ReportJob.state == ReportState.WAITING)
        .where(col(ReportJob.lease_until).is_(None) | (col(ReportJob.lease_until) <= now))
        .order_by(col(ReportJob.id))
        .limit(1)
    )
    found = session.exec(query.with_for_update(skip_locked=True)).first()
    if found is None:
        return None
    found.tries += 1
    found.lease_until = now + LEASE
    if found.tries > TRIES:
        found.state = ReportState.FAILED
    session.flush()
    return found


def finish(session: Session, job_id: int, file_ids: list[int], now: datetime) -> ReportJob | None:
    """The job is done and has these files; None when somebody else was quicker."""
    query = select(ReportJob).where(ReportJob.id == job_id, ReportJob.state == ReportState.WAITING)
    found = session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    if found is None:
        return None
    found.state, found.done_at = ReportState.DONE, now
    for position, file_id in enumerate(file_ids):
        session.add(ReportFile(job_id=job_id, position=position, file_id=file_id))
    session.flush()
    return found


def file_ids(session: Session, job_id: int) -> list[int]:
    """The files of a job in order."""
    query = select(ReportFile.file_id).where(ReportFile.job_id == job_id)
    return list(session.exec(query.order_by(col(ReportFile.position))))


def old(session: Session, before: datetime) -> list[ReportJob]:
    """Done jobs from before a moment: their files are to be removed."""
    query = select(ReportJob).where(ReportJob.state == ReportState.DONE, col(ReportJob.done_at) < before)
    return list(session.exec(query.order_by(col(ReportJob.id)).limit(100)))


def release(session: Session, job_id: int) -> list[int]:
    """Nothing refers to a job's files any more; returns them."""
    ids = file_ids(session, job_id)
    connection = session.connection()
    connection.execute(delete(ReportFile).where(col(ReportFile.job_id) == job_id))
    connection.execute(update(Delivery).where(col(Delivery.file_id).in_(ids)).values(file_id=None))
    session.expire_all()
    return ids

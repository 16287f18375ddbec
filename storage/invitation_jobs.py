"""Printed invitations that somebody asked for: written by a sweep, sent when they are done, removed after some days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.outbox import Delivery


class InvitationJob(SQLModel, table=True):
    """One document for one member. `named`: a page with each invitee's name, else one page without."""

    __tablename__ = "invitation_job"
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    chat_id: str
    named: bool = False
    asked_at: datetime = Field(sa_type=Instant)
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    file_id: int | None = Field(default=None, foreign_key="file.id")


def ask(session: Session, job: InvitationJob) -> bool:
    """Write a job down; False when the same one waits already."""
    same = select(InvitationJob.id).where(
        InvitationJob.meeting_id == job.meeting_id, InvitationJob.member_id == job.member_id,
        InvitationJob.named == job.named, col(InvitationJob.done_at).is_(None),
    )  # fmt: skip
    if session.exec(same).first() is not None:
        return False
    session.add(job)
    session.flush()
    return True


def waiting(session: Session, limit: int) -> list[InvitationJob]:
    """Jobs that are not done, oldest first; asked without the write lock."""
    query = select(InvitationJob).where(col(InvitationJob.done_at).is_(None))
    return list(session.exec(query.order_by(col(InvitationJob.id)).limit(limit)))


def take(session: Session, job_id: int) -> InvitationJob | None:
    """The job, held until the transaction ends; None when somebody else has done it or is at it."""
    query = select(InvitationJob).where(InvitationJob.id == job_id, col(InvitationJob.done_at).is_(None))
    return session.exec(query.with_for_update(skip_locked=True).execution_options(populate_existing=True)).first()


def old(session: Session, before: datetime) -> list[InvitationJob]:
    """Jobs done before a moment whose file is still there."""
    query = select(InvitationJob).where(col(InvitationJob.done_at) < before, col(InvitationJob.file_id).is_not(None))
    return list(session.exec(query.limit(100)))


def release(session: Session, job: InvitationJob) -> list[int]:
    """Nothing refers to the job's file any more; returns its id."""
    ids = [job.file_id] if job.file_id is not None else []
    job.file_id = None
    session.connection().execute(update(Delivery).where(col(Delivery.file_id).in_(ids)).values(file_id=None))
    session.flush()
    session.expire_all()
    return ids

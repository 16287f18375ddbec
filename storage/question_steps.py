"""The way of a question through the levels: each step with its time, and who took it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import EncryptedText
from storage.db import Instant


class Step(StrEnum):
    """What happened to a question."""

    ASKED = "asked"
    FORWARDED = "forwarded"
    PASSED_DOWN = "passed-down"
    TAKEN_BACK = "taken-back"
    MERGED = "merged"
    PARTED = "parted"
    ANSWERED = "answered"
    CLOSED = "closed"
    RESTORED = "restored"
    REOPENED = "reopened"


class QuestionStep(SQLModel, table=True):
    """One step. `by` is None where the asker took it: the asker is named in one place only (storage/questions.py).

    `organization_id`: which level it came to. `note`: an earlier answer that did not satisfy.
    """

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="question.id", index=True)
    at: datetime = Field(sa_type=Instant)
    act: str = Field(sa_type=String)
    by: int | None = Field(default=None, foreign_key="member.id")
    organization_id: int | None = Field(default=None, foreign_key="organization.id")
    note: str | None = Field(default=None, sa_type=EncryptedText("questionstep.note"))


def of(session: Session, question_id: int) -> list[QuestionStep]:
    """The steps of a question in order."""
    query = select(QuestionStep).where(QuestionStep.question_id == question_id)
    return list(session.exec(query.order_by(col(QuestionStep.id))))


def last(session: Session, question_id: int) -> QuestionStep | None:
    """The latest step; None for a question from before steps were kept."""
    query = select(QuestionStep).where(QuestionStep.question_id == question_id)
    return session.exec(query.order_by(col(QuestionStep.id).desc())).first()

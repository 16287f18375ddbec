"""Questions of members and their answers, numbered per branch and year."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from storage import audit
from storage.crypto import EncryptedText
from storage.db import Instant


class QuestionState(StrEnum):
    """The life of a question."""

    OPEN = "open"
    ANSWERED = "answered"


class Question(SQLModel, table=True):
    """One question. `number` counts within the organization and the year."""

    __table_args__ = (UniqueConstraint("organization_id", "year", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    year: int
    number: int
    member_id: int = Field(foreign_key="member.id", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    text: str = Field(sa_type=EncryptedText("question.text"))
    answer: str | None = Field(default=None, sa_type=EncryptedText("question.answer"))
    state: str = Field(default=QuestionState.OPEN, sa_type=String)
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by: int | None = Field(default=None, foreign_key="member.id")


def get(session: Session, question_id: int) -> Question:
    """The question; LookupError when there is none."""
    found = session.get(Question, question_id)
    if found is None:
        raise LookupError(f"question {question_id}")
    return found


def next_number(session: Session, organization_id: int, year: int) -> int:
    """The next free number of a branch in a year, which stays free until this transaction ends.

    Asking is an act of the audit trail, so the trail's turn is taken here already: a lock of its own beside that one
    could be taken in another order elsewhere, and two transactions would wait for each other.
    """
    audit.take_turns(session)
    query = select(func.max(Question.number)).where(Question.organization_id == organization_id, Question.year == year)
    return (session.exec(query).one() or 0) + 1


def by_number(session: Session, organization_id: int, year: int, number: int) -> Question | None:
    """The question that people call "số 12"."""
    query = select(Question).where(
        Question.organization_id == organization_id, Question.year == year, Question.number == number
    )
    return session.exec(query).first()


def open_in(session: Session, organization_ids: list[int]) -> list[Question]:
    """Questions of these organizations without an answer, oldest first."""
    query = select(Question).where(
        col(Question.organization_id).in_(organization_ids), Question.state == QuestionState.OPEN
    )
    return list(session.exec(query.order_by(col(Question.id))))


def newest_with_number(session: Session, organization_ids: list[int], number: int) -> list[Question]:
    """Questions that people of these organizations may call "số 12": the newest year of each organization."""
    query = select(Question).where(col(Question.organization_id).in_(organization_ids), Question.number == number)
    found = session.exec(query.order_by(col(Question.year)))
    return list({question.organization_id: question for question in found}.values())


def answer(session: Session, question_id: int, text: str, *, by: int, at: datetime) -> Question | None:
    """Store an answer; None when there is one already (the row is locked, so that two answers cannot both win)."""
    row = session.exec(select(Question).where(Question.id == question_id).with_for_update()).one()
    if row.state == QuestionState.ANSWERED:
        return None
    row.answer, row.state, row.answered_by, row.answered_at = text, QuestionState.ANSWERED, by, at
    session.flush()
    return row

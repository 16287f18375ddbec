"""Questions and proposals of members, numbered per branch and year: who has to answer, by when, and how it ended.

Whoever asks without a name (domain.md, Personal data) leaves no member id in the clear: `asker` is ciphertext, and
`asker_key` a keyed hash by which only that member's own list finds the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, UniqueConstraint, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage import audit
from storage.crypto import EncryptedText, KeyProblem, vault
from storage.db import Instant
from storage.organizations import Organization, below

_TICKET = "question.ticket"


class QuestionKind(StrEnum):
    """Thắc mắc, or kiến nghị and đề xuất."""

    QUESTION = "question"
    PROPOSAL = "proposal"


class QuestionState(StrEnum):
    """The life of a question. A merged one waits for the answer of another and ends as answered."""

    OPEN = "open"
    ANSWERED = "answered"
    MERGED = "merged"
    CLOSED = "closed"


class Closing(StrEnum):
    """Why a question was closed without an answer."""

    WITHDRAWN = "withdrawn"
    NOT_COMPETENT = "not-competent"
    IN_PERSON = "in-person"


class Question(SQLModel, table=True):
    """One question. `number` counts within the organization and the year, for questions and proposals together."""

    __table_args__ = (UniqueConstraint("organization_id", "year", "number"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    year: int
    number: int
    member_id: int | None = Field(default=None, foreign_key="member.id", index=True)
    """Who asked; None when the name is hidden."""
    asker: str | None = Field(default=None, sa_type=EncryptedText("question.asker"))
    """The member's id while the name is hidden; only answers are routed by it."""
    asker_key: str = Field(default="", index=True)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    text: str = Field(sa_type=EncryptedText("question.text"))
    answer: str | None = Field(default=None, sa_type=EncryptedText("question.answer"))
    kind: str = Field(default=QuestionKind.QUESTION, sa_type=String)
    state: str = Field(default=QuestionState.OPEN, sa_type=String)
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    answered_by: int | None = Field(default=None, foreign_key="member.id")
    days_taken: float | None = None
    """From asking to the answer, in days."""
    receiver_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    """The organization that has to answer; None: the branch itself."""
    due_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
    nudges: int = 0
    """1 after the reminder before the deadline, 2 after the one on the day."""
    merged_into_id: int | None = Field(default=None, foreign_key="question.id", index=True)
    closed_because: str = ""
    reopened_at: datetime | None = Field(default=None, sa_type=Instant)

    @property
    def hidden(self) -> bool:
        """Whether the asker's name is hidden."""
        return self.member_id is None

    @property
    def desk(self) -> int:
        """The organization that has to answer."""
        return self.receiver_id or self.organization_id

    @property
    def asker_id(self) -> int:
        """Who asked. Where the name is hidden, for sending the answer only."""
        return self.member_id if self.member_id is not None else int(self.asker or 0)


def hide_asker(question: Question) -> None:
    """Take the asker's id out of the clear."""
    member_id = question.asker_id
    question.member_id, question.asker, question.asker_key = None, str(member_id), _key(member_id)


def show_asker(question: Question) -> None:
    """The reverse, on the asker's own wish."""
    question.member_id, question.asker, question.asker_key = question.asker_id, None, ""


def _key(member_id: int) -> str:
    return vault().fingerprint(str(member_id), "question.asker")


def ticket(question: Question) -> str:
    """What the asker's own buttons carry: it names the question to nobody who reads the database."""
    return vault().seal(str(question.id).encode(), _TICKET).hex()


def of_ticket(session: Session, written: str) -> Question:
    """The question behind a ticket; LookupError when there is none."""
    try:
        return get(session, int(vault().open(bytes.fromhex(written), _TICKET)))
    except (ValueError, KeyProblem):
        raise LookupError("a question's ticket") from None


def get(session: Session, question_id: int) -> Question:
    """The question; LookupError when there is none."""
    found = session.get(Question, question_id)
    if found is None:
        raise LookupError(f"question {question_id}")
    return found


def lock(session: Session, question_id: int) -> Question:
    """The question as it is now, for whoever changes its state: two acts on one question take turns."""
    query = select(Question).where(Question.id == question_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


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


def on_desk() -> Any:
    """The column of the organization that has to answer."""
    return func.coalesce(Question.receiver_id, Question.organization_id)


def inside(column: Any, paths: Sequence[str]) -> ColumnElement[bool]:
    """The condition "this column names an organization of these subtrees"."""
    return column.in_(select(Organization.id).where(or_(*(below(path) for path in paths))))  # type: ignore[no-any-return]


def waiting(session: Session, paths: Sequence[str]) -> list[Question]:
    """Questions that somebody in these subtrees has to answer, the earliest deadline first."""
    query = select(Question).where(inside(on_desk(), paths), Question.state == QuestionState.OPEN)
    return list(session.exec(query.order_by(func.coalesce(Question.due_at, Question.asked_at), col(Question.id))))


def asked_by(session: Session, member_id: int, limit: int) -> list[Question]:
    """A member's own questions, with and without a name, newest first."""
    own = or_(col(Question.member_id) == member_id, col(Question.asker_key) == _key(member_id))
    return list(session.exec(select(Question).where(own).order_by(col(Question.id).desc()).limit(limit)))


def newest_with_number(session: Session, paths: Sequence[str], number: int) -> list[Question]:
    """Questions that people of these subtrees may call "số 12": the newest year of each branch."""
    here = or_(inside(col(Question.organization_id), paths), inside(on_desk(), paths))
    query = select(Question).where(here, Question.number == number).order_by(col(Question.year))
    return list({question.organization_id: question for question in session.exec(query)}.values())


def lately(session: Session, paths: Sequence[str], limit: int) -> list[Question]:
    """Questions of these subtrees that others may be merged into (open or answered), newest first."""
    here = or_(inside(col(Question.organization_id), paths), inside(on_desk(), paths))
    usable = col(Question.state).in_([QuestionState.OPEN, QuestionState.ANSWERED])
    return list(session.exec(select(Question).where(here, usable).order_by(col(Question.id).desc()).limit(limit)))


def merged_into(session: Session, question_id: int) -> list[Question]:
    """Questions that wait for this one's answer."""
    query = select(Question).where(Question.merged_into_id == question_id, Question.state == QuestionState.MERGED)
    return list(session.exec(query.order_by(col(Question.id)).with_for_update()))


def closed_with(session: Session, question_id: int) -> list[Question]:
    """Questions that were merged into this one and closed."""
    query = select(Question).where(Question.merged_into_id == question_id, Question.state == QuestionState.CLOSED)
    return list(session.exec(query.order_by(col(Question.id)).with_for_update()))


def near_deadline(session: Session, until: datetime) -> list[Question]:
    """Open questions whose deadline is not later than `until` and whose last reminder has not gone out."""
    query = select(Question).where(
        Question.state == QuestionState.OPEN, col(Question.due_at) <= until, Question.nudges < 2
    )
    return list(session.exec(query.order_by(col(Question.due_at), col(Question.id))))


def every(session: Session, paths: Sequence[str], year: int | None = None) -> list[Question]:
    """Everything that was asked in these subtrees (in a year), by branch and number."""
    query = select(Question).where(inside(col(Question.organization_id), paths))
    if year is not None:
        query = query.where(Question.year == year)
    return list(session.exec(query.order_by(col(Question.organization_id), col(Question.year), col(Question.number))))


def answer(session: Session, question_id: int, text: str, *, by: int, at: datetime) -> Question | None:
    """Store an answer; None unless it is open (the row is locked, so that two answers cannot both win)."""
    row = lock(session, question_id)
    if row.state != QuestionState.OPEN:
        return None
    put_answer(row, text, by=by, at=at)
    session.flush()
    return row


def put_answer(row: Question, text: str, *, by: int, at: datetime) -> None:
    """The answer's columns, of the question that was answered and of those merged into it."""
    row.answer, row.state, row.answered_by, row.answered_at = text, QuestionState.ANSWERED, by, at
    row.days_taken = (at - row.asked_at).total_seconds() / 86400

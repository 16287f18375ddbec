"""How a meeting was: the members' anonymous rating, and the official form of 100 points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint, delete, func, or_, update
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.meetings import Meeting, MeetingState
from storage.organizations import Organization, below
from storage.rollcalls import HERE, RollCall

QUESTIONS, ANSWERS = 3, 4


class RatingRound(SQLModel, table=True):
    """That the members were asked about a meeting. `told`: how many had answered when the counts shown were taken;
    `answered`: how many had when it was closed."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    asked_at: datetime = Field(sa_type=Instant)
    asked: int = 0
    told: int = 0
    answered: int = 0
    closed_at: datetime | None = Field(default=None, sa_type=Instant)


class Rater(SQLModel, table=True):
    """How many of the questions a member has answered, so that nobody answers twice; erased when the round is closed.
    No moment and no number of its own: nothing here leads to what they said."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    member_id: int = Field(foreign_key="member.id", primary_key=True)
    answered: int = 0


class Rating(SQLModel, table=True):
    """How often each answer to each of the three questions was given, and how often as it is told. Unit: members."""

    meeting_id: int = Field(foreign_key="meeting.id", primary_key=True)
    question: int = Field(primary_key=True)
    answer: int = Field(primary_key=True)
    given: int = 0
    told: int = 0


class Score(SQLModel, table=True):
    """The form of one meeting. `points`: {"<criterion>": points}; `evidence`: {"<criterion>": what was measured}.

    Until `scored_at` it is a draft that holds only what somebody has changed of the proposal.
    """

    __table_args__ = (UniqueConstraint("meeting_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    points: dict[str, float] = Field(default_factory=dict, sa_type=JSON)
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    total: float = 0
    scored_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    scored_by: int | None = Field(default=None, foreign_key="member.id")


# --- the rating ----------------------------------------------------------------------------------------------------
def to_ask(session: Session, span: tuple[datetime, datetime], limit: int) -> list[Meeting]:
    """Meetings that ended in a span, whose roll was called and whose members were not asked, held for this sweep."""
    query = select(Meeting).where(*_to_ask(span)).order_by(col(Meeting.ended_at)).limit(limit)
    return list(session.exec(query.with_for_update(skip_locked=True)))


def anything_to_ask(session: Session, span: tuple[datetime, datetime]) -> bool:
    """Whether `to_ask` would find something; asked without the write lock."""
    return session.exec(select(Meeting.id).where(*_to_ask(span)).limit(1)).first() is not None


def _to_ask(span: tuple[datetime, datetime]) -> tuple[Any, ...]:
    called = select(RollCall.id).where(RollCall.meeting_id == Meeting.id, col(RollCall.state).in_(HERE))
    asked = select(RatingRound.meeting_id).where(RatingRound.meeting_id == Meeting.id)
    over = (Meeting.state == MeetingState.HELD, col(Meeting.ended_at) > span[0], col(Meeting.ended_at) <= span[1])
    return (*over, called.exists(), ~asked.exists())


def begin_round(session: Session, meeting_id: int, at: datetime, asked: int) -> None:
    """Open the counts of a meeting, all at nought."""
    session.add(RatingRound(meeting_id=meeting_id, asked_at=at, asked=asked))
    session.flush()
    for question in range(1, QUESTIONS + 1):
        for answer in range(1, ANSWERS + 1):
            session.add(Rating(meeting_id=meeting_id, question=question, answer=answer))
    session.flush()


def rating_round(session: Session, meeting_id: int) -> RatingRound | None:
    """The round of a meeting; None when nobody was asked."""
    return session.get(RatingRound, meeting_id)


def answered(session: Session, meeting_id: int, member_id: int) -> int:
    """How many of the questions a member has answered."""
    found = session.get(Rater, (meeting_id, member_id))
    return found.answered if found is not None else 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One press: the question, from 1, and which of its answers, from 1."""

    question: int
    answer: int


def rate(session: Session, meeting_id: int, member_id: int, given: Answer, *, least: int) -> bool:
    """Count an answer; False when this question is not the member's next one, or the round is closed. The round's row
    is held meanwhile: two phones of one member answer once. `least`: as in `_tell`."""
    question, answer = given.question, given.answer
    this = _held(session, meeting_id)
    if this.closed_at is not None:
        return False
    rater = session.get(Rater, (meeting_id, member_id), populate_existing=True) or Rater(
        meeting_id=meeting_id, member_id=member_id
    )
    if question != rater.answered + 1:
        return False
    rater.answered = question
    session.add(rater)
    session.flush()
    session.connection().execute(
        update(Rating)
        .where(col(Rating.meeting_id) == meeting_id, col(Rating.question) == question, col(Rating.answer) == answer)
        .values(given=Rating.given + 1)
    )
    if question == QUESTIONS:
        _tell(session, this, least)
    return True


def _held(session: Session, meeting_id: int) -> RatingRound:
    held = select(RatingRound).where(RatingRound.meeting_id == meeting_id).with_for_update()
    return session.exec(held.execution_options(populate_existing=True)).one()


def _tell(session: Session, this: RatingRound, least: int) -> None:
    """Let the counts shown catch up when to every question at least so many answers have come since they were taken:
    else whoever looks twice sees what the few who came between have said."""
    fresh = func.sum(col(Rating.given) - col(Rating.told))
    query = select(fresh).where(Rating.meeting_id == this.meeting_id).group_by(col(Rating.question))
    if any(count < least for count in session.exec(query)):
        return
    this.told = done(session, this.meeting_id)
    session.add(this)
    session.flush()
    session.connection().execute(
        update(Rating).where(col(Rating.meeting_id) == this.meeting_id).values(told=Rating.given)
    )


def done(session: Session, meeting_id: int) -> int:
    """How many have answered all questions."""
    this = rating_round(session, meeting_id)
    if this is not None and this.closed_at is not None:
        return this.answered
    query = select(func.count()).where(Rater.meeting_id == meeting_id, Rater.answered == QUESTIONS)
    return int(session.exec(query).one())


def to_close(session: Session, asked_before: datetime, limit: int) -> list[int]:
    """The meetings whose round is open since before a moment. Asked without the write lock."""
    query = select(RatingRound.meeting_id).where(
        col(RatingRound.closed_at).is_(None), col(RatingRound.asked_at) < asked_before
    )
    return list(session.exec(query.order_by(col(RatingRound.asked_at)).limit(limit)))


def close_round(session: Session, meeting_id: int, at: datetime) -> None:
    """Take no more answers, and forget who has answered."""
    this = _held(session, meeting_id)
    if this.closed_at is None:
        this.answered, this.closed_at = done(session, meeting_id), at
        session.add(this)
        session.flush()
        session.connection().execute(delete(Rater).where(col(Rater.meeting_id) == meeting_id))


def told(session: Session, meeting_id: int, *, least: int) -> dict[int, list[int]]:
    """What may be shown: {question: how often 1, 2, 3, 4 was answered}; empty below `least` answers."""
    this = rating_round(session, meeting_id)
    if this is None or this.told < least:
        return {}
    query = select(Rating.question, Rating.told).where(Rating.meeting_id == meeting_id)
    found: dict[int, list[int]] = {}
    for question, count in session.exec(query.order_by(col(Rating.question), col(Rating.answer))):
        found.setdefault(question, []).append(count)
    return found


# --- the form ------------------------------------------------------------------------------------------------------
def of_meeting(session: Session, meeting_id: int) -> Score | None:
    """The form of a meeting, as it is now."""
    query = select(Score).where(Score.meeting_id == meeting_id)
    return session.exec(query.execution_options(populate_existing=True)).first()


def write(session: Session, score: Score, **columns: Any) -> Score:
    """Set these columns. Who calls holds the meeting's row (meetings.locked)."""
    for name, value in columns.items():
        setattr(score, name, value)
    session.add(score)
    session.flush()
    return score


def before(session: Session, meeting: Meeting) -> Score | None:
    """The last scored form of the same organization and kind before this meeting."""
    query = (
        select(Score)
        .join(Meeting, col(Meeting.id) == col(Score.meeting_id))
        .where(Meeting.organization_id == meeting.organization_id, Meeting.kind == meeting.kind)
        .where(col(Meeting.starts_at) < meeting.starts_at, col(Score.scored_at).is_not(None))
        .order_by(col(Meeting.starts_at).desc())
    )
    return session.exec(query.limit(1)).first()


@dataclass(frozen=True, slots=True)
class Scored:
    """One scored meeting with the branch that held it."""

    organization: Organization
    meeting: Meeting
    score: Score


def scored(session: Session, paths: list[str], span: tuple[datetime, datetime]) -> list[Scored]:
    """Scored meetings of these subtrees that began in a span (its end left out), by branch and day."""
    query = (
        select(Organization, Meeting, Score)
        .join(Meeting, col(Meeting.organization_id) == col(Organization.id))
        .join(Score, col(Score.meeting_id) == col(Meeting.id))
        .where(col(Score.scored_at).is_not(None), Meeting.state == MeetingState.HELD)
        .where(col(Meeting.starts_at) >= span[0], col(Meeting.starts_at) < span[1])
        .order_by(col(Organization.name), col(Organization.id), col(Meeting.starts_at))
    )
    found: dict[int, Scored] = {}
    for path in paths:
        for organization, meeting, score in session.exec(query.where(below(path))):
            found[score.id or 0] = Scored(organization, meeting, score)
    return list(found.values())


def unscored(session: Session, organization_id: int, span: tuple[datetime, datetime]) -> list[Meeting]:
    """Meetings of an organization that ended in a span and have no scored form, the newest first."""
    form = select(Score.id).where(Score.meeting_id == Meeting.id, col(Score.scored_at).is_not(None))
    query = select(Meeting).where(
        Meeting.organization_id == organization_id, Meeting.state == MeetingState.HELD,
        col(Meeting.ended_at) > span[0], col(Meeting.ended_at) <= span[1], ~form.exists(),
    )  # fmt: skip
    return list(session.exec(query.order_by(col(Meeting.ended_at).desc())))


def held(session: Session, paths: list[str], since: datetime, limit: int) -> list[Meeting]:
    """Meetings of these subtrees that ended since a moment, the newest first."""
    query = (
        select(Meeting)
        .join(Organization, col(Organization.id) == col(Meeting.organization_id))
        .where(or_(*(below(path) for path in paths)), Meeting.state == MeetingState.HELD, col(Meeting.ended_at) > since)
        .order_by(col(Meeting.ended_at).desc(), col(Meeting.id))
    )
    return list(session.exec(query.limit(limit)))

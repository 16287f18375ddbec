"""Questions counted by branch: what a committee above sees without reading one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import Session, col, select

from storage.organizations import Organization
from storage.questions import Question, QuestionState, inside, on_desk


@dataclass(frozen=True, slots=True)
class Tally:
    """One branch. Unit: questions and proposals. `above`: open ones that lie on a desk further up; they are counted
    in `open` too, and `overdue` is a part of `open`. `days`: the average until an answer, None without any."""

    organization_id: int
    name: str
    asked: int
    open: int
    overdue: int
    answered: int
    closed: int
    above: int
    days: float | None


def by_branch(session: Session, paths: Sequence[str], now: datetime, year: int) -> list[Tally]:
    """Branches of these subtrees in which something was asked this year or still waits, most overdue first."""
    is_open = col(Question.state).in_([QuestionState.OPEN, QuestionState.MERGED])
    sums = (
        func.count(),
        _how_many(is_open),
        _how_many(and_(is_open, col(Question.due_at) < now)),
        _how_many(col(Question.state) == QuestionState.ANSWERED),
        _how_many(col(Question.state) == QuestionState.CLOSED),
        _how_many(and_(is_open, on_desk() != Question.organization_id)),
        func.avg(Question.days_taken),
    )
    query = (
        select(col(Organization.id), col(Organization.name), *sums)  # type: ignore[call-overload]
        .join(Organization, col(Organization.id) == col(Question.organization_id))
        .where(inside(col(Question.organization_id), paths), or_(col(Question.year) == year, is_open))
        .group_by(col(Organization.id), col(Organization.name))
    )
    found = [_tally(*row) for row in session.exec(query)]
    return sorted(found, key=lambda each: (-each.overdue, -each.open, each.name))


def _tally(place: int, name: str, *sums: Any) -> Tally:
    asked, is_open, overdue, answered, closed, above, days = sums
    return Tally(
        place, name, int(asked), int(is_open), int(overdue), int(answered), int(closed), int(above),
        None if days is None else float(days),
    )  # fmt: skip


def forwarded_to(session: Session, organization_ids: Sequence[int]) -> int:
    """How many open questions came up to the desks of these organizations."""
    query = select(func.count()).where(
        Question.state == QuestionState.OPEN,
        col(Question.receiver_id).in_(organization_ids),
        col(Question.receiver_id) != col(Question.organization_id),
    )
    return int(session.exec(query).one())


def _how_many(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))

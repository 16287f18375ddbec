"""The lists of the library, page by page: a page goes on behind the last paper that was shown, not after so many,
so that papers that arrive meanwhile neither repeat a row nor hide one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_
from sqlmodel import Session, col, select

from storage.documents import GUIDANCE, Document, DocumentState, Reading
from storage.sight import SHOWN, Sight, visible


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which papers: empty fields ask for nothing. `guidance` counts papers of type `kinds` or of that section."""

    kinds: Collection[str] = ()
    year: int = 0
    since: datetime | None = None
    guidance: bool = False

    def condition(self) -> list[ColumnElement[bool]]:
        """As conditions on Document."""
        found: list[ColumnElement[bool]] = []
        if self.guidance:
            found.append(or_(col(Document.section) == GUIDANCE, col(Document.kind).in_(self.kinds)))
        elif self.kinds:
            found.append(col(Document.kind).in_(self.kinds))
        if self.year:
            found.append(_year() == self.year)
        if self.since is not None:
            found += [col(Document.published_at) >= self.since, col(Document.state) == DocumentState.PUBLISHED]
        return found


@dataclass(frozen=True, slots=True)
class Last:
    """The last row of a page: when it was published, which it was and, where that orders, its deadline."""

    published_at: datetime
    document_id: int
    read_by: datetime | None = None


def page(session: Session, who: Sight, shelf: Shelf, *, after: Last | None = None, limit: int) -> list[Document]:
    """Papers for a member, the latest published first, behind `after`."""
    query = select(Document).where(col(Document.state).in_(SHOWN), visible(who), *shelf.condition())
    if after is not None:
        query = query.where(_published_before(after))
    return list(session.exec(query.order_by(*_LATEST).limit(limit)))


def unread(session: Session, member_id: int, *, after: Last | None = None, limit: int) -> list[Document]:
    """What a member still has to acknowledge: by deadline, then what has none, the latest first."""
    query = (
        select(Document)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_(None))
        .where(Document.state == DocumentState.PUBLISHED)
    )
    due = col(Document.read_by)
    if after is not None and after.read_by is None:
        query = query.where(due.is_(None), _published_before(after))
    elif after is not None:
        same = and_(due == after.read_by, _published_before(after))
        query = query.where(or_(due.is_(None), due > after.read_by, same))
    return list(session.exec(query.order_by(due.is_(None), due, *_LATEST).limit(limit)))


def count_unread(session: Session, member_id: int) -> int:
    """How many papers a member still has to acknowledge."""
    query = (
        select(func.count())
        .select_from(Reading)
        .join(Document, col(Document.id) == col(Reading.document_id))
        .where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_(None))
        .where(Document.state == DocumentState.PUBLISHED)
    )
    return session.exec(query).one()


def with_number(session: Session, who: Sight, begins: str) -> list[Document]:
    """Papers in force with a number key that begins so ("21-"), the latest first."""
    query = select(Document).where(Document.state == DocumentState.PUBLISHED, visible(who))
    query = query.where(col(Document.number_key).startswith(begins, autoescape=True))
    return list(session.exec(query.order_by(*_LATEST)))


def last_acknowledged(session: Session, member_id: int) -> Document | None:
    """The latest paper in force that a member has acknowledged; None without one."""
    query = (
        select(Document)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_not(None))
        .where(Document.state == DocumentState.PUBLISHED)
    )
    return session.exec(query.order_by(*_LATEST).limit(1)).first()


def kinds(session: Session, who: Sight) -> list[tuple[str, int]]:
    """(abbreviation, papers) of the types that this member has papers of, most papers first; "" is left out."""
    many = func.count()
    query = select(Document.kind, many).where(col(Document.state).in_(SHOWN), visible(who), Document.kind != "")
    found = session.execute(query.group_by(col(Document.kind)).order_by(many.desc(), col(Document.kind)))
    return [(str(kind), int(count)) for kind, count in found]


def years(session: Session, who: Sight) -> list[tuple[int, int]]:
    """(year of issue, papers), the latest first."""
    year, many = _year(), func.count()
    query = select(year, many).where(col(Document.state).in_(SHOWN), visible(who)).group_by(year)
    return [(int(at), int(count)) for at, count in session.execute(query.order_by(year.desc()))]


def unread_of(session: Session, member_id: int, document_ids: Collection[int]) -> set[int]:
    """Which of these papers were sent to a member who has not acknowledged them."""
    query = select(Reading.document_id).where(
        Reading.member_id == member_id,
        col(Reading.document_id).in_(document_ids),
        col(Reading.acknowledged_at).is_(None),
    )
    return set(session.exec(query))


_LATEST = (col(Document.published_at).desc(), col(Document.id).desc())


def _published_before(last: Last) -> ColumnElement[bool]:
    at = col(Document.published_at)
    return or_(at < last.published_at, and_(at == last.published_at, col(Document.id) < last.document_id))


def _year() -> Any:
    """The year of issue, or of publishing where the paper has no date."""
    return func.coalesce(extract("year", col(Document.issued_on)), extract("year", col(Document.published_at)))

"""Who has read which paper: by name for a branch, by counts for everything above it.

Counts are kept per paper and organization (`DocumentCount`) and are right at every moment: what has changed since they
were made is marked by triggers (storage/counting.py) and counted afresh, by the sweep or by whoever asks first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, and_, case, delete, func, insert, or_, text, union
from sqlmodel import Field, Session, SQLModel, col, select

from storage import counting
from storage.audience import in_base, preferred_exists
from storage.db import Database
from storage.documents import LISTED, Document, DocumentState, Reading, counted_anywhere, path_ids
from storage.members import Member, Standing
from storage.organizations import Organization, below
from storage.sight import Sight, visible

CHUNK = 400
"""Pairs of paper and organization that one transaction counts: some tens of milliseconds. Whole organizations (all
papers of theirs) count for 20 pairs each."""
ROUNDS = 200
"""Transactions of one sweep; the next one goes on."""
FEW = 20
"""So many papers are looked up one by one; for more the whole table is read in its order (four times faster). [ours]"""
LOCK = 7392
"""PostgreSQL advisory lock: one counts at a time, so that no older count overwrites a newer one."""


class DocumentCount(SQLModel, table=True):
    """How far a paper has come in one organization (its own members, not those of organizations below it).

    Unit: members. `recorded`: of those who have read, for how many somebody else entered it. `cannot`: have not read,
    and have no phone or no chat that takes our messages.
    """

    __tablename__ = "document_count"
    __table_args__ = (Index("document_count_document", "document_id"), {"sqlite_with_rowid": False})
    organization_id: int = Field(primary_key=True)
    document_id: int = Field(primary_key=True)
    total: int
    read: int
    recorded: int
    cannot: int


class DocumentStale(SQLModel, table=True):
    """A mark: this count is out of date. No paper: all papers of the organization."""

    __tablename__ = "document_stale"
    id: int | None = Field(default=None, primary_key=True)
    document_id: int | None = None
    organization_id: int


@dataclass(frozen=True, slots=True)
class Count:
    """What DocumentCount holds, of one or several papers and organizations together."""

    total: int = 0
    read: int = 0
    recorded: int = 0
    cannot: int = 0

    @property
    def unread(self) -> int:
        """Those who could have and have not."""
        return self.total - self.read - self.cannot

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) + getattr(other, name) for name in FIGURES))

    def __sub__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) - getattr(other, name) for name in FIGURES))


FIGURES = ("total", "read", "recorded", "cannot")
Pair = tuple[int, int]
"""(organization id, document id)"""


# --- counts ---------------------------------------------------------------------------------------------------------
def cells(session: Session, path: str, document_ids: Sequence[int]) -> dict[Pair, Count]:
    """The count of each organization of a subtree and paper, where there is one."""
    stored = _stored(session, path, document_ids)
    query = stored.with_only_columns(*_columns(col(DocumentCount.organization_id), col(DocumentCount.document_id)))
    found = {(row[0], row[1]): Count(*row[2:]) for row in session.connection().execute(query)}
    fresh, outdated = _fresh(session, path, document_ids)
    for pair in outdated:
        found.pop(pair, None)
    return found | fresh


def by_organization(session: Session, path: str, document_ids: Sequence[int]) -> dict[int, Count]:
    """The counts of each organization of a subtree over these papers together."""
    return _summed(session, path, document_ids, col(DocumentCount.organization_id), 0)


def by_document(session: Session, path: str, document_ids: Sequence[int]) -> dict[int, Count]:
    """The counts of each paper over a subtree."""
    return _summed(session, path, document_ids, col(DocumentCount.document_id), 1)


def _summed(session: Session, path: str, document_ids: Sequence[int], key: Any, place: int) -> dict[int, Count]:
    sums = [func.sum(getattr(DocumentCount, name)) for name in FIGURES]
    query = _stored(session, path, document_ids).with_only_columns(key, *sums).group_by(key)
    found = {row[0]: Count(*(int(value) for value in row[1:])) for row in session.connection().execute(query)}
    fresh, outdated = _fresh(session, path, document_ids)
    for pair, count in outdated.items():
        found[pair[place]] = found[pair[place]] - count
    for pair, count in fresh.items():
        found[pair[place]] = found.get(pair[place], Count()) + count
    return {each: count for each, count in found.items() if count.total}


def _columns(*keys: Any) -> list[Any]:
    return [*keys, *(getattr(DocumentCount, name) for name in FIGURES)]


def _stored(session: Session, path: str, document_ids: Sequence[int]) -> Any:
    """The stored counts of a subtree and these papers; of the whole tree without looking at each organization."""
    paper: Any = col(DocumentCount.document_id)
    if len(document_ids) > FEW:
        paper = paper + 0  # read in the order of organizations, which needs no sorting, and not by the papers' index
    query = select(DocumentCount).where(paper.in_(document_ids))
    if _is_everything(session, path):
        return query
    inside = select(Organization.id).where(below(path))
    return query.where(col(DocumentCount.organization_id).in_(inside))


def _is_everything(session: Session, path: str) -> bool:
    outside = select(Organization.id).where(~below(path))
    return session.exec(outside.limit(1)).first() is None


def _fresh(session: Session, path: str, document_ids: Sequence[int]) -> tuple[dict[Pair, Count], dict[Pair, Count]]:
    """What is marked, counted now; and what is stored of it. Two statements, however many marks there are."""
    if session.exec(select(DocumentStale.id).limit(1)).first() is None:
        return {}, {}
    marked = _marked(path, document_ids)
    # From the marks to the members to their readings; "+ 0" keeps SQLite from reading all readings first.
    member_id: Any = col(Member.id) + 0
    connection = session.connection()
    counting = (
        _figures(marked.c.organization_id, marked.c.document_id)
        .select_from(marked)
        .join(Member, col(Member.organization_id) == marked.c.organization_id)
        .join(Reading, and_(col(Reading.document_id) == marked.c.document_id, col(Reading.member_id) == member_id))
    )
    fresh = {(row[0], row[1]): Count(*map(int, row[2:])) for row in connection.execute(counting)}
    same = and_(
        col(DocumentCount.organization_id) == marked.c.organization_id,
        col(DocumentCount.document_id) == marked.c.document_id,
    )
    stored = select(*_columns(marked.c.organization_id, marked.c.document_id)).select_from(marked)
    outdated = {(row[0], row[1]): Count(*row[2:]) for row in connection.execute(stored.join(DocumentCount, same))}
    return fresh, outdated


def _marked(path: str, document_ids: Sequence[int]) -> Any:
    """The pairs of a subtree and these papers that are marked, each once, as a subquery."""
    inside = col(DocumentStale.organization_id).in_(select(Organization.id).where(below(path)))
    wanted = col(DocumentStale.document_id).in_(document_ids)
    single = select(col(DocumentStale.organization_id), col(DocumentStale.document_id)).where(wanted, inside)
    whole: Any = (
        select(col(DocumentStale.organization_id), col(Document.id).label("document_id"))
        .join(Document, col(Document.id).in_(document_ids))
        .where(col(DocumentStale.document_id).is_(None), inside)
    )
    return union(single, whole).subquery()


def _rectangles(pairs: set[Pair]) -> list[tuple[list[int], list[int]]]:
    """The pairs as products of organizations and papers: what is marked by one act shares one or the other."""
    by_paper: dict[int, set[int]] = {}
    for organization_id, document_id in pairs:
        by_paper.setdefault(document_id, set()).add(organization_id)
    together: dict[frozenset[int], list[int]] = {}
    for document_id, organizations in by_paper.items():
        together.setdefault(frozenset(organizations), []).append(document_id)
    return [
        (part, papers) for organizations, papers in together.items() for part in _parts(sorted(organizations), CHUNK)
    ]


def _parts(ids: list[int], size: int) -> list[list[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def _recount(session: Session, pairs: set[Pair]) -> dict[Pair, Count]:
    """Count these pairs in the readings themselves."""
    found: dict[Pair, Count] = {}
    for organizations, papers in _rectangles(pairs):
        # Through the members of these organizations: SQLite would read everybody's readings of the paper.
        inside = select(Member.id).where(col(Member.organization_id).in_(organizations))
        query = _counting().where(col(Reading.document_id).in_(papers), col(Reading.member_id).in_(inside))
        found |= {(row[0], row[1]): Count(*map(int, row[2:])) for row in session.connection().execute(query)}
    return found


def _counting() -> Any:
    """(organization, paper, total, read, recorded, cannot) of everybody in the base (storage/audience.py)."""
    return (
        _figures(col(Member.organization_id), col(Reading.document_id))
        .select_from(Member)
        .join(Reading, col(Reading.member_id) == col(Member.id))
    )


def _figures(organization: Any, paper: Any) -> Any:
    """The columns of a count, by organization and paper, for a query that joins Member and Reading."""
    done = col(Reading.acknowledged_at).is_not(None)
    can = and_(preferred_exists(), col(Member.has_phone))
    columns: list[Any] = [
        organization,
        paper,
        func.count(),
        func.sum(case((done, 1), else_=0)),
        func.sum(case((and_(done, col(Reading.recorded_by).is_not(None)), 1), else_=0)),
        func.sum(case((done, 0), (can, 0), else_=1)),
    ]
    return select(*columns).where(*counted_anywhere()).group_by(organization, paper)


# --- the sweep --------------------------------------------------------------------------------------------------------
def settle(database: Database) -> int:
    """Count what is marked, piece by piece. Returns 0: nobody waits for it."""
    with database.reading() as session:
        if session.exec(select(DocumentStale.id).limit(1)).first() is None:
            return 0
    for _ in range(ROUNDS):
        with database.transaction() as session:
            if not settle_some(session):
                break
    return 0


def settle_some(session: Session) -> bool:
    """Count the oldest marks; False when there are none, or another process is at it."""
    connection = session.connection()
    is_shared = connection.dialect.name == "postgresql"
    if is_shared and not connection.execute(text(f"SELECT pg_try_advisory_xact_lock({LOCK})")).scalar():
        return False
    marks = session.exec(select(DocumentStale).order_by(col(DocumentStale.id)).limit(20 * CHUNK)).all()
    taken, pairs, whole = _as_much_as_fits(marks)
    if not taken:
        return False
    papers = _papers_of(session, whole)
    pairs |= {(organization_id, each) for organization_id, found in papers.items() for each in found}
    counted = _recount(session, pairs)
    for organizations, documents in _rectangles(pairs):
        connection.execute(
            delete(DocumentCount).where(
                col(DocumentCount.organization_id).in_(organizations), col(DocumentCount.document_id).in_(documents)
            )
        )
    if whole:
        connection.execute(delete(DocumentCount).where(col(DocumentCount.organization_id).in_(whole)))
    _store(session, counted)
    for part in _parts(taken, 5 * CHUNK):
        connection.execute(delete(DocumentStale).where(col(DocumentStale.id).in_(part)))
    session.expire_all()
    return True


def _as_much_as_fits(marks: Iterable[DocumentStale]) -> tuple[list[int], set[Pair], set[int]]:
    """(marks, pairs, whole organizations) of about CHUNK pairs."""
    taken: list[int] = []
    pairs: set[Pair] = set()
    whole: set[int] = set()
    for mark in marks:
        if len(pairs) + 20 * len(whole) >= CHUNK:
            break
        taken.append(mark.id or 0)
        if mark.document_id is None:
            whole.add(mark.organization_id)
        else:
            pairs.add((mark.organization_id, mark.document_id))
    return taken, pairs, whole


def _papers_of(session: Session, organization_ids: set[int]) -> dict[int, list[int]]:
    if not organization_ids:
        return {}
    query = (
        select(Member.organization_id, Reading.document_id)
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .where(col(Member.organization_id).in_(organization_ids))
        .distinct()
    )
    found: dict[int, list[int]] = {}
    for organization_id, document_id in session.exec(query):
        found.setdefault(organization_id, []).append(document_id)
    return found


def _store(session: Session, counted: dict[Pair, Count]) -> None:
    rows = [
        {"organization_id": pair[0], "document_id": pair[1], **{name: getattr(count, name) for name in FIGURES}}
        for pair, count in counted.items()
    ]
    if rows:
        session.connection().execute(insert(DocumentCount), rows)


def rebuild(database: Database) -> int:
    """Throw all counts away and count again, paper by paper (`sotay recount`). Returns how many papers."""
    with database.transaction() as session:
        counting.install(session.connection())
        ids = [each or 0 for each in session.exec(select(Document.id).order_by(col(Document.id)))]
        session.connection().execute(delete(DocumentCount).where(col(DocumentCount.document_id).not_in(ids)))
        session.connection().execute(delete(DocumentStale))
    columns = ["organization_id", "document_id", *FIGURES]
    for document_id in ids:
        with database.transaction() as session:
            connection = session.connection()
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            connection.execute(delete(DocumentCount).where(col(DocumentCount.document_id) == document_id))
            counted = _counting().where(col(Reading.document_id) == document_id)
            connection.execute(insert(DocumentCount).from_select(columns, counted))
    return len(ids)


# --- by name ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Cell:
    """What one member did with one paper."""

    read_at: datetime | None
    recorded: bool
    """Somebody else entered it."""
    checked: bool
    """The short question was answered rightly."""


def people(session: Session, path: str, document_ids: Sequence[int]) -> list[tuple[Member, bool]]:
    """The members of a subtree by name, and the supporters who are on the list of one of these papers; with whether
    each has a phone and a chat that takes our messages."""
    listed = (
        select(Reading.member_id)
        .join(Document, col(Document.id) == col(Reading.document_id))
        .where(Document.audience == LISTED, col(Reading.document_id).in_(document_ids))
    )
    asked = or_(col(Member.standing) != Standing.SUPPORTER, col(Member.id).in_(listed))
    query = (
        select(Member, preferred_exists())
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*in_base(path, supporters=True), asked)
        .order_by(col(Member.name_key), col(Member.id))
    )
    return [(member, bool(live) and member.has_phone) for member, live in session.exec(query)]


def grid(session: Session, member_ids: Sequence[int], document_ids: Sequence[int]) -> dict[Pair, Cell]:
    """(member id, document id) -> what they did; a pair that is missing means that the paper was not for them."""
    columns: list[Any] = [
        Reading.member_id, Reading.document_id, Reading.acknowledged_at, Reading.recorded_by, Reading.checked_at,
    ]  # fmt: skip
    query = select(*columns).where(col(Reading.document_id).in_(document_ids))
    found: dict[Pair, Cell] = {}
    for part in _parts(list(member_ids), CHUNK):
        for who, paper, at, recorder, checked in session.exec(query.where(col(Reading.member_id).in_(part))):
            found[who, paper] = Cell(at, recorder is not None, checked is not None)
    return found


def places(session: Session, path: str) -> list[Organization]:
    """Every organization of a subtree, by name."""
    return list(session.exec(select(Organization).where(below(path)).order_by(col(Organization.name))))


def ever_published(session: Session, who: Sight, path: str) -> list[Document]:
    """Every paper that was ever published into the subtree at `path`, from above or inside it, in force or not, and
    that this person may see."""
    inside = select(Organization.id).where(below(path))
    over = col(Document.organization_id).in_(path_ids(path)) | col(Document.organization_id).in_(inside)
    return list(session.exec(select(Document).where(over, visible(who), Document.state != DocumentState.DRAFT)))

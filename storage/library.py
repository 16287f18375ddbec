"""The library: every published paper under its terms, and the one full-text search on both databases.

`LibraryEntry.terms` is the index's only source: triggers keep SQLite's FTS5 table in step with it, a generated column
PostgreSQL's tsvector (migration 0004). The order of results is ours alone: tiers of conditions, and within a tier the
newer paper first; so both databases answer alike, and a page goes on where the last one ended.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, Text, func, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage import documents, organizations, terms
from storage.documents import EVERYONE, Document, DocumentState
from storage.organizations import Organization
from storage.sight import FOUND

_AGE = BigInteger().with_variant(Integer(), "sqlite")


class LibraryEntry(SQLModel, table=True):
    """One paper in the library."""

    age: int = Field(primary_key=True, sa_type=_AGE, sa_column_kwargs={"autoincrement": False})
    """By day of issue (never after the day of publishing) and document id; the newer a paper, the less. The index is
    read in this order, so that a search may stop when its page is full."""
    document_id: int = Field(foreign_key="document.id", unique=True)
    path: str
    """The organization's path when this was written; a tree that was changed since is noticed by it."""
    whole: bool = True
    """False: only the beginning of the text is in, the sweep reads the rest."""
    terms: str = Field(sa_type=Text)


def put(session: Session, document_id: int, text: str, *, whole: bool = True) -> None:
    """Make a paper findable by its number, summary, issuer and `text` (all of it, pages in order); repeatable.

    `whole=False` says that `text` is a beginning: a sweep reads the files and completes it. LookupError for an
    unknown document.
    """
    session.flush()
    session.exec(select(Document.id).where(Document.id == document_id).with_for_update()).first()
    document = documents.get(session, document_id)
    path = organizations.get(session, document.organization_id).path
    new = entry_of(document, path, text)
    new.whole = whole
    old = session.exec(select(LibraryEntry).where(col(LibraryEntry.document_id) == document_id)).first()
    if old is not None and old.age == new.age:
        old.path, old.whole, old.terms = new.path, new.whole, new.terms
    else:
        drop(session, document_id)
        session.add(new)
    session.flush()


def has_text(session: Session, document_id: int) -> bool:
    """Whether a paper's files hold words (of a scan nothing but number and summary is known)."""
    query = select(LibraryEntry.terms).where(col(LibraryEntry.document_id) == document_id)
    found = frozenset((session.exec(query).first() or "").split(" "))
    return any(each[0] == "a" and f"t{each[1:]}" not in found for each in found if each)


def entry_of(document: Document, path: str, text: str) -> LibraryEntry:
    """The entry of a stored paper of the organization at `path`, not stored itself."""
    found = terms.of_paper(_title(document), f"{document.body}\n{text}", _places(document, path))
    return LibraryEntry(
        age=_age(document), document_id=document.id or 0, path=path, terms=" ".join(found)
    )  # fmt: skip


def drop(session: Session, document_id: int) -> None:
    """Take a paper out of the library, its words with it."""
    for entry in session.exec(select(LibraryEntry).where(col(LibraryEntry.document_id) == document_id)):
        session.delete(entry)
    session.flush()


def waiting(session: Session, limit: int, *, above: int = 0) -> list[int]:
    """Papers with an id over `above` that a search cannot find yet, or only by their beginning; the newest first."""
    query = (
        select(Document.id)
        .join(LibraryEntry, col(LibraryEntry.document_id) == col(Document.id), isouter=True)
        .where(col(Document.id) > above, col(Document.state).in_(FOUND))
        .where(or_(col(LibraryEntry.document_id).is_(None), ~col(LibraryEntry.whole)))
    )
    return [number or 0 for number in session.exec(query.order_by(col(Document.id).desc()).limit(limit))]


def newest(session: Session) -> int:
    """The highest id of any paper, 0 without one."""
    return session.exec(select(func.max(Document.id))).one() or 0


def drop_withdrawn(session: Session, limit: int) -> int:
    """Take withdrawn papers out: a search never shows them, and their words need not be kept. Returns how many."""
    query = (
        select(LibraryEntry)
        .join(Document, col(Document.id) == col(LibraryEntry.document_id))
        .where(Document.state == DocumentState.WITHDRAWN)
    )
    gone = session.exec(query.limit(limit)).all()
    for entry in gone:
        session.delete(entry)
    session.flush()
    return len(gone)


def follow_moves(session: Session, limit: int) -> int:
    """Write down anew where papers stand whose organization has another place in the tree now. Returns how many."""
    query = (
        select(LibraryEntry, Document, Organization.path)
        .join(Document, col(Document.id) == col(LibraryEntry.document_id))
        .join(Organization, col(Organization.id) == col(Document.organization_id))
        .where(LibraryEntry.path != Organization.path)
    )
    moved = session.exec(query.limit(limit)).all()
    for entry, document, path in moved:
        kept = [term for term in entry.terms.split(" ") if term[0] not in terms.PLACES]
        entry.path, entry.terms = path, " ".join([*_places(document, path), *kept])
    session.flush()
    return len(moved)


def _age(document: Document) -> int:
    published = (document.published_at or document.created_at).date()
    shown = min(document.issued_on or published, published)
    return (terms.LAST_DAY - shown.toordinal()) * (terms.LAST_ID + 1) + terms.LAST_ID - (document.id or 0)


def id_of(age: int) -> int:
    """The document that stands there."""
    return terms.LAST_ID - (age & terms.LAST_ID)


def _title(document: Document) -> terms.Title:
    dated = document.issued_on or document.published_at or document.created_at
    return terms.Title(
        number=document.number, number_key=document.number_key, kind=document.kind, summary=document.summary,
        issuer=document.issuer, issued_on=document.issued_on, year=dated.year,
    )  # fmt: skip


def _places(document: Document, path: str) -> list[str]:
    """Where it can be seen; who may is asked again of the document itself."""
    kind = "o" if document.audience == EVERYONE else "l"
    above = [f"w{organization_id}" for organization_id in documents.path_ids(path)]
    return [f"{kind}{document.organization_id}", *above, terms.ANYWHERE]

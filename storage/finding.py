"""Search in the library: conditions on terms, asked of SQLite's FTS5 or PostgreSQL's tsvector with the same answer.

A search is a list of tiers, the best first. A paper stands in the first tier that it fits; within a tier the newer one
comes first. Nothing is ranked by the databases, whose formulas differ, and nothing is cut off: the next page goes on
behind the last paper of this one, whatever was published meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Protocol

from sqlalchemy import Integer, column, literal_column, table, text
from sqlmodel import Session, col, select

from storage import documents, sight
from storage.documents import Document, DocumentState, Reading
from storage.library import SHIFT, LibraryEntry
from storage.sight import Sight


class Condition(Protocol):
    """A condition on a paper's terms. Terms are letters, digits and "_" (storage/terms.py): nothing needs escaping."""

    def fts5(self) -> str:
        """In the language of SQLite's MATCH."""

    def tsquery(self) -> str:
        """In the language of PostgreSQL's tsquery."""


@dataclass(frozen=True, slots=True)
class Term:
    """The paper has this term, or with `prefix` one that begins so."""

    text: str
    prefix: bool = False

    def fts5(self) -> str:
        """`"tbao" *`."""
        return f'"{self.text}" *' if self.prefix else f'"{self.text}"'

    def tsquery(self) -> str:
        """`'tbao':*`."""
        return f"'{self.text}':*" if self.prefix else f"'{self.text}'"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds. At least one part."""

    parts: tuple[Condition, ...]

    def fts5(self) -> str:
        """Parts with AND."""
        return "(" + " AND ".join(part.fts5() for part in self.parts) + ")"

    def tsquery(self) -> str:
        """Parts with &."""
        return "(" + " & ".join(part.tsquery() for part in self.parts) + ")"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds. At least one part."""

    parts: tuple[Condition, ...]

    def fts5(self) -> str:
        """Parts with OR."""
        return "(" + " OR ".join(part.fts5() for part in self.parts) + ")"

    def tsquery(self) -> str:
        """Parts with |."""
        return "(" + " | ".join(part.tsquery() for part in self.parts) + ")"


@dataclass(frozen=True, slots=True)
class Without:
    """`wanted` holds and `unwanted` does not."""

    wanted: Condition
    unwanted: Condition

    def fts5(self) -> str:
        """With NOT."""
        return f"({self.wanted.fts5()} NOT {self.unwanted.fts5()})"

    def tsquery(self) -> str:
        """With & !."""
        return f"({self.wanted.tsquery()} & !{self.unwanted.tsquery()})"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the results: the tier (from 0) and the newness of the paper that stands there."""

    tier: int
    newness: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper that was found; `document` is the current version of what was found there."""

    spot: Spot
    document: Document


def find(
    session: Session, who: Sight, tiers: Sequence[Condition], *, after: Spot | None = None, limit: int
) -> list[Hit]:
    """At most `limit` papers that `who` may see, the best first, behind `after` when that is given."""
    found: list[Hit] = []
    if not tiers or (who.over and not who.led):
        return found
    for hit in _every(session, who, tiers, after=after, chunk=limit + 1):
        led_to = _led_to(session, who, hit, tiers)
        if led_to is not None and all(each.document.id != led_to.document.id for each in found):
            found.append(led_to)
            if len(found) == limit:
                break
    return found


def _every(
    session: Session, who: Sight, tiers: Sequence[Condition], *, after: Spot | None, chunk: int
) -> Iterator[Hit]:
    """All hits in order, fetched in chunks."""
    places = _places(session, who)
    for tier in range(after.tier if after else 0, len(tiers)):
        wanted = Without(tiers[tier], AnyOf(_widest(tiers[:tier]))) if tier else tiers[tier]
        below = after.newness if after and after.tier == tier else None
        while True:
            rows = _rows(session, who, AllOf((places, wanted)), below=below, limit=chunk)
            for newness, document in rows:
                yield Hit(Spot(tier, newness), document)
            if len(rows) < chunk:
                break
            below = rows[-1][0]


def _widest(tiers: Sequence[Condition]) -> tuple[Condition, ...]:
    """Those that no other one contains: a condition with more parts is fulfilled by fewer papers."""
    parts = [set(tier.parts) if isinstance(tier, AllOf) else {tier} for tier in tiers]
    return tuple(tier for tier, own in zip(tiers, parts, strict=True) if not any(other < own for other in parts))


def _rows(
    session: Session, who: Sight, condition: Condition, *, below: int | None, limit: int
) -> list[tuple[int, Document]]:
    """(newness, document), newest first. Who may see what is asked of the document, never of the index."""
    query = _matching(session, condition)
    newness = query.selected_columns[0]
    query = query.where(col(Document.state).in_(sight.FOUND), sight.visible(who))
    if below is not None:
        query = query.where(newness < below)
    return [(int(at), document) for at, document in session.execute(query.order_by(newness.desc()).limit(limit))]


def _matching(session: Session, condition: Condition) -> Any:
    """`select(newness, Document)` of the papers that fulfil a condition."""
    if session.get_bind().dialect.name == "sqlite":
        index = table("libraryindex", column("rowid", Integer))
        newness = index.c.rowid
        same = col(Document.id) == newness.op("&")((1 << SHIFT) - 1)
        match = text("libraryindex MATCH :terms").bindparams(terms=condition.fts5())
        return select(newness, Document).select_from(index).join(Document, same).where(match)  # type: ignore[call-overload]
    asked = text("CAST(:terms AS tsquery)").bindparams(terms=condition.tsquery())
    match = literal_column("libraryentry.words").op("@@")(asked)
    entry = col(LibraryEntry.newness)
    return select(entry, Document).join(Document, col(Document.id) == col(LibraryEntry.document_id)).where(match)


def _places(session: Session, who: Sight) -> Condition:
    """Where papers for this person stand in the index: it spares the database a walk through everybody else's."""
    found = [f"w{documents.path_ids(path)[-1]}" for path in who.led]
    if not who.over:
        near = [*who.above, *_elsewhere(session, who)]
        found += [f"{kind}{number}" for number in near for kind in "ol"]
    return AnyOf(tuple(Term(each) for each in found))


def _elsewhere(session: Session, who: Sight) -> list[int]:
    """Other organizations whose papers this member was sent: by name, or while they belonged there."""
    query = (
        select(Document.organization_id)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == who.member_id, col(Document.organization_id).not_in(who.above))
    )
    return sorted(session.exec(query.distinct()))


def _led_to(session: Session, who: Sight, hit: Hit, tiers: Sequence[Condition]) -> Hit | None:
    """A replaced paper leads to its current version, unless a later version is among the results itself."""
    if hit.document.state != DocumentState.REPLACED:
        return hit
    current = documents.current_version(session, hit.document.id or 0)
    if not sight.sees(session, who, current.id or 0):
        return None
    versions = [current, *documents.earlier_versions(session, current.id or 0)]
    later = [each.id for each in takewhile(lambda each: each.id != hit.document.id, versions)]
    standing = select(LibraryEntry.newness).where(col(LibraryEntry.document_id).in_(later))
    query = _matching(session, AnyOf(tuple(tiers)))
    query = query.where(query.selected_columns[0].in_(list(session.exec(standing))), sight.visible(who))
    if session.execute(query.where(col(Document.state).in_(sight.FOUND)).limit(1)).first() is not None:
        return None
    return Hit(hit.spot, current)

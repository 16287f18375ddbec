"""Search in the library: SQLite's FTS5 or PostgreSQL's tsvector, with the same answer.

Nothing is ranked by the databases, whose formulas differ: a paper stands in the first tier that it fulfils, and within
a tier the newer one comes first. Nothing is cut off either: the next page goes on behind the last paper of this one,
whatever was published meanwhile. Where only a few papers fit at all, they are fetched at once and put into their tiers
here; where many do, the database is asked tier by tier and stops after a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, bindparam, cast, column, literal_column, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import Dialect
from sqlmodel import Session, col, select

from storage import documents, organizations, sight, terms
from storage.conditions import AllOf, AnyOf, Condition, Ranking, Term, Without, widest
from storage.documents import Document, DocumentState, Reading
from storage.library import LibraryEntry, id_of
from storage.sight import Sight

MANY_PLACES = 30
"""Organizations outside of a member's own line; with more of them, looking everywhere is quicker. [ours]"""
FEW = 40
"""Fewer papers than this are put into their tiers here. [ours]"""


STAND_IN = 1_900_000_000
"""Ids from here on belong to nobody."""


class Spot(NamedTuple):
    """A place in the results: the tier (from 0) and the age of the paper that stands there."""

    tier: int
    age: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper that was found; `document` is the current version of what was found there."""

    spot: Spot
    document: Document


class Finder:
    """Searches of one person in one transaction. Who may see what is asked of the documents, never of the index."""

    def __init__(self, session: Session, who: Sight) -> None:
        self._session, self._who = session, who
        self._is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._places = _places(session, who)
        self._query = _Written(session, who)

    def find(self, ranking: Ranking, *, after: Spot | None = None, limit: int) -> list[Hit]:
        """At most `limit` papers, the best first, behind `after` when that is given."""
        found: list[Hit] = []
        shown: set[int] = set()
        for spot, state in self._every(ranking, after, chunk=limit + 1):
            document_id = self._led_to(spot, state, ranking.wide)
            if document_id is None or document_id in shown:
                continue
            shown.add(document_id)
            found.append(Hit(spot, documents.get(self._session, document_id)))
            if len(found) == limit:
                break
        return found

    def _every(self, ranking: Ranking, after: Spot | None, chunk: int) -> Iterator[tuple[Spot, str]]:
        """All spots in order, with the state of the paper there."""
        rows = self._rows(ranking.wide, limit=FEW)
        if len(rows) < FEW:
            yield from self._ranked(rows, ranking.tiers, 0, after)
            return
        passed: list[Condition] = []
        first = 0
        for group in ranking.groups:
            if after is None or after.tier < first + len(group):
                yield from self._group(group, first, passed, after=after, chunk=chunk)
            passed.append(group[-1])
            first += len(group)

    def _group(
        self, group: Sequence[Condition], first: int, passed: Sequence[Condition], *, after: Spot | None, chunk: int
    ) -> Iterator[tuple[Spot, str]]:
        rows = self._rows(_without(group[-1], passed), limit=FEW)
        if len(rows) < FEW:
            yield from self._ranked(rows, group, first, after)
            return
        for at, tier in enumerate(group):
            start = after.age if after and after.tier == first + at else None
            if after is None or after.tier <= first + at:
                wanted = _without(tier, [*passed, *widest(group[:at])])
                yield from self._tier(wanted, first + at, start=start, chunk=chunk)

    def _tier(self, wanted: Condition, tier: int, *, start: int | None, chunk: int) -> Iterator[tuple[Spot, str]]:
        while True:
            rows = self._rows(wanted, start=start, limit=chunk)
            yield from ((Spot(tier, age), state) for age, state in rows)
            if len(rows) < chunk:
                return
            start = rows[-1][0]

    def _ranked(
        self, rows: Sequence[tuple[int, str]], tiers: Sequence[Condition], first: int, after: Spot | None
    ) -> Iterator[tuple[Spot, str]]:
        """These few papers put into their tiers."""
        states = dict(rows)
        query = select(LibraryEntry.age, LibraryEntry.terms).where(col(LibraryEntry.age).in_(states))
        spots = []
        for age, words in self._session.exec(query) if states else ():
            own = frozenset(words.split(" "))
            tier = next((at for at, tier in enumerate(tiers) if tier.holds(own)), None)
            if tier is not None:
                spots.append(Spot(first + tier, age))
        yield from ((spot, states[spot.age]) for spot in sorted(spots) if after is None or spot > after)

    def _rows(self, condition: Condition, *, start: int | None = None, limit: int) -> list[tuple[int, str]]:
        """(age, state) of papers that this person may see, the newest first, behind the age `start`."""
        wanted = AllOf((self._places, condition))
        written = wanted.fts5() if self._is_sqlite else wanted.tsquery()
        return self._query.rows(self._session, terms=written, start=-1 if start is None else start, most=limit)

    def _led_to(self, spot: Spot, state: str, wide: Condition) -> int | None:
        """The paper to show: of a replaced one the current version, unless a later one is among the results itself."""
        document_id = id_of(spot.age)
        if state != DocumentState.REPLACED:
            return document_id
        current = documents.current_version(self._session, document_id)
        if not sight.sees(self._session, self._who, current.id or 0):
            return None
        versions = [current, *documents.earlier_versions(self._session, current.id or 0)]
        later = [each.id for each in takewhile(lambda each: each.id != document_id, versions)]
        query = select(LibraryEntry.terms).join(Document, col(Document.id) == col(LibraryEntry.document_id))
        query = query.where(col(Document.id).in_(later), sight.visible(self._who))
        others = self._session.exec(query.where(col(Document.state).in_(sight.FOUND)))
        return None if any(wide.holds(frozenset(each.split(" "))) for each in others) else current.id


def _without(wanted: Condition, unwanted: Sequence[Condition]) -> Condition:
    return Without(wanted, AnyOf(tuple(unwanted))) if unwanted else wanted


class _Written:
    """A statement written out: putting it together takes longer than answering, so it is kept for all whose sight has
    the same shape. What is kept was made for a stand-in, whose values are replaced by those of the person who looks.
    """

    def __init__(self, session: Session, who: Sight) -> None:
        dialect = session.get_bind().dialect
        self._sql, values, self._order = _kept(dialect, len(who.above), len(who.led), over=who.over)
        stand_in = _stand_in(len(who.above), len(who.led), over=who.over)
        own: dict[object, object] = dict(zip(stand_in.above, who.above, strict=True))
        for theirs, mine in zip(stand_in.led, who.led, strict=True):
            own |= dict(zip(organizations.bounds(theirs), organizations.bounds(mine), strict=True))
        own[stand_in.member_id] = who.member_id
        self._values = {name: own.get(value, value) for name, value in values.items()}

    def rows(self, session: Session, **asked: object) -> list[tuple[int, str]]:
        """Its rows with these values in place of those of the same names."""
        values = {**self._values, **asked}
        given = values if self._order is None else tuple(values[name] for name in self._order)
        found = session.connection().exec_driver_sql(self._sql, given)
        return [(int(age), str(state)) for age, state in found]


def _stand_in(above: int, led: int, *, over: bool) -> Sight:
    """Somebody with so many organizations above and so many paths led, whose values occur nowhere else."""
    numbers = range(STAND_IN + 1, STAND_IN + 1 + above)
    paths = ["/" + "".join(f"{number}/" for number in numbers[: at + 1]) for at in range(above)]
    return Sight(STAND_IN, paths[-1], tuple(paths[:led]), over=over)


@lru_cache(maxsize=200)
def _kept(dialect: Dialect, above: int, led: int, *, over: bool) -> tuple[str, dict[str, Any], list[str] | None]:
    """The statement, its values by name, and their order where the driver wants them in order."""
    query = _statement(_stand_in(above, led, over=over), is_sqlite=dialect.name == "sqlite")
    compiled = query.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return str(compiled), dict(compiled.params), compiled.positiontup


def _statement(who: Sight, *, is_sqlite: bool) -> Any:
    """(age, state) of papers that fulfil the condition `terms`, behind the age `start`, at most `most`."""
    document = col(Document.id)
    age: Any
    query: Any
    if is_sqlite:
        index = table("libraryindex", column("rowid", Integer))
        age = index.c.rowid
        match: Any = text("libraryindex MATCH :terms").bindparams(terms="")
        same = document == terms.LAST_ID - age.op("&")(terms.LAST_ID)
        query = select(age, col(Document.state)).select_from(index.join(Document, same))
    else:
        age = col(LibraryEntry.age)
        match = literal_column("libraryentry.words").op("@@")(cast(bindparam("terms", ""), TSQUERY))
        query = select(age, col(Document.state)).join(Document, document == col(LibraryEntry.document_id))
    behind = age > bindparam("start", -1, type_=BigInteger)
    query = query.where(match, behind, col(Document.state).in_(sight.FOUND), sight.visible(who))
    return query.order_by(age).limit(bindparam("most", 0, type_=Integer))


def _places(session: Session, who: Sight) -> Condition:
    """Where papers for this person stand in the index: it spares the database a walk through everybody else's."""
    found = [f"w{documents.path_ids(path)[-1]}" for path in who.led]
    if not who.over:
        elsewhere = _elsewhere(session, who)
        if len(elsewhere) > MANY_PLACES:
            return Term(terms.ANYWHERE)
        found += [f"{kind}{number}" for number in (*who.above, *elsewhere) for kind in "ol"]
    return AnyOf(tuple(Term(each) for each in found)) if found else Term("nowhere")


def _elsewhere(session: Session, who: Sight) -> list[int]:
    """Other organizations whose papers this member was sent: by name, or while they belonged there."""
    query = (
        select(Document.organization_id)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == who.member_id, col(Document.organization_id).not_in(who.above))
    )
    return sorted(session.exec(query.distinct()))

"""Reading ahead: what the updates of one batch will ask is read for all of them in a few queries.

A batch of a hundred updates would otherwise ask the same seven questions a hundred times over. An answer that was
read ahead holds only until something that it depends on is written in the same transaction; then it is asked anew,
so a later update of a batch always sees what an earlier one wrote. Outside of a batch nothing is kept at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection, Insert, Update, event
from sqlalchemy.orm import object_session
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause
from sqlmodel import Session, SQLModel

T = TypeVar("T")
Row = TypeVar("Row", bound=SQLModel)
PLACE = "ahead"
"""Where a session's batch lies in `session.info`."""


class Question(Generic[T]):
    """One kind of question that many updates ask, and the columns that its answers depend on.

    New and deleted rows of those columns' tables change the answers too, unless `inserts` is False.
    """

    every: list[Question[Any]] = []  # noqa: RUF012 (filled below, read by every batch)

    def __init__(self, *columns: Any, inserts: bool = True) -> None:
        self.columns: dict[str, set[str]] = {}
        self.inserts = inserts
        for column in columns:
            self.columns.setdefault(column.class_.__tablename__, set()).add(column.key)
            event.listen(column, "set", self._changed)
        self.every.append(self)

    def answer(self, session: Session, key: Hashable, ask: Callable[[], T]) -> T:
        """What was read ahead or asked before for this key, else what `ask` gives now."""
        ahead: Ahead | None = session.info.get(PLACE)
        if ahead is None:
            return ask()
        known = ahead.answers.get(self)
        if known is not None and key in known:
            return cast(T, known[key])
        found = ask()  # may write, and make everything known void
        ahead.answers.setdefault(self, {})[key] = found
        return found

    def prepare(self, session: Session, answers: dict[Any, T]) -> None:
        """Put in what was read ahead; without a batch it is not kept."""
        ahead: Ahead | None = session.info.get(PLACE)
        if ahead is not None:
            ahead.answers.setdefault(self, {}).update(answers)

    def _changed(self, row: Any, _new: object, _old: object, _initiator: object) -> None:
        """An object of the session was changed; the next who asks makes the session write it first."""
        session = object_session(row)
        if session is not None and (ahead := session.info.get(PLACE)) is not None:
            ahead.answers.pop(self, None)


class Ahead:
    """What is known and what still waits to be written in one batch's transaction."""

    def __init__(self, session: Session) -> None:
        self.answers: dict[Question[Any], dict[Hashable, Any]] = {}
        self.kept: dict[tuple[type, int], Any] = {}
        """Rows by class and id that stay in the session although nobody holds them at the moment."""
        self._session = session
        self._late: dict[tuple[UpdateBase, frozenset[str]], list[dict[str, Any]]] = {}
        self._shelves: list[dict[tuple[UpdateBase, frozenset[str]], list[dict[str, Any]]]] = []
        """What waited when each open savepoint was set: a rollback to it takes back only what came after."""
        self._own = False
        event.listen(session.connection(), "before_execute", self._before)
        event.listen(session, "transient_to_pending", self._added)

    def execute_late(self, statement: UpdateBase, row: dict[str, Any]) -> None:
        """Write a row with others of its kind: at the end, or before the next statement of this transaction."""
        self._late.setdefault((statement, frozenset(row)), []).append(row)

    def write(self) -> None:
        """Write what waits, objects first: rows that were inserted late may point at them."""
        self._session.flush()
        late, self._late = self._late, {}
        self._own = True
        try:
            for (statement, _), rows in late.items():
                self._session.connection().execute(statement, rows)
        finally:
            self._own = False

    def _before(self, _connection: Connection, statement: Any, many: Any, one: Any, _options: object) -> None:
        """Before every statement: write what waits, and drop the answers that the statement makes void."""
        if isinstance(statement, SavepointClause):
            self._shelves.append(self._late)
            self._late = {}
            return
        if isinstance(statement, RollbackToSavepointClause):
            self.answers.clear()
            self._late = self._shelves.pop()
            return
        if isinstance(statement, ReleaseSavepointClause):
            inside, self._late = self._late, self._shelves.pop()
            for kind, rows in inside.items():
                self._late.setdefault(kind, []).extend(rows)
            return
        flushing = self._session._flushing
        if not (flushing or self._own) and (self._late or not self._session._is_clean()):
            self.write()
        if isinstance(statement, UpdateBase) and not self._own:
            table = str(getattr(statement.table, "name", ""))
            columns = set((many[0] if many else one) or ()) if flushing and isinstance(statement, Update) else None
            self._void(table, columns, insert=isinstance(statement, Insert))
            if not flushing and not isinstance(statement, Insert):
                self._reread(table)

    def _added(self, _session: object, row: Any) -> None:
        self._void(row.__tablename__, None, insert=True)

    def _void(self, table: str, columns: set[str] | None, *, insert: bool) -> None:
        for question in list(self.answers):
            watched = question.columns.get(table)
            if watched and (question.inserts or not insert) and (columns is None or columns & watched):
                del self.answers[question]

    def _reread(self, table: str) -> None:
        """A statement changes rows behind the back of their objects: these are read again when next used."""
        for row in list(self._session.identity_map.values()):
            if getattr(row, "__tablename__", "") == table:
                self._session.expire(row)


def begin(session: Session) -> Ahead:
    """Start a batch in this session's transaction. Call `write` at its end."""
    ahead = session.info[PLACE] = Ahead(session)
    return ahead


def keep(session: Session, rows: Iterable[Any]) -> None:
    """Hold rows so that `session.get` finds them without asking the database, for as long as the batch lasts."""
    ahead: Ahead | None = session.info.get(PLACE)
    if ahead is not None:
        ahead.kept.update(((type(row), row.id), row) for row in rows)


def kept_ids(session: Session, kind: type[SQLModel]) -> list[int]:
    """The ids of the rows of a class that the batch keeps; none outside of a batch."""
    ahead: Ahead | None = session.info.get(PLACE)
    return [row_id for each, row_id in ahead.kept if each is kind] if ahead is not None else []


def get(session: Session, kind: type[Row], row_id: int | None) -> Row | None:
    """`session.get`, which is quicker for rows that the batch keeps."""
    ahead: Ahead | None = session.info.get(PLACE)
    kept = ahead.kept.get((kind, row_id or 0)) if ahead is not None else None
    return kept if kept is not None else session.get(kind, row_id)


def execute_late(session: Session, statement: UpdateBase, row: dict[str, Any]) -> None:
    """In a batch: write this row together with others. Otherwise at once."""
    ahead: Ahead | None = session.info.get(PLACE)
    if ahead is not None:
        ahead.execute_late(statement, row)
    else:
        session.flush()
        session.connection().execute(statement, [row])


def write(session: Session) -> None:
    """Write what a batch still holds back, so that what is written next comes after it."""
    ahead: Ahead | None = session.info.get(PLACE)
    if ahead is not None:
        ahead.write()

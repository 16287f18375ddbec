"""The database: engine, transactions, and the column types that every table uses.

SQLite (WAL, synchronous FULL) is the embedded default; PostgreSQL serves several processes. Nothing above this
package knows which one it is talking to.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session

from storage import counting

QUEUED = "sotay_queued"
"""Set in a session's `info` by whoever queues a message: its commit wakes the senders of all processes."""
MIGRATIONS = Path(__file__).parent / "migrations"


WRITER_SECONDS = 30.0
"""After this long a writer tries its luck with SQLite itself, which says "locked" in the end."""


class Instant(TypeDecorator[datetime]):
    """A moment: aware datetime outside, UTC inside (SQLite keeps no zone, so it is put back on the way out)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: it would silently mean another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Aware, in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Database:
    """One engine. `url` as SQLAlchemy writes it: `sqlite:///file` or `postgresql+psycopg://…`."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._writing = threading.Lock()
        self.engine = (
            self._sqlite(url)
            if self.is_sqlite
            else create_engine(url, pool_size=pool_size, pool_pre_ping=True, hide_parameters=True)
        )

    @staticmethod
    def _sqlite(url: str) -> Engine:
        # The connection that was used last is used next: what it has read of the file is still in its memory.
        waits = {"check_same_thread": False, "timeout": 30}
        engine = create_engine(url, hide_parameters=True, pool_use_lifo=True, connect_args=waits)

        @event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.isolation_level = None  # we begin transactions ourselves, below
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # IMMEDIATE takes the write lock at once: two readers that both want to write cannot deadlock.
            read_only = connection.get_execution_options().get("read_only", False)
            connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

        return engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: commits at the end, rolls back when the block raises."""
        with self._turn(), Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session
            if session.info.get(QUEUED) and not self.is_sqlite:
                session.connection().execute(text(f"NOTIFY {QUEUED}"))  # heard when this commits

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer. Threads of this process wait for each other here, where the next one is woken at
        once; SQLite's own waiting is sleeping and trying again, which lets some threads wait for seconds."""
        mine = self.is_sqlite and self._writing.acquire(timeout=WRITER_SECONDS)
        try:
            yield
        finally:
            if mine:
                self._writing.release()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that takes no write lock; what it changes is not kept."""
        engine = self.engine.execution_options(read_only=True)
        with Session(engine, expire_on_commit=False) as session:
            yield session

    def upgrade(self) -> None:
        """Bring the tables to the newest migration; safe to call at every start and from several processes."""
        if self._version() == max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")):
            return  # nearly every start; the library of migrations is not even loaded
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(7390)"))
            config.attributes["connection"] = connection
            counting.remove(connection)
            command.upgrade(config, "head")
            counting.install(connection)

    def is_empty(self) -> bool:
        """Whether nothing has been stored here that a key would be needed for."""
        with self.reading() as session:
            connection = session.connection()
            if not inspect(connection).has_table("channel"):
                return True
            found = "SELECT 1 WHERE EXISTS (SELECT 1 FROM channel) OR EXISTS (SELECT 1 FROM member)"
            return connection.execute(text(found)).first() is None

    def _version(self) -> str:
        """The newest migration that was made here; "" for an empty database."""
        with self.reading() as session:
            connection = session.connection()
            if not inspect(connection).has_table("alembic_version"):
                return ""
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")

    def ping(self) -> float:
        """Seconds that a trivial query took; OperationalError when the database does not answer."""
        started = time.perf_counter()
        with self.reading() as session:
            session.connection().execute(text("SELECT 1"))
        return time.perf_counter() - started

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def lock_chats(session: Session, chats: Iterable[tuple[int, str]]) -> None:
    """Make updates of these chats, (channel id, chat id) each, take turns with other processes until the transaction
    ends (SQLite has one writer anyway). In one order everywhere: two batches with the same chats never both wait."""
    connection = session.connection()
    wanted = sorted(set(chats))
    if connection.dialect.name == "postgresql" and wanted:
        channel_ids, chat_ids = zip(*wanted, strict=True)
        connection.execute(_LOCK_CHATS, {"channels": list(channel_ids), "chats": list(chat_ids)})


_LOCK_CHATS = text(
    "SELECT pg_advisory_xact_lock(channel, hash) FROM (SELECT DISTINCT channel, hashtext(chat) AS hash "
    "FROM unnest(CAST(:channels AS int[]), CAST(:chats AS text[])) AS given (channel, chat) ORDER BY 1, 2) AS ordered"
)


DatabaseDown = OperationalError
"""What a transaction raises when the database is locked, full or away."""


def down(error: BaseException) -> OperationalError | None:
    """The error in this one's chain that says that the database is locked, full or away; None when it is there.

    OperationalError means that in PostgreSQL, and in SQLite also that a statement is wrong (SQLITE_ERROR); so do
    PostgreSQL's limits (class 54) and a cancelled statement (57014). Those would fail for ever: they are mistakes.
    """
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OperationalError) and not _is_mistake(found.orig):
            return found
        found = found.__cause__ or found.__context__
    return None


def _is_mistake(original: BaseException | None) -> bool:
    state = str(getattr(original, "sqlstate", None) or "")
    return getattr(original, "sqlite_errorname", "") == "SQLITE_ERROR" or state.startswith("54") or state == "57014"

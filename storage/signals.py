"""LISTEN/NOTIFY: who queues a message wakes the senders of all processes (PostgreSQL only).

A signal that gets lost costs at most the senders' own look a second later.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.db import QUEUED, Database

log = structlog.get_logger("signals")

RETRY_SECONDS = 1.0


class Signals:
    """A connection of its own, in a thread of its own, that waits for signals."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def listen(self, heard: Callable[[], None]) -> None:
        """Call `heard` (from another thread) whenever a process has queued something."""
        self._thread = threading.Thread(target=self._run, args=[heard], name="signals", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End within about a second."""
        self._stopped.set()

    def _run(self, heard: Callable[[], None]) -> None:
        while not self._stopped.is_set():
            try:
                self._wait(heard)
            except DBAPIError as error:
                log.warning("no signals", error=type(error).__name__)
                self._stopped.wait(RETRY_SECONDS)

    def _wait(self, heard: Callable[[], None]) -> None:
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"LISTEN {QUEUED}"))
            driver = connection.connection.driver_connection
            if driver is None:
                return
            try:
                while not self._stopped.is_set():
                    for _ in driver.notifies(timeout=1.0, stop_after=1):
                        heard()
            except driver_error(self._database) as error:
                connection.invalidate()
                raise DBAPIError("LISTEN", None, error) from None


def driver_error(database: Database) -> type[Exception]:
    """The root of the driver's own exceptions: what a lost connection raises outside of SQLAlchemy."""
    found: type[Exception] = database.engine.dialect.loaded_dbapi.Error
    return found

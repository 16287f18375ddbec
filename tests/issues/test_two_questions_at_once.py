"""Two members of a branch asked in the same moment, on PostgreSQL: one update ended as failed, on the unique number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlmodel import select

from bot.flows.questions import Moment, submit
from storage import audit
from storage.db import Database
from storage.members import Member
from storage.questions import Question
from tests.world import World

MOMENT = Moment(datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("Asia/Ho_Chi_Minh"))


def ask(database: Database, words: str) -> None:
    """As the chat does it: the question and its line of the trail, in one transaction."""
    with database.transaction() as session:
        question, _ = submit(session, session.exec(select(Member)).one(), words, None, MOMENT)
        audit.write(session, MOMENT.now, "question.asked", subject=f"question:{question.id}")


def wait_for_a_waiter(database: Database) -> None:
    """Until another transaction waits for ours (SQLite: for its one write lock, which cannot be watched)."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with database.engine.connect().execution_options(read_only=True) as connection:
        while not database.is_sqlite and not connection.execute(waiting).scalar_one():
            connection.rollback()


def test_they_get_two_numbers(world: World) -> None:
    world.person("Trần Thị Lan")
    with ThreadPoolExecutor(1) as pool:
        with world.database.transaction() as session:
            submit(session, session.exec(select(Member)).one(), "Khi nào họp chi bộ?", None, MOMENT)
            other = pool.submit(ask, world.database, "Họp chi bộ ở đâu?")
            wait_for_a_waiter(world.database)
        other.result()
    with world.database.reading() as session:
        assert sorted(session.exec(select(Question.number))) == [1, 2]

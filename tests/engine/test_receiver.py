"""Nothing inbound is lost while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from storage.db import Database, DatabaseDown
from tests.world import World

PEOPLE = (("Trần Thị Lan", "telegram"), ("Lê Văn Bình", "zalo"))
POSTED = (
    b'{"event_name":"message.text.received","message":{"message_id":"m1","date":1789033572455,'
    b'"chat":{"chat_type":"PRIVATE","id":"a1"},"from":{"id":"a1","is_bot":false,"display_name":"L"},"text":"x"}}'
)


@pytest.mark.parametrize("platform", ["telegram", "zalo"])
def test_what_came_while_the_database_was_away_is_answered_later(
    world: World, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = world.person("Trần Thị Lan", platform=platform, linked=False)
    world.pump()
    whole = Database.transaction

    @contextmanager
    def away(_self: Database) -> Iterator[Any]:
        raise OperationalError("BEGIN", {}, Exception("database is locked"))
        yield

    monkeypatch.setattr(Database, "transaction", away)
    with pytest.raises(DatabaseDown):
        lan.says("chào trợ lý nhé, tôi mới vào")
    with pytest.raises(DatabaseDown):
        world.pump()
    monkeypatch.setattr(Database, "transaction", whole)
    assert lan.texts() == []
    world.pump()
    assert len(lan.texts()) == 1


def test_a_webhook_is_told_to_come_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app = world.app

    @contextmanager
    def away(_self: Database) -> Iterator[Any]:
        raise OperationalError("BEGIN", {}, Exception("disk full"))
        yield

    posted = lambda secret: asyncio.run(app.posted("hook-zalo", secret, POSTED))  # noqa: E731
    monkeypatch.setattr(Database, "transaction", away)
    assert posted("secret-zalo") == 503
    monkeypatch.undo()
    assert posted("secret-zalo") == 200
    assert posted("wrong") == 403
    assert asyncio.run(app.posted("hook-unknown", "secret-zalo", POSTED)) == 404
    assert asyncio.run(app.posted("hook-zalo", "secret-zalo", b"[]")) == 400
    assert asyncio.run(app.posted("hook-zalo", "", b"")) == 200, "Zalo's probe comes without secret and body"


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else holds the database, and nobody waits long for them."""
    patience = "PRAGMA busy_timeout = 20" if database.is_sqlite else "SET lock_timeout = '20ms'"
    before = "PRAGMA busy_timeout = 30000" if database.is_sqlite else "SET lock_timeout = 0"

    def impatient(connection: Any, _record: object, _proxy: object) -> None:
        connection.cursor().execute(patience)
        if not database.is_sqlite:
            connection.commit()

    def patient(connection: Any, _record: object) -> None:
        connection.cursor().execute(before)
        if not database.is_sqlite:
            connection.commit()

    holder = create_engine(database.engine.url)
    with holder.connect() as connection:
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE" if database.is_sqlite else "LOCK TABLE inboxentry IN EXCLUSIVE MODE"
        )
        event.listen(database.engine, "checkout", impatient)
        event.listen(database.engine, "checkin", patient)
        try:
            yield
        finally:
            event.remove(database.engine, "checkout", impatient)
            connection.rollback()
    event.remove(database.engine, "checkin", patient)
    holder.dispose()


def test_a_locked_database_loses_nothing_and_catches_up(world: World) -> None:
    """Posted, polled and read for good (Zalo): nothing is confirmed while it is locked, all is answered afterwards."""
    people = [world.person(name, platform=platform, linked=False) for name, platform in PEOPLE]
    world.pump()
    with locked(world.database):
        for person in people:
            with pytest.raises(DatabaseDown):
                person.says("chào trợ lý nhé, tôi mới vào")
        for _ in range(3):
            with pytest.raises(DatabaseDown):
                world.pump()
        assert asyncio.run(world.app.posted("hook-zalo", "secret-zalo", POSTED)) == 503
    world.pump()
    assert [len(person.texts()) for person in people] == [1, 1]
    assert asyncio.run(world.app.posted("hook-zalo", "secret-zalo", POSTED)) == 200

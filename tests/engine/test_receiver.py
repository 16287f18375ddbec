"""Nothing inbound is lost while the database is away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from storage.db import Database, DatabaseDown
from tests.world import World


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

    body = (
        b'{"event_name":"message.text.received","message":{"message_id":"m1","date":1789033572455,'
        b'"chat":{"chat_type":"PRIVATE","id":"a1"},"from":{"id":"a1","is_bot":false,"display_name":"L"},"text":"x"}}'
    )
    posted = lambda secret: asyncio.run(app.posted("hook-zalo", secret, body))  # noqa: E731
    monkeypatch.setattr(Database, "transaction", away)
    assert posted("secret-zalo") == 503
    monkeypatch.undo()
    assert posted("secret-zalo") == 200
    assert posted("wrong") == 403
    assert asyncio.run(app.posted("hook-unknown", "secret-zalo", body)) == 404
    assert asyncio.run(app.posted("hook-zalo", "secret-zalo", b"[]")) == 400
    assert asyncio.run(app.posted("hook-zalo", "", b"")) == 200, "Zalo's probe comes without secret and body"

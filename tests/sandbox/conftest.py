from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bot.sandbox.server import Server
from tests.sandbox.desk import TELEGRAM_TOKEN, ZALO_TOKEN, Desk, Hook, listening


@pytest.fixture(scope="package")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def desk(server: Server) -> Desk:
    """An empty world with one bot on each platform."""
    desk = Desk(server.url)
    desk.control("reset", {})
    desk.control("record", {"calls": True})
    desk.control("webhook_pause", {"seconds": 0.01})
    names = {"display_name": "Trợ lý chi bộ"}
    desk.control("bots", {"platform": "telegram", "token": TELEGRAM_TOKEN, "username": "sotay_bot", **names})
    desk.control("bots", {"platform": "zalo", "token": ZALO_TOKEN, "username": "bot.sotay", **names})
    return desk


@pytest.fixture
def tam(desk: Desk) -> Any:
    """Somebody who has talked to neither bot yet."""
    return desk.person("Nguyễn Văn Tám")


@pytest.fixture
def lan(desk: Desk) -> Any:
    """Somebody who has written to both bots; nothing waits for them any more."""
    person = desk.person("Trần Thị Lan")
    desk.says(person, "/start")
    desk.updates(offset=-1)
    desk.updates(offset=desk.updates()[-1]["update_id"] + 1)
    desk.says(person, "chào", platform="zalo")
    desk.zalo("getUpdates", timeout=0)
    return person


@pytest.fixture
def hook() -> Iterator[Hook]:
    with listening() as found:
        yield found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as found:
        yield found

"""A real sandbox, a real browser. Without a Chromium on this machine these tests are skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from bot.sandbox.server import Server
from tests.sandbox_page.room import Room

WIDE = (1440, 900)
NARROW = (360, 740)

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Server]:
    """One sandbox; every test empties it first."""
    with Server() as running:
        yield running


@pytest.fixture
def room(sandbox: Server) -> Room:
    """Five people, two bots, two groups, nothing said yet."""
    made = Room(sandbox.url)
    made.furnish()
    made.forget_updates()
    return made


@pytest.fixture
def visit(browser: Browser, room: Room) -> Iterator[Opener]:
    """Opens the page as somebody: visit("lan", "zalo", size=NARROW). A script error fails the test."""
    problems: list[str] = []
    contexts = []

    def opened(
        short: str = "lan", platform: str = "telegram", size: tuple[int, int] = WIDE, view: str = "private"
    ) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="vi-VN", reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{room.url}/#person={room.person(short)}&platform={platform}&view={view}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert problems == []

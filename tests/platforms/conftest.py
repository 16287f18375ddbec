from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.sandbox.server import Server

from .loopback import Loopback


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    async with Loopback() as server:
        yield server


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Server]:
    """One for all tests: each makes a bot of its own in it."""
    with Server() as server:
        yield server

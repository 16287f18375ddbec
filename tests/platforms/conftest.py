from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from .loopback import Loopback


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def loopback() -> AsyncIterator[Loopback]:
    async with Loopback() as server:
        yield server

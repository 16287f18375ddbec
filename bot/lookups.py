"""An event loop whose look-ups of host names have threads of their own.

asyncio asks the resolver in the same few threads in which the database works. When the resolver is away, each question
blocks for seconds; hundreds of bots that all want to reconnect would fill those threads, and replies on channels that
are well would wait behind them. Here look-ups fill their own threads, and a name that is being asked for is not asked
for again: there are hundreds of bots, but two platforms.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

RESOLVERS = 4


class Loop(asyncio.SelectorEventLoop):
    """For `asyncio.Runner(loop_factory=Loop)`."""

    def __init__(self) -> None:
        super().__init__()
        self._resolvers = ThreadPoolExecutor(RESOLVERS, thread_name_prefix="lookup")
        self._asked: dict[Hashable, asyncio.Future[Any]] = {}

    async def getaddrinfo(self, host: Any, port: Any, **wish: int) -> Any:
        """As asyncio's own; OSError (gaierror) when there is no such name."""
        key = (host, port, tuple(sorted(wish.items())))
        asked = self._asked.get(key)
        if asked is None:
            asked = self.run_in_executor(self._resolvers, partial(socket.getaddrinfo, host, port, **wish))
            self._asked[key] = asked
            asked.add_done_callback(partial(self._answered, key))
        return await asyncio.shield(asked)

    def _answered(self, key: Hashable, asked: asyncio.Future[Any]) -> None:
        self._asked.pop(key, None)
        if not asked.cancelled():
            asked.exception()  # seen, also when everybody who asked has gone

    def close(self) -> None:
        """Also its threads."""
        super().close()
        self._resolvers.shutdown(wait=False, cancel_futures=True)

"""The process under test of inbound.py: our bot as `sotay run` builds it, on a database that is filled already.

Usage: _inbound_ours.py <data folder> <answer: 0 or 1> <file for commit times>. With 0 it polls and commits, and nothing
is sent; with 1 its sender sends the replies, as in service.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.app import App, build, open_storage
from bot.runner import spare_the_collector
from bot.settings import Settings
from bot.turn import Arrival


def noting(app: App, path: Path) -> None:
    """Write down when each update was committed: "<key> <seconds of the monotonic clock>" per line."""
    handle, file = app.dispatcher.handle, path.open("w", buffering=1 << 16)

    def timed(arrivals: Sequence[Arrival], cursors: Mapping[int, str] | None = None) -> set[int]:
        new = handle(arrivals, cursors)
        now = time.monotonic()
        file.write("".join(f"{each.incoming.key[1:]} {now}\n" for each in arrivals))
        file.flush()
        return new

    app.dispatcher.handle = timed  # type: ignore[method-assign]


async def _silent(_callback_id: str) -> None:
    """Nobody sends anything: the peers do not acknowledge presses either."""


async def run(folder: Path, answer: bool, times: Path) -> None:
    """Until it is killed."""
    settings = Settings(
        data_dir=folder, key_file=folder / "key", telegram_per_second=0, telegram_chat_per_second=0, sweep_seconds=3600
    )
    app = build(settings, open_storage(settings))
    noting(app, times)
    spare_the_collector()
    if answer:
        await app.run({"sender"})
        return
    await app.start()
    for adapter in app.fleet.adapters.values():
        adapter.acknowledge = _silent  # type: ignore[method-assign]
    await asyncio.gather(*(receiver.run() for receiver in app.fleet.receivers.values()))


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2] == "1", Path(sys.argv[3])))

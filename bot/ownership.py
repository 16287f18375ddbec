"""Which channels this process may poll and send on: a lease in the database, prolonged while the process lives.

A process that stops gives its channels back; one that dies on this machine is noticed at once, one on another machine
when its lease runs out (`lease_seconds`). Then another takes over.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlmodel import Session

from storage import processes, sending
from storage.db import Database

log = structlog.get_logger("ownership")

SAFETY = 1.0
"""Seconds before the lease's end at which we stop trusting it: clocks and pauses are never exact."""


def _started(pid: int) -> str:
    """When a process of this machine started, in ticks; "" when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _boot() -> str:
    """Tells this machine from others, and from itself before a restart."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        boot = ""
    return f"{socket.gethostname()}/{boot}"


def own_name() -> str:
    """The name of this process: machine, boot, process, start, and a mark of its own."""
    pid = os.getpid()
    return f"{_boot()}:{pid}:{_started(pid)}:{secrets.token_hex(3)}"


def is_dead(name: str) -> bool:
    """Whether the owner of this name has certainly ended: only for this machine's processes can that be told.

    Another name with our own process number is an earlier life of ours: a process builds itself once.
    """
    place, pid, started, _ = [*name.split(":"), "", "", ""][:4]
    if place != _boot() or not pid.isdecimal() or not started:
        return False
    return int(pid) == os.getpid() or _started(int(pid)) != started


class Ownership:
    """The channels that this process owns now. `renew` is called every few seconds."""

    def __init__(self, database: Database, *, seconds: float, parts: Collection[str]) -> None:
        self.name = own_name()
        self.owned: frozenset[int] = frozenset()
        self._database = database
        self._seconds = seconds
        self._parts = parts
        self._trusted_until = 0.0
        self._one_at_a_time = asyncio.Lock()

    @property
    def beat(self) -> float:
        """Seconds between two signs of life."""
        return self._seconds / 4

    def holds(self, channel_id: int) -> bool:
        """Whether we still own this channel, as far as our own watch can tell."""
        return channel_id in self.owned and time.monotonic() < self._trusted_until

    @property
    def is_fresh(self) -> bool:
        """Whether the last sign of life was given a short time ago."""
        return time.monotonic() < self._trusted_until - self._seconds / 2

    async def renew(self) -> frozenset[int]:
        """Give a sign of life and take what is ours. Returns the channels owned now; DatabaseDown when away."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._renew)

    def _renew(self) -> frozenset[int]:
        asked = time.monotonic()
        with self._database.transaction() as session:
            now = processes.moment(session)
            processes.sign_in(session, self.name, self._parts, now)
            for name in processes.names(session):
                if name != self.name and is_dead(name):
                    log.warning("another process has died", process=name)
                    processes.sign_out(session, name)
            owned = frozenset[int]()
            if "sender" in self._parts:
                owned = self._hold(session, now)
        self._trusted_until = asked + self._seconds - SAFETY
        self.owned = owned
        return owned

    def _hold(self, session: Session, now: datetime) -> frozenset[int]:
        span = timedelta(seconds=self._seconds)
        most = processes.share(session, now, span)
        owned = frozenset(processes.hold(session, self.name, now, now + span, most=most))
        gained = owned - self.owned
        if gained and (left := sending.abandon(session, gained)):
            log.warning("outcome unknown after a stop in the middle", messages=left, channels=len(gained))
        return owned

    async def give_back(self, channel_ids: Collection[int]) -> None:
        """These channels are free for others; call it when nothing of them is in flight any more."""
        self.owned -= frozenset(channel_ids)
        await asyncio.to_thread(self._release, channel_ids)

    def _release(self, channel_ids: Collection[int]) -> None:
        with self._database.transaction() as session:
            processes.release(session, self.name, channel_ids)

    async def sign_out(self) -> None:
        """This process ends."""
        self.owned = frozenset()
        await asyncio.to_thread(self._sign_out)

    def _sign_out(self) -> None:
        with self._database.transaction() as session:
            processes.sign_out(session, self.name)

"""The sandbox clock: real time plus an offset, so that a class can jump to the evening of the 3rd."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = timezone(timedelta(hours=7))
"""Viet Nam has one zone and no summer time."""


class Clock:
    """Tells the time to everything in the sandbox. `file` receives the offset in seconds whenever it changes."""

    def __init__(self, file: Path | None = None, offset: float = 0.0) -> None:
        self._file = file
        self.offset = offset
        self._write()

    def now(self) -> float:
        """Seconds since 1970 on this clock."""
        return time.time() + self.offset

    def iso(self, at: float | None = None) -> str:
        """An instant (default: now) as ISO text with its zone."""
        return datetime.fromtimestamp(self.now() if at is None else at, HERE).isoformat(timespec="milliseconds")

    def month(self) -> str:
        """The month that quotas are counted in: "2026-11"."""
        return datetime.fromtimestamp(self.now(), HERE).strftime("%Y-%m")

    def advance(self, seconds: float) -> None:
        """Move by so many seconds, also backwards."""
        self.offset += seconds
        self._write()

    def set(self, moment: datetime) -> None:
        """Move to an instant; without a zone it is taken as Viet Nam's time."""
        aware = moment if moment.tzinfo else moment.replace(tzinfo=HERE)
        self.offset = aware.timestamp() - time.time()
        self._write()

    def reset(self) -> None:
        """Back to real time."""
        self.offset = 0.0
        self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        beside = self._file.with_name(self._file.name + ".new")
        beside.write_text(f"{self.offset:.3f}", encoding="ascii")
        os.replace(beside, self._file)

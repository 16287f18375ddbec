"""What time it is. Everything that asks goes through a Clock, so that classes and tests can move it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware datetime in UTC."""

    def now(self) -> datetime:
        """This moment."""


class SystemClock:
    """The machine's clock, plus the seconds written in `offset_file` where there is one (settings, clock_file)."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._stamp: int | None = None
        self._offset = timedelta()

    def now(self) -> datetime:
        """This moment, moved by the offset; the file is read again only when it has changed."""
        return datetime.now(UTC) + self._current_offset()

    def _current_offset(self) -> timedelta:
        if self._file is None:
            return timedelta()
        try:
            stamp = self._file.stat().st_mtime_ns
            if stamp != self._stamp:
                self._offset = timedelta(seconds=float(self._file.read_text() or 0))
                self._stamp = stamp
        except (OSError, ValueError):  # missing, or caught half-written: the last known offset holds
            pass
        return self._offset

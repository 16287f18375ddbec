"""The check-in code that changes every 30 seconds: an HMAC of the step of time, as six digits and as a QR's mark.

The projector's page gets the meeting's key, so that it goes on without a network; the key opens nothing else. Who has
seen one code cannot work out the next.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.meetings import Meeting

STEP = 30
"""Seconds that one code is shown. The code before it is taken too: people need time to aim or to type."""
REMEMBERED = 4 * 3600 // STEP
"""Steps back in which a typed code is still recognised as an old one, which waits for the chair. No more than a
meeting's length: of 480 codes a wrong guess meets one in 2,000 times. [ours]"""
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a QR holds: whose meeting, which step, and the mark that only the meeting's key makes."""

    meeting_id: int
    step: int
    mark: str

    @property
    def text(self) -> str:
        """As it stands in an address: "12-58745123-0a1b2c3d4e5f6071"."""
        return f"{self.meeting_id}-{self.step}-{self.mark}"


def step_of(at: datetime) -> int:
    """The step that a moment lies in."""
    return int(at.timestamp()) // STEP


def begin_of(step: int) -> datetime:
    """When a step begins."""
    return datetime.fromtimestamp(step * STEP, UTC)


def new_secret() -> str:
    """A secret for one meeting."""
    return secrets.token_hex(32)


def key_of(meeting: Meeting) -> bytes:
    """What codes are made with: derived, so that the page never sees the secret itself."""
    return hmac.new(bytes.fromhex(meeting.check_in_secret), f"codes:{meeting.id}".encode(), hashlib.sha256).digest()


def _digest(key: bytes, step: int) -> bytes:
    return hmac.new(key, str(step).encode(), hashlib.sha256).digest()


def digits(key: bytes, step: int) -> str:
    """What people type."""
    return f"{int.from_bytes(_digest(key, step)[-4:], 'big') % 10**DIGITS:0{DIGITS}d}"


def mark(key: bytes, step: int) -> str:
    """What the QR carries."""
    return _digest(key, step)[:8].hex()


def ticket(meeting: Meeting, step: int) -> Ticket:
    """The QR's content for a step."""
    return Ticket(meeting.id or 0, step, mark(key_of(meeting), step))


def read_ticket(text: str) -> Ticket | None:
    """A ticket out of an address; None for anything else."""
    parts = text.split("-")
    if len(text) > 60 or len(parts) != 3 or not (parts[0].isascii() and parts[0].isdecimal() and parts[1].isdecimal()):
        return None
    meeting_id, step = int(parts[0]), int(parts[1])
    return Ticket(meeting_id, step, parts[2]) if meeting_id < 2**31 and step < 2**40 else None


def is_genuine(meeting: Meeting, shown: Ticket) -> bool:
    """Whether our page has made this ticket, whenever that was."""
    if not meeting.check_in_secret or meeting.id != shown.meeting_id:
        return False
    return hmac.compare_digest(mark(key_of(meeting), shown.step).encode(), shown.mark.encode())


def step_typed(meeting: Meeting, typed: str, at: datetime, *, back: int = REMEMBERED) -> int | None:
    """The newest step, up to `back` before the moment, whose digits these are; None when there is none."""
    if not meeting.check_in_secret:
        return None
    key, now = key_of(meeting), step_of(at)
    return next(
        (step for step in range(now, now - back - 1, -1) if hmac.compare_digest(digits(key, step), typed)), None
    )


def is_fresh(step: int, at: datetime) -> bool:
    """Whether a code was on the screen, or the one before it, at a moment."""
    return 0 <= step_of(at) - step <= 1

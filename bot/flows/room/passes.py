"""Sealed addresses of the room: the projector's page for a keeper, and a member's own pass for checking in."""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal, vault

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_LAYOUT = struct.Struct(">IIQ")
_STAMP = struct.Struct(">IIQII")
_MILLISECOND = timedelta(milliseconds=1)
LONGEST = 64
LIFE = timedelta(hours=36)
"""A pass is for one meeting: it lives until the day after, so that what a phone has kept can still be sent. [ours]"""


@dataclass(frozen=True, slots=True)
class Pass:
    """Which meeting, whose, and the channel that it was sent on."""

    meeting_id: int
    member_id: int
    channel_id: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page is given when it is loaded: whose pass opened it, and when, by our clock. `step`: of the code that
    was scanned to open it, 0 for any other page. A scan that a phone kept cannot be older than its stamp."""

    known: Pass
    step: int
    seen_at: datetime


def seal(purpose: str, wanted: Pass) -> str:
    """As it stands in an address. `purpose`: "board" or "member"; one does not open as the other."""
    return _text(purpose, _LAYOUT.pack(*_fields(wanted)))


def read(purpose: str, token: str, now: datetime) -> Pass:
    """The reverse; BadInput when it is forged or too old."""
    return _alive(_LAYOUT.unpack, purpose, token, now)[0]


def stamp(known: Pass, now: datetime, *, step: int = 0) -> str:
    """A Stamp of this second, as the page gets it."""
    return _text("seen", _STAMP.pack(*_fields(known), step, int(now.timestamp())))


def read_stamp(token: str, now: datetime) -> Stamp:
    """The reverse; BadInput when it is forged or its pass is too old."""
    known, (step, seen) = _alive(_STAMP.unpack, "seen", token, now)
    return Stamp(known, step, datetime.fromtimestamp(seen, UTC))


def _fields(wanted: Pass) -> tuple[int, int, int]:
    since = (wanted.made_at - _EPOCH) // _MILLISECOND
    return wanted.meeting_id, wanted.member_id, wanted.channel_id << 40 | since


def _text(purpose: str, plain: bytes) -> str:
    return base64.urlsafe_b64encode(_seal(purpose).seal(plain)).rstrip(b"=").decode()


def _alive(
    unpack: Callable[[bytes], tuple[int, ...]], purpose: str, token: str, now: datetime
) -> tuple[Pass, tuple[int, ...]]:
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
        meeting_id, member_id, rest, *more = unpack(_seal(purpose).open(sealed))
    except (binascii.Error, KeyProblem, ValueError, struct.error):
        raise BadInput("room.wrong-link") from None
    found = Pass(meeting_id, member_id, rest >> 40, _EPOCH + (rest & 0xFF_FFFF_FFFF) * _MILLISECOND)
    if not timedelta(0) <= now - found.made_at + _MILLISECOND <= LIFE:
        raise BadInput("room.old-link")
    return found, tuple(more)


def _seal(purpose: str) -> ShortSeal:
    return ShortSeal(vault().signing_key, f"room.{purpose}")

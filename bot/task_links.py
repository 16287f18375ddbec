"""Links to what belongs to tasks: the picture of a report, a member's own page, the empty plan. Sealed, for one member,
short-lived. Whether the member may see it is asked anew when one is opened."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal, vault

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LAYOUT = struct.Struct(">BIIQ")
"""What, its row, member, then channel (24 bits) and milliseconds since the epoch (40 bits, until 2058)."""
LONGEST = 64


class Thing(IntEnum):
    """What a link opens."""

    PICTURE = 1
    """Of a step (TaskReport)."""
    PAGE = 2
    """A member's own tasks."""
    TEMPLATE = 3
    """The empty plan of an organization, with the names of its members."""


SPANS = {Thing.PICTURE: timedelta(hours=1), Thing.PAGE: timedelta(days=1), Thing.TEMPLATE: timedelta(hours=1)}
"""So long a link opens. A picture is fetched by the platform at once; the hour is for messages that had to wait. [ours]
"""
PATHS = {Thing.PICTURE: "nv/{}.jpg", Thing.PAGE: "nv/{}", Thing.TEMPLATE: "nv/{}.xlsx"}
"""The picture's ending tells the sender that it is one (bot/outgoing.py)."""


@dataclass(frozen=True, slots=True)
class TaskLink:
    """One thing for one member; `channel_id`: the account that it was sent to."""

    thing: Thing
    row_id: int
    member_id: int
    channel_id: int
    made_at: datetime


class TaskLinks:
    """Makes and reads such links."""

    def __init__(self, public_url: str) -> None:
        self._seal = ShortSeal(vault().signing_key, "task")
        self.public_url = public_url.rstrip("/")

    def address(self, link: TaskLink) -> str:
        """The address, "" without a public address of ours."""
        since = (link.made_at - _EPOCH) // _MILLISECOND
        packed = _LAYOUT.pack(link.thing, link.row_id, link.member_id, link.channel_id << 40 | since)
        sealed = base64.urlsafe_b64encode(self._seal.seal(packed)).rstrip(b"=").decode()
        return f"{self.public_url}/{PATHS[link.thing].format(sealed)}" if self.public_url else ""

    def read(self, token: str, now: datetime) -> TaskLink:
        """What a token opens; BadInput when it is forged or too old."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
            thing, row_id, member_id, rest = _LAYOUT.unpack(self._seal.open(sealed))
            made_at = _EPOCH + (rest & 0xFF_FFFF_FFFF) * _MILLISECOND
            link = TaskLink(Thing(thing), row_id, member_id, rest >> 40, made_at)
        except (binascii.Error, KeyProblem, ValueError, struct.error):
            raise BadInput("taskpage.wrong-link") from None
        if now - link.made_at > SPANS[link.thing]:
            raise BadInput("taskpage.expired")
        return link

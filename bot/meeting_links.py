"""Links to a meeting's invitation and calendar file, for platforms that take no files: sealed, for one member."""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from enum import IntEnum

from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal, vault

_LAYOUT = struct.Struct(">BII")
LONGEST = 64


class Sheet(IntEnum):
    """What a link opens."""

    CALENDAR = 1
    PLAIN = 2
    NAMED = 3


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """One file about a meeting for one member. Whether they may have it is asked anew when it is opened."""

    sheet: Sheet
    meeting_id: int
    member_id: int


class MeetingLinks:
    """Makes and reads such links."""

    def __init__(self, public_url: str) -> None:
        self._seal = ShortSeal(vault().signing_key, "meeting")
        self.public_url = public_url.rstrip("/")

    def address(self, link: MeetingLink) -> str:
        """The address, "" without a public address of ours."""
        packed = _LAYOUT.pack(link.sheet, link.meeting_id, link.member_id)
        sealed = base64.urlsafe_b64encode(self._seal.seal(packed)).rstrip(b"=").decode()
        return f"{self.public_url}/gm/{sealed}" if self.public_url else ""

    def read(self, token: str) -> MeetingLink:
        """What a token opens; BadInput when it is forged."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
            sheet, meeting_id, member_id = _LAYOUT.unpack(self._seal.open(sealed))
            return MeetingLink(Sheet(sheet), meeting_id, member_id)
        except (binascii.Error, KeyProblem, ValueError, struct.error):
            raise BadInput("reader.wrong-link") from None

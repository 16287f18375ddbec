"""Links to pages: short-lived, bound to the account that they were sent to, sealed, so that an address tells nothing.

What a link opens is sealed in its address (storage/crypto.py, ShortSeal): document, member, channel and the moment
when it was made. Nothing is stored for it, and yet it can be revoked: storage/reading_links.py knows since when a
member's links count.
"""

from __future__ import annotations

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, SystemClock
from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal

_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_LAYOUT = struct.Struct(">IIQ")
"""Document, member, then channel (24 bits) and milliseconds since the epoch (40 bits, until 2058): 16 bytes, which
make an address of 43 characters."""
_MILLISECOND = timedelta(milliseconds=1)
LONGEST = 64
"""Characters of a token that is looked at. [ours]"""


@dataclass(frozen=True, slots=True)
class PaperLink:
    """What a link to a paper opens, and for whom. `channel_id` 0: sent to no account in particular."""

    document_id: int
    member_id: int
    channel_id: int
    made_at: datetime


class Links:
    """Makes and reads links. `public_url` "" means that phones cannot reach us: then there are no links."""

    def __init__(self, signing_key: str, public_url: str, *, days: int, clock: Clock | None = None) -> None:
        self._seal = ShortSeal(signing_key, "paper")
        self._clock = clock or SystemClock()
        self.public_url = public_url.rstrip("/")
        self.span = timedelta(days=days)

    def paper(self, document_id: int, member_id: int, *, channel_id: int = 0) -> str:
        """A link for one member, in their chat on a channel, to one paper; "" without a public address."""
        return self.address(PaperLink(document_id, member_id, channel_id, self._clock.now()))

    def address(self, link: PaperLink) -> str:
        """The address of a link, "" without a public address of ours."""
        return f"{self.public_url}/d/{self.token(link)}" if self.public_url else ""

    def token(self, link: PaperLink) -> str:
        """The link as it stands in an address."""
        since = (link.made_at - _EPOCH) // _MILLISECOND
        sealed = self._seal.seal(_LAYOUT.pack(link.document_id, link.member_id, link.channel_id << 40 | since))
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def read_paper(self, token: str) -> PaperLink:
        """What a token opens; BadInput when it is forged or too old."""
        link = self._opened(token)
        if self._clock.now() - link.made_at > self.span:
            raise BadInput("reader.expired")
        return link

    def _opened(self, token: str) -> PaperLink:
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
            document_id, member_id, rest = _LAYOUT.unpack(self._seal.open(sealed))
        except (binascii.Error, KeyProblem, ValueError, struct.error):
            raise BadInput("reader.wrong-link") from None
        link = PaperLink(document_id, member_id, rest >> 40, _EPOCH + (rest & 0xFF_FFFF_FFFF) * _MILLISECOND)
        if self.token(link) != token:  # the last character has bits to spare: one link, one spelling
            raise BadInput("reader.wrong-link")
        return link

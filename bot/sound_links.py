"""Addresses of sound: what Zalo's servers are given to fetch a voice message from, and a phone to play it.

Sealed under a salt of its own: who holds one (Zalo, or whoever a voice message was forwarded to) hears this paper's
parts and cannot open its page, let alone speak for the member.
"""

from __future__ import annotations

from bot.links import Links, PaperLink
from storage.crypto import ShortSeal, vault


class SoundLinks(Links):
    """Like Links, for `{public_url}/nghe/{token}/{position}.aac`."""

    def __init__(self, links: Links) -> None:
        super().__init__(vault().signing_key, links.public_url, days=links.span.days, clock=links._clock)
        self._seal = ShortSeal(vault().signing_key, "sound")

    def sound(self, document_id: int, member_id: int, position: int, *, channel_id: int = 0) -> str:
        """The address of one part for one member's chat, "" without a public address of ours."""
        if not self.public_url:
            return ""
        token = self.token(PaperLink(document_id, member_id, channel_id, self._clock.now()))
        return f"{self.public_url}/nghe/{token}/{position}.aac"

"""Links to the paper of a meeting, where a platform takes no files: sealed, for one member."""

from __future__ import annotations

import base64
import binascii
import struct

from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal, vault

_LAYOUT = struct.Struct(">II")
LONGEST = 64


class MinutesLinks:
    """Makes and reads such links. Whether the member may see the paper is asked anew when one is opened."""

    def __init__(self, public_url: str) -> None:
        self._seal = ShortSeal(vault().signing_key, "minutes")
        self.public_url = public_url.rstrip("/")

    def address(self, paper_id: int, member_id: int) -> str:
        """The address, "" without a public address of ours."""
        sealed = base64.urlsafe_b64encode(self._seal.seal(_LAYOUT.pack(paper_id, member_id))).rstrip(b"=").decode()
        return f"{self.public_url}/bb/{sealed}" if self.public_url else ""

    def read(self, token: str) -> tuple[int, int]:
        """(paper, member) of a token; BadInput when it is forged."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
            paper_id, member_id = _LAYOUT.unpack(self._seal.open(sealed))
        except (binascii.Error, KeyProblem, ValueError, struct.error):
            raise BadInput("reader.wrong-link") from None
        return paper_id, member_id

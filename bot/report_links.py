"""Links to tables that somebody asked for: sealed like links to papers (bot/links.py), for one member, some days."""

from __future__ import annotations

import base64
import binascii
import struct

from bot.errors import BadInput
from storage.crypto import KeyProblem, ShortSeal, vault

_LAYOUT = struct.Struct(">II")
LONGEST = 48


class ReportLinks:
    """Makes and reads links to report jobs."""

    def __init__(self, public_url: str) -> None:
        self._seal = ShortSeal(vault().signing_key, "report")
        self.public_url = public_url.rstrip("/")

    def address(self, job_id: int, member_id: int) -> str:
        """A link for one member to one table; "" without a public address of ours."""
        sealed = base64.urlsafe_b64encode(self._seal.seal(_LAYOUT.pack(job_id, member_id))).rstrip(b"=").decode()
        return f"{self.public_url}/r/{sealed}" if self.public_url else ""

    def read(self, token: str) -> tuple[int, int]:
        """(job id, member id) that a token opens; BadInput when it is forged."""
        try:
            sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)) if len(token) <= LONGEST else b""
            job_id, member_id = _LAYOUT.unpack(self._seal.open(sealed))
        except (binascii.Error, KeyProblem, ValueError, struct.error):
            raise BadInput("reader.wrong-link") from None
        return int(job_id), int(member_id)

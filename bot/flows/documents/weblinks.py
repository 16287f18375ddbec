"""A paper that is a link: kept as it was written, shown to readers, never fetched by us."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.errors import BadInput
from bot.flows.documents.intake import Piece
from bot.secrecy import Gate, Verdict, judge

LENGTH = 500
"""Characters of an address that people can still be sent. [ours]"""
_ADDRESS = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*)://\S+")
_WORDS = 12
"""With so many words around it, it is a text that names an address, not a link paper. [ours]"""


def link_in(text: str) -> str:
    """The https address in a text, "" without one. BadInput for any other kind of address, or one that is broken."""
    found = _ADDRESS.search(text)
    if found is None:
        return ""
    address = found[0].rstrip(".,;:!?)\"'”»")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise BadInput("publishing.link-wrong") from None
    if parts.scheme.lower() != "https" or "." not in host or parts.username or len(address) > LENGTH:
        raise BadInput("publishing.link-wrong")
    return address


def read_link(text: str) -> Piece | None:
    """A message that is a link with at most a few words, as a piece of a paper; None for any other text.

    What lies behind an address cannot be judged: the sender answers for it, as for a scan.
    """
    if not _ADDRESS.search(text) or len(text.split()) > _WORDS:
        return None
    link_in(text)
    verdict = judge(text)
    unread = Verdict(Gate.UNREADABLE) if verdict.gate is Gate.OPEN else verdict
    return Piece(text.strip(), verdict=unread)

"""Who opens which paper: a link that was checked, and the browser that it belongs to.

A link is all that is needed to read. To speak for the member (read, asked, consents, time) the browser has to be the
one that the link belongs to: the first that comes back with the cookie it was given (docs/threat-model.md). Programs
that fetch a page to draw its preview keep no cookies and get none.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from bot.errors import BadInput
from bot.links import PaperLink
from bot.web.server import WebParts
from storage import documents, members, reading_links
from storage.crypto import vault
from storage.documents import Document, DocumentState
from storage.members import Member, Status
from storage.reading_links import LinkBrowser
from storage.shown_files import SHOWN
from storage.sight import of_member, sees

COOKIE = "sotay-reader"
_BROWSER = re.compile(r"[A-Za-z0-9_-]{22}")
PREVIEWS = ("bot", "crawl", "spider", "preview", "externalhit")
"""Words in the name of programs that fetch a link to draw its preview; their visit is nobody's opening."""


@dataclass(frozen=True, slots=True)
class Visit:
    """`mine`: this browser may speak for the member. `browser`: the hash of its cookie, "" without one. `addressed`:
    the paper is for the member; else they only oversee it."""

    link: PaperLink
    document: Document
    member: Member
    browser: str
    mine: bool
    addressed: bool

    @property
    def ids(self) -> tuple[int, int]:
        """(document id, member id)."""
        return self.document.id or 0, self.member.id or 0


def enter(session: Session, parts: WebParts, token: str, cookie: str) -> Visit:
    """Check a link. BadInput when it is forged, too old, revoked, of somebody who has left, or its document withdrawn.

    Whoever gets such an answer learns nothing else: what never was and what is not allowed look the same.
    """
    link = parts.links.read_paper(token)
    try:
        document, member = documents.get(session, link.document_id), members.get(session, link.member_id)
    except LookupError:
        raise BadInput("reader.wrong-link") from None
    addressed = documents.is_for(session, document, member)
    if member.status == Status.LEFT or not (addressed or oversees(session, document, member)):
        raise BadInput("reader.wrong-link")
    if not reading_links.counts(session, link.member_id, channel_id=link.channel_id, made_at=link.made_at):
        raise BadInput("reader.expired")
    if document.state == DocumentState.WITHDRAWN:
        raise BadInput("reader.withdrawn")
    if document.state not in SHOWN:
        raise BadInput("reader.wrong-link")
    browser = _hash(cookie, "browser") if _BROWSER.fullmatch(cookie) else ""
    holder = reading_links.browser_of(session, _hash(token, "link"))
    return Visit(link, document, member, browser, mine=holder is None or holder == browser, addressed=addressed)


def oversees(session: Session, document: Document, member: Member) -> bool:
    """Whether a paper stands in an organization that this member leads: they read it, and have nothing to confirm."""
    who = of_member(session, member)
    return bool(who.led) and sees(session, who, document.id or 0, states=list(DocumentState))


def claim(session: Session, visit: Visit, token: str) -> bool:
    """Give a link without a browser to this one. Returns whether the link is this browser's.

    A browser that keeps no cookies is let in as long as no other one has come.
    """
    if not visit.mine or not visit.browser:
        return visit.mine
    row = LinkBrowser(
        link_hash=_hash(token, "link"), browser_hash=visit.browser, member_id=visit.ids[1], at=visit.link.made_at
    )
    return reading_links.claim(session, row) == visit.browser


def needs_claim(session: Session, visit: Visit, token: str) -> bool:
    """Whether this browser is the first that came back."""
    return visit.mine and bool(visit.browser) and reading_links.browser_of(session, _hash(token, "link")) is None


def _hash(value: str, purpose: str) -> str:
    return vault().fingerprint(value, f"reader.{purpose}")


def cookie_of(request: Request) -> str:
    """The browser's cookie for this link, "" without one."""
    return request.cookies.get(COOKIE, "")


def is_preview(request: Request) -> bool:
    """Whether a program fetches the page to draw its preview."""
    agent = request.headers.get("user-agent", "").lower()
    return request.method != "GET" or any(word in agent for word in PREVIEWS)


def give_cookie(response: Response, parts: WebParts, token: str) -> None:
    """A random mark for this browser and this link alone: it cannot be followed from one paper to the next."""
    address = urlsplit(parts.links.public_url)
    response.set_cookie(
        COOKIE,
        secrets.token_urlsafe(16),
        max_age=int(parts.links.span.total_seconds()),
        path=f"{address.path}/d/{token}",
        secure=address.scheme == "https",
        httponly=True,
        samesite="lax",  # strict would not be sent when the link is pressed in a chat, and the member locked out
    )

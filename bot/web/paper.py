"""What a paper's page says: gathered here, laid out in templates/reader.html."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.dates import day, moment
from bot.flows.documents import pages
from bot.flows.documents.pages import Leaf
from bot.links import PaperLink
from bot.texts import t
from bot.web.display import Display
from bot.web.server import WebParts
from bot.web.visits import Visit, oversees
from storage import audios, consents, documents, faq, organizations, readers
from storage.consents import Decision, Purpose
from storage.documents import Document, DocumentState, Reading
from storage.faq import FaqEntry
from storage.shown_files import SHOWN

ASKED_HERE = (Purpose.STUDY, Purpose.READING)
"""What the page asks for, one question at a time, until each has an answer."""
_ADDRESS = re.compile(r"https://[^\s<>\"']+[^\s<>\"'.,;:!?)]")


@dataclass(frozen=True, slots=True)
class Offer:
    """Published answers (ids) that are like what the member wants to ask, and what they have written."""

    entries: tuple[int, ...]
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """How a page was asked for. `part` from 1; `tries`: wrong answers to the short question so far; `quiet`: ask for
    no consent this time; `depth`: folders of the address below /d/."""

    display: Display
    part: int = 1
    message: str = ""
    problem: str = ""
    tries: int = 0
    quiet: bool = False
    depth: int = 1
    offer: Offer | None = None


def values(session: Session, parts: WebParts, visit: Visit, wish: Wish) -> dict[str, Any]:
    """Everything that the template needs."""
    document, (document_id, member_id) = visit.document, visit.ids
    found = pages.leaves(session, parts.store, document_id)
    portions = pages.parts(found)
    part = min(max(wish.part, 1), len(portions))
    here = parts.links.token(visit.link)
    row = documents.reading(session, document_id, member_id) if visit.mine else None
    return {
        "root": "../" * wish.depth,
        "here": "../" * (wish.depth - 1) + here,
        "wish": wish,
        "display": wish.display,
        "document": document,
        "issued_on": day(document.issued_on, weekday=False) if document.issued_on else "",
        "read_by": moment(document.read_by, parts.zone) if document.read_by else "",
        "ended": _ended(document),
        "notes": _notes(session, visit),
        "body": [linked(line) for line in document.body.splitlines() if line.strip()],
        "shown": [(leaf, _words(parts, leaf, place, wish)) for place, leaf in enumerate(portions[part - 1])],
        "part": part,
        "parts": len(portions),
        "total": sum(1 for leaf in found if leaf.kind == "picture"),
        "has_words": any(leaf.kind == "picture" and pages.words(parts.store, leaf) for leaf in found[:3]),
        "sounds": audios.parts(session, document_id),
        "takeaways": _takeaways(document, found),
        "mine": visit.mine,
        "open": document.state == DocumentState.PUBLISHED and visit.addressed,
        "read": row is not None and row.acknowledged_at is not None,
        **(_own(session, parts, visit, (row, wish)) if visit.mine else {}),
    }


def _own(session: Session, parts: WebParts, visit: Visit, of: tuple[Reading | None, Wish]) -> dict[str, Any]:
    """What only the member's own browser is shown."""
    row, wish = of
    said = consents.latest(session, visit.ids[1])
    studies = Purpose.STUDY in said and said[Purpose.STUDY].decision == Decision.GIVEN
    question = next((purpose for purpose in ASKED_HERE if purpose not in said), None)
    return {
        "newer": _newer(session, parts, visit),
        "earlier": _earlier(session, parts, visit),
        "consent": question if visit.addressed and not wish.quiet else None,
        "studies": studies,
        "similar": [each for each in _similar(session, wish.offer) if each is not None],
        "studied": studied(row.studied_seconds if row else 0) if studies else "",
    }


def _similar(session: Session, offer: Offer | None) -> list[FaqEntry | None]:
    found = faq.these(session, offer.entries) if offer else {}
    return [found.get(each) for each in offer.entries] if offer else []


def studied(seconds: int) -> str:
    """ "Đồng chí đã đọc 6 phút." """
    return t("reader.studied", minutes=seconds // 60) if seconds >= 60 else t("reader.studied-little")


def linked(line: str) -> list[tuple[str, bool]]:
    """A line cut at its web addresses: (text, is an address)."""
    found: list[tuple[str, bool]] = []
    end = 0
    for address in _ADDRESS.finditer(line):
        found += [(line[end : address.start()], False), (address[0], True)]
        end = address.end()
    return [piece for piece in [*found, (line[end:], False)] if piece[0]]


def _ended(document: Document) -> str:
    """The mark of a paper that is not in force any more, "" for one that is."""
    return document.state if document.state in {DocumentState.REPLACED, DocumentState.EXPIRED} else ""


def _notes(session: Session, visit: Visit) -> list[tuple[str, str]]:
    """(who, what) the levels above the member have added."""
    home = organizations.get(session, visit.member.organization_id)
    return [(top.name, note.text) for top, note in readers.notes(session, visit.ids[0], home.path)]


def _words(parts: WebParts, leaf: Leaf, place: int, wish: Wish) -> list[str]:
    """The words of a leaf where they are wanted: running text, all pages in large print, and the first page, whose
    words are there before its picture."""
    first = place == 0 and wish.part <= 1
    return pages.words(parts.store, leaf) if leaf.kind == "text" or wish.display.words or first else []


def _takeaways(document: Document, found: list[Leaf]) -> list[Leaf]:
    """The files that may be kept."""
    if not document.downloadable:
        return []
    return list({leaf.position: leaf for leaf in found if leaf.kind != "sound"}.values())


def _newer(session: Session, parts: WebParts, visit: Visit) -> str:
    """The address of the version in force, "" when this is it."""
    if visit.document.state != DocumentState.REPLACED:
        return ""
    current = documents.current_version(session, visit.ids[0])
    return _address_of(session, parts, visit, current)


def _earlier(session: Session, parts: WebParts, visit: Visit) -> list[tuple[str, str]]:
    """(title, address) of what this paper has replaced, the newest first."""
    found = []
    for each in documents.earlier_versions(session, visit.ids[0]):
        shown_on = each.published_at.astimezone(parts.zone).date() if each.published_at else None
        title = t("reader.version", number=each.version, day=day(shown_on, weekday=False) if shown_on else "")
        found.append((title, _address_of(session, parts, visit, each)))
    return [(title, address) for title, address in found if address]


def _address_of(session: Session, parts: WebParts, visit: Visit, other: Document) -> str:
    """A link of the same moment to another version: it does not live longer than the one in hand."""
    if other.state not in SHOWN or other.id == visit.ids[0]:
        return ""
    if not (documents.is_for(session, other, visit.member) or oversees(session, other, visit.member)):
        return ""
    link = visit.link
    return parts.links.token(PaperLink(other.id or 0, link.member_id, link.channel_id, link.made_at))

"""Which papers a person may see in the library: the one condition that search, lists and opening share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import Session, col, select

from storage import members, organizations
from storage.documents import EVERYONE, Document, DocumentState, Reading, path_ids
from storage.members import LEADING, Member
from storage.organizations import Organization, below

FOUND = (DocumentState.PUBLISHED, DocumentState.EXPIRED, DocumentState.REPLACED)
"""What a search looks through; a replaced paper leads to its successor. Never drafts or withdrawn ones."""
SHOWN = (DocumentState.PUBLISHED, DocumentState.EXPIRED)
"""What is put in front of people."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks. `home`: path of the member's own organization ("/1/4/9/"); `led`: paths of those that they lead."""

    member_id: int
    home: str
    led: tuple[str, ...] = ()
    over: bool = False
    """Only what stands below `led`: the papers over which this person has rights."""

    @property
    def above(self) -> list[int]:
        """The organizations whose papers for everybody are also for this person."""
        return list(dict.fromkeys(number for path in (self.home, *self.led) for number in path_ids(path)))

    def overseen(self) -> Sight:
        """The same person as a leader: only papers of organizations that they lead."""
        return Sight(self.member_id, self.home, self.led, over=True)

    def own(self) -> Sight:
        """The same person as a plain member: what is for them, not what they oversee."""
        return Sight(self.member_id, self.home)


def visible(sight: Sight) -> ColumnElement[bool]:
    """The condition on a Document: for everybody of an organization above, or sent to this member by name, or from
    an organization that they lead. It says nothing about the document's state."""
    led = [col(Document.organization_id).in_(select(Organization.id).where(below(path))) for path in sight.led]
    if sight.over:
        return or_(false(), *led)
    sent = select(Reading.id).where(
        col(Reading.document_id) == col(Document.id), col(Reading.member_id) == sight.member_id
    )
    for_all = and_(col(Document.organization_id).in_(sight.above), col(Document.audience) == EVERYONE)
    return or_(for_all, sent.correlate(Document).exists(), *led)


def of_member(session: Session, member: Member) -> Sight:
    """What a member may see: as one, and below what they lead."""
    member_id = member.id or 0
    led = tuple(dict.fromkeys(top.path for kind, top in members.roles(session, member_id) if kind in LEADING))
    return Sight(member_id, organizations.get(session, member.organization_id).path, led)


def sees(session: Session, sight: Sight, document_id: int, *, states: Collection[str] = SHOWN) -> bool:
    """Whether this person may see this paper, in one of these states."""
    query = select(Document.id).where(Document.id == document_id, col(Document.state).in_(states), visible(sight))
    return session.exec(query).first() is not None


def _reaching(who: Sight, path: str) -> Any:
    """Papers in force that reach into the subtree at `path`, from above or inside it, and that this person sees."""
    inside = select(Organization.id).where(below(path))
    over = col(Document.organization_id).in_(path_ids(path)) | col(Document.organization_id).in_(inside)
    return select(Document).where(Document.state == DocumentState.PUBLISHED, over, visible(who)).order_by(*_NEWEST)


_NEWEST = (col(Document.published_at).desc(), col(Document.id).desc())


def reaching(session: Session, who: Sight, path: str, limit: int = 200) -> list[Document]:
    """The newest papers in force that reach into a subtree and that this person may see."""
    return list(session.exec(_reaching(who, path).limit(limit)))


def reaching_with_number(session: Session, who: Sight, path: str, begins: str) -> list[Document]:
    """The same, all of them, with a number key that begins so ("21-")."""
    found = _reaching(who, path).where(col(Document.number_key).startswith(begins, autoescape=True))
    return list(session.exec(found))

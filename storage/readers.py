"""Whom a paper is for: a subtree, roles in it, or a list of names and organizations; resolved to Readings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, false, func, insert, literal, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.audience import Reach, groups_below, in_base, preferred_among, preferred_exists
from storage.documents import LISTED, Document, DocumentFile, DocumentNote, DocumentState, Reading, path_ids
from storage.files import StoredFile
from storage.members import Member, Role, RoleKind, Standing, Status
from storage.organizations import Organization, below, inside

ROLE_SETS: dict[str, tuple[RoleKind, ...]] = {
    "secretaries": (RoleKind.SECRETARY, RoleKind.DEPUTY),
    "committee": (RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE),
    "volunteers": (RoleKind.VOLUNTEER,),
}
"""The circles that a paper can be for, by name: the ones that papers are addressed to in practice [i]."""


@dataclass(frozen=True, slots=True)
class Target:
    """An audience inside the subtree at `path`. `circle`: a name in ROLE_SETS; `members` and `organizations` are ids;
    `readers_of`: the readers of this document. All of them empty: everybody."""

    path: str
    circle: str = ""
    members: tuple[int, ...] = ()
    organizations: tuple[int, ...] = ()
    readers_of: int = 0

    @property
    def is_everybody(self) -> bool:
        """Whether it is the whole subtree: only then groups get a post, and newcomers get the paper."""
        return not (self.circle or self.members or self.organizations or self.readers_of)

    def who(self) -> tuple[Any, ...]:
        """The conditions on Member and Organization. A circle and a list of names may hold volunteers, who are no
        members."""
        if self.is_everybody:
            return in_base(self.path)
        return (*in_base(self.path, supporters=True), self.only())

    def only(self) -> Any:
        """What the audience adds to "in the subtree"."""
        if self.circle:
            return col(Member.id).in_(_holding(self.path, ROLE_SETS[self.circle]))
        if self.readers_of:
            return col(Member.id).in_(select(Reading.member_id).where(Reading.document_id == self.readers_of))
        theirs = or_(*(col(Organization.path).contains(f"/{each}/") for each in self.organizations), false())
        return or_(col(Member.id).in_(self.members), and_(theirs, col(Member.standing) != Standing.SUPPORTER))


def _holding(path: str, kinds: Collection[RoleKind]) -> Any:
    top = aliased(Organization)
    return (
        select(Role.member_id)
        .join(top, col(top.id) == col(Role.organization_id))
        .where(inside(col(top.path), path), col(Role.kind).in_(kinds))
    )


def reach(session: Session, target: Target) -> Reach:
    """Count before asking "send it?"."""
    account = preferred_among(target.who())
    query = (
        select(account.c.channel_id, func.count())
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .outerjoin(account, account.c.member_id == col(Member.id))
        .where(*target.who())
        .group_by(account.c.channel_id)
    )
    found: dict[int | None, int] = dict(session.exec(query).all())
    members = sum(found.values())
    messages = {channel_id: count for channel_id, count in found.items() if channel_id is not None}
    groups = groups_below(session, target.path) if target.is_everybody else []
    return Reach(members, sum(messages.values()), len(groups), messages)


def readers_of(path: str, document_id: int, via: int | None = None) -> tuple[Any, ...]:
    """The conditions on Member and Organization "in this subtree, with a Reading of this document". `via`: only those
    to whom this level passed it on."""
    mine = select(Reading.member_id).where(Reading.document_id == document_id)
    mine = mine if via is None else mine.where(Reading.via == via)
    return (below(path), Member.status != Status.LEFT, col(Member.id).in_(mine))


def has_none(document_id: int) -> Any:
    """The condition on Member "this document was never sent to them"."""
    there = select(Reading.id).where(Reading.document_id == document_id, Reading.member_id == Member.id).exists()
    return ~there


def count(session: Session, document_id: int, path: str) -> int:
    """How many members of a subtree have a document."""
    query = (
        select(func.count())
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*in_base(path), ~has_none(document_id))
    )
    return session.exec(query).one()


def listed_for(session: Session, member_id: int) -> list[Document]:
    """Published papers for a list that a member is on, the newest first."""
    query = (
        select(Document)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == member_id, Document.audience == LISTED, Document.state == DocumentState.PUBLISHED)
    )
    return list(session.exec(query.order_by(col(Document.published_at).desc(), col(Document.id).desc())))


_COLUMNS = ["document_id", "member_id", "reachable", "how", "studied_seconds", "reminders", "via"]


def enroll(session: Session, document_id: int, who: tuple[Any, ...], *, via: int | None = None) -> int:
    """One Reading for everybody who meets the conditions and has none yet, in one statement. Returns how many."""
    values: list[Any] = [
        literal(document_id), col(Member.id), preferred_exists(), literal(""), literal(0), literal(0),
        literal(via, Integer),
    ]  # fmt: skip
    rows = (
        select_columns(*values)
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*who, has_none(document_id))
    )
    return _inserted(session, rows)


def enroll_as(session: Session, document_id: int, earlier_id: int) -> int:
    """The readers of an earlier version, those to whom it was passed on among them: unread, for it is another paper."""
    values: list[Any] = [
        literal(document_id), col(Member.id), preferred_exists(), literal(""), literal(0), literal(0),
        col(Reading.via),
    ]  # fmt: skip
    rows = (
        select_columns(*values)
        .select_from(Member)
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .where(col(Reading.document_id) == earlier_id, col(Member.status) != Status.LEFT)
    )
    return _inserted(session, rows)


def _inserted(session: Session, rows: Any) -> int:
    """Insert Readings out of a query. Returns how many; psycopg tells only when it is asked to keep the count."""
    statement = insert(Reading).from_select(_COLUMNS, rows).execution_options(preserve_rowcount=True)
    return session.connection().execute(statement).rowcount


def notes(session: Session, document_id: int, path: str) -> list[tuple[Organization, DocumentNote]]:
    """What the levels above the organization at `path` (and itself) have added to a paper, the highest first."""
    query = (
        select(Organization, DocumentNote)
        .join(DocumentNote, col(DocumentNote.organization_id) == col(Organization.id))
        .where(DocumentNote.document_id == document_id, col(Organization.id).in_(path_ids(path)))
        .order_by(func.length(col(Organization.path)), col(Organization.id))
    )
    return list(session.exec(query))


def note_of(session: Session, document_id: int, organization_id: int) -> DocumentNote | None:
    """What one level has added."""
    query = select(DocumentNote).where(
        DocumentNote.document_id == document_id, DocumentNote.organization_id == organization_id
    )
    return session.exec(query.with_for_update()).first()


def organizations_named(session: Session, paths: Collection[str], wanted: str, limit: int = 10) -> list[Organization]:
    """Organizations of these subtrees whose folded name holds these folded words, by name."""
    if not paths or not wanted:
        return []
    query = select(Organization).where(or_(*(below(path) for path in paths)))
    query = query.where(col(Organization.name_key).contains(wanted, autoescape=True))
    exact_first = (col(Organization.name_key) != wanted, col(Organization.name_key), col(Organization.id))
    return list(session.exec(query.order_by(*exact_first).limit(limit)))


def people(session: Session, path: str, offset: int, limit: int) -> list[Member]:
    """Those of a subtree who have not left, volunteers among them, by name."""
    query = (
        select(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*in_base(path, supporters=True))
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query.offset(offset).limit(limit)))


def children(session: Session, organization_id: int, offset: int, limit: int) -> list[Organization]:
    """The organizations directly below one, by name."""
    query = select(Organization).where(Organization.parent_id == organization_id)
    return list(
        session.exec(query.order_by(col(Organization.name_key), col(Organization.id)).offset(offset).limit(limit))
    )


def same_number(session: Session, organization_id: int, number_key: str) -> list[Document]:
    """Published papers of an organization with exactly this number, the newest first."""
    query = select(Document).where(
        Document.organization_id == organization_id, Document.number_key == number_key,
        Document.state == DocumentState.PUBLISHED,
    )  # fmt: skip
    return list(session.exec(query.order_by(col(Document.id).desc())))


def _sent_to(organization_id: int) -> Any:
    """Papers that an organization was sent, whatever has become of them, except what was withdrawn."""
    gone = (DocumentState.DRAFT, DocumentState.WITHDRAWN)
    mine = select(Document).where(Document.organization_id == organization_id, col(Document.state).not_in(gone))
    return mine.order_by(col(Document.id).desc())


def with_content(session: Session, organization_id: int, sha256: str) -> Document | None:
    """The newest paper of an organization that has a file with this content; None without one."""
    query = (
        _sent_to(organization_id)
        .join(DocumentFile, col(DocumentFile.document_id) == col(Document.id))
        .join(StoredFile, col(StoredFile.id) == col(DocumentFile.file_id))
        .where(StoredFile.sha256 == sha256)
    )
    found: Document | None = session.exec(query).first()
    return found


def with_body(session: Session, organization_id: int, body: str) -> Document | None:
    """The newest paper of an organization that is this very text; None without one."""
    found: Document | None = session.exec(_sent_to(organization_id).where(Document.body == body)).first()
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """One line of the register. Unit of `readers` and `read`: members."""

    document: Document
    organization: str
    readers: int
    read: int


def register(session: Session, path: str, *, state: str, limit: int) -> list[Register]:
    """Papers of a subtree ("" for the whole installation), in this state ("" for any), the newest first."""
    query = select(Document, Organization.name).join(
        Organization, col(Organization.id) == col(Document.organization_id)
    )
    query = query.where(below(path)) if path else query
    query = query.where(Document.state == state) if state else query
    rows = list(session.exec(query.order_by(col(Document.id).desc()).limit(limit)))
    counted = (
        select(Reading.document_id, func.count(), func.count(col(Reading.acknowledged_at)))
        .where(col(Reading.document_id).in_([document.id for document, _ in rows]))
        .group_by(col(Reading.document_id))
    )
    counts = {document_id: (total, read) for document_id, total, read in session.exec(counted)}
    return [Register(document, name, *counts.get(document.id or 0, (0, 0))) for document, name in rows]

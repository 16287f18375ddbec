"""Documents, their files, and who has read what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, and_, bindparam, case, func, insert, literal, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from storage.audience import in_base
from storage.channels import Channel, ChannelState
from storage.db import Instant
from storage.members import Account, Member, Standing, Status
from storage.organizations import Organization, below


class DocumentState(StrEnum):
    """The life of a document."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    EXPIRED = "expired"


EVERYONE = "everyone"
"""`Document.audience`: all members of the subtree."""
LISTED = "listed"
"""`Document.audience`: only members with a Reading (roles or a list of names, resolved when it was published)."""
GUIDANCE = "guidance"
"""`Document.section` of papers that stand under "Hướng dẫn nghiệp vụ"."""


class Document(SQLModel, table=True):
    """One paper. `organization_id` is the top of the subtree that it is for; `number_key` its number folded."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    number: str = ""
    number_key: str = Field(default="", index=True)
    kind: str = ""
    issued_on: date | None = None
    issuer: str = ""
    summary: str = ""
    search_key: str = ""
    """Number and summary without diacritics, lower case."""
    body: str = ""
    """The text itself, for papers that were written or pasted into the chat."""
    state: str = Field(default=DocumentState.DRAFT, sa_type=String)
    created_by: int | None = Field(default=None, foreign_key="member.id")
    created_at: datetime = Field(sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1
    """Each version is a document of its own, so that an acknowledgement can only belong to one version."""
    replaces_id: int | None = Field(default=None, foreign_key="document.id", index=True)
    read_by: datetime | None = Field(default=None, sa_type=Instant)
    """To be acknowledged until then; None: whenever."""
    expires_on: date | None = None
    """The last day on which it is valid."""
    audience: str = EVERYONE
    section: str = ""
    downloadable: bool = True
    pages: int = 0
    """Sheets that a printout would take on one side; 0 when that is not known."""
    check_question: str = ""
    """An optional short question; acknowledging asks it."""
    check_choices: list[str] = Field(default_factory=list, sa_type=JSON)
    check_right: int = 0
    """The place of the right answer in check_choices, from 0."""
    ended_at: datetime | None = Field(default=None, sa_type=Instant)
    """When it was withdrawn, replaced, or expired."""
    ended_because: str = ""
    """Why it was withdrawn, as its readers are told."""


class DocumentNote(SQLModel, table=True):
    """What a level between the issuer and the branches adds to a paper for everybody below it."""

    __table_args__ = (UniqueConstraint("document_id", "organization_id"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    organization_id: int = Field(foreign_key="organization.id")
    text: str
    written_by: int | None = Field(default=None, foreign_key="member.id")
    written_at: datetime = Field(sa_type=Instant)


class DocumentFile(SQLModel, table=True):
    """The files of a document in order."""

    document_id: int = Field(foreign_key="document.id", primary_key=True)
    position: int = Field(primary_key=True)
    file_id: int = Field(foreign_key="file.id")


class Reading(SQLModel, table=True):
    """One member and one document: sent, opened, acknowledged. `how`: chat, page, or recorded by another."""

    __table_args__ = (UniqueConstraint("document_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    reachable: bool = True
    opened_at: datetime | None = Field(default=None, sa_type=Instant)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Instant)
    how: str = ""
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    studied_seconds: int = 0
    """Active time on the page; counted only with consent (storage/consents.py)."""
    reminders: int = 0
    """How often this member was reminded of this paper: at most three times (domain.md)."""
    checked_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the short question was answered rightly."""
    via: int | None = Field(default=None, foreign_key="organization.id")
    """The level that passed a paper for a list on to its own members; None: the issuer sent it."""


def get(session: Session, document_id: int) -> Document:
    """The document; LookupError when there is none."""
    found = session.get(Document, document_id)
    if found is None:
        raise LookupError(f"document {document_id}")
    return found


def file_ids(session: Session, document_id: int) -> list[int]:
    """The document's files in order."""
    query = select(DocumentFile.file_id).where(DocumentFile.document_id == document_id)
    return list(session.exec(query.order_by(col(DocumentFile.position))))


def reading(session: Session, document_id: int, member_id: int) -> Reading | None:
    """What a member has to do with a document, as it is now."""
    return session.exec(_READING, params={"document": document_id, "member": member_id}).first()


_READING = (
    select(Reading)
    .where(Reading.document_id == bindparam("document"), Reading.member_id == bindparam("member"))
    .execution_options(populate_existing=True)
)


def path_ids(path: str) -> list[int]:
    """The organizations from the root to this one: papers for any of them are for its members."""
    return [int(part) for part in path.split("/") if part]


def _can_be_reached() -> Any:
    """The condition "this member has a live account on a working channel", for use beside Member."""
    return (
        select(Account.id)
        .join(Channel, col(Channel.id) == col(Account.channel_id))
        .where(col(Account.member_id) == col(Member.id), Channel.state == ChannelState.ACTIVE)
        .where(col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None))
        .exists()
    )


def add(session: Session, document: Document, files: Collection[int]) -> int:
    """Insert a document with its files in order; returns its id."""
    session.add(document)
    session.flush()
    document_id = document.id or 0
    for position, file_id in enumerate(files):
        session.add(DocumentFile(document_id=document_id, position=position, file_id=file_id))
    session.flush()
    return document_id


def enroll(session: Session, document_id: int, path: str) -> int:
    """One Reading for every member of a subtree, in one statement. Returns how many."""
    values: list[Any] = [literal(document_id), col(Member.id), _can_be_reached(), literal(""), literal(0), literal(0)]
    everybody = (
        select(*values)
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*in_base(path))
    )
    columns = ["document_id", "member_id", "reachable", "how", "studied_seconds", "reminders"]
    return session.connection().execute(insert(Reading).from_select(columns, everybody)).rowcount


def acknowledge(
    session: Session, document_id: int, member_id: int, *, at: datetime, how: str, recorded_by: int | None = None
) -> bool:
    """Note that a member has read a document; False when that was known already, or when this version is not in force
    (replaced, withdrawn, expired): then nothing changes.

    Who logged in after the document was sent has no Reading yet: it is made here.
    """
    session.flush()
    said = {"document": document_id, "member": member_id, "at": at, "by": how, "recorder": recorded_by}
    if session.connection().execute(_ACKNOWLEDGE, said).rowcount:
        return True
    document = session.get(Document, document_id, populate_existing=True)
    if document is None or document.state != DocumentState.PUBLISHED or reading(session, document_id, member_id):
        return False
    reading_to_write(session, document_id, member_id)
    return bool(session.connection().execute(_ACKNOWLEDGE, said).rowcount)


_ACKNOWLEDGE = (
    update(Reading)
    .where(col(Reading.document_id) == bindparam("document"), col(Reading.member_id) == bindparam("member"))
    .where(col(Reading.acknowledged_at).is_(None))
    .where(
        select(Document.id)
        .where(col(Document.id) == bindparam("document"), Document.state == DocumentState.PUBLISHED)
        .exists()
    )
    .values(acknowledged_at=bindparam("at"), how=bindparam("by"), recorded_by=bindparam("recorder"))
)
"""One statement looks and writes, so that no other version can come in between."""


def pass_check(session: Session, document_id: int, member_id: int, at: datetime) -> None:
    """The short question was answered rightly."""
    row = reading(session, document_id, member_id)
    if row is not None and row.acknowledged_at is not None:
        row.checked_at = at
        session.flush()


def take_back(session: Session, document_id: int, member_id: int) -> bool:
    """Undo an acknowledgement; False when there was none."""
    row = reading(session, document_id, member_id)
    if row is None or row.acknowledged_at is None:
        return False
    row.acknowledged_at, row.how, row.recorded_by, row.checked_at = None, "", None, None
    session.flush()
    return True


def opened(session: Session, document_id: int, member_id: int, at: datetime) -> None:
    """Note the first opening."""
    row = reading_to_write(session, document_id, member_id)
    if row.opened_at is None:
        row.opened_at = at
        session.flush()


def reading_to_write(session: Session, document_id: int, member_id: int) -> Reading:
    """What a member has to do with a document, held for this transaction; made when there is nothing yet."""
    query = select(Reading).where(Reading.document_id == document_id, Reading.member_id == member_id)
    found = session.exec(query.with_for_update()).first()
    if found is not None:
        return found
    try:
        with session.begin_nested():
            row = Reading(document_id=document_id, member_id=member_id)
            session.add(row)
    except IntegrityError:  # the page and the chat at the same moment: the other one made it
        return session.exec(query.with_for_update()).one()
    return row


def counted(path: str) -> tuple[Any, ...]:
    """The conditions on Member, Organization and Reading "counts in this subtree as a reader of this paper".

    Supporters are in no base, but a paper for a list that holds them is theirs to read like everybody else's on it.
    """
    return (below(path), *counted_anywhere())


def counted_anywhere() -> tuple[Any, ...]:
    """The same without a subtree: on Member and Reading."""
    listing = select(col(Document.id)).where(col(Document.audience) == LISTED)
    asked = or_(col(Member.standing) != Standing.SUPPORTER, col(Reading.document_id).in_(listing))
    return (Member.status != Status.LEFT, asked)


def readings(session: Session, document_id: int, path: str) -> list[tuple[Member, Reading, bool]]:
    """Everybody in a subtree whom a document was for, by name, and whether they can be written to now."""
    query = (
        select(Member, Reading, _can_be_reached())
        .join(Reading, col(Reading.member_id) == col(Member.id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(Reading.document_id == document_id, *counted(path))
        .order_by(col(Member.name_key), col(Member.id))
    )
    query = query.execution_options(populate_existing=True)
    return [(member, row, bool(live)) for member, row, live in session.exec(query)]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far a document has come in one organization. Unit: members; `cannot` are not in `unread`."""

    name: str
    total: int
    read: int
    unread: int
    cannot: int


def tallies(session: Session, document_id: int, path: str) -> list[Tally]:
    """The counts of each organization in a subtree that has members, by name."""
    done = col(Reading.acknowledged_at).is_not(None)
    live = and_(_can_be_reached(), col(Member.has_phone))
    query = (
        select(
            Organization.name,
            func.count(),
            func.sum(case((done, 1), else_=0)),
            func.sum(case((and_(~done, live), 1), else_=0)),
        )
        .select_from(Reading)
        .join(Member, col(Member.id) == col(Reading.member_id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(Reading.document_id == document_id, *counted(path))
        .group_by(col(Organization.id), col(Organization.name))
        .order_by(col(Organization.name))
    )
    return [
        Tally(name, total, int(read), int(unread), total - int(read) - int(unread))
        for name, total, read, unread in session.exec(query)
    ]


def unread(session: Session, member_id: int) -> list[Document]:
    """Published documents that a member has not acknowledged, newest first."""
    query = (
        select(Document)
        .join(Reading, col(Reading.document_id) == col(Document.id))
        .where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_(None))
        .where(Document.state == DocumentState.PUBLISHED)
        .order_by(col(Document.published_at).desc(), col(Document.id).desc())
    )
    return list(session.exec(query))


def acknowledged_ids(session: Session, member_id: int) -> set[int]:
    """The documents that a member has acknowledged."""
    query = select(Reading.document_id).where(Reading.member_id == member_id, col(Reading.acknowledged_at).is_not(None))
    return set(session.exec(query))


def _published() -> Any:
    newest = (col(Document.published_at).desc(), col(Document.id).desc())
    return select(Document).where(Document.state == DocumentState.PUBLISHED).order_by(*newest)


def shelf(
    session: Session, path: str, *, kinds: Collection[str] = (), since: datetime | None = None, limit: int = 200
) -> list[Document]:
    """Published documents for everybody in the organization at `path`, newest first."""
    query = _published().where(col(Document.organization_id).in_(path_ids(path)), col(Document.audience) == EVERYONE)
    if kinds:
        query = query.where(col(Document.kind).in_(kinds))
    if since is not None:
        query = query.where(col(Document.published_at) >= since)
    return list(session.exec(query.limit(limit)))


def is_for(session: Session, document: Document, member: Member) -> bool:
    """Whether a document is for a member: sent to them, or to an organization that they belong to."""
    home = session.get(Organization, member.organization_id)
    inside = home is not None and document.organization_id in path_ids(home.path) and document.audience == EVERYONE
    return inside or reading(session, document.id or 0, member.id or 0) is not None


def current_version(session: Session, document_id: int) -> Document:
    """The newest version of a paper: itself when nothing has replaced it. LookupError without such a document."""
    found = get(session, document_id)
    while (successor := _successor(session, found.id or 0)) is not None:
        found = successor
    return found


def _successor(session: Session, document_id: int) -> Document | None:
    """The version that came in a document's place; a replacement's version is higher, so that no chain is endless."""
    return session.exec(_SUCCESSORS, params={"document": document_id}).first()


# Built once: building a statement costs more than running it.
_SUCCESSORS = (
    select(Document)
    .where(Document.replaces_id == bindparam("document"), Document.state != DocumentState.DRAFT)
    .order_by(col(Document.id).desc())
    .limit(1)
)


def earlier_versions(session: Session, document_id: int) -> list[Document]:
    """What a paper has replaced, the newest first; empty for a first version."""
    found: list[Document] = []
    current: Document | None = get(session, document_id)
    while current is not None and current.replaces_id is not None:
        current = session.get(Document, current.replaces_id)
        if current is not None:
            found.append(current)
    return found

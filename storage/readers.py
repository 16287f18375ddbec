"""Whom a paper is for: a subtree, roles in it, or a list of names and organizations; resolved to Readings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, func, insert, literal, or_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.audience import Reach, groups_below, in_base, preferred, preferred_exists
from storage.documents import DocumentNote, Reading, path_ids
from storage.members import Member, Role, RoleKind, Status
from storage.organizations import Organization, below

ROLE_SETS: dict[str, tuple[RoleKind, ...]] = {
    "secretaries": (RoleKind.SECRETARY, RoleKind.DEPUTY),
    "committee": (RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE),
    "volunteers": (RoleKind.VOLUNTEER,),
}
"""The circles that a paper can be for, by name: the ones that papers are addressed to in practice [i]."""


@dataclass(frozen=True, slots=True)
class Target:
    """An audience inside the subtree at `path`. `circle`: a name in ROLE_SETS; `members` and `organizations` are ids.
    All of them empty: everybody."""

    path: str
    circle: str = ""
    members: tuple[int, ...] = ()
    organizations: tuple[int, ...] = ()

    @property
    def is_everybody(self) -> bool:
        """Whether it is the whole subtree: only then groups get a post, and newcomers get the paper."""
        return not (self.circle or self.members or self.organizations)

    def who(self) -> tuple[Any, ...]:
        """The conditions on Member and Organization. A circle and a list may hold volunteers, who are no members."""
        if self.is_everybody:
            return in_base(self.path)
        return (*in_base(self.path, supporters=True), self.only())

    def only(self) -> Any:
        """What the audience adds to "in the subtree"."""
        if self.circle:
            return col(Member.id).in_(_holding(self.path, ROLE_SETS[self.circle]))
        listed: list[Any] = [col(Member.id).in_(self.members)]
        listed += [col(Organization.path).contains(f"/{each}/") for each in self.organizations]
        return or_(*listed)


def _holding(path: str, kinds: Collection[RoleKind]) -> Any:
    top = aliased(Organization)
    return (
        select(Role.member_id)
        .join(top, col(top.id) == col(Role.organization_id))
        .where(col(top.path).startswith(path, autoescape=True), col(Role.kind).in_(kinds))
    )


def reach(session: Session, target: Target) -> Reach:
    """Count before asking "send it?"."""
    account = preferred()
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


_COLUMNS = ["document_id", "member_id", "reachable", "how", "studied_seconds", "reminders", "via"]


def enroll(session: Session, document_id: int, who: tuple[Any, ...], *, via: int | None = None) -> int:
    """One Reading for everybody who meets the conditions and has none yet, in one statement. Returns how many."""
    there = select(Reading.id).where(Reading.document_id == document_id, Reading.member_id == Member.id).exists()
    values: list[Any] = [
        literal(document_id), col(Member.id), preferred_exists(), literal(""), literal(0), literal(0),
        literal(via, Integer),
    ]  # fmt: skip
    rows = (
        select_columns(*values)
        .select_from(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*who, ~there)
    )
    return session.connection().execute(insert(Reading).from_select(_COLUMNS, rows)).rowcount


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
    return session.connection().execute(insert(Reading).from_select(_COLUMNS, rows)).rowcount


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

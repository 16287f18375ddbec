"""The tree of organizations: province, commune, branch (chi bộ), cell (tổ đảng), of any depth."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, String
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead


class OrganizationKind(StrEnum):
    """Which level of the tree. There is no district level since 1/7/2025."""

    PROVINCE = "province"
    COMMUNE = "commune"
    BRANCH = "branch"
    CELL = "cell"


class Organization(SQLModel, table=True):
    """One organization. `path` ("/1/4/9/") lists the ids from the root to itself, so a subtree is a prefix."""

    id: int | None = Field(default=None, primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="organization.id", index=True)
    kind: str = Field(default=OrganizationKind.BRANCH, sa_type=String)
    code: str = Field(unique=True)
    name: str
    name_key: str = Field(index=True)
    """The name without diacritics, lower case, for look-ups."""
    path: str = Field(default="", index=True)
    default_place: str = ""
    """Where this branch usually meets; the meeting dialogue proposes it."""


def add(session: Session, organization: Organization) -> Organization:
    """Insert one below its parent and set its path."""
    session.add(organization)
    session.flush()
    parent = session.get(Organization, organization.parent_id) if organization.parent_id else None
    organization.path = f"{parent.path if parent else '/'}{organization.id}/"
    session.flush()
    return organization


def get(session: Session, organization_id: int) -> Organization:
    """The organization; LookupError when there is none."""
    found = ahead.get(session, Organization, organization_id)
    if found is None:
        raise LookupError(f"organization {organization_id}")
    return found


def by_code(session: Session, code: str) -> Organization | None:
    """The organization with this code."""
    return session.exec(select(Organization).where(Organization.code == code)).first()


def below(path: str) -> ColumnElement[bool]:
    """The condition "in the subtree at `path`, itself included"."""
    return col(Organization.path).startswith(path, autoescape=True)


def branches_below(session: Session, path: str) -> list[Organization]:
    """Every branch in a subtree, by name."""
    query = select(Organization).where(below(path), Organization.kind == OrganizationKind.BRANCH)
    return list(session.exec(query.order_by(col(Organization.name))))


def everything(session: Session) -> list[Organization]:
    """All organizations, parents before children."""
    return list(session.exec(select(Organization).order_by(col(Organization.path))))

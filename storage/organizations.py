"""The tree of organizations: province, commune, branch (chi bộ), cell (tổ đảng), of any depth."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
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


class _Inside(FunctionElement[bool]):
    """(column, path, the text behind every path in it, pattern): a path that begins with another one.

    SQLite looks a range up in the index, where LIKE would read every member of a province (40 ms of 60,000, less than
    1 so). PostgreSQL's order of texts follows a language: there it is LIKE.
    """

    type = Boolean()
    name = "inside"
    inherit_cache = True

    def self_group(self, against: Any = None) -> Any:
        """As it is: "(…) = 1", which SQLite would get of a function, hides the range from its index."""
        return self


@compiles(_Inside)
def _as_pattern(element: _Inside, compiler: SQLCompiler, **options: Any) -> str:
    path, _, _, pattern = element.clauses
    return f"({compiler.process(path, **options)} LIKE {compiler.process(pattern, **options)})"


@compiles(_Inside, "sqlite")
def _as_range(element: _Inside, compiler: SQLCompiler, **options: Any) -> str:
    path, first, behind, _ = (compiler.process(each, **options) for each in element.clauses)
    return f"({path} >= {first} AND {path} < {behind})"


def bounds(path: str) -> tuple[str, str, str]:
    """What `inside` compares with: the path, the text behind every path in it ("0" comes behind "/"), the pattern."""
    return path, f"{path[:-1]}0", f"{path}%"


def inside(column: Any, path: str) -> ColumnElement[bool]:
    """The condition "this column holds a path in the subtree at `path`"; paths are digits and "/" only."""
    return _Inside(column, *(literal(each) for each in bounds(path)))


def below(path: str) -> ColumnElement[bool]:
    """The condition "in the subtree at `path`, itself included"."""
    return inside(col(Organization.path), path)


def branches_below(session: Session, path: str) -> list[Organization]:
    """Every branch in a subtree, by name."""
    query = select(Organization).where(below(path), Organization.kind == OrganizationKind.BRANCH)
    return list(session.exec(query.order_by(col(Organization.name))))


def everything(session: Session) -> list[Organization]:
    """All organizations, parents before children."""
    return list(session.exec(select(Organization).order_by(col(Organization.path))))

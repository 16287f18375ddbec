"""Statements for whole rosters: tens of thousands of members at once, without an object for each.

Rows come and go as plain tuples and dictionaries; encryption happens in the column types, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Row, Table, bindparam, delete, insert, select, update
from sqlmodel import Session

from storage.members import Member, Role, Standing, Status
from storage.organizations import Organization, OrganizationKind

Transaction: TypeAlias = Session
"""The open transaction that every function here works in."""
CHUNK = 500
"""Values in one IN (…): below SQLite's oldest limit of 999 parameters."""
T = TypeVar("T")
_MEMBER: Table = Member.metadata.tables["member"]
_ROLE: Table = Role.metadata.tables["role"]
_ORGANIZATION: Table = Organization.metadata.tables["organization"]


class Known(NamedTuple):
    """A member as the database has it."""

    id: int
    organization_id: int
    number_hash: str
    full_name: str
    name_key: str
    standing: str
    status: str
    birth_date: str | None
    phone: str | None
    address: str | None
    has_phone: bool
    title: str
    joined_on: date | None
    left_on: date | None


class HeldRole(NamedTuple):
    """One role of one member in one organization."""

    id: int
    member_id: int
    organization_id: int
    kind: str


class NewOrganization(NamedTuple):
    """An organization to be made. `parent_code` names one that exists or stands earlier in the list, "" for a root."""

    kind: OrganizationKind
    code: str
    name: str
    name_key: str
    parent_code: str


_KNOWN = [_MEMBER.c[name] for name in Known._fields]


def by_hashes(session: Session, hashes: Sequence[str]) -> dict[str, Known]:
    """Members with these number hashes, whoever has left among them."""
    found = {}
    for part in chunks(hashes):
        for row in session.connection().execute(select(*_KNOWN).where(_MEMBER.c.number_hash.in_(part))):
            known = Known._make(row)
            found[known.number_hash] = known
    return found


def of_organizations(session: Session, ids: Iterable[int]) -> list[tuple[int, str, str, int]]:
    """(id, full name, number hash, organization) of members, not supporters, who have not left these branches."""
    found: list[tuple[int, str, str, int]] = []
    columns = (_MEMBER.c.id, _MEMBER.c.full_name, _MEMBER.c.number_hash, _MEMBER.c.organization_id)
    for part in chunks(sorted(ids)):
        query = select(*columns).where(
            _MEMBER.c.organization_id.in_(part),
            _MEMBER.c.status != Status.LEFT,
            _MEMBER.c.standing != Standing.SUPPORTER,
        )
        found.extend(_plain(session.connection().execute(query.order_by(_MEMBER.c.id))))
    return found


def _plain(rows: Iterable[Row[Any]]) -> list[Any]:
    return [tuple(row) for row in rows]


def roles_of(session: Session, member_ids: Iterable[int]) -> dict[int, list[HeldRole]]:
    """Member id → roles. Few members hold one, so a large question reads them all."""
    wanted = set(member_ids)
    query = select(*(_ROLE.c[name] for name in HeldRole._fields)).order_by(_ROLE.c.id)
    parts = [query] if len(wanted) > 10 * CHUNK else [query.where(_ROLE.c.member_id.in_(p)) for p in chunks(wanted)]
    held: dict[int, list[HeldRole]] = {}
    for part in parts:
        for row in session.connection().execute(part):
            role = HeldRole._make(row)
            if role.member_id in wanted:
                held.setdefault(role.member_id, []).append(role)
    return held


def ids_of(session: Session, hashes: Sequence[str]) -> dict[str, int]:
    """Number hash → member id."""
    found: dict[str, int] = {}
    for part in chunks(hashes):
        query = select(_MEMBER.c.number_hash, _MEMBER.c.id).where(_MEMBER.c.number_hash.in_(part))
        found.update((row[0], row[1]) for row in session.connection().execute(query))
    return found


def insert_members(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add members; each row has every column of the table but the id."""
    if rows:
        session.connection().execute(insert(_MEMBER), rows)


def update_members(session: Session, changes: list[tuple[int, dict[str, Any]]]) -> None:
    """Change members; `changes` are (id, column → value). Those with the same columns go in one statement."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for member_id, values in changes:
        alike.setdefault(tuple(sorted(values)), []).append({**values, "_id": member_id})
    for rows in alike.values():
        session.connection().execute(update(_MEMBER).where(_MEMBER.c.id == bindparam("_id")), rows)


def insert_roles(session: Session, rows: list[tuple[int, int, str]]) -> None:
    """Add roles, (member, organization, kind) each."""
    if rows:
        names = ("member_id", "organization_id", "kind")
        session.connection().execute(insert(_ROLE), [dict(zip(names, row, strict=True)) for row in rows])


def delete_roles(session: Session, ids: Iterable[int]) -> None:
    """Take roles away by their ids."""
    for part in chunks(list(ids)):
        session.connection().execute(delete(_ROLE).where(_ROLE.c.id.in_(part)))


def add_organizations(session: Session, new: Sequence[NewOrganization]) -> dict[str, int]:
    """Make organizations, parents first; returns code → id of the new ones."""
    made: dict[str, int] = {}
    paths: dict[str, tuple[int, str]] = {"": (0, "/")}
    for level in _levels(new):
        _find_paths(session, {each.parent_code for each in level} - paths.keys(), paths)
        rows = [
            {
                "parent_id": paths[each.parent_code][0] or None,
                "kind": each.kind,
                "code": each.code,
                "name": each.name,
                "name_key": each.name_key,
                "path": "",
                "default_place": "",
            }
            for each in level
        ]
        session.connection().execute(insert(_ORGANIZATION), rows)
        made.update(_set_paths(session, level, paths))
    return made


def _levels(new: Sequence[NewOrganization]) -> Iterator[list[NewOrganization]]:
    """Groups in which nobody is another's parent."""
    waiting = list(new)
    while waiting:
        codes = {each.code for each in waiting}
        level = [each for each in waiting if each.parent_code not in codes]
        if not level:
            raise ValueError("organizations that are each other's parents")
        yield level
        waiting = [each for each in waiting if each.parent_code in codes]


def _find_paths(session: Session, codes: set[str], paths: dict[str, tuple[int, str]]) -> None:
    for part in chunks(sorted(codes)):
        query = select(_ORGANIZATION.c.code, _ORGANIZATION.c.id, _ORGANIZATION.c.path)
        for code, id_, path in session.connection().execute(query.where(_ORGANIZATION.c.code.in_(part))):
            paths[code] = (id_, path)


def _set_paths(session: Session, level: Sequence[NewOrganization], paths: dict[str, tuple[int, str]]) -> dict[str, int]:
    """A path needs the row's own id, which only the insert gives."""
    made: dict[str, int] = {}
    for part in chunks([each.code for each in level]):
        query = select(_ORGANIZATION.c.code, _ORGANIZATION.c.id).where(_ORGANIZATION.c.code.in_(part))
        made.update((row[0], row[1]) for row in session.connection().execute(query))
    for each in level:
        paths[each.code] = (made[each.code], f"{paths[each.parent_code][1]}{made[each.code]}/")
    statement = update(_ORGANIZATION).where(_ORGANIZATION.c.id == bindparam("_id"))
    session.connection().execute(statement, [{"_id": made[e.code], "path": paths[e.code][1]} for e in level])
    return made


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`values` in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part

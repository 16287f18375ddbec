"""Imports a roster: reads, checks, plans and writes it, all in one transaction.

`import_file` is what the command line and the demo call. A crash leaves the database as it was: everything, the audit
entry as well, is in one transaction. On SQLite that holds the write lock for as long as writing takes (some seconds
for a province), never for reading and checking.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.flows.members.roster_check import Entry, Problem, Progress, check
from bot.flows.members.roster_columns import Mapping
from bot.flows.members.roster_plan import Addition, Change, Plan, Scope, plan
from bot.flows.members.roster_read import read
from storage import audit, roster
from storage.db import Database
from storage.members import Standing, Status
from storage.roster import Transaction

BATCH = 5_000
"""Rows in one statement, and between two reports of progress."""
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Options:
    """How to import. `zone`: where "today" is; `dry_run`: plan only."""

    mapping: Mapping = field(default_factory=Mapping)
    scope: Scope = field(default_factory=Scope)
    dry_run: bool = False
    zone: ZoneInfo = ZONE


def import_file(
    database: Database, path: Path, now: datetime, *, options: Options | None = None, progress: Progress | None = None
) -> Plan:
    """Import a list of members; the plan says what was done (or, with `dry_run`, would be).

    BadInput when nothing can be done with the file: unreadable, no headers, an organization that is not there.
    """
    with _no_collection():
        return _import(database, path, now, options or Options(), progress)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Hold the collector of cycles back: a province is a million objects without one, and it would visit them all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _import(database: Database, path: Path, now: datetime, options: Options, progress: Progress | None) -> Plan:
    today = now.astimezone(options.zone).date()
    if progress:
        progress("read", 0, 0)
    sheets = read(path, options.mapping)
    checked = check(sheets, today, number_digits=options.mapping.number_digits, progress=progress)
    if options.dry_run:
        with database.reading() as session:
            return plan(session, checked, options.scope, today, progress=progress)
    with database.transaction() as session:
        made = plan(session, checked, options.scope, today, progress=progress)
        apply(session, made, now, today=today, progress=progress)
        return made


def apply(
    session: Transaction, made: Plan, now: datetime, *, today: date | None = None, progress: Progress | None = None
) -> None:
    """Write a plan and one audit entry with its counts. Must run in the transaction that the plan was made in."""
    today = today or now.astimezone(ZONE).date()
    ids = roster.add_organizations(session, made.new_organizations)
    _add(session, made.added, ids, progress)
    roster.update_members(session, list(_updates(made, ids, today)))
    roster.delete_roles(session, {revocation.role.id for revocation in made.revoked})
    _grant(session, made, ids)
    counts: dict[str, Any] = {**made.counts()}
    audit.write(session, now, "roster.import", **counts)


def _add(session: Transaction, added: list[Addition], ids: dict[str, int], progress: Progress | None) -> None:
    done = 0
    for part in roster.chunks(added, BATCH):
        rows = [_row(entry, unit.id or ids[unit.code]) for entry, unit in part]
        roster.insert_members(session, rows)
        done += len(part)
        if progress:
            progress("write", done, len(added))


def _row(entry: Entry, organization_id: int) -> dict[str, Any]:
    return {
        "organization_id": organization_id,
        "number": entry.number,
        "number_hash": entry.number_hash,
        "full_name": entry.full_name,
        "name_key": entry.name_key,
        "standing": entry.standing or Standing.OFFICIAL,
        "status": entry.status or Status.ACTIVE,
        "birth_date": entry.birth_date,
        "phone": entry.phone,
        "address": entry.address,
        "has_phone": entry.has_phone is not False,
        "title": entry.title or "",
        "joined_on": entry.joined_on,
        "left_on": None,
    }


def _updates(made: Plan, ids: dict[str, int], today: date) -> Iterator[tuple[int, dict[str, Any]]]:
    for change in (*made.changed, *made.moved, *made.returned, *made.left):
        yield change.known.id, {**change.values, **_new_branch(change, ids)}
    for absence in made.removed:
        yield absence.member_id, {"status": Status.LEFT, "left_on": today}


def _new_branch(change: Change, ids: dict[str, int]) -> dict[str, int]:
    if change.before is change.after:
        return {}
    return {"organization_id": change.after.id or ids[change.after.code]}


def _grant(session: Transaction, made: Plan, ids: dict[str, int]) -> None:
    members = roster.ids_of(session, sorted({grant.entry.number_hash for grant in made.granted}))
    rows = [(members[g.entry.number_hash], g.unit.id or ids[g.unit.code], g.kind.value) for g in made.granted]
    roster.insert_roles(session, rows)


__all__ = ["Mapping", "Options", "Plan", "Problem", "Progress", "Scope", "apply", "import_file"]

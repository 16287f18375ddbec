"""What an import would change: compared with the database, before anything is written.

Who is in the file and new is added; who is known by number is changed, moved or left alone; who has left by the
status column leaves. Members of the file's branches that the file does not name are only listed, and leave only when
the operator declares the file complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from bot.errors import BadInput
from bot.flows.members.roster_branches import Branches, Unit
from bot.flows.members.roster_check import Checked, Entry, Place, Problem, Progress, problem
from bot.flows.members.roster_columns import Field
from storage import organizations, roster
from storage.members import RoleKind, Status, number_hash
from storage.organizations import OrganizationKind
from storage.roster import HeldRole, Known, NewOrganization, Transaction

ELECTED = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE})
"""Roles that a list with a role column always governs: no entry there means no longer in office."""
ALSO_LISTED = frozenset({RoleKind.CLERK, RoleKind.CELL_LEADER})
"""Roles that a list governs only when it names at least one: many lists know nothing of clerks."""
SAME_PERSON = 0.5
"""Below this likeness of names (0–1) a number has probably been given to the wrong person."""


@dataclass(frozen=True)
class Scope:
    """How far an import may go. `complete`: members of its branches that it does not name have left.

    `under`: code of the organization that the file is about; `create`: make unknown branches below it; `under_name`:
    its name, where the database is still empty and it has to be made as well.
    """

    complete: bool = False
    under: str = ""
    under_name: str = ""
    create: bool = False


class Addition(NamedTuple):
    """A new member."""

    entry: Entry
    unit: Unit


class Change(NamedTuple):
    """A known member whose record changes. `values`: column → new value, without the branch."""

    entry: Entry
    known: Known
    values: dict[str, Any]
    before: Unit
    after: Unit


class Absence(NamedTuple):
    """A member of one of the file's branches whom the file does not name."""

    member_id: int
    full_name: str
    unit: Unit


class Grant(NamedTuple):
    """A role to be given to the member with this number."""

    entry: Entry
    unit: Unit
    kind: RoleKind


class Revocation(NamedTuple):
    """A role to be taken away."""

    role: HeldRole
    full_name: str
    unit: Unit


@dataclass
class Plan:
    """Everything that `roster_apply.apply` will do, and what it will not."""

    rows: int = 0
    new_organizations: list[NewOrganization] = field(default_factory=list)
    added: list[Addition] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    returned: list[Change] = field(default_factory=list)
    left: list[Change] = field(default_factory=list)
    missing: list[Absence] = field(default_factory=list)
    """Not in this file; they stay."""
    removed: list[Absence] = field(default_factory=list)
    """Not in this file, which is complete; they leave."""
    granted: list[Grant] = field(default_factory=list)
    revoked: list[Revocation] = field(default_factory=list)
    unchanged: int = 0
    passed_over: int = 0
    """Rows about people who have left and are not (or no longer) on the roster of that branch."""
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How much of each, for reports and the audit trail."""
        bad = {(p.sheet, p.row) for p in self.problems if not p.kept}
        lists = ("added", "changed", "moved", "returned", "left", "removed", "missing", "granted", "revoked")
        return {
            "rows": self.rows,
            "organizations": len(self.new_organizations),
            **{name: len(getattr(self, name)) for name in lists},
            "unchanged": self.unchanged,
            "passed_over": self.passed_over,
            "bad": len(bad),
        }

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not (
            self.new_organizations or self.added or self.changed or self.moved or self.returned or self.left
            or self.removed or self.granted or self.revoked
        )  # fmt: skip


def plan(
    session: Transaction, checked: Checked, scope: Scope, today: date, *, progress: Progress | None = None
) -> Plan:
    """Compare a checked file with the database; BadInput when `scope` names an organization that is not there."""
    known = organizations.everything(session)
    # Nothing is there yet: the first list brings its own tree, unless the operator names a root for it.
    create = scope.create or not (known or scope.under)
    branches = Branches(known, under=scope.under, under_name=scope.under_name, create=create)
    return _Planner(session, branches, scope, today).run(checked, progress)


class _Planner:
    def __init__(self, session: Transaction, branches: Branches, scope: Scope, today: date) -> None:
        self.session, self.branches, self.scope, self.today = session, branches, scope, today
        self.plan = Plan()
        self.secretaries: dict[str, Entry] = {}

    def run(self, checked: Checked, progress: Progress | None) -> Plan:
        plan = self.plan
        plan.rows = checked.rows
        plan.problems = list(checked.problems)
        for entry in checked.entries:
            entry.number_hash = number_hash(entry.number)
        answers = self.branches.resolve(Counter(entry.place for entry in checked.entries))
        placed = [(entry, unit) for entry in checked.entries if (unit := self._placed(entry, answers))]
        if progress:
            progress("compare", 0, len(placed))
        known = roster.by_hashes(self.session, [entry.number_hash for entry, _ in placed])
        for entry, unit in placed:
            self._compare(entry, unit, known.get(entry.number_hash))
        self._compare_roles(placed, known)
        self._find_missing(checked, answers)
        plan.new_organizations = self._needed(placed)
        plan.problems.sort(key=lambda p: (p.sheet, p.row, len(p.column), p.column))
        return plan

    def _placed(self, entry: Entry, answers: dict[Place, Unit | BadInput]) -> Unit | None:
        answer = answers[entry.place]
        if isinstance(answer, Unit):
            return answer
        self.plan.problems.append(problem(entry.source, self._blamed(entry, answer), answer))
        return None

    @staticmethod
    def _blamed(entry: Entry, error: BadInput) -> Field:
        columns = entry.source.sheet.columns
        if error.key.startswith("roster.commune") and Field.COMMUNE in columns:
            return Field.COMMUNE
        return Field.BRANCH if Field.BRANCH in columns else Field.BRANCH_CODE

    def _compare(self, entry: Entry, unit: Unit, known: Known | None) -> None:
        plan = self.plan
        if known is None:
            if entry.status is Status.LEFT:
                plan.passed_over += 1
            else:
                plan.added.append(Addition(entry, unit))
            return
        before = self.branches.by_id[known.organization_id]
        if entry.status is Status.LEFT and before is not unit:
            plan.passed_over += 1  # the old branch's list; the new branch has the member already
            return
        self._note_other_name(entry, known)
        change = Change(entry, known, self._differences(entry, known), before, unit)
        self._sort_change(change)

    def _sort_change(self, change: Change) -> None:
        plan, status = self.plan, change.values.get("status")
        if status is not None and status == Status.LEFT:
            plan.left.append(change)
        elif status is not None and change.known.status == Status.LEFT:
            plan.returned.append(change)
        elif change.before is not change.after:
            plan.moved.append(change)
        elif change.values:
            plan.changed.append(change)
        else:
            plan.unchanged += 1

    def _note_other_name(self, entry: Entry, known: Known) -> None:
        if known.name_key == entry.name_key:
            return
        if SequenceMatcher(None, known.name_key, entry.name_key).ratio() < SAME_PERSON:
            reason = BadInput("roster.name-differs", name=known.full_name)
            self.plan.problems.append(problem(entry.source, Field.FULL_NAME, reason, kept=True))

    def _differences(self, entry: Entry, known: Known) -> dict[str, Any]:
        """Columns in which the file says something else. Nothing is ever emptied: a list often lacks a column."""
        wanted = {
            "full_name": entry.full_name,
            "name_key": entry.name_key,
            "standing": entry.standing,
            "status": self._status(entry, known),
            "birth_date": entry.birth_date,
            "phone": entry.phone,
            "address": entry.address,
            "has_phone": entry.has_phone,
            "title": entry.title,
            "joined_on": entry.joined_on,
        }
        found: dict[str, Any] = {k: v for k, v in wanted.items() if v is not None and v != getattr(known, k)}
        if "status" in found:
            found["left_on"] = self.today if found["status"] == Status.LEFT else None
        return found

    @staticmethod
    def _status(entry: Entry, known: Known) -> Status | None:
        """Who is on a list without a status column is there: a former member has come back."""
        return Status.ACTIVE if entry.status is None and known.status == Status.LEFT else entry.status

    def _compare_roles(self, placed: Sequence[tuple[Entry, Unit]], known: dict[str, Known]) -> None:
        listed = {kind for entry, _ in placed for kind in entry.roles or ()}
        governed = ELECTED | (ALSO_LISTED & listed)
        held = roster.roles_of(self.session, [each.id for each in known.values()])
        for entry, unit in placed:
            member = known.get(entry.number_hash)
            roles = held.get(member.id, []) if member else []
            if entry.roles is None and not roles:
                continue
            if member and entry.status is Status.LEFT:
                if self.branches.by_id[member.organization_id] is unit:
                    self._revoke(roles, member.full_name)
            elif entry.status is not Status.LEFT:
                self._compare_roles_of(entry, unit, roles, governed)

    def _compare_roles_of(self, entry: Entry, unit: Unit, roles: list[HeldRole], governed: frozenset[RoleKind]) -> None:
        covering = list(unit.upwards())
        old = [role for role in roles if self.branches.by_id[role.organization_id] not in covering]
        if entry.roles is None:
            self._revoke(old, entry.full_name)
            return
        wanted = {(self._reach(kind, unit).code, kind) for kind in entry.roles}
        has = {(self.branches.by_id[role.organization_id].code, RoleKind(role.kind)) for role in roles}
        gone = [r for r in roles if r.organization_id == unit.id and r.kind in governed - entry.roles]
        self._revoke([*old, *gone], entry.full_name)
        for code, kind in sorted(wanted - has):
            self.plan.granted.append(Grant(entry, self.branches.units[code], kind))
        if RoleKind.SECRETARY in entry.roles:
            self._note_second_secretary(entry, unit)

    @staticmethod
    def _reach(kind: RoleKind, unit: Unit) -> Unit:
        """Where a role counts: an officer works for the whole commune, an operator for everything."""
        if kind is RoleKind.OFFICER:
            return unit.over(OrganizationKind.COMMUNE) or unit
        return list(unit.upwards())[-1] if kind is RoleKind.OPERATOR else unit

    def _note_second_secretary(self, entry: Entry, unit: Unit) -> None:
        first = self.secretaries.setdefault(unit.code, entry)
        if first is not entry:
            reason = BadInput("roster.secretary-twice", sheet=first.source.sheet.name, row=first.source.line.row)
            self.plan.problems.append(problem(entry.source, Field.ROLE, reason, kept=True))

    def _revoke(self, roles: Iterable[HeldRole], full_name: str) -> None:
        for role in roles:
            self.plan.revoked.append(Revocation(role, full_name, self.branches.by_id[role.organization_id]))

    def _find_missing(self, checked: Checked, answers: dict[Place, Unit | BadInput]) -> None:
        """Members of the file's branches whom no row names. A bad row names somebody too: nobody leaves by a slip."""
        seen = {entry.number_hash for entry in checked.entries} | {number_hash(n) for n in checked.refused}
        units = {unit.id: unit for unit in answers.values() if isinstance(unit, Unit) and unit.id}
        unsure = self._unsure(checked)
        absences = []
        for member_id, name, hash_, organization_id in roster.of_organizations(self.session, units):
            if hash_ in seen:
                continue
            absence = Absence(member_id, name, units[organization_id])
            leaves = self.scope.complete and unsure is not None and absence.unit.code not in unsure
            (self.plan.removed if leaves else self.plan.missing).append(absence)
            absences.append(member_id)
        gone = {absence.member_id: absence for absence in self.plan.removed}
        for member_id, roles in roster.roles_of(self.session, gone).items() if gone else ():
            self._revoke(roles, gone[member_id].full_name)

    def _unsure(self, checked: Checked) -> set[str] | None:
        """Branches with rows whose number cannot be read; None when such a row's branch is unknown as well."""
        if not checked.unreadable:
            return set()
        self.branches.create = False  # a row that is not taken in makes no branch
        units = list(self.branches.resolve(Counter(checked.unreadable)).values())
        return {u.code for u in units if isinstance(u, Unit)} if all(isinstance(u, Unit) for u in units) else None

    def _needed(self, placed: Sequence[tuple[Entry, Unit]]) -> list[NewOrganization]:
        """New organizations that somebody is really put into (a row about a leaver makes none), and those above."""
        used = {unit.code for addition in self.plan.added for unit in addition.unit.upwards()}
        used |= {unit.code for change in (*self.plan.moved, *self.plan.returned) for unit in change.after.upwards()}
        return [each for each in self.branches.new if each.code in used]

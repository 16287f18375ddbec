"""An import in words: what was (or would be) changed, and which rows are bad.

Names may be shown, the operator has the list; of a member number only the last three digits (domain.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.flows.members.roster_check import Entry, Problem
from bot.flows.members.roster_plan import Change, Plan
from bot.texts import t

_ALWAYS = frozenset({"rows", "added", "changed", "moved", "left", "unchanged", "bad"})
_HIDDEN = frozenset({"name_key", "left_on"})
_FORMULA = ("=", "+", "-", "@", "\t")


def count_lines(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    """One line for each count; rare ones only when there is something to count."""
    yield t("roster.dry-run" if dry_run else "roster.done")
    for name, count in plan.counts().items():
        if count or name in _ALWAYS:
            yield t(f"roster.count-{name}", count=count)
    if plan.is_empty:
        yield t("roster.no-change")


def detail_lines(plan: Plan, limit: int) -> Iterator[str]:
    """The first `limit` changes, people leaving or changing first: they are what an operator should look at."""
    yield from islice(_details(plan), limit)
    counts = plan.counts()
    total = sum(count for name, count in counts.items() if name not in {"rows", "unchanged", "passed_over", "bad"})
    if total > limit > 0:
        yield t("roster.line-more", count=total - limit)


def _details(plan: Plan) -> Iterator[str]:
    for absence in plan.removed:
        yield t("roster.line-removed", name=absence.full_name, unit=absence.unit.full_name)
    for change in plan.left:
        yield _change("left", change)
    for change in plan.moved:
        yield _change("moved", change)
    for revocation in plan.revoked:
        role = t(f"roster.role-{revocation.role.kind}")
        yield t("roster.line-revoked", role=role, name=revocation.full_name, unit=revocation.unit.full_name)
    for grant in plan.granted:
        role = t(f"roster.role-{grant.kind}")
        yield t("roster.line-granted", role=role, name=grant.entry.full_name, unit=grant.unit.full_name)
    for change in plan.returned:
        yield _change("returned", change)
    for change in plan.changed:
        yield _change("changed", change)
    for absence in plan.missing:
        yield t("roster.line-missing", name=absence.full_name, unit=absence.unit.full_name)
    for made in plan.new_organizations:
        yield t("roster.line-organization", code=made.code, name=made.name)
    for entry, unit in plan.added:
        yield t("roster.line-added", name=entry.full_name, number=_masked(entry), unit=unit.full_name)


def _change(kind: str, change: Change) -> str:
    """One line; of changed fields the names only, since most of them are personal."""
    shown = {
        "name": change.entry.full_name,
        "number": _masked(change.entry),
        "before": change.before.full_name,
        "after": change.after.full_name,
        "fields": ", ".join(t(f"roster.field-{name}") for name in change.values if name not in _HIDDEN),
    }
    return t(f"roster.line-{kind}", **shown)


def _masked(entry: Entry) -> str:
    return "…" + entry.number[-3:]


def problem_lines(plan: Plan, limit: int) -> Iterator[str]:
    """The first `limit` reasons, bad rows before rows that were taken in all the same."""
    ordered = sorted(plan.problems, key=lambda problem: problem.kept)
    for problem in ordered[:limit]:
        line = _problem(problem)
        yield t("roster.problem-kept", line=line) if problem.kept else line
    if len(ordered) > limit > 0:
        yield t("roster.more-problems", count=len(ordered) - limit)


def _problem(problem: Problem) -> str:
    if not problem.column:
        return t("roster.problem-rowless", sheet=problem.sheet, row=problem.row, reason=problem.reason)
    return t(
        "roster.problem",
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        header=problem.header,
        shown=problem.shown,
        reason=problem.reason,
    )


def problem_rows(plan: Plan) -> Iterator[list[str]]:
    """The report as rows of a table, headers first."""
    yield [t(f"roster.report-header-{n}") for n in ("sheet", "row", "column", "header", "shown", "reason", "kept")]
    for each in plan.problems:
        kept = t("roster.yes" if each.kept else "roster.no")
        row = [each.sheet, str(each.row), each.column, each.header, each.shown, each.reason, kept]
        yield [_harmless(cell) for cell in row]


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula: the file's content comes from anywhere."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

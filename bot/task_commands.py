"""`sotay tasks …`: a plan of many tasks in, all tasks of a subtree out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import BadInput, SettingsError
from bot.flows.members.roster_files import grids
from bot.flows.tasks import plan as plans
from bot.flows.tasks.giving import Desk
from bot.flows.tasks.plan import Plan
from bot.flows.tasks.planning import Outcome, sheet, take
from bot.matching import words_only
from bot.private_files import write_private
from bot.settings import Settings, load
from bot.texts import t
from storage import audit, members, notes, organizations, tasks
from storage.organizations import Organization

SOME_BAD, NOTHING_DONE = 1, 2
MOST = 100_000
"""Members and tasks of the largest subtree: a province."""

task_app = typer.Typer(help=t("taskcli.app"), no_args_is_help=True)


@task_app.command("import", help=t("taskcli.import"))
def import_plan(
    file: Annotated[Path, typer.Argument(help=t("taskcli.file"))],
    *,
    organization: Annotated[str, typer.Option("--organization", help=t("taskcli.organization"))],
    by: Annotated[str, typer.Option("--by", help=t("taskcli.by"))] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("taskcli.dry-run"))] = False,
    lines: Annotated[int, typer.Option("--lines", min=0, help=t("taskcli.lines"))] = 20,
) -> None:
    """Exit code 0: good; 1: some rows were bad, the good ones were given; 2: nothing could be done."""
    settings = load()
    database = open_storage(settings)
    try:
        with database.transaction() as session:
            top = _top(session, organization)
            desk = _desk(session, settings, top, by)
            plan = _read(file, session, top, desk)
            outcome = take(desk, plan.rows, dry_run=dry_run)
            if not dry_run:
                count = len(outcome.new)
                audit.write(session, desk.now, "task.imported", subject=f"organization:{top.id}", by="cli", count=count)
    except BadInput as error:
        typer.echo(t(error.key, **error.values), err=True)
        raise typer.Exit(NOTHING_DONE) from None
    finally:
        database.close()
    _show(plan, outcome, dry_run=dry_run, lines=lines)
    if plan.troubles:
        raise typer.Exit(SOME_BAD if plan.rows else NOTHING_DONE)


@task_app.command("export", help=t("taskcli.export"))
def export(
    to: Annotated[Path, typer.Option(help=t("taskcli.to"))],
    organization: Annotated[str, typer.Option(help=t("taskcli.organization"))],
    only_open: Annotated[bool, typer.Option("--open", help=t("taskcli.open"))] = False,
) -> None:
    """Write an Excel sheet of one organization and everything below it, readable by its owner only."""
    if to.suffix.lower() != ".xlsx":
        raise SettingsError(t("taskcli.not-xlsx", name=to.name))
    settings = load()
    database = open_storage(settings)
    with database.transaction() as session:
        top = _top(session, organization)
        desk = Desk(session, SystemClock(settings.clock_file).now(), settings.zone, None)
        found = tasks.listed(session, [top.path], *(tasks.is_open() if only_open else ()), limit=MOST)
        content = sheet(desk, found)
        audit.write(session, desk.now, "task.exported", subject=f"organization:{top.id}", by="cli", count=len(found))
    _write(to, content)
    typer.echo(t("taskcli.exported", count=len(found), name=str(to)))


def _top(session: Session, code: str) -> Organization:
    top = organizations.by_code(session, code)
    if top is None:
        raise SettingsError(t("cli.import-no-organization", code=code))
    return top


def _desk(session: Session, settings: Settings, top: Organization, by: str) -> Desk:
    """Who gives: the member with this number, else the leader of the organization, who then confirms what is done."""
    now = SystemClock(settings.clock_file).now()
    giver = members.by_number(session, by) if by else None
    if by and giver is None:
        raise SettingsError(t("cli.code-unknown"))
    return Desk(session, now, settings.zone, giver.id if giver else notes.leader_of(session, top.id or 0))


def _read(file: Path, session: Session, top: Organization, desk: Desk) -> Plan:
    branches = organizations.branches_below(session, top.path)
    names = {words_only(name): each.id or 0 for each in branches for name in (each.name, each.code)}
    plan = plans.read(grids(file), tasks.people(session, top.path, MOST), names, desk.today)
    if not plan.found:
        raise BadInput("taskcli.no-headers")
    return plan


def _show(plan: Plan, outcome: Outcome, *, dry_run: bool, lines: int) -> None:
    key = "would" if dry_run else "did"
    counts = {"new": len(outcome.new), "moved": len(outcome.moved), "same": outcome.same, "bad": len(plan.troubles)}
    typer.echo(t(f"taskcli.{key}", **counts))
    if outcome.given is not None and outcome.given.unreachable:
        typer.echo(t("taskcli.unreachable", count=len(outcome.given.unreachable)))
    for row in outcome.new[:lines]:
        due = row.due_on.strftime("%d/%m/%Y") if row.due_on else t("tasks.no-day")
        typer.echo(t("taskcli.row", row=row.row, title=row.title[:80], who=row.member.full_name, due=due))
    for each in plan.troubles:
        where = {"sheet": each.sheet, "row": each.row, "column": each.column}
        typer.echo(t("taskcli.trouble", reason=each.reason, **where), err=True)


def _write(path: Path, content: bytes) -> None:
    """Names of people: only the file's owner may read them. SettingsError when it cannot be written."""
    try:
        write_private(path, content)
    except OSError as error:
        raise SettingsError(t("taskcli.cannot-write", name=str(path), reason=error.strerror or "")) from None

"""The command line `sotay`. Exit codes: 0 good, 1 something was wrong with the work, 2 it could not be begun."""

from __future__ import annotations

import asyncio
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from bot.app import PARTS, build, open_storage, set_up_logs
from bot.clock import SystemClock
from bot.errors import SettingsError, SotayError
from bot.flows.members.codes import make_code
from bot.lookups import Loop
from bot.matching import run_match
from bot.runner import serve
from bot.settings import Settings, load
from bot.texts import t
from storage import audit, inbox, matrix, members


@cache
def _elsewhere() -> dict[str, Any]:
    """The commands that have a file of their own, by name."""
    from bot.channel_commands import channel_app
    from bot.document_commands import documents_app
    from bot.minutes_commands import minutes_app
    from bot.outbox_commands import outbox_app
    from bot.question_commands import question_app
    from bot.roster_commands import demo_data, import_app
    from bot.score_commands import score_app
    from bot.task_commands import task_app

    found = typer.Typer(add_completion=False)
    found.add_typer(channel_app, name="channel")
    found.add_typer(documents_app, name="documents")
    found.add_typer(import_app, name="import", help=t("cli.import"))
    found.add_typer(minutes_app, name="minutes")
    found.add_typer(outbox_app, name="outbox")
    found.add_typer(question_app, name="questions")
    found.add_typer(score_app, name="scores")
    found.add_typer(task_app, name="tasks")
    found.command("demo-data")(demo_data)
    return dict(get_group(found).commands)


class Commands(TyperGroup):
    """The commands of this file, and those of `_elsewhere`, which are loaded when one of them or the help is asked for:
    a bot that runs does without what they need."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Every name."""
        return sorted([*super().list_commands(ctx), *_elsewhere()])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name; None without one."""
        return super().get_command(ctx, cmd_name) or _elsewhere().get(cmd_name)


app = typer.Typer(
    cls=Commands, help=t("cli.app"), no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
inbox_app = typer.Typer(help=t("cli.inbox"), no_args_is_help=True)
app.add_typer(inbox_app, name="inbox")


class Part(StrEnum):
    """What one process may do alone."""

    WEB = "web"
    SENDER = "sender"
    SCHEDULER = "scheduler"


MARKS = {"ok": "[green]✓[/]", "warn": "[yellow]![/]", "bad": "[red]✗[/]"}


@app.command("run", help=t("cli.run"))
def run(only: Annotated[Part | None, typer.Option(help=t("cli.run-only"))] = None) -> None:
    """Everything in one process, or one part of it, until SIGTERM or SIGINT."""
    settings = load()
    set_up_logs(json=settings.log_json)
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(serve(settings, PARTS if only is None else {only.value}))


@app.command("demo", help=t("cli.demo"))
def demo(
    folder: Annotated[Path, typer.Option(help=t("cli.demo-folder"))] = Path("var/demo"),
    port: Annotated[int, typer.Option(help=t("cli.demo-port"))] = 8800,
    fresh: Annotated[bool, typer.Option("--fresh", help=t("cli.demo-fresh"))] = False,
) -> None:
    """The whole product on one machine."""
    from bot.demo import run_demo

    run_demo(folder, port, fresh=fresh)


@app.command("match", help=t("cli.match"))
def match() -> None:
    """Labels of free-text replies, line by line."""
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for line in run_match(sys.stdin):
        print(line, flush=True)


@app.command("doctor", help=t("cli.doctor"))
def doctor() -> None:
    """What is wrong, and how to mend it. Exit code 1 when something is."""
    from rich.console import Console

    from bot.doctor import examine

    console = Console(highlight=False, soft_wrap=True)
    bad = False
    for finding in examine(load()):
        bad = bad or finding.level == "bad"
        console.print(MARKS[finding.level], finding.what)
        if finding.advice:
            console.print("   →", finding.advice)
    raise typer.Exit(1 if bad else 0)


@app.command("settings", help=t("cli.settings"))
def show_settings() -> None:
    """Every setting with its value and meaning."""
    from rich.console import Console
    from rich.table import Table

    settings = load()
    table = Table(t("cli.column-setting"), t("cli.column-value"), t("cli.column-meaning"))
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        hidden = name == "database_url" and "@" in str(value)  # it may hold a password
        table.add_row(f"SOTAY_{name.upper()}", "***" if hidden else str(value), field.description)
    Console().print(table)


@app.command("code", help=t("cli.code"))
def code(number: Annotated[str, typer.Argument(help=t("cli.code-number"))]) -> None:
    """A one-time code for one member: how the first secretary gets in."""
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        member = members.by_number(session, number)
        if member is None or member.id is None:
            raise SettingsError(t("cli.code-unknown"))
        made = make_code(session, member.id, now=now, hours=settings.code_hours, made_by=None)
        audit.write(session, now, "code.made", subject=f"member:{member.id}", by="cli")
    typer.echo(t("cli.code-made", name=member.full_name, code=made, hours=settings.code_hours))


@app.command("recount", help=t("acknowledging.cli-recount"))
def recount() -> None:
    """Count anew how many have read which paper, and put the triggers back that keep the counts."""
    typer.echo(t("acknowledging.cli-recounted", count=matrix.rebuild(open_storage(load()))))


@inbox_app.command("list", help=t("cli.inbox-list"))
def inbox_list() -> None:
    """Updates that could not be handled."""
    database = open_storage(load())
    with database.reading() as session:
        rows = inbox.failed(session)
    for row in rows:
        typer.echo(f"{row.id}\t{row.received_at.isoformat(timespec='seconds')}\t{row.channel_id}\t{row.error}")
    if not rows:
        typer.echo(t("cli.inbox-none"))


@inbox_app.command("retry", help=t("cli.inbox-retry"))
def inbox_retry() -> None:
    """Try every one of them again. Exit code 1 when some still fail."""
    settings = load()
    set_up_logs(json=settings.log_json)
    database = open_storage(settings)
    dispatcher = build(settings, database).dispatcher
    with database.reading() as session:
        entries = [row.id or 0 for row in inbox.failed(session)]
    done = sum(dispatcher.retry(entry) for entry in entries)
    typer.echo(t("cli.inbox-retried", done=done, left=len(entries) - done))
    raise typer.Exit(0 if done == len(entries) else 1)


def main() -> None:
    """The entry point: our own errors are one sentence, not a traceback."""
    try:
        app()
    except SotayError as error:
        from rich.console import Console

        text = str(error) if isinstance(error, SettingsError) else t(error.key, **error.values)
        Console(stderr=True, highlight=False).print(text, markup=False)
        sys.exit(2)

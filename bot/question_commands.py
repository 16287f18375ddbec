"""`sotay questions …`: questions and proposals for the people who keep the server. Hidden names stay hidden."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.flows.questions.export import sheet
from bot.private_files import write_private
from bot.settings import load
from bot.texts import t
from storage import audit, organizations, questions
from storage.questions import QuestionState

question_app = typer.Typer(help=t("questioncli.app"), no_args_is_help=True)


@question_app.callback()
def _group() -> None:
    """Keeps `export` a command of its own while it is the only one."""


@question_app.command("export", help=t("questioncli.export"))
def export(
    to: Annotated[Path, typer.Option(help=t("questioncli.to"))],
    organization: Annotated[str, typer.Option(help=t("questioncli.organization"))],
    year: Annotated[int | None, typer.Option(help=t("questioncli.year"))] = None,
    only_open: Annotated[bool, typer.Option("--open", help=t("questioncli.open"))] = False,
) -> None:
    """Write an Excel sheet of one organization and everything below it, readable by its owner only."""
    if to.suffix.lower() != ".xlsx":
        raise SettingsError(t("questioncli.not-xlsx", name=to.name))
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        top = organizations.by_code(session, organization)
        if top is None:
            raise SettingsError(t("cli.import-no-organization", code=organization))
        found = questions.every(session, [top.path], year)
        if only_open:
            found = [each for each in found if each.state in {QuestionState.OPEN, QuestionState.MERGED}]
        content = sheet(session, found, now=now, zone=settings.zone)
        audit.write(session, now, "question.exported", subject=f"organization:{top.id}", by="cli", count=len(found))
    _write(to, content)
    typer.echo(t("questioncli.exported", count=len(found), name=str(to)))


def _write(path: Path, content: bytes) -> None:
    """Names and opinions of people: only the file's owner may read them. SettingsError when it cannot be written."""
    try:
        write_private(path, content)
    except OSError as error:
        raise SettingsError(t("questioncli.cannot-write", name=str(path), reason=error.strerror or "")) from None

"""`sotay minutes …`: the templates of minutes and resolutions, for places where the chat takes no files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import BadInput, SettingsError
from bot.flows.documents.filetypes import DOCX, recognise
from bot.flows.minutes import blank, templates
from bot.settings import load
from bot.texts import t
from storage import organizations
from storage.files import FileStore
from storage.minutes import MinutesTemplate, PaperKind

minutes_app = typer.Typer(help=t("minutes.cli"), no_args_is_help=True)
KIND = Annotated[PaperKind, typer.Option("--kind", help=t("minutes.cli-kind"))]


@minutes_app.command("template", help=t("minutes.cli-template"))
def template(
    file: Annotated[Path, typer.Argument(help=t("minutes.cli-file"))],
    to: Annotated[str, typer.Option("--to", help=t("minutes.cli-to"))],
    kind: KIND = PaperKind.MINUTES,
) -> None:
    """Check a template and put it in place for an organization."""
    settings = load()
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SettingsError(t("minutes.cli-cannot", name=file.name, reason=error.strerror or "")) from None
    if recognise(content) is not DOCX:
        raise BadInput("minutes.cli-docx", name=file.name)
    database, now = open_storage(settings), SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        home = organizations.by_code(session, to)
        if home is None:
            raise SettingsError(t("cli.import-no-organization", code=to))
        row = MinutesTemplate(organization_id=home.id or 0, kind=kind, file_id=0, set_at=now)
        count = templates.put(session, FileStore(settings.data_dir / "files"), row, content, now)
        typer.echo(t("minutes.cli-set", organization=home.name, count=count))


@minutes_app.command("sample", help=t("minutes.cli-sample"))
def sample(file: Annotated[Path, typer.Argument(help=t("minutes.cli-file"))], kind: KIND = PaperKind.MINUTES) -> None:
    """Write the usual template, to be changed."""
    try:
        file.write_bytes(blank.template(kind))
    except OSError as error:
        raise SettingsError(t("minutes.cli-cannot", name=file.name, reason=error.strerror or "")) from None
    typer.echo(t("minutes.cli-written", name=file.name))

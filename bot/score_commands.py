"""`sotay scores …`: the scores of meetings for the people who keep the server."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.flows.scoring.export import book
from bot.private_files import write_private
from bot.settings import load
from bot.texts import t
from storage import audit, organizations, scores

score_app = typer.Typer(help=t("scorecli.app"), no_args_is_help=True)


@score_app.callback()
def _group() -> None:
    """Keeps `export` a command of its own while it is the only one."""


@score_app.command("export", help=t("scorecli.export"))
def export(
    to: Annotated[Path, typer.Option(help=t("scorecli.to"))],
    organization: Annotated[str, typer.Option(help=t("scorecli.organization"))],
    year: Annotated[int | None, typer.Option(min=2000, max=2100, help=t("scorecli.year"))] = None,
) -> None:
    """Write an Excel book of one year, of an organization and everything below it, readable by its owner only."""
    if to.suffix.lower() != ".xlsx":
        raise SettingsError(t("scorecli.not-xlsx", name=to.name))
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    wanted = year or now.astimezone(settings.zone).year
    span = (datetime(wanted, 1, 1, tzinfo=settings.zone), datetime(wanted + 1, 1, 1, tzinfo=settings.zone))
    with database.transaction() as session:
        top = organizations.by_code(session, organization)
        if top is None:
            raise SettingsError(t("cli.import-no-organization", code=organization))
        found = scores.scored(session, [top.path], span)
        content = book(session, settings, found)
        audit.write(session, now, "score.exported", subject=f"organization:{top.id}", by="cli", count=len(found))
    _write(to, content)
    typer.echo(t("scorecli.exported", count=len(found), name=str(to)))


def _write(path: Path, content: bytes) -> None:
    """Only the file's owner may read it. SettingsError when it cannot be written."""
    try:
        write_private(path, content)
    except OSError as error:
        raise SettingsError(t("scorecli.cannot-write", name=str(path), reason=error.strerror or "")) from None

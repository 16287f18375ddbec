"""`sotay channel import FILE`: many bot accounts at once, for a province with hundreds of Zalo bots.

The file is a CSV in UTF-8 with a header line; columns in any order:
`platform` (zalo, telegram), `name`, `token` or `token_file` (a path, relative to the CSV), and, where wanted,
`organization` (its code), `mode` (polling, webhook), `link_id`, `base_url`.
A file that holds tokens must be readable by its owner alone, as ssh asks of its keys; "-" reads standard input.
"""

from __future__ import annotations

import asyncio
import csv
import io
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from sqlmodel import Session

from bot.app import open_storage
from bot.bot_accounts import hellos, new_channel
from bot.clock import SystemClock
from bot.errors import SendError, SettingsError
from bot.messages import Platform
from bot.settings import load
from bot.texts import t
from storage import audit, channels, organizations
from storage.channels import Channel
from storage.db import Database

COLUMNS = ("platform", "name", "token", "token_file", "organization", "mode", "link_id", "base_url")
MODES = ("polling", "webhook")


@dataclass(slots=True)
class Row:
    """One line. `number` counts from the header (1), as a spreadsheet shows it."""

    number: int
    cells: Mapping[str, str]
    channel: Channel | None = None


@dataclass(slots=True)
class Plan:
    """What becomes of each line; `problems` are (line, column, sentence)."""

    rows: list[Row] = field(default_factory=list)
    known: int = 0
    problems: list[tuple[int, str, str]] = field(default_factory=list)

    def bad(self, row: Row, column: str, key: str, **values: object) -> None:
        """This line cannot be used, because of this column."""
        row.channel = None
        self.problems.append((row.number, column, t(f"cli.import-{key}", **values)))


def bring(
    file: Annotated[str, typer.Argument(help=t("cli.channel-import-file"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("cli.channel-import-dry-run"))] = False,
) -> None:
    """Add every good line's bot. Exit code 0: all are in; 1: some lines were bad; 2: nothing could be done."""
    plan = Plan()
    folder = Path() if file == "-" else Path(file).parent
    lines = list(_lines(file))
    settings = load()
    database = open_storage(settings)
    _check(database, plan, lines, folder)
    asyncio.run(_ask(plan))
    good = [row.channel for row in plan.rows if row.channel is not None]
    if not dry_run:
        _store(database, good, SystemClock(settings.clock_file))
    for number, column, sentence in sorted(plan.problems):
        typer.echo(t("cli.import-problem", row=number, column=column, sentence=sentence), err=True)
    key = "cli.channel-import-would" if dry_run else "cli.channel-import-done"
    typer.echo(t(key, added=len(good), known=plan.known, bad=len(plan.problems)))
    if any("token" in row.cells for row in lines) and file != "-":
        typer.echo(t("cli.channel-import-shred", file=file))
    if plan.problems:
        raise typer.Exit(1 if good or plan.known else 2)


def _lines(file: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(_text(file)), skipinitialspace=True)
    header = [(name or "").strip() for name in reader.fieldnames or []]
    missing = {"platform", "name"} - set(header) or ({"token"} if not {"token", "token_file"} & set(header) else set())
    if missing:
        raise SettingsError(t("cli.import-header", missing=", ".join(sorted(missing))))
    if unknown := [name for name in header if name not in COLUMNS]:
        raise SettingsError(t("cli.import-unknown-column", names=", ".join(unknown), columns=", ".join(COLUMNS)))
    reader.fieldnames = header
    for number, cells in enumerate(reader, start=2):
        yield Row(number, {name: (value or "").strip() for name, value in cells.items() if name})


def _text(file: str) -> str:
    """The file's text. SettingsError when it cannot be read, or when others than its owner could read tokens in it."""
    try:
        if file == "-":
            return sys.stdin.read()
        text = Path(file).read_text("utf-8-sig")
        mode = Path(file).stat().st_mode
    except OSError as error:
        raise SettingsError(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SettingsError(t("cli.import-encoding", file=file)) from None
    header = text.partition("\n")[0].replace('"', "").split(",")
    if "token" in [name.strip() for name in header] and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(t("cli.import-open-file", file=file))
    return text


def _check(database: Database, plan: Plan, lines: list[Row], folder: Path) -> None:
    names = Counter(row.cells["name"] for row in lines)
    tokens: dict[str, int] = {}
    with database.reading() as session:
        codes = {row.code: row.id for row in organizations.everything(session)}
        for row in lines:
            plan.rows.append(row)
            if not row.cells["name"] or names[row.cells["name"]] > 1:
                plan.bad(row, "name", "name-twice" if row.cells["name"] else "empty")
                continue
            _make(plan, row, folder, codes)
            if row.channel is None:
                continue
            earlier = tokens.setdefault(row.channel.token_hash, row.number)
            if earlier != row.number:
                plan.bad(row, "token", "token-twice", line=earlier)
            else:
                _compare(session, plan, row, row.channel)


def _make(plan: Plan, row: Row, folder: Path, codes: Mapping[str, int | None]) -> None:
    cells = row.cells
    token, column = _token(cells, folder)
    code, mode = cells.get("organization", ""), cells.get("mode") or MODES[0]
    if cells["platform"] not in set(Platform):
        plan.bad(row, "platform", "platform")
    elif not token:
        plan.bad(row, column, "no-token")
    elif code and code not in codes:
        plan.bad(row, "organization", "no-organization", code=code)
    elif mode not in MODES:
        plan.bad(row, "mode", "mode")
    else:
        base_url = cells.get("base_url", "")
        row.channel = new_channel(Platform(cells["platform"]), cells["name"], token, base_url=base_url, mode=mode)
        row.channel.organization_id, row.channel.link_id = codes.get(code), cells.get("link_id", "")


def _token(cells: Mapping[str, str], folder: Path) -> tuple[str, str]:
    """The token ("" when there is none) and the column that it stands in."""
    if cells.get("token"):
        return cells["token"], "token"
    if not cells.get("token_file"):
        return "", "token" if "token" in cells else "token_file"
    try:
        return (folder / cells["token_file"]).read_text().strip(), "token_file"
    except (OSError, UnicodeDecodeError):
        return "", "token_file"


def _compare(session: Session, plan: Plan, row: Row, channel: Channel) -> None:
    """A line that is in already is no mistake: a mended file is simply brought again."""
    by_name = channels.by_name(session, channel.name)
    by_token = channels.by_token(session, channel.token_hash)
    if by_name is not None and by_token is not None and by_name.id == by_token.id:
        plan.known, row.channel = plan.known + 1, None
    elif by_name is not None:
        plan.bad(row, "name", "name-known", name=channel.name)
    elif by_token is not None:
        plan.bad(row, "token", "token-known", name=by_token.name)


async def _ask(plan: Plan) -> None:
    asked = [(row, row.channel) for row in plan.rows if row.channel is not None]
    answers = await hellos([channel for _, channel in asked])
    for (row, channel), answer in zip(asked, answers, strict=True):
        if isinstance(answer, SendError):
            plan.bad(row, "token", f"refused-{type(answer).__name__.lower()}")
        else:
            channel.account_name, channel.display_name = answer.account_name, answer.display_name


def _store(database: Database, rows: list[Channel], clock: SystemClock) -> None:
    with database.transaction() as session:
        for channel in rows:
            session.add(channel)
            session.flush()
            audit.write(session, clock.now(), "channel.add", subject=f"channel:{channel.id}", by="cli import")

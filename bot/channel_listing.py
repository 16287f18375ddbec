"""`sotay channel list`: every bot account with its state, for people as a table and for scripts as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.app import open_storage
from bot.clock import SystemClock
from bot.dates import month
from bot.settings import Settings, load
from bot.spans import span
from bot.texts import t
from storage import channel_overview, channels, organizations
from storage.channel_overview import Load
from storage.channels import Channel, ChannelState
from storage.db import Database

COLUMNS = ("name", "platform", "account", "mode", "state", "owner", "waiting", "used", "users")
WIDE = 160
"""Columns of a table that is not written to a terminal."""


@dataclass(frozen=True, slots=True)
class Row:
    """One channel as scripts read it. Moments are ISO 8601 in UTC; `used_percent` is None without a quota."""

    name: str
    platform: str
    account: str
    display_name: str
    organization: str
    mode: str
    state: str
    trouble: str
    paused_until: str | None
    owner: str
    lease_until: str | None
    waiting: int
    held: int
    oldest_due: str | None
    sending: int
    unknown: int
    failed: int
    quota: int
    used: int
    used_percent: float | None
    users: int
    user_limit: int
    groups: int
    per_second: float

    @property
    def is_fine(self) -> bool:
        """Nothing here asks for an operator."""
        resting = self.paused_until is not None
        full = self.used_percent is not None and self.used_percent >= 100
        return self.state == ChannelState.ACTIVE and not (self.trouble or resting or full)


def show(
    as_json: Annotated[bool, typer.Option("--json", help=t("cli.as-json"))] = False,
    trouble: Annotated[bool, typer.Option("--trouble", help=t("cli.channel-list-trouble"))] = False,
    removed: Annotated[bool, typer.Option("--removed", help=t("cli.channel-list-removed"))] = False,
) -> None:
    """Every bot account with its state, its process, what waits and this month's use."""
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    rows = [row for row in _rows(database, settings, now) if removed or row.state != ChannelState.REMOVED]
    rows = [row for row in rows if not row.is_fine] if trouble else rows
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    table = Table(*(t(f"cli.column-{name}") for name in COLUMNS))
    for row in rows:
        table.add_row(*_cells(row, now))
    wide_console().print(table)


def wide_console() -> Console:
    """A terminal's own width; for pipes and files wide enough that nothing is cut."""
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, width=WIDE)


def short_owner(owner: str) -> str:
    """Machine and process number out of a process's full name (bot/ownership.py); "–" for none."""
    place, _, rest = owner.partition(":")
    return f"{place.partition('/')[0]}:{rest.partition(':')[0]}" if owner else "–"


def _rows(database: Database, settings: Settings, now: datetime) -> Iterator[Row]:
    with database.reading() as session:
        found = channels.everything(session)
        loads = channel_overview.loads(session, month(now, settings.zone))
        codes = {row.id: row.code for row in organizations.everything(session)}
    for channel in found:
        yield _row(channel, loads.get(channel.id or 0, Load()), codes.get(channel.organization_id, ""), now)


def _row(channel: Channel, load: Load, organization: str, now: datetime) -> Row:
    quota = channel.monthly_quota
    resting = channel.paused_until if channel.paused_until and channel.paused_until > now else None
    return Row(
        name=channel.name,
        platform=channel.platform,
        account=channel.account_name,
        display_name=channel.display_name,
        organization=organization,
        mode=channel.mode,
        state=channel.state,
        trouble=channel.trouble,
        paused_until=_iso(resting),
        owner=channel.owner,
        lease_until=_iso(channel.lease_until),
        waiting=load.waiting,
        held=load.held,
        oldest_due=_iso(load.oldest),
        sending=load.sending,
        unknown=load.unknown,
        failed=load.failed,
        quota=quota,
        used=load.used,
        used_percent=round(100 * load.used / quota, 1) if quota else None,
        users=load.users,
        user_limit=channel.user_limit,
        groups=load.groups,
        per_second=channel.per_second,
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _cells(row: Row, now: datetime) -> Iterator[str]:
    yield row.name
    yield row.platform
    yield row.account
    yield row.mode
    state = f"{row.state} ({row.trouble})" if row.trouble else row.state
    if row.paused_until:
        state += " " + t("cli.rests-for", span=span(datetime.fromisoformat(row.paused_until) - now))
    yield state
    yield short_owner(row.owner)
    waiting = str(row.waiting)
    if row.oldest_due and (late := now - datetime.fromisoformat(row.oldest_due)).total_seconds() > 0:
        waiting += f" ({span(late)})"
    yield waiting
    yield f"{row.used}/{row.quota} ({row.used_percent:.0f} %)" if row.quota else str(row.used)
    yield f"{row.users}/{row.user_limit}" if row.user_limit else str(row.users)

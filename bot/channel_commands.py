"""`sotay channel …`: connect bot accounts. Tokens come from a file, the environment or standard input, never from
the command line, where the machine's process list would show them."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.app import open_storage
from bot.clock import SystemClock
from bot.dates import month
from bot.errors import SendError, SettingsError
from bot.fleet import make_adapter
from bot.messages import Platform
from bot.settings import load
from bot.texts import t
from storage import audit, channels
from storage.channels import Channel, ChannelState

channel_app = typer.Typer(help=t("cli.channel"), no_args_is_help=True)
BASES = {Platform.TELEGRAM: "https://api.telegram.org", Platform.ZALO: "https://bot-api.zaloplatforms.com"}
PLANS = {Platform.TELEGRAM: (0, 0), Platform.ZALO: (3000, 50)}
"""Messages per month, people (zalo-bot-api.md, Plans; telegram-notes.md, Limits)."""


def new_channel(platform: Platform, name: str, token: str, *, base_url: str = "", mode: str = "polling") -> Channel:
    """A channel row with the platform's documented limits and fresh secrets."""
    quota, users = PLANS[platform]
    return Channel(
        platform=platform,
        name=name,
        token=token,
        token_hash=channels.token_hash(token),
        base_url=base_url or BASES[platform],
        mode=mode,
        webhook_key=secrets.token_urlsafe(24),
        webhook_secret=secrets.token_urlsafe(32),
        monthly_quota=quota,
        user_limit=users,
    )


@channel_app.command("add", help=t("cli.channel-add"))
def add(
    platform: Annotated[Platform, typer.Argument(help=t("cli.channel-platform"))],
    name: Annotated[str, typer.Argument(help=t("cli.channel-name"))],
    token_file: Annotated[str, typer.Option(help=t("cli.channel-token-file"))] = "",
    base_url: Annotated[str, typer.Option(help=t("cli.channel-base-url"))] = "",
    webhook: Annotated[bool, typer.Option("--webhook", help=t("cli.channel-webhook"))] = False,
) -> None:
    """Store a bot account and say hello to its platform."""
    token = _token(token_file)
    settings = load()
    database = open_storage(settings)
    channel = new_channel(platform, name, token, base_url=base_url, mode="webhook" if webhook else "polling")
    try:
        identity = asyncio.run(_hello(channel))
    except SendError as error:
        raise SettingsError(t("cli.channel-refused", reason=type(error).__name__)) from None
    channel.account_name, channel.display_name = identity
    with database.transaction() as session:
        if channels.is_known(session, name, channel.token_hash):
            raise SettingsError(t("cli.channel-known", name=name))
        session.add(channel)
        session.flush()
        audit.write(session, SystemClock(settings.clock_file).now(), "channel.add", subject=f"channel:{channel.id}")
    typer.echo(t("cli.channel-added", name=name, account=channel.account_name, display=channel.display_name))


def _token(token_file: str) -> str:
    if token_file == "-":  # noqa: S105 (the name of standard input)
        token = sys.stdin.readline()
    elif token_file:
        try:
            token = Path(token_file).read_text()
        except OSError as error:
            raise SettingsError(f"{token_file}: {error.strerror}") from None
    else:
        token = os.environ.get("SOTAY_TOKEN", "") or typer.prompt(t("cli.channel-token"), hide_input=True)
    if not token.strip():
        raise SettingsError(t("cli.channel-no-token"))
    return token.strip()


async def _hello(channel: Channel) -> tuple[str, str]:
    adapter = make_adapter(channel)
    try:
        identity = await adapter.start()
    finally:
        await adapter.stop()
    return identity.account_name, identity.display_name


@channel_app.command("list", help=t("cli.channel-list"))
def show() -> None:
    """Every bot account with its state and this month's use."""
    settings = load()
    database = open_storage(settings)
    this_month = month(SystemClock(settings.clock_file).now(), settings.zone)
    table = Table(*(t(f"cli.column-{name}") for name in ("name", "platform", "account", "mode", "state", "used")))
    with database.reading() as session:
        for row in channels.everything(session):
            used = f"{channels.used(session, row.id or 0, this_month)}/{row.monthly_quota or '∞'}"
            table.add_row(row.name, row.platform, row.account_name, row.mode, row.trouble or row.state, used)
    Console().print(table)


@channel_app.command("test", help=t("cli.channel-test"))
def test(name: Annotated[str, typer.Argument(help=t("cli.channel-name"))]) -> None:
    """Ask the platform who this bot is."""
    database = open_storage(load())
    with database.reading() as session:
        channel = channels.by_name(session, name)
    if channel is None:
        raise SettingsError(t("cli.channel-unknown", name=name))
    try:
        account, display = asyncio.run(_hello(channel))
    except SendError as error:
        raise SettingsError(t("cli.channel-refused", reason=type(error).__name__)) from None
    typer.echo(t("cli.channel-added", name=name, account=account, display=display))


@channel_app.command("pause", help=t("cli.channel-pause"))
def pause(name: Annotated[str, typer.Argument(help=t("cli.channel-name"))]) -> None:
    """Send nothing on this channel until `resume`."""
    _set_state(name, ChannelState.PAUSED)


@channel_app.command("resume", help=t("cli.channel-resume"))
def resume(name: Annotated[str, typer.Argument(help=t("cli.channel-name"))]) -> None:
    """Send again."""
    _set_state(name, ChannelState.ACTIVE)


def _set_state(name: str, state: ChannelState) -> None:
    settings = load()
    database = open_storage(settings)
    with database.transaction() as session:
        channel = channels.by_name(session, name)
        if channel is None:
            raise SettingsError(t("cli.channel-unknown", name=name))
        channel.state, channel.trouble, channel.paused_until = state, "", None
        now = SystemClock(settings.clock_file).now()
        audit.write(session, now, f"channel.{state}", subject=f"channel:{channel.id}")
    typer.echo(t("cli.channel-state", name=name, state=state))

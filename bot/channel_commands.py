"""`sotay channel …`: connect bot accounts, look after them, take them out of service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import typer
from sqlmodel import Session

from bot.app import open_storage
from bot.bot_accounts import hello, new_channel, read_token, without_webhook
from bot.channel_import import MODES, bring
from bot.channel_listing import show
from bot.clock import SystemClock
from bot.errors import Misconfigured, SettingsError
from bot.messages import Platform
from bot.settings import load
from bot.texts import t
from storage import audit, channel_removal, channels, organizations
from storage.channels import Channel, ChannelState
from storage.db import Database

__all__ = ["channel_app", "new_channel"]

channel_app = typer.Typer(help=t("cli.channel"), no_args_is_help=True)
channel_app.command("list", help=t("cli.channel-list"))(show)
channel_app.command("import", help=t("cli.channel-import"))(bring)

FASTEST = {Platform.TELEGRAM: 1000.0, Platform.ZALO: 100.0}
"""Messages per second: Telegram's paid broadcasts; for Zalo, which publishes none, a guard against a slipped digit."""
NAME = Annotated[str, typer.Argument(help=t("cli.channel-name"))]
TOKEN_FILE = Annotated[str, typer.Option(help=t("cli.channel-token-file"))]


@channel_app.command("add", help=t("cli.channel-add"))
def add(
    platform: Annotated[Platform, typer.Argument(help=t("cli.channel-platform"))],
    name: NAME,
    token_file: TOKEN_FILE = "",
    base_url: Annotated[str, typer.Option(help=t("cli.channel-base-url"))] = "",
    webhook: Annotated[bool, typer.Option("--webhook", help=t("cli.channel-webhook"))] = False,
    organization: Annotated[str, typer.Option(help=t("cli.channel-organization"))] = "",
) -> None:
    """Store a bot account and say hello to its platform."""
    token = read_token(token_file)
    desk = Desk()
    channel = new_channel(platform, name, token, base_url=base_url, mode="webhook" if webhook else "polling")
    if webhook:
        desk.need_public_url()
    identity = hello(channel)
    channel.account_name, channel.display_name = identity.account_name, identity.display_name
    with desk.database.transaction() as session:
        if channels.is_known(session, name, channel.token_hash):
            raise SettingsError(t("cli.channel-known", name=name))
        channel.organization_id = _organization(session, organization)
        session.add(channel)
        session.flush()
        desk.note(session, channel, "add")
    typer.echo(t("cli.channel-added", name=name, account=channel.account_name, display=channel.display_name))


@channel_app.command("test", help=t("cli.channel-test"))
def test(name: NAME) -> None:
    """Ask the platform who this bot is."""
    identity = hello(Desk().find(name))
    typer.echo(t("cli.channel-added", name=name, account=identity.account_name, display=identity.display_name))


@channel_app.command("pause", help=t("cli.channel-pause"))
def pause(name: NAME) -> None:
    """Send nothing on this channel until `resume`."""
    _set_state(name, ChannelState.PAUSED)


@channel_app.command("resume", help=t("cli.channel-resume"))
def resume(name: NAME) -> None:
    """Send again, at once."""
    _set_state(name, ChannelState.ACTIVE)


@channel_app.command("remove", help=t("cli.channel-remove"))
def remove(
    name: NAME,
    yes: Annotated[bool, typer.Option("--yes", help=t("cli.yes"))] = False,
    reroute: Annotated[bool, typer.Option("--reroute", help=t("cli.channel-remove-reroute"))] = False,
) -> None:
    """Unlink its people and groups, drop what waits, forget the token. History stays."""
    desk = Desk()
    channel = desk.find(name)
    if not yes:
        typer.confirm(t("cli.channel-remove-sure", name=name, account=channel.account_name), abort=True)
    with desk.database.transaction() as session:
        row = desk.known(session, name)
        ended = channel_removal.remove(session, row, desk.clock.now(), reroute=reroute)
        counts = {"accounts": ended.accounts, "groups": ended.groups, "rerouted": ended.rerouted}
        desk.note(session, row, "remove", **counts, dropped=ended.dropped)
    typer.echo(t("cli.channel-removed", name=name, dropped=ended.dropped, **counts))
    # The platform comes last: a webhook that stays behind posts to a path that nobody answers any more.
    if not without_webhook(channel):
        typer.echo(t("cli.channel-removed-silent"))


@channel_app.command("set", help=t("cli.channel-set"))
def change(  # noqa: PLR0913 (each parameter is an option of the command line)
    name: NAME,
    *,
    rate: Annotated[float | None, typer.Option(min=0, help=t("cli.channel-rate"))] = None,
    quota: Annotated[int | None, typer.Option(min=0, help=t("cli.channel-quota"))] = None,
    users: Annotated[int | None, typer.Option(min=0, help=t("cli.channel-users"))] = None,
    organization: Annotated[str | None, typer.Option(help=t("cli.channel-organization"))] = None,
    link_id: Annotated[str | None, typer.Option(help=t("cli.channel-link-id"))] = None,
    mode: Annotated[str | None, typer.Option(help=t("cli.channel-mode"))] = None,
    token_file: TOKEN_FILE = "",
) -> None:
    """Change how a bot account is used; a running bot notices within seconds."""
    desk = Desk()
    channel = desk.find(name)
    if rate is not None and rate > FASTEST[Platform(channel.platform)]:
        raise SettingsError(t("cli.channel-rate-high", most=f"{FASTEST[Platform(channel.platform)]:.0f}"))
    if mode is not None and mode not in MODES:
        raise SettingsError(t("cli.import-mode"))
    if mode == "webhook":
        desk.need_public_url()
    token = _replacement(channel, token_file) if token_file else ""
    wishes = {"per_second": rate, "monthly_quota": quota, "user_limit": users, "link_id": link_id, "mode": mode}
    with desk.database.transaction() as session:
        row = desk.known(session, name)
        changed = _apply(row, {key: value for key, value in wishes.items() if value is not None})
        if organization is not None:
            changed |= _apply(row, {"organization_id": _organization(session, organization)})
        if token:
            changed |= _renew(session, row, token)
        if not changed:
            raise SettingsError(t("cli.channel-nothing"))
        desk.note(session, row, "set", **changed)
    typer.echo(t("cli.channel-changed", name=name, what=", ".join(sorted(changed))))


@dataclass(slots=True)
class Desk:
    """What every command here works with."""

    database: Database = field(default_factory=lambda: open_storage(load()))
    clock: SystemClock = field(default_factory=lambda: SystemClock(load().clock_file))

    def find(self, name: str) -> Channel:
        """The channel of this name, to look at."""
        with self.database.reading() as session:
            return self.known(session, name)

    @staticmethod
    def known(session: Session, name: str) -> Channel:
        """The channel of this name, to change. SettingsError when there is none or it has been removed."""
        channel = channels.by_name(session, name)
        if channel is None or channel.state == ChannelState.REMOVED:
            raise SettingsError(t("cli.channel-unknown", name=name))
        return channel

    def note(self, session: Session, channel: Channel, act: str, **details: object) -> None:
        """Write it into the audit trail."""
        now = self.clock.now()
        audit.write(session, now, f"channel.{act}", subject=f"channel:{channel.id}", by="cli", details=details)

    @staticmethod
    def need_public_url() -> None:
        """A webhook needs an address that the platform can post to."""
        if not load().public_url:
            raise SettingsError(t("cli.channel-no-public-url"))


def _set_state(name: str, state: ChannelState) -> None:
    desk = Desk()
    with desk.database.transaction() as session:
        channel = desk.known(session, name)
        channel.state, channel.trouble, channel.paused_until = state, "", None
        desk.note(session, channel, state)
    typer.echo(t("cli.channel-state", name=name, state=state))


def _organization(session: Session, code: str) -> int | None:
    """The id behind a code; None for "" and "-" (serves nobody in particular)."""
    if code in {"", "-"}:
        return None
    found = organizations.by_code(session, code)
    if found is None:
        raise SettingsError(t("cli.import-no-organization", code=code))
    return found.id


def _apply(row: Channel, wishes: dict[str, object]) -> dict[str, object]:
    """Set what differs. Returns {field: [before, after]} for the audit trail."""
    changed: dict[str, object] = {}
    for name, value in wishes.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changed[name] = [before, value]
    return changed


def _replacement(channel: Channel, token_file: str) -> str:
    """A new token of the same bot. Another bot would be strange to every chat that is linked here."""
    token = read_token(token_file)
    trial = new_channel(Platform(channel.platform), channel.name, token, base_url=channel.base_url)
    account = hello(trial).account_name
    if channel.account_name and account != channel.account_name:
        raise SettingsError(t("cli.channel-other-bot", account=account, ours=channel.account_name))
    return token


def _renew(session: Session, row: Channel, token: str) -> dict[str, object]:
    hashed = channels.token_hash(token)
    holder = channels.by_token(session, hashed)
    if holder is not None:
        if holder.id != row.id:
            raise SettingsError(t("cli.channel-known", name=holder.name))
        return {}
    row.token, row.token_hash = token, hashed
    if row.state == ChannelState.MISCONFIGURED or row.trouble == Misconfigured.__name__:
        row.state, row.trouble = ChannelState.ACTIVE, ""
    return {"token": "replaced"}

"""`sotay doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import open_storage
from bot.clock import SystemClock
from bot.errors import SendError, SettingsError
from bot.fleet import make_adapter
from bot.settings import Settings
from bot.texts import t
from storage import audit, channels, inbox, outbox
from storage.channels import Channel
from storage.db import Database, DatabaseDown

LOW_DISK = 1 << 30
FONTS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `level`: ok, warn or bad; `advice` says what to do about it."""

    level: str
    what: str
    advice: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, in the order in which one would mend it."""
    yield from _folders(settings)
    try:
        database = open_storage(settings)
        seconds = database.ping()
    except (SettingsError, DatabaseDown, OSError) as error:
        reason = str(error) if isinstance(error, SettingsError) else type(error).__name__
        yield Finding("bad", t("doctor.database-bad", reason=reason), t("doctor.database-advice"))
        return
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    yield Finding("ok", t("doctor.database-ok", kind=kind, milliseconds=f"{seconds * 1000:.1f}"))
    yield Finding("ok", t("doctor.key", path=settings.key_file.resolve()))
    yield _clock(settings)
    yield _public_url(settings)
    yield _fonts()
    yield from _channels(database)
    yield from _queues(database)
    database.close()


def _folders(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    shown = t("doctor.disk", path=settings.data_dir.resolve(), free=f"{free / (1 << 30):.1f}")
    yield Finding("warn" if free < LOW_DISK else "ok", shown, t("doctor.disk-advice") if free < LOW_DISK else "")


def _clock(settings: Settings) -> Finding:
    offset = SystemClock(settings.clock_file).now() - datetime.now(UTC)
    shown = datetime.now(settings.zone).strftime("%H:%M %d/%m/%Y")
    if abs(offset) > timedelta(minutes=1):
        return Finding("warn", t("doctor.clock-moved", file=settings.clock_file), t("doctor.clock-advice"))
    return Finding("ok", t("doctor.clock", now=shown, zone=settings.timezone))


def _public_url(settings: Settings) -> Finding:
    if not settings.public_url:
        return Finding("warn", t("doctor.no-public-url"), t("doctor.public-url-advice"))
    if settings.public_url.startswith("http://") and "127.0.0.1" not in settings.public_url:
        return Finding("warn", t("doctor.http-url", url=settings.public_url), t("doctor.public-url-advice"))
    return Finding("ok", t("doctor.public-url", url=settings.public_url))


def _fonts() -> Finding:
    if any(next(folder.rglob("*.[to]tf"), None) for folder in FONTS if folder.exists()):
        return Finding("ok", t("doctor.fonts"))
    return Finding("warn", t("doctor.no-fonts"), t("doctor.fonts-advice"))


def _channels(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        rows = channels.everything(session)
    if not rows:
        yield Finding("warn", t("doctor.no-channels"), t("doctor.channels-advice"))
    for row in rows:
        yield asyncio.run(_channel(row))


async def _channel(row: Channel) -> Finding:
    adapter = make_adapter(row)
    try:
        identity = await adapter.start()
    except SendError as error:
        shown = t("doctor.channel-bad", name=row.name, url=row.base_url, reason=type(error).__name__)
        return Finding("bad", shown, t("doctor.channel-advice", name=row.name))
    finally:
        await adapter.stop()
    return Finding("ok", t("doctor.channel-ok", name=row.name, account=identity.account_name))


def _queues(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        failed = len(inbox.failed(session))
        counts = outbox.counts(session)
        broken = audit.broken_at(session)
    if failed:
        yield Finding("warn", t("doctor.inbox-failed", count=failed), t("doctor.inbox-advice"))
    if unknown := counts.get("unknown", 0):
        yield Finding("warn", t("doctor.unknown", count=unknown))
    yield Finding("ok", t("doctor.outbox", pending=counts.get("pending", 0), sent=counts.get("sent", 0)))
    if broken is None:
        yield Finding("ok", t("doctor.audit-ok"))
    else:
        yield Finding("bad", t("doctor.audit-broken", row=broken), t("doctor.audit-advice"))

"""`sotay doctor`: what is wrong with this installation, and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import narrator_of, open_storage
from bot.bot_accounts import hellos
from bot.clock import SystemClock
from bot.dates import month
from bot.errors import SendError, SettingsError
from bot.settings import Settings
from bot.speech.voices import SpeechTrouble
from bot.texts import t
from storage import audios, audit, channel_overview, channels, inbox, outbox, outbox_review, processes
from storage.audios import AudioState
from storage.channel_overview import Load
from storage.channels import ChannelState
from storage.db import Database, DatabaseDown

LOW_DISK = 1 << 30
MANY = 20
"""More channels that answer are counted, not listed."""
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
    yield from _speech(settings, database)
    yield from _channels(database)
    now = SystemClock(settings.clock_file).now()
    yield from _loads(database, settings, now)
    yield from _queues(database, now)
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


def _speech(settings: Settings, database: Database) -> Iterator[Finding]:
    """One short sentence is really spoken: a library that is there may still not start."""
    if settings.speech == "off":
        yield Finding("ok", t("doctor.speech-off"))
    else:
        try:
            narrator_of(settings).measure(t("help.bot"))
            yield Finding("ok", t("doctor.speech-ok", engine=settings.speech))
        except SpeechTrouble as trouble:
            shown = t("doctor.speech-bad", engine=settings.speech, reason=trouble.reason)
            yield Finding("warn", shown, t(f"doctor.speech-{settings.speech}-advice"))
    with database.reading() as session:
        failed = audios.counts(session).get(AudioState.FAILED, 0)
    if failed:
        yield Finding("warn", t("doctor.speech-failed", count=failed), t("doctor.speech-failed-advice"))


def _channels(database: Database) -> Iterator[Finding]:
    with database.reading() as session:
        rows = [row for row in channels.everything(session) if row.state != ChannelState.REMOVED]
    if not rows:
        yield Finding("warn", t("doctor.no-channels"), t("doctor.channels-advice"))
    fine = []
    for row, answer in zip(rows, asyncio.run(hellos(rows)), strict=True):
        if isinstance(answer, SendError):
            shown = t("doctor.channel-bad", name=row.name, url=row.base_url, reason=type(answer).__name__)
            yield Finding("bad", shown, t("doctor.channel-advice", name=row.name))
        else:
            fine.append(t("doctor.channel-ok", name=row.name, account=answer.account_name))
    if len(fine) > MANY:
        fine = [t("doctor.channels-ok", count=len(fine))]
    for shown in fine:
        yield Finding("ok", shown)


def _loads(database: Database, settings: Settings, now: datetime) -> Iterator[Finding]:
    """Channels that cannot do what is asked of them, though they answer."""
    with database.reading() as session:
        rows = [row for row in channels.everything(session) if row.state != ChannelState.REMOVED]
        loads = channel_overview.loads(session, month(now, settings.zone))
        leases = processes.moment(session)
    for row in rows:
        load = loads.get(row.id or 0, Load())
        advice = t("doctor.see-channel")
        if row.state != ChannelState.ACTIVE:
            yield Finding("warn", t("doctor.channel-state", name=row.name, state=row.state, reason=row.trouble), advice)
        if row.monthly_quota and load.used >= settings.quota_warn * row.monthly_quota:
            use = {"used": load.used, "quota": row.monthly_quota}
            yield Finding("warn", t("doctor.quota", name=row.name, **use), t("doctor.quota-advice"))
        if row.user_limit and load.users >= row.user_limit:
            count = {"users": load.users, "limit": row.user_limit}
            yield Finding("warn", t("doctor.users", name=row.name, **count), t("doctor.users-advice"))
        owned = bool(row.owner) and row.lease_until is not None and row.lease_until > leases
        if load.waiting and not owned:
            yield Finding("bad", t("doctor.unowned", name=row.name, count=load.waiting), t("doctor.unowned-advice"))


def _queues(database: Database, now: datetime) -> Iterator[Finding]:
    with database.reading() as session:
        failed = len(inbox.failed(session))
        counts = outbox.counts(session)
        overdue = len(outbox_review.overdue(session, now))
        broken = audit.broken_at(session)
    if failed:
        yield Finding("warn", t("doctor.inbox-failed", count=failed), t("doctor.inbox-advice"))
    if unknown := counts.get("unknown", 0):
        yield Finding("warn", t("doctor.unknown", count=unknown), t("doctor.unknown-advice"))
    if overdue:
        yield Finding("bad", t("doctor.overdue", count=overdue), t("doctor.overdue-advice"))
    yield Finding("ok", t("doctor.outbox", pending=counts.get("pending", 0), sent=counts.get("sent", 0)))
    if broken is None:
        yield Finding("ok", t("doctor.audit-ok"))
    else:
        yield Finding("bad", t("doctor.audit-broken", row=broken), t("doctor.audit-advice"))

"""`sotay outbox …`: what waits, what failed, what nobody knows, and what an operator decides about it.

No text, name or chat id is shown: numbers, kinds, ages and errors are enough to decide.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, NamedTuple

import typer
from rich.table import Table
from sqlmodel import Session

from bot.app import open_storage
from bot.channel_listing import short_owner, wide_console
from bot.clock import SystemClock
from bot.errors import SettingsError
from bot.settings import load
from bot.spans import span
from bot.texts import t
from storage import audit, channels, outbox_review, processes
from storage.channels import ChannelState
from storage.outbox import DeliveryState, Lane
from storage.outbox_review import Decision, Entry, Wanted

outbox_app = typer.Typer(help=t("cli.outbox"), no_args_is_help=True)

COLUMNS = ("id", "channel", "kind", "lane", "state", "age", "attempts", "reason")
DROPPED_BY_HAND = "dropped by the operator"
IDS = Annotated[list[int] | None, typer.Argument(help=t("cli.outbox-ids"))]
STATE = Annotated[DeliveryState | None, typer.Option(help=t("cli.outbox-state"))]
BROADCAST = Annotated[int | None, typer.Option(help=t("cli.outbox-broadcast"))]
YES = Annotated[bool, typer.Option("--yes", help=t("cli.yes"))]
AS_JSON = Annotated[bool, typer.Option("--json", help=t("cli.as-json"))]


class Times(NamedTuple):
    """The product's now, which classes may move, and the clock of leases, which nobody moves."""

    now: datetime
    lease: datetime


@outbox_app.command("list", help=t("cli.outbox-list"))
def show(
    state: STATE = None,
    channel: Annotated[str, typer.Option(help=t("cli.channel-name"))] = "",
    broadcast: BROADCAST = None,
    limit: Annotated[int, typer.Option(min=1, help=t("cli.outbox-limit"))] = 50,
    as_json: AS_JSON = False,
) -> None:
    """The oldest deliveries that fit, with the reason why each is where it is."""
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    with database.reading() as session:
        times = Times(now, processes.moment(session))
        known = channels.by_name(session, channel) if channel else None
        if channel and known is None:
            raise SettingsError(t("cli.channel-unknown", name=channel))
        states = [state] if state else [each for each in DeliveryState if each is not DeliveryState.SENT]
        wanted = Wanted(states=states, channel_id=known.id if known else None, broadcast_id=broadcast)
        found = outbox_review.find(session, wanted, limit=limit)
        total = sum(outbox_review.count(session, wanted).values())
    if as_json:
        typer.echo(json.dumps([_plain(entry, times) for entry in found], ensure_ascii=False, indent=1))
        return
    table = Table(*(t(f"cli.column-{name}") for name in COLUMNS))
    for entry in found:
        table.add_row(*_cells(entry, times))
    if found:
        wide_console().print(table)
    typer.echo(t("cli.outbox-total", shown=len(found), total=total))


@outbox_app.command("counts", help=t("cli.outbox-counts"))
def counts(as_json: AS_JSON = False) -> None:
    """How many deliveries are in each state, by lane."""
    settings = load()
    database = open_storage(settings)
    now = SystemClock(settings.clock_file).now()
    with database.reading() as session:
        heaps = outbox_review.heaps(session)
    if as_json:
        rows = [{"state": heap.state, "lane": _lane(heap.lane), "count": heap.number} for heap in heaps]
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table(*(t(f"cli.column-{name}") for name in ("state", "lane", "count", "oldest")))
    for heap in heaps:
        table.add_row(heap.state, _lane(heap.lane), str(heap.number), span(now - heap.oldest))
    wide_console().print(table)


@outbox_app.command("resend", help=t("cli.outbox-resend"))
def resend(ids: IDS = None, *, broadcast: BROADCAST = None, state: STATE = None, yes: YES = False) -> None:
    """Send again what failed, was refused or is unknown. Asks back where a person may get it twice."""
    wanted = _wanted(ids, broadcast, state)
    settings = load()
    database = open_storage(settings)
    with database.reading() as session:
        counted = outbox_review.count(session, wanted)
    unknown = counted.get(DeliveryState.UNKNOWN, 0)
    if unknown and not yes:
        typer.confirm(t("cli.outbox-resend-sure", count=unknown), abort=True)
    now = SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        decision = outbox_review.resend(session, wanted, now)
        _note(session, now, act="resend", decision=decision, wanted=wanted)
    _tell(decision, "cli.outbox-resent")


@outbox_app.command("drop", help=t("cli.outbox-drop"))
def drop(ids: IDS = None, *, broadcast: BROADCAST = None, state: STATE = None, yes: YES = False) -> None:
    """Give up what waits, failed or is unknown: it is not sent, and no longer asked about."""
    wanted = _wanted(ids, broadcast, state)
    settings = load()
    database = open_storage(settings)
    with database.reading() as session:
        counted = outbox_review.count(session, wanted)
    fits = sum(number for each, number in counted.items() if each in outbox_review.DROPPABLE)
    if fits and not ids and not yes:
        typer.confirm(t("cli.outbox-drop-sure", count=fits), abort=True)
    now = SystemClock(settings.clock_file).now()
    with database.transaction() as session:
        decision = outbox_review.drop(session, wanted, DROPPED_BY_HAND)
        _note(session, now, act="drop", decision=decision, wanted=wanted)
    _tell(decision, "cli.outbox-dropped")


def _wanted(ids: list[int] | None, broadcast: int | None, state: DeliveryState | None) -> Wanted:
    """What the command line names. SettingsError when it names nothing, or a whole state of everything."""
    if not ids and broadcast is None:
        raise SettingsError(t("cli.outbox-which"))
    if not ids and state is None:
        raise SettingsError(t("cli.outbox-which-state"))
    return Wanted(ids=ids or (), states=[state] if state else (), broadcast_id=broadcast)


def _note(session: Session, now: datetime, *, act: str, decision: Decision, wanted: Wanted) -> None:
    meant = {"ids": list(wanted.ids)[:100], "broadcast": wanted.broadcast_id, "states": list(wanted.states)}
    if decision.done:
        audit.write(session, now, f"outbox.{act}", subject="outbox", by="cli", count=decision.done, meant=meant)


def _tell(decision: Decision, key: str) -> None:
    typer.echo(t(key, count=decision.done))
    for reason, number in decision.left.items():
        typer.echo(t(f"cli.outbox-left-{reason}", count=number))
    for broadcast in decision.broadcasts:
        typer.echo(t("cli.outbox-reopened", broadcast=broadcast))
    if not decision.done:
        raise typer.Exit(1)


def _lane(lane: int) -> str:
    return Lane(lane).name.lower()


def _kind(entry: Entry) -> str:
    """`group document`, `private edit`, `private`: where it goes and what it is about, never what it says."""
    where = "group" if entry.is_group else "private"
    what = "edit" if entry.edits else "delete" if entry.deletes else entry.about.partition(":")[0]
    return f"{where} {what}".strip()


def _since(entry: Entry) -> datetime:
    return entry.sent_at or entry.claimed_at or entry.created_at


def _plain(entry: Entry, times: Times) -> dict[str, object]:
    return {
        "id": entry.id,
        "channel": entry.channel,
        "kind": _kind(entry),
        "lane": _lane(entry.lane),
        "state": entry.state,
        "broadcast": entry.broadcast_id,
        "since": _since(entry).isoformat(timespec="seconds"),
        "seconds": int((times.now - _since(entry)).total_seconds()),
        "attempts": entry.attempts,
        "error": entry.error,
        "reason": reason(entry, times),
    }


def _cells(entry: Entry, times: Times) -> Iterator[str]:
    yield str(entry.id)
    yield entry.channel
    yield _kind(entry)
    yield _lane(entry.lane)
    yield entry.state
    yield span(times.now - _since(entry))
    yield str(entry.attempts)
    yield reason(entry, times)


def reason(entry: Entry, times: Times) -> str:
    """Why it is where it is: what a sender is doing, what it waits for, or the platform's refusal."""
    owned = bool(entry.owner) and entry.owned_until is not None and entry.owned_until > times.lease
    if entry.state == DeliveryState.SENDING:
        return _why_sending(entry, times, owned)
    if entry.state == DeliveryState.HELD:
        return t("cli.reason-held", broadcast=entry.broadcast_id or 0)
    return _why_waiting(entry, times, owned) if entry.state == DeliveryState.PENDING else entry.error


def _why_sending(entry: Entry, times: Times, owned: bool) -> str:
    if entry.lease_until is None or entry.lease_until <= times.now:
        return t("cli.reason-overdue")
    left = span(entry.lease_until - times.now)
    return t("cli.reason-sending" if owned else "cli.reason-orphan", owner=short_owner(entry.owner), span=left)


def _why_waiting(entry: Entry, times: Times, owned: bool) -> str:
    if entry.channel_state != ChannelState.ACTIVE:
        return t("cli.reason-channel", state=entry.channel_state)
    if entry.paused_until is not None and entry.paused_until > times.now:
        return t("cli.reason-rests", span=span(entry.paused_until - times.now))
    if entry.due_at > times.now:
        return t("cli.reason-later", span=span(entry.due_at - times.now), error=entry.error or "–")
    return t("cli.reason-turn") if owned else t("cli.reason-nobody")

"""What its sender sees of a broadcast: one message that is edited as it goes (where the platform can edit), and one
closing message when somebody did not get it. Nobody is told that all went well."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.flows.broadcasts import words
from bot.messages import Platform
from bot.texts import t
from storage import audience, broadcasts, channels, deliveries, notes
from storage.broadcasts import Broadcast, BroadcastState
from storage.deliveries import Row
from storage.notes import Note
from storage.outbox import Delivery, DeliveryState, Lane

EVERY = timedelta(seconds=5)
"""The progress message changes at most so often."""
MANY = 50
"""Messages from which on there is a progress message at once; a branch of 27 is not nagged."""
LONG = timedelta(seconds=20)
"""A smaller broadcast gets one when it takes longer than this."""
WRONG = (DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN)
"""What a closing message is written for. What was dropped has a note of its own; who has no account is known."""
EDITING = frozenset({Platform.TELEGRAM})
"""Platforms that can edit; elsewhere progress is told on request."""


def report(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """Write the progress message, or bring it up to date. Returns how many messages wait to be sent because of it."""
    broadcast.progress_at = now
    row = deliveries.of_once(session, _once(broadcast))
    return _begin(session, broadcast, now) if row is None else _edit(row, _text(session, broadcast), now)


def _begin(session: Session, broadcast: Broadcast, now: datetime) -> int:
    big = sum(deliveries.tally(session, broadcast.id or 0).values()) > MANY
    late = broadcast.useful_until is not None and broadcast.useful_until <= now  # a note of its own is on its way
    if broadcast.made_by is None or late or not (big or now - broadcast.made_at > LONG):
        return 0
    found = audience.addresses_of(session, [broadcast.made_by]).get(broadcast.made_by)
    if found is None or channels.get(session, found[0]).platform not in EDITING:
        return 0
    row = Row(
        channel_id=found[0], chat_id=found[1], member_id=broadcast.made_by, lane=Lane.URGENT,
        text=_text(session, broadcast), once=_once(broadcast), created_at=now, due_at=now,
    )  # fmt: skip
    return deliveries.queue_many(session, [row])


def _edit(row: Delivery, text: str, now: datetime) -> int:
    """The same row goes out again, as an edit of the message that it became."""
    if row.text == text or row.state == DeliveryState.SENDING:
        return 0
    if row.state == DeliveryState.PENDING:
        row.text = text
        return 0
    if not row.message_id:  # never arrived, or nobody knows
        return 0
    row.text, row.edits, row.state, row.attempts, row.due_at = text, row.message_id, DeliveryState.PENDING, 0, now
    return 1


def close(session: Session, broadcast: Broadcast, now: datetime) -> int:
    """It has ended: say so in the progress message, and tell whoever sent it when somebody did not get it.

    Returns 0 when it has to wait because the progress message is on its way just now.
    """
    row = deliveries.of_once(session, _once(broadcast))
    if row is not None and row.state == DeliveryState.SENDING:
        return 0
    cancelled = broadcast.state == BroadcastState.CANCELLED
    broadcast.state = BroadcastState.CANCELLED if cancelled else BroadcastState.FINISHED
    broadcast.finished_at = now
    if row is not None:
        _edit(row, _text(session, broadcast), now)
    if not cancelled and any(deliveries.tally(session, broadcast.id or 0).get(state) for state in WRONG):
        _tell(session, broadcast, now)
    return 1


def _tell(session: Session, broadcast: Broadcast, now: datetime) -> None:
    reader = _reader(session, broadcast)
    if reader is None:
        return
    account = words.account(session, broadcast, now)
    choices = [asdict(choice) for choice in account.choices]
    notes.tell(session, reader, Note(account.text, about=f"broadcast:{broadcast.id}", choices=choices), now)


def _reader(session: Session, broadcast: Broadcast) -> int | None:
    """Whoever sent it, else the leader of the organization that it went to."""
    if broadcast.made_by is not None and audience.addresses_of(session, [broadcast.made_by]):
        return broadcast.made_by
    return notes.leader_of(session, broadcasts.organization_id(broadcast))


def _once(broadcast: Broadcast) -> str:
    return f"b{broadcast.id}:progress"


def _text(session: Session, broadcast: Broadcast) -> str:
    counts = deliveries.tally(session, broadcast.id or 0)
    text = t(
        "broadcasts.progress", title=words.title(broadcast), state=words.state(broadcast),
        sent=counts.get(DeliveryState.SENT, 0), total=sum(counts.values()),
    )  # fmt: skip
    lost = sum(counts.get(state, 0) for state in WRONG)
    if lost:
        text += " " + t("broadcasts.progress-lost", count=lost)
    return text if broadcast.finished_at else text + "\n" + t("broadcasts.progress-how")

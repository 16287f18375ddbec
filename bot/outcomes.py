"""What an answer of a platform means for the rows: one function, one transaction, all cases in one place."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlmodel import Session

from bot.dates import month, next_month
from bot.errors import (
    Blocked,
    Migrated,
    Misconfigured,
    OutcomeUnknown,
    QuotaSpent,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)
from bot.platforms.base import Receipt
from bot.settings import Settings
from bot.vanished import vanish
from storage import channels, digests, files, refusals, sending
from storage.channels import ChannelState
from storage.outbox import DeliveryState
from storage.sending import Claimed

log = structlog.get_logger("sender")

ATTEMPTS = 20
"""Tries of one message that does not get through while others do: about an hour and a half with the pauses below."""
LONGEST_PAUSE = 300.0
"""Seconds; the pauses between tries double from about 2 s up to this."""
VANISHED = 3
"""Refusals in a row after which a chat counts as vanished (zalo-bot-api.md: the error of a blocked chat is unknown)."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One claim and what became of it: a receipt, an error, or neither ("not yet", then `wait` seconds).

    `whole_channel`: a Throttled is about the channel, not about this chat alone.
    """

    claimed: Claimed
    receipt: Receipt | None = None
    error: SendError | None = None
    wait: float = 0.0
    whole_channel: bool = True


def record(session: Session, settings: Settings, done: Sequence[Finished], now: datetime) -> None:
    """Write the outcomes of one channel's claims down."""
    good = [(each.claimed, each.receipt) for each in done if each.receipt is not None]
    if good:
        _sent(session, settings, good, now)
    for each in done:
        if each.error is not None:
            log.warning(
                "not sent", delivery=each.claimed.id, channel=each.claimed.channel_id, error=type(each.error).__name__
            )
            _failed(session, settings, each, each.error, now)
        elif each.receipt is None:
            later = now + timedelta(seconds=each.wait)
            sending.ended(session, each.claimed, DeliveryState.PENDING, "", due_at=later, counts=False)
    digests.settle_carried(session, [each.claimed.id for each in done if each.claimed.about == digests.ABOUT])


def _sent(session: Session, settings: Settings, good: Sequence[tuple[Claimed, Receipt]], now: datetime) -> None:
    sending.sent(session, now, [(claimed, receipt.message_id) for claimed, receipt in good])
    messages = sum(receipt.messages for claimed, receipt in good if not claimed.deletes)
    if messages:
        channels.count_sent(session, good[0][0].channel_id, month(now, settings.zone), messages)
    for claimed, receipt in good:
        if claimed.file_id is not None and receipt.file_handle:
            files.remember_handle(session, claimed.file_id, claimed.channel_id, receipt.file_handle)


def _failed(session: Session, settings: Settings, each: Finished, error: SendError, now: datetime) -> None:
    claimed, why = each.claimed, str(error)
    match error:
        case Throttled():
            _rest(session, each, error, now)
        case Migrated():
            sending.ended(session, claimed, DeliveryState.PENDING, why, due_at=now, counts=False)
            sending.move_chat(session, claimed.channel_id, claimed.chat_id, error.chat_id)
            channels.move_group(session, claimed.channel_id, claimed.chat_id, error.chat_id)
        case QuotaSpent():
            channels.pause_until(session, claimed.channel_id, next_month(now, settings.zone), "quota")
            sending.ended(session, claimed, DeliveryState.PENDING, why, due_at=now, counts=False)
        case Misconfigured():
            channel = channels.get(session, claimed.channel_id)
            channel.state, channel.trouble = ChannelState.PAUSED, type(error).__name__
            sending.ended(session, claimed, DeliveryState.PENDING, why, due_at=now, counts=False)
        case OutcomeUnknown() if not claimed.repeatable:
            sending.ended(session, claimed, DeliveryState.UNKNOWN, why, due_at=now)
        case Unreachable() | OutcomeUnknown() if claimed.attempts < ATTEMPTS:
            pause = min(LONGEST_PAUSE, 2**claimed.attempts) * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
            due = now + timedelta(seconds=pause)
            sending.ended(session, claimed, DeliveryState.PENDING, why, due_at=due)
        case Blocked():
            sending.ended(session, claimed, DeliveryState.BLOCKED, why, due_at=now)
            vanish(session, claimed, now)
        case Rejected() if refusals.count(session, claimed.channel_id, claimed.chat_id) >= VANISHED:
            sending.ended(session, claimed, DeliveryState.BLOCKED, why, due_at=now)
            vanish(session, claimed, now)
        case _:
            sending.ended(session, claimed, DeliveryState.FAILED, why, due_at=now)


def _rest(session: Session, each: Finished, error: Throttled, now: datetime) -> None:
    """Exactly the scope named rests, and nothing of it goes out before its time is over."""
    claimed, until = each.claimed, now + timedelta(seconds=error.retry_after)
    sending.ended(session, claimed, DeliveryState.PENDING, str(error), due_at=until, counts=False)
    if each.whole_channel:
        channels.pause_until(session, claimed.channel_id, until, "")
    else:
        sending.rest_chat(session, claimed.channel_id, claimed.chat_id, until)

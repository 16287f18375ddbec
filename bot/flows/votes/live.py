"""The count so far in one message of the chair's that is edited, where messages can be edited."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlmodel import Session

from bot.messages import Platform, Reply
from bot.texts import t
from storage import audience, outbox, votes
from storage.outbox import DeliveryState
from storage.votes import Counts, Vote, VoteState

EDITING: Final = frozenset({Platform.TELEGRAM})
"""Platforms that can change a message that was sent; elsewhere the chair asks ("Xem số đã trả lời")."""


def counting(vote: Vote, found: Counts) -> str:
    """`«…»: đã trả lời 18/25 …`."""
    return t(
        "votes.counting", title=vote.title, answered=found.total, base=vote.base, count=found.in_favour,
        against=found.against, other=found.other,
    )  # fmt: skip


def live(vote: Vote, found: Counts) -> Reply:
    """The message itself. It has no choices, so that no number is ever taken for an answer to it."""
    return Reply(t("votes.live", counting=counting(vote, found)), about=_about(vote))


def refresh(session: Session, vote: Vote, now: datetime) -> int:
    """Bring the message of who opened the vote up to date; returns how many edits wait to be sent."""
    if vote.opened_by is None:
        return 0
    to = audience.addresses_of(session, [vote.opened_by]).get(vote.opened_by)
    row = outbox.latest_about(session, *to, _about(vote)) if to is not None else None
    if row is None or row.state != DeliveryState.SENT or not row.message_id:
        return 0
    found = votes.ballots(vote) if vote.state == VoteState.CLOSED else votes.tally(session, vote.id or 0)
    text = live(vote, found).text
    if row.text == text:
        return 0
    row.text, row.edits, row.state, row.attempts, row.due_at = text, row.message_id, DeliveryState.PENDING, 0, now
    session.flush()
    return 1


def _about(vote: Vote) -> str:
    return f"vote-count:{vote.id}:"

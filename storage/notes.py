"""A private line to one member, queued where they wrote last."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage import audience, members, outbox
from storage.members import RoleKind
from storage.outbox import Delivery, DeliveryState, Lane

WATCHING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK})
"""Who hears what a branch's leader has to know, in this order."""

OVERTAKEN = "overtaken by a newer answer"


@dataclass(frozen=True, slots=True)
class Note:
    """What to write. `choices` as in Delivery, `once` guards against a second time; `due`: not before then."""

    text: str
    about: str = ""
    choices: list[dict[str, Any]] = field(default_factory=list)
    once: str | None = None
    lane: Lane = Lane.REPLY
    due: datetime | None = None


def tell(session: Session, member_id: int, note: Note, at: datetime) -> bool:
    """Queue a note; False when the member has no account that can be written to, or has had it already."""
    return tell_all(session, [member_id], {member_id: note}, at) == 1


def tell_all(session: Session, member_ids: Iterable[int], notes: dict[int, Note], at: datetime) -> int:
    """Queue everybody's own note; returns how many were queued."""
    queued = 0
    for member_id, (channel_id, chat_id) in sorted(audience.addresses_of(session, list(member_ids)).items()):
        note = notes[member_id]
        row = Delivery(
            channel_id=channel_id, chat_id=chat_id, member_id=member_id, lane=note.lane, text=note.text,
            choices=note.choices, about=note.about, once=note.once, created_at=at, due_at=note.due or at,
        )  # fmt: skip
        queued += outbox.queue(session, row) is not None
    return queued


def drop(session: Session, about: str) -> bool:
    """Take back the notes about a thing that were not sent yet; False when there are none."""
    session.flush()
    waiting = col(Delivery.state).in_((DeliveryState.PENDING, DeliveryState.HELD))
    taken = update(Delivery).where(col(Delivery.about) == about, waiting)
    return bool(session.connection().execute(taken.values(state=DeliveryState.DROPPED, error=OVERTAKEN)).rowcount)


def told_since(session: Session, onces: Collection[str], since: datetime) -> bool:
    """Whether one of these notes (their `once`) was queued since then."""
    query = select(Delivery.id).where(col(Delivery.once).in_(onces), col(Delivery.created_at) >= since)
    return session.exec(query.limit(1)).first() is not None


def leader_of(
    session: Session, organization_id: int, *, besides: int | None = None, default: int | None = None
) -> int | None:
    """Who of an organization is told: its secretary, else deputy, else clerk, whoever can be written to.

    `besides` is left out (nobody judges their own reason); `default` is asked last, e.g. who called the meeting.
    """
    order = [member.id for member in members.holders(session, organization_id, WATCHING)]
    wanted = [each for each in [*order, default] if each is not None and each != besides]
    reachable = audience.addresses_of(session, wanted)
    return next((each for each in wanted if each in reachable), None)

"""What became of a broadcast for each of its recipients: an exact count, and who did not get it.

Two sources make the whole: members who have a delivery (it ends as its carrier does, where it went in a digest), and
members of the audience who have none: the fan-out has not come to them, their branch's group has it, or nobody can
write to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, case, cast, func, literal, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage import attendance, readers, votes
from storage.audience import in_base, preferred
from storage.broadcasts import Broadcast, BroadcastState
from storage.channels import GroupChat
from storage.deliveries import CANCELLED, STALE, once_for_group, once_for_member
from storage.members import Account, Member
from storage.organizations import Organization, below
from storage.outbox import Delivery, DeliveryState


class Outcome(StrEnum):
    """How a broadcast stands for one recipient."""

    SENT = "sent"
    THROUGH_GROUP = "through-group"
    WAITING = "waiting"
    FAILED = "failed"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    DROPPED = "dropped"
    UNREACHABLE = "unreachable"


MISSED = frozenset({Outcome.FAILED, Outcome.BLOCKED, Outcome.UNKNOWN, Outcome.DROPPED, Outcome.UNREACHABLE})
RETRIED = frozenset({DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.DROPPED})
"""What is sent again to those who did not get it. An unknown one may have arrived: that needs a word of its own."""
_OF_STATE = {
    DeliveryState.PENDING: Outcome.WAITING,
    DeliveryState.HELD: Outcome.WAITING,
    DeliveryState.SENDING: Outcome.WAITING,
    DeliveryState.SENT: Outcome.SENT,
    DeliveryState.FAILED: Outcome.FAILED,
    DeliveryState.BLOCKED: Outcome.BLOCKED,
    DeliveryState.UNKNOWN: Outcome.UNKNOWN,
    DeliveryState.DROPPED: Outcome.DROPPED,
}
_BEST = (Outcome.THROUGH_GROUP, Outcome.WAITING, Outcome.UNKNOWN, Outcome.FAILED, Outcome.BLOCKED, Outcome.DROPPED)
"""A branch with several groups: the best of them counts."""


@dataclass(frozen=True, slots=True)
class Line:
    """Some recipients with the same outcome. `reason`: of a failed or dropped one. `again`: another try makes sense."""

    outcome: Outcome
    reason: str
    again: bool
    count: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A recipient who did not get it."""

    name: str
    organization: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Counts of members; each is in exactly one outcome, so that the sum is the audience. `groups` counts posts."""

    lines: tuple[Line, ...]
    groups: Mapping[Outcome, int] = field(default_factory=dict)

    def of(self, *outcomes: Outcome) -> int:
        """How many ended so."""
        return sum(line.count for line in self.lines if line.outcome in outcomes)

    def because(self, reason: str) -> int:
        """How many failed or were dropped for this reason."""
        return sum(line.count for line in self.lines if line.reason == reason)

    @property
    def total(self) -> int:
        """The audience."""
        return sum(line.count for line in self.lines)

    @property
    def missed(self) -> int:
        """Who has not got it and will not by itself."""
        return self.of(*MISSED)

    @property
    def again(self) -> int:
        """Who would get another try."""
        return sum(line.count for line in self.lines if line.again)


def recipients(broadcast: Broadcast) -> tuple[Any, ...]:
    """The conditions on Member and Organization "this broadcast is for them"."""
    if broadcast.readers_of is not None:
        return readers.readers_of(broadcast.path, broadcast.readers_of, broadcast.readers_via)
    base = in_base(broadcast.path)
    if broadcast.vote_id is not None:
        return (*base, votes.has_ballot(broadcast.vote_id))
    return base if broadcast.meeting_id is None else (*base, attendance.invited(broadcast.meeting_id))


def _ended() -> tuple[Any, Any, Any]:
    """(carrier, state, error) of a delivery as they count."""
    carrier = aliased(Delivery)
    carried = col(carrier.id).is_not(None)
    state = case((carried, col(carrier.state)), else_=col(Delivery.state))
    return carrier, state, case((carried, col(carrier.error)), else_=col(Delivery.error))


def _here(broadcast: Broadcast) -> Any:
    """Where the members of the broadcast's subtree can be written to now."""
    inside = select(col(Member.id)).join(Organization, col(Organization.id) == col(Member.organization_id))
    return preferred(col(Account.member_id).in_(inside.where(below(broadcast.path))))


def _has_none(broadcast: Broadcast) -> Any:
    """The condition on Member "has no delivery of this broadcast"."""
    row = aliased(Delivery)
    once = literal(once_for_member(broadcast.id or 0, 0)[:-1]) + cast(col(Member.id), String)
    return ~select(col(row.id)).where(col(row.once) == once).exists()


def of(session: Session, broadcast: Broadcast, now: datetime) -> Ledger:
    """The whole account of a broadcast. For 60,000 recipients it takes some tenths of a second."""
    counted: Counter[tuple[Outcome, str, bool]] = Counter()
    for state, reason, reachable, count in _written(session, broadcast):
        outcome = _OF_STATE[DeliveryState(state)]
        counted[outcome, reason, _gets_another(broadcast, outcome, reason, now) and bool(reachable)] += count
    judge = _Judge(session, broadcast, now)
    for organization_id, channel_id, after_cursor, count in _unwritten(session, broadcast):
        outcome, reason, again = judge(organization_id, channel_id, after_cursor)
        counted[outcome, reason, again] += count
    lines = tuple(Line(*key, count) for key, count in sorted(counted.items()))
    return Ledger(lines, judge.posts)


def _written(session: Session, broadcast: Broadcast) -> Iterator[tuple[str, str, bool, int]]:
    """(state, reason, can be written to, count) of the members who have a delivery."""
    carrier, state, error = _ended()
    here = _here(broadcast)
    reason = case((state.in_((DeliveryState.FAILED, DeliveryState.DROPPED)), error), else_="").label("reason")
    reachable = here.c.member_id.is_not(None).label("reachable")
    query = (
        select(state.label("ended"), reason, reachable, func.count())
        .select_from(Delivery)
        .outerjoin(carrier, col(carrier.id) == col(Delivery.carried_by))
        .outerjoin(here, here.c.member_id == col(Delivery.member_id))
        .where(col(Delivery.broadcast_id) == broadcast.id, col(Delivery.member_id).is_not(None))
        .group_by("ended", "reason", "reachable")
    )
    yield from session.connection().execute(query)


def _unwritten(session: Session, broadcast: Broadcast) -> Iterator[tuple[int, int | None, bool, int]]:
    """(organization, channel or None, behind the cursor, count) of the members who have none."""
    here = _here(broadcast)
    ahead = (col(Member.id) > broadcast.cursor).label("ahead")
    query = (
        select(col(Member.organization_id), here.c.channel_id, ahead, func.count())
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .outerjoin(here, here.c.member_id == col(Member.id))
        .where(*recipients(broadcast), _has_none(broadcast))
        .group_by(col(Member.organization_id), here.c.channel_id, "ahead")
    )
    yield from session.connection().execute(query)


def missing(session: Session, broadcast: Broadcast, now: datetime, limit: int) -> list[Missing]:
    """Who did not get it, by outcome, organization and name; at most `limit` of each source."""
    carrier, state, error = _ended()
    missed = [each for each, outcome in _OF_STATE.items() if outcome in MISSED]
    home = (col(Organization.name_key), col(Member.name_key), col(Member.id))
    written = (
        select(col(Member.full_name), col(Organization.name), state, error)
        .select_from(Delivery)
        .join(Member, col(Member.id) == col(Delivery.member_id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .outerjoin(carrier, col(carrier.id) == col(Delivery.carried_by))
        .where(col(Delivery.broadcast_id) == broadcast.id, state.in_(missed))
    )
    found = [
        Missing(name, place, _OF_STATE[DeliveryState(ended)], why)
        for name, place, ended, why in session.connection().execute(written.order_by(state, *home).limit(limit))
    ]
    here = _here(broadcast)
    unwritten = (
        select(col(Member.full_name), col(Organization.name), col(Organization.id), here.c.channel_id, col(Member.id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .outerjoin(here, here.c.member_id == col(Member.id))
        .where(*recipients(broadcast), _has_none(broadcast))
    )
    judge = _Judge(session, broadcast, now)
    for name, place, organization_id, channel_id, member_id in session.connection().execute(unwritten.order_by(*home)):
        outcome, why, _ = judge(organization_id, channel_id, (member_id or 0) > broadcast.cursor)
        if outcome in MISSED:
            found.append(Missing(name, place, outcome, why))
        if len(found) >= 2 * limit:
            break
    return found


def _gets_another(broadcast: Broadcast, outcome: Outcome, reason: str, now: datetime) -> bool:
    """Whether "send again" tries these once more, if they can be written to."""
    if broadcast.useful_until is not None and broadcast.useful_until <= now:
        return False
    return outcome in {Outcome.FAILED, Outcome.BLOCKED} or (outcome == Outcome.DROPPED and reason == STALE)


def posts(session: Session, broadcast_id: int) -> list[tuple[tuple[int, int], Outcome]]:
    """((organization, channel), outcome) of every group that has a delivery of this broadcast."""
    once = literal(once_for_group(broadcast_id, 0)[:-1]) + cast(col(GroupChat.id), String)
    query = (
        select(col(GroupChat.organization_id), col(GroupChat.channel_id), col(Delivery.state))
        .join(Delivery, col(Delivery.once) == once)
        .where(col(Delivery.broadcast_id) == broadcast_id, col(Delivery.is_group))
    )
    rows = session.connection().execute(query)
    return [((place, channel_id), _OF_STATE[DeliveryState(state)]) for place, channel_id, state in rows]


def through_groups(session: Session, broadcast: Broadcast) -> dict[tuple[int, int], Outcome]:
    """(organization, channel) -> how the members of this very organization who are written to on this channel get the
    broadcast through their group there; empty where nothing goes that way (Broadcast.plan)."""
    if "group" not in broadcast.plan.values():
        return {}
    found: dict[tuple[int, int], Outcome] = {}
    for place, outcome in posts(session, broadcast.id or 0):
        if broadcast.plan.get(str(place[1])) == "group":
            mine = Outcome.THROUGH_GROUP if outcome == Outcome.SENT else outcome
            found[place] = min(found.get(place, mine), mine, key=_BEST.index)
    return found


class _Judge:
    """Says how a broadcast stands for a member of the audience who has no delivery."""

    def __init__(self, session: Session, broadcast: Broadcast, now: datetime) -> None:
        self._broadcast = broadcast
        self._covered = through_groups(session, broadcast)
        self._useful = broadcast.useful_until is None or broadcast.useful_until > now
        self.posts = Counter(outcome for _, outcome in posts(session, broadcast.id or 0))

    def __call__(self, organization_id: int, channel_id: int | None, after_cursor: bool) -> tuple[Outcome, str, bool]:
        """(outcome, reason, another try makes sense)."""
        state = self._broadcast.state
        passed = not after_cursor or state in {BroadcastState.QUEUED, BroadcastState.FINISHED}
        if channel_id is None:
            return Outcome.UNREACHABLE, "", False
        if (organization_id, channel_id) in self._covered:
            outcome = self._covered[organization_id, channel_id]
            if passed or outcome in {Outcome.THROUGH_GROUP, Outcome.WAITING}:
                return outcome, "", self._useful and outcome in {Outcome.FAILED, Outcome.BLOCKED}
        if state == BroadcastState.CANCELLED:
            return Outcome.DROPPED, CANCELLED, False
        return (Outcome.UNREACHABLE, "", self._useful) if passed else (Outcome.WAITING, "", False)

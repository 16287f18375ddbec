"""The plan of one broadcast: for every channel that it touches, how it goes and what that costs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.dates import month, next_month
from bot.quota import rules
from bot.quota.rules import Need, Room, Verdict, Way
from bot.settings import Settings
from storage import quota
from storage.channels import Channel
from storage.outbox import Lane
from storage.quota import Crowd, Ledger

SPENT = "quota"
"""What `Channel.trouble` says while the platform takes nothing more this month."""
RESERVED = "quota-reserve"
"""What it says while only replies and urgent messages go out, because broadcasts have used up their share."""
TEXT_LIMIT = 2000
"""UTF-16 units of one message on the platform whose month has a limit (zalo-bot-api.md, sendMessage)."""
TRIMMINGS = 250
"""Units that link and numbered choices add to a text. [ours]"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall go out: the subtree at `path`, `active` and `only` as in storage/audience.py, the text of a private
    copy, `posts` whether the groups get one too, `urgent` what needs a personal answer, `supporters` whether
    volunteers who are no members are among them."""

    path: str
    text: str = ""
    posts: bool = True
    urgent: bool = False
    active: bool = False
    only: Any = None
    supporters: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A plan's part on one channel."""

    channel: Channel
    need: Need
    room: Room
    verdict: Verdict

    @property
    def is_short(self) -> bool:
        """Whether the month's quota is felt here."""
        return self.verdict.way is not Way.PRIVATE or self.verdict.waits > 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How a broadcast goes. `insisted`: whoever sends it wants a message to each wherever that fits."""

    parts: tuple[Part, ...]
    urgent: bool
    insisted: bool = False

    def ways(self) -> dict[str, str]:
        """For Broadcast.plan: channel id (as text) -> way; unlimited channels are left out, they are private."""
        return {str(part.channel.id): str(part.verdict.way) for part in self.parts if part.room.quota}

    @property
    def lane(self) -> Lane:
        """Papers are bulk; whoever insists on private messages lets them use what is reserved for replies."""
        needs_reserve = self.insisted and any(
            part.room.quota and part.need.cost(Way.PRIVATE) > part.room.bulk for part in self.parts
        )
        return Lane.URGENT if self.urgent or needs_reserve else Lane.BULK

    @property
    def may_insist(self) -> bool:
        """Whether sending privately is a choice: planned otherwise somewhere, and possible there."""
        return any(
            part.verdict.way is not Way.PRIVATE and rules.fits_privately(part.need, part.room) for part in self.parts
        )

    def insist(self) -> Plan:
        """The same with a message to each, on the channels where that fits."""
        parts = tuple(_private(part) if rules.fits_privately(part.need, part.room) else part for part in self.parts)
        return replace(self, parts=parts, insisted=True)

    @property
    def posts_only(self) -> bool:
        """Whether there is a channel where a post in the group stands for messages to persons."""
        return any(part.verdict.way is Way.GROUP for part in self.parts)

    @property
    def is_private(self) -> bool:
        """Whether everybody gets a message at once."""
        return all(part.verdict.way is Way.PRIVATE for part in self.parts)


def _private(part: Part) -> Part:
    return replace(part, verdict=Verdict(Way.PRIVATE, part.need.cost(Way.PRIVATE)))


def plan(session: Session, settings: Settings, now: datetime, wanted: Wanted) -> Plan:
    """Choose for every channel that the broadcast touches. A fixed number of queries, however many channels."""
    crowds = quota.crowds(session, wanted.path, active=wanted.active, only=wanted.only, supporters=wanted.supporters)
    needs = {channel_id: _need(crowd, wanted) for channel_id, crowd in sorted(crowds.items())}
    touched = {channel_id: need for channel_id, need in needs.items() if need.persons or need.posts}
    found = rooms(session, settings, now, quota.channels_of(session, touched))
    parts = tuple(_part(channel, room, touched[channel.id or 0], wanted, settings) for channel, room in found)
    return Plan(parts, wanted.urgent)


def _part(channel: Channel, room: Room, need: Need, wanted: Wanted, settings: Settings) -> Part:
    verdict = rules.choose(need, room, urgent=wanted.urgent, comfort=settings.quota_comfort)
    return Part(channel, need, room, verdict)


def _need(crowd: Crowd, wanted: Wanted) -> Need:
    return Need(
        persons=crowd.persons,
        waiting=crowd.waiting,
        covered=crowd.covered if wanted.posts else 0,
        posts=crowd.posts if wanted.posts else 0,
        pieces=rules.pieces(len(wanted.text.encode("utf-16-le")) // 2 + TRIMMINGS, TEXT_LIMIT),
    )


def rooms(session: Session, settings: Settings, now: datetime, rows: Collection[Channel]) -> list[tuple[Channel, Room]]:
    """What the month of each channel still holds, in the order given; an unlimited one has the quota 0."""
    local = now.astimezone(settings.zone)
    span = (local.replace(day=1, hour=0, minute=0, second=0, microsecond=0), next_month(now, settings.zone))
    limited = [row.id or 0 for row in rows if row.monthly_quota]
    found = quota.ledgers(session, limited, month=month(now, settings.zone), span=span, now=now) if limited else {}
    return [(row, _room(row, found[row.id or 0], settings, now) if row.monthly_quota else Room(0)) for row in rows]


def _room(channel: Channel, ledger: Ledger, settings: Settings, now: datetime) -> Room:
    today = now.astimezone(settings.zone).date()
    days = (next_month(now, settings.zone).date() - today).days
    each = rules.meeting_messages(
        today, meeting_day=settings.meeting_day, notice=settings.notice_days, reminders=settings.reminders_per_meeting
    )
    return Room(
        quota=channel.monthly_quota,
        used=ledger.used,
        queued=ledger.queued,
        reserve=rules.reserve(channel.monthly_quota, settings.quota_reserve),
        replies=rules.expected_replies(
            ledger.replies, ledger.people, today.day, days, each=settings.quota_replies
        ),
        ahead=ledger.reminders + ledger.uninvited * each,
        days=days,
        spent=is_spent(channel, now),
    )  # fmt: skip


def is_spent(channel: Channel, now: datetime) -> bool:
    """Whether the channel rests until the month turns."""
    return channel.trouble == SPENT and channel.paused_until is not None and channel.paused_until > now


def closed_to_bulk(session: Session, settings: Settings, now: datetime) -> set[int]:
    """The channels where broadcasts of papers wait for the next month: only the reserve, or nothing, is left."""
    share = settings.quota_reserve
    found = quota.used_up(session, month(now, settings.zone), 1 - share)
    reached = {row.id or 0 for row, used in found if not rules.bulk_left(row.monthly_quota, used, share)}
    return reached | {row.id or 0 for row in quota.limited(session) if is_spent(row, now)}

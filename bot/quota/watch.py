"""What happens as a month runs out: its keepers are warned, what is stuck goes another way, and the month turns."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dates import day, hour, month, next_month
from bot.quota.plans import RESERVED, SPENT, closed_to_bulk, is_spent, rooms
from bot.quota.preview import number
from bot.quota.rules import bulk_left
from bot.settings import Settings
from bot.texts import t
from storage import audience, channels, members, outbox, quota, rerouting
from storage.channels import Channel
from storage.members import LEADING
from storage.outbox import Delivery, Lane

ROWS = 500
"""Deliveries moved in one run of the sweep, so that its transaction stays short; the next run takes the others."""


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Mark channels whose month is used up, free those whose month has turned, warn. Returns how much was done."""
    share = min(settings.quota_warn, 1 - settings.quota_reserve)
    used = {channel.id: (channel, count) for channel, count in quota.used_up(session, month(now, settings.zone), share)}
    troubled = {channel.id: (channel, 0) for channel in quota.troubled(session, (SPENT, RESERVED))}
    done = 0
    for channel, count in (troubled | used).values():
        done += _mark(session, settings, channel, count, now)
        done += _warn(session, settings, channel, count, now)
    return done


def _mark(session: Session, settings: Settings, channel: Channel, used: int, now: datetime) -> int:
    """Write the trouble of a channel down, or that it is over. Returns whether anything changed."""
    before = (channel.trouble, channel.paused_until)
    if channel.trouble == SPENT and not is_spent(channel, now):
        channel.trouble, channel.paused_until = "", None
    if channel.monthly_quota and used >= channel.monthly_quota:
        channels.pause_until(session, channel.id or 0, next_month(now, settings.zone), SPENT)
    is_closed = not bulk_left(channel.monthly_quota, used, settings.quota_reserve)
    if is_closed and channel.trouble == "":
        channel.trouble = RESERVED
    elif not is_closed and channel.trouble == RESERVED:
        channel.trouble = ""
    session.flush()
    return int(before != (channel.trouble, channel.paused_until))


def _warn(session: Session, settings: Settings, channel: Channel, used: int, now: datetime) -> int:
    """One note a month when it is nearly used up, one when it is: to those who lead the channel's organization, else
    to the operators. Returns how many notes were queued."""
    is_over = is_spent(channel, now)
    if not is_over and used < channel.monthly_quota * settings.quota_warn:
        return 0
    turn = next_month(now, settings.zone)
    once = f"quota:{channel.id}:{month(now, settings.zone)}:{'over' if is_over else 'warn'}:"
    values = {
        "channel": channel.display_name or channel.name,
        "used": number(used),
        "quota": number(channel.monthly_quota),
    }
    if is_over:
        text = t("quota.over", **values, day=day(turn.date(), weekday=False))
    else:
        last = day((turn - timedelta(days=1)).date(), weekday=False)
        left = number(channel.monthly_quota - used)
        text = t("quota.warn", **values, left=left, last=last, hour=hour(settings.digest_time))
    keepers = _keepers(session, channel)
    return sum(
        outbox.queue(
            session,
            Delivery(
                channel_id=channel_id, chat_id=chat_id, member_id=member_id, lane=Lane.REPLY, text=text,
                once=f"{once}{member_id}", created_at=now, due_at=now, useful_until=turn,
            ),
        )
        is not None
        for member_id, (channel_id, chat_id) in keepers.items()
    )  # fmt: skip


def _keepers(session: Session, channel: Channel) -> dict[int, tuple[int, str]]:
    """Whom a channel's trouble is told, with where they can be written to."""
    leaders = members.holders(session, channel.organization_id, LEADING) if channel.organization_id else []
    found = audience.addresses_of(session, [member.id or 0 for member in leaders])
    return found or audience.addresses_of(session, quota.operators(session))


def reroute(session: Session, settings: Settings, now: datetime) -> int:
    """Move what waits for a member on a channel that cannot send it to that member's other account.

    Stuck is what waits on a channel that is removed, misconfigured or has used up its month (papers: all but the
    reserve), or for an account that is blocked or gone. A row keeps its `once`, so nobody gets it twice; what is
    being sent, or may have been, stays where it is. Returns how many were moved.
    """
    closed = closed_to_bulk(session, settings, now)
    spent = {row.id or 0 for row in quota.limited(session) if is_spent(row, now)}
    found = rerouting.stuck(session, now, spent=spent, closed=closed, limit=ROWS)
    targets = list({channel.id: channel for _, _, channel in found}.values())
    left = {channel.id: room.left if room.quota else None for channel, room in rooms(session, settings, now, targets)}
    moved: set[int] = set()
    for row, account, channel in found:
        room = left[channel.id]
        if row.id in moved or (room is not None and room <= 0):
            continue
        moved.add(row.id or 0)
        if room is not None:
            left[channel.id] = room - 1
        row.channel_id, row.chat_id, row.error = account.channel_id, account.chat_id, ""
        if row.mergeable and not channel.monthly_quota:  # nothing has to be spared there
            row.mergeable, row.due_at = False, now
    session.flush()
    return len(moved)

"""The last look before an invitation goes out: its text, what speaks against it, whom it reaches, what it costs."""

from __future__ import annotations

from bot.context import Context
from bot.dates import month
from bot.flows.meetings.announce import committee_ids
from bot.flows.meetings.proposals import warnings
from bot.invitations import letter
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audience, channels
from storage.audience import Reach
from storage.meetings import Meeting, MeetingKind
from storage.organizations import Organization


def show(ctx: Context, draft: Meeting, organization: Organization) -> Reply:
    """The preview with 1 send, 2 change, 3 drop."""
    notices = warnings(ctx.db, draft, ctx.now, ctx.settings)
    reach = reach_of(ctx, draft, organization)
    lines = [
        t("meetings.preview", invitation=letter(draft, ctx.settings.zone)),
        *(t("meetings.notice", notice=notice) for notice in notices),
        reach_line(ctx, reach),
    ]
    choices = (
        Choice("meetings.send", t("meetings.choice-send")),
        Choice("meetings.edit", t("meetings.choice-edit")),
        Choice("dialogue.cancel", t("dialogue.cancel")),
    )
    return Reply("\n".join(lines), choices)


def reach_of(ctx: Context, meeting: Meeting, organization: Organization) -> Reach:
    """Whom an invitation to this meeting reaches."""
    if meeting.kind != MeetingKind.COMMITTEE:
        return audience.reach(ctx.db, organization.path, active=True)
    wanted = committee_ids(ctx, organization)
    found = audience.addresses_of(ctx.db, wanted)
    per_channel: dict[int, int] = {}
    for channel_id, _ in found.values():
        per_channel[channel_id] = per_channel.get(channel_id, 0) + 1
    return Reach(members=len(wanted), reachable=len(found), groups=0, messages=per_channel)


def reach_line(ctx: Context, reach: Reach) -> str:
    """Whom it reaches and how many messages that is; a channel whose month would not suffice is named."""
    line = t(
        "meetings.reach",
        reachable=reach.reachable,
        members=reach.members,
        groups=reach.groups,
        messages=sum(reach.messages.values()),
    )
    this_month = month(ctx.now, ctx.settings.zone)
    for channel_id, count in reach.messages.items():
        channel = channels.get(ctx.db, channel_id)
        left = channel.monthly_quota - channels.used(ctx.db, channel_id, this_month)
        if channel.monthly_quota and left < count:
            line += "\n" + t("meetings.quota-short", channel=channel.display_name or channel.name, left=max(left, 0))
    return line

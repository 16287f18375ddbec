"""The last look before an invitation goes out: its text, what speaks against it, whom it reaches, what it costs."""

from __future__ import annotations

from bot.context import Context
from bot.flows.meetings.announce import committee_ids, planned
from bot.flows.meetings.proposals import warnings
from bot.invitations import invitation, letter
from bot.messages import Choice, Reply
from bot.quota.plans import Plan
from bot.quota.preview import lines as cost_lines
from bot.texts import t
from storage import audience
from storage.audience import Reach
from storage.meetings import Meeting, MeetingKind
from storage.organizations import Organization


def show(ctx: Context, draft: Meeting, organization: Organization) -> Reply:
    """The preview with 1 send, 2 change, and drop as the last."""
    notices = warnings(ctx.db, draft, ctx.now, ctx.settings)
    reach = reach_of(ctx, draft, organization)
    plan = planned(ctx, draft, organization, invitation(draft, ctx.settings.zone))
    lines = [
        t("meetings.preview", invitation=letter(draft, ctx.settings.zone)),
        *(t("meetings.notice", notice=notice) for notice in notices),
        *reach_lines(ctx, reach, plan),
    ]
    choices = (
        Choice("meetings.send", t("meetings.choice-send")),
        Choice("meetings.edit", t("meetings.choice-edit")),
        *privately(plan, "meetings.send"),
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


def reach_lines(ctx: Context, reach: Reach, plan: Plan) -> list[str]:
    """Whom it reaches, what it costs, and how it goes where the month's messages run out."""
    line = t("meetings.reach", reachable=reach.reachable, members=reach.members, groups=reach.groups)
    return [line, *cost_lines(plan, ctx.settings, ctx.now)]


def privately(plan: Plan, action: str) -> tuple[Choice, ...]:
    """The choice to write to each all the same, where the plan is another and that is possible."""
    return (Choice(action, t("quota.privately-label"), "private"),) if plan.may_insist else ()

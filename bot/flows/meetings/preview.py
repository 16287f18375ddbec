"""The card: everything about a meeting before its invitation goes out, and what can be done after it went out."""

from __future__ import annotations

from bot.context import Context
from bot.flows.meetings import rules
from bot.flows.meetings.announce import committee_ids, planned
from bot.flows.meetings.desk import Desk
from bot.flows.meetings.drafting import meeting_of
from bot.flows.meetings.proposals import Draft
from bot.invitations import about, invitation, moment_of, name_of, where
from bot.messages import Choice, Platform, Reply
from bot.quota.plans import Plan
from bot.quota.preview import lines as cost_lines
from bot.texts import t
from storage import audience, organizations
from storage.audience import Reach
from storage.meetings import Meeting, MeetingKind
from storage.organizations import Organization

TITLES = 220
"""Letters of the agenda on the card; the whole of it is a press away. [ours]"""


def card(ctx: Context, draft: Draft) -> Reply:
    """The preview with 1 send, 2 change, and drop as the last."""
    meeting = meeting_of(ctx, draft)
    plan = planned(ctx, meeting, organizations.get(ctx.db, draft["org"]), invitation(meeting, ctx.settings.zone))
    choices = (
        Choice("meetings.send", t("meetings.choice-send")),
        Choice("meetings.edit", t("meetings.choice-edit")),
        *privately(plan, "meetings.send"),
        *_merges(ctx, meeting),
        Choice("dialogue.cancel", t("dialogue.cancel")),
    )
    return Reply(card_text(ctx, draft, meeting, plan), choices)


def card_text(ctx: Desk, draft: Draft, meeting: Meeting, plan: Plan) -> str:
    """The card's lines; a line without anything to say is left out."""
    zone, organization = ctx.settings.zone, organizations.get(ctx.db, draft["org"])
    notices = rules.warnings(ctx.db, ctx.settings, ctx.now, meeting, draft["items"])
    lines = [
        t("meetings.card-convening" if meeting.convening else "meetings.card", name=name_of(meeting, zone).upper()),
        f"{where(meeting, zone)} {t('meetings.card-length', minutes=meeting.minutes) if meeting.minutes else ''}",
        rules.moved_because(meeting, ctx.settings),
        _content(draft),
        _more(draft),
        t("meetings.notice", notice=_numbered(notices)) if notices else "",
        *reach_lines(ctx, reach_of(ctx, meeting, organization), plan),
    ]
    return "\n".join(line.strip() for line in lines if line.strip())


def _content(draft: Draft) -> str:
    items = draft["items"]
    if not items:
        return t("meetings.card-agenda", agenda=t("meetings.agenda-default"))
    titles = "; ".join(line["title"] for line in items)
    titles = titles if len(titles) <= TITLES else f"{titles[:TITLES].rstrip()}…"
    total, papers = rules.total_minutes(items), sum(len(line.get("papers", [])) for line in items)
    return t("meetings.card-items", count=len(items), total=total, papers=papers, titles=titles)


def _more(draft: Draft) -> str:
    online = t("meetings.card-online", url=draft["url"]) if draft["url"] else ""
    guests = t("meetings.card-guests", count=len(draft["guests"])) if draft["guests"] else ""
    return " ".join(each for each in (guests, online) if each)


def _numbered(notices: list[str]) -> str:
    if len(notices) == 1:
        return notices[0]
    return " ".join(f"({number}) {notice}" for number, notice in enumerate(notices, start=1))


def _merges(ctx: Context, meeting: Meeting) -> tuple[Choice, ...]:
    others = rules.same_day(ctx.db, ctx.settings, meeting)
    return tuple(
        Choice("meetings.merge", t("meetings.choice-merge", name=name_of(each, ctx.settings.zone)), str(each.id))
        for each in others[:1]
        if each.starts_at > ctx.now
    )


def sent(ctx: Context, meeting: Meeting) -> Reply:
    """The receipt, with what is useful next: repeat it monthly, the printed invitation, the calendar."""
    text = t(
        "meetings.sent-convening" if meeting.convening else "meetings.sent",
        moment=moment_of(meeting, ctx.settings.zone),
    )
    if ctx.incoming.platform == Platform.ZALO:
        # The invitation comes next, and a number meant for this receipt would answer it: words lead on instead.
        return Reply(f"{text}\n{t('meetings.sent-words')}")
    number = str(meeting.id)
    repeats = meeting.kind in {MeetingKind.REGULAR, MeetingKind.THEMATIC} and meeting.series_id is None
    choices = (
        *((Choice("meetings.repeat", t("meetings.choice-repeat"), number),) if repeats else ()),
        Choice("meetings.paper", t("meetings.choice-paper"), number),
        Choice("meetings.calendar", t("meetings.choice-calendar"), number),
        *((Choice("convening.calls", t("convening.choice-calls"), number),) if meeting.convening else ()),
    )
    return Reply(text, choices, about=f"sent:{about(meeting)}")


def reach_of(ctx: Desk, meeting: Meeting, organization: Organization) -> Reach:
    """Whom an invitation to this meeting reaches."""
    if meeting.kind != MeetingKind.COMMITTEE:
        return audience.reach(ctx.db, organization.path, active=True)
    wanted = committee_ids(ctx, organization)
    found = audience.addresses_of(ctx.db, wanted)
    per_channel: dict[int, int] = {}
    for channel_id, _ in found.values():
        per_channel[channel_id] = per_channel.get(channel_id, 0) + 1
    return Reach(members=len(wanted), reachable=len(found), groups=0, messages=per_channel)


def reach_lines(ctx: Desk, reach: Reach, plan: Plan) -> list[str]:
    """Whom it reaches and what it costs, and how it goes where the month's messages run out."""
    line = t("meetings.reach", reachable=reach.reachable, members=reach.members, groups=reach.groups)
    cost = cost_lines(plan, ctx.settings, ctx.now)
    return [f"{line} {cost[0]}" if cost else line, *cost[1:]]


def privately(plan: Plan, action: str) -> tuple[Choice, ...]:
    """The choice to write to each all the same, where the plan is another and that is possible."""
    return (Choice(action, t("quota.privately-label"), "private"),) if plan.may_insist else ()

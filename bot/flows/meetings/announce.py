"""What happens when a meeting is called, moved or cancelled: rows for everybody, reminders, one broadcast."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.errors import BadInput
from bot.flows.meetings import reminders
from bot.invitations import about, answers, invitation, name_of, where
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.texts import t
from storage import attendance, meetings, members, organizations, outbox
from storage.broadcasts import Broadcast
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.members import RoleKind
from storage.organizations import Organization

COMMITTEE = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE})
"""Who sits in the committee (chi ủy)."""


def committee_ids(ctx: Context, organization: Organization) -> list[int]:
    """Whom a committee meeting invites."""
    return [member.id or 0 for member in members.holders(ctx.db, organization.id or 0, COMMITTEE)]


def planned(ctx: Context, meeting: Meeting, organization: Organization, text: str) -> Plan:
    """How a message to everybody who is invited would go on each channel now, and what that costs."""
    # A committee meeting is no business of the branch's group.
    committee = meeting.kind == MeetingKind.COMMITTEE
    only = attendance.these(committee_ids(ctx, organization)) if committee else None
    wanted = Wanted(organization.path, text, posts=not committee, urgent=True, active=True, only=only)
    return plan_of(ctx.db, ctx.settings, ctx.now, wanted)


def call(ctx: Context, meeting: Meeting, *, privately: bool = False) -> Meeting:
    """Write the meeting down, invite everybody, promise the reminders and queue the invitation.

    `privately`, here and below: to each person wherever that is possible, whatever the quota planner proposes.
    BadInput when its hour has passed while the preview lay open.
    """
    organization = organizations.get(ctx.db, meeting.organization_id)
    ctx.require(organization)
    _still_ahead(ctx, meeting.starts_at)
    meetings.add(ctx.db, meeting)
    committee = meeting.kind == MeetingKind.COMMITTEE
    whom = attendance.these(committee_ids(ctx, organization)) if committee else None
    attendance.invite(ctx.db, meeting.id or 0, whom or attendance.whole_branch(organization.path))
    _promise(ctx, meeting)
    zone = ctx.settings.zone
    post = t("meetings.group-invitation", name=name_of(meeting, zone).upper(), where=where(meeting, zone))
    texts = (invitation(meeting, zone), post)
    _send(ctx, meeting, texts, title="invitation", asks=True, plan=_chosen(ctx, meeting, texts[0], privately))
    ctx.audit("meeting.called", about(meeting), kind=meeting.kind)
    return meeting


def move(ctx: Context, meeting: Meeting, starts_at: datetime, place: str, *, privately: bool = False) -> bool:
    """Change time or place and tell everybody. Returns whether people are asked again (only when the time changed)."""
    _still_ahead(ctx, starts_at)
    zone = ctx.settings.zone
    name, before = name_of(meeting, zone).upper(), where(meeting, zone)
    later = starts_at != meeting.starts_at
    meeting.starts_at, meeting.place, meeting.revision = starts_at, place, meeting.revision + 1
    meetings.drop_reminders(ctx.db, meeting.id or 0)
    if later:
        _void(ctx, meeting)
        attendance.ask_again(ctx.db, meeting.id or 0)
    _promise(ctx, meeting)
    key = "meetings.moved" if later else "meetings.moved-place"
    text = t(key, name=name, where=where(meeting, zone), before=before)
    post = t("meetings.group-moved", name=name, where=where(meeting, zone))
    _send(ctx, meeting, (text, post), title="moved", asks=later, plan=_chosen(ctx, meeting, text, privately))
    ctx.audit("meeting.moved", about(meeting), revision=meeting.revision)
    return later


def cancel(ctx: Context, meeting: Meeting, *, privately: bool = False) -> None:
    """Call the meeting off and tell everybody."""
    zone = ctx.settings.zone
    meeting.state, meeting.revision = MeetingState.CANCELLED, meeting.revision + 1
    meetings.drop_reminders(ctx.db, meeting.id or 0)
    _void(ctx, meeting)
    text = cancellation(meeting, zone)
    _send(ctx, meeting, (text, text), title="cancelled", asks=False, plan=_chosen(ctx, meeting, text, privately))
    ctx.audit("meeting.cancelled", about(meeting))


def _void(ctx: Context, meeting: Meeting) -> None:
    meetings.withdraw(ctx.db, meeting.id or 0)
    outbox.close_questions(ctx.db, about(meeting), ctx.now)


def _promise(ctx: Context, meeting: Meeting) -> None:
    meetings.promise(ctx.db, meeting, reminders.plan(meeting.starts_at, ctx.now, ctx.settings))


def cancellation(meeting: Meeting, zone: ZoneInfo) -> str:
    """What everybody reads when a meeting is called off."""
    return t("meetings.cancelled", name=name_of(meeting, zone).upper(), where=where(meeting, zone))


def _chosen(ctx: Context, meeting: Meeting, text: str, privately: bool) -> Plan:
    plan = planned(ctx, meeting, organizations.get(ctx.db, meeting.organization_id), text)
    return plan.insist() if privately else plan


def _send(ctx: Context, meeting: Meeting, texts: tuple[str, str], *, title: str, asks: bool, plan: Plan) -> None:
    """One broadcast; `texts` are those for persons and for groups, `title` what it is called in lists."""
    organization = organizations.get(ctx.db, meeting.organization_id)
    text, group_text = texts
    ctx.db.add(
        Broadcast(
            path=organization.path,
            about=about(meeting),
            text=text,
            group_text="" if meeting.kind == MeetingKind.COMMITTEE else group_text,
            choices=[asdict(choice) for choice in answers(meeting)] if asks else [],
            meeting_id=meeting.id,
            lane=plan.lane,
            plan=plan.ways(),
            made_by=ctx.my_id,
            made_at=ctx.now,
            title=t(f"broadcasts.title-{title}", name=name_of(meeting, ctx.settings.zone)),
            useful_until=meeting.starts_at,
        )
    )
    ctx.db.flush()


def _still_ahead(ctx: Context, starts_at: datetime) -> None:
    if starts_at <= ctx.now:
        raise BadInput("meetings.over-meanwhile")

"""What happens when a meeting is called, moved or cancelled: rows for everybody, reminders, one broadcast."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.errors import BadInput, Conflict
from bot.flows.meetings import convening, lines, reminders
from bot.flows.meetings.desk import Desk
from bot.flows.meetings.proposals import Draft
from bot.invitations import about, agenda_of, answers, group_letter, invitation, name_of, where
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.texts import t
from storage import agendas, attendance, meetings, members, organizations, outbox
from storage.agendas import Line
from storage.broadcasts import Broadcast
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.members import RoleKind
from storage.organizations import Organization

COMMITTEE = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE})
"""Who sits in the committee (chi ủy)."""


def committee_ids(ctx: Desk, organization: Organization) -> list[int]:
    """Whom a committee meeting invites."""
    return [member.id or 0 for member in members.holders(ctx.db, organization.id or 0, COMMITTEE)]


def planned(ctx: Desk, meeting: Meeting, organization: Organization, text: str) -> Plan:
    """How a message to everybody who is invited would go on each channel now, and what that costs."""
    # A committee meeting is no business of the branch's group.
    committee = meeting.kind == MeetingKind.COMMITTEE
    only = attendance.these(committee_ids(ctx, organization)) if committee else None
    wanted = Wanted(organization.path, text, posts=not committee, urgent=True, active=True, only=only)
    return plan_of(ctx.db, ctx.settings, ctx.now, wanted)


def call(ctx: Context, meeting: Meeting, draft: Draft, *, privately: bool = False) -> Meeting:
    """Write the meeting down, invite everybody, promise the reminders and queue the invitation.

    `draft` holds the agenda and the guests. `privately`, here and below: to each person wherever that is possible,
    whatever the quota planner proposes. BadInput when its hour has passed while the preview lay open.
    """
    organization = organizations.get(ctx.db, meeting.organization_id)
    ctx.require(organization)
    _still_ahead(ctx, meeting.starts_at)
    meetings.add(ctx.db, meeting)
    agendas.write(ctx.db, meeting.id or 0, draft["items"])
    agendas.write_guests(ctx.db, meeting.id or 0, [(name, office) for name, office in draft["guests"]])
    committee = meeting.kind == MeetingKind.COMMITTEE
    whom = attendance.these(committee_ids(ctx, organization)) if committee else None
    attendance.invite(ctx.db, meeting.id or 0, whom or attendance.whole_branch(organization.path))
    _promise(ctx, meeting)
    zone = ctx.settings.zone
    texts = (invitation(meeting, zone), group_letter(meeting, zone))
    _send(ctx, meeting, texts, title="invitation", asks=True, plan=_chosen(ctx, meeting, texts[0], privately))
    if meeting.convening:
        convening.begin(ctx.db, ctx.settings, meeting, ctx.now)
    ctx.audit("meeting.called", about(meeting), kind=meeting.kind)
    return meeting


def join_agenda(ctx: Context, into: Meeting, what: Meeting, items: list[Line]) -> None:
    """Two meetings of a branch on one day become one: `into` takes what the other was about and is as long as both
    rules ask; everybody is told, and answers stay."""
    ctx.require(organizations.get(ctx.db, into.organization_id))
    if into.state != MeetingState.PLANNED:
        raise Conflict
    _still_ahead(ctx, into.starts_at)
    zone, name = ctx.settings.zone, name_of(what, ctx.settings.zone)
    added = items or [{"title": f"{name[0].upper()}{name[1:]}", "minutes": 0}]
    agendas.extend(ctx.db, into.id or 0, added)
    into.agenda = lines.agenda(ctx.db, agendas.lines(ctx.db, into.id or 0))
    into.minutes = max(into.minutes, what.minutes)
    text = t("meetings.merged", name=name, into=name_of(into, zone).upper(), where=where(into, zone))
    _send(ctx, into, (text, text), title="merged", asks=False, plan=_chosen(ctx, into, text, False))
    ctx.audit("meeting.merged", about(into), kind=what.kind)


def set_agenda(ctx: Context, meeting: Meeting, items: list[Line], *, tell: bool) -> None:
    """Give a meeting that was called already this agenda; `tell`: everybody who is invited gets it, answers stay."""
    agendas.write(ctx.db, meeting.id or 0, items)
    meeting.agenda = lines.agenda(ctx.db, items)
    if tell:
        zone, name = ctx.settings.zone, name_of(meeting, ctx.settings.zone).upper()
        text = t("meetings.agenda-news", name=name, where=where(meeting, zone), agenda=agenda_of(meeting))
        post = t("meetings.group-agenda-news", name=name, where=where(meeting, zone))
        _send(ctx, meeting, (text, post), title="agenda", asks=False, plan=_chosen(ctx, meeting, text, False))
    ctx.audit("meeting.agenda", about(meeting), items=len(items))


def merge(ctx: Context, gone: Meeting, into: Meeting) -> None:
    """The same for two meetings that were called both: `gone` is no more, its answers with it."""
    meetings.drop_reminders(ctx.db, gone.id or 0)
    gone.state, gone.revision = MeetingState.CANCELLED, gone.revision + 1
    gone.cancel_reason = t("meetings.merge-reason", name=name_of(into, ctx.settings.zone))
    _void(ctx, gone)
    join_agenda(ctx, into, gone, agendas.lines(ctx.db, gone.id or 0))
    ctx.audit("meeting.cancelled", about(gone))


def move(ctx: Context, meeting: Meeting, starts_at: datetime, place: str, *, privately: bool = False) -> bool:
    """Change time or place and tell everybody. Returns whether people are asked again (only when the time changed)."""
    _still_ahead(ctx, starts_at)
    zone = ctx.settings.zone
    name, before = name_of(meeting, zone).upper(), where(meeting, zone)
    later = starts_at != meeting.starts_at
    meeting.starts_at, meeting.place, meeting.revision = starts_at, place, meeting.revision + 1
    if later:
        meetings.drop_reminders(ctx.db, meeting.id or 0)
        _void(ctx, meeting)
        attendance.ask_again(ctx.db, meeting.id or 0)
        _promise(ctx, meeting)
    else:
        meetings.keep_reminders(ctx.db, meeting.id or 0, meeting.revision)
    key = "meetings.moved" if later else "meetings.moved-place"
    text = t(key, name=name, where=where(meeting, zone), before=before)
    post = t("meetings.group-moved", name=name, where=where(meeting, zone))
    _send(ctx, meeting, (text, post), title="moved", asks=later, plan=_chosen(ctx, meeting, text, privately))
    if meeting.convening:
        convening.begin(ctx.db, ctx.settings, meeting, ctx.now)
    ctx.audit("meeting.moved", about(meeting), revision=meeting.revision)
    return later


def cancel(ctx: Context, meeting: Meeting, reason: str = "", *, privately: bool = False) -> None:
    """Call the meeting off and tell everybody; the reason to persons only, for it may be about somebody's health."""
    zone = ctx.settings.zone
    meeting.state, meeting.revision, meeting.cancel_reason = MeetingState.CANCELLED, meeting.revision + 1, reason
    meetings.drop_reminders(ctx.db, meeting.id or 0)
    _void(ctx, meeting)
    post, text = cancellation(meeting, zone), cancellation(meeting, zone, reason)
    _send(ctx, meeting, (text, post), title="cancelled", asks=False, plan=_chosen(ctx, meeting, text, privately))
    if meeting.convening:
        convening.call_off(ctx.db, meeting, post, ctx.now)
    ctx.audit("meeting.cancelled", about(meeting))


def _void(ctx: Context, meeting: Meeting) -> None:
    meetings.withdraw(ctx.db, meeting.id or 0)
    outbox.close_questions(ctx.db, about(meeting), ctx.now)


def _promise(ctx: Context, meeting: Meeting) -> None:
    meetings.promise(ctx.db, meeting, reminders.promised(meeting, ctx.now, ctx.settings))


def cancellation(meeting: Meeting, zone: ZoneInfo, reason: str = "") -> str:
    """What everybody reads when a meeting is called off."""
    text = t("meetings.cancelled", name=name_of(meeting, zone).upper(), where=where(meeting, zone))
    return f"{text}\n{t('meetings.cancelled-because', reason=reason)}" if reason else text


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

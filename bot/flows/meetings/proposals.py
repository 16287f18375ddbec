"""What the dialogue proposes: the 3rd at the usual hour, the usual place, last time's agenda; a press accepts it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from bot.settings import Settings
from bot.workdays import meeting_day, next_working
from storage import agendas, meetings, members
from storage.agendas import Line, Series
from storage.meetings import Meeting, MeetingKind
from storage.members import RoleKind
from storage.organizations import Organization

CHAIRS = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.COMMITTEE})
"""Who sits in the committee (chi ủy) and chairs."""
CLERKS = frozenset({RoleKind.CLERK})
SOON = timedelta(hours=2)
"""An urgent meeting is proposed for today when so much time is left. [ours]"""
Draft = dict[str, Any]
"""A meeting before it is sent, as the dialogue keeps it: org, kind, at (ISO), place, minutes, items (agendas.Line),
url, guests ([name, office] each), chair, clerk (member ids or None), convening, series (id or None)."""


def moments(now: datetime, clock: time, settings: Settings) -> list[datetime]:
    """The next day on which branches meet, at `clock`; behind it the 3rd itself when that is a day off.

    Chỉ thị 50-CT/TW: all branches meet on the 3rd, on a day off within the first week (domain.md).
    """
    local = now.astimezone(settings.zone)
    month = local.date().replace(day=1)
    while True:
        day = meeting_day(month, settings.meeting_day, settings.days_off)
        found = datetime.combine(day, clock, tzinfo=settings.zone)
        if found > local:
            break
        month = next_month(month)
    third = found.replace(day=settings.meeting_day)
    return [found, third] if third != found and third > local else [found]


def next_month(day: date) -> date:
    """The first of the month after this day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_of(at: datetime, settings: Settings) -> tuple[datetime, datetime]:
    """The month that holds a moment, from its first moment to that of the next one."""
    first = at.astimezone(settings.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return first, (first + timedelta(days=32)).replace(day=1)


def proposed(session: Session, settings: Settings, now: datetime, organization: Organization, kind: str) -> Draft:
    """A whole draft: day by the rule; hour, place, length, agenda, chair and clerk as last time."""
    last = meetings.latest_of_kind(session, organization.id or 0, kind)
    clock = usual_clock(session, organization, kind, settings)
    chair, clerk = _people(session, organization, last)
    return {
        "org": organization.id,
        "kind": kind,
        "at": _moment(session, settings, now, organization, (kind, clock)).isoformat(),
        "place": usual_place(session, organization, kind),
        "minutes": last.minutes if last and last.minutes else least_minutes(kind, settings),
        "items": _agenda(session, last),
        "url": "",
        "guests": [],
        "chair": chair,
        "clerk": clerk,
        "convening": kind == MeetingKind.URGENT,
        "series": None,
    }


def of_series(session: Session, settings: Settings, series: Series, organization: Organization, month: date) -> Draft:
    """The draft of one month's meeting of a series."""
    day = meeting_day(month.replace(day=1), series.day, settings.days_off)
    last = meetings.latest_of_kind(session, organization.id or 0, series.kind)
    chair, clerk = _people(session, organization, last)
    items = [{"speaker": "", "speaker_id": None, "minutes": 0, **line, "papers": []} for line in series.items]
    return {
        "org": organization.id, "kind": series.kind, "place": series.place, "minutes": series.minutes,
        "at": datetime.combine(day, series.hour, tzinfo=settings.zone).isoformat(), "items": items, "url": "",
        "guests": [], "chair": chair, "clerk": clerk, "convening": False, "series": series.id,
    }  # fmt: skip


def least_minutes(kind: str, settings: Settings) -> int:
    """How long such a meeting is at least (domain.md: 90 minutes, 120 with a thematic part); the default length."""
    return settings.thematic_minutes if kind == MeetingKind.THEMATIC else settings.meeting_minutes


def usual_clock(session: Session, organization: Organization, kind: str, settings: Settings) -> time:
    """The hour of the meeting before, else the setting's."""
    before = _before(session, organization, kind)
    if before is None:
        return settings.meeting_time
    return before.starts_at.astimezone(settings.zone).time().replace(second=0, microsecond=0)


def usual_place(session: Session, organization: Organization, kind: str) -> str:
    """Where the organization usually meets, else where it met before; "" when neither is known."""
    before = _before(session, organization, kind)
    return organization.default_place or (before.place if before else "")


def last_agenda(session: Session, organization_id: int, kind: str) -> list[Line]:
    """The agenda of the last meeting of this kind, without its papers."""
    return _agenda(session, meetings.latest_of_kind(session, organization_id, kind))


def _agenda(session: Session, last: Meeting | None) -> list[Line]:
    return agendas.lines(session, last.id or 0, papers_too=False) if last is not None else []


def _before(session: Session, organization: Organization, kind: str) -> Meeting | None:
    return meetings.latest(session, organization.id or 0, committee=kind == MeetingKind.COMMITTEE)


def _people(session: Session, organization: Organization, last: Meeting | None) -> tuple[int | None, int | None]:
    """Chair and clerk: last time's while they hold the office, else secretary and clerk."""
    chairs = [each.id for each in members.holders(session, organization.id or 0, CHAIRS)]
    clerks = [each.id for each in members.holders(session, organization.id or 0, CLERKS)]
    chair = last.chair_id if last and last.chair_id in chairs else next(iter(chairs), None)
    return chair, (last.clerk_id if last and last.clerk_id else next(iter(clerks), None))


def _moment(
    session: Session, settings: Settings, now: datetime, organization: Organization, what: tuple[str, time]
) -> datetime:
    kind, clock = what
    local = now.astimezone(settings.zone)
    if kind == MeetingKind.URGENT:
        tonight = datetime.combine(local.date(), settings.meeting_time, tzinfo=settings.zone)
        return tonight if tonight - SOON > local else tonight + timedelta(days=1)
    if kind in {MeetingKind.COMMITTEE, MeetingKind.CONFERENCE}:
        day = next_working(local.date() + timedelta(days=settings.notice_days), settings.days_off)
        return datetime.combine(day, clock, tzinfo=settings.zone)
    found = moments(now, clock, settings)[0]
    while _taken(session, settings, organization, kind, found):
        found = moments(month_of(found, settings)[1], clock, settings)[0]
    return found


def _taken(session: Session, settings: Settings, organization: Organization, kind: str, at: datetime) -> bool:
    """Whether this month's meeting of that kind is there already: then the next month's is meant."""
    there = meetings.between(session, organization.id or 0, month_of(at, settings))
    return any(each.kind == kind for each in there)

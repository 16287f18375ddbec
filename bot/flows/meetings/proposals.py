"""What the dialogue proposes: the 3rd at the usual hour, the usual place; and what a careful clerk would point out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from bot.dates import is_quiet
from bot.invitations import name_of
from bot.settings import Settings
from bot.texts import t
from storage import meetings
from storage.meetings import Meeting, MeetingKind
from storage.organizations import Organization

FIRST_WEEK = 7
LENGTH = timedelta(hours=3)
"""Two meetings that start closer together than this are in each other's way. [i: 90–120 minutes and the way home]"""


def moments(now: datetime, clock: time, settings: Settings) -> list[datetime]:
    """The next 3rd at `clock`; before it the working day that the rule moves it to when it is a Saturday or Sunday.

    Chỉ thị 50-CT/TW: all branches meet on the 3rd, on a day off within the first week (domain.md).
    """
    local = now.astimezone(settings.zone)
    day = local.date().replace(day=settings.meeting_day)
    while not _ahead(day, clock, local):
        day = (day + timedelta(days=32)).replace(day=settings.meeting_day)
    third = datetime.combine(day, clock, tzinfo=settings.zone)
    off = day.weekday() - 4  # Saturday 1, Sunday 2
    return [third + timedelta(days=3 - off), third] if off > 0 else [third]


def _ahead(day: date, clock: time, local: datetime) -> bool:
    return datetime.combine(day, clock, tzinfo=local.tzinfo) > local


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


def _before(session: Session, organization: Organization, kind: str) -> Meeting | None:
    return meetings.latest(session, organization.id or 0, committee=kind == MeetingKind.COMMITTEE)


def warnings(session: Session, draft: Meeting, now: datetime, settings: Settings) -> list[str]:
    """What speaks against the draft; the secretary decides."""
    zone, starts = settings.zone, draft.starts_at
    local = starts.astimezone(zone)
    found = []
    if (local.date() - now.astimezone(zone).date()).days < settings.notice_days:
        found.append(t("meetings.warn-notice", days=settings.notice_days))
    if draft.kind == MeetingKind.REGULAR and local.day > FIRST_WEEK:
        found.append(t("meetings.warn-week", day=f"{settings.meeting_day:02d}"))
    if is_quiet(starts, zone, start=settings.quiet_from, end=settings.quiet_until):
        found.append(t("meetings.warn-hour"))
    if is_quiet(now, zone, start=settings.quiet_from, end=settings.quiet_until):
        found.append(t("meetings.warn-now"))
    for other in meetings.around(session, draft.organization_id, starts, LENGTH):
        if other.id != draft.id:
            found.append(t("meetings.warn-overlap", name=name_of(other, zone)))
    return found

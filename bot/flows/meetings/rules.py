"""What a careful clerk would point out before an invitation goes out; the secretary decides, nothing is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.dates import day, is_quiet
from bot.flows.meetings.proposals import least_minutes
from bot.invitations import name_of
from bot.settings import Settings
from bot.texts import t
from bot.workdays import is_off, meeting_day
from storage import meetings, organizations
from storage.agendas import Line
from storage.meetings import Meeting, MeetingKind

LENGTH = timedelta(hours=3)
"""Two meetings that start closer together than this are in each other's way. [i: 90–120 minutes and the way home]"""
QUARTER = 3


def warnings(session: Session, settings: Settings, now: datetime, meeting: Meeting, items: list[Line]) -> list[str]:
    """One short sentence per rule of domain.md that the meeting does not keep, with the rule's number in it."""
    return [
        *_of_time(settings, now, meeting),
        *_of_length(settings, meeting, items),
        *_of_papers(settings, now, meeting, items),
        *_of_quarter(session, settings, meeting),
        *_of_others(session, settings, meeting),
    ]


def _of_time(settings: Settings, now: datetime, meeting: Meeting) -> list[str]:
    zone, quiet = settings.zone, {"start": settings.quiet_from, "end": settings.quiet_until}
    local = meeting.starts_at.astimezone(zone)
    found = []
    short = (local.date() - now.astimezone(zone).date()).days < settings.notice_days
    if short and meeting.kind != MeetingKind.URGENT:
        found.append(t("meetings.warn-notice", days=settings.notice_days))
    if meeting.kind == MeetingKind.REGULAR and not on_its_day(local.date(), settings):
        found.append(t("meetings.warn-week", day=f"{settings.meeting_day:02d}"))
    if is_quiet(meeting.starts_at, zone, **quiet):
        found.append(t("meetings.warn-hour"))
    if is_quiet(now, zone, **quiet):
        found.append(t("meetings.warn-now"))
    return found


def on_its_day(when: date, settings: Settings) -> bool:
    """Whether a regular meeting on this day keeps Chỉ thị 50-CT/TW: the 3rd, on a day off within the first week."""
    third = when.replace(day=settings.meeting_day)
    return when == third or (is_off(third, settings.days_off) and when.day <= max(7, settings.meeting_day + 4))


def moved_because(meeting: Meeting, settings: Settings) -> str:
    """Why a regular meeting is proposed for another day than the 3rd; "" when it is not."""
    when = meeting.starts_at.astimezone(settings.zone).date()
    third = when.replace(day=settings.meeting_day)
    if meeting.kind != MeetingKind.REGULAR or when == third:
        return ""
    if when != meeting_day(third, settings.meeting_day, settings.days_off):
        return ""
    return t("meetings.day-moved", third=day(third))


def _of_length(settings: Settings, meeting: Meeting, items: list[Line]) -> list[str]:
    found = []
    least = least_minutes(meeting.kind, settings)
    ruled = meeting.kind in {MeetingKind.REGULAR, MeetingKind.THEMATIC}
    if ruled and 0 < meeting.minutes < least:
        found.append(t("meetings.warn-length", minutes=meeting.minutes, least=least))
    total = total_minutes(items)
    if meeting.minutes and total > meeting.minutes:
        found.append(t("meetings.warn-sum", total=total, minutes=meeting.minutes))
    return found


def total_minutes(items: list[Line]) -> int:
    """The agenda's minutes; items without any count nothing."""
    return sum(int(line.get("minutes") or 0) for line in items)


def _of_papers(settings: Settings, now: datetime, meeting: Meeting, items: list[Line]) -> list[str]:
    has = any(line.get("papers") for line in items)
    late = meeting.starts_at - now < timedelta(days=settings.papers_days)
    return [t("meetings.warn-papers", days=settings.papers_days)] if has and late else []


def _of_quarter(session: Session, settings: Settings, meeting: Meeting) -> list[str]:
    """In a quarter's last month, when no thematic meeting was held in it or is planned."""
    local = meeting.starts_at.astimezone(settings.zone)
    if meeting.kind != MeetingKind.REGULAR or local.month % QUARTER:
        return []
    first = local.replace(month=local.month - 2, day=1, hour=0, minute=0)
    until = (local.replace(day=1, hour=0, minute=0) + timedelta(days=32)).replace(day=1)
    held = meetings.between(session, meeting.organization_id, (first, until))
    if any(each.kind == MeetingKind.THEMATIC for each in held):
        return []
    return [t("meetings.warn-quarter", quarter=local.month // QUARTER)]


def _of_others(session: Session, settings: Settings, meeting: Meeting) -> list[str]:
    home = organizations.get(session, meeting.organization_id)
    above = [int(part) for part in home.path.split("/") if part]
    others = meetings.around(session, above, meeting.starts_at, LENGTH)
    return [
        t("meetings.warn-overlap", name=name_of(other, settings.zone)) for other in others if other.id != meeting.id
    ]


def same_day(session: Session, settings: Settings, meeting: Meeting) -> list[Meeting]:
    """Other planned meetings of the organization on the day of this one: with which it may be merged."""
    local = meeting.starts_at.astimezone(settings.zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    there = meetings.between(session, meeting.organization_id, (midnight, midnight + timedelta(days=1)))
    committee = meeting.kind == MeetingKind.COMMITTEE
    return [
        each
        for each in there
        if each.id != meeting.id and each.began_at is None and (each.kind == MeetingKind.COMMITTEE) == committee
    ]

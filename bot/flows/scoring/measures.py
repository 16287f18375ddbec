"""What was measured of a meeting, as points and as the sentence that says where they come from.

Counts only: no names, no reasons. What nobody can measure has no points here; people score it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.dates import day, hour
from bot.flows.scoring.points import half, step
from bot.settings import Settings
from bot.texts import t
from storage import agendas, attendance, documents, minutes, opinions, rollcalls, tasks
from storage.meetings import Meeting, MeetingKind
from storage.members import Member, Standing, Status
from storage.minutes import PaperKind
from storage.rollcalls import HERE, Presence

GOOD_SHARE = 0.9
"""Domain.md: attendance of 90 % and no unexcused absence earns the top mark; the default of score_attendance."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion as measured. `points`: None when nothing was; `text`: the evidence."""

    points: float | None
    text: str


@dataclass(frozen=True, slots=True)
class _Case:
    session: Session
    settings: Settings
    meeting: Meeting
    now: datetime

    @property
    def meeting_id(self) -> int:
        return self.meeting.id or 0

    def weight(self, criterion: str) -> float:
        return self.settings.score_weights[criterion]


def measure(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> dict[str, Measure]:
    """Every criterion that something can be said of; those without an entry are for people alone."""
    case = _Case(session, settings, meeting, now)
    return {name: find(case) for name, find in _FINDERS.items()}


def _time(case: _Case) -> Measure:
    """Half for beginning in time, half for the length (Hướng dẫn 42-HD/BTCTW: 90 minutes, 120 with a theme)."""
    meeting, settings = case.meeting, case.settings
    if meeting.began_at is None or meeting.ended_at is None:
        return Measure(None, t("scoring.not-measured"))
    late = int((meeting.began_at - meeting.starts_at).total_seconds() // 60)
    length = round((meeting.ended_at - meeting.began_at).total_seconds() / 60)
    thematic = meeting.kind == MeetingKind.THEMATIC
    least = settings.thematic_minutes if thematic else settings.meeting_minutes
    good = (late <= settings.late_minutes) + (length >= least)
    text = t("scoring.by-time", began=hour(meeting.began_at.astimezone(settings.zone)), length=length, least=least)
    return Measure(half(case.weight("time") * good / 2), text)


def attended(session: Session, meeting_id: int) -> tuple[int, int, int, int]:
    """Present, excused, unexcused and all of a meeting's base.

    The base is who was invited and is an active member: the exempt, those elsewhere and the suspended are in none
    (domain.md), nor are supporters; whoever of them came is not counted as present either.
    """
    base = {member.id for member, _ in attendance.of_meeting(session, meeting_id) if _counts(member)}
    rows = [(member, row) for member, row in rollcalls.of_meeting(session, meeting_id) if not row.doubtful]
    base |= {member.id for member, _ in rows if _counts(member)}
    states = [row.state for member, row in rows if member.id in base]
    here = sum(state in HERE for state in states)
    return here, states.count(Presence.EXCUSED), states.count(Presence.UNEXCUSED), len(base)


def _counts(member: Member) -> bool:
    return member.status == Status.ACTIVE and member.standing != Standing.SUPPORTER


def _attendance(case: _Case) -> Measure:
    """Share of the base; top mark from 90 % on with no unexcused absence, else a step below it at most."""
    here, excused, unexcused, base = attended(case.session, case.meeting_id)
    if not base or not (here or excused or unexcused):
        return Measure(None, t("scoring.no-roll"))
    text = t("scoring.by-attendance", here=here, base=base, percent=int(here * 100 / base), unexcused=unexcused)
    weight = case.weight("attendance")
    if here >= case.settings.score_attendance * base and not unexcused:
        return Measure(weight, text)
    return Measure(min(half(weight * here / base), weight - step(weight)), text)


def _preparation(case: _Case) -> Measure:
    """Papers at hand at least a day before (Hướng dẫn 42-HD/BTCTW; the setting papers_days)."""
    ids = {
        paper
        for item in agendas.items(case.session, case.meeting_id)
        for paper in agendas.papers(case.session, item.id or 0)
    }
    if not ids:
        return Measure(None, t("scoring.no-papers"))
    last = case.meeting.starts_at - timedelta(days=case.settings.papers_days)
    published = [documents.get(case.session, each).published_at for each in ids]
    good = sum(at is not None and at <= last for at in published)
    text = t("scoring.by-papers", good=good, count=len(ids), days=case.settings.papers_days)
    return Measure(half(case.weight("preparation") * good / len(ids)), text)


def _organization(case: _Case) -> Measure:
    """How many of those present spoke: a step off when fewer did than the setting score_speakers wants. [ours]"""
    here, *_ = attended(case.session, case.meeting_id)
    if not here:
        return Measure(None, t("scoring.no-roll"))
    spoke = opinions.speakers(case.session, case.meeting_id)
    if not spoke:  # nobody wrote down who spoke: that says nothing
        return Measure(None, t("scoring.no-speakers"))
    weight = case.weight("organization")
    enough = spoke >= case.settings.score_speakers * here
    text = t("scoring.by-speakers", spoke=spoke, here=here)
    return Measure(weight if enough else weight - step(weight), text)


def _last_month(case: _Case) -> Measure:
    """Tasks done of those that fell due in the calendar month before (domain.md)."""
    first = case.meeting.starts_at.astimezone(case.settings.zone).date().replace(day=1)
    last = first - timedelta(days=1)
    done, due = tasks.done_and_due(case.session, case.meeting.organization_id, last.replace(day=1), last)
    if not due:
        return Measure(None, t("scoring.no-tasks", month=last.month))
    text = t("scoring.by-tasks", done=done, due=due, month=last.month)
    return Measure(half(case.weight("last-month") * done / due), text)


def _ending(case: _Case) -> Measure:
    """Minutes out within two days (domain.md); while there is time nothing is measured yet."""
    settings, weight = case.settings, case.weight("ending")
    paper = minutes.of_meeting(case.session, case.meeting_id, PaperKind.MINUTES)
    days, zone = settings.minutes_days, settings.zone
    good = minutes.issued_in_time(case.session, case.meeting_id, days=days, zone=zone, now=case.now)
    if good is None:
        return Measure(None, t("scoring.minutes-open", days=days))
    if paper is None or paper.sent_at is None:
        return Measure(0, t("scoring.minutes-late", days=days))
    text = t("scoring.by-minutes", day=day(paper.sent_at.astimezone(zone).date()), days=days)
    return Measure(weight if good else 0, text)


_FINDERS: dict[str, Callable[[_Case], Measure]] = {
    "time": _time, "attendance": _attendance, "preparation": _preparation, "organization": _organization,
    "last-month": _last_month, "ending": _ending,
}  # fmt: skip

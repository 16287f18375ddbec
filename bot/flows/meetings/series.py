"""Meetings that repeat every month: started by one press, proposed to the secretary as a card, stopped and resumed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.context import Context
from bot.dates import is_quiet, moment
from bot.errors import BadInput
from bot.flows.meetings import announce, preview, proposals, rules
from bot.flows.meetings.desk import Unattended
from bot.flows.meetings.drafting import meeting_of
from bot.flows.meetings.invite import InviteFlow
from bot.flows.meetings.proposals import Draft
from bot.invitations import invitation
from bot.messages import Choice, Reply
from bot.settings import Settings
from bot.texts import t
from bot.workdays import is_off, meeting_day
from storage import agendas, meetings, notes, organizations
from storage.agendas import Series
from storage.meetings import Meeting, MeetingKind
from storage.notes import Note

LAST_DAY = 28
ONCE = "series:"
LATELY = timedelta(days=100)
"""A branch that has not met for longer is proposed nothing. [ours]"""
MOST = 100
"""Proposals of one sweep. [ours]"""


# --- starting, stopping ---------------------------------------------------------------------------------------------
def repeat(ctx: Context, meeting_id: str) -> Reply:
    """The meetings of this kind repeat from now on like this one."""
    meeting = meetings.get(ctx.db, int(meeting_id))
    ctx.require(organizations.get(ctx.db, meeting.organization_id))
    series = agendas.repeat(ctx.db, _like(ctx.db, ctx.settings, meeting, ctx.now, by=ctx.my_id))
    meeting.series_id = series.id
    ctx.close_question()
    ctx.audit("series.started", f"series:{series.id}")
    stop = Choice("meetings.series-stop", t("meetings.choice-series-stop"), str(series.id))
    key = "meetings.series-started"
    return Reply(t(key, day=f"{series.day:02d}", days=ctx.settings.series_days), (stop,))


def _like(session: Session, settings: Settings, meeting: Meeting, now: datetime, *, by: int | None) -> Series:
    """A series of meetings like this one, proposed from the month after it on."""
    local = meeting.starts_at.astimezone(settings.zone)
    usual = rules.on_its_day(local.date(), settings)
    items = agendas.lines(session, meeting.id or 0, papers_too=False)
    return Series(
        organization_id=meeting.organization_id, kind=meeting.kind, place=meeting.place, minutes=meeting.minutes,
        day=settings.meeting_day if usual else min(local.day, LAST_DAY), hour=local.time().replace(microsecond=0),
        items=[{key: line[key] for key in ("title", "minutes", "speaker_id", "speaker")} for line in items],
        proposed_for=_month(local.date()), created_by=by, created_at=now,
    )  # fmt: skip


def switch(ctx: Context, series_id: str, *, on: bool) -> Reply:
    """Stop a series, or let it go on."""
    series = _led(ctx, series_id)
    series.active = on
    ctx.db.flush()
    ctx.audit("series.resumed" if on else "series.stopped", f"series:{series.id}")
    act, key = ("stop", "meetings.series-on") if on else ("resume", "meetings.series-off")
    choice = Choice(f"meetings.series-{act}", t(f"meetings.choice-series-{act}"), str(series.id))
    return Reply(t(key, name=t(f"meetings.kind-{series.kind}")), (choice,))


def listing(ctx: Context) -> Reply:
    """The series of whoever leads, each with the choice to stop or to resume it."""
    ctx.lead()
    found = agendas.series_of(ctx.db, [top.id or 0 for top in ctx.led()])[:6]
    if not found:
        return Reply(t("meetings.series-none"))
    choices = []
    for each in found:
        act = "stop" if each.active else "resume"
        label = t(f"meetings.series-{act}-this", name=t(f"meetings.kind-{each.kind}"), day=f"{each.day:02d}")
        choices.append(Choice(f"meetings.series-{act}", label, str(each.id)))
    return Reply(t("meetings.series-list"), tuple(choices))


def _led(ctx: Context, series_id: str) -> Series:
    series = agendas.series(ctx.db, int(series_id))
    ctx.require(organizations.get(ctx.db, series.organization_id))
    return series


# --- the proposal ---------------------------------------------------------------------------------------------------
def send(ctx: Context, argument: str, *, privately: bool = False) -> Reply:
    """The proposed invitation goes out as it was shown; BadInput when that month's meeting was called meanwhile."""
    draft = _draft(ctx, argument)
    meeting = announce.call(ctx, meeting_of(ctx, draft), draft, privately=privately)
    ctx.close_question()
    return preview.sent(ctx, meeting)


def edit(ctx: Context, argument: str) -> Reply:
    """The same card in a dialogue, where everything can be changed."""
    draft = _draft(ctx, argument)
    ctx.close_question()
    return InviteFlow(ctx).begin_with(draft)


def skip(ctx: Context, argument: str) -> Reply:
    """Not this month; the series goes on."""
    series = _led(ctx, argument.partition(":")[0])
    ctx.close_question()
    return Reply(t("meetings.series-skipped", name=t(f"meetings.kind-{series.kind}")))


def _draft(ctx: Context, argument: str) -> Draft:
    series_id, _, month = argument.partition(":")
    series = _led(ctx, series_id)
    first = date.fromisoformat(f"{month}-01")
    if _called(ctx.db, ctx.settings, series, first):
        raise BadInput("meetings.series-called")
    home = organizations.get(ctx.db, series.organization_id)
    return proposals.of_series(ctx.db, ctx.settings, series, home, first)


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Propose next month's invitation to each secretary, series_days before it; never in quiet hours. A branch that
    has met before needs no series for that: its regular meeting is proposed as the last one was."""
    if is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    first = now.astimezone(settings.zone).date().replace(day=1)
    queued = 0
    for month in (first, proposals.next_month(first)):
        days = _due_days(month, settings, now)
        if settings.meeting_day in days:
            _begin_by_themselves(session, settings, now)
        queued += _propose_all(session, settings, now, (month, days)) if days else 0
    return queued


def _propose_all(session: Session, settings: Settings, now: datetime, due: tuple[date, list[int]]) -> int:
    """Some of those that are due in a month, the others in the next sweep; those that wait for tomorrow block none."""
    (month, days), queued, after = due, 0, 0
    while queued < MOST:
        found = agendas.to_propose(session, days, _month(month), MOST, after=after)
        queued += sum(_propose(session, settings, now, series, month) for series in found)
        if len(found) < MOST:
            break
        after = found[-1].id or 0
    return queued


def _due_days(month: date, settings: Settings, now: datetime) -> list[int]:
    """The days of the month whose meetings are so near that they are proposed now."""
    today = now.astimezone(settings.zone).date()
    near = ((day, meeting_day(month, day, settings.days_off)) for day in range(1, LAST_DAY + 1))
    return [day for day, when in near if _from(when, settings) <= today <= when]


def _from(when: date, settings: Settings) -> date:
    """The working day on which a meeting of this day is proposed: early enough for the notice that the rule wants
    (setting notice_days), with a day to press the button."""
    found = when - timedelta(days=max(settings.series_days, settings.notice_days + 1))
    while is_off(found, settings.days_off):
        found -= timedelta(days=1)
    return found


def _begin_by_themselves(session: Session, settings: Settings, now: datetime) -> None:
    """A series for each branch that has met lately and has none; one that was stopped stays stopped."""
    for home in agendas.without_series(session, MeetingKind.REGULAR, (now - LATELY, now), MOST):
        last = meetings.latest_of_kind(session, home, MeetingKind.REGULAR)
        if last is not None:
            agendas.repeat(session, _like(session, settings, last, now, by=None))


def _refresh(session: Session, settings: Settings, series: Series) -> None:
    """A series that nobody asked for is always as the last meeting was."""
    last = meetings.latest_of_kind(session, series.organization_id, series.kind)
    if series.created_by is None and last is not None:
        now = _like(session, settings, last, series.created_at, by=None)
        series.hour, series.place, series.minutes, series.items = now.hour, now.place, now.minutes, now.items


def _propose(session: Session, settings: Settings, now: datetime, series: Series, month: date) -> int:
    home = organizations.get(session, series.organization_id)
    _refresh(session, settings, series)
    draft = proposals.of_series(session, settings, series, home, month)
    if datetime.fromisoformat(draft["at"]) <= now or _called(session, settings, series, month):
        series.proposed_for = _month(month)
        return 0
    leader = notes.leader_of(session, series.organization_id, default=series.created_by)
    if leader is None or _told_today(session, settings, series, now):
        return 0
    series.proposed_for = _month(month)
    desk = Unattended(session, settings, now, leader)
    meeting = meeting_of(desk, draft)
    plan = announce.planned(desk, meeting, home, invitation(meeting, settings.zone))
    argument = f"{series.id}:{_month(month)}"
    insist = tuple(Choice("meetings.series-private", each.label, argument) for each in preview.privately(plan, ""))
    choices = (
        Choice("meetings.series-send", t("meetings.choice-send"), argument),
        Choice("meetings.series-edit", t("meetings.choice-edit"), argument),
        Choice("meetings.series-skip", t("meetings.choice-series-skip"), argument),
        Choice("meetings.series-stop", t("meetings.choice-series-stop"), str(series.id)),
        *insist,
    )
    text = t("meetings.series-proposal", when=moment(meeting.starts_at, settings.zone))
    text += "\n" + preview.card_text(desk, draft, meeting, plan)
    note = Note(text, choices=[asdict(choice) for choice in choices], once=f"{ONCE}{argument}")
    return int(notes.tell(session, leader, note, now))


def _told_today(session: Session, settings: Settings, series: Series, now: datetime) -> bool:
    """Whether another series of the branch was proposed today. Two cards on one day are two questions at once, and on
    Zalo a number answers the later one: one of them waits a day."""
    local = now.astimezone(settings.zone)
    first = local.date().replace(day=1)
    months = (_month(first), _month(proposals.next_month(first)))
    others = agendas.series_of(session, [series.organization_id])
    onces = [f"{ONCE}{each.id}:{month}" for each in others for month in months]
    return notes.told_since(session, onces, local.replace(hour=0, minute=0, second=0, microsecond=0))


def _called(session: Session, settings: Settings, series: Series, month: date) -> bool:
    """Whether the month has its meeting of this kind already."""
    begins = datetime(month.year, month.month, 1, tzinfo=settings.zone)
    there = meetings.between(session, series.organization_id, proposals.month_of(begins, settings))
    return any(each.kind == series.kind for each in there)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"

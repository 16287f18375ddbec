"""The secretary's morning card: who has not confirmed, who is absent, what is late. Five lines, three buttons.

Everything is read from storage; what it offers to do is done within the limits on reminders (bot/reminding.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.context import Context
from bot.dates import day, is_quiet
from bot.errors import NotAllowed
from bot.invitations import about, short
from bot.messages import Choice, Reply
from bot.reminding import Round, remind
from bot.settings import Settings
from bot.texts import t
from storage import attendance, meetings, mornings, notes, scores
from storage.attendance import ReasonState, RsvpState
from storage.db import Database
from storage.meetings import Meeting
from storage.members import LEADING, Member
from storage.notes import WATCHING, Note
from storage.organizations import Organization
from storage.outbox import Lane

LASTS = timedelta(hours=5)
"""Later in the day the card no longer comes by itself. [ours]"""
BACK = timedelta(days=60)
"""What is late for longer is no longer news. [ours]"""
BATCH, ROUNDS = 50, 100
NAMES = 5
"""First names shown of one group. [ours]"""


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A meeting ahead: who is silent, who is absent, whose reason waits."""

    meeting: Meeting
    silent: list[Member]
    absent: list[Member]
    waiting: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a morning has to say. `late`: {"tasks": 3, …}, only what there is."""

    ahead: list[_Ahead]
    late: dict[str, int]

    @property
    def empty(self) -> bool:
        """Whether there is nothing that somebody has to look at."""
        return not self.late and not any(each.silent or each.absent for each in self.ahead)


# --- the card --------------------------------------------------------------------------------------------------------
def look(session: Session, settings: Settings, homes: list[Organization], now: datetime) -> Card:
    """The card of these branches."""
    ids = [home.id or 0 for home in homes]
    until = now + timedelta(days=settings.morning_days)
    near = [each for each in meetings.upcoming(session, ids, now) if each.starts_at <= until]
    return Card([_ahead(session, each) for each in near], _late(session, settings, homes, now))


def _ahead(session: Session, meeting: Meeting) -> _Ahead:
    rows = attendance.counted(session, meeting.id or 0)
    absent = [(member, rsvp) for member, rsvp in rows if rsvp.state == RsvpState.ABSENT]
    return _Ahead(
        meeting,
        [member for member, rsvp in rows if rsvp.state == RsvpState.NONE],
        [member for member, _ in absent],
        sum(rsvp.reason_state == ReasonState.WAITING for _, rsvp in absent),
    )


def _late(session: Session, settings: Settings, homes: list[Organization], now: datetime) -> dict[str, int]:
    ids = [home.id or 0 for home in homes]
    local = now.astimezone(settings.zone)
    midnight = datetime.combine(local.date(), time(), settings.zone)
    since = now - BACK
    due = midnight - timedelta(days=settings.minutes_days)
    found = {
        "tasks": mornings.late_tasks(session, ids, local.date()),
        "minutes": mornings.late_minutes(session, ids, (since, due)),
        "papers": sum(mornings.late_papers(session, home.path, (since, now)) for home in homes),
        "questions": mornings.late_questions(session, ids, now),
        "scores": sum(len(scores.unscored(session, each, (since, due))) for each in ids),
    }
    return {name: count for name, count in found.items() if count}


def text_of(settings: Settings, card: Card, now: datetime) -> str:
    """Five lines at most."""
    lines = [t("morning.head", day=day(now.astimezone(settings.zone).date()))]
    for each in card.ahead[:1]:
        lines.append(t("morning.meeting", meeting=short(each.meeting, settings.zone)))
        key = "morning.silent" if each.silent else "morning.all-answered"
        lines.append(t(key, count=len(each.silent), names=_names(each.silent)))
        if each.absent:
            waiting = t("morning.waiting", count=each.waiting) if each.waiting else ""
            lines.append(t("morning.absent", count=len(each.absent), names=_names(each.absent), waiting=waiting))
    late = ", ".join(t(f"morning.late-{name}", count=count) for name, count in card.late.items())
    others = sum(len(each.silent) for each in card.ahead[1:])
    if others:
        late = ", ".join(filter(None, [t("morning.others", count=others), late]))
    if late:
        lines.append(t("morning.late", listed=late))
    return "\n".join(lines)


def _names(people: Iterable[Member]) -> str:
    found = [member.full_name.split()[-1] for member in people if member.full_name.split()]
    return ", ".join(found[:NAMES]) + ("…" if len(found) > NAMES else "")


def choices_of(card: Card) -> tuple[Choice, ...]:
    """Remind all, whom to phone, later."""
    silent = [each for each in card.ahead if each.silent]
    first = (
        Choice("morning.remind", t("morning.choice-remind")),
        Choice("convening.calls", t("morning.choice-calls"), str(silent[0].meeting.id)),
    ) if silent else ()  # fmt: skip
    return (*first, Choice("morning.later", t("morning.choice-later")))


# --- by itself -------------------------------------------------------------------------------------------------------
def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Each secretary's card once a day, from the set hour on, when there is something; returns how many were queued."""
    queued = 0
    for _ in range(ROUNDS):
        now = clock.now()
        if not _is_time(settings, now):
            break
        today = now.astimezone(settings.zone).date()
        with database.reading() as session:
            if not mornings.anybody(session, today):
                break
        with database.transaction() as session:
            found = mornings.to_look_at(session, today, BATCH)
            queued += sum(_tell(session, settings, each, now) for each in found)
        if not found:  # another process is at work on them
            break
    return queued


def _is_time(settings: Settings, now: datetime) -> bool:
    if not settings.morning_card:
        return False
    if is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return False
    local = now.astimezone(settings.zone)
    begins = datetime.combine(local.date(), settings.morning_time, settings.zone)
    return begins <= local < begins + LASTS


def _tell(session: Session, settings: Settings, member: Member, now: datetime) -> int:
    member_id = member.id or 0
    today = now.astimezone(settings.zone).date()
    mornings.looked(session, member_id, today, now)
    card = look(session, settings, mornings.kept(session, member_id, WATCHING), now)
    if card.empty:
        return 0
    choices = [asdict(each) for each in choices_of(card)]
    once = f"morning:{member_id}:{today.isoformat()}"
    note = Note(text_of(settings, card, now), "morning", choices, once=once, lane=Lane.URGENT)
    return int(notes.tell(session, member_id, note, now))


# --- on demand -------------------------------------------------------------------------------------------------------
def begin(ctx: Context) -> Reply:
    """The card as things are now. NotAllowed for members who keep no branch."""
    card = look(ctx.db, ctx.settings, _homes(ctx), ctx.now)
    if card.empty:
        return Reply(t("morning.nothing"))
    return Reply(text_of(ctx.settings, card, ctx.now), choices_of(card), about="morning")


def _homes(ctx: Context) -> list[Organization]:
    homes = mornings.kept(ctx.db, ctx.my_id, WATCHING)
    if not homes:
        raise NotAllowed
    return homes


def remind_all(ctx: Context) -> Reply:
    """Remind the silent of every meeting near: one reminder a day and three a meeting, never in quiet hours."""
    settings = ctx.settings
    if is_quiet(ctx.now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return Reply(t("morning.remind-quiet", hour=f"{settings.quiet_until:%H:%M}"))
    today = ctx.now.astimezone(settings.zone).date()
    queued, silent = 0, 0
    for each in look(ctx.db, settings, _homes(ctx), ctx.now).ahead:
        # The mark is that of the attendance list's own reminder: pressing both reminds once.
        this = Round(f"{about(each.meeting)}:{today}", each.meeting.starts_at)
        done = remind(ctx.db, settings, each.meeting, ctx.now, this)
        queued, silent = queued + done, silent + len(each.silent)
        ctx.audit("meeting.reminded", about(each.meeting), queued=done)
    return Reply(t("morning.reminded", queued=queued, rest=silent - queued))


def later(ctx: Context) -> Reply:
    """Put aside; how to see it again."""
    ctx.require(_homes(ctx)[0], LEADING)
    ctx.close_question()
    return Reply(t("morning.put-aside"), ends=True)

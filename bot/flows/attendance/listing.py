"""/baodu: who comes, who does not, who is silent. Names and reasons for leaders in private; counts in the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.context import Context
from bot.courtesy import hail
from bot.dates import is_quiet
from bot.errors import BadInput
from bot.flows.attendance.answer import ask
from bot.flows.attendance.reasons import judge_all
from bot.invitations import about, moment_of, name_of, short
from bot.messages import Choice, Reply
from bot.reminding import Round, remind
from bot.texts import t
from storage import attendance, audience, meetings, organizations
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.meetings import Meeting, MeetingState
from storage.members import Member

PART = 1900
"""Characters per message: Zalo takes 2,000, and the choices come after."""
BRIEF = 8
"""Names that one line of the first answer holds; the whole list is one press further. [ours]"""
SETTLED = ("attending", "unreachable")
"""Whose names nobody has to act on now: left out of the first answer when they are many."""
Rows = list[tuple[Member, Rsvp]]


def begin(ctx: Context) -> Reply | list[Reply]:
    """The list of the one meeting ahead, or the question which one."""
    found = _led(ctx)
    if not found:
        return Reply(t("attendance.none-ahead"))
    if len(found) == 1:
        return show(ctx, found[0])
    choices = tuple(Choice("attendance.list", short(each, ctx.settings.zone), str(each.id)) for each in found)
    return Reply(t("attendance.ask-list"), choices)


def _led(ctx: Context) -> list[Meeting]:
    ctx.lead()
    mine = {top.id or 0 for top in ctx.led()}
    if ctx.may(ctx.my_branch):
        mine.add(ctx.my_branch.id or 0)
    return meetings.upcoming(ctx.db, sorted(mine), ctx.now)[:6]


def led(ctx: Context, meeting_id: str) -> Meeting:
    """A meeting that the speaker may see the list of; NotAllowed otherwise, BadInput when it was cancelled."""
    meeting = meetings.get(ctx.db, int(meeting_id))
    ctx.require(organizations.get(ctx.db, meeting.organization_id))
    if meeting.state == MeetingState.CANCELLED:
        raise BadInput("attendance.list-cancelled")
    return meeting


def show(ctx: Context, meeting: Meeting, *, whole: bool = False) -> list[Reply]:
    """Counts first, then the names by group, as many as a small screen holds. `whole`: every name on its own line.

    Cut at group and line borders, choices under the last part.
    """
    rows = attendance.counted(ctx.db, meeting.id or 0)
    reachable = audience.addresses_of(ctx.db, [member.id or 0 for member, _ in rows])
    groups = grouped(rows, set(reachable))
    head = t(
        "attendance.list-head",
        name=name_of(meeting, ctx.settings.zone).upper(),
        moment=moment_of(meeting, ctx.settings.zone),
        total=len(rows),
        **{key: len(found) for key, found in groups.items()},
    )
    lines = _lines(groups) if whole else _brief(groups)
    parts = _parts([head, *lines])
    replies = [Reply(part) for part in parts]
    names = [] if whole or max(map(len, groups.values())) <= BRIEF else ["names"]
    replies[-1] = Reply(parts[-1], _acts(meeting, groups, *names), about=f"list:{meeting.id}")
    return replies


def grouped(rows: Rows, reachable: set[int]) -> dict[str, Rows]:
    """The rows by what they say: attending, late, absent, call, silent, unreachable (silent and without a phone)."""
    groups: dict[str, Rows] = {key: [] for key in ("attending", "late", "absent", "call", "silent", "unreachable")}
    for member, rsvp in rows:
        if rsvp.state != RsvpState.NONE:
            groups[rsvp.state].append((member, rsvp))
        elif rsvp.wants_call:
            groups["call"].append((member, rsvp))
        else:
            groups["silent" if member.id in reachable and member.has_phone else "unreachable"].append((member, rsvp))
    return groups


def _lines(groups: dict[str, Rows]) -> Iterator[str]:
    for key, rows in groups.items():
        if rows:
            yield t(f"attendance.list-{key}", count=len(rows))
            for number, (member, rsvp) in enumerate(rows, start=1):
                yield f"{number}. {member.full_name}{_detail(rsvp)}"


def _brief(groups: dict[str, Rows]) -> Iterator[str]:
    for key, rows in groups.items():
        if rows and (key not in SETTLED or len(rows) <= BRIEF):
            names = [member.full_name + _detail(rsvp) for member, rsvp in rows[:BRIEF]]
            if len(rows) > BRIEF:
                names.append(t("attendance.list-more", count=len(rows) - BRIEF))
            yield f"{t(f'attendance.list-{key}', count=len(rows))}: {'; '.join(names)}"


def _detail(rsvp: Rsvp) -> str:
    said = []
    if rsvp.minutes_late:
        said.append(t("attendance.detail-minutes", minutes=rsvp.minutes_late))
    if rsvp.state == RsvpState.LATE and rsvp.reason:
        said.append(rsvp.reason)
    if rsvp.state == RsvpState.ABSENT:
        said.append(rsvp.reason or t("attendance.detail-no-reason"))
        if rsvp.reason_state != ReasonState.NONE:
            said.append(t(f"attendance.detail-{rsvp.reason_state}"))
    if rsvp.recorded_by is not None:
        said.append(t("attendance.detail-recorded"))
    return f" ({', '.join(said)})" if said else ""


def _parts(lines: list[str]) -> list[str]:
    parts = [""]
    for line in lines:
        if parts[-1] and len(parts[-1]) + len(line) + 1 > PART:
            parts.append("")
        parts[-1] += ("\n" if parts[-1] else "") + line
    return parts


def _acts(meeting: Meeting, groups: dict[str, Rows], *more: str) -> tuple[Choice, ...]:
    waiting = [row for row in groups["absent"] if row[1].reason_state == ReasonState.WAITING]
    offered = (
        ("remind", bool(groups["silent"])),
        ("accept-all", bool(waiting)),
        ("behalf", any(groups[key] for key in ("silent", "unreachable", "call"))),
        *((act, True) for act in more),
    )
    return tuple(
        Choice(f"attendance.{act}", t(f"attendance.choice-{act}"), str(meeting.id)) for act, useful in offered if useful
    )


def remind_silent(ctx: Context, meeting: Meeting) -> Reply:
    """Remind who has not answered: in the limits of one a day and three a meeting, never in quiet hours."""
    settings = ctx.settings
    if is_quiet(ctx.now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return Reply(t("attendance.remind-quiet", hour=f"{settings.quiet_until:%H:%M}"))
    if meeting.starts_at <= ctx.now:
        raise BadInput("attendance.list-begun")
    day = ctx.now.astimezone(settings.zone).date()
    queued = remind(ctx.db, settings, meeting, ctx.now, Round(f"{about(meeting)}:{day}", meeting.starts_at))
    silent = len(attendance.silent(ctx.db, meeting.id or 0))
    ctx.audit("meeting.reminded", about(meeting), queued=queued)
    return Reply(t("attendance.reminded", queued=queued, rest=silent - queued))


def accept_all(ctx: Context, meeting: Meeting) -> Reply:
    """Accept every reason that waits."""
    return Reply(t("attendance.accepted-all", count=judge_all(ctx, meeting)))


def counts(ctx: Context) -> Reply | None:
    """What the group may read: numbers, for each meeting ahead of the group's organization; None elsewhere."""
    if ctx.group is None:
        return None
    found = [
        meeting
        for meeting in meetings.upcoming(ctx.db, [ctx.group.organization_id], ctx.now)
        if meeting.kind != "committee"
    ]
    if not found:
        return Reply(t("attendance.none-ahead"))
    return Reply("\n".join(_count(ctx, meeting) for meeting in found[:3]))


def _count(ctx: Context, meeting: Meeting) -> str:
    rows = attendance.counted(ctx.db, meeting.id or 0)
    states = Counter(rsvp.state for _, rsvp in rows)
    return t(
        "attendance.group-counts",
        name=name_of(meeting, ctx.settings.zone),
        coming=states[RsvpState.ATTENDING] + states[RsvpState.LATE],
        total=len(rows),
        absent=states[RsvpState.ABSENT],
        silent=states[RsvpState.NONE],
    )


def my_meetings(ctx: Context) -> Reply:
    """Sinh hoạt: the meetings ahead with the speaker's own answers; the four answers when there is just one."""
    found = attendance.open_for(ctx.db, ctx.me, ctx.now)
    if not found:
        return Reply(t("attendance.no-meetings", who=hail(ctx.me)))
    if len(found) == 1:
        return ask(ctx, *found[0], "attendance.details")
    zone = ctx.settings.zone
    choices = tuple(Choice("attendance.show", short(meeting, zone), str(meeting.id)) for meeting, _ in found[:6])
    return Reply(t("attendance.ask-mine", count=len(found)), choices)

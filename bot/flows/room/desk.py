"""Who leads a meeting in the room, which meeting is meant, and its opening and end."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.invitations import agenda_of
from storage import agendas, attendance, meetings, members, organizations, rollcalls, rooms
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.members import RoleKind, Status

KEEPING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK, RoleKind.OFFICER})
"""Who leads or writes down a meeting of their own organization. A chair who is away is no obstacle: each may do all."""
LEADERS = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
CLERKS = frozenset({RoleKind.CLERK})
EARLY = timedelta(hours=3)
"""Who opens a meeting longer before its hour is asked again. [ours]"""
MISTAKE = timedelta(minutes=10)
"""So long an opening can be taken back, while nobody has been recorded. [ours]"""


def keeps(session: Session, meeting: Meeting, member_id: int) -> bool:
    """Whether a member leads this meeting: its chair or clerk, or with such a role in exactly its organization, and not
    suspended from the branch's life (đình chỉ sinh hoạt)."""
    if members.get(session, member_id).status == Status.SUSPENDED:
        return False
    if member_id in {meeting.chair_id, meeting.clerk_id}:
        return True
    return any(kind in KEEPING and top.id == meeting.organization_id for kind, top in members.roles(session, member_id))


def meeting_of(ctx: Context, argument: str, *, hold: bool = False) -> Meeting:
    """The meeting of a choice, `hold`: locked. NotAllowed unless the speaker leads it; BadInput when it was called
    off."""
    get = meetings.locked if hold else meetings.get
    meeting = get(ctx.db, int(argument.partition(":")[0]))
    if not keeps(ctx.db, meeting, ctx.my_id):
        raise NotAllowed
    if meeting.state == MeetingState.CANCELLED:
        raise BadInput("room.cancelled")
    return meeting


def opened(ctx: Context, argument: str) -> Meeting:
    """The same, held, and it has begun: what is recorded in the room, also afterwards when something was forgotten."""
    meeting = meeting_of(ctx, argument, hold=True)
    if meeting.state != MeetingState.HELD:
        raise BadInput("room.not-open")
    return meeting


def is_running(meeting: Meeting) -> bool:
    """Opened and not ended."""
    return meeting.state == MeetingState.HELD and meeting.ended_at is None


def meant(ctx: Context) -> list[Meeting]:
    """The meetings that "điều hành" can be about: those under way, else those of today, else the ones just over, else
    those ahead. NotAllowed for members who lead none."""
    places = [top.id or 0 for kind, top in ctx.roles if kind in KEEPING]
    near = rooms.near(ctx.db, places, ctx.my_id, ctx.now)
    if not near and not places:
        _ = ctx.me
        raise NotAllowed
    running = [each for each in near if is_running(each)]
    planned = [each for each in near if each.state == MeetingState.PLANNED]
    today = [each for each in planned if each.starts_at - ctx.now < rooms.BEFORE]
    over = [each for each in near if each.ended_at is not None]
    return running or today or over[-1:] or planned


def open_up(ctx: Context, meeting: Meeting) -> None:
    """Open the meeting: chair and clerk, the first item; who has come into the branch meanwhile is on the list too."""
    if meeting.state == MeetingState.HELD:
        return
    meeting.state, meeting.began_at = MeetingState.HELD, ctx.now
    meeting.chair_id = meeting.chair_id or _first(ctx, meeting, LEADERS)
    meeting.clerk_id = meeting.clerk_id or _first(ctx, meeting, CLERKS)
    if meeting.kind not in {MeetingKind.COMMITTEE, MeetingKind.CONFERENCE}:
        home = organizations.get(ctx.db, meeting.organization_id)
        attendance.invite(ctx.db, meeting.id or 0, attendance.whole_branch(home.path))
    if not agendas.items(ctx.db, meeting.id or 0):
        agendas.extend(ctx.db, meeting.id or 0, [{"title": agenda_of(meeting)}])
    agendas.advance(ctx.db, meeting.id or 0, ctx.now)
    ctx.audit("meeting.opened", f"meeting:{meeting.id}")


def _first(ctx: Context, meeting: Meeting, kinds: frozenset[RoleKind]) -> int | None:
    """The speaker when they hold such a role there, else the first who does."""
    found = [each.id for each in members.holders(ctx.db, meeting.organization_id, kinds)]
    return ctx.my_id if ctx.my_id in found else next(iter(found), None)


def may_take_back(ctx: Context, meeting: Meeting) -> bool:
    """Whether the opening was perhaps a mistake that can still be undone."""
    if not is_running(meeting) or meeting.began_at is None or ctx.now - meeting.began_at > MISTAKE:
        return False
    return not rollcalls.of_meeting(ctx.db, meeting.id or 0)


def take_back(ctx: Context, meeting: Meeting) -> None:
    """Undo an opening. BadInput when it is too late for that."""
    if not may_take_back(ctx, meeting):
        raise BadInput("room.too-late-to-undo")
    meeting.state, meeting.began_at = MeetingState.PLANNED, None
    agendas.rewind(ctx.db, meeting.id or 0)
    ctx.audit("meeting.opening-undone", f"meeting:{meeting.id}")


def end(ctx: Context, meeting: Meeting) -> None:
    """End it; a second time changes nothing."""
    if meeting.ended_at is None:
        meeting.ended_at = ctx.now
        agendas.finish(ctx.db, meeting.id or 0)
        ctx.audit("meeting.ended", f"meeting:{meeting.id}")


def go_on(ctx: Context, meeting: Meeting) -> None:
    """The end was pressed by mistake."""
    meeting.ended_at = None
    ctx.audit("meeting.end-undone", f"meeting:{meeting.id}")


def length(meeting: Meeting) -> int:
    """Minutes between opening and end, to the nearest one: from 19:30 to 21:00 they are 90; 0 while it lasts."""
    if meeting.began_at is None or meeting.ended_at is None:
        return 0
    return round((meeting.ended_at - meeting.began_at).total_seconds() / 60)

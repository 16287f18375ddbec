"""Who fills in a meeting's form, and who sees it."""

from __future__ import annotations

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from storage import meetings, organizations
from storage.meetings import Meeting, MeetingState
from storage.members import LEADING, RoleKind

SCORING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK, RoleKind.OFFICER})
"""Who scores a meeting of exactly their own organization."""
SEEING = LEADING | {RoleKind.COMMITTEE}
"""Who sees forms and counts of the organizations below theirs, officers of the level above among them."""


def over(ctx: Context, argument: str, *, hold: bool = False) -> Meeting:
    """A meeting that has ended and whose form the speaker may see. NotAllowed otherwise; BadInput while it lasts."""
    meeting = (meetings.locked if hold else meetings.get)(ctx.db, int(argument.partition(":")[0]))
    if not sees(ctx, meeting):
        raise NotAllowed
    if meeting.state != MeetingState.HELD or meeting.ended_at is None:
        raise BadInput("scoring.not-ended")
    return meeting


def sees(ctx: Context, meeting: Meeting) -> bool:
    """Whether the speaker may read the form and the counts of the rating."""
    return may_score(ctx, meeting) or ctx.may(organizations.get(ctx.db, meeting.organization_id), SEEING)


def may_score(ctx: Context, meeting: Meeting) -> bool:
    """Whether the speaker is one of those who score it: not somebody of a level above."""
    if ctx.my_id in {meeting.chair_id, meeting.clerk_id}:
        return True
    return any(kind in SCORING and top.id == meeting.organization_id for kind, top in ctx.roles)

"""A change of mind after an absence was approved: the secretary, who counts on it, hears of the newest state."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Context
from bot.courtesy import named
from bot.dates import after_quiet
from bot.invitations import name_of
from bot.matching import words_only
from bot.texts import t
from storage import meetings, members, notes
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.notes import Note

SETTLED = timedelta(minutes=10)
"""An answer that holds so long is told; who goes to and fro is not. [ours]"""
COMING = frozenset({RsvpState.ATTENDING, RsvpState.LATE})


def approved(rsvp: Rsvp) -> str | None:
    """The last reason that was approved for this meeting, also when the member has said since that they come."""
    if rsvp.state == RsvpState.ABSENT and rsvp.reason_state == ReasonState.ACCEPTED:
        return rsvp.reason
    return (rsvp.before or {}).get("accepted")


def is_same(reason: str | None, accepted: str | None) -> bool:
    """Whether a reason is the approved one, however it is spelt: it is not judged twice."""
    return bool(reason and accepted) and words_only(reason or "") == words_only(accepted or "")


def tell_change(ctx: Context, rsvp: Rsvp, was: str, *, by: int | None = None) -> None:
    """The answer was `was` until now. A line that still waits is taken back: then the secretary knows it right.

    A reason that waits for approval has a note of its own, and what a leader recorded (`by`) is known.
    """
    if approved(rsvp) is None:
        return
    known = by is not None or rsvp.reason_state == ReasonState.WAITING
    comes = rsvp.state in COMING
    if comes == (was in COMING) and not known:
        return
    if notes.drop(ctx.db, _about(rsvp)) or known or rsvp.state == RsvpState.NONE:
        return
    meeting = meetings.get(ctx.db, rsvp.meeting_id)
    leader = notes.leader_of(ctx.db, meeting.organization_id, besides=rsvp.member_id, default=meeting.created_by)
    if leader is None:
        return
    settings = ctx.settings
    name, who = name_of(meeting, settings.zone), named(members.get(ctx.db, rsvp.member_id))
    text = t(f"attendance.mind-{'coming' if comes else 'absent'}", who=who, name=name)
    due = after_quiet(ctx.now + SETTLED, settings.zone, start=settings.quiet_from, end=settings.quiet_until)
    due = min(due, meeting.starts_at)
    notes.tell(ctx.db, leader, Note(text, _about(rsvp), once=f"{_about(rsvp)}:{rsvp.changes}", due=due), ctx.now)


def _about(rsvp: Rsvp) -> str:
    return f"mind:{rsvp.id}"

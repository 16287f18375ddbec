"""Reasons of absence: the secretary judges them in private, the bot never does (domain.md)."""

from __future__ import annotations

from dataclasses import asdict

from bot.context import Context
from bot.courtesy import hail, named
from bot.errors import Conflict
from bot.invitations import moment_of, name_of
from bot.messages import Choice, Reply
from bot.texts import t
from storage import attendance, meetings, members, notes, organizations, outbox
from storage.attendance import ReasonState, Rsvp
from storage.meetings import Meeting
from storage.members import Member
from storage.notes import Note

IN_A_ROW = 3
"""Excused absences in a row that the secretary is told about (domain.md, "Warnings")."""


def tell_reason(ctx: Context, meeting: Meeting, rsvp: Rsvp, member: Member) -> None:
    """Tell the secretary of a new reason, once and in private."""
    leader = notes.leader_of(ctx.db, meeting.organization_id, besides=member.id, default=meeting.created_by)
    if leader is None:
        return
    zone = ctx.settings.zone
    text = t(
        "attendance.reason-note",
        who=named(member),
        name=name_of(meeting, zone),
        moment=moment_of(meeting, zone),
        reason=rsvp.reason,
    )
    stamp = f"{rsvp.id}:{rsvp.changes}"
    choices = [
        Choice("attendance.accept", t("attendance.choice-accept"), stamp),
        Choice("attendance.refuse", t("attendance.choice-refuse"), stamp),
    ]
    note = Note(text, _about(rsvp), [asdict(choice) for choice in choices], once=f"reason:{stamp}")
    notes.tell(ctx.db, leader, note, ctx.now)


def close_reason(ctx: Context, rsvp: Rsvp) -> None:
    """The reason is judged or gone: the secretary's question about it is over."""
    outbox.close_questions(ctx.db, _about(rsvp), ctx.now)


def judge(ctx: Context, stamp: str, verdict: ReasonState) -> Reply:
    """The secretary's decision on one reason. Conflict when it has changed or been judged since."""
    rsvp_id, _, changes = stamp.partition(":")
    rsvp = attendance.get(ctx.db, int(rsvp_id))
    meeting = meetings.get(ctx.db, rsvp.meeting_id)
    ctx.require(organizations.get(ctx.db, meeting.organization_id))
    if rsvp.reason_state != ReasonState.WAITING or rsvp.changes != int(changes) or rsvp.member_id == ctx.my_id:
        raise Conflict
    member = members.get(ctx.db, rsvp.member_id)
    decide(ctx, meeting, rsvp, verdict)
    return Reply(t(f"attendance.judged-{verdict}", who=named(member)))


def judge_all(ctx: Context, meeting: Meeting) -> int:
    """Accept every reason that waits, but one's own. Returns how many."""
    found = [row for row in attendance.waiting(ctx.db, meeting.id or 0) if row[0].id != ctx.my_id]
    for _, rsvp in found:
        decide(ctx, meeting, rsvp, ReasonState.ACCEPTED)
    return len(found)


def decide(ctx: Context, meeting: Meeting, rsvp: Rsvp, verdict: ReasonState) -> None:
    """Write the decision down, tell the member kindly, and the secretary when it is the third time in a row."""
    close_reason(ctx, rsvp)
    attendance.write(ctx.db, rsvp, reason_state=verdict)
    ctx.audit(f"reason.{verdict}", f"rsvp:{rsvp.id}")
    member = members.get(ctx.db, rsvp.member_id)
    zone = ctx.settings.zone
    text = t(f"attendance.told-{verdict}", who=hail(member), name=name_of(meeting, zone))
    notes.tell(ctx.db, rsvp.member_id, Note(text, once=f"judged:{rsvp.id}:{rsvp.changes}"), ctx.now)
    before = IN_A_ROW - 1
    if verdict == ReasonState.ACCEPTED and attendance.excused_before(ctx.db, meeting, rsvp.member_id, before):
        leader = notes.leader_of(ctx.db, meeting.organization_id, besides=rsvp.member_id, default=ctx.my_id)
        if leader is not None:
            line = t("attendance.in-a-row", who=named(member), count=IN_A_ROW)
            notes.tell(ctx.db, leader, Note(line, once=f"in-a-row:{rsvp.id}"), ctx.now)


def _about(rsvp: Rsvp) -> str:
    return f"rsvp:{rsvp.id}"

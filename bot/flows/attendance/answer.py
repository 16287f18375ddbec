"""One member's answer to one meeting: written down, echoed with an undo, never doubled."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.context import Context
from bot.courtesy import hail, named
from bot.dates import month
from bot.flows.attendance.minds import approved, is_same, tell_change
from bot.flows.attendance.reasons import close_reason, tell_reason
from bot.invitations import about, agenda_of, answers, name_of, where
from bot.messages import Choice, Reply
from bot.texts import t
from storage import agendas, attendance, documents, meetings, members, notes, sight
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.meetings import Meeting, MeetingState
from storage.members import Member
from storage.notes import Note

PAPERS = 8
"""Papers of a meeting that are offered at once."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, however it was given. `minutes` late; `reason` as the person wrote it."""

    state: RsvpState
    minutes: int | None = None
    reason: str = ""


def closed_reason(ctx: Context, meeting: Meeting) -> str | None:
    """Why this meeting takes no answers any more, None when it does."""
    if meeting.state == MeetingState.CANCELLED:
        return t("attendance.meeting-cancelled", name=name_of(meeting, ctx.settings.zone))
    if meeting.starts_at <= ctx.now or meeting.state == MeetingState.HELD:
        return t("attendance.meeting-begun", name=name_of(meeting, ctx.settings.zone))
    return None


def mine(ctx: Context, meeting_id: int) -> tuple[Meeting, Rsvp] | Reply:
    """The meeting and the speaker's row, or what to say when there is nothing to answer."""
    member = ctx.me
    meeting = meetings.get(ctx.db, meeting_id)
    closed = closed_reason(ctx, meeting)
    if closed is not None:
        return Reply(closed)
    found = next((row for row in attendance.open_for(ctx.db, member, ctx.now) if row[0].id == meeting_id), None)
    return found or Reply(t("attendance.not-invited"))


def record(ctx: Context, rsvp: Rsvp, said: Said, *, by: int | None = None) -> bool:
    """Write an answer down; False when it says what is written already. The answer before is kept for the undo."""
    convening = meetings.get(ctx.db, rsvp.meeting_id).convening
    if convening:
        meetings.hold_alerts(ctx.db, rsvp.meeting_id)
    reason = said.reason or (rsvp.reason if said.state == RsvpState.ABSENT else None)
    minutes = said.minutes if said.minutes is not None or said.state != rsvp.state else rsvp.minutes_late
    if (rsvp.state, rsvp.minutes_late, rsvp.reason) == (said.state, minutes, reason):
        return False
    before, judged, was = _kept(rsvp), rsvp.reason_state, rsvp.state
    if reason != rsvp.reason:
        close_reason(ctx, rsvp)
        waits = bool(reason) and said.state == RsvpState.ABSENT  # what a part is missed for needs no approval
        judged = ReasonState.WAITING if waits else ReasonState.NONE
        if waits and is_same(reason, approved(rsvp)):
            judged = ReasonState.ACCEPTED
    attendance.write(
        ctx.db, rsvp, state=said.state, minutes_late=minutes, reason=reason, reason_state=judged, wants_call=False,
        reachable=rsvp.reachable or by is None, answered_at=ctx.now, recorded_by=by, changes=rsvp.changes + 1,
        before=before,
    )  # fmt: skip
    if convening:
        meetings.spare(ctx.db, rsvp.meeting_id, rsvp.member_id)
    tell_change(ctx, rsvp, was, by=by)
    return True


def give(ctx: Context, meeting: Meeting, rsvp: Rsvp, said: Said) -> Reply:
    """Record the speaker's own answer and echo it; the secretary hears of a new reason."""
    changed = record(ctx, rsvp, said)
    if changed and rsvp.reason_state == ReasonState.WAITING and said.reason:
        tell_reason(ctx, meeting, rsvp, ctx.me)
    return receipt(ctx, meeting, rsvp, ctx.me)


def receipt(ctx: Context, meeting: Meeting, rsvp: Rsvp, member: Member) -> Reply:
    """The echo with its undo: "đúng bấm 1, sai bấm 2"."""
    zone = ctx.settings.zone
    text = t("attendance.recorded", what=spoken(rsvp, member), name=name_of(meeting, zone), where=where(meeting, zone))
    if rsvp.reason_state == ReasonState.WAITING:
        text += "\n" + t("attendance.reason-waiting", reason=rsvp.reason)
    elif rsvp.reason_state == ReasonState.ACCEPTED and rsvp.recorded_by is None:
        text += "\n" + t("attendance.reason-approved")
    choices = (*verdict(meeting, rsvp), *further(ctx, meeting, rsvp))
    return Reply(text + "\n" + t("attendance.right-or-wrong"), choices, about=about(meeting))


def further(ctx: Context, meeting: Meeting, rsvp: Rsvp) -> list[Choice]:
    """Who comes may prepare an opinion (bot/handlers/room.py) and look at the meeting's papers."""
    if rsvp.state not in {RsvpState.ATTENDING, RsvpState.LATE}:
        return []
    offered = [Choice("room.prepare", t("attendance.choice-prepare"), str(meeting.id))]
    if agendas.meeting_papers(ctx.db, meeting.id or 0):
        offered.append(Choice("attendance.papers", t("attendance.choice-papers"), str(meeting.id)))
    return offered


def papers(ctx: Context, meeting: Meeting) -> Reply:
    """The meeting's papers that the speaker may see, as choices that open them (bot/handlers/library.py)."""
    who = sight.of_member(ctx.db, ctx.me)
    ids = [each for each in agendas.meeting_papers(ctx.db, meeting.id or 0) if sight.sees(ctx.db, who, each)]
    found = [documents.get(ctx.db, each) for each in ids[:PAPERS]]
    choices = tuple(
        Choice("documents.open", each.number or each.summary[:60] or str(each.id), str(each.id)) for each in found
    )
    name = name_of(meeting, ctx.settings.zone)
    return Reply(t("attendance.papers" if found else "attendance.no-papers", name=name), choices)


def verdict(meeting: Meeting, rsvp: Rsvp) -> tuple[Choice, Choice]:
    """1 right, 2 wrong. The argument tells which change of the answer this is about."""
    stamp = f"{meeting.id}:{rsvp.changes}"
    return (
        Choice("attendance.right", t("attendance.choice-right"), stamp),
        Choice("attendance.wrong", t("attendance.choice-wrong"), stamp),
    )


def spoken(rsvp: Rsvp, member: Member) -> str:
    """`đồng chí DỰ họp`, `bác Lan XIN VẮNG`."""
    if rsvp.state == RsvpState.LATE and rsvp.reason:
        return t("attendance.state-partly", who=hail(member), words=rsvp.reason)
    key = "attendance.state-late-minutes" if rsvp.minutes_late else f"attendance.state-{rsvp.state}"
    return t(key, who=hail(member), minutes=rsvp.minutes_late or 0)


def take_back(ctx: Context, meeting: Meeting, rsvp: Rsvp, changes: int) -> list[Reply]:
    """The echo was wrong: what was written before holds again, and the four answers are asked once more.

    The undo of an answer that has been changed since only asks again.
    """
    replies = []
    if rsvp.changes == changes:
        before, accepted, was = rsvp.before or {}, approved(rsvp), rsvp.state
        close_reason(ctx, rsvp)
        state = before.get("state", RsvpState.NONE)
        attendance.write(
            ctx.db, rsvp, state=state, minutes_late=before.get("minutes_late"), reason=before.get("reason"),
            wants_call=before.get("wants_call", False), reason_state=before.get("reason_state", ReasonState.NONE),
            answered_at=None if state == RsvpState.NONE else rsvp.answered_at, recorded_by=None,
            before={"accepted": accepted} if accepted else None, changes=rsvp.changes + 1,
        )  # fmt: skip
        tell_change(ctx, rsvp, was)
        if rsvp.reason_state == ReasonState.WAITING:
            tell_reason(ctx, meeting, rsvp, members.get(ctx.db, rsvp.member_id))
    replies.append(ask(ctx, meeting, rsvp, "attendance.undone"))
    return replies


def ask(ctx: Context, meeting: Meeting, rsvp: Rsvp, key: str = "attendance.ask") -> Reply:
    """The four answers for one meeting, with what is written now."""
    zone, member = ctx.settings.zone, members.get(ctx.db, rsvp.member_id)
    known = "none" if rsvp.state == RsvpState.NONE else "answered"
    now = t(f"attendance.now-{known}", what=spoken(rsvp, member) if known == "answered" else "")
    text = t(key, name=name_of(meeting, zone), where=where(meeting, zone), now=now, agenda=agenda_of(meeting))
    return Reply(text, answers(meeting), about=about(meeting))


def wants_call(ctx: Context, meeting: Meeting, rsvp: Rsvp) -> Reply:
    """The member would rather talk: the secretary is told, once a day."""
    if not rsvp.wants_call:
        attendance.write(ctx.db, rsvp, wants_call=True, changes=rsvp.changes + 1)
    if meeting.convening:
        meetings.spare(ctx.db, meeting.id or 0, ctx.my_id)
    leader = notes.leader_of(ctx.db, meeting.organization_id, besides=ctx.my_id, default=meeting.created_by)
    if leader is None:
        return Reply(t("attendance.call-nobody"))
    zone = ctx.settings.zone
    once = f"call:{meeting.id}:{ctx.my_id}:{month(ctx.now, zone)}-{ctx.now.astimezone(zone).day}"
    text = t("attendance.call-note", who=named(ctx.me), name=name_of(meeting, zone))
    notes.tell(ctx.db, leader, Note(text, once=once), ctx.now)
    return Reply(t("attendance.call-told"))


def note_of(reply: Reply, once: str | None = None) -> Note:
    """A reply as a private note to somebody else than the speaker."""
    return Note(reply.text, reply.about, [asdict(choice) for choice in reply.choices], once)


def _kept(rsvp: Rsvp) -> dict[str, object]:
    return {
        "state": rsvp.state,
        "minutes_late": rsvp.minutes_late,
        "reason": rsvp.reason,
        "reason_state": rsvp.reason_state,
        "wants_call": rsvp.wants_call,
        "accepted": approved(rsvp),
    }

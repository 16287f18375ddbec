"""Check-ins that wait for the chair's word: one press each, or all at once."""

from __future__ import annotations

from dataclasses import asdict

from bot.context import Context
from bot.courtesy import named
from bot.flows.room import arrival
from bot.messages import Choice, Reply
from bot.texts import t
from storage import checkins, members, rollcalls
from storage.checkins import CheckInState, Doubt
from storage.meetings import Meeting
from storage.notes import Note
from storage.rollcalls import Record

SHOWN = 4
"""Shown at once; the rest follows when these are decided. [ours]"""


def note(meeting: Meeting) -> Note:
    """The line that tells of the first one."""
    look = Choice("room.doubts", t("room.choice-doubts"), str(meeting.id))
    return Note(t("room.doubts-note"), about=f"room:{meeting.id}", choices=[asdict(look)], once=f"doubts:{meeting.id}")


def show(ctx: Context, meeting: Meeting, said: str = "") -> Reply | None:
    """Those that wait with the reason, each to be accepted or not; None when nothing waits."""
    waiting = checkins.waiting(ctx.db, meeting.id or 0)
    if not waiting:
        return None
    argument = str(meeting.id)
    shown = waiting[:SHOWN]
    lines = [t("room.doubt-line", who=named(member), why=t(f"room.doubt-{Doubt(row.doubt)}")) for row, member in shown]
    text = "\n".join(filter(None, [said, t("room.doubts-head", count=len(waiting)), *lines]))
    choices = [Choice("room.doubts-all", t("room.choice-accept-all"), argument)]
    for _, member in shown:
        choices.append(
            Choice("room.doubt", t("room.choice-accept", name=member.full_name), f"{argument}:{member.id}:y")
        )
        choices.append(
            Choice("room.doubt", t("room.choice-refuse", name=member.full_name), f"{argument}:{member.id}:n")
        )
    choices.append(Choice("room.card", t("room.choice-card"), argument))
    return Reply(text, tuple(choices), about=f"room:{argument}")


def decide(ctx: Context, meeting: Meeting, member_id: int, *, accepted: bool) -> str:
    """The chair's word on one; the line that tells so. Nothing happens to what has been decided already."""
    state = CheckInState.ACCEPTED if accepted else CheckInState.REFUSED
    found = next((row for row, _ in checkins.waiting(ctx.db, meeting.id or 0) if row.member_id == member_id), None)
    who = named(members.get(ctx.db, member_id))
    if found is None:
        return t("room.doubt-decided", who=who)
    recorded = rollcalls.of(ctx.db, meeting.id or 0, member_id)
    if accepted:
        presence, minutes = arrival.presence_at(ctx.settings, meeting, found.scanned_at)
        row = Record(presence, "code", found.scanned_at, by=ctx.my_id, minutes_late=minutes)
        rollcalls.put(ctx.db, meeting.id or 0, member_id, row)
    elif recorded is not None and recorded.doubtful:
        rollcalls.drop(ctx.db, recorded)
    checkins.decide(ctx.db, meeting.id or 0, member_id, state)
    ctx.audit("checkin.decided", f"meeting:{meeting.id}", member=member_id, accepted=accepted)
    return t("room.doubt-accepted" if accepted else "room.doubt-refused", who=who)


def decide_all(ctx: Context, meeting: Meeting) -> str:
    """Accept every one that waits."""
    waiting = checkins.waiting(ctx.db, meeting.id or 0)
    for _, member in waiting:
        decide(ctx, meeting, member.id or 0, accepted=True)
    return t("room.doubts-accepted", count=len(waiting))

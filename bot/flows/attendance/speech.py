"""Free text to an answer: which meeting it is about, and whether it may be written down at all.

The costly errors are attend ↔ absent swaps and ambiguous → recorded (domain.md): whatever is not certain is asked.
"""

from __future__ import annotations

import re

from bot.context import Context
from bot.flows.attendance.answer import Said
from bot.invitations import moment_of, name_of
from bot.matching import Label, Understanding, fold, understand
from bot.messages import Choice
from bot.texts import t
from storage import attendance, organizations, outbox
from storage.attendance import Rsvp, RsvpState
from storage.meetings import Meeting, MeetingKind

STATES: dict[Label, RsvpState] = {
    Label.ATTEND: RsvpState.ATTENDING,
    Label.LATE: RsvpState.LATE,
    Label.ABSENT: RsvpState.ABSENT,
    Label.ABSENT_WITH_REASON: RsvpState.ABSENT,
}
PARTLY = 100
"""Characters of such words that are kept. [ours]"""
_LEAVES = re.compile(
    r"\bve (?:som|truoc)\b|\b(?:du|hop|ngoi|o lai)(?: hop)?(?: duoc)?(?: cung)? (?:den|toi)\b|\bnua (?:buoi|dau|cuoi)\b"
    r"|\bmot phan\b"
)
_NUMBERS = re.compile(r"\d+")
_ASKS_WHEN = re.compile(
    r"may gio|luc nao|khi nao|bao gio|hom nao|ngay nao|ngay may|thu may|o dau|cho nao|dia diem|noi nao|gio nao|lich hop"
)
Invited = list[tuple[Meeting, Rsvp]]


def said(ctx: Context) -> Said | None:
    """The answer in the speaker's text; None when it says none for certain.

    A number chooses among the invitation's answers only while the invitation is the question that lies open.
    """
    found: Understanding = ctx.understanding
    if found.label not in STATES or not found.sure:
        return None
    if found.number is not None and not _invitation_is_open(ctx):
        words = understand(_NUMBERS.sub(" ", ctx.incoming.text))
        if STATES.get(words.label) is not STATES[found.label]:
            return None
    if found.label is Label.LATE and (part := partly(ctx.incoming.text)):
        return Said(RsvpState.LATE, 0, part)
    return Said(STATES[found.label], found.minutes_late, found.reason)


def partly(text: str) -> str:
    """The words of who comes but leaves before the end ("em chỉ dự được đến 8 rưỡi"), else ""."""
    return " ".join(text.split())[:PARTLY] if _LEAVES.search(fold(text)) else ""


def _invitation_is_open(ctx: Context) -> bool:
    if ctx.is_group:
        return False
    question = ctx.question or outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id)
    return question is not None and any(choice["action"] == "attendance.attending" for choice in question.choices)


def replied_to(ctx: Context) -> int | None:
    """The meeting whose message this one replies to."""
    if not ctx.incoming.reply_to or ctx.question is None:
        return None
    kind, _, row = ctx.question.about.partition(":")
    return int(row) if kind == "meeting" and row.isdecimal() else None


def invited(ctx: Context) -> Invited:
    """The meetings ahead that the speaker may answer here; in a group only those of the group's own organization."""
    found = attendance.open_for(ctx.db, ctx.me, ctx.now)
    if not ctx.is_group:
        return found
    if ctx.group is None:
        return []
    return [row for row in found if _of_group(ctx, row[0])]


def _of_group(ctx: Context, meeting: Meeting) -> bool:
    assert ctx.group is not None
    home = organizations.get(ctx.db, ctx.group.organization_id)
    called_by = organizations.get(ctx.db, meeting.organization_id)
    return meeting.kind != MeetingKind.COMMITTEE and home.path.startswith(called_by.path)


def asks_when_or_where(text: str) -> bool:
    """Whether a question is about the hour or the place."""
    return bool(_ASKS_WHEN.search(fold(text)))


def answers_as_choices(ctx: Context, found: Invited, answer: Said) -> tuple[Choice, ...]:
    """One answer for several meetings, to pick the meeting (used where no dialogue can be kept)."""
    zone = ctx.settings.zone
    return tuple(
        Choice(
            f"attendance.{answer.state}",
            t("attendance.which", name=name_of(meeting, zone), moment=moment_of(meeting, zone)),
            str(meeting.id),
        )
        for meeting, _ in found
    )

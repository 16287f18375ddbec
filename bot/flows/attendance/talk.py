"""What somebody wrote in their own words, in private or in the group: recorded, asked back, or answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.flows.attendance.answer import Said, ask, give, mine
from bot.flows.attendance.dialogues import WhichFlow, settle
from bot.flows.attendance.listing import my_meetings
from bot.flows.attendance.speech import Invited, answers_as_choices, asks_when_or_where, invited, replied_to
from bot.invitations import name_of, where
from bot.messages import Address, Kind, Reply
from bot.texts import t
from storage import attendance
from storage.attendance import RsvpState

UNSEEN = timedelta(minutes=1)
"""A message that came by itself less than this ago may not have been read when the next number is typed. [ours]"""
JUST = timedelta(hours=3)
"""So long after its start a meeting is still what people may be talking about. [i: 90–120 minutes and more]"""


def in_private(ctx: Context, answer: Said) -> Reply:
    """A sure answer in private: for the one meeting that it can be about, else asked which."""
    meeting_id = replied_to(ctx)
    if meeting_id is not None:
        return settle(ctx, meeting_id, answer)
    found = invited(ctx)
    begun = attendance.just_begun(ctx.db, ctx.me, ctx.now, JUST)
    if begun is not None:
        text = t("attendance.meeting-begun", name=name_of(begun, ctx.settings.zone))
        if found:
            text += "\n" + t("attendance.or-next")
        return Reply(text, answers_as_choices(ctx, found, answer))
    if not found:
        return Reply(t("attendance.nothing-open"))
    return settle(ctx, found[0][0].id or 0, answer) if len(found) == 1 else WhichFlow(ctx).begin(answer)


def may_mean_another(ctx: Context, meeting_id: int) -> bool:
    """Whether a typed "1" or "tôi dự được" may be meant for another meeting that is unanswered as well.

    It is not asked after a press, a reply, or a question that was put about this meeting just now.
    """
    if ctx.incoming.kind is not Kind.MESSAGE or ctx.incoming.reply_to:
        return False
    if ctx.question is None or ctx.question.once is None:
        return False
    return any(row.state == RsvpState.NONE and meeting.id != meeting_id for meeting, row in invited(ctx))


def came_between(ctx: Context) -> bool:
    """Whether a typed number may be meant for the dialogue's question, because ours arrived only just before it."""
    question = ctx.question
    if ctx.incoming.kind is not Kind.MESSAGE or ctx.incoming.reply_to or not ctx.dialogue.flow or ctx.dialogue.asleep:
        return False
    if question is None or question.once is None or not ctx.incoming.text.strip().isdecimal():
        return False
    return question.sent_at is None or ctx.now - question.sent_at < UNSEEN


def in_group(ctx: Context, answer: Said) -> Reply | None:
    """A sure answer in the group: recorded, and echoed in private only. Nothing is said in the group."""
    home = ctx.address_of(ctx.my_id)
    found = invited(ctx)
    wanted = replied_to(ctx)
    if wanted is not None:
        found = [row for row in found if row[0].id == wanted]
    if not found:
        return None
    if len(found) > 1:
        choices = answers_as_choices(ctx, found, answer)
        return _privately(home, Reply(t(f"attendance.ask-which-{answer.state}"), choices))
    row = mine(ctx, found[0][0].id or 0)
    if isinstance(row, Reply):
        return _privately(home, row)
    meeting, rsvp = row
    reply = give(ctx, meeting, rsvp, answer)
    if rsvp.state == RsvpState.ABSENT and not rsvp.reason:
        reply = replace(reply, text=reply.text + "\n" + t("attendance.reason-in-private"))
    return _privately(home, reply)


def _privately(home: Address | None, reply: Reply) -> Reply | None:
    return replace(reply, to=home) if home is not None else None


def unclear(ctx: Context) -> Reply | None:
    """Nothing is recorded: ask back with the answers' numbers. In the group the question goes to the private chat."""
    found = invited(ctx)
    meeting_id = replied_to(ctx)
    if meeting_id is not None:
        found = [row for row in found if row[0].id == meeting_id]
    open_ones = [row for row in found if row[1].state == RsvpState.NONE]
    about = open_ones or ([] if ctx.is_group else found)
    if not about:
        return None
    key = "attendance.unclear" if open_ones else "attendance.still"
    reply = ask(ctx, *about[0], key) if len(about) == 1 else my_meetings(ctx)
    return _privately(ctx.address_of(ctx.my_id), reply) if ctx.is_group else reply


def question(ctx: Context) -> Reply | None:
    """When and where: the meeting's own data. Any other question: how to put it to the branch."""
    found = invited(ctx)
    if asks_when_or_where(ctx.incoming.text):
        if found:
            return Reply("\n".join(_lines(ctx, found)))
        return None if ctx.is_group else Reply(t("attendance.nothing-open"))
    return None if ctx.is_group or not found else Reply(t("attendance.suggest-question"))


def _lines(ctx: Context, found: Invited) -> Sequence[str]:
    zone = ctx.settings.zone
    return [
        t("attendance.when-and-where", name=name_of(meeting, zone), where=where(meeting, zone))
        for meeting, _ in found[:3]
    ]

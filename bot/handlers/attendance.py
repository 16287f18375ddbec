"""Which words lead to attendance: the answers to invitations, reasons, the secretary's list."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.errors import Refused
from bot.flows.attendance import listing, reasons, talk
from bot.flows.attendance.answer import Said, ask, mine, papers, take_back, wants_call
from bot.flows.attendance.behalf import Behalf, BehalfFlow
from bot.flows.attendance.dialogues import Absence, AbsenceFlow, Which, WhichFlow, settle
from bot.flows.attendance.speech import STATES, said
from bot.matching import Label
from bot.messages import Choice, Incoming, Kind, Reply
from bot.routing import Answer, Router, addressed, choice, command, group, logged_in, private, state, understood
from bot.texts import t
from storage.attendance import ReasonState, RsvpState

router = Router("attendance")
LIST = command("baodu", "báo dự", "danh sách dự họp", "danh sách báo dự", "tình hình dự họp")
MINE = command("sinhhoat", "sinh hoạt", "lịch họp", "lịch sinh hoạt")

PUSHED = tuple(f"attendance.{act}" for act in ("attending", "late", "absent", "call", "accept", "refuse"))
"""The choices of messages that come by themselves, perhaps into the middle of a dialogue."""


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue waits for an answer, and no choice was named."""
    return ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


def answers(incoming: Incoming, ctx: Context) -> bool:
    """The words say for certain who comes and who does not."""
    return incoming.kind in {Kind.MESSAGE, Kind.EDIT} and ctx.chosen is None and said(ctx) is not None


def came_between(_incoming: Incoming, ctx: Context) -> bool:
    """The number may have been meant for the dialogue under way."""
    return talk.came_between(ctx)


# --- the four answers --------------------------------------------------------------------------------------------
@router.on(private(), came_between, choice(*PUSHED))
def number_unsure(_incoming: Incoming, _ctx: Context) -> Reply:
    """Nothing is recorded; the dialogue's question follows."""
    return Reply(t("attendance.number-unsure"))


@router.on(private(), choice("attendance.attending", "attendance.late", "attendance.absent"))
def pressed(_incoming: Incoming, ctx: Context) -> Reply:
    """1, 2 or 3 of an invitation, pressed or typed."""
    action, argument = _chosen(ctx)
    answer = Said(RsvpState(action.removeprefix("attendance.")))
    if talk.may_mean_another(ctx, int(argument)):
        return WhichFlow(ctx).begin(answer)
    return settle(ctx, int(argument), answer)


@router.on(private(), choice("attendance.call"))
def call_me(_incoming: Incoming, ctx: Context) -> Reply:
    """4 of an invitation: would rather talk."""
    found = mine(ctx, int(_chosen(ctx)[1]))
    return found if isinstance(found, Reply) else wants_call(ctx, *found)


@router.on(private(), choice("attendance.right"))
def right(_incoming: Incoming, ctx: Context) -> Reply:
    """The echo was right."""
    ctx.close_question()
    return Reply(t("attendance.thanks"))


@router.on(private(), choice("attendance.wrong"))
def wrong(_incoming: Incoming, ctx: Context) -> Answer:
    """The echo was wrong: undo, and ask again."""
    ctx.close_question()
    meeting_id, _, changes = _chosen(ctx)[1].partition(":")
    if ctx.dialogue.flow == AbsenceFlow.name:
        ctx.dialogue.finish()
    found = mine(ctx, int(meeting_id))
    return found if isinstance(found, Reply) else take_back(ctx, *found, int(changes))


@router.on(private(), choice("attendance.papers"))
def show_papers(_incoming: Incoming, ctx: Context) -> Reply:
    """The papers of the meeting that one comes to."""
    found = mine(ctx, int(_chosen(ctx)[1]))
    return found if isinstance(found, Reply) else papers(ctx, found[0])


@router.on(private(), choice("attendance.no-reason"))
def no_reason(_incoming: Incoming, ctx: Context) -> Reply:
    """Absent, and the reason stays unsaid."""
    return AbsenceFlow(ctx).none()


@router.on(private(), state(Absence.reason), typed)
def reason(incoming: Incoming, ctx: Context) -> Answer:
    """Absent, with this reason."""
    return AbsenceFlow(ctx).answer(incoming.text)


@router.on(private(), choice("attendance.this-meeting"))
def this_meeting(_incoming: Incoming, ctx: Context) -> Reply:
    """Which of several meetings was meant."""
    return WhichFlow(ctx).choose(int(_chosen(ctx)[1]))


@router.on(private(), state(Which.meeting), typed)
def other_words(incoming: Incoming, ctx: Context) -> Reply:
    """Words instead of the meeting."""
    return WhichFlow(ctx).type(incoming.text)


# --- the secretary -----------------------------------------------------------------------------------------------
@router.on(private(), choice("attendance.accept"))
def accept(_incoming: Incoming, ctx: Context) -> Reply:
    """The reason is accepted."""
    return reasons.judge(ctx, _chosen(ctx)[1], ReasonState.ACCEPTED)


@router.on(private(), choice("attendance.refuse"))
def refuse(_incoming: Incoming, ctx: Context) -> Reply:
    """The reason is not accepted."""
    return reasons.judge(ctx, _chosen(ctx)[1], ReasonState.REFUSED)


@router.on(group(), LIST)
def counts(_incoming: Incoming, ctx: Context) -> Reply | None:
    """In the group: counts, never names."""
    _ = ctx.me
    return listing.counts(ctx)


@router.on(private(), LIST)
def whole_list(incoming: Incoming, ctx: Context) -> Answer:
    """For leaders the list; for a member the own meetings, which is what "báo dự" means to them."""
    if not incoming.text.startswith("/") and not ctx.led():
        return listing.my_meetings(ctx)
    return listing.begin(ctx)


@router.on(private(), choice("attendance.list"))
def list_of(_incoming: Incoming, ctx: Context) -> Answer:
    """The list of one meeting."""
    return listing.show(ctx, listing.led(ctx, _chosen(ctx)[1]))


@router.on(private(), choice("attendance.names"))
def all_names(_incoming: Incoming, ctx: Context) -> Answer:
    """The same with every name."""
    return listing.show(ctx, listing.led(ctx, _chosen(ctx)[1]), whole=True)


@router.on(private(), choice("attendance.remind"))
def remind(_incoming: Incoming, ctx: Context) -> Reply:
    """Remind who has not answered."""
    return listing.remind_silent(ctx, listing.led(ctx, _chosen(ctx)[1]))


@router.on(private(), choice("attendance.accept-all"))
def accept_all(_incoming: Incoming, ctx: Context) -> Reply:
    """Accept every reason."""
    return listing.accept_all(ctx, listing.led(ctx, _chosen(ctx)[1]))


@router.on(private(), choice("attendance.behalf"))
def behalf(_incoming: Incoming, ctx: Context) -> Reply:
    """Record for somebody else."""
    return BehalfFlow(ctx).begin(listing.led(ctx, _chosen(ctx)[1]))


@router.on(private(), choice("attendance.behalf-who"))
def behalf_who(_incoming: Incoming, ctx: Context) -> Reply:
    """For this member."""
    return BehalfFlow(ctx).choose(int(_chosen(ctx)[1]))


@router.on(private(), state(Behalf.who), typed)
def behalf_named(incoming: Incoming, ctx: Context) -> Reply:
    """For the member with this name."""
    return BehalfFlow(ctx).find(incoming.text)


@router.on(private(), choice("attendance.behalf-what"))
def behalf_what(_incoming: Incoming, ctx: Context) -> Reply:
    """1 dự, 2 vắng, 3 muộn."""
    return BehalfFlow(ctx).say(_chosen(ctx)[1])


@router.on(private(), state(Behalf.what), typed)
def behalf_said(incoming: Incoming, ctx: Context) -> Reply:
    """The same in words."""
    return BehalfFlow(ctx).type(incoming.text)


@router.on(private(), choice("attendance.behalf-why"))
def behalf_no_reason(_incoming: Incoming, ctx: Context) -> Reply:
    """Absent without a reason."""
    return BehalfFlow(ctx).because("")


@router.on(private(), state(Behalf.why), typed)
def behalf_reason(incoming: Incoming, ctx: Context) -> Reply:
    """Absent with this reason."""
    return BehalfFlow(ctx).because(incoming.text)


# --- one's own meetings ------------------------------------------------------------------------------------------
@router.on(private(), choice("menu.meetings"))
@router.on(private(), MINE)
def mine_ahead(_incoming: Incoming, ctx: Context) -> Reply:
    """The meetings ahead with one's own answers; who leads may call one from here."""
    reply = listing.my_meetings(ctx)
    more = (Choice("meetings.new", t("meetings.choice-new")),) if ctx.led() else ()
    return replace(reply, choices=(*reply.choices, *more))


@router.on(private(), choice("attendance.show"))
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """One meeting with the four answers."""
    found = mine(ctx, int(_chosen(ctx)[1]))
    return found if isinstance(found, Reply) else ask(ctx, *found, "attendance.details")


# --- in one's own words ------------------------------------------------------------------------------------------
@router.on(private(), logged_in(), answers)
def said_in_private(_incoming: Incoming, ctx: Context) -> Answer:
    """Attend, late or absent, for certain."""
    answer = said(ctx)
    return talk.in_private(ctx, answer) if answer else None


@router.on(group(), logged_in(), answers)
def said_in_group(_incoming: Incoming, ctx: Context) -> Answer:
    """The same in the group; the echo is private."""
    answer = said(ctx)
    return talk.in_group(ctx, answer) if answer else None


@router.on(group(), addressed(), answers)
def stranger_in_group(_incoming: Incoming, _ctx: Context) -> Reply:
    """Said to the bot by somebody who has not logged in."""
    raise Refused("error.login-first")


def undecided(incoming: Incoming, ctx: Context) -> bool:
    """Ambiguous words, or a bare number that answers no open question, while a meeting lies ahead."""
    if incoming.kind not in {Kind.MESSAGE, Kind.EDIT} or not incoming.text.strip():
        return False
    label = ctx.understanding.label
    return (label is Label.AMBIGUOUS or label in STATES) and talk.unclear(ctx) is not None


@router.on(private(), logged_in(), idle, undecided)
@router.on(group(), logged_in(), addressed(), undecided)
def ask_back(_incoming: Incoming, ctx: Context) -> Answer:
    """Nothing is recorded."""
    return talk.unclear(ctx)


def answerable(_incoming: Incoming, ctx: Context) -> bool:
    """A question that can be answered from the meetings ahead."""
    return talk.question(ctx) is not None


@router.on(logged_in(), addressed(), idle, understood(Label.QUESTION), answerable)
def asked(_incoming: Incoming, ctx: Context) -> Answer:
    """When and where is the meeting?"""
    return talk.question(ctx)


def _chosen(ctx: Context) -> tuple[str, str]:
    """(action, argument) of the choice that was pressed or named."""
    return (ctx.chosen.action, ctx.chosen.argument) if ctx.chosen else ("", "")

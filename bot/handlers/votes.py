"""Which words lead to votes: a member's answers, the chair's card, raised hands."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.flows.room.card import onward
from bot.flows.votes import ballot, desk
from bot.flows.votes.counting import counted, is_number
from bot.flows.votes.hands import Hands, HandsFlow
from bot.flows.votes.opening import Opening, OpeningFlow
from bot.flows.votes.rules import OPENING
from bot.flows.votes.words import heard
from bot.messages import Incoming, Kind, Reply
from bot.routing import Answer, Router, begins, choice, command, group, logged_in, private, state
from bot.texts import t
from storage import meetings, votes
from storage.votes import VoteState

router = Router("votes")
lines = Router("votes' counts")
"""Asked before anything else: "2 tán thành" is a count and not the choice number 2."""
TITLED = ("bieu quyet:", "bieu quyet :")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue waits for an answer."""
    return not ctx.dialogue.flow or ctx.dialogue.asleep


def said(incoming: Incoming, ctx: Context) -> bool:
    """Words that may answer a vote; whether they do is asked later, for it takes a query."""
    return incoming.kind in {Kind.MESSAGE, Kind.EDIT} and ctx.chosen is None and heard(incoming.text) is not None


def answered(_incoming: Incoming, ctx: Context) -> bool:
    """There is something to say to these words."""
    return ballot.spoken(ctx) is not None


def came_between(_incoming: Incoming, ctx: Context) -> bool:
    """The number may have been meant for the dialogue under way."""
    return ballot.came_between(ctx)


def counts(incoming: Incoming, _ctx: Context) -> bool:
    """A line of counts, also where it begins with a choice's number."""
    return incoming.kind is Kind.MESSAGE and not is_number(incoming.text) and counted(incoming.text) is not None


@lines.on(private(), state(Hands.line, Hands.in_favour, Hands.against, Hands.other), counts)
def counts_typed(incoming: Incoming, ctx: Context) -> Reply:
    """Raised hands in one line."""
    return _onward(ctx, HandsFlow(ctx).type(incoming.text))


# --- a member's answer -----------------------------------------------------------------------------------------------
@router.on(private(), choice("votes.cast"), came_between)
def number_unsure(_incoming: Incoming, _ctx: Context) -> Reply:
    """Nothing is recorded; the dialogue's question follows."""
    return Reply(t("votes.number-unsure"))


@router.on(private(), choice("votes.cast"))
def cast(_incoming: Incoming, ctx: Context) -> Reply:
    """One of the three answers, pressed or typed."""
    return ballot.pressed(ctx)


@router.on(private(), choice("votes.right"))
def right(_incoming: Incoming, ctx: Context) -> Reply:
    """The echo was right."""
    return ballot.right(ctx)


@router.on(private(), choice("votes.wrong"))
def wrong(_incoming: Incoming, ctx: Context) -> Reply:
    """The echo was wrong."""
    return ballot.wrong(ctx)


@router.on(private(), choice("votes.undo"))
def undo(_incoming: Incoming, ctx: Context) -> Reply:
    """The echo of this vote was wrong."""
    return ballot.undo_chosen(ctx)


@router.on(private(), choice("votes.ask"))
def ask(_incoming: Incoming, ctx: Context) -> Reply:
    """The question of one of several votes."""
    return ballot.show(ctx)


# --- the chair -------------------------------------------------------------------------------------------------------
@router.on(private(), choice("votes.new"))
def new(_incoming: Incoming, ctx: Context) -> Reply:
    """From the chair's card of a meeting, or from the list of open votes."""
    return OpeningFlow(ctx).begin(int(_argument(ctx)) if _argument(ctx) else None)


@router.on(private(), begins(*TITLED))
def titled(_incoming: Incoming, ctx: Context) -> Reply:
    """With its title in one line."""
    return OpeningFlow(ctx).begin(None, ctx.args)


@router.on(private(), command("bieuquyet", "biểu quyết"))
def overview(_incoming: Incoming, ctx: Context) -> Answer:
    """Leaders open a vote or see those that are open; a member answers those that wait."""
    if ctx.led(OPENING):
        if ctx.args:
            return OpeningFlow(ctx).begin(None, ctx.args)
        return desk.overview(ctx) or OpeningFlow(ctx).begin(None)
    found = votes.mine(ctx.db, ctx.my_id)
    if not found:
        return ballot.nothing_open(ctx) or Reply(t("votes.none"))
    return [ballot.ask(*row) for row in found]


@router.on(private(), choice("votes.send"))
def send(_incoming: Incoming, ctx: Context) -> Answer:
    """Ask everybody who votes."""
    return OpeningFlow(ctx).send()


@router.on(private(), choice("votes.rule"))
def rule(_incoming: Incoming, ctx: Context) -> Reply:
    """More than half, or two thirds."""
    return OpeningFlow(ctx).turn_rule()


@router.on(private(), choice("votes.all-hands"))
def all_hands(_incoming: Incoming, ctx: Context) -> Reply:
    """Everybody in the room is for it."""
    HandsFlow(ctx).begin(OpeningFlow(ctx).draft())
    return _onward(ctx, HandsFlow(ctx).everybody(int(_argument(ctx))))


@router.on(private(), choice("votes.hands"))
def count_hands(_incoming: Incoming, ctx: Context) -> Reply:
    """Enter what was counted in the room."""
    return HandsFlow(ctx).begin(OpeningFlow(ctx).draft())


@router.on(private(), state(Opening.offer), typed)
def retitle(incoming: Incoming, ctx: Context) -> Reply:
    """Other words for what is voted on."""
    return OpeningFlow(ctx).retitle(incoming.text)


@router.on(private(), choice("votes.show"))
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """How it stands now."""
    return desk.card(ctx, desk.led(ctx, _argument(ctx)))


@router.on(private(), choice("votes.close"))
def close(_incoming: Incoming, ctx: Context) -> Reply:
    """End it."""
    return _onward(ctx, desk.close(ctx, _argument(ctx)))


@router.on(private(), choice("votes.close-now"))
def close_now(_incoming: Incoming, ctx: Context) -> Reply:
    """End it although few have answered."""
    return _onward(ctx, desk.close(ctx, _argument(ctx), sure=True))


@router.on(private(), choice("votes.cancel"))
def cancel(_incoming: Incoming, ctx: Context) -> Reply:
    """Call it off?"""
    return desk.ask_cancel(ctx, _argument(ctx))


@router.on(private(), choice("votes.cancel-now"))
def cancel_now(_incoming: Incoming, ctx: Context) -> Reply:
    """Call it off."""
    return desk.cancel(ctx, _argument(ctx))


@router.on(private(), choice("votes.publish"))
def publish(_incoming: Incoming, ctx: Context) -> Reply:
    """Tell the group."""
    return desk.publish(ctx, _argument(ctx))


@router.on(private(), choice("votes.drop"))
def drop(_incoming: Incoming, ctx: Context) -> Reply:
    """The record of raised hands was a mistake."""
    return desk.drop(ctx, _argument(ctx))


# --- raised hands ----------------------------------------------------------------------------------------------------
@router.on(private(), choice("votes.hands-again"))
def hands_again(_incoming: Incoming, ctx: Context) -> Reply:
    """Enter them anew, or besides the ballots."""
    return HandsFlow(ctx).begin_for(_argument(ctx))


@router.on(private(), choice("votes.everybody"))
def everybody(_incoming: Incoming, ctx: Context) -> Reply:
    """Everybody in the room is for it."""
    return _onward(ctx, HandsFlow(ctx).everybody(int(_argument(ctx))))


@router.on(private(), choice("votes.tap"))
def tap(_incoming: Incoming, ctx: Context) -> Reply:
    """One number after the other."""
    return HandsFlow(ctx).tap()


@router.on(private(), choice("votes.count"))
def count(_incoming: Incoming, ctx: Context) -> Reply:
    """So many."""
    return _onward(ctx, HandsFlow(ctx).count(int(_argument(ctx))))


@router.on(private(), choice("votes.hands-sure"))
def hands_sure(_incoming: Incoming, ctx: Context) -> Reply:
    """More than the roll call has, and it is so."""
    return _onward(ctx, HandsFlow(ctx).sure())


@router.on(private(), choice("votes.hands-retype"))
def hands_retype(_incoming: Incoming, ctx: Context) -> Reply:
    """Enter them anew."""
    return HandsFlow(ctx).again()


@router.on(private(), state(Hands.line, Hands.in_favour, Hands.against, Hands.other, Hands.sure), typed)
def hands_typed(incoming: Incoming, ctx: Context) -> Reply:
    """The line, or a number."""
    return _onward(ctx, HandsFlow(ctx).type(incoming.text))


# --- in one's own words ----------------------------------------------------------------------------------------------
@router.on(private(), logged_in(), said, idle, answered)
def in_private(_incoming: Incoming, ctx: Context) -> Answer:
    """ "Tán thành", "không tán thành", "ý kiến khác"; a bare ok is asked back."""
    return ballot.spoken(ctx)


@router.on(group(), logged_in(), said, lambda _incoming, ctx: ballot.meant_in_group(ctx))
def in_group(_incoming: Incoming, ctx: Context) -> Answer:
    """The same in the group: nothing is recorded, the question comes in private."""
    return ballot.in_group(ctx)


def _onward(ctx: Context, reply: Reply) -> Reply:
    """The result of a vote in a meeting that runs leads back to its card: nobody looks for it."""
    kind, _, number = reply.about.partition(":")
    vote = votes.get(ctx.db, int(number)) if kind == "vote-card" else None
    if vote is None or vote.meeting_id is None or vote.state != VoteState.CLOSED:
        return reply
    found = onward(ctx, meetings.get(ctx.db, vote.meeting_id))
    return replace(reply, choices=(*reply.choices, *found))


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

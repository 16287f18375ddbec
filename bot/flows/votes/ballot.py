"""A member's side of a vote: asked, answered, echoed with an undo, never mixed up with another vote."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.flows.votes.words import Heard, heard
from bot.matching import words_only
from bot.messages import Choice, Kind, Reply
from bot.texts import t
from storage import organizations, outbox, votes
from storage.members import Member, Standing, Status
from storage.votes import Ballot, Stand, Vote, VoteState

UNSEEN = timedelta(minutes=1)
"""A message that came by itself less than this ago may not have been read when the next number is typed. [ours]"""
JUST = timedelta(hours=12)
"""So long after its end people may still answer a vote, and are told that it is over. [ours]"""
SHOWN = 60
"""Characters of a title on a button."""


def about(vote_id: int | None) -> str:
    """What messages about a vote carry."""
    return f"vote:{vote_id}"


def short(title: str) -> str:
    """The title as it fits on a button."""
    return title if len(title) <= SHOWN else title[: SHOWN - 1].rstrip() + "…"


def choices(vote: Vote) -> tuple[Choice, ...]:
    """The three answers, in the order of the rule."""
    return tuple(Choice("votes.cast", t(f"votes.choice-{stand}"), f"{vote.id}:{stand}") for stand in Stand)


def letter(title: str) -> str:
    """What every voter gets."""
    return t("votes.letter", title=title)


def ask(vote: Vote, ballot: Ballot) -> Reply:
    """The question again, with what is written now."""
    text = letter(vote.title)
    if ballot.stand:
        text += "\n" + t("votes.now", what=t(f"votes.choice-{ballot.stand}"))
    return Reply(text, choices(vote), about=about(vote.id))


# --- by a press or a number ------------------------------------------------------------------------------------------
def pressed(ctx: Context) -> Reply:
    """One of the three answers was pressed, or typed as its number or words."""
    vote_id, stand = _argument(ctx)
    if contradicts(ctx, Stand(stand)):
        found = _open(ctx, vote_id)
        return found if isinstance(found, Reply) else _unclear(ask(*found))
    others = _others(ctx, vote_id) if _typed_to_a_letter(ctx) else []
    if others:
        return which(ctx, Stand(stand))
    return give(ctx, vote_id, Stand(stand))


def contradicts(ctx: Context, stand: Stand) -> bool:
    """Whether a typed number stands beside words that say something else ("2 tán thành"): that decides nothing."""
    if ctx.incoming.kind is not Kind.MESSAGE:
        return False
    words = "".join(" " if char.isdecimal() else char for char in ctx.incoming.text).strip(" .,:-–")
    if words == ctx.incoming.text.strip(" .,:-–"):  # no number: the words themselves are the choice's label
        return False
    said = heard(words)
    if said is Heard.BARE:
        return words_only(words) == "khong"
    return said is not None and said != (Heard.AGREED if said is Heard.AGREED and stand is Stand.FOR else stand.value)


def give(ctx: Context, vote_id: int, stand: Stand) -> Reply:
    """Write an answer down and echo it; the same answer again gives the same receipt."""
    found = _open(ctx, vote_id)
    if isinstance(found, Reply):
        return found
    vote, ballot = found
    if ballot.stand != stand:
        votes.cast(ctx.db, ballot, stand, ctx.now)
    return receipt(vote, ballot)


def receipt(vote: Vote, ballot: Ballot) -> Reply:
    """What was written, with the undo."""
    argument = f"{vote.id}:{ballot.changes}"
    answers = (
        Choice("votes.right", t("votes.choice-right"), argument),
        Choice("votes.wrong", t("votes.choice-wrong"), argument),
    )
    text = t(f"votes.recorded-{ballot.stand}", title=vote.title)
    return Reply(text + "\n" + t("votes.right-or-wrong"), answers, about=about(vote.id))


def right(ctx: Context) -> Reply:
    """The echo was right. Another vote that waits comes next."""
    ctx.close_question()
    waiting = _others(ctx, _argument(ctx)[0])
    if not waiting:
        return Reply(t("votes.thanks"))
    following = ask(*waiting[0])
    return replace(following, text=t("votes.thanks-next") + "\n" + following.text)


def wrong(ctx: Context) -> Reply:
    """The echo was wrong. A typed 2 may be meant for another vote that waits: then it is asked."""
    vote_id, argument = _argument(ctx)
    waiting = _others(ctx, vote_id)
    if waiting and ctx.incoming.kind is Kind.MESSAGE and ctx.incoming.text.strip().isdecimal():
        again = Choice("votes.undo", t("votes.choice-undo", title=short(votes.get(ctx.db, vote_id).title)), _told(ctx))
        rest = tuple(Choice("votes.ask", short(vote.title), str(vote.id)) for vote, _ in waiting)
        return Reply(t("votes.which"), (again, *rest), about=about(vote_id))
    return undo(ctx, vote_id, int(argument))


def undo(ctx: Context, vote_id: int, changes: int) -> Reply:
    """Take the answer back that the receipt echoed, and ask again; an older receipt takes nothing back."""
    ctx.close_question()
    found = _open(ctx, vote_id)
    if isinstance(found, Reply):
        return found
    vote, ballot = found
    if ballot.changes == changes:
        votes.cast(ctx.db, ballot, ballot.before, ctx.now)
        again = ask(vote, ballot)
        return replace(again, text=t("votes.undone") + "\n" + again.text)
    return ask(vote, ballot)


def show(ctx: Context) -> Reply:
    """The question of one vote."""
    found = _open(ctx, int(_told(ctx)))
    return found if isinstance(found, Reply) else ask(*found)


def undo_chosen(ctx: Context) -> Reply:
    """The undo, after it was asked which vote is meant."""
    vote_id, changes = _argument(ctx)
    return undo(ctx, vote_id, int(changes))


def which(ctx: Context, stand: Stand) -> Reply:
    """Several votes are open: ask which one the answer is for. Nothing is written."""
    found = votes.mine(ctx.db, ctx.my_id)
    answers = tuple(Choice("votes.cast", short(vote.title), f"{vote.id}:{stand}") for vote, _ in found)
    return Reply(t("votes.which-for", what=t(f"votes.choice-{stand}")), answers)


def came_between(ctx: Context) -> bool:
    """Whether a typed number may be meant for the dialogue's question, because ours arrived only just before it."""
    question = ctx.question
    if not _typed_to_a_letter(ctx) or not ctx.dialogue.flow or ctx.dialogue.asleep or question is None:
        return False
    return question.sent_at is None or ctx.now - question.sent_at < UNSEEN


# --- in one's own words ----------------------------------------------------------------------------------------------
def spoken(ctx: Context) -> Reply | None:
    """An answer in words: written down when it can mean one vote only, else asked back. None: not about a vote."""
    said = heard(ctx.incoming.text)
    if said is None:
        return None
    found = votes.mine(ctx.db, ctx.my_id)
    if not found:
        return None if said in {Heard.BARE, Heard.AGREED} else nothing_open(ctx)
    meant = replied_to(ctx)
    named = [row for row in found if row[0].id == meant] or found
    if said is Heard.BARE or (said in {Heard.AGREED, Heard.UNSURE} and meant is None and _asked_else(ctx)):
        return _ask_back(ctx, named)
    if said is Heard.UNSURE:
        return _ask_back(ctx, named)
    stand = Stand.FOR if said is Heard.AGREED else Stand(said)
    return give(ctx, named[0][0].id or 0, stand) if len(named) == 1 else which(ctx, stand)


def meant_in_group(ctx: Context) -> bool:
    """Whether words in the group answer an open vote; a bare "ok" there may as well answer an invitation."""
    clear = heard(ctx.incoming.text) not in {None, Heard.BARE, Heard.UNSURE}
    return clear and bool(votes.mine(ctx.db, ctx.my_id))


def in_group(ctx: Context) -> Reply | None:
    """Said in the group: nothing is written, and the question comes in private."""
    found = votes.mine(ctx.db, ctx.my_id)
    home = ctx.address_of(ctx.my_id) if found else None
    if home is None:
        return None
    waiting = [row for row in found if not row[1].stand] or found
    question = ask(*waiting[0])
    return replace(question, text=t("votes.privately") + "\n" + question.text, to=home)


def replied_to(ctx: Context) -> int | None:
    """The id of the vote whose message this one replies to."""
    if not ctx.incoming.reply_to or ctx.question is None:
        return None
    kind, _, number = ctx.question.about.partition(":")
    return int(number) if kind == "vote" and number.isdecimal() else None


def nothing_open(ctx: Context) -> Reply | None:
    """Why there is no vote to answer: no right to vote in the one that is open, or over already."""
    reason = barred_by(ctx.me)
    home = organizations.get(ctx.db, ctx.me.organization_id)
    if reason is not None and votes.open_in(ctx.db, [int(part) for part in home.path.split("/") if part]):
        return Reply(t(reason))
    ended = votes.ended_for(ctx.db, ctx.my_id, ctx.now - JUST)
    return _over(ended) if ended is not None else None


def barred_by(member: Member) -> str | None:
    """The key of the reason why a member does not vote (domain.md), None when they do."""
    if member.standing == Standing.PROBATIONARY:
        return "votes.probationary"
    if member.standing != Standing.OFFICIAL:
        return "votes.supporter"
    return "votes.not-in-base" if member.status != Status.ACTIVE else None


def _ask_back(ctx: Context, found: votes.Mine) -> Reply | None:
    """Nothing is written. A bare ok after another question is not for us, nor when everything is answered."""
    waiting = [row for row in found if not row[1].stand]
    if heard(ctx.incoming.text) is Heard.BARE and (not waiting or _asked_else(ctx)):
        return None
    return _unclear(ask(*(waiting or found)[0]))


def _unclear(question: Reply) -> Reply:
    return replace(question, text=t("votes.unclear") + "\n" + question.text)


def _asked_else(ctx: Context) -> bool:
    """Whether the open question of this chat is about something else."""
    latest = outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id)
    return latest is not None and not latest.about.startswith("vote:")


def _open(ctx: Context, vote_id: int) -> tuple[Vote, Ballot] | Reply:
    """The vote, held against closing, and the speaker's ballot; or what to say when nothing can be answered."""
    vote = votes.taking(ctx.db, vote_id)
    if vote is None:
        raise LookupError(f"vote {vote_id}")
    if vote.state != VoteState.OPEN or (vote.closes_at is not None and vote.closes_at <= ctx.now):
        return _over(vote)
    reason = barred_by(ctx.me)
    if reason is not None:
        return Reply(t(reason))
    ballot = next((ballot for each, ballot in votes.mine(ctx.db, ctx.my_id) if each.id == vote_id), None)
    return (vote, ballot) if ballot is not None else Reply(t("votes.no-ballot"))


def _over(vote: Vote) -> Reply:
    key = "votes.was-cancelled" if vote.state == VoteState.CANCELLED else "votes.was-closed"
    return Reply(t(key, title=vote.title))


def _others(ctx: Context, vote_id: int) -> votes.Mine:
    """The open votes besides this one that the speaker has not answered."""
    return [row for row in votes.mine(ctx.db, ctx.my_id) if row[0].id != vote_id and not row[1].stand]


def _typed_to_a_letter(ctx: Context) -> bool:
    """A number or words that name a choice of a letter that came by itself; neither a press nor a reply to it."""
    if ctx.incoming.kind is not Kind.MESSAGE or ctx.incoming.reply_to:
        return False
    return ctx.question is not None and ctx.question.once is not None


def _told(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""


def _argument(ctx: Context) -> tuple[int, str]:
    """The vote's id and what follows it in the choice's argument."""
    vote_id, _, rest = _told(ctx).partition(":")
    return int(vote_id), rest

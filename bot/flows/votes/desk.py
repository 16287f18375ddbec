"""The chair's side of an open vote: the count so far, closing, calling off, the result and its publication."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.dates import hour
from bot.errors import Refused
from bot.flows.votes import ballot, rules
from bot.flows.votes.live import EDITING, counting, live, refresh
from bot.messages import Choice, Reply
from bot.quota import preview
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.settings import Settings
from bot.texts import t
from storage import attendance, audience, broadcasts, deliveries, notes, organizations, votes
from storage.deliveries import Row
from storage.notes import Note
from storage.organizations import Organization
from storage.outbox import Lane
from storage.votes import Vote, VoteState


def opened(ctx: Context, vote: Vote, plan: Plan) -> list[Reply]:
    """What the chair sees when a vote has been opened: the card, and where messages can be edited the live count."""
    text = "\n".join([t("votes.opened", title=vote.title, count=vote.base), *tight(ctx, plan)])
    lost = votes.unreachable(ctx.db, vote.id or 0)
    if lost:
        text += "\n" + t("votes.unreachable", count=lost)
    whole = Reply(text, _choices(vote), about=f"vote-card:{vote.id}")
    return [live(vote, votes.tally(ctx.db, vote.id or 0)), whole] if ctx.channel.platform in EDITING else [whole]


def tight(ctx: Context, plan: Plan) -> list[str]:
    """What to know of the month's messages before a vote: nothing while everybody gets a letter at once."""
    return [] if plan.is_private else [*preview.lines(plan, ctx.settings, ctx.now)[1:], t("votes.by-hands-too")]


def card(ctx: Context, vote: Vote) -> Reply:
    """How an open vote stands, or what a closed one came to."""
    if vote.state == VoteState.CANCELLED:
        return Reply(t("votes.was-cancelled", title=vote.title), ends=True)
    if vote.state == VoteState.CLOSED:
        return outcome(ctx.settings, vote)
    until = hour(vote.closes_at.astimezone(ctx.settings.zone)) if vote.closes_at is not None else ""
    text = t(
        "votes.card", counting=counting(vote, votes.tally(ctx.db, vote.id or 0)), needed=vote.needed, until=until,
        rule=rules.rule(ctx.settings, two_thirds=vote.two_thirds),
    )  # fmt: skip
    return Reply(text, _choices(vote), about=f"vote-card:{vote.id}")


def outcome(settings: Settings, vote: Vote) -> Reply:
    """The result of a closed vote, with what the chair may do with it."""
    found = votes.result(vote)
    text = t("votes.result-head", title=vote.title) + "\n" + _sums(settings, vote)
    if found.by_hand and not vote.by_hand:
        text += "\n" + t("votes.result-hands", count=found.by_hand)
    if vote.published_at is not None:
        return Reply(text + "\n" + t("votes.published-already"), about=f"vote-card:{vote.id}")
    room = vote.base - (found.counts.total - found.by_hand)
    choices = [Choice("votes.publish", t("votes.choice-publish"), str(vote.id))]
    if vote.by_hand:
        choices.append(Choice("votes.hands-again", t("votes.choice-hands-again"), str(vote.id)))
        choices.append(Choice("votes.drop", t("votes.choice-drop"), str(vote.id)))
    elif room:
        choices.append(Choice("votes.hands-again", t("votes.choice-hands-add", count=room), str(vote.id)))
    return Reply(text, tuple(choices), about=f"vote-card:{vote.id}")


def overview(ctx: Context) -> Reply | None:
    """The open votes that the speaker leads; None when there are none."""
    led = [organization.id or 0 for organization in ctx.led(rules.OPENING)]
    found = votes.open_in(ctx.db, led) if led else []
    if not found:
        return None
    begin = Choice("votes.new", t("votes.choice-new"))
    if len(found) == 1:
        one = card(ctx, found[0])
        return Reply(one.text, (*one.choices, begin), about=one.about)
    shown = tuple(Choice("votes.show", ballot.short(vote.title), str(vote.id)) for vote in found)
    return Reply(t("votes.several", count=len(found)), (*shown, begin))


def led(ctx: Context, vote_id: str, *, alone: bool = False) -> Vote:
    """The vote with this id, held alone on wish; NotAllowed unless the speaker leads it."""
    vote = votes.get(ctx.db, int(vote_id))
    rules.require(ctx, *rules.place(ctx.db, vote.organization_id, vote.meeting_id))
    return votes.locked(ctx.db, int(vote_id)) if alone else vote


def close(ctx: Context, vote_id: str, *, sure: bool = False) -> Reply:
    """End it. When fewer have answered than could pass it, the chair is asked once more."""
    vote = led(ctx, vote_id, alone=True)
    if vote.state != VoteState.OPEN:
        return card(ctx, vote)
    answered = votes.answered(ctx.db, vote.id or 0)
    if not sure and answered < vote.needed:
        choices = (
            Choice("votes.close-now", t("votes.choice-close"), vote_id),
            Choice("votes.show", t("votes.choice-wait"), vote_id),
        )
        text = t("votes.close-sure", title=vote.title, count=answered, base=vote.base)
        return Reply(text, choices, about=f"vote-card:{vote.id}")
    end(ctx.db, vote, ctx.now)
    ctx.audit("vote.closed", ballot.about(vote.id), by="chair", **asdict(votes.counts(vote)))
    tell(ctx.db, ctx.settings, vote, ctx.now, besides=ctx.my_id)
    return outcome(ctx.settings, vote)


def end(session: Session, vote: Vote, at: datetime) -> None:
    """Count a vote that is held alone, and send nobody the question any more."""
    votes.close(session, vote, at)
    refresh(session, vote, at)
    broadcasts.cancel(session, ballot.about(vote.id))


def tell(session: Session, settings: Settings, vote: Vote, at: datetime, *, besides: int | None = None) -> None:
    """The result in private to who opened the vote and to the meeting's chair."""
    _, meeting = rules.place(session, vote.organization_id, vote.meeting_id)
    known = outcome(settings, vote)
    note = Note(known.text, about=known.about, choices=[asdict(choice) for choice in known.choices])
    for member_id in {vote.opened_by, meeting.chair_id if meeting is not None else None} - {None, besides}:
        notes.tell(session, member_id or 0, note, at)


def ask_cancel(ctx: Context, vote_id: str) -> Reply:
    """Call it off? The answers given would be void."""
    vote = led(ctx, vote_id)
    if vote.state != VoteState.OPEN:
        return card(ctx, vote)
    choices = (
        Choice("votes.cancel-now", t("votes.choice-cancel-now"), vote_id),
        Choice("votes.show", t("votes.choice-go-on"), vote_id),
    )
    return Reply(t("votes.cancel-sure", title=vote.title), choices, about=f"vote-card:{vote.id}")


def cancel(ctx: Context, vote_id: str) -> Reply:
    """Call an open vote off, and say so in the group."""
    vote = led(ctx, vote_id, alone=True)
    if vote.state != VoteState.OPEN:
        return card(ctx, vote)
    votes.cancel(ctx.db, vote, ctx.now)
    broadcasts.cancel(ctx.db, ballot.about(vote.id))
    posts = _post(ctx, vote, t("votes.group-cancelled", title=vote.title), "cancelled")
    ctx.audit("vote.cancelled", ballot.about(vote.id))
    return Reply(t("votes.cancelled", title=vote.title) + _held(posts), ends=True)


def drop(ctx: Context, vote_id: str) -> Reply:
    """A record of raised hands that should not be there; what was published stays."""
    vote = led(ctx, vote_id, alone=True)
    if not vote.by_hand or vote.published_at is not None or vote.state != VoteState.CLOSED:
        return card(ctx, vote)
    votes.cancel(ctx.db, vote, ctx.now)
    ctx.audit("vote.dropped", ballot.about(vote.id))
    return Reply(t("votes.dropped", title=vote.title), ends=True)


def publish(ctx: Context, vote_id: str) -> Reply:
    """The result to the group: counts only. A second press does nothing more."""
    vote = led(ctx, vote_id, alone=True)
    if vote.state != VoteState.CLOSED or vote.published_at is not None:
        return card(ctx, vote)
    text = t("votes.group-result", title=vote.title) + "\n" + _sums(ctx.settings, vote)
    posts = _post(ctx, vote, text, "result")
    if not posts.queued:
        raise Refused("votes.no-group" if not posts.held else "votes.groups-full")
    vote.published_at = ctx.now
    ctx.audit("vote.published", ballot.about(vote.id))
    return Reply(t("votes.published") + _held(posts), ends=True)


@dataclass(frozen=True, slots=True)
class Posts:
    """How many groups get a post, and how many none because their channel's month has nothing left."""

    queued: int
    held: int


def _post(ctx: Context, vote: Vote, text: str, what: str) -> Posts:
    """To every group of the vote's organization, once, where the quota planner has a message left for each: a result
    that waits for the next month would only confuse."""
    organization: Organization = organizations.get(ctx.db, vote.organization_id)
    nobody = Wanted(organization.path, text, urgent=True, only=attendance.these([]))
    full = {part.channel.id for part in plan_of(ctx.db, ctx.settings, ctx.now, nobody).parts if part.verdict.waits}
    groups = audience.groups_below(ctx.db, organization.path)
    rows = [
        Row(
            channel_id=group.channel_id, chat_id=group.chat_id, is_group=True, text=text, lane=Lane.URGENT,
            about=ballot.about(vote.id), once=f"vote:{vote.id}:{what}:{group.id}", created_at=ctx.now, due_at=ctx.now,
        )
        for group in groups
        if group.channel_id not in full
    ]  # fmt: skip
    return Posts(deliveries.queue_many(ctx.db, rows), len(groups) - len(rows))


def _held(posts: Posts) -> str:
    return "\n" + t("votes.groups-held", count=posts.held) if posts.held else ""


def _sums(settings: Settings, vote: Vote) -> str:
    """Counts, share of the base, and whether it passes."""
    found = votes.result(vote)
    verdict = t(
        "votes.passed" if found.passed else "votes.failed", needed=found.needed,
        rule=rules.rule(settings, two_thirds=found.two_thirds),
    )  # fmt: skip
    share = f"{found.share:.1f}".removesuffix(".0").replace(".", ",")
    sums = t(
        "votes.sums", count=found.counts.in_favour, base=found.base, share=share, against=found.counts.against,
        other=found.counts.other, silent=found.silent,
    )  # fmt: skip
    return f"{sums}\n{verdict}"


def _choices(vote: Vote) -> tuple[Choice, ...]:
    return (
        Choice("votes.show", t("votes.choice-show"), str(vote.id)),
        Choice("votes.close", t("votes.choice-close"), str(vote.id)),
        Choice("votes.cancel", t("votes.choice-cancel"), str(vote.id)),
    )

"""The usual work after a meeting, one press a step, in the order of domain.md: tasks, score, minutes.

Each press does what its card shows and is answered with the next card. What several features need is joined here:
flows of one feature do not know those of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.context import Context
from bot.dates import hour
from bot.flows.minutes import card as minutes_card
from bot.flows.minutes import desk as minutes_desk
from bot.flows.room import card, conclusions, desk
from bot.flows.scoring import form, rights
from bot.flows.scoring.points import band, shown
from bot.flows.tasks.from_meeting import MeetingFlow
from bot.flows.tasks.wording import GIVING
from bot.messages import Choice, Incoming, Reply
from bot.routing import Router, choice, private
from bot.texts import t
from storage import minutes, organizations, scores
from storage.meetings import Meeting
from storage.minutes import PaperKind, PaperState

router = Router("afterwards")


@router.on(private(), choice("room.end-drafted"))
def end(_incoming: Incoming, ctx: Context) -> Reply:
    """The meeting is over, and what has no conclusion yet is concluded as drafted."""
    meeting = desk.opened(ctx, _argument(ctx))
    if meeting.ended_at is not None:
        return card.card(ctx, meeting)
    card.leave(ctx)
    drafted = conclusions.conclude_rest(ctx, meeting)
    desk.end(ctx, meeting)
    said = t(
        "room.ended", hour=hour(ctx.now.astimezone(ctx.settings.zone)), minutes=desk.length(meeting),
        count=len(drafted),
    )  # fmt: skip
    items = ",".join(map(str, drafted))
    undo = Choice("room.go-on", t("room.choice-go-on"), f"{meeting.id}:{items}")
    return _following(ctx, meeting, " ".join(filter(None, [said, card.too_short(ctx, meeting)])), besides=(undo,))


@router.on(private(), choice("after.begin"))
def begin(_incoming: Incoming, ctx: Context) -> Reply:
    """The first of the steps that is still to be done."""
    card.leave(ctx)
    return _following(ctx, desk.opened(ctx, _argument(ctx)))


@router.on(private(), choice("after.skip"))
def skip(_incoming: Incoming, ctx: Context) -> Reply:
    """Not this step; the argument's second part names it."""
    card.leave(ctx)
    return _following(ctx, desk.opened(ctx, _argument(ctx)), after=_argument(ctx).partition(":")[2])


@router.on(private(), choice("after.tasks"))
def give(_incoming: Incoming, ctx: Context) -> Reply:
    """All tasks as they were shown."""
    meeting = desk.opened(ctx, _argument(ctx))
    if ctx.dialogue.flow != MeetingFlow.name:
        return _following(ctx, meeting)
    given = MeetingFlow(ctx).give_all()
    undo = tuple(each for each in given.choices if each.action == "tasks.undo")
    return _following(ctx, meeting, given.text, after="tasks", besides=undo)


@router.on(private(), choice("after.score"))
def score(_incoming: Incoming, ctx: Context) -> Reply:
    """The form as it was shown; when something was measured anew meanwhile, it is shown again."""
    meeting = rights.over(ctx, _argument(ctx), hold=True)
    if _argument(ctx).partition(":")[2] != _proposed(ctx, meeting):
        return _following(ctx, meeting, t("room.score-changed"), after="tasks")
    form.accept(ctx, meeting)
    found = scores.of_meeting(ctx.db, meeting.id or 0)
    points = found.total if found is not None else 0
    said = t("room.scored", total=shown(points), band=t(f"scoring.band-{band(ctx.settings, points)}"))
    again = Choice("scoring.form", t("room.choice-score-again"), str(meeting.id))
    return _following(ctx, meeting, said, after="score", besides=(again,))


# --- the steps -------------------------------------------------------------------------------------------------------
def _following(
    ctx: Context, meeting: Meeting, said: str = "", *, after: str = "", besides: tuple[Choice, ...] = ()
) -> Reply:
    """The card of the next step that is to be done, behind what has just been said; `besides`: its undo."""
    names = list(STEPS)
    for name in names[names.index(after) + 1 if after in names else 0 :]:
        reply = STEPS[name](ctx, meeting)
        if reply is not None:
            text = f"{said}\n{reply.text}" if said else reply.text
            return replace(reply, text=text, choices=(*reply.choices, *besides))
    return card.card(ctx, meeting, said)


def _tasks(ctx: Context, meeting: Meeting) -> Reply | None:
    """The tasks that follow from the conclusions, where there are any and the speaker gives them."""
    keeps = ctx.my_id in {meeting.chair_id, meeting.clerk_id}
    if not keeps and not ctx.may(organizations.get(ctx.db, meeting.organization_id), GIVING):
        return None
    reply = MeetingFlow(ctx).begin(meeting.id or 0)
    if ctx.dialogue.flow != MeetingFlow.name:
        return None
    found = [each for each in reply.choices if each.action != "dialogue.cancel"]
    given = _led_on(found, "tasks.give-all", "after.tasks", str(meeting.id))
    return replace(reply, choices=(*given, _skip(meeting, "tasks")))


def _score(ctx: Context, meeting: Meeting) -> Reply | None:
    """The form, while nobody has filled it in."""
    found = scores.of_meeting(ctx.db, meeting.id or 0)
    if not rights.may_score(ctx, meeting) or (found is not None and found.scored_at is not None):
        return None
    reply = form.show(ctx, meeting)
    argument = f"{meeting.id}:{_proposed(ctx, meeting)}"
    return replace(
        reply, choices=(*_led_on(reply.choices, "scoring.accept", "after.score", argument), _skip(meeting, "score"))
    )


def _proposed(ctx: Context, meeting: Meeting) -> str:
    """The points that the form shows, so that a press takes no others."""
    return ",".join(f"{points:g}" for points in form.sheet(ctx, meeting).points.values())


def _minutes(ctx: Context, meeting: Meeting) -> Reply | None:
    """The minutes, until they have been sent."""
    found = minutes.of_meeting(ctx.db, meeting.id or 0, PaperKind.MINUTES)
    if not minutes_desk.keeps(ctx, meeting) or (found is not None and found.state == PaperState.SENT):
        return None
    return minutes_card.draft(ctx, str(meeting.id))


STEPS: dict[str, Callable[[Context, Meeting], Reply | None]] = {
    "tasks": _tasks, "score": _score, "minutes": _minutes,
}  # fmt: skip
"""Minutes come last: they tell who does what until when, and the letter to all takes the next number on Zalo."""


def _led_on(choices: Iterable[Choice], action: str, instead: str, argument: str) -> list[Choice]:
    """The choices, the one with this action replaced by one that leads on to the next step."""
    return [Choice(instead, each.label, argument) if each.action == action else each for each in choices]


def _skip(meeting: Meeting, step: str) -> Choice:
    return Choice("after.skip", t(f"room.choice-skip-{step}"), f"{meeting.id}:{step}")


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

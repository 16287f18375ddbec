"""What those who have to answer can do instead: pass a question up or down, close it, and take each of these back."""

from __future__ import annotations

from bot.context import Context
from bot.dates import day
from bot.errors import NotAllowed
from bot.flows.questions import notices
from bot.flows.questions.answering import answerable, leave_answering, may_see, settled, step
from bot.flows.questions.wording import ANSWERING, asker_shown, deadline, due_after, label, place_of
from bot.messages import Choice, Reply
from bot.texts import t
from storage import members, organizations, question_steps, questions
from storage.documents import path_ids
from storage.question_steps import Step
from storage.questions import Closing, Question, QuestionState

REASONS = (Closing.NOT_COMPETENT, Closing.IN_PERSON)


def forward(ctx: Context, question_id: int, desk: int = 0) -> list[Reply]:
    """One level up, with its number and its way so far; the asker is told. `desk`: where the button was shown."""
    question = _open(ctx, question_id)
    if isinstance(question, Reply):
        return [question]
    if desk and desk != question.desk:
        return [Reply(t("questions.has-moved", **label(question), place=place_of(ctx.db, question)))]
    parent = organizations.get(ctx.db, question.desk).parent_id
    if parent is None:
        return [Reply(t("questions.no-level-above", **label(question)))]
    told = _move(ctx, question, parent, Step.FORWARDED, days=ctx.settings.question_days_above)
    place, until = place_of(ctx.db, question), deadline(question, ctx.settings.zone)
    key = "questions.forwarded" if told else "questions.forwarded-nobody"
    undo = Choice("questions.take-back", t("questions.take-back-label"), str(question_id))
    leave_answering(ctx, question_id)
    news = _tell_all(ctx, question, "questions.tell-forwarded", place=place, day=until)
    return [Reply(t(key, **label(question), place=place, day=until), (undo,)), *news]


def pass_down(ctx: Context, question_id: int) -> list[Reply]:
    """Back to the level below, towards the branch where it was asked."""
    question = _open(ctx, question_id)
    if isinstance(question, Reply):
        return [question]
    below = _next_below(ctx, question)
    if below is None:
        return [Reply(t("questions.is-at-the-branch", **label(question)))]
    _move(ctx, question, below, Step.PASSED_DOWN, days=ctx.settings.question_days)
    leave_answering(ctx, question_id)
    where = {"place": place_of(ctx.db, question), "day": deadline(question, ctx.settings.zone)}
    news = _tell_all(ctx, question, "questions.tell-passed-down", **where)
    return [Reply(t("questions.passed-down", **label(question), **where)), *news]


def take_back(ctx: Context, question_id: int) -> list[Reply]:
    """Undo a forwarding of one's own, as long as nothing else has happened to the question."""
    question = questions.lock(ctx.db, question_id)
    last = question_steps.last(ctx.db, question_id)
    if last is None or last.by != ctx.my_id or last.act != Step.FORWARDED or question.state != QuestionState.OPEN:
        if not may_see(ctx, question):
            raise NotAllowed
        return [Reply(t("questions.too-late-to-take-back", **label(question)))]
    below = _next_below(ctx, question)
    if below is None or not ctx.may(organizations.get(ctx.db, below), ANSWERING):
        raise NotAllowed
    _move(ctx, question, below, Step.TAKEN_BACK, days=ctx.settings.question_days)
    where = {"place": place_of(ctx.db, question), "day": deadline(question, ctx.settings.zone)}
    news = _tell_all(ctx, question, "questions.tell-passed-down", **where)
    choices = tuple(notices.desk_choices(ctx.db, question))
    about = f"question:{question_id}"
    return [Reply(t("questions.taken-back", **label(question), **where), choices, about=about), *news]


def more(ctx: Context, question_id: int) -> Reply:
    """What else can be done with a question, under its full text and its way so far."""
    question = questions.get(ctx.db, question_id)
    _ = ctx.me
    if not may_see(ctx, question):
        raise NotAllowed
    argument = str(question_id)
    choices = []
    if question.state == QuestionState.OPEN and ctx.may(organizations.get(ctx.db, question.desk), ANSWERING):
        choices += [Choice("questions.merge", t("questions.merge-label"), argument)]
        choices += [Choice("questions.close", t("questions.close-label"), argument)]
        if question.desk != question.organization_id:
            choices += [Choice("questions.pass-down", t("questions.pass-down-label"), argument)]
    if question.state == QuestionState.ANSWERED:
        choices += [Choice("questions.publish", t("questions.publish-label"), argument)]
    return Reply("\n".join(card(ctx, question)), tuple(choices), about=f"question:{question_id}")


def card(ctx: Context, question: Question) -> list[str]:
    """A question in full: who, what, where it lies, its steps."""
    zone = ctx.settings.zone
    lines = [t("questions.new", **label(question), name=asker_shown(ctx.db, question), text=question.text)]
    if question.state == QuestionState.OPEN:
        lines.append(t("questions.lies-with", place=place_of(ctx.db, question), day=deadline(question, zone)))
    for each in question_steps.of(ctx.db, question.id or 0)[-4:]:
        who = members.get(ctx.db, each.by).full_name if each.by else t("questions.the-asker")
        when = day(each.at.astimezone(zone).date(), weekday=False)
        lines.append(t(f"questions.step-{each.act}", day=when, name=who))
    if question.answer:
        lines.append(t("questions.its-answer", answer=question.answer))
    return lines


# --- closing -------------------------------------------------------------------------------------------------------
def ask_reason(ctx: Context, question_id: int) -> Reply:
    """Why shall it be closed?"""
    question = _open(ctx, question_id)
    if isinstance(question, Reply):
        return question
    reasons = [
        Choice("questions.close-for", t(f"questions.reason-{each}"), f"{question_id}:{each}") for each in REASONS
    ]
    keep = Choice("questions.keep", t("questions.keep-label"), str(question_id))
    return Reply(t("questions.why-close", **label(question)), (*reasons, keep))


def keep(ctx: Context, question_id: int) -> Reply:
    """Not closed after all."""
    question = answerable(ctx, question_id)
    choices = tuple(notices.desk_choices(ctx.db, question))
    return Reply(t("questions.kept", **label(question)), choices, about=f"question:{question_id}")


def close(ctx: Context, question_id: int, reason: str) -> list[Reply]:
    """Close without an answer; the asker is told why, and so is everybody whose question was merged into it."""
    question = _open(ctx, question_id)
    if isinstance(question, Reply):
        return [question]
    closing = Closing(reason)
    news: list[Reply] = []
    for each in (question, *questions.merged_into(ctx.db, question_id)):
        each.state, each.closed_because = QuestionState.CLOSED, closing
        step(ctx, each, Step.CLOSED)
        ctx.audit("question.closed", f"question:{each.id}", reason=closing.value)
        place = place_of(ctx.db, each)
        news += notices.to_asker(ctx, each, t(f"questions.tell-closed-{closing}", **label(each), place=place))
    leave_answering(ctx, question_id)
    undo = Choice("questions.open-again", t("questions.open-again-label"), str(question_id))
    return [Reply(t("questions.closed", **label(question), reason=t(f"questions.reason-{closing}")), (undo,)), *news]


def open_again(ctx: Context, question_id: int) -> list[Reply]:
    """Undo the closing, with everything that was closed along with it."""
    question = questions.lock(ctx.db, answerable(ctx, question_id).id or 0)
    if question.state != QuestionState.CLOSED or question.closed_because == Closing.WITHDRAWN:
        return [settled(ctx, question)]
    news: list[Reply] = []
    others = [each for each in questions.closed_with(ctx.db, question_id) if each.closed_because != Closing.WITHDRAWN]
    for each in (question, *others):
        each.state = QuestionState.OPEN if each is question else QuestionState.MERGED
        each.closed_because = ""
        step(ctx, each, Step.RESTORED)
        ctx.audit("question.restored", f"question:{each.id}")
        news += notices.to_asker(ctx, each, t("questions.tell-open-again", **label(each)))
    choices = tuple(notices.desk_choices(ctx.db, question))
    about = f"question:{question_id}"
    return [Reply(t("questions.opened-again", **label(question)), choices, about=about), *news]


# --- shared --------------------------------------------------------------------------------------------------------
def _open(ctx: Context, question_id: int) -> Question | Reply:
    """The open question, locked, for those who have to answer it; else what became of it."""
    answerable(ctx, question_id)
    question = questions.lock(ctx.db, question_id)
    answerable(ctx, question_id)  # it may have gone to another desk while we waited for the lock
    return question if question.state == QuestionState.OPEN else settled(ctx, question)


def _move(ctx: Context, question: Question, desk: int, act: Step, *, days: int) -> int:
    """Put a question on another desk with a new deadline; returns how many were told there."""
    question.receiver_id, question.nudges = desk, 0
    question.due_at = due_after(ctx.now, ctx.settings.zone, days)
    step(ctx, question, act, to=desk)
    ctx.audit(f"question.{act}", f"question:{question.id}", organization=desk)
    came = t(f"questions.came-{act}", name=ctx.me.full_name)
    return notices.tell_leaders(ctx.db, question, ctx.now, remark=came, besides=ctx.my_id)


def _tell_all(ctx: Context, question: Question, key: str, **where: object) -> list[Reply]:
    """The asker, and everybody whose question waits for this one's answer, each under their own number."""
    everybody = (question, *questions.merged_into(ctx.db, question.id or 0))
    return [told for each in everybody for told in notices.to_asker(ctx, each, t(key, **label(each), **where))]


def _next_below(ctx: Context, question: Question) -> int | None:
    """The organization below the present desk, on the way to the branch; None at the branch itself."""
    way = path_ids(organizations.get(ctx.db, question.organization_id).path)
    at = way.index(question.desk)
    return way[at + 1] if at + 1 < len(way) else None

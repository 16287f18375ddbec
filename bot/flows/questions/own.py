"""What askers do with their own questions: list them, hide the name, withdraw, say that an answer is not clear."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.dates import day
from bot.errors import BadInput
from bot.flows.questions import notices
from bot.flows.questions.asking import own_choices, small_branch
from bot.flows.questions.refusing import is_denunciation
from bot.flows.questions.wording import LIST, LONGEST, SHORTEST, clip, deadline, due_after, label, place_of
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import notes, question_notices, questions
from storage.notes import Note
from storage.question_steps import QuestionStep, Step
from storage.questions import Closing, Question, QuestionState


class Reopening(StatesGroup):
    """What is not clear is awaited."""

    text = State()


class ReopenFlow(Flow[Context]):
    """The asker pressed "Chưa rõ". Data: ticket."""

    name = "question-reopen"
    states = Reopening
    moves: ClassVar[list[Move]] = []

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.reopening")

    def ask(self) -> Reply:
        """The question of the current step."""
        question = own(self.ctx, self.dialogue.data["ticket"])
        text = t("questions.write-unclear", **label(question))
        return Reply(text, (Choice("dialogue.cancel", t("dialogue.cancel")),))


def own(ctx: Context, ticket: str) -> Question:
    """The question behind a button, if it is the speaker's own. BadInput otherwise."""
    member_id = ctx.my_id
    try:
        question = questions.of_ticket(ctx.db, ticket)
    except LookupError:
        raise BadInput("questions.not-yours") from None
    if question.asker_id != member_id:
        raise BadInput("questions.not-yours")
    return question


def mine(ctx: Context) -> Reply:
    """The speaker's latest questions and how far they are."""
    found = questions.asked_by(ctx.db, ctx.my_id, LIST)
    if not found:
        return Reply(t("questions.none-mine"))
    rows = [
        t("questions.mine-row", **label(each), text=clip(each.text, 50), state=_how_far(ctx, each)) for each in found
    ]
    choices = tuple(
        notices.own_choice("questions.mine-one", t("questions.see-number", **label(each)), each) for each in found
    )
    return Reply("\n".join([t("questions.mine"), *rows]), choices)


def one_of_mine(ctx: Context, ticket: str) -> Reply:
    """One of them in full, with what can be done about it."""
    question = own(ctx, ticket)
    lines = [t("questions.mine-full", **label(question), text=question.text, state=_how_far(ctx, question))]
    if question.answer:
        lines.append(t("questions.its-answer", answer=question.answer))
    toggle, withdraw = own_choices(question)
    choices = [toggle]
    if question.state in {QuestionState.OPEN, QuestionState.MERGED}:
        choices.append(withdraw)
    if question.state == QuestionState.ANSWERED and question.reopened_at is None:
        choices.append(notices.own_choice("questions.unclear", t("questions.unclear-label"), question))
    return Reply("\n".join(lines), tuple(choices), about=notices.about_for_asker(question))


def _how_far(ctx: Context, question: Question) -> str:
    zone = ctx.settings.zone
    if question.state == QuestionState.ANSWERED and question.answered_at:
        return t("questions.is-answered", day=day(question.answered_at.astimezone(zone).date(), weekday=False))
    if question.state == QuestionState.CLOSED:
        return t(f"questions.is-closed-{question.closed_because}")
    if question.state == QuestionState.MERGED:
        return t("questions.is-merged")
    if question.desk != question.organization_id:
        return t("questions.is-above", place=place_of(ctx.db, question))
    return t("questions.is-open")


# --- the name ------------------------------------------------------------------------------------------------------
def hide(ctx: Context, ticket: str) -> Reply:
    """Hide the name from now on, saying fairly who has seen it already."""
    question = questions.lock(ctx.db, own(ctx, ticket).id or 0)
    if not question.hidden:
        about = f"question:{question.id}"
        questions.hide_asker(question)
        seen = question_notices.rewrite(ctx.db, about, notices.notice(ctx.db, question), ctx.now)
        question_notices.untie(ctx.db, about, ctx.my_id)
        ctx.db.flush()
        notices.audit_own(ctx, "question.hidden", question)
        lines = [t("questions.hidden", **label(question))]
        lines += [t("questions.already-seen")] if seen else []
    else:
        lines = [t("questions.hidden", **label(question))]
    choice = notices.own_choice("questions.show", t("questions.show-label"), question)
    return Reply("\n".join([*lines, *small_branch(ctx)]), (choice,))


def show(ctx: Context, ticket: str) -> Reply:
    """The name is shown again, on the asker's own wish."""
    question = questions.lock(ctx.db, own(ctx, ticket).id or 0)
    if question.hidden:
        questions.show_asker(question)
        ctx.db.flush()
        question_notices.rewrite(ctx.db, f"question:{question.id}", notices.notice(ctx.db, question), ctx.now)
        notices.audit_own(ctx, "question.shown", question)
    choice = notices.own_choice("questions.hide", t("questions.hide-label"), question)
    return Reply(t("questions.shown", **label(question)), (choice,))


# --- withdrawing ---------------------------------------------------------------------------------------------------
def withdraw(ctx: Context, ticket: str) -> Reply:
    """The asker wants no answer any more; those who were merged into it wait on their own again."""
    question = questions.lock(ctx.db, own(ctx, ticket).id or 0)
    if question.state not in {QuestionState.OPEN, QuestionState.MERGED}:
        return Reply(t("questions.cannot-withdraw", **label(question), state=_how_far(ctx, question)))
    for other in questions.merged_into(ctx.db, question.id or 0):
        other.state, other.merged_into_id = QuestionState.OPEN, None
        notices.tell_leaders(ctx.db, other, ctx.now, remark=t("questions.on-its-own", **label(question)))
    was_open = question.state == QuestionState.OPEN
    question.state, question.closed_because, question.merged_into_id = QuestionState.CLOSED, Closing.WITHDRAWN, None
    _step(ctx, question, Step.CLOSED)
    notices.audit_own(ctx, "question.withdrawn", question)
    if was_open:
        _tell(ctx, question, t("questions.was-withdrawn", **label(question)))
    undo = notices.own_choice("questions.ask-again", t("questions.ask-again-label"), question)
    return Reply(t("questions.withdrawn", **label(question)), (undo,))


def ask_again(ctx: Context, ticket: str) -> Reply:
    """Undo the withdrawal."""
    question = questions.lock(ctx.db, own(ctx, ticket).id or 0)
    if question.closed_because == Closing.WITHDRAWN:
        question.state, question.closed_because = QuestionState.OPEN, ""
        _step(ctx, question, Step.RESTORED)
        notices.audit_own(ctx, "question.restored", question)
        notices.tell_leaders(ctx.db, question, ctx.now)
    return Reply(t("questions.received", **label(question)), own_choices(question))


# --- not clear -----------------------------------------------------------------------------------------------------
def begin_unclear(ctx: Context, ticket: str) -> Reply:
    """Wait for what is not clear; once per question."""
    question = own(ctx, ticket)
    if refusal := _cannot_reopen(ctx, question):
        return refusal
    ctx.dialogue.start(ReopenFlow.name, Reopening.text, ticket=ticket)
    return ReopenFlow(ctx).ask()


def reopen(ctx: Context, text: str) -> Reply:
    """Open it again with what is not clear, at the level that answered. BadInput when the text cannot be taken."""
    question = questions.lock(ctx.db, own(ctx, ctx.dialogue.data["ticket"]).id or 0)
    words = text.strip()
    if not len(words) >= SHORTEST or len(question.text) + len(words) > LONGEST * 2:
        raise BadInput("questions.too-long" if len(words) > SHORTEST else "questions.unclear-too-short", most=LONGEST)
    if is_denunciation(words):
        raise BadInput("questions.no-denunciations")
    ctx.dialogue.finish()
    if refusal := _cannot_reopen(ctx, question):
        return refusal
    _step(ctx, question, Step.REOPENED, note=question.answer)
    question.text = f"{question.text}\n{t('questions.asked-further', text=words)}"
    question.state, question.answer, question.answered_at, question.answered_by = QuestionState.OPEN, None, None, None
    question.reopened_at, question.merged_into_id, question.nudges, question.days_taken = ctx.now, None, 0, None
    question.due_at = due_after(ctx.now, ctx.settings.zone, ctx.settings.question_days)
    notices.audit_own(ctx, "question.reopened", question)
    notices.tell_leaders(ctx.db, question, ctx.now, remark=t("questions.not-clear-yet"))
    return Reply(t("questions.reopened", **label(question), day=deadline(question, ctx.settings.zone)))


def _cannot_reopen(ctx: Context, question: Question) -> Reply | None:
    if question.state == QuestionState.ANSWERED and question.reopened_at is None:
        return None
    if question.state == QuestionState.ANSWERED:
        return Reply(t("questions.reopened-once", **label(question)))
    return Reply(t("questions.state-now", **label(question), state=_how_far(ctx, question)))


def _tell(ctx: Context, question: Question, text: str) -> None:
    told = [each.id or 0 for each in notices.receivers(ctx.db, question)]
    notes.tell_all(ctx.db, told, dict.fromkeys(told, Note(text, about=f"question:{question.id}")), ctx.now)


def _step(ctx: Context, question: Question, act: Step, note: str | None = None) -> None:
    """A step of the asker's: nobody is named in it."""
    ctx.db.add(QuestionStep(question_id=question.id or 0, at=ctx.now, act=act, note=note))
    ctx.db.flush()

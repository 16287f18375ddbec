"""Answering: once, by reply, press or number; everybody whose question was merged into it gets the answer too."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.questions import notices
from bot.flows.questions.wording import ANSWERING, LONGEST, label, place_of
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import members, organizations, questions
from storage.question_steps import QuestionStep, Step
from storage.questions import Question, QuestionState


class Answering(StatesGroup):
    """Answering after a press: the text is awaited."""

    text = State()


class AnswerFlow(Flow[Context]):
    """A leading member pressed "Trả lời". Data: question_id."""

    name = "answers"
    states = Answering
    moves: ClassVar[list[Move]] = []

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.answering")

    def ask(self) -> Reply:
        """The question of the current step, and what else can be done with it."""
        question = questions.get(self.ctx.db, int(self.dialogue.data["question_id"]))
        text = t("questions.write-answer", **label(question), text=question.text)
        others = notices.desk_choices(self.ctx.db, question)[1:]
        return Reply(text, (*others, Choice("dialogue.cancel", t("dialogue.cancel"))))


# --- rights --------------------------------------------------------------------------------------------------------
def may_answer(ctx: Context, question_id: int) -> bool:
    """Whether the speaker leads the organization that has to answer, and did not ask it."""
    question = questions.get(ctx.db, question_id)
    return question.asker_id != ctx.my_id and ctx.may(organizations.get(ctx.db, question.desk), ANSWERING)


def may_see(ctx: Context, question: Question) -> bool:
    """Whether the speaker leads the branch where it was asked, or the level that has to answer."""
    places = {question.organization_id, question.desk}
    return any(ctx.may(organizations.get(ctx.db, each), ANSWERING) for each in places)


def answerable(ctx: Context, question_id: int) -> Question:
    """The question, for those who have to answer it; NotAllowed for others, and for who asked it."""
    _ = ctx.me
    question = questions.get(ctx.db, question_id)
    if not ctx.may(organizations.get(ctx.db, question.desk), ANSWERING):
        if may_see(ctx, question):
            raise BadInput("questions.lies-above", **label(question), place=place_of(ctx.db, question))
        raise NotAllowed
    if question.asker_id == ctx.my_id:
        raise BadInput("questions.is-your-own", **label(question))
    return question


# --- answering -----------------------------------------------------------------------------------------------------
def begin_answer(ctx: Context, question_id: int) -> Reply:
    """Wait for the text of an answer; an answered question says who answered it."""
    question = answerable(ctx, question_id)
    if question.state != QuestionState.OPEN:
        return settled(ctx, question)
    ctx.dialogue.start(AnswerFlow.name, Answering.text, question_id=question_id)
    return AnswerFlow(ctx).ask()


def answer(ctx: Context, question_id: int, text: str) -> list[Reply]:
    """Answer once; the member gets question and answer, the speaker a receipt. NotAllowed outside of their subtree."""
    question = answerable(ctx, question_id)
    words = text.strip()
    if not 1 < len(words) <= LONGEST:
        raise BadInput("questions.answer-empty", **label(question))
    stored = questions.answer(ctx.db, question_id, words, by=ctx.my_id, at=ctx.now)
    if stored is None:
        return [settled(ctx, question)]
    reached, replies = 0, []
    merged = questions.merged_into(ctx.db, question_id)
    for each in merged:
        questions.put_answer(each, words, by=ctx.my_id, at=ctx.now)
    for each in (stored, *merged):
        step(ctx, each, Step.ANSWERED)
        ctx.audit("question.answered", f"question:{each.id}")
        told = to_asker(ctx, each)
        reached += len(told)
        replies += told
    return [_receipt(stored, len(merged), reached), *replies]


def _receipt(question: Question, merged: int, reached: int) -> Reply:
    key = "questions.answered" if reached else "questions.answered-unreachable"
    lines = [t(key, **label(question))]
    if merged:
        lines.append(t("questions.answered-merged", count=merged))
    publish = Choice("questions.publish", t("questions.publish-label"), str(question.id))
    return Reply("\n".join(lines), (publish,))


def to_asker(ctx: Context, question: Question) -> list[Reply]:
    """The answer for the one who asked: one Reply, or none where nobody can be reached."""
    text = t("questions.answer", **label(question), question=question.text, answer=question.answer or "")
    if question.reopened_at is not None:
        return notices.to_asker(ctx, question, text)
    clear = notices.own_choice("questions.clear", t("questions.clear-label"), question)
    unclear = notices.own_choice("questions.unclear", t("questions.unclear-label"), question)
    return notices.to_asker(ctx, question, text, (clear, unclear))


def by_number(ctx: Context, number: int) -> int:
    """The id of the question that a leading member calls "số 12"; BadInput when there is none, or several.

    The speaker's own branch comes first, then what lies on a desk of theirs, then everything below.
    """
    own = ctx.lead(ANSWERING)
    paths = [top.path for top in ctx.led(ANSWERING)]
    found = questions.newest_with_number(ctx.db, paths, number)
    for nearest in (
        [each for each in found if each.organization_id == own.id],
        [each for each in found if each.desk == own.id and each.state == QuestionState.OPEN],
        found,
    ):
        if len(nearest) == 1:
            return nearest[0].id or 0
    raise BadInput("questions.no-such-number" if not found else "questions.several-with-number", number=number)


def settled(ctx: Context, question: Question) -> Reply:
    """What became of a question that waits for no answer of its own."""
    if question.state == QuestionState.MERGED:
        head = questions.get(ctx.db, question.merged_into_id or 0)
        one = Choice("questions.answer", t("questions.answer-number", **label(head)), str(head.id))
        return Reply(t("questions.waits-for", **label(question), other=head.number), (one,))
    if question.state == QuestionState.CLOSED:
        reason = t(f"questions.is-closed-{question.closed_because}")
        return Reply(t("questions.state-now", **label(question), state=reason))
    if question.state == QuestionState.OPEN:
        return Reply(t("questions.state-now", **label(question), state=t("questions.is-open")))
    name = members.get(ctx.db, question.answered_by).full_name if question.answered_by else ""
    return Reply(t("questions.already", **label(question), name=name, answer=question.answer or ""))


def step(ctx: Context, question: Question, act: Step, *, to: int | None = None, note: str | None = None) -> None:
    """A step that the speaker took."""
    row = QuestionStep(question_id=question.id or 0, at=ctx.now, act=act, by=ctx.my_id, organization_id=to, note=note)
    ctx.db.add(row)
    ctx.db.flush()


def leave_answering(ctx: Context, question_id: int) -> None:
    """End the answering dialogue about a question that was dealt with in another way."""
    if ctx.dialogue.flow == AnswerFlow.name and int(ctx.dialogue.data["question_id"]) == question_id:
        ctx.dialogue.finish()

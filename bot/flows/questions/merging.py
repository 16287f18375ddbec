"""Merging: the same question from several people gets one answer, and each of them gets it under their own number."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.errors import BadInput
from bot.flows.questions import notices
from bot.flows.questions.answering import (
    answerable,
    by_number,
    leave_answering,
    may_see,
    settled,
    step,
    to_asker,
)
from bot.flows.questions.similar import likeliest
from bot.flows.questions.wording import ANSWERING, clip, label
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import questions
from storage.question_steps import Step
from storage.questions import Question, QuestionState

COMPARED = 60
"""Latest questions among which similar ones are looked for. [ours]"""
OFFERED = 3


class Merging(StatesGroup):
    """The other question's number is awaited."""

    number = State()


class MergeFlow(Flow[Context]):
    """A leading member pressed "Gộp". Data: question_id."""

    name = "question-merge"
    states = Merging
    moves: ClassVar[list[Move]] = []

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.merging")

    def ask(self) -> Reply:
        """With which one? The most similar ones can be pressed, any other number can be written."""
        question = questions.get(self.ctx.db, int(self.dialogue.data["question_id"]))
        choices = [
            Choice("questions.merge-into", _offer(each), f"{question.id}:{each.id}")
            for each in _similar(self.ctx, question)
        ]
        return Reply(
            t("questions.merge-with", **label(question)), (*choices, Choice("dialogue.cancel", t("dialogue.cancel")))
        )


def _offer(question: Question) -> str:
    return t("questions.merge-offer", number=question.number, text=clip(question.text, 50))


def _similar(ctx: Context, question: Question) -> list[Question]:
    paths = [top.path for top in ctx.led(ANSWERING)]
    others = [each for each in questions.lately(ctx.db, paths, COMPARED) if each.id != question.id]
    order = likeliest(question.text, [each.text for each in others], limit=OFFERED)
    return [others[at] for at in order]


def begin(ctx: Context, question_id: int) -> Reply:
    """Ask which other question it is the same as."""
    question = answerable(ctx, question_id)
    if question.state != QuestionState.OPEN:
        return settled(ctx, question)
    leave_answering(ctx, question_id)
    ctx.dialogue.start(MergeFlow.name, Merging.number, question_id=question_id)
    return MergeFlow(ctx).ask()


def merge_by_number(ctx: Context, question_id: int, number: int) -> list[Reply]:
    """With the one that is called by this number."""
    own = questions.get(ctx.db, question_id)
    same_branch = questions.by_number(ctx.db, own.organization_id, own.year, number)
    other = same_branch.id or 0 if same_branch is not None else by_number(ctx, number)
    return merge(ctx, question_id, other)


def merge(ctx: Context, question_id: int, other_id: int) -> list[Reply]:
    """Let a question wait for another's answer, or give it the answer that the other one has got already."""
    answerable(ctx, question_id)
    first, second = sorted((question_id, other_id))
    locked = {each: questions.lock(ctx.db, each) for each in (first, second)}  # always in the same order
    question, head = locked[question_id], _head(ctx, locked[other_id])
    if question.state != QuestionState.OPEN:
        return [settled(ctx, question)]
    if head.id == question.id:
        raise BadInput("questions.merge-with-itself", **label(question))
    if not may_see(ctx, head) or head.state == QuestionState.CLOSED:
        raise BadInput("questions.cannot-merge", number=head.number)
    for each in questions.merged_into(ctx.db, question_id):
        each.merged_into_id = head.id
    question.state, question.merged_into_id = QuestionState.MERGED, head.id
    step(ctx, question, Step.MERGED)
    ctx.audit("question.merged", f"question:{question_id}", into=head.id)
    _leave(ctx, question_id)
    return _at_once(ctx, question, head) if head.state == QuestionState.ANSWERED else _later(ctx, question, head)


def _head(ctx: Context, other: Question) -> Question:
    """The question that really waits: the other one, or what that one was merged into."""
    if other.state == QuestionState.MERGED and other.merged_into_id:
        return questions.lock(ctx.db, other.merged_into_id)
    return other


def _later(ctx: Context, question: Question, head: Question) -> list[Reply]:
    undo = Choice("questions.part", t("questions.part-label"), str(question.id))
    receipt = Reply(t("questions.merged", **label(question), other=head.number), (undo,))
    return [receipt, *notices.to_asker(ctx, question, t("questions.tell-merged", **label(question)))]


def _at_once(ctx: Context, question: Question, head: Question) -> list[Reply]:
    replies: list[Reply] = []
    for each in (question, *questions.merged_into(ctx.db, head.id or 0)):
        questions.put_answer(each, head.answer or "", by=head.answered_by or ctx.my_id, at=ctx.now)
        step(ctx, each, Step.ANSWERED)
        ctx.audit("question.answered", f"question:{each.id}")
        replies += to_asker(ctx, each)
    ctx.db.flush()
    return [Reply(t("questions.merged-answered", **label(question), other=head.number)), *replies]


def part(ctx: Context, question_id: int) -> list[Reply]:
    """Undo a merging, as long as there is no answer."""
    question = questions.lock(ctx.db, answerable(ctx, question_id).id or 0)
    if question.state != QuestionState.MERGED:
        return [settled(ctx, question)]
    question.state, question.merged_into_id = QuestionState.OPEN, None
    step(ctx, question, Step.PARTED)
    ctx.audit("question.parted", f"question:{question_id}")
    choices = tuple(notices.desk_choices(ctx.db, question))
    news = notices.to_asker(ctx, question, t("questions.tell-open-again", **label(question)))
    return [Reply(t("questions.parted", **label(question)), choices, about=f"question:{question_id}"), *news]


def _leave(ctx: Context, question_id: int) -> None:
    leave_answering(ctx, question_id)
    if ctx.dialogue.flow == MergeFlow.name:
        ctx.dialogue.finish()

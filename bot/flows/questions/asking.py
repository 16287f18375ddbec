"""Asking: in one message or step by step; published answers to similar questions are offered before it is sent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput
from bot.flows.questions import notices, similar
from bot.flows.questions.refusing import is_denunciation
from bot.flows.questions.wording import (
    LONGEST,
    SHORTEST,
    Draft,
    Moment,
    clip,
    deadline,
    due_after,
    label,
    moment_of,
    word,
)
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Address, Choice, Reply
from bot.texts import t
from storage import audience, audit, documents, faq, questions
from storage.documents import Document, DocumentState
from storage.members import Member
from storage.question_steps import QuestionStep, Step
from storage.questions import Question, QuestionKind

SHOWN = 60
"""Characters of a published question on a button. [ours]"""


class Asking(StatesGroup):
    """The text is awaited; published answers are offered; one of them is shown."""

    text = State()
    similar = State()
    shown = State()


class AskFlow(Flow[Context]):
    """A member asks. Data: the Draft's fields; `found` (ids of published answers), `entry` (the one that is shown)."""

    name = "questions"
    states = Asking
    moves: ClassVar[list[Move]] = [
        Move("offer", Asking.text, Asking.similar),
        Move("show", Asking.similar, Asking.shown),
    ]

    def offer(self) -> None:
        """Something similar was answered before."""
        self.fire("offer")

    def show(self) -> None:
        """Show the answer that was picked."""
        self.fire("show")

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.asking", what=word(self.draft.kind))

    @property
    def draft(self) -> Draft:
        """What is asked, so far."""
        data = self.dialogue.data
        return Draft(str(data.get("text", "")), data["document_id"], data["kind"], data["hidden"])

    def ask(self) -> Reply:
        """The question of the current step."""
        if self.state == str(Asking.text):
            return self._ask_text()
        return self._ask_similar() if self.state == str(Asking.similar) else self._ask_shown()

    def _ask_text(self) -> Reply:
        draft = self.draft
        cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
        if not draft.hidden:
            text = t("questions.write", what=word(draft.kind))
            return Reply(text, (Choice("questions.hide-next", t("questions.hide-label")), cancel))
        lines = [t("questions.write-hidden", what=word(draft.kind)), *small_branch(self.ctx)]
        return Reply("\n".join(lines), (Choice("questions.show-next", t("questions.show-label")), cancel))

    def _ask_similar(self) -> Reply:
        rows = faq.these(self.ctx.db, self.dialogue.data["found"])
        found = [rows[each] for each in self.dialogue.data["found"] if each in rows]
        send = Choice("questions.send", t("questions.send-mine", what=word(self.draft.kind)))
        if len(found) == 1:
            yes = Choice("questions.show-answer", t("questions.yes-show"), str(found[0].id))
            return Reply(t("questions.did-you-mean", question=clip(found[0].question, 200)), (yes, send))
        picks = [Choice("questions.show-answer", clip(each.question, SHOWN), str(each.id)) for each in found]
        return Reply(t("questions.did-you-mean-one-of"), (*picks, send))

    def _ask_shown(self) -> Reply:
        entry = faq.get(self.ctx.db, self.dialogue.data["entry"])
        still = Choice("questions.send", t("questions.send-still", what=word(self.draft.kind)))
        clear = Choice("questions.found", t("questions.clear-label"))
        return Reply(t("questions.faq-entry", question=entry.question, answer=entry.answer), (clear, still))


# --- in chat -------------------------------------------------------------------------------------------------------
def begin(ctx: Context, draft: Draft) -> Reply:
    """Wait for the text of a question."""
    _ = ctx.me
    ctx.dialogue.start(AskFlow.name, Asking.text, **asdict(draft))
    return AskFlow(ctx).ask()


def ask(ctx: Context, draft: Draft) -> Reply:
    """Take a question; the receipt is private even when it was asked in a group. BadInput when it cannot be taken."""
    check(ctx.db, ctx.me, draft)
    found = [] if ctx.is_group else similar.find(ctx.db, documents.path_ids(ctx.my_branch.path), draft.text)
    if found:
        ctx.dialogue.start(AskFlow.name, Asking.similar, **asdict(draft), found=found)
        return AskFlow(ctx).ask()
    reply = _send(ctx, draft)
    if ctx.dialogue.flow == AskFlow.name:
        ctx.dialogue.finish()
    return reply


def take(ctx: Context, text: str) -> Reply:
    """The text that was awaited."""
    data: dict[str, Any] = {**asdict(AskFlow(ctx).draft), "text": text}
    return ask(ctx, Draft(**data))


def hide_next(ctx: Context, *, hidden: bool) -> Reply:
    """Before the text is written: without the name, or with it after all."""
    ctx.dialogue.update(hidden=hidden)
    return AskFlow(ctx).ask()


def show_answer(ctx: Context, entry_id: int) -> Reply:
    """Yes, that was the question: show its published answer."""
    flow = AskFlow(ctx)
    flow.show()
    ctx.dialogue.update(entry=entry_id)
    return flow.ask()


def found_it(ctx: Context) -> Reply:
    """The published answer was enough."""
    faq.get(ctx.db, ctx.dialogue.data["entry"]).helped += 1
    ctx.dialogue.finish()
    return Reply(t("questions.glad"), ends=True)


def send_mine(ctx: Context) -> Reply:
    """Send it all the same."""
    draft = AskFlow(ctx).draft
    reply = _send(ctx, draft)
    ctx.dialogue.finish()
    return reply


def small_branch(ctx: Context) -> list[str]:
    """A fair word about hidden names in a small branch: [] in a large one."""
    few = audience.reach(ctx.db, ctx.my_branch.path).members < ctx.settings.small_branch
    return [t("questions.small-branch")] if few else []


def _send(ctx: Context, draft: Draft) -> Reply:
    question, told = file(ctx.db, ctx.me, draft, moment_of(ctx.now, ctx.settings))
    actor = None if question.hidden else ctx.my_id
    audit.write(ctx.db, ctx.now, "question.asked", actor_id=actor, subject=f"question:{question.id}")
    values = label(question)
    lines = [t("questions.received" if told else "questions.received-nobody", **values)]
    lines.append(t("questions.answer-by", day=deadline(question, ctx.settings.zone)))
    lines.append(t("questions.seen-hidden" if question.hidden else "questions.seen-named"))
    if question.hidden:
        lines += small_branch(ctx)
    to: Address | None = ctx.address_of(ctx.my_id) if ctx.is_group else None
    return Reply("\n".join(lines), own_choices(question), to=to, about=notices.about_for_asker(question))


def own_choices(question: Question) -> tuple[Choice, ...]:
    """What the asker may press below the receipt."""
    name = "show" if question.hidden else "hide"
    toggle = notices.own_choice(f"questions.{name}", t(f"questions.{name}-label"), question)
    return toggle, notices.own_choice("questions.withdraw", t("questions.withdraw-label"), question)


# --- what page and chat share --------------------------------------------------------------------------------------
def submit(session: Session, asker: Member, text: str, document_id: int | None, moment: Moment) -> tuple[Question, int]:
    """Number a question and queue it for those who lead the branch; (the question, how many were told).

    The page's door. BadInput when the text is too short or too long, not for here, or the document not theirs.
    """
    return file(session, asker, Draft(text, document_id), moment)


def file(session: Session, asker: Member, draft: Draft, moment: Moment) -> tuple[Question, int]:
    """`submit`, of either kind, with or without the name."""
    document = check(session, asker, draft)
    year = moment.now.astimezone(moment.zone).year
    question = Question(
        organization_id=asker.organization_id,
        year=year,
        number=questions.next_number(session, asker.organization_id, year),
        member_id=asker.id or 0,
        document_id=document.id if document else None,
        text=draft.text.strip(),
        kind=draft.kind,
        asked_at=moment.now,
        due_at=due_after(moment.now, moment.zone, moment.days),
    )
    if draft.hidden:
        questions.hide_asker(question)
    session.add(question)
    session.flush()
    session.add(QuestionStep(question_id=question.id or 0, at=moment.now, act=Step.ASKED))
    return question, notices.tell_leaders(session, question, moment.now)


def check(session: Session, asker: Member, draft: Draft) -> Document | None:
    """The document that it is about. BadInput when the text or the document cannot be taken."""
    words = draft.text.strip()
    proposal = draft.kind == QuestionKind.PROPOSAL
    if len(words) < SHORTEST:
        raise BadInput("questions.proposal-too-short" if proposal else "questions.too-short")
    if len(words) > LONGEST:
        raise BadInput("questions.too-long", most=LONGEST)
    if is_denunciation(words):
        raise BadInput("questions.no-denunciations")
    if not draft.document_id:
        return None
    document = documents.get(session, draft.document_id)
    if document.state != DocumentState.PUBLISHED or not documents.is_for(session, document, asker):
        raise BadInput("questions.not-your-document")
    return document

"""Questions: numbered per branch and year, brought to those who lead it, answered once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import dates
from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Address, Choice, Reply
from bot.texts import t
from storage import documents, members, organizations, outbox, questions
from storage.documents import Document, DocumentState
from storage.members import LEADING, Member, RoleKind
from storage.organizations import Organization
from storage.outbox import Delivery, Lane
from storage.questions import Question, QuestionState

SHORTEST, LONGEST = 5, 2000
"""Characters of a question or an answer. [ours]"""
ANSWERING = LEADING | {RoleKind.COMMITTEE}
LIST = 6


class Asking(StatesGroup):
    """Asking from a document: the text is awaited."""

    text = State()


class AskFlow(Flow[Context]):
    """A member pressed "Tôi muốn hỏi". Data: document_id (0: about nothing in particular)."""

    name = "questions"
    states = Asking
    moves: ClassVar[list[Move]] = []

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.asking")

    def ask(self) -> Reply:
        """The question of the current step."""
        return Reply(t("questions.write"), (Choice("dialogue.cancel", t("dialogue.cancel")),))


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
        """The question of the current step."""
        question = questions.get(self.ctx.db, int(self.dialogue.data["question_id"]))
        text = t("questions.write-answer", number=question.number, text=question.text)
        return Reply(text, (Choice("dialogue.cancel", t("dialogue.cancel")),))


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is asked, and the zone whose year its number counts in."""

    now: datetime
    zone: ZoneInfo


# --- asking --------------------------------------------------------------------------------------------------------
def begin(ctx: Context, document_id: int = 0) -> Reply:
    """Wait for the text of a question."""
    _ = ctx.me
    ctx.dialogue.start(AskFlow.name, Asking.text, document_id=document_id)
    return AskFlow(ctx).ask()


def ask(ctx: Context, text: str, document_id: int | None = None) -> Reply:
    """Take a question in chat; the receipt is private even when it was asked in a group. BadInput when too short."""
    question, told = submit(ctx.db, ctx.me, text, document_id, Moment(ctx.now, ctx.settings.zone))
    ctx.audit("question.asked", f"question:{question.id}")
    receipt = t("questions.received" if told else "questions.received-nobody", number=question.number)
    to: Address | None = ctx.address_of(ctx.my_id) if ctx.is_group else None
    return Reply(receipt, to=to, about=f"question:{question.id}")


def submit(session: Session, asker: Member, text: str, document_id: int | None, moment: Moment) -> tuple[Question, int]:
    """Number a question and queue it for those who lead the branch; (the question, how many were told).

    The page and the chat share it. BadInput when the text is too short or too long, or the document is not theirs.
    """
    words = text.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise BadInput("questions.too-short" if len(words) < SHORTEST else "questions.too-long", most=LONGEST)
    document = _document(session, asker, document_id)
    year = moment.now.astimezone(moment.zone).year
    question = Question(
        organization_id=asker.organization_id,
        year=year,
        number=questions.next_number(session, asker.organization_id, year),
        member_id=asker.id or 0,
        document_id=document.id if document else None,
        text=words,
        asked_at=moment.now,
    )
    session.add(question)
    session.flush()
    return question, _tell_leaders(session, question, asker, document, moment.now)


def _document(session: Session, asker: Member, document_id: int | None) -> Document | None:
    if not document_id:
        return None
    document = documents.get(session, document_id)
    if document.state != DocumentState.PUBLISHED or not documents.is_for(session, document, asker):
        raise BadInput("questions.not-your-document")
    return document


def _tell_leaders(session: Session, question: Question, asker: Member, document: Document | None, now: datetime) -> int:
    told = 0
    text = t("questions.new", number=question.number, name=asker.full_name, text=question.text)
    if document is not None:
        text += "\n" + t("questions.about-document", title=document.number or document.summary[:60])
    text += "\n" + t("questions.how-to-answer", number=question.number)
    for member in _receivers(session, asker):
        account = members.live_accounts(session, member.id or 0)[0]
        told += _queue(session, question, Address(account.channel_id, account.chat_id), text, now)
    return told


def _queue(session: Session, question: Question, to: Address, text: str, now: datetime) -> bool:
    answer = Choice("questions.answer", t("questions.answer-label"), str(question.id))
    return bool(
        outbox.queue(
            session,
            Delivery(
                channel_id=to.channel_id, chat_id=to.chat_id, lane=Lane.URGENT, text=text, choices=[asdict(answer)],
                about=f"question:{question.id}", created_at=now, due_at=now,
            ),
        )
    )  # fmt: skip


def _receivers(session: Session, asker: Member) -> list[Member]:
    """Secretary and deputy of the branch; where nobody of them can be reached, those of the organization above."""
    place: Organization | None = organizations.get(session, asker.organization_id)
    kinds = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
    while place is not None:
        found = [
            member
            for member in members.holders(session, place.id or 0, kinds)
            if member.id != asker.id and members.live_accounts(session, member.id or 0)
        ]
        if found:
            return found
        place = session.get(Organization, place.parent_id) if place.parent_id else None
        kinds = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.OFFICER})
    return []


# --- answering -----------------------------------------------------------------------------------------------------
def begin_answer(ctx: Context, question_id: int) -> Reply:
    """Wait for the text of an answer; an answered question says who answered it."""
    question = _answerable(ctx, question_id)
    if question.state == QuestionState.ANSWERED:
        return _answered_already(ctx, question)
    ctx.dialogue.start(AnswerFlow.name, Answering.text, question_id=question_id)
    return AnswerFlow(ctx).ask()


def answer(ctx: Context, question_id: int, text: str) -> list[Reply]:
    """Answer once; the member gets question and answer, the speaker a receipt. NotAllowed outside of their subtree."""
    question = _answerable(ctx, question_id)
    words = text.strip()
    if not 1 < len(words) <= LONGEST:
        raise BadInput("questions.answer-empty", number=question.number)
    if questions.answer(ctx.db, question_id, words, by=ctx.my_id, at=ctx.now) is None:
        return [_answered_already(ctx, question)]
    ctx.audit("question.answered", f"question:{question_id}")
    to = ctx.address_of(question.member_id)
    if to is None:
        return [Reply(t("questions.answered-unreachable", number=question.number))]
    full = t("questions.answer", number=question.number, question=question.text, answer=words)
    about = f"question:{question.id}"
    return [Reply(t("questions.answered", number=question.number)), Reply(full, to=to, about=about)]


def by_number(ctx: Context, number: int) -> int:
    """The id of the question that a leading member calls "số 12"; BadInput when there is none, or several."""
    own = ctx.lead(ANSWERING)
    found = questions.newest_with_number(ctx.db, [own.id or 0], number)
    if not found:
        found = questions.newest_with_number(ctx.db, _places(ctx), number)
    if len(found) != 1:
        raise BadInput("questions.no-such-number" if not found else "questions.several-with-number", number=number)
    return found[0].id or 0


def still_open(ctx: Context) -> Reply:
    """The open questions of those whom the speaker leads, oldest first; in a group only how many."""
    ctx.lead(ANSWERING)
    found = questions.open_in(ctx.db, _places(ctx))
    if ctx.is_group or not found:
        return Reply(t("questions.open-count", count=len(found)) if found else t("questions.none-open"))
    rows = []
    for question in found[:LIST]:
        asker = members.get(ctx.db, question.member_id)
        day = dates.day(question.asked_at.astimezone(ctx.settings.zone).date(), weekday=False)
        shown = " ".join(question.text.split())
        text = shown if len(shown) <= 80 else shown[:79] + "…"
        rows.append(t("questions.row", number=question.number, name=asker.full_name, day=day, text=text))
    choices = tuple(
        Choice("questions.answer", t("questions.answer-number", number=question.number), str(question.id))
        for question in found[:LIST]
    )
    return Reply("\n".join([t("questions.open-count", count=len(found)), *rows]), choices)


def may_answer(ctx: Context, question_id: int) -> bool:
    """Whether the speaker leads the branch that the question comes from, and did not ask it."""
    question = questions.get(ctx.db, question_id)
    place = organizations.get(ctx.db, question.organization_id)
    return question.member_id != ctx.my_id and ctx.may(place, ANSWERING)


def _places(ctx: Context) -> list[int]:
    return [
        branch.id or 0
        for top in ctx.led(ANSWERING)
        for branch in [top, *organizations.branches_below(ctx.db, top.path)]
    ]


def _answerable(ctx: Context, question_id: int) -> Question:
    question = questions.get(ctx.db, question_id)
    _ = ctx.me
    if not ctx.may(organizations.get(ctx.db, question.organization_id), ANSWERING):
        raise NotAllowed
    return question


def _answered_already(ctx: Context, question: Question) -> Reply:
    name = members.get(ctx.db, question.answered_by).full_name if question.answered_by else ""
    return Reply(t("questions.already", number=question.number, name=name, answer=question.answer or ""))

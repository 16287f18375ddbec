"""Published answers (hỏi đáp): a leader looks at each one before everybody can read it, and never with a name."""

from __future__ import annotations

import re
from typing import ClassVar

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.questions import similar
from bot.flows.questions.refusing import is_denunciation
from bot.flows.questions.wording import LIST, LONGEST, SHORTEST, clip, label
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import faq, members, organizations, questions
from storage.documents import path_ids
from storage.faq import FaqEntry
from storage.members import LEADING
from storage.organizations import Organization
from storage.questions import Question, QuestionState

_DIGITS = re.compile(r"\d(?:[ .-]?\d){7,}")
_ANSWER = re.compile(r"(?:tra loi|dap|tl)\s*:\s*")
HIDDEN = "…"
_INTRODUCTION = re.compile(r"[^.!?\n…]{0,30}\blà …[^.!?\n]*[.!?\n]\s*")
"""A first sentence in which somebody says who they are: nothing of it is left once the name is gone."""


class Publishing(StatesGroup):
    """The leader looks at it; the leader writes it anew."""

    check = State()
    edit = State()


class PublishAnswerFlow(Flow[Context]):
    """A leader pressed "Đưa vào hỏi đáp". Data: question_id, question, answer."""

    name = "faq"
    states = Publishing
    moves: ClassVar[list[Move]] = [
        Move("edit", Publishing.check, Publishing.edit),
        Move("look", Publishing.edit, Publishing.check),
    ]

    def edit(self) -> None:
        """The words are to be changed."""
        self.fire("edit")

    def look(self) -> None:
        """Look again."""
        self.fire("look")

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("questions.publishing")

    def ask(self) -> Reply:
        """The question of the current step."""
        data = self.dialogue.data
        cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
        if self.state == str(Publishing.edit):
            return Reply(t("questions.faq-edit"), (Choice("dialogue.back", t("dialogue.back")), cancel))
        text = t("questions.faq-check", question=data["question"], answer=data["answer"])
        return Reply(
            text,
            (
                Choice("questions.faq-publish", t("questions.faq-for-branch", place=self.place.name), "branch"),
                Choice("questions.faq-publish", t("questions.faq-for-all"), "all"),
                Choice("questions.faq-edit", t("questions.faq-edit-label")),
                cancel,
            ),
        )

    @property
    def place(self) -> Organization:
        """Whose members will read it: the level that answered."""
        question = questions.get(self.ctx.db, self.dialogue.data["question_id"])
        return organizations.get(self.ctx.db, question.desk)


def begin(ctx: Context, question_id: int) -> Reply:
    """Show what everybody would read."""
    question = questions.get(ctx.db, question_id)
    _require(ctx, question)
    if question.state != QuestionState.ANSWERED:
        return Reply(t("questions.faq-not-answered", **label(question)))
    if (entry := faq.of_question(ctx.db, question_id)) is not None:
        return Reply(t("questions.faq-there", question=entry.question), (_withdraw(entry),))
    name = members.get(ctx.db, question.asker_id).full_name
    texts = {"question": without_person(question.text, name), "answer": without_person(question.answer or "", name)}
    ctx.dialogue.start(PublishAnswerFlow.name, Publishing.check, question_id=question_id, **texts)
    return PublishAnswerFlow(ctx).ask()


def _require(ctx: Context, question: Question) -> None:
    """NotAllowed unless the speaker leads the level that answered."""
    _ = ctx.me
    ctx.require(organizations.get(ctx.db, question.desk), LEADING)


def without_person(text: str, name: str) -> str:
    """The text without the asker's full name and long numbers (telephones, member and citizen numbers)."""
    plain = "".join(fold(char)[:1] or char for char in text)
    wanted = "".join(fold(char)[:1] or char for char in name)
    if wanted and len(plain) == len(text):
        for found in reversed(list(re.finditer(rf"\b{re.escape(wanted)}\b", plain))):
            text = text[: found.start()] + HIDDEN + text[found.end() :]
    text = _DIGITS.sub(HIDDEN, text)
    introduction = _INTRODUCTION.match(text)
    return text[introduction.end() :] if introduction and len(text) - introduction.end() >= SHORTEST else text


def begin_edit(ctx: Context) -> Reply:
    """Wait for other words."""
    flow = PublishAnswerFlow(ctx)
    flow.edit()
    return flow.ask()


def edited(ctx: Context, text: str) -> Reply:
    """Other words for the question, or for the answer when they begin with "Trả lời:"."""
    words = text.strip()
    head, colon, rest = words.partition(":")
    is_answer = bool(colon and _ANSWER.fullmatch(fold(head) + ":"))
    words = rest.strip() if is_answer else words
    if not SHORTEST <= len(words) <= LONGEST:
        raise BadInput("questions.faq-length", most=LONGEST)
    flow = PublishAnswerFlow(ctx)
    flow.look()
    ctx.dialogue.update(**{"answer" if is_answer else "question": words})
    return flow.ask()


def publish(ctx: Context, *, public: bool) -> Reply:
    """Everybody of the level (or of all levels) can read it from now on."""
    data = ctx.dialogue.data
    question = questions.get(ctx.db, data["question_id"])
    _require(ctx, question)
    if is_denunciation(data["question"]):
        raise BadInput("questions.no-denunciations")
    entry = FaqEntry(
        organization_id=question.desk,
        question_id=question.id,
        question=data["question"],
        answer=data["answer"],
        search_key=similar.key(data["question"]),
        public=public,
        published_by=ctx.my_id,
        published_at=ctx.now,
    )
    ctx.db.add(entry)
    ctx.db.flush()
    ctx.audit("faq.published", f"faq:{entry.id}", public=public)
    ctx.dialogue.finish()
    return Reply(t("questions.faq-published"), (_withdraw(entry),))


def withdraw(ctx: Context, entry_id: int) -> Reply:
    """Nobody reads it any more."""
    entry = faq.get(ctx.db, entry_id)
    _ = ctx.me
    ctx.require(organizations.get(ctx.db, entry.organization_id), LEADING)
    entry.withdrawn_at = entry.withdrawn_at or ctx.now
    ctx.db.flush()
    ctx.audit("faq.withdrawn", f"faq:{entry_id}")
    back = Choice("questions.faq-restore", t("questions.faq-restore-label"), str(entry_id))
    return Reply(t("questions.faq-withdrawn"), (back,))


def restore(ctx: Context, entry_id: int) -> Reply:
    """Undo the withdrawal."""
    entry = faq.get(ctx.db, entry_id)
    _ = ctx.me
    ctx.require(organizations.get(ctx.db, entry.organization_id), LEADING)
    entry.withdrawn_at = None
    ctx.db.flush()
    ctx.audit("faq.restored", f"faq:{entry_id}")
    return Reply(t("questions.faq-published"), (_withdraw(entry),))


def _withdraw(entry: FaqEntry) -> Choice:
    return Choice("questions.faq-withdraw", t("questions.faq-withdraw-label"), str(entry.id))


# --- reading -------------------------------------------------------------------------------------------------------
def listed(ctx: Context, offset: int = 0) -> Reply:
    """What is published for the speaker, what has helped most first."""
    _ = ctx.me
    found = faq.shelf(ctx.db, path_ids(ctx.my_branch.path), offset=offset, limit=LIST + 1)
    if not found:
        return Reply(t("questions.faq-none"))
    choices = [_pick(each) for each in found[:LIST]]
    if len(found) > LIST:
        choices.append(Choice("questions.faq-page", t("questions.next-page"), str(offset + LIST)))
    return Reply(t("questions.faq-list"), tuple(choices))


def search(ctx: Context, words: str) -> Reply:
    """What is published about these words."""
    _ = ctx.me
    found = similar.search(ctx.db, path_ids(ctx.my_branch.path), words, limit=LIST)
    if not found:
        return Reply(t("questions.faq-nothing-found", words=clip(words, 60)))
    rows = faq.these(ctx.db, found)
    return Reply(t("questions.faq-found", words=clip(words, 60)), tuple(_pick(rows[each]) for each in found))


def one(ctx: Context, entry_id: int) -> Reply:
    """One of them in full. NotAllowed when it is not for the speaker."""
    entry = faq.get(ctx.db, entry_id)
    _ = ctx.me
    inside = entry.public or entry.organization_id in path_ids(ctx.my_branch.path)
    leads = ctx.may(organizations.get(ctx.db, entry.organization_id), LEADING)
    if entry.withdrawn_at is not None:
        return Reply(t("questions.faq-gone"))
    if not inside and not leads:
        raise NotAllowed
    choices = (_withdraw(entry),) if leads else ()
    return Reply(t("questions.faq-entry", question=entry.question, answer=entry.answer), choices)


def _pick(entry: FaqEntry) -> Choice:
    return Choice("questions.faq-one", clip(entry.question, 60), str(entry.id))

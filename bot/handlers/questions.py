"""Which words lead to questions and their answers."""

from __future__ import annotations

import re
import unicodedata

from bot.context import Context
from bot.flows import questions
from bot.flows.questions import ANSWERING, AnswerFlow, Answering, AskFlow, Asking
from bot.matching import fold
from bot.messages import Incoming, Kind, Reply
from bot.routing import Filter, Router, about, addressed, choice, command, kind, logged_in, private, state
from bot.texts import t

router = Router("questions")

_ASK = re.compile(
    r"(?:(?:da|thua)[, ]+)?(?:(?:toi|em|chau|bac|co|chu|minh|tui) )?(?:(?:muon|xin|cho (?:toi|em|chau)) )*(?:duoc )?"
    r"(?:cau )?hoi(?: [^:?]{1,30})?\s*:"
)
_ANSWER = re.compile(
    r"(?:/?tl|/?traloi|tra loi)(?: cau hoi)?(?: so)? ?(?P<number>\d{1,4})\s*(?:[:.,\-–]|\s)\s*(?P<text>.+)", re.DOTALL
)


def asks() -> Filter:
    """ "Hỏi: …", "Tôi muốn hỏi: …", "Hỏi chi bộ: …". Sets `ctx.args` to the question."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        head, colon, rest = incoming.text.strip().partition(":")
        if incoming.kind is not Kind.MESSAGE or not colon or len(head) > 60 or not _ASK.fullmatch(fold(head) + ":"):
            return False
        ctx.args = rest.strip()
        return True

    return passes


def answers() -> Filter:
    """ "TL 12: …", "trả lời 12 …". Sets `ctx.args` to "12 …"."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind is not Kind.MESSAGE or not ctx.led(ANSWERING):
            return False
        text = unicodedata.normalize("NFC", incoming.text.strip())
        plain = "".join(fold(char) or char for char in text)
        found = _ANSWER.fullmatch(plain) if len(plain) == len(text) else None
        if found is None:
            return False
        ctx.args = f"{found['number']} {text[found.start('text') :]}"
        return True

    return passes


def _worth_asking() -> Filter:
    """A question by its words or its mark."""
    return lambda incoming, ctx: incoming.text.rstrip().endswith("?") or ctx.understanding.label == "question"


# --- asking --------------------------------------------------------------------------------------------------------
@router.on(private(), choice("documents.ask"))
def about_document(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below a document: the text comes next."""
    return questions.begin(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(private(), choice("menu.ask"))
def from_menu(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed in the menu."""
    return questions.begin(ctx)


@router.on(addressed(), asks())
def ask(_incoming: Incoming, ctx: Context) -> Reply:
    """Written in one message, perhaps as a reply to a document."""
    document_id = _about(ctx, "document:")
    if ctx.dialogue.flow == AskFlow.name and not ctx.is_group:
        document_id = document_id or int(ctx.dialogue.data["document_id"])
        ctx.dialogue.finish()
    return questions.ask(ctx, ctx.args, document_id)


@router.on(addressed(), command("hoi", "hỏi", "tôi muốn hỏi", "câu hỏi"))
def ask_by_command(_incoming: Incoming, ctx: Context) -> Reply:
    """`/hoi`, with or without the text."""
    if ctx.args:
        return questions.ask(ctx, ctx.args.lstrip(": "))
    return Reply(t("questions.how-to-ask")) if ctx.is_group else questions.begin(ctx)


@router.on(private(), state(Asking.text), kind(Kind.MESSAGE), lambda _incoming, ctx: ctx.chosen is None)
def asked(incoming: Incoming, ctx: Context) -> Reply:
    """The text that was awaited."""
    document_id = int(ctx.dialogue.data["document_id"])
    reply = questions.ask(ctx, incoming.text, document_id)
    ctx.dialogue.finish()
    return reply


@router.on(addressed(), logged_in(), about("document:"), kind(Kind.MESSAGE), _worth_asking())
def reply_to_document(incoming: Incoming, ctx: Context) -> Reply:
    """A question as a reply to the document's own message."""
    return questions.ask(ctx, incoming.text, _about(ctx, "document:"))


# --- answering -----------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.answer"))
def begin_answer(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below a question."""
    return questions.begin_answer(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(private(), answers())
def answer_by_number(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """ "TL 12: …" """
    number, _, text = ctx.args.partition(" ")
    question_id = questions.by_number(ctx, int(number))
    replies = questions.answer(ctx, question_id, text)
    if ctx.dialogue.flow == AnswerFlow.name and int(ctx.dialogue.data["question_id"]) == question_id:
        ctx.dialogue.finish()
    return replies


@router.on(private(), state(Answering.text), kind(Kind.MESSAGE), lambda _incoming, ctx: ctx.chosen is None)
def answered(incoming: Incoming, ctx: Context) -> list[Reply]:
    """The text that was awaited."""
    replies = questions.answer(ctx, int(ctx.dialogue.data["question_id"]), incoming.text)
    ctx.dialogue.finish()
    return replies


@router.on(
    private(), logged_in(), about("question:"), kind(Kind.MESSAGE),
    lambda incoming, ctx: ctx.chosen is None and bool(incoming.text),
)  # fmt: skip
def reply_to_question(incoming: Incoming, ctx: Context) -> Reply | list[Reply]:
    """A reply to a question's message: from those who lead, the answer; from the asker, one more question."""
    question_id = _about(ctx, "question:") or 0
    if questions.may_answer(ctx, question_id):
        return questions.answer(ctx, question_id, incoming.text)
    if incoming.text.rstrip().endswith("?") or ctx.understanding.label == "question":
        return questions.ask(ctx, incoming.text)
    return Reply(t("questions.how-to-ask"))


@router.on(addressed(), command("cauhoi", "câu hỏi chờ trả lời", "các câu hỏi"))
def still_open(_incoming: Incoming, ctx: Context) -> Reply:
    """What waits for an answer."""
    return questions.still_open(ctx)


def _about(ctx: Context, prefix: str) -> int | None:
    if ctx.question is None or not ctx.incoming.reply_to or not ctx.question.about.startswith(prefix):
        return None
    return int(ctx.question.about.removeprefix(prefix))

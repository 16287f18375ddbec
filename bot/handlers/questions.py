"""Which words lead to asking and answering: questions (thắc mắc) and proposals (kiến nghị, đề xuất)."""

from __future__ import annotations

import re
import unicodedata

from bot.context import Context
from bot.flows.questions import answering, asking, own
from bot.flows.questions.answering import Answering
from bot.flows.questions.asking import AskFlow, Asking
from bot.flows.questions.own import Reopening
from bot.flows.questions.wording import ANSWERING, Draft
from bot.matching import Label, fold
from bot.messages import Incoming, Kind, Reply
from bot.routing import (
    Filter,
    Router,
    about,
    addressed,
    attached,
    choice,
    command,
    kind,
    logged_in,
    private,
    state,
)
from bot.texts import t
from storage.questions import QuestionKind

router = Router("questions")

_ASK = re.compile(
    r"(?:(?:da|thua)[, ]+)?(?:(?:toi|em|chau|bac|co|chu|minh|tui) )?(?:(?:muon|xin|cho (?:toi|em|chau)) )*(?:duoc )?"
    r"(?:cau )?hoi(?: [^:?]{1,30})?\s*:"
)
_PROPOSE = re.compile(
    r"(?:(?:da|thua)[, ]+)?(?:(?:toi|em|chau|bac|co|chu|minh|tui|con) )?(?:(?:muon|xin|co (?:mot |y )?) ?)*(?:duoc )?"
    r"(?:kien nghi|de xuat|de nghi(?=\s*:))(?P<hidden> (?:an danh|an ten|giau ten|kin ten))?(?P<colon>\s*:)?(?!\w)"
)
_HIDDEN = re.compile(r"\b(?:an danh|an ten|giau ten|kin ten|khong (?:neu|ghi|de) ten)\b")
_OWN = re.compile(r"(?:cua|da) (?:toi|em|chau|minh|gui)\b")
_ANSWER = re.compile(
    r"(?:/?tl|/?traloi|tra loi)(?: (?:cau hoi|kien nghi|cau))?(?: so)? ?(?P<number>\d{1,4})"
    r"\s*(?:[:.,\-–]|\s)\s*(?P<text>.+)", re.DOTALL,
)  # fmt: skip
_RECORDS = frozenset({Label.ATTEND, Label.ABSENT, Label.ABSENT_WITH_REASON, Label.LATE})


def asks() -> Filter:
    """ "Hỏi: …", "Tôi muốn hỏi: …", "Hỏi ẩn danh: …". Sets `ctx.args` to the question."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        head, colon, rest = incoming.text.strip().partition(":")
        if incoming.kind is not Kind.MESSAGE or not colon or len(head) > 60 or not _ASK.fullmatch(fold(head) + ":"):
            return False
        ctx.args = rest.strip()
        return True

    return passes


def proposes() -> Filter:
    """ "Kiến nghị: …", "Tôi đề xuất xã sửa đường". Sets `ctx.args` to the proposal. Never in another dialogue, whose
    answer it may be, nor where the words say that somebody comes or stays away."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        busy = bool(ctx.dialogue.flow) and ctx.dialogue.flow != AskFlow.name and not ctx.dialogue.asleep
        if incoming.kind is not Kind.MESSAGE or busy:
            return False
        text = unicodedata.normalize("NFC", incoming.text.strip())
        plain = "".join(fold(char) or char for char in text)
        found = _PROPOSE.match(plain) if len(plain) == len(text) else None
        if found is None:
            return False
        rest = text[found.end() :].strip()
        if not found["colon"] and (not rest or _OWN.match(fold(rest)) or ctx.understanding.label in _RECORDS):
            return False
        ctx.args = rest if found["colon"] or found["hidden"] else text
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


def own_words() -> Filter:
    """Words that answer no choice of any open message."""
    return lambda _incoming, ctx: ctx.chosen is None


# --- asking --------------------------------------------------------------------------------------------------------
@router.on(private(), choice("documents.ask"))
def about_document(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below a document: the text comes next."""
    return asking.begin(ctx, Draft("", int(ctx.chosen.argument) if ctx.chosen else 0))


@router.on(private(), choice("menu.ask"))
def from_menu(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed in the menu."""
    return asking.begin(ctx, Draft(""))


@router.on(private(), state(Asking.text), choice("questions.hide-next"))
def hide_next(_incoming: Incoming, ctx: Context) -> Reply:
    """Without the name, please."""
    return asking.hide_next(ctx, hidden=True)


@router.on(private(), state(Asking.text), choice("questions.show-next"))
def show_next(_incoming: Incoming, ctx: Context) -> Reply:
    """With the name after all."""
    return asking.hide_next(ctx, hidden=False)


@router.on(private(), state(Asking.similar), choice("questions.show-answer"))
def show_answer(_incoming: Incoming, ctx: Context) -> Reply:
    """Yes, that was the question."""
    return asking.show_answer(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(private(), state(Asking.shown), choice("questions.found"))
def found_it(_incoming: Incoming, ctx: Context) -> Reply:
    """The published answer was enough."""
    return asking.found_it(ctx)


@router.on(private(), state(Asking.similar, Asking.shown), choice("questions.send"))
def send_mine(_incoming: Incoming, ctx: Context) -> Reply:
    """No: send my own question."""
    return asking.send_mine(ctx)


@router.on(addressed(), asks())
def ask(incoming: Incoming, ctx: Context) -> list[Reply]:
    """Written in one message, perhaps as a reply to a document."""
    document_id = _about(ctx, "document:")
    hidden = bool(_HIDDEN.search(fold(incoming.text.partition(":")[0])))
    if ctx.dialogue.flow == AskFlow.name and not ctx.is_group:
        draft = AskFlow(ctx).draft
        document_id, hidden = document_id or draft.document_id, hidden or draft.hidden
    return _with_photo(incoming, asking.ask(ctx, Draft(ctx.args, document_id, hidden=hidden)))


@router.on(addressed(), command("hoi", "hỏi", "tôi muốn hỏi", "câu hỏi"))
def ask_by_command(_incoming: Incoming, ctx: Context) -> Reply:
    """`/hoi`, with or without the text."""
    if ctx.args:
        return asking.ask(ctx, Draft(ctx.args.lstrip(": ")))
    return Reply(t("questions.how-to-ask")) if ctx.is_group else asking.begin(ctx, Draft(""))


@router.on(addressed(), command("kiennghi", "kiến nghị", "tôi kiến nghị", "tôi muốn kiến nghị", "gửi kiến nghị"))
@router.on(addressed(), command("dexuat", "đề xuất", "tôi đề xuất", "tôi muốn đề xuất", "gửi đề xuất"))
def propose_by_command(_incoming: Incoming, ctx: Context) -> Reply:
    """`/kiennghi`, `/dexuat`, with or without the text."""
    if ctx.args:
        return asking.ask(ctx, Draft(ctx.args.lstrip(": "), kind=QuestionKind.PROPOSAL))
    if ctx.is_group:
        return Reply(t("questions.how-to-propose"))
    return asking.begin(ctx, Draft("", kind=QuestionKind.PROPOSAL))


@router.on(addressed(), logged_in(), proposes())
def propose(incoming: Incoming, ctx: Context) -> list[Reply]:
    """Written in one message."""
    hidden = bool(_HIDDEN.search(fold(incoming.text[:60].partition(":")[0])))
    if ctx.dialogue.flow == AskFlow.name and not ctx.is_group:
        hidden = hidden or AskFlow(ctx).draft.hidden
    draft = Draft(ctx.args, _about(ctx, "document:"), QuestionKind.PROPOSAL, hidden)
    return _with_photo(incoming, asking.ask(ctx, draft))


@router.on(private(), state(Asking.text), attached(), lambda incoming, _ctx: not incoming.text.strip())
def photo(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """A picture or a recording instead of words."""
    ctx.dialogue.update()
    return [Reply(t("questions.words-only")), AskFlow(ctx).ask()]


@router.on(private(), kind(Kind.UNSUPPORTED), lambda _incoming, ctx: ctx.dialogue.flow == AskFlow.name)
def unsupported(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The same, where the platform does not even show it."""
    ctx.dialogue.update()
    return [Reply(t("questions.words-only")), AskFlow(ctx).ask()]


@router.on(private(), state(Asking.text), kind(Kind.MESSAGE), own_words())
def asked(incoming: Incoming, ctx: Context) -> list[Reply]:
    """The text that was awaited."""
    return _with_photo(incoming, asking.take(ctx, incoming.text))


@router.on(addressed(), logged_in(), about("document:"), kind(Kind.MESSAGE), _worth_asking())
def reply_to_document(incoming: Incoming, ctx: Context) -> Reply:
    """A question as a reply to the document's own message."""
    return asking.ask(ctx, Draft(incoming.text, _about(ctx, "document:")))


# --- answering -----------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.answer"))
def begin_answer(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below a question."""
    return answering.begin_answer(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(private(), answers())
def answer_by_number(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """ "TL 12: …" """
    number, _, text = ctx.args.partition(" ")
    question_id = answering.by_number(ctx, int(number))
    replies = answering.answer(ctx, question_id, text)
    answering.leave_answering(ctx, question_id)
    return replies


@router.on(private(), state(Answering.text), kind(Kind.MESSAGE), own_words())
def answered(incoming: Incoming, ctx: Context) -> list[Reply]:
    """The text that was awaited."""
    replies = answering.answer(ctx, int(ctx.dialogue.data["question_id"]), incoming.text)
    ctx.dialogue.finish()
    return replies


@router.on(private(), state(Reopening.text), kind(Kind.MESSAGE), own_words())
def still_unclear(incoming: Incoming, ctx: Context) -> Reply:
    """What is not clear yet."""
    return own.reopen(ctx, incoming.text)


@router.on(
    private(), logged_in(), about("question:"), kind(Kind.MESSAGE),
    lambda incoming, ctx: ctx.chosen is None and bool(incoming.text),
)  # fmt: skip
def reply_to_question(incoming: Incoming, ctx: Context) -> Reply | list[Reply]:
    """A reply to a question's message: from those who lead, the answer; from the asker, one more question."""
    question_id = _about(ctx, "question:") or 0
    if answering.may_answer(ctx, question_id):
        return answering.answer(ctx, question_id, incoming.text)
    if incoming.text.rstrip().endswith("?") or ctx.understanding.label == "question":
        return asking.ask(ctx, Draft(incoming.text))
    return Reply(t("questions.how-to-ask"))


def _about(ctx: Context, prefix: str) -> int | None:
    if ctx.question is None or not ctx.incoming.reply_to or not ctx.question.about.startswith(prefix):
        return None
    return int(ctx.question.about.removeprefix(prefix))


def _with_photo(incoming: Incoming, reply: Reply) -> list[Reply]:
    """The words of a picture's caption were taken; say kindly that the picture was not."""
    return [Reply(t("questions.photo-not-kept")), reply] if incoming.attachments else [reply]

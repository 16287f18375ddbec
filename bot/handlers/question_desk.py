"""What else can be done with questions: by those who have to answer them, and by those who asked them."""

from __future__ import annotations

import re

from bot.context import Context
from bot.flows.questions import desk, listing, merging, own
from bot.flows.questions.answering import AnswerFlow, by_number
from bot.flows.questions.merging import MergeFlow, Merging
from bot.flows.questions.wording import ANSWERING
from bot.matching import fold
from bot.messages import Incoming, Kind, Reply
from bot.routing import Filter, Router, addressed, choice, command, kind, logged_in, private, state
from bot.texts import t

router = Router("question_desk")

_ONE = r"(?: (?:cau hoi|kien nghi|cau nay|cau|no))?(?: so)?"
_TO = r"(?: (?:vao|voi|va|cung|chung voi))"
_WITH = re.compile(rf"gop(?: (?:cau hoi|kien nghi|cau nay|cau|no))?{_TO}*{_ONE} (\d{{1,4}})")
_BOTH = re.compile(rf"gop{_ONE} (\d{{1,4}}){_TO}+{_ONE} (\d{{1,4}})")
_UP = re.compile(r"chuyen(?: (?:cau hoi|kien nghi|cau))?(?: so)?(?: (\d{1,4}))?(?: len)?(?: cap)? tren")
_SEE = re.compile(r"(?:xem )?(?:cau hoi|kien nghi|cau)(?: so)? (\d{1,4})")


def _says(pattern: re.Pattern[str]) -> Filter:
    """The whole text fits, from somebody who leads. Sets `ctx.args` to its numbers, 0 for one that is missing."""

    def passes(incoming: Incoming, ctx: Context) -> bool:
        if incoming.kind is not Kind.MESSAGE or len(incoming.text) > 80 or not ctx.led(ANSWERING):
            return False
        found = pattern.fullmatch(_bare(incoming.text))
        if found is None:
            return False
        ctx.args = " ".join(each or "0" for each in found.groups())
        return True

    return passes


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w ]", " ", fold(text)).split())


def _at_hand(ctx: Context) -> int:
    """The question that a reply is about, or that is just being answered; 0 for none."""
    if ctx.incoming.reply_to and ctx.question is not None and ctx.question.about.startswith("question:"):
        return int(ctx.question.about.removeprefix("question:"))
    if ctx.dialogue.flow in {AnswerFlow.name, MergeFlow.name}:
        return int(ctx.dialogue.data["question_id"])
    return 0


# --- lists ---------------------------------------------------------------------------------------------------------
@router.on(
    addressed(), command("cauhoi", "câu hỏi chờ trả lời", "các câu hỏi", "các kiến nghị", "kiến nghị chờ trả lời")
)
def still_open(_incoming: Incoming, ctx: Context) -> Reply:
    """What waits for an answer."""
    return listing.still_open(ctx)


@router.on(private(), choice("questions.list"))
def open_list(_incoming: Incoming, ctx: Context) -> Reply:
    """The same, pressed."""
    return listing.still_open(ctx)


@router.on(private(), choice("questions.page"))
def next_page(_incoming: Incoming, ctx: Context) -> Reply:
    """The next entries."""
    return listing.still_open(ctx, int(ctx.chosen.argument) if ctx.chosen else 0)


@router.on(
    private(), command("cauhoicuatoi", "câu hỏi của tôi", "kiến nghị của tôi", "đề xuất của tôi", "thắc mắc của tôi")
)
def mine(_incoming: Incoming, ctx: Context) -> Reply:
    """What the speaker has asked."""
    return own.mine(ctx)


@router.on(private(), _says(_SEE))
def see(_incoming: Incoming, ctx: Context) -> Reply:
    """ "Câu số 12": in full."""
    return desk.more(ctx, by_number(ctx, int(ctx.args)))


# --- the leaders' ---------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.forward"))
def forward(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """One level up."""
    question_id, _, shown_at = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return desk.forward(ctx, int(question_id), int(shown_at))


@router.on(private(), _says(_UP))
def forward_in_words(_incoming: Incoming, ctx: Context) -> list[Reply] | Reply:
    """ "Chuyển câu 12 lên cấp trên", or "chuyển cấp trên" as a reply."""
    number = int(ctx.args)
    if not number and not _at_hand(ctx):
        return Reply(t("questions.forward-which"))
    return desk.forward(ctx, by_number(ctx, number) if number else _at_hand(ctx))


@router.on(private(), choice("questions.take-back"))
def take_back(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """Undo the forwarding."""
    return desk.take_back(ctx, _id(ctx))


@router.on(private(), choice("questions.pass-down"))
def pass_down(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """One level down."""
    return desk.pass_down(ctx, _id(ctx))


@router.on(private(), choice("questions.more"))
def more(_incoming: Incoming, ctx: Context) -> Reply:
    """What else can be done."""
    return desk.more(ctx, _id(ctx))


@router.on(private(), choice("questions.close"))
def ask_reason(_incoming: Incoming, ctx: Context) -> Reply:
    """Close: why?"""
    return desk.ask_reason(ctx, _id(ctx))


@router.on(private(), choice("questions.close-for"))
def close(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """For this reason."""
    question_id, _, reason = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return desk.close(ctx, int(question_id), reason)


@router.on(private(), choice("questions.keep"))
def keep(_incoming: Incoming, ctx: Context) -> Reply:
    """Not closed after all."""
    return desk.keep(ctx, _id(ctx))


@router.on(private(), choice("questions.open-again"))
def open_again(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """Undo the closing."""
    return desk.open_again(ctx, _id(ctx))


# --- merging -------------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.merge"))
def begin_merge(_incoming: Incoming, ctx: Context) -> Reply:
    """The same as which other one?"""
    return merging.begin(ctx, _id(ctx))


@router.on(private(), state(Merging.number), choice("questions.merge-into"))
def merge(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """As this one."""
    question_id, _, other = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return merging.merge(ctx, int(question_id), int(other))


@router.on(private(), _says(_BOTH))
def merge_both(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """ "Gộp 13 với 12"."""
    first, second = map(int, ctx.args.split())
    return merging.merge_by_number(ctx, by_number(ctx, first), second)


@router.on(private(), _says(_WITH))
def merge_with(_incoming: Incoming, ctx: Context) -> list[Reply] | Reply:
    """ "Gộp với số 12": as a reply to the question, or while it is being answered or merged."""
    if not _at_hand(ctx):
        return Reply(t("questions.merge-which"))
    return merging.merge_by_number(ctx, _at_hand(ctx), int(ctx.args))


@router.on(private(), state(Merging.number), kind(Kind.MESSAGE), lambda _incoming, ctx: ctx.chosen is None)
def merge_by_number(incoming: Incoming, ctx: Context) -> list[Reply]:
    """The number that was awaited."""
    found = re.search(r"\d{1,4}", incoming.text)
    if found is None:
        ctx.dialogue.update()
        return [Reply(t("questions.number-please")), MergeFlow(ctx).ask()]
    return merging.merge_by_number(ctx, int(ctx.dialogue.data["question_id"]), int(found[0]))


@router.on(private(), choice("questions.part"))
def part(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """Undo the merging."""
    return merging.part(ctx, _id(ctx))


# --- the asker's ----------------------------------------------------------------------------------------------------
@router.on(private(), choice("questions.mine-one"))
def one_of_mine(_incoming: Incoming, ctx: Context) -> Reply:
    """One of one's own in full."""
    return own.one_of_mine(ctx, _ticket(ctx))


@router.on(private(), choice("questions.hide"))
def hide(_incoming: Incoming, ctx: Context) -> Reply:
    """Hide my name."""
    return own.hide(ctx, _ticket(ctx))


@router.on(private(), choice("questions.show"))
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """Show my name again."""
    return own.show(ctx, _ticket(ctx))


@router.on(private(), choice("questions.withdraw"))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """No answer is needed any more."""
    return own.withdraw(ctx, _ticket(ctx))


@router.on(private(), choice("questions.ask-again"))
def ask_again(_incoming: Incoming, ctx: Context) -> Reply:
    """It is, after all."""
    return own.ask_again(ctx, _ticket(ctx))


@router.on(private(), logged_in(), choice("questions.clear"))
def clear(_incoming: Incoming, ctx: Context) -> Reply:
    """The answer is clear."""
    ctx.close_question()
    return Reply(t("questions.glad"), ends=True)


@router.on(private(), choice("questions.unclear"))
def unclear(_incoming: Incoming, ctx: Context) -> Reply:
    """The answer is not clear."""
    return own.begin_unclear(ctx, _ticket(ctx))


def _id(ctx: Context) -> int:
    return int(ctx.chosen.argument) if ctx.chosen else 0


def _ticket(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

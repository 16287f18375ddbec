"""Which words lead to tasks that were given: accepting, reporting, more time, confirming, lists."""

from __future__ import annotations

from datetime import date

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.tasks import deciding, doing, lists, undoing
from bot.flows.tasks.dialogues import (
    DeclineFlow,
    Declining,
    ExtendFlow,
    Extending,
    ReportFlow,
    Reporting,
    do,
    rest_of,
    said,
)
from bot.flows.tasks.finding import Which, WhichFlow, answered, came_between, own, rivals
from bot.flows.tasks.handing import Hand, HandFlow
from bot.flows.tasks.hearing import about_task, picture, sharp
from bot.flows.tasks.speech import Intent, number_in, read
from bot.flows.tasks.wording import GIVING
from bot.messages import AttachmentKind, Incoming, Kind, Reply
from bot.routing import Answer, Router, attached, choice, command, group, logged_in, private, state
from bot.texts import t
from storage import tasks

router = Router("tasks")
PUSHED = tuple(
    f"tasks.{act}"
    for act in ("accept", "accept-all", "decline", "decline-one", "done", "progress", "extend", "grant", "refuse",
                "confirm", "return", "hand", "keep", "cancel")
)  # fmt: skip
"""The choices of messages that come by themselves, perhaps several of them, perhaps into the middle of a dialogue."""
OVERVIEW = command(
    "tinhhinhviec", "tình hình nhiệm vụ", "tình hình công việc", "các nhiệm vụ", "nhiệm vụ chi bộ", "việc chi bộ",
    "theo dõi nhiệm vụ", "việc đã giao", "nhiệm vụ đã giao",
)  # fmt: skip
OVERDUE = command("viecquahan", "việc quá hạn", "nhiệm vụ quá hạn", "việc trễ hạn", "ai quá hạn")
PAGE = command("trangnhiemvu", "trang nhiệm vụ", "trang việc của tôi")
WAITING = command("xacnhanviec", "việc chờ xác nhận", "xác nhận việc", "xác nhận nhiệm vụ", "nhiệm vụ chờ xác nhận")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue waits for an answer, and no choice was named."""
    return ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


def between(_incoming: Incoming, ctx: Context) -> bool:
    """The number may have been meant for the dialogue under way."""
    return came_between(ctx)


def several(_incoming: Incoming, ctx: Context) -> bool:
    """The number may have been meant for another message on a task."""
    return bool(rivals(ctx))


@router.on(group(), WAITING)
@router.on(group(), PAGE)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Names are for private chats."""
    return Reply(t("tasks.private-only"))


@router.on(private(), logged_in(), sharp)
def by_sharp(incoming: Incoming, ctx: Context) -> Reply:
    """One task by its number."""
    return lists.number(ctx, number_in(incoming.text) or 0)


# --- numbers that may mean another message -------------------------------------------------------------------------
@router.on(private(), between, choice(*PUSHED))
def number_unsure(_incoming: Incoming, _ctx: Context) -> Reply:
    """Nothing is recorded; the dialogue's question follows."""
    return Reply(t("tasks.number-unsure"))


@router.on(private(), choice(*PUSHED), several)
def which_message(_incoming: Incoming, ctx: Context) -> Reply:
    """Which task is meant."""
    return Reply(t("tasks.which"), tuple(rivals(ctx)))


@router.on(private(), choice("tasks.which"))
def which(incoming: Incoming, ctx: Context) -> Reply:
    """Which of several tasks a line meant."""
    task = own(ctx, _id(ctx))
    return do(ctx, task, *WhichFlow(ctx).said())


@router.on(private(), state(Which.task), typed)
def which_typed(incoming: Incoming, ctx: Context) -> Reply:
    """The same in words."""
    flow = WhichFlow(ctx)
    task = flow.picked(incoming.text)
    return flow.ask() if task is None else do(ctx, own(ctx, task.id or 0), *flow.said())


# --- the doer ------------------------------------------------------------------------------------------------------
@router.on(private(), choice("tasks.accept", "tasks.accept-all"))
def accept(_incoming: Incoming, ctx: Context) -> Reply:
    """1 of a task that was given."""
    return doing.accept(ctx, _ids(ctx))


@router.on(private(), choice("tasks.decline"))
def decline(_incoming: Incoming, ctx: Context) -> Reply:
    """2 of a task that was given: why?"""
    return DeclineFlow(ctx).begin(_id(ctx))


@router.on(private(), choice("tasks.decline-one"))
def decline_one(_incoming: Incoming, ctx: Context) -> Reply:
    """One of several that were given together: which?"""
    words = read("không nhận việc này")
    among = [task for task in tasks.open_of(ctx.db, ctx.my_id) if task.id in _ids(ctx)]
    return WhichFlow(ctx).begin(among, words) if words and among else Reply(t("tasks.none-open"))


@router.on(private(), choice("tasks.no-reason"))
def no_reason(_incoming: Incoming, ctx: Context) -> Reply:
    """The reason stays unsaid."""
    return DeclineFlow(ctx).because("")


@router.on(private(), state(Declining.reason), typed)
def reason(incoming: Incoming, ctx: Context) -> Reply:
    """The reason."""
    return DeclineFlow(ctx).because(incoming.text)


@router.on(private(), choice("tasks.done"))
def done(_incoming: Incoming, ctx: Context) -> Reply:
    """Done, says the doer."""
    return doing.report(ctx, _id(ctx), "")


@router.on(private(), choice("tasks.progress", "tasks.photo"))
def progress(_incoming: Incoming, ctx: Context) -> Reply:
    """How far? Or: a photo."""
    return ReportFlow(ctx).begin(_id(ctx))


@router.on(private(), choice("tasks.say"))
def say(_incoming: Incoming, ctx: Context) -> Reply:
    """So many percent."""
    task_id, _, percent = _argument(ctx).partition(":")
    ReportFlow(ctx).over()
    return doing.progress(ctx, int(task_id), int(percent))


@router.on(private(), state(Reporting.words), attached())
def report_photo(incoming: Incoming, ctx: Context) -> Reply:
    """A photo was awaited, or words."""
    file_id = _photo(incoming, ctx)
    if file_id is None:
        ctx.dialogue.update()
        return Reply(t("tasks.photos-only"), ReportFlow(ctx).ask().choices)
    return ReportFlow(ctx).photo(incoming.text, file_id)


@router.on(private(), state(Reporting.words), typed)
def report_words(incoming: Incoming, ctx: Context) -> Reply:
    """How far, in words."""
    return ReportFlow(ctx).say(incoming.text)


@router.on(private(), choice("tasks.extend"))
def extend(_incoming: Incoming, ctx: Context) -> Reply:
    """More time: until when?"""
    return ExtendFlow(ctx).begin(_id(ctx))


@router.on(private(), state(Extending.until), choice("tasks.until"))
def until(_incoming: Incoming, ctx: Context) -> Reply:
    """An offered day."""
    return ExtendFlow(ctx).set(date.fromisoformat(_argument(ctx).partition(":")[2]))


@router.on(private(), state(Extending.until), typed)
def until_typed(incoming: Incoming, ctx: Context) -> Reply:
    """A day was typed."""
    return ExtendFlow(ctx).until(incoming.text)


@router.on(private(), logged_in(), attached(), idle, picture)
def photo_for_task(incoming: Incoming, ctx: Context) -> Reply:
    """A photo that says itself which task it is for."""
    number = number_in(incoming.text)
    found = [task for task in tasks.open_of(ctx.db, ctx.my_id) if number in {None, task.number}]
    replied = answered(ctx) if number is None else None
    found = [task for task in found if replied in {None, task.id}]
    file_id = _photo(incoming, ctx) if found else None
    if not found:
        return Reply(t("tasks.none-with-number", number=number) if number else t("tasks.none-open"))
    if file_id is None:
        return Reply(t("tasks.photos-only"))
    return doing.add_photo(ctx, found[0].id or 0, rest_of(incoming.text), file_id)


# --- who gave it ---------------------------------------------------------------------------------------------------
@router.on(private(), choice("tasks.grant"))
def grant(_incoming: Incoming, ctx: Context) -> Reply:
    """More time: yes."""
    return deciding.judge(ctx, _id(ctx), granted=True)


@router.on(private(), choice("tasks.refuse"))
def refuse(_incoming: Incoming, ctx: Context) -> Reply:
    """More time: no."""
    return deciding.judge(ctx, _id(ctx), granted=False)


@router.on(private(), choice("tasks.confirm"))
def confirm(_incoming: Incoming, ctx: Context) -> Reply:
    """It is done."""
    return deciding.confirm(ctx, _ids(ctx))


@router.on(private(), choice("tasks.confirm-waiting"))
def confirm_waiting(_incoming: Incoming, ctx: Context) -> Reply:
    """Everything that waits is done."""
    return deciding.confirm(ctx, [task.id or 0 for task in deciding.waiting(ctx)])


@router.on(private(), choice("tasks.return"))
def send_back(_incoming: Incoming, ctx: Context) -> Reply:
    """Not done yet."""
    return deciding.send_back(ctx, _id(ctx))


@router.on(private(), choice("tasks.keep"))
def keep(_incoming: Incoming, ctx: Context) -> Reply:
    """The same doer after all."""
    return deciding.keep(ctx, _id(ctx))


@router.on(private(), choice("tasks.cancel"))
def call_off(_incoming: Incoming, ctx: Context) -> Reply:
    """Not to be done any more."""
    return deciding.call_off(ctx, _id(ctx))


@router.on(private(), choice("tasks.see-photo"))
def see_photo(_incoming: Incoming, ctx: Context) -> Reply:
    """The picture of a report."""
    return deciding.photo(ctx, _id(ctx))


@router.on(private(), choice("tasks.hand"))
def hand(_incoming: Incoming, ctx: Context) -> Reply:
    """To somebody else: to whom?"""
    return HandFlow(ctx).begin(_ids(ctx))


@router.on(private(), state(Hand.who), choice("tasks.hand-to"))
def hand_to(_incoming: Incoming, ctx: Context) -> Reply:
    """To this member."""
    return HandFlow(ctx).to(_id(ctx))


@router.on(private(), state(Hand.who), typed)
def hand_typed(incoming: Incoming, ctx: Context) -> Reply:
    """A name was typed."""
    return HandFlow(ctx).type(incoming.text)


# --- receipts and lists --------------------------------------------------------------------------------------------
@router.on(private(), choice("tasks.right"))
def right(_incoming: Incoming, ctx: Context) -> Reply:
    """The receipt is right."""
    ctx.close_question()
    return Reply(t("tasks.thanks"))


@router.on(private(), choice("tasks.undo"))
def undo(_incoming: Incoming, ctx: Context) -> Reply:
    """The receipt is wrong: as it was before."""
    return undoing.undo(ctx, _ids(ctx))


@router.on(private(), choice("tasks.show"))
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """One task of a list."""
    return lists.show(ctx, _id(ctx))


@router.on(private(), choice("tasks.mine"))
def mine(_incoming: Incoming, ctx: Context) -> Reply:
    """The rest of one's own list."""
    return lists.mine(ctx, _id(ctx)) or Reply(t("tasks.none-open"), ends=True)


@router.on(private(), logged_in(), choice("tasks.page"))
@router.on(private(), PAGE)
def own_page(_incoming: Incoming, ctx: Context) -> Reply:
    """The own page."""
    return lists.own_page(ctx)


@router.on(group(), OVERVIEW)
@router.on(group(), OVERDUE)
def counts(_incoming: Incoming, ctx: Context) -> Answer:
    """Counts only."""
    return lists.counts_in_group(ctx)


@router.on(private(), choice("tasks.overview"))
@router.on(private(), OVERVIEW)
def overview(_incoming: Incoming, ctx: Context) -> Reply:
    """Sums of what one leads."""
    return lists.overview(ctx)


@router.on(private(), choice("tasks.overdue"))
@router.on(private(), OVERDUE)
def overdue(_incoming: Incoming, ctx: Context) -> Reply:
    """Late tasks by name."""
    return lists.overdue(ctx, _id(ctx))


@router.on(private(), choice("tasks.open"))
def still_open(_incoming: Incoming, ctx: Context) -> Reply:
    """Open tasks by name."""
    return lists.still_open(ctx, _id(ctx))


@router.on(private(), choice("tasks.waiting"))
@router.on(private(), WAITING)
def to_confirm(_incoming: Incoming, ctx: Context) -> Reply:
    """What waits for confirmation."""
    if not ctx.led(GIVING):
        _ = ctx.me
        raise NotAllowed
    return lists.to_confirm(ctx)


# --- free text: only what names a task, or answers a message on one ------------------------------------------------
@router.on(private(), logged_in(), idle, about_task)
def in_words(incoming: Incoming, ctx: Context) -> Reply:
    """A task by its number; what was done on it; more time."""
    words = read(incoming.text)
    if words is None:
        return Reply(t("tasks.none-open"))
    open_ones = {task.number for task in tasks.open_of(ctx.db, ctx.my_id)}
    if words.number is not None and (words.intent is Intent.SHOW or words.number not in open_ones):
        return lists.number(ctx, words.number)
    return said(ctx, words, incoming.text)


def _photo(incoming: Incoming, ctx: Context) -> int | None:
    """The first picture of a message, kept; None when there is none or it could not be fetched."""
    for each in incoming.attachments:
        if each.kind is AttachmentKind.PHOTO or each.mime.startswith("image/"):
            name = each.name or t("tasks.photo-name")
            stored = ctx.keep_file(each, name=name, mime=each.mime or "image/jpeg")
            return stored.id if stored is not None else None
    return None


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""


def _id(ctx: Context) -> int:
    head = _argument(ctx).partition(",")[0]
    return int(head) if head.isdecimal() else 0


def _ids(ctx: Context) -> list[int]:
    return [int(each) for each in _argument(ctx).split(",") if each.isdecimal()]

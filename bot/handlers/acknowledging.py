"""Which words lead to what follows a paper: "đã đọc", who has read, reminders, recording for others."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents import acknowledge, behalf, chase, matrix, savings, status
from bot.messages import Choice, Incoming, Kind, Reply
from bot.routing import (
    Answer,
    Filter,
    Router,
    about,
    addressed,
    choice,
    command,
    group,
    logged_in,
    private,
    understood,
)
from bot.texts import t
from storage import documents, outbox

router = Router("acknowledging")


# --- acknowledging -------------------------------------------------------------------------------------------------
@router.on(private(), choice("documents.read"))
def read(incoming: Incoming, ctx: Context) -> Reply:
    """Pressed, or named by number; the bare words ask which one when several are unread."""
    in_words = incoming.kind is Kind.MESSAGE and not any(char.isdigit() for char in incoming.text)
    listed = ctx.question is not None and not ctx.question.about.startswith("document:")
    if in_words and not incoming.reply_to and not listed and len(documents.unread(ctx.db, ctx.my_id)) > 1:
        return acknowledge.said(ctx, incoming.text)
    return acknowledge.read(ctx, _number(ctx.chosen))


@router.on(private(), choice("documents.read-all"))
def read_all(_incoming: Incoming, ctx: Context) -> Reply:
    """All that were listed."""
    return acknowledge.read_all(ctx, _numbers(ctx.chosen))


@router.on(private(), choice("documents.check"))
def answer_check(_incoming: Incoming, ctx: Context) -> Reply:
    """An answer to a document's short question."""
    return acknowledge.answer_check(ctx, ctx.chosen.argument if ctx.chosen else "")


@router.on(private(), choice("documents.right"))
def right(_incoming: Incoming, _ctx: Context) -> Reply:
    """The receipt is right."""
    return Reply(t("documents.thanks"))


@router.on(private(), choice("documents.undo"))
def undo(_incoming: Incoming, ctx: Context) -> Reply:
    """The receipt is wrong."""
    return acknowledge.undo(ctx, _numbers(ctx.chosen))


def _on_behalf() -> Filter:
    """ "Ghi hộ bác Lan đã đọc …", outside of any dialogue."""
    return lambda incoming, ctx: incoming.kind is Kind.MESSAGE and ctx.chosen is None and behalf.is_said(ctx.folded)


def _no_question() -> Filter:
    return lambda incoming, _ctx: not incoming.text.rstrip().endswith("?")


def _idle() -> Filter:
    """No dialogue waits for this text."""
    return lambda _incoming, ctx: not ctx.dialogue.flow or ctx.dialogue.asleep


@router.on(private(), logged_in(), _idle(), _on_behalf())
@router.on(group(), logged_in(), addressed(), _on_behalf())
def said_for_another(_incoming: Incoming, ctx: Context) -> Reply:
    """In words, for somebody else; what is answered is private."""
    return behalf.said(ctx, ctx.folded)


@router.on(private(), about("document:"), understood("acknowledged"), _no_question())
def answered_read(_incoming: Incoming, ctx: Context) -> Reply:
    """A reply to the document's own message."""
    return acknowledge.read(ctx, _about(ctx))


@router.on(private(), logged_in(), _idle(), understood("acknowledged"), _no_question())
def said_read(incoming: Incoming, ctx: Context) -> Reply:
    """In words."""
    return acknowledge.said(ctx, incoming.text)


@router.on(group(), logged_in(), addressed(), understood("acknowledged"), _no_question())
def read_in_group(_incoming: Incoming, ctx: Context) -> Reply | None:
    """Said in the group: as a reply to the post, or about the newest post."""
    if ctx.question is not None and ctx.question.about.startswith("document:"):
        return acknowledge.read_in_group(ctx, _about(ctx))
    newest = outbox.latest_about(ctx.db, ctx.here.channel_id, ctx.here.chat_id, "document:")
    return acknowledge.read_in_group(ctx, int(newest.about.partition(":")[2])) if newest else None


# --- the overview --------------------------------------------------------------------------------------------------
@router.on(command("tinhhinh", "tình hình", "tình hình đọc", "ai đã đọc", "ai chưa đọc"))
def overview(_incoming: Incoming, ctx: Context) -> Answer:
    """Who has read the newest document, or the one that is named."""
    return status.overview(ctx, ctx.args)


@router.on(private(), choice("documents.status"))
def one_status(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The overview of one of several."""
    ctx.lead()
    return status.of_document(ctx, acknowledge.known(ctx, _number(ctx.chosen)))


@router.on(private(), choice("documents.names"))
def all_names(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The overview with every name."""
    ctx.lead()
    return status.of_document(ctx, acknowledge.known(ctx, _number(ctx.chosen)), whole=True)


@router.on(private(), choice("documents.remind"))
def remind(_incoming: Incoming, ctx: Context) -> Reply:
    """Remind those who have not read."""
    return chase.remind(ctx, _number(ctx.chosen))


@router.on(private(), choice("documents.record"))
def record(_incoming: Incoming, ctx: Context) -> Reply:
    """Record for somebody: whom?"""
    document_id, _, offset = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return behalf.whom(ctx, int(document_id), int(offset or 0))


@router.on(private(), command("ghiho", "ghi hộ", "ghi hộ đã đọc", "ghi hộ người khác đã đọc"))
def record_some_paper(_incoming: Incoming, ctx: Context) -> Reply:
    """Record for somebody: which paper?"""
    return behalf.begin(ctx)


@router.on(private(), choice("documents.behalf"))
def record_named(_incoming: Incoming, ctx: Context) -> Reply:
    """This member of several with such a name."""
    member_id, _, key = (ctx.chosen.argument if ctx.chosen else "").partition(":")
    return behalf.which(ctx, int(member_id), key)


@router.on(private(), choice("documents.recorded"))
def recorded(_incoming: Incoming, ctx: Context) -> Reply:
    """Record for this one."""
    return behalf.record(ctx, *_pair(ctx.chosen))


@router.on(private(), choice("documents.unrecord"))
def unrecord(_incoming: Incoming, ctx: Context) -> Reply:
    """That was the wrong name."""
    return behalf.unrecord(ctx, *_pair(ctx.chosen))


# --- tables -----------------------------------------------------------------------------------------------------------
@router.on(command("bangdoc", "bảng đọc", "bảng đọc văn bản", "bảng theo dõi đọc"))
def table(_incoming: Incoming, ctx: Context) -> Answer:
    """Members and papers, or organizations and papers, in one table."""
    return matrix.requested(ctx)


@router.on(command("tietkiem", "tiết kiệm giấy", "tiết kiệm"))
def saved(_incoming: Incoming, ctx: Context) -> Reply:
    """Pages that did not have to be printed."""
    return savings.overview(ctx)


def _number(chosen: Choice | None) -> int:
    return _numbers(chosen)[0]


def _numbers(chosen: Choice | None) -> list[int]:
    if chosen is None:
        raise NotAllowed
    return [int(part) for part in chosen.argument.split(",")]


def _pair(chosen: Choice | None) -> tuple[int, int]:
    if chosen is None:
        raise NotAllowed
    first, _, second = chosen.argument.partition(":")
    return int(first), int(second)


def _about(ctx: Context) -> int:
    return int(ctx.question.about.partition(":")[2]) if ctx.question else 0

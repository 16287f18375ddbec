"""Which words lead to listening: "Nghe" below a paper, /nghe, and the secretary's own recording of one."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents import listening, recording
from bot.flows.documents.recording import SOUNDS, Record, RecordFlow
from bot.messages import AttachmentKind, Incoming, Kind, Reply
from bot.routing import Answer, Filter, Router, about, attached, choice, command, group, kind, private, state
from bot.texts import t

router = Router("listening")
WORDS = (
    "nghe văn bản", "nghe đọc văn bản", "nghe", "đọc cho tôi nghe", "đọc văn bản cho tôi nghe", "đọc cho bác nghe",
    "tôi muốn nghe", "nghe đọc", "muốn nghe văn bản",
)  # fmt: skip


def _argument(ctx: Context) -> str:
    if ctx.chosen is None:
        raise NotAllowed
    return ctx.chosen.argument


@router.on(group(), command("nghe", *WORDS))
@router.on(group(), choice("listening.listen"))
def in_group(_incoming: Incoming, _ctx: Context) -> Reply:
    """Sound goes to private chats only."""
    return Reply(t("listening.in-private"))


@router.on(private(), command("nghe", *WORDS))
def shelf(_incoming: Incoming, ctx: Context) -> Answer:
    """What can be listened to."""
    _ = ctx.me
    return listening.shelf(ctx, ctx.args)


@router.on(private(), choice("listening.more"))
def more(_incoming: Incoming, ctx: Context) -> Answer:
    """The next entries."""
    return listening.shelf(ctx, offset=int(_argument(ctx)))


@router.on(private(), choice("listening.listen"))
def listen(_incoming: Incoming, ctx: Context) -> Answer:
    """This paper, from its beginning or from a part on."""
    document_id, _, first = _argument(ctx).partition(":")
    return listening.listen(ctx, int(document_id), int(first or 1))


# --- a recording of one's own --------------------------------------------------------------------------------------
@router.on(private(), choice("listening.attach"))
def attach(_incoming: Incoming, ctx: Context) -> Reply:
    """Attach a recording to this paper."""
    return recording.begin(ctx, int(_argument(ctx)))


@router.on(private(), choice("listening.attach-anew"))
def attach_anew(_incoming: Incoming, ctx: Context) -> Reply:
    """Instead of the one that is there."""
    return recording.begin_anew(ctx, int(_argument(ctx)))


@router.on(private(), choice("listening.remove"))
def remove(_incoming: Incoming, ctx: Context) -> Reply:
    """Take the recording away."""
    return recording.remove(ctx, int(_argument(ctx)))


@router.on(private(), state(Record.sound, Record.confirm), attached())
def recorded(incoming: Incoming, ctx: Context) -> Reply:
    """A piece of the recording."""
    return recording.take(ctx, incoming)


@router.on(private(), choice("listening.attach-now"), state(Record.confirm))
def attach_now(_incoming: Incoming, ctx: Context) -> Reply:
    """That is all of it."""
    return recording.attach(ctx)


@router.on(private(), choice("listening.attach-more"), state(Record.confirm))
def attach_more(_incoming: Incoming, ctx: Context) -> Reply:
    """Another piece follows."""
    return recording.more(ctx)


@router.on(private(), kind(Kind.UNSUPPORTED), lambda _incoming, ctx: ctx.dialogue.flow == RecordFlow.name)
def unsupported(_incoming: Incoming, ctx: Context) -> Reply:
    """A file on Zalo, where bots get none: a voice message works."""
    ctx.dialogue.update()
    return Reply(t("listening.zalo-no-files"), RecordFlow(ctx).ask().choices)


@router.on(private(), state(Record.sound), kind(Kind.MESSAGE), lambda _incoming, ctx: ctx.chosen is None)
def awaited(_incoming: Incoming, ctx: Context) -> Reply:
    """Words instead of a recording."""
    ctx.dialogue.update()
    return RecordFlow(ctx).ask()


def _sound() -> Filter:
    """A voice message or a sound file, from somebody who leads."""
    spoken = {AttachmentKind.VOICE, AttachmentKind.AUDIO} & SOUNDS
    return lambda incoming, ctx: bool(ctx.led()) and any(each.kind in spoken for each in incoming.attachments)


@router.on(private(), attached(), about("document:"), _sound())
def replied(incoming: Incoming, ctx: Context) -> Reply:
    """A recording as a reply to the paper's own message."""
    return recording.begin_with(ctx, int(ctx.question.about.partition(":")[2]) if ctx.question else 0, incoming)

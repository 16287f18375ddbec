"""A person's voice for a paper: the secretary records it in chat, or sends the file; it replaces the machine's.

A voice is personal data (consent 4, domain.md): the question before it is attached says that all readers will hear it,
and that the reader has agreed. What was recorded is cut and encoded by a job (speaking.py).
"""

from __future__ import annotations

from typing import Any, ClassVar

from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import notices, sounds
from bot.flows.documents.acknowledge import known
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import AttachmentKind, Choice, Incoming, Platform, Reply
from bot.texts import t
from storage import audios, documents, organizations
from storage.audios import AudioState, Origin
from storage.documents import Document

PIECES = 12
"""Recordings of one paper: an hour in pieces of five minutes. [ours]"""
SOUNDS = frozenset({AttachmentKind.VOICE, AttachmentKind.AUDIO, AttachmentKind.DOCUMENT})
_OGG, _WAVE = b"OggS", b"WAVE"


class Record(StatesGroup):
    """A recording is awaited; it has come and is to be attached."""

    sound = State()
    confirm = State()


class RecordFlow(Flow[Context]):
    """Data: `document_id`, `files` ([{"id"}] in order)."""

    name = "recording"
    states = Record
    moves: ClassVar[list[Move]] = [
        Move("taken", [Record.sound, Record.confirm], Record.confirm),
        Move("wait", [Record.sound, Record.confirm], Record.sound),
    ]

    def taken(self) -> None:
        """A recording has come."""
        self.fire("taken")

    def wait(self) -> None:
        """Another one is to come."""
        self.fire("wait")

    @property
    def document(self) -> Document:
        """The paper that it is for."""
        return documents.get(self.ctx.db, int(self.dialogue.data["document_id"]))

    @property
    def pieces(self) -> list[dict[str, Any]]:
        """What has come so far."""
        return list(self.dialogue.data.get("files", []))

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("listening.attaching", title=notices.title(self.document))

    def ask(self) -> Reply:
        """The question of the current step."""
        cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
        title, count = notices.title(self.document), len(self.pieces)
        if self.state == str(Record.sound):
            key = "listening.ask-sound-zalo" if self.ctx.incoming.platform is Platform.ZALO else "listening.ask-sound"
            return Reply(t(key, title=title), (cancel,))
        return Reply(
            t("listening.ask-attach", title=title, count=count),
            (
                Choice("listening.attach-now", t("listening.attach-now-label")),
                Choice("listening.attach-more", t("listening.attach-more-label")),
                cancel,
            ),
        )


def begin(ctx: Context, document_id: int) -> Reply:
    """Wait for a recording of this paper; where there is one already, ask first what is to become of it."""
    document = _led(ctx, document_id)
    edition = audios.edition(ctx.db, document_id)
    if edition is not None and edition.origin == Origin.RECORDED and edition.state != AudioState.FAILED:
        return Reply(
            t("listening.recorded-already", title=notices.title(document)),
            (
                Choice("listening.attach-anew", t("listening.attach-anew-label"), str(document_id)),
                Choice("listening.remove", t("listening.remove-label"), str(document_id)),
                Choice("documents.keep", t("listening.keep-label")),
            ),
        )
    return begin_anew(ctx, document_id)


def begin_anew(ctx: Context, document_id: int) -> Reply:
    """Wait for a recording, whatever there is."""
    _led(ctx, document_id)
    ctx.dialogue.start(RecordFlow.name, Record.sound, document_id=document_id, files=[])
    return RecordFlow(ctx).ask()


def begin_with(ctx: Context, document_id: int, incoming: Incoming) -> Reply:
    """A recording came as a reply to the paper: attach it?"""
    _led(ctx, document_id)
    ctx.dialogue.start(RecordFlow.name, Record.sound, document_id=document_id, files=[])
    return take(ctx, incoming)


def take(ctx: Context, incoming: Incoming) -> Reply:
    """One recording more. BadInput, each with its text, when it is none or cannot be had."""
    flow = RecordFlow(ctx)
    attachment = next((each for each in incoming.attachments if each.kind in SOUNDS), None)
    if attachment is None:
        raise BadInput("listening.no-sound")
    content = ctx.fetched.get(attachment.handle)
    if content is None:
        raise BadInput("documents.file-not-fetched", megabytes=ctx.settings.file_megabytes)
    if not is_sound(content):
        raise BadInput("listening.no-sound")
    if len(flow.pieces) >= PIECES:
        raise BadInput("listening.too-many", most=PIECES)
    stored = ctx.keep_file(attachment, name="ban-doc", mime=attachment.mime or "audio/ogg")
    ctx.dialogue.update(files=[*flow.pieces, {"id": stored.id if stored else 0}])
    flow.taken()
    return flow.ask()


def is_sound(content: bytes) -> bool:
    """By content, not by name: Ogg (Telegram's voice messages), WAV, MP3, AAC (Zalo's), M4A."""
    return content.startswith(_OGG) or content[8:12] == _WAVE or bool(sounds.kind(content))


def more(ctx: Context) -> Reply:
    """Another piece is to come."""
    flow = RecordFlow(ctx)
    flow.wait()
    return Reply(t("listening.send-next"), flow.ask().choices)


def attach(ctx: Context) -> Reply:
    """Hand the recordings to the job; who waits for this paper, the speaker too, is told when they are ready."""
    flow = RecordFlow(ctx)
    document = _led(ctx, int(flow.dialogue.data["document_id"]))
    document_id = document.id or 0
    audios.attach(ctx.db, document_id, [int(each["id"]) for each in flow.pieces], by=ctx.my_id, at=ctx.now)
    audios.wish(
        ctx.db, document_id, channel_id=ctx.here.channel_id, chat_id=ctx.here.chat_id, member_id=ctx.my_id, at=ctx.now
    )  # fmt: skip
    ctx.audit("document.recorded", f"document:{document_id}", pieces=len(flow.pieces))
    ctx.dialogue.finish()
    return Reply(t("listening.attached", title=notices.title(document)), about=f"document:{document_id}")


def remove(ctx: Context, document_id: int) -> Reply:
    """Take the recording away; the machine may speak the paper then."""
    document = _led(ctx, document_id)
    audios.forget(ctx.db, document_id)
    ctx.audit("document.recording-removed", f"document:{document_id}")
    return Reply(t("listening.removed", title=notices.title(document)))


def _led(ctx: Context, document_id: int) -> Document:
    """The paper in force, for who leads the organization that published it. NotAllowed for others."""
    document = known(ctx, document_id)
    ctx.require(organizations.get(ctx.db, document.organization_id))
    return document

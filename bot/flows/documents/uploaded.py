"""What came through the upload page goes into the draft and the chat: the page's own steps of the dialogue."""

from __future__ import annotations

from bot import upload_links
from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents.intake import Piece, read_content
from bot.flows.documents.publish import PublishFlow
from bot.messages import Reply
from bot.texts import t
from bot.upload_links import Ended, Form
from storage.members import LEADING
from storage.uploads import Upload

ROLES = LEADING
"""Who may bring a paper."""
FORM = Form(
    "uploads.title", "uploads.hint", ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.mp3,.m4a,.aac,.txt,image/*,audio/*",
    photos=True,
)  # fmt: skip


def draft(ctx: Context, upload: Upload) -> PublishFlow:
    """The draft that the link was made for. BadInput when it is over, or something else is under way in the chat."""
    upload_links.check(ctx, upload)
    ctx.lead()
    return PublishFlow(ctx)


def count(ctx: Context) -> int:
    """How many files and pages the draft has."""
    return len(ctx.dialogue.data.get("files", [])) + bool(ctx.dialogue.data.get("body"))


def read(content: bytes, name: str) -> Piece:
    """One file, looked at outside of any transaction; BadInput when it cannot be taken."""
    return read_content(content, name=name)


def take(ctx: Context, upload: Upload, piece: Piece) -> Ended | None:
    """Put one file into the draft; a secret one ends draft and link."""
    refusal = draft(ctx, upload).put([piece])
    if refusal is None:
        return None
    upload.revoked_at = ctx.now
    return Ended([refusal], t("uploads.refused-title"), refusal.text)


def taken(piece: Piece, name: str) -> str:
    """What the page says of a file that was taken."""
    is_photo = piece.kind is not None and piece.kind.is_picture
    return t("uploads.taken-page") if is_photo else t("uploads.taken", name=piece.name or name)


def finish(ctx: Context, upload: Upload) -> list[Reply]:
    """ "Xong": the link is spent, and the dialogue goes on in the chat. BadInput when nothing came yet."""
    flow = draft(ctx, upload)
    pieces = count(ctx)
    if not pieces:
        raise BadInput("uploads.nothing-yet")
    upload.finished_at = ctx.now
    return [Reply(t("uploads.received", count=pieces)), flow.go_on()]


def done(ctx: Context) -> Reply:
    """The same, said in the chat. BadInput when nothing came yet."""
    if not count(ctx):
        raise BadInput("uploads.nothing-yet")
    upload_links.end(ctx)
    return PublishFlow(ctx).go_on()

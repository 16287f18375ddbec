"""What came through the upload page goes into the draft and the chat: the page's own steps of the dialogue."""

from __future__ import annotations

from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import uploads
from bot.flows.documents.intake import Piece
from bot.flows.documents.publish import PublishFlow
from bot.messages import Reply
from bot.texts import t
from storage.uploads import Upload


def draft(ctx: Context, upload: Upload) -> PublishFlow:
    """The draft that the link was made for. BadInput when it is over, or something else is under way in the chat."""
    stack = ctx.dialogue.stack
    if not any(entry["mark"] == upload.mark for entry in stack):
        raise BadInput("uploads.no-draft")
    if stack[-1]["mark"] != upload.mark:
        raise BadInput("uploads.busy")
    ctx.lead()
    return PublishFlow(ctx)


def count(ctx: Context) -> int:
    """How many files and pages the draft has."""
    return len(ctx.dialogue.data.get("files", [])) + bool(ctx.dialogue.data.get("body"))


def take(ctx: Context, upload: Upload, piece: Piece) -> Reply | None:
    """Put one file into the draft; the answer for the chat when it is secret, which ends draft and link."""
    refusal = draft(ctx, upload).put([piece])
    if refusal is not None:
        upload.revoked_at = ctx.now
    return refusal


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
    uploads.end(ctx)
    return PublishFlow(ctx).go_on()

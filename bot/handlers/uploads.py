"""Words in the chat about files that came through the upload page."""

from __future__ import annotations

from bot.context import Context
from bot.flows.documents import uploaded
from bot.flows.documents.publish import Publish
from bot.messages import Incoming, Reply
from bot.routing import Router, choice, private, state

router = Router("uploads")


@router.on(private(), state(Publish.paper), choice("uploads.done"))
def done(_incoming: Incoming, ctx: Context) -> Reply:
    """All files were sent; "Xong" on the page was forgotten, or the page was closed."""
    return uploaded.done(ctx)

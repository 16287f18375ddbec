"""A plan that came through the upload page (Zalo hands bots no files): the page's own steps of the dialogue."""

from __future__ import annotations

from bot.context import Context
from bot.errors import BadInput
from bot.flows.tasks import planflow
from bot.flows.tasks.planflow import Piece, PlanFlow
from bot.flows.tasks.wording import GIVING
from bot.messages import Reply
from bot.texts import t
from bot.upload_links import Ended, Form
from storage.uploads import Upload

ROLES = GIVING
"""Who may bring a plan."""
FORM = Form("taskplan.upload-title", "taskplan.upload-hint", ".xlsx", photos=False)


def count(ctx: Context) -> int:
    """A plan is one file, and the page ends with it."""
    return 0


def read(content: bytes, name: str) -> Piece:
    """The file, looked at outside of any transaction; BadInput when it cannot be taken."""
    return planflow.read(content, name)


def take(ctx: Context, upload: Upload, piece: Piece) -> Ended:
    """The rows go into the dialogue, and the chat goes on with the preview; BadInput when it is no plan."""
    reply = PlanFlow(ctx).take(piece)
    upload.finished_at = ctx.now
    if ctx.dialogue.flow != PlanFlow.name:  # a secret one
        return Ended([reply], t("uploads.refused-title"), reply.text)
    return Ended([reply], t("uploads.done-title"), t("uploads.done-hint"))


def taken(piece: Piece, name: str) -> str:
    """What the page says of a file that was taken."""
    return t("uploads.taken", name=piece.name or name)


def finish(ctx: Context, upload: Upload) -> list[Reply]:
    """ "Xong" without a file."""
    raise BadInput("uploads.nothing-yet")

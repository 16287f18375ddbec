"""One-time upload links: how files reach a draft from a phone whose chat hands bots no files (Zalo).

The link is signed, works for UPLOAD_MINUTES, for one member, one chat and one draft, and ends with its first "Xong".
Its address holds no personal data. What came through it goes into the draft in the chat, as if it had been sent there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlmodel import Session

from bot.context import Context
from bot.errors import BadInput
from bot.messages import Platform, Reply
from bot.texts import t
from storage import uploads
from storage.crypto import vault
from storage.uploads import Upload

UPLOAD_MINUTES = 30
RENEW_MINUTES = 15
"""A link that is asked for again with less time left is replaced by a new one."""


def link_for(ctx: Context) -> str:
    """The link of the draft under way, "" without a public address. The draft's earlier links stop working."""
    if not ctx.links.public_url or not ctx.dialogue.stack or ctx.member is None:
        return ""
    mark = str(ctx.dialogue.stack[-1]["mark"])
    found = uploads.of_draft(ctx.db, mark)
    if found is not None and found.is_live(ctx.now + timedelta(minutes=RENEW_MINUTES)):
        return f"{ctx.links.public_url}/u/{_signer().dumps(found.id)}"
    row = Upload(
        member_id=ctx.my_id,
        channel_id=ctx.here.channel_id,
        chat_id=ctx.here.chat_id,
        speaker_id=ctx.incoming.speaker_id,
        mark=mark,
        created_at=ctx.now,
        expires_at=ctx.now + timedelta(minutes=UPLOAD_MINUTES),
    )
    return f"{ctx.links.public_url}/u/{_signer().dumps(uploads.add(ctx.db, row))}"


def instead(ctx: Context) -> str:
    """What to say to a file that the chat did not hand over."""
    link = link_for(ctx)
    return t("uploads.no-files-here", link=link, minutes=UPLOAD_MINUTES) if link else t("documents.zalo-no-files")


def line(ctx: Context) -> str:
    """One more line for a question that asks for a paper, where the chat hands over no files."""
    link = link_for(ctx) if ctx.incoming.platform == Platform.ZALO else ""
    return "\n" + t("uploads.line", link=link, minutes=UPLOAD_MINUTES) if link else ""


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of draft asks for on the upload page: text keys, endings of files, whether photos are pages of it."""

    title: str
    hint: str
    accept: str
    photos: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """Why there is nothing more to send: replies for the chat, and what the page says."""

    replies: list[Reply]
    title: str
    hint: str


def check(ctx: Context, upload: Upload) -> None:
    """BadInput when the draft that the link was made for is over, or something else is under way in the chat."""
    stack = ctx.dialogue.stack
    if not any(entry["mark"] == upload.mark for entry in stack):
        raise BadInput("uploads.no-draft")
    if stack[-1]["mark"] != upload.mark:
        raise BadInput("uploads.busy")


def of_token(session: Session, token: str, now: datetime) -> Upload:
    """The link that a token names, while it takes files. BadInput when it is forged, over, or was finished."""
    try:
        upload_id = _signer().loads(token)
    except (BadSignature, ValueError):
        raise BadInput("uploads.wrong-link") from None
    found = uploads.get(session, upload_id) if isinstance(upload_id, int) else None
    if found is None:
        raise BadInput("uploads.wrong-link")
    if found.finished_at is not None:
        raise BadInput("uploads.finished")
    if not found.is_live(now):
        raise BadInput("uploads.expired")
    return found


def end(ctx: Context) -> None:
    """The draft's link takes nothing more: the paper went on in the chat, or was dropped."""
    if not ctx.dialogue.stack:
        return
    found = uploads.of_draft(ctx.db, str(ctx.dialogue.stack[-1]["mark"]))
    if found is not None and found.is_live(ctx.now):
        found.revoked_at = ctx.now


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(vault().signing_key, salt="upload")

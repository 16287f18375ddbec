"""How a document is named and shown in chat."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.context import Context
from bot.dates import day
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents
from storage.documents import Document

LABEL_LENGTH = 48
"""Characters of a document in a list or on a button; an old phone shows about so many. [ours]"""
WHOLE_TEXT = 700
"""Up to so many characters a text paper is sent whole; a longer one begins in chat and goes on on its page. [ours]"""


def title(document: Document) -> str:
    """The number, or the beginning of the summary for papers without one."""
    return document.number or shortened(document.summary, LABEL_LENGTH)


def line(document: Document) -> str:
    """Number and summary in one short line, for lists."""
    whole = f"{document.number} – {document.summary}" if document.number and document.summary else title(document)
    return shortened(whole, LABEL_LENGTH)


def shortened(text: str, limit: int) -> str:
    """The text in one line, cut at a word."""
    plain = " ".join(text.split())
    return plain if len(plain) <= limit else plain[: limit - 1].rsplit(" ", 1)[0] + "…"


def dated(document: Document) -> str:
    """ "21-NQ/TW, ngày 16/06/2022"."""
    if document.issued_on is None:
        return title(document)
    return t("documents.dated", title=title(document), day=day(document.issued_on, weekday=False))


def choices(document_id: int) -> tuple[Choice, ...]:
    """What a member may do with a document."""
    return (
        Choice("documents.read", t("documents.read-label"), str(document_id)),
        Choice("documents.ask", t("documents.ask-label"), str(document_id)),
    )


def as_rows(found: tuple[Choice, ...]) -> list[dict[str, Any]]:
    """Choices as a Broadcast or Delivery stores them."""
    return [asdict(choice) for choice in found]


def letter(document: Document, *, key: str = "documents.letter", linked: bool) -> str:
    """What a member reads above the file or link. `linked`: phones can open pages."""
    text = t(key, title=dated(document), summary=document.summary)
    if document.body:
        whole = not linked or len(document.body) <= WHOLE_TEXT
        text += "\n\n" + (document.body if whole else shortened(document.body, WHOLE_TEXT)) + "\n"
    elif not linked:
        text += "\n" + t("documents.letter-no-link")
    return text + "\n" + t("documents.letter-done")


def shown(ctx: Context, document: Document) -> Reply:
    """A document as it is shown to the one who asks for it."""
    document_id = document.id or 0
    files = documents.file_ids(ctx.db, document_id)
    return Reply(
        letter(document, key="documents.shown", linked=bool(ctx.links.public_url)),
        choices(document_id),
        file_id=files[0] if files else None,
        link=ctx.links.paper(document_id, ctx.my_id, channel_id=ctx.here.channel_id),
        about=f"document:{document_id}",
    )

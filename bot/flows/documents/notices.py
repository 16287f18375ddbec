"""How a document is named and shown in chat."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.dates import day
from bot.errors import Refused
from bot.flows.documents import sound_choices
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents, organizations, readers
from storage.documents import Document, DocumentState
from storage.organizations import Organization

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


def letter_choices(document_id: int, *, passable: bool, audible: bool = False) -> tuple[Choice, ...]:
    """What a paper is sent with. `passable`: it goes to leaders, who may pass it on to their members. `audible`: the
    machine can speak it."""
    more = [action for action, wanted in (("listening.listen", audible), ("publishing.pass", passable)) if wanted]
    return (*choices(document_id), *(Choice(action, t(f"{action}-label"), str(document_id)) for action in more))


def as_rows(found: tuple[Choice, ...]) -> list[dict[str, Any]]:
    """Choices as a Broadcast or Delivery stores them."""
    return [asdict(choice) for choice in found]


def letter(document: Document, *, key: str = "documents.letter", linked: bool, zone: ZoneInfo | None = None) -> str:
    """What a member reads above the file or link. `linked`: phones can open pages. `zone`: to tell the deadline."""
    text = t(key, title=dated(document), summary=document.summary)
    if document.replaces_id is not None:
        text += "\n" + t("publishing.is-new-version", version=document.version)
    if document.read_by is not None and zone is not None:
        text += "\n" + t("publishing.read-by", day=day(document.read_by.astimezone(zone).date()))
    if document.body:
        whole = not linked or len(document.body) <= WHOLE_TEXT
        text += "\n\n" + (document.body if whole else shortened(document.body, WHOLE_TEXT)) + "\n"
    elif not linked:
        text += "\n" + t("documents.letter-no-link")
    return text + "\n" + t("documents.letter-done")


def post(document: Document, *, private: bool) -> str:
    """What a group reads. `private`: everybody gets the paper in a message of their own too."""
    key = "documents.group-post" if private else "documents.group-post-only"
    text = t(key, title=dated(document), summary=document.summary)
    if document.replaces_id is None:
        return text
    return text + "\n" + t("publishing.is-new-version", version=document.version)


def gone(document: Document) -> Refused:
    """Why a withdrawn paper does not open, with the reason where one was given."""
    if document.ended_because:
        return Refused("publishing.withdrawn-because", title=title(document), because=document.ended_because)
    return Refused("documents.withdrawn", title=title(document))


def directions(ctx: Context, document: Document) -> str:
    """What the levels between issuer and reader have added, a line each; "" when nothing."""
    found = readers.notes(ctx.db, document.id or 0, ctx.my_branch.path)
    return "\n".join(t("publishing.direction", name=level.name, text=note.text) for level, note in found)


def shown(ctx: Context, document: Document) -> Reply:
    """A document as it is shown to the one who asks for it."""
    document_id = document.id or 0
    files = documents.file_ids(ctx.db, document_id)
    text = letter(document, key="documents.shown", linked=bool(ctx.links.public_url), zone=ctx.settings.zone)
    added = directions(ctx, document)
    return Reply(
        f"{text}\n{added}" if added else text,
        (*choices(document_id), *sound_choices.below(ctx, document), *leading(ctx, document)),
        file_id=files[0] if files else None,
        link=ctx.links.paper(document_id, ctx.my_id, channel_id=ctx.here.channel_id),
        about=f"document:{document_id}",
    )


def led_below(ctx: Context, document: Document) -> Organization | None:
    """The highest organization that the speaker leads inside a paper's subtree, below its top; None without one."""
    top = organizations.get(ctx.db, document.organization_id)
    return next((each for each in ctx.led() if each.path.startswith(top.path) and each.id != top.id), None)


def leading(ctx: Context, document: Document) -> tuple[Choice, ...]:
    """What a leader may do with a published paper beyond reading it."""
    if document.state != DocumentState.PUBLISHED or not ctx.led():
        return ()
    found = []
    if led_below(ctx, document) is not None:
        found.append("direct")
        if document.audience != documents.EVERYONE:
            found.append("pass")
    if ctx.may(organizations.get(ctx.db, document.organization_id)):
        found.append("replace")
    return tuple(Choice(f"publishing.{act}", t(f"publishing.{act}-label"), str(document.id)) for act in found)

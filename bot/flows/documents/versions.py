"""Versions: a corrected paper takes the place of the one before, for the same readers, unread by all of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.context import Context
from bot.dates import day
from bot.errors import Refused
from bot.flows.documents import notices
from bot.flows.documents.numbers import number_key
from bot.texts import t
from storage import documents, organizations, readers
from storage.documents import LISTED, Document, DocumentState


def candidate(ctx: Context, data: dict[str, Any]) -> Document | None:
    """The published paper that a draft may be meant to replace: the same whole number, the same year, published to
    the same organization, by right of the speaker; None without one. Numbers begin anew every year (domain.md)."""
    key = number_key(data.get("number", ""))
    if not key or not data.get("organization_id"):
        return None
    year = _year(data.get("issued_on", ""), ctx)
    found = readers.same_number(ctx.db, data["organization_id"], key)
    return next((each for each in found if _may_replace(ctx, each) and _of_year(each, year, ctx)), None)


def _year(issued_on: str, ctx: Context) -> int:
    return date.fromisoformat(issued_on).year if issued_on else ctx.now.astimezone(ctx.settings.zone).year


def _of_year(document: Document, year: int, ctx: Context) -> bool:
    issued = document.issued_on or (document.published_at or document.created_at).astimezone(ctx.settings.zone).date()
    return issued.year == year


def _may_replace(ctx: Context, document: Document) -> bool:
    return ctx.may(organizations.get(ctx.db, document.organization_id))


def replaceable(ctx: Context, document_id: int) -> Document:
    """The document, if the speaker may put another in its place. NotAllowed, or Refused where one is there already."""
    document = documents.get(ctx.db, document_id)
    ctx.require(organizations.get(ctx.db, document.organization_id))
    if document.state == DocumentState.REPLACED:
        current = documents.current_version(ctx.db, document_id)
        raise Refused("publishing.replaced-meanwhile", title=notices.title(current))
    if document.state not in {DocumentState.PUBLISHED, DocumentState.EXPIRED}:
        raise notices.gone(document)
    return document


def asked(document: Document, sent: date) -> str:
    """The question whether a draft replaces this one."""
    return t("publishing.ask-replace", title=notices.dated(document), sent=day(sent, weekday=False))


def known_of(earlier: Document) -> dict[str, str]:
    """What the paper before tells, where the new one does not tell it itself."""
    return {
        "number": earlier.number,
        "issued_on": earlier.issued_on.isoformat() if earlier.issued_on else "",
        "issuer": earlier.issuer,
        "summary": earlier.summary,
        "title": earlier.kind,
    }


def settings_of(earlier: Document) -> dict[str, Any]:
    """What was set for the paper before and holds for the new one too; a deadline and a question do not."""
    return {"section": earlier.section, "kept_here": not earlier.downloadable}


def audience_of(earlier: Document) -> dict[str, Any]:
    """The draft's audience is the earlier version's."""
    return {"organization_id": earlier.organization_id, "to": None}


def is_for_a_list(ctx: Context, data: dict[str, Any]) -> bool:
    """Whether the draft goes to the readers of an earlier version, and these are a list."""
    return bool(data.get("replaces")) and documents.get(ctx.db, data["replaces"]).audience == LISTED

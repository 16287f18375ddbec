"""Lists that members open: new documents, resolutions to study, all papers; a simple search."""

from __future__ import annotations

from datetime import timedelta

from bot.context import Context
from bot.flows.documents import notices
from bot.flows.documents.acknowledge import LIST, known
from bot.flows.documents.numbers import RESOLUTIONS
from bot.flows.documents.status import fitting
from bot.messages import Choice, Reply
from bot.texts import t
from storage import broadcasts, documents
from storage import organizations as organizations_table
from storage.documents import Document, DocumentState

NEW_DAYS = 30
"""For so long a document is listed as new. [ours]"""


def listed(ctx: Context, which: str, offset: int = 0) -> Reply:
    """One page of a list: `which` is "new", "resolutions" or "papers"."""
    path = ctx.my_branch.path
    done = documents.acknowledged_ids(ctx.db, ctx.my_id)
    if which == "new":
        since = ctx.now - timedelta(days=NEW_DAYS)
        found = sorted(documents.shelf(ctx.db, path, since=since), key=lambda each: each.id in done)
    else:
        found = documents.shelf(ctx.db, path, kinds=RESOLUTIONS if which == "resolutions" else ())
    if not found:
        return Reply(t(f"documents.no-{which}"))
    rows = [_row(each, read=each.id in done) for each in found[offset : offset + LIST]]
    if len(found) > offset + LIST:
        rows.append(Choice("documents.page", t("documents.more-label"), f"{which}:{offset + LIST}"))
    unread = sum(1 for each in found if each.id not in done)
    return Reply(t(f"documents.list-{which}", count=len(found), unread=unread), tuple(rows))


def search(ctx: Context, words: str) -> Reply:
    """By number in any spelling, or by words without diacritics."""
    if not words:
        return Reply(t("documents.ask-search"))
    done = documents.acknowledged_ids(ctx.db, ctx.my_id)
    found = fitting(documents.shelf(ctx.db, ctx.my_branch.path), words)
    if not found:
        return Reply(t("documents.none-found"))
    if len(found) == 1:
        return notices.shown(ctx, found[0])
    return Reply(
        t("documents.list-found", count=len(found)), tuple(_row(each, read=each.id in done) for each in found[:LIST])
    )


def opened(ctx: Context, document_id: int) -> Reply:
    """Send one document again, with its choices."""
    return notices.shown(ctx, known(ctx, document_id))


def ask_withdraw(ctx: Context, words: str) -> Reply:
    """Which document shall be withdrawn? Asked before anything happens."""
    top = ctx.lead()
    own = [each for each in documents.overseen(ctx.db, top.path) if _mine(ctx, each)]
    found = fitting(own, words)[:LIST]
    if not found:
        return Reply(t("documents.none-found" if words else "documents.none-published"))
    rows = tuple(Choice("documents.withdraw", notices.line(each), str(each.id)) for each in found)
    return Reply(t("documents.ask-withdraw"), (*rows, Choice("documents.keep", t("documents.keep-label"))))


def withdraw(ctx: Context, document_id: int) -> Reply:
    """Withdraw a document: it disappears from lists and pages, acknowledgements stay as they are."""
    document = known(ctx, document_id)
    ctx.require(organizations_table.get(ctx.db, document.organization_id))
    document.state = DocumentState.WITHDRAWN
    broadcasts.cancel(ctx.db, f"document:{document_id}")
    ctx.audit("document.withdrawn", f"document:{document_id}")
    return Reply(t("documents.withdrawn-done", title=notices.title(document)))


def _mine(ctx: Context, document: Document) -> bool:
    return ctx.may(organizations_table.get(ctx.db, document.organization_id))


def _row(document: Document, *, read: bool) -> Choice:
    line = notices.line(document)
    return Choice("documents.open", line if read else t("documents.unread-row", line=line), str(document.id))

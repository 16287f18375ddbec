"""A paper out of the library: who may see it, how it stands in a list, what opening it gives; which one to withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.dates import WEEKDAYS, day
from bot.errors import BadInput, Refused
from bot.flows.documents import notices
from bot.flows.documents.queries import How, rounds
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents, shelves, sight
from storage.documents import Document, DocumentState
from storage.finding import Finder
from storage.shelves import Shelf
from storage.sight import Sight

LIST = 6
"""Entries of a list on a phone (product.md, C5)."""


def sight_of(ctx: Context) -> Sight:
    """What the speaker may see: as a member, and below what they lead."""
    return Sight(ctx.my_id, ctx.my_branch.path, tuple(top.path for top in ctx.led()))


def rows(ctx: Context, papers: Sequence[Document], *, due: bool = False) -> list[Choice]:
    """Papers as the rows of a list. `due`: with the deadline, in place of "chưa đọc" where all are unread."""
    unread = shelves.unread_of(ctx.db, ctx.my_id, [each.id or 0 for each in papers])
    found = []
    for paper in papers:
        mark = _due(ctx, paper) if due else _mark(paper, unread=paper.id in unread)
        label = f"({mark}) {notices.line(paper)}" if mark else notices.line(paper)
        found.append(Choice("documents.open", label, str(paper.id)))
    return found


def _mark(paper: Document, *, unread: bool) -> str:
    if paper.state == DocumentState.EXPIRED:
        return t("library.mark-expired")
    return t("library.mark-unread") if unread else ""


def _due(ctx: Context, paper: Document) -> str:
    """ "hạn thứ Sáu 04/12"."""
    if paper.read_by is None:
        return ""
    last = paper.read_by.astimezone(ctx.settings.zone)
    key = "library.mark-overdue" if paper.read_by < ctx.now else "library.mark-due"
    return t(key, weekday=t(f"dates.{WEEKDAYS[last.weekday()]}"), day=last.strftime("%d/%m"))


def opened(ctx: Context, document_id: int) -> Reply:
    """Send one paper again, with its choices; one that was replaced gives its current version.

    Refused when it is not for the speaker, or was withdrawn.
    """
    who = sight_of(ctx)
    document = documents.current_version(ctx.db, document_id)
    if not sight.sees(ctx.db, who, document.id or 0, states=(*sight.FOUND, DocumentState.WITHDRAWN)):
        raise Refused("documents.not-yours")
    if document.state == DocumentState.WITHDRAWN:
        raise notices.gone(document)
    shown = notices.shown(ctx, document)
    if document.state == DocumentState.EXPIRED:
        left = tuple(choice for choice in shown.choices if choice.action != "documents.read")
        return replace(shown, text=f"{_expired(document)}\n{shown.text}", choices=left)
    if document.id != document_id:
        return replace(shown, text=f"{t('library.replaced')}\n{shown.text}")
    return shown


def _expired(document: Document) -> str:
    if document.expires_on is None:
        return t("library.expired")
    return t("library.expired-since", day=day(document.expires_on, weekday=False))


def ask_withdraw(ctx: Context, words: str) -> Reply:
    """Which paper shall be withdrawn? Asked before anything happens. BadInput when there is none to withdraw."""
    ctx.lead()
    over = sight_of(ctx).overseen()
    found = overseen(ctx, words) if words else shelves.page(ctx.db, over, Shelf(), limit=LIST)
    if not found:
        raise BadInput("documents.none-found" if words else "documents.none-published")
    choices = tuple(Choice("documents.withdraw", notices.line(each), str(each.id)) for each in found)
    return Reply(t("documents.ask-withdraw"), (*choices, Choice("documents.keep", t("documents.keep-label"))))


def overseen(ctx: Context, words: str) -> list[Document]:
    """The papers of organizations that the speaker leads which a command's words name, out of the whole library."""
    return about(ctx, sight_of(ctx).overseen(), words)[:LIST]


def about(ctx: Context, who: Sight, words: str) -> list[Document]:
    """The papers that these words name, the best first, a few more than a list shows; in force or not."""
    finder = Finder(ctx.db, who)
    for way in rounds(words):
        if way.how in {How.NUMBER, How.WORDS}:
            hits = finder.find(way.ranking, limit=4 * LIST)
            if hits:
                return [hit.document for hit in hits]
    return []

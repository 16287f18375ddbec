"""The lists of the library: new papers, what is to be read, guidance, resolutions, by type, by year."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.context import Context
from bot.flows.documents import shelf
from bot.flows.documents.numbers import KINDS, RESOLUTIONS
from bot.flows.documents.shelf import LIST
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import shelves
from storage.documents import Document
from storage.shelves import Last, Shelf
from storage.sight import Sight

NEW_DAYS = 30
"""For so long a document is listed as new. [ours]"""
TELLING = frozenset(("new", "unread", "guidance", "resolutions"))
"""Lists that say something of their own when they are empty."""
CHOICES = 8
"""Types or years that are offered at once. [ours]"""


def papers(ctx: Context) -> Reply:
    """ "Văn kiện, tư liệu": the ways into the library."""
    unread = shelves.count_unread(ctx.db, ctx.my_id)
    return Reply(
        t("library.papers"),
        (
            Choice("library.list", t("library.to-read", count=unread), "unread"),
            Choice("library.list", t("library.guidance"), "guidance"),
            Choice("library.kinds", t("library.by-kind")),
            Choice("library.years", t("library.by-year")),
            Choice("library.list", t("library.all"), "all"),
            Choice("library.find", t("library.find")),
        ),
    )


def listed(ctx: Context, argument: str) -> Reply:
    """One page of a list: "new", "unread", "guidance", "resolutions", "all", "kind-NQ" or "year-2022", and where the
    page before it ended, as `_way_on` writes that."""
    which, _, spot = argument.partition("|")
    after = _last(spot) if spot else None
    found = _unread(ctx, after) if which == "unread" else _of_shelf(ctx, which, after)
    if not found:
        return Reply(t("library.no-more")) if after else _none(which)
    rows = shelf.rows(ctx, found[:LIST], due=which == "unread")
    if len(found) > LIST:
        rows.append(Choice("library.list", t("documents.more-label"), _way_on(which, found[LIST - 1])))
    head = t("library.found-next") if after else _head(ctx, which)
    waiting = shelves.count_unread(ctx.db, ctx.my_id) if which == "new" else 0
    if waiting:
        rows.append(Choice("library.list", t("library.to-read", count=waiting), "unread"))
    return Reply(head, tuple(rows))


def kinds(ctx: Context, start: int = 0) -> Reply:
    """Which type? Those with most papers first."""
    found = [
        Choice("library.list", t("library.row", name=kind_name(kind), count=count), f"kind-{kind}")
        for kind, count in shelves.kinds(ctx.db, _own(ctx))
    ]
    return _some(found, start, action="library.kinds", text=t("library.ask-kind"))


def years(ctx: Context, start: int = 0) -> Reply:
    """Which year? The latest first."""
    found = [
        Choice("library.list", t("library.row", name=t("library.year", year=year), count=count), f"year-{year}")
        for year, count in shelves.years(ctx.db, _own(ctx))
    ]
    return _some(found, start, action="library.years", text=t("library.ask-year"))


def kind_name(kind: str) -> str:
    """ "Nghị quyết" for NQ; the abbreviation where there is no name for it."""
    folded = fold(kind)
    return t(f"library.kind-{folded}") if folded in KINDS else kind


def _some(found: list[Choice], start: int, *, action: str, text: str) -> Reply:
    if not found:
        return Reply(t("library.no-all"))
    rows = found[start : start + CHOICES]
    if len(found) > start + CHOICES:
        rows.append(Choice(action, t("documents.more-label"), str(start + CHOICES)))
    return Reply(text, tuple(rows))


def _unread(ctx: Context, after: Last | None) -> list[Document]:
    return shelves.unread(ctx.db, ctx.my_id, after=after, limit=LIST + 1)


def _of_shelf(ctx: Context, which: str, after: Last | None) -> list[Document]:
    return shelves.page(ctx.db, _own(ctx), _shelf(ctx, which), after=after, limit=LIST + 1)


def _shelf(ctx: Context, which: str) -> Shelf:
    name, _, argument = which.partition("-")
    if name == "kind":
        return Shelf(kinds=(argument,))
    if name == "year":
        return Shelf(year=int(argument))
    if which == "new":
        return Shelf(since=ctx.now - timedelta(days=NEW_DAYS))
    if which == "guidance":
        return Shelf(kinds=("HD",), guidance=True)
    return Shelf(kinds=RESOLUTIONS) if which == "resolutions" else Shelf()


def _own(ctx: Context) -> Sight:
    """Lists hold what is for the member; what an officer oversees is found by searching."""
    return shelf.sight_of(ctx).own()


def _head(ctx: Context, which: str) -> str:
    name, _, argument = which.partition("-")
    if name == "kind":
        return t("library.list-kind", name=kind_name(argument))
    if name == "year":
        return t("library.list-year", year=argument)
    if which == "unread":
        return t("library.list-unread", count=shelves.count_unread(ctx.db, ctx.my_id))
    return t(f"library.list-{which}")


def _none(which: str) -> Reply:
    return Reply(t(f"library.no-{which if which in TELLING else 'all'}"))


def _way_on(which: str, paper: Document) -> str:
    due = paper.read_by.isoformat() if paper.read_by else ""
    published = (paper.published_at or paper.created_at).isoformat()
    return f"{which}|{published}|{paper.id}|{due}"


def _last(spot: str) -> Last:
    published, document_id, due = spot.split("|")
    read_by = datetime.fromisoformat(due) if due else None
    return Last(datetime.fromisoformat(published), int(document_id), read_by)

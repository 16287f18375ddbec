"""Tiết kiệm giấy: pages that were read on phones instead of being printed, with the sum written out.

Pages not printed = over all papers: pages × members who have read it themselves (a recorded reading was paper). Halved
when printing would use both sides (setting print_duplex); money by the price of a printed sheet (setting page_price).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from bot.context import Context
from bot.flows.documents import notices
from bot.flows.documents.shelf import sight_of
from bot.messages import Reply
from bot.settings import Settings
from bot.texts import t
from storage import matrix
from storage.documents import Document
from storage.organizations import Organization
from storage.sight import Sight

SHOWN = 3
"""Papers whose product is written out; the others stand in one sum. [ours]"""


@dataclass(frozen=True, slots=True)
class Saved:
    """One paper's part: `readers` have read it in chat or on the page."""

    document: Document
    readers: int

    @property
    def pages(self) -> int:
        """Printed sides that nobody needed."""
        return self.document.pages * self.readers


def of(session: Session, who: Sight, top: Organization) -> tuple[list[Saved], int]:
    """The papers that saved something in a subtree, most first; and how many could not be counted for want of a page
    count."""
    papers = matrix.ever_published(session, who, top.path)
    counts = matrix.by_document(session, top.path, [each.id or 0 for each in papers])
    rows = [Saved(each, counts[each.id].read - counts[each.id].recorded) for each in papers if each.id in counts]
    read = [each for each in rows if each.readers]
    known = sorted((each for each in read if each.document.pages), key=lambda each: (-each.pages, each.document.id))
    return known, len(read) - len(known)


def sheets(pages: int, settings: Settings) -> int:
    """Sheets of paper for so many printed sides."""
    return -(-pages // 2) if settings.print_duplex else pages


def overview(ctx: Context) -> Reply:
    """What the speaker's branch or subtree has saved until now."""
    top = ctx.lead()
    if ctx.is_group:
        return Reply(t("acknowledging.table-in-private"))
    known, unknown = of(ctx.db, sight_of(ctx), top)
    if not known:
        return Reply(t("acknowledging.saved-nothing", name=top.name))
    total = sum(each.pages for each in known)
    lines = [
        t("acknowledging.saved-head", name=top.name, pages=thousands(total)),
        t("acknowledging.saved-how"),
        *(product(each.document, each.readers) for each in known[:SHOWN]),
    ]
    rest = known[SHOWN:]
    if rest:
        pages = thousands(sum(each.pages for each in rest))
        lines.append(t("acknowledging.saved-rest", count=len(rest), pages=pages))
    if unknown:
        lines.append(t("acknowledging.saved-unknown", count=unknown))
    return Reply("\n".join([*lines, *_money(total, ctx.settings)]))


def product(document: Document, readers: int) -> str:
    """ "21-NQ/TW: 8 trang × 20 đồng chí = 160 trang"."""
    title = notices.shortened(notices.title(document), 40)
    values = {"sheets": document.pages, "readers": readers, "pages": thousands(document.pages * readers)}
    return t("acknowledging.saved-paper", title=title, **values)


def _money(pages: int, settings: Settings) -> list[str]:
    used = sheets(pages, settings)
    lines = []
    if settings.print_duplex:
        lines.append(t("acknowledging.saved-duplex", pages=thousands(pages), sheets=thousands(used)))
    if settings.page_price:
        price, money = thousands(settings.page_price), thousands(used * settings.page_price)
        lines.append(t("acknowledging.saved-money", sheets=thousands(used), price=price, money=money))
    return lines


def thousands(number: int) -> str:
    """As Vietnamese write it: 1.234.567."""
    return f"{number:,}".replace(",", ".")

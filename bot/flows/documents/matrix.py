"""Bảng đọc: members and papers in one table for a branch, organizations and papers for everything above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import dates
from bot.charts import Chart, Mark, Row
from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import notices
from bot.flows.documents.shelf import sight_of
from bot.flows.documents.status import is_above
from bot.messages import Reply
from bot.texts import t
from storage import matrix, sight
from storage.documents import Document
from storage.matrix import Cell, Count, Pair
from storage.members import Member
from storage.organizations import Organization
from storage.report_jobs import ReportJob, ask
from storage.sight import Sight

PICTURED = 12
"""Papers in a picture: more columns are too narrow for a phone (product.md, C7)."""
SHEETED, CELLS = 100, 40_000
"""Papers in a workbook, and about how many cells: a province has 2,920 branches. [ours]"""
NAMED = 15
"""Organizations in the text, those that have read least first; all are in the picture and the workbook. [ours]"""
NAMES, BRANCHES = "names", "branches"
"""ReportJob.kind."""
LEGEND = (Mark.READ, Mark.UNREAD, Mark.RECORDED, Mark.CANNOT, Mark.UNCHECKED)


def requested(ctx: Context) -> list[Reply]:
    """The table is wanted: counts at once for those above, and a job for the picture and the workbook."""
    top = ctx.lead()
    if ctx.is_group:
        return [Reply(t("acknowledging.table-in-private"))]
    papers = recent(ctx.db, sight_of(ctx), top, limit=PICTURED)
    if not papers:
        raise BadInput("documents.none-published")
    kind = BRANCHES if is_above(top) else NAMES
    job = ReportJob(
        kind=kind, organization_id=top.id or 0, member_id=ctx.my_id, channel_id=ctx.here.channel_id,
        chat_id=ctx.here.chat_id, asked_at=ctx.now,
    )  # fmt: skip
    new = ask(ctx.db, job)
    if new:
        ctx.audit("report.asked", f"organization:{top.id}", kind=kind)
    said = t("acknowledging.table-begun" if new else "acknowledging.table-waits", name=top.name, count=len(papers))
    return [*([_counted(ctx, top, papers)] if kind == BRANCHES else []), Reply(said)]


def recent(session: Session, who: Sight, top: Organization, *, limit: int) -> list[Document]:
    """The newest papers in force with readers in a subtree that this person may see, newest first."""
    found = sight.reaching(session, who, top.path, limit=2 * limit + 20)
    counts = matrix.by_document(session, top.path, [each.id or 0 for each in found])
    return [each for each in found if each.id in counts][:limit]


def _counted(ctx: Context, top: Organization, papers: Sequence[Document]) -> Reply:
    counts = matrix.by_organization(ctx.db, top.path, [each.id or 0 for each in papers])
    whole = sum(counts.values(), Count())
    names = {each.id or 0: each.name for each in matrix.places(ctx.db, top.path)}
    ordered = sorted(counts.items(), key=lambda each: (share(each[1]), names.get(each[0], "")))
    lines = [t("acknowledging.table-branch", name=names.get(at, ""), **_said(count)) for at, count in ordered[:NAMED]]
    if len(ordered) > NAMED:
        lines.append(t("acknowledging.table-more", count=len(ordered) - NAMED))
    head = t("acknowledging.table-head", name=top.name, count=len(papers), **_said(whole))
    return Reply("\n".join([head, *lines]))


def _said(count: Count) -> dict[str, object]:
    """Numbers for a text: "80/120 (67 %), 10 không tự nhận được"."""
    return {"read": count.read, "total": count.total, "share": percent(count), "cannot": count.cannot}


def share(count: Count) -> float:
    """Of those who could have read, how many have; those without a phone never count as "has not read"."""
    able = count.total - count.cannot
    return count.read / able if able else 1.0


def percent(count: Count) -> int:
    """The same in whole percent, never rounded up to 100."""
    return min(round(100 * share(count)), 100 if share(count) >= 1 else 99)


# --- by name ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Names:
    """A branch by name. `people`: (member, whether they have a phone and a chat); `cells` by (member, paper)."""

    top: Organization
    papers: list[Document]
    people: list[tuple[Member, bool]]
    cells: dict[Pair, Cell]
    counts: dict[int, Count]

    def mark(self, member: Member, able: bool, paper: Document) -> Mark:
        """What one member did with one paper."""
        cell = self.cells.get((member.id or 0, paper.id or 0))
        if cell is None:
            return Mark.NONE
        if cell.read_at is None:
            return Mark.UNREAD if able else Mark.CANNOT
        if cell.recorded:
            return Mark.RECORDED
        return Mark.UNCHECKED if paper.check_question and not cell.checked else Mark.READ


def names(session: Session, who: Sight, top: Organization, *, limit: int) -> Names:
    """What the table of a branch holds."""
    papers = recent(session, who, top, limit=limit)
    ids = [each.id or 0 for each in papers]
    people = matrix.people(session, top.path, ids)
    cells = matrix.grid(session, [member.id or 0 for member, _ in people], ids)
    return Names(top, papers, people, cells, matrix.by_document(session, top.path, ids))


def names_chart(table: Names, now: datetime, zone: ZoneInfo) -> Chart:
    """The branch's table as it is drawn."""
    rows = tuple(
        Row(member.full_name, tuple(table.mark(member, able, paper) for paper in table.papers))
        for member, able in table.people
    )
    return Chart(
        title=t("acknowledging.table-title", name=table.top.name),
        subtitle=t("acknowledging.table-subtitle", when=dates.moment(now, zone), members=len(rows)),
        columns=tuple(notices.line(paper) for paper in table.papers),
        rows=rows,
        totals=Row(t("acknowledging.table-read"), tuple(_of(table.counts, paper.id) for paper in table.papers)),
        legend=tuple((mark, t(f"acknowledging.mark-{mark}")) for mark in LEGEND),
    )


def _of(counts: dict[int, Count], key: int | None) -> str:
    count = counts.get(key or 0, Count())
    return f"{count.read}/{count.total}" if count.total else ""


# --- by organization --------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Branches:
    """A subtree by counts. `cells` by (organization, paper)."""

    top: Organization
    papers: list[Document]
    places: list[Organization]
    cells: dict[Pair, Count]

    def of_place(self, place: Organization) -> Count:
        """All papers of one organization."""
        return sum((self.cells.get((place.id or 0, each.id or 0), Count()) for each in self.papers), Count())

    def of_paper(self, paper: Document) -> Count:
        """One paper in all organizations."""
        return sum((self.cells.get((each.id or 0, paper.id or 0), Count()) for each in self.places), Count())


def branches(session: Session, who: Sight, top: Organization, *, limit: int) -> Branches:
    """What the table of a subtree holds: every organization with readers of its own, by name."""
    everywhere = matrix.places(session, top.path)
    most = min(limit, max(PICTURED, CELLS // (len(everywhere) or 1)))
    papers = recent(session, who, top, limit=most)
    cells = matrix.cells(session, top.path, [each.id or 0 for each in papers])
    having = {organization_id for organization_id, _ in cells}
    places = [each for each in everywhere if each.id in having]
    return Branches(top, papers, places, cells)


def branches_chart(table: Branches, now: datetime, zone: ZoneInfo) -> Chart:
    """The subtree's table as it is drawn: shares in percent, those that have read least first."""
    ordered = sorted(table.places, key=lambda place: (share(table.of_place(place)), place.name))
    return Chart(
        title=t("acknowledging.table-title", name=table.top.name),
        subtitle=t("acknowledging.table-subtitle-branches", when=dates.moment(now, zone), count=len(ordered)),
        columns=tuple(notices.line(paper) for paper in table.papers),
        rows=tuple(
            Row(place.name, tuple(_percent(table.cells.get((place.id or 0, each.id or 0))) for each in table.papers))
            for place in ordered
        ),
        totals=Row(t("acknowledging.table-read"), tuple(_percent(table.of_paper(each)) for each in table.papers)),
    )


def _percent(count: Count | None) -> str:
    return f"{percent(count)}%" if count and count.total else ""

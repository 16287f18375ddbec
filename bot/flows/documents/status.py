"""Who has read, who has not, who cannot: by name and in private for the branch, counts for groups and above."""

from __future__ import annotations

from bot import dates
from bot.context import Context
from bot.errors import BadInput
from bot.flows.documents import notices, savings
from bot.flows.documents.numbers import beginning, meet, number_key
from bot.flows.documents.shelf import about, sight_of
from bot.matching import fold
from bot.messages import Address, Choice, Reply
from bot.texts import t
from storage import documents, matrix, members, organizations, sight
from storage.documents import EVERYONE, Document, DocumentState, Reading, Tally
from storage.matrix import Count
from storage.members import Member
from storage.organizations import Organization, OrganizationKind

BRANCHES = 30
"""Organizations that an overview names, those with most unread first; a province has thousands. [ours]"""
BRIEF = 8
"""Names or places that the first answer holds of a kind; the whole list is one press further. [ours]"""
PIECE = 1900
"""Characters in one message; Zalo takes 2,000 and the choices need some."""


def overview(ctx: Context, words: str) -> Reply | list[Reply]:
    """The newest document, or the one that the words name; a list when several fit. BadInput when none does."""
    top = ctx.lead()
    found = named(ctx, top, words) if words else sight.reaching(ctx.db, sight_of(ctx), top.path, limit=1)
    if not found:
        raise BadInput("documents.none-found" if words else "documents.none-published")
    if words and len(found) > 1:
        rows = tuple(Choice("documents.status", notices.line(each), str(each.id)) for each in found[:6])
        return Reply(t("documents.which-status"), rows, to=_private(ctx))
    return of_document(ctx, found[0])


def named(ctx: Context, top: Organization, words: str) -> list[Document]:
    """The papers in force that reach into a subtree and that the words name, by number or else by what they are
    about; out of the whole library."""
    who = sight_of(ctx)
    key = number_key(words)
    if key:
        found = sight.reaching_with_number(ctx.db, who, top.path, beginning(key))
        by_number = [each for each in found if meet(each.number_key, key)]
        if by_number:
            return by_number
    hits = about(ctx, who, words)
    return [each for each in hits if each.state == DocumentState.PUBLISHED and _reaches(ctx, each, top)]


def _reaches(ctx: Context, document: Document, top: Organization) -> bool:
    path = organizations.get(ctx.db, document.organization_id).path
    return path.startswith(top.path) or top.path.startswith(path)


def fitting(papers: list[Document], words: str) -> list[Document]:
    """Those of a short list whose number or words fit; all of them without words."""
    if not words:
        return papers
    key = number_key(words)
    by_number = [each for each in papers if meet(each.number_key, key)]
    wanted = fold(words).split()
    return by_number or [each for each in papers if all(word in each.search_key for word in wanted)]


def of_document(ctx: Context, document: Document, *, whole: bool = False) -> list[Reply]:
    """Counts first; then names, never into a group, as many as a small screen holds. NotAllowed for those who lead
    nothing. `whole`: every name on its own line."""
    top = ctx.lead()
    counts = documents.tallies(ctx.db, document.id or 0, top.path)
    total = _sum(counts)
    head = t(
        "documents.status-head", title=notices.dated(document), read=total.read, total=total.total,
        unread=total.unread, cannot=total.cannot,
    )  # fmt: skip
    if is_above(top):
        rows, longest = _branch_rows(counts, BRANCHES if whole else BRIEF), len(counts)
    else:
        groups = _names(ctx, document, top)
        rows, longest = _numbered(groups) if whole else _shortened(groups), max(map(len, groups.values()), default=0)
    rows += _saved(ctx, document, top)
    choices = _choices(document, total)
    if longest > BRIEF and not whole:
        choices += (Choice("documents.names", t("documents.names-label"), str(document.id)),)
    replies = _pieces([head, *rows], _private(ctx), choices)
    if ctx.is_group and document.audience == EVERYONE:  # a group hears nothing of a paper for a list
        public = t("documents.status-group", title=notices.title(document), read=total.read, total=total.total)
        return [Reply(public), *(replies if _private(ctx) else [])]
    return replies


def is_above(top: Organization) -> bool:
    """Whether an organization is seen by counts, not by names: everything above the branch."""
    return top.kind not in {OrganizationKind.BRANCH, OrganizationKind.CELL}


def _sum(counts: list[Tally]) -> Tally:
    sums = [sum(column) for column in zip(*((c.total, c.read, c.unread, c.cannot) for c in counts), strict=True)]
    return Tally("", *sums) if sums else Tally("", 0, 0, 0, 0)


def _branch_rows(counts: list[Tally], most: int) -> list[str]:
    """One line per organization, those with most unread first."""
    ordered = sorted(counts, key=lambda each: (-each.unread, each.name))
    rest = ordered[most:]
    more = [t("documents.status-more-branches", count=len(rest))] if rest else []
    return [
        t("documents.status-branch", name=c.name, read=c.read, total=c.total, unread=c.unread, cannot=c.cannot)
        for c in ordered[:most]
    ] + more


def _names(ctx: Context, document: Document, top: Organization) -> dict[str, list[str]]:
    """The names by what is known of them: "unread", "cannot", "read"."""
    read: list[str] = []
    unread: list[str] = []
    cannot: list[str] = []
    for member, row, live in documents.readings(ctx.db, document.id or 0, top.path):
        if row.acknowledged_at is not None:
            read.append(_reader(ctx, document, member, row))
        else:
            (unread if live and member.has_phone else cannot).append(member.full_name)
    return {key: names for key, names in (("unread", unread), ("cannot", cannot), ("read", read)) if names}


def _shortened(groups: dict[str, list[str]]) -> list[str]:
    rows = []
    for key, names in groups.items():
        more = [t("documents.status-more-names", count=len(names) - BRIEF)] if len(names) > BRIEF else []
        rows.append(t(f"documents.status-{key}", names="; ".join([*names[:BRIEF], *more])))
    return rows


def _numbered(groups: dict[str, list[str]]) -> list[str]:
    rows = []
    for key, names in groups.items():
        rows.append(t(f"documents.status-{key}", names=len(names)))
        rows += [f"{number}. {name}" for number, name in enumerate(names, start=1)]
    return rows


def _reader(ctx: Context, document: Document, member: Member, row: Reading) -> str:
    """A name with how it came about: entered by somebody else, or without the short question's right answer."""
    name = member.full_name
    if row.recorded_by is None:
        unchecked = document.check_question and row.checked_at is None
        return t("acknowledging.name-unchecked", name=name) if unchecked else name
    recorded = t("documents.name-recorded", name=name)
    if row.recorded_by == ctx.my_id or row.acknowledged_at is None:
        return recorded
    who = members.get(ctx.db, row.recorded_by).full_name
    day = dates.day(row.acknowledged_at.astimezone(ctx.settings.zone).date(), weekday=False)
    return t("acknowledging.name-recorded-by", name=recorded, who=who, day=day)


def _saved(ctx: Context, document: Document, top: Organization) -> list[str]:
    """What this paper has spared the printer, once somebody has read it on the phone."""
    count = matrix.by_document(ctx.db, top.path, [document.id or 0]).get(document.id or 0, Count())
    readers = count.read - count.recorded
    return [t("acknowledging.saved-line", sum=savings.product(document, readers))] if document.pages and readers else []


def _choices(document: Document, total: Tally) -> tuple[Choice, ...]:
    found = []
    if total.unread:
        found.append(Choice("documents.remind", t("documents.remind-label"), str(document.id)))
    if total.unread or total.cannot:
        found.append(Choice("documents.record", t("documents.record-label"), str(document.id)))
    return tuple(found)


def _pieces(lines: list[str], to: Address | None, choices: tuple[Choice, ...]) -> list[Reply]:
    """Lines put together into messages of at most PIECE characters; the last one carries the choices."""
    texts = [""]
    for line in lines:
        if texts[-1] and len(texts[-1]) + len(line) + 1 > PIECE:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{line}".strip()
    return [Reply(text, choices if text is texts[-1] else (), to=to) for text in texts]


def _private(ctx: Context) -> Address | None:
    """Where names may go: this chat when it is private, else the speaker's own."""
    return ctx.address_of(ctx.my_id) if ctx.is_group else None

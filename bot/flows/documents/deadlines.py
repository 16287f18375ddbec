"""Deadlines: reminders by themselves, and after the deadline a list for phone calls. One sweep, guarded by rows.

Half of the time, the day before, the morning of the day; then the secretary gets in private who has not read, with
telephone numbers, and who has no phone. Groups get counts (domain.md, Personal data).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot import dates
from bot.clock import Clock
from bot.flows.documents import chase, notices
from bot.flows.documents.chase import Around
from bot.links import Links
from bot.messages import Choice
from bot.quota.plans import Wanted
from bot.quota.plans import plan as plan_of
from bot.settings import Settings
from bot.texts import t
from storage import audience, chasing, deliveries, documents, matrix, members, notes, organizations, sight
from storage.channels import GroupChat
from storage.chasing import Chase, Waiting
from storage.db import Database
from storage.documents import EVERYONE, Document, DocumentState
from storage.matrix import Count
from storage.notes import Note
from storage.organizations import Organization, OrganizationKind
from storage.outbox import Lane

MORNING = time(8, 0)
"""When reminders of the last two days go out. [ours]"""
BATCH, PLACES = 500, 50
"""Members, or organizations, of one transaction."""
LATEST = timedelta(days=7)
"""A deadline that passed longer ago makes no list any more (the program was off). [ours]"""
ROUNDS = 200
"""Transactions of one sweep; the next one goes on."""
OVER = "over"


@dataclass(frozen=True, slots=True)
class Moment:
    """One round of reminders: due then, and useful until the next one or the deadline."""

    kind: str
    due: datetime
    until: datetime


def moments(document: Document, settings: Settings) -> list[Moment]:
    """The rounds of a paper with a deadline, out of quiet hours, one a day, the last ones when fewer are allowed.

    None on the day of publishing: everybody has just got it.
    """
    begins, ends = document.published_at, document.read_by
    if begins is None or ends is None or not settings.reminders_per_paper:
        return []
    zone = settings.zone
    last = ends.astimezone(zone)
    morning = last.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    wanted = [("half", begins + (ends - begins) / 2), ("eve", morning - timedelta(days=1)), ("day", morning)]
    days = {begins.astimezone(zone).date()}
    kept: list[tuple[str, datetime]] = []
    for kind, at in reversed(wanted):  # of two on one day the later one stays
        due = dates.after_quiet(at, zone, start=settings.quiet_from, end=settings.quiet_until)
        if begins < due < ends and due.astimezone(zone).date() not in days:
            days.add(due.astimezone(zone).date())
            kept.append((f"{kind}:{last.date()}", due))
    kept = sorted(kept, key=lambda each: each[1])[-settings.reminders_per_paper :]
    untils = [due for _, due in kept[1:]] + [ends]
    return [Moment(kind, due, until) for (kind, due), until in zip(kept, untils, strict=True)]


def due_round(document: Document, settings: Settings, now: datetime) -> str:
    """The kind of the round whose time it is, "" when there is none."""
    ends = document.read_by
    if ends is None:
        return ""
    if now >= ends:
        return f"{OVER}:{ends.astimezone(settings.zone).date()}"
    return next((each.kind for each in moments(document, settings) if each.due <= now < each.until), "")


def sweep(database: Database, settings: Settings, clock: Clock, links: Links) -> int:
    """Carry every round on whose time it is; returns how many messages were queued. Nothing in quiet hours."""
    now = clock.now()
    if dates.is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    with database.reading() as session:
        papers = chasing.with_deadline(session, now - LATEST)
        done = chasing.finished(session, [each.id or 0 for each in papers])
    queued = 0
    for paper in papers:
        kind = due_round(paper, settings, now)
        if kind and (paper.id, kind) not in done:
            queued += _carry_on(database, _Round(settings, links, now, kind), paper)
    return queued


@dataclass(frozen=True, slots=True)
class _Round:
    """One round of one sweep."""

    settings: Settings
    links: Links
    now: datetime
    kind: str


def _carry_on(database: Database, this: _Round, paper: Document) -> int:
    step: Callable[[Session, _Round, Document, Chase], int] = _list if this.kind.startswith(OVER) else _remind
    queued = 0
    for _ in range(ROUNDS):
        with database.transaction() as session:
            document = documents.get(session, paper.id or 0)
            row = chasing.round_of(session, paper.id or 0, this.kind)
            if row is not None and row.done_at is not None:
                break
            if row is None:
                row = chasing.begin(session, paper.id or 0, this.kind, this.now)
            queued += step(session, this, document, row)
            if row.done_at is not None:
                break
    return queued


# --- before the deadline ----------------------------------------------------------------------------------------------
def _remind(session: Session, this: _Round, document: Document, row: Chase) -> int:
    """The next members who have not read. The planner says how where the month's messages are limited."""
    path = organizations.get(session, document.organization_id).path
    queued = 0
    if not row.ways:
        row.ways = _ways(session, this, document, path)
        queued += _posts(session, this, document, row, path)
    waiting = chasing.waiting(session, document.id or 0, path, after=row.cursor, limit=BATCH)
    around = Around(session, this.settings, this.links, this.now, row.ways, _covered(session, row, path))
    queued += chase.queue(around, document, waiting, this.now)
    if waiting:
        row.cursor = waiting[-1].member.id or 0
    if len(waiting) < BATCH:
        row.done_at = this.now
    session.flush()
    return queued


def _ways(session: Session, this: _Round, document: Document, path: str) -> dict[str, str]:
    """By channel how reminders go; "all" stands for the unlimited ones, so that it is not asked twice."""
    letter = notices.letter(document, key="documents.reminder", linked=bool(this.links.public_url))
    everybody = document.audience == EVERYONE  # groups hear nothing of a paper for a list
    only = (chasing.still_waiting(document.id or 0),)
    wanted = Wanted(path, letter, posts=everybody, only=only, supporters=not everybody)
    return {"all": "private"} | plan_of(session, this.settings, this.now, wanted).ways()


def _groups(session: Session, row: Chase, path: str) -> list[GroupChat]:
    """The groups in which a post stands for messages to persons."""
    posting = {int(channel) for channel, way in row.ways.items() if way == "group"}
    return [each for each in audience.groups_below(session, path) if each.channel_id in posting] if posting else []


def _covered(session: Session, row: Chase, path: str) -> set[tuple[int, int]]:
    return {(each.organization_id, each.channel_id) for each in _groups(session, row, path)}


def _posts(session: Session, this: _Round, document: Document, row: Chase, path: str) -> int:
    rows = []
    for group in _groups(session, row, path):
        count = _count(session, document, group.organization_id)
        if count.unread:
            when = dates.day(document.read_by.astimezone(this.settings.zone).date()) if document.read_by else ""
            text = t(
                "acknowledging.group-reminder", title=notices.title(document), read=count.read, total=count.total,
                when=when,
            )  # fmt: skip
            rows.append(_post(this, document, group, text))
    return deliveries.queue_many(session, rows)


def _post(this: _Round, document: Document, group: GroupChat, text: str) -> deliveries.Row:
    return {
        "channel_id": group.channel_id, "chat_id": group.chat_id, "is_group": True, "lane": Lane.BULK, "text": text,
        "about": f"document:{document.id}", "once": f"round:{document.id}:{this.kind}:g{group.id}",
        "created_at": this.now, "due_at": this.now,
    }  # fmt: skip


def _count(session: Session, document: Document, organization_id: int) -> Count:
    """The paper's count in an organization and everything below it."""
    path = organizations.get(session, organization_id).path
    return matrix.by_document(session, path, [document.id or 0]).get(document.id or 0, Count())


# --- after the deadline -----------------------------------------------------------------------------------------------
def _list(session: Session, this: _Round, document: Document, row: Chase) -> int:
    """The next organizations: names to their leaders in private, counts to their groups."""
    top = organizations.get(session, document.organization_id)
    places = chasing.homes(session, document.id or 0, top.path, after=row.cursor, limit=PLACES)
    queued = sum(_of_place(session, this, document, place) for place in places)
    if places:
        row.cursor = places[-1].id or 0
    if len(places) < PLACES:
        row.done_at = this.now
        queued += _summary(session, this, document, top)
    session.flush()
    return queued


def _of_place(session: Session, this: _Round, document: Document, place: Organization) -> int:
    found = chasing.waiting(session, document.id or 0, place.path)
    mine = [each for each in found if each.member.organization_id == place.id]
    count = _count(session, document, place.id or 0)
    groups = audience.groups_below(session, place.path) if document.audience == EVERYONE else []
    groups = [each for each in groups if each.organization_id == place.id]
    text = t("acknowledging.group-over", title=notices.title(document), read=count.read, total=count.total)
    queued = deliveries.queue_many(session, [_post(this, document, group, text) for group in groups])
    leader = _leader(session, place)
    if leader is None or not mine or not _sees(session, leader, document):
        return queued
    choices = (
        Choice("documents.record", t("documents.record-label"), str(document.id)),
        Choice("documents.status", t("acknowledging.status-label"), str(document.id)),
    )
    note = Note(
        phone_list(document, mine, count, this.settings),
        about=f"status:{document.id}",
        choices=notices.as_rows(choices),
        once=f"round:{document.id}:{this.kind}:o{place.id}",
    )
    return queued + notes.tell(session, leader, note, this.now)


def phone_list(document: Document, waiting: list[Waiting], count: Count, settings: Settings) -> str:
    """Whom to phone, with numbers; apart from them those who cannot get anything themselves."""
    ends = document.read_by
    when = dates.day(ends.astimezone(settings.zone).date()) if ends else ""
    lines = [
        t("acknowledging.over", title=notices.title(document), when=when, read=count.read, total=count.total),
    ]
    silent = sorted((each.member for each in waiting if each.can), key=lambda member: member.name_key)
    unable = sorted((each.member for each in waiting if not each.can), key=lambda member: member.name_key)
    if silent:
        lines.append(t("acknowledging.over-call"))
        lines += [
            t("acknowledging.over-number", name=each.full_name, phone=each.phone)
            if each.phone
            else t("acknowledging.over-no-number", name=each.full_name)
            for each in silent
        ]
    if unable:
        lines.append(t("acknowledging.over-cannot", names="; ".join(each.full_name for each in unable)))
    return "\n".join(lines)


def _leader(session: Session, place: Organization) -> int | None:
    """Who is told of an organization; of a cell without a leader of its own the branch's."""
    leader = notes.leader_of(session, place.id or 0)
    if leader is None and place.kind == OrganizationKind.CELL and place.parent_id is not None:
        return notes.leader_of(session, place.parent_id)
    return leader


def _sees(session: Session, member_id: int, document: Document) -> bool:
    """Whether a leader may see the paper: one from above for a list that they are not on is not theirs to chase."""
    who = sight.of_member(session, members.get(session, member_id))
    return sight.sees(session, who, document.id or 0, states=tuple(DocumentState))


def _summary(session: Session, this: _Round, document: Document, top: Organization) -> int:
    """Counts for whoever published it above the branches."""
    if top.kind in {OrganizationKind.BRANCH, OrganizationKind.CELL} or document.created_by is None:
        return 0
    count = _count(session, document, top.id or 0)
    text = t(
        "acknowledging.over-summary", title=notices.title(document), read=count.read, total=count.total,
        unread=count.unread, cannot=count.cannot,
    )  # fmt: skip
    choices = notices.as_rows((Choice("documents.status", t("acknowledging.status-label"), str(document.id)),))
    note = Note(text, about=f"status:{document.id}", choices=choices, once=f"round:{document.id}:{this.kind}")
    return int(notes.tell(session, document.created_by, note, this.now))

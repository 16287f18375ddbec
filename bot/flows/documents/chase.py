"""Reminders of papers that have not been read: by hand, and by the sweep of deadlines.py, within the same limits.

At most one a day and three for each member and paper, none in quiet hours (domain.md, How people write).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot import dates
from bot.context import Context
from bot.flows.documents import notices, sound_choices
from bot.flows.documents.acknowledge import known
from bot.links import Links
from bot.messages import Reply
from bot.settings import Settings
from bot.texts import t
from storage import audience, chasing, deliveries, documents
from storage.chasing import CHASE, Waiting
from storage.deliveries import Row
from storage.documents import Document
from storage.outbox import Lane


@dataclass(frozen=True, slots=True)
class Around:
    """What reminders are made with. `ways`: by channel id as text how they go (bot/quota); missing: one by one.
    `covered`: (organization id, channel id) where a post in the group stands for messages to persons."""

    session: Session
    settings: Settings
    links: Links
    now: datetime
    ways: Mapping[str, str]
    covered: Collection[tuple[int, int]] = ()


def remind(ctx: Context, document_id: int) -> Reply:
    """By hand: whoever has not read and may still be reminded today."""
    top = ctx.lead()
    document = known(ctx, document_id)
    settings = ctx.settings
    due = dates.after_quiet(ctx.now, settings.zone, start=settings.quiet_from, end=settings.quiet_until)
    waiting = [each for each in chasing.waiting(ctx.db, document_id, top.path) if each.can]
    around = Around(ctx.db, settings, ctx.links, ctx.now, {})
    queued = queue(around, document, waiting, due)
    ctx.audit("document.reminded", f"document:{document_id}", organization=top.id, messages=queued)
    if not queued:
        return Reply(_why_not(waiting, settings))
    if due > ctx.now:
        when = dates.moment(due, settings.zone)
        return Reply(t("documents.reminded-later", count=queued, when=when))
    return Reply(t("documents.reminded", count=queued))


def _why_not(waiting: Sequence[Waiting], settings: Settings) -> str:
    if not waiting:
        return t("documents.nobody-to-remind")
    if all(each.reading.reminders >= settings.reminders_per_paper for each in waiting):
        return t("acknowledging.reminders-spent", limit=settings.reminders_per_paper)
    return t("documents.reminded-already")


def queue(around: Around, document: Document, waiting: Sequence[Waiting], due: datetime) -> int:
    """Queue a reminder to everybody of these who may have one; returns how many."""
    session, document_id = around.session, document.id or 0
    limit, day = around.settings.reminders_per_paper, str(due.astimezone(around.settings.zone).date())
    able = {each.member.id or 0: each for each in waiting if each.can and each.reading.reminders < limit}
    had = chasing.reminded_today(session, document_id, list(able), day)
    addresses = audience.addresses_of(session, [each for each in able if each not in had])
    to = {
        member_id: address
        for member_id, address in sorted(addresses.items())
        if (able[member_id].member.organization_id, address[0]) not in around.covered
    }
    letter = _letter(around, document)
    rows = [_row(around, letter, member_id, to[member_id], due) for member_id in to]
    queued = deliveries.queue_many(session, rows)
    chasing.count_reminder(session, document_id, list(to))
    return queued


def _letter(around: Around, document: Document) -> Row:
    """What is the same in everybody's reminder."""
    files = documents.file_ids(around.session, document.id or 0)
    audible = sound_choices.audible(around.session, around.settings, document)
    return {
        "text": notices.letter(
            document, key="documents.reminder", linked=bool(around.links.public_url), zone=around.settings.zone
        ),
        "choices": notices.as_rows(notices.letter_choices(document.id or 0, passable=False, audible=audible)),
        "file_id": files[0] if files else None,
        "about": f"document:{document.id}",
        "lane": Lane.BULK,
        "created_at": around.now,
        # Past the deadline it is no longer useful; the phone list takes over.
        "useful_until": document.read_by if document.read_by and document.read_by > around.now else None,
    }


def _row(around: Around, letter: Row, member_id: int, to: tuple[int, str], due: datetime) -> Row:
    channel_id, chat_id = to
    document_id = int(str(letter["about"]).partition(":")[2])
    own: dict[str, Any] = {
        "channel_id": channel_id,
        "chat_id": chat_id,
        "member_id": member_id,
        "link": around.links.paper(document_id, member_id, channel_id=channel_id),
        "once": f"{CHASE}{document_id}:{member_id}:{due.astimezone(around.settings.zone).date()}",
        "due_at": due,
        "mergeable": around.ways.get(str(channel_id)) == "digest",
    }
    return letter | own

"""After the overview: remind those who have not read, record for those without a phone."""

from __future__ import annotations

from datetime import datetime

from bot import dates
from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.documents import notices
from bot.flows.documents.acknowledge import known
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audience, documents, members, organizations, outbox
from storage.documents import Document
from storage.members import Member
from storage.outbox import Delivery, Lane

PAGE = 8
EVERYBODY = 1_000_000


def remind(ctx: Context, document_id: int) -> Reply:
    """One reminder a day to each who has not read, not in quiet hours (domain.md, How people write)."""
    top = ctx.lead()
    document = known(ctx, document_id)
    settings = ctx.settings
    due = dates.after_quiet(ctx.now, settings.zone, start=settings.quiet_from, end=settings.quiet_until)
    waiting = {
        member.id or 0
        for member, row, live in documents.readings(ctx.db, document_id, top.path)
        if row.acknowledged_at is None and live and member.has_phone
    }
    reminder = _reminder(ctx, document)
    reached = audience.addresses(ctx.db, top.path, after=0, limit=EVERYBODY)
    queued = sum(_queue(ctx, reminder, each, due) for each in reached if each[0] in waiting)
    ctx.audit("document.reminded", f"document:{document_id}", organization=top.id, messages=queued)
    if not queued:
        return Reply(t("documents.reminded-already" if waiting else "documents.nobody-to-remind"))
    if due > ctx.now:
        when = dates.moment(due, settings.zone)
        return Reply(t("documents.reminded-later", count=queued, when=when))
    return Reply(t("documents.reminded", count=queued))


def _reminder(ctx: Context, document: Document) -> Reply:
    """The reminder as everybody gets it, apart from their own link."""
    files = documents.file_ids(ctx.db, document.id or 0)
    return Reply(
        notices.letter(document, key="documents.reminder", linked=bool(ctx.links.public_url)),
        notices.choices(document.id or 0),
        file_id=files[0] if files else None,
        about=f"document:{document.id}",
    )


def _queue(ctx: Context, reminder: Reply, to: tuple[int, int, str], due: datetime) -> bool:
    """Queue one, unless this member has had one for this document on that day."""
    member_id, channel_id, chat_id = to
    document_id = int(reminder.about.partition(":")[2])
    delivery = Delivery(
        channel_id=channel_id,
        chat_id=chat_id,
        member_id=member_id,
        lane=Lane.BULK,
        text=reminder.text,
        choices=notices.as_rows(reminder.choices),
        file_id=reminder.file_id,
        link=ctx.links.paper(document_id, member_id, channel_id=channel_id),
        about=reminder.about,
        once=f"chase:{document_id}:{member_id}:{due.astimezone(ctx.settings.zone).date()}",
        created_at=ctx.now,
        due_at=due,
    )
    return outbox.queue(ctx.db, delivery) is not None


def whom(ctx: Context, document_id: int, offset: int = 0) -> Reply:
    """Whose reading shall be recorded? Those who cannot do it themselves come first."""
    document = known(ctx, document_id)
    rows = [
        (live and member.has_phone, member)
        for member, row, live in documents.readings(ctx.db, document_id, ctx.lead().path)
        if row.acknowledged_at is None
    ]
    rows.sort(key=lambda row: row[0])
    if not rows:
        return Reply(t("documents.nobody-to-record"))
    choices = [
        Choice("documents.recorded", member.full_name, f"{document_id}:{member.id}")
        for _, member in rows[offset : offset + PAGE]
    ]
    if len(rows) > offset + PAGE:
        choices.append(Choice("documents.record", t("documents.more-label"), f"{document_id}:{offset + PAGE}"))
    return Reply(t("documents.whom-to-record", title=notices.title(document)), tuple(choices))


def record(ctx: Context, document_id: int, member_id: int) -> Reply:
    """The secretary records for a member who has read on paper; marked as such and audited."""
    document, member = known(ctx, document_id), _led(ctx, member_id)
    if documents.reading(ctx.db, document_id, member_id) is None:
        raise BadInput("documents.none-found")
    new = documents.acknowledge(
        ctx.db, document_id, member_id, at=ctx.now, how="recorded", recorded_by=ctx.my_id
    )  # fmt: skip
    if new:
        ctx.audit("document.recorded", f"document:{document_id}", member=member_id)
    undo = Choice("documents.unrecord", t("documents.unrecord-label"), f"{document_id}:{member_id}")
    more = Choice("documents.record", t("documents.record-more-label"), str(document_id))
    text = t("documents.recorded", name=member.full_name, title=notices.title(document))
    return Reply(text, (more, undo) if new else (more,))


def unrecord(ctx: Context, document_id: int, member_id: int) -> Reply:
    """Take a record made for a member back; never what the member said themself."""
    member = _led(ctx, member_id)
    row = documents.reading(ctx.db, document_id, member_id)
    if row is None or row.recorded_by is None:
        raise BadInput("documents.none-found")
    documents.take_back(ctx.db, document_id, member_id)
    ctx.audit("document.unrecorded", f"document:{document_id}", member=member_id)
    return Reply(t("documents.unrecorded", name=member.full_name))


def _led(ctx: Context, member_id: int) -> Member:
    """The member, if the speaker leads their organization; NotAllowed otherwise."""
    member = members.get(ctx.db, member_id)
    if not ctx.may(organizations.get(ctx.db, member.organization_id)):
        raise NotAllowed
    return member

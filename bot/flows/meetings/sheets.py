"""Who may have a meeting's printed invitation or calendar file, and how it comes: as a file, or by a link where the
platform takes none. Documents are written by a sweep: 27 pages take longer than a message may."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.meetings.calendar import MIME, calendar
from bot.invitations import name_of
from bot.meeting_links import MeetingLink, MeetingLinks, Sheet
from bot.messages import Choice, Platform, Reply
from bot.settings import Settings
from bot.texts import t
from storage import attendance, file_removal, invitation_jobs, meetings, members, organizations, outbox
from storage.db import Database
from storage.files import FileStore
from storage.invitation_jobs import InvitationJob
from storage.meetings import Meeting
from storage.members import LEADING, Member, Status
from storage.outbox import Delivery

MOST = 10
"""Documents of one sweep."""
GONE = timedelta(days=7)
"""So long after a meeting its links still open. [ours]"""


def ask_paper(ctx: Context, meeting_id: str) -> Reply:
    """One page for all, or one for each."""
    meeting = _led(ctx, meeting_id)
    count = len(attendance.counted(ctx.db, meeting.id or 0))
    choices = (
        Choice("meetings.paper-plain", t("meetings.choice-paper-plain"), meeting_id),
        Choice("meetings.paper-named", t("meetings.choice-paper-named", count=count), meeting_id),
    )
    return Reply(t("meetings.ask-paper", name=name_of(meeting, ctx.settings.zone)), choices)


def paper(ctx: Context, meeting_id: str, *, by_name: bool) -> Reply:
    """Ask for the document: a link at once, or the file from the next sweep."""
    meeting = _led(ctx, meeting_id)
    if ctx.incoming.platform == Platform.ZALO:
        return _linked(ctx, meeting, Sheet.NAMED if by_name else Sheet.PLAIN)
    job = InvitationJob(
        meeting_id=meeting.id or 0, member_id=ctx.my_id, channel_id=ctx.here.channel_id, chat_id=ctx.here.chat_id,
        named=by_name, asked_at=ctx.now,
    )  # fmt: skip
    invitation_jobs.ask(ctx.db, job)
    return Reply(t("meetings.paper-soon"))


def calendar_file(ctx: Context, meeting_id: str) -> Reply:
    """The calendar file of a meeting that the speaker is invited to or leads."""
    meeting = meetings.get(ctx.db, int(meeting_id))
    if not allowed(ctx.db, meeting, ctx.me, Sheet.CALENDAR):
        raise NotAllowed
    if ctx.incoming.platform == Platform.ZALO:
        return _linked(ctx, meeting, Sheet.CALENDAR)
    content = calendar(meeting, ctx.settings, ctx.now)
    stored = ctx.store.keep(ctx.db, content, name=file_name(meeting, Sheet.CALENDAR), mime="text/calendar", at=ctx.now)
    return Reply(t("meetings.calendar-here", name=name_of(meeting, ctx.settings.zone)), file_id=stored.id)


def my_calendars(ctx: Context) -> Reply:
    """The calendar file of the one meeting ahead, or the question which one."""
    found = [meeting for meeting, _ in attendance.open_for(ctx.db, ctx.me, ctx.now)][:6]
    if not found:
        return Reply(t("meetings.calendar-none"))
    if len(found) == 1:
        return calendar_file(ctx, str(found[0].id))
    zone = ctx.settings.zone
    choices = tuple(Choice("meetings.calendar", name_of(each, zone), str(each.id)) for each in found)
    return Reply(t("meetings.calendar-which"), choices)


def _led(ctx: Context, meeting_id: str) -> Meeting:
    meeting = meetings.get(ctx.db, int(meeting_id))
    ctx.require(organizations.get(ctx.db, meeting.organization_id))
    return meeting


def _linked(ctx: Context, meeting: Meeting, sheet: Sheet) -> Reply:
    link = MeetingLinks(ctx.settings.public_url).address(MeetingLink(sheet, meeting.id or 0, ctx.my_id))
    key = "meetings.file-link" if link else "meetings.file-no-link"
    return Reply(t(key, name=name_of(meeting, ctx.settings.zone)), link=link)


def allowed(session: Session, meeting: Meeting, member: Member, sheet: Sheet) -> bool:
    """Documents are for who leads the organization; the calendar also for who is invited."""
    if member.status == Status.LEFT:
        return False
    path = organizations.get(session, meeting.organization_id).path
    leads = any(kind in LEADING and path.startswith(top.path) for kind, top in members.roles(session, member.id or 0))
    invited = sheet is Sheet.CALENDAR and attendance.of(session, meeting.id or 0, member.id or 0) is not None
    return leads or invited


def made(session: Session, settings: Settings, link: MeetingLink, now: datetime) -> tuple[str, str, bytes] | None:
    """(name, MIME type, content) of what a link opens; None when it may not be opened any more."""
    try:
        meeting, member = meetings.get(session, link.meeting_id), members.get(session, link.member_id)
    except LookupError:
        return None
    if not allowed(session, meeting, member, link.sheet) or now > meeting.starts_at + GONE:
        return None
    name = file_name(meeting, link.sheet)
    if link.sheet is Sheet.CALENDAR:
        return name, MIME, calendar(meeting, settings, now)
    from bot.flows.meetings import letters  # loads a library that the running bot seldom needs

    letter = letters.letter_of(session, settings, meeting, now, named_pages=link.sheet is Sheet.NAMED)
    return name, letters.DOCX, letters.written(letter)


def file_name(meeting: Meeting, sheet: Sheet) -> str:
    """`giay-moi-12.docx`, `lich-hop-12.ics`."""
    return f"lich-hop-{meeting.id}.ics" if sheet is Sheet.CALENDAR else f"giay-moi-{meeting.id}.docx"


# --- the sweep ------------------------------------------------------------------------------------------------------
def sweep(database: Database, store: FileStore, settings: Settings, clock: Clock) -> int:
    """Write the documents that were asked for and remove old ones; returns how many messages were queued."""
    with database.reading() as session:
        found = [job.id or 0 for job in invitation_jobs.waiting(session, MOST)]
        outdated = bool(invitation_jobs.old(session, clock.now() - timedelta(days=settings.report_days)))
    queued = sum(_make(database, store, settings, clock, job_id) for job_id in found)
    if outdated:
        with database.transaction() as session:
            for job in invitation_jobs.old(session, clock.now() - timedelta(days=settings.report_days)):
                file_removal.discard(session, store, invitation_jobs.release(session, job))
    return queued


def _make(database: Database, store: FileStore, settings: Settings, clock: Clock, job_id: int) -> int:
    """Writing takes its time, so it holds no lock; only storing and queueing is a transaction."""
    with database.reading() as session:
        job = session.get_one(InvitationJob, job_id)
        sheet = Sheet.NAMED if job.named else Sheet.PLAIN
        file = made(session, settings, MeetingLink(sheet, job.meeting_id, job.member_id), clock.now())
    with database.transaction() as session:
        taken = invitation_jobs.take(session, job_id)
        if taken is None:
            return 0
        taken.done_at = clock.now()
        if file is None:
            return 0
        name, mime, content = file
        stored = store.keep(session, content, name=name, mime=mime, at=taken.done_at)
        taken.file_id = stored.id
        row = Delivery(
            channel_id=taken.channel_id, chat_id=taken.chat_id, member_id=taken.member_id, file_id=stored.id,
            text=t("meetings.paper-here"), once=f"letter:{job_id}", created_at=taken.done_at, due_at=taken.done_at,
        )  # fmt: skip
        return int(outbox.queue(session, row) is not None)

"""The job behind "bảng đọc": draw pictures, write the workbook, send them to whoever asked. A sweep, no handler.

On Zalo, where bots send no files, one message with a link to a page of its own.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import charts
from bot.clock import Clock
from bot.flows.documents import matrix, sheets
from bot.flows.documents.matrix import NAMES, PICTURED, SHEETED
from bot.messages import Platform
from bot.report_links import ReportLinks
from bot.settings import Settings
from bot.texts import t
from storage import file_removal, members, organizations, outbox, report_jobs, sight
from storage.channels import Channel
from storage.db import Database
from storage.files import FileStore
from storage.members import LEADING, Member, Status
from storage.organizations import Organization
from storage.outbox import Delivery
from storage.report_jobs import ReportJob, ReportState

PNG = "image/png"
MOST = 10
"""Jobs of one sweep."""
File = tuple[str, str, bytes]
"""(name, MIME type, content)"""


def sweep(database: Database, store: FileStore, settings: Settings, clock: Clock) -> int:
    """Make what was asked for and remove what is old; returns how many messages were queued."""
    queued = 0
    with database.reading() as session:
        anything = report_jobs.waiting(session)
    for _ in range(MOST if anything else 0):
        with database.transaction() as session:
            job = report_jobs.claim(session, clock.now())
            job_id = job.id or 0 if job is not None else 0
        if not job_id:
            break
        queued += _make(database, store, settings, clock, job_id)
    _clear(database, store, settings, clock.now())
    return queued


def _make(database: Database, store: FileStore, settings: Settings, clock: Clock, job_id: int) -> int:
    """Drawing takes its time, so it holds no lock; only storing and queueing is a transaction."""
    with database.reading() as session:
        job = report_jobs.get(session, job_id)
        if job.state != ReportState.WAITING or not allowed(session, job):
            return 0
        top = organizations.get(session, job.organization_id)
        files = draw(session, job, settings, clock.now())
    with database.transaction() as session:
        now = clock.now()
        ids = [store.keep(session, data, name=name, mime=mime, at=now).id or 0 for name, mime, data in files]
        done = report_jobs.finish(session, job_id, ids, now)
        return _send(session, settings, done, top, now) if done is not None else 0


def allowed(session: Session, job: ReportJob) -> bool:
    """Whether who asked still leads that organization: roles end."""
    member = session.get(Member, job.member_id)
    path = organizations.get(session, job.organization_id).path
    held = members.roles(session, job.member_id)
    leads = any(kind in LEADING and path.startswith(top.path) for kind, top in held)
    return member is not None and member.status != Status.LEFT and leads


def draw(session: Session, job: ReportJob, settings: Settings, now: datetime) -> list[File]:
    """The pictures in order, then the workbook."""
    zone, top = settings.zone, organizations.get(session, job.organization_id)
    who = sight.of_member(session, members.get(session, job.member_id))
    if job.kind == NAMES:
        chart = matrix.names_chart(matrix.names(session, who, top, limit=PICTURED), now, zone)
        book = sheets.names_book(matrix.names(session, who, top, limit=SHEETED), zone)
    else:
        chart = matrix.branches_chart(matrix.branches(session, who, top, limit=PICTURED), now, zone)
        book = sheets.branches_book(matrix.branches(session, who, top, limit=SHEETED), zone)
    drawn = charts.pictures(chart)
    name = f"bang-doc-{now.astimezone(zone):%Y-%m-%d}"
    return [
        *((f"{name}-{number}.png", PNG, data) for number, data in enumerate(drawn, start=1)),
        (f"{name}.xlsx", sheets.XLSX, book),
    ]


def _send(session: Session, settings: Settings, job: ReportJob, top: Organization, now: datetime) -> int:
    channel = session.get(Channel, job.channel_id)
    ids = report_jobs.file_ids(session, job.id or 0)
    if channel is not None and channel.platform == Platform.ZALO:
        link = ReportLinks(settings.public_url).address(job.id or 0, job.member_id)
        key = "acknowledging.table-link" if link else "acknowledging.table-no-link"
        _queue(session, job, t(key, name=top.name, days=settings.report_days), now, link=link)
        return 1
    for number, file_id in enumerate(ids, start=1):
        is_book = number == len(ids)
        text = t(
            "acknowledging.table-book" if is_book else "acknowledging.table-picture",
            name=top.name, number=number, count=len(ids) - 1,
        )  # fmt: skip
        _queue(session, job, text, now, file_id=file_id)
    return len(ids)


def _queue(
    session: Session, job: ReportJob, text: str, now: datetime, *, file_id: int | None = None, link: str = ""
) -> None:
    delivery = Delivery(
        channel_id=job.channel_id, chat_id=job.chat_id, member_id=job.member_id, text=text, file_id=file_id, link=link,
        once=f"report:{job.id}:{file_id or 0}", created_at=now, due_at=now,
    )  # fmt: skip
    outbox.queue(session, delivery)


def _clear(database: Database, store: FileStore, settings: Settings, now: datetime) -> None:
    """Names and what they read are kept no longer than needed (setting report_days)."""
    before = now - timedelta(days=settings.report_days)
    with database.reading() as session:
        if not report_jobs.old(session, before):
            return
    with database.transaction() as session:
        for job in report_jobs.old(session, before):
            job.state = ReportState.REMOVED
            file_removal.discard(session, store, report_jobs.release(session, job.id or 0))

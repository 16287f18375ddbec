"""What the pages of tasks show, and to whom: a member's own tasks, what happened to each, pictures of reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.context import Context
from bot.courtesy import named
from bot.dates import day
from bot.errors import BadInput
from bot.flows.tasks.wording import GIVING, due, is_late, state
from bot.task_links import TaskLink, TaskLinks, Thing
from bot.texts import t
from storage import files, members, organizations, reading_links, tasks
from storage.files import StoredFile
from storage.members import Member, Status
from storage.tasks import Act, Task, TaskReport, TaskState

TOLD = frozenset({Act.ACCEPTED, Act.PROGRESS, Act.REPORT, Act.EXTENSION, Act.GRANTED, Act.REFUSED, Act.RETURNED})
"""Steps that a task's page tells."""
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
DONE_SHOWN = 50
"""Finished tasks that the page shows, newest first. [ours]"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One task as the page shows it. `said`: what happened, oldest first; `pictures`: steps with one."""

    number: int
    title: str
    due: str
    state: str
    giver: str
    late: bool
    said: list[str]
    pictures: list[int]


@dataclass
class Page:
    """A member's tasks under headings: what waits for an answer, what is being done, what waits for others, what is
    done."""

    name: str
    groups: list[tuple[str, list[Entry]]] = field(default_factory=list)


def link(ctx: Context, thing: Thing, row_id: int) -> str:
    """A link for the speaker in this chat; "" without a public address."""
    made = TaskLink(thing, row_id, ctx.my_id, ctx.here.channel_id, ctx.now)
    return TaskLinks(ctx.settings.public_url).address(made)


def opened(session: Session, found: TaskLink, thing: Thing) -> Member:
    """The member that a link is for. BadInput when it is for something else, or no longer counts."""
    member = session.get(Member, found.member_id)
    gone = member is None or member.status == Status.LEFT
    counts = reading_links.counts(session, found.member_id, channel_id=found.channel_id, made_at=found.made_at)
    if member is None or gone or found.thing != thing or not counts:
        raise BadInput("taskpage.wrong-link")
    return member


def picture(session: Session, member: Member, step_id: int) -> StoredFile:
    """The picture of a report, for who may see the task; BadInput, the same for everything that does not open."""
    row = session.get(TaskReport, step_id)
    if row is None or row.file_id is None or row.undone_at is not None:
        raise BadInput("taskpage.wrong-link")
    task = tasks.get(session, row.task_id)
    if not _sees(session, member, task, row):
        raise BadInput("taskpage.wrong-link")
    return files.get(session, row.file_id)


def _sees(session: Session, member: Member, task: Task, row: TaskReport) -> bool:
    """Who made the report, and who leads where the task belongs."""
    if member.id == row.member_id:
        return True
    path = organizations.get(session, task.organization_id).path
    roles = members.roles(session, member.id or 0)
    return any(kind in GIVING and path.startswith(top.path) for kind, top in roles)


def own(session: Session, member: Member, now: datetime, zone: ZoneInfo) -> Page:
    """The page of one member."""
    today = now.astimezone(zone).date()
    new_year = datetime(today.year, 1, 1, tzinfo=zone)
    found = tasks.open_of(session, member.id or 0)
    found += tasks.done_of(session, member.id or 0, new_year, DONE_SHOWN)
    page = Page(member.full_name)
    for kind in (TaskState.GIVEN, TaskState.ACCEPTED, TaskState.REPORTED, TaskState.DONE):
        entries = [_entry(session, task, member, today, zone) for task in found if task.state == kind]
        if entries:
            page.groups.append((t(f"taskpage.group-{kind}", count=len(entries)), entries))
    return page


def _entry(session: Session, task: Task, member: Member, today: date, zone: ZoneInfo) -> Entry:
    mine = _own_steps(session, task)
    giver = members.get(session, task.given_by) if task.given_by else None
    return Entry(
        number=task.number,
        title=task.title,
        due=due(task),
        state=state(task, today),
        giver=named(giver) if giver is not None and giver.id != member.id else "",
        late=task.state != TaskState.DONE and is_late(task, today),
        said=[_said(row, zone) for row in mine if row.kind in TOLD],
        pictures=[row.id or 0 for row in mine if row.file_id is not None and row.member_id == member.id],
    )


def _own_steps(session: Session, task: Task) -> list[TaskReport]:
    """What happened since this member has it: what another doer said before is no business of this one."""
    found = tasks.steps(session, task.id or 0)
    handed = [at for at, row in enumerate(found) if row.kind == Act.HANDED_OVER]
    return found[handed[-1] :] if handed else found


def _said(row: TaskReport, zone: ZoneInfo) -> str:
    at = row.at.astimezone(zone).strftime("%d/%m")
    until = day(row.until) if row.until else ""
    return t(f"taskpage.step-{row.kind}", at=at, percent=row.percent or 0, until=until)

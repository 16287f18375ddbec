"""Giving: rows, first reminders, and one private message to each doer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.courtesy import hail, named
from bot.flows.tasks.wording import about, choice, clip, due
from bot.messages import Choice
from bot.texts import t
from storage import members, notes, tasks
from storage.notes import Note
from storage.outbox import Lane
from storage.tasks import Task, TaskReport, TaskState

BEFORE = timedelta(days=3)
"""The first reminder comes so long before the day; the second on the day itself (issue 5). [ours]"""
SHOWN = 8
"""Tasks that one message lists by title. [ours]"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A task to be. `member_id` None: nobody is named yet."""

    organization_id: int
    title: str
    member_id: int | None = None
    due_on: date | None = None
    meeting_id: int | None = None
    item_id: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Where tasks are given from: the open transaction, the moment, the zone, and who gives (None: a command line)."""

    session: Session
    now: datetime
    zone: ZoneInfo
    by: int | None

    @property
    def today(self) -> date:
        """The day in the installation's zone."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Given:
    """What has been given, and the doers who could not be written to."""

    tasks: list[Task]
    steps: list[TaskReport]
    unreachable: list[int]


def first_reminder(due_on: date | None, today: date) -> date | None:
    """The first day after today on which the doer of a task is reminded; None without a day."""
    if due_on is None:
        return None
    return max(due_on - BEFORE, today + timedelta(days=1))


def give(desk: Desk, wanted: Sequence[Wanted]) -> Given:
    """Make these tasks. Each doer gets one message; who gives a task to himself has accepted it."""
    made, steps = [], []
    for each in wanted:
        own = each.member_id is not None and each.member_id == desk.by
        task = Task(
            organization_id=each.organization_id, year=desk.today.year, number=0, title=each.title,
            member_id=each.member_id, given_by=desk.by, meeting_id=each.meeting_id, item_id=each.item_id,
            due_on=each.due_on, state=TaskState.ACCEPTED if own else TaskState.GIVEN, given_at=desk.now,
            accepted_at=desk.now if own else None, remind_on=first_reminder(each.due_on, desk.today),
            source=each.source,
        )  # fmt: skip
        steps.append(tasks.add(desk.session, task, by=desk.by))
        made.append(task)
    return Given(made, steps, tell(desk, made))


def tell(desk: Desk, made: Sequence[Task]) -> list[int]:
    """Write to the doers of tasks that are new to them; returns the ids of those who cannot be written to."""
    by_doer: dict[int, list[Task]] = {}
    for task in made:
        if task.member_id is not None and task.member_id != desk.by:
            by_doer.setdefault(task.member_id, []).append(task)
    missed = []
    for member_id, mine in by_doer.items():
        if not notes.tell(desk.session, member_id, _note(desk, member_id, mine), desk.now):
            missed.append(member_id)
    return missed


def _note(desk: Desk, member_id: int, mine: list[Task]) -> Note:
    last = tasks.steps(desk.session, mine[-1].id or 0)[-1]
    who = hail(members.get(desk.session, member_id))
    giver = named(members.get(desk.session, desk.by)) if desk.by else t("tasks.the-branch")
    text, choices = _one(mine[0], who, giver) if len(mine) == 1 else _several(mine, who, giver)
    return Note(
        text, about(mine[0]) if len(mine) == 1 else "", [asdict(each) for each in choices],
        once=f"task-given:{last.id}", lane=Lane.URGENT,
    )  # fmt: skip


def _one(task: Task, who: str, giver: str) -> tuple[str, tuple[Choice, ...]]:
    text = t(
        "tasks.given", who=who[:1].upper() + who[1:], number=task.number, title=clip(task.title, 300), due=due(task),
        giver=giver,
    )  # fmt: skip
    return text, answers(task)


def answers(task: Task) -> tuple[Choice, ...]:
    """The two answers to a task that was given."""
    return (choice("accept", "accept", task.id), choice("decline", "decline", task.id))


def _several(mine: list[Task], who: str, giver: str) -> tuple[str, tuple[Choice, ...]]:
    lines = [t("tasks.given-several", who=who[:1].upper() + who[1:], count=len(mine), giver=giver)]
    for task in mine[:SHOWN]:
        day = task.due_on.strftime("%d/%m") if task.due_on else t("tasks.no-day")
        lines.append(t("tasks.given-line", number=task.number, title=clip(task.title, 70), due=day))
    if len(mine) > SHOWN:
        lines.append(t("tasks.and-more", count=len(mine) - SHOWN))
    ids = ",".join(str(task.id) for task in mine)
    return "\n".join(lines), (
        choice("accept-all", "accept-all", ids, count=len(mine)), choice("decline-one", "decline-one", ids),
    )  # fmt: skip

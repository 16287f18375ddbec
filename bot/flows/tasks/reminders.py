"""What the scheduler does for tasks: one reminder a day to each doer, and tasks whose doer has left."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.courtesy import hail
from bot.dates import is_quiet
from bot.flows.tasks.wording import about, choice, clip, due, state
from bot.messages import Choice
from bot.settings import Settings
from bot.texts import t
from storage import members, notes, tasks
from storage.db import Database
from storage.notes import Note
from storage.outbox import Lane
from storage.tasks import Task, TaskState

EVERY = timedelta(days=7)
"""Overdue tasks are reminded of at most weekly, … (issue 5)"""
MOST = 3
"""… and so often at most; what is left then is a matter between people."""
BATCH, ROUNDS = 200, 100
"""Doers of one transaction, and transactions of one sweep; the next sweep goes on."""
SHOWN = 4


def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Queue what is due; returns how many messages. In quiet hours everything waits for the morning."""
    if is_quiet(clock.now(), settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    queued = 0
    for _ in range(ROUNDS):
        now = clock.now()
        today = now.astimezone(settings.zone).date()
        with database.reading() as session:
            if not tasks.anything_to_remind(session, today):
                break
        with database.transaction() as session:
            found = tasks.to_remind(session, today, BATCH)
            queued += _remind(session, found, now, today)
        if not found:  # another process is at work on them
            break
    return queued + _left_behind(database, clock)


def next_day(task: Task, today: date) -> date | None:
    """When its doer is reminded again after a reminder today; None when that was the last one."""
    if task.due_on is None or task.overdue_reminders >= MOST:
        return None
    if task.due_on > today:
        return task.due_on
    return today + (timedelta(days=1) if task.due_on == today else EVERY)


def _remind(session: Session, found: list[Task], now: datetime, today: date) -> int:
    by_doer: dict[int, list[Task]] = {}
    for task in found:
        if task.due_on is not None and task.due_on < today:
            task.overdue_reminders += 1
        task.remind_on = next_day(task, today)
        session.add(task)
        by_doer.setdefault(task.member_id or 0, []).append(task)
    session.flush()
    words = {member_id: _note(session, member_id, mine, today) for member_id, mine in by_doer.items()}
    return notes.tell_all(session, words, words, now)


def _note(session: Session, member_id: int, mine: list[Task], today: date) -> Note:
    """All that is due of one doer in one message: at most one a day."""
    who = hail(members.get(session, member_id))
    once = f"task-reminder:{member_id}:{today.isoformat()}"
    if len(mine) == 1:
        task = mine[0]
        text = t(
            "tasks.reminder", who=who[:1].upper() + who[1:], number=task.number, title=clip(task.title), due=due(task),
            state=state(task, today),
        )  # fmt: skip
        return Note(text, about(task), [asdict(each) for each in _choices(task)], once=once, lane=Lane.URGENT)
    lines = [t("tasks.reminder-several", who=who[:1].upper() + who[1:], count=len(mine))]
    for task in mine[:SHOWN]:
        day = task.due_on.strftime("%d/%m") if task.due_on else ""
        lines.append(t("tasks.line", number=task.number, title=clip(task.title, 50), due=day, state=state(task, today)))
    one_by_one = [choice("show", "number", task.id, number=task.number) for task in mine[:SHOWN]]
    return Note("\n".join(lines), "", [asdict(each) for each in one_by_one], once=once, lane=Lane.URGENT)


def _choices(task: Task) -> tuple[Choice, ...]:
    first = (choice("accept", "accept", task.id),) if task.state == TaskState.GIVEN else ()
    return (
        *first, choice("done", "done", task.id), choice("progress", "progress", task.id),
        choice("extend", "extend", task.id),
    )  # fmt: skip


def _left_behind(database: Database, clock: Clock) -> int:
    """Whoever gave a task, or leads its branch, hears that its doer has left."""
    with database.reading() as session:
        if not tasks.left_behind(session, 1):
            return 0
    with database.transaction() as session:
        found = tasks.left_behind(session, BATCH)
        groups: dict[tuple[int, int], list[Task]] = {}
        for task in found:
            task.orphaned = True
            session.add(task)
            groups.setdefault((task.organization_id, task.member_id or 0), []).append(task)
        return sum(_tell_leader(session, *key, mine, clock.now()) for key, mine in groups.items())


def _tell_leader(session: Session, organization_id: int, member_id: int, mine: list[Task], now: datetime) -> int:
    leader = notes.leader_of(session, organization_id, default=mine[0].given_by)
    if leader is None:
        return 0
    numbers = ", ".join(str(task.number) for task in mine)
    text = t("tasks.doer-left", who=members.get(session, member_id).full_name, numbers=numbers, count=len(mine))
    ids = ",".join(str(task.id) for task in mine)
    choices = [asdict(choice("hand", "hand-all", ids))]
    once = f"task-left:{mine[-1].id}:{member_id}"
    return int(notes.tell(session, leader, Note(text, "", choices, once=once, lane=Lane.URGENT), now))

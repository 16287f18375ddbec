"""A plan's rows against what is there: new tasks, changed days, rows that are tasks already. And tasks as a sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from bot.dates import day
from bot.flows.tasks.giving import Desk, Given, Wanted, first_reminder, give
from bot.flows.tasks.plan import Row
from bot.flows.tasks.wording import choice, note, state
from bot.matching import fold
from bot.texts import t
from storage import audit, members, notes, organizations, tasks
from storage.tasks import OPEN, Act, Task, TaskReport, TaskState

COLUMNS = ("branch", "number", "title", "doer", "due", "state", "percent", "done", "in-time")
WIDTHS = (24, 10, 60, 26, 14, 26, 8, 14, 10)


@dataclass
class Outcome:
    """What an import has done, or would do."""

    new: list[Row] = field(default_factory=list)
    moved: list[Row] = field(default_factory=list)
    """The same task with another day."""
    same: int = 0
    given: Given | None = None
    """None after a dry run."""


def take(desk: Desk, rows: list[Row], *, dry_run: bool) -> Outcome:
    """Give what is new, move what has another day; a second run of the same file changes nothing. Each doer gets one
    message for all that is new."""
    outcome, wanted = Outcome(), []
    if not dry_run:
        audit.take_turns(desk.session)  # two who import the same plan at once: the second finds what the first gave
    for row in rows:
        home = row.member.organization_id
        source = tasks.source_key(home, fold(row.title), row.member.id)
        known = tasks.of_source(desk.session, home, source) or _by_hand(desk, row)
        if known is None or _is_over(known, row):
            outcome.new.append(row)
            wanted.append(Wanted(home, row.title, row.member.id, row.due_on, source=source))
            if known is not None and not dry_run:
                tasks.forget_source(desk.session, known)
        elif known.state in OPEN and row.due_on is not None and known.due_on != row.due_on:
            outcome.moved.append(row)
            if not dry_run:
                _move(desk, known, row)
        else:
            outcome.same += 1
    if not dry_run:
        outcome.given = give(desk, wanted)
    return outcome


def _by_hand(desk: Desk, row: Row) -> Task | None:
    """The open task of this doer with the same words that did not come out of a plan."""
    mine = tasks.open_of(desk.session, row.member.id or 0)
    return next((task for task in mine if fold(task.title) == fold(row.title)), None)


def _is_over(known: Task, row: Row) -> bool:
    """Called off, or done already and wanted again for a later day: every month has its cleaning of the hall."""
    again = row.due_on is not None and (known.due_on is None or row.due_on > known.due_on)
    return known.state == TaskState.CANCELLED or (known.state == TaskState.DONE and again)


def _move(desk: Desk, task: Task, row: Row) -> None:
    step = TaskReport(task_id=task.id or 0, kind=Act.GRANTED, member_id=desk.by, until=row.due_on, at=desk.now)
    tasks.change(
        desk.session, task, step, due_on=row.due_on, remind_on=first_reminder(row.due_on, desk.today),
        overdue_reminders=0,
    )  # fmt: skip
    if task.member_id is None or row.due_on is None:
        return
    text = t("tasks.moved-doer", number=task.number, title=task.title, day=day(row.due_on))
    word = note(task, f"step:{step.id}", text, (choice("show", "number", task.id, number=task.number),))
    notes.tell(desk.session, task.member_id, word, desk.now)


def sheet(desk: Desk, found: list[Task]) -> bytes:
    """The workbook's bytes. Everything that people wrote is a string, so that no cell becomes a formula."""
    import xlsxwriter  # 15 MB that the running bot seldom needs

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet(t("taskcli.sheet"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        page.set_column(column, column, width, wrapped)
        page.write_string(0, column, t(f"taskcli.column-{name}"), bold)
    page.freeze_panes(1, 3)
    for row, task in enumerate(found, start=1):
        for column, cell in enumerate(_cells(desk, task)):
            page.write_string(row, column, cell)
    book.close()
    return buffer.getvalue()


def _cells(desk: Desk, task: Task) -> tuple[str, ...]:
    done = task.done_at.astimezone(desk.zone).strftime("%d/%m/%Y") if task.done_at else ""
    in_time = "" if task.in_time is None else t(f"taskcli.{'yes' if task.in_time else 'no'}")
    return (
        organizations.get(desk.session, task.organization_id).name,
        f"{task.number}/{task.year}",
        task.title,
        members.get(desk.session, task.member_id).full_name if task.member_id else t("tasks.nobody"),
        task.due_on.strftime("%d/%m/%Y") if task.due_on else "",
        state(task, desk.today),
        f"{task.percent}%",
        done,
        in_time,
    )

"""What a task is called, how its day and its state read, and the limits of its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlmodel import Session

from bot.context import Context
from bot.courtesy import named
from bot.dates import day
from bot.messages import Choice
from bot.texts import t
from storage import members
from storage.members import LEADING, RoleKind
from storage.notes import Note
from storage.outbox import Lane
from storage.tasks import UNDONE, Task, TaskState

GIVING = LEADING | {RoleKind.COMMITTEE, RoleKind.CELL_LEADER}
"""Who may give tasks, and decide on those of their subtree."""
SHORTEST, LONGEST = 3, 500
"""Characters of a task's title or of a report. [ours]"""
LIST = 6
"""Tasks that one list shows. [ours]"""
ABOUT = "task:"


def about(task: Task) -> str:
    """What messages on this task carry in `about`."""
    return f"{ABOUT}{task.id}"


def clip(text: str, limit: int = 90) -> str:
    """One line of at most `limit` characters."""
    shown = " ".join(text.split())
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def capital(text: str) -> str:
    """A line that begins with how somebody is called, as a sentence begins."""
    return text[:1].upper() + text[1:]


def today(ctx: Context) -> date:
    """The day in the installation's zone."""
    return day_of(ctx, ctx.now)


def day_of(ctx: Context, at: datetime) -> date:
    """The day of a moment in the installation's zone."""
    return at.astimezone(ctx.settings.zone).date()


def due(task: Task) -> str:
    """`thứ Sáu, ngày 27/11/2026`, "không đặt hạn" where there is none."""
    return day(task.due_on) if task.due_on else t("tasks.no-day")


def is_late(task: Task, now: date) -> bool:
    """Past its day, and its doer has not reported it as done."""
    return task.due_on is not None and task.due_on < now and task.state in UNDONE


def state(task: Task, now: date) -> str:
    """`đã nhận, xong 50%`, `quá hạn 3 ngày`."""
    if task.state == TaskState.ACCEPTED and task.percent:
        said = t("tasks.state-percent", percent=task.percent)
    else:
        said = t(f"tasks.state-{task.state}")
    if task.due_on is not None and is_late(task, now):
        return t("tasks.state-late", state=said, days=(now - task.due_on).days)
    return said


def doer(session: Session, task: Task) -> str:
    """The doer to somebody else: `bác Trần Thị Lan`; "chưa có người làm"."""
    return named(members.get(session, task.member_id)) if task.member_id else t("tasks.nobody")


def line(task: Task, now: date) -> str:
    """One task in its doer's list: `Việc số 3: Dọn nhà văn hóa – hạn 27/11, quá hạn 2 ngày.`"""
    shown = task.due_on.strftime("%d/%m") if task.due_on else t("tasks.no-day")
    return t("tasks.line", number=task.number, title=clip(task.title, 50), due=shown, state=state(task, now))


def choice(action: str, key: str, argument: object, **values: object) -> Choice:
    """A choice of ours: action "tasks.<action>", label "tasks.choice-<key>"."""
    return Choice(f"tasks.{action}", t(f"tasks.choice-{key}", **values), str(argument))


def note(task: Task, mark: str, text: str, choices: Sequence[Choice] = ()) -> Note:
    """A message on a task that comes by itself; `mark` keeps it from being queued twice."""
    return Note(text, about(task), [asdict(each) for each in choices], once=f"task:{mark}", lane=Lane.URGENT)


def receipt_choices(step_ids: list[int]) -> tuple[Choice, ...]:
    """Below what was recorded: right, or take it back."""
    return (choice("right", "right", ""), choice("undo", "undo", ",".join(map(str, step_ids))))

"""What the giver of a task decides: confirmed, not done yet, more time granted or refused, called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.context import Context
from bot.courtesy import hail
from bot.errors import BadInput
from bot.flows.tasks.doing import settle, step
from bot.flows.tasks.finding import decidable, may_decide, visible
from bot.flows.tasks.giving import answers, first_reminder
from bot.flows.tasks.page import PICTURES, link
from bot.flows.tasks.wording import GIVING, about, choice, clip, day_of, doer, due, note, receipt_choices, today
from bot.messages import Choice, Platform, Reply
from bot.task_links import Thing
from bot.texts import t
from storage import audit, files, members, notes, tasks
from storage.notes import Note
from storage.tasks import Act, Task, TaskReport, TaskState


def confirm(ctx: Context, task_ids: Sequence[int]) -> Reply:
    """Done: one task, or several at once. What is confirmed already is told, not done twice."""
    ctx.close_question()
    audit.take_turns(ctx.db)  # before the first task is locked: two who confirm the same ones do not wait crosswise
    steps, done = [], []
    for task_id in task_ids:
        task = decidable(ctx, task_id)
        settle(ctx, task)
        done.append(task)
        if task.state == TaskState.DONE:
            continue
        row = step(ctx, task, Act.DONE)
        reported = tasks.last_of(ctx.db, task_id, [Act.REPORT]) if task.state == TaskState.REPORTED else None
        at = reported.at if reported else ctx.now
        in_time = task.due_on is None or day_of(ctx, at) <= task.due_on
        tasks.change(
            ctx.db, task, row, state=TaskState.DONE, percent=100, done_at=at, in_time=in_time, remind_on=None
        )  # fmt: skip
        ctx.audit("task.confirmed", f"task:{task.id}")
        _tell(ctx, task, row, t("tasks.confirmed-doer", number=task.number, title=clip(task.title)))
        steps.append(row.id or 0)
    if not done:
        return Reply(t("tasks.none-waits"), ends=True)
    if not steps:
        return Reply(t("tasks.is-done", number=done[0].number), ends=True)
    return Reply(_confirmed(ctx, done, len(steps)), receipt_choices(steps), about=about(done[0]))


def _confirmed(ctx: Context, done: list[Task], count: int) -> str:
    if count > 1:
        return t("tasks.confirmed-several", count=count, numbers=", ".join(str(each.number) for each in done[:20]))
    task = done[0]
    return t("tasks.confirmed", number=task.number, title=clip(task.title, 60), doer=doer(ctx.db, task))


def waiting(ctx: Context) -> list[Task]:
    """What waits for the speaker's confirmation."""
    paths = [top.path for top in ctx.led(GIVING)]
    found = tasks.listed(ctx.db, paths, *tasks.is_reported()) if paths else []
    return [task for task in found if may_decide(ctx, task)]


def send_back(ctx: Context, task_id: int) -> Reply:
    """Not done yet: it goes on, and its doer is told."""
    task = decidable(ctx, task_id)
    if task.state not in {TaskState.REPORTED, TaskState.DONE}:
        return Reply(t("tasks.was-not-reported", number=task.number), ends=True)
    ctx.close_question()
    row = step(ctx, task, Act.RETURNED)
    tasks.change(
        ctx.db, task, row, state=TaskState.ACCEPTED, percent=90, done_at=None, in_time=None,
        remind_on=first_reminder(task.due_on, today(ctx)),
    )  # fmt: skip
    _tell(ctx, task, row, t("tasks.returned-doer", number=task.number, title=clip(task.title), due=due(task)))
    shown = t("tasks.returned", number=task.number, doer=doer(ctx.db, task))
    return Reply(shown, receipt_choices([row.id or 0]), about=about(task))


def judge(ctx: Context, step_id: int, *, granted: bool) -> Reply:
    """More time: yes or no. The first answer holds; who comes second reads it."""
    asked, task = _asked(ctx, step_id)
    ctx.close_question()
    given = tasks.last_of(ctx.db, task.id or 0, [Act.EXTENSION, Act.GRANTED, Act.REFUSED])
    if given is None or given.id != asked.id:
        return Reply(t("tasks.extension-answered", number=task.number, day=due(task)), ends=True)
    row = step(ctx, task, Act.GRANTED if granted else Act.REFUSED, until=asked.until)
    if granted:
        tasks.change(
            ctx.db, task, row, due_on=asked.until, remind_on=first_reminder(asked.until, today(ctx)),
            overdue_reminders=0,
        )  # fmt: skip
    else:
        tasks.change(ctx.db, task, row)
    key = "granted" if granted else "refused"
    _tell(ctx, task, row, t(f"tasks.{key}-doer", number=task.number, title=clip(task.title, 60), day=due(task)))
    shown = t(f"tasks.{key}", number=task.number, doer=doer(ctx.db, task), day=due(task))
    return Reply(shown, receipt_choices([row.id or 0]), about=about(task))


def keep(ctx: Context, step_id: int) -> Reply:
    """Its doer wanted another one, and is asked to do it all the same."""
    _, task = _asked(ctx, step_id)
    ctx.close_question()
    row = tasks.change(ctx.db, task, step(ctx, task, Act.REFUSED))
    text = t("tasks.kept-doer", number=task.number, title=clip(task.title), due=due(task))
    _tell(ctx, task, row, text, answers(task) if task.state == TaskState.GIVEN else ())
    return Reply(t("tasks.kept", number=task.number, doer=doer(ctx.db, task)), ends=True)


def _asked(ctx: Context, step_id: int) -> tuple[TaskReport, Task]:
    asked = tasks.step(ctx.db, step_id)
    task = decidable(ctx, asked.task_id)
    if asked.undone_at is not None or asked.member_id != task.member_id or task.state == TaskState.DONE:
        raise BadInput("tasks.request-gone", number=task.number)
    return asked, task


def call_off(ctx: Context, task_id: int) -> Reply:
    """It is not to be done any more."""
    task = decidable(ctx, task_id)
    settle(ctx, task)
    row = step(ctx, task, Act.CANCELLED)
    tasks.change(ctx.db, task, row, state=TaskState.CANCELLED, remind_on=None)
    ctx.audit("task.cancelled", f"task:{task.id}")
    _tell(ctx, task, row, t("tasks.cancelled-doer", number=task.number, title=clip(task.title)))
    shown = t("tasks.cancelled", number=task.number, title=clip(task.title, 60))
    return Reply(shown, receipt_choices([row.id or 0]), about=about(task))


def _tell(ctx: Context, task: Task, row: TaskReport, text: str, choices: Sequence[Choice] = ()) -> None:
    tell_doer(ctx, task.member_id, note(task, f"step:{row.id}", text, choices))


def tell_doer(ctx: Context, member_id: int | None, word: Note) -> bool:
    """Write to a doer, unless the doer took the step; `word.text` gets the polite address in front."""
    if member_id is None or member_id == ctx.my_id:
        return False
    who = hail(members.get(ctx.db, member_id))
    shown = t("tasks.to-doer", who=who[:1].upper() + who[1:], text=word.text)
    return notes.tell(ctx.db, member_id, replace(word, text=shown), ctx.now)


def photo(ctx: Context, step_id: int) -> Reply:
    """The picture of a report, for those who may see the task."""
    row = tasks.step(ctx.db, step_id)
    task = visible(ctx, row.task_id)
    if row.file_id is None:
        return Reply(t("tasks.no-photo", number=task.number))
    more = (choice("confirm", "confirm", task.id), choice("return", "return", task.id))
    asked = more if task.state == TaskState.REPORTED and may_decide(ctx, task) else ()
    shown = t("tasks.photo", number=task.number)
    if ctx.incoming.platform is Platform.TELEGRAM:
        return Reply(shown, asked, file_id=row.file_id, about=about(task))
    address = link(ctx, Thing.PICTURE, step_id) if files.get(ctx.db, row.file_id).mime in PICTURES else ""
    if not address:
        return Reply(t("tasks.photo-elsewhere", number=task.number), asked, about=about(task))
    return Reply(shown, asked, link=address, about=about(task))

"""Taking back the last step of a task: for who took it, as long as nothing followed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput, NotAllowed
from bot.flows.tasks.deciding import tell_doer
from bot.flows.tasks.doing import tell_decider
from bot.flows.tasks.wording import about, clip, note
from bot.messages import Reply
from bot.texts import t
from storage import audit, tasks
from storage.tasks import Act, Task, TaskReport

TOLD = {Act.DECLINED, Act.REPORT, Act.EXTENSION}
"""Steps of a doer of which the giver was told."""


def undo(ctx: Context, step_ids: Sequence[int]) -> Reply:
    """Put back what these steps changed, and say so to whoever was told. A repeat changes nothing."""
    ctx.close_question()
    audit.take_turns(ctx.db)  # before the first task is locked, as in deciding.confirm
    undone = [task for step_id in step_ids if (task := _undo(ctx, step_id)) is not None]
    if not undone:
        return Reply(t("tasks.undone-already"), ends=True)
    numbers = ", ".join(str(task.number) for task in undone)
    key = "tasks.undone" if len(undone) == 1 else "tasks.undone-several"
    return Reply(t(key, numbers=numbers, title=clip(undone[0].title, 60)), about=about(undone[0]), ends=True)


def _undo(ctx: Context, step_id: int) -> Task | None:
    row = tasks.step(ctx.db, step_id)
    if row.member_id != ctx.my_id:
        raise NotAllowed
    task = tasks.locked(ctx.db, row.task_id)
    if row.undone_at is not None:
        return None
    if tasks.steps(ctx.db, row.task_id)[-1].id != row.id:
        raise BadInput("tasks.undo-late", number=task.number)
    doer_before = task.member_id
    tasks.undo(ctx.db, task, row, ctx.now)
    ctx.audit("task.undone", f"task:{task.id}", step=row.kind)
    _tell(ctx, task, row, doer_before)
    return task


def _tell(ctx: Context, task: Task, row: TaskReport, doer_before: int | None) -> None:
    """Whoever was told of the step hears that it does not hold."""
    if row.kind in TOLD:
        text = t("tasks.took-back", who=named(ctx.me), number=task.number, title=clip(task.title))
        tell_decider(ctx, task, note(task, f"undo:{row.id}", text))
    elif row.kind not in {Act.ACCEPTED, Act.PROGRESS}:
        text = t("tasks.took-back-doer", number=task.number, title=clip(task.title))
        for member_id in {doer_before, task.member_id}:
            tell_doer(ctx, member_id, note(task, f"undo:{row.id}:{member_id}", text))

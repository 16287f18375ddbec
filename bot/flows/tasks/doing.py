"""What a doer says: accepted, declined with a reason, progress, report, more time asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.context import Context
from bot.courtesy import named
from bot.dates import day
from bot.errors import BadInput
from bot.flows.tasks.finding import may_decide, own
from bot.flows.tasks.wording import GIVING, LONGEST, about, capital, choice, clip, due, note, receipt_choices, today
from bot.messages import Reply
from bot.secrecy import must_be_open
from bot.texts import t
from storage import members, notes, organizations, outbox, tasks
from storage.members import Status
from storage.notes import Note
from storage.tasks import Act, Task, TaskReport, TaskState


def step(ctx: Context, task: Task, act: Act, **said: Any) -> TaskReport:
    """A step that the speaker takes, not written yet."""
    return TaskReport(task_id=task.id or 0, kind=act, member_id=ctx.my_id, at=ctx.now, **said)


def settle(ctx: Context, task: Task) -> None:
    """What was asked about a task is over: numbers no longer answer it. Before anything new is asked."""
    outbox.close_questions(ctx.db, about(task), ctx.now)


def decider(ctx: Context, task: Task) -> int | None:
    """Who is asked about a task: who gave it and still leads there, else the leader of its organization, whoever can be
    written to."""
    giver = task.given_by if task.given_by != ctx.my_id else None
    if giver and leads(ctx.db, giver, task.organization_id) and ctx.address_of(giver):
        return giver
    return notes.leader_of(ctx.db, task.organization_id, besides=ctx.my_id)


def leads(session: Session, member_id: int, organization_id: int) -> bool:
    """Whether a member may give tasks in an organization."""
    path = organizations.get(session, organization_id).path
    held = members.roles(session, member_id)
    left = members.get(session, member_id).status == Status.LEFT
    return not left and any(kind in GIVING and path.startswith(top.path) for kind, top in held)


def tell_decider(ctx: Context, task: Task, word: Note) -> bool:
    """Write to whom a task was given by; False when there is nobody to write to."""
    to = decider(ctx, task)
    return to is not None and notes.tell(ctx.db, to, word, ctx.now)


def accept(ctx: Context, task_ids: Sequence[int]) -> Reply:
    """Accepted: one task, or all that were given together. A repeat gets the same receipt."""
    ctx.close_question()
    taken, accepted = [], []
    for task_id in task_ids:
        task = own(ctx, task_id)
        settle(ctx, task)
        accepted.append(task)
        if task.state == TaskState.GIVEN:
            row = step(ctx, task, Act.ACCEPTED)
            tasks.change(ctx.db, task, row, state=TaskState.ACCEPTED, accepted_at=ctx.now)
            taken.append(row.id or 0)
    first = accepted[0]
    if len(accepted) == 1:
        text = t("tasks.accepted", number=first.number, title=clip(first.title), due=due(first))
    else:
        text = t("tasks.accepted-several", numbers=", ".join(str(task.number) for task in accepted))
    return Reply(text, receipt_choices(taken) if taken else (), about=about(first), ends=not taken)


def decline(ctx: Context, task_id: int, reason: str) -> Reply:
    """Asks for another doer; who gave it decides. The reason goes to that person only."""
    task = own(ctx, task_id)
    if task.state not in {TaskState.GIVEN, TaskState.ACCEPTED}:
        raise BadInput("tasks.is-reported", number=task.number)
    words = _words(reason)
    settle(ctx, task)
    row = tasks.change(ctx.db, task, step(ctx, task, Act.DECLINED, text=words))
    text = t(
        "tasks.wants-other", who=named(ctx.me), number=task.number, title=clip(task.title),
        reason=words or t("tasks.no-reason"),
    )  # fmt: skip
    choices = (
        choice("hand", "hand", task.id), choice("keep", "keep", row.id), choice("cancel", "call-off", task.id),
    )  # fmt: skip
    told = tell_decider(ctx, task, note(task, f"step:{row.id}", capital(text), choices))
    key = "tasks.declined" if told else "tasks.declined-unreachable"
    return Reply(t(key, number=task.number), receipt_choices([row.id or 0]), about=about(task))


def progress(ctx: Context, task_id: int, percent: int, text: str = "") -> Reply:
    """So far, in percent. 100 is a report."""
    task = own(ctx, task_id)
    if percent == 100:
        return report(ctx, task_id, text)
    row = step(ctx, task, Act.PROGRESS, percent=percent, text=_words(text))
    tasks.change(ctx.db, task, row, percent=percent, **_taken_up(ctx, task))
    shown = t("tasks.progress", number=task.number, percent=percent, title=clip(task.title, 60), due=due(task))
    return Reply(shown, receipt_choices([row.id or 0]), about=about(task))


def report(ctx: Context, task_id: int, text: str, file_id: int | None = None) -> Reply:
    """Done, say its words and perhaps its picture; who gave it confirms."""
    task = own(ctx, task_id)
    settle(ctx, task)
    row = step(ctx, task, Act.REPORT, percent=100, text=_words(text), file_id=file_id)
    accepted_at = task.accepted_at or ctx.now
    tasks.change(ctx.db, task, row, state=TaskState.REPORTED, percent=100, accepted_at=accepted_at)
    if may_decide(ctx, task):
        return Reply(
            t("tasks.reported-own", number=task.number),
            (choice("confirm", "confirm", task.id), choice("undo", "undo", row.id)), about=about(task),
        )  # fmt: skip
    told = tell_report(ctx, task, row)
    key = "tasks.reported" if told else "tasks.reported-unreachable"
    shown = t(key, number=task.number, title=clip(task.title, 60))
    if file_id is not None:
        shown += "\n" + t("tasks.photo-kept")
    more = () if file_id is not None else (choice("photo", "photo", task.id),)
    return Reply(shown, (*receipt_choices([row.id or 0]), *more), about=about(task))


def tell_report(ctx: Context, task: Task, row: TaskReport) -> bool:
    """To whom decides: done, says the doer. One press confirms it, one more all that wait."""
    lines = [t("tasks.says-done", who=named(ctx.me), number=task.number, title=clip(task.title))]
    if row.text:
        lines.append(t("tasks.says", text=clip(row.text, 200)))
    if row.file_id is not None:
        lines.append(t("tasks.with-photo"))
    choices = [choice("confirm", "confirm", task.id), choice("return", "return", task.id)]
    if row.file_id is not None:
        choices.append(choice("see-photo", "see-photo", row.id))
    to = decider(ctx, task)
    waiting = _waiting(ctx, to) if to is not None else 0
    if waiting > 1:
        choices.append(choice("confirm-waiting", "confirm-waiting", "", count=waiting))
    return tell_decider(ctx, task, note(task, f"step:{row.id}", capital("\n".join(lines)), choices))


def _waiting(ctx: Context, who: int) -> int:
    paths = [top.path for kind, top in members.roles(ctx.db, who) if kind in GIVING]
    return len(tasks.listed(ctx.db, paths, *tasks.is_reported())) if paths else 0


def add_photo(ctx: Context, task_id: int, text: str, file_id: int) -> Reply:
    """A picture for a task: with a task that is not reported yet it is the report, else it joins the report."""
    task = own(ctx, task_id)
    if task.state != TaskState.REPORTED:
        return report(ctx, task_id, text, file_id)
    row = tasks.change(ctx.db, task, step(ctx, task, Act.REPORT, percent=100, text=_words(text), file_id=file_id))
    tell_report(ctx, task, row)
    return Reply(t("tasks.photo-added", number=task.number), receipt_choices([row.id or 0]), about=about(task))


def extend(ctx: Context, task_id: int, until: date, reason: str = "") -> Reply:
    """Asks for more time; granted or refused by one press of who gave it."""
    task = own(ctx, task_id)
    if task.state == TaskState.REPORTED:
        raise BadInput("tasks.is-reported", number=task.number)
    if until < today(ctx) or (task.due_on is not None and until <= task.due_on):
        raise BadInput("tasks.extension-not-later", day=due(task))
    row = tasks.change(ctx.db, task, step(ctx, task, Act.EXTENSION, until=until, text=_words(reason)))
    lines = [t("tasks.wants-time", who=named(ctx.me), number=task.number, title=clip(task.title), day=day(until))]
    lines.append(t("tasks.due-now", day=due(task)))
    if row.text:
        lines.append(t("tasks.because", text=clip(row.text, 200)))
    choices = (choice("grant", "grant", row.id), choice("refuse", "refuse", row.id))
    told = tell_decider(ctx, task, note(task, f"step:{row.id}", capital("\n".join(lines)), choices))
    key = "tasks.extension-asked" if told else "tasks.extension-unreachable"
    return Reply(t(key, number=task.number, day=day(until)), receipt_choices([row.id or 0]), about=about(task))


def _taken_up(ctx: Context, task: Task) -> dict[str, object]:
    """Who says how far he is has accepted; who had reported goes on."""
    return {"state": TaskState.ACCEPTED, "accepted_at": task.accepted_at or ctx.now}


def _words(text: str) -> str:
    must_be_open(text)
    return clip(text, LONGEST)

"""Handing tasks over to another member: by choice, or because their doer has left."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import named
from bot.flows.tasks.deciding import tell_doer
from bot.flows.tasks.doing import settle, step
from bot.flows.tasks.finding import decidable
from bot.flows.tasks.giveflow import SHOWN, TITLES, desk_of
from bot.flows.tasks.giving import first_reminder, tell
from bot.flows.tasks.wording import GIVING, about, clip, note, receipt_choices, today
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import words_only
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audit, members, organizations, tasks
from storage.members import Member
from storage.tasks import Act, TaskState


class Hand(StatesGroup):
    """To whom."""

    who = State()


class HandFlow(Flow[Context]):
    """Data: tasks (ids), names (ids of members that a typed name may mean)."""

    name = "hand-over"
    states = Hand
    moves: ClassVar[list[Move]] = []

    def begin(self, task_ids: list[int]) -> Reply:
        """Ask to whom."""
        ids = [task_id for task_id in task_ids if decidable(self.ctx, task_id).state != TaskState.DONE]
        if not ids:
            return Reply(t("tasks.none-open-here"), ends=True)
        self.dialogue.start(self.name, Hand.who, tasks=ids, names=[])
        return self.ask()

    def ask(self) -> Reply:
        """To whom?"""
        rows = [tasks.get(self.ctx.db, each) for each in self.dialogue.data["tasks"]]
        names = self.dialogue.data["names"]
        top = organizations.get(self.ctx.db, rows[0].organization_id)
        offered = [members.get(self.ctx.db, each) for each in names]
        if not offered:
            everybody = tasks.people(self.ctx.db, top.path, SHOWN + 2)
            offered = [each for each in everybody if each.id != rows[0].member_id]
            offered = offered if len(offered) <= SHOWN else []
        numbers = ", ".join(str(each.number) for each in rows)
        choices = tuple(Choice("tasks.hand-to", each.full_name, str(each.id)) for each in offered)
        cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
        return Reply(t("tasks.ask-hand", numbers=numbers, title=clip(rows[0].title, 60)), (*choices, cancel))

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("tasks.title-hand")

    def type(self, text: str) -> Reply:
        """Members whose name holds what was typed."""
        words = [word for word in words_only(text).split() if word not in TITLES] or words_only(text).split()
        found = members.named(self.ctx.db, [top.path for top in self.ctx.led(GIVING)], words, SHOWN)
        if len(found) == 1:
            return self.to(found[0].id or 0)
        self.dialogue.update(names=[member.id for member in found])
        return self.ask() if found else Reply(t("tasks.nobody-named"), self.ask().choices)

    def to(self, member_id: int) -> Reply:
        """To this member: new to them, no longer with the one before."""
        member = members.get(self.ctx.db, member_id)
        self.ctx.require(organizations.get(self.ctx.db, member.organization_id), GIVING)
        ids = [int(each) for each in self.dialogue.data["tasks"]]
        self.dialogue.finish()
        return hand_over(self.ctx, ids, member)


def hand_over(ctx: Context, task_ids: list[int], member: Member) -> Reply:
    """These tasks are this member's from now on; who had them is told, who gets them is asked."""
    moved, steps = [], []
    audit.take_turns(ctx.db)  # before the first task is locked, as in deciding.confirm
    for task_id in task_ids:
        task = decidable(ctx, task_id)
        if task.member_id == member.id:
            continue
        before = task.member_id
        settle(ctx, task)
        row = step(ctx, task, Act.HANDED_OVER, text=str(before or ""))
        tasks.change(
            ctx.db, task, row, member_id=member.id, state=TaskState.GIVEN, percent=0, accepted_at=None,
            remind_on=first_reminder(task.due_on, today(ctx)), overdue_reminders=0, orphaned=False,
        )  # fmt: skip
        text = t("tasks.handed-from", number=task.number, title=clip(task.title))
        tell_doer(ctx, before, note(task, f"step:{row.id}", text))
        ctx.audit("task.handed-over", f"task:{task.id}")
        moved.append(task)
        steps.append(row.id or 0)
    if not moved:
        return Reply(t("tasks.handed-already", who=named(member)), ends=True)
    missed = tell(desk_of(ctx), moved)
    numbers = ", ".join(str(task.number) for task in moved)
    lines = [t("tasks.handed", numbers=numbers, who=named(member))]
    if missed:
        lines.append(t("tasks.tell-in-person", names=member.full_name))
    return Reply("\n".join(lines), receipt_choices(steps), about=about(moved[0]))

"""What is asked about one task: the reason, how far it is, until when. And which act follows from words in a chat."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.dates import day
from bot.flows.tasks import doing
from bot.flows.tasks.finding import WhichFlow, answered, own
from bot.flows.tasks.naming import flat
from bot.flows.tasks.speech import Intent, Said, day_in, number_in, percent_in, read
from bot.flows.tasks.wording import choice, clip, today
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from bot.when import Problem
from storage import tasks
from storage.tasks import Task, TaskState

LONGER = (3, 7, 14)
"""Days that are offered when more time is asked for. [ours]"""


class _OneStep(Flow[Context]):
    """Data: task (id)."""

    moves: ClassVar[list[Move]] = []

    def begin(self, task_id: int) -> Reply:
        """Ask."""
        own(self.ctx, task_id)
        (only,) = self.states.names()
        self.dialogue.start(self.name, getattr(self.states, only), task=task_id)
        return self.ask()

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t(f"tasks.title-{self.name}", number=self.task.number)

    @property
    def task(self) -> Task:
        """The task that it is about."""
        return tasks.get(self.ctx.db, int(self.dialogue.data["task"]))

    def over(self) -> int:
        """End the dialogue; returns the task's id."""
        task_id = int(self.dialogue.data["task"])
        self.dialogue.finish()
        return task_id


class Declining(StatesGroup):
    """Why somebody wants no task."""

    reason = State()


class DeclineFlow(_OneStep):
    """The reason for not doing a task."""

    name = "decline-task"
    states = Declining

    def ask(self) -> Reply:
        """Why?"""
        text = t("tasks.ask-reason", number=self.task.number, title=clip(self.task.title, 60))
        return Reply(text, (choice("no-reason", "no-reason", ""), _cancel()))

    def because(self, text: str) -> Reply:
        """The reason; "" for none."""
        if text and is_bare(text):
            self.dialogue.update()
            return self.ask()
        return doing.decline(self.ctx, self.over(), text)


class Reporting(StatesGroup):
    """How far it is."""

    words = State()


class ReportFlow(_OneStep):
    """Progress in words or in percent, a report, a photo."""

    name = "report-task"
    states = Reporting

    def ask(self) -> Reply:
        """How far?"""
        text = t("tasks.ask-progress", number=self.task.number, title=clip(self.task.title, 60))
        said = tuple(choice("say", f"percent-{each}", f"{self.task.id}:{each}") for each in (50, 90, 100))
        return Reply(text, (*said, _cancel()))

    def say(self, text: str) -> Reply:
        """Words: so far; words without a measure are kept beside what is known."""
        _, plain = flat(text)
        percent = percent_in(plain)
        if percent is None and plain.strip(" %").isdecimal() and 4 < int(plain.strip(" %")) <= 100:
            percent = int(plain.strip(" %"))
        if percent is None and is_bare(text):
            self.dialogue.update()
            return self.ask()
        known = self.task.percent
        return doing.progress(self.ctx, self.over(), known if percent is None else percent, text)

    def photo(self, text: str, file_id: int) -> Reply:
        """A picture: the report."""
        return doing.add_photo(self.ctx, self.over(), text, file_id)


class Extending(StatesGroup):
    """Until when."""

    until = State()


class ExtendFlow(_OneStep):
    """More time: until when? Data also: reason."""

    name = "extend-task"
    states = Extending

    def begin(self, task_id: int, reason: str = "") -> Reply:
        """Ask until when."""
        own(self.ctx, task_id)
        self.dialogue.start(self.name, Extending.until, task=task_id, reason=reason)
        return self.ask()

    def ask(self) -> Reply:
        """Until when?"""
        task = self.task
        start = max(task.due_on or today(self.ctx), today(self.ctx))
        offered = [start + timedelta(days=days) for days in LONGER]
        choices = tuple(Choice("tasks.until", day(each), f"{task.id}:{each.isoformat()}") for each in offered)
        return Reply(t("tasks.ask-until", number=task.number, title=clip(task.title, 60)), (*choices, _cancel()))

    def until(self, text: str) -> Reply:
        """A day in words."""
        words = read(text)
        if words is not None and words.intent in {Intent.DONE, Intent.PROGRESS}:  # done meanwhile: no more time needed
            return do(self.ctx, own(self.ctx, self.over()), words, text)
        found = day_in(text, today(self.ctx), due=self.task.due_on)
        if isinstance(found, Problem):
            self.dialogue.update()
            return Reply(explain(found), self.ask().choices)
        return self.set(found)

    def set(self, wanted: date) -> Reply:
        """This day."""
        reason = str(self.dialogue.data["reason"])
        return doing.extend(self.ctx, self.over(), wanted, reason)


def explain(problem: Problem) -> str:
    """What is wrong with a day, and how to write one."""
    shown = day(problem.day) if problem.day else ""
    return t(f"tasks.day-{problem.trouble}", day=shown, written=problem.written)


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))


# --- words about tasks ---------------------------------------------------------------------------------------------
def said(ctx: Context, words: Said, text: str) -> Reply:
    """Do what a line says about the speaker's own task; several may be meant: ask which."""
    mine = tasks.open_of(ctx.db, ctx.my_id)
    among = [task for task in mine if task.number == words.number] if words.number is not None else _meant(ctx, mine)
    if words.intent is Intent.ACCEPT and words.number is None:
        among = [task for task in among if task.state == TaskState.GIVEN] or among
    if not among:
        return Reply(t("tasks.none-with-number", number=words.number) if words.number else t("tasks.none-open"))
    if len(among) > 1:
        return WhichFlow(ctx).begin(among, words, text=text)
    return do(ctx, among[0], words, text)


def _meant(ctx: Context, mine: list[Task]) -> list[Task]:
    """Without a number: the task of the message that is replied to; else every open one may be meant."""
    replied = answered(ctx) if ctx.incoming.reply_to else None
    return [task for task in mine if task.id == replied] or mine


def do(ctx: Context, task: Task, words: Said, text: str) -> Reply:
    """One act on one task."""
    task_id = task.id or 0
    if words.intent is Intent.ACCEPT:
        return doing.accept(ctx, [task_id])
    if words.intent is Intent.DECLINE:
        return doing.decline(ctx, task_id, words.reason) if words.reason else DeclineFlow(ctx).begin(task_id)
    if words.intent is Intent.EXTEND:
        return _extend(ctx, task_id, words, text)
    if words.intent is Intent.DONE:
        return doing.report(ctx, task_id, rest_of(text))
    return doing.progress(ctx, task_id, words.percent or 0, rest_of(text))


def _extend(ctx: Context, task_id: int, words: Said, text: str) -> Reply:
    found = day_in(_without_number(text), today(ctx), due=tasks.get(ctx.db, task_id).due_on)
    if isinstance(found, Problem):
        flow = ExtendFlow(ctx)
        asked = flow.begin(task_id, words.reason)
        known = found.trouble not in {"no-day", "unclear"}
        return Reply(explain(found), asked.choices) if known else asked
    return doing.extend(ctx, task_id, found, words.reason)


def _without_number(text: str) -> str:
    """The line without "việc số 3", whose number is no day."""
    shown, plain = flat(text)
    number = number_in(text)
    at = plain.find(str(number)) if number is not None else -1
    return shown[:at] + shown[at + len(str(number)) :] if at >= 0 else shown


def rest_of(text: str) -> str:
    """What a report says beyond "việc số 3 đã xong": kept only where there is more than that."""
    return text if len(flat(text)[0].split()) > 6 else ""

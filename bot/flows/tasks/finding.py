"""Which task is meant: by its number, by the message that is answered, or asked when several are open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.tasks.speech import Intent, Said, number_in
from bot.flows.tasks.wording import ABOUT, GIVING, clip
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Kind, Reply
from bot.texts import t
from storage import organizations, outbox, tasks
from storage.tasks import OPEN, Task, TaskState

MOST = 8
"""Tasks that are offered when it is asked which one is meant. [ours]"""


class Which(StatesGroup):
    """Several tasks may be meant."""

    task = State()


class WhichFlow(Flow[Context]):
    """What was said, kept until it is known about which task. Data: ids, intent, percent, reason, until, text."""

    name = "which-task"
    states = Which
    moves: ClassVar[list[Move]] = []

    def begin(self, among: list[Task], said: Said, *, until: date | None = None, text: str = "") -> Reply:
        """Ask which of these."""
        self.dialogue.start(
            self.name, Which.task, ids=[task.id for task in among], intent=said.intent, percent=said.percent,
            reason=said.reason, until=until.isoformat() if until else "", text=text,
        )  # fmt: skip
        return self.ask()

    def ask(self) -> Reply:
        """The tasks as choices."""
        ids = self.dialogue.data["ids"]
        among = [tasks.get(self.ctx.db, each) for each in ids[:MOST]]
        shown = tuple(
            Choice("tasks.which", t("tasks.choice-which", number=each.number, title=clip(each.title, 40)), str(each.id))
            for each in among
        )
        return Reply(t("tasks.which"), (*shown, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("tasks.title-which")

    def picked(self, text: str) -> Task | None:
        """The task that a number in words names ("số 5", "việc 5"); None when it is none of those offered."""
        self.dialogue.update()
        number = number_in(text) or number_in("việc " + text)
        among = [tasks.get(self.ctx.db, each) for each in self.dialogue.data["ids"]]
        return next((each for each in among if each.number == number), None)

    def said(self) -> tuple[Said, str]:
        """What was said before, with its text; the dialogue is over."""
        data = self.dialogue.data
        self.dialogue.finish()
        return Said(Intent(data["intent"]), None, True, data["percent"], data["reason"]), data["text"]


def may_decide(ctx: Context, task: Task) -> bool:
    """Whether the speaker leads where a task belongs. Nobody decides on a task of his own that another gave, and who
    gave one and leads there no longer leaves it to those who do."""
    if task.member_id == ctx.my_id and task.given_by != ctx.my_id:
        return False
    return ctx.may(organizations.get(ctx.db, task.organization_id), GIVING)


def may_see(ctx: Context, task: Task) -> bool:
    """Own tasks, tasks that one gave, and those of the subtree that one leads."""
    return task.member_id == ctx.my_id or may_decide(ctx, task)


def own(ctx: Context, task_id: int) -> Task:
    """A task that the speaker has to do, locked; NotAllowed for others, BadInput when it is over."""
    task = _known(ctx, task_id)
    if task.member_id != ctx.my_id:
        raise NotAllowed("tasks.not-yours")
    if task.state not in OPEN:
        raise BadInput(f"tasks.is-{task.state}", number=task.number)
    return task


def decidable(ctx: Context, task_id: int) -> Task:
    """A task on which the speaker decides, locked; NotAllowed for others, BadInput when it was called off."""
    task = _known(ctx, task_id)
    if not may_decide(ctx, task):
        raise NotAllowed
    if task.state == TaskState.CANCELLED:
        raise BadInput("tasks.is-cancelled", number=task.number)
    return task


def visible(ctx: Context, task_id: int) -> Task:
    """A task that the speaker may see; NotAllowed for others."""
    task = _known(ctx, task_id)
    if not may_see(ctx, task):
        raise NotAllowed
    return task


def _known(ctx: Context, task_id: int) -> Task:
    _ = ctx.me
    try:
        return tasks.locked(ctx.db, task_id)
    except LookupError:
        raise BadInput("tasks.unknown") from None


def by_number(ctx: Context, number: int) -> list[Task]:
    """Tasks that the speaker may mean by a number: own ones go first, then given ones, then those of the subtree."""
    found = tasks.numbered(ctx.db, tasks.mine(ctx.my_id), number)
    led = [top.path for top in ctx.led(GIVING)]
    if not found and led:
        found = [task for task in tasks.numbered(ctx.db, tasks.within(led), number) if may_see(ctx, task)]
        home = [task for task in found if task.organization_id == ctx.me.organization_id]
        found = home or found
    live = [task for task in found if task.state in OPEN]
    return live or found[:1]


def answered(ctx: Context) -> int | None:
    """The task of the message that this one replies to, else of the question that is open in this chat."""
    question = ctx.question if ctx.incoming.reply_to or ctx.incoming.kind is Kind.CHOICE else None
    question = question or outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id)
    if question is None or not question.about.startswith(ABOUT):
        return None
    return int(question.about.removeprefix(ABOUT))


# --- numbers that may be meant for something else ------------------------------------------------------------------
FRESH = timedelta(days=3)
"""So long a bare number may still answer a message that came by itself. [ours]"""
UNSEEN = timedelta(minutes=2)
"""A message that came into a dialogue so lately may not have been seen by who types a number. [ours]"""


def rivals(ctx: Context) -> list[Choice]:
    """What a typed number or word may mean when several messages on tasks wait: the same place of each. Empty when it
    is clear: after a press, a reply, or when only one waits."""
    question = ctx.question
    if ctx.incoming.kind is not Kind.MESSAGE or ctx.incoming.reply_to or question is None or question.once is None:
        return []
    at = next((n for n, each in enumerate(question.choices) if ctx.chosen == Choice(**each)), None)
    if at is None:
        return []
    asked = tasks.asked_in(ctx.db, ctx.here.channel_id, ctx.here.chat_id, ctx.now - FRESH)
    latest = {row.about or str(row.id): row for row in reversed(asked)}
    if len(latest) < 2:
        return []
    meant = [Choice(**row.choices[at]) for row in latest.values() if at < len(row.choices)]
    return [_with_number(ctx, each) for each in reversed(meant)][:MOST]


def _with_number(ctx: Context, meant: Choice) -> Choice:
    """The same choice, its task named: `Nhận việc (việc số 3: Dọn nhà văn hóa)`."""
    head = meant.argument.partition(":")[0].partition(",")[0]
    if not head.isdecimal():
        return meant
    step = meant.action in {"tasks.grant", "tasks.refuse", "tasks.keep", "tasks.see-photo"}
    try:
        task = tasks.get(ctx.db, tasks.step(ctx.db, int(head)).task_id if step else int(head))
    except LookupError:
        return meant
    label = t("tasks.choice-of", label=meant.label, number=task.number, title=clip(task.title, 30))
    return Choice(meant.action, label, meant.argument)


def came_between(ctx: Context) -> bool:
    """Whether a typed number may be meant for the dialogue's question, because ours arrived only just before it."""
    question = ctx.question
    if ctx.incoming.kind is not Kind.MESSAGE or ctx.incoming.reply_to or not ctx.dialogue.flow or ctx.dialogue.asleep:
        return False
    if question is None or question.once is None or not ctx.incoming.text.strip().isdecimal():
        return False
    return question.sent_at is None or ctx.now - question.sent_at < UNSEEN

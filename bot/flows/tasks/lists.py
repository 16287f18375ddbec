"""Tasks in lists: one's own with numbers, those of a branch that are late, sums for those above. In groups counts."""

from __future__ import annotations

from datetime import datetime

from bot.context import Context
from bot.courtesy import named
from bot.errors import NotAllowed
from bot.flows.tasks.deciding import waiting
from bot.flows.tasks.finding import by_number, may_decide, may_see, visible
from bot.flows.tasks.giving import answers
from bot.flows.tasks.page import link
from bot.flows.tasks.wording import GIVING, LIST, about, choice, clip, doer, due, line, state, today
from bot.messages import Choice, Reply
from bot.task_links import Thing
from bot.texts import t
from storage import members, organizations, tasks
from storage.tasks import OPEN, Sums, Task, TaskState

SHOWN = 4
"""Tasks of an own list: with its head and its foot it is six lines (domain.md, "How people write")."""


# --- one's own -----------------------------------------------------------------------------------------------------
def mine(ctx: Context, first: int = 0) -> Reply | None:
    """The speaker's open tasks with their numbers; None when there are none."""
    found = tasks.open_of(ctx.db, ctx.my_id)
    if not found:
        return None
    now = today(ctx)
    shown = found[first : first + SHOWN]
    lines = [t("tasks.mine", count=len(found)), *(line(task, now) for task in shown)]
    one_by_one = tuple(choice("show", "number", task.id, number=task.number) for task in shown)
    more = (choice("mine", "more", first + SHOWN),) if first + SHOWN < len(found) else ()
    branch = (choice("overview", "overview", ""),) if ctx.led(GIVING) else ()
    page = (choice("page", "page", ""),) if ctx.settings.public_url else ()
    rest = Choice("tasks.others", t("tasks.choice-others"))
    return Reply("\n".join(lines), (*one_by_one, *more, *page, *branch, rest))


def own_page(ctx: Context) -> Reply:
    """The way to the speaker's own page."""
    address = link(ctx, Thing.PAGE, 0)
    return Reply(f"{t('taskpage.link')}\n{address}" if address else t("taskpage.no-page"))


def number(ctx: Context, wanted: int) -> Reply:
    """The task that the speaker calls by this number; which one, when several of the speaker's units have it."""
    found = by_number(ctx, wanted)
    if not found:
        return Reply(t("tasks.none-with-number", number=wanted))
    if len(found) == 1:
        return show(ctx, found[0].id or 0)
    offered = tuple(
        choice("show", "which", task.id, number=task.number, title=f"{clip(task.title, 30)} – {_whose(ctx, task)}")
        for task in found[:LIST]
    )
    return Reply(t("tasks.which"), offered)


def _whose(ctx: Context, task: Task) -> str:
    return members.get(ctx.db, task.member_id).full_name if task.member_id else t("tasks.nobody")


def show(ctx: Context, task_id: int) -> Reply:
    """One task, and what its reader may do with it."""
    task = visible(ctx, task_id)
    now = today(ctx)
    lines = [
        t("tasks.card", number=task.number, title=clip(task.title, 300)),
        t("tasks.card-due", due=due(task), state=state(task, now)),
    ]
    if task.member_id != ctx.my_id:
        lines.insert(1, t("tasks.card-doer", who=doer(ctx.db, task)))
    elif task.given_by and task.given_by != ctx.my_id:
        lines.append(t("tasks.card-giver", who=named(members.get(ctx.db, task.given_by))))
    choices = (*_for_doer(ctx, task), *_for_giver(ctx, task))
    return Reply("\n".join(lines), choices, about=about(task))


def _for_doer(ctx: Context, task: Task) -> tuple[Choice, ...]:
    if task.member_id != ctx.my_id:
        return ()
    if task.state == TaskState.GIVEN:
        return answers(task)
    if task.state == TaskState.ACCEPTED:
        return (
            choice("done", "done", task.id), choice("progress", "progress", task.id),
            choice("extend", "extend", task.id), choice("decline", "decline", task.id),
        )  # fmt: skip
    return ()


def _for_giver(ctx: Context, task: Task) -> tuple[Choice, ...]:
    if not may_decide(ctx, task) or task.state not in OPEN:
        return ()
    if task.state == TaskState.REPORTED:
        return (choice("confirm", "confirm", task.id), choice("return", "return", task.id))
    confirm = () if task.member_id == ctx.my_id else (choice("confirm", "confirm", task.id),)
    return (*confirm, choice("hand", "hand", task.id), choice("cancel", "call-off", task.id))


# --- those that one leads --------------------------------------------------------------------------------------------
def counts_in_group(ctx: Context) -> Reply | None:
    """In a group: counts of its own organization, never names; only for those who lead it."""
    if ctx.group is None:
        return None
    top = ctx.lead(GIVING)
    sums = _sums(ctx, [top.path])
    whole = _total(sums)
    return Reply(t("tasks.group-counts", open=whole.open, overdue=whole.overdue, done=whole.done))


def overview(ctx: Context) -> Reply:
    """Open, overdue, done this year: one branch with the way to its lists, several one line each."""
    led = ctx.led(GIVING)
    if not led:
        _ = ctx.me
        raise NotAllowed
    sums = _sums(ctx, [top.path for top in led])
    whole = _total(sums)
    head = t("tasks.overview", open=whole.open, overdue=whole.overdue, waiting=whole.waiting)
    lines = [head, t("tasks.overview-done", done=whole.done, in_time=whole.in_time, share=_share(whole))]
    if len(sums) > 1:
        worst = sorted(sums, key=lambda each: (-each.overdue, -each.open, each.name))[:SHOWN]
        lines += [
            t("tasks.overview-branch", name=each.name, open=each.open, overdue=each.overdue, share=_share(each))
            for each in worst
        ]
    return Reply("\n".join(lines), _ways(ctx, whole))


def _ways(ctx: Context, whole: Sums) -> tuple[Choice, ...]:
    confirm = len(waiting(ctx))
    return (
        *((choice("overdue", "overdue", 0, count=whole.overdue),) if whole.overdue else ()),
        *((choice("waiting", "waiting", 0, count=confirm),) if confirm else ()),
        *((choice("open", "open", 0, count=whole.open),) if whole.open else ()),
        choice("give", "give-new", ""),
    )


def overdue(ctx: Context, first: int = 0) -> Reply:
    """Late tasks by branch, with names: for those who lead, in private."""
    return _listed(ctx, "overdue", first)


def still_open(ctx: Context, first: int = 0) -> Reply:
    """Every open task of those who are led."""
    return _listed(ctx, "open", first)


def to_confirm(ctx: Context) -> Reply:
    """What was reported and waits; all of it in one press, or one by one."""
    found = waiting(ctx)
    if not found:
        return Reply(t("tasks.none-waits"), ends=True)
    lines = [t("tasks.waiting", count=len(found))]
    lines += [t("tasks.waiting-line", number=each.number, title=clip(each.title, 50), who=_whose(ctx, each))
              for each in found[:SHOWN]]  # fmt: skip
    ids = ",".join(str(each.id) for each in found)
    every = choice("confirm", "confirm-waiting" if len(found) > 1 else "confirm", ids, count=len(found))
    one_by_one = tuple(choice("show", "number", each.id, number=each.number) for each in found[:SHOWN])
    return Reply("\n".join(lines), (every, *one_by_one))


def _listed(ctx: Context, what: str, first: int) -> Reply:
    led = ctx.led(GIVING)
    if not led:
        _ = ctx.me
        raise NotAllowed
    now = today(ctx)
    conditions = tasks.is_overdue(now) if what == "overdue" else tasks.is_open()
    found = tasks.listed(ctx.db, [top.path for top in led], *conditions)
    found = [task for task in found if may_see(ctx, task)]
    if not found:
        return Reply(t(f"tasks.none-{what}"), ends=True)
    shown = found[first : first + SHOWN]
    several = len({task.organization_id for task in found}) > 1
    lines = [t(f"tasks.list-{what}", count=len(found))]
    lines += [_led_line(ctx, task, several=several) for task in shown]
    one_by_one = tuple(
        choice("show", "which" if several else "number", task.id, number=task.number, title=_whose(ctx, task))
        for task in shown
    )
    more = (choice(what, "more", first + SHOWN),) if first + SHOWN < len(found) else ()
    return Reply("\n".join(lines), (*one_by_one, *more))


def _led_line(ctx: Context, task: Task, *, several: bool) -> str:
    who = _whose(ctx, task)
    if several:
        who = t("tasks.whose-in", who=who, place=tasks_place(ctx, task))
    values = {"number": task.number, "title": clip(task.title, 40), "who": who}
    shown = task.due_on.strftime("%d/%m") if task.due_on else t("tasks.no-day")
    return t("tasks.led-line", due=shown, state=state(task, today(ctx)), **values)


def tasks_place(ctx: Context, task: Task) -> str:
    """The organization of a task, as those above read it."""
    return organizations.get(ctx.db, task.organization_id).name


def _sums(ctx: Context, paths: list[str]) -> list[Sums]:
    local = ctx.now.astimezone(ctx.settings.zone)
    new_year = datetime(local.year, 1, 1, tzinfo=ctx.settings.zone)
    return tasks.rollup(ctx.db, paths, today(ctx), new_year)


def _total(sums: list[Sums]) -> Sums:
    whole = Sums(organization_id=0, name="")
    for each in sums:
        for field in ("open", "overdue", "waiting", "done", "in_time"):
            setattr(whole, field, getattr(whole, field) + getattr(each, field))
    return whole


def _share(sums: Sums) -> str:
    """Done in time of all that were done, "–" when nothing was."""
    return f"{round(100 * sums.in_time / sums.done)}%" if sums.done else "–"

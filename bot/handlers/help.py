"""The menu, help, and kind words."""

from __future__ import annotations

from bot.context import Context
from bot.flows import help
from bot.flows.tasks import lists
from bot.matching import fold
from bot.messages import Incoming, Kind, Reply
from bot.people import polite
from bot.routing import Router, addressed, choice, command, group, kind, logged_in, private, understood
from bot.texts import t

router = Router("help")

MENU = ("menu", "mục lục", "danh mục", "xem menu", "mở menu", "các mục")
HELP = ("trợ giúp", "giúp", "hướng dẫn", "giúp tôi", "giúp với", "cách dùng", "hướng dẫn sử dụng", "help")
TASKS = ("nhiệm vụ", "việc của tôi", "việc cần làm")
SIGNS = frozenset({"?", "??", "???", "/?"})


def asks_with_a_sign(incoming: Incoming, _ctx: Context) -> bool:
    """Nothing but a question mark."""
    return incoming.kind is Kind.MESSAGE and incoming.text.strip() in SIGNS


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue is under way, and no open question was answered."""
    return ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


@router.on(group(), command("menu", *MENU))
@router.on(group(), command("trogiup", *HELP))
@router.on(group(), command("help"))
@router.on(group(), command("nhiemvu"))
@router.on(group(), addressed(), asks_with_a_sign)
def in_private(_incoming: Incoming, _ctx: Context) -> Reply:
    """One line: a group is not disturbed with pages of help."""
    return Reply(t("help.in-private"))


@router.on(private(), command("menu", *MENU))
def menu(_incoming: Incoming, ctx: Context) -> Reply:
    """The six entries."""
    return Reply(t("help.stranger")) if ctx.member is None else help.menu()


@router.on(private(), choice("menu.guide"))
@router.on(private(), command("trogiup", *HELP))
@router.on(private(), command("help"))
@router.on(private(), asks_with_a_sign)
def guide(_incoming: Incoming, ctx: Context) -> Reply:
    """The subjects of help, by role."""
    return help.guide(ctx)


@router.on(private(), choice("help.common"))
def common(_incoming: Incoming, ctx: Context) -> Reply:
    """What concerns everybody."""
    _ = ctx.me
    return help.common()


@router.on(private(), choice("help.subject"))
def subject(_incoming: Incoming, ctx: Context) -> Reply:
    """One subject with its commands."""
    _ = ctx.me
    return help.subject(ctx, ctx.chosen.argument if ctx.chosen else "")


@router.on(private(), choice("menu.tasks"))
@router.on(private(), command("nhiemvu", *TASKS))
def tasks(_incoming: Incoming, ctx: Context) -> Reply:
    """The person's own tasks with their numbers; without any, what else waits."""
    return lists.mine(ctx) or help.tasks(ctx)


@router.on(private(), choice("tasks.others"))
def other_tasks(_incoming: Incoming, ctx: Context) -> Reply:
    """What else waits for the person."""
    return help.tasks(ctx)


@router.on(private(), logged_in(), idle, kind(Kind.MESSAGE), understood("greeting"))
def kind_words(incoming: Incoming, ctx: Context) -> Reply:
    """A greeting is answered, thanks too; in a group neither is."""
    thanks = "cam on" in fold(incoming.text)
    return Reply(t("help.thanks") if thanks else t("help.hello", who=polite(ctx.me)))

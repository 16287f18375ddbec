"""Which words lead to login, codes, and who one is; and the guard against numbers in groups."""

from __future__ import annotations

from bot.context import Context
from bot.flows.members import approvals
from bot.flows.members.code_desk import CodesFlow, CodesStates
from bot.flows.members.guard import gives_away
from bot.flows.members.login import LoginFlow, LoginStates, is_bare_number, says_no_code
from bot.flows.members.telling import who_am_i
from bot.handlers import dialogue, help
from bot.matching import fold
from bot.messages import Choice, Incoming, Kind, Reply
from bot.people import polite
from bot.routing import Filter, Router, addressed, begins, choice, command, group, kind, private, state
from bot.texts import t
from storage import members

router = Router("members")

LOGIN = ("đăng nhập", "bắt đầu", "đăng ký", "xin đăng nhập", "tôi muốn đăng nhập", "cho tôi đăng nhập")
CODES = ("cấp mã", "mã đăng nhập", "lấy mã", "in mã", "cấp mã đăng nhập")
LOGOUT = ("thoát", "đăng xuất", "thoát ra")
WHO = ("tôi là ai", "thông tin của tôi", "tài khoản của tôi")


def writes(*, digits: bool = False) -> Filter:
    """Something written, not a choice; with `digits` only when there is one in it: then it may be a number or code,
    and every other word keeps its meaning in the middle of a dialogue."""
    return lambda incoming, ctx: (
        incoming.kind is Kind.MESSAGE
        and ctx.chosen is None
        and bool(incoming.text.strip())
        and (not digits or any(char.isdigit() for char in incoming.text))
    )


def unclaimed(*routers: Router) -> Filter:
    """No handler of these routers wants it: "hủy" and "trợ giúp" are nobody's name."""
    return lambda incoming, ctx: all(router.find(incoming, ctx) is None for router in routers)


def says(*starts: str) -> Filter:
    """The text begins with one of these words and goes on with a number or nothing; sets `ctx.args`."""
    begun = begins(*starts)
    return lambda incoming, ctx: (
        incoming.addressed and begun(incoming, ctx) and (not ctx.args or any(c.isdigit() for c in ctx.args))
    )


def nothing_begun(_incoming: Incoming, ctx: Context) -> bool:
    """A stranger without a dialogue under way."""
    return ctx.member is None and not ctx.dialogue.flow


# --- in groups -----------------------------------------------------------------------------------------------------
@router.on(group(), kind(Kind.MESSAGE, Kind.EDIT), lambda incoming, _ctx: gives_away(incoming.text))
def guard(incoming: Incoming, ctx: Context) -> list[Reply]:
    """A number or a code in a group: gone where the platform allows it, and a warning that does not repeat it."""
    ctx.audit("guard.number", f"group:{ctx.group.id}" if ctx.group else "group")
    return [Reply("", deletes=incoming.message_id), Reply(t("members.guard"))]


@router.on(group(), command("start", *LOGIN))
@router.on(group(), command("dangnhap"))
@router.on(group(), command("thoat", *LOGOUT))
@router.on(group(), command("toi", *WHO))
@router.on(group(), addressed(), says("dang nhap", "/dangnhap"))
def only_in_private(_incoming: Incoming, _ctx: Context) -> Reply:
    """In a group the bot asks for nothing personal."""
    return Reply(t("members.only-in-private"))


@router.on(group(), command("ma", *CODES))
def no_codes_in_groups(_incoming: Incoming, _ctx: Context) -> Reply:
    """Codes are never shown where others read along."""
    return Reply(t("members.codes-in-private"))


# --- login ---------------------------------------------------------------------------------------------------------
@router.on(private(), command("start", *LOGIN))
@router.on(private(), command("dangnhap"))
@router.on(private(), says("dang nhap"))
@router.on(private(), writes(), nothing_begun, lambda incoming, _ctx: "dang nhap" in fold(incoming.text))
def log_in(incoming: Incoming, ctx: Context) -> Reply | list[Reply]:
    """The first step; somebody who is logged in is told as whom."""
    if ctx.member is None:
        question = LoginFlow(ctx).begin(ctx.args)
        return question if ctx.args or incoming.text != "/start" else [Reply(t("members.welcome")), question]
    if incoming.text == "/start":
        return Reply(t("members.already", who=polite(ctx.me)))
    choices = (Choice("login.stay", t("members.stay")), Choice("login.switch", t("members.switch")))
    return Reply(t("members.already-who", who=polite(ctx.me), branch=ctx.my_branch.name), choices)


@router.on(private(), writes(digits=True), nothing_begun, lambda incoming, _ctx: is_bare_number(incoming.text))
def begin_with_number(incoming: Incoming, ctx: Context) -> Reply:
    """Somebody who is not logged in writes nothing but a number: they have begun."""
    return LoginFlow(ctx).begin(incoming.text)


@router.on(private(), choice("login.stay"))
def stay(_incoming: Incoming, _ctx: Context) -> Reply:
    """Nothing changes."""
    return Reply(t("members.stayed"), ends=True)


@router.on(private(), choice("login.switch"))
def switch(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """Out, and in as somebody else."""
    _leave(ctx)
    return [Reply(t("members.left"), ends=True), LoginFlow(ctx).begin("")]


@router.on(private(), state(LoginStates.code), choice("login.no-code"))
@router.on(private(), state(LoginStates.code), writes(), lambda incoming, _ctx: says_no_code(incoming.text))
def without_code(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The secretary is asked."""
    return LoginFlow(ctx).without_code()


@router.on(private(), state(LoginStates.number), writes(digits=True))
def give_number(incoming: Incoming, ctx: Context) -> Reply:
    """The member number."""
    return LoginFlow(ctx).give_number(incoming.text)


@router.on(private(), state(LoginStates.code), writes(digits=True))
def give_code(incoming: Incoming, ctx: Context) -> list[Reply]:
    """The one-time code."""
    return LoginFlow(ctx).give_code(incoming.text)


@router.on(private(), choice("login.approve"))
def approve(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """A leading person lets somebody in."""
    return approvals.decide(ctx, _argument(ctx), approved=True)


@router.on(private(), choice("login.refuse"))
def refuse(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """A leading person does not."""
    return approvals.decide(ctx, _argument(ctx), approved=False)


@router.on(private(), choice("login.requests"))
def requests(_incoming: Incoming, ctx: Context) -> Reply:
    """The oldest request that waits."""
    return approvals.next_request(ctx)


# --- leaving, and who one is -----------------------------------------------------------------------------------------
@router.on(private(), command("thoat", *LOGOUT))
def log_out(_incoming: Incoming, ctx: Context) -> Reply:
    """Ask first: people press what they see."""
    if ctx.member is None:
        return Reply(t("members.not-in"))
    choices = (Choice("logout.yes", t("members.leave")), Choice("login.stay", t("members.stay-in")))
    return Reply(t("members.leave-question", who=polite(ctx.me)), choices)


@router.on(private(), choice("logout.yes"))
def log_out_now(_incoming: Incoming, ctx: Context) -> Reply:
    """Out; and how to return."""
    if ctx.member is None:
        return Reply(t("members.not-in"), ends=True)
    _leave(ctx)
    return Reply(t("members.left"), ends=True)


@router.on(private(), command("toi", *WHO))
def who(_incoming: Incoming, ctx: Context) -> Reply:
    """Who is logged in here."""
    return Reply(who_am_i(ctx))


def _leave(ctx: Context) -> None:
    """End the link; whatever this member had begun in this chat goes with it."""
    if ctx.account is not None:
        members.unlink(ctx.db, ctx.account, ctx.now)
        ctx.audit("logout", f"member:{ctx.my_id}", channel=ctx.here.channel_id)
    while ctx.dialogue.flow:
        ctx.dialogue.finish()
    ctx.member = ctx.account = None


def _argument(ctx: Context) -> int:
    return int(ctx.chosen.argument) if ctx.chosen is not None else 0


# --- codes ---------------------------------------------------------------------------------------------------------
@router.on(private(), command("ma", *CODES))
def codes(_incoming: Incoming, ctx: Context) -> Reply | list[Reply]:
    """A code for one member, or a sheet of them."""
    return CodesFlow(ctx).begin(ctx.args)


@router.on(private(), choice("codes.sheet"))
def sheet(_incoming: Incoming, ctx: Context) -> Reply:
    """Codes for everybody who is logged in nowhere: of which branch?"""
    return CodesFlow(ctx).sheet("")


@router.on(private(), choice("codes.branch"))
def sheet_of(_incoming: Incoming, ctx: Context) -> Reply:
    """The sheet's branch was picked: say how many, and that older codes stop working."""
    return CodesFlow(ctx).confirm_sheet(_argument(ctx))


@router.on(private(), choice("codes.print"))
def print_sheet(_incoming: Incoming, ctx: Context) -> list[Reply]:
    """The sheet itself."""
    return CodesFlow(ctx).print_sheet(_argument(ctx))


@router.on(private(), state(CodesStates.who), writes(), unclaimed(dialogue.router, help.router))
def code_for_whom(incoming: Incoming, ctx: Context) -> Reply:
    """A name, or a number."""
    return CodesFlow(ctx).look_up(incoming.text)


@router.on(private(), choice("codes.for"))
def code_for(_incoming: Incoming, ctx: Context) -> Reply:
    """One of several people with such a name was picked."""
    return CodesFlow(ctx).give(_argument(ctx))

"""Which words lead to new tasks: given in one line or step by step, or out of a meeting's conclusions."""

from __future__ import annotations

import re

from bot.context import Context
from bot.errors import BadInput
from bot.flows.tasks import plan_sheet, planflow
from bot.flows.tasks.from_meeting import FromMeeting, MeetingFlow
from bot.flows.tasks.giveflow import Give, GiveFlow
from bot.flows.tasks.planflow import PlanFlow, Planning
from bot.flows.tasks.speech import after_give
from bot.flows.tasks.wording import GIVING
from bot.messages import AttachmentKind, Incoming, Kind, Reply
from bot.routing import Router, attached, choice, command, group, kind, logged_in, private, state
from bot.texts import t

router = Router("task_giving")
_GIVING_STEPS = tuple(getattr(Give, name) for name in Give.names())
_PLAN_STEPS = (Planning.file, Planning.preview)
PLAN = command("giaokehoach", "giao việc theo kế hoạch", "nhập kế hoạch", "giao kế hoạch", "giao việc từ excel")
TEMPLATE = command("maukehoach", "mẫu kế hoạch", "mẫu giao việc", "tệp mẫu kế hoạch")
GIVE = command("giaoviec", "giao việc", "giao nhiệm vụ", "phân công", "phân công việc")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def idle(_incoming: Incoming, ctx: Context) -> bool:
    """No dialogue waits for an answer, and no choice was named."""
    return ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


def gives(incoming: Incoming, ctx: Context) -> bool:
    """ "Giao việc cho bác Lan: …" from somebody who leads. Sets `ctx.args` to what follows."""
    if incoming.kind is not Kind.MESSAGE or not ctx.folded.startswith(("giao ", "phan cong ")):
        return False
    rest = after_give(incoming.text)
    if rest is None or not ctx.led(GIVING):
        return False
    ctx.args = rest
    return True


def brings_plan(incoming: Incoming, ctx: Context) -> bool:
    """An Excel file from somebody who leads: with "giao việc" beside it, or without a word and with a plan's heads."""
    if incoming.kind is not Kind.MESSAGE or not ctx.led(GIVING) or (content := _workbook(incoming, ctx)) is None:
        return False
    if incoming.text.strip() or not idle(incoming, ctx):
        return bool(_GIVING.match(ctx.folded))
    return planflow.is_plan(content)


def workbook_came(incoming: Incoming, ctx: Context) -> bool:
    """A file that may be a workbook."""
    return _workbook(incoming, ctx) is not None


def _workbook(incoming: Incoming, ctx: Context) -> bytes | None:
    """The bytes of the one file that came, when it may be a workbook."""
    files = [each for each in incoming.attachments if each.kind is AttachmentKind.DOCUMENT]
    content = ctx.fetched.get(files[0].handle) if len(files) == 1 else None
    is_named = bool(files) and files[0].name.lower().endswith((".xlsx", ".xlsm", ".xls"))
    return content if content is not None and (is_named or content.startswith(b"PK")) else None


_GIVING = re.compile(r"(?:/giaoviec\b|(?:nhap ke hoach|giao (?:viec|nhiem vu)|phan cong)\b)")


# --- a plan in Excel -----------------------------------------------------------------------------------------------
@router.on(private(), logged_in(), attached(), brings_plan)
@router.on(private(), logged_in(), attached(), state(*_GIVING_STEPS), workbook_came)
@router.on(private(), logged_in(), attached(), state(*_PLAN_STEPS))
def plan_file(incoming: Incoming, ctx: Context) -> Reply:
    """A plan, by itself or in the dialogue."""
    _ = ctx.lead(GIVING)
    file = incoming.attachments[0]
    content = ctx.fetched.get(file.handle)
    flow = PlanFlow(ctx)
    if ctx.dialogue.flow != PlanFlow.name or ctx.dialogue.asleep:
        if ctx.dialogue.flow == GiveFlow.name:
            ctx.dialogue.finish()
        flow.begin()
    ctx.dialogue.update()
    try:
        if content is None:
            raise BadInput("documents.file-not-fetched", megabytes=ctx.settings.file_megabytes)
        return flow.take(planflow.read(content, file.name))
    except BadInput as refusal:
        return Reply(t(refusal.key, **refusal.values), flow.ask().choices)


@router.on(private(), kind(Kind.UNSUPPORTED), lambda _incoming, ctx: ctx.dialogue.flow in {"give-task", "plan-tasks"})
@router.on(private(), choice("tasks.plan"))
@router.on(private(), PLAN)
def plan(_incoming: Incoming, ctx: Context) -> Reply:
    """Asked for; or a file on Zalo, where bots get none: the way by which it comes."""
    if ctx.dialogue.flow in {GiveFlow.name, PlanFlow.name}:
        ctx.dialogue.finish()
    return PlanFlow(ctx).begin()


@router.on(private(), choice("tasks.plan-template"))
@router.on(private(), TEMPLATE)
def template(_incoming: Incoming, ctx: Context) -> Reply:
    """The empty plan."""
    return plan_sheet.offer(ctx)


@router.on(private(), state(Planning.preview), choice("tasks.plan-rows", "tasks.plan-faults"))
def plan_part(_incoming: Incoming, ctx: Context) -> Reply:
    """The rows that were read, or those with faults."""
    action = ctx.chosen.action if ctx.chosen else ""
    return PlanFlow(ctx).show(action.removeprefix("tasks.plan-"), _id(ctx))


@router.on(private(), state(Planning.preview), choice("tasks.plan-preview"))
def plan_preview(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to what would be done."""
    ctx.dialogue.update()
    return PlanFlow(ctx).ask()


@router.on(private(), state(Planning.preview), choice("tasks.plan-again"))
def plan_again(_incoming: Incoming, ctx: Context) -> Reply:
    """Another file."""
    return PlanFlow(ctx).again()


@router.on(private(), state(Planning.preview), choice("tasks.plan-send"))
def plan_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Give it all."""
    return PlanFlow(ctx).send()


# --- giving --------------------------------------------------------------------------------------------------------
@router.on(group(), GIVE)
@router.on(group(), PLAN)
@router.on(group(), TEMPLATE)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Tasks are given in private."""
    return Reply(t("tasks.private-only"))


@router.on(private(), GIVE)
def give_command(_incoming: Incoming, ctx: Context) -> Reply:
    """`/giaoviec`, with or without the rest."""
    return GiveFlow(ctx).begin(ctx.args)


@router.on(private(), choice("tasks.give"))
def give_new(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed below the overview."""
    return GiveFlow(ctx).begin("")


@router.on(private(), logged_in(), idle, gives)
def give_in_words(_incoming: Incoming, ctx: Context) -> Reply:
    """In one line."""
    return GiveFlow(ctx).begin(ctx.args)


@router.on(private(), state(Give.who), choice("tasks.give-to"))
def give_to(_incoming: Incoming, ctx: Context) -> Reply:
    """This member."""
    return GiveFlow(ctx).choose(_id(ctx))


@router.on(private(), state(Give.who), typed)
def give_who(incoming: Incoming, ctx: Context) -> Reply:
    """A name was typed."""
    return GiveFlow(ctx).name_typed(incoming.text)


@router.on(private(), state(Give.what), typed)
def give_what(incoming: Incoming, ctx: Context) -> Reply:
    """What is to be done was typed."""
    return GiveFlow(ctx).title_typed(incoming.text)


@router.on(private(), state(Give.due), choice("tasks.give-due"))
def give_due(_incoming: Incoming, ctx: Context) -> Reply:
    """An offered day, or none."""
    return GiveFlow(ctx).set_due(_argument(ctx))


@router.on(private(), state(Give.due, Give.preview), typed)
def give_when(incoming: Incoming, ctx: Context) -> Reply:
    """A day was typed."""
    return GiveFlow(ctx).due_typed(incoming.text)


@router.on(private(), state(Give.preview), choice("tasks.give-edit"))
def give_edit(_incoming: Incoming, ctx: Context) -> Reply:
    """Something is to be changed."""
    return GiveFlow(ctx).edit(_argument(ctx))


@router.on(private(), state(Give.preview), choice("tasks.give-send"))
def give_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Give it."""
    return GiveFlow(ctx).send()


# --- out of a meeting ----------------------------------------------------------------------------------------------
@router.on(private(), choice("tasks.from-meeting"))
def from_meeting(_incoming: Incoming, ctx: Context) -> Reply:
    """Pressed on the chair's card."""
    return MeetingFlow(ctx).begin(_id(ctx))


@router.on(private(), state(FromMeeting.card), choice("tasks.give-all"))
def give_all(_incoming: Incoming, ctx: Context) -> Reply:
    """All proposals at once."""
    return MeetingFlow(ctx).give_all()


@router.on(private(), state(FromMeeting.card), choice("tasks.proposal"))
def proposal(_incoming: Incoming, ctx: Context) -> Reply:
    """One of them."""
    return MeetingFlow(ctx).look(_id(ctx))


@router.on(private(), state(FromMeeting.card, FromMeeting.one), choice("tasks.proposals"))
def proposals(_incoming: Incoming, ctx: Context) -> Reply:
    """The card, from this one on."""
    return MeetingFlow(ctx).page(_id(ctx))


@router.on(private(), state(FromMeeting.one), choice("tasks.proposal-edit"))
def proposal_edit(_incoming: Incoming, ctx: Context) -> Reply:
    """Another doer or day."""
    return MeetingFlow(ctx).change(_argument(ctx))


@router.on(private(), state(FromMeeting.one), choice("tasks.proposal-drop"))
def proposal_drop(_incoming: Incoming, ctx: Context) -> Reply:
    """No task."""
    return MeetingFlow(ctx).drop()


@router.on(private(), state(FromMeeting.one), typed)
def proposal_title(incoming: Incoming, ctx: Context) -> Reply:
    """Another wording."""
    return MeetingFlow(ctx).title_typed(incoming.text)


@router.on(private(), state(FromMeeting.who), choice("tasks.proposal-who"))
def proposal_who(_incoming: Incoming, ctx: Context) -> Reply:
    """This one of several."""
    return MeetingFlow(ctx).set_who(_id(ctx))


@router.on(private(), state(FromMeeting.who), typed)
def proposal_name(incoming: Incoming, ctx: Context) -> Reply:
    """A name was typed."""
    return MeetingFlow(ctx).who_typed(incoming.text)


@router.on(private(), state(FromMeeting.due), choice("tasks.proposal-due"))
def proposal_no_day(_incoming: Incoming, ctx: Context) -> Reply:
    """No day."""
    return MeetingFlow(ctx).set_due(_argument(ctx))


@router.on(private(), state(FromMeeting.due), typed)
def proposal_day(incoming: Incoming, ctx: Context) -> Reply:
    """A day was typed."""
    return MeetingFlow(ctx).due_typed(incoming.text)


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""


def _id(ctx: Context) -> int:
    head = _argument(ctx).partition(",")[0]
    return int(head) if head.isdecimal() else 0

"""Which words lead to the parts of a meeting before it is called: agenda, papers, length, guests, chair, online."""

from __future__ import annotations

from bot.context import Context
from bot.flows.meetings.agenda import AgendaSteps
from bot.flows.meetings.invite import Invite, InviteFlow
from bot.flows.meetings.program import Program, ProgramFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import Router, choice, command, group, private, state
from bot.texts import t

router = Router("agendas")
PROGRAM = command("chuongtrinh", "chương trình họp", "sửa chương trình", "sửa chương trình họp")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


@router.on(group(), PROGRAM)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Agendas are prepared in private."""
    return Reply(t("meetings.private-only"))


# --- of a meeting that was called already ----------------------------------------------------------------------------
@router.on(private(), PROGRAM)
def program(_incoming: Incoming, ctx: Context) -> Reply:
    """Whose agenda?"""
    return ProgramFlow(ctx).begin()


@router.on(private(), choice("agendas.of-this"))
def of_this(_incoming: Incoming, ctx: Context) -> Reply:
    """This meeting's."""
    return ProgramFlow(ctx).choose(_argument(ctx))


@router.on(private(), choice("agendas.save"))
def save(_incoming: Incoming, ctx: Context) -> Reply:
    """Write it down."""
    return ProgramFlow(ctx).save(tell=False)


@router.on(private(), choice("agendas.save-tell"))
def save_and_tell(_incoming: Incoming, ctx: Context) -> Reply:
    """Write it down and tell everybody."""
    return ProgramFlow(ctx).save(tell=True)


# --- the agenda ------------------------------------------------------------------------------------------------------
@router.on(private(), state(Invite.agenda, Program.agenda), typed)
def lines(incoming: Incoming, ctx: Context) -> Reply:
    """Items were typed."""
    return _steps(ctx).type_agenda(incoming.text)


@router.on(private(), choice("agendas.before"))
def as_before(_incoming: Incoming, ctx: Context) -> Reply:
    """Last time's agenda."""
    return _steps(ctx).agenda_as_before()


@router.on(private(), choice("agendas.clear"))
def clear(_incoming: Incoming, ctx: Context) -> Reply:
    """Start the agenda anew."""
    return _steps(ctx).clear_agenda()


@router.on(private(), choice("agendas.done"))
def done(_incoming: Incoming, ctx: Context) -> Reply:
    """The agenda is complete."""
    return ProgramFlow(ctx).done() if _is_called(ctx) else InviteFlow(ctx).card()


@router.on(private(), choice("agendas.item"))
def item(_incoming: Incoming, ctx: Context) -> Reply:
    """Work on one item."""
    return _steps(ctx).choose_item(_argument(ctx))


@router.on(private(), state(Invite.item, Program.item), typed)
def item_words(incoming: Incoming, ctx: Context) -> Reply:
    """The item in new words."""
    return _steps(ctx).type_item(incoming.text)


@router.on(private(), choice("agendas.move"))
def move(_incoming: Incoming, ctx: Context) -> Reply:
    """Up or down."""
    return _steps(ctx).move_item(_argument(ctx))


@router.on(private(), choice("agendas.delete"))
def delete(_incoming: Incoming, ctx: Context) -> Reply:
    """Out of the agenda."""
    return _steps(ctx).delete_item()


@router.on(private(), choice("agendas.item-done"))
def item_done(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to the agenda."""
    return _steps(ctx).item_done()


@router.on(private(), choice("agendas.papers"))
def papers(_incoming: Incoming, ctx: Context) -> Reply:
    """Which papers belong to the item."""
    return _steps(ctx).ask_papers()


@router.on(private(), choice("agendas.paper"))
def paper(_incoming: Incoming, ctx: Context) -> Reply:
    """This one, or no longer."""
    return _steps(ctx).toggle_paper(_argument(ctx))


@router.on(private(), state(Invite.papers, Program.papers), typed)
def paper_numbers(incoming: Incoming, ctx: Context) -> Reply:
    """Papers by number or words."""
    return _steps(ctx).type_papers(incoming.text)


@router.on(private(), choice("agendas.papers-done"))
def papers_done(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to the item."""
    return _steps(ctx).papers_done()


# --- the rest --------------------------------------------------------------------------------------------------------
@router.on(private(), choice("meetings.length"))
def length(_incoming: Incoming, ctx: Context) -> Reply:
    """So long."""
    return InviteFlow(ctx).set_length(_argument(ctx))


@router.on(private(), state(Invite.length), typed)
def length_words(incoming: Incoming, ctx: Context) -> Reply:
    """So long, in words."""
    return InviteFlow(ctx).set_length(incoming.text)


@router.on(private(), state(Invite.guests), typed)
def guests(incoming: Incoming, ctx: Context) -> Reply:
    """Guests, one a line."""
    return InviteFlow(ctx).type_guests(incoming.text)


@router.on(private(), choice("meetings.no-guests"))
def no_guests(_incoming: Incoming, ctx: Context) -> Reply:
    """Nobody from outside."""
    return InviteFlow(ctx).clear_guests()


@router.on(private(), state(Invite.url), typed)
def url(incoming: Incoming, ctx: Context) -> Reply:
    """Where to meet online."""
    return InviteFlow(ctx).set_url(incoming.text)


@router.on(private(), choice("meetings.no-url"))
def no_url(_incoming: Incoming, ctx: Context) -> Reply:
    """Not online."""
    return InviteFlow(ctx).set_url("")


@router.on(private(), choice("meetings.person"))
def person(_incoming: Incoming, ctx: Context) -> Reply:
    """Who chairs, who keeps the minutes."""
    return InviteFlow(ctx).set_person(_argument(ctx))


@router.on(private(), state(Invite.chair, Invite.clerk), typed)
def person_named(incoming: Incoming, ctx: Context) -> Reply:
    """The same by name."""
    return InviteFlow(ctx).type_person(incoming.text)


def _is_called(ctx: Context) -> bool:
    """Whether the agenda in work is that of a meeting that was called already."""
    return ctx.dialogue.flow == ProgramFlow.name


def _steps(ctx: Context) -> AgendaSteps:
    """The dialogue whose agenda this is."""
    return ProgramFlow(ctx) if _is_called(ctx) else InviteFlow(ctx)


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

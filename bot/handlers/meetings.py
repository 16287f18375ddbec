"""Which words lead to meetings: calling, moving and cancelling them."""

from __future__ import annotations

from bot.context import Context
from bot.flows.attendance import talk
from bot.flows.meetings import change, series, sheets
from bot.flows.meetings.change import Cancel, CancelFlow, Change, ChangeFlow
from bot.flows.meetings.invite import Invite, InviteFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import Router, choice, command, group, private, state
from bot.texts import t
from storage.meetings import MeetingKind

router = Router("meetings")
CALL = command("moihop", "mời họp", "mời sinh hoạt", "tạo cuộc họp")
URGENT = command("hopkhan", "họp khẩn", "mời họp khẩn", "triệu tập", "triệu tập họp", "họp đột xuất")
MOVE = command("doihop", "đổi lịch họp", "hoãn họp", "dời họp", "dời lịch họp", "đổi giờ họp")
PRIVATELY = "private"
"""The argument of "send" for: to each person, whatever the quota planner proposes."""
CALL_OFF = command("huyhop", "hủy họp", "hủy cuộc họp")


REPEAT = command("laplai", "lặp lại", "lặp lại hằng tháng", "họp lặp lại hằng tháng")
PRINT = command("giaymoi", "in giấy mời", "giấy mời để in", "bản giấy mời để in")
SERIES = command("lichlap", "lịch lặp lại", "họp hằng tháng")
CALENDAR = command("teplich", "tệp lịch")


PROPOSED = tuple(f"meetings.series-{act}" for act in ("send", "edit", "skip", "stop", "private"))
"""The choices of a proposal that comes by itself, perhaps into the middle of a dialogue."""


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


@router.on(group(), CALL)
@router.on(group(), URGENT)
@router.on(group(), MOVE)
@router.on(group(), CALL_OFF)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Meetings are prepared in private."""
    return Reply(t("meetings.private-only"))


@router.on(private(), CALL)
@router.on(private(), choice("meetings.new"))
def call(_incoming: Incoming, ctx: Context) -> Reply:
    """Call a meeting."""
    return InviteFlow(ctx).begin()


@router.on(private(), MOVE)
def move(_incoming: Incoming, ctx: Context) -> Reply:
    """Move a meeting."""
    return ChangeFlow(ctx).begin()


@router.on(private(), CALL_OFF)
def call_off(_incoming: Incoming, ctx: Context) -> Reply:
    """Cancel a meeting."""
    return CancelFlow(ctx).begin()


@router.on(private(), choice("meetings.kind"))
def kind(_incoming: Incoming, ctx: Context) -> Reply:
    """The kind was picked."""
    return InviteFlow(ctx).choose_kind(_argument(ctx))


@router.on(private(), URGENT)
def call_urgently(_incoming: Incoming, ctx: Context) -> Reply:
    """An urgent meeting, without the question which kind. After the choices: one of them bears these words."""
    flow = InviteFlow(ctx)
    flow.begin()
    return flow.choose_kind(MeetingKind.URGENT)


@router.on(private(), choice("meetings.at"))
def at(_incoming: Incoming, ctx: Context) -> Reply:
    """A proposed moment was picked."""
    return InviteFlow(ctx).choose_moment(_argument(ctx))


@router.on(private(), state(Invite.preview, Invite.when, Invite.half), typed)
def when(incoming: Incoming, ctx: Context) -> Reply:
    """A moment was typed, at the card too."""
    return InviteFlow(ctx).type_moment(incoming.text)


@router.on(private(), choice("meetings.place"))
def usual_place(_incoming: Incoming, ctx: Context) -> Reply:
    """The usual place was picked."""
    return InviteFlow(ctx).set_place("")


@router.on(private(), state(Invite.place), typed)
def place(incoming: Incoming, ctx: Context) -> Reply:
    """A place was typed."""
    return InviteFlow(ctx).set_place(incoming.text)


@router.on(private(), choice("meetings.edit", "meetings.edit-part"))
def edit(_incoming: Incoming, ctx: Context) -> Reply:
    """Something is to be changed before sending."""
    return InviteFlow(ctx).edit(_argument(ctx))


@router.on(private(), choice("meetings.card"))
def card(_incoming: Incoming, ctx: Context) -> Reply:
    """Back to the card."""
    return InviteFlow(ctx).card()


@router.on(private(), choice("meetings.convening"))
def convening(_incoming: Incoming, ctx: Context) -> Reply:
    """An order instead of an invitation, or the reverse."""
    return InviteFlow(ctx).toggle_convening()


@router.on(private(), choice("meetings.letter"))
def letter(_incoming: Incoming, ctx: Context) -> Reply:
    """The invitation word by word."""
    return InviteFlow(ctx).show_letter()


@router.on(private(), choice("meetings.merge"))
def merge(_incoming: Incoming, ctx: Context) -> Reply:
    """Into a meeting that is there already on that day."""
    return InviteFlow(ctx).merge(_argument(ctx))


@router.on(private(), choice("meetings.send"))
def send(_incoming: Incoming, ctx: Context) -> Reply:
    """Send the invitation."""
    return InviteFlow(ctx).send(privately=_argument(ctx) == PRIVATELY)


@router.on(private(), choice("meetings.move-this"))
def move_this(_incoming: Incoming, ctx: Context) -> Reply:
    """This meeting is to be moved."""
    return ChangeFlow(ctx).choose(_argument(ctx))


@router.on(private(), choice("meetings.move-at"))
def move_at(_incoming: Incoming, ctx: Context) -> Reply:
    """The old moment, or one half of the day."""
    return ChangeFlow(ctx).set_moment(_argument(ctx))


@router.on(private(), state(Change.when, Change.half), typed)
def move_when(incoming: Incoming, ctx: Context) -> Reply:
    """A new moment was typed."""
    return ChangeFlow(ctx).type_moment(incoming.text)


@router.on(private(), choice("meetings.move-place"))
def keep_place(_incoming: Incoming, ctx: Context) -> Reply:
    """The old place stays."""
    return ChangeFlow(ctx).set_place("")


@router.on(private(), state(Change.place), typed)
def move_place(incoming: Incoming, ctx: Context) -> Reply:
    """A new place was typed."""
    return ChangeFlow(ctx).set_place(incoming.text)


@router.on(private(), choice("meetings.move-send"))
def move_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Announce the change."""
    return ChangeFlow(ctx).send(privately=_argument(ctx) == PRIVATELY)


@router.on(private(), choice("meetings.move-merge"))
def move_merge(_incoming: Incoming, ctx: Context) -> Reply:
    """Not moved but merged with another one of that day."""
    return ChangeFlow(ctx).merge(_argument(ctx))


@router.on(private(), choice("meetings.cancel-this"))
def cancel_this(_incoming: Incoming, ctx: Context) -> Reply:
    """This meeting is to be cancelled."""
    return CancelFlow(ctx).choose(_argument(ctx))


@router.on(private(), state(Cancel.confirm), typed)
def cancel_because(incoming: Incoming, ctx: Context) -> Reply:
    """Why it is cancelled."""
    return CancelFlow(ctx).because(incoming.text)


@router.on(private(), choice("meetings.cancel-send"))
def cancel_send(_incoming: Incoming, ctx: Context) -> Reply:
    """Announce the cancellation."""
    return CancelFlow(ctx).send(privately=_argument(ctx) == PRIVATELY)


# --- after it went out ----------------------------------------------------------------------------------------------
@router.on(private(), choice("meetings.paper"))
def paper(_incoming: Incoming, ctx: Context) -> Reply:
    """The invitation to be printed."""
    return sheets.ask_paper(ctx, _argument(ctx))


@router.on(private(), choice("meetings.paper-plain"))
def paper_plain(_incoming: Incoming, ctx: Context) -> Reply:
    """One page for all."""
    return sheets.paper(ctx, _argument(ctx), by_name=False)


@router.on(private(), choice("meetings.paper-named"))
def paper_named(_incoming: Incoming, ctx: Context) -> Reply:
    """A page for each."""
    return sheets.paper(ctx, _argument(ctx), by_name=True)


@router.on(private(), choice("meetings.calendar"))
def calendar_of(_incoming: Incoming, ctx: Context) -> Reply:
    """The calendar file of this meeting."""
    return sheets.calendar_file(ctx, _argument(ctx))


@router.on(private(), CALENDAR)
def my_calendar(_incoming: Incoming, ctx: Context) -> Reply:
    """The calendar files of one's own meetings."""
    return sheets.my_calendars(ctx)


@router.on(private(), PRINT)
def print_one(_incoming: Incoming, ctx: Context) -> Reply:
    """The invitation to be printed, asked for in words."""
    return change.for_one(ctx, "meetings.paper", sheets.ask_paper)


# --- every month ----------------------------------------------------------------------------------------------------
def came_between(_incoming: Incoming, ctx: Context) -> bool:
    """The number may have been meant for the dialogue under way."""
    return talk.came_between(ctx)


@router.on(private(), came_between, choice(*PROPOSED))
def number_unsure(_incoming: Incoming, _ctx: Context) -> Reply:
    """Nothing is sent; the dialogue's question follows."""
    return Reply(t("attendance.number-unsure"))


@router.on(private(), REPEAT)
def repeat_one(_incoming: Incoming, ctx: Context) -> Reply:
    """Every month like this one, asked for in words."""
    return change.for_one(ctx, "meetings.repeat", series.repeat)


@router.on(private(), SERIES)
def all_series(_incoming: Incoming, ctx: Context) -> Reply:
    """What repeats."""
    return series.listing(ctx)


@router.on(private(), choice("meetings.repeat"))
def repeat(_incoming: Incoming, ctx: Context) -> Reply:
    """Every month like this one."""
    return series.repeat(ctx, _argument(ctx))


@router.on(private(), choice("meetings.series-stop"))
def series_stop(_incoming: Incoming, ctx: Context) -> Reply:
    """No longer."""
    return series.switch(ctx, _argument(ctx), on=False)


@router.on(private(), choice("meetings.series-resume"))
def series_resume(_incoming: Incoming, ctx: Context) -> Reply:
    """Again."""
    return series.switch(ctx, _argument(ctx), on=True)


@router.on(private(), choice("meetings.series-send"))
def series_send(_incoming: Incoming, ctx: Context) -> Reply:
    """The proposed invitation goes out."""
    return series.send(ctx, _argument(ctx))


@router.on(private(), choice("meetings.series-private"))
def series_private(_incoming: Incoming, ctx: Context) -> Reply:
    """The same, to each person."""
    return series.send(ctx, _argument(ctx), privately=True)


@router.on(private(), choice("meetings.series-edit"))
def series_edit(_incoming: Incoming, ctx: Context) -> Reply:
    """Something of it is to be changed."""
    return series.edit(ctx, _argument(ctx))


@router.on(private(), choice("meetings.series-skip"))
def series_skip(_incoming: Incoming, ctx: Context) -> Reply:
    """Not this month."""
    return series.skip(ctx, _argument(ctx))


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

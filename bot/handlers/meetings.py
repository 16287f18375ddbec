"""Which words lead to meetings: calling, moving and cancelling them."""

from __future__ import annotations

from bot.context import Context
from bot.flows.meetings.change import Cancel, CancelFlow, Change, ChangeFlow
from bot.flows.meetings.invite import Invite, InviteFlow
from bot.messages import Incoming, Kind, Reply
from bot.routing import Router, choice, command, group, private, state
from bot.texts import t

router = Router("meetings")
CALL = command("moihop", "mời họp", "mời sinh hoạt", "tạo cuộc họp")
MOVE = command("doihop", "đổi lịch họp", "hoãn họp", "dời họp", "dời lịch họp", "đổi giờ họp")
PRIVATELY = "private"
"""The argument of "send" for: to each person, whatever the quota planner proposes."""
CALL_OFF = command("huyhop", "hủy họp", "hủy cuộc họp")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


@router.on(group(), CALL)
@router.on(group(), MOVE)
@router.on(group(), CALL_OFF)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Meetings are prepared in private."""
    return Reply(t("meetings.private-only"))


@router.on(private(), CALL)
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


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

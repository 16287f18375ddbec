"""Which words lead into the meeting's room: the card, roll call, check-in, opinions, conclusions, the end."""

from __future__ import annotations

from bot.context import Context
from bot.errors import BadInput
from bot.flows.room import card, checking, conclusions, desk, doubts, floor, rolls, speaking
from bot.flows.room.checking import CheckInFlow, CheckingIn
from bot.flows.room.conclusions import Conclude, ConcludeFlow
from bot.flows.room.floor import Floor, FloorFlow
from bot.flows.room.rolls import Roll, RollFlow
from bot.flows.room.speaking import Prepare, PrepareFlow
from bot.flows.room.words import State
from bot.messages import AttachmentKind, Incoming, Kind, Reply
from bot.routing import Answer, Router, addressed, attached, begins, choice, command, group, logged_in, private, state
from bot.texts import t
from storage import agendas
from storage.meetings import MeetingState

router = Router("room")
LEAD = command("dieuhanh", "điều hành", "mở họp", "khai mạc", "bắt đầu họp", "bảng điều hành", "điều hành họp")
CHECK_IN = command("diemdanh", "điểm danh", "điểm danh bằng mã", "mã điểm danh")
SPEAK = command("phatbieu", "phát biểu", "xin phát biểu", "đăng ký phát biểu", "tôi xin phát biểu", "giơ tay")
CODE = begins("diem danh", "/diemdanh", "co mat ma", "ma diem danh")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def with_code(incoming: Incoming, _ctx: Context) -> bool:
    """Six digits are in it."""
    return checking.TYPED.search(incoming.text) is not None


def code_alone(incoming: Incoming, ctx: Context) -> bool:
    """Six digits and nothing else, while a meeting of the speaker's shows codes."""
    alone = incoming.kind is Kind.MESSAGE and checking.TYPED.fullmatch(incoming.text.strip()) is not None
    return alone and ctx.chosen is None and not ctx.dialogue.flow and checking.is_for_meeting(ctx)


# --- the card ----------------------------------------------------------------------------------------------------
@router.on(group(), addressed(), LEAD)
@router.on(group(), addressed(), SPEAK)
@router.on(group(), addressed(), CHECK_IN)
@router.on(group(), addressed(), CODE, with_code)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """The room is led, and people check in, in private."""
    return Reply(t("room.private-only"))


@router.on(private(), choice("room.card"))
def show_card(_incoming: Incoming, ctx: Context) -> Reply:
    """The card as things are now."""
    return card.card(ctx, desk.meeting_of(ctx, _argument(ctx)))


@router.on(private(), choice("room.open"))
def open_up(_incoming: Incoming, ctx: Context) -> Reply:
    """Open the meeting; long before its hour only when pressed again."""
    meeting = desk.meeting_of(ctx, _argument(ctx), hold=True)
    if meeting.starts_at - ctx.now > desk.EARLY and not _argument(ctx).endswith(":sure"):
        return card.ask_early(ctx, meeting)
    if meeting.state != MeetingState.PLANNED:
        return card.card(ctx, meeting)
    desk.open_up(ctx, meeting)
    link = checking.board_link(ctx, meeting)
    said = t("room.opened-board", link=link) if link else t("room.opened")
    return card.card(ctx, meeting, said)


@router.on(private(), choice("room.unopen"))
def take_back(_incoming: Incoming, ctx: Context) -> Reply:
    """It was opened by mistake."""
    meeting = desk.opened(ctx, _argument(ctx))
    desk.take_back(ctx, meeting)
    return card.card(ctx, meeting, t("room.unopened"))


@router.on(private(), choice("room.next"))
def next_item(_incoming: Incoming, ctx: Context) -> Reply:
    """The next item of the agenda."""
    meeting = desk.opened(ctx, _argument(ctx))
    return card.card(ctx, meeting, conclusions.next_item(ctx, meeting))


@router.on(private(), choice("room.end"))
def end(_incoming: Incoming, ctx: Context) -> Reply:
    """The meeting is over."""
    meeting = desk.opened(ctx, _argument(ctx))
    desk.end(ctx, meeting)
    return card.card(ctx, meeting)


@router.on(private(), choice("room.go-on"))
def go_on(_incoming: Incoming, ctx: Context) -> Reply:
    """It is not over after all."""
    meeting = desk.opened(ctx, _argument(ctx))
    drafted = _argument(ctx).partition(":")[2]
    conclusions.open_again(ctx, meeting, {int(each) for each in drafted.split(",") if each})
    desk.go_on(ctx, meeting)
    return card.card(ctx, meeting, t("room.going-on"))


@router.on(private(), LEAD)
def lead(_incoming: Incoming, ctx: Context) -> Reply:
    """The card of the meeting that is meant."""
    return card.begin(ctx)


# --- the roll call -----------------------------------------------------------------------------------------------
@router.on(private(), choice("room.roll"))
def roll(_incoming: Incoming, ctx: Context) -> Reply:
    """The roll, or a further page of it."""
    meeting = desk.opened(ctx, _argument(ctx))
    page = _argument(ctx).partition(":")[2]
    card.leave(ctx)
    return RollFlow(ctx).begin(meeting, page=int(page or 0))


@router.on(private(), choice("room.mark"))
def mark(_incoming: Incoming, ctx: Context) -> Reply:
    """One press on a name."""
    meeting = desk.opened(ctx, _argument(ctx))
    _, member_id, presence = _argument(ctx).split(":")
    return RollFlow(ctx).begin(meeting, rolls.record(ctx, meeting, int(member_id), State(presence)))


@router.on(private(), choice("room.who"))
def who(_incoming: Incoming, ctx: Context) -> Reply:
    """One of several with the same name."""
    meeting = desk.opened(ctx, _argument(ctx))
    return RollFlow(ctx).who(meeting, int(_argument(ctx).partition(":")[2]))


@router.on(private(), choice("room.roll-done", "room.rest"))
def roll_done(_incoming: Incoming, ctx: Context) -> Reply:
    """The rest is as proposed."""
    meeting = desk.opened(ctx, _argument(ctx))
    open_ones = rolls.finish(ctx, meeting, _argument(ctx).partition(":")[2])
    if open_ones is not None:
        card.leave(ctx)
        return open_ones
    return card.card(ctx, meeting, t("room.roll-done"))


@router.on(private(), state(Roll.listing), typed)
def roll_typed(incoming: Incoming, ctx: Context) -> Reply:
    """A name, with or without what is to be recorded."""
    return RollFlow(ctx).type(incoming.text)


@router.on(private(), choice("room.guests"))
def guests(_incoming: Incoming, ctx: Context) -> Reply:
    """The guests."""
    meeting = desk.opened(ctx, _argument(ctx))
    card.leave(ctx)
    return rolls.guests(ctx, meeting)


@router.on(private(), choice("room.guest"))
def guest(_incoming: Incoming, ctx: Context) -> Reply:
    """A guest has come."""
    meeting = desk.opened(ctx, _argument(ctx))
    wanted = int(_argument(ctx).partition(":")[2])
    if wanted not in {each.id for each in agendas.guests(ctx.db, meeting.id or 0)}:
        raise BadInput("room.not-on-roll")
    agendas.tick(ctx.db, wanted)
    return rolls.guests(ctx, meeting)


# --- checking in -------------------------------------------------------------------------------------------------
@router.on(private(), choice("room.qr"))
def board(_incoming: Incoming, ctx: Context) -> Reply:
    """The page for the projector."""
    meeting = desk.meeting_of(ctx, _argument(ctx), hold=True)
    return card.board(ctx, meeting)


@router.on(private(), choice("room.doubts"))
def waiting(_incoming: Incoming, ctx: Context) -> Reply:
    """Check-ins that wait for the chair's word."""
    return _doubts(ctx, "")


@router.on(private(), choice("room.doubt"))
def decide(_incoming: Incoming, ctx: Context) -> Reply:
    """The chair's word on one."""
    meeting = desk.meeting_of(ctx, _argument(ctx), hold=True)
    _, member_id, word = _argument(ctx).split(":")
    return _doubts(ctx, doubts.decide(ctx, meeting, int(member_id), accepted=word == "y"))


@router.on(private(), choice("room.doubts-all"))
def decide_all(_incoming: Incoming, ctx: Context) -> Reply:
    """All of them are accepted."""
    return _doubts(ctx, doubts.decide_all(ctx, desk.meeting_of(ctx, _argument(ctx), hold=True)))


def _doubts(ctx: Context, said: str) -> Reply:
    meeting = desk.meeting_of(ctx, _argument(ctx))
    card.leave(ctx)
    return doubts.show(ctx, meeting, said) or card.card(ctx, meeting, said or t("room.no-doubts"))


@router.on(private(), logged_in(), CODE, with_code)
@router.on(private(), logged_in(), code_alone)
def check_in(incoming: Incoming, ctx: Context) -> Reply:
    """ "điểm danh 482913 cho bác Lan": the digits tell which meeting."""
    return Reply(checking.check_in(ctx, incoming.text))


@router.on(private(), CHECK_IN)
def check_in_how(_incoming: Incoming, ctx: Context) -> Reply:
    """For who leads a meeting under way the roll; for everybody else the way to check in."""
    _ = ctx.me
    if any(kind in desk.KEEPING for kind, _ in ctx.roles):
        running = [each for each in desk.meant(ctx) if desk.is_running(each)]
        if len(running) == 1:
            card.leave(ctx)
            return RollFlow(ctx).begin(running[0])
    return CheckInFlow(ctx).begin()


@router.on(private(), state(CheckingIn.code), typed)
def code_typed(incoming: Incoming, ctx: Context) -> Reply:
    """The digits, as an answer."""
    return CheckInFlow(ctx).type(incoming.text)


# --- opinions ----------------------------------------------------------------------------------------------------
@router.on(private(), choice("room.floor"))
def show_floor(_incoming: Incoming, ctx: Context) -> Reply:
    """Who asks to speak."""
    meeting = desk.opened(ctx, _argument(ctx))
    card.leave(ctx)
    return FloorFlow(ctx).begin(meeting)


@router.on(private(), choice("room.spoken"))
def spoken(_incoming: Incoming, ctx: Context) -> Reply:
    """Somebody has spoken."""
    meeting = desk.opened(ctx, _argument(ctx))
    return FloorFlow(ctx).begin(meeting, floor.spoken(ctx, meeting, int(_argument(ctx).partition(":")[2])))


@router.on(private(), choice("room.floor-this"))
def floor_this(_incoming: Incoming, ctx: Context) -> Reply:
    """One of several with the same name has spoken."""
    meeting = desk.opened(ctx, _argument(ctx))
    return FloorFlow(ctx).this(meeting, int(_argument(ctx).partition(":")[2]))


@router.on(private(), choice("room.prepared"))
def prepared(_incoming: Incoming, ctx: Context) -> Answer:
    """What members have sent in."""
    meeting = desk.opened(ctx, _argument(ctx))
    return [*floor.prepared(ctx, meeting), FloorFlow(ctx).begin(meeting)]


@router.on(private(), state(Floor.listing), typed)
def floor_typed(incoming: Incoming, ctx: Context) -> Reply:
    """ "bác Lan: đề nghị sửa đường"."""
    return FloorFlow(ctx).type(incoming.text)


@router.on(private(), SPEAK)
def speak(_incoming: Incoming, ctx: Context) -> Reply:
    """In a meeting a place in the queue, before one the way to prepare."""
    _ = ctx.me
    return speaking.ask_to_speak(ctx)


@router.on(private(), choice("room.queue-me"))
def queue_me(_incoming: Incoming, ctx: Context) -> Reply:
    """In this meeting of several."""
    return speaking.queue_me(ctx, card.any_meeting(ctx, _argument(ctx)))


@router.on(private(), choice("room.unqueue"))
def unqueue(_incoming: Incoming, ctx: Context) -> Reply:
    """Would rather not speak."""
    return speaking.unqueue(ctx, int(_argument(ctx)))


@router.on(private(), choice("room.prepare"))
def prepare(_incoming: Incoming, ctx: Context) -> Reply:
    """An opinion in writing."""
    return PrepareFlow(ctx).for_meeting(_argument(ctx))


@router.on(private(), choice("room.prepare-for"))
def prepare_for(_incoming: Incoming, ctx: Context) -> Reply:
    """For this meeting of several."""
    return PrepareFlow(ctx).choose_meeting(_argument(ctx))


@router.on(private(), choice("room.prepare-item"))
def prepare_item(_incoming: Incoming, ctx: Context) -> Reply:
    """On this item."""
    return PrepareFlow(ctx).choose_item(_argument(ctx))


@router.on(private(), state(Prepare.content), attached())
def prepare_file(_incoming: Incoming, ctx: Context) -> Reply:
    """A photo of notes, or a voice."""
    return PrepareFlow(ctx).send()


@router.on(private(), state(Prepare.content), typed)
def prepare_text(incoming: Incoming, ctx: Context) -> Reply:
    """The opinion in words."""
    return PrepareFlow(ctx).write(incoming.text)


@router.on(private(), choice("room.withdraw"))
def withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Take an opinion back."""
    return speaking.withdraw(ctx, int(_argument(ctx)))


# --- conclusions -------------------------------------------------------------------------------------------------
@router.on(private(), choice("room.conclude"))
def conclude(_incoming: Incoming, ctx: Context) -> Reply:
    """The conclusion of the item under way."""
    meeting = desk.opened(ctx, _argument(ctx))
    card.leave(ctx)
    return ConcludeFlow(ctx).begin(meeting)


@router.on(private(), choice("room.conclude-other"))
def conclude_other(_incoming: Incoming, ctx: Context) -> Reply:
    """Of another item."""
    return ConcludeFlow(ctx).other()


@router.on(private(), choice("room.conclude-item"))
def conclude_item(_incoming: Incoming, ctx: Context) -> Reply:
    """Of this one."""
    return ConcludeFlow(ctx).choose(_argument(ctx))


@router.on(private(), choice("room.as-drafted"))
def as_drafted(_incoming: Incoming, ctx: Context) -> Reply:
    """As the draft says."""
    return ConcludeFlow(ctx).as_drafted()


@router.on(private(), choice("room.all-as-drafted"))
def all_as_drafted(_incoming: Incoming, ctx: Context) -> Reply:
    """Every item that is left as its draft says."""
    return conclusions.all_as_drafted(ctx, desk.opened(ctx, _argument(ctx)))


@router.on(private(), state(Conclude.text), attached())
def conclude_voice(incoming: Incoming, ctx: Context) -> Reply:
    """A voice is not turned into words."""
    flow = ConcludeFlow(ctx)
    spoken = incoming.attachments[0].kind in {AttachmentKind.VOICE, AttachmentKind.AUDIO}
    return flow.voice() if spoken or not incoming.text.strip() else flow.write(incoming.text)


@router.on(private(), state(Conclude.text), typed)
def conclude_text(incoming: Incoming, ctx: Context) -> Reply:
    """The conclusion in words."""
    return ConcludeFlow(ctx).write(incoming.text)


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

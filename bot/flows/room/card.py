"""The chair's card: one message that says where the meeting is and what comes next. Before, during and after it."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.context import Context
from bot.dates import hour
from bot.errors import BadInput
from bot.flows.room import checking, codes, desk
from bot.flows.room.rolls import UNCLEAR, Line, RollFlow, lines, tally
from bot.invitations import moment_of, name_of, short
from bot.messages import Choice, Reply
from bot.settings import Settings
from bot.texts import t
from storage import agendas, attendance, checkins, meetings, opinions, rollcalls
from storage.agendas import AgendaItem
from storage.attendance import RsvpState
from storage.meetings import Meeting, MeetingState
from storage.members import Standing
from storage.rollcalls import Presence

SHOWN = 6
"""Meetings offered at most. [ours]"""
TITLE = 60
"""Characters of an item's title on the card. [ours]"""
SPEAKERS = 4
AFTER = (
    ("minutes.draft", "room.choice-minutes"), ("tasks.from-meeting", "room.choice-tasks"),
    ("scoring.form", "room.choice-scoring"), ("room.go-on", "room.choice-go-on"),
)  # fmt: skip
DURING = (
    ("room.roll", "room.choice-roll"), ("room.qr", "room.choice-qr"), ("room.next", "room.choice-next"),
    ("room.floor", "room.choice-floor"), ("votes.new", "room.choice-votes"), ("room.conclude", "room.choice-conclude"),
    ("room.end", "room.choice-end"),
)  # fmt: skip
"""The actions on the card. Those of other parts take the meeting's id as their argument, as ours do."""
DRAFTED = ("room.end-drafted", "room.choice-end-drafted")
"""The end in one press, every item that is left concluded as drafted; what follows: bot/handlers/afterwards.py."""
EXPECTED = (Presence.LATE, Presence.EXCUSED, Presence.UNEXCUSED, UNCLEAR)
NAMED = 3
"""Names of a state that are proposed on the card. [ours]"""


def begin(ctx: Context) -> Reply:
    """The card of the one meeting that can be meant, or the question which one."""
    found = desk.meant(ctx)
    if not found:
        return Reply(t("room.no-meeting"))
    if len(found) == 1:
        return card(ctx, found[0])
    choices = tuple(Choice("room.card", short(each, ctx.settings.zone), str(each.id)) for each in found[:SHOWN])
    return Reply(t("room.ask-which"), choices)


def card(ctx: Context, meeting: Meeting, said: str = "") -> Reply:
    """The card as things are now; `said` is what has just been done. It ends what was open of the room's dialogues."""
    leave(ctx)
    if meeting.state == MeetingState.PLANNED:
        reply = waiting(ctx.db, ctx.settings, meeting)
    else:
        reply = _during(ctx, meeting) if meeting.ended_at is None else _after(ctx, meeting)
    return replace(reply, text=f"{said}\n{reply.text}") if said else reply


def leave(ctx: Context) -> None:
    """Back at the card: a roll call, an opinion or a conclusion that was being written is over."""
    while ctx.dialogue.flow in {RollFlow.name, "floor", "conclude", "tasks-from-meeting"}:
        ctx.dialogue.finish()


def waiting(session: Session, settings: Settings, meeting: Meeting) -> Reply:
    """The card of a meeting that has not begun, also where nobody speaks."""
    zone = settings.zone
    text = t(
        "room.card-before", name=name_of(meeting, zone).upper(), moment=moment_of(meeting, zone),
        place=meeting.place[:80], counts=announced(session, meeting),
    )  # fmt: skip
    argument = str(meeting.id)
    choices = (
        Choice("room.open", t("room.choice-open"), argument),
        Choice("room.qr", t("room.choice-qr"), argument),
    )
    return Reply(text, choices, about=f"room:{argument}")


def announced(session: Session, meeting: Meeting) -> str:
    """Counts of what was announced, without names."""
    rows = attendance.counted(session, meeting.id or 0)
    states = [rsvp.state for _, rsvp in rows]
    return t(
        "room.announced", coming=states.count(RsvpState.ATTENDING), late=states.count(RsvpState.LATE),
        absent=states.count(RsvpState.ABSENT), silent=states.count(RsvpState.NONE), total=len(rows),
    )  # fmt: skip


def _during(ctx: Context, meeting: Meeting) -> Reply:
    zone, meeting_id = ctx.settings.zone, meeting.id or 0
    opened = (meeting.began_at or meeting.starts_at).astimezone(zone)
    parts = [
        t("room.card-now", name=name_of(meeting, zone), hour=hour(opened)),
        _item(ctx, meeting),
        here(ctx, meeting),
        _queue(ctx, meeting_id),
        _waiting(ctx, meeting_id),
    ]
    argument = str(meeting.id)
    choices = [Choice(action, t(key), argument) for action, key in DURING]
    if _is_open(ctx, meeting):
        choices.insert(-1, Choice(DRAFTED[0], t(DRAFTED[1]), argument))
    if _expected(lines(ctx, meeting)):
        choices.insert(0, Choice("room.roll-done", t("room.choice-roll-expected"), argument))
    if desk.may_take_back(ctx, meeting):
        choices.append(Choice("room.unopen", t("room.choice-unopen"), argument))
    return Reply("\n".join(part for part in parts if part), tuple(choices), about=f"room:{argument}")


def onward(ctx: Context, meeting: Meeting) -> tuple[Choice, ...]:
    """From what was recorded outside of the card back into the meeting, for who leads it; () when it does not run."""
    if not desk.is_running(meeting) or not desk.keeps(ctx.db, meeting, ctx.my_id):
        return ()
    argument = str(meeting.id)
    drafted = (Choice(DRAFTED[0], t(DRAFTED[1]), argument),) if _is_open(ctx, meeting) else ()
    return (*drafted, Choice("room.card", t("room.choice-card"), argument))


def _is_open(ctx: Context, meeting: Meeting) -> bool:
    """Whether something is left without a conclusion."""
    return any(not item.conclusion for item in agendas.items(ctx.db, meeting.id or 0))


def _item(ctx: Context, meeting: Meeting) -> str:
    items = agendas.items(ctx.db, meeting.id or 0)
    running = agendas.current(ctx.db, meeting.id or 0)
    if running is None:
        return t("room.card-items-done", count=len(items)) if items else ""
    text = t("room.card-item", position=running.position, count=len(items), title=brief(running))
    over = _over(ctx, running)
    return f"{text} {t('room.card-over', minutes=over)}" if over > 0 else text


def _over(ctx: Context, item: AgendaItem) -> int:
    """Minutes that an item takes longer than was planned; 0 when nothing was."""
    if not item.minutes or item.began_at is None:
        return 0
    return max(0, int((ctx.now - item.began_at).total_seconds() // 60) - item.minutes)


def brief(item: AgendaItem) -> str:
    """An item's title, short enough for the card."""
    return item.title if len(item.title) <= TITLE else item.title[: TITLE - 1].rstrip() + "…"


def here(ctx: Context, meeting: Meeting) -> str:
    """Who is there, as counts: of all, and of the probationary members apart; guests."""
    found = lines(ctx, meeting)
    counts = tally(found)
    expected = _expected(found) if desk.is_running(meeting) else ""
    if not any(line.recorded for line in found):
        shown = t("room.card-expected", listed=expected) if expected else announced(ctx.db, meeting)
        return t("room.card-no-roll", counts=shown)
    recorded = sum(line.recorded is not None and line.state in rollcalls.HERE for line in found)
    text = t("room.card-here", here=recorded, total=len(found))
    if counts["probationary"]:
        there = sum(
            line.recorded is not None and line.state in rollcalls.HERE
            for line in found
            if line.member.standing == Standing.PROBATIONARY
        )
        text += " " + t("room.card-probationary", here=there, total=counts["probationary"])
    guests = sum(guest.came for guest in agendas.guests(ctx.db, meeting.id or 0))
    text = f"{text} {t('room.card-guests', count=guests)}" if guests else text
    return f"{text}\n{t('room.card-left', listed=expected)}" if expected else text


def _expected(found: list[Line]) -> str:
    """What one press records of those who are not recorded yet: how many are present, and who is not; "" of nobody."""
    left = [line for line in found if line.recorded is None]
    if not left:
        return ""
    parts = [t("room.expected-present", count=sum(line.state == Presence.PRESENT for line in left))]
    for state in EXPECTED:
        names = [line.member.full_name for line in left if line.state == state]
        if names:
            listed = ", ".join(names[:NAMED]) + ("…" if len(names) > NAMED else "")
            parts.append(t("room.expected", state=t(f"room.state-{state}"), count=len(names), names=listed))
    return "; ".join(parts)


def _queue(ctx: Context, meeting_id: int) -> str:
    waiting = [member.full_name for row, member in opinions.waiting(ctx.db, meeting_id) if not row.prepared]
    if not waiting:
        return ""
    names = ", ".join(waiting[:SPEAKERS]) + ("…" if len(waiting) > SPEAKERS else "")
    return t("room.card-queue", count=len(waiting), names=names)


def _waiting(ctx: Context, meeting_id: int) -> str:
    count = len(checkins.waiting(ctx.db, meeting_id))
    return t("room.card-waiting", count=count) if count else ""


def _after(ctx: Context, meeting: Meeting) -> Reply:
    zone = ctx.settings.zone
    minutes = desk.length(meeting)
    began, ended = (moment.astimezone(zone) for moment in (meeting.began_at, meeting.ended_at) if moment is not None)
    parts = [
        t("room.card-after", name=name_of(meeting, zone), began=hour(began), ended=hour(ended), minutes=minutes),
        here(ctx, meeting) + " " + t("room.card-speakers", count=opinions.speakers(ctx.db, meeting.id or 0)),
        too_short(ctx, meeting),
    ]
    argument = str(meeting.id)
    choices = [Choice("after.begin", t("room.choice-after"), argument)]
    choices += [Choice(action, t(key), argument) for action, key in AFTER]
    if not any(line.recorded for line in lines(ctx, meeting)):
        choices.insert(0, Choice("room.roll", t("room.choice-roll"), argument))
    return Reply("\n".join(part for part in parts if part), tuple(choices), about=f"room:{argument}")


def too_short(ctx: Context, meeting: Meeting) -> str:
    """The rule on the length of a meeting (Hướng dẫn 42-HD/BTCTW), as a friendly word to who leads it."""
    least = {"regular": ctx.settings.meeting_minutes, "thematic": ctx.settings.thematic_minutes}.get(meeting.kind, 0)
    return t("room.card-short", least=least) if desk.length(meeting) < least else ""


def ask_early(ctx: Context, meeting: Meeting) -> Reply:
    """Long before the hour: perhaps a mistake."""
    sure = Choice("room.open", t("room.choice-open-now"), f"{meeting.id}:sure")
    back = Choice("room.card", t("room.choice-not-yet"), str(meeting.id))
    text = t("room.ask-early", moment=moment_of(meeting, ctx.settings.zone))
    return Reply(text, (sure, back), about=f"room:{meeting.id}")


def board(ctx: Context, meeting: Meeting) -> Reply:
    """The projector's page; without a public address the code itself, to be read out."""
    leave(ctx)
    if meeting.ended_at is not None:
        raise BadInput("room.over")
    link = checking.board_link(ctx, meeting)
    back = Choice("room.card", t("room.choice-card"), str(meeting.id))
    if link:
        return Reply(t("room.board", link=link), (back,), about=f"room:{meeting.id}")
    code = codes.digits(codes.key_of(meeting), codes.step_of(ctx.now))
    again = Choice("room.qr", t("room.choice-new-code"), str(meeting.id))
    return Reply(t("room.code-aloud", code=f"{code[:3]} {code[3:]}"), (again, back), about=f"room:{meeting.id}")


def any_meeting(ctx: Context, argument: str) -> Meeting:
    """A meeting by its id, for members: what they may do in it is asked elsewhere."""
    return meetings.get(ctx.db, int(argument))

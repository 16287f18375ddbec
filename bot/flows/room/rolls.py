"""The roll call: proposed from what was announced, one press per exception, the rest as proposed.

It is the branch's own record (domain.md: the official roll call happens in the room; who announced something is
another record, in another table).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import ClassVar

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput
from bot.flows.room import desk, names
from bot.flows.room.words import State, read
from bot.fsm import Flow, Move, StatesGroup
from bot.fsm import State as Step
from bot.messages import Choice, Reply
from bot.texts import t
from storage import agendas, attendance, checkins, members, rollcalls
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.meetings import Meeting
from storage.members import Member, Standing
from storage.rollcalls import Presence, Record, RollCall

SHOWN = 8
"""Names offered at once. [ours]"""
UNCLEAR = "unclear"
"""Of whom nobody knows: they announced nothing and nobody has recorded them."""
ORDER = (UNCLEAR, Presence.UNEXCUSED, Presence.EXCUSED, Presence.LATE, Presence.PRESENT)
"""Who is looked at first."""
_NEXT = {
    Presence.PRESENT: Presence.UNEXCUSED, Presence.UNEXCUSED: Presence.EXCUSED, Presence.EXCUSED: Presence.LATE,
    Presence.LATE: Presence.PRESENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One member on the roll. `state`: a Presence or UNCLEAR; `recorded` is None while it is only proposed."""

    member: Member
    rsvp: Rsvp | None
    recorded: RollCall | None
    calling: bool = False
    """Whether it is who looks at the roll while the meeting runs: that one is there."""

    @property
    def state(self) -> str:
        """What is recorded, else what is proposed."""
        if self.recorded is not None:
            return self.recorded.state
        proposed = proposal(self.rsvp)
        return str(Presence.PRESENT) if self.calling and proposed == UNCLEAR else proposed

    @property
    def next(self) -> Presence:
        """What one press makes of it: of a proposal its contrary, of a record the next one."""
        if self.recorded is not None:
            return _NEXT[Presence(self.recorded.state)]
        return Presence.UNEXCUSED if self.state == Presence.PRESENT else Presence.PRESENT


def proposal(rsvp: Rsvp | None) -> str:
    """What an announcement lets expect. A reason that nobody has accepted excuses nobody (domain.md)."""
    if rsvp is None or rsvp.state == RsvpState.NONE:
        return UNCLEAR
    if rsvp.state == RsvpState.ABSENT:
        return Presence.EXCUSED if rsvp.reason_state == ReasonState.ACCEPTED else Presence.UNEXCUSED
    return Presence.LATE if rsvp.state == RsvpState.LATE else Presence.PRESENT


def lines(ctx: Context, meeting: Meeting) -> list[Line]:
    """Everybody on the roll, who is looked at first in front: the meeting's base, and whoever was recorded besides."""
    recorded = {member.id: (member, row) for member, row in rollcalls.of_meeting(ctx.db, meeting.id or 0)}
    sure = {key: row for key, (_, row) in recorded.items() if not row.doubtful}
    calling = ctx.my_id if desk.is_running(meeting) else None
    found = [
        Line(member, rsvp, sure.get(member.id), member.id == calling)
        for member, rsvp in attendance.counted(ctx.db, meeting.id or 0)
    ]
    there = {line.member.id for line in found}
    found += [Line(recorded[key][0], None, row) for key, row in sure.items() if key not in there]
    return sorted(found, key=lambda line: (ORDER.index(line.state), line.member.name_key))


def tally(found: list[Line]) -> Counter[str]:
    """How many of each state; "here" and "here-probationary" count who is present or late."""
    counts = Counter(line.state for line in found)
    here = [line for line in found if line.state in rollcalls.HERE]
    probationary = [line for line in found if line.member.standing == Standing.PROBATIONARY]
    counts["here"], counts["probationary"] = len(here), len(probationary)
    counts["here-probationary"] = sum(line in here for line in probationary)
    return counts


class Roll(StatesGroup):
    """The one step: names are pressed or written until it is right."""

    listing = Step()


class RollFlow(Flow[Context]):
    """Data: meeting. Nothing else: what is recorded is in the table, so that another phone goes on with it."""

    name = "roll"
    states = Roll
    moves: ClassVar[list[Move]] = []

    def begin(self, meeting: Meeting, said: str = "", page: int = 0) -> Reply:
        """Show the roll; `said` is what has just been recorded."""
        self.dialogue.start(self.name, Roll.listing, meeting=meeting.id, page=page)
        reply = self.ask()
        return replace(reply, text=f"{said}\n{reply.text}") if said else reply

    def type(self, text: str) -> Reply:
        """ "bác Lan vắng", "chú Ba đến muộn 10 phút", or a name alone."""
        meeting = desk.opened(self.ctx, str(self.dialogue.data["meeting"]))
        people = [line.member for line in lines(self.ctx, meeting)]
        done, open_ones = [], []
        for who, state in read(text, people):
            found = names.find(people, who)
            if len(found) == 1 and state is not None:
                done.append(record(self.ctx, meeting, found[0].id or 0, state))
            else:
                open_ones.append((who, found))
        if not open_ones:
            return self.begin(meeting, "\n".join(done)) if done else self.ask_again(t("room.roll-how"))
        who, found = open_ones[0]
        said = "\n".join(done)
        if not found:
            return self.begin(meeting, "\n".join(filter(None, [said, t("room.nobody", name=who[:40])])))
        return self._ask_about(meeting, found, said)

    def _ask_about(self, meeting: Meeting, found: list[Member], said: str) -> Reply:
        """One name without a state, or a name of several."""
        self.dialogue.update()
        if len(found) > 1:
            choices = tuple(Choice("room.who", named(each), f"{meeting.id}:{each.id}") for each in found[:SHOWN])
            text = t("room.which-of")
        else:
            choices = tuple(
                Choice("room.mark", t(f"room.state-{state}"), f"{meeting.id}:{found[0].id}:{state}")
                for state in Presence
            )
            text = t("room.what-of", who=named(found[0]))
        return Reply("\n".join(filter(None, [said, text])), choices, about=f"room:{meeting.id}")

    def who(self, meeting: Meeting, member_id: int) -> Reply:
        """One of several with that name."""
        self.dialogue.start(self.name, Roll.listing, meeting=meeting.id, page=0)
        return self._ask_about(meeting, [members.get(self.ctx.db, member_id)], "")

    def ask_again(self, text: str) -> Reply:
        """The roll once more, with what was wrong in front."""
        self.dialogue.update()
        reply = self.ask()
        return replace(reply, text=f"{text}\n{reply.text}")

    def ask(self) -> Reply:
        """The roll: counts, and names as choices, those that nobody knows of first."""
        data = self.dialogue.data
        meeting = desk.opened(self.ctx, str(data["meeting"]))
        found = lines(self.ctx, meeting)
        counts = tally(found)
        text = t("room.roll-head", **{key: counts[key] for key in ("present", "late", "excused", "unexcused")})
        if counts["probationary"]:
            text += "\n" + _probationary(counts)
        unclear = [line.member.full_name for line in found if line.state == UNCLEAR]
        if unclear:
            text += "\n" + t("room.roll-unclear", count=len(unclear))
        return Reply(
            f"{text}\n{t('room.roll-how')}", self._choices(meeting, found, data["page"]), about=f"room:{meeting.id}"
        )

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("room.title-roll")

    def _choices(self, meeting: Meeting, found: list[Line], page: int) -> tuple[Choice, ...]:
        argument = str(meeting.id)
        first = page * SHOWN if page * SHOWN < len(found) else 0
        people = [
            Choice("room.mark", _label(line), f"{argument}:{line.member.id}:{line.next}")
            for line in found[first : first + SHOWN]
        ]
        choices = [Choice("room.roll-done", t("room.choice-done"), argument), *people]
        if len(found) > SHOWN:
            choices.append(Choice("room.roll", t("room.choice-others"), f"{argument}:{page + 1}"))
        if checkins.waiting(self.ctx.db, meeting.id or 0):
            choices.append(Choice("room.doubts", t("room.choice-doubts"), argument))
        if agendas.guests(self.ctx.db, meeting.id or 0):
            choices.append(Choice("room.guests", t("room.choice-guests"), argument))
        return tuple(choices)


def _label(line: Line) -> str:
    return t("room.roll-line", name=line.member.full_name, state=t(f"room.state-{line.state}"))


def _probationary(counts: Counter[str]) -> str:
    return t("room.roll-probationary", here=counts["here-probationary"], total=counts["probationary"])


def record(ctx: Context, meeting: Meeting, member_id: int, state: State) -> str:
    """Write one down as the chair says; returns the line that tells so. BadInput when they are not on the roll."""
    if member_id not in {line.member.id for line in lines(ctx, meeting)}:
        raise BadInput("room.not-on-roll")
    presence = _decided(ctx, meeting, member_id, state.kind)
    row = Record(presence, "chair", ctx.now, by=ctx.my_id, minutes_late=state.minutes)
    rollcalls.put(ctx.db, meeting.id or 0, member_id, row)
    checkins.decide(ctx.db, meeting.id or 0, member_id, checkins.verdict(presence))
    ctx.audit("rollcall.marked", f"meeting:{meeting.id}", member=member_id, state=presence)
    who = named(members.get(ctx.db, member_id))
    key = "room.marked-minutes" if state.minutes else "room.marked"
    return t(key, who=who, state=t(f"room.state-{presence}"), minutes=state.minutes)


def _decided(ctx: Context, meeting: Meeting, member_id: int, kind: str) -> Presence:
    """Absent without a word on the reason: excused when the reason was accepted before."""
    if kind != "absent":
        return Presence(kind)
    rsvp = attendance.of(ctx.db, meeting.id or 0, member_id)
    excused = rsvp is not None and rsvp.reason_state == ReasonState.ACCEPTED
    return Presence.EXCUSED if excused else Presence.UNEXCUSED


def finish(ctx: Context, meeting: Meeting, rest: str = "") -> Reply | None:
    """Take what is proposed. With somebody unclear it asks once what is to be recorded of them all (`rest`)."""
    found = lines(ctx, meeting)
    unclear = [line for line in found if line.state == UNCLEAR]
    if unclear and not rest:
        return _ask_rest(meeting, unclear)
    for line in found:
        if line.recorded is None:
            state = Presence(rest if line.state == UNCLEAR else line.state)
            minutes = (line.rsvp.minutes_late or 0) if line.rsvp and state == Presence.LATE else 0
            row = Record(state, "prefilled", ctx.now, by=ctx.my_id, minutes_late=minutes)
            rollcalls.put(ctx.db, meeting.id or 0, line.member.id or 0, row)
    ctx.audit("rollcall.finished", f"meeting:{meeting.id}")
    return None


def _ask_rest(meeting: Meeting, unclear: list[Line]) -> Reply:
    shown = ", ".join(line.member.full_name for line in unclear[:SHOWN]) + ("…" if len(unclear) > SHOWN else "")
    argument = str(meeting.id)
    choices = (
        Choice("room.rest", t("room.choice-rest-present"), f"{argument}:{Presence.PRESENT}"),
        Choice("room.rest", t("room.choice-rest-absent"), f"{argument}:{Presence.UNEXCUSED}"),
        Choice("room.roll", t("room.choice-each"), argument),
    )
    return Reply(t("room.ask-rest", count=len(unclear), names=shown), choices, about=f"room:{argument}")


def guests(ctx: Context, meeting: Meeting) -> Reply:
    """Who was invited from outside; a press says that they have come."""
    argument = str(meeting.id)
    choices = [
        Choice(
            "room.guest",
            t("room.roll-line", name=guest.name, state=t("room.guest-here" if guest.came else "room.guest-away")),
            f"{argument}:{guest.id}",
        )
        for guest in agendas.guests(ctx.db, meeting.id or 0)
    ]
    back = Choice("room.roll", t("room.choice-back-roll"), argument)
    return Reply(t("room.guests-how"), (*choices, back), about=f"room:{argument}")

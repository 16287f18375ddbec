"""Ghi hộ: the secretary records for members without a phone, or who called. Always marked and audited."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare, named
from bot.flows.attendance.answer import Said, note_of, receipt, record
from bot.flows.attendance.listing import grouped, led
from bot.flows.attendance.speech import STATES
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import about, name_of
from bot.matching import Label, fold, understand
from bot.messages import Choice, Reply
from bot.texts import t
from storage import attendance, audience, members, notes
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.meetings import Meeting
from storage.members import Member

SHOWN = 8
"""Names offered as choices; the others are found by typing a part of the name. [ours]"""
OFFERED = (RsvpState.ATTENDING, RsvpState.ABSENT, RsvpState.LATE)


class Behalf(StatesGroup):
    """The steps."""

    who = State()
    what = State()
    why = State()


class BehalfFlow(Flow[Context]):
    """Data: meeting (id), member (id), names (ids found by a typed name)."""

    name = "behalf"
    states = Behalf
    moves: ClassVar[list[Move]] = [
        Move("named", Behalf.who, Behalf.what),
        Move("absent", Behalf.what, Behalf.why),
    ]

    def begin(self, meeting: Meeting) -> Reply:
        """Ask for the name."""
        self.dialogue.start(self.name, Behalf.who, meeting=meeting.id, names=[])
        return self.ask()

    def find(self, text: str) -> Reply:
        """Members whose name holds what was typed."""
        wanted = fold(text)
        found = [member.id or 0 for member, _ in self._rows() if wanted and wanted in fold(member.full_name)]
        if len(found) == 1:
            return self.choose(found[0])
        self.dialogue.update(names=found[:SHOWN])
        if found:
            return self.ask()
        return Reply(t("attendance.behalf-nobody"), self.ask().choices)

    def choose(self, member_id: int) -> Reply:
        """This member; somebody who is not invited is not found."""
        self._row(member_id)
        self.fire("named")
        self.dialogue.update(member=member_id)
        return self.ask()

    def say(self, state: str) -> Reply:
        """1 dự, 2 vắng, 3 muộn; an absence is asked for its reason."""
        if state == RsvpState.ABSENT:
            self.fire("absent")
            return self.ask()
        return self._record(Said(RsvpState(state)))

    def type(self, text: str) -> Reply:
        """The answer in words; whatever is not certain is asked again."""
        self.dialogue.update()
        understood = understand(text)
        if understood.label is Label.ABSENT_WITH_REASON:
            return self._record(Said(RsvpState.ABSENT, reason=understood.reason))
        state = STATES.get(understood.label)
        return self.say(state) if state is not None and not text.strip().isdecimal() else self.ask()

    def because(self, text: str) -> Reply:
        """The reason; "" for none. Recorded by a leader it is accepted at once."""
        if text and is_bare(text):
            self.dialogue.update()
            return self.ask()
        return self._record(Said(RsvpState.ABSENT, reason=" ".join(text.split())[:300]))

    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker's role is gone."""
        self._meeting()
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("attendance.title-behalf")

    # --- the questions -------------------------------------------------------------------------------------------
    def _ask_who(self) -> Reply:
        wanted = self.dialogue.data["names"]
        rows = [row for row in self._rows() if row[0].id in wanted] if wanted else self._first()
        choices = tuple(Choice("attendance.behalf-who", member.full_name, str(member.id)) for member, _ in rows[:SHOWN])
        return Reply(t("attendance.behalf-who"), (*choices, Choice("dialogue.cancel", t("dialogue.cancel"))))

    def _ask_what(self) -> Reply:
        choices = tuple(
            Choice("attendance.behalf-what", t(f"attendance.behalf-{state}"), str(state)) for state in OFFERED
        )
        who = named(members.get(self.ctx.db, self.dialogue.data["member"]))
        return Reply(t("attendance.behalf-what", who=who), choices + _back())

    def _ask_why(self) -> Reply:
        skip = Choice("attendance.behalf-why", t("attendance.choice-no-reason"))
        return Reply(t("attendance.behalf-why"), (skip, *_back()))

    # --- the rows ------------------------------------------------------------------------------------------------
    def _meeting(self) -> Meeting:
        return led(self.ctx, str(self.dialogue.data["meeting"]))

    def _rows(self) -> list[tuple[Member, Rsvp]]:
        return attendance.of_meeting(self.ctx.db, self.dialogue.data["meeting"])

    def _first(self) -> list[tuple[Member, Rsvp]]:
        """Those without a phone and those who asked for a call come first."""
        rows = attendance.counted(self.ctx.db, self.dialogue.data["meeting"])
        reachable = audience.addresses_of(self.ctx.db, [member.id or 0 for member, _ in rows])
        groups = grouped(rows, set(reachable))
        return groups["call"] + groups["unreachable"] + groups["silent"]

    def _row(self, member_id: int) -> Rsvp:
        found = attendance.of(self.ctx.db, self.dialogue.data["meeting"], member_id)
        if found is None:
            raise LookupError(f"member {member_id} is not invited")
        return found

    def _record(self, said: Said) -> Reply:
        ctx, meeting = self.ctx, self._meeting()
        rsvp = self._row(self.dialogue.data["member"])
        member = members.get(ctx.db, rsvp.member_id)
        record(ctx, rsvp, said, by=ctx.my_id)
        waits = rsvp.reason_state == ReasonState.WAITING
        judged = ReasonState.ACCEPTED if waits else rsvp.reason_state
        attendance.write(ctx.db, rsvp, reason_state=judged, wants_call=False)
        ctx.audit("rsvp.recorded-for", f"rsvp:{rsvp.id}", state=rsvp.state)
        self.dialogue.finish()
        if member.id != ctx.my_id:
            self._tell(meeting, rsvp, member)
        again = Choice("attendance.behalf", t("attendance.choice-behalf-more"), str(meeting.id))
        whole = Choice("attendance.list", t("attendance.choice-list"), str(meeting.id))
        what = t(f"attendance.behalf-{rsvp.state}").lower()
        text = t("attendance.behalf-done", who=named(member), what=what, name=name_of(meeting, ctx.settings.zone))
        return Reply(text, (again, whole), about=f"list:{meeting.id}")

    def _tell(self, meeting: Meeting, rsvp: Rsvp, member: Member) -> None:
        """Who has a phone after all reads what was recorded for them, with the undo."""
        reply = receipt(self.ctx, meeting, rsvp, member)
        text = t("attendance.behalf-told", who=named(self.ctx.me)) + "\n" + reply.text
        notes.tell(self.ctx.db, rsvp.member_id, note_of(Reply(text, reply.choices, about=about(meeting))), self.ctx.now)


def _back() -> tuple[Choice, Choice]:
    return (Choice("dialogue.back", t("dialogue.back")), Choice("dialogue.cancel", t("dialogue.cancel")))

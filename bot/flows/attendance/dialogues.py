"""The two short dialogues of an answer: which meeting is meant, and the reason of an absence."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.flows.attendance.answer import Said, give, mine, receipt, record, spoken
from bot.flows.attendance.reasons import tell_reason
from bot.flows.attendance.speech import STATES
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import name_of, short, where
from bot.matching import Label, fold, understand
from bot.messages import Choice, Reply
from bot.texts import t
from storage import attendance, meetings
from storage.attendance import ReasonState, Rsvp, RsvpState
from storage.meetings import Meeting

REASON_LENGTH = 300
_NO_REASON = frozenset({"khong", "khong neu", "khong noi", "khong co", "khong co ly do", "bo qua", "khong neu ly do"})


class Absence(StatesGroup):
    """The one step."""

    reason = State()


class AbsenceFlow(Flow[Context]):
    """Asks for a reason; the absence itself is written down already. Data: meeting (id), changes (of the answer)."""

    name = "absence"
    states = Absence
    moves: ClassVar[list[Move]] = []

    def begin(self, meeting: Meeting, rsvp: Rsvp) -> Reply:
        """Ask, with the echo of what was recorded."""
        self.dialogue.start(self.name, Absence.reason, meeting=meeting.id, changes=rsvp.changes)
        return self.ask()

    def ask(self) -> Reply:
        """The echo and the question."""
        zone, data = self.ctx.settings.zone, self.dialogue.data
        meeting = meetings.get(self.ctx.db, data["meeting"])
        rsvp = attendance.of(self.ctx.db, data["meeting"], self.ctx.my_id)
        what = spoken(rsvp, self.ctx.me) if rsvp else ""
        recorded = t("attendance.recorded", what=what, name=name_of(meeting, zone), where=where(meeting, zone))
        choices = (
            Choice("attendance.no-reason", t("attendance.choice-no-reason"), str(meeting.id)),
            Choice("attendance.wrong", t("attendance.choice-mistake"), f"{meeting.id}:{data['changes']}"),
        )
        return Reply(recorded + "\n" + t("attendance.ask-reason"), choices)

    def answer(self, text: str) -> Reply | list[Reply]:
        """A reason in somebody's own words; another answer to the invitation changes the answer instead."""
        found = mine(self.ctx, self.dialogue.data["meeting"])
        if isinstance(found, Reply) or found[1].changes != self.dialogue.data["changes"]:
            self.dialogue.finish()
            return found if isinstance(found, Reply) else receipt(self.ctx, *found, self.ctx.me)
        if fold(text).strip(" .,!") in _NO_REASON:
            return self.none()
        understood = understand(text)
        if understood.label in {Label.ATTEND, Label.LATE}:
            self.dialogue.finish()
            state = RsvpState.ATTENDING if understood.label is Label.ATTEND else RsvpState.LATE
            return give(self.ctx, *found, Said(state, understood.minutes_late))
        if is_bare(text) or understood.label is Label.QUESTION or len(text) > REASON_LENGTH:
            self.dialogue.update()
            return self.ask()
        self.dialogue.finish()
        return self._keep(*found, understood.reason or " ".join(text.split()))

    def _keep(self, meeting: Meeting, rsvp: Rsvp, reason: str) -> Reply:
        before = rsvp.before
        record(self.ctx, rsvp, Said(RsvpState.ABSENT, reason=reason))
        # Absence and reason are one answer: the undo takes back both.
        attendance.write(self.ctx.db, rsvp, before=before)
        if rsvp.reason_state == ReasonState.WAITING:
            tell_reason(self.ctx, meeting, rsvp, self.ctx.me)
        return receipt(self.ctx, meeting, rsvp, self.ctx.me)

    def none(self) -> Reply:
        """No reason is given; the absence stays."""
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("attendance.no-reason-kept"))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("attendance.title-reason")


class Which(StatesGroup):
    """The one step."""

    meeting = State()


class WhichFlow(Flow[Context]):
    """An answer was understood while several meetings are ahead. Data: answer, minutes, reason."""

    name = "which-meeting"
    states = Which
    moves: ClassVar[list[Move]] = []

    def begin(self, answer: Said) -> Reply:
        """Ask which meeting is meant; nothing is recorded yet."""
        self.dialogue.start(
            self.name, Which.meeting, answer=str(answer.state), minutes=answer.minutes, reason=answer.reason
        )
        return self.ask()

    def ask(self) -> Reply:
        """One choice per meeting."""
        found = attendance.open_for(self.ctx.db, self.ctx.me, self.ctx.now)
        zone = self.ctx.settings.zone
        choices = tuple(
            Choice("attendance.this-meeting", short(meeting, zone), str(meeting.id)) for meeting, _ in found
        )
        leave = Choice("dialogue.cancel", t("dialogue.cancel"))
        return Reply(t(f"attendance.ask-which-{self.dialogue.data['answer']}"), (*choices, leave))

    def type(self, text: str) -> Reply:
        """Another answer instead of the meeting: that one holds."""
        self.dialogue.update()
        understood = STATES.get(understand(text).label)
        if understood is not None:
            found = understand(text)
            self.dialogue.update(answer=str(understood), minutes=found.minutes_late, reason=found.reason)
        return self.ask()

    def choose(self, meeting_id: int) -> Reply:
        """Record the answer for this meeting."""
        data = self.dialogue.data
        self.dialogue.finish()
        return settle(self.ctx, meeting_id, Said(RsvpState(data["answer"]), data["minutes"], data["reason"]))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("attendance.title-which")


def settle(ctx: Context, meeting_id: int, answer: Said) -> Reply:
    """Record an answer for a known meeting, in private; an absence without a reason is asked for one."""
    found = mine(ctx, meeting_id)
    if isinstance(found, Reply):
        return found
    meeting, rsvp = found
    if ctx.dialogue.flow == AbsenceFlow.name and ctx.dialogue.data["meeting"] == meeting_id:
        ctx.dialogue.finish()
    reply = give(ctx, meeting, rsvp, answer)
    if answer.state == RsvpState.ABSENT and not rsvp.reason:
        return AbsenceFlow(ctx).begin(meeting, rsvp)
    return reply

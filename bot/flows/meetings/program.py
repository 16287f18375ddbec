"""The agenda of a meeting that was called already: papers and items often come later. Saved quietly, or told to all."""

from __future__ import annotations

from typing import ClassVar

from bot.flows.meetings import announce
from bot.flows.meetings.agenda import AgendaSteps
from bot.flows.meetings.change import ByMeeting
from bot.fsm import Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import agendas, meetings


class Program(StatesGroup):
    """The steps."""

    pick = State()
    agenda = State()
    item = State()
    papers = State()
    tell = State()


class ProgramFlow(AgendaSteps, ByMeeting):
    """Data: meeting, revision (as seen when it was chosen), org, kind, minutes, items, chosen, found."""

    name = "chuongtrinh"
    pick_action = "agendas.of-this"
    states = Program
    moves: ClassVar[list[Move]] = [
        Move("picked", Program.pick, Program.agenda),
        Move("go_agenda", [Program.item, Program.tell], Program.agenda),
        Move("go_item", [Program.agenda, Program.papers], Program.item),
        Move("go_papers", Program.item, Program.papers),
        Move("go_tell", Program.agenda, Program.tell),
    ]

    def begin(self) -> Reply:
        """Start with the meeting."""
        return self.begin_with(Program.pick)

    def choose(self, meeting_id: str) -> Reply:
        """The meeting whose agenda this is."""
        meeting = meetings.get(self.ctx.db, int(meeting_id))
        self.dialogue.update(
            org=meeting.organization_id, kind=meeting.kind, minutes=meeting.minutes,
            items=agendas.lines(self.ctx.db, meeting.id or 0),
        )  # fmt: skip
        return super().choose(meeting_id)

    def done(self) -> Reply:
        """The agenda is complete: is everybody told?"""
        self.fire("go_tell")
        return self.ask()

    def save(self, *, tell: bool) -> Reply:
        """Write it down. Conflict when the meeting was changed meanwhile."""
        meeting = self.held()
        announce.set_agenda(self.ctx, meeting, self.items, tell=tell)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("agendas.saved-told" if tell else "agendas.saved"))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("agendas.title")

    def _ask_tell(self) -> Reply:
        choices = (
            Choice("agendas.save-tell", t("agendas.choice-tell")),
            Choice("agendas.save", t("agendas.choice-quietly")),
            Choice("dialogue.cancel", t("dialogue.cancel")),
        )
        return Reply(t("agendas.ask-tell", count=len(self.items)), choices)

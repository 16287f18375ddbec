"""What every step of the invitation dialogue knows: the draft, the way back to the card, the way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.context import Context
from bot.flows.meetings import lines
from bot.flows.meetings.desk import Desk
from bot.flows.meetings.proposals import Draft
from bot.fsm import Flow
from bot.messages import Reply
from storage import organizations
from storage.agendas import Line
from storage.meetings import Meeting
from storage.organizations import Organization


def meeting_of(ctx: Desk, draft: Draft) -> Meeting:
    """A draft as a meeting that is not stored yet; its agenda as the invitation shows it."""
    return Meeting(
        organization_id=draft["org"], kind=draft["kind"], starts_at=datetime.fromisoformat(draft["at"]),
        place=draft["place"], agenda=lines.agenda(ctx.db, draft["items"]), minutes=draft["minutes"],
        online_url=draft["url"], chair_id=draft["chair"], clerk_id=draft["clerk"], convening=draft["convening"],
        series_id=draft["series"], created_by=ctx.my_id, created_at=ctx.now,
    )  # fmt: skip


class Drafting(Flow[Context]):
    """The dialogue's data is the draft (proposals.Draft) and what single steps add to it."""

    def ask(self) -> Reply:
        """The question of the current step."""
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def again(self, text: str) -> Reply:
        """The same step once more, with what was wrong in place of the question."""
        self.dialogue.update()
        return replace(self.ask(), text=text)

    def to_card(self, **data: Any) -> Reply:
        """Back to the card, with these values of the draft."""
        self.fire("go_preview")
        self.dialogue.update(**data)
        return self.ask()

    @property
    def items(self) -> list[Line]:
        """The agenda so far."""
        return [dict(line) for line in self.dialogue.data.get("items", [])]

    def organization(self) -> Organization:
        """Whose meeting this is."""
        return organizations.get(self.ctx.db, self.dialogue.data["org"])

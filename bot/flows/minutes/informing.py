"""Results to the units concerned: a conclusion as a private note to the leaders of another organization."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput, NotAllowed
from bot.flows.minutes import desk
from bot.flows.minutes import record as records
from bot.flows.minutes.names import clean
from bot.flows.minutes.record import Record
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import audience, members, minutes, notes, organizations
from storage.agendas import AgendaItem
from storage.members import RoleKind
from storage.minutes import PaperKind, PaperState
from storage.notes import Note
from storage.organizations import Organization

PAGE, LABEL = 5, 48
TEXT = 1500
"""Characters of a conclusion that a note carries. [ours]"""
LEADERS = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.OFFICER})


class Inform(StatesGroup):
    """The steps."""

    item = State()
    unit = State()
    confirm = State()


class InformFlow(Flow[Context]):
    """Which conclusion, to which unit, send. Data: meeting, item, unit, page, words."""

    name = "minutes-inform"
    states = Inform
    moves: ClassVar[list[Move]] = [
        Move("picked", Inform.item, Inform.unit),
        Move("addressed", Inform.unit, Inform.confirm),
    ]

    def begin(self, meeting_id: str) -> Reply:
        """Ask which conclusion; the only one is taken."""
        meeting = desk.meeting_of(self.ctx, meeting_id)
        paper = minutes.of_meeting(self.ctx.db, meeting.id or 0, PaperKind.MINUTES)
        if paper is None or paper.state not in {PaperState.APPROVED, PaperState.SENT}:
            raise BadInput("minutes.not-approved")
        items = self._items(meeting.id or 0)
        if not items:
            raise BadInput("minutes.nothing-concluded")
        self.dialogue.start(self.name, Inform.item, meeting=meeting.id, page=0, words="")
        return self.pick(str(items[0].id)) if len(items) == 1 else self.ask()

    def ask(self) -> Reply:
        """The question of the current step."""
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def title(self) -> str:
        """What is offered again."""
        return t("minutes.title-inform")

    # --- which conclusion ------------------------------------------------------------------------------------------
    def _items(self, meeting_id: int) -> list[AgendaItem]:
        return [each for each in self._record(meeting_id).items if each.conclusion]

    def _record(self, meeting_id: int) -> Record:
        return records.of(self.ctx.db, meeting_id, self.ctx.settings.zone)

    def _ask_item(self) -> Reply:
        items = self._items(self.dialogue.data["meeting"])
        page = self._page(len(items))
        choices = [
            Choice("minutes.inform-item", _short(each.title), str(each.id)) for each in items[page : page + PAGE]
        ]
        return Reply(t("minutes.ask-inform-item"), (*choices, *self._way_out(len(items))))

    def pick(self, item_id: str) -> Reply:
        """This conclusion."""
        known = {each.id for each in self._items(self.dialogue.data["meeting"])}
        if int(item_id) not in known:
            raise BadInput("minutes.nothing-concluded")
        self.fire("picked")
        self.dialogue.update(item=int(item_id), page=0)
        return self.ask()

    # --- to whom ---------------------------------------------------------------------------------------------------
    def _units(self) -> list[Organization]:
        """The organization above first, then its others; typed words narrow them down."""
        home = self._record(self.dialogue.data["meeting"]).home
        if home.parent_id is None:
            return []
        parent = organizations.get(self.ctx.db, home.parent_id)
        others = [each for each in organizations.branches_below(self.ctx.db, parent.path) if each.id != home.id]
        words = self.dialogue.data.get("words", "").split()
        return [each for each in [parent, *others] if all(word in each.name_key for word in words)]

    def _ask_unit(self) -> Reply:
        units = self._units()
        page = self._page(len(units))
        choices = [Choice("minutes.inform-unit", _short(each.name), str(each.id)) for each in units[page : page + PAGE]]
        return Reply(t("minutes.ask-inform-unit"), (*choices, *self._way_out(len(units))))

    def search(self, text: str) -> Reply:
        """Part of a unit's name was typed; what fits no unit changes nothing."""
        self.dialogue.update(words=fold(text), page=0)
        if not self._units():
            self.dialogue.update(words="")
            reply = self.ask()
            return Reply(f"{t('minutes.no-unit')}\n{reply.text}", reply.choices)
        return self.ask()

    def address(self, unit_id: str) -> Reply:
        """This unit; whether it is one of the offered is asked of the tree, not of the button."""
        self.dialogue.update(words="")
        if int(unit_id) not in {each.id for each in self._units()}:
            raise NotAllowed
        self.fire("addressed")
        self.dialogue.update(unit=int(unit_id))
        return self.ask()

    def _ask_confirm(self) -> Reply:
        data = self.dialogue.data
        unit, reached = organizations.get(self.ctx.db, data["unit"]), len(self._leaders())
        text = t("minutes.ask-inform", text=self._text(300), unit=unit.name, count=reached)
        send = (Choice("minutes.inform-send", t("minutes.choice-inform-send")),) if reached else ()
        if not reached:
            text = t("minutes.unit-unreachable", unit=unit.name)
        return Reply(
            text, (*send, Choice("dialogue.back", t("dialogue.back")), Choice("dialogue.cancel", t("dialogue.cancel")))
        )

    def _leaders(self) -> list[int]:
        found = [each.id or 0 for each in members.holders(self.ctx.db, self.dialogue.data["unit"], LEADERS)]
        return list(audience.addresses_of(self.ctx.db, found))

    def _text(self, limit: int) -> str:
        item = next(
            each for each in self._items(self.dialogue.data["meeting"]) if each.id == self.dialogue.data["item"]
        )
        text = " ".join(clean(item.conclusion).split())
        return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"

    def send(self) -> Reply:
        """Queue it, once per conclusion and unit."""
        data = self.dialogue.data
        meeting = desk.meeting_of(self.ctx, str(data["meeting"]), hold=True)
        record, unit = self._record(meeting.id or 0), organizations.get(self.ctx.db, data["unit"])
        text = t(
            "minutes.informed",
            text=self._text(TEXT),
            home=record.home.name,
            name=record.name,
            who=named(self.ctx.me),
        )
        told = {
            each: Note(text, once=f"inform:{data['item']}:{unit.id}:{each}", about=f"meeting:{meeting.id}")
            for each in self._leaders()
        }
        count = notes.tell_all(self.ctx.db, told, told, self.ctx.now)
        self.ctx.audit("conclusion.passed-on", f"meeting:{meeting.id}", organization=unit.id, item=data["item"])
        self.dialogue.finish()
        key = "minutes.inform-done" if count else "minutes.inform-again"
        more = Choice("minutes.inform", t("minutes.choice-inform-more"), str(meeting.id))
        return Reply(t(key, unit=unit.name, count=count), (more,))

    # --- paging ----------------------------------------------------------------------------------------------------
    def turn(self) -> Reply:
        """ "Xem tiếp"; the last page is followed by the first."""
        in_items = self.state == str(Inform.item)
        count = len(self._items(self.dialogue.data["meeting"]) if in_items else self._units())
        following = int(self.dialogue.data["page"]) + 1
        self.dialogue.update(page=following if following * PAGE < count else 0)
        return self.ask()

    def _page(self, count: int) -> int:
        start = int(self.dialogue.data["page"]) * PAGE
        return start if start < count else 0

    def _way_out(self, count: int) -> tuple[Choice, ...]:
        more = (Choice("minutes.inform-page", t("minutes.choice-more")),) if count > PAGE else ()
        return (*more, Choice("dialogue.cancel", t("dialogue.cancel")))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LABEL else plain[: LABEL - 1].rstrip() + "…"

"""What the chair concludes on each item: in words, or as the draft says, one or all at once."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare, named
from bot.flows.room import desk
from bot.flows.room.card import brief, card
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.secrecy import must_be_open
from bot.texts import t
from storage import agendas, members
from storage.agendas import AgendaItem, ItemState
from storage.meetings import Meeting

LENGTH = 2000
"""Characters of one conclusion. [ours]"""
SHOWN = 10


class Conclude(StatesGroup):
    """The steps: which item when another one is wanted, and its conclusion."""

    item = State()
    text = State()


class ConcludeFlow(Flow[Context]):
    """Data: meeting, item."""

    name = "conclude"
    states = Conclude
    moves: ClassVar[list[Move]] = [
        Move("pick", [Conclude.item, Conclude.text], Conclude.text),
        Move("other", [Conclude.item, Conclude.text], Conclude.item),
    ]

    def begin(self, meeting: Meeting) -> Reply:
        """Ask for the conclusion of the item under way, else of the first one without."""
        items = agendas.items(self.ctx.db, meeting.id or 0)
        wanted = agendas.current(self.ctx.db, meeting.id or 0)
        if wanted is None or wanted.conclusion:
            wanted = next((each for each in items if not each.conclusion), wanted or (items[-1] if items else None))
        if wanted is None:
            return card(self.ctx, meeting, t("room.no-items"))
        self.dialogue.start(self.name, Conclude.text, meeting=meeting.id, item=wanted.id)
        return self.ask()

    def other(self) -> Reply:
        """Another item."""
        self.fire("other")
        return self.ask()

    def choose(self, argument: str) -> Reply:
        """This item, as "meeting:item"."""
        meeting = desk.opened(self.ctx, argument)
        item = agendas.item(self.ctx.db, int(argument.partition(":")[2]))
        if self.dialogue.flow != self.name:
            self.dialogue.start(self.name, Conclude.item, meeting=meeting.id, item=item.id)
        self.fire("pick")
        self.dialogue.update(meeting=meeting.id, item=item.id)
        return self.ask()

    def write(self, text: str) -> Reply:
        """The conclusion in words."""
        words = text.strip()
        if is_bare(words) or len(words) > LENGTH:
            self.dialogue.update()
            return Reply(t("room.conclusion-again", most=LENGTH), self.ask().choices)
        must_be_open(words)
        return self._keep(words)

    def voice(self) -> Reply:
        """Voices are not turned into words: the kind answer."""
        self.dialogue.update()
        return Reply(t("room.conclusion-voice"), self.ask().choices)

    def as_drafted(self) -> Reply:
        """The item's conclusion is what its draft says."""
        return self._keep(t("room.as-drafted"))

    def _keep(self, text: str) -> Reply:
        item, meeting = self._item(), self._meeting()
        item.conclusion = text
        self.ctx.db.flush()
        self.ctx.audit("item.concluded", f"meeting:{meeting.id}", item=item.id)
        return card(self.ctx, meeting, t("room.concluded", position=item.position))

    def ask(self) -> Reply:
        """The question of the current step; NotAllowed once the speaker leads the meeting no longer."""
        meeting = self._meeting()
        return self._ask_item(meeting) if self.state == str(Conclude.item) else self._ask_text(meeting)

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("room.title-conclude")

    def _ask_item(self, meeting: Meeting) -> Reply:
        choices = tuple(
            Choice("room.conclude-item", f"{each.position}. {brief(each)}", f"{meeting.id}:{each.id}")
            for each in agendas.items(self.ctx.db, meeting.id or 0)[:SHOWN]
        )
        return Reply(t("room.conclude-which"), choices)

    def _ask_text(self, meeting: Meeting) -> Reply:
        item = self._item()
        text = t("room.ask-conclusion", position=item.position, title=brief(item))
        if item.conclusion:
            text += "\n" + t("room.conclusion-now", text=item.conclusion[:300])
        choices = [Choice("room.as-drafted", t("room.choice-as-drafted"), str(meeting.id))]
        items = agendas.items(self.ctx.db, meeting.id or 0)
        if len([each for each in items if not each.conclusion]) > 1:
            choices.append(Choice("room.all-as-drafted", t("room.choice-all-as-drafted"), str(meeting.id)))
        if len(items) > 1:
            choices.append(Choice("room.conclude-other", t("room.choice-other-item"), str(meeting.id)))
        choices.append(Choice("room.card", t("room.choice-card"), str(meeting.id)))
        return Reply(text, tuple(choices))

    def _meeting(self) -> Meeting:
        return desk.opened(self.ctx, str(self.dialogue.data["meeting"]))

    def _item(self) -> AgendaItem:
        return agendas.item(self.ctx.db, int(self.dialogue.data["item"]))


def all_as_drafted(ctx: Context, meeting: Meeting) -> Reply:
    """Every item without a conclusion is concluded as drafted."""
    return card(ctx, meeting, t("room.all-concluded", count=len(conclude_rest(ctx, meeting))))


def conclude_rest(ctx: Context, meeting: Meeting) -> list[int]:
    """The same; returns the items' ids, so that it can be taken back."""
    rest = [each for each in agendas.items(ctx.db, meeting.id or 0) if not each.conclusion]
    for item in rest:
        item.conclusion = t("room.as-drafted")
    ctx.db.flush()
    ctx.audit("items.concluded", f"meeting:{meeting.id}", count=len(rest))
    return [item.id or 0 for item in rest]


def open_again(ctx: Context, meeting: Meeting, item_ids: set[int]) -> None:
    """Take that back for these items; whatever was written meanwhile stays."""
    for item in agendas.items(ctx.db, meeting.id or 0):
        if item.id in item_ids and item.conclusion == t("room.as-drafted"):
            item.conclusion = ""
    ctx.db.flush()


def next_item(ctx: Context, meeting: Meeting) -> str:
    """Go on with the agenda; the line that tells what is next."""
    following = agendas.advance(ctx.db, meeting.id or 0, ctx.now)
    if following is None or following.state != ItemState.UNDER_WAY:
        return t("room.agenda-done")
    return t("room.next-item", position=following.position, title=brief(following), speaker=_speaker(ctx, following))


def _speaker(ctx: Context, item: AgendaItem) -> str:
    if item.speaker_id is not None:
        return t("room.by", who=named(members.get(ctx.db, item.speaker_id)))
    return t("room.by", who=item.speaker) if item.speaker else ""

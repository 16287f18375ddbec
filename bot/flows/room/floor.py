"""The floor: who asks to speak, who has spoken, and what the secretary notes down for somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput
from bot.flows.room import desk, names
from bot.flows.room.rolls import lines
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.secrecy import must_be_open
from bot.texts import t
from storage import agendas, members, opinions
from storage.meetings import Meeting
from storage.members import Member
from storage.opinions import Opinion

SHOWN = 6
"""Names offered at once; the queue goes on when they have spoken. [ours]"""
LENGTH = 2000
"""Characters of one opinion. [ours]"""


class Floor(StatesGroup):
    """The one step: a name is pressed, or "họ tên: ý kiến" is written."""

    listing = State()


class FloorFlow(Flow[Context]):
    """Data: meeting, who (ids that a written name may mean), text (what was written beside it)."""

    name = "floor"
    states = Floor
    moves: ClassVar[list[Move]] = []

    def begin(self, meeting: Meeting, said: str = "") -> Reply:
        """Show the queue; `said` is what has just been recorded."""
        self.dialogue.start(self.name, Floor.listing, meeting=meeting.id, text="")
        reply = self.ask()
        return replace(reply, text=f"{said}\n{reply.text}") if said else reply

    def type(self, text: str) -> Reply:
        """ "bác Lan: đề nghị sửa đường", or only a name: they have spoken."""
        meeting = desk.opened(self.ctx, str(self.dialogue.data["meeting"]))
        name, colon, words = text.partition(":")
        if len(words) > LENGTH:
            return self._again(t("room.opinion-long", most=LENGTH))
        must_be_open(words)
        found = names.find([line.member for line in lines(self.ctx, meeting)], name.strip(" .,"))
        if not found:
            return self._again(t("room.floor-who") if not colon else t("room.nobody", name=name.strip()[:40]))
        if len(found) > 1:
            return self._which(meeting, found, words.strip())
        return self.begin(meeting, noted(self.ctx, meeting, found[0].id or 0, words.strip()))

    def this(self, meeting: Meeting, member_id: int) -> Reply:
        """One of several with that name; what was written beside it is theirs."""
        kept = str(self.dialogue.data.get("text", "")) if self.dialogue.flow == self.name else ""
        return self.begin(meeting, noted(self.ctx, meeting, member_id, kept))

    def _which(self, meeting: Meeting, found: list[Member], words: str) -> Reply:
        self.dialogue.update(text=words)
        choices = tuple(Choice("room.floor-this", named(each), f"{meeting.id}:{each.id}") for each in found[:SHOWN])
        return Reply(t("room.which-of"), choices, about=f"room:{meeting.id}")

    def _again(self, text: str) -> Reply:
        self.dialogue.update()
        reply = self.ask()
        return replace(reply, text=f"{text}\n{reply.text}")

    def ask(self) -> Reply:
        """The queue in order, who asked in the room before those who only prepared something."""
        meeting = desk.opened(self.ctx, str(self.dialogue.data["meeting"]))
        argument = str(meeting.id)
        waiting = opinions.waiting(self.ctx.db, meeting.id or 0)
        spoken = opinions.speakers(self.ctx.db, meeting.id or 0)
        text = t("room.floor-head", waiting=len(waiting), spoken=spoken)
        choices = [
            Choice("room.spoken", t(f"room.floor-{_way(row)}", name=member.full_name), f"{argument}:{row.id}")
            for row, member in waiting[:SHOWN]
        ]
        if any(row.text or row.file_id for row, _ in waiting):
            choices.append(Choice("room.prepared", t("room.choice-prepared"), argument))
        choices.append(Choice("room.card", t("room.choice-card"), argument))
        return Reply(f"{text}\n{t('room.floor-how')}", tuple(choices), about=f"room:{argument}")

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("room.title-floor")


def _way(row: Opinion) -> str:
    return "prepared" if row.prepared or row.text else "asked"


def spoken(ctx: Context, meeting: Meeting, opinion_id: int) -> str:
    """Somebody of the queue has spoken; a second press changes nothing. BadInput when it is of another meeting."""
    row = opinions.get(ctx.db, opinion_id)
    if row.meeting_id != meeting.id:
        raise BadInput("room.cancelled")
    if row.spoken_at is None:
        row.spoken_at = ctx.now
        row.item_id = row.item_id or _item_id(ctx, meeting)
        ctx.db.flush()
    return t("room.spoken", who=named(members.get(ctx.db, row.member_id)))


def noted(ctx: Context, meeting: Meeting, member_id: int, text: str) -> str:
    """What somebody has said, written down by who keeps the minutes; without a text only that they have spoken."""
    waiting = opinions.in_queue(ctx.db, meeting.id or 0, member_id)
    row = waiting or Opinion(meeting_id=meeting.id or 0, member_id=member_id, created_at=ctx.now)
    row.text, row.spoken_at, row.recorded_by = text, ctx.now, ctx.my_id
    row.item_id = row.item_id or _item_id(ctx, meeting)
    opinions.add(ctx.db, row)
    ctx.audit("opinion.noted", f"meeting:{meeting.id}", member=member_id)
    return t("room.noted" if text else "room.spoken", who=named(members.get(ctx.db, member_id)))


def prepared(ctx: Context, meeting: Meeting) -> list[Reply]:
    """What was sent in before, to be read by who leads the meeting: texts, then the pictures and recordings."""
    replies = []
    for row, member in opinions.waiting(ctx.db, meeting.id or 0):
        if row.text or row.file_id is not None:
            text = t("room.prepared-by", who=named(member), item=item_title(ctx, row), text=row.text)
            replies.append(Reply(text, file_id=row.file_id))
    return replies[:SHOWN]


def item_title(ctx: Context, row: Opinion) -> str:
    """What an opinion is about."""
    return agendas.item(ctx.db, row.item_id).title if row.item_id is not None else t("room.general")


def _item_id(ctx: Context, meeting: Meeting) -> int | None:
    running = agendas.current(ctx.db, meeting.id or 0)
    return running.id if running is not None else None

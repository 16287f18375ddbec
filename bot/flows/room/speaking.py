"""A member wants to speak: in the room by a place in the queue, before the meeting by what they prepare."""

from __future__ import annotations

from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.errors import BadInput, NotAllowed
from bot.flows.room.floor import LENGTH, item_title
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import name_of, short
from bot.messages import AttachmentKind, Choice, Reply
from bot.secrecy import must_be_open
from bot.texts import t
from storage import agendas, attendance, consents, meetings, opinions, rooms
from storage.consents import Purpose
from storage.meetings import Meeting, MeetingState
from storage.opinions import Opinion

SHOWN = 8
TAKEN = {
    AttachmentKind.PHOTO: ("room.photo-name", "image/jpeg"), AttachmentKind.VOICE: ("room.voice-name", "audio/ogg"),
    AttachmentKind.AUDIO: ("room.voice-name", "audio/mpeg"),
}  # fmt: skip
"""What an opinion may consist of, besides text."""


def ask_to_speak(ctx: Context) -> Reply:
    """ "xin phát biểu": in a meeting under way a place in the queue, before one the way to prepare."""
    running = rooms.running_of(ctx.db, ctx.my_id)
    if not running:
        return PrepareFlow(ctx).begin()
    if len(running) > 1:
        zone = ctx.settings.zone
        choices = tuple(Choice("room.queue-me", short(each, zone), str(each.id)) for each in running[:SHOWN])
        return Reply(t("room.speak-which"), choices)
    return queue_me(ctx, running[0])


def queue_me(ctx: Context, meeting: Meeting) -> Reply:
    """A place in the queue; asking again keeps the place. BadInput once the meeting is over."""
    must_be_invited(ctx, meeting)
    if meeting.state != MeetingState.HELD or meeting.ended_at is not None:
        raise BadInput("room.over")
    if opinions.in_queue(ctx.db, meeting.id or 0, ctx.my_id) is None:
        running = agendas.current(ctx.db, meeting.id or 0)
        opinions.add(
            ctx.db,
            Opinion(
                meeting_id=meeting.id or 0, member_id=ctx.my_id, item_id=running.id if running else None,
                created_at=ctx.now,
            ),
        )  # fmt: skip
    asked = [row.member_id for row, _ in opinions.waiting(ctx.db, meeting.id or 0) if not row.prepared]
    write = Choice("room.prepare", t("room.choice-write"), str(meeting.id))
    no_more = Choice("room.unqueue", t("room.choice-unqueue"), str(meeting.id))
    place = asked.index(ctx.my_id) + 1
    return Reply(t("room.queued", place=place), (write, no_more), about=f"speak:{meeting.id}")


def unqueue(ctx: Context, meeting_id: int) -> Reply:
    """Would rather not speak."""
    row = opinions.in_queue(ctx.db, meeting_id, ctx.my_id)
    if row is not None:
        row.withdrawn_at = ctx.now
    return Reply(t("room.unqueued"), ends=True)


def withdraw(ctx: Context, opinion_id: int) -> Reply:
    """Take back what was prepared. NotAllowed for somebody else's; too late once it was given."""
    row = opinions.get(ctx.db, opinion_id)
    if row.member_id != ctx.my_id:
        raise NotAllowed
    if row.spoken_at is not None:
        raise BadInput("room.spoken-already")
    row.withdrawn_at, row.text, row.file_id = ctx.now, "", None
    return Reply(t("room.withdrawn"), ends=True)


def must_be_invited(ctx: Context, meeting: Meeting) -> None:
    """BadInput for who is not on the meeting's list."""
    if attendance.of(ctx.db, meeting.id or 0, ctx.my_id) is None:
        raise BadInput("room.not-invited")


class Prepare(StatesGroup):
    """The steps: which meeting, which item, what."""

    meeting = State()
    item = State()
    content = State()


class PrepareFlow(Flow[Context]):
    """Data: meeting, item (0: in general)."""

    name = "prepare"
    states = Prepare
    moves: ClassVar[list[Move]] = [
        Move("met", Prepare.meeting, Prepare.item),
        Move("go", [Prepare.meeting, Prepare.item], Prepare.content),
    ]

    def begin(self) -> Reply:
        """Start; with one meeting alone it is taken, with one item alone that one too."""
        found = self._meetings()
        if not found:
            return Reply(t("room.nothing-to-speak"))
        self.dialogue.start(self.name, Prepare.meeting)
        return self.choose_meeting(str(found[0].id)) if len(found) == 1 else self.ask()

    def for_meeting(self, meeting_id: str) -> Reply:
        """Start with the meeting of a choice."""
        self.dialogue.start(self.name, Prepare.meeting)
        return self.choose_meeting(meeting_id)

    def choose_meeting(self, meeting_id: str) -> Reply:
        """The meeting that it is for."""
        meeting = meetings.get(self.ctx.db, int(meeting_id))
        must_be_invited(self.ctx, meeting)
        if meeting.state == MeetingState.CANCELLED or meeting.ended_at is not None:
            raise BadInput("room.over")
        several = len(agendas.items(self.ctx.db, meeting.id or 0)) > 1
        self.fire("met" if several else "go")
        self.dialogue.update(meeting=meeting.id, item=0)
        return self.ask()

    def choose_item(self, item_id: str) -> Reply:
        """The item; "0" is none in particular."""
        self.fire("go")
        wanted = int(item_id)
        if wanted and agendas.item(self.ctx.db, wanted).meeting_id != self.dialogue.data["meeting"]:
            raise BadInput("room.over")
        self.dialogue.update(item=wanted)
        return self.ask()

    def write(self, text: str) -> Reply:
        """The opinion in words. A bare "ok" is none."""
        words = text.strip()
        if is_bare(words) or len(words) > LENGTH:
            self.dialogue.update()
            key = "room.opinion-long" if len(words) > LENGTH else "room.opinion-again"
            return Reply(t(key, most=LENGTH), self.ask().choices)
        must_be_open(words)
        return self._keep(words, None)

    def send(self) -> Reply:
        """A photo of notes, or a voice message; a voice is kept only with consent (domain.md, purpose 4)."""
        self.dialogue.update()
        attachment = self.ctx.incoming.attachments[0]
        if attachment.kind not in TAKEN:
            return Reply(t("room.opinion-kind"), self.ask().choices)
        if attachment.kind is not AttachmentKind.PHOTO and not consents.has(self.ctx.db, self.ctx.my_id, Purpose.VOICE):
            return Reply(t("room.voice-consent"), self.ask().choices)
        key, mime = TAKEN[attachment.kind]
        stored = self.ctx.keep_file(attachment, name=attachment.name or t(key), mime=attachment.mime or mime)
        if stored is None:
            return Reply(t("room.not-fetched"), self.ask().choices)
        return self._keep(self.ctx.incoming.text.strip()[:LENGTH], stored.id)

    def _keep(self, text: str, file_id: int | None) -> Reply:
        data, ctx = self.dialogue.data, self.ctx
        meeting = meetings.get(ctx.db, data["meeting"])
        if meeting.ended_at is not None or meeting.state == MeetingState.CANCELLED:
            raise BadInput("room.over")
        row = opinions.add(
            ctx.db,
            Opinion(
                meeting_id=meeting.id or 0, item_id=data["item"] or None, member_id=ctx.my_id, text=text,
                file_id=file_id, prepared=True, created_at=ctx.now,
            ),
        )  # fmt: skip
        self.dialogue.finish()
        ctx.close_question()
        back = Choice("room.withdraw", t("room.choice-withdraw"), str(row.id))
        more = Choice("room.prepare", t("room.choice-more"), str(meeting.id))
        text = t("room.kept", name=name_of(meeting, ctx.settings.zone), item=item_title(ctx, row))
        return Reply(text, (back, more), about=f"opinion:{row.id}")

    def ask(self) -> Reply:
        """The question of the current step."""
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("room.title-prepare")

    def _meetings(self) -> list[Meeting]:
        ahead = [meeting for meeting, _ in attendance.open_for(self.ctx.db, self.ctx.me, self.ctx.now)]
        return [*rooms.running_of(self.ctx.db, self.ctx.my_id), *ahead][:SHOWN]

    def _ask_meeting(self) -> Reply:
        zone = self.ctx.settings.zone
        choices = tuple(Choice("room.prepare-for", short(each, zone), str(each.id)) for each in self._meetings())
        return Reply(t("room.speak-which"), (*choices, _cancel()))

    def _ask_item(self) -> Reply:
        items = agendas.items(self.ctx.db, self.dialogue.data["meeting"])
        choices = [Choice("room.prepare-item", each.title[:60], str(each.id)) for each in items[:SHOWN]]
        general = Choice("room.prepare-item", t("room.choice-general"), "0")
        return Reply(t("room.ask-item"), (*choices, general, _cancel()))

    def _ask_content(self) -> Reply:
        return Reply(t("room.ask-opinion"), (_cancel(),))


def _cancel() -> Choice:
    return Choice("dialogue.cancel", t("dialogue.cancel"))

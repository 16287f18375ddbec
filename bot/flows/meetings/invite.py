"""The dialogue of /moihop: the kind, then one card with everything proposed; a press sends it. "Sửa" leads on."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.dates import moment
from bot.flows.meetings import announce, asking, preview, proposals
from bot.flows.meetings.agenda import AgendaSteps
from bot.flows.meetings.details import DetailSteps
from bot.flows.meetings.drafting import meeting_of
from bot.fsm import Move, State, StatesGroup
from bot.invitations import letter
from bot.messages import Choice, Reply
from bot.texts import t
from bot.when import Moment, Trouble
from storage import meetings
from storage.meetings import Meeting, MeetingKind

PLACE_LENGTH = 200
PARTS = ("when", "place", "agenda", "length", "guests", "chair", "url", "kind")


class Invite(StatesGroup):
    """The steps. `preview` is the card."""

    kind = State()
    preview = State()
    edit = State()
    when = State()
    half = State()
    place = State()
    length = State()
    agenda = State()
    item = State()
    papers = State()
    guests = State()
    url = State()
    chair = State()
    clerk = State()


class InviteFlow(AgendaSteps, DetailSteps):
    """Data: the draft (proposals.Draft), and said (half an answer), options (two ISO moments)."""

    name = "moihop"
    states = Invite
    moves: ClassVar[list[Move]] = [
        Move("go_edit", Invite.preview, Invite.edit),
        Move("go_kind", Invite.edit, Invite.kind),
        Move("go_when", Invite.edit, Invite.when),
        Move("go_half", [Invite.preview, Invite.when, Invite.half], Invite.half),
        Move("go_place", [Invite.kind, Invite.edit], Invite.place),
        Move("go_length", Invite.edit, Invite.length),
        Move("go_agenda", [Invite.edit, Invite.item], Invite.agenda),
        Move("go_item", [Invite.agenda, Invite.papers], Invite.item),
        Move("go_papers", Invite.item, Invite.papers),
        Move("go_guests", Invite.edit, Invite.guests),
        Move("go_url", Invite.edit, Invite.url),
        Move("go_chair", Invite.edit, Invite.chair),
        Move("go_clerk", Invite.chair, Invite.clerk),
        Move(
            "go_preview",
            [
                Invite.kind, Invite.edit, Invite.when, Invite.half, Invite.preview, Invite.place, Invite.length,
                Invite.agenda, Invite.guests, Invite.url, Invite.chair, Invite.clerk,
            ],
            Invite.preview,
        ),
    ]  # fmt: skip

    def __init__(self, ctx: Context) -> None:
        super().__init__(ctx)
        data = self.dialogue.data
        if self.dialogue.flow == self.name and "kind" in data and "items" not in data:
            # Begun under a release that asked step by step: what it did not ask for is proposed now.
            kept = {key: data[key] for key in ("at", "place") if key in data}
            proposed = proposals.proposed(ctx.db, ctx.settings, ctx.now, self.organization(), data["kind"])
            self.dialogue.update(**(proposed | kept))

    def begin(self) -> Reply:
        """A new meeting of the organization that the speaker leads; NotAllowed for others."""
        self.dialogue.start(self.name, Invite.kind, org=self.ctx.lead().id)
        return self.ask()

    def begin_with(self, draft: proposals.Draft) -> Reply:
        """The card of a draft that was proposed by itself."""
        self.dialogue.start(self.name, Invite.preview, **draft)
        return self.ask()

    def choose_kind(self, kind: str) -> Reply:
        """The whole proposal for this kind; a place is asked for only where none is known."""
        ctx = self.ctx
        draft = proposals.proposed(ctx.db, ctx.settings, ctx.now, self.organization(), str(MeetingKind(kind)))
        self.fire("go_preview" if draft["place"] else "go_place")
        self.dialogue.update(**draft)
        return self.ask()

    def choose_moment(self, iso: str) -> Reply:
        """One of the moments that were proposed."""
        return self._set_moment(datetime.fromisoformat(iso))

    def type_moment(self, text: str) -> Reply:
        """A moment in somebody's own words; whatever is not certain is asked."""
        data = self.dialogue.data
        if self.state == str(Invite.half):
            picked = asking.half(text, [datetime.fromisoformat(iso) for iso in data["options"]])
            if picked is not None:
                return self._set_moment(picked)
        found = asking.read(self.ctx, text, data.get("said", ""))
        if isinstance(found, Moment):
            return self._set_moment(found.at)
        if found.trouble is Trouble.WHICH_HALF:
            self.fire("go_half")
            self.dialogue.update(options=[option.isoformat() for option in found.options])
            return self.ask()
        self.dialogue.update(said=asking.keeps(found, text) or data.get("said", ""))
        told = asking.explain(found)
        return self.again(f"{told}\n{self.ask().text}" if self.state == str(Invite.preview) else told)

    def set_place(self, text: str) -> Reply:
        """ "" takes the usual place."""
        usual = proposals.usual_place(self.ctx.db, self.organization(), self.dialogue.data["kind"])
        place = " ".join(text.split()) or usual
        if len(place) > PLACE_LENGTH:
            return self.again(t("meetings.place-long", most=PLACE_LENGTH))
        if not place or is_bare(place):
            return self.again(t("meetings.place-again"))
        return self.to_card(place=place)

    def edit(self, part: str) -> Reply:
        """Go to one step and from there back to the card; "" asks which."""
        self.fire(f"go_{part or 'edit'}")
        self.dialogue.update(said="", names=[])
        return self.ask()

    def card(self) -> Reply:
        """Back to the card as it is."""
        return self.to_card(said="")

    def toggle_convening(self) -> Reply:
        """An order to come instead of an invitation, or the reverse."""
        return self.to_card(convening=not self.dialogue.data["convening"])

    def show_letter(self) -> Reply:
        """The invitation word by word."""
        self.fire("go_preview")
        return self.again(letter(self.draft(), self.ctx.settings.zone))

    def send(self, *, privately: bool = False) -> Reply:
        """Call the meeting. `privately` as in announce.call."""
        data = self.dialogue.data
        meeting = announce.call(self.ctx, self.draft(), data, privately=privately)
        self.dialogue.finish()
        self.ctx.close_question()
        return preview.sent(self.ctx, meeting)

    def merge(self, meeting_id: str) -> Reply:
        """Instead of a meeting of its own: its agenda goes to one that the branch has on that day."""
        into = meetings.locked(self.ctx.db, int(meeting_id))
        announce.join_agenda(self.ctx, into, self.draft(), self.items)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("meetings.merged-done", moment=moment(into.starts_at, self.ctx.settings.zone)))

    def draft(self) -> Meeting:
        """What has been gathered, as a meeting that is not stored yet."""
        return meeting_of(self.ctx, self.dialogue.data)

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("meetings.title-invite")

    # --- the questions -------------------------------------------------------------------------------------------
    def _ask_kind(self) -> Reply:
        kinds = tuple(Choice("meetings.kind", t(f"meetings.kind-{kind}"), str(kind)) for kind in MeetingKind)
        return Reply(t("meetings.ask-kind", organization=self.organization().name), kinds + asking.way_out(back=False))

    def _ask_preview(self) -> Reply:
        return preview.card(self.ctx, self.dialogue.data)

    def _ask_edit(self) -> Reply:
        data = self.dialogue.data
        parts = tuple(Choice("meetings.edit-part", t(f"meetings.part-{part}"), part) for part in PARTS)
        convening = "meetings.part-invite" if data["convening"] else "meetings.part-convene"
        more = (
            Choice("meetings.convening", t(convening)),
            Choice("meetings.letter", t("meetings.part-letter")),
            Choice("meetings.card", t("dialogue.back")),
            Choice("dialogue.cancel", t("dialogue.cancel")),
        )
        return Reply(t("meetings.ask-edit"), (*parts, *more))

    def _ask_when(self) -> Reply:
        settings = self.ctx.settings
        clock = proposals.usual_clock(self.ctx.db, self.organization(), self.dialogue.data["kind"], settings)
        found = proposals.moments(self.ctx.now, clock, settings)
        choices = tuple(Choice("meetings.at", moment(at, settings.zone), at.isoformat()) for at in found)
        key = "meetings.ask-when-day-off" if len(found) > 1 else "meetings.ask-when"
        return Reply(t(key, day=f"{settings.meeting_day:02d}"), choices + asking.way_out())

    def _ask_half(self) -> Reply:
        options = [datetime.fromisoformat(iso) for iso in self.dialogue.data["options"]]
        return Reply(t("meetings.ask-half"), asking.half_choices("meetings.at", options) + asking.way_out())

    def _ask_place(self) -> Reply:
        usual = proposals.usual_place(self.ctx.db, self.organization(), self.dialogue.data["kind"])
        choices = (Choice("meetings.place", usual),) if usual else ()
        key = "meetings.ask-place" if usual else "meetings.ask-place-new"
        when = moment(datetime.fromisoformat(self.dialogue.data["at"]), self.ctx.settings.zone)
        return Reply(t(key, when=when), choices + asking.way_out())

    # --- small things --------------------------------------------------------------------------------------------
    def _set_moment(self, at: datetime) -> Reply:
        if at <= self.ctx.now:
            return self.again(t("meetings.over-meanwhile"))
        return self.to_card(at=at.isoformat(), said="")

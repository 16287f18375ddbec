"""The dialogue of /moihop: kind, time, place, agenda, preview; defaults alone take five presses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.dates import moment
from bot.flows.meetings import announce, asking, proposals
from bot.flows.meetings.preview import show
from bot.flows.meetings.when import Moment, Trouble
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage import organizations
from storage.meetings import Meeting, MeetingKind
from storage.organizations import Organization

PLACE_LENGTH, AGENDA_LENGTH = 200, 1500
PARTS = ("kind", "when", "place", "agenda")


class Invite(StatesGroup):
    """The steps."""

    kind = State()
    when = State()
    half = State()
    place = State()
    agenda = State()
    preview = State()
    edit = State()


class InviteFlow(Flow[Context]):
    """Data: org (id), kind, at (ISO), place, agenda, said (half an answer), options (two ISO moments), editing."""

    name = "moihop"
    states = Invite
    moves: ClassVar[list[Move]] = [
        Move("go_when", [Invite.kind, Invite.edit], Invite.when),
        Move("go_half", [Invite.when, Invite.half], Invite.half),
        Move("go_place", [Invite.when, Invite.half, Invite.edit], Invite.place),
        Move("go_agenda", [Invite.place, Invite.edit], Invite.agenda),
        Move("go_kind", Invite.edit, Invite.kind),
        Move("go_edit", Invite.preview, Invite.edit),
        Move("go_preview", [Invite.kind, Invite.when, Invite.half, Invite.place, Invite.agenda], Invite.preview),
    ]

    def begin(self) -> Reply:
        """A new meeting of the organization that the speaker leads; NotAllowed for others."""
        self.dialogue.start(self.name, Invite.kind, org=self.ctx.lead().id)
        return self.ask()

    def choose_kind(self, kind: str) -> Reply:
        """Regular, thematic, committee or conference."""
        return self._next("go_when", kind=str(MeetingKind(kind)))

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
        return self._again(asking.explain(found))

    def set_place(self, text: str) -> Reply:
        """ "" takes the usual place."""
        place = " ".join(text.split()) or self._usual_place()
        if not place or is_bare(place) or len(place) > PLACE_LENGTH:
            return self._again(t("meetings.place-again"))
        return self._next("go_agenda", place=place)

    def set_agenda(self, text: str) -> Reply:
        """ "" means "theo chương trình của chi ủy"."""
        agenda = text.strip()
        if (agenda and is_bare(agenda)) or len(agenda) > AGENDA_LENGTH:
            return self._again(t("meetings.agenda-again", length=AGENDA_LENGTH))
        self.fire("go_preview")
        self.dialogue.update(agenda=agenda)
        return self.ask()

    def edit(self, part: str) -> Reply:
        """Go to one step and from there straight back to the preview; "" asks which."""
        self.fire(f"go_{part or 'edit'}")
        if part:
            self.dialogue.update(editing=True, said="")
        return self.ask()

    def send(self, *, privately: bool = False) -> Reply:
        """Call the meeting. `privately` as in announce.call."""
        meeting = announce.call(self.ctx, self.draft(), privately=privately)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("meetings.sent", moment=moment(meeting.starts_at, self.ctx.settings.zone)))

    def draft(self) -> Meeting:
        """What has been gathered, as a meeting that is not stored yet."""
        data = self.dialogue.data
        return Meeting(
            organization_id=data["org"], kind=data["kind"], starts_at=datetime.fromisoformat(data["at"]),
            place=data["place"], agenda=data.get("agenda", ""), created_by=self.ctx.my_id, created_at=self.ctx.now,
        )  # fmt: skip

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("meetings.title-invite")

    def ask(self) -> Reply:
        """The question of the current step."""
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    # --- the questions -------------------------------------------------------------------------------------------
    def _ask_kind(self) -> Reply:
        kinds = tuple(Choice("meetings.kind", t(f"meetings.kind-{kind}"), str(kind)) for kind in MeetingKind)
        return Reply(t("meetings.ask-kind", organization=self._organization().name), kinds + asking.way_out(back=False))

    def _ask_when(self) -> Reply:
        settings = self.ctx.settings
        clock = proposals.usual_clock(self.ctx.db, self._organization(), self.dialogue.data["kind"], settings)
        found = proposals.moments(self.ctx.now, clock, settings)
        choices = tuple(Choice("meetings.at", moment(at, settings.zone), at.isoformat()) for at in found)
        key = "meetings.ask-when-day-off" if len(found) > 1 else "meetings.ask-when"
        return Reply(t(key, day=f"{settings.meeting_day:02d}"), choices + asking.way_out())

    def _ask_half(self) -> Reply:
        options = [datetime.fromisoformat(iso) for iso in self.dialogue.data["options"]]
        return Reply(t("meetings.ask-half"), asking.half_choices("meetings.at", options) + asking.way_out())

    def _ask_place(self) -> Reply:
        usual = self._usual_place()
        choices = (Choice("meetings.place", usual),) if usual else ()
        key = "meetings.ask-place" if usual else "meetings.ask-place-new"
        return Reply(t(key, when=self._when()), choices + asking.way_out())

    def _ask_agenda(self) -> Reply:
        skip = Choice("meetings.agenda", t("dialogue.skip"))
        return Reply(t("meetings.ask-agenda"), (skip, *asking.way_out()))

    def _ask_preview(self) -> Reply:
        return show(self.ctx, self.draft(), self._organization())

    def _ask_edit(self) -> Reply:
        parts = tuple(Choice("meetings.edit-part", t(f"meetings.part-{part}"), part) for part in PARTS)
        return Reply(t("meetings.ask-edit"), parts + asking.way_out())

    # --- small things --------------------------------------------------------------------------------------------
    def _again(self, text: str) -> Reply:
        """The same step once more, with what was wrong in place of the question."""
        self.dialogue.update()
        return replace(self.ask(), text=text)

    def _next(self, trigger: str, **data: str) -> Reply:
        """On to the next step, or back to the preview when only one thing is being mended."""
        editing = self.dialogue.data.get("editing", False)
        self.fire("go_preview" if editing else trigger)
        self.dialogue.update(**data)
        return self.ask()

    def _set_moment(self, at: datetime) -> Reply:
        if at <= self.ctx.now:
            return self._again(t("meetings.over-meanwhile"))
        return self._next("go_place", at=at.isoformat(), said="")

    def _organization(self) -> Organization:
        return organizations.get(self.ctx.db, self.dialogue.data["org"])

    def _usual_place(self) -> str:
        return proposals.usual_place(self.ctx.db, self._organization(), self.dialogue.data["kind"])

    def _when(self) -> str:
        return moment(datetime.fromisoformat(self.dialogue.data["at"]), self.ctx.settings.zone)

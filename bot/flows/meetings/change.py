"""The dialogues of /doihop and /huyhop: which meeting, what is new, preview, announcement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare
from bot.errors import BadInput, Conflict
from bot.flows.meetings import announce, asking, rules
from bot.flows.meetings.invite import PLACE_LENGTH
from bot.flows.meetings.preview import privately, reach_lines, reach_of
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import invitation, moment_of, name_of, short, where
from bot.messages import Choice, Reply
from bot.quota.preview import lines as cost_lines
from bot.secrecy import must_be_open
from bot.texts import t
from bot.when import Moment, Trouble
from storage import agendas, meetings, organizations
from storage.meetings import Meeting, MeetingState

REASON_LENGTH = 200
SHOWN = 6
"""Meetings offered at most. [ours]"""


def led_meetings(ctx: Context) -> list[Meeting]:
    """The meetings ahead that the speaker may change, soonest first; NotAllowed for members without such a role."""
    ctx.lead()
    mine = {top.id or 0 for top in ctx.led()}
    if ctx.may(ctx.my_branch):
        mine.add(ctx.my_branch.id or 0)
    return meetings.upcoming(ctx.db, sorted(mine), ctx.now)[:SHOWN]


def for_one(ctx: Context, action: str, act: Callable[[Context, str], Reply]) -> Reply:
    """Do it for the one meeting ahead, or ask for which."""
    found = led_meetings(ctx)
    if not found:
        return Reply(t("meetings.none-ahead"))
    if len(found) == 1:
        return act(ctx, str(found[0].id))
    choices = tuple(Choice(action, short(each, ctx.settings.zone), str(each.id)) for each in found)
    return Reply(t(f"meetings.which-{action.partition('.')[2]}"), choices)


class ByMeeting(Flow[Context]):
    """What /doihop and /huyhop share. Data: meeting (id), revision (as seen when it was chosen)."""

    name = ""
    pick_action = ""

    def __init_subclass__(cls) -> None:
        if cls.name:
            super().__init_subclass__()

    def choose(self, meeting_id: str) -> Reply:
        """The meeting that this is about."""
        meeting = meetings.get(self.ctx.db, int(meeting_id))
        self.ctx.require(organizations.get(self.ctx.db, meeting.organization_id))
        self.dialogue.update(meeting=meeting.id, revision=meeting.revision)
        self.fire("picked")
        return self.ask()

    def begin_with(self, first: State) -> Reply:
        """Ask which meeting; with one alone it is taken."""
        found = led_meetings(self.ctx)
        if not found:
            return Reply(t("meetings.none-ahead"))
        self.dialogue.start(self.name, first)
        return self.choose(str(found[0].id)) if len(found) == 1 else self.ask()

    def ask(self) -> Reply:
        """The question of the current step."""
        return getattr(self, f"_ask_{self.state}")()  # type: ignore[no-any-return]

    def _ask_pick(self) -> Reply:
        zone = self.ctx.settings.zone
        choices = tuple(Choice(self.pick_action, short(each, zone), str(each.id)) for each in led_meetings(self.ctx))
        return Reply(t("meetings.ask-which"), choices + asking.way_out(back=False))

    def meeting(self) -> Meeting:
        """The chosen meeting as it is stored."""
        return meetings.get(self.ctx.db, self.dialogue.data["meeting"])

    def held(self) -> Meeting:
        """The same, locked and still as it was when it was chosen: Conflict when somebody changed it meanwhile,
        BadInput when it has begun."""
        meeting = meetings.locked(self.ctx.db, self.dialogue.data["meeting"])
        self.ctx.require(organizations.get(self.ctx.db, meeting.organization_id))
        if meeting.revision != self.dialogue.data["revision"] or meeting.state != MeetingState.PLANNED:
            raise Conflict
        if meeting.starts_at <= self.ctx.now:
            raise BadInput("meetings.begun")
        return meeting


class Change(StatesGroup):
    """The steps of /doihop."""

    pick = State()
    when = State()
    half = State()
    place = State()
    preview = State()


class ChangeFlow(ByMeeting):
    """Data: meeting, revision, at (ISO), place, said, options."""

    name = "doihop"
    pick_action = "meetings.move-this"
    states = Change
    moves: ClassVar[list[Move]] = [
        Move("picked", Change.pick, Change.when),
        Move("go_half", [Change.when, Change.half], Change.half),
        Move("go_place", [Change.when, Change.half], Change.place),
        Move("go_preview", Change.place, Change.preview),
    ]

    def begin(self) -> Reply:
        """Start with the meeting."""
        return self.begin_with(Change.pick)

    def set_moment(self, iso: str) -> Reply:
        """A moment that was offered; "" keeps the old one."""
        at = datetime.fromisoformat(iso) if iso else self.meeting().starts_at
        if at <= self.ctx.now:
            return self._again(t("meetings.over-meanwhile"))
        self.fire("go_place")
        self.dialogue.update(at=at.isoformat(), said="")
        return self.ask()

    def type_moment(self, text: str) -> Reply:
        """A moment in somebody's own words."""
        data = self.dialogue.data
        if self.state == str(Change.half):
            picked = asking.half(text, [datetime.fromisoformat(iso) for iso in data["options"]])
            if picked is not None:
                return self.set_moment(picked.isoformat())
        found = asking.read(self.ctx, text, data.get("said", ""))
        if isinstance(found, Moment):
            return self.set_moment(found.at.isoformat())
        if found.trouble is Trouble.WHICH_HALF:
            self.fire("go_half")
            self.dialogue.update(options=[option.isoformat() for option in found.options])
            return self.ask()
        self.dialogue.update(said=asking.keeps(found, text) or data.get("said", ""))
        return self._again(asking.explain(found))

    def set_place(self, text: str) -> Reply:
        """ "" keeps the old place. A change that changes nothing ends here."""
        place = " ".join(text.split()) or self.meeting().place
        if len(place) > PLACE_LENGTH:
            return self._again(t("meetings.place-long", most=PLACE_LENGTH))
        if is_bare(place):
            return self._again(t("meetings.place-again"))
        meeting = self.meeting()
        if place == meeting.place and datetime.fromisoformat(self.dialogue.data["at"]) == meeting.starts_at:
            self.dialogue.finish()
            self.ctx.close_question()
            return Reply(t("meetings.unchanged"))
        self.fire("go_preview")
        self.dialogue.update(place=place)
        return self.ask()

    def send(self, *, privately: bool = False) -> Reply:
        """Move it and tell everybody. `privately` as in announce.call."""
        data = self.dialogue.data
        at = datetime.fromisoformat(data["at"])
        asked = announce.move(self.ctx, self.held(), at, data["place"], privately=privately)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("meetings.moved-done" if asked else "meetings.moved-place-done"))

    def merge(self, into: str) -> Reply:
        """Not moved but merged with the other meeting of that day."""
        gone, stays = self.held(), meetings.locked(self.ctx.db, int(into))
        announce.merge(self.ctx, gone, stays)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("meetings.merged-done", moment=moment_of(stays, self.ctx.settings.zone)))

    def _again(self, text: str) -> Reply:
        """The same step once more, with what was wrong in place of the question."""
        self.dialogue.update()
        return replace(self.ask(), text=text)

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("meetings.title-change")

    def _ask_when(self) -> Reply:
        keep = Choice("meetings.move-at", t("meetings.choice-keep-time"))
        text = t("meetings.ask-new-time", when=moment_of(self.meeting(), self.ctx.settings.zone))
        return Reply(text, (keep, *asking.way_out()))

    def _ask_half(self) -> Reply:
        options = [datetime.fromisoformat(iso) for iso in self.dialogue.data["options"]]
        return Reply(t("meetings.ask-half"), asking.half_choices("meetings.move-at", options) + asking.way_out())

    def _ask_place(self) -> Reply:
        keep = Choice("meetings.move-place", t("meetings.choice-keep-place"))
        return Reply(t("meetings.ask-new-place", place=self.meeting().place), (keep, *asking.way_out()))

    def _ask_preview(self) -> Reply:
        data, ctx, zone = self.dialogue.data, self.ctx, self.ctx.settings.zone
        meeting = self.meeting()
        new = meeting.model_copy(update={"starts_at": datetime.fromisoformat(data["at"]), "place": data["place"]})
        organization = organizations.get(ctx.db, meeting.organization_id)
        plan = announce.planned(ctx, new, organization, invitation(new, zone))
        lines = [
            t("meetings.preview-moved", name=name_of(meeting, zone), before=where(meeting, zone), now=where(new, zone)),
            *(t("meetings.notice", notice=each) for each in self._notices(new)),
            *reach_lines(ctx, reach_of(ctx, meeting, organization), plan),
        ]
        send = Choice("meetings.move-send", t("meetings.choice-send-change"))
        choices = (send, *privately(plan, "meetings.move-send"), *self._merges(new), *asking.way_out())
        return Reply("\n".join(lines), choices)

    def _notices(self, new: Meeting) -> list[str]:
        ctx = self.ctx
        return rules.warnings(ctx.db, ctx.settings, ctx.now, new, agendas.lines(ctx.db, new.id or 0))

    def _merges(self, new: Meeting) -> tuple[Choice, ...]:
        """On the day of another meeting the two may become one."""
        return tuple(
            Choice(
                "meetings.move-merge",
                t("meetings.choice-merge", name=name_of(each, self.ctx.settings.zone)),
                str(each.id),
            )
            for each in rules.same_day(self.ctx.db, self.ctx.settings, new)[:1]
            if each.starts_at > self.ctx.now
        )


class Cancel(StatesGroup):
    """The steps of /huyhop."""

    pick = State()
    confirm = State()


class CancelFlow(ByMeeting):
    """Data: meeting, revision, reason ("" until somebody writes one)."""

    name = "huyhop"
    pick_action = "meetings.cancel-this"
    states = Cancel
    moves: ClassVar[list[Move]] = [Move("picked", Cancel.pick, Cancel.confirm)]

    def begin(self) -> Reply:
        """Start with the meeting."""
        return self.begin_with(Cancel.pick)

    def because(self, text: str) -> Reply:
        """Why: what persons are told. A bare "ok" is no reason and confirms nothing."""
        reason = " ".join(text.split()).rstrip(".")
        if is_bare(reason) or len(reason) > REASON_LENGTH:
            self.dialogue.update()
            return replace(self.ask(), text=t("meetings.reason-again", most=REASON_LENGTH))
        must_be_open(text)
        self.dialogue.update(reason=reason)
        return self.ask()

    def send(self, *, privately: bool = False) -> Reply:
        """Call it off and tell everybody. `privately` as in announce.call."""
        announce.cancel(self.ctx, self.held(), self.dialogue.data.get("reason", ""), privately=privately)
        self.dialogue.finish()
        self.ctx.close_question()
        return Reply(t("meetings.cancelled-done"))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("meetings.title-cancel")

    def _ask_confirm(self) -> Reply:
        ctx, meeting, zone = self.ctx, self.meeting(), self.ctx.settings.zone
        organization = organizations.get(ctx.db, meeting.organization_id)
        reason = self.dialogue.data.get("reason", "")
        plan = announce.planned(ctx, meeting, organization, announce.cancellation(meeting, zone, reason))
        text = t("meetings.ask-cancel", name=name_of(meeting, zone), where=where(meeting, zone))
        text += "\n" + (t("meetings.cancelled-because", reason=reason) if reason else t("meetings.ask-reason"))
        yes = Choice("meetings.cancel-send", t("meetings.choice-cancel-meeting"))
        no = Choice("dialogue.cancel", t("meetings.choice-keep-meeting"))
        lines = [text, *cost_lines(plan, ctx.settings, ctx.now)]
        return Reply("\n".join(lines), (yes, no, *privately(plan, "meetings.cancel-send")))

"""Checking in by the chat: "điểm danh 482913", also for others whose phone is at home, and the way to the page."""

from __future__ import annotations

import re
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.courtesy import hail, named
from bot.dates import hour
from bot.errors import BadInput
from bot.flows.room import codes, guessing, names, passes, scans
from bot.flows.room.scans import Outcome, Scan
from bot.fsm import Flow, Move, State, StatesGroup
from bot.matching import fold
from bot.messages import Choice, Reply
from bot.texts import t
from storage import attendance, organizations, rooms
from storage.checkins import CheckInState
from storage.crypto import vault
from storage.meetings import Meeting
from storage.members import Member

TYPED = re.compile(r"(?<!\d)([0-9]{3})[ .]?([0-9]{3})(?!\d)")
_ME = frozenset({"toi", "em", "minh", "chau", "con", "tui", "tao"})
_FOR = re.compile(r"^\W*(?:cho|ho|giup|va|và|với|hộ|giúp)\s+", re.IGNORECASE)


class CheckingIn(StatesGroup):
    """The one step: the six digits."""

    code = State()


class CheckInFlow(Flow[Context]):
    """No data: which meeting it is, the code tells."""

    name = "checkin"
    states = CheckingIn
    moves: ClassVar[list[Move]] = []

    def begin(self) -> Reply:
        """Ask for the digits, and give the page for who would rather use the camera."""
        self.dialogue.start(self.name, CheckingIn.code)
        return self.ask()

    def type(self, text: str) -> Reply:
        """The digits, perhaps with names."""
        found = TYPED.search(text)
        if found is None:
            self.dialogue.update()
            return self.ask()
        self.dialogue.finish()
        return Reply(check_in(self.ctx, text))

    def ask(self) -> Reply:
        """The question."""
        text = t("room.ask-code")
        if link := own_link(self.ctx):
            text += "\n" + t("room.or-link", link=link)
        return Reply(text, (Choice("dialogue.cancel", t("dialogue.cancel")),))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("room.title-checkin")


def own_link(ctx: Context) -> str:
    """The speaker's own page for the meeting that shows codes; "" without one, or without a public address."""
    found = rooms.coded_of(ctx.db, ctx.my_id, ctx.now)
    if not found or not ctx.links.public_url:
        return ""
    wanted = passes.Pass(found[0].id or 0, ctx.my_id, ctx.here.channel_id, ctx.now)
    return f"{ctx.links.public_url}/ci/me/{passes.seal('member', wanted)}"


def check_in(ctx: Context, text: str) -> str:
    """What "482913 cho bác Lan, chú Ba" comes to, a line for each; or that the code is wrong, as often as one may be.
    BadInput when there is no code."""
    found = TYPED.search(text)
    if found is None:
        raise BadInput("room.no-code")
    stop = guessing.stopped(ctx.db, ctx.settings, ctx.my_id, ctx.now)
    shown = None if stop else _meeting(ctx, found[1] + found[2])
    if shown is None:
        return stop or guessing.wrong(ctx.db, ctx.settings, ctx.my_id, ctx.now)
    meeting, step = shown
    if codes.is_fresh(step, _said_at(ctx)):
        guessing.right(ctx.db, ctx.my_id, ctx.now)
    people, lines = _people(ctx, meeting, text[found.end() :])
    for member in people:
        mine = member.id == ctx.my_id
        key = f"chat:{ctx.here.channel_id}:{ctx.incoming.key}:{member.id}"
        device = vault().fingerprint(f"{ctx.here.channel_id}:{ctx.incoming.speaker_id}", "room.device")
        scan = Scan(member.id or 0, step, _said_at(ctx), device, key, by=None if mine else ctx.my_id)
        outcome = scans.take(ctx.db, ctx.settings, meeting.id or 0, scan, ctx.now)
        if not mine:
            ctx.audit("checkin.for-other", f"meeting:{meeting.id}", member=member.id)
        lines.append(told(ctx.settings.zone, outcome, hail(member) if mine else named(member)))
    return "\n".join(lines)


def told(zone: ZoneInfo, outcome: Outcome, who: str) -> str:
    """An outcome in one line."""
    at = hour(outcome.at.astimezone(zone))
    if outcome.state == CheckInState.WAITING:
        return t("room.checkin-waiting", who=who, why=t(f"room.why-{outcome.doubt}"))
    if outcome.state == CheckInState.REPEATED:
        return t("room.checkin-again", who=who, at=at)
    return t("room.checkin-done", who=who, at=at)


def _said_at(ctx: Context) -> datetime:
    """When it was written, by the platform's clock: what waits in a queue is not late."""
    return min(ctx.incoming.sent_at, ctx.now)


def _meeting(ctx: Context, typed: str) -> tuple[Meeting, int] | None:
    """The meeting whose code this is or was, and the code's step; None when it is no meeting's. First those that the
    speaker is invited to; of others nearby only what is on the screen now, because of many old codes one always fits.
    """
    at = _said_at(ctx)
    for meeting in rooms.coded_of(ctx.db, ctx.my_id, ctx.now):
        if (step := codes.step_typed(meeting, typed, at)) is not None:
            return meeting, step
    home = organizations.get(ctx.db, ctx.me.organization_id)
    above = organizations.get(ctx.db, home.parent_id) if home.parent_id else home
    for meeting in rooms.coded_below(ctx.db, above.path, ctx.now):
        if (step := codes.step_typed(meeting, typed, at, back=1)) is not None:
            return meeting, step
    return None


def _people(ctx: Context, meeting: Meeting, said: str) -> tuple[list[Member], list[str]]:
    """Whom it is for, and a line for each name that does not tell. Without names it is for the speaker."""
    rest = _FOR.sub("", said.strip(" .!,;"))
    if not rest or _FOR.fullmatch(rest + " "):
        return [ctx.me], []
    invited = [member for member, _ in attendance.of_meeting(ctx.db, meeting.id or 0)]
    people: dict[int, Member] = {}
    unclear = []
    for name in names.listed(rest):
        wanted = _FOR.sub("", name)
        found = [ctx.me] if fold(wanted) in _ME else names.find(invited, wanted)
        if len(found) == 1:
            people[found[0].id or 0] = found[0]
        else:
            unclear.append(t("room.several" if found else "room.nobody", name=wanted[:40]))
    return list(people.values()), unclear


def is_for_meeting(ctx: Context) -> bool:
    """Whether a code is being shown in a meeting that the speaker is invited to."""
    return bool(rooms.coded_of(ctx.db, ctx.my_id, ctx.now))


def board_link(ctx: Context, meeting: Meeting) -> str:
    """The projector's page; the meeting gets its secret with the first one. "" without a public address."""
    if not meeting.check_in_secret:
        meeting.check_in_secret = codes.new_secret()
        ctx.db.flush()
    if not ctx.links.public_url:
        return ""
    wanted = passes.Pass(meeting.id or 0, ctx.my_id, ctx.here.channel_id, ctx.now)
    return f"{ctx.links.public_url}/c/{passes.seal('board', wanted)}"

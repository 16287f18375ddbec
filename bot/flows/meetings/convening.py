"""Convening orders (C20): each must confirm, the silent are listed for phone calls, volunteers go to who has no phone.

A volunteer sees name, address and phone only of people who agreed to help at home (domain.md, consent purpose 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.context import Context
from bot.courtesy import named
from bot.errors import BadInput
from bot.invitations import about, moment_of, name_of, short, where
from bot.messages import Choice, Reply
from bot.settings import Settings
from bot.texts import t
from storage import attendance, audience, consents, meetings, members, notes, organizations
from storage.attendance import Rsvp, RsvpState
from storage.consents import Purpose
from storage.meetings import Meeting, MeetingState
from storage.members import Member, RoleKind
from storage.notes import Note

VISITS = 8
"""People that one volunteer is asked to go to. [ours]"""
VOLUNTEERS = frozenset({RoleKind.VOLUNTEER})


def begin(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> None:
    """People have just been convened: who cannot be written to is told to the secretary and to volunteers."""
    cut_off = [member for member, _ in _cut_off(session, meeting)]
    if not cut_off:
        return
    asked = _ask_volunteers(session, settings, meeting, now, cut_off)
    leader = notes.leader_of(session, meeting.organization_id, default=meeting.created_by)
    if leader is None:
        return
    lines = [t("convening.cut-off", name=name_of(meeting, settings.zone), count=len(cut_off), asked=asked)]
    lines += [_numbered(member) for member in cut_off]
    note = Note("\n".join(lines), choices=_acts(meeting), once=f"cut-off:{meeting.id}:{meeting.revision}")
    notes.tell(session, leader, note, now)


def _cut_off(session: Session, meeting: Meeting) -> list[tuple[Member, Rsvp]]:
    """Who is invited, has not answered and can be told by nobody but a person at the door or on the telephone."""
    rows = [row for row in attendance.counted(session, meeting.id or 0) if row[1].state == RsvpState.NONE]
    reachable = audience.addresses_of(session, [member.id or 0 for member, _ in rows])
    return [row for row in rows if not row[0].has_phone or row[0].id not in reachable]


# --- volunteers -----------------------------------------------------------------------------------------------------
def _ask_volunteers(
    session: Session, settings: Settings, meeting: Meeting, now: datetime, cut_off: list[Member]
) -> int:
    """Each volunteer who can be written to gets some of the people who agreed to it. Returns how many people."""
    agreed = [member for member in cut_off if consents.has(session, member.id or 0, Purpose.HOME)]
    helpers = _volunteers(session, meeting)
    asked = 0
    for place, helper in enumerate(helpers):
        mine = agreed[place :: len(helpers)][:VISITS]
        if mine:
            asked += len(mine)
            notes.tell(session, helper, _errand(settings, meeting, mine), now)
    return asked


def _volunteers(session: Session, meeting: Meeting) -> list[int]:
    """The branch's volunteers who can be written to, else those of the level above."""
    home = organizations.get(session, meeting.organization_id)
    for organization_id in reversed([int(part) for part in home.path.split("/") if part]):
        held = [member.id or 0 for member in members.holders(session, organization_id, VOLUNTEERS)]
        reachable = audience.addresses_of(session, held)
        if found := [each for each in held if each in reachable]:
            return found
    return []


def _errand(settings: Settings, meeting: Meeting, people: list[Member]) -> Note:
    zone = settings.zone
    text = t("convening.errand", name=name_of(meeting, zone), where=where(meeting, zone))
    choices = [
        asdict(Choice("convening.told", t("convening.choice-told", who=named(each)), f"{meeting.id}:{each.id}"))
        for each in people
    ]
    once = f"errand:{meeting.id}:{meeting.revision}:{people[0].id}"
    return Note("\n".join([text, *(_address(each) for each in people)]), choices=choices, once=once)


def _address(member: Member) -> str:
    details = [each for each in (member.address, member.phone) if each]
    return t("convening.visit", who=named(member), details=", ".join(details) or t("convening.no-address"))


def told(ctx: Context, argument: str) -> Reply:
    """A volunteer has been there: the secretary hears it. Nothing is recorded as an answer."""
    meeting_id, _, member_id = argument.partition(":")
    meeting, member = meetings.get(ctx.db, int(meeting_id)), members.get(ctx.db, int(member_id))
    if ctx.my_id not in _volunteers(ctx.db, meeting):
        raise BadInput("convening.no-volunteer")
    leader = notes.leader_of(ctx.db, meeting.organization_id, default=meeting.created_by)
    if leader is not None:
        text = t("convening.was-told", helper=named(ctx.me), who=named(member), name=_name(ctx, meeting))
        note = Note(text, choices=_acts(meeting), once=f"told:{meeting.id}:{meeting.revision}:{member.id}")
        notes.tell(ctx.db, leader, note, ctx.now)
    ctx.audit("convening.told", about(meeting), member=member.id)
    return Reply(t("convening.thanks", who=named(member)))


def call_off(session: Session, meeting: Meeting, text: str, now: datetime) -> None:
    """Volunteers who may be on their way hear that the meeting is off: those who were asked to go, and no others."""
    for helper in meetings.errands(session, meeting.id or 0):
        notes.tell(session, helper, Note(text, once=f"errand-off:{meeting.id}:{meeting.revision}:{helper}"), now)


# --- the list for phone calls ---------------------------------------------------------------------------------------
def tell_silent(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> int:
    """The list of the silent to the secretary, once; 0 when everybody has confirmed."""
    leader = notes.leader_of(session, meeting.organization_id, default=meeting.created_by)
    silent = _unconfirmed(session, meeting)
    if leader is None or not silent:
        return 0
    once = f"calls:{meeting.id}:{meeting.revision}"
    note = Note(call_list(settings, meeting, silent), choices=_acts(meeting), once=once)
    return int(notes.tell(session, leader, note, now))


def calls(ctx: Context, meeting_id: str) -> Reply:
    """The same when the secretary asks for it."""
    meeting = meetings.get(ctx.db, int(meeting_id))
    ctx.require(organizations.get(ctx.db, meeting.organization_id))
    if meeting.state == MeetingState.CANCELLED:
        raise BadInput("attendance.list-cancelled")
    silent = _unconfirmed(ctx.db, meeting)
    if not silent:
        return Reply(t("convening.all-confirmed", name=_name(ctx, meeting)))
    text = call_list(ctx.settings, meeting, silent)
    return Reply(text, (Choice("attendance.behalf", t("convening.choice-behalf"), str(meeting.id)),))


def ask_calls(ctx: Context) -> Reply:
    """The list of the one meeting ahead, or the question which one; NotAllowed for members without a role."""
    ctx.lead()
    led = [top.id or 0 for top in ctx.led()]
    found = [each for each in meetings.upcoming(ctx.db, led, ctx.now) if ctx.now < each.starts_at][:6]
    if not found:
        return Reply(t("convening.nothing"))
    if len(found) == 1:
        return calls(ctx, str(found[0].id))
    zone = ctx.settings.zone
    return Reply(
        t("convening.which"), tuple(Choice("convening.calls", short(each, zone), str(each.id)) for each in found)
    )


def call_list(settings: Settings, meeting: Meeting, silent: Iterable[Member]) -> str:
    """Whom to phone, with numbers."""
    people = list(silent)
    zone = settings.zone
    head = t("convening.calls", name=name_of(meeting, zone), moment=moment_of(meeting, zone), count=len(people))
    return "\n".join([head, *(_numbered(member) for member in people)])


def _unconfirmed(session: Session, meeting: Meeting) -> list[Member]:
    """By name, who has said neither that they come nor that they do not (who asked for a call is waiting for it)."""
    rows = attendance.counted(session, meeting.id or 0)
    return [member for member, rsvp in rows if rsvp.state == RsvpState.NONE]


def _numbered(member: Member) -> str:
    key = "convening.number" if member.phone else "convening.no-number"
    return t(key, name=member.full_name, phone=member.phone or "")


def _acts(meeting: Meeting) -> list[dict[str, str]]:
    return [asdict(Choice("attendance.behalf", t("convening.choice-behalf"), str(meeting.id)))]


def _name(ctx: Context, meeting: Meeting) -> str:
    return name_of(meeting, ctx.settings.zone)

"""One scan of the room's code, from a page or from the chat: counted once, or kept for the chair's word.

How far a phone is believed: a code that was kept without a network counts when it was on the screen at the moment that
the phone noted, that moment lies between the phone's last touch with us and now (bot/web/checkin.py), and it came
before the day after the meeting's end. Whatever else is genuine waits for the chair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.errors import BadInput
from bot.flows.room import arrival, codes, desk, doubts
from bot.settings import Settings
from storage import attendance, checkins, meetings, notes, rollcalls, rooms
from storage.checkins import CheckIn, CheckInState, Doubt
from storage.meetings import Meeting, MeetingState
from storage.rollcalls import Record, RollCall

GRACE = timedelta(hours=24)
"""What a phone has kept may come so long after the meeting's end. [ours]"""
EARLIEST = timedelta(hours=3)
"""The code may be shown and used so long before the meeting's hour. [ours]"""


@dataclass(frozen=True, slots=True)
class Scan:
    """Who, which code (its step), when by the phone, from which phone. `key` is the phone's own for this one scan;
    `by` is whose phone it is, when it is somebody else's; `doubt` what the door that it came by does not believe."""

    member_id: int
    step: int
    scanned_at: datetime
    device: str
    key: str
    by: int | None = None
    doubt: Doubt = Doubt.NONE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a scan. `at`: since when the member is recorded."""

    state: CheckInState
    doubt: Doubt
    at: datetime


def take(session: Session, settings: Settings, meeting_id: int, scan: Scan, now: datetime) -> Outcome:
    """Record a scan whose code is genuine. BadInput when the meeting takes none (any more)."""
    meeting = meetings.locked(session, meeting_id)
    before = checkins.by_key(session, scan.key)
    if before is not None:
        return Outcome(CheckInState(before.state), Doubt(before.doubt), before.scanned_at)
    _must_be_open(meeting, scan.scanned_at)
    row = rollcalls.of(session, meeting_id, scan.member_id)
    if row is not None and not row.doubtful and row.state in rollcalls.HERE:
        return _kept(session, meeting, scan, now, Outcome(CheckInState.REPEATED, Doubt.NONE, row.recorded_at))
    doubt = _doubt(session, settings, meeting, scan, now)
    if doubt is Doubt.NONE and row is not None and not row.doubtful:
        doubt = Doubt.ABSENT if row.how == "chair" else doubt
    state = CheckInState.WAITING if doubt else CheckInState.COUNTED
    if row is None or row.doubtful or not doubt:
        _write(session, settings, meeting, scan, doubtful=bool(doubt))
    if doubt:
        _tell(session, meeting, now)
    else:
        checkins.decide(session, meeting_id, scan.member_id, CheckInState.ACCEPTED)
    return _kept(session, meeting, scan, now, Outcome(state, doubt, scan.scanned_at))


def _must_be_open(meeting: Meeting, at: datetime) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise BadInput("room.cancelled")
    if at > (meeting.ended_at or meeting.starts_at + rooms.BEFORE):
        raise BadInput("room.over")
    if meeting.state == MeetingState.PLANNED and meeting.starts_at - at > EARLIEST:
        raise BadInput("room.too-early")


def _doubt(session: Session, settings: Settings, meeting: Meeting, scan: Scan, now: datetime) -> Doubt:
    if attendance.of(session, meeting.id or 0, scan.member_id) is None:
        return Doubt.UNINVITED
    if scan.doubt is Doubt.CLOCK:
        return Doubt.CLOCK
    if not codes.is_fresh(scan.step, scan.scanned_at):
        return Doubt.OLD
    if meeting.ended_at is not None and now > meeting.ended_at + GRACE:
        return Doubt.LATE
    if scan.doubt:
        return scan.doubt
    people = checkins.members_of_device(session, meeting.id or 0, scan.device) | {scan.member_id}
    return Doubt.PHONE if len(people) > settings.check_in_people else Doubt.NONE


def _write(session: Session, settings: Settings, meeting: Meeting, scan: Scan, *, doubtful: bool) -> RollCall:
    state, minutes = arrival.presence_at(settings, meeting, scan.scanned_at)
    record = Record(state, "code", scan.scanned_at, by=scan.by, minutes_late=minutes, doubtful=doubtful)
    return rollcalls.put(session, meeting.id or 0, scan.member_id, record)


def _kept(session: Session, meeting: Meeting, scan: Scan, now: datetime, outcome: Outcome) -> Outcome:
    row = CheckIn(
        meeting_id=meeting.id or 0, member_id=scan.member_id, key=scan.key, device=scan.device, step=scan.step,
        scanned_at=scan.scanned_at, received_at=now, state=outcome.state, doubt=outcome.doubt, recorded_by=scan.by,
    )  # fmt: skip
    checkins.add(session, row)
    return outcome


def _tell(session: Session, meeting: Meeting, now: datetime) -> None:
    """The first doubtful one of a meeting is told to who leads it; the card counts the others."""
    leader = meeting.clerk_id or notes.leader_of(session, meeting.organization_id, default=meeting.chair_id)
    if leader is not None and desk.keeps(session, meeting, leader):
        notes.tell(session, leader, doubts.note(meeting), now)

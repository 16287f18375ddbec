"""RSVPs (báo dự, xin vắng). The roll call at the meeting is another record, in another table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, UniqueConstraint, and_, bindparam, insert, literal, or_, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead, organizations
from storage.ahead import Question
from storage.audience import in_base, preferred_exists
from storage.crypto import EncryptedJson, EncryptedText
from storage.db import Instant
from storage.meetings import Meeting, MeetingKind, MeetingState
from storage.members import Member, Standing, Status
from storage.organizations import Organization


class RsvpState(StrEnum):
    """What a member announced."""

    NONE = "none"
    ATTENDING = "attending"
    LATE = "late"
    ABSENT = "absent"


class ReasonState(StrEnum):
    """A reason is accepted by the secretary, never by the bot."""

    NONE = "none"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Rsvp(SQLModel, table=True):
    """One member's answer to one invitation. The row is made when the member is invited."""

    __table_args__ = (UniqueConstraint("meeting_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    state: str = Field(default=RsvpState.NONE, sa_type=String)
    reachable: bool = True
    minutes_late: int | None = None
    wants_call: bool = False
    reason: str | None = Field(default=None, sa_type=EncryptedText("rsvp.reason"))
    reason_state: str = Field(default=ReasonState.NONE, sa_type=String)
    answered_at: datetime | None = Field(default=None, sa_type=Instant)
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    """Who entered it for the member; None when they answered themselves."""
    changes: int = 0
    """Grows with every change of the answer, so that the undo of an older one is recognised."""
    before: dict[str, Any] | None = Field(default=None, sa_type=EncryptedJson("rsvp.before"))
    """The answer before this one, for the undo: {"state", "minutes_late", "reason", "reason_state", "wants_call"}; and
    "accepted", the last reason that was approved for this meeting, or None."""


RECENT = timedelta(hours=12)
"""Meetings that began longer ago are nobody's answer any more."""
INVITATIONS: Question[list[tuple[Meeting, Rsvp]]] = Question(
    Rsvp.meeting_id, Rsvp.member_id, Meeting.organization_id, Meeting.state, Meeting.starts_at, Meeting.kind
)
_SOONEST = (col(Meeting.starts_at), col(Meeting.id))


# Built once: building a statement costs more than running it.
_ALIVE = and_(col(Meeting.state) == MeetingState.PLANNED, col(Meeting.starts_at) > bindparam("recent"))
"""Meetings that somebody may still be talking about."""
_CALLED = and_(
    col(Meeting.organization_id).in_(bindparam("organizations", expanding=True)),
    col(Meeting.kind) != MeetingKind.COMMITTEE,
    col(Meeting.state) == MeetingState.PLANNED,
    col(Meeting.starts_at) > bindparam("now"),
)
"""Meetings ahead that these organizations have called for all their members."""
_OF_MEMBER = (
    select(Meeting, Rsvp)
    .join(Rsvp, col(Rsvp.meeting_id) == col(Meeting.id))
    .where(_ALIVE, Rsvp.member_id == bindparam("member"))
    .order_by(*_SOONEST)
)
_OF_MEMBERS = (
    select(Rsvp)
    .join(Meeting, col(Meeting.id) == col(Rsvp.meeting_id))
    .where(_ALIVE, col(Rsvp.member_id).in_(bindparam("members", expanding=True)))
    .order_by(*_SOONEST)
)
_MEETINGS = select(Meeting).where(or_(col(Meeting.id).in_(bindparam("ids", expanding=True)), _CALLED))
_MISSED = select(Meeting.id).where(
    _CALLED, ~select(Rsvp.id).where(Rsvp.meeting_id == Meeting.id, Rsvp.member_id == bindparam("member")).exists()
)


def of(session: Session, meeting_id: int, member_id: int) -> Rsvp | None:
    """A member's answer to a meeting; None when they were not invited."""
    return session.exec(select(Rsvp).where(Rsvp.meeting_id == meeting_id, Rsvp.member_id == member_id)).first()


def of_meeting(session: Session, meeting_id: int) -> list[tuple[Member, Rsvp]]:
    """Everybody invited with their answer, by name."""
    query = (
        select(Member, Rsvp)
        .join(Rsvp, col(Rsvp.member_id) == col(Member.id))
        .where(Rsvp.meeting_id == meeting_id)
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query))


def get(session: Session, rsvp_id: int) -> Rsvp:
    """The row; LookupError when there is none."""
    found = session.get(Rsvp, rsvp_id)
    if found is None:
        raise LookupError(f"rsvp {rsvp_id}")
    return found


def write(session: Session, rsvp: Rsvp, **values: object) -> None:
    """Set these columns of an answer, in a batch together with other answers.

    This is the only way to change one: what is set on the object itself could be overtaken by a row that waits.
    """
    for name, value in values.items():
        if getattr(rsvp, name) != value:
            set_committed_value(rsvp, name, value)
    row = {name: getattr(rsvp, name) for name in _WRITTEN}
    ahead.execute_late(session, _WRITE, {"row": rsvp.id, **row})


_WRITTEN = (
    "state", "reachable", "minutes_late", "wants_call", "reason", "reason_state", "answered_at", "recorded_by",
    "changes", "before",
)  # fmt: skip
_WRITE = update(Rsvp).where(col(Rsvp.id) == bindparam("row"))
"""Sets every column of _WRITTEN: rows with the same columns are written in the order in which they came."""


def invited(meeting_id: int) -> Any:
    """The condition on Member "invited to this meeting"."""
    return col(Member.id).in_(select(Rsvp.member_id).where(Rsvp.meeting_id == meeting_id))


def invite(session: Session, meeting_id: int, who: Any) -> None:
    """Make the rows of everybody who meets the conditions `who` (on Member and Organization), in one statement."""
    there = select(Rsvp.id).where(Rsvp.meeting_id == meeting_id, Rsvp.member_id == Member.id).exists()
    rows = (
        select_columns(
            literal(meeting_id), col(Member.id), literal(str(RsvpState.NONE)), preferred_exists(),
            literal(False), literal(str(ReasonState.NONE)), literal(0),
        )
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*who, ~there)
    )  # fmt: skip
    columns = ["meeting_id", "member_id", "state", "reachable", "wants_call", "reason_state", "changes"]
    session.connection().execute(insert(Rsvp).from_select(columns, rows))


def whole_branch(path: str) -> Any:
    """Whom a branch's meeting invites: its active members (domain.md: the others are in no base)."""
    return in_base(path, active=True)


def these(member_ids: list[int]) -> Any:
    """Whom a committee meeting invites: exactly these members."""
    return (col(Member.id).in_(member_ids), Member.status == Status.ACTIVE)


def open_for(session: Session, member: Member, now: datetime) -> list[tuple[Meeting, Rsvp]]:
    """The meetings ahead that a member is invited to, soonest first. Who came into the branch after the invitation
    gets a row here, so that they can answer and are counted."""

    return [row for row in _invitations(session, member, now) if row[0].starts_at > now]


def _invitations(session: Session, member: Member, now: datetime) -> list[tuple[Meeting, Rsvp]]:
    """Those that `open_for` and `just_begun` look at: planned, ahead or RECENT, soonest first."""

    def ask() -> list[tuple[Meeting, Rsvp]]:
        if may_catch_up(member):
            _catch_up(session, member, now)
        return list(session.exec(_OF_MEMBER, params={"member": member.id, "recent": now - RECENT}))

    return INVITATIONS.answer(session, member.id, ask)


def may_catch_up(member: Member) -> bool:
    """Whether a branch's meeting invites this member, also one that was called before they came."""
    return member.status == Status.ACTIVE and member.standing != Standing.SUPPORTER


def read_ahead(session: Session, people: list[Member], now: datetime) -> None:
    """Read the invitations of everybody who speaks in a batch: an answer to one is what most people write.

    Who lacks a row for a meeting of their branch is left out; `open_for` makes it when they ask.
    """
    if not people:
        return
    found: dict[int, list[tuple[Meeting, Rsvp]]] = {member.id or 0: [] for member in people}
    rsvps = list(session.exec(_OF_MEMBERS, params={"members": list(found), "recent": now - RECENT}))
    above = {member.id or 0: _above(session, member) for member in people if may_catch_up(member)}
    wanted = {
        "ids": list({rsvp.meeting_id for rsvp in rsvps}), "organizations": list(set().union(*above.values())),
        "now": now,
    }  # fmt: skip
    known = {meeting.id or 0: meeting for meeting in session.exec(_MEETINGS, params=wanted)}
    ahead.keep(session, known.values())
    for rsvp in rsvps:
        found[rsvp.member_id].append((known[rsvp.meeting_id], rsvp))
    called = _called(known.values(), now)
    for member_id, tops in above.items():
        invited = {rsvp.meeting_id for _, rsvp in found[member_id]}
        if any(meeting_id not in invited for each in tops for meeting_id in called.get(each, ())):
            del found[member_id]
    INVITATIONS.prepare(session, found)


def _called(meetings: Iterable[Meeting], now: datetime) -> dict[int, list[int]]:
    """Those of these meetings that `_CALLED` means, by organization."""
    called: dict[int, list[int]] = {}
    for meeting in meetings:
        regular = meeting.kind != MeetingKind.COMMITTEE and meeting.state == MeetingState.PLANNED
        if regular and meeting.starts_at > now:
            called.setdefault(meeting.organization_id, []).append(meeting.id or 0)
    return called


def _above(session: Session, member: Member) -> set[int]:
    """The ids of a member's organization and of all above it."""
    home = organizations.get(session, member.organization_id)
    return {int(part) for part in home.path.split("/") if part}


def just_begun(session: Session, member: Member, now: datetime, span: timedelta) -> Meeting | None:
    """A meeting that the member is invited to and that began less than `span` (at most RECENT) ago."""
    known = _invitations(session, member, now)
    begun = [meeting for meeting, _ in known if now - span < meeting.starts_at <= now]
    return begun[-1] if begun else None


def _catch_up(session: Session, member: Member, now: datetime) -> None:
    asked = {"organizations": list(_above(session, member)), "now": now, "member": member.id}
    for meeting_id in list(session.exec(_MISSED, params=asked)):
        session.add(Rsvp(meeting_id=meeting_id or 0, member_id=member.id or 0))
    session.flush()


def counted(session: Session, meeting_id: int) -> list[tuple[Member, Rsvp]]:
    """Everybody in the base of a meeting, by name: active members, and whoever else said that they will come."""
    coming = {RsvpState.ATTENDING, RsvpState.LATE}
    return [
        (member, rsvp)
        for member, rsvp in of_meeting(session, meeting_id)
        if member.status == Status.ACTIVE or rsvp.state in coming
    ]


def silent(session: Session, meeting_id: int) -> list[Member]:
    """Active members who have not answered at all (who asked for a call has)."""
    return [
        member for member, rsvp in counted(session, meeting_id) if rsvp.state == RsvpState.NONE and not rsvp.wants_call
    ]


def ask_again(session: Session, meeting_id: int) -> None:
    """The time has changed: every answer is void and people are asked anew."""
    session.connection().execute(
        update(Rsvp)
        .where(col(Rsvp.meeting_id) == meeting_id)
        .values(
            state=RsvpState.NONE, minutes_late=None, wants_call=False, reason=None, reason_state=ReasonState.NONE,
            answered_at=None, recorded_by=None, before=None, changes=Rsvp.changes + 1,
        )
    )  # fmt: skip
    session.expire_all()


def waiting(session: Session, meeting_id: int) -> list[tuple[Member, Rsvp]]:
    """Absences whose reason nobody has judged yet."""
    return [row for row in of_meeting(session, meeting_id) if row[1].reason_state == ReasonState.WAITING]


def excused_before(session: Session, meeting: Meeting, member_id: int, count: int) -> bool:
    """Whether the member was excused from the `count` meetings of this organization before this one."""
    query = (
        select(Rsvp.state, Rsvp.reason_state)
        .join(Meeting, col(Meeting.id) == col(Rsvp.meeting_id))
        .where(Rsvp.member_id == member_id, Meeting.organization_id == meeting.organization_id)
        .where(Meeting.state != MeetingState.CANCELLED, col(Meeting.starts_at) < meeting.starts_at)
        .where((Meeting.kind == MeetingKind.COMMITTEE) == literal(meeting.kind == MeetingKind.COMMITTEE))
        .order_by(col(Meeting.starts_at).desc())
        .limit(count)
    )
    found = list(session.exec(query))
    return len(found) == count and all(row == (RsvpState.ABSENT, ReasonState.ACCEPTED) for row in found)

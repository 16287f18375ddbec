"""Check-ins by the room's code: every scan that was taken, with the moment, the phone and what became of it.

The roll call (storage/rollcalls.py) says who was there; this says how it is known. A scan that raises a doubt waits
here for the chair's word.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, String, delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.members import Member
from storage.rollcalls import HERE, Presence, RollCall


class CheckInState(StrEnum):
    """What became of a scan."""

    COUNTED = "counted"
    REPEATED = "repeated"
    """The member was recorded already."""
    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class Doubt(StrEnum):
    """Why a scan waits for the chair."""

    NONE = ""
    OLD = "old"
    """The code was no longer shown when it was used: a photo, perhaps."""
    PHONE = "phone"
    """One phone for more people than the setting check_in_people allows."""
    UNINVITED = "uninvited"
    """Of another branch, or not on this meeting's list."""
    ABSENT = "absent"
    """The chair has recorded this member as absent."""
    LATE = "late"
    """It was kept on a phone and came more than a day after the meeting's end."""
    CLOCK = "clock"
    """The phone claims a moment before it was last heard of, so its clock cannot be believed."""
    LINK = "link"
    """The member's own link is used on another phone than the one that it belongs to."""


class CheckIn(SQLModel, table=True):
    """One scan. `key` is made by the phone, so that sending it twice is one scan; `step`: of the code (30 s each);
    `scanned_at` as the phone says, `received_at` as we know; `device`: a hash of the phone's mark or account."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    key: str = Field(unique=True)
    device: str
    step: int = Field(sa_type=BigInteger)
    scanned_at: datetime = Field(sa_type=Instant)
    received_at: datetime = Field(sa_type=Instant, index=True)
    state: str = Field(sa_type=String)
    doubt: str = Field(default=Doubt.NONE, sa_type=String)
    recorded_by: int | None = Field(default=None, foreign_key="member.id")
    """Whose phone it was, when it was somebody else's."""


class CheckInPhone(SQLModel, table=True):
    """The phone that a member's own link belongs to: the first that came back with its mark. Both hashes are keyed.
    `seen_at`: until when, by our clock, it is known to have been in touch; a claim of a moment before that is false."""

    link_hash: str = Field(primary_key=True)
    phone_hash: str
    member_id: int = Field(foreign_key="member.id", index=True)
    seen_at: datetime = Field(sa_type=Instant, index=True)


class CheckInGuess(SQLModel, table=True):
    """How many wrong codes a member has typed since a moment, on all accounts and links together."""

    member_id: int = Field(foreign_key="member.id", primary_key=True)
    wrong: int = 0
    since: datetime = Field(sa_type=Instant)


def by_key(session: Session, key: str) -> CheckIn | None:
    """The scan that a phone has sent before."""
    return session.exec(select(CheckIn).where(CheckIn.key == key)).first()


def get(session: Session, check_in_id: int) -> CheckIn:
    """One scan; LookupError when there is none."""
    found = session.get(CheckIn, check_in_id)
    if found is None:
        raise LookupError(f"check-in {check_in_id}")
    return found


def add(session: Session, row: CheckIn) -> CheckIn:
    """Insert a scan."""
    session.add(row)
    session.flush()
    return row


def members_of_device(session: Session, meeting_id: int, device: str) -> set[int]:
    """For whom a phone has been used at a meeting."""
    query = select(CheckIn.member_id).where(CheckIn.meeting_id == meeting_id, CheckIn.device == device)
    return set(session.exec(query))


def waiting(session: Session, meeting_id: int) -> list[tuple[CheckIn, Member]]:
    """Scans that wait for the chair, oldest first; of one member the first alone."""
    query = (
        select(CheckIn, Member)
        .join(Member, col(Member.id) == col(CheckIn.member_id))
        .where(CheckIn.meeting_id == meeting_id, CheckIn.state == CheckInState.WAITING)
        .order_by(col(CheckIn.id))
    )
    found: dict[int, tuple[CheckIn, Member]] = {}
    for row, member in session.exec(query):
        found.setdefault(row.member_id, (row, member))
    return list(found.values())


def verdict(presence: Presence) -> CheckInState:
    """What the chair's own word on a member makes of the scans of theirs that wait."""
    return CheckInState.ACCEPTED if presence in HERE else CheckInState.REFUSED


def decide(session: Session, meeting_id: int, member_id: int, state: CheckInState) -> None:
    """The chair's word on every scan of a member that waits."""
    query = select(CheckIn).where(
        CheckIn.meeting_id == meeting_id, CheckIn.member_id == member_id, CheckIn.state == CheckInState.WAITING
    )
    for row in session.exec(query):
        row.state = state
    session.flush()


# --- whose phone it is -----------------------------------------------------------------------------------------------
def phone_of(session: Session, link_hash: str) -> CheckInPhone | None:
    """The phone that a link belongs to; None while it belongs to none."""
    return session.get(CheckInPhone, link_hash, populate_existing=True)


def claim(session: Session, phone: CheckInPhone) -> CheckInPhone:
    """A link without a phone gets this one. Returns the phone that has it now."""
    held = phone_of(session, phone.link_hash)
    if held is not None:
        return held
    try:
        with session.begin_nested():
            session.add(phone)
    except IntegrityError:  # another phone at the same moment
        return phone_of(session, phone.link_hash) or phone
    return phone


# --- wrong codes -----------------------------------------------------------------------------------------------------
def guesses(session: Session, member_id: int, now: datetime, span: timedelta) -> CheckInGuess:
    """A member's wrong codes of the last `span`, held until the transaction ends: who tries many at once waits."""
    query = select(CheckInGuess).where(CheckInGuess.member_id == member_id).with_for_update()
    query = query.execution_options(populate_existing=True)
    if session.exec(query).first() is None:
        try:
            with session.begin_nested():
                session.add(CheckInGuess(member_id=member_id, since=now))
        except IntegrityError:  # the same member at the same moment
            pass
    found = session.exec(query).one()
    if now - found.since > span:
        found.wrong, found.since = 0, now
    return found


# --- retention -------------------------------------------------------------------------------------------------------
def erase_before(session: Session, at: datetime) -> int:
    """Drop how check-ins came about (phones, moments, doubts nobody has decided, wrong codes) from before a moment. The
    roll call itself stays. Returns how many rows."""
    ways = (
        delete(CheckIn).where(col(CheckIn.received_at) < at),
        delete(RollCall).where(col(RollCall.doubtful), col(RollCall.recorded_at) < at),
        delete(CheckInPhone).where(col(CheckInPhone.seen_at) < at),
        delete(CheckInGuess).where(col(CheckInGuess.since) < at),
    )
    return sum(session.connection().execute(way).rowcount for way in ways)


def anything_before(session: Session, at: datetime) -> bool:
    """Whether `erase_before` would find something; asked without the write lock."""
    scans = select(CheckIn.id).where(col(CheckIn.received_at) < at).limit(1)
    phones = select(CheckInPhone.member_id).where(col(CheckInPhone.seen_at) < at).limit(1)
    guessed = select(CheckInGuess.member_id).where(col(CheckInGuess.since) < at).limit(1)
    return any(session.exec(query).first() is not None for query in (scans, phones, guessed))

"""Open advisory votes, and the record of hand counts. No secret ballots, no elections (domain.md).

Who may vote is written down when a vote is opened: one Ballot each, empty until the member answers. So the base is
frozen with the names, a repeated answer meets its own row, and no answer can come from outside the base.

In PostgreSQL whoever writes ballots holds the vote's row shared (`taking`) and whoever closes it holds it alone
(`locked`): every answer whose receipt goes out is in the count. SQLite has one writer anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, String, UniqueConstraint, bindparam, delete, func, insert, literal, update
from sqlalchemy import select as select_columns
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead, attendance
from storage.ahead import Question
from storage.audience import in_base, preferred_exists
from storage.db import Instant
from storage.members import Member, Standing
from storage.organizations import Organization
from storage.rollcalls import HERE, RollCall
from storage.stands import SealedStand


class VoteState(StrEnum):
    """The life of a vote."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Stand(StrEnum):
    """The three answers (domain.md): tán thành, không tán thành, ý kiến khác."""

    FOR = "for"
    AGAINST = "against"
    OTHER = "other"


class Vote(SQLModel, table=True):
    """One vote. `base`: all official members that count (domain.md), frozen when it is opened; `by_hand`: nobody was
    asked in the chat, the chair entered what was counted in the room. The counts are exact from `closed_at` on and
    hold the hands that were added to the ballots; `hand_*` is this part of them. `erased_at`: the counts remain, who
    answered what does not."""

    __table_args__ = (Index("vote_erase", "erased_at", "closed_at"),)
    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agendaitem.id")
    title: str
    by_hand: bool = False
    two_thirds: bool = False
    """Passes with at least two thirds of the base (admission), otherwise with more than half."""
    base: int = 0
    needed: int = 0
    """From so many "for" on it passes; worked out from the rule's share when it is opened."""
    state: str = Field(default=VoteState.OPEN, sa_type=String, index=True)
    opened_by: int | None = Field(default=None, foreign_key="member.id")
    opened_at: datetime = Field(sa_type=Instant)
    closes_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    published_at: datetime | None = Field(default=None, sa_type=Instant)
    erased_at: datetime | None = Field(default=None, sa_type=Instant)
    count_for: int = 0
    count_against: int = 0
    count_other: int = 0
    hand_for: int = 0
    hand_against: int = 0
    hand_other: int = 0


class Ballot(SQLModel, table=True):
    """One member's answer, made empty when the vote is opened: who has none may not vote. The answers are encrypted
    and counted by opening them, so that a copy of the database tells who voted and not how."""

    __table_args__ = (UniqueConstraint("vote_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key="vote.id")
    member_id: int = Field(foreign_key="member.id", index=True)
    stand: str = Field(default="", sa_column=Column("sealed", SealedStand("ballot.stand")))
    """"" until they answer."""
    before: str = Field(default="", sa_column=Column("sealed_before", SealedStand("ballot.before")))
    """The answer before this one, for the undo."""
    changes: int = 0
    """Grows with every change, so that the undo of an older answer is recognised."""
    cast_at: datetime | None = Field(default=None, sa_type=Instant)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answered what."""

    in_favour: int = 0
    against: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All who answered."""
        return self.in_favour + self.against + self.other


@dataclass(frozen=True, slots=True)
class Result:
    """A closed vote, as minutes state it. `share`: of the base that is for it, in per cent (0 for an empty base).
    `silent`: members of the base that neither answered nor raised a hand. `by_hand`: how many were counted by hand."""

    vote_id: int
    item_id: int | None
    title: str
    base: int
    counts: Counts
    share: float
    silent: int
    needed: int
    two_thirds: bool
    passed: bool
    by_hand: int


# --- opening ---------------------------------------------------------------------------------------------------------
def electors(path: str, committee_of: int | None = None) -> tuple[Any, ...]:
    """The conditions on Member and Organization "votes here" (domain.md): official, and neither exempt, elsewhere nor
    suspended. `committee_of`: only those who are invited to this (committee) meeting."""
    return (*in_base(path, active=True), *official(committee_of))


def official(committee_of: int | None = None) -> tuple[Any, ...]:
    """What of these conditions is about the member alone."""
    base = (col(Member.standing) == Standing.OFFICIAL,)
    return base if committee_of is None else (*base, attendance.invited(committee_of))


def count_electors(session: Session, who: Any) -> int:
    """How large the base would be now."""
    query = select(func.count(col(Member.id))).join(Organization, col(Organization.id) == col(Member.organization_id))
    return int(session.exec(query.where(*who)).one())


def open_for(session: Session, vote: Vote, who: Any) -> Vote:
    """Insert a vote with an empty ballot for everybody who meets the conditions `who`; its base is their number."""
    session.add(vote)
    session.flush()
    rows = (
        select_columns(literal(vote.id), col(Member.id), literal(0))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(*who)
    )
    columns = ["vote_id", "member_id", "changes"]
    session.connection().execute(insert(Ballot).from_select(columns, rows, include_defaults=False))
    query = select(func.count()).where(Ballot.vote_id == vote.id)
    vote.base = int(session.exec(query).one())
    session.flush()
    return vote


def has_ballot(vote_id: int) -> Any:
    """The condition on Member "votes in this"."""
    return col(Member.id).in_(select(Ballot.member_id).where(Ballot.vote_id == vote_id))


def record(session: Session, vote: Vote) -> Vote:
    """Insert a vote that was counted by hand, with its counts."""
    session.add(vote)
    session.flush()
    return vote


# --- reading ---------------------------------------------------------------------------------------------------------
def get(session: Session, vote_id: int) -> Vote:
    """The vote; LookupError when there is none."""
    found = session.get(Vote, vote_id)
    if found is None:
        raise LookupError(f"vote {vote_id}")
    return found


def of_meeting(session: Session, meeting_id: int) -> list[Vote]:
    """A meeting's votes in the order in which they were opened."""
    return list(session.exec(select(Vote).where(Vote.meeting_id == meeting_id).order_by(col(Vote.id))))


def open_in(session: Session, organization_ids: Iterable[int]) -> list[Vote]:
    """The open votes of these organizations, oldest first."""
    query = select(Vote).where(Vote.state == VoteState.OPEN, col(Vote.organization_id).in_(list(organization_ids)))
    return list(session.exec(query.order_by(col(Vote.id))))


def ended_for(session: Session, member_id: int, since: datetime) -> Vote | None:
    """The vote of a member that ended last, after a moment."""
    query = (
        select(Vote)
        .join(Ballot, col(Ballot.vote_id) == col(Vote.id))
        .where(Ballot.member_id == member_id, Vote.state != VoteState.OPEN, col(Vote.closed_at) > since)
    )
    return session.exec(query.order_by(col(Vote.closed_at).desc()).limit(1)).first()


def tally(session: Session, vote_id: int) -> Counts:
    """The ballots as they are now, opened one by one. 60,000 of them take some tenths of a second."""
    query = select(Ballot.stand).where(Ballot.vote_id == vote_id, col(Ballot.stand).is_not(None))
    found = Counter(session.exec(query))
    return Counts(found[Stand.FOR], found[Stand.AGAINST], found[Stand.OTHER])


def answered(session: Session, vote_id: int) -> int:
    """How many have answered; no answer is opened."""
    query = select(func.count()).where(Ballot.vote_id == vote_id, col(Ballot.stand).is_not(None))
    return int(session.exec(query).one())


def counts(vote: Vote) -> Counts:
    """The final counts of a closed vote, hands among them."""
    return Counts(vote.count_for, vote.count_against, vote.count_other)


def hands(vote: Vote) -> Counts:
    """What of them was counted by hand."""
    return Counts(vote.hand_for, vote.hand_against, vote.hand_other)


def ballots(vote: Vote) -> Counts:
    """What of a closed vote was answered in the chat, also when the ballots have been erased."""
    every, raised = counts(vote), hands(vote)
    return Counts(every.in_favour - raised.in_favour, every.against - raised.against, every.other - raised.other)


def result(vote: Vote) -> Result:
    """What a closed vote came to."""
    found = counts(vote)
    return Result(
        vote_id=vote.id or 0, item_id=vote.item_id, title=vote.title, base=vote.base, counts=found,
        share=100 * found.in_favour / vote.base if vote.base else 0.0, silent=vote.base - found.total,
        needed=vote.needed, two_thirds=vote.two_thirds, passed=bool(vote.base) and found.in_favour >= vote.needed,
        by_hand=hands(vote).total,
    )  # fmt: skip


def results(session: Session, meeting_id: int) -> list[Result]:
    """The closed votes of a meeting, for its minutes, in the order in which they were opened."""
    return [result(vote) for vote in of_meeting(session, meeting_id) if vote.state == VoteState.CLOSED]


def present(session: Session, meeting_id: int, who: Any) -> int:
    """Those in the room by the roll call who may vote (`electors`): nobody else raises a hand."""
    query = (
        select(func.count(col(Member.id)))
        .join(RollCall, col(RollCall.member_id) == col(Member.id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(RollCall.meeting_id == meeting_id, col(RollCall.state).in_(HERE), col(RollCall.doubtful).is_(False))
        .where(*who)
    )
    return int(session.exec(query).one())


# --- ballots ---------------------------------------------------------------------------------------------------------
Mine = list[tuple[Vote, Ballot]]
MINE: Question[Mine] = Question(Ballot.vote_id, Ballot.member_id, Vote.state)
TAKING: Question[Vote | None] = Question(Vote.state, Vote.closes_at, inserts=False)

# Built once: building a statement costs more than running it.
_MINE = (
    select(Vote, Ballot)
    .join(Ballot, col(Ballot.vote_id) == col(Vote.id))
    .where(Vote.state == VoteState.OPEN, col(Ballot.member_id).in_(bindparam("members", expanding=True)))
    .order_by(col(Vote.id))
    # After a savepoint was rolled back an object may hold an answer that is not there any more.
    .execution_options(populate_existing=True)
)
_TAKING = (
    select(Vote)
    .where(Vote.id == bindparam("vote"))
    .with_for_update(read=True)
    .execution_options(populate_existing=True)
)
_CAST = (
    update(Ballot)
    .where(col(Ballot.id) == bindparam("row"))
    .values(
        stand=bindparam("stood"), before=bindparam("was"), changes=bindparam("changed"), cast_at=bindparam("at")
    )
)  # fmt: skip


def mine(session: Session, member_id: int) -> Mine:
    """The open votes in which a member has a ballot, oldest first. The first who asks in a batch reads them for
    everybody who speaks in it."""

    def ask() -> Mine:
        asked = {member_id, *ahead.kept_ids(session, Member)}
        found: dict[int, Mine] = {each: [] for each in asked}
        for vote, ballot in session.exec(_MINE, params={"members": list(asked)}):
            found[ballot.member_id].append((vote, ballot))
        MINE.prepare(session, dict(found))
        return found[member_id]

    return MINE.answer(session, member_id, ask)


def taking(session: Session, vote_id: int) -> Vote | None:
    """The vote as it is now, held against closing until the transaction ends; None when there is none."""

    def ask() -> Vote | None:
        found: Vote | None = session.exec(_TAKING, params={"vote": vote_id}).first()
        return found

    return TAKING.answer(session, vote_id, ask)


def cast(session: Session, ballot: Ballot, stand: str, at: datetime) -> None:
    """Write an answer ("" takes it back), in a batch together with others. Who calls has the vote from `taking`.

    This is the only way to change a ballot: what is set on the object could be overtaken by a row that waits.
    """
    values = {"stand": stand, "before": ballot.stand, "changes": ballot.changes + 1, "cast_at": at}
    for name, value in values.items():
        set_committed_value(ballot, name, value)
    row = {"row": ballot.id, "stood": stand, "was": ballot.before, "changed": ballot.changes, "at": at}
    ahead.execute_late(session, _CAST, row)


# --- closing ---------------------------------------------------------------------------------------------------------
def locked(session: Session, vote_id: int) -> Vote:
    """The vote as it is now, held alone until the transaction ends: every ballot under way is written by then.
    LookupError when there is none."""
    query = select(Vote).where(Vote.id == vote_id).with_for_update()
    found = session.exec(query.execution_options(populate_existing=True)).first()
    if found is None:
        raise LookupError(f"vote {vote_id}")
    return found


def close(session: Session, vote: Vote, at: datetime) -> None:
    """End a vote that is held alone (`locked`) and write its exact counts."""
    found = tally(session, vote.id or 0)
    vote.count_for, vote.count_against, vote.count_other = found.in_favour, found.against, found.other
    vote.state, vote.closed_at = VoteState.CLOSED, at
    session.flush()


def cancel(session: Session, vote: Vote, at: datetime) -> None:
    """Call a vote off: it has no result."""
    vote.state, vote.closed_at = VoteState.CANCELLED, at
    session.flush()


def add_hands(session: Session, vote: Vote, raised: Counts) -> None:
    """The hands of those who have not answered in the chat, in place of what was entered before. Who calls has
    checked that they and the ballots are no more than the base."""
    found = ballots(vote)
    vote.hand_for, vote.hand_against, vote.hand_other = raised.in_favour, raised.against, raised.other
    vote.count_for = found.in_favour + raised.in_favour
    vote.count_against, vote.count_other = found.against + raised.against, found.other + raised.other
    session.flush()


def due(session: Session, now: datetime) -> list[int]:
    """The ids of open votes whose time is over."""
    query = select(Vote.id).where(Vote.state == VoteState.OPEN, col(Vote.closes_at) <= now)
    return [int(found or 0) for found in session.exec(query.order_by(col(Vote.id)))]


def to_erase(session: Session, before: datetime, limit: int) -> list[int]:
    """The ids of votes that ended before a moment and whose ballots are still there. Asked without the write lock."""
    query = select(Vote.id).where(col(Vote.erased_at).is_(None), col(Vote.closed_at) < before)
    return [int(found or 0) for found in session.exec(query.order_by(col(Vote.closed_at)).limit(limit))]


def erase(session: Session, vote_id: int, at: datetime) -> int:
    """Forget who answered what in a vote that is over; base and counts stay. Returns how many ballots."""
    vote = locked(session, vote_id)
    vote.erased_at = at
    session.flush()
    return session.connection().execute(delete(Ballot).where(col(Ballot.vote_id) == vote_id)).rowcount


def all_open(session: Session) -> list[Vote]:
    """Every open vote."""
    return list(session.exec(select(Vote).where(Vote.state == VoteState.OPEN).order_by(col(Vote.id))))


def unreachable(session: Session, vote_id: int) -> int:
    """How many of those who vote cannot be written to: they raise their hands in the room."""
    query = select(func.count(col(Member.id))).where(has_ballot(vote_id), ~preferred_exists())
    return int(session.exec(query).one())

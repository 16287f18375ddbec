"""What members have agreed to: per purpose, with the text's version, the moment and the way, never overwritten.

Silence is no consent and a refusal is an answer, so there are three decisions; the newest row of a purpose counts
(domain.md, Personal data: Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, func
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select

from storage.db import Instant
from storage.members import Member


class Purpose(StrEnum):
    """What personal data may be used for, each asked for by itself; in the order of domain.md, 1 to 5."""

    RSVP = "rsvp"
    READING = "reading"
    STUDY = "study"
    VOICE = "voice"
    HOME = "home"


class Decision(StrEnum):
    """What a member said about a purpose."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Consent(SQLModel, table=True):
    """One decision. `how`: chat or page. `text_version`: of the words that were shown (bot/flows/privacy.py)."""

    __table_args__ = (Index("consent_newest", "member_id", "purpose", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id")
    purpose: str = Field(sa_type=String)
    decision: str = Field(sa_type=String)
    text_version: int
    at: datetime = Field(sa_type=Instant)
    how: str


def decide(session: Session, consent: Consent) -> bool:
    """Add a decision to the history; False when the member's last word on that purpose is the same already."""
    session.exec(select(Member.id).where(Member.id == consent.member_id).with_for_update()).first()  # take turns
    last = latest(session, consent.member_id).get(Purpose(consent.purpose))
    if last is not None and last.decision == consent.decision:
        return False
    session.add(consent)
    session.flush()
    return True


def latest(session: Session, member_id: int) -> dict[Purpose, Consent]:
    """The newest decision on each purpose that the member has decided on."""
    query = select(Consent).where(Consent.member_id == member_id).order_by(col(Consent.id))
    return {Purpose(row.purpose): row for row in session.exec(query)}


def history(session: Session, member_id: int) -> list[Consent]:
    """Every decision of a member, oldest first."""
    return list(session.exec(select(Consent).where(Consent.member_id == member_id).order_by(col(Consent.id))))


def has(session: Session, member_id: int, purpose: Purpose) -> bool:
    """Whether the member agrees to this purpose now."""
    row = latest(session, member_id).get(purpose)
    return row is not None and row.decision == Decision.GIVEN


def agreeing(purpose: Purpose) -> Any:
    """The condition "this member agrees to this purpose now", for use beside Member."""
    row, newer = aliased(Consent), aliased(Consent)
    newest = (
        select(func.max(newer.id))
        .where(newer.member_id == col(Member.id), newer.purpose == purpose)
        .correlate(Member)
        .scalar_subquery()
    )
    return select(row.id).where(row.id == newest, row.decision == Decision.GIVEN).exists()

"""One-time codes, requests to be let in, and wrong tries (product.md, C1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import String, delete, or_
from sqlmodel import Field, Session, SQLModel, col, select

from storage.crypto import vault
from storage.db import Instant
from storage.members import Member, Status
from storage.organizations import Organization, below


class LoginCode(SQLModel, table=True):
    """A code for one member: works once, until it expires or has been tried wrongly too often."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    code_hash: str
    made_by: int | None = Field(default=None, foreign_key="member.id")
    made_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    wrong_tries: int = 0


class RequestState(StrEnum):
    """What became of a request to be let in without a code."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"
    """The person has come in otherwise."""


class LoginRequest(SQLModel, table=True):
    """Somebody without a code says who they are; the secretary decides."""

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    user_id: str
    chat_id: str
    speaker_name: str
    state: str = Field(default=RequestState.OPEN, sa_type=String)
    made_at: datetime = Field(sa_type=Instant)
    decided_by: int | None = Field(default=None, foreign_key="member.id")


class WrongTry(SQLModel, table=True):
    """One wrong number or code from one id; too many within the hour lock that id out."""

    id: int | None = Field(default=None, primary_key=True)
    channel_id: int = Field(foreign_key="channel.id")
    user_id: str = Field(index=True)
    at: datetime = Field(sa_type=Instant)


def code_hash(member_id: int, code: str) -> str:
    """The look-up key of a code, bound to its member."""
    return vault().fingerprint(f"{member_id}/{code.upper()}", "login.code")


def live_codes(session: Session, member_id: int, now: datetime) -> list[LoginCode]:
    """Codes of a member that are neither used nor expired."""
    query = select(LoginCode).where(
        LoginCode.member_id == member_id, col(LoginCode.used_at).is_(None), col(LoginCode.expires_at) > now
    )
    return list(session.exec(query))


def void_codes(session: Session, member_id: int, now: datetime) -> None:
    """A new code makes the older ones worthless."""
    for code in live_codes(session, member_id, now):
        code.expires_at = now
    session.flush()


def latest_tries(session: Session, channel_id: int, user_id: str, limit: int) -> list[datetime]:
    """When this id last tried in vain, newest first."""
    query = select(WrongTry.at).where(WrongTry.channel_id == channel_id, WrongTry.user_id == user_id)
    return list(session.exec(query.order_by(col(WrongTry.at).desc(), col(WrongTry.id).desc()).limit(limit)))


def forget_wrong_tries(session: Session, channel_id: int, user_id: str) -> None:
    """Start counting anew after a success."""
    session.connection().execute(
        delete(WrongTry).where(col(WrongTry.channel_id) == channel_id, col(WrongTry.user_id) == user_id)
    )


def since(now: datetime, hours: int) -> datetime:
    """Requests made before this moment have run out."""
    return now - timedelta(hours=hours)


def request(session: Session, request_id: int) -> LoginRequest:
    """The request, locked until the transaction ends: two secretaries cannot both decide it. Lock its member first."""
    return session.get_one(LoginRequest, request_id, with_for_update=True, populate_existing=True)


def open_requests_of(session: Session, channel_id: int, user_id: str) -> list[LoginRequest]:
    """The requests of this id that nobody has decided."""
    query = select(LoginRequest).where(
        LoginRequest.channel_id == channel_id, LoginRequest.user_id == user_id, LoginRequest.state == RequestState.OPEN
    )
    return list(session.exec(query.order_by(col(LoginRequest.id))))


def open_requests(session: Session, paths: list[str], since: datetime) -> list[tuple[LoginRequest, Member]]:
    """Undecided requests for members of these subtrees, made after a moment, oldest first."""
    if not paths:
        return []
    query = (
        select(LoginRequest, Member)
        .join(Member, col(Member.id) == col(LoginRequest.member_id))
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(LoginRequest.state == RequestState.OPEN, col(LoginRequest.made_at) > since)
        .where(or_(*(below(path) for path in paths)), Member.status != Status.LEFT)
    )
    return list(session.exec(query.order_by(col(LoginRequest.id))))

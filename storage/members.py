"""Members, their roles and their accounts (a member's id on a channel)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, bindparam, literal, or_, text, update
from sqlalchemy.orm import defer
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Field, Session, SQLModel, col, select

from storage import ahead
from storage.ahead import Question
from storage.crypto import EncryptedText, vault
from storage.db import Instant
from storage.organizations import Organization, below


class Standing(StrEnum):
    """Only official members vote; supporters (volunteers) are no members and count in no base."""

    OFFICIAL = "official"
    PROBATIONARY = "probationary"
    SUPPORTER = "supporter"


class Status(StrEnum):
    """Whether a member counts in the base of percentages (domain.md: exempt, elsewhere, suspended do not)."""

    ACTIVE = "active"
    EXEMPT = "exempt"
    ELSEWHERE = "elsewhere"
    SUSPENDED = "suspended"
    LEFT = "left"


class RoleKind(StrEnum):
    """What a member may do in an organization and below (product.md, C3)."""

    SECRETARY = "secretary"
    DEPUTY = "deputy"
    COMMITTEE = "committee"
    CLERK = "clerk"
    CELL_LEADER = "cell-leader"
    VOLUNTEER = "volunteer"
    OFFICER = "officer"
    OPERATOR = "operator"


LEADING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK, RoleKind.OFFICER, RoleKind.OPERATOR})
"""Roles that may broadcast, invite, hand out codes and read lists by name."""


class Member(SQLModel, table=True):
    """One person on a roster. Personal fields are ciphertext; `number_hash` finds a member by number."""

    id: int | None = Field(default=None, primary_key=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    number: str = Field(sa_type=EncryptedText("member.number"))
    number_hash: str = Field(unique=True)
    full_name: str
    name_key: str = Field(index=True)
    standing: str = Field(default=Standing.OFFICIAL, sa_type=String)
    status: str = Field(default=Status.ACTIVE, sa_type=String)
    birth_date: str | None = Field(default=None, sa_type=EncryptedText("member.birth_date"))
    phone: str | None = Field(default=None, sa_type=EncryptedText("member.phone"))
    address: str | None = Field(default=None, sa_type=EncryptedText("member.address"))
    has_phone: bool = True
    """False for the 13 % without a smartphone: others record for them and they never count as "has not read"."""
    title: str = ""
    """How to address them ("bác", "cô", "chú"); "" means "đồng chí"."""
    joined_on: date | None = None
    left_on: date | None = None


class Role(SQLModel, table=True):
    """One role of one member in one organization; it reaches the whole subtree."""

    __table_args__ = (UniqueConstraint("member_id", "organization_id", "kind"),)
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    organization_id: int = Field(foreign_key="organization.id", index=True)
    kind: str = Field(sa_type=String)


class Account(SQLModel, table=True):
    """A member's id on a channel. At most one live account per member and channel, and per id and channel."""

    __table_args__ = (
        Index(
            "account_live_user",
            "channel_id",
            "user_id",
            unique=True,
            sqlite_where=text("unlinked_at IS NULL"),
            postgresql_where=text("unlinked_at IS NULL"),
        ),
        Index(
            "account_live_member",
            "channel_id",
            "member_id",
            unique=True,
            sqlite_where=text("unlinked_at IS NULL"),
            postgresql_where=text("unlinked_at IS NULL"),
        ),
        Index("account_chat", "channel_id", "chat_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="member.id", index=True)
    channel_id: int = Field(foreign_key="channel.id")
    user_id: str
    chat_id: str
    linked_at: datetime = Field(sa_type=Instant)
    unlinked_at: datetime | None = Field(default=None, sa_type=Instant)
    blocked_at: datetime | None = Field(default=None, sa_type=Instant)
    """Since when the chat refuses us; cleared when the member writes again."""
    blocked_told_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the secretary was told so."""
    rejections: int = 0
    """Messages in a row that the platform refused here; at three the account counts as blocked."""
    last_seen_at: datetime = Field(sa_type=Instant)
    """When this account last wrote: a member with several gets things where they wrote last."""


def number_hash(number: str) -> str:
    """The look-up key of a member number; spaces, dots and dashes in it do not matter."""
    return vault().fingerprint("".join(c for c in number if c.isalnum()).upper(), "member.number")


def get(session: Session, member_id: int) -> Member:
    """The member; LookupError when there is none."""
    found = ahead.get(session, Member, member_id)
    if found is None:
        raise LookupError(f"member {member_id}")
    return found


def by_number(session: Session, number: str) -> Member | None:
    """The member with this number who has not left."""
    query = select(Member).where(Member.number_hash == number_hash(number), Member.status != Status.LEFT)
    return session.exec(query).first()


def by_number_hash(session: Session, hashed: str) -> Member | None:
    """The member behind a number's hash (`number_hash`) who has not left, locked until the transaction ends."""
    query = select(Member).where(Member.number_hash == hashed, Member.status != Status.LEFT)
    return session.exec(query.with_for_update()).first()


def lock(session: Session, member_id: int) -> None:
    """Make logins of one member take turns until the transaction ends (SQLite has one writer anyway)."""
    session.exec(select(Member.id).where(Member.id == member_id).with_for_update()).first()


SPEAKER: Question[tuple[Member, Account] | None] = Question(
    Account.channel_id, Account.user_id, Account.member_id, Account.unlinked_at, Member.status
)
ROLES: Question[list[tuple[str, Organization]]] = Question(
    Role.member_id, Role.organization_id, Role.kind, Organization.path
)
_SPEAKERS = (
    select(Member, Account)
    .join(Account, col(Account.member_id) == col(Member.id))
    .where(col(Account.unlinked_at).is_(None), Member.status != Status.LEFT)
    # What only lists and letters need stays encrypted until somebody asks for it.
    .options(
        *(defer(column) for column in (Member.number, Member.phone, Member.address, Member.birth_date)),  # type: ignore[arg-type]
        *(defer(column) for column in (Account.linked_at, Account.blocked_told_at, Account.rejections)),  # type: ignore[arg-type]
    )
)
_ROLES = select(Role.member_id, Role.kind, Organization).join(
    Organization, col(Organization.id) == col(Role.organization_id)
)
_SPEAKER = _SPEAKERS.where(Account.channel_id == bindparam("channel"), Account.user_id == bindparam("user"))
_SPEAKERS_AT_HOME: Any = (
    _SPEAKERS.add_columns(Organization)
    .join(Organization, col(Organization.id) == col(Member.organization_id))
    .where(col(Account.channel_id).in_(bindparam("channels", expanding=True)))
    .where(col(Account.user_id).in_(bindparam("users", expanding=True)))
)
"""Two conditions, for SQLite reads the whole table for pairs (`tuple_`): who finds too much here sorts it out."""
_ROLES_OF = _ROLES.where(col(Role.member_id).in_(bindparam("members", expanding=True)))


def of_account(session: Session, channel_id: int, user_id: str) -> tuple[Member, Account] | None:
    """Who speaks: the member and live account behind a user id on a channel."""

    def ask() -> tuple[Member, Account] | None:
        return session.exec(_SPEAKER, params={"channel": channel_id, "user": user_id}).first()

    return SPEAKER.answer(session, (channel_id, user_id), ask)


def read_ahead(session: Session, speakers: set[tuple[int, str]]) -> list[tuple[Member, Account]]:
    """Read everybody who speaks in a batch, (channel id, user id) each, with their roles and organizations."""
    found: list[tuple[Member, Account]] = []
    asked = {"channels": list({each for each, _ in speakers}), "users": list({each for _, each in speakers})}
    for member, account, home in session.exec(_SPEAKERS_AT_HOME, params=asked):
        if (account.channel_id, account.user_id) in speakers:
            found.append((member, account))
            ahead.keep(session, (member, home))
    known: dict[tuple[int, str], tuple[Member, Account] | None] = dict.fromkeys(speakers)
    SPEAKER.prepare(session, known | {(row[1].channel_id, row[1].user_id): row for row in found})
    held: dict[int, list[tuple[str, Organization]]] = {member.id or 0: [] for member, _ in found}
    for member_id, kind, organization in session.exec(_ROLES_OF, params={"members": list(held)}) if held else ():
        held[member_id].append((kind, organization))
    ROLES.prepare(session, held)
    return found


def saw(session: Session, account: Account, at: datetime) -> None:
    """The account has just written. Told to the database with others of the batch."""
    set_committed_value(account, "last_seen_at", at)
    ahead.execute_late(session, _SAW, {"account": account.id, "at": at})


_SAW = update(Account).where(col(Account.id) == bindparam("account")).values(last_seen_at=bindparam("at"))


def live_accounts(session: Session, member_id: int) -> list[Account]:
    """Where a member can be reached, the account that wrote last first; blocked ones are left out."""
    query = select(Account).where(
        Account.member_id == member_id, col(Account.unlinked_at).is_(None), col(Account.blocked_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Account.last_seen_at).desc(), col(Account.id))))


def roles(session: Session, member_id: int) -> list[tuple[str, Organization]]:
    """The member's roles with the organization that each one covers."""

    def ask() -> list[tuple[str, Organization]]:
        return [(kind, top) for _, kind, top in session.exec(_ROLES_OF, params={"members": [member_id]})]

    return ROLES.answer(session, member_id, ask)


def holders(session: Session, organization_id: int, kinds: frozenset[RoleKind]) -> list[Member]:
    """Members who hold one of these roles in exactly this organization, secretary first."""
    order = list(RoleKind)
    query = (
        select(Member, Role.kind)
        .join(Role, col(Role.member_id) == col(Member.id))
        .where(Role.organization_id == organization_id, col(Role.kind).in_(kinds), Member.status != Status.LEFT)
    )
    found = sorted(session.exec(query), key=lambda row: (order.index(RoleKind(row[1])), row[0].id or 0))
    return list({member.id: member for member, _ in found}.values())


def live_links(session: Session, member_id: int) -> list[Account]:
    """Every live account of a member, blocked ones among them."""
    query = select(Account).where(Account.member_id == member_id, col(Account.unlinked_at).is_(None))
    return list(session.exec(query.order_by(col(Account.id))))


def live_link(session: Session, channel_id: int, user_id: str) -> Account | None:
    """The live account of an id on a channel, whoever's it is (also of a member who has left)."""
    query = select(Account).where(
        Account.channel_id == channel_id, Account.user_id == user_id, col(Account.unlinked_at).is_(None)
    )
    return session.exec(query).first()


def named(session: Session, paths: list[str], words: list[str], limit: int) -> list[Member]:
    """People of these subtrees (supporters too) whose folded name holds every one of the folded words, by name."""
    if not paths or not words:
        return []
    padded = literal(" ") + col(Member.name_key) + literal(" ")
    query = (
        select(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(or_(*(below(path) for path in paths)), Member.status != Status.LEFT)
        .where(*(padded.contains(f" {word} ", autoescape=True) for word in words))
        .order_by(col(Member.name_key), col(Member.id))
        .limit(limit)
    )
    return list(session.exec(query))


def never_in(session: Session, path: str) -> list[Member]:
    """People of a subtree (supporters too) who are logged in nowhere, by name."""
    inside = select(Account.member_id).where(col(Account.unlinked_at).is_(None))
    query = (
        select(Member)
        .join(Organization, col(Organization.id) == col(Member.organization_id))
        .where(below(path), Member.status != Status.LEFT, col(Member.id).not_in(inside))
        .order_by(col(Member.name_key), col(Member.id))
    )
    return list(session.exec(query))


def unlink(session: Session, account: Account, at: datetime) -> None:
    """End a link; the row stays as a record."""
    account.unlinked_at = at
    session.add(account)
    session.flush()


def mark_blocked(session: Session, channel_id: int, chat_id: str, at: datetime) -> None:
    """The platform says that this chat refuses us; writing to it stops until they write again."""
    query = select(Account).where(
        Account.channel_id == channel_id, Account.chat_id == chat_id, col(Account.unlinked_at).is_(None)
    )
    for account in session.exec(query):
        if account.blocked_at is None:
            account.blocked_told_at = None
        account.blocked_at, account.rejections = at, 0
    session.flush()

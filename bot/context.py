"""What a handler may use: who speaks, in which chat, in which transaction, at what time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from bot.errors import NotAllowed, Refused
from bot.fsm import FSMContext
from bot.links import Links
from bot.matching import Understanding, fold, understand, words_only
from bot.messages import Address, Attachment, Choice, Incoming
from bot.secrecy import must_be_open
from bot.settings import Settings
from storage import audit, organizations
from storage import members as members_table
from storage.channels import Channel, GroupChat
from storage.files import FileStore, StoredFile
from storage.members import LEADING, Account, Member, RoleKind
from storage.organizations import Organization
from storage.outbox import Delivery


@dataclass(slots=True)
class Context:
    """One message's surroundings. Everything written through `db` commits together with the replies."""

    db: Session
    now: datetime
    settings: Settings
    incoming: Incoming
    channel: Channel
    dialogue: FSMContext
    links: Links
    store: FileStore
    member: Member | None = None
    account: Account | None = None
    group: GroupChat | None = None
    chosen: Choice | None = None
    """The choice that was pressed, or named by its number or words."""
    question: Delivery | None = None
    """The message that `chosen` answers, or that this message replies to."""
    args: str = ""
    """What follows the command's word."""
    fetched: Mapping[str, bytes] = field(default_factory=dict)
    """Bytes of attachments by handle, downloaded before the transaction."""
    _said: str | None = None
    _folded: str | None = None
    _understanding: Understanding | None = None
    _roles: list[tuple[str, Organization]] | None = None

    def enter(self, member: Member, account: Account) -> None:
        """Who speaks has just logged in."""
        self.member, self.account, self._roles = member, account, None

    @property
    def me(self) -> Member:
        """The member who speaks; Refused ("log in first") when nobody is logged in here."""
        if self.member is None:
            raise Refused("error.login-first")
        return self.member

    @property
    def my_id(self) -> int:
        """The speaking member's id."""
        return _known(self.me.id)

    @property
    def my_branch(self) -> Organization:
        """The organization of the member who speaks."""
        return organizations.get(self.db, self.me.organization_id)

    @property
    def said(self) -> str:
        """The text as bare words, lower case, without marks: what plain-word commands are compared with."""
        if self._said is None:
            self._said = words_only(self.incoming.text)
        return self._said

    @property
    def folded(self) -> str:
        """The text in lower case and without diacritics, its signs kept; worked out once."""
        if self._folded is None:
            self._folded = fold(self.incoming.text)
        return self._folded

    @property
    def understanding(self) -> Understanding:
        """What the text says, as far as words can tell; worked out once."""
        if self._understanding is None:
            self._understanding = _understood(self.incoming.text)
        return self._understanding

    @property
    def roles(self) -> list[tuple[str, Organization]]:
        """The speaker's roles with the organizations that they cover; read once."""
        if self._roles is None:
            self._roles = [] if self.member is None else members_table.roles(self.db, self.my_id)
        return self._roles

    @property
    def is_group(self) -> bool:
        """Whether others read along."""
        return self.incoming.address.is_group

    @property
    def here(self) -> Address:
        """The chat that this came from."""
        return self.incoming.address

    def may(self, organization: Organization, kinds: Iterable[RoleKind] = LEADING) -> bool:
        """Whether the speaker holds one of these roles over an organization (roles reach their whole subtree)."""
        wanted = set(kinds)
        return any(kind in wanted and organization.path.startswith(top.path) for kind, top in self.roles)

    def require(self, organization: Organization, kinds: Iterable[RoleKind] = LEADING) -> None:
        """NotAllowed unless the speaker may."""
        if not self.may(organization, kinds):
            raise NotAllowed

    def led(self, kinds: Iterable[RoleKind] = LEADING) -> list[Organization]:
        """The organizations that the speaker leads, highest first; empty for a plain member."""
        wanted = set(kinds)
        found = {top.id: top for kind, top in self.roles if kind in wanted}
        return sorted(found.values(), key=lambda top: top.path.count("/"))

    def lead(self, kinds: Iterable[RoleKind] = LEADING) -> Organization:
        """The one organization that a leading command is about: the speaker's own branch where they lead it,
        else the highest; NotAllowed when they lead none."""
        led = self.led(kinds)
        if not led:
            _ = self.me  # "log in first" says more than "not allowed"
            raise NotAllowed
        return next((top for top in led if top.id == self.me.organization_id), led[0])

    def close_question(self) -> None:
        """The question that this message answers is over: pressing it again says so, a bare number means nothing."""
        if self.question is not None:
            self.question.closed_at = self.now

    def audit(self, act: str, subject: str = "", **details: object) -> None:
        """Leave a row in the audit trail, in this transaction."""
        actor = self.member.id if self.member else None
        audit.write(self.db, self.now, act, actor_id=actor, subject=subject, **details)

    def keep_file(self, attachment: Attachment, *, name: str, mime: str) -> StoredFile | None:
        """Store an attachment of this message; None when its bytes could not be fetched. BadInput when its name or the
        words with it bear a mark of secrecy."""
        must_be_open(self.incoming.text, name=attachment.name)
        content = self.fetched.get(attachment.handle)
        if content is None:
            return None
        return self.store.keep(self.db, content, name=name, mime=mime, at=self.now)

    def address_of(self, member_id: int) -> Address | None:
        """Where to write to a member: the account that wrote last, None when there is none."""
        accounts = members_table.live_accounts(self.db, member_id)
        return Address(accounts[0].channel_id, accounts[0].chat_id) if accounts else None


@lru_cache(maxsize=2000)
def _understood(text: str) -> Understanding:
    """`understand`, remembered: hundreds answer one invitation in the same few words."""
    return understand(text)


def _known(row_id: int | None) -> int:
    if row_id is None:
        raise LookupError("a row without an id")
    return row_id

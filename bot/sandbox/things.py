"""What the world is made of. Times are seconds since 1970 on the sandbox clock; every class is stored as it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TELEGRAM = "telegram"
ZALO = "zalo"
PLATFORMS = (TELEGRAM, ZALO)
BOT = "bot"
"""The sender of every message that a bot wrote."""


class Refusal(Exception):
    """Somebody asked the sandbox itself (control, page) for something impossible; `status` is the HTTP status."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(slots=True)
class Person:
    """Somebody with an account on both platforms."""

    id: str
    name: str
    telegram_id: int
    zalo_id: str
    role: str = ""
    about: str = ""
    avatar: str = ""
    kind: str = "member"


@dataclass(slots=True)
class Webhook:
    """Where a bot wants its updates. `url` "" means: nowhere, the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    updated_at: float = 0.0
    error: str = ""
    error_at: float = 0.0


@dataclass(slots=True)
class Bot:
    """One bot account. `token_id` is its public name; `month`/`sent` count the Zalo quota ("2026-11", messages)."""

    token: str
    token_id: str
    platform: str
    account_id: str
    username: str
    display_name: str
    can_join_groups: bool = True
    privacy: bool = True
    shape: str = "flat"
    commands: list[Json] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    last_message: int = 0
    last_update: int = 0
    month: str = ""
    sent: int = 0


@dataclass(slots=True)
class Message:
    """One message as everybody in the chat sees it.

    `seq` is the number of its last change in the whole world, `born` that of its creation. `rows` are rows of Telegram
    inline buttons as the bot gave them, `keyboard` rows of labels (None: the keyboard stays as it was, []: it goes).
    `service` holds further Telegram fields of a service message, `notice` what people read in its place.
    """

    message_id: str
    sender: str
    name: str
    at: float
    text: str = ""
    seq: int = 0
    born: int = 0
    entities: list[Json] = field(default_factory=list)
    styles: list[Json] = field(default_factory=list)
    rows: list[list[Json]] = field(default_factory=list)
    keyboard: list[list[str]] | None = None
    media: str = ""
    kind: str = ""
    reply_to: str = ""
    album: str = ""
    edited: float = 0.0
    deleted: bool = False
    pinned: bool = False
    forwarded: bool = False
    service: Json = field(default_factory=dict)
    notice: str = ""


@dataclass(slots=True)
class Chat:
    """One bot's chat with one person, or a group with one bot in it.

    `kind` is private, group or supergroup. `started`: the person has written first, so the bot may write.
    `bot_status` (groups): member, administrator, left or kicked. `messages` is ordered by age.
    """

    key: str
    platform: str
    id: str
    bot: str
    kind: str
    title: str = ""
    people: list[str] = field(default_factory=list)
    started: bool = False
    blocked: bool = False
    bot_status: str = "member"
    migrated_to: str = ""
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def is_group(self) -> bool:
        """True for groups of every kind."""
        return self.kind != "private"

    @property
    def public_name(self) -> str:
        """How control and page call this chat: "private", or the group's id."""
        return self.id if self.is_group else "private"


@dataclass(slots=True)
class Media:
    """A file that somebody sent; its bytes are kept apart. `width` and `height` in pixels, pictures only."""

    id: str
    name: str
    mime: str
    size: int
    width: int = 0
    height: int = 0
    url: str = ""
    """Set when the bytes are elsewhere and were not fetched."""


@dataclass(slots=True)
class Pending:
    """An update that waits for its bot. `lane` keeps one chat's updates in order."""

    serial: int
    lane: str
    at: float
    body: Json

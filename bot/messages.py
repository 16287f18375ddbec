"""The vocabulary between platforms and everything above them. No platform's words appear here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Platform(StrEnum):
    """Where people write."""

    TELEGRAM = "telegram"
    ZALO = "zalo"


class Kind(StrEnum):
    """What an Incoming is about."""

    MESSAGE = "message"
    EDIT = "edit"
    """The same `message_id` with a new text: a correction of the earlier one."""
    CHOICE = "choice"
    """A button was pressed; `choice` holds its data."""
    UNSUPPORTED = "unsupported"
    """Something arrived that the platform does not show to bots (Zalo: files, videos, links' previews)."""
    JOINED = "joined"
    """The bot was put into this group (Telegram `my_chat_member`)."""
    LEFT = "left"
    """The bot was removed from this group, or blocked by this person."""
    MIGRATED = "migrated"
    """The group has the new id `migrated_to`."""


class AttachmentKind(StrEnum):
    """What a person attached."""

    PHOTO = "photo"
    DOCUMENT = "document"
    AUDIO = "audio"
    VOICE = "voice"
    VIDEO = "video"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Address:
    """One chat on one channel. `chat_id` is the platform's own id, as text."""

    channel_id: int
    chat_id: str
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message.

    `handle` is what the adapter's `download` takes (Telegram: file_id, Zalo: a public URL that expires).
    `size` in bytes, 0 where the platform does not say.
    """

    kind: AttachmentKind
    handle: str
    name: str = ""
    mime: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that happened in one chat, with everything a handler may want to know.

    `key` is unique within the channel and guards against repeats (Telegram: update_id, Zalo: message_id).
    `addressed` is true in private chats, and in groups when the bot was mentioned, replied to or commanded;
    the mention itself is already cut off `text`. `sent_at` is aware, in UTC.
    """

    key: str
    kind: Kind
    platform: Platform
    address: Address
    speaker_id: str
    sent_at: datetime
    speaker_name: str = ""
    text: str = ""
    message_id: str = ""
    choice: str = ""
    callback_id: str = ""
    """What the adapter's `acknowledge` needs after a press (Telegram's callback_query id)."""
    reply_to: str = ""
    """Platform id of the message this one replies to; "" where there is none or the platform does not say."""
    attachments: tuple[Attachment, ...] = ()
    album: str = ""
    """Files sent together carry the same mark (Telegram `media_group_id`)."""
    start_payload: str = ""
    addressed: bool = True
    forwarded: bool = False
    migrated_to: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that a person may press, or pick by its number where there are no buttons.

    `action` names a handler ("attendance.present"), `argument` what it is about (usually a row's id).
    """

    action: str
    label: str
    argument: str = ""


SAYS = "says"
"""The action of a choice that stands for words: to press it is to write its argument. Help offers commands so."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to send. `handle` is this channel's handle from an earlier upload ("" before the first one),
    `url` a public address of the same bytes (Zalo sends by URL only)."""

    kind: AttachmentKind
    name: str
    mime: str
    path: str = ""
    handle: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as an adapter gets it: chat known, texts final, choices with the data that comes back.

    `choices` are pairs (label, data); data is at most 64 bytes (Telegram, callback_data).
    `edits` is the platform id of an earlier message that this one replaces where the platform can.
    """

    chat_id: str
    text: str
    is_group: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    file: OutgoingFile | None = None
    edits: str = ""
    replies_to: str = ""
    large: bool = False
    """Large print where the platform can (Zalo text_styles f_20)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers. It becomes a row in the outbox in the handler's own transaction.

    `to` is None for the chat that the Incoming came from. `about` ("document:12") lets a later reply to this very
    message find what it was about. `lane` orders the sender's work.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    to: Address | None = None
    file_id: int | None = None
    link: str = ""
    """Where to see the file, shown in place of it where the platform cannot send files."""
    about: str = ""
    lane: str = "reply"
    edits: str = ""
    deletes: str = ""
    """The platform id of a message to delete, where the platform can; such a reply has no text of its own."""
    ends: bool = field(default=False)
    """True when this answer closes the chat's open question: a later bare number then means nothing."""

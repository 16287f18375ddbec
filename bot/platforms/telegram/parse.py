"""Telegram's updates as Incoming. Pure functions; no Telegram type leaves this package."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberUpdated, Message, MessageEntity, Update, User

from bot.messages import Address, Attachment, AttachmentKind, Incoming, Kind, Platform

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

_START = re.compile(r"/start\s+([A-Za-z0-9_-]{1,64})\s*", re.IGNORECASE)
_CONTENT_WITHOUT_TEXT = ("contact", "location", "venue", "poll", "dice", "game", "story", "checklist", "paid_media")
_INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED)
_OUTSIDE = (ChatMember.LEFT, ChatMember.BANNED)


@dataclass(frozen=True, slots=True)
class Reader:
    """What parsing needs to know: which channel this is and who the bot is on it.

    `bot_id` is the token's first half, known before the first request; `username` ("" before getMe) is without "@".
    `now` dates a press, for which Telegram gives no time.
    """

    channel_id: int
    bot_id: int
    username: str
    now: Callable[[], datetime]

    def read(self, update: Update) -> Incoming | None:
        """The update as Incoming, or None when it holds nothing for us."""
        key = f"u{update.update_id}"
        if update.message is not None:
            return self._message(key, update.message, Kind.MESSAGE)
        if update.edited_message is not None:
            return self._message(key, update.edited_message, Kind.EDIT)
        if update.callback_query is not None:
            return self._press(key, update.callback_query)
        if update.my_chat_member is not None:
            return self._membership(key, update.my_chat_member)
        return None

    def _message(self, key: str, message: Message, kind: Kind) -> Incoming | None:
        speaker = _speaker(message)
        if speaker is None or message.chat.type == Chat.CHANNEL:
            return None
        incoming = Incoming(
            key=key,
            kind=kind,
            platform=Platform.TELEGRAM,
            address=self._address(message.chat),
            speaker_id=speaker[0],
            speaker_name=speaker[1],
            sent_at=_aware(message.edit_date if kind is Kind.EDIT and message.edit_date else message.date),
            message_id=str(message.message_id),
        )
        if message.migrate_to_chat_id is not None:
            return replace(incoming, kind=Kind.MIGRATED, migrated_to=str(message.migrate_to_chat_id))
        return self._with_content(incoming, message)

    def _with_content(self, incoming: Incoming, message: Message) -> Incoming | None:
        words, addressed = self._words(message)
        found = attachment(message)
        if not words and not found and not addressed:
            unreadable = any(getattr(message, name, None) for name in _CONTENT_WITHOUT_TEXT)
            if not unreadable or incoming.kind is Kind.EDIT:
                return None
            incoming = replace(incoming, kind=Kind.UNSUPPORTED)
        start = _START.fullmatch(words)
        answered = message.reply_to_message
        return replace(
            incoming,
            text="/start" if start else words,
            start_payload=start[1] if start else "",
            addressed=addressed or not incoming.address.is_group or self._answers_us(answered),
            reply_to=str(answered.message_id) if answered and not answered.forum_topic_created else "",
            attachments=(found,) if found else (),
            album=message.media_group_id or "",
            forwarded=message.forward_origin is not None,
        )

    def _words(self, message: Message) -> tuple[str, bool]:
        """Text or caption with what addresses the bot cut off, and whether anything did."""
        text = message.text or message.caption or ""
        raw, addressed = text.encode("utf-16-le"), False
        for entity in reversed(message.entities or message.caption_entities):
            start, end = entity.offset * 2, (entity.offset + entity.length) * 2
            inside = raw[start:end].decode("utf-16-le", "replace")
            kept = self._what_to_keep(entity, inside)
            if kept is not None:
                addressed = True
                raw = raw[:start] + kept.encode("utf-16-le") + raw[end:]
        words = raw.decode("utf-16-le", "replace")
        if addressed:
            words = re.sub(r"[ \t]{2,}", " ", words).strip().removeprefix(",").lstrip()
        return words, addressed

    def _what_to_keep(self, entity: MessageEntity, inside: str) -> str | None:
        """What stays of an entity that addresses the bot; None when it addresses nobody or somebody else."""
        ours = self.username.casefold()
        if entity.type == MessageEntity.MENTION and ours and inside[1:].casefold() == ours:
            return ""
        if entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == self.bot_id:
            return ""
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            command, _, whose = inside.partition("@")
            return command if not whose or whose.casefold() == ours else None
        return None

    def _answers_us(self, answered: Message | None) -> bool:
        return bool(answered and answered.from_user and answered.from_user.id == self.bot_id)

    def _press(self, key: str, query: CallbackQuery) -> Incoming | None:
        if query.message is None or not query.data:
            return None
        return Incoming(
            key=key,
            kind=Kind.CHOICE,
            platform=Platform.TELEGRAM,
            address=self._address(query.message.chat),
            speaker_id=str(query.from_user.id),
            speaker_name=query.from_user.full_name,
            sent_at=self.now(),
            message_id=str(query.message.message_id),
            choice=query.data,
            callback_id=query.id,
        )

    def _membership(self, key: str, change: ChatMemberUpdated) -> Incoming | None:
        """Put into a group, removed from it, or blocked by a person. Unblocking shows by the next message."""
        was_in, is_in = _is_inside(change.old_chat_member), _is_inside(change.new_chat_member)
        address = self._address(change.chat)
        if was_in == is_in or change.chat.type == Chat.CHANNEL or (is_in and not address.is_group):
            return None
        return Incoming(
            key=key,
            kind=Kind.JOINED if is_in else Kind.LEFT,
            platform=Platform.TELEGRAM,
            address=address,
            speaker_id=str(change.from_user.id),
            speaker_name=change.from_user.full_name,
            sent_at=_aware(change.date),
        )

    def _address(self, chat: Chat) -> Address:
        return Address(self.channel_id, str(chat.id), is_group=chat.type in (Chat.GROUP, Chat.SUPERGROUP))


def _speaker(message: Message) -> tuple[str, str] | None:
    """(id, name) of who speaks. An anonymous administrator speaks as the chat; other bots are not listened to."""
    if message.sender_chat is not None:
        return str(message.sender_chat.id), message.sender_chat.title or ""
    user: User | None = message.from_user
    if user is None or user.is_bot:
        return None
    return str(user.id), user.full_name


def attachment(message: Message) -> Attachment | None:
    """The file that came with `message`, if any; of a photo the largest size. `handle` is the file_id."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(AttachmentKind.PHOTO, largest.file_id, mime="image/jpeg", size=largest.file_size or 0)
    if message.sticker:
        return Attachment(AttachmentKind.STICKER, message.sticker.file_id, size=message.sticker.file_size or 0)
    if message.voice:
        voice = message.voice
        mime = voice.mime_type or "audio/ogg"
        return Attachment(AttachmentKind.VOICE, voice.file_id, mime=mime, size=voice.file_size or 0)
    if message.video_note:
        note = message.video_note
        return Attachment(AttachmentKind.VIDEO, note.file_id, mime="video/mp4", size=note.file_size or 0)
    return _named_attachment(message)


def _named_attachment(message: Message) -> Attachment | None:
    kinds = (
        (AttachmentKind.AUDIO, message.audio),
        (AttachmentKind.VIDEO, message.video),
        (AttachmentKind.DOCUMENT, message.document),
    )
    for kind, file in kinds:
        if file is not None:
            return Attachment(kind, file.file_id, file.file_name or "", file.mime_type or "", file.file_size or 0)
    return None


def _is_inside(member: ChatMember) -> bool:
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "is_member", False))
    return member.status in _INSIDE and member.status not in _OUTSIDE


def _aware(moment: datetime) -> datetime:
    return moment.astimezone(UTC)

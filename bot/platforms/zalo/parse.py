"""Zalo's updates as Incoming. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from bot.messages import Address, Attachment, AttachmentKind, Incoming, Kind, Platform
from bot.platforms.zalo.client import Message, Update

EVENTS = frozenset(f"message.{what}.received" for what in ("text", "image", "sticker", "voice", "unsupported"))
"""All that are documented. What arrived is read from the fields present, not from the name (zalo-bot-api, Updates)."""

_AFTER_MENTION = " \t\n\u00a0\u200b,:"


def read(update: Update, *, channel_id: int, names: Iterable[str]) -> Incoming | None:
    """The update as Incoming, or None for an unknown event, for one that names no chat, and for other bots.

    `names` are those that the bot may be mentioned by in groups. What reaches a bot in a group was addressed to it:
    a mention or an answer to it, which cannot be told apart.
    """
    message = update.message
    if message is None or update.event_name not in EVENTS or not message.message_id:
        return None
    chat, speaker = message.chat, message.from_user
    if chat is None or speaker is None or not chat.id or not speaker.id or speaker.is_bot:
        return None
    is_group = chat.type == "GROUP"
    words, files = message.text or message.caption, _attachments(message)
    return Incoming(
        key=f"m{message.message_id}",
        kind=Kind.MESSAGE if words or files else Kind.UNSUPPORTED,
        platform=Platform.ZALO,
        address=Address(channel_id, chat.id, is_group=is_group),
        speaker_id=speaker.id,
        speaker_name=speaker.display_name,
        sent_at=message.date,
        text=without_mention(words, names) if is_group else words,
        message_id=message.message_id,
        attachments=files,
    )


def without_mention(text: str, names: Iterable[str]) -> str:
    """`text` without "@<name>" for every known name; with none of them, what follows the first "/" after an "@".

    A display name has spaces ("@Bot Sổ tay co mat"), so that nothing but knowing it tells where it ends.
    """
    composed = unicodedata.normalize("NFC", text)
    known = sorted({unicodedata.normalize("NFC", name).strip() for name in names} - {""}, key=len, reverse=True)
    if known:
        mention = re.compile(f"@(?:{'|'.join(map(re.escape, known))})(?!\\w)", re.IGNORECASE)
        rest, found = mention.subn(" ", composed)
        if found:
            return re.sub(r"[ \t]{2,}", " ", rest).strip(_AFTER_MENTION)
    if composed.startswith("@") and "/" in composed:
        return composed[composed.index("/") :]
    return text


def _attachments(message: Message) -> tuple[Attachment, ...]:
    found = (
        (AttachmentKind.PHOTO, message.photo_url, "image/jpeg"),
        (AttachmentKind.VOICE, message.voice_url, "audio/aac"),
        (AttachmentKind.STICKER, message.sticker, ""),
    )
    return tuple(Attachment(kind, handle, mime=mime) for kind, handle, mime in found if handle)

"""How control and page see the world (docs/sandbox.md, Control)."""

from __future__ import annotations

from urllib.parse import quote

from bot.sandbox.things import Chat, Json, Media, Message
from bot.sandbox.world import World


def message_view(world: World, message: Message) -> Json:
    """A message as people see it."""
    buttons = [_button(button) for row in message.rows for button in row]
    return {
        "seq": message.seq,
        "message_id": message.message_id,
        "from": message.sender,
        "name": message.name,
        "text": "" if message.deleted else message.text,
        "entities": message.entities,
        "styles": message.styles,
        "buttons": buttons,
        "rows": [len(row) for row in message.rows],
        "keyboard": message.keyboard,
        "file": file_view(world.media.get(message.media), message),
        "reply_to": message.reply_to,
        "album": message.album,
        "edited": bool(message.edited),
        "deleted": message.deleted,
        "pinned": message.pinned,
        "forwarded": message.forwarded,
        "service": message.notice,
        "at": world.clock.iso(message.at),
    }


def _button(button: Json) -> list[str]:
    """[label, callback data], and the address as a third item for a link."""
    link = button.get("url") or ""
    return [button["text"], button.get("callback_data") or "", *([link] if link else [])]


def media_url(media: Media) -> str:
    """The path of a file on this server; "" when the file is somewhere else."""
    return "" if media.url else f"/media/{media.id}/{quote(media.name)}"


def file_view(media: Media | None, message: Message) -> Json | None:
    """A file as people see it."""
    if message.kind == "sticker" and media is None:
        return {"name": "sticker", "mime": "", "url": "", "kind": "sticker", "size": 0}
    if media is None or message.deleted:
        return None
    known = {"name": media.name, "mime": media.mime, "url": media_url(media), "kind": message.kind, "size": media.size}
    return {**known, "distant": media.url} if media.url else known


def messages_view(world: World, chat: Chat | None, after: int = 0) -> list[Json]:
    """A chat's messages whose last change is newer than `after`, oldest first."""
    if chat is None:
        return []
    return [message_view(world, message) for message in chat.messages.values() if message.seq > after]


def members(chat: Chat) -> int:
    """People and the bot, if it is there."""
    return len(chat.people) + (1 if chat.bot_status in ("member", "administrator") else 0)

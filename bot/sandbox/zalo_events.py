"""What people do becomes updates, as far as Zalo shows it to the bot (zalo-bot-api, Updates; Groups)."""

from __future__ import annotations

from bot.sandbox.scene import Scene
from bot.sandbox.things import BOT, Bot, Chat, Json, Message, Person

EVENTS = {
    "": "message.text.received",
    "photo": "message.image.received",
    "sticker": "message.sticker.received",
    "voice": "message.voice.received",
}
UNSUPPORTED = "message.unsupported.received"
_TYPES = {"photo": "CHAT_PHOTO", "sticker": "CHAT_STICKER", "voice": "CHAT_VOICE"}


def said(scene: Scene, chat: Chat, message: Message, *, media_url: str = "") -> bool:
    """Somebody wrote. True when the bot gets it: not from a group's own talk, not from one user too many."""
    bot = scene.world.bots[chat.bot]
    if not _reaches(bot, chat, message) or not _has_room(scene, bot, chat):
        return False
    body = update(chat, message, sender=scene.world.people[message.sender], media_url=media_url)
    scene.deliver(bot, body, lane=chat.key, serial=scene.world.feeds[bot.token].next_id())
    return True


def update(chat: Chat, message: Message, *, sender: Person, media_url: str) -> Json:
    """{"event_name", "message"}: the flat shape, which was captured live."""
    body: Json = {
        "date": int(message.at * 1000),
        "chat": {"chat_type": "GROUP" if chat.is_group else "PRIVATE", "id": chat.id},
        "message_id": message.message_id,
        "from": {"id": sender.zalo_id, "is_bot": False, "display_name": message.name},
    }
    event = EVENTS.get(message.kind, UNSUPPORTED)
    if event == UNSUPPORTED:
        return {"event_name": event, "message": body}
    if message.kind:
        body["message_type"] = _TYPES[message.kind]
    if message.kind == "photo":
        body.update({"photo_url": media_url, **({"caption": message.text} if message.text else {})})
    elif message.kind == "voice":
        body["voice_url"] = media_url
    elif message.kind == "sticker":
        body.update({"sticker": message.media, "url": media_url})
    else:
        body["text"] = message.text
    return {"event_name": event, "message": body}


def _reaches(bot: Bot, chat: Chat, message: Message) -> bool:
    """In a group only what picks the bot from the @mention list, and replies to its own messages."""
    if not chat.is_group:
        return True
    if chat.bot_status not in ("member", "administrator"):
        return False
    if any(message.text.startswith(f"@{name}") for name in (bot.display_name, bot.username) if name):
        return True
    original = chat.messages.get(message.reply_to)
    return original is not None and original.sender == BOT


def _has_room(scene: Scene, bot: Bot, chat: Chat) -> bool:
    """The Basic plan: so many private users per bot; one more is not heard."""
    limits = scene.limits.of(bot)
    if chat.is_group or chat.started:
        return True
    if limits.enforce and limits.users:
        served = sum(1 for each in scene.world.chats.values() if each.bot == bot.token and each.started)
        if served >= limits.users:
            return False
    chat.started = True
    scene.world.save(chat)
    return True

"""What people do becomes updates, as far as Telegram shows it to the bot."""

from __future__ import annotations

import uuid

from bot.sandbox.scene import Scene
from bot.sandbox.telegram_objects import chat_json, member_json, message_json, person_user
from bot.sandbox.telegram_text import command_for, mentions
from bot.sandbox.things import BOT, Bot, Chat, Json, Message, Person


def send_update(scene: Scene, chat: Chat, kind: str, body: Json) -> None:
    """Queue one update of this kind, unless the bot asked for other kinds only (allowed_updates)."""
    bot = scene.world.bots[chat.bot]
    if bot.allowed and kind not in bot.allowed:
        return
    number = scene.world.feeds[bot.token].next_id()
    scene.deliver(bot, {"update_id": number, kind: body}, lane=chat.key, serial=number)


def sees(bot: Bot, chat: Chat, message: Message) -> bool:
    """Privacy mode: in groups only commands, mentions, replies to the bot, service messages; all as administrator."""
    if not chat.is_group:
        return True
    if chat.bot_status not in ("member", "administrator"):
        return False
    if message.service or chat.bot_status == "administrator" or not bot.privacy:
        return True
    if command_for(message.text, bot.username) or mentions(message.text, bot.username):
        return True
    original = chat.messages.get(message.reply_to)
    return original is not None and original.sender == BOT


def said(scene: Scene, chat: Chat, message: Message, *, edited: bool = False) -> bool:
    """Somebody wrote or corrected a message. True when the bot gets it."""
    if not sees(scene.world.bots[chat.bot], chat, message):
        return False
    kind = "edited_message" if edited else "message"
    send_update(scene, chat, kind, message_json(scene.world, chat, message))
    return True


def pressed(scene: Scene, chat: Chat, message: Message, *, person: Person, data: str) -> str:
    """Somebody pressed an inline button; the callback query's id."""
    query_id = str(uuid.uuid4().int >> 66)
    scene.callbacks[query_id] = person.id
    body = {
        "id": query_id,
        "from": person_user(person),
        "message": message_json(scene.world, chat, message),
        "chat_instance": str(abs(int(chat.id))),
        "data": data,
    }
    send_update(scene, chat, "callback_query", body)
    return query_id


def membership(scene: Scene, chat: Chat, person: Person, *, before: str, after: str) -> None:
    """my_chat_member: the bot was added, promoted, removed, blocked or unblocked by this person."""
    bot = scene.world.bots[chat.bot]
    body = {
        "chat": chat_json(scene.world, chat),
        "from": person_user(person),
        "date": int(scene.world.clock.now()),
        "old_chat_member": member_json(bot, before),
        "new_chat_member": member_json(bot, after),
    }
    send_update(scene, chat, "my_chat_member", body)


def service(scene: Scene, chat: Chat, sender: Person | None, fields: Json, *, text: str = "") -> Message:
    """A service message (somebody joined, the chat was migrated …), shown to people as `text`."""
    message = scene.world.message_from(chat, sender)
    message.service, message.notice = fields, text
    scene.world.post(chat, message)
    if sees(scene.world.bots[chat.bot], chat, message):
        send_update(scene, chat, "message", message_json(scene.world, chat, message))
    return message

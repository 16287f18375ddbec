"""The world in Telegram's words: User, Chat, Message, files. Field names are those of the Bot API."""

from __future__ import annotations

from bot.sandbox.telegram_text import detect
from bot.sandbox.things import BOT, Bot, Chat, Json, Media, Message, Person
from bot.sandbox.world import World


def person_user(person: Person) -> Json:
    """A person as a User."""
    first, _, last = person.name.partition(" ")
    user = {"id": person.telegram_id, "is_bot": False, "first_name": first, "language_code": "vi"}
    return {**user, "last_name": last} if last else user


def bot_user(bot: Bot) -> Json:
    """A bot as a User."""
    return {"id": int(bot.account_id), "is_bot": True, "first_name": bot.display_name, "username": bot.username}


def bot_self(bot: Bot) -> Json:
    """What getMe answers."""
    return {
        **bot_user(bot),
        "can_join_groups": bot.can_join_groups,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def chat_json(world: World, chat: Chat) -> Json:
    """A Chat."""
    if chat.is_group:
        return {"id": int(chat.id), "type": chat.kind, "title": chat.title}
    user = person_user(world.people[chat.people[0]])
    names: Json = {name: user[name] for name in ("first_name", "last_name") if name in user}
    return {"id": int(chat.id), "type": "private", **names}


def sender_json(world: World, chat: Chat, message: Message) -> Json:
    """Who wrote it."""
    if message.sender == BOT:
        return bot_user(world.bots[chat.bot])
    return person_user(world.people[message.sender])


def message_json(world: World, chat: Chat, message: Message, *, quoted: bool = False) -> Json:
    """A Message. A quoted one carries no further quote."""
    result: Json = {
        "message_id": int(message.message_id),
        "from": sender_json(world, chat, message),
        "chat": chat_json(world, chat),
        "date": int(message.at),
    }
    if message.edited:
        result["edit_date"] = int(message.edited)
    if message.album:
        result["media_group_id"] = message.album
    if message.forwarded:
        origin = {"type": "hidden_user", "date": int(message.at), "sender_user_name": message.name}
        result["forward_origin"] = origin
    if message.rows:
        result["reply_markup"] = {"inline_keyboard": message.rows}
    _add_content(world, message, result)
    original = chat.messages.get(message.reply_to) if message.reply_to and not quoted else None
    if original is not None and not original.deleted:
        result["reply_to_message"] = message_json(world, chat, original, quoted=True)
    return {**result, **message.service}


def _add_content(world: World, message: Message, result: Json) -> None:
    entities = message.entities or (detect(message.text) if message.text else [])
    if message.media:
        result.update(media_json(world.media[message.media], message.kind))
        if message.text:
            result["caption"] = message.text
        if entities:
            result["caption_entities"] = entities
    elif message.text:
        result["text"] = message.text
        if entities:
            result["entities"] = entities


def file_id(media: Media) -> str:
    """The file_id of a file."""
    return f"BQACAgU{media.id}"


def media_of(world: World, wanted: str) -> Media | None:
    """The file that a file_id means."""
    return world.media.get(wanted.removeprefix("BQACAgU")) if wanted.startswith("BQACAgU") else None


def media_json(media: Media, kind: str) -> Json:
    """The field of a Message that holds a file: document, photo, audio, voice, video or sticker."""
    common: Json = {"file_id": file_id(media), "file_unique_id": f"AgAD{media.id[:12]}", "file_size": media.size}
    size = {"width": media.width or 640, "height": media.height or 480}
    named = {**common, "file_name": media.name, "mime_type": media.mime}
    if kind == "photo":
        return {"photo": [{**common, **size}]}
    if kind == "sticker":
        return {"sticker": {**common, **size, "type": "regular", "is_animated": False, "is_video": False}}
    if kind == "voice":
        return {"voice": {**common, "duration": 1, "mime_type": media.mime}}
    if kind == "audio":
        return {"audio": {**named, "duration": 1}}
    if kind == "video":
        return {"video": {**named, **size, "duration": 1}}
    return {"document": named}


def member_json(bot: Bot, status: str, *, private: bool = False) -> Json:
    """A ChatMember of the bot itself."""
    member: Json = {"user": bot_user(bot), "status": status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator" and not private:
        member.update(admin_rights())
    return member


def admin_rights() -> Json:
    """The rights that an administrator has here: all that a bot in a group of neighbours needs."""
    can = ("can_manage_chat", "can_delete_messages", "can_restrict_members", "can_change_info", "can_invite_users")
    never = (
        *("is_anonymous", "can_be_edited", "can_manage_video_chats", "can_promote_members"),
        *("can_post_stories", "can_edit_stories", "can_delete_stories"),
    )
    return {**dict.fromkeys(can, True), "can_pin_messages": True, **dict.fromkeys(never, False)}

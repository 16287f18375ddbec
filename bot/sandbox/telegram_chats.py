"""Which chat a call means, whether the bot may write there, and what Telegram says about chats and members."""

from __future__ import annotations

from bot.sandbox.door import ApiError, Call
from bot.sandbox.telegram_objects import bot_self, chat_json, member_json, message_json, person_user
from bot.sandbox.things import Chat, Json, Message


def find_chat(call: Call) -> Chat:
    """The chat of `chat_id`; ApiError as Telegram words it when it does not exist or moved."""
    wanted = call.text("chat_id").strip()
    if not wanted:
        raise ApiError(400, "Bad Request: chat_id is empty")
    chat = call.scene.world.chat_of(call.bot, wanted)
    if chat is None:
        if wanted.lstrip("-") in call.scene.world.accounts and wanted.isdigit():
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        raise ApiError(400, "Bad Request: chat not found")
    if chat.migrated_to:
        moved = {"migrate_to_chat_id": int(chat.migrated_to)}
        raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat", moved)
    return chat


def open_chat(call: Call) -> Chat:
    """The chat of `chat_id` when the bot may write there; else 403."""
    chat = find_chat(call)
    if chat.is_group and chat.bot_status == "kicked":
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    if chat.is_group and chat.bot_status == "left":
        raise ApiError(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
    if not chat.is_group and chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not chat.is_group and not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def writable_chat(call: Call) -> Chat:
    """The same for a message or an edit, which counts against the limits; 429 when it comes too fast."""
    chat = open_chat(call)
    pause = call.scene.limits.pause(call.bot, chat)
    if pause:
        seconds = int(pause) + 1
        raise ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    return chat


def find_message(call: Call, chat: Chat, *, to: str) -> Message:
    """The message of `message_id` in this chat; `to` names the purpose as Telegram's error does."""
    message = chat.messages.get(call.text("message_id"))
    if message is None or message.deleted:
        raise ApiError(400, f"Bad Request: message to {to} not found")
    return message


def get_me(call: Call) -> Json:
    """The bot itself."""
    return bot_self(call.bot)


def get_chat(call: Call) -> Json:
    """A ChatFullInfo."""
    chat = find_chat(call)
    more: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    pinned = [message for message in chat.messages.values() if message.pinned and not message.deleted]
    if pinned:
        more["pinned_message"] = message_json(call.scene.world, chat, pinned[-1], quoted=True)
    return {**chat_json(call.scene.world, chat), **more}


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_chat_member(call: Call) -> Json:
    """Whether somebody is in the chat. People are plain members, the first one of a group its creator."""
    chat = find_chat(call)
    wanted = call.text("user_id")
    if wanted == call.bot.account_id:
        return member_json(call.bot, chat.bot_status if chat.is_group else "member")
    person = call.scene.world.accounts.get(wanted)
    if person is None:
        raise ApiError(400, "Bad Request: invalid user_id specified")
    status = "left"
    if person.id in chat.people:
        status = "creator" if chat.is_group and chat.people[0] == person.id else "member"
    more = {"is_anonymous": False} if status == "creator" else {}
    return {"user": person_user(person), "status": status, **more}


def get_chat_administrators(call: Call) -> list[Json]:
    """The creator, and the bot when it is an administrator."""
    chat = find_chat(call)
    if not chat.is_group:
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    found = []
    if chat.people:
        owner = call.scene.world.people[chat.people[0]]
        found.append({"user": person_user(owner), "status": "creator", "is_anonymous": False})
    if chat.bot_status == "administrator":
        found.append(member_json(call.bot, "administrator"))
    return found


def get_chat_member_count(call: Call) -> int:
    """People and bots in the chat."""
    chat = find_chat(call)
    return len(chat.people) + (1 if chat.bot_status in ("member", "administrator") else 0)


def leave_chat(call: Call) -> bool:
    """The bot leaves a group."""
    chat = find_chat(call)
    if not chat.is_group:
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    chat.bot_status = "left"
    call.scene.world.save(chat)
    call.scene.world.news.tell("world", {})
    return True


def send_chat_action(call: Call) -> bool:
    """The bot is typing."""
    chat = open_chat(call)
    if not call.text("action"):
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    call.scene.world.tell_change(chat, "typing")
    return True


def set_my_commands(call: Call) -> bool:
    """The bot's menu of commands."""
    wanted = call.parsed("commands")
    if not isinstance(wanted, list):
        raise ApiError(400, "Bad Request: can't parse commands JSON object")
    call.bot.commands = wanted
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    call.scene.world.news.tell("world", {})
    return True


def get_my_commands(call: Call) -> list[Json]:
    """The bot's menu of commands."""
    return call.bot.commands


def delete_my_commands(call: Call) -> bool:
    """No menu any more."""
    call.bot.commands = []
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    return True

"""Changing what was sent: edits, deletions, pins, answers to pressed buttons."""

from __future__ import annotations

from bot.sandbox.door import ApiError, Call
from bot.sandbox.telegram_chats import find_chat, find_message, open_chat, writable_chat
from bot.sandbox.telegram_events import service
from bot.sandbox.telegram_objects import message_json
from bot.sandbox.telegram_send import CAPTION_LIMIT, TEXT_LIMIT, add_markup, formatted
from bot.sandbox.telegram_text import units
from bot.sandbox.things import BOT, Chat, Json, Message

DELETABLE = 48 * 3600
"""Seconds after which a message can no longer be deleted by a bot."""
_SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def edit_message_text(call: Call) -> Json:
    """A new text, with new buttons or none."""
    chat, message = _own_message(call)
    if message.media:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    return _rewritten(call, chat, message, name="text", limit=TEXT_LIMIT)


def edit_message_caption(call: Call) -> Json:
    """A new caption under a file."""
    chat, message = _own_message(call)
    if not message.media:
        raise ApiError(400, "Bad Request: there is no caption in the message to edit")
    return _rewritten(call, chat, message, name="caption", limit=CAPTION_LIMIT)


def edit_message_reply_markup(call: Call) -> Json:
    """New buttons under the same text; none when reply_markup is missing."""
    chat, message = _own_message(call)
    return _changed(call, chat, message, text=message.text, entities=message.entities)


def delete_message(call: Call) -> bool:
    """The message is gone for everybody."""
    chat = find_chat(call)
    message = find_message(call, chat, to="delete")
    own_or_private = message.sender == BOT or not chat.is_group
    too_old = call.scene.world.clock.now() - message.at > DELETABLE
    if too_old or not (own_or_private or chat.bot_status == "administrator"):
        raise ApiError(400, "Bad Request: message can't be deleted for everyone")
    message.deleted, message.pinned = True, False
    call.scene.world.changed(chat, message)
    return True


def pin_chat_message(call: Call) -> bool:
    """The message stays at the top; groups need an administrator."""
    chat = open_chat(call)
    _need_pin_right(chat)
    message = find_message(call, chat, to="pin")
    message.pinned = True
    call.scene.world.changed(chat, message)
    pinned = {"pinned_message": message_json(call.scene.world, chat, message, quoted=True)}
    service(call.scene, chat, None, pinned, text="đã ghim một tin nhắn")
    return True


def unpin_chat_message(call: Call) -> bool:
    """The message (default: the last pinned one) no longer stays at the top."""
    chat = open_chat(call)
    _need_pin_right(chat)
    wanted = call.text("message_id")
    pinned = [each for each in chat.messages.values() if each.pinned and wanted in ("", each.message_id)]
    if not pinned:
        raise ApiError(400, "Bad Request: message to unpin not found")
    pinned[-1].pinned = False
    call.scene.world.changed(chat, pinned[-1])
    return True


def answer_callback_query(call: Call) -> bool:
    """Stop the spinner on a pressed button, with a short notice if wanted."""
    person = call.scene.callbacks.pop(call.text("callback_query_id"), None)
    if person is None:
        words = "query is too old and response timeout expired or query ID is invalid"
        raise ApiError(400, f"Bad Request: {words}")
    if units(call.text("text")) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    notice = {"platform": call.bot.platform, "bot": call.bot.token_id, "person": person}
    shown = {"text": call.text("text"), "alert": call.flag("show_alert")}
    call.scene.world.news.tell("answer", {**notice, **shown})
    return True


def _need_pin_right(chat: Chat) -> None:
    if chat.is_group and chat.bot_status != "administrator":
        raise ApiError(400, "Bad Request: not enough rights to manage pinned messages in the chat")


def _own_message(call: Call) -> tuple[Chat, Message]:
    chat = writable_chat(call)
    message = find_message(call, chat, to="edit")
    if message.sender != BOT or message.service:
        raise ApiError(400, "Bad Request: message can't be edited")
    return chat, message


def _rewritten(call: Call, chat: Chat, message: Message, *, name: str, limit: int) -> Json:
    text, entities = formatted(call, name)
    if not text and name == "text":
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > limit:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    return _changed(call, chat, message, text=text, entities=entities)


def _changed(call: Call, chat: Chat, message: Message, *, text: str, entities: list[Json]) -> Json:
    before = (message.text, message.entities, message.rows)
    message.rows = []
    try:
        add_markup(call, message)
    except ApiError:
        message.rows = before[2]
        raise
    if (text, entities, message.rows) == before:
        raise ApiError(400, _SAME)
    message.text, message.entities = text, entities
    message.edited = call.scene.world.clock.now()
    call.scene.world.changed(chat, message)
    return message_json(call.scene.world, chat, message)

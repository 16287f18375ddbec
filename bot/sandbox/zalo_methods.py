"""The eleven methods of the Zalo Bot API. Source: zalo-bot-api, Transport and Methods.

What that page marks unknown is chosen here and named where it is chosen: the words of refusals to write to a chat.
"""

from __future__ import annotations

import asyncio
import http.client
import time
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from bot.sandbox.door import ApiError, Call, HtmlError
from bot.sandbox.files import mime_of
from bot.sandbox.outside import Distant, fetch
from bot.sandbox.telegram_text import units
from bot.sandbox.things import Chat, Json, Media, Message
from bot.sandbox.zalo_webhook import WEBHOOK_METHODS

TEXT_LIMIT = 2000
MAX_WAIT = 60
"""Seconds that one poll lasts at most."""


def get_me(call: Call) -> Json:
    """The bot itself."""
    bot = call.bot
    return {
        "id": bot.account_id,
        "account_name": bot.username,
        "account_type": "BASIC",
        "can_join_groups": bot.can_join_groups,
        "display_name": bot.display_name,
    }


async def get_updates(call: Call) -> Json:
    """ONE update, which is gone once read. ApiError 408 when none came; silence while a webhook is set."""
    if call.scene.limits.poll_too_fast(call.bot):
        raise HtmlError(429)
    feed = call.scene.world.feeds[call.bot.token]
    until = time.monotonic() + min(max(call.number("timeout", 30), 0), MAX_WAIT)
    ticket = feed.begin_poll()
    # An update is never taken for a client that has left: it would be lost.
    while feed.is_poller(ticket) and not call.gone.done():
        item = feed.take()  # with a webhook the courier has them all
        if item is not None:
            return item.body
        left = until - time.monotonic()
        if left <= 0 or feed.closed:
            break
        await feed.wait(left, call.gone)
    raise ApiError(408, "Request timeout")


def send_message(call: Call) -> Json:
    """A text of 1 to 2,000 characters."""
    chat = _writable(call)
    message = call.scene.world.message_from(chat, None, _text(call, "text", needed=True))
    styles = call.parsed("text_styles")
    message.styles = [style for style in styles if isinstance(style, dict)] if isinstance(styles, list) else []
    return _posted(call, chat, message)


async def send_photo(call: Call) -> Json:
    """A picture by URL. This machine's URLs are really downloaded; others are accepted and shown as a name."""
    chat = _writable(call)
    caption = _text(call, "caption", needed=False)
    url = call.text("photo")
    if urlsplit(url).scheme not in ("http", "https"):
        raise ApiError(400, "Bad request: The photo must be a public URL")
    media = await _picture(call, url)
    message = call.scene.world.message_from(chat, None, caption)
    message.media, message.kind = media.id, "photo"
    return _posted(call, chat, message)


async def send_voice(call: Call) -> Json:
    """A voice message by URL: .aac, private chats only; in a group it says ok and delivers nothing."""
    chat = _writable(call)
    url = call.text("voice_url")
    if not urlsplit(url).path.lower().endswith(".aac"):
        raise ApiError(400, "Bad request: The voice_url must end with .aac")
    message = call.scene.world.message_from(chat, None)
    if chat.is_group:
        return _receipt(message)
    media = await _fetched(call, url, "audio/aac")
    message.media, message.kind = media.id, "voice"
    return _posted(call, chat, message)


def send_sticker(call: Call) -> Json:
    """A sticker by its id."""
    chat = _writable(call)
    if not call.text("sticker"):
        raise ApiError(400, "Bad request: The sticker must not be empty")
    message = call.scene.world.message_from(chat, None)
    message.kind = "sticker"
    return _posted(call, chat, message)


def send_chat_action(call: Call) -> Json | None:
    """The bot is typing; the answer has no result."""
    call.scene.world.tell_change(_chat(call), "typing")
    return None


def _chat(call: Call) -> Chat:
    wanted = call.text("chat_id")
    if not wanted:
        raise ApiError(400, "Bad request: The chat_id must not be empty")
    chat = call.scene.world.chat_of(call.bot, wanted)
    if chat is None or not (chat.is_group or chat.started):
        raise ApiError(400, "Bad request: The chat_id is invalid")  # words unknown [?]
    return chat


def _writable(call: Call) -> Chat:
    chat = _chat(call)
    if chat.blocked or (chat.is_group and chat.bot_status not in ("member", "administrator")):
        raise ApiError(403, "Forbidden")  # words unknown [?]
    limits, month = call.scene.limits.of(call.bot), call.scene.world.clock.month()
    if call.bot.month != month:
        call.bot.month, call.bot.sent = month, 0
    if limits.enforce and limits.quota and call.bot.sent >= limits.quota:
        raise ApiError(429, "Quota exceeded")
    return chat


def _text(call: Call, name: str, *, needed: bool) -> str:
    text = call.text(name)
    if needed and not text.strip():
        raise ApiError(400, f"Bad request: The {name} must not be empty")
    if name == "caption" and name in call.params and not text:
        raise ApiError(400, "Bad request: The caption must not be empty")
    if units(text) > TEXT_LIMIT:
        raise ApiError(400, f"Bad request: The {name} must not exceed {TEXT_LIMIT} characters")
    return text


def _posted(call: Call, chat: Chat, message: Message) -> Json:
    call.bot.sent += 1
    call.scene.world.store.put("bot", call.bot.token, call.bot)
    call.scene.world.post(chat, message)
    return _receipt(message)


def _receipt(message: Message) -> Json:
    return {"message_id": message.message_id, "date": int(message.at * 1000)}


async def _picture(call: Call, url: str) -> Media:
    media = await _fetched(call, url, "image/jpeg")
    if not media.url and not media.width:
        raise ApiError(400, "Bad request: The photo is not a picture")
    return media


async def _fetched(call: Call, url: str, mime: str) -> Media:
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or "file"
    try:
        reply = await asyncio.to_thread(fetch, url)
    except Distant:
        return call.scene.world.add_distant_media(url, mime)
    except (OSError, http.client.HTTPException):
        raise ApiError(400, "Bad request: Cannot download the file") from None
    if reply.status != 200:
        raise ApiError(400, "Bad request: Cannot download the file")
    return call.scene.world.add_media(name, mime_of(name, reply.mime), reply.body, picture=mime == "image/jpeg")


METHODS: dict[str, Callable[[Call], object]] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendSticker": send_sticker,
    "sendChatAction": send_chat_action,
    **WEBHOOK_METHODS,
}

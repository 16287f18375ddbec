"""Sending: text, files, keyboards. Source: Bot API, Available methods; limits are those of telegram-notes."""

from __future__ import annotations

import asyncio
import http.client
from urllib.parse import unquote, urlsplit

from bot.sandbox.door import ApiError, Call
from bot.sandbox.files import mime_of
from bot.sandbox.outside import MAX_BYTES, Distant, Reply, fetch
from bot.sandbox.telegram_chats import writable_chat
from bot.sandbox.telegram_formats import ParseError, parse
from bot.sandbox.telegram_objects import file_id, media_of, message_json
from bot.sandbox.telegram_text import units
from bot.sandbox.things import Chat, Json, Media, Message

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
DATA_LIMIT = 64
"""callback_data, in bytes."""
KINDS = {"document": "document", "photo": "photo", "audio": "audio", "voice": "voice", "video": "video"}
_DEFAULT_MIME = {"photo": "image/jpeg", "audio": "audio/mpeg", "voice": "audio/ogg", "video": "video/mp4"}


def send_message(call: Call) -> Json:
    """A text."""
    chat = writable_chat(call)
    text, entities = formatted(call, "text")
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text) > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    message = call.scene.world.message_from(chat, None, text)
    message.entities = entities
    return _posted(call, chat, message)


async def send_file(call: Call) -> Json:
    """sendDocument, sendPhoto, sendAudio, sendVoice, sendVideo."""
    kind = call.method.lower().removeprefix("send")
    chat = writable_chat(call)
    caption, entities = formatted(call, "caption")
    if units(caption) > CAPTION_LIMIT:
        raise ApiError(400, "Bad Request: message caption is too long")
    media = await _media(call, kind)
    message = call.scene.world.message_from(chat, None, caption)
    message.entities, message.media, message.kind = entities, media.id, kind
    return _posted(call, chat, message)


def _posted(call: Call, chat: Chat, message: Message) -> Json:
    message.reply_to = _reply_target(call, chat)
    add_markup(call, message)
    call.scene.world.post(chat, message)
    return message_json(call.scene.world, chat, message)


def formatted(call: Call, name: str) -> tuple[str, list[Json]]:
    """The text parameter `name`: plain, with its entities."""
    raw, mode = call.text(name), call.text("parse_mode")
    if not mode:
        given = call.parsed("entities" if name == "text" else "caption_entities")
        return raw.strip(), given if isinstance(given, list) else []
    try:
        text, entities = parse(raw, mode)
    except ParseError as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from None
    except ValueError:
        raise ApiError(400, "Bad Request: unsupported parse_mode") from None
    return text.rstrip(), entities


def add_markup(call: Call, message: Message) -> None:
    """reply_markup: inline buttons, a reply keyboard, or its removal."""
    markup = call.parsed("reply_markup")
    if markup is None:
        return
    if not isinstance(markup, dict):
        raise ApiError(400, "Bad Request: object expected as reply markup")
    if "inline_keyboard" in markup:
        message.rows = [[_button(button) for button in row] for row in _rows(markup, "inline_keyboard") if row]
    elif "keyboard" in markup:
        message.keyboard = [[_label(button) for button in row] for row in _rows(markup, "keyboard")]
    elif markup.get("remove_keyboard"):
        message.keyboard = []


def _rows(markup: Json, name: str) -> list[list[object]]:
    rows = markup[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError(400, "Bad Request: can't parse reply keyboard markup: expected an Array of Array")
    return rows


def _label(button: object) -> str:
    text = button.get("text") if isinstance(button, dict) else button
    if not isinstance(text, str) or not text:
        raise ApiError(400, "Bad Request: can't parse keyboard button: text buttons must be non-empty")
    return text


def _button(button: object) -> Json:
    text = _label(button)
    if not isinstance(button, dict):
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: expected an Object")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= DATA_LIMIT:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if data is None and not any(name in button for name in ("url", "web_app", "login_url", "copy_text")):
        raise ApiError(
            400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    return {**button, "text": text}


def _reply_target(call: Call, chat: Chat) -> str:
    wanted, lenient = call.text("reply_to_message_id"), call.flag("allow_sending_without_reply")
    parameters = call.parsed("reply_parameters")
    if isinstance(parameters, dict):
        wanted = str(parameters.get("message_id") or "")
        lenient = bool(parameters.get("allow_sending_without_reply"))
    if not wanted:
        return ""
    found = chat.messages.get(wanted)
    if found is not None and not found.deleted:
        return wanted
    if not lenient and call.scene.world.keep_messages:
        raise ApiError(400, "Bad Request: message to be replied not found")
    return ""


async def _media(call: Call, kind: str) -> Media:
    """The file of a call: uploaded, by file_id, or fetched from a URL."""
    given = call.text(kind)
    upload = call.files.get(given.removeprefix("attach://")) if given else call.files.get(kind)
    if upload is not None:
        if not upload.data:
            raise ApiError(400, "Bad Request: file must be non-empty")
        mime = mime_of(upload.name, upload.mime or _DEFAULT_MIME.get(kind, ""))
        media = call.scene.world.add_media(upload.name, mime, upload.data, picture=kind == "photo")
        return _checked(media, kind)
    if not given:
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if given.startswith(("http://", "https://")):
        return _checked(await _fetched(call, given, kind), kind)
    media_found = media_of(call.scene.world, given)
    if media_found is None:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return media_found


def _checked(media: Media, kind: str) -> Media:
    if kind == "photo" and not media.width:
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
    return media


async def _fetched(call: Call, url: str, kind: str) -> Media:
    try:
        reply: Reply = await asyncio.to_thread(fetch, url)
    except (OSError, http.client.HTTPException, Distant):
        raise ApiError(400, "Bad Request: failed to get HTTP URL content") from None
    if reply.status != 200 or len(reply.body) > MAX_BYTES:
        raise ApiError(400, "Bad Request: failed to get HTTP URL content")
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1]) or kind
    return call.scene.world.add_media(name, mime_of(name, reply.mime), reply.body, picture=kind == "photo")


def get_file(call: Call) -> Json:
    """Where to download a file from: /telegram/file/bot<token>/<file_path>."""
    media = media_of(call.scene.world, call.text("file_id"))
    if media is None or media.id not in call.scene.world.bytes:
        raise ApiError(400, "Bad Request: invalid file_id")
    if media.size > MAX_BYTES:
        raise ApiError(400, "Bad Request: file is too big")
    common = {"file_id": file_id(media), "file_unique_id": f"AgAD{media.id[:12]}", "file_size": media.size}
    return {**common, "file_path": f"files/{media.id}/{media.name}"}

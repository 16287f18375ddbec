"""The plain updates, read straight from their JSON: words in a private chat, and a press there.

Nearly everything that people send is plain. Building the library's objects for it takes ten times as long as reading
the five fields that we need (bench/inbound.py); whatever has anything unusual about it goes through the library.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.messages import Address, Incoming, Kind, Platform

_MESSAGE = frozenset({"message_id", "date", "chat", "from", "text"})
_PRESS = frozenset({"id", "from", "message", "chat_instance", "data"})


def read_plain(data: dict[str, Any], channel_id: int, now: Callable[[], datetime]) -> Incoming | None:
    """The update as Incoming; None when it is not plain. UnicodeEncodeError for text that is none."""
    if len(data) != 2 or type(data["update_id"]) is not int:
        return None
    if isinstance(message := data.get("message"), dict):
        return _message(data["update_id"], message, channel_id)
    if isinstance(press := data.get("callback_query"), dict):
        return _press(data["update_id"], press, channel_id, now)
    return None


def _message(update_id: int, message: dict[str, Any], channel_id: int) -> Incoming | None:
    if message.keys() != _MESSAGE:
        return None
    number, date, text = message["message_id"], message["date"], message["text"]
    speaker, chat = _person(message["from"]), _private(message["chat"], channel_id)
    if speaker is None or chat is None or not (type(number) is type(date) is int and isinstance(text, str)):
        return None
    if not text or text.startswith("/"):
        return None
    text.encode()  # half a surrogate pair is no text: refused here as the library's reader refuses it
    return Incoming(
        key=f"u{update_id}",
        kind=Kind.MESSAGE,
        platform=Platform.TELEGRAM,
        address=chat,
        speaker_id=speaker[0],
        speaker_name=speaker[1],
        sent_at=datetime.fromtimestamp(date, UTC),
        message_id=str(number),
        text=text,
    )


def _press(update_id: int, press: dict[str, Any], channel_id: int, now: Callable[[], datetime]) -> Incoming | None:
    message = press.get("message")
    if press.keys() != _PRESS or not isinstance(message, dict) or type(message.get("message_id")) is not int:
        return None
    speaker, chat = _person(press["from"]), _private(message.get("chat"), channel_id)
    said = press["data"]
    if speaker is None or chat is None or not (isinstance(said, str) and said and isinstance(press["id"], str)):
        return None
    return Incoming(
        key=f"u{update_id}",
        kind=Kind.CHOICE,
        platform=Platform.TELEGRAM,
        address=chat,
        speaker_id=speaker[0],
        speaker_name=speaker[1],
        sent_at=now(),
        message_id=str(message["message_id"]),
        choice=said,
        callback_id=press["id"],
    )


def _person(user: object) -> tuple[str, str] | None:
    """(id, full name) of somebody who is no bot."""
    if not isinstance(user, dict) or type(user.get("id")) is not int or user.get("is_bot") is not False:
        return None
    first, last = user.get("first_name"), user.get("last_name", "")
    if not (isinstance(first, str) and isinstance(last, str)):
        return None
    return str(user["id"]), f"{first} {last}" if last else first


def _private(chat: object, channel_id: int) -> Address | None:
    if not isinstance(chat, dict) or type(chat.get("id")) is not int or chat.get("type") != "private":
        return None
    return Address(channel_id, str(chat["id"]))

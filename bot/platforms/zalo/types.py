"""What the Zalo Bot API sends: the words of python-zalo-bot, with aware dates and every documented field.

Parsing is tolerant where the documentation and the live API differ (zalo-bot-api, Updates): unknown fields are
ignored, missing ones empty, numbers may be text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class User:
    """A person or the bot itself. The last three are told of the bot only (getMe)."""

    id: str
    display_name: str = ""
    account_name: str = ""
    account_type: str = ""
    is_bot: bool = False
    can_join_groups: bool = False

    @classmethod
    def de_json(cls, data: Mapping[str, object]) -> User:
        """From `{"id", "display_name", …}`."""
        return cls(
            id=_text(data, "id"),
            display_name=_text(data, "display_name"),
            account_name=_text(data, "account_name"),
            account_type=_text(data, "account_type"),
            is_bot=data.get("is_bot") is True,
            can_join_groups=data.get("can_join_groups") is True,
        )


@dataclass(frozen=True, slots=True)
class Chat:
    """`type` is "PRIVATE" or "GROUP", upper-cased whatever came."""

    id: str
    type: str = "PRIVATE"

    @classmethod
    def de_json(cls, data: Mapping[str, object]) -> Chat:
        """From `{"id", "chat_type"}`."""
        return cls(id=_text(data, "id"), type=(_text(data, "chat_type") or _text(data, "type") or "PRIVATE").upper())


@dataclass(frozen=True, slots=True)
class Message:
    """A message that came, or (with `message_id` and `date` only) the answer to one that was sent."""

    message_id: str
    date: datetime
    chat: Chat | None = None
    from_user: User | None = None
    text: str = ""
    caption: str = ""
    photo_url: str = ""
    voice_url: str = ""
    sticker: str = ""
    message_type: str = ""

    @classmethod
    def de_json(cls, data: Mapping[str, object]) -> Message:
        """From `{"message_id", "date" in epoch milliseconds, "chat", "from", …}`. The picture is called `photo_url`
        on the wire and `photo` in the documentation."""
        chat, sender = data.get("chat"), data.get("from")
        return cls(
            message_id=_text(data, "message_id"),
            date=_moment(data.get("date")),
            chat=Chat.de_json(chat) if isinstance(chat, Mapping) else None,
            from_user=User.de_json(sender) if isinstance(sender, Mapping) else None,
            text=_text(data, "text"),
            caption=_text(data, "caption"),
            photo_url=_text(data, "photo_url") or _text(data, "photo"),
            voice_url=_text(data, "voice_url"),
            sticker=_text(data, "sticker"),
            message_type=_text(data, "message_type"),
        )


@dataclass(frozen=True, slots=True)
class Update:
    """One event. There is no update_id: `message.message_id` is the key against repeats."""

    event_name: str
    message: Message | None = None

    @classmethod
    def de_json(cls, data: object, bot: object = None) -> Update | None:
        """From a webhook's body or getUpdates' result, flat or wrapped in `{"ok", "result"}`; None for an empty one.

        `bot` is not used; python-zalo-bot's callers pass it. ValueError when `data` is no object (an array, say).
        """
        if data is None:
            return None
        if not isinstance(data, Mapping):
            raise ValueError("not a Zalo update")
        if "result" in data and "event_name" not in data and "message" not in data:
            return cls.de_json(data["result"], bot)
        message = data.get("message")
        event_name = _text(data, "event_name")
        if not event_name and not message:
            return None
        return cls(event_name, Message.de_json(message) if isinstance(message, Mapping) else None)


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """Where updates are posted to. `url` is "" after deleteWebhook."""

    url: str
    updated_at: datetime | None = None
    verification: WebhookCheck | None = None

    @classmethod
    def de_json(cls, data: Mapping[str, object]) -> WebhookInfo:
        """From `{"url", "updated_at" in milliseconds, "verification"?}` (older answers have no verification)."""
        checked, updated = data.get("verification"), data.get("updated_at")
        return cls(
            url=_text(data, "url"),
            updated_at=_moment(updated) if updated else None,
            verification=WebhookCheck.de_json(checked) if isinstance(checked, Mapping) else None,
        )


@dataclass(frozen=True, slots=True)
class WebhookCheck:
    """What Zalo found when it called our webhook. `outcome` is like "webhook.ok" or "webhook.err.tls"."""

    ok: bool
    outcome: str = ""
    status_code: int = 0
    latency_ms: int = 0
    hint: str = ""
    url: str = ""

    @classmethod
    def de_json(cls, data: Mapping[str, object]) -> WebhookCheck:
        """From testWebhook's result, or setWebhook's `verification`."""
        return cls(
            ok=data.get("ok") is True,
            outcome=_text(data, "outcome"),
            status_code=number(data.get("status_code")),
            latency_ms=number(data.get("latency_ms")),
            hint=_text(data, "hint"),
            url=_text(data, "url"),
        )


def number(value: object) -> int:
    """An int, also from "408"; 0 for anything else."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value)
    return int(value) if isinstance(value, str) and value.strip().isdecimal() else 0


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _moment(value: object) -> datetime:
    """Epoch milliseconds as an aware time. A message without a usable date came just now: reading it has removed it
    from Zalo, so it is not thrown away for that."""
    milliseconds = number(value)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC) if milliseconds else datetime.now(UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.now(UTC)

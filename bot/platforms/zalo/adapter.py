"""The Zalo adapter: the port of platforms/base.py over our own client."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from bot.errors import (
    Blocked,
    Misconfigured,
    OutcomeUnknown,
    QuotaSpent,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)
from bot.messages import Incoming, Outgoing
from bot.platforms.base import Batch, Capabilities, Identity, Receipt
from bot.platforms.parts import send_in_order, split
from bot.platforms.zalo.client import (
    BASE_URL,
    IN_FLIGHT,
    BadRequest,
    Bot,
    ConnectionLost,
    DailyLimit,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    Message,
    NetworkError,
    QuotaExceeded,
    RetryAfter,
    TimedOut,
    Update,
    ZaloError,
)
from bot.platforms.zalo.parse import read
from bot.platforms.zalo.render import CAPTION_LIMIT, TEXT_LIMIT, Part, parts, styles

_T = TypeVar("_T")

_DAY = 24 * 3600.0
_ABOUT_THE_CHAT = re.compile(r"chat[_ ]?id|chat not found|user not found", re.IGNORECASE)


class ZaloAdapter:
    """One Zalo bot. `names` are further names that it may be mentioned by in groups; `channel_id` is what its
    Incomings carry in their address; methods are at `{base_url}/bot{token}/{method}`."""

    capabilities = Capabilities(
        buttons=False,
        files=False,
        edits=False,
        deletes=False,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        parallel=IN_FLIGHT - 1,  # one is for the poll
        updates_wait=False,
    )

    def __init__(
        self,
        token: str,
        *,
        base_url: str = BASE_URL,
        channel_id: int = 0,
        names: Sequence[str] = (),
        bot: Bot | None = None,
    ) -> None:
        self._bot = bot or Bot(token, base_url)
        self._channel_id = channel_id
        self._names: frozenset[str] = frozenset(names)

    def __repr__(self) -> str:
        return f"ZaloAdapter(channel_id={self._channel_id})"

    async def start(self) -> Identity:
        """Ask getMe who we are. Misconfigured when the token is wrong, Unreachable when nobody answers."""
        me = await self._ask(self._bot.get_me())
        self._names |= _filled((me.display_name, me.account_name))
        return Identity(me.id, me.account_name, me.display_name or me.account_name, me.can_join_groups)

    async def stop(self) -> None:
        """Close the connections."""
        await self._bot.shutdown()

    async def offer(self, commands: Sequence[tuple[str, str]]) -> None:
        """Zalo has no list of commands."""

    async def begin_polling(self) -> None:
        """Polling is silent while a webhook is set. Asked first: 404 means that none ever was."""
        if await self._webhook():
            await self._ask(self._bot.delete_webhook())

    async def poll(self, cursor: str, *, wait: int) -> Batch:
        """At most one update: Zalo gives one at a time, and reading removes it. There is no cursor."""
        incoming = self._read(await self._ask(self._bot.get_update(timeout=wait)))
        return Batch((incoming,) if incoming else (), cursor)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Asks getWebhookInfo first, for setWebhook may be called a few times a day only (zalo-bot-api).

        A new secret for the same address is therefore not noticed: begin_polling() in between forgets the old one.
        """
        if await self._webhook() != url:
            await self._ask(self._bot.set_webhook(url, secret))

    async def _webhook(self) -> str:
        try:
            return (await self._bot.get_webhook_info()).url
        except EndPointNotFound:
            return ""
        except ZaloError as error:
            failure = _meaning(error, repeatable=True)
        raise failure

    def parse(self, body: bytes) -> Sequence[Incoming]:
        """One update, flat or wrapped; () for an empty body (Zalo's probe) and for unknown events. ValueError for
        what is no JSON object."""
        if not body.strip():
            return ()
        incoming = self._read(Update.de_json(json.loads(body)))
        return (incoming,) if incoming else ()

    def _read(self, update: Update | None) -> Incoming | None:
        return read(update, channel_id=self._channel_id, names=self._names) if update else None

    async def send(self, message: Outgoing) -> Receipt:
        """Send one message. Zalo edits nothing: a message with `edits` goes out as a new one."""
        pieces = parts(message)
        if not pieces:
            raise Rejected("nothing to send")
        return await send_in_order([partial(self._send_part, message.chat_id, piece) for piece in pieces])

    async def _send_part(self, chat_id: str, part: Part) -> Receipt:
        address = part.photo or part.voice
        if not address:
            return await self._sent(self._bot.send_message(chat_id, part.text, text_styles=styles(part)))
        try:
            if part.photo:
                return await self._sent(self._bot.send_photo(chat_id, address, caption=part.text))
            return await self._sent(self._bot.send_voice(chat_id, address))
        except Rejected:  # it cannot fetch it, say: the person gets the address to press
            texts = split(f"{part.text}\n{address}", TEXT_LIMIT)
            return await send_in_order([partial(self._send_part, chat_id, Part(text)) for text in texts])

    async def _sent(self, call: Awaitable[Message]) -> Receipt:
        return Receipt((await self._ask(call, repeatable=False)).message_id)

    async def acknowledge(self, callback_id: str) -> None:
        """Zalo has no buttons, so nothing waits for this."""

    async def delete(self, chat_id: str, message_id: str) -> bool:
        """Zalo deletes nothing."""
        return False

    async def download(self, handle: str, *, limit: int) -> bytes:
        """The bytes behind a media address; it expires, so download at once."""
        content = await self._ask(self._bot.download(handle, limit=limit))
        if content is None:
            raise Rejected(f"the file is larger than {limit} bytes")
        return content

    async def _ask(self, call: Awaitable[_T], *, repeatable: bool = True) -> _T:
        try:
            return await call
        except ZaloError as error:
            failure = _meaning(error, repeatable=repeatable)
        raise failure


def _meaning(error: ZaloError, *, repeatable: bool) -> SendError:
    """What `error` means to the sender. A send whose answer got lost is unknown: Zalo has neither an idempotency key
    nor a look-up of sent messages."""
    reason = f"{error.error_code} {error.message}" if error.error_code else error.message
    match error:
        case RetryAfter():
            return Throttled(error.retry_after, reason)
        case DailyLimit():
            return Throttled(_DAY, reason)
        case TimedOut() | ConnectionLost() if not repeatable:
            return OutcomeUnknown(reason)
        case BadRequest() if _ABOUT_THE_CHAT.search(error.message):
            return Blocked(reason)
        case _:
            return _class_for(error)(reason)


def _class_for(error: ZaloError) -> type[SendError]:
    classes: tuple[tuple[type[ZaloError], type[SendError]], ...] = (
        (InvalidToken, Misconfigured),
        (QuotaExceeded, QuotaSpent),
        (Forbidden, Blocked),
        (NetworkError, Unreachable),
    )
    for kind, meaning in classes:
        if isinstance(error, kind):
            return meaning
    return Rejected if 400 <= error.error_code < 500 else Unreachable


def _filled(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if name)

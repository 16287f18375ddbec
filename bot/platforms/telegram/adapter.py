"""The Telegram adapter: the port of platforms/base.py over python-telegram-bot's Bot."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeGuard, TypeVar

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats, InputFile, Message, ReplyParameters, Update
from telegram.error import TelegramError

from bot.errors import Misconfigured, Rejected, SendError, Unreachable
from bot.messages import AttachmentKind, Incoming, Outgoing, OutgoingFile
from bot.platforms.base import Batch, Capabilities, Identity, Receipt
from bot.platforms.parts import send_in_order
from bot.platforms.telegram.errors import AnswerLost, Refusal, StaleHandle, meaning
from bot.platforms.telegram.parse import ALLOWED_UPDATES, Reader, attachment
from bot.platforms.telegram.plain import read_plain
from bot.platforms.telegram.render import CAPTION_LIMIT, NO_PREVIEW, TEXT_LIMIT, Part, parts, plain_rows
from bot.platforms.telegram.transport import AiohttpRequest, api_urls

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

BASE_URL = "https://api.telegram.org"
_PARALLEL = 50
_UNREADABLE = (TypeError, KeyError, ValueError, AttributeError, OverflowError)
"""What the library's types raise when a field is missing or of another kind than documented."""


class _QuietBot(Bot):
    """The library's Bot shows its token in its repr; ours must not, wherever a traceback prints it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Bot[token=***]"


class TelegramAdapter:
    """One Telegram bot. `base_url` is the API's root; methods are at `{base}/bot{token}/{method}`, files at
    `{base}/file/bot{token}/{path}`. `channel_id` is what its Incomings carry in their address; `username` is what
    an earlier getMe said, so that mentions are understood before the next one."""

    capabilities = Capabilities(
        buttons=True,
        files=True,
        edits=True,
        deletes=True,
        text_limit=TEXT_LIMIT,
        caption_limit=CAPTION_LIMIT,
        parallel=_PARALLEL,
        updates_wait=True,
    )

    def __init__(
        self,
        token: str,
        *,
        base_url: str = BASE_URL,
        channel_id: int = 0,
        username: str = "",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        methods, files = api_urls(base_url)
        proxied = methods.startswith("https:")
        self._polling = AiohttpRequest(token, connections=1, through_proxy=proxied)
        self._sending = AiohttpRequest(token, connections=_PARALLEL, through_proxy=proxied)
        self._bot = _QuietBot(
            token, base_url=methods, base_file_url=files, request=self._sending, get_updates_request=self._polling
        )
        head = token.partition(":")[0]
        self._reader = Reader(channel_id, int(head) if head.isdecimal() else 0, username, now)

    def __repr__(self) -> str:
        return f"TelegramAdapter(channel_id={self._reader.channel_id})"

    async def start(self) -> Identity:
        """Ask getMe who we are. Misconfigured when the token is wrong, Unreachable when nobody answers."""
        me = await self._ask(self._bot.get_me())
        reader = self._reader
        self._reader = Reader(reader.channel_id, me.id, me.username or "", reader.now)
        return Identity(str(me.id), me.username or "", me.full_name, bool(me.can_join_groups))

    async def stop(self) -> None:
        """Close the connections."""
        await self._polling.shutdown()
        await self._sending.shutdown()

    async def offer(self, commands: Sequence[tuple[str, str]]) -> None:
        """setMyCommands, for private chats only: in groups the bot is addressed by mention or reply."""
        scope = BotCommandScopeAllPrivateChats()
        await self._ask(self._bot.set_my_commands([BotCommand(*each) for each in commands], scope=scope))

    async def begin_polling(self) -> None:
        """getUpdates answers 409 while a webhook is set. Waiting updates are kept."""
        await self._ask(self._bot.delete_webhook())

    async def poll(self, cursor: str, *, wait: int) -> Batch:
        """`cursor` is the next offset: asking for it confirms everything below (Bot API, getUpdates).

        Read raw and one by one: an update that the library cannot parse must not hold up those behind it.
        """
        fields = {"timeout": str(wait), "allowed_updates": json.dumps(ALLOWED_UPDATES)}
        if cursor:
            fields["offset"] = cursor
        raw = await self._ask(self._polling.call(f"{self._bot.base_url}/getUpdates", fields, wait=wait))
        if not isinstance(raw, list):
            raise Unreachable("getUpdates answered something else than a list")
        incoming = [self._read(update) for update in raw if isinstance(update, dict)]
        newest = max((update["update_id"] for update in raw if _has_id(update)), default=None)
        return Batch(tuple(each for each in incoming if each), cursor if newest is None else str(newest + 1))

    async def set_webhook(self, url: str, secret: str) -> None:
        """Always asks: the call is harmless to repeat, and whether the secret is still the same cannot be read."""
        await self._ask(self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES))

    def parse(self, body: bytes) -> Sequence[Incoming]:
        """One update, or () for an empty body and for kinds that we do not use. ValueError when it is no update."""
        if not body.strip():
            return ()
        data = json.loads(body)
        if not _has_id(data):
            raise ValueError("not a Telegram update")
        incoming = self._read(data)
        return (incoming,) if incoming else ()

    def _read(self, data: dict[str, Any]) -> Incoming | None:
        try:
            plain = read_plain(data, self._reader.channel_id, self._reader.now)
            return plain or self._reader.read(Update.de_json(data, None))
        except _UNREADABLE as error:
            _log.warning("telegram update %s cannot be read: %s", data.get("update_id"), type(error).__name__)
            return None

    async def send(self, message: Outgoing) -> Receipt:
        """Send, or edit where `edits` is given; a message that cannot be edited any more is sent anew."""
        pieces = parts(message)
        if not pieces:
            raise Rejected("nothing to send")
        if message.edits.isdecimal() and len(pieces) == 1 and message.file is None:
            edited = await self._edit(message, pieces[0])
            if edited is not None:
                return edited
        steps = [partial(self._send_part, message, piece, is_first=piece is pieces[0]) for piece in pieces]
        return await send_in_order(steps)

    async def _edit(self, message: Outgoing, part: Part) -> Receipt | None:
        """None when the message is gone or not editable. An edit may be repeated: a lost answer is Unreachable."""
        options = {"chat_id": message.chat_id, "message_id": int(message.edits), "reply_markup": part.keyboard}
        done = Receipt(message.edits, messages=0)
        try:
            await self._edit_text_or_caption(part.text, options)
        except TelegramError as error:
            if isinstance(error, Refusal) and (error.unchanged or error.not_editable):
                return done if error.unchanged else None
            failure = meaning(error)
        else:
            return done
        raise failure

    async def _edit_text_or_caption(self, text: str, options: dict[str, Any]) -> None:
        try:
            await self._bot.edit_message_text(text, link_preview_options=NO_PREVIEW, **options)
        except Refusal as refusal:
            if not refusal.no_text_to_edit:
                raise
            await self._bot.edit_message_caption(caption=text, **options)

    async def _send_part(self, message: Outgoing, part: Part, *, is_first: bool) -> Receipt:
        replies_to = int(message.replies_to) if is_first and message.replies_to.isdecimal() else 0
        if part.file is None:
            return await self._send_text(message, part, replies_to)
        options: dict[str, Any] = {"chat_id": message.chat_id, "reply_markup": part.keyboard}
        if replies_to:
            options["reply_parameters"] = ReplyParameters(replies_to, allow_sending_without_reply=True)
        return await self._send_file(part.file, part.text, options)

    async def _send_text(self, message: Outgoing, part: Part, replies_to: int) -> Receipt:
        """Nearly everything that we send is plain text: past the library, whose objects cost more than the sending."""
        body: dict[str, Any] = {
            "chat_id": message.chat_id, "text": part.text, "link_preview_options": {"is_disabled": True},
        }  # fmt: skip
        if part.keyboard is not None:
            body["reply_markup"] = {"inline_keyboard": plain_rows(part.keyboard)}
        if replies_to:
            body["reply_parameters"] = {"message_id": replies_to, "allow_sending_without_reply": True}
        sent = await self._deliver(self._sending.send(f"{self._bot.base_url}/sendMessage", body))
        if not isinstance(sent, dict) or type(sent.get("message_id")) is not int:
            raise meaning(AnswerLost("unreadable answer"), repeatable=False)
        return Receipt(str(sent["message_id"]))

    async def _send_file(self, file: OutgoingFile, caption: str, options: dict[str, Any]) -> Receipt:
        """By handle where there is one; a handle that Telegram no longer knows is replaced by a new upload."""
        if caption:
            options["caption"] = caption
        if file.handle:
            try:
                return await self._deliver_file(file.kind, file.handle, options)
            except StaleHandle:
                if not file.path:
                    raise
        return await self._upload(file, options)

    async def _upload(self, file: OutgoingFile, options: dict[str, Any]) -> Receipt:
        if not file.path and not file.url:
            raise Rejected("a file without handle, path or url")
        if not file.path:
            return await self._deliver_file(file.kind, file.url, options)
        try:
            opened = await asyncio.to_thread(open, file.path, "rb")
        except OSError as error:
            reason = f"the file cannot be read: {type(error).__name__}"
        else:
            with opened:
                content = InputFile(opened, filename=file.name or None, read_file_handle=False)
                content.mimetype = file.mime or content.mimetype
                return await self._deliver_file(file.kind, content, options)
        raise Rejected(reason)

    async def _deliver_file(self, kind: AttachmentKind, content: str | InputFile, options: dict[str, Any]) -> Receipt:
        bot = self._bot
        send: dict[AttachmentKind, Callable[..., Awaitable[Message]]] = {
            AttachmentKind.PHOTO: bot.send_photo,
            AttachmentKind.DOCUMENT: bot.send_document,
            AttachmentKind.AUDIO: bot.send_audio,
            AttachmentKind.VOICE: bot.send_voice,
            AttachmentKind.VIDEO: bot.send_video,
            AttachmentKind.STICKER: bot.send_sticker,
        }
        sent = await self._deliver(send[kind](**{kind.value: content}, **options))
        uploaded = attachment(sent)
        return Receipt(str(sent.message_id), uploaded.handle if uploaded else "")

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the spinner. A press older than some minutes is refused by Telegram: harmless."""
        with suppress(SendError):
            url = f"{self._bot.base_url}/answerCallbackQuery"
            await self._ask(self._sending.send(url, {"callback_query_id": callback_id}))

    async def delete(self, chat_id: str, message_id: str) -> bool:
        """False when the message is gone or older than Telegram lets bots delete."""
        if not message_id.isdecimal():
            return False
        try:
            return await self._bot.delete_message(chat_id, int(message_id))
        except TelegramError as error:
            if isinstance(error, Refusal) and error.undeletable:
                return False
            failure = meaning(error)
        raise failure

    async def download(self, handle: str, *, limit: int) -> bytes:
        """getFile, then the bytes (Telegram gives bots up to 20 MB)."""
        file = await self._ask(self._bot.get_file(handle))
        content = None
        if (file.file_size or 0) <= limit:
            try:
                content = await self._ask(self._sending.fetch(file.file_path or "", limit=limit))
            except Misconfigured:  # getFile has just accepted the token: this 404 is about the file
                raise Rejected("the file is gone") from None
        if content is None:
            raise Rejected(f"the file is larger than {limit} bytes")
        return content

    async def _deliver(self, call: Awaitable[_T]) -> _T:
        return await self._ask(call, repeatable=False)

    async def _ask(self, call: Awaitable[_T], *, repeatable: bool = True) -> _T:
        try:
            return await call
        except TelegramError as error:
            failure = meaning(error, repeatable=repeatable)
        except _UNREADABLE as error:
            # Telegram said ok, and the library could not make a message of what came with it.
            failure = meaning(AnswerLost(f"unreadable answer: {type(error).__name__}"), repeatable=repeatable)
        # Raised out here: no exception of the library stays in the chain (__cause__, __context__).
        raise failure


def _has_id(data: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(data, dict) and type(data.get("update_id")) is int

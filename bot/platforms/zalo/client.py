"""A client for the Zalo Bot API: eleven methods, typed answers, typed errors. The one door to httpx2.

Zalo says what went wrong in the body, with HTTP status 200: `ok` decides, never the status. The token stands in the
URL's path, and gateways echo the path: no error here holds an URL, a page, or the exception that knew them.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Mapping, Sequence
from functools import cache
from types import TracebackType
from urllib.parse import urlsplit

import httpx2

from bot.platforms.zalo.errors import (
    DEFAULT_REST,
    LONGEST_TEXT,
    BadRequest,
    ConnectionLost,
    DailyLimit,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    NeverLeft,
    QuotaExceeded,
    RetryAfter,
    TimedOut,
    ZaloError,
    error_for,
    redact,
)
from bot.platforms.zalo.types import Chat, Message, Update, User, WebhookCheck, WebhookInfo, number

__all__ = [
    "BASE_URL",
    "BadRequest",
    "Bot",
    "Chat",
    "ConnectionLost",
    "DailyLimit",
    "EndPointNotFound",
    "Forbidden",
    "InvalidToken",
    "Message",
    "NetworkError",
    "NeverLeft",
    "QuotaExceeded",
    "RetryAfter",
    "TimedOut",
    "Update",
    "User",
    "WebhookCheck",
    "WebhookInfo",
    "ZaloError",
]

# Their INFO and DEBUG lines hold request URLs, that is, tokens.
for _name in ("httpx2", "httpcore2", "httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

BASE_URL = "https://bot-api.zaloplatforms.com"
IN_FLIGHT = 10
"""Requests at once; more on one client make each slower (docs/decisions/0002)."""

_POLL_GRACE = 15.0
"""Seconds over the poll's own time before we give up on an answer: giving up too early would lose an update."""

_NEVER_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
    httpx2.InvalidURL,
)


class Bot:
    """One Zalo bot. Methods raise ZaloError (errors.py). `transport` takes the network's place in tests."""

    def __init__(
        self, token: str, base_url: str = BASE_URL, *, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._token = token
        self._base_url = base_url.rstrip("/")
        self._transport = transport
        self._client: httpx2.AsyncClient | None = None
        self._gate = asyncio.Semaphore(IN_FLIGHT)

    def __repr__(self) -> str:
        return "Bot(token=***)"

    async def __aenter__(self) -> Bot:
        await self.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.shutdown()

    async def initialize(self) -> None:
        """Ask getMe, so that a wrong token shows at once (InvalidToken)."""
        await self.get_me()

    async def shutdown(self) -> None:
        """Close the connections; harmless when there are none. A later call opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def get_me(self) -> User:
        """Who the bot is."""
        return User.de_json(await self._call("getMe"))

    async def get_update(self, timeout: int = 30) -> Update | None:  # noqa: ASYNC109 (Zalo waits, not we)
        """The next update, waiting at most `timeout` seconds; None when nothing came (Zalo says 408).

        Reading removes it from Zalo. There is no offset: what is lost on the way is lost.
        """
        try:
            return Update.de_json(await self._call("getUpdates", {"timeout": timeout}, wait=timeout))
        except TimedOut as nothing:
            if nothing.error_code != 408:
                raise
            return None

    async def send_message(
        self,
        chat_id: str,
        text: str,
        *,
        parse_mode: str | None = None,
        text_styles: Sequence[Mapping[str, object]] | None = None,
    ) -> Message:
        """Text of 1 to 2,000 UTF-16 units. `text_styles`: `[{"start", "len", "st": ["b", "f_20", …]}]`."""
        body: dict[str, object] = {"chat_id": chat_id, "text": text}
        if parse_mode:
            body["parse_mode"] = parse_mode
        if text_styles:
            body["text_styles"] = list(text_styles)
        return Message.de_json(await self._call("sendMessage", body))

    async def send_photo(self, chat_id: str, photo: str, *, caption: str | None = None) -> Message:
        """`photo` is a public address; Zalo's servers fetch it. An empty caption is left out."""
        body: dict[str, object] = {"chat_id": chat_id, "photo": photo}
        if caption:
            body["caption"] = caption
        return Message.de_json(await self._call("sendPhoto", body))

    async def send_sticker(self, chat_id: str, sticker: str) -> Message:
        """`sticker` is Zalo's id of one."""
        return Message.de_json(await self._call("sendSticker", {"chat_id": chat_id, "sticker": sticker}))

    async def send_voice(self, chat_id: str, voice_url: str) -> Message:
        """Private chats only, a public address that ends in ".aac". To a group Zalo may say ok and deliver nothing."""
        return Message.de_json(await self._call("sendVoice", {"chat_id": chat_id, "voice_url": voice_url}))

    async def send_chat_action(self, chat_id: str, action: str = "typing") -> bool:
        """Shows "typing" for about 5 seconds."""
        await self._call("sendChatAction", {"chat_id": chat_id, "action": action})
        return True

    async def set_webhook(self, url: str, secret_token: str) -> WebhookInfo:
        """A few calls a day only (DailyLimit). The URL is saved even when Zalo's verification of it fails."""
        return WebhookInfo.de_json(await self._call("setWebhook", {"url": url, "secret_token": secret_token}))

    async def test_webhook(self) -> WebhookCheck:
        """Have Zalo call our webhook and say what it found. Counted like set_webhook."""
        return WebhookCheck.de_json(await self._call("testWebhook"))

    async def delete_webhook(self) -> WebhookInfo:
        """Polling works again afterwards."""
        return WebhookInfo.de_json(await self._call("deleteWebhook"))

    async def get_webhook_info(self) -> WebhookInfo:
        """EndPointNotFound when none was ever set."""
        return WebhookInfo.de_json(await self._call("getWebhookInfo"))

    async def download(self, url: str, *, limit: int) -> bytes | None:
        """The bytes behind a media address (public, not Zalo's API; it expires), or None when more than `limit`.

        BadRequest for what is no web address or is gone, NetworkError otherwise.
        """
        if urlsplit(url).scheme not in ("http", "https"):
            raise BadRequest("not a web address", 400)
        try:
            async with self._gate, self._open().stream("GET", url, follow_redirects=True) as response:
                if response.status_code != 200:
                    raise _no_file(response.status_code)
                return await _read_up_to(response, limit)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            failure = _lost(error)
        raise failure

    async def _call(self, method: str, body: Mapping[str, object] | None = None, *, wait: float = 0.0) -> _Result:
        """The answer's `result`, {} where there is none. `wait` seconds are added to the read timeout (polling)."""
        timeout = httpx2.Timeout(20.0, connect=10.0, pool=None, read=wait + _POLL_GRACE)
        url = f"{self._base_url}/bot{self._token}/{method}"
        failure: ZaloError
        try:
            async with self._gate:
                response = await self._open().post(url, json=dict(body or {}), timeout=timeout)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
            failure = _lost(error)
        else:
            return self._result(response)
        # Raised out here so that the exception with the URL is in no chain (__cause__, __context__).
        raise failure

    def _open(self) -> httpx2.AsyncClient:
        if self._client is None:
            # Proxies of the environment are honoured, except on the way to a stand-in (plain http).
            self._client = httpx2.AsyncClient(
                transport=self._transport,
                verify=_trust(),
                limits=httpx2.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT),
                trust_env=self._base_url.startswith("https:"),
                max_redirects=3,
                headers={"User-Agent": "so-tay"},
            )
        return self._client

    def _result(self, response: httpx2.Response) -> _Result:
        answer = _object(response.content)
        if answer is None:
            raise _page(response)
        if answer.get("ok") is not True:
            raise self._refusal(answer, response.status_code)
        result = answer.get("result")
        if result is None:
            return {}
        if not isinstance(result, dict):
            raise ZaloError("the result is not an object")
        return result

    def _refusal(self, answer: _Result, status: int) -> ZaloError:
        code = number(answer.get("error_code")) or number(answer.get("errorCode"))
        code = code or (status if status >= 400 else 0)
        text = str(answer.get("description") or answer.get("message") or "no description")
        return error_for(code, redact(text, self._token)[:LONGEST_TEXT])


_Result = dict[str, object]


@cache
def _trust() -> ssl.SSLContext:
    """One for all bots of the process: reading the certificates takes longer than many sends, and there is a bot per
    branch."""
    return httpx2.create_ssl_context()


def _object(content: bytes) -> _Result | None:
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None


def _page(response: httpx2.Response) -> NetworkError:
    """A gateway's page instead of JSON. Its text is never told: it may echo the path, and so the token."""
    status = response.status_code
    text = f"HTTP {status} with a page instead of JSON"
    if status != 429:
        return NetworkError(text, status)
    seconds = number(response.headers.get("retry-after"))
    return RetryAfter(text, retry_after=float(seconds) if seconds else DEFAULT_REST)


def _lost(error: Exception) -> NetworkError:
    """Whether the request can have reached Zalo. Only the error's class is told: its text may hold the URL."""
    kind = type(error).__name__
    if isinstance(error, _NEVER_LEFT):
        return NeverLeft(kind)
    return TimedOut(kind) if isinstance(error, httpx2.TimeoutException) else ConnectionLost(kind)


def _no_file(status: int) -> ZaloError:
    text = f"HTTP {status} instead of a file"
    return BadRequest(text, status) if 400 <= status < 500 and status != 429 else NetworkError(text, status)


async def _read_up_to(response: httpx2.Response, limit: int) -> bytes | None:
    received = bytearray()
    async for chunk in response.aiter_bytes():
        received += chunk
        if len(received) > limit:
            return None
    return bytes(received)

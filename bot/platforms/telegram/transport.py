"""HTTP for python-telegram-bot over aiohttp: about ten times faster than its own (docs/decisions/0002).

Its library knows an error only by its HTTP status and repeats bodies and URLs in texts and logs; this transport
reads the answer itself and raises bot/platforms/telegram/errors.py, which never hold either.
"""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote

import aiohttp
from telegram.error import TelegramError
from telegram.request import BaseRequest, RequestData

from bot.platforms.telegram.errors import AnswerLost, NeverLeft, NotTelegram, Refusal

# The library's own loggers write URLs (with the token) and message texts at DEBUG.
logging.getLogger("telegram").setLevel(logging.WARNING)

Answer: TypeAlias = dict[str, Any]

_LONGEST_DESCRIPTION = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a free connection, for the connection itself, for an answer, for an upload."""

    pool: float = 10.0
    connect: float = 10.0
    read: float = 20.0
    upload: float = 300.0


class AiohttpRequest(BaseRequest):
    """One pool of connections to the Bot API. The session opens with the first request and again after a shutdown.

    `through_proxy` honours HTTPS_PROXY and NO_PROXY of the environment (Telegram is blocked in places).
    """

    def __init__(
        self, token: str, *, connections: int, through_proxy: bool = False, patience: Patience | None = None
    ) -> None:
        self._token = token
        self._connections = connections
        self._through_proxy = through_proxy
        self._patience = patience or Patience()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds; the library adds a long poll's own waiting time to it."""
        return self._patience.read

    async def initialize(self) -> None:
        """Nothing to do before the first request."""

    async def shutdown(self) -> None:
        """Close the connections; harmless when there are none."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> Answer:
        """The answer as a JSON object. The library's own version logs the whole body when it is none."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise NotTelegram("the answer is not JSON")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        *_other_timeouts: object,
        **_more_timeouts: object,
    ) -> tuple[int, bytes]:
        """Called by the library's `post`. Only `read_timeout` may differ per call; the rest comes from Patience.

        Raises NeverLeft, AnswerLost, Refusal (every status outside 2xx).
        """
        read = float(read_timeout) if isinstance(read_timeout, int | float) else self._patience.read
        form = _form(request_data)
        status, body = await self._exchange(method, url, data=form, timeout=self._timeout(read, form))
        if not 200 <= status <= 299:
            raise self._refusal(status, body)
        return status, body

    async def call(self, url: str, fields: dict[str, str], *, wait: float = 0.0) -> object:
        """POST `fields` and return the bare `result`, for answers that the library's types must not touch first.

        `wait` seconds are added to the read timeout (long polling). Raises as `do_request`, and NotTelegram.
        """
        timeout = self._timeout(self._patience.read + wait, None)
        status, body = await self._exchange("POST", url, data=fields, timeout=timeout)
        if not 200 <= status <= 299:
            raise self._refusal(status, body)
        return self.parse_json_payload(body).get("result")

    async def send(self, url: str, body: Answer) -> object:
        """POST a JSON body and return the bare `result`. Raises as `call`."""
        content, kind = json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
        timeout = self._timeout(self._patience.read, None)
        status, answer = await self._exchange("POST", url, data=content, headers=kind, timeout=timeout)
        if not 200 <= status <= 299:
            raise self._refusal(status, answer)
        return self.parse_json_payload(answer).get("result")

    async def fetch(self, url: str, *, limit: int) -> bytes | None:
        """The bytes behind `url`, or None when there are more than `limit`. Raises as `do_request`."""
        failure: TelegramError
        try:
            async with self._open().get(url, timeout=self._timeout(self._patience.upload, None)) as response:
                if response.status != 200:
                    raise self._refusal(response.status, await response.read())
                return await _read_up_to(response.content, limit)
        except (aiohttp.ClientError, TimeoutError) as error:
            failure = _lost(error)
        raise failure

    async def _exchange(self, method: str, url: str, **options: Any) -> tuple[int, bytes]:
        failure: TelegramError
        try:
            async with self._open().request(method, url, **options) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            failure = _lost(error)
        # Raised out here so that the exception with the URL is in no chain (__cause__, __context__).
        raise failure

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            # No cookies: the API sets none, and a jar would only keep what a block page sets.
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": "so-tay"},
                trust_env=self._through_proxy,
            )
        return self._session

    def _timeout(self, read: float, form: object) -> aiohttp.ClientTimeout:
        patience = self._patience
        uploads = isinstance(form, aiohttp.FormData)
        before = patience.pool + patience.connect
        total = before + read + (patience.upload if uploads else patience.read)
        return aiohttp.ClientTimeout(total=total, connect=before, sock_connect=patience.connect, sock_read=read)

    def _refusal(self, status: int, body: bytes) -> Refusal:
        try:
            answer = self.parse_json_payload(body)
        except NotTelegram:
            return Refusal(status, "a page instead of JSON")
        parameters = answer.get("parameters") or {}
        return Refusal(
            status,
            redact(str(answer.get("description", "")), self._token)[:_LONGEST_DESCRIPTION],
            retry_after=float(parameters.get("retry_after") or 0),
            migrated_to=str(parameters.get("migrate_to_chat_id") or ""),
        )


def redact(text: str, token: str) -> str:
    """`text` with the token, plain or percent-encoded, and its secret half replaced by "***"."""
    secret = token.partition(":")[2]
    for shape in (token, quote(token, safe=""), secret):
        if shape:
            text = text.replace(shape, "***")
    return text


def api_urls(base_url: str) -> tuple[str, str]:
    """What the library wants for `base_url`: (prefix of methods, prefix of files), the token to be put behind each.

    "https://api.telegram.org" gives "https://api.telegram.org/bot" and "https://api.telegram.org/file/bot"; a base
    that already ends in "/bot", as the library's own documentation writes it, is taken as well.
    """
    base = base_url.rstrip("/").removesuffix("/bot")
    return f"{base}/bot", f"{base}/file/bot"


def _form(request_data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    # Quoted, a Vietnamese file name would reach people as "Ngh%E1%BB%8B…"; unquoted, it must not hold line breaks.
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=_CONTROL.sub(" ", filename), content_type=mime)
    return form


def _lost(error: Exception) -> TelegramError:
    """Whether the request can have reached Telegram. Only the error's class is told: its text holds the URL."""
    never_left = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
    kind = NeverLeft if isinstance(error, never_left) else AnswerLost
    return kind(type(error).__name__)


async def _read_up_to(stream: aiohttp.StreamReader, limit: int) -> bytes | None:
    received = bytearray()
    async for chunk in stream.iter_chunked(_CHUNK):
        received += chunk
        if len(received) > limit:
            return None
    return bytes(received)

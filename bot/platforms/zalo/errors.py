"""What the Zalo Bot API answers when it refuses, and what may go wrong on the way to it.

ZaloError
├── BadRequest            400
├── InvalidToken          401
├── Forbidden             403
├── EndPointNotFound      404: no such method, or no webhook was ever set (getWebhookInfo)
├── QuotaExceeded         429 in JSON: the month's messages are used up
│   └── DailyLimit        426: testWebhook and setWebhook may be called a few times a day only
└── NetworkError          the way there or the gateway; status is 0 without an answer
    ├── NeverLeft         no connection came about: Zalo has seen nothing
    ├── ConnectionLost    the request was on its way when the connection broke
    ├── TimedOut          408, or no answer in time: on a send the outcome is unknown
    └── RetryAfter        429 as a page of HTML (nginx), which says nothing about how long

Zalo answers failures with HTTP status 200 and a body that says ok: false (zalo-bot-api, Transport, measured live).
Texts are cut at 300 characters and never hold the token, an URL or a page.
"""

from __future__ import annotations

from html import escape
from urllib.parse import quote

LONGEST_TEXT = 300
DEFAULT_REST = 30.0
"""Seconds to rest after an HTML 429 without a Retry-After header."""


class ZaloError(Exception):
    """The root. `error_code` is Zalo's own number, 0 where there was none."""

    def __init__(self, message: str = "", error_code: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.error_code = error_code


class BadRequest(ZaloError):
    """400: this request will never be accepted."""


class InvalidToken(ZaloError):
    """401: the token is wrong or was replaced."""


class Forbidden(ZaloError):
    """403: this chat does not let the bot in."""


class EndPointNotFound(ZaloError):
    """404: no such method; of getWebhookInfo: none was ever set."""


class QuotaExceeded(ZaloError):
    """429 in JSON: the month's messages are used up."""


class DailyLimit(QuotaExceeded):
    """426: too many calls of testWebhook or setWebhook today. Sending is not concerned."""


class NetworkError(ZaloError):
    """The way there, or the gateway before Zalo (5xx, a page instead of JSON)."""


class NeverLeft(NetworkError):
    """Refused, DNS, TLS, connect timeout: nothing reached Zalo."""


class ConnectionLost(NetworkError):
    """The connection broke before the answer was whole."""


class TimedOut(NetworkError):
    """408, or no answer in time."""


class RetryAfter(NetworkError):
    """Too fast. Rest `retry_after` seconds."""

    def __init__(self, message: str = "", error_code: int = 429, *, retry_after: float = DEFAULT_REST) -> None:
        super().__init__(message, error_code)
        self.retry_after = retry_after


_BY_CODE: dict[int, type[ZaloError]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: EndPointNotFound,
    408: TimedOut,
    426: DailyLimit,
    429: QuotaExceeded,
}


def error_for(code: int, text: str) -> ZaloError:
    """The error for Zalo's `code`; 5xx are NetworkError, a code that nobody has documented a bare ZaloError."""
    unknown = NetworkError if code >= 500 else ZaloError
    return _BY_CODE.get(code, unknown)(text, code)


def redact(text: str, token: str) -> str:
    """`text` with the token replaced by "***": whole, percent-encoded, HTML-escaped, and its secret half alone."""
    secret = token.partition(":")[2]
    for shape in (token, quote(token, safe=""), quote(token), escape(token), secret, quote(secret), escape(secret)):
        if shape:
            text = text.replace(shape, "***")
    return text

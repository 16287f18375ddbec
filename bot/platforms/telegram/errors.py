"""What can go wrong between us and Telegram, and what each means to the sender.

The transport raises the TelegramErrors below (subclasses of the library's own, so that the library passes them on
untouched); `meaning` turns them into bot/errors.py. None of them ever holds an URL, a token or a page's text.
"""

from __future__ import annotations

import re

from telegram.error import TelegramError

from bot.errors import (
    Blocked,
    Migrated,
    Misconfigured,
    OutcomeUnknown,
    Rejected,
    SendError,
    Throttled,
    Unreachable,
)

_DEFAULT_REST = 5.0
"""Seconds to rest after a 429 that does not say how long."""

_GONE = re.compile(r"chat not found|user not found|user_id_invalid|peer_id_invalid|bot can't initiate", re.IGNORECASE)
_UNCHANGED = re.compile(r"message is not modified", re.IGNORECASE)
_NOT_EDITABLE = re.compile(r"message to edit not found|message can't be edited|message_id_invalid", re.IGNORECASE)
_NO_TEXT_TO_EDIT = re.compile(r"no text in the message to edit", re.IGNORECASE)
_STALE_HANDLE = re.compile(r"file identifier|file_id|file reference|wrong type of file", re.IGNORECASE)
_UNDELETABLE = re.compile(r"message to delete not found|message can't be deleted|message_id_invalid", re.IGNORECASE)
_BY_STATUS: dict[int, type[SendError]] = {
    401: Misconfigured,
    403: Blocked,
    404: Misconfigured,  # Telegram's answer to a malformed token; the methods that we call all exist
    413: Rejected,
}
"""The rest (409 Conflict while polling, 5xx, a gateway's page) is Unreachable."""


class NeverLeft(TelegramError):
    """No connection came about (refused, DNS, TLS, connect or pool timeout): Telegram has seen nothing."""


class AnswerLost(TelegramError):
    """The request was on its way when the connection broke or the time was up."""


class NotTelegram(TelegramError):
    """Something answered 2xx without JSON: a block page or a captive portal, not the Bot API."""


class StaleHandle(Rejected):
    """The file_id means nothing to Telegram any more, or was another bot's: upload again."""


class Refusal(TelegramError):
    """Telegram (or a gateway before it) answered with an error.

    `status` is the HTTP status, `description` Telegram's own sentence with the token cut out, `retry_after` seconds
    (0 where none is given), `migrated_to` the supergroup's id ("" where none is given).
    """

    def __init__(self, status: int, description: str, *, retry_after: float = 0.0, migrated_to: str = "") -> None:
        super().__init__(f"{status} {description}")
        self.status = status
        self.description = description
        self.retry_after = retry_after
        self.migrated_to = migrated_to

    @property
    def unchanged(self) -> bool:
        """An edit to the same text: harmless, the message already reads so."""
        return bool(_UNCHANGED.search(self.description))

    @property
    def not_editable(self) -> bool:
        """The message to edit is deleted, too old or not ours: a new one must take its place."""
        return bool(_NOT_EDITABLE.search(self.description))

    @property
    def no_text_to_edit(self) -> bool:
        """The message to edit is a file; its caption can be edited instead."""
        return bool(_NO_TEXT_TO_EDIT.search(self.description))

    @property
    def undeletable(self) -> bool:
        """The message to delete is gone already, or older than Telegram lets bots delete (48 hours)."""
        return bool(_UNDELETABLE.search(self.description))


def meaning(error: TelegramError, *, repeatable: bool = True) -> SendError:
    """What `error` means to the sender.

    `repeatable` is False for sends, where a lost answer leaves the outcome unknown (there is no idempotency key,
    tdlib/telegram-bot-api #126); reading, editing and deleting may simply be done again.
    """
    match error:
        case Refusal():
            return _meaning_of_refusal(error)
        case AnswerLost() if not repeatable:
            return OutcomeUnknown(error.message)
        case AnswerLost() | NeverLeft() | NotTelegram():
            return Unreachable(error.message)
        case _:
            return Unreachable(type(error).__name__)


def _meaning_of_refusal(refusal: Refusal) -> SendError:
    reason = f"{refusal.status} {refusal.description}"
    if refusal.migrated_to:
        return Migrated(refusal.migrated_to)
    if refusal.status == 429:
        return Throttled(refusal.retry_after or _DEFAULT_REST, reason)
    if refusal.status == 400:
        return _class_of_bad_request(refusal.description)(reason)
    return _BY_STATUS.get(refusal.status, Unreachable)(reason)


def _class_of_bad_request(description: str) -> type[SendError]:
    if _GONE.search(description):
        return Blocked
    return StaleHandle if _STALE_HANDLE.search(description) else Rejected

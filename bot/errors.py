"""Every exception that this program raises on purpose.

SotayError                 carries the text key that a person reads, and the values for it
├── Refused                a person asked for something that the rules do not allow
│   ├── NotAllowed         role or subtree does not cover it
│   └── BadInput           what was written cannot be used; the text says what and how to mend it
├── SettingsError          the program cannot start as configured; the text says which setting
├── Conflict               somebody else changed the same thing first
└── SendError              what a platform answered to a send (see platforms/base.py)
    ├── Throttled          come back after `retry_after` seconds
    ├── Unreachable        did not get through; nothing was delivered; try again later
    ├── OutcomeUnknown     the request left and no answer came: delivered or not, nobody knows
    ├── Blocked            this chat refuses us for good
    ├── Migrated           this chat has the new id `chat_id`
    ├── QuotaSpent         the channel's month is used up
    ├── Rejected           this message is not acceptable to the platform; a repeat would not help
    └── Misconfigured      the channel itself is wrong (token, address)
"""

from __future__ import annotations


class SotayError(Exception):
    """The root: `key` names a text in locales/, `values` fill it."""

    key = "error.general"

    def __init__(self, key: str | None = None, /, **values: object) -> None:
        self.key = key or type(self).key
        self.values = values
        super().__init__(self.key)


class Refused(SotayError):
    """A person asked for something that the rules do not allow; they read why."""


class NotAllowed(Refused):
    """The speaker's roles do not cover this act in this part of the organization."""

    key = "error.not-allowed"


class BadInput(Refused):
    """What was written cannot be used; the text says what is wrong and what to write instead."""

    key = "error.bad-input"


class SettingsError(SotayError):
    """The program cannot start with these settings. `str()` is a sentence for the operator."""

    def __init__(self, sentence: str) -> None:
        super().__init__("error.settings", sentence=sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class Conflict(SotayError):
    """Somebody else (or the same person's second tap) changed this first; nothing was written."""

    key = "error.conflict"


class SendError(SotayError):
    """What a platform answered to a send. `reason` never holds a token, an URL or personal data."""

    key = "error.send"

    def __init__(self, reason: str = "", /) -> None:
        super().__init__(None, reason=reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"{type(self).__name__}: {self.reason}"


class Throttled(SendError):
    """Too fast. Nothing was delivered; the channel (or chat) rests for `retry_after` seconds."""

    def __init__(self, retry_after: float, reason: str = "", /) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Unreachable(SendError):
    """The platform could not be reached or failed on its side before any effect; try again later."""


class OutcomeUnknown(SendError):
    """The request left and no answer came. Neither platform lets us ask (tdlib/telegram-bot-api #126).

    `messages`: how many parts of it are known to be delivered.
    """

    def __init__(self, reason: str = "", /, *, messages: int = 0) -> None:
        super().__init__(reason)
        self.messages = messages


class Blocked(SendError):
    """This chat refuses us: blocked, left, deactivated, kicked."""


class Migrated(SendError):
    """The group became a supergroup; `chat_id` is its new id (Telegram, `migrate_to_chat_id`)."""

    def __init__(self, chat_id: str) -> None:
        super().__init__("migrated")
        self.chat_id = chat_id


class QuotaSpent(SendError):
    """The channel's monthly quota is used up (Zalo, error_code 429 in JSON)."""


class Rejected(SendError):
    """The platform will never accept this message."""


class Misconfigured(SendError):
    """The channel itself is wrong: token, base URL, missing rights."""

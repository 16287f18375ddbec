"""The port that every platform fills: Adapter, Capabilities, Receipt.

An adapter knows one bot account. It holds no state that matters: what must survive a restart (the poll cursor, the
handles of uploaded files) is handed in and out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.messages import Incoming, Outgoing


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can show and do. Units: `text_limit` and `caption_limit` in UTF-16 units."""

    buttons: bool
    files: bool
    edits: bool
    deletes: bool
    text_limit: int
    caption_limit: int
    parallel: int
    """Requests in flight at once on one account."""
    updates_wait: bool
    """True when an update stays on the platform until the cursor confirms it (Telegram); False when reading it
    removes it (Zalo's getUpdates)."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of a send: the platform's id of the message, and the handle of a file uploaded with it.

    `messages`: how many messages of the platform it took, which is what a month's quota counts; 0 for an edit.
    """

    message_id: str
    file_handle: str = ""
    messages: int = 1


@dataclass(frozen=True, slots=True)
class Batch:
    """What one poll brought. `cursor` is stored with the inbox rows in one commit and handed to the next poll."""

    incoming: tuple[Incoming, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is on its platform."""

    account_id: str
    account_name: str
    display_name: str
    can_join_groups: bool


class Adapter(Protocol):
    """One bot account on one platform. Every method raises SendError (bot/errors.py) and nothing else."""

    capabilities: Capabilities

    async def start(self) -> Identity:
        """Open the connection and say who we are. Misconfigured when the token is wrong."""

    async def stop(self) -> None:
        """Close the connection; harmless when never started."""

    async def poll(self, cursor: str, *, wait: int) -> Batch:
        """What came since `cursor`, waiting at most `wait` seconds. An empty batch is no error."""

    async def offer(self, commands: Sequence[tuple[str, str]]) -> None:
        """Show these (word, meaning) in the platform's own list of commands, where it has one."""

    async def begin_polling(self) -> None:
        """Remove a webhook that would keep polling silent."""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url`; does nothing when that is already so."""

    def parse(self, body: bytes) -> Sequence[Incoming]:
        """A webhook's body. Unknown events and an empty body give (); ValueError when it is not an update at all."""

    async def send(self, message: Outgoing) -> Receipt:
        """Send one message (a text over the limit goes out in several parts; the receipt is the last one's)."""

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the spinner on a pressed button; never fails the caller's work (a stale press is harmless)."""

    async def delete(self, chat_id: str, message_id: str) -> bool:
        """Delete a message where the platform allows it; False where it does not."""

    async def download(self, handle: str, *, limit: int) -> bytes:
        """The bytes of an attachment, at most `limit`; Rejected when it is larger."""

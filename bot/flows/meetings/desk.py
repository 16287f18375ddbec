"""What the card needs of its surroundings, so that a sweep can show it as well as a dialogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from bot.settings import Settings


class Desk(Protocol):
    """A Context, or an Unattended."""

    @property
    def db(self) -> Session:
        """The transaction."""

    @property
    def settings(self) -> Settings:
        """The rules."""

    @property
    def now(self) -> datetime:
        """The moment."""

    @property
    def my_id(self) -> int:
        """Who calls the meeting."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """The same where nobody speaks: in a sweep, for the member `my_id`."""

    db: Session
    settings: Settings
    now: datetime
    my_id: int

"""Due reminders of meetings."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.settings import Settings


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Queue what is due; returns how many messages."""
    return 0

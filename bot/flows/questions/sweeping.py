"""What the scheduler does for questions: reminders of deadlines, and the bytes of sheets that were sent."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.flows.questions import deadlines
from bot.settings import Settings
from storage import question_exports
from storage.files import FileStore


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Do what is due; returns how many messages were queued."""
    question_exports.clear(session, FileStore(settings.data_dir / "files"), now)
    return deadlines.sweep(session, settings, now)

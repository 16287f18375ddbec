"""Wrong codes: so many may be typed, then only the camera or the chair helps.

Two of a million codes are right at a moment (the one shown and the one before it). With SOTAY_CHECK_IN_TRIES wrong
ones (5) for a member in the hours around a meeting, on all accounts and links together, somebody at home who guesses
gets in once in 1,000,000 / (5 · 2) = 100,000 meetings; a whole branch of 27 that guesses, one of them once in 3,700.
Without the limit a program that asks ten times a second would be in after half a day. What a QR carries (64 bits) is
not guessed.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.settings import Settings
from bot.texts import t
from storage import checkins
from storage.rooms import BEFORE


def stopped(session: Session, settings: Settings, member_id: int, now: datetime) -> str:
    """Why this member's typed codes are not looked at any more; "" while they are. Holds the member's count: of many
    that come at once each is counted before the next one is looked at."""
    found = checkins.guesses(session, member_id, now, BEFORE)
    return "" if found.wrong < settings.check_in_tries else t("room.wrong-too-often", count=found.wrong)


def wrong(session: Session, settings: Settings, member_id: int, now: datetime) -> str:
    """Count a wrong code; what to say. Who calls does not raise: the count has to be kept."""
    found = checkins.guesses(session, member_id, now, BEFORE)
    found.wrong += 1
    session.add(found)
    session.flush()
    left = settings.check_in_tries - found.wrong
    return t("room.wrong-code-left", left=left) if left > 0 else t("room.wrong-too-often", count=found.wrong)


def right(session: Session, member_id: int, now: datetime) -> None:
    """A code that was on the screen: whoever has it need not guess, and slips before it are forgotten."""
    found = checkins.guesses(session, member_id, now, BEFORE)
    found.wrong = 0
    session.add(found)

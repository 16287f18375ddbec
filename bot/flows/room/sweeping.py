"""What comes by itself: the card shortly before a meeting, and the end of one that nobody has ended."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.dates import is_quiet, moment
from bot.flows.room import card
from bot.flows.room.desk import CLERKS, LEADERS
from bot.invitations import name_of
from bot.messages import Choice
from bot.settings import Settings
from bot.texts import t
from storage import agendas, audit, checkins, members, notes, rooms
from storage.db import Database
from storage.meetings import Meeting
from storage.notes import Note
from storage.outbox import Lane

BATCH, ROUNDS = 100, 200
"""Meetings of one transaction, and transactions of one sweep."""
LATE = timedelta(hours=1)
"""After an interruption the card still comes when the meeting should have begun so short ago. [ours]"""
STILL = timedelta(hours=6)
"""Opened so short ago it may be going on, also past midnight. [ours]"""


def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Queue the cards that are due and close what was left open; returns how many messages. How check-ins came about is
    erased some time after."""
    queued = 0
    _erase(database, settings, clock.now())
    for work in (_cards, _closings):
        for _ in range(ROUNDS):
            with database.transaction() as session:
                meetings, told = work(session, settings, clock.now())
            queued += told
            if meetings < BATCH:
                break
    return queued


def _cards(session: Session, settings: Settings, now: datetime) -> tuple[int, int]:
    found = rooms.beginning(session, now - LATE, now + timedelta(minutes=settings.card_minutes), BATCH)
    queued = 0
    for meeting in found:
        shown = card.waiting(session, settings, meeting)
        choices = [asdict(choice) for choice in shown.choices]
        for member_id in keepers(session, meeting):
            once = f"card:{meeting.id}:{meeting.revision}:{member_id}"
            note = Note(shown.text, about=shown.about, choices=choices, once=once, lane=Lane.URGENT)
            queued += notes.tell(session, member_id, note, now)
    return len(found), queued


def _erase(database: Database, settings: Settings, now: datetime) -> None:
    before = now - timedelta(days=settings.check_in_days)
    with database.reading() as session:
        if not checkins.anything_before(session, before):
            return
    with database.transaction() as session:
        checkins.erase_before(session, before)


def keepers(session: Session, meeting: Meeting) -> list[int]:
    """Who leads and writes down a meeting: chair and clerk where they are named, else who holds the roles."""
    named = [each for each in (meeting.chair_id, meeting.clerk_id) if each is not None]
    roles = members.holders(session, meeting.organization_id, LEADERS | CLERKS)
    return list(dict.fromkeys([*named, *(each.id or 0 for each in roles)]))


def _closings(session: Session, settings: Settings, now: datetime) -> tuple[int, int]:
    """In the morning after: nobody is woken for it."""
    if is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0, 0
    midnight = now.astimezone(settings.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    found = rooms.unclosed(session, min(midnight, now - STILL), BATCH)
    queued = 0
    for meeting in found:
        ended = _close(session, settings, meeting, now)
        text = t("room.closed-by-itself", name=name_of(meeting, settings.zone), at=moment(ended, settings.zone))
        choices = [asdict(Choice(action, t(key), str(meeting.id))) for action, key in card.AFTER]
        for member_id in keepers(session, meeting)[:2]:
            once = f"room-closed:{meeting.id}:{member_id}"
            queued += notes.tell(session, member_id, Note(text, f"room:{meeting.id}", choices, once), now)
    return len(found), queued


def _close(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> datetime:
    """It is taken to have lasted as long as was planned, else as the rule says (Hướng dẫn 42-HD/BTCTW)."""
    minutes = meeting.minutes or settings.meeting_minutes
    ended = min(now, (meeting.began_at or meeting.starts_at) + timedelta(minutes=minutes))
    meeting.ended_at = ended
    agendas.finish(session, meeting.id or 0)
    audit.write(session, now, "meeting.closed-by-sweep", actor_id=None, subject=f"meeting:{meeting.id}")
    session.flush()
    return ended

"""Reminders to those who have not answered, within the limits: one a day, three a meeting (domain.md)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.courtesy import hail
from bot.invitations import about, answers, name_of, where
from bot.settings import Settings
from bot.texts import t
from storage import attendance, meetings, notes
from storage.meetings import REMINDER, Meeting
from storage.members import Member
from storage.notes import Note
from storage.outbox import Lane


def remind(session: Session, settings: Settings, meeting: Meeting, now: datetime, *, mark: str) -> int:
    """Queue a reminder to every silent member who may get one today; returns how many were queued.

    `mark` tells this round of reminders from others: a second call with the same one queues nothing.
    """
    rested = _rested(session, settings, meeting, now)
    found = {member.id or 0: member for member in attendance.silent(session, meeting.id or 0)}
    written = {
        member_id: _note(meeting, member, settings, f"{REMINDER}{mark}:{member_id}")
        for member_id, member in found.items()
        if member_id not in rested
    }
    return notes.tell_all(session, written, written, now)


def _rested(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> set[int]:
    """Who has had a reminder of this meeting today, or all that one may get."""
    today = now.astimezone(settings.zone).date()
    had = meetings.reminded(session, meeting.id or 0)
    often = Counter(member_id for member_id, _ in had)
    spent = {member_id for member_id, count in often.items() if count >= settings.reminders_per_meeting}
    return spent | {member_id for member_id, at in had if at.astimezone(settings.zone).date() == today}


def _note(meeting: Meeting, member: Member, settings: Settings, once: str) -> Note:
    zone = settings.zone
    text = t("meetings.reminder", who=hail(member), name=name_of(meeting, zone), where=where(meeting, zone))
    choices = [asdict(choice) for choice in answers(meeting)]
    return Note(text, about(meeting), choices, once, Lane.URGENT)

"""Reminders to those who have not answered, within the limits: one a day, three a meeting (domain.md)."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlmodel import Session

from bot.courtesy import hail
from bot.invitations import about, answers, name_of, where
from bot.settings import Settings
from bot.texts import t
from storage import attendance, audience, deliveries, meetings
from storage.deliveries import Row
from storage.meetings import REMINDER, Meeting
from storage.members import Member
from storage.outbox import Lane

BATCH = 500
"""Reminders of one statement."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of reminders. `mark` tells it from others: a second call with the same one queues nothing. What has
    not gone out by `useful_until` never does."""

    mark: str
    useful_until: datetime


def remind(session: Session, settings: Settings, meeting: Meeting, now: datetime, this: Round) -> int:
    """Queue a reminder to every silent member who may get one today; returns how many were queued."""
    rested = _rested(session, settings, meeting, now)
    silent = (each for each in attendance.silent(session, meeting.id or 0) if each.id not in rested)
    queued = 0
    while some := {member.id or 0: member for member in islice(silent, BATCH)}:
        rows = [
            _row(meeting, some[member_id], settings, this, channel_id=channel_id, chat_id=chat_id, created_at=now)
            for member_id, (channel_id, chat_id) in sorted(audience.addresses_of(session, list(some)).items())
        ]
        queued += deliveries.queue_many(session, rows)
    return queued


def alert(session: Session, settings: Settings, meeting: Meeting, now: datetime, this: Round) -> int:
    """Queue an alert to everybody who was convened and has not confirmed (C20). How often is decided by who calls:
    these are no reminders, whose limit of one a day they would break."""
    silent = {member.id or 0: member for member in attendance.silent(session, meeting.id or 0)}
    zone = settings.zone
    text = t("meetings.alert", name=name_of(meeting, zone).upper(), where=where(meeting, zone))
    rows = [
        Row(
            text=text, choices=[asdict(choice) for choice in answers(meeting)], about=about(meeting),
            member_id=member_id, lane=Lane.URGENT, once=f"alert:{this.mark}:{member_id}", created_at=now, due_at=now,
            useful_until=this.useful_until, channel_id=channel_id, chat_id=chat_id,
        )
        for member_id, (channel_id, chat_id) in sorted(audience.addresses_of(session, list(silent)).items())
    ]  # fmt: skip
    return deliveries.queue_many(session, rows)


def _rested(session: Session, settings: Settings, meeting: Meeting, now: datetime) -> set[int]:
    """Who has had a reminder of this meeting today, or all that one may get."""
    today = now.astimezone(settings.zone).date()
    had = meetings.reminded(session, meeting.id or 0)
    often = Counter(member_id for member_id, _ in had)
    spent = {member_id for member_id, count in often.items() if count >= settings.reminders_per_meeting}
    return spent | {member_id for member_id, at in had if at.astimezone(settings.zone).date() == today}


def _row(meeting: Meeting, member: Member, settings: Settings, this: Round, **where_and_when: Any) -> Row:
    zone = settings.zone
    return Row(
        text=t("meetings.reminder", who=hail(member), name=name_of(meeting, zone), where=where(meeting, zone)),
        choices=[asdict(choice) for choice in answers(meeting)],
        about=about(meeting),
        member_id=member.id,
        lane=Lane.URGENT,
        once=f"{REMINDER}{this.mark}:{member.id}",
        due_at=where_and_when["created_at"],
        useful_until=this.useful_until,
        **where_and_when,
    )

"""Reminders of deadlines: before it and on the day, once each, in one message a day to the leader responsible."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.dates import day, is_quiet
from bot.flows.questions.notices import receivers
from bot.flows.questions.wording import label
from bot.messages import Choice
from bot.settings import Settings
from bot.texts import t
from storage import notes, questions
from storage.notes import Note
from storage.outbox import Lane
from storage.questions import Question

BEFORE, ON_THE_DAY = 1, 2
"""`Question.nudges` after the reminder before the deadline, and after the last one."""
NAMED = 4


def sweep(session: Session, settings: Settings, now: datetime) -> int:
    """Queue what is due today; returns how many messages. In quiet hours everything waits for the morning."""
    zone = settings.zone
    if is_quiet(now, zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    today = now.astimezone(zone).date()
    horizon = now + timedelta(days=settings.question_nudge_days + 1)
    by_leader: dict[int, list[Question]] = {}
    for question in questions.near_deadline(session, horizon):
        if _stage(question, today, settings) > question.nudges and (leader := _responsible(session, question)):
            by_leader.setdefault(leader, []).append(question)
    return sum(_nudge(session, settings, leader, rows, now) for leader, rows in sorted(by_leader.items()))


def _stage(question: Question, today: date, settings: Settings) -> int:
    """Which reminder the day asks for: 0 for none yet."""
    last = _day_of(question, settings.zone)
    if last is None or today < last - timedelta(days=settings.question_nudge_days):
        return 0
    return BEFORE if today < last else ON_THE_DAY


def _responsible(session: Session, question: Question) -> int:
    """The first who can be reached of those who have to answer; 0 for nobody: tried again at the next sweep."""
    found = receivers(session, question)
    return found[0].id or 0 if found else 0


def _nudge(session: Session, settings: Settings, leader: int, rows: list[Question], now: datetime) -> int:
    """One message a day and person: what becomes due later that day waits for tomorrow's."""
    today = now.astimezone(settings.zone).date()
    lines = [_line(each, today, settings.zone) for each in rows[:NAMED]]
    if len(rows) > NAMED:
        lines.append(t("questions.nudge-others", count=len(rows) - NAMED))
    see = Choice("questions.list", t("questions.see-list"))
    note = Note(
        "\n".join([t("questions.nudge"), *lines]),
        choices=[asdict(see)],
        once=f"question-nudge:{leader}:{today.isoformat()}",
        lane=Lane.URGENT,
    )
    if not notes.tell(session, leader, note, now):
        return 0
    for each in rows:
        each.nudges = _stage(each, today, settings)
    session.flush()
    return 1


def _line(question: Question, today: date, zone: ZoneInfo) -> str:
    last = _day_of(question, zone) or today
    if last == today:
        return t("questions.nudge-today", **label(question))
    key = "questions.nudge-until" if last > today else "questions.nudge-late"
    return t(key, **label(question), day=day(last))


def _day_of(question: Question, zone: ZoneInfo) -> date | None:
    return question.due_at.astimezone(zone).date() if question.due_at else None

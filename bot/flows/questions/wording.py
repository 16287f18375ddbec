"""What questions are called, who is shown as their asker, and the limits of their texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.courtesy import named
from bot.dates import day
from bot.settings import Settings
from bot.texts import t
from storage import members, organizations
from storage.members import LEADING, RoleKind
from storage.questions import Question, QuestionKind

SHORTEST, LONGEST = 5, 2000
"""Characters of a question or an answer. [ours]"""
ANSWERING = LEADING | {RoleKind.COMMITTEE}
LIST = 6
DAYS = 10
"""Days until the deadline where no setting is at hand (the default of SOTAY_QUESTION_DAYS). [ours]"""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is asked, the zone whose year its number counts in, and the days until its deadline."""

    now: datetime
    zone: ZoneInfo
    days: int = DAYS


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody asks. `document_id`: 0 or None for nothing in particular."""

    text: str
    document_id: int | None = None
    kind: str = QuestionKind.QUESTION
    hidden: bool = False


def word(kind: str) -> str:
    """`câu hỏi` or `kiến nghị`."""
    return t("questions.word-proposal" if kind == QuestionKind.PROPOSAL else "questions.word-question")


def label(question: Question) -> dict[str, object]:
    """The values `number`, `what` (`câu hỏi`), `title` (`Câu hỏi`) and `head` (`CÂU HỎI`) for texts about it."""
    what = word(question.kind)
    return {"number": question.number, "what": what, "title": what[:1].upper() + what[1:], "head": what.upper()}


def asker_shown(session: Session, question: Question) -> str:
    """The asker as others read it: a name, or "một đồng chí trong chi bộ"."""
    if question.hidden:
        return t("questions.someone")
    return named(members.get(session, question.asker_id))


def name_shown(session: Session, question: Question) -> str:
    """The same for lists: the bare name."""
    return t("questions.someone") if question.hidden else members.get(session, question.asker_id).full_name


def place_of(session: Session, question: Question) -> str:
    """The name of the organization that has to answer."""
    return organizations.get(session, question.desk).name


def clip(text: str, limit: int = 80) -> str:
    """One line of at most `limit` characters."""
    shown = " ".join(text.split())
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def due_after(now: datetime, zone: ZoneInfo, days: int) -> datetime:
    """The end of the day so many days from now: a deadline is a day, not an hour."""
    last = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(last, time(23, 59, 59), zone)


def deadline(question: Question, zone: ZoneInfo) -> str:
    """`thứ Bảy, ngày 05/12/2026`; "" for a question from before there were deadlines."""
    return day(question.due_at.astimezone(zone).date()) if question.due_at else ""


def days_late(question: Question, now: datetime, zone: ZoneInfo) -> int:
    """Full days since the deadline, at least 1 once it is over; 0 before."""
    if question.due_at is None or now <= question.due_at:
        return 0
    return max(1, (now.astimezone(zone).date() - question.due_at.astimezone(zone).date()).days)


def moment_of(now: datetime, settings: Settings) -> Moment:
    """Now, as the settings have it."""
    return Moment(now, settings.zone, settings.question_days)

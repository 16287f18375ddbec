"""The members' rating: three questions, one press each, after a meeting, to those who were there.

Nothing is kept that leads from a member to an answer: a counter grows by one, and of the member only how many of the
questions are answered, and this until the round closes. Nothing is repeated back, so that our own messages do not tell
either. What is shown is the average of at least SOTAY_RATING_LEAST members, as one of the four words: where all have
said the same, a count would tell what each has said.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.clock import Clock
from bot.context import Context
from bot.courtesy import hail
from bot.dates import is_quiet
from bot.errors import BadInput, NotAllowed
from bot.flows.scoring import rights
from bot.flows.scoring.form import SINCE, label
from bot.invitations import name_of
from bot.messages import Choice, Reply
from bot.settings import Settings
from bot.texts import t
from storage import meetings, members, notes, rollcalls, scores
from storage.db import Database
from storage.meetings import Meeting
from storage.members import Standing
from storage.notes import Note
from storage.outbox import Lane
from storage.rollcalls import HERE
from storage.scores import ANSWERS, QUESTIONS, Answer

AFTER = timedelta(minutes=10)
"""An end that was pressed by mistake is taken back within these. [ours]"""
UNTIL = timedelta(days=2)
"""Of an older meeting nobody is asked any more. [ours]"""
BATCH, SHOWN = 20, 6


# --- asking ----------------------------------------------------------------------------------------------------------
def sweep(database: Database, settings: Settings, clock: Clock) -> int:
    """Ask those present at meetings that have just ended, in quiet hours not before the morning; close what is over."""
    now = clock.now()
    _close(database, settings, now)
    if not settings.rating or is_quiet(now, settings.zone, start=settings.quiet_from, end=settings.quiet_until):
        return 0
    span = (now - UNTIL, now - AFTER)
    with database.reading() as session:
        if not scores.anything_to_ask(session, span):
            return 0
    with database.transaction() as session:
        found = scores.to_ask(session, span, BATCH)
        return sum(_ask_all(session, settings, clock, meeting) for meeting in found)


def _close(database: Database, settings: Settings, now: datetime) -> None:
    with database.reading() as session:
        over = scores.to_close(session, now - timedelta(days=settings.rating_days), BATCH)
    if over:
        with database.transaction() as session:
            for meeting_id in over:
                scores.close_round(session, meeting_id, now)


def _ask_all(session: Session, settings: Settings, clock: Clock, meeting: Meeting) -> int:
    there = [
        member.id or 0
        for member, row in rollcalls.of_meeting(session, meeting.id or 0)
        if row.state in HERE and not row.doubtful and member.standing != Standing.SUPPORTER
    ]
    scores.begin_round(session, meeting.id or 0, clock.now(), len(there))
    name = name_of(meeting, settings.zone)
    told = {each: _note(meeting, each, hail(members.get(session, each)), name) for each in there}
    return notes.tell_all(session, there, told, clock.now())


def _note(meeting: Meeting, member_id: int, who: str, name: str) -> Note:
    text = f"{t('scoring.rate-begin', who=who, name=name)}\n{_question(1)}"
    choices = [asdict(each) for each in _answers(meeting.id or 0, 1)]
    once = f"rating:{meeting.id}:{member_id}"
    return Note(text, f"rating:{meeting.id}", choices, once=once, lane=Lane.BULK)


def _question(number: int) -> str:
    return t("scoring.rate-question", number=number, count=QUESTIONS, text=t(f"scoring.rate-{number}"))


def _answers(meeting_id: int, question: int) -> tuple[Choice, ...]:
    return tuple(
        Choice("scoring.rate", t(f"scoring.answer-{answer}"), f"{meeting_id}:{question}:{answer}")
        for answer in range(1, ANSWERS + 1)
    )


# --- answering -------------------------------------------------------------------------------------------------------
def rate(ctx: Context, argument: str) -> Reply:
    """Count one answer and ask the next question. Only those who were there answer; each question once."""
    meeting_id, question, answer = (int(part) for part in argument.split(":"))
    meeting = meetings.get(ctx.db, meeting_id)
    row = rollcalls.of(ctx.db, meeting_id, ctx.my_id)
    this = scores.rating_round(ctx.db, meeting_id)
    if this is None or row is None or row.doubtful or row.state not in HERE:
        raise NotAllowed
    if this.closed_at is not None or ctx.now > this.asked_at + timedelta(days=ctx.settings.rating_days):
        raise BadInput("scoring.rate-over")
    given, least = Answer(question, answer), ctx.settings.rating_least
    counted = scores.rate(ctx.db, meeting_id, ctx.my_id, given, least=least)
    ctx.close_question()
    done = scores.answered(ctx.db, meeting_id, ctx.my_id)
    if done >= QUESTIONS:
        return Reply(t("scoring.rate-thanks" if counted else "scoring.rate-already"), ends=True)
    said = "" if counted else t("scoring.rate-once") + "\n"
    return Reply(f"{said}{_question(done + 1)}", _answers(meeting_id, done + 1), about=f"rating:{meeting.id}")


# --- reading the counts ----------------------------------------------------------------------------------------------
def begin(ctx: Context) -> Reply:
    """The counts of the last meeting, or the question of which one."""
    ctx.lead(rights.SEEING)
    found = scores.held(ctx.db, [top.path for top in ctx.led(rights.SEEING)], ctx.now - SINCE, SHOWN)
    if not found:
        return Reply(t("scoring.nothing"))
    if len(found) == 1:
        return counts(ctx, found[0])
    choices = tuple(Choice("scoring.ratings", label(ctx, each), str(each.id)) for each in found)
    return Reply(t("scoring.which-counts"), choices)


def counts(ctx: Context, meeting: Meeting) -> Reply:
    """Averages only, and none before enough have answered."""
    name = name_of(meeting, ctx.settings.zone)
    this = scores.rating_round(ctx.db, meeting.id or 0)
    back = (Choice("scoring.form", t("scoring.choice-back"), str(meeting.id)),)
    if this is None:
        return Reply(t("scoring.counts-none", name=name), back)
    least = ctx.settings.rating_least
    told = scores.told(ctx.db, meeting.id or 0, least=least)
    if not told:
        done = scores.done(ctx.db, meeting.id or 0)
        return Reply(t("scoring.counts-few", name=name, least=least, count=done, asked=this.asked), back)
    lines = [t("scoring.counts-head", name=name, told=this.told, asked=this.asked)]
    for number, given in sorted(told.items()):
        mean = t(f"scoring.answer-{_mean(given)}").lower()
        lines.append(t("scoring.counts-line", number=number, text=t(f"scoring.rate-{number}"), mean=mean))
    return Reply("\n".join([*lines, t("scoring.counts-how", least=least)]), back)


def _mean(given: list[int]) -> int:
    """The answer that is nearest to the average, halves to the worse one. `given`: how often each answer came."""
    return int(sum(answer * count for answer, count in enumerate(given, start=1)) / sum(given) + 0.5)

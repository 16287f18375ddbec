"""The list of what waits for an answer, for those who lead."""

from __future__ import annotations

from bot import dates
from bot.context import Context
from bot.flows.questions.wording import ANSWERING, LIST, clip, days_late, label, name_shown, place_of
from bot.messages import Choice, Reply
from bot.texts import t
from storage import organizations, questions
from storage.questions import Question


def still_open(ctx: Context, offset: int = 0) -> Reply:
    """The open questions of those whom the speaker leads, the most urgent first; in a group only how many."""
    ctx.lead(ANSWERING)
    led = ctx.led(ANSWERING)
    found = questions.waiting(ctx.db, [top.path for top in led])
    if not found:
        return Reply(t("questions.none-open"))
    late = sum(bool(days_late(each, ctx.now, ctx.settings.zone)) for each in found)
    head = t("questions.open-count-late" if late else "questions.open-count", count=len(found), late=late)
    if ctx.is_group:
        return Reply(head)
    shown = found[offset : offset + LIST]
    only = len(led) == 1 and all(each.organization_id == each.desk == led[0].id for each in found)
    rows = [_row(ctx, each, only=only) for each in shown]
    choices = [Choice("questions.answer", _answer_label(ctx, each, shown), str(each.id)) for each in shown]
    if len(found) > offset + LIST:
        choices.append(Choice("questions.page", t("questions.next-page"), str(offset + LIST)))
    return Reply("\n".join([head, *rows]), tuple(choices))


def _row(ctx: Context, question: Question, *, only: bool) -> str:
    zone = ctx.settings.zone
    values = {
        "number": question.number,
        "name": name_shown(ctx.db, question),
        "day": dates.day(question.asked_at.astimezone(zone).date(), weekday=False),
        "text": clip(question.text),
    }
    row = t("questions.row", **values)
    if not only:
        row = t("questions.row-from", row=row, place=organizations.get(ctx.db, question.organization_id).name)
    if question.desk != question.organization_id:
        row = t("questions.row-at", row=row, place=place_of(ctx.db, question))
    late = days_late(question, ctx.now, zone)
    return t("questions.row-late", row=row, days=late) if late else row


def _answer_label(ctx: Context, question: Question, shown: list[Question]) -> str:
    """The number, and the branch where two on this page have the same."""
    plain = t("questions.answer-number", **label(question))
    if sum(each.number == question.number for each in shown) == 1:
        return plain
    return f"{plain} – {organizations.get(ctx.db, question.organization_id).name}"

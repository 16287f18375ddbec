"""The roll-up for a committee (tổng hợp kiến nghị): counts by branch, nobody's text and nobody's name."""

from __future__ import annotations

from bot.context import Context
from bot.flows.questions.wording import ANSWERING, LIST
from bot.messages import Choice, Reply
from bot.texts import t
from storage import question_counts
from storage.question_counts import Tally


def overview(ctx: Context, offset: int = 0) -> Reply:
    """This year's counts over everything that the speaker leads, then by branch; in a group only the sums."""
    ctx.lead(ANSWERING)
    led = ctx.led(ANSWERING)
    year = ctx.now.astimezone(ctx.settings.zone).year
    found = question_counts.by_branch(ctx.db, [top.path for top in led], ctx.now, year)
    if not found:
        return Reply(t("questions.rollup-none", year=year))
    lines = [_sum(found, year)]
    if ctx.is_group:
        return Reply(lines[0])
    if came := question_counts.forwarded_to(ctx.db, [top.id or 0 for top in led]):
        lines.append(t("questions.rollup-came", count=came))
    shown = found[offset : offset + LIST - 1]
    lines += [_row(each) for each in shown]
    choices = [
        Choice("questions.list", t("questions.see-list")),
        Choice("questions.export", t("questions.export-label")),
    ]
    if len(found) > offset + len(shown):
        choices.append(Choice("questions.rollup-page", t("questions.next-page"), str(offset + len(shown))))
    return Reply("\n".join(lines), tuple(choices))


def _sum(found: list[Tally], year: int) -> str:
    return t(
        "questions.rollup",
        year=year,
        asked=sum(each.asked for each in found),
        answered=sum(each.answered for each in found),
        open=sum(each.open for each in found),
        overdue=sum(each.overdue for each in found),
    )


def _row(tally: Tally) -> str:
    parts = [t("questions.rollup-open", count=tally.open)]
    if tally.overdue:
        parts.append(t("questions.rollup-overdue", count=tally.overdue))
    if tally.above:
        parts.append(t("questions.rollup-above", count=tally.above))
    parts.append(t("questions.rollup-answered", count=tally.answered))
    if tally.days is not None:
        parts.append(t("questions.rollup-days", days=_number(tally.days)))
    return t("questions.rollup-row", place=tally.name, counts=", ".join(parts))


def _number(value: float) -> str:
    """One decimal, with the comma that Vietnamese writes: `3,5`."""
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")

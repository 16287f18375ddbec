"""The question "when?": what was typed is read, and what is missing is asked for in words."""

from __future__ import annotations

from datetime import datetime

from bot.context import Context
from bot.dates import day, hour
from bot.matching import fold
from bot.messages import Choice
from bot.texts import t
from bot.when import Moment, Problem, Trouble, read_moment

HALVES_KNOWN = {"sang": 0, "toi": 1, "chieu": 1, "dem": 1}


def read(ctx: Context, text: str, said: str) -> Moment | Problem:
    """What `text` names; when it holds the day or the hour only, together with `said` just before."""
    found = read_moment(text, ctx.now, ctx.settings.zone)
    if isinstance(found, Moment) or not said:
        return found
    if found.trouble in {Trouble.NO_DAY, Trouble.NO_HOUR, Trouble.UNCLEAR}:
        together = read_moment(f"{text} {said}", ctx.now, ctx.settings.zone)
        if isinstance(together, Moment) or together.trouble is Trouble.WHICH_HALF:
            return together
    return found


def half(text: str, options: list[datetime]) -> datetime | None:
    """Which of the two halves of the day a few words pick ("buổi tối"); None when they pick none."""
    picked = {HALVES_KNOWN[word] for word in fold(text).split() if word in HALVES_KNOWN}
    return options[picked.pop()] if len(picked) == 1 else None


def explain(problem: Problem) -> str:
    """What is wrong or missing, and how to write it."""
    shown = day(problem.day) if problem.day else ""
    return t(f"meetings.when-{problem.trouble}", day=shown, written=problem.written)


def keeps(problem: Problem, text: str) -> str:
    """What of an incomplete answer is worth remembering for the next one."""
    return text if problem.trouble in {Trouble.NO_DAY, Trouble.NO_HOUR} else ""


def half_choices(action: str, options: list[datetime]) -> tuple[Choice, ...]:
    """The two halves of the day as choices."""
    morning, evening = options
    return (
        Choice(action, t("meetings.choice-morning", hour=hour(morning)), morning.isoformat()),
        Choice(action, t("meetings.choice-evening", hour=hour(evening)), evening.isoformat()),
    )


def way_out(*, back: bool = True) -> tuple[Choice, ...]:
    """The last choices of every step."""
    cancel = Choice("dialogue.cancel", t("dialogue.cancel"))
    return (Choice("dialogue.back", t("dialogue.back")), cancel) if back else (cancel,)

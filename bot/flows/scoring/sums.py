"""Half a year and a year of scores, by branch and for the commune, as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.errors import BadInput
from bot.flows.scoring.points import BANDS, band, shown
from bot.flows.scoring.rights import SEEING
from bot.messages import Choice, Reply
from bot.settings import Settings
from bot.texts import t
from storage import scores
from storage.scores import Scored

PART = 1900
"""Characters per message: Zalo takes 2,000."""
_YEAR = re.compile(r"\b(20\d\d)\b")
_HALF = re.compile(r"\b(?:nua|6 thang)\b")
_SECOND = re.compile(r"\b(?:cuoi|sau|hai|2)\b")
_FIRST = re.compile(r"\b(?:dau|mot|1)\b")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-year (1 or 2) or a year (0)."""

    year: int
    part: int

    def span(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From its first moment to that of the next one."""
        first, last = (7 if self.part == 2 else 1), (7 if self.part == 1 else 1)
        start = datetime(self.year, first, 1, tzinfo=zone)
        return start, datetime(self.year + (last == 1), last, 1, tzinfo=zone)

    def name(self) -> str:
        """`6 tháng cuối năm 2026`."""
        return t(f"scoring.period-{self.part}", year=self.year)


@dataclass(frozen=True, slots=True)
class Sum:
    """The scores of one branch, or of all together. `average` of meetings."""

    name: str
    count: int
    whole: float
    bands: Counter[str]

    @property
    def average(self) -> float:
        """Points of a meeting on average; 0 without any."""
        return round(self.whole / self.count, 1) if self.count else 0.0


def meant(folded: str, now: datetime, zone: ZoneInfo) -> Period | None:
    """The period that words such as "nua nam", "6 thang dau nam 2026", "nam" mean; None when they name none."""
    local = now.astimezone(zone)
    found = _YEAR.search(folded)
    year = int(found[1]) if found else local.year
    rest = _YEAR.sub(" ", folded)
    if _HALF.search(rest):
        named = rest.replace("6 thang", " ")
        current = 1 if local.month <= 6 else 2
        part = 2 if _SECOND.search(named) else 1 if _FIRST.search(named) else current
        return Period(year, part)
    return Period(year, 0) if found or re.search(r"\bnam\b", rest) else None


def sums(settings: Settings, rows: Iterable[Scored]) -> list[Sum]:
    """Per branch in the order of the rows, and behind them all together when there are several."""
    by_branch: dict[int, list[Scored]] = {}
    for row in rows:
        by_branch.setdefault(row.organization.id or 0, []).append(row)
    found = [_sum(settings, some[0].organization.name, some) for some in by_branch.values()]
    if len(found) > 1:
        found.append(_sum(settings, t("scoring.all-together"), [row for some in by_branch.values() for row in some]))
    return found


def _sum(settings: Settings, name: str, rows: list[Scored]) -> Sum:
    bands = Counter(band(settings, row.score.total) for row in rows)
    return Sum(name, len(rows), round(sum(row.score.total for row in rows), 1), bands)


def table(ctx: Context, words: str) -> list[Reply]:
    """The table of everything that the speaker leads. BadInput when the words name no period."""
    ctx.lead(SEEING)
    period = meant(words, ctx.now, ctx.settings.zone)
    if period is None:
        raise BadInput("scoring.which-period")
    paths = [top.path for top in ctx.led(SEEING)]
    rows = scores.scored(ctx.db, paths, period.span(ctx.settings.zone))
    if not rows:
        return [Reply(t("scoring.sums-none", period=period.name()))]
    lines = [
        t("scoring.sums-head", period=period.name()),
        *(_line(ctx.settings, each) for each in sums(ctx.settings, rows)),
    ]
    parts = [""]
    for line in lines:
        if parts[-1] and len(parts[-1]) + len(line) + 1 > PART:
            parts.append("")
        parts[-1] += ("\n" if parts[-1] else "") + line
    replies = [Reply(part) for part in parts]
    others = [Period(period.year, part) for part in (1, 2, 0) if part != period.part]
    choices = tuple(Choice("scoring.sums", each.name().capitalize(), f"{each.year}:{each.part}") for each in others)
    replies[-1] = Reply(parts[-1], choices)
    return replies


def table_of(ctx: Context, argument: str) -> list[Reply]:
    """The same for a pressed period."""
    year, part = argument.split(":")
    return table(ctx, {"0": "nam", "1": "nua dau nam", "2": "nua cuoi nam"}[part] + f" {year}")


def _line(settings: Settings, found: Sum) -> str:
    bands = ", ".join(
        t("scoring.sums-band", band=t(f"scoring.band-{each}"), count=found.bands[each])
        for each in BANDS
        if found.bands[each]
    )
    return t(
        "scoring.sums-line", name=found.name, count=found.count, whole=shown(found.whole),
        average=shown(found.average), band=t(f"scoring.band-{band(settings, found.average)}"), bands=bands,
    )  # fmt: skip

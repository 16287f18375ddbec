"""What a broadcast costs, in the lines that are read before it is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.dates import day, hour, next_month
from bot.messages import Platform
from bot.quota.digests import digest_moment
from bot.quota.plans import Part, Plan
from bot.quota.rules import Way
from bot.settings import Settings
from bot.texts import t


def number(count: int) -> str:
    """`3.000`."""
    return f"{count:,}".replace(",", ".")


def lines(plan: Plan, settings: Settings, now: datetime) -> list[str]:
    """One line on the cost and, where the month is tight, one on how it goes and why. [] when nobody is reached."""
    costs = [_cost(platform, parts) for platform, parts in _by_platform(plan)]
    short = [part for part in plan.parts if part.is_short]
    if not short:
        return [" ".join(costs)] if costs else []
    how = _how_one(short[0], settings, now) if len(plan.parts) == 1 else _how_many(short)
    waits = sum(part.verdict.waits for part in short)
    if waits:
        first = day(next_month(now, settings.zone).date(), weekday=False)
        how += " " + t("quota.waits", waits=number(waits), day=first)
    return [" ".join(costs), how.strip()]


def _by_platform(plan: Plan) -> list[tuple[str, list[Part]]]:
    found: dict[str, list[Part]] = {}
    for part in plan.parts:
        found.setdefault(part.channel.platform, []).append(part)
    return sorted(found.items(), reverse=True)  # Zalo, the one with a limit, first


def _cost(platform: str, parts: Sequence[Part]) -> str:
    messages = sum(part.verdict.cost for part in parts)
    name = t("quota.zalo" if platform == Platform.ZALO else "quota.telegram")
    values = {"platform": name, "messages": number(messages)}
    limited = [part for part in parts if part.room.quota]
    if not limited:
        return t("quota.cost", **values)
    if len(limited) == 1:
        room = limited[0].room
        return t("quota.cost-left", **values, left=number(room.left), quota=number(room.quota))
    short = sum(part.is_short for part in limited)
    return t("quota.cost-many" if short else "quota.cost-enough", **values, channels=len(limited), short=short)


def _how_one(part: Part, settings: Settings, now: datetime) -> str:
    verdict, need = part.verdict, part.need
    if verdict.way is Way.GROUP:
        alone = need.persons - need.covered
        return t("quota.how-group-some", alone=alone) if alone else t("quota.how-group")
    if verdict.way is Way.DIGEST:
        at = digest_moment(settings, now).astimezone(settings.zone)
        return t("quota.how-digest", when=f"{hour(at)}, {day(at.date())}")
    return ""


def _how_many(short: Sequence[Part]) -> str:
    groups = sum(part.verdict.way is Way.GROUP for part in short)
    digests = sum(part.verdict.way is Way.DIGEST for part in short)
    if groups and digests:
        return t("quota.how-many", groups=groups, digests=digests)
    if groups:
        return t("quota.how-many-groups", groups=groups)
    return t("quota.how-many-digests", digests=digests) if digests else ""

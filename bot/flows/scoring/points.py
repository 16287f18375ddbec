"""The form's criteria in their order, points by halves, and the bands of their sum."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor

from bot.settings import Settings

CRITERIA = ("time", "attendance", "preparation", "organization", "leading", "principles", "last-month", "ending")
"""Domain.md, "Scoring the meeting"; the weights are the setting score_weights."""
BANDS = ("good", "fair", "average", "poor")


def half(points: float) -> float:
    """Rounded down to half a point: no share of a rule is rounded up to the whole."""
    return floor(points * 2 + 1e-9) / 2


def shown(points: float) -> str:
    """`4,5`, `30`."""
    return f"{points:.1f}".removesuffix(".0").replace(".", ",")


def band(settings: Settings, total: float) -> str:
    """Tốt ≥ 90, Khá 70–<90, Trung bình 50–<70, Kém < 50 (domain.md; the setting score_bands)."""
    limits = settings.score_bands
    return next((name for name, limit in zip(BANDS, limits, strict=False) if total >= limit), BANDS[-1])


def total(points: Mapping[str, float]) -> float:
    """The sum over all criteria."""
    return round(sum(points[each] for each in CRITERIA), 1)


def step(weight: float) -> float:
    """What "one step less" takes off: a tenth of the weight, at least half a point. [ours]"""
    return max(0.5, half(weight / 10))

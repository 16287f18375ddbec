"""What will go to whom and what it costs, before anything is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.context import Context
from bot.dates import day, month
from bot.flows.documents.notices import shortened
from bot.messages import Platform
from bot.texts import t
from storage import audience, channels, files, organizations
from storage.audience import Reach


def text(ctx: Context, data: dict[str, Any]) -> str:
    """The preview, at most seven lines."""
    organization = organizations.get(ctx.db, data["organization_id"])
    reach = audience.reach(ctx.db, organization.path)
    issued_on = date.fromisoformat(data["issued_on"]) if data.get("issued_on") else None
    number = data["number"] or t("documents.no-number")
    lines = [
        t("documents.preview-head"),
        t("documents.dated", title=number, day=day(issued_on, weekday=False)) if issued_on else number,
        t("documents.preview-summary", summary=shortened(data["summary"], 200)),
        t("documents.preview-paper", paper=_paper(ctx, data)),
        t(
            "documents.preview-audience", name=organization.name, members=reach.members,
            reachable=reach.reachable, missing=reach.members - reach.reachable, groups=reach.groups,
        ),
        _cost(ctx, reach),
    ]  # fmt: skip
    return "\n".join(lines)


def _paper(ctx: Context, data: dict[str, Any]) -> str:
    pictures = sum(1 for each in data["files"] if each["picture"])
    names = [files.get(ctx.db, each["id"]).name for each in data["files"] if not each["picture"]]
    parts = [shortened(name, 40) for name in names[:2]]
    if len(names) > 2:
        parts.append(t("documents.preview-more-files", count=len(names) - 2))
    if pictures:
        parts.append(t("documents.preview-photos", count=pictures))
    if data["body"]:
        parts.append(t("documents.preview-text"))
    return ", ".join(parts)


def _cost(ctx: Context, reach: Reach) -> str:
    parts = []
    for channel_id, messages in sorted(reach.messages.items()):
        channel = channels.get(ctx.db, channel_id)
        name = t("documents.zalo" if channel.platform == Platform.ZALO else "documents.telegram")
        part = t("documents.cost", platform=name, messages=messages)
        if channel.monthly_quota:
            left = channel.monthly_quota - channels.used(ctx.db, channel_id, month(ctx.now, ctx.settings.zone))
            key = "documents.cost-left" if left >= messages else "documents.cost-too-much"
            part += " " + t(key, left=max(left, 0))
        parts.append(part)
    return t("documents.preview-cost", cost=", ".join(parts)) if parts else t("documents.preview-nobody")

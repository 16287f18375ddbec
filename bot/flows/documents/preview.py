"""What will go to whom and what it costs, before anything is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.context import Context
from bot.dates import day
from bot.flows.documents import register
from bot.flows.documents.notices import shortened
from bot.messages import Choice
from bot.quota.plans import Plan
from bot.quota.preview import lines as cost_lines
from bot.texts import t
from storage import audience, files, organizations
from storage.organizations import Organization


def show(ctx: Context, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
    """The preview with its choices; one more where the plan is not to write to each, and that would be possible."""
    organization = organizations.get(ctx.db, data["organization_id"])
    plan = register.planned(ctx, organization, register.document_of(ctx, organization, data))
    privately = Choice("documents.send", t("quota.privately-label"), "private")
    return _text(ctx, organization, data, plan), (
        Choice("documents.send", t("documents.send-label")),
        Choice("documents.change-number", t("documents.change-number")),
        Choice("documents.change-summary", t("documents.change-summary")),
        *([privately] if plan.may_insist else []),
    )


def _text(ctx: Context, organization: Organization, data: dict[str, Any], plan: Plan) -> str:
    """At most eight lines."""
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
        *(cost_lines(plan, ctx.settings, ctx.now) or [t("documents.preview-nobody")]),
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

"""What will go to whom and what it costs, before anything is sent."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.context import Context
from bot.dates import day
from bot.flows.documents import register
from bot.flows.documents.details import kind_in, kind_name
from bot.flows.documents.notices import shortened
from bot.flows.documents.numbers import number_key
from bot.flows.documents.options import end_of, summed_up
from bot.flows.documents.picking import described, target_of
from bot.flows.documents.register import Order
from bot.flows.documents.weblinks import link_in
from bot.matching import fold
from bot.messages import Choice
from bot.quota.plans import Plan
from bot.quota.preview import lines as cost_lines
from bot.texts import t
from storage import documents, files, readers
from storage.documents import LISTED, Document, DocumentState
from storage.readers import Target


def show(ctx: Context, data: dict[str, Any]) -> tuple[str, tuple[Choice, ...]]:
    """The preview with its choices; one more where the plan is not to write to each, and that would be possible."""
    order = order_of(ctx, data)
    plan = register.planned(register.Office.of(ctx), order)
    privately = Choice("documents.send", t("quota.privately-label"), "private")
    scope = Choice("publishing.scope", t("publishing.scope-label"))
    return _text(ctx, data, order, plan), (
        Choice("documents.send", t("documents.send-label")),
        Choice("publishing.correct", t("publishing.correct-label")),
        *([] if data.get("replaces") else [scope]),  # a new version goes to the readers of the one before
        Choice("publishing.options", t("publishing.options-label")),
        *([privately] if plan.may_insist else []),
    )


def order_of(ctx: Context, data: dict[str, Any], *, privately: bool = False) -> Order:
    """What was drafted, to be planned or published."""
    target = _target(ctx, data)
    return Order(
        document_of(ctx, data, target), target, data["files"], data["gate"], data.get("confirmed_by"), privately
    )


def _target(ctx: Context, data: dict[str, Any]) -> Target:
    """The chosen audience; of a new version the readers of the one before."""
    target = target_of(ctx, data)
    earlier = documents.get(ctx.db, data["replaces"]) if data.get("replaces") else None
    if earlier is None or earlier.audience != LISTED:
        return target
    return Target(target.path, readers_of=earlier.id or 0)


def document_of(ctx: Context, data: dict[str, Any], target: Target) -> Document:
    """What was drafted as a document that is not stored yet."""
    number, summary, check = data["number"], data["summary"], data.get("check") or {}
    earlier = documents.get(ctx.db, data["replaces"]) if data.get("replaces") else None
    return Document(
        organization_id=data["organization_id"],
        number=number,
        number_key=number_key(number),
        kind=kind_in(data),
        issued_on=_date(data, "issued_on"),
        issuer=data.get("issuer", ""),
        summary=summary,
        search_key=fold(f"{number} {summary}"),
        body=data["body"],
        state=DocumentState.PUBLISHED,
        created_by=ctx.my_id,
        created_at=ctx.now,
        published_at=ctx.now,
        version=earlier.version + 1 if earlier else 1,
        replaces_id=earlier.id if earlier else None,
        read_by=end_of(last, ctx.settings.zone) if (last := _date(data, "read_by")) else None,
        expires_on=_date(data, "expires_on"),
        audience=register.audience_of(target),
        section=data.get("section", ""),
        downloadable=not data.get("kept_here"),
        check_question=check.get("question", ""),
        check_choices=check.get("choices", []),
        check_right=check.get("right", 0),
    )


def _date(data: dict[str, Any], key: str) -> date | None:
    return date.fromisoformat(data[key]) if data.get(key) else None


def _text(ctx: Context, data: dict[str, Any], order: Order, plan: Plan) -> str:
    """At most six lines on a phone."""
    reach = readers.reach(ctx.db, order.target)
    costs = cost_lines(plan, ctx.settings, ctx.now) or [t("documents.preview-nobody")]
    name = t("publishing.readers-before") if order.target.readers_of else described(ctx, data)
    key = "documents.preview-audience" if order.target.is_everybody else "publishing.preview-listed"
    lines = [
        t("documents.preview-head"),
        _heading(data, order.document),
        t("documents.preview-summary", summary=shortened(data["summary"], 200)),
        "; ".join([t("documents.preview-paper", paper=_paper(ctx, data)), *summed_up(data)]),
        t(
            key, name=name, members=reach.members, reachable=reach.reachable,
            missing=reach.members - reach.reachable, groups=reach.groups,
        ),
        " ".join(costs),
    ]  # fmt: skip
    return "\n".join(lines)


def _heading(data: dict[str, Any], document: Document) -> str:
    """ "Nghị quyết 21-NQ/TW, ngày 16/06/2022, Ban Chấp hành Trung ương"."""
    kind = kind_name(document.kind)
    number = data["number"] or ("" if kind else t("documents.no-number"))
    title = " ".join(filter(None, (kind, number)))
    if document.issued_on is not None:
        title = t("documents.dated", title=title, day=day(document.issued_on, weekday=False))
    parts = [title, shortened(data.get("issuer", ""), 50)]
    if document.replaces_id is not None:
        parts.append(t("publishing.preview-version", version=document.version))
    return ", ".join(filter(None, parts))


def _paper(ctx: Context, data: dict[str, Any]) -> str:
    pictures = sum(1 for each in data["files"] if each["picture"])
    names = [files.get(ctx.db, each["id"]).name for each in data["files"] if not each["picture"]]
    parts = [shortened(name, 40) for name in names[:2]]
    if len(names) > 2:
        parts.append(t("documents.preview-more-files", count=len(names) - 2))
    if pictures:
        parts.append(t("documents.preview-photos", count=pictures))
    if data["body"]:
        link = link_in(data["body"]) if len(data["body"].split()) <= 12 else ""
        parts.append(t("publishing.preview-link", link=shortened(link, 60)) if link else t("documents.preview-text"))
    return ", ".join(parts)

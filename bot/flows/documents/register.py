"""Publishing itself: the document, a reading for everybody it is for, one broadcast; all in one transaction."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.context import Context
from bot.flows.documents import notices, pdfs
from bot.flows.documents.filetypes import PDF
from bot.flows.documents.numbers import kind_of, number_key
from bot.matching import fold
from bot.messages import Reply
from bot.quota.plans import Plan, Wanted
from bot.quota.plans import plan as plan_of
from bot.quota.preview import lines
from bot.texts import t
from storage import audience, documents, files
from storage.audience import Reach
from storage.broadcasts import Broadcast
from storage.documents import Document, DocumentState
from storage.organizations import Organization


def publish(ctx: Context, organization: Organization, data: dict[str, Any], *, privately: bool = False) -> Reply:
    """Register the draft and send it on its way. Returns the answer to the sender.

    `privately`: to each person wherever that is possible, whatever the quota planner proposes.
    """
    document = document_of(ctx, organization, data)
    plan = planned(ctx, organization, document)
    plan = plan.insist() if privately else plan
    file_ids = _bound(ctx, data["files"], notices.title(document))
    document_id = documents.add(ctx.db, document, file_ids)
    members = documents.enroll(ctx.db, document_id, organization.path)
    reach = audience.reach(ctx.db, organization.path)
    ctx.db.add(_broadcast(ctx, organization, document, file_ids, plan=plan))
    ctx.audit(
        "document.published", f"document:{document_id}", organization=organization.id, members=members,
        files=len(file_ids), gate=data["gate"], confirmed_by=data.get("confirmed_by"),
    )  # fmt: skip
    return Reply(_answer(ctx, document, reach, plan), about=f"document:{document_id}")


def planned(ctx: Context, organization: Organization, document: Document) -> Plan:
    """How it would go on each channel now, and what that costs."""
    letter = notices.letter(document, linked=bool(ctx.links.public_url))
    return plan_of(ctx.db, ctx.settings, ctx.now, Wanted(organization.path, letter))


def _answer(ctx: Context, document: Document, reach: Reach, plan: Plan) -> str:
    title = notices.title(document)
    key = "documents.published-group" if plan.posts_only else "documents.published"
    answer = [t(key, title=title, reachable=reach.reachable, groups=reach.groups)]
    answer += lines(plan, ctx.settings, ctx.now)[1:]
    if reach.members > reach.reachable:
        answer.append(t("documents.published-missing", missing=reach.members - reach.reachable))
    return "\n".join(answer)


def document_of(ctx: Context, organization: Organization, data: dict[str, Any]) -> Document:
    """What was drafted as a document that is not stored yet."""
    number, summary = data["number"], data["summary"]
    return Document(
        organization_id=organization.id or 0,
        number=number,
        number_key=number_key(number),
        kind=kind_of(number) or kind_of(summary),
        issued_on=date.fromisoformat(data["issued_on"]) if data.get("issued_on") else None,
        issuer=data.get("issuer", ""),
        summary=summary,
        search_key=fold(f"{number} {summary}"),
        body=data["body"],
        state=DocumentState.PUBLISHED,
        created_by=ctx.my_id,
        created_at=ctx.now,
        published_at=ctx.now,
    )


def _broadcast(
    ctx: Context, organization: Organization, document: Document, file_ids: list[int], *, plan: Plan
) -> Broadcast:
    document_id = document.id or 0
    post = "documents.group-post" if plan.is_private else "documents.group-post-only"
    return Broadcast(
        path=organization.path,
        about=f"document:{document_id}",
        text=notices.letter(document, linked=bool(ctx.links.public_url)),
        group_text=t(post, title=notices.dated(document), summary=document.summary),
        choices=notices.as_rows(notices.choices(document_id)),
        file_id=file_ids[0] if file_ids else None,
        linked=True,
        lane=plan.lane,
        plan=plan.ways(),
        made_by=ctx.my_id,
        made_at=ctx.now,
        title=t("broadcasts.title-document", title=notices.title(document)),
    )


def _bound(ctx: Context, drafted: list[dict[str, Any]], title: str) -> list[int]:
    """The files to publish in order; several photos become one PDF, in the place of the first of them."""
    photos = [int(each["id"]) for each in drafted if each["picture"]]
    if len(photos) < 2:
        return [int(each["id"]) for each in drafted]
    content = pdfs.bind([ctx.store.path(files.get(ctx.db, photo).sha256).read_bytes() for photo in photos])
    name = "".join(char if char.isalnum() or char in " -" else "-" for char in title)[:60].strip() or "van-ban"
    bound = ctx.store.keep(ctx.db, content, name=f"{name}{PDF.ending}", mime=PDF.mime, at=ctx.now)
    ids = [int(each["id"]) for each in drafted if not each["picture"] or int(each["id"]) == photos[0]]
    return [bound.id or 0 if file_id == photos[0] else file_id for file_id in ids]

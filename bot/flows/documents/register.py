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
from bot.texts import t
from storage import audience, documents, files
from storage.broadcasts import Broadcast
from storage.documents import Document, DocumentState
from storage.organizations import Organization
from storage.outbox import Lane


def publish(ctx: Context, organization: Organization, data: dict[str, Any]) -> Reply:
    """Register the draft and send it on its way. Returns the answer to the sender."""
    document = _document(ctx, organization, data)
    file_ids = _bound(ctx, data["files"], notices.title(document))
    document_id = documents.add(ctx.db, document, file_ids)
    members = documents.enroll(ctx.db, document_id, organization.path)
    reach = audience.reach(ctx.db, organization.path)
    ctx.db.add(_broadcast(ctx, organization, document, file_ids))
    ctx.audit(
        "document.published", f"document:{document_id}", organization=organization.id, members=members,
        files=len(file_ids), gate=data["gate"], confirmed_by=data.get("confirmed_by"),
    )  # fmt: skip
    answer = t("documents.published", title=notices.title(document), reachable=reach.reachable, groups=reach.groups)
    if reach.members > reach.reachable:
        answer += "\n" + t("documents.published-missing", missing=reach.members - reach.reachable)
    return Reply(answer, about=f"document:{document_id}")


def _document(ctx: Context, organization: Organization, data: dict[str, Any]) -> Document:
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


def _broadcast(ctx: Context, organization: Organization, document: Document, file_ids: list[int]) -> Broadcast:
    document_id = document.id or 0
    return Broadcast(
        path=organization.path,
        about=f"document:{document_id}",
        text=notices.letter(document, linked=bool(ctx.links.public_url)),
        group_text=t("documents.group-post", title=notices.dated(document), summary=document.summary),
        choices=notices.as_rows(notices.choices(document_id)),
        file_id=file_ids[0] if file_ids else None,
        linked=True,
        lane=Lane.BULK,
        made_by=ctx.my_id,
        made_at=ctx.now,
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

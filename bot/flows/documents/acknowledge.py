"""Đã đọc: by a press, a number or words, once per member and document, taken back as easily."""

from __future__ import annotations

from bot.context import Context
from bot.errors import Refused
from bot.flows.documents import notices
from bot.flows.documents.numbers import meet, number_key
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents, organizations
from storage.documents import Document, DocumentState

LIST = 6
"""Entries of a list on a phone (product.md, C5)."""


def known(ctx: Context, document_id: int) -> Document:
    """The document, if it is published and for the speaker; else Refused, which says why."""
    document = documents.get(ctx.db, document_id)
    if not (documents.is_for(ctx.db, document, ctx.me) or _oversees(ctx, document)):
        raise Refused("documents.not-yours")
    if document.state != DocumentState.PUBLISHED:
        raise Refused("documents.withdrawn", title=notices.title(document))
    return document


def _oversees(ctx: Context, document: Document) -> bool:
    path = organizations.get(ctx.db, document.organization_id).path
    return any(path.startswith(top.path) or top.path.startswith(path) for top in ctx.led())


def read(ctx: Context, document_id: int) -> Reply:
    """The speaker has read this one."""
    document = known(ctx, document_id)
    if not documents.is_for(ctx.db, document, ctx.me):
        raise Refused("documents.not-yours")
    documents.acknowledge(ctx.db, document_id, ctx.my_id, at=ctx.now, how="chat")
    return _receipt(document)


def read_all(ctx: Context, document_ids: list[int]) -> Reply:
    """The speaker has read all that were listed."""
    titles = [notices.title(known(ctx, document_id)) for document_id in document_ids]
    for document_id in document_ids:
        documents.acknowledge(ctx.db, document_id, ctx.my_id, at=ctx.now, how="chat")
    undo = Choice("documents.undo", t("documents.undo-label"), ",".join(map(str, document_ids)))
    right = Choice("documents.right", t("documents.right-label"))
    return Reply(t("documents.acknowledged-all", count=len(titles), titles=", ".join(titles)), (right, undo))


def said(ctx: Context, words: str) -> Reply:
    """ "Đã đọc" in words, perhaps with a number: the one that is meant, or the question which."""
    unread = documents.unread(ctx.db, ctx.my_id)
    key = number_key(words)
    if key:
        shelf = documents.shelf(ctx.db, ctx.my_branch.path)
        named = [document for document in shelf if meet(document.number_key, key)]
        fitting = [document for document in named if document in unread] or named[:1]
        if fitting:
            return read(ctx, fitting[0].id or 0) if len(fitting) == 1 else which(fitting)
    if len(unread) > 1:
        return which(unread)
    if unread:
        return read(ctx, unread[0].id or 0)
    done = documents.acknowledged_ids(ctx.db, ctx.my_id)
    last = next((each for each in documents.shelf(ctx.db, ctx.my_branch.path) if each.id in done), None)
    return _receipt(last) if last is not None else Reply(t("documents.nothing-to-read"))


def which(unread: list[Document]) -> Reply:
    """Several are open: which one?"""
    listed = unread[:LIST]
    rows = [Choice("documents.read", notices.line(each), str(each.id)) for each in listed]
    everything = ",".join(str(each.id) for each in listed)
    return Reply(
        t("documents.which-read", count=len(unread)),
        (*rows, Choice("documents.read-all", t("documents.all-label"), everything)),
    )


def undo(ctx: Context, document_ids: list[int]) -> Reply:
    """Not read after all."""
    for document_id in document_ids:
        documents.take_back(ctx.db, document_id, ctx.my_id)
    return Reply(t("documents.taken-back"))


def read_in_group(ctx: Context, document_id: int) -> Reply | None:
    """Said in the group: it counts, the group gets nothing, the receipt comes in private."""
    document = documents.get(ctx.db, document_id)
    if document.state != DocumentState.PUBLISHED or not documents.is_for(ctx.db, document, ctx.me):
        return None
    new = documents.acknowledge(ctx.db, document_id, ctx.my_id, at=ctx.now, how="chat")
    private = ctx.address_of(ctx.my_id)
    if not new or private is None:
        return None
    receipt = _receipt(document)
    return Reply(receipt.text, receipt.choices, to=private, about=receipt.about)


def _receipt(document: Document) -> Reply:
    return Reply(
        t("documents.acknowledged", title=notices.title(document)),
        (
            Choice("documents.right", t("documents.right-label")),
            Choice("documents.undo", t("documents.undo-label"), str(document.id)),
        ),
        about=f"document:{document.id}",
    )

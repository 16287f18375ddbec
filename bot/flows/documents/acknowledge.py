"""Đã đọc: by a press, a number or words, once per member and version, taken back as easily.

An acknowledgement never lands on a wrong version: who names a version that was replaced is shown the one in force, and
bare words or a number count only for a version that has come before the speaker.
"""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.errors import Refused
from bot.flows.documents import check, notices
from bot.flows.documents.check import Asked
from bot.flows.documents.numbers import beginning, meet, number_key
from bot.flows.documents.shelf import sight_of
from bot.messages import Choice, Reply
from bot.texts import t
from storage import chasing, documents, shelves, sight
from storage.documents import Document, DocumentState

LIST = 6
"""Entries of a list on a phone (product.md, C5)."""
OVER = {
    DocumentState.REPLACED: "acknowledging.replaced",
    DocumentState.EXPIRED: "acknowledging.expired",
    DocumentState.DRAFT: "documents.not-yours",
}


def known(ctx: Context, document_id: int) -> Document:
    """The document, if it is in force and for the speaker; else Refused, which says why."""
    document = documents.get(ctx.db, document_id)
    if not (documents.is_for(ctx.db, document, ctx.me) or is_seen(ctx, document_id)):
        raise Refused("documents.not-yours")
    if document.state == DocumentState.WITHDRAWN:
        raise notices.gone(document)
    if document.state != DocumentState.PUBLISHED:
        raise Refused(OVER[DocumentState(document.state)], title=notices.title(document))
    return document


def is_seen(ctx: Context, document_id: int) -> bool:
    """Whether the speaker may see it, as a member or a leader, whatever has become of it."""
    return sight.sees(ctx.db, sight_of(ctx), document_id, states=tuple(DocumentState))


def read(ctx: Context, document_id: int) -> Reply:
    """The speaker has read this one, which the message that they answer has named or shown."""
    newer = newer_than(ctx, document_id)
    return newer if newer is not None else _take(ctx, _mine(ctx, document_id))


def newer_than(ctx: Context, document_id: int) -> Reply | None:
    """The version in force, shown, when this one was replaced; None when it is in force itself, or none is."""
    if documents.get(ctx.db, document_id).state != DocumentState.REPLACED:
        return None
    current = documents.current_version(ctx.db, document_id)
    if current.state != DocumentState.PUBLISHED or not documents.is_for(ctx.db, current, ctx.me):
        return None
    return _first_shown(ctx, current)


def _first_shown(ctx: Context, document: Document) -> Reply:
    """Here is the version in force: nothing is recorded before it was seen."""
    shown = notices.shown(ctx, document)
    head = t("acknowledging.newer-version", title=notices.title(document), version=document.version)
    return replace(shown, text=f"{head}\n{shown.text}")


def _mine(ctx: Context, document_id: int) -> Document:
    document = known(ctx, document_id)
    if not documents.is_for(ctx.db, document, ctx.me):
        raise Refused("documents.not-yours")
    return document


def _take(ctx: Context, document: Document, rest: tuple[int, ...] = ()) -> Reply:
    """Record it, or ask the document's short question first."""
    question = check.ask(ctx, document, rest) if check.applies(ctx, document) else None
    if question is not None:
        return question
    documents.acknowledge(ctx.db, document.id or 0, ctx.my_id, at=ctx.now, how="chat")
    return receipt(document)


def _take_named(ctx: Context, document: Document) -> Reply:
    """The speaker has read "21-NQ/TW", or simply "đã đọc": no message tells which version they mean."""
    if document.replaces_id is not None and not chasing.was_shown(ctx.db, document.id or 0, ctx.my_id):
        return _first_shown(ctx, document)
    return _take(ctx, document)


def answer_check(ctx: Context, argument: str) -> Reply:
    """An answer to the short question: right, once more, or recorded all the same."""
    asked, place = check.Asked.read(argument)
    ctx.close_question()
    newer = newer_than(ctx, asked.document_id)
    if newer is not None:
        return newer
    document = _mine(ctx, asked.document_id)
    right = place == document.check_right
    tries = asked.tries + 1
    if not right and tries < check.TRIES:
        return check.again(ctx, document, Asked(asked.document_id, tries, asked.rest))
    documents.acknowledge(ctx.db, asked.document_id, ctx.my_id, at=ctx.now, how="chat")
    if right:
        documents.pass_check(ctx.db, asked.document_id, ctx.my_id, ctx.now)
    said = t("acknowledging.check-right" if right else "acknowledging.check-missed")
    done = receipt(document)
    following = _next_check(ctx, asked.rest)
    if following is None:
        return replace(done, text=f"{said}\n{done.text}")
    done_text = t("acknowledging.recorded-brief", title=notices.title(document))
    return replace(following, text=f"{said} {done_text}\n{following.text}")


def _next_check(ctx: Context, rest: tuple[int, ...]) -> Reply | None:
    for place, document_id in enumerate(rest):
        document = documents.get(ctx.db, document_id)
        if document.state == DocumentState.PUBLISHED and check.applies(ctx, document):
            return check.ask(ctx, document, rest[place + 1 :])
    return None


def read_all(ctx: Context, document_ids: list[int]) -> Reply:
    """The speaker has read all that were listed; a list that has become old is shown anew."""
    found = [documents.get(ctx.db, document_id) for document_id in document_ids]
    old = next((each for each in found if each.state == DocumentState.REPLACED), None)
    newer = newer_than(ctx, old.id or 0) if old else None
    if newer is not None:
        return newer
    papers = [_mine(ctx, document_id) for document_id in document_ids]
    asking = [each.id or 0 for each in papers if check.applies(ctx, each)]
    plain = [each for each in papers if each.id not in asking]
    for document in plain:
        documents.acknowledge(ctx.db, document.id or 0, ctx.my_id, at=ctx.now, how="chat")
    if asking:
        question = _take(ctx, documents.get(ctx.db, asking[0]), tuple(asking[1:]))
        done = [t("acknowledging.recorded-brief", title=_titles(plain))] if plain else []
        return replace(question, text="\n".join([*done, question.text]))
    undo = Choice("documents.undo", t("documents.undo-label"), ",".join(map(str, document_ids)))
    right = Choice("documents.right", t("documents.right-label"))
    return Reply(t("documents.acknowledged-all", count=len(plain), titles=_titles(plain)), (right, undo))


def _titles(papers: list[Document]) -> str:
    return ", ".join(notices.title(each) for each in papers)


def said(ctx: Context, words: str) -> Reply:
    """ "Đã đọc" in words, perhaps with a number: the one that is meant, or the question which."""
    unread = documents.unread(ctx.db, ctx.my_id)
    key = number_key(words)
    if key:
        mine = shelves.with_number(ctx.db, sight_of(ctx).own(), beginning(key))
        named = [document for document in mine if meet(document.number_key, key)]
        fitting = [document for document in named if document in unread] or named[:1]
        if fitting:
            return _take_named(ctx, fitting[0]) if len(fitting) == 1 else which(fitting)
    if len(unread) > 1:
        return which(unread)
    if unread:
        return _take_named(ctx, unread[0])
    last = shelves.last_acknowledged(ctx.db, ctx.my_id)
    return receipt(last) if last is not None else Reply(t("documents.nothing-to-read"))


def which(unread: list[Document]) -> Reply:
    """Several are open: which one?"""
    listed = unread[:LIST]
    rows = [Choice("documents.read", _line(each), str(each.id)) for each in listed]
    everything = ",".join(str(each.id) for each in listed)
    return Reply(
        t("documents.which-read", count=len(unread)),
        (*rows, Choice("documents.read-all", t("documents.all-label"), everything)),
    )


def _line(document: Document) -> str:
    """As in other lists, with the version of a paper that has replaced another: the press names it."""
    line = notices.line(document)
    return t("acknowledging.version-line", version=document.version, line=line) if document.replaces_id else line


def undo(ctx: Context, document_ids: list[int]) -> Reply:
    """Not read after all."""
    for document_id in document_ids:
        documents.take_back(ctx.db, document_id, ctx.my_id)
    return Reply(t("documents.taken-back"))


def read_in_group(ctx: Context, document_id: int) -> Reply | None:
    """Said in the group: it counts, the group gets nothing, the receipt comes in private."""
    document = documents.get(ctx.db, document_id)
    if not documents.is_for(ctx.db, document, ctx.me):
        return None
    private = ctx.address_of(ctx.my_id)
    newer = newer_than(ctx, document_id)
    if newer is not None:
        return replace(newer, to=private) if private is not None else None
    if document.state != DocumentState.PUBLISHED:
        return None
    if private is not None and check.applies(ctx, document):
        question = check.ask(ctx, document)
        if question is not None:
            return replace(question, to=private)
    new = documents.acknowledge(ctx.db, document_id, ctx.my_id, at=ctx.now, how="chat")
    return replace(receipt(document), to=private) if new and private is not None else None


def receipt(document: Document) -> Reply:
    """What was recorded, with its undo."""
    return Reply(
        t("documents.acknowledged", title=notices.title(document)),
        (
            Choice("documents.right", t("documents.right-label")),
            Choice("documents.undo", t("documents.undo-label"), str(document.id)),
        ),
        about=f"document:{document.id}",
    )

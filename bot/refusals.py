"""A paper with a secrecy mark: nothing of it or of its draft stays here, and those in charge learn that it happened.

Luật 117/2025/QH15. The alert names who sent it and when, never what it was.
"""

from __future__ import annotations

from typing import Any

from bot.context import Context
from bot.dates import moment
from bot.messages import Reply
from bot.texts import t
from storage import file_removal, notes, organizations
from storage.notes import Note


def refuse(ctx: Context, data: dict[str, Any]) -> Reply:
    """Refuse the paper that was just read, with what the draft `data` had gathered before. Returns the answer.

    The draft's files are removed at once; the refused one was never kept. The caller ends the dialogue.
    """
    drafted = file_removal.file_ids_in(data)
    gone = file_removal.discard(ctx.db, ctx.store, drafted)
    ctx.audit("document.refused", reason="mark", platform=str(ctx.incoming.platform), removed=gone)
    _alert(ctx)
    return Reply(t("documents.secret-refused"))


def _alert(ctx: Context) -> None:
    """Tell the secretary of the sender's organization; where the sender is the one, the next who leads above."""
    place = organizations.get(ctx.db, ctx.me.organization_id)
    leader = notes.leader_of(ctx.db, place.id or 0, besides=ctx.my_id)
    while leader is None and place.parent_id is not None:
        place = organizations.get(ctx.db, place.parent_id)
        leader = notes.leader_of(ctx.db, place.id or 0, besides=ctx.my_id)
    if leader is not None:
        when = moment(ctx.now, ctx.settings.zone)
        notes.tell(ctx.db, leader, Note(t("uploads.alert", name=ctx.me.full_name, when=when)), ctx.now)

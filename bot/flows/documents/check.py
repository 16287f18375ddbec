"""The optional short question about a paper: asked before "đã đọc" is recorded, kindly, and never for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.context import Context
from bot.flows.documents import notices
from bot.messages import Choice, Reply
from bot.texts import t
from storage import documents, outbox
from storage.documents import Document

ACTION = "documents.check"
TRIES = 2
"""After so many wrong answers the reading is recorded without the answer, and the secretary sees that. [ours]"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: about which paper, after how many tries, and which papers wait for their turn."""

    document_id: int
    tries: int = 0
    rest: tuple[int, ...] = ()

    @classmethod
    def read(cls, argument: str) -> tuple[Asked, int]:
        """The question behind a choice's argument, and the place of the answer that was chosen."""
        document_id, place, tries, rest = argument.split(":")
        return cls(int(document_id), int(tries), tuple(int(each) for each in rest.split(",") if each)), int(place)

    def argument(self, place: int) -> str:
        """What the choice at this place carries."""
        return f"{self.document_id}:{place}:{self.tries}:{','.join(map(str, self.rest))}"


def applies(ctx: Context, document: Document) -> bool:
    """Whether a question stands between the speaker and "đã đọc"."""
    if not document.check_question or len(document.check_choices) < 2:
        return False
    row = documents.reading(ctx.db, document.id or 0, ctx.my_id)
    return row is None or row.acknowledged_at is None


def ask(ctx: Context, document: Document, rest: Sequence[int] = ()) -> Reply | None:
    """The question; None when it was asked often enough: who says "đã đọc" again and again is believed."""
    before = _open(ctx, document.id or 0)
    asked = replace(before, tries=before.tries + 1) if before else Asked(document.id or 0, rest=tuple(rest))
    if asked.tries >= TRIES:
        return None
    return Reply(
        t("acknowledging.check", title=notices.title(document), question=document.check_question),
        choices(document, asked),
        about=f"document:{document.id}",
    )


def again(ctx: Context, document: Document, asked: Asked) -> Reply:
    """The answer was not right: kindly once more, with the paper at hand."""
    files = documents.file_ids(ctx.db, document.id or 0)
    return Reply(
        t("acknowledging.check-again", title=notices.title(document), question=document.check_question),
        choices(document, asked),
        file_id=files[0] if files else None,
        link=ctx.links.paper(document.id or 0, ctx.my_id),
        about=f"document:{document.id}",
    )


def choices(document: Document, asked: Asked) -> tuple[Choice, ...]:
    """The possible answers, numbered by their order."""
    return tuple(Choice(ACTION, label, asked.argument(place)) for place, label in enumerate(document.check_choices))


def _open(ctx: Context, document_id: int) -> Asked | None:
    """The question about this paper that is open in this chat."""
    found = outbox.open_question(ctx.db, ctx.here.channel_id, ctx.here.chat_id)
    if found is None or found.about != f"document:{document_id}" or not found.choices:
        return None
    first = found.choices[0]
    return Asked.read(str(first["argument"]))[0] if first["action"] == ACTION else None

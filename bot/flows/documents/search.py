"""Search: by number in any spelling, by type, year, issuer and words; the best first, six at a time.

`queries` says what a line asks for, storage.finding what fits and in which order, storage.sight who may see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sqlmodel import Session

from bot.context import Context
from bot.flows.documents import notices, shelf
from bot.flows.documents.queries import How, Round, rounds
from bot.flows.documents.shelf import LIST
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.texts import t
from storage.finding import Finder, Hit, Spot
from storage.sight import Sight

SHOWN_WORDS = 40
"""Characters of the search that an answer repeats."""
HEADS = {How.NUMBER: "library.same-number", How.WORDS: "library.found", How.BEGINS: "library.found"}


class Find(StatesGroup):
    """The words of a search are awaited."""

    words = State()


class FindFlow(Flow[Context]):
    """ "Tìm văn bản" was chosen: the next message says which."""

    name = "find"
    states = Find
    moves: ClassVar[list[Move]] = []

    def begin(self) -> Reply:
        """Ask for the words."""
        self.dialogue.start(self.name, Find.words)
        return self.ask()

    def look(self, words: str) -> Reply:
        """Look for them."""
        self.dialogue.finish()
        return search(self.ctx, words)

    def ask(self) -> Reply:
        """The question."""
        return Reply(t("library.ask"), (Choice("dialogue.cancel", t("dialogue.cancel")),))

    def title(self) -> str:
        """What this is called when it is offered again."""
        return t("library.finding")


def search(ctx: Context, words: str) -> Reply:
    """What fits these words: the paper itself when it is only one, else a list, else how to go on.

    BadInput for a date that does not exist.
    """
    ways = rounds(words)
    if not ways:
        return Reply(t("library.ask"))
    at, hits = look(ctx.db, shelf.sight_of(ctx), ways)
    if not hits:
        none = t("library.none", words=notices.shortened(words, SHOWN_WORDS))
        by_kind = Choice("library.kinds", t("library.by-kind"))
        return Reply(none, (by_kind, Choice("library.years", t("library.by-year"))))
    if _is_the_one(ways[at], hits):
        return shelf.opened(ctx, hits[0].document.id or 0)
    return _page(ctx, words, at, hits, head=_head(words, ways[at], hits))


def look(session: Session, who: Sight, ways: Sequence[Round]) -> tuple[int, list[Hit]]:
    """The first way that finds something, and its first page with one more; (0, []) when none does."""
    finder = Finder(session, who)
    for at, way in enumerate(ways):
        hits = finder.find(way.ranking, limit=LIST + 1)
        if hits:
            return at, hits
    return 0, []


def more(ctx: Context, argument: str) -> Reply:
    """The next page of a search; `argument` as `_page` wrote it."""
    at, tier, age, words = argument.split(":", 3)
    ranking = rounds(words)[int(at)].ranking
    hits = Finder(ctx.db, shelf.sight_of(ctx)).find(ranking, after=Spot(int(tier), int(age)), limit=LIST + 1)
    return _page(ctx, words, int(at), hits, head=t("library.found-next")) if hits else Reply(t("library.no-more"))


def _is_the_one(way: Round, hits: Sequence[Hit]) -> bool:
    """Nothing to choose from: a single paper, or a single one with this very number, year or day."""
    if way.how is How.NEARLY or not hits:
        return False
    return len(hits) == 1 or (way.telling and hits[0].spot.tier == 0 < hits[1].spot.tier)


def _head(words: str, way: Round, hits: Sequence[Hit]) -> str:
    if way.how is How.NEARLY:
        return t("library.nearly")
    if len(hits) > LIST:
        return t("library.found-many", words=notices.shortened(words, SHOWN_WORDS))
    return t(HEADS[way.how], count=len(hits))


def _page(ctx: Context, words: str, at: int, hits: Sequence[Hit], *, head: str) -> Reply:
    """Six rows; the way on names the last of them, so that new papers move nothing."""
    found = shelf.rows(ctx, [hit.document for hit in hits[:LIST]])
    if len(hits) > LIST:
        last = hits[LIST - 1].spot
        argument = f"{at}:{last.tier}:{last.age}:{words}"
        found.append(Choice("library.more", t("documents.more-label"), argument))
    return Reply(head, tuple(found))

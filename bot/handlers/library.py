"""Which words lead into the library: the lists, search by command and in plain words, which paper to withdraw."""

from __future__ import annotations

from bot.context import Context
from bot.errors import NotAllowed
from bot.flows.documents import lists, shelf
from bot.flows.documents.queries import asks_for_paper
from bot.flows.documents.search import Find, FindFlow, more, search
from bot.matching import Label
from bot.messages import Choice, Incoming, Kind, Reply
from bot.routing import Filter, Router, addressed, choice, command, group, kind, logged_in, private, state
from bot.texts import t

router = Router("library")

NEW = command("vanbanmoi", "văn bản mới", "xem văn bản mới")
TO_READ = command("candoc", "cần đọc", "văn bản cần đọc", "văn bản chưa đọc", "chưa đọc văn bản nào")
RESOLUTIONS = command("nghiquyet", "học tập nghị quyết", "nghị quyết")
GUIDANCE = command("nghiepvu", "hướng dẫn nghiệp vụ", "nghiệp vụ")
PAPERS = command("vankien", "văn kiện tư liệu", "văn kiện", "văn bản", "tài liệu", "xem văn bản")
LOOK = command("tim", "tìm", "tìm văn bản", "tìm kiếm", "tra cứu")
SETTLED = frozenset({Label.ATTEND, Label.LATE, Label.ABSENT, Label.ABSENT_WITH_REASON, Label.ACKNOWLEDGED})


@router.on(private(), state(Find.words), kind(Kind.MESSAGE))
def found(incoming: Incoming, ctx: Context) -> Reply:
    """The words that were asked for."""
    return FindFlow(ctx).look(incoming.text)


@router.on(private(), choice("menu.new"))
@router.on(private(), NEW)
def new(_incoming: Incoming, ctx: Context) -> Reply:
    """What came in the last weeks."""
    return lists.listed(ctx, "new")


@router.on(private(), TO_READ)
def to_read(_incoming: Incoming, ctx: Context) -> Reply:
    """What waits to be acknowledged, by deadline."""
    return lists.listed(ctx, "unread")


@router.on(private(), choice("menu.resolutions"))
@router.on(private(), RESOLUTIONS)
def resolutions(_incoming: Incoming, ctx: Context) -> Reply:
    """Papers to study."""
    return lists.listed(ctx, "resolutions")


@router.on(private(), GUIDANCE)
def guidance(_incoming: Incoming, ctx: Context) -> Reply:
    """How things are done."""
    return lists.listed(ctx, "guidance")


@router.on(private(), choice("menu.papers"))
@router.on(private(), PAPERS)
def papers(_incoming: Incoming, ctx: Context) -> Reply:
    """The ways into the library."""
    return lists.papers(ctx)


@router.on(private(), choice("library.list"))
def listed(_incoming: Incoming, ctx: Context) -> Reply:
    """A list, or its next page."""
    return lists.listed(ctx, _argument(ctx.chosen))


@router.on(private(), choice("library.kinds"))
def kinds(_incoming: Incoming, ctx: Context) -> Reply:
    """The types that there are."""
    return lists.kinds(ctx, int(_argument(ctx.chosen) or 0))


@router.on(private(), choice("library.years"))
def years(_incoming: Incoming, ctx: Context) -> Reply:
    """The years that there are."""
    return lists.years(ctx, int(_argument(ctx.chosen) or 0))


@router.on(private(), choice("library.find"))
def find(_incoming: Incoming, ctx: Context) -> Reply:
    """What to look for?"""
    return FindFlow(ctx).begin()


@router.on(private(), choice("library.more"))
def next_found(_incoming: Incoming, ctx: Context) -> Reply:
    """The next papers that fit."""
    return more(ctx, _argument(ctx.chosen))


@router.on(private(), choice("documents.open"))
def opened(_incoming: Incoming, ctx: Context) -> Reply:
    """Show one again."""
    return shelf.opened(ctx, int(_argument(ctx.chosen)))


@router.on(private(), command("thuhoi", "thu hồi văn bản"))
def ask_withdraw(_incoming: Incoming, ctx: Context) -> Reply:
    """Which one to withdraw."""
    return shelf.ask_withdraw(ctx, ctx.args)


@router.on(private(), choice("documents.keep"))
def keep(_incoming: Incoming, _ctx: Context) -> Reply:
    """Withdraw nothing."""
    return Reply(t("documents.kept"))


# --- search --------------------------------------------------------------------------------------------------------
def _idle() -> Filter:
    """No dialogue waits for this text, and it names no choice."""
    return lambda _incoming, ctx: ctx.chosen is None and (not ctx.dialogue.flow or ctx.dialogue.asleep)


def _asks_for_paper() -> Filter:
    """ "Tìm nghị quyết 21", "văn bản về bảo hiểm y tế", "21-NQ/TW"; never what answers an invitation or a paper."""
    return lambda incoming, ctx: asks_for_paper(ctx.folded) and ctx.understanding.label not in SETTLED


@router.on(private(), LOOK)
def look(_incoming: Incoming, ctx: Context) -> Reply:
    """By number or words; without any, ask for them."""
    _ = ctx.me
    return search(ctx, ctx.args) if ctx.args else FindFlow(ctx).begin()


@router.on(private(), logged_in(), kind(Kind.MESSAGE), _idle(), _asks_for_paper())
def in_plain_words(incoming: Incoming, ctx: Context) -> Reply:
    """The same in a sentence."""
    return search(ctx, incoming.text)


@router.on(group(), LOOK)
@router.on(group(), addressed(), logged_in(), kind(Kind.MESSAGE), _idle(), _asks_for_paper())
def in_group(_incoming: Incoming, _ctx: Context) -> Reply:
    """A paper may be for some only: not in front of everybody."""
    return Reply(t("library.in-private"))


def _argument(chosen: Choice | None) -> str:
    if chosen is None:
        raise NotAllowed
    return chosen.argument

"""Which words lead to scores: the form of a meeting, the members' rating, half-years and years."""

from __future__ import annotations

from bot.context import Context
from bot.flows.scoring import form, rating, rights, sums
from bot.flows.scoring.form import ScoreFlow, Scoring
from bot.messages import Incoming, Kind, Reply
from bot.routing import Answer, Router, addressed, choice, command, group, private, state
from bot.texts import t

router = Router("scoring")
SCORE = command("chamdiem", "chấm điểm", "chấm điểm cuộc họp", "phiếu chấm điểm")
SUMS = command(
    "tongdiem", "chấm điểm nửa năm", "chấm điểm năm", "chấm điểm cả năm", "chấm điểm 6 tháng", "tổng điểm",
    "chấm điểm 6 tháng đầu năm", "chấm điểm 6 tháng cuối năm",
)  # fmt: skip
COUNTS = command("gopy", "góp ý cuộc họp", "kết quả góp ý", "xem góp ý")


def typed(incoming: Incoming, ctx: Context) -> bool:
    """Words, not a press and not the number of a choice."""
    return incoming.kind is Kind.MESSAGE and ctx.chosen is None and bool(incoming.text.strip())


def with_words(_incoming: Incoming, ctx: Context) -> bool:
    """Something follows the command."""
    return bool(ctx.args)


@router.on(group(), addressed(), SCORE)
@router.on(group(), addressed(), SUMS)
@router.on(group(), addressed(), COUNTS)
def in_private_only(_incoming: Incoming, _ctx: Context) -> Reply:
    """Scores and ratings are for private chats."""
    return Reply(t("scoring.private-only"))


@router.on(private(), SUMS)
@router.on(private(), SCORE, with_words)
def show_sums(_incoming: Incoming, ctx: Context) -> Answer:
    """The table of half a year, or of a year."""
    return sums.table(ctx, ctx.folded if ctx.args or "nam" in ctx.said.split() else f"{ctx.folded} nua nam")


@router.on(private(), choice("scoring.sums"))
def other_period(_incoming: Incoming, ctx: Context) -> Answer:
    """The table of the pressed period."""
    return sums.table_of(ctx, _argument(ctx))


@router.on(private(), SCORE)
def begin(_incoming: Incoming, ctx: Context) -> Reply:
    """The form of the last meeting."""
    return form.begin(ctx)


@router.on(private(), choice("scoring.form"))
def show(_incoming: Incoming, ctx: Context) -> Reply:
    """The form of a meeting, from the chair's card or from the list."""
    return form.show(ctx, rights.over(ctx, _argument(ctx)))


@router.on(private(), choice("scoring.item"))
def item(_incoming: Incoming, ctx: Context) -> Reply:
    """One criterion."""
    return form.item(ctx, rights.over(ctx, _argument(ctx)), _argument(ctx).split(":")[1])


@router.on(private(), choice("scoring.set"))
def put(_incoming: Incoming, ctx: Context) -> Reply:
    """Points of a criterion by one press."""
    _, criterion, points = _argument(ctx).split(":")
    return form.put(ctx, rights.over(ctx, _argument(ctx), hold=True), criterion, float(points))


@router.on(private(), choice("scoring.type"))
def ask_points(_incoming: Incoming, ctx: Context) -> Reply:
    """Other points than those offered."""
    return ScoreFlow(ctx).begin(rights.over(ctx, _argument(ctx)), _argument(ctx).split(":")[1])


@router.on(private(), state(Scoring.points), typed)
def typed_points(incoming: Incoming, ctx: Context) -> Reply:
    """These."""
    return ScoreFlow(ctx).write(incoming.text)


@router.on(private(), choice("scoring.accept"))
def accept(_incoming: Incoming, ctx: Context) -> Reply:
    """Everything as proposed."""
    return form.accept(ctx, rights.over(ctx, _argument(ctx), hold=True))


@router.on(private(), choice("scoring.close"))
def close(_incoming: Incoming, ctx: Context) -> Reply:
    """Nothing changes any more."""
    return form.close(ctx, rights.over(ctx, _argument(ctx), hold=True))


# --- the members' rating ---------------------------------------------------------------------------------------------
@router.on(private(), choice("scoring.rate"))
def rate(_incoming: Incoming, ctx: Context) -> Reply:
    """One answer of one member."""
    return rating.rate(ctx, _argument(ctx))


@router.on(private(), COUNTS)
def ask_counts(_incoming: Incoming, ctx: Context) -> Reply:
    """What members said, as counts."""
    return rating.begin(ctx)


@router.on(private(), choice("scoring.ratings"))
def counts(_incoming: Incoming, ctx: Context) -> Reply:
    """The counts of one meeting."""
    return rating.counts(ctx, rights.over(ctx, _argument(ctx)))


def _argument(ctx: Context) -> str:
    return ctx.chosen.argument if ctx.chosen else ""

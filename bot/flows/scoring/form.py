"""The form of 100 points: proposed from what was measured, taken in one press, changed by its scorer until it closes.

What nobody can measure is proposed as last time, else in full: people decide. Each criterion tells where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from bot.context import Context
from bot.dates import day, moment
from bot.errors import BadInput, NotAllowed
from bot.flows.scoring import rights
from bot.flows.scoring.measures import Measure, measure
from bot.flows.scoring.points import CRITERIA, band, half, shown, step, total
from bot.fsm import Flow, Move, State, StatesGroup
from bot.invitations import name_of, short
from bot.messages import Choice, Reply
from bot.texts import t
from storage import members, organizations, scores
from storage.meetings import Meeting
from storage.scores import Score

SHOWN = 6
"""Meetings offered at most. [ours]"""
SINCE = timedelta(days=60)
"""Meetings that ended longer ago are scored no more. [ours]"""
_TYPED = re.compile(r"^\s*(\d{1,3})(?:[.,](\d))?\s*(?:điểm|diem|đ|d)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form as it stands: kept points over proposed ones, and what each comes from."""

    meeting: Meeting
    score: Score | None
    points: dict[str, float]
    evidence: dict[str, Measure]

    @property
    def scored(self) -> bool:
        """Whether somebody has taken responsibility for it."""
        return self.score is not None and self.score.scored_at is not None

    @property
    def closed(self) -> bool:
        """Whether nothing changes any more."""
        return self.score is not None and self.score.closed_at is not None


# --- which meeting ---------------------------------------------------------------------------------------------------
def begin(ctx: Context) -> Reply:
    """The form of the one meeting that has none, or the question which one."""
    ctx.lead(rights.SEEING)
    found = scores.held(ctx.db, [top.path for top in ctx.led(rights.SEEING)], ctx.now - SINCE, SHOWN)
    if not found:
        return Reply(t("scoring.nothing"))
    open_ones = [each for each in found if rights.may_score(ctx, each) and not _is_scored(ctx, each)]
    if len(found) == 1 or len(open_ones) == 1:
        return show(ctx, (open_ones or found)[0])
    choices = tuple(Choice("scoring.form", label(ctx, each), str(each.id)) for each in found)
    return Reply(t("scoring.which"), choices)


def label(ctx: Context, meeting: Meeting) -> str:
    """One meeting of a list; of another branch than the speaker's with the branch's name."""
    text = short(meeting, ctx.settings.zone)
    if meeting.organization_id == ctx.me.organization_id:
        return text
    return t("scoring.of-branch", meeting=text, branch=organizations.get(ctx.db, meeting.organization_id).name)


def _is_scored(ctx: Context, meeting: Meeting) -> bool:
    score = scores.of_meeting(ctx.db, meeting.id or 0)
    return score is not None and score.scored_at is not None


# --- the sheet -------------------------------------------------------------------------------------------------------
def sheet(ctx: Context, meeting: Meeting) -> Sheet:
    """The form as it stands. What was scored keeps its points and evidence, whatever is measured later."""
    score = scores.of_meeting(ctx.db, meeting.id or 0)
    if score is not None and score.scored_at is not None:
        kept = {key: Measure(row["points"], row["text"]) for key, row in score.evidence.items()}
        return Sheet(meeting, score, dict(score.points), kept)
    found = measure(ctx.db, ctx.settings, meeting, ctx.now)
    points = _proposed(ctx, meeting, found) | (score.points if score is not None else {})
    return Sheet(meeting, score, points, found)


def _proposed(ctx: Context, meeting: Meeting, found: Mapping[str, Measure]) -> dict[str, float]:
    last = scores.before(ctx.db, meeting)
    points: dict[str, float] = {}
    for criterion in CRITERIA:
        measured = found[criterion].points if criterion in found else None
        weight = float(ctx.settings.score_weights[criterion])
        # Last time's points stand in only where people gave them: a measurement says nothing of another month.
        usual = last.points.get(criterion, weight) if last is not None and criterion not in found else weight
        points[criterion] = min(usual, weight) if measured is None else measured
    return points


def show(ctx: Context, meeting: Meeting, said: str = "") -> Reply:
    """The form in few lines; each criterion is a choice."""
    leave(ctx)
    found = sheet(ctx, meeting)
    ours = _may_change(ctx, found)
    lines = [said, _head(ctx, found), _by_measure(ctx, found), _by_people(found), _last_line(ctx, found)]
    choices = []
    if ours and not found.scored:
        choices.append(Choice("scoring.accept", t("scoring.choice-accept"), str(meeting.id)))
    if ours and found.scored:
        choices.append(Choice("scoring.close", t("scoring.choice-close"), str(meeting.id)))
    choices += [_criterion_choice(ctx, found, each) for each in CRITERIA]
    choices.append(Choice("scoring.ratings", t("scoring.choice-ratings"), str(meeting.id)))
    return Reply("\n".join(line for line in lines if line), tuple(choices), about=f"scoring:{meeting.id}")


def _head(ctx: Context, found: Sheet) -> str:
    whole = found.score.total if found.score is not None and found.scored else total(found.points)
    key = "scoring.head" if found.scored else "scoring.head-proposed"
    zone = ctx.settings.zone
    name = name_of(found.meeting, zone)
    when = day(found.meeting.starts_at.astimezone(zone).date(), weekday=False)
    return t(key, name=name, day=when, total=shown(whole), band=t(f"scoring.band-{band(ctx.settings, whole)}"))


def _by_measure(ctx: Context, found: Sheet) -> str:
    listed = ", ".join(_brief(ctx, found, each) for each in CRITERIA if _is_measured(found, each))
    return t("scoring.by-measure", listed=listed) if listed else ""


def _by_people(found: Sheet) -> str:
    """The points themselves stand on the choices."""
    count = sum(not _is_measured(found, each) for each in CRITERIA)
    return t("scoring.by-people", count=count) if count else ""


def _is_measured(found: Sheet, criterion: str) -> bool:
    measured = found.evidence.get(criterion)
    return measured is not None and measured.points is not None and measured.points == found.points[criterion]


def _brief(ctx: Context, found: Sheet, criterion: str) -> str:
    weight = shown(ctx.settings.score_weights[criterion])
    return t("scoring.brief", name=_name(criterion), points=shown(found.points[criterion]), weight=weight)


def _name(criterion: str) -> str:
    return t(f"scoring.criterion-{criterion}")


def _last_line(ctx: Context, found: Sheet) -> str:
    if found.score is None or found.score.scored_at is None or found.score.scored_by is None:
        return t("scoring.how") if rights.may_score(ctx, found.meeting) else t("scoring.nobody-yet")
    who = members.get(ctx.db, found.score.scored_by).full_name
    key = "scoring.who-closed" if found.closed else "scoring.who"
    return t(key, who=who, when=moment(found.score.scored_at, ctx.settings.zone))


def _criterion_choice(ctx: Context, found: Sheet, criterion: str) -> Choice:
    name = _brief(ctx, found, criterion)
    return Choice("scoring.item", name[:1].upper() + name[1:], f"{found.meeting.id}:{criterion}")


# --- one criterion ---------------------------------------------------------------------------------------------------
def item(ctx: Context, meeting: Meeting, criterion: str) -> Reply:
    """Where its points come from; for who may change them: in full, a step less, or typed."""
    leave(ctx)
    found = sheet(ctx, meeting)
    weight, points = float(ctx.settings.score_weights[_known(criterion)]), found.points[criterion]
    evidence = found.evidence.get(criterion)
    text = t(
        "scoring.item", name=_name(criterion).upper(), points=shown(points), weight=shown(weight),
        evidence=evidence.text if evidence is not None else t("scoring.by-hand"),
    )  # fmt: skip
    choices: list[Choice] = []
    if _may_change(ctx, found):
        less = max(0.0, points - step(weight))
        offered = [points, weight, less] if weight != points else [weight, less]
        argument = f"{meeting.id}:{criterion}"
        choices = [
            Choice("scoring.set", t("scoring.choice-points", points=shown(each)), f"{argument}:{each:g}")
            for each in offered
        ]
        choices.append(Choice("scoring.type", t("scoring.choice-type"), argument))
    choices.append(Choice("scoring.form", t("scoring.choice-back"), str(meeting.id)))
    return Reply(text, tuple(choices), about=f"scoring:{meeting.id}")


def _known(criterion: str) -> str:
    if criterion not in CRITERIA:
        raise LookupError(f"criterion {criterion}")
    return criterion


# --- changing --------------------------------------------------------------------------------------------------------
def _may_change(ctx: Context, found: Sheet) -> bool:
    if found.closed or not rights.may_score(ctx, found.meeting):
        return False
    return not found.scored or (found.score is not None and found.score.scored_by == ctx.my_id)


def _changing(ctx: Context, meeting: Meeting) -> Sheet:
    """The form, if the speaker may change it now. The meeting's row is held by who calls."""
    if not rights.may_score(ctx, meeting):
        raise NotAllowed
    found = sheet(ctx, meeting)
    if found.closed:
        raise BadInput("scoring.is-closed")
    if not _may_change(ctx, found):
        who = found.score.scored_by if found.score is not None else None
        raise BadInput("scoring.by-another", who=members.get(ctx.db, who).full_name if who else "")
    return found


def put(ctx: Context, meeting: Meeting, criterion: str, points: float) -> Reply:
    """Give a criterion these points. BadInput when they are more than its weight or no half."""
    found = _changing(ctx, meeting)
    weight = float(ctx.settings.score_weights[_known(criterion)])
    if not 0 <= points <= weight or half(points) != points:
        raise BadInput("scoring.wrong-points", weight=shown(weight))
    score = found.score or Score(meeting_id=meeting.id or 0)
    kept = {**score.points, criterion: points}
    scores.write(ctx.db, score, points=kept, scored_by=ctx.my_id, total=total(kept) if found.scored else 0)
    ctx.audit("score.changed", f"meeting:{meeting.id}", criterion=criterion, points=points)
    return show(ctx, meeting, t("scoring.put", name=_name(criterion), points=shown(points), weight=shown(weight)))


def accept(ctx: Context, meeting: Meeting) -> Reply:
    """Take everything as proposed or changed; a second time says what is there."""
    found = _changing(ctx, meeting)
    if found.scored:
        return show(ctx, meeting)
    evidence = {key: {"points": row.points, "text": row.text} for key, row in found.evidence.items()}
    score = found.score or Score(meeting_id=meeting.id or 0)
    whole = total(found.points)
    scores.write(
        ctx.db, score, points=found.points, evidence=evidence, total=whole, scored_at=ctx.now, scored_by=ctx.my_id
    )  # fmt: skip
    ctx.audit("score.accepted", f"meeting:{meeting.id}", total=whole)
    return show(ctx, meeting, t("scoring.accepted"))


def close(ctx: Context, meeting: Meeting) -> Reply:
    """Nothing changes any more."""
    found = _changing(ctx, meeting)
    if found.score is None or not found.scored:
        raise BadInput("scoring.accept-first")
    scores.write(ctx.db, found.score, closed_at=ctx.now)
    ctx.audit("score.closed", f"meeting:{meeting.id}", total=found.score.total)
    return show(ctx, meeting, t("scoring.closed"))


# --- typing points ---------------------------------------------------------------------------------------------------
class Scoring(StatesGroup):
    """The one step: points are written."""

    points = State()


class ScoreFlow(Flow[Context]):
    """Data: meeting, criterion."""

    name = "scoring"
    states = Scoring
    moves: ClassVar[list[Move]] = []

    def begin(self, meeting: Meeting, criterion: str) -> Reply:
        """Ask for points."""
        _changing(self.ctx, meeting)
        self.dialogue.start(self.name, Scoring.points, meeting=meeting.id, criterion=_known(criterion))
        return self.ask()

    def write(self, text: str) -> Reply:
        """A number such as "8" or "8,5"; anything else is asked again."""
        data = self.dialogue.data
        weight = float(self.ctx.settings.score_weights[data["criterion"]])
        match = _TYPED.match(text)
        points = float(f"{match[1]}.{match[2] or 0}") if match else -1.0
        if not 0 <= points <= weight or half(points) != points:
            self.dialogue.update()
            raise BadInput("scoring.wrong-points", weight=shown(weight))
        return put(self.ctx, rights.over(self.ctx, str(data["meeting"]), hold=True), data["criterion"], points)

    def ask(self) -> Reply:
        """The question for points."""
        data = self.dialogue.data
        weight = shown(self.ctx.settings.score_weights[data["criterion"]])
        text = t("scoring.ask-points", name=_name(data["criterion"]), weight=weight)
        return Reply(text, (Choice("scoring.form", t("scoring.choice-back"), str(data["meeting"])),))

    def title(self) -> str:
        """What it is called when it is offered again."""
        return t("scoring.title")


def leave(ctx: Context) -> None:
    """Back at the form: points that were being typed are not asked for any more."""
    while ctx.dialogue.flow == ScoreFlow.name:
        ctx.dialogue.finish()

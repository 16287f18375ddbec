"""The one message about a paper: what it holds, how long there is time, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.context import Context
from bot.courtesy import named
from bot.dates import day
from bot.flows.minutes import desk, wording
from bot.flows.minutes import record as records
from bot.flows.minutes.record import Record
from bot.invitations import short
from bot.messages import Choice, Reply
from bot.minutes_links import MinutesLinks
from bot.texts import t
from storage import members, minutes, organizations
from storage.meetings import Meeting, MeetingState
from storage.minutes import MeetingPaper, PaperKind, PaperState

SHOWN = 6
"""Choices of a list on one page. [ours]"""


def draft(ctx: Context, argument: str) -> Reply:
    """ "Lập biên bản": the draft of a meeting, made or brought up to date."""
    return _of(ctx, argument, PaperKind.MINUTES)


def resolution(ctx: Context, argument: str) -> Reply:
    """ "Ra nghị quyết"."""
    return _of(ctx, argument, PaperKind.RESOLUTION)


def _of(ctx: Context, argument: str, kind: PaperKind) -> Reply:
    meeting = desk.meeting_of(ctx, argument, hold=True)
    paper, record = desk.draft(ctx, meeting, kind)
    return shown(ctx, paper, record)


def which(ctx: Context) -> Reply:
    """ "biên bản": of the one meeting without sent minutes, else the question which one."""
    found = desk.choosable(ctx)
    if not found:
        return Reply(t("minutes.no-meeting"))
    open_ones = [each for each in found if not _is_sent(ctx, each)]
    listed = (open_ones or found)[:SHOWN]
    if len(listed) == 1:
        return draft(ctx, str(listed[0].id))
    choices = tuple(Choice("minutes.draft", short(each, ctx.settings.zone), str(each.id)) for each in listed)
    return Reply(t("minutes.which"), choices)


def after(ctx: Context) -> Reply:
    """ "ra nghị quyết": what follows the minutes that were approved last."""
    for meeting in desk.choosable(ctx):
        paper = minutes.of_meeting(ctx.db, meeting.id or 0, PaperKind.MINUTES)
        if paper is not None and paper.state in {PaperState.APPROVED, PaperState.SENT}:
            return again(ctx, str(paper.id))
    return Reply(t("minutes.no-approved"))


def _is_sent(ctx: Context, meeting: Meeting) -> bool:
    paper = minutes.of_meeting(ctx.db, meeting.id or 0, PaperKind.MINUTES)
    return paper is not None and paper.sent_at is not None


def again(ctx: Context, argument: str, said: str = "") -> Reply:
    """The card of a paper as it is now; `said` is what has just been done."""
    paper, meeting = desk.paper_of(ctx, argument)
    reply = shown(ctx, paper, records.of(ctx.db, meeting.id or 0, ctx.settings.zone))
    return replace(reply, text=f"{said}\n{reply.text}") if said else reply


def shown(ctx: Context, paper: MeetingPaper, record: Record) -> Reply:
    """The card to the speaker."""
    lines = [_first(ctx, paper, record), *counts(record, PaperKind(paper.kind))]
    lines += [due] if (due := _due(ctx, paper, record)) else []
    lines += [missing] if paper.state == PaperState.DRAFT and (missing := _missing(paper, record)) else []
    return Reply("\n".join(lines), tuple(_choices(ctx, paper, record)), about=f"minutes:{paper.id}")


def name(paper: MeetingPaper, record: Record) -> str:
    """`biên bản sinh hoạt chi bộ tháng 12`."""
    return t(f"minutes.name-{paper.kind}", name=record.name)


def _first(ctx: Context, paper: MeetingPaper, record: Record) -> str:
    what = name(paper, record)
    if paper.state == PaperState.WAITING and not desk.approves(ctx, record.meeting):
        return t("minutes.card-waits", what=what, name=_approver(ctx, record))
    state = "approve" if paper.state == PaperState.DRAFT and desk.approves(ctx, record.meeting) else paper.state
    number = wording.number_of(PaperKind(paper.kind), record.home, paper.number)
    return t(f"minutes.card-{state}", what=what, number=number)


def _approver(ctx: Context, record: Record) -> str:
    found = desk.approver(ctx, record)
    return named(members.get(ctx.db, found)) if found is not None else t("minutes.the-chair")


def counts(record: Record, kind: PaperKind) -> list[str]:
    """What it holds, in numbers: no names, so that a look over the shoulder tells nothing."""
    who = record.who
    held = t(
        "minutes.counts", items=len(record.items), opinions=len(record.opinions), votes=len(record.results),
        conclusions=sum(bool(each.conclusion) for each in record.items), tasks=len(record.tasks),
    )  # fmt: skip
    if kind is PaperKind.RESOLUTION:
        return [held]
    people = t(
        "minutes.people", here=len(who.here), all=len(who.everybody), excused=len(who.excused),
        unexcused=len(who.unexcused),
    )  # fmt: skip
    return [people, held]


def _due(ctx: Context, paper: MeetingPaper, record: Record) -> str:
    """Domain.md: at most two days after the meeting (setting minutes_days)."""
    if paper.sent_at is not None:
        return ""
    due = minutes.due_at(record.meeting, ctx.settings.minutes_days, ctx.settings.zone)
    if due is None:
        return ""
    last = day((due - timedelta(seconds=1)).astimezone(ctx.settings.zone).date())
    return t("minutes.overdue" if ctx.now >= due else "minutes.due", day=last, days=ctx.settings.minutes_days)


def is_running(record: Record) -> bool:
    """Opened and not ended."""
    return record.meeting.state == MeetingState.HELD and record.meeting.ended_at is None


def _missing(paper: MeetingPaper, record: Record) -> str:
    """What a reader would miss; a friendly word, no obstacle."""
    edited = {each["key"] for each in desk.sections_of(paper) if each["edited"]}
    found = []
    if is_running(record):
        found.append("end")
    if paper.kind == PaperKind.MINUTES and not record.who.called and "people" not in edited:
        found.append("roll")
    if not any(each.conclusion for each in record.items) and "conclusion" not in edited:
        found.append("conclusion")
    if record.open_votes:
        found.append("votes")
    return t("minutes.missing", what="; ".join(t(f"minutes.missing-{each}") for each in found)) if found else ""


def is_blank(paper: MeetingPaper, record: Record) -> bool:
    """Nothing was recorded, and nobody has written anything."""
    return record.is_empty and not any(each["edited"] for each in desk.sections_of(paper))


# --- choices -------------------------------------------------------------------------------------------------------
def _choices(ctx: Context, paper: MeetingPaper, record: Record) -> Iterable[Choice]:
    number, state, meeting = str(paper.id), paper.state, record.meeting
    marked = f"{paper.id}:{desk.revision(paper)}"
    if state == PaperState.DRAFT:
        if desk.approves(ctx, meeting):
            yield _choice("approve-send", marked, paper)
            yield _choice("approve", marked, paper)
        if ctx.my_id != (record.chair.id if record.chair is not None else None):
            yield _choice("submit", number)
        yield _choice("sections", number)
    elif state == PaperState.WAITING:
        if desk.approves(ctx, meeting):
            yield _choice("approve", marked, paper)
            yield _choice("return", number)
        else:
            yield _choice("take-back", number)
        yield _choice("read", number)
    else:
        if state == PaperState.APPROVED:
            yield _choice("send", number, paper)
        yield from _further(ctx, paper, meeting)
    yield _choice("file", number)


def _further(ctx: Context, paper: MeetingPaper, meeting: Meeting) -> Iterable[Choice]:
    """What follows approved minutes."""
    if paper.kind == PaperKind.RESOLUTION:
        return
    found = minutes.of_meeting(ctx.db, meeting.id or 0, PaperKind.RESOLUTION)
    label = t("minutes.choice-resolution" if found is None else "minutes.choice-resolution-again")
    yield Choice("minutes.resolution", label, str(meeting.id))
    if organizations.get(ctx.db, meeting.organization_id).parent_id is not None:
        yield Choice("minutes.inform", t("minutes.choice-inform"), str(meeting.id))


def _choice(act: str, argument: str, paper: MeetingPaper | None = None) -> Choice:
    key = f"minutes.choice-{act}" + (f"-{paper.kind}" if paper is not None else "")
    return Choice(f"minutes.{'sections' if act == 'read' else act}", t(key), argument)


def link(ctx: Context, paper: MeetingPaper, member_id: int) -> str:
    """Where the paper can be read where the platform takes no files."""
    return MinutesLinks(ctx.settings.public_url).address(paper.id or 0, member_id)

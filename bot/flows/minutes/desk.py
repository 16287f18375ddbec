"""Whose paper this is, who may write and who approve it, and its draft kept in step with what was recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.context import Context
from bot.errors import BadInput, NotAllowed
from bot.flows.minutes import record as records
from bot.flows.minutes import wording
from bot.flows.minutes.names import Section
from bot.flows.minutes.record import Record
from storage import audience, meetings, members, minutes
from storage.meetings import Meeting, MeetingState
from storage.members import RoleKind
from storage.minutes import MeetingPaper, PaperKind, PaperState

KEEPING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY, RoleKind.CLERK, RoleKind.OFFICER})
"""Who writes the papers of their own organization's meetings, as they lead its room; those above do not read drafts."""
APPROVING = frozenset({RoleKind.SECRETARY, RoleKind.DEPUTY})
"""Who approves when the chair cannot: a chair who is away is no obstacle, but a clerk never approves alone."""
BACK = timedelta(days=62)
"""So long after a meeting its papers are offered in lists. [ours]"""


def roles_at(ctx: Context, meeting: Meeting, member_id: int) -> set[str]:
    """A member's roles in exactly the meeting's organization."""
    return {kind for kind, top in members.roles(ctx.db, member_id) if top.id == meeting.organization_id}


def keeps(ctx: Context, meeting: Meeting) -> bool:
    """Whether the speaker writes this meeting's papers."""
    return ctx.my_id in {meeting.chair_id, meeting.clerk_id} or bool(roles_at(ctx, meeting, ctx.my_id) & KEEPING)


def approves(ctx: Context, meeting: Meeting) -> bool:
    """Whether the speaker may approve them: the chair, or the secretary or deputy in the chair's stead."""
    return ctx.my_id == meeting.chair_id or bool(roles_at(ctx, meeting, ctx.my_id) & APPROVING)


def require_approval(ctx: Context, meeting: Meeting) -> None:
    """NotAllowed unless the speaker may approve."""
    if not approves(ctx, meeting):
        raise NotAllowed


def approver(ctx: Context, record: Record) -> int | None:
    """Who gets it for approval: the chair, else whoever may approve and can be written to; None when nobody can."""
    others = members.holders(ctx.db, record.meeting.organization_id, APPROVING)
    wanted = [each.id for each in [record.chair, *others] if each is not None and each.id is not None]
    reachable = audience.addresses_of(ctx.db, wanted)
    return next((each for each in wanted if each in reachable), None)


def meeting_of(ctx: Context, argument: str, *, hold: bool = False) -> Meeting:
    """The meeting of a choice. NotAllowed unless the speaker writes its papers; BadInput when it was called off or has
    not begun."""
    get = meetings.locked if hold else meetings.get
    meeting = get(ctx.db, int(argument.partition(":")[0]))
    if not keeps(ctx, meeting):
        raise NotAllowed
    if meeting.state == MeetingState.CANCELLED:
        raise BadInput("minutes.cancelled")
    if meeting.state == MeetingState.PLANNED and meeting.starts_at > ctx.now:
        raise BadInput("minutes.not-yet")
    return meeting


def choosable(ctx: Context) -> list[Meeting]:
    """The meetings that "biên bản" can be about, the newest first. NotAllowed for members who keep none."""
    places = [top.id or 0 for kind, top in ctx.roles if kind in KEEPING]
    found = minutes.recent(ctx.db, places, ctx.my_id, (ctx.now - BACK, ctx.now))
    if not found and not places:
        raise NotAllowed
    return found


def draft(ctx: Context, meeting: Meeting, kind: PaperKind) -> tuple[MeetingPaper, Record]:
    """The meeting's paper; while it is a draft, what nobody has edited follows what was recorded meanwhile."""
    record = records.of(ctx.db, meeting.id or 0, ctx.settings.zone)
    paper = minutes.of_meeting(ctx.db, meeting.id or 0, kind)
    if paper is None:
        paper = MeetingPaper(
            meeting_id=meeting.id or 0, kind=kind, organization_id=meeting.organization_id, drafted_by=ctx.my_id
        )
        minutes.add(ctx.db, paper)
        ctx.audit(f"{kind}.drafted", f"meeting:{meeting.id}")
    if paper.state == PaperState.DRAFT:
        _refresh(ctx, paper, record)
    return paper, record


def _refresh(ctx: Context, paper: MeetingPaper, record: Record) -> None:
    kind = PaperKind(paper.kind)
    edited = {each["key"]: each for each in sections_of(paper) if each["edited"]}
    fresh = [edited.pop(each["key"], each) for each in wording.sections(record, kind)]
    fresh[-1:-1] = list(edited.values())  # an item that is no longer on the agenda was still written about
    facts = wording.facts(record, ctx.now) | {"so": wording.number_of(kind, record.home, paper.number)}
    change(ctx, paper, sections=fresh, facts=facts, rows=records.recorded_rows(record))


def change(ctx: Context, paper: MeetingPaper, **parts: Any) -> None:
    """Write these parts. `revision` grows with each change, so that a button under an older text is recognised."""
    before = {name: value for name, value in paper.parts.items() if name != "revision"}
    after = {**before, **parts}
    if after != before:
        minutes.write(ctx.db, paper, parts={**after, "revision": revision(paper) + 1})


def revision(paper: MeetingPaper) -> int:
    """How often its text has changed."""
    return int(paper.parts.get("revision", 0))


def sections_of(paper: MeetingPaper) -> list[Section]:
    """Its sections in order."""
    return [dict(each) for each in paper.parts.get("sections", [])]


def paper_of(ctx: Context, argument: str, *, hold: bool = False) -> tuple[MeetingPaper, Meeting]:
    """The paper of a choice ("<id>", "<id>:…") with its meeting. NotAllowed unless the speaker writes its papers."""
    get = minutes.locked if hold else minutes.get
    paper = get(ctx.db, int(argument.partition(":")[0]))
    return paper, meeting_of(ctx, str(paper.meeting_id))


def may_edit(ctx: Context, paper: MeetingPaper, meeting: Meeting) -> bool:
    """A draft by who writes it; what waits for approval only by who approves it."""
    return paper.state == PaperState.DRAFT or (paper.state == PaperState.WAITING and approves(ctx, meeting))

"""From draft to approved: handed to the chair, given back, approved with its number."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from bot.context import Context
from bot.courtesy import is_bare, named
from bot.errors import BadInput
from bot.flows.minutes import card, desk, printing, wording
from bot.flows.minutes import record as records
from bot.flows.minutes.names import block_of
from bot.flows.minutes.record import Record
from bot.fsm import Flow, Move, State, StatesGroup
from bot.messages import Choice, Reply
from bot.secrecy import Gate, judge, must_be_open
from bot.texts import t
from storage import members, minutes
from storage.meetings import Meeting
from storage.minutes import MeetingPaper, PaperKind, PaperState

REASON_LENGTH = 500
OVER = frozenset({PaperState.APPROVED, PaperState.SENT})


def _ready(ctx: Context, paper: MeetingPaper, meeting: Meeting) -> Record:
    """What was recorded. BadInput while the meeting lasts, when there is nothing to approve, or when a section bears a
    mark of secrecy: not every word came by a door that looks (an imported plan, what was written before)."""
    record = records.of(ctx.db, meeting.id or 0, ctx.settings.zone)
    if card.is_running(record):
        raise BadInput("minutes.not-ended")
    if card.is_blank(paper, record):
        raise BadInput("minutes.empty")
    resolved = wording.conclusions(record) or record.tasks or any(each["edited"] for each in desk.sections_of(paper))
    if paper.kind == PaperKind.RESOLUTION and not resolved:
        raise BadInput("minutes.nothing-resolved")
    for section in desk.sections_of(paper):
        if judge(f"{section['title']}\n{section['text']}").gate is Gate.REFUSED:
            raise BadInput("minutes.secret", title=" ".join(section["title"].split()))
    return record


# --- to the chair --------------------------------------------------------------------------------------------------
def submit(ctx: Context, argument: str) -> list[Reply]:
    """ "Gửi chủ trì duyệt": the chair gets the summary with the file, else who may approve instead."""
    paper, meeting = desk.paper_of(ctx, argument, hold=True)
    if paper.state != PaperState.DRAFT:
        return [card.again(ctx, argument)]
    record = _ready(ctx, paper, meeting)
    to = desk.approver(ctx, record)
    if to is None or to == ctx.my_id:
        key = "minutes.nobody-approves" if to is None else "minutes.you-approve"
        return [card.again(ctx, argument, t(key))]
    minutes.write(ctx.db, paper, state=PaperState.WAITING, drafted_by=ctx.my_id)
    ctx.audit(f"{paper.kind}.submitted", f"meeting:{meeting.id}", to=to)
    ctx.close_question()
    key = "minutes.submitted" if record.chair is not None and to == record.chair.id else "minutes.submitted-instead"
    who = named(members.get(ctx.db, to))
    told = Reply(t(key, what=card.name(paper, record), name=who), ends=True)
    return [told, _for_approval(ctx, paper, record, to)]


def _for_approval(ctx: Context, paper: MeetingPaper, record: Record, to: int) -> Reply:
    first = t("minutes.please-approve", what=card.name(paper, record), name=named(ctx.me))
    marked = f"{paper.id}:{desk.revision(paper)}"
    choices = (
        Choice("minutes.approve", t(f"minutes.choice-approve-{paper.kind}"), marked),
        Choice("minutes.return", t("minutes.choice-return"), str(paper.id)),
        Choice("minutes.sections", t("minutes.choice-read"), str(paper.id)),
    )
    text = "\n".join([first, *card.counts(record, PaperKind(paper.kind))])
    return Reply(
        text, choices, to=ctx.address_of(to), file_id=kept(ctx, paper, record), link=card.link(ctx, paper, to),
        about=f"minutes:{paper.id}",
    )  # fmt: skip


def kept(ctx: Context, paper: MeetingPaper, record: Record) -> int | None:
    """The .docx as it would be now, as a stored file; nothing refers to it for long, so a sweep removes it later."""
    name = printing.file_name(paper, record.local(record.meeting.starts_at))
    made = printing.printed(ctx.db, ctx.store, paper)
    return ctx.store.keep(ctx.db, made.content, name=name, mime=printing.MIME, at=ctx.now).id


def take_back(ctx: Context, argument: str) -> Reply:
    """Who wrote it wants to change something while the chair has it."""
    paper, meeting = desk.paper_of(ctx, argument, hold=True)
    if paper.state == PaperState.WAITING:
        minutes.write(ctx.db, paper, state=PaperState.DRAFT)
        ctx.audit(f"{paper.kind}.taken-back", f"meeting:{meeting.id}")
        return card.again(ctx, argument, t("minutes.taken-back"))
    return card.again(ctx, argument)


# --- the chair's word ----------------------------------------------------------------------------------------------
def approve(ctx: Context, argument: str) -> list[Reply]:
    """ "Duyệt": number, date and file are fixed in this transaction; a second press changes nothing.

    The argument's second part is the revision that the speaker saw: of another one the card is shown again.
    """
    paper, meeting = desk.paper_of(ctx, argument, hold=True)
    desk.require_approval(ctx, meeting)
    if paper.state in OVER:
        return [card.again(ctx, argument, t("minutes.approved-already"))]
    if argument.partition(":")[2] != str(desk.revision(paper)):
        return [card.again(ctx, argument, t("minutes.changed-meanwhile"))]
    record = _ready(ctx, paper, meeting)
    fell_back = _fix(ctx, paper, record)
    ctx.audit(f"{paper.kind}.approved", f"meeting:{meeting.id}", number=paper.number)
    ctx.close_question()
    said = t("minutes.template-fell-back") if fell_back else ""
    found = [card.again(ctx, argument, said)]
    if paper.drafted_by is not None and paper.drafted_by != ctx.my_id:
        found += _tell_writer(
            ctx, paper, record, t("minutes.approved-by", what=card.name(paper, record), name=named(ctx.me))
        )
    return found


def is_approved(ctx: Context, argument: str) -> bool:
    """Whether it is approved and waits to be sent."""
    return desk.paper_of(ctx, argument)[0].state == PaperState.APPROVED


def _fix(ctx: Context, paper: MeetingPaper, record: Record) -> bool:
    """Give it its number and file; returns whether the branch's own template could not be used."""
    kind = PaperKind(paper.kind)
    # Minutes bear the day of the meeting, a resolution the day on which it is approved.
    at = (record.meeting.ended_at or record.meeting.starts_at) if kind is PaperKind.MINUTES else ctx.now
    minutes.give_number(ctx.db, paper, record.local(at).year)
    number = wording.number_of(kind, record.home, paper.number)
    facts = paper.parts["facts"] | {"so": t("minutes.number", number=number), "ngay_lap": wording.dated(record, at)}
    desk.change(ctx, paper, facts=facts)
    made = printing.printed(ctx.db, ctx.store, paper)
    name = printing.file_name(paper, record.local(record.meeting.starts_at))
    stored = ctx.store.keep(ctx.db, made.content, name=name, mime=printing.MIME, at=ctx.now)
    said = [
        each["text"]
        for each in desk.sections_of(paper)
        if block_of(each["key"]) in {"content", "votes", "conclusion", "tasks"}
    ]
    minutes.write(
        ctx.db, paper, state=PaperState.APPROVED, file_id=stored.id, approved_by=ctx.my_id, approved_at=ctx.now,
        fingerprint=minutes.fingerprint(said),
    )  # fmt: skip
    return made.fell_back


def _tell_writer(ctx: Context, paper: MeetingPaper, record: Record, said: str) -> list[Reply]:
    """Who wrote it hears what became of it, with the next step."""
    to = ctx.address_of(paper.drafted_by or 0)
    if to is None:
        return []
    following = "send" if paper.state == PaperState.APPROVED else "sections"
    label = t("minutes.choice-sections" if following == "sections" else f"minutes.choice-send-{paper.kind}")
    choice = Choice(f"minutes.{following}", label, str(paper.id))
    return [Reply(said, (choice,), to=to, about=f"minutes:{paper.id}")]


# --- given back ----------------------------------------------------------------------------------------------------
class Return(StatesGroup):
    """The one step."""

    reason = State()


class ReturnFlow(Flow[Context]):
    """Asks why it is given back. Data: paper."""

    name = "minutes-return"
    states = Return
    moves: ClassVar[list[Move]] = []

    def begin(self, argument: str) -> Reply:
        """Ask; nothing is given back yet."""
        paper, meeting = desk.paper_of(self.ctx, argument)
        desk.require_approval(self.ctx, meeting)
        if paper.state != PaperState.WAITING:
            return card.again(self.ctx, argument)
        self.dialogue.start(self.name, Return.reason, paper=paper.id)
        return self.ask()

    def ask(self) -> Reply:
        """The question."""
        number = str(self.dialogue.data["paper"])
        choices = (
            Choice("minutes.return-plain", t("minutes.choice-no-reason"), number),
            Choice("dialogue.cancel", t("dialogue.cancel")),
        )
        return Reply(t("minutes.ask-return"), choices)

    def title(self) -> str:
        """What is offered again."""
        return t("minutes.title-return")

    def give_back(self, reason: str) -> list[Reply]:
        """Back to who wrote it, with the reason ("" for none)."""
        if reason and (is_bare(reason) or len(reason) > REASON_LENGTH):
            self.dialogue.update()
            return [self.ask()]
        must_be_open(reason)
        paper, meeting = desk.paper_of(self.ctx, str(self.dialogue.data["paper"]), hold=True)
        desk.require_approval(self.ctx, meeting)
        self.dialogue.finish()
        if paper.state != PaperState.WAITING:
            return [card.again(self.ctx, str(paper.id))]
        minutes.write(self.ctx.db, paper, state=PaperState.DRAFT)
        self.ctx.audit(f"{paper.kind}.returned", f"meeting:{meeting.id}")
        record = records.of(self.ctx.db, meeting.id or 0, self.ctx.settings.zone)
        what = card.name(paper, record)
        key = "minutes.returned-because" if reason else "minutes.returned"
        said = t(key, reason=" ".join(reason.split()), what=what, name=named(self.ctx.me))
        told = _tell_writer(self.ctx, paper, record, said) if paper.drafted_by != self.ctx.my_id else []
        return [replace(Reply(t("minutes.give-back-done", what=what)), ends=True), *told]
